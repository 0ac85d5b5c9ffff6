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
from peerkit_committee.matters import body_of, decided_on, found, has_begun, is_over, meeting_of
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
            yield from _of_open(record, rules, snapshot)


def duties(snapshot: Snapshot) -> Iterator[Deadline]:
    """
    Yield what must be done by a day for the open matters.
    """
    rules = _Rules(snapshot)
    for kind in snapshot.register.kinds:
        if kind in rules.kinds or kind == CommitteeReport.kind:
            for record in snapshot.register.of_kind(kind):
                yield from (one for one in _of_open(record, rules, snapshot) if one.duty)


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
    ready: dict[str, list[_Rule]] = {}
    for key, rule in deadline_rules_of(version).items():
        if any(turning(rule, version)):
            continue  # a check tells of it
        try:
            one = _Rule(key, rule, parse_count(rule.count))
        except CountError:
            continue  # a check tells of it
        ready.setdefault(rule.of, []).append(one)
    return ready


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
    told = period(resolution, moment)
    scheme = told.scheme
    source = (scheme.source if scheme is not None else "") or "the council's call-in scheme"
    if told.is_open and not told.is_stopped and not told.is_settled:
        yield _moment_of(
            resolution,
            "call_in",
            "The last day on which the decision may be called in",
            told.ends,
            moment,
            time=told.time,
            counted=told.counted,
            source=source,
            missing=told.missing,
            assumed=told.assumed,
        )
    if not resolution.recommends_to and (told.effective is not None or told.missing):
        day = told.effective
        inexact = ("the exact day on which it takes effect",) if day is not None else ()
        yield _moment_of(
            resolution,
            "effective",
            "The decision takes effect",
            day.last if day is not None and day.is_exact else None,
            moment,
            counted=told.since,
            source=source if told.is_open else "no call-in applies",
            missing=inexact or told.missing,
            assumed=told.effect_assumed,
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


def _of_open(record: Record, rules: _Rules, snapshot: Snapshot) -> Iterator[Deadline]:
    """
    Yield the deadlines of a matter while it is open; of one whose own day is over, what was
    to be done later and is not done.
    """
    if _is_closed(record, snapshot):
        return
    last = _own_day(record, snapshot)
    if last is None or last.last is None or not is_over(last, snapshot.on):
        yield from rules.of(record)
        return
    for one in rules.of(record):
        is_left = one.duty and one.state in (_S.AHEAD, _S.MISSED)
        if is_left and one.day is not None and one.day > last.last:
            yield one


def _is_final(record: Record, snapshot: Snapshot) -> bool:
    rules = snapshot.configuration.rules.get(record.kind)
    final = rules.lifecycle.final if rules is not None and rules.lifecycle is not None else ()
    return snapshot.state(record).stage in final


def _is_closed(record: Record, snapshot: Snapshot) -> bool:
    """
    True if nothing is to be done for a record: it has come to its end, its meetings are all
    cancelled, or it is a decision that is not made yet.
    """
    if _is_final(record, snapshot):
        return True
    match record:
        case CommitteeReport():
            ended = [_is_final(one, snapshot) for one in _meetings(record, snapshot)]
            return bool(ended) and all(ended)
        case Resolution():
            decided = decided_on(record, snapshot.register)
            return decided is not None and not has_begun(decided, snapshot.on)
        case _:
            return False


def _meetings(report: CommitteeReport, snapshot: Snapshot) -> list[Meeting]:
    register = snapshot.register
    several = (found(Meeting, one, register) for one in report.meetings)
    return [one for one in several if one is not None]


def _own_day(record: Record, snapshot: Snapshot) -> Day | None:
    """
    Return the day after which only what is counted on from it is left of a matter; None
    while there is none.
    """
    match record:
        case Meeting():
            return record.held
        case CommitteeReport():
            days = [one.held for one in _meetings(record, snapshot)]
            known = [day for day in days if day is not None and day.last is not None]
            is_known = known and len(known) == len(days)
            return max(known, key=lambda day: day.last or dt.date.min) if is_known else None
        case Notice():
            return anchor("decision", record, snapshot).day
        case Resolution():
            return period(record, snapshot).effective
        case _:
            return None
