"""
Facts of council business: questions about reports, what they are about, and actions.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import cast

from peerkit import Action, Day, Fact, Moment, Record, Register
from peerkit_committee.records import Body, CommitteeReport, Meeting, Resolution

__all__ = ["FACTS"]

REGIMES = ("executive", "committee", "combined authority", "none", "not stated")


def _regime(record: Record, moment: Moment) -> str:
    report = cast("CommitteeReport", record)
    register = moment.register
    for meeting_id in report.meetings:
        meeting = cast("Meeting | None", register.records.get("meeting", {}).get(meeting_id))
        body = meeting and register.records.get("body", {}).get(meeting.body)
        if body is not None:
            return cast("Body", body).regime
    return "not stated"


def _asks(record: Record, _moment: Moment) -> str:
    return "decision" if cast("CommitteeReport", record).decision else "nothing"


def _has_come(day: Day | None, on: dt.date) -> bool:
    return day is not None and day.last is not None and day.last <= on


def resolutions_about(record: Record, register: Register) -> Iterator[Resolution]:
    """
    Yield the resolutions made on a report, or on any report about a review or plan.
    """
    reports = (
        (record,)
        if isinstance(record, CommitteeReport)
        else register.linking("committee_report", "about", record.id)
    )
    for report in reports:
        for resolution in register.linking("resolution", "report", report.id):
            yield cast("Resolution", resolution)


def _decision(record: Record, moment: Moment) -> str:
    made = [
        one for one in resolutions_about(record, moment.register) if _has_come(one.day, moment.on)
    ]
    if not made:
        return "none"
    return "effective" if any(_has_come(one.effective, moment.on) for one in made) else "made"


def decision_facts() -> Iterator[Fact]:
    """
    Yield the fact that tells whether it was decided, for all that reports are about.
    """
    for kind, about in (
        ("review", "a report about it"),
        ("plan", "a report about it"),
        ("committee_report", "it"),
    ):
        yield Fact(
            name="decision",
            kind=kind,
            answers=("none", "made", "effective"),
            doc=f"Whether a body has resolved on {about}, and whether its resolution has taken "
            "effect, as far as its day is known.",
            ask=_decision,
        )


def _last_reported(plan: str, moment: Moment) -> dt.date | None:
    """
    Return the day of the last meeting before that a report on a plan went to.
    """
    register = moment.register
    days = []
    for record in register.of_kind(CommitteeReport.kind):
        report = cast("CommitteeReport", record)
        if plan in report.about or any(one.of == plan for one in report.appendices):
            for meeting_id in report.meetings:
                meeting = register.records["meeting"].get(meeting_id)
                held = cast("Meeting", meeting).held if meeting is not None else None
                if held is not None and held.last is not None and held.last < moment.on:
                    days.append(held.last)
    return max(days, default=None)


def _finished(record: Record, moment: Moment) -> str:
    rules, state = moment.configuration.rules.get("action"), moment.state(record)
    final = rules.lifecycle.final if rules is not None and rules.lifecycle is not None else ()
    if state.stage not in final or state.since is None:
        return "no"
    before = _last_reported(cast("Action", record).plan, moment)
    return "since the last report" if before is None or state.since > before else "before"


FACTS: tuple[Fact, ...] = (
    Fact(
        name="regime",
        kind="committee_report",
        answers=REGIMES,
        doc="The law that the body it goes to first meets under.",
        ask=_regime,
        source="SI 2012/2089; Local Government Act 1972, Part VA; SI 2017/68",
    ),
    Fact(
        name="asks",
        kind="committee_report",
        answers=("decision", "nothing"),
        doc="Whether it proposes a decision.",
        ask=_asks,
    ),
    Fact(
        name="finished",
        kind="action",
        answers=("no", "since the last report", "before"),
        doc="Whether it has come to a final stage: since the last meeting before that day which a "
        "report on its plan went to, or before that; since, where there was none.",
        ask=_finished,
        rests_on=(("action", "stage"),),
    ),
    *decision_facts(),
)
