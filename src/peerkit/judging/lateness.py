"""
What is overdue and what is due soon, with the working.

Kept out: words for a console, and what a paper says of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import attrs

from peerkit.config import KindRules
from peerkit.history import Revision
from peerkit.judging.snapshot import Snapshot
from peerkit.model import Day, Record

__all__ = ["Due", "due_counts", "due_of", "due_soon", "overdue"]

_DUE = "due"
_PAST = "past"


@attrs.frozen(kw_only=True)
class Due:
    """
    How the due day of *record* stands: *due* as in force, *original* as it began with.

    *days* is how many are left until its last day; below nought, how many it is past.
    """

    record: Record
    due: Day
    original: Day | None
    days: int
    revisions: tuple[Revision, ...] = ()

    @property
    def past(self) -> int:
        """
        How many days it is past, or 0.
        """
        return max(-self.days, 0)

    @property
    def since(self) -> dt.date | None:
        """
        The day since which it is overdue, or None if it is not.
        """
        last = self.due.last
        return last + dt.timedelta(days=1) if self.days < 0 and last is not None else None

    @property
    def working(self) -> str:
        """
        How it is worked out, such as ``due 31 July 2022, 45 days past; was 30 April 2022``.
        """
        if self.days < 0:
            when = f"{_days(-self.days)} past"
        else:
            when = f"{_days(self.days)} left" if self.days else "its last day"
        before = f"; was {self.original}" if self.revisions and self.original else ""
        return f"due {self.due}, {when}{before}"


def _days(number: int) -> str:
    return f"{number:,} day{'' if number == 1 else 's'}"


def overdue(snapshot: Snapshot, kind: str = "action") -> tuple[Due, ...]:
    """
    Return the records of *kind* whose due day has passed and counts, the longest past first.

    It counts unless the record is in a final stage. Where the table that gives the status
    has rows for a due day that is past, one of those must be the row that decides; so
    what is done and awaits its evidence is not overdue where the table says so.
    """
    found = (one for one in _counting(snapshot, kind) if one.days < 0)
    return tuple(sorted(found, key=lambda one: one.days))


def due_soon(snapshot: Snapshot, kind: str = "action") -> tuple[Due, ...]:
    """
    Return the records of *kind* that will be overdue unless they are done within the days
    that rules, `soon` says, the next first.
    """
    soon = snapshot.rules.kinds.get(kind, KindRules()).soon
    found = (one for one in _counting(snapshot, kind) if 0 <= one.days <= soon)
    return tuple(sorted(found, key=lambda one: one.days))


def _counting(snapshot: Snapshot, kind: str) -> Iterator[Due]:
    counts = due_counts(snapshot, kind)
    for record in snapshot.register.of_kind(kind):
        due = due_of(record, snapshot)
        if due is not None and counts(record):
            yield due


def due_counts(snapshot: Snapshot, kind: str) -> Callable[[Record], bool]:
    """
    Return what tells whether the due day of a record of *kind* counts, as for `overdue`.
    """
    rules = snapshot.rules.kinds.get(kind)
    final = rules.lifecycle.final if rules and rules.lifecycle else ()
    counts = _by_table(snapshot, kind)
    return lambda record: snapshot.state(record).stage not in final and counts(record)


def due_of(record: Record, snapshot: Snapshot) -> Due | None:
    """
    Return how the due day of *record* stands, whether it counts or not; None if it has none
    or that is not fixed yet.
    """
    state = snapshot.state(record)
    if state.due is None or state.due.last is None:
        return None
    return Due(
        record=record,
        due=state.due,
        original=state.original_due,
        days=(state.due.last - snapshot.on).days,
        revisions=state.revisions,
    )


def _by_table(snapshot: Snapshot, kind: str) -> Callable[[Record], bool]:
    """
    Return what tells whether the status of a record would be owed to a due day in the past.
    """
    table = snapshot.table(kind)
    if table is None or not any(_PAST in row.cells.get(_DUE, ()) for row in table.rows):
        return lambda _record: True

    def counts(record: Record) -> bool:
        def ask(fact: str) -> Any:
            return _PAST if fact == _DUE else snapshot.ask(record, fact)

        try:
            return _PAST in table.decide(ask).cells.get(_DUE, ())
        except LookupError:  # such answers cannot occur together, so no row was asked for them
            return True

    return counts
