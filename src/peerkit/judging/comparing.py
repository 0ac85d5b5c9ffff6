"""
What changed between two days: what is new, moved, put off, finished, overdue.

A record tells no day of its own making, so what is new follows from the days that are
told; `first_days` says how.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from typing import TypeVar, cast

import attrs

from peerkit.history import Asked, Moved, Revision, Subject
from peerkit.judging.arising import resolved
from peerkit.judging.lateness import Due, overdue
from peerkit.judging.snapshot import Snapshot
from peerkit.judging.tallying import THEMED, themes_of
from peerkit.model import Day, FieldKind, Record, Theme, field_specs, link_paths
from peerkit.register import Register

__all__ = ["Balance", "Balances", "Change", "Changes", "changes", "first_days"]

_PROMISED = ("start", "due")
"""Fields that hold a day which was promised, and so tells nothing of when a record began."""

_One = TypeVar("_One")


@attrs.frozen(kw_only=True)
class Change:
    """
    What changed for one *record*.

    *new* is the first day that is told of it, if that lies between the two days. *moves*,
    *revisions* and *asked* are what was added; *answered* is what was asked and has been
    answered since. *finished* is the final stage it came to, and *overdue* how its due day
    stands if that has passed since.
    """

    record: Record
    new: dt.date | None = None
    moves: tuple[Moved, ...] = ()
    revisions: tuple[Revision, ...] = ()
    asked: tuple[Asked, ...] = ()
    answered: tuple[Asked, ...] = ()
    finished: str = ""
    overdue: Due | None = None

    @property
    def is_none(self) -> bool:
        """
        True if nothing changed.
        """
        return not (
            self.new
            or self.moves
            or self.revisions
            or self.asked
            or self.answered
            or self.finished
            or self.overdue
        )


@attrs.frozen(kw_only=True)
class Balance:
    """
    How many records of one theme were open, came, went, and are open.

    *opening* and *closing* are those open on either day: there, and in no final stage.
    *new* ones were not there on the first, whatever became of them since; *reopened* ones
    were finished then, which only a change of the rules can undo; *closed* ones have
    finished, or are no longer there.
    """

    theme: Theme | None
    opening: int
    new: int
    reopened: int
    closed: int
    closing: int


@attrs.frozen(kw_only=True)
class Balances:
    """
    The balance of each theme, “no theme” last; and of all, each record counted once.
    """

    total: Balance
    themes: tuple[Balance, ...]


@attrs.frozen(kw_only=True)
class Changes:
    """
    What changed from the end of the day *since* to the end of the day *until*.

    *records* are those for which anything changed. *balances* are by kind of record:
    findings and actions, where rules give them a final stage.
    """

    since: dt.date
    until: dt.date
    records: tuple[Change, ...]
    balances: Mapping[str, Balances]


# since when a record is there


def first_days(register: Register) -> Callable[[Record], dt.date | None]:
    """
    Return what gives the first day that is told of a record, None if no day is.

    An action counts from the day of the resolution it arises from, a finding from the
    day of its review's report, a plan from the day it has or was approved on; what is kept
    in another record and tells no day of its own, from the first day of that. Where a plan
    tells none, whatever leads to it does, such as the resolution on a report about it.
    Whatever is recorded of a record, or of what is kept in it, shows that it was there by
    then. An inexact day counts when it has certainly come.
    """
    entries: dict[Subject, dt.date] = {}
    kept: dict[Subject, dt.date] = {}
    for occasion in register.history.occasions:
        for subject in occasion.entries:
            if subject not in entries:
                entries[subject] = occasion.day
                kept.setdefault(_holder(subject, register), occasion.day)

    found: dict[Subject, dt.date | None] = {}

    def first(record: Record) -> dt.date | None:
        subject = (record.kind, record.id)
        if subject not in found:
            found[subject] = looked_up(record, subject)
        return found[subject]

    def looked_up(record: Record, subject: Subject) -> dt.date | None:
        days = [*_lasts(_told(record, register))]
        held = register.holder(record)
        if not days and held is not None:
            days = [day for day in (first(held),) if day is not None]
        elif not days:
            days = [*_lasts(_leading(record, register))]
        also = (entries.get(subject), kept.get(subject))
        return min([*days, *(day for day in also if day is not None)], default=None)

    return first


def _holder(subject: Subject, register: Register) -> Subject:
    """
    Return the subject that *subject* is kept in, none that there is if it is in no other.

    Of a record that is not in this part of the register, its id tells.
    """
    kind, whole = subject
    record = register.records.get(kind, {}).get(whole)
    holder = register.holder(record) if record is not None else None
    if holder is not None:
        return holder.kind, holder.id
    scopes = register.kinds[kind].scopes if kind in register.kinds else ()
    scope = whole.rpartition("/")[0]
    there = (one for one in scopes if scope in register.records.get(one, {}))
    return next(there, ""), scope


def _lasts(days: Iterable[Day]) -> Iterator[dt.date]:
    return (day.last for day in days if day.last is not None)


def _leading(record: Record, register: Register) -> Iterator[Day]:
    """
    Yield the days that are told of records which lead to *record*.
    """
    for kind in register.kinds.values():
        for path in link_paths(kind.record):
            if not path.around and record.kind in path.spec.kinds:
                for other in register.linking(kind.name, path.spec.name, record.id):
                    yield from _told(other, register)


def _told(record: Record, register: Register) -> Iterator[Day]:
    """
    Yield the days that the register tells of *record* itself.
    """
    for spec in field_specs(type(record)):
        if spec.kind is FieldKind.DAY and spec.key not in _PROMISED:
            day = getattr(record, spec.name)
            if isinstance(day, Day):
                yield day
    for told in register.kinds[record.kind].days.values():
        day = told.of(record, register)
        if isinstance(day, Day):
            yield day
    day = resolved(record, register)
    if day is not None:
        yield day


# what changed


def changes(before: Snapshot, after: Snapshot) -> Changes:
    """
    Return what changed for records that have rules, from one snapshot to a later one.

    What was recorded in between of an earlier day is among it: *before* did not know it.
    """
    first = first_days(after.register)
    kinds = [kind for kind in after.register.kinds if kind in after.rules.kinds]
    found = [
        change
        for kind in kinds
        for change in _of_kind(kind, before, after, first)
        if not change.is_none
    ]
    return Changes(
        since=before.on,
        until=after.on,
        records=tuple(found),
        balances={
            kind: _balances(kind, before, after)
            for kind in THEMED
            if kind in kinds and _final(after, kind)
        },
    )


def _of_kind(
    kind: str, before: Snapshot, after: Snapshot, first: Callable[[Record], dt.date | None]
) -> Iterator[Change]:
    earlier = before.register.records.get(kind, {})
    late = {one.record.id: one for one in overdue(after, kind)}
    was_late = {one.record.id for one in overdue(before, kind)}
    final = _final(after, kind)
    for record in after.register.of_kind(kind):
        was = before.state(earlier[record.id]) if record.id in earlier else None
        now = after.state(record)
        moves = _added(was.moves if was else (), now.moves, _move_key)
        begun = first(record)
        is_new = begun is not None and before.on < begun <= after.on
        yield Change(
            record=record,
            new=begun if is_new else None,
            moves=moves,
            revisions=_added(was.revisions if was else (), now.revisions, _revision_key),
            asked=_added(was.asked if was else (), now.asked, _asked_key),
            answered=tuple(
                one
                for one in _added(was.asked if was else (), now.asked, _answer_key)
                if one.answered is not None
            ),
            finished=now.stage if moves and now.stage in final else "",
            overdue=late.get(record.id) if record.id not in was_late else None,
        )


def _added(
    before: Iterable[_One], after: Iterable[_One], key: Callable[[_One], Hashable]
) -> tuple[_One, ...]:
    known = set(map(key, before))
    return tuple(one for one in after if key(one) not in known)


def _move_key(move: Moved) -> Hashable:
    return move.day, move.source, move.target, move.occasion.name if move.occasion else ""


def _revision_key(one: Revision) -> Hashable:
    # A day that waited is the same, whatever it has come to.
    return one.day, one.old and one.old.written, one.new.written, one.reason, one.by


def _asked_key(asked: Asked) -> Hashable:
    return asked.day, asked.of, asked.by, asked.due and asked.due.written


def _answer_key(asked: Asked) -> Hashable:
    return _asked_key(asked), asked.reason, asked.answer, asked.answered


# opening + new - closed = closing


def _final(snapshot: Snapshot, kind: str) -> tuple[str, ...]:
    rules = snapshot.rules.kinds.get(kind)
    return rules.lifecycle.final if rules and rules.lifecycle else ()


@attrs.frozen(kw_only=True)
class _Counted:
    """
    The records of one kind on a day, by id: those *there*, and those of them *open*.
    """

    there: frozenset[str]
    open: frozenset[str]


def _counted(kind: str, snapshot: Snapshot) -> _Counted:
    first = first_days(snapshot.register)
    final = _final(snapshot, kind)
    there = [
        record
        for record in snapshot.register.of_kind(kind)
        if (begun := first(record)) is None or begun <= snapshot.on
    ]
    return _Counted(
        there=frozenset(one.id for one in there),
        open=frozenset(one.id for one in there if snapshot.state(one).stage not in final),
    )


def _balances(kind: str, before: Snapshot, after: Snapshot) -> Balances:
    was, now = _counted(kind, before), _counted(kind, after)
    by_theme: dict[str, set[str]] = {}
    for one in sorted(was.there | now.there):
        home = after if one in now.there else before
        record = home.register.records[kind][one]
        for theme in themes_of(record, home.register) or ("",):
            by_theme.setdefault(theme, set()).add(one)
    themes = {
        **before.register.records.get("theme", {}),
        **after.register.records.get("theme", {}),
    }
    order = [*(one for one in themes if one in by_theme), *([""] if "" in by_theme else [])]
    return Balances(
        total=_balance(None, was, now, was.there | now.there),
        themes=tuple(
            _balance(cast("Theme | None", themes.get(one)), was, now, by_theme[one])
            for one in order
        ),
    )


def _balance(theme: Theme | None, was: _Counted, now: _Counted, among: Iterable[str]) -> Balance:
    these = set(among)
    opening, closing = was.open & these, now.open & these
    new = (now.there & these) - was.there
    reopened = closing - opening - new
    return Balance(
        theme=theme,
        opening=len(opening),
        new=len(new),
        reopened=len(reopened),
        closed=len((opening | new | reopened) - closing),
        closing=len(closing),
    )
