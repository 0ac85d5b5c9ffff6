"""
What is decided: notices of decisions to come, resolutions, and papers published elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import attrs

from peerkit import Absence, Day, Pair, Prose, Record
from peerkit import fields as f

__all__ = ["Notice", "Resolution", "Transcript"]


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Notice(Record):
    """
    A notice of a decision to come, or an entry of a forward plan (SI 2012/2089, regs 5, 9-11).

    What its report tells is not written again.
    """

    kind: ClassVar[str] = "notice"

    is_a: str = f.choice(
        "What sort of notice: of a key decision (reg 9), general exception (reg 10), special "
        "urgency (reg 11), or of any other decision to come.",
        "key decision",
        "general exception",
        "special urgency",
        "other decision",
        required=True,
        key="is",
    )
    report: str = f.link("The report that is to ask for the decision.", "committee_report")
    title: str = f.text("The title, where that is not the report's.")
    description: Prose = f.prose("What is to be decided, in short.")
    body: str = f.link("The body that is to decide, where that is not the report's.", "body")
    decided_by: str = f.link("Who is to decide, where that is one person.", "party")
    due: Day | None = f.day("When it is to be decided, where that is not the report's meeting.")
    published: Day | None = f.day("When the notice was first published.")
    key_reason: Prose = f.prose("Why it is, or is not, a key decision.")
    restriction: Prose = f.prose("What is to be kept from the public, and why.")
    lead_member: str = f.link("The lead member.", "party")
    lead_director: str = f.link("The lead director.", "party")
    contact: str = f.link("Whom to ask, and for copies.", "party")
    wards: str | Absence = f.text(
        "The wards affected, where the report does not say.", may_be_absent=True
    )
    consultation: Prose = f.prose("Who is asked, how and by when.")
    documents: tuple[str, ...] = f.texts("What is laid before the decision maker.")
    further_documents: Prose = f.prose("How to ask for those that are laid later.")
    in_framework: bool | None = f.flag("Whether it is part of the budget or policy framework.")
    against_framework: bool | None = f.flag("Whether it is contrary to that framework.")
    exception_reason: Prose = f.prose("Why a notice in full time was impracticable.")
    agreed_by: str = f.text(
        "Who agreed that it cannot wait: the chair of scrutiny, or of the council, or the vice-chair."
    )
    assumed: tuple[str, ...] = f.keys("Which of these facts nobody knows for sure.")
    source: Prose = f.prose("Where the facts of this record were published.")


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Resolution(Record):
    """
    What a body, a member or an officer decided, as the record of it says.
    """

    kind: ClassVar[str] = "resolution"

    body: str = f.link("The body that decided; left out, that of the item's meeting.", "body")
    decided_by: str = f.link("Who decided, where that is one member or officer.", "party")
    day: Day | None = f.day("The day of the decision; left out, that of the item's meeting.")
    as_proposed: bool | None = f.flag("Whether it was resolved just as the report proposed.")
    parts: tuple[Pair, ...] = f.pairs(
        "Its own text, part by part, each perhaps behind its verb, such as “note: the outcomes”.",
        key="text",
    )
    item: str = f.link(
        "The item of the agenda; where that is withheld, so is this.",
        "agenda_item",
        by_position=True,
    )
    report: str = f.link("The report it was made on; left out, the item's.", "committee_report")
    reasons: Prose = f.prose("The reasons, where the item's minute does not give them.")
    options: Prose = f.prose("The alternatives considered and rejected, where that does not.")
    interests: Prose = f.prose("Conflicts of interest that were declared, where that does not.")
    dispensations: Prose = f.prose("Dispensations granted.")
    vote: str = f.text("How it was voted, if that is recorded.")
    recommends_to: str = f.link("The body to which it recommends: it is no decision then.", "body")
    decides_on: str = f.link("The recommendation it decides on.", "resolution")
    refers_to: str = f.link("The earlier resolution it quotes or takes up again.", "resolution")
    lead_officer: str = f.link("Who puts it into effect.", "party")
    recorded_as: str = f.text("The status the public record gives it.")
    published: Day | None = f.day("When the record of it was published.")
    not_callable: Prose = f.prose(
        "Why it cannot be called in, such as that it is urgent; the resolution must say so."
    )
    effective: Day | None = f.day("When it took effect, where that is known.")
    assumed: tuple[str, ...] = f.keys("Which of these facts nobody knows for sure.")
    source: Prose = f.prose("Where the facts of this record were published.")


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Transcript(Record):
    """
    What a paper says that was published elsewhere: an old notice, a real minute.

    It is never printed; checks compare it with the paper that is made from records.
    """

    kind: ClassVar[str] = "transcript"

    paper: str = f.text("Which paper it is, such as decision-notice.", required=True, is_name=True)
    of: str = f.link(
        "The record that paper is about.",
        "notice",
        "agenda_item",
        "resolution",
        "committee_report",
        required=True,
    )
    published: Day | None = f.day("When it was published.")
    says: Mapping[str, str] = f.words(
        "What it says, by the part of the paper, such as “lead_member: Leader of the Council”."
    )
    accepted: Mapping[str, str] = f.words(
        "Why it says something else than the register, by the part: known, and so not told again."
    )
    source: Prose = f.prose("Where it was published.", required=True)
