"""
Every deadline of every open matter, from the rules that a council states.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple, cast

import attrs

from peerkit import Configuration, Day, Deadline, DeadlineState, Moment, Record, Snapshot, fits
from peerkit.errors import UnknownNameError
from peerkit_committee.calendar.anchors import Anchor, anchor, first_known
from peerkit_committee.calendar.call_in import period
from peerkit_committee.calendar.circles import turning
from peerkit_committee.calendar.counts import Count, CountError, parse_count
from peerkit_committee.calendar.working_days import WorkingDays, working_days_of
from peerkit_committee.configuration import DeadlineRule, deadline_rules_of
from peerkit_committee.matters import body_of, decided_on, has_begun, is_over, meeting_of
from peerkit_committee.records import Body, CommitteeReport, LeadTime, Meeting, Notice, Resolution

__all__ = ["deadlines", "deadlines_of", "duties", "worked_out"]

_S = DeadlineState

_SAID = {
    "held": "the meeting",
    "meeting": "the meeting",
    "decision": "the decision",
    "decided": "the decision",
    "visit": "the visit",
    "report_received": "the receipt of the report",
    "published": "publication",
    "agenda_published": "the publication of the agenda",
    "noticed": "the publication of the notice",
    "private_notice": "the publication of the notice",
}
"""What days are called in a sentence, where that is not their name."""


class _Rule(NamedTuple):
    """
    A rule by its key, its count read.
    """

    key: str
    rule: DeadlineRule
    span: Count


def deadlines(snapshot: Snapshot) -> Iterator[Deadline]:
    """
    Yield every deadline of every matter that is open on the snapshot's day.
    """
    rules = _Rules(snapshot)
    for kind in snapshot.register.kinds:
        for record in snapshot.register.of_kind(kind):
            if _is_open(record, snapshot):
                yield from rules.of(record)


def duties(snapshot: Snapshot) -> Iterator[Deadline]:
    """
    Yield what must be done by a day for the open matters.
    """
    rules = _Rules(snapshot)
    for kind in snapshot.register.kinds:
        if kind in rules.kinds or kind == CommitteeReport.kind:
            for record in snapshot.register.of_kind(kind):
                if _is_open(record, snapshot):
                    yield from (one for one in rules.of(record) if one.duty)


def deadlines_of(record: Record, moment: Moment) -> tuple[Deadline, ...]:
    """
    Return the deadlines that the council's rules state for one record, whether it is
    open or not.
    """
    return tuple(_Rules(moment).of(record))


class _Rules:
    """
    The rules in force on each day, made ready.
    """

    def __init__(self, moment: Moment) -> None:
        self._moment = moment
        self._whole = moment.register.configuration

    @cached_property
    def _ready(self) -> dict[int, dict[str, list[_Rule]]]:
        return {id(version): _by_kind(version) for version in self._whole.versions}

    @property
    def kinds(self) -> frozenset[str]:
        """
        The kinds of record that any rule is of.
        """
        return frozenset(kind for ready in self._ready.values() for kind in ready)

    def of(self, record: Record) -> Iterator[Deadline]:
        moment = self._moment
        for version in self._whole.versions:
            working = working_days_of(version)
            for one in self._ready[id(version)].get(record.kind, ()):
                begins = anchor(one.rule.counted_from, record, moment)
                last = begins.day.last if begins.day is not None else None
                # The rule is that of the day it counts from, not of the day one looks.
                if self._whole.on(last or moment.on) is version and _applies(one, record, moment):
                    yield worked_out(one, record, moment, working)
        yield from _lead_times(record, moment)
        if isinstance(record, Resolution):
            yield from _of_call_in(record, moment)


def _by_kind(version: Configuration) -> dict[str, list[_Rule]]:
    found: dict[str, list[_Rule]] = {}
    for key, rule in deadline_rules_of(version).items():
        if any(turning(rule, version)):
            continue  # a check tells of it
        try:
            ready = _Rule(key, rule, parse_count(rule.count))
        except CountError:
            continue  # a check tells of it
        found.setdefault(rule.of, []).append(ready)
    return found


def _applies(one: _Rule, record: Record, moment: Moment) -> bool:
    rule = one.rule
    if rule.kinds and getattr(record, "review_kind", "") not in rule.kinds:
        return False
    if rule.bodies:
        body = body_of(record, moment.register)
        if body is None or body.id not in rule.bodies:
            return False
    try:
        return fits(rule.when, lambda fact: moment.ask(record, fact))
    except UnknownNameError:
        return False  # a check tells of it


def worked_out(one: _Rule, record: Record, moment: Moment, working: WorkingDays) -> Deadline:
    """
    Return how one rule stands for one record on the moment's day.
    """
    key, rule, count = one
    begins = anchor(rule.counted_from, record, moment)
    done = first_known(rule.done, record, moment)
    said = _said(begins)
    assumed = tuple(
        f"the day of {_said(one)}" for one in (begins, done) if one is not None and one.is_assumed
    )
    made = Deadline(
        record=record,
        rule=key,
        what=rule.what,
        state=_S.UNKNOWN,
        time=count.time,
        done=_exact(done),
        counted=f"{count} {said}" + (f" ({begins.day})" if begins.day is not None else ""),
        source=rule.source,
        assumed=assumed,
        duty=rule.duty is not False,
    )
    if begins.day is None or begins.day.first is None or begins.day.last is None:
        return attrs.evolve(made, missing=(f"the day of {said}",))
    try:
        early, late = (count.day(day, working) for day in (begins.day.first, begins.day.last))
        last_working = working.last_by(early) if count.is_before else early
    except OverflowError:
        return attrs.evolve(made, missing=("a day that any calendar has",))
    days = _Days(begins, done, early, late, is_before=count.is_before)
    state, missing = days.standing(moment.on, duty=made.duty)
    return attrs.evolve(
        made,
        day=early,
        working_day=last_working if last_working != early else None,
        state=state,
        missing=missing,
    )


def _exact(done: Anchor | None) -> dt.date | None:
    return done.day.last if done is not None and done.day is not None else None


class _Days(NamedTuple):
    """
    The days of one deadline: what it is counted from, what met it, and the earliest and
    the latest that its last day can be.
    """

    begins: Anchor
    done: Anchor | None
    early: dt.date
    late: dt.date
    is_before: bool

    def standing(self, on: dt.date, *, duty: bool) -> tuple[DeadlineState, tuple[str, ...]]:
        """
        Return how the deadline stands on a day, and what is missing to tell.
        """
        begun = (f"the exact day of {_said(self.begins)}",)
        if not duty:
            state = _S.OVER if self.late < on else _S.AHEAD if on <= self.early else _S.UNKNOWN
            return state, begun if state is _S.UNKNOWN else ()
        if self.done is not None and has_begun(self.done.day, on):
            return self._done(self.done)
        if on <= self.early:
            return _S.AHEAD, ()
        if on <= self.late:
            return _S.UNKNOWN, begun
        if self.is_before and is_over(self.begins.day, on):
            # It was held long since: that nobody wrote down the day is no proof of anything.
            return _S.UNKNOWN, ("when that was done",)
        return _S.MISSED, ()

    def _done(self, done: Anchor) -> tuple[DeadlineState, tuple[str, ...]]:
        day = cast("Day", done.day)
        if day.last is not None and day.last <= self.early:
            return _S.MET, ()
        if day.first is not None and day.first > self.late:
            return _S.LATE, ()
        return _S.UNKNOWN, (f"the exact day of {_said(self.begins if day.is_exact else done)}",)


def _said(one: Anchor) -> str:
    return _SAID.get(one.name, f"“{one.name}”")


# what is no rule of the configuration


def _lead_times(record: Record, moment: Moment) -> Iterator[Deadline]:
    if not isinstance(record, CommitteeReport):
        return
    meeting = meeting_of(record, moment.register)
    body = body_of(record, moment.register)
    held = meeting.held if meeting is not None else None
    for index, one in enumerate(body.lead_times if body is not None else ()):
        try:
            count = parse_count(one.count)
        except CountError:
            continue  # a check tells of it
        if held is None or held.last is None or _is_in_force(one, held.last):
            rule = DeadlineRule(
                of=record.kind,
                what=one.what,
                count=one.count,
                counted_from="meeting",
                done=(one.done,) if one.done else (),
                duty=None,
                source=one.source or f"lead times of {cast('Body', body).name}",
            )
            key = f"lead_time_{index + 1}"
            day = held.last if held is not None and held.last is not None else moment.on
            working = working_days_of(moment.register.configuration.on(day))
            yield worked_out(_Rule(key, rule, count), record, moment, working)


def _is_in_force(one: LeadTime, day: dt.date) -> bool:
    since, until = one.since, one.until
    begun = since is None or since.first is None or since.first <= day
    return begun and (until is None or until.last is None or day <= until.last)


def _of_call_in(resolution: Resolution, moment: Moment) -> Iterator[Deadline]:
    found = period(resolution, moment)
    scheme = found.scheme
    source = (scheme.source if scheme is not None else "") or "the council's call-in scheme"
    if found.is_open and not found.is_stopped and not found.is_settled:
        yield _moment_of(
            resolution,
            "call_in",
            "The last day on which the decision may be called in",
            found.ends,
            moment,
            time=found.time,
            counted=found.counted,
            source=source,
            missing=found.missing,
            assumed=found.assumed,
        )
    if not resolution.recommends_to and (found.effective is not None or found.missing):
        day = found.effective
        inexact = ("the exact day on which it takes effect",) if day is not None else ()
        yield _moment_of(
            resolution,
            "effective",
            "The decision takes effect",
            day.last if day is not None and day.is_exact else None,
            moment,
            counted=found.since,
            source=source if found.is_open else "no call-in applies",
            missing=inexact or found.missing,
            assumed=found.effect_assumed,
        )


def _moment_of(
    resolution: Resolution,
    rule: str,
    what: str,
    day: dt.date | None,
    moment: Moment,
    *,
    counted: str,
    source: str,
    missing: Iterable[str],
    assumed: tuple[str, ...],
    time: str = "",
) -> Deadline:
    state = _S.UNKNOWN
    if day is not None:
        has_passed = day < moment.on or (rule == "effective" and day == moment.on)
        state = _S.OVER if has_passed else _S.AHEAD
    return Deadline(
        record=resolution,
        rule=rule,
        what=what,
        state=state,
        day=day,
        time=time if day is not None else "",
        counted=counted,
        source=source,
        missing=tuple(missing) if state is _S.UNKNOWN else (),
        assumed=assumed,
        duty=False,
    )


# what is open


def _is_open(record: Record, snapshot: Snapshot) -> bool:
    rules = snapshot.configuration.rules.get(record.kind)
    state = snapshot.state(record)
    if rules is not None and rules.lifecycle is not None and state.stage in rules.lifecycle.final:
        return False
    on, register = snapshot.on, snapshot.register
    match record:
        case Meeting():
            return not is_over(record.held, on)
        case CommitteeReport():
            days = [
                cast("Meeting", register.records["meeting"][one]).held
                for one in record.meetings
                if one in register.records["meeting"]
            ]
            return not days or not all(is_over(day, on) for day in days)
        case Notice():
            return not is_over(anchor("decision", record, snapshot).day, on)
        case Resolution():
            decided = decided_on(record, register)
            is_made = decided is None or has_begun(decided, on)
            return is_made and not is_over(period(record, snapshot).effective, on)
        case _:
            return True
