"""
How an action stands to the last report on its plan, and to the day it was promised for.
"""

from __future__ import annotations

import datetime as dt
from typing import cast

from peerkit import Action, Fact, Moment, Record
from peerkit_committee.records import CommitteeReport, Meeting

__all__ = ["FACTS", "last_reported"]


def last_reported(plan: str, moment: Moment) -> dt.date | None:
    """
    Return the day of the last meeting before that a report on a plan went to.
    """
    register = moment.register
    days: list[dt.date] = []
    for record in register.of_kind(CommitteeReport.kind) if plan else ():
        report = cast("CommitteeReport", record)
        if plan in report.about or any(one.of == plan for one in report.appendices):
            for meeting_id in report.meetings:
                meeting = register.records["meeting"].get(meeting_id)
                held = cast("Meeting", meeting).held if meeting is not None else None
                if held is not None and held.last is not None and held.last < moment.on:
                    days.append(held.last)
    return max(days, default=None)


def _is_final(record: Record, moment: Moment) -> bool:
    rules = moment.configuration.rules.get(record.kind)
    final = rules.lifecycle.final if rules is not None and rules.lifecycle is not None else ()
    return moment.state(record).stage in final


def _finished(record: Record, moment: Moment) -> str:
    state = moment.state(record)
    if not _is_final(record, moment) or state.since is None:
        return "no"
    before = last_reported(cast("Action", record).plan, moment)
    return "since the last report" if before is None or state.since > before else "before"


def _begun(record: Record, moment: Moment) -> str:
    rules = moment.configuration.rules.get(record.kind)
    first = rules.lifecycle.first if rules is not None and rules.lifecycle is not None else ""
    return "no" if moment.state(record).stage == first else "yes"


def _falls_due(record: Record, moment: Moment) -> str:
    day = moment.state(record).due
    if day is None:
        return "no day"
    if day.last is None:
        return "not fixed"
    if day.last == moment.on:
        return "today"
    return "past" if day.last < moment.on else "later"


def _overdue(record: Record, moment: Moment) -> str:
    due, rules = moment.state(record).due, moment.configuration.rules.get(record.kind)
    if due is None or due.last is None or due.last >= moment.on or _is_final(record, moment):
        return "no"
    rows = rules.status.rows if rules is not None and rules.status is not None else ()
    late = {row["status"][0] for row in rows if "past" in row.get("due", ())}
    return "yes" if not late or moment.word(record, "status") in late else "no"


FACTS: tuple[Fact, ...] = (
    Fact(
        name="finished",
        kind="action",
        answers=("no", "since the last report", "before"),
        doc="Whether it has come to a final stage: since the last meeting before that day which a "
        "report on its plan went to, or before that; since, where there was none.",
        ask=_finished,
        rests_on=(("action", "stage"),),
    ),
    Fact(
        name="begun",
        kind="action",
        answers=("no", "yes"),
        doc="Whether it has left the stage that actions begin at.",
        ask=_begun,
        rests_on=(("action", "stage"),),
    ),
    Fact(
        name="falls due",
        kind="action",
        answers=("no day", "not fixed", "past", "today", "later"),
        doc="Whether its due day, as last revised, is past, is that very day, or lies ahead.",
        ask=_falls_due,
    ),
    Fact(
        name="overdue",
        kind="action",
        answers=("no", "yes"),
        doc="Whether its due day has passed and counts: not in a final stage, nor where the table "
        "of statuses asks whether the day has passed and gives another status all the same.",
        ask=_overdue,
        rests_on=(("action", "stage"), ("action", "status")),
    ),
)
