"""
What a report to a meeting holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import attrs

from peerkit import Absence, Day, Pair, Prose, Record
from peerkit import fields as f

__all__ = [
    "Appendix",
    "BackgroundPaper",
    "Clearance",
    "CommitteeReport",
    "Option",
    "Passage",
    "Step",
]

SHOWN = ("themes",)


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
    to_follow: bool | None = f.flag("Whether it is not there yet: the report is not complete then.")


@attrs.frozen(kw_only=True, eq=False, repr=False)
class BackgroundPaper(f.ByFields):
    """
    An unpublished document that a report relies on (Local Government Act 1972, s.100D).
    """

    body: str = f.text("Who wrote or received it.", required=True)
    title: str = f.text("Its title.", required=True)
    day: Day = f.day("Its date.", required=True)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Clearance(f.ByFields):
    """
    What an officer or member says of a report before it goes to a meeting.
    """

    given_by: str = f.link("Who gave it.", "party", key="by")
    day: Day | None = f.day("When it was given; it is open until then.")
    not_required: Prose = f.prose("Why it is not required.", key="not required")


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
    key_reason: Prose = f.prose("Why it is, or is not, a key decision.")
    exempt_paragraphs: tuple[str, ...] = f.keys(
        "The paragraphs of Schedule 12A, Part 1, by which it or a part of it is exempt: 1 to 7."
    )
    public_interest: Prose = f.prose(
        "Why the public interest in keeping it exempt outweighs that in disclosing it."
    )
    published: Day | None = f.day("When it was published.")
    late_reason: Prose = f.prose("Why it is late, where it is.")
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
    clearances: Mapping[str, Clearance] = f.named(
        "Each clearance by its key under `clearances` in the configuration.",
        Clearance,
    )
    ratings: Mapping[str, str] = f.words(
        "Ratings of the report itself, such as level of risk, by their own words."
    )
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
    assumed: tuple[str, ...] = f.keys("Which of these facts nobody knows for sure.")
    text: Mapping[str, Passage] = f.named(
        "Sections of the council's own, by the key the configuration gives them.",
        Passage,
        short="text",
    )
