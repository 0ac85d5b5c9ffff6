"""
The core's facts: what may be asked of actions, findings, reviews and plans.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import cast

from peerkit.facts import Fact, Moment
from peerkit.model import Action, Day, Finding, Plan, Record, Review, ToldDay
from peerkit.model.parties import acting_as, standing_for
from peerkit.register import Register

__all__ = ["DAYS", "FACTS"]

_WHEN = ("none", "unfixed", "past", "soon", "later")
_NO_DUE = {"none": {"original due": ("unfixed", "past", "soon", "later")}}


def _when(day: Day | None, moment: Moment, kind: str) -> str:
    if day is None:
        return "none"
    if day.last is None:
        return "unfixed"
    rules = moment.configuration.rules.get(kind)
    left = (day.last - moment.on).days
    if left < 0:
        return "past"
    return "soon" if rules is not None and left <= rules.soon else "later"


def _due(record: Record, moment: Moment) -> str:
    return _when(moment.state(record).due, moment, record.kind)


def _original_due(record: Record, moment: Moment) -> str:
    return _when(moment.state(record).original_due, moment, record.kind)


def _revised(record: Record, moment: Moment) -> str:
    times = len(moment.state(record).revisions)
    return ("never", "once")[times] if times < 2 else "more"  # noqa: PLR2004 - once, and more


def _asking(record: Record, moment: Moment) -> str:
    request = moment.state(record).open_request
    if request is None:
        return "nothing"
    return "new date" if request.due else "removal"


def _owner(record: Record, _moment: Moment) -> str:
    return "named" if cast("Action", record).owners else "none"


def _verified(record: Record, moment: Moment) -> str:
    accepted_by = moment.state(record).accepted_by
    if not accepted_by:
        return "no"
    parties = moment.register.records.get("party", {})
    owners = standing_for(cast("Action", record).owners, parties)
    return "by another" if owners.isdisjoint(acting_as(accepted_by, parties)) else "by owner"


def _answers(record: Record, _moment: Moment) -> str:
    action = cast("Action", record)
    return "findings" if action.answers else "resolution" if action.arises_from else "nothing"


def _actions_of(record: Record, moment: Moment) -> tuple[Record, ...]:
    return moment.register.linking("action", "answers", record.id)


def _actions_of_review(record: Record, moment: Moment) -> Iterator[Record]:
    for finding in moment.register.linking("finding", "review", record.id):
        yield from _actions_of(finding, moment)


def _is_open(action: Record, moment: Moment) -> bool:
    rules = moment.configuration.rules.get("action")
    final = rules.lifecycle.final if rules and rules.lifecycle else ()
    return moment.state(action).stage not in final


def _some(found: Iterator[Record], moment: Moment) -> str:
    return "some" if any(_is_open(action, moment) for action in found) else "none"


def _needs_response(record: Record, moment: Moment) -> str:
    finding = cast("Finding", record)
    review = moment.register.records["review"].get(finding.review)
    named = cast("Review", review).review_kind if review is not None else ""
    now, ever = moment.configuration, moment.register.configuration.widest
    kind = now.review_kinds.get(named) or ever.review_kinds.get(named)
    words = kind.findings.get(finding.finding_kind) if kind is not None else None
    return "yes" if words is not None and words.needs_response else "no"


def _finding_actions(record: Record, moment: Moment) -> str:
    return "some" if _actions_of(record, moment) else "none"


def _done(record: Record, moment: Moment) -> str:
    states = [_is_open(action, moment) for action in _actions_of(record, moment)]
    if not any(states):
        return "all"
    return "none" if all(states) else "some"


def _worst_status(record: Record, moment: Moment) -> str:
    found = {moment.word(action, "status") for action in _actions_of(record, moment)}
    rules = moment.configuration.rules.get("action")
    words = rules.status.statuses if rules and rules.status else ()
    return next((word for word in words if word in found), "no action")


def _visit(record: Record, moment: Moment) -> str:
    visit = cast("Review", record).visit
    if visit is None or visit.first is None or visit.last is None:
        return "not known"
    if moment.on < visit.first:
        return "ahead"
    return "under way" if moment.on <= visit.last else "over"


def _has_come(day: Day | None, on: dt.date) -> bool:
    return day is not None and day.last is not None and day.last <= on


def _review_report(record: Record, moment: Moment) -> str:
    return "received" if _has_come(cast("Review", record).report_received, moment.on) else "missing"


def _review_open(record: Record, moment: Moment) -> str:
    return _some(_actions_of_review(record, moment), moment)


def _approved(record: Record, moment: Moment) -> str:
    return "yes" if _has_come(cast("Plan", record).approved, moment.on) else "no"


def _plan_open(record: Record, moment: Moment) -> str:
    return _some(iter(moment.register.linking("action", "plan", record.id)), moment)


def _report_day(record: Record, register: Register) -> Day | None:
    review = register.records["review"].get(cast("Finding", record).review)
    if review is None:
        return None
    told = cast("Review", review)
    return told.report_received or told.published


DAYS = (
    ToldDay(
        kind="finding",
        name="report",
        doc="When the report that holds it came: received, or for want of that published.",
        of=_report_day,
    ),
)

_IN_STAGES = (("action", "stage"),)
_STATUS = ("action", "status")

FACTS: tuple[Fact, ...] = (
    Fact(
        name="due",
        kind="action",
        answers=_WHEN,
        doc="Where its due day lies, as last revised: none, not fixed yet (next meeting), past, "
        "soon (within the days that rules, soon says) or later. A due day of a whole month or "
        "span is judged by its last day; due today is not past.",
        ask=_due,
        never=_NO_DUE,
    ),
    Fact(
        name="original due",
        kind="action",
        answers=_WHEN,
        doc="Where the due day it began with lies.",
        ask=_original_due,
    ),
    Fact(
        name="revised",
        kind="action",
        answers=("never", "once", "more"),
        doc="How often its due day was changed.",
        ask=_revised,
    ),
    Fact(
        name="asking",
        kind="action",
        answers=("nothing", "new date", "removal"),
        doc="What was asked for it and is not answered yet.",
        ask=_asking,
    ),
    Fact(
        name="owner",
        kind="action",
        answers=("none", "named"),
        doc="Whether anybody answers for it.",
        ask=_owner,
    ),
    Fact(
        name="verified",
        kind="action",
        answers=("no", "by owner", "by another"),
        doc="Whether somebody accepted the evidence, and whether that was one of its owners, "
        "seen through posts and groups to persons.",
        ask=_verified,
    ),
    Fact(
        name="answers",
        kind="action",
        answers=("nothing", "findings", "resolution"),
        doc="What it answers: findings, a resolution, or nothing that is named.",
        ask=_answers,
    ),
    Fact(
        name="needs response",
        kind="finding",
        answers=("yes", "no"),
        doc="Whether its review kind says that the host is to answer findings of its kind.",
        ask=_needs_response,
    ),
    Fact(
        name="actions",
        kind="finding",
        answers=("none", "some"),
        doc="Whether any action answers it.",
        ask=_finding_actions,
        never={"none": {"done": ("none", "some")}},
    ),
    Fact(
        name="done",
        kind="finding",
        answers=("none", "some", "all"),
        doc="How many of the actions that answer it are in a final stage; all, too, where no "
        "action answers it.",
        ask=_done,
        rests_on=_IN_STAGES,
    ),
    Fact(
        name="worst status",
        kind="finding",
        answers=("no action",),
        doc="The worst status among the actions that answer it.",
        ask=_worst_status,
        like=_STATUS,
        rests_on=(_STATUS,),
        never={"no action": {"actions": ("some",)}},
    ),
    Fact(
        name="visit",
        kind="review",
        answers=("not known", "ahead", "under way", "over"),
        doc="Where the days on site lie.",
        ask=_visit,
    ),
    Fact(
        name="review report",
        kind="review",
        answers=("missing", "received"),
        doc="Whether the final report has reached the host.",
        ask=_review_report,
    ),
    Fact(
        name="open actions",
        kind="review",
        answers=("none", "some"),
        doc="Whether an action that answers one of its findings is not in a final stage.",
        ask=_review_open,
        rests_on=_IN_STAGES,
    ),
    Fact(
        name="approved",
        kind="plan",
        answers=("no", "yes"),
        doc="Whether the day on which it was approved has come.",
        ask=_approved,
    ),
    Fact(
        name="open actions",
        kind="plan",
        answers=("none", "some"),
        doc="Whether one of its actions is not in a final stage.",
        ask=_plan_open,
        rests_on=_IN_STAGES,
    ),
)
