"""
The core's own kinds: review, theme, finding, plan, action, evidence, party.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import attrs

from peerkit.model import fields as f
from peerkit.model.days import Day
from peerkit.model.fields import Absence, Prose
from peerkit.model.kinds import Nest, Record, RecordKind

__all__ = [
    "CORE_KINDS",
    "Action",
    "Evidence",
    "Finding",
    "Party",
    "Plan",
    "Review",
    "TeamMember",
    "Theme",
]


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Party(Record):
    """
    A person, post, group or partner body.
    """

    kind: ClassVar[str] = "party"

    name: str = f.text("The name as it is printed.", required=True)
    short: str = f.text("A shorter name, for use inside a sentence.")
    is_a: str = f.choice(
        "What sort of party it is.", "person", "post", "group", "partner", required=True, key="is"
    )
    held_by: str = f.link("The person who holds a post.", "party")
    members: tuple[str, ...] = f.links("Who belongs to a group.", "party")
    email: str = f.text("An address for enquiries.")
    telephone: str = f.text("A number for enquiries.")


@attrs.frozen(kw_only=True, eq=False, repr=False)
class TeamMember(f.ByFields):
    """
    One member, or several alike, of a review team.
    """

    name: str = f.text("Who it was, if that is public.")
    post: str = f.text("In what capacity.")
    authority: str = f.text("From which authority.")
    count: str = f.text("How many, where members are not named.")
    role: str = f.choice("The role in the team.", "lead", "peer", "inspector")


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Review(Record):
    """
    One review of a service: who looked at what, when, and what it cost.
    """

    kind: ClassVar[str] = "review"

    title: str = f.text("The review's name as papers print it.", required=True)
    review_kind: str = f.text(
        "The kind of review, one of `review_kinds` in the configuration.",
        required=True,
        key="kind",
        declared_in="review_kinds",
    )
    host: str = f.link("Whose service is reviewed.", "party")
    reviewing_body: str = f.link("Who carries the review out.", "party")
    team: tuple[TeamMember, ...] = f.groups("The review team.", TeamMember)
    commissioned: Day | None = f.day("When it was commissioned.")
    visit: Day | None = f.day("The days on site.")
    report_received: Day | None = f.day("When the final report reached the host.")
    published: Day | None = f.day("When the report or letter was published.")
    scope_text: Prose = f.prose("What was looked at, and what not.", key="scope")
    method: Prose = f.prose("How the reviewers worked.")
    context: Prose = f.prose("What a reader must know of the service.")
    overall: Prose = f.prose("The overall messages.")
    next_steps: Prose = f.prose("What follows.")
    cost: str | Absence = f.text("What the review cost.", may_be_absent=True)
    cost_met_by: str = f.link("Who bears the cost.", "party")
    earlier: tuple[str, ...] = f.links("Earlier reviews it follows on from.", "review")
    source: Prose = f.prose("Where the facts of this record were published.")


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Theme(Record):
    """
    A theme, or key line of enquiry: one or more questions a review answers.
    """

    kind: ClassVar[str] = "theme"

    title: str = f.text("A short title.", required=True)
    ref: str = f.text("The number or letter papers print before it.")
    review: str = f.link("The review it belongs to.", "review", required=True, by_position=True)
    questions: tuple[Prose, ...] = f.proses("The questions it asks, in order.")
    summary: Prose = f.prose("What the reviewers said of the theme as a whole.")
    no_findings: str = f.text("Why there is no finding, where there is none.", key="none_found")


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Finding(Record):
    """
    One thing a review found. Its kind is a word of the review kind's.
    """

    kind: ClassVar[str] = "finding"

    text: Prose = f.prose("What was found.", required=True)
    ref: str = f.text("The number or letter papers print before it.")
    finding_kind: str = f.text(
        "Its kind, a key of the review kind's `findings`.", required=True, key="kind", is_name=True
    )
    review: str = f.link("The review that found it.", "review", required=True, by_position=True)
    themes: tuple[str, ...] = f.links("The themes it belongs to.", "theme", by_position=True)
    evidence: tuple[str, ...] = f.links("What it rests on.", "evidence")
    response: str = f.choice(
        "The host's answer to it.", "accepted", "partly accepted", "not accepted"
    )
    response_reason: Prose = f.prose("Why, where it is not accepted in full or no action follows.")


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Evidence(Record):
    """
    Something a finding, or the end of an action, rests on.
    """

    kind: ClassVar[str] = "evidence"

    title: str = f.text("What it is.", required=True)
    review: str = f.link("The review it belongs to.", "review", by_position=True)
    is_a: str = f.choice(
        "What sort of evidence.",
        "interview",
        "focus group",
        "document",
        "data",
        "case sample",
        "observation",
        key="is",
    )
    day: Day | None = f.day("When it was gathered or made.")
    where: str = f.text("Where it can be found.")


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Plan(Record):
    """
    The host's answer to one or several reviews: a named list of actions.
    """

    kind: ClassVar[str] = "plan"

    title: str = f.text("The plan's name: the same in every paper.", required=True)
    answers: tuple[str, ...] = f.links(
        "The reviews it answers; their findings may be cited by short id.", "review", opens=True
    )
    introduction: Prose = f.prose("What stands before the table of actions.")
    lead: str = f.link("Who answers for the plan.", "party")
    approved: Day | None = f.day("When it was approved, where no resolution of it is kept.")
    approver: str = f.link(
        "Who alone grants new due days and removals; if nobody is named, anyone may set them.",
        "party",
        "body",
    )
    ratings: tuple[str, ...] = f.keys(
        "Which ratings its actions are given, of those the rules have; all if left out."
    )
    day: Day | None = f.day("The plan's own day, if it has one.")


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Action(Record):
    """
    A promise in answer to findings, or arising from a resolution.
    """

    kind: ClassVar[str] = "action"

    do: Prose = f.prose("What will be done.", required=True)
    ref: str = f.text("The number papers print before it.")
    plan: str = f.link(
        "The plan it is kept in; none if it is kept in a resolution.", "plan", by_position=True
    )
    answers: tuple[str, ...] = f.links("The findings it answers.", "finding")
    arises_from: str = f.link("The resolution it arises from.", "resolution", by_position=True)
    owners: tuple[str, ...] = f.links("Who answers for it.", "party", key="owner")
    partners: tuple[str, ...] = f.links("Who helps.", "party")
    start: Day | None = f.day("When it begins.")
    due: Day | None = f.day("When it is to be done: the original due day.")
    success: Prose = f.prose("How one will know that it worked.")
    baseline: str = f.text("Where the measure stood at the start.")
    target: str = f.text("Where it is to be.")
    resources: Prose = f.prose("What it takes.")


def _finding_keys(
    configuration: Any, around: tuple[Mapping[str, Any], ...]
) -> tuple[str, ...] | None:
    """
    Return the words for findings of the review kind that the outermost mapping names.
    """
    named = around[0].get("kind")
    kind = configuration.review_kinds.get(named) if isinstance(named, str) else None
    return tuple(kind.findings) if kind else None


_FINDINGS = Nest(kind="finding", keys=_finding_keys, sets="kind")

CORE_KINDS: tuple[RecordKind, ...] = (
    RecordKind(
        name="review",
        plural="reviews",
        record=Review,
        doc="One review of a service.",
        nests=(
            Nest(kind="theme", key="themes"),
            Nest(kind="evidence", key="evidence"),
            _FINDINGS,
        ),
    ),
    RecordKind(
        name="theme",
        plural="themes",
        record=Theme,
        doc="One or more questions a review answers.",
        scope="review",
        short="title",
        nests=(_FINDINGS,),
    ),
    RecordKind(
        name="finding",
        plural="findings",
        record=Finding,
        doc="One thing a review found.",
        scope="review",
        short="text",
    ),
    RecordKind(
        name="evidence",
        plural="evidence",
        record=Evidence,
        doc="What a finding rests on.",
        scope="review",
        short="title",
    ),
    RecordKind(
        name="plan",
        plural="plans",
        record=Plan,
        doc="The host's answer to one or several reviews.",
        nests=(Nest(kind="action", key="actions"),),
    ),
    RecordKind(
        name="action",
        plural="actions",
        record=Action,
        doc="A promise kept in a plan, or in the resolution it arises from.",
        scope="plan",
        also_in=("resolution",),
        short="do",
    ),
    RecordKind(
        name="party",
        plural="parties",
        record=Party,
        doc="A person, post, group or partner body.",
    ),
)
