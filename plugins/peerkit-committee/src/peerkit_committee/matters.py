"""
What belongs together: whose meeting it is, which report was decided on, when and by whom.

A link is written at one end only, so whoever needs the other end asks here.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator
from typing import TypeVar, cast

from peerkit import Action, Day, Record, Register, parse_day
from peerkit_committee.records import (
    AgendaItem,
    Body,
    Commitment,
    CommitteeReport,
    Meeting,
    Notice,
    Resolution,
)

__all__ = [
    "NOT_EXECUTIVE",
    "arising_before",
    "body_of",
    "commitments_before",
    "decided_on",
    "due_of_notice",
    "exactly",
    "found",
    "has_begun",
    "has_come",
    "has_log",
    "has_minutes",
    "is_minuted",
    "is_over",
    "item_of_report",
    "meeting_of",
    "meetings_of",
    "next_meeting",
    "notices_of",
    "previous_meeting",
    "regime_of",
    "report_of",
    "resolutions_about",
    "resolutions_of",
]

R = TypeVar("R", bound=Record)

NOT_EXECUTIVE = ("committee", "none")
"""The regimes under which there is neither a key decision nor call-in."""

_ARRANGEMENTS = ("executive", "combined authority", "committee")


def found(kind: type[R], record_id: str, register: Register) -> R | None:
    """
    Return the record of that class and id, or None if there is none.
    """
    return cast("R | None", register.records.get(kind.kind, {}).get(record_id))


def has_come(day: Day | None, on: dt.date) -> bool:
    """
    True if *day* has certainly come by the end of the day *on*.
    """
    return day is not None and day.last is not None and day.last <= on


def exactly(day: dt.date) -> Day:
    """
    Return a day that is known exactly.
    """
    return parse_day(day.isoformat())


def is_over(day: Day | None, on: dt.date) -> bool:
    """
    True if *day* was certainly over before the day *on*.
    """
    return day is not None and day.last is not None and day.last < on


def has_begun(day: Day | None, on: dt.date) -> bool:
    """
    True if *day* may have come by the end of the day *on*.
    """
    return day is not None and day.first is not None and day.first <= on


# meetings


def meetings_of(body: str, register: Register) -> tuple[Meeting, ...]:
    """
    Return the meetings of a body in their order: by day, those of the same and those of
    none behind the one that is written before them.
    """
    written = cast("tuple[Meeting, ...]", register.linking(Meeting.kind, "body", body))
    keys: dict[str, dt.date] = {}
    last = dt.date.min
    for meeting in written:
        held = meeting.held
        last = held.last if held is not None and held.last is not None else last
        keys[meeting.id] = last
    return tuple(sorted(written, key=lambda meeting: keys[meeting.id]))


def next_meeting(body: str, after: dt.date, register: Register) -> Meeting | None:
    """
    Return the first meeting of a body that is held later than *after*, if one is called.
    """
    for meeting in meetings_of(body, register):
        held = meeting.held
        if held is not None and held.first is not None and held.first > after:
            return meeting
    return None


def previous_meeting(meeting: Meeting, register: Register) -> Meeting | None:
    """
    Return the meeting of the same body before *meeting*, or None if it is the first.
    """
    ordered = meetings_of(meeting.body, register)
    at = next(index for index, one in enumerate(ordered) if one.id == meeting.id)
    return ordered[at - 1] if at else None


def is_minuted(register: Register, item: Record) -> bool:
    """
    True if an item's minute says anything, or anything was resolved under it.
    """
    told = cast("AgendaItem", item)
    return bool(told.narrative or resolutions_of(told, register))


def has_minutes(register: Register, meeting: Record) -> bool:
    """
    True if any item of a meeting is minuted.
    """
    items = register.linking(AgendaItem.kind, "meeting", meeting.id)
    return any(is_minuted(register, item) for item in items)


# what earlier meetings asked


def arising_before(meeting: Meeting, register: Register) -> tuple[Action, ...]:
    """
    Return the actions that arise from what the same body resolved before *meeting*, the
    earliest first.
    """
    dated = [
        (made.last if made is not None else None, one)
        for one in cast("tuple[Resolution, ...]", register.of_kind(Resolution.kind))
        for body in [body_of(one, register)]
        if body is not None and body.id == meeting.body
        for made in [decided_on(one, register)]
        if _is_before(made, one, meeting, register)
    ]
    dated.sort(key=lambda pair: pair[0] or dt.date.min)
    linking = (register.linking(Action.kind, "arises_from", one.id) for _, one in dated)
    return cast("tuple[Action, ...]", tuple(itertools.chain.from_iterable(linking)))


def _is_before(
    made: Day | None, resolution: Resolution, meeting: Meeting, register: Register
) -> bool:
    """
    True if a resolution was made on an earlier day than *meeting*; where the days do not
    tell, if its own meeting comes before.
    """
    first = meeting.held.first if meeting.held is not None else None
    if made is not None and made.last is not None and first is not None:
        return made.last < first
    own = meeting_of(resolution, register)
    return own is not None and own.id in [one.id for one in _meetings_before(meeting, register)]


def _meetings_before(meeting: Meeting, register: Register) -> Iterator[Meeting]:
    ordered = meetings_of(meeting.body, register)
    return itertools.takewhile(lambda one: one.id != meeting.id, ordered)


def commitments_before(
    meeting: Meeting, register: Register
) -> Iterator[tuple[AgendaItem, int, Commitment]]:
    """
    Yield what was promised in the same body's meetings before and no resolution carries: the
    item, which of its promises it is, and the promise.
    """
    for earlier in _meetings_before(meeting, register):
        for record in register.linking(AgendaItem.kind, "meeting", earlier.id):
            item = cast("AgendaItem", record)
            for index, one in enumerate(item.commitments):
                yield item, index, one


def has_log(register: Register, meeting: Record) -> bool:
    """
    True if there is anything that a meeting's log of actions could hold.
    """
    told = cast("Meeting", meeting)
    return bool(arising_before(told, register)) or any(commitments_before(told, register))


# reports, notices, resolutions


def notices_of(report: str, register: Register) -> tuple[Notice, ...]:
    """
    Return the notices of the decision that a report asks for.
    """
    return cast("tuple[Notice, ...]", register.linking(Notice.kind, "report", report))


def item_of_report(report: str, register: Register) -> AgendaItem | None:
    """
    Return the first item of an agenda that takes a report.
    """
    items = register.linking(AgendaItem.kind, "report", report)
    return cast("AgendaItem", items[0]) if items else None


def report_of(resolution: Resolution, register: Register) -> CommitteeReport | None:
    """
    Return the report that was decided on: the resolution's own, or that of its item.
    """
    item = found(AgendaItem, resolution.item, register)
    wanted = resolution.report or (item.report if item else "")
    return found(CommitteeReport, wanted, register)


def resolutions_of(item: AgendaItem, register: Register) -> tuple[Resolution, ...]:
    """
    Return what was resolved under an item.
    """
    return cast("tuple[Resolution, ...]", register.linking(Resolution.kind, "item", item.id))


def resolutions_about(record: Record, register: Register) -> Iterator[Resolution]:
    """
    Yield the resolutions made on a report, or on any report about a review or plan.
    """
    reports = (
        (record,)
        if isinstance(record, CommitteeReport)
        else register.linking(CommitteeReport.kind, "about", record.id)
    )
    for report in reports:
        told: dict[str, Resolution] = {}
        for one in register.linking(Resolution.kind, "report", report.id):
            told[one.id] = cast("Resolution", one)
        for item in register.linking(AgendaItem.kind, "report", report.id):
            for resolution in resolutions_of(cast("AgendaItem", item), register):
                if resolution.report in ("", report.id):
                    told[resolution.id] = resolution
        yield from told.values()


def decided_on(resolution: Resolution, register: Register) -> Day | None:
    """
    Return the day of a decision: its own, or that of its item's meeting.
    """
    if resolution.day is not None:
        return resolution.day
    meeting = meeting_of(resolution, register)
    return meeting.held if meeting is not None else None


def due_of_notice(notice: Notice, register: Register) -> Day | None:
    """
    Return when a decision is to be made: by its notice, or by the meeting of its report.
    """
    if notice.due is not None:
        return notice.due
    meeting = meeting_of(notice, register)
    return meeting.held if meeting is not None else None


def meeting_of(record: Record, register: Register) -> Meeting | None:
    """
    Return the meeting of a record: the first one that a report goes to.
    """
    match record:
        case Meeting():
            return record
        case AgendaItem():
            return found(Meeting, record.meeting, register)
        case CommitteeReport():
            return found(Meeting, next(iter(record.meetings), ""), register)
        case Notice():
            report = found(CommitteeReport, record.report, register)
            return meeting_of(report, register) if report is not None else None
        case Resolution():
            item = found(AgendaItem, record.item, register)
            return meeting_of(item, register) if item is not None else None
        case _:
            return None


def body_of(record: Record, register: Register) -> Body | None:
    """
    Return the body that a record is of: that which meets, is reported to, or decides.

    A decision of one member or officer is of no body.
    """
    if isinstance(record, Body):
        return record
    own = getattr(record, "body", "")
    if own:
        return found(Body, own, register)
    if getattr(record, "decided_by", ""):
        return None
    meeting = meeting_of(record, register)
    return found(Body, meeting.body, register) if meeting is not None else None


def regime_of(record: Record, register: Register) -> str:
    """
    Return the law that a record's body acts under, or ``not stated``.

    One member or officer decides under the arrangements of the council, as its bodies tell
    them: an executive before the committees that it has, too.
    """
    body = body_of(record, register)
    if body is not None:
        return body.regime
    if not getattr(record, "decided_by", ""):
        return "not stated"
    known = {cast("Body", one).regime for one in register.of_kind(Body.kind)}
    return next((one for one in _ARRANGEMENTS if one in known), "not stated")
