"""
Days that records of council business tell of others, for lifecycles and deadlines.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import cast

from peerkit import Day, Plan, Record, Register, Review, ToldDay, WaitingDay
from peerkit_committee.matters import (
    body_of,
    decided_on,
    due_of_notice,
    found,
    meeting_of,
    next_meeting,
    notices_of,
    resolutions_about,
)
from peerkit_committee.records import Meeting, Notice, Resolution

__all__ = ["DAYS", "WAITING_DAYS", "next_of_body"]

_Told = Callable[[Record, Register], Day | None]


def _first(days: Iterable[Day | None]) -> Day | None:
    known = [day for day in days if day is not None]
    return min(known, key=lambda day: day.last or dt.date.max, default=None)


def _resolved(record: Record, register: Register) -> Day | None:
    return _first(decided_on(one, register) for one in resolutions_about(record, register))


def _endorsed(record: Record, register: Register) -> Day | None:
    return cast("Plan", record).approved or _resolved(record, register)


def _meeting(record: Record, register: Register) -> Day | None:
    meeting = meeting_of(record, register)
    return meeting.held if meeting is not None else None


def _convened(record: Record, register: Register) -> Day | None:
    meeting = meeting_of(record, register)
    return meeting.convened if meeting is not None else None


def _noticed(record: Record, register: Register) -> Day | None:
    return _first(notice.published for notice in notices_of(record.id, register))


def _approved(record: Record, register: Register) -> Day | None:
    later = found(Meeting, cast("Meeting", record).approved_at, register)
    return later.held if later is not None else None


def _decided(record: Record, register: Register) -> Day | None:
    return decided_on(cast("Resolution", record), register)


def _to_decide(record: Record, register: Register) -> Day | None:
    return due_of_notice(cast("Notice", record), register)


def _plan(record: Record, register: Register) -> Day | None:
    plans = register.linking(Plan.kind, "answers", record.id)
    return _first(_endorsed(plan, register) for plan in plans)


def _followed(field: str) -> _Told:
    """
    Return what gives the first day in *field* of the reviews that follow on from one.
    """

    def told(record: Record, register: Register) -> Day | None:
        later = register.linking(Review.kind, "earlier", record.id)
        return _first(getattr(one, field) for one in later)

    return told


def next_of_body(record: Record, register: Register, said: dt.date | None) -> Day | None:
    """
    Return the day of the first meeting after *said* of the body whose resolution *record*
    arises from; None while none is called.
    """
    resolution = found(Resolution, getattr(record, "arises_from", ""), register)
    body = body_of(resolution, register) if resolution is not None else None
    if body is None or said is None:
        return None
    meeting = next_meeting(body.id, said, register)
    return meeting.held if meeting is not None else None


def _day(kind: str, name: str, doc: str, of: _Told) -> ToldDay:
    return ToldDay(kind=kind, name=name, doc=doc, of=of)


DAYS: tuple[ToldDay, ...] = (
    _day("committee_report", "resolution", "When a body first resolved on it.", _resolved),
    _day("committee_report", "meeting", "The day of the first meeting it goes to.", _meeting),
    _day(
        "committee_report",
        "noticed",
        "When a notice of the decision it asks for was first published.",
        _noticed,
    ),
    _day(
        "committee_report", "convened", "When that meeting was called at short notice.", _convened
    ),
    _day("meeting", "held", "The day on which it is held.", _meeting),
    _day("meeting", "approved", "When a later meeting approved its minutes.", _approved),
    _day("notice", "decision", "When it is to be decided.", _to_decide),
    _day("resolution", "decided", "When it was decided.", _decided),
    _day(
        "plan",
        "endorsed",
        "When it was approved, by its own words or by a resolution on a report about it.",
        _endorsed,
    ),
    _day("review", "considered", "When a body first resolved on a report about it.", _resolved),
    _day("review", "plan approved", "When a plan that answers it was approved.", _plan),
    _day(
        "review",
        "followed up",
        "The days on site of the first review that follows on from it.",
        _followed("visit"),
    ),
    _day(
        "review",
        "follow-up published",
        "When the report of a review that follows on from it was published.",
        _followed("published"),
    ),
)

WAITING_DAYS: tuple[WaitingDay, ...] = (
    WaitingDay(
        words="next meeting",
        doc="The next meeting of the body whose resolution the action arises from, once it is in "
        "the register.",
        of=next_of_body,
    ),
)
