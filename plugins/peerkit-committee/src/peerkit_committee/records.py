"""
The kinds of record of council business: body, meeting, agenda item, report, resolution.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import ClassVar

import attrs

from peerkit import Absence, Day, Nest, Pair, Prose, Record, RecordKind, parse_day
from peerkit import fields as f

__all__ = [
    "KINDS",
    "AgendaItem",
    "Appendix",
    "BackgroundPaper",
    "Body",
    "CommitteeReport",
    "Meeting",
    "Option",
    "Passage",
    "Resolution",
    "Step",
]

SHOWN = ("themes",)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Body(Record):
    """
    A body that meets: an executive, a committee, a board.
    """

    kind: ClassVar[str] = "body"

    name: str = f.text("The name as papers print it.", required=True)
    regime: str = f.choice(
        "The law it meets under: executive (SI 2012/2089), committee (Local Government Act "
        "1972, Part VA), combined authority (SI 2017/68), or none.",
        "executive",
        "committee",
        "combined authority",
        "none",
        required=True,
    )
    organisation: str = f.link("Whose body it is, where that is not the register's owner.", "party")


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Meeting(Record):
    """
    One meeting of a body. Its id is its day, unless `day` says another.
    """

    kind: ClassVar[str] = "meeting"

    body: str = f.link("The body that meets.", "body", required=True, by_position=True)
    day: Day | None = f.day("The day, where the id is not the day.")
    place: str = f.text("Where it is held; printed beside the day.")

    @property
    def held(self) -> Day | None:
        """
        The day it is held, from `day` or from the id; None if neither tells.
        """
        if self.day is not None:
            return self.day
        try:
            dt.date.fromisoformat(self.local_id)
        except ValueError:
            return None
        return parse_day(self.local_id)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class AgendaItem(Record):
    """
    One item of a meeting's agenda; its id is the printed number.
    """

    kind: ClassVar[str] = "agenda_item"

    title: str = f.text("The title as the agenda prints it.", required=True)
    meeting: str = f.link("The meeting.", "meeting", required=True, by_position=True)
    report: str = f.link("The report it takes.", "committee_report")
    on_agenda: str = f.choice(
        "Whether it was on the published agenda, or taken as urgent.", "published", "urgent"
    )
    note: Prose = f.prose("What the public record says of it.")


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Passage(f.ByFields):
    """
    A piece of a section: text, something of the register to show, or why there is none.
    """

    text: Prose = f.prose("Text in Markdown; each paragraph gets a number.")
    show: str = f.choice("What of the linked record to show below the text.", *SHOWN)
    of: str = f.link("The record it is shown from.", "review")
    name: str = f.text("What cross-references call its first paragraph.", is_anchor=True)
    not_applicable: Prose = f.prose("Why the section does not apply.", key="not applicable")


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Option(f.ByFields):
    """
    Another decision that could be made.
    """

    option: Prose = f.prose("What else could be decided.", required=True)
    why_not: Prose = f.prose("Why that is not proposed.", required=True)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Step(f.ByFields):
    """
    Something to be done to put the decision into effect.
    """

    do: Prose = f.prose("What is done.", required=True)
    owners: tuple[str, ...] = f.links("Who does it.", "party", key="owner")
    due: Day | None = f.day("By when.")


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Appendix(f.ByFields):
    """
    A paper of this register, or a document from elsewhere, that goes with a report.
    """

    paper: str = f.text(
        "Which paper of the register it is, such as action-plan; with `of`, and without `title`.",
        declared_in="papers",
    )
    of: str = f.link("What that paper is about.", "review", "plan")
    title: str = f.text("The title of a document from elsewhere.")


@attrs.frozen(kw_only=True, eq=False, repr=False)
class BackgroundPaper(f.ByFields):
    """
    An unpublished document that a report relies on (Local Government Act 1972, s.100D).
    """

    body: str = f.text("Who wrote or received it.", required=True)
    title: str = f.text("Its title.", required=True)
    day: Day = f.day("Its date.", required=True)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class CommitteeReport(Record):
    """
    A report to a meeting of a body. What other records tell is not written here.
    """

    kind: ClassVar[str] = "committee_report"

    title: str = f.text("The subject.", required=True)
    meetings: tuple[str, ...] = f.links(
        "The meetings it goes to, in order.", "meeting", required=True, key="to"
    )
    about: tuple[str, ...] = f.links("The records it is about.", "review", "plan", opens=True)
    authors: tuple[str, ...] = f.links(
        "Whose report it is: persons or posts.", "party", required=True, key="from"
    )
    decision: tuple[Pair, ...] = f.pairs(
        "What is proposed, each part behind its verb, such as “note: the outcomes”."
    )
    report_for: str = f.choice(
        "What it is for; left out, it follows from whether a decision is proposed.",
        "decision",
        "information",
        "discussion",
    )
    key_decision: bool | None = f.flag("Whether a key decision is proposed (SI 2012/2089, reg 8).")
    access: str = f.choice(
        "Who may see it (Local Government Act 1972, Schedule 12A).",
        "public",
        "part exempt",
        "exempt",
        "confidential",
    )
    urgent: bool | None = f.flag("Whether it is urgent.")
    urgent_reason: Prose = f.prose("Why it is urgent.")
    wards: str | Absence = f.text("The wards affected.", may_be_absent=True)
    strategic_plan: Mapping[str, Passage] = f.named(
        "What it does for each pillar of the strategic plan, by the pillar's key.",
        Passage,
        short="text",
    )
    summary: tuple[Passage, ...] = f.groups("A summary.", Passage, short="text")
    purpose: tuple[Passage, ...] = f.groups("What the report is for.", Passage, short="text")
    member_decision: tuple[Passage, ...] = f.groups(
        "Why members decide and not officers.", Passage, short="text"
    )
    background: tuple[Passage, ...] = f.groups("What led to it.", Passage, short="text")
    consultation: tuple[Passage, ...] = f.groups("Who was asked.", Passage, short="text")
    reasons: tuple[Passage, ...] = f.groups("Why this is proposed.", Passage, short="text")
    options: tuple[Option, ...] = f.groups("What else could be decided.", Option)
    impacts: Mapping[str, Passage] = f.named(
        "Each impact by its key under `impacts` in the configuration.", Passage, short="text"
    )
    implementation: tuple[Step, ...] = f.groups(
        "What puts the decision into effect.", Step, short="do"
    )
    appendices: tuple[Appendix, ...] = f.groups("What goes with it, in order.", Appendix)
    background_papers: tuple[BackgroundPaper, ...] | Absence = f.groups(
        "The documents relied on, or none.", BackgroundPaper, may_be_absent=True
    )
    contact: str = f.link("Whom to ask.", "party")
    text: Mapping[str, Passage] = f.named(
        "Sections of the council's own, by the key the configuration gives them.",
        Passage,
        short="text",
    )


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Resolution(Record):
    """
    What a body decided, as the record of it says.
    """

    kind: ClassVar[str] = "resolution"

    body: str = f.link("The body that decided.", "body", required=True)
    day: Day = f.day("The day of the decision.", required=True)
    parts: tuple[Prose, ...] = f.proses("The text, part by part.", required=True, key="text")
    item: str = f.link("The item of the agenda.", "agenda_item")
    report: str = f.link("The report it was made on.", "committee_report")
    recorded_as: str = f.text("The status the public record gives it.")
    effective: Day | None = f.day("When it took effect, where that is known.")


KINDS: tuple[RecordKind, ...] = (
    RecordKind(
        name="body",
        plural="bodies",
        record=Body,
        doc="A body that meets.",
        short="name",
        nests=(Nest(kind="meeting", key="meetings"),),
    ),
    RecordKind(
        name="meeting",
        plural="meetings",
        record=Meeting,
        doc="One meeting of a body.",
        scope="body",
        nests=(Nest(kind="agenda_item", key="agenda"),),
    ),
    RecordKind(
        name="agenda_item",
        plural="agenda_items",
        record=AgendaItem,
        doc="One item of a meeting's agenda.",
        scope="meeting",
        short="title",
    ),
    RecordKind(
        name="committee_report",
        plural="committee_reports",
        record=CommitteeReport,
        doc="A report to a meeting of a body.",
    ),
    RecordKind(
        name="resolution",
        plural="resolutions",
        record=Resolution,
        doc="What a body decided.",
    ),
)
