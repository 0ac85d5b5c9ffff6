"""
Deadlines: what must be done by when, and whether it was.

A plugin works them out of a snapshot, by rules of its own; here is only what one is, and
several as a calendar. Like a due day, a deadline is derived and never stored.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

import attrs

from peerkit.judging import Snapshot
from peerkit.model import Record

__all__ = ["Calendar", "Deadline", "DeadlineSource", "DeadlineState"]


class DeadlineState(enum.Enum):
    """
    How a deadline stands on the day.
    """

    MET = "met"
    """It was done in time."""
    LATE = "late"
    """It was done, and too late."""
    MISSED = "missed"
    """The day has passed, and nothing tells that it was done."""
    AHEAD = "ahead"
    """There is time left."""
    OVER = "over"
    """A period that ends by itself has ended."""
    UNKNOWN = "not known"
    """The register does not state what it takes to tell."""


@attrs.frozen(kw_only=True)
class Deadline:
    """
    What must be done by when for one *record*, by which *rule*, and how that stands.

    *what* says in a sentence without its full stop what is to be done, and *counted* how
    the day was worked out. *day* is the last on which it is in time, None if it cannot be
    told; *time* a time of that day; *working_day* the last working day by then where *day*
    is none. *done* is when it was done. *missing* names what the register does not state,
    and *assumed* what it states without knowing. *rule* is the key of the rule and
    *source* the law, guidance or paper it comes from. *duty* is False for the end of a
    period that nobody has to do anything about, such as that of a call-in.
    """

    record: Record
    rule: str
    what: str
    state: DeadlineState
    day: dt.date | None = None
    time: str = ""
    working_day: dt.date | None = None
    done: dt.date | None = None
    counted: str = ""
    source: str = ""
    missing: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()
    duty: bool = True

    def left(self, on: dt.date) -> int | None:
        """
        Return how many days are left after *on*, below nought if it is past; None if the
        day cannot be told.
        """
        return (self.day - on).days if self.day is not None else None


# These two are handed on, never compared or shown: what attrs would write for that is a
# fifth of what importing this module costs.
@attrs.frozen(kw_only=True, eq=False, repr=False)
class DeadlineSource:
    """
    What works deadlines out of a snapshot: those of every open matter, in any order.

    *find* is called with a snapshot; *used* says which calendar days were counted by, and
    is asked only if *find* gave any.
    """

    name: str
    doc: str
    find: Callable[[Snapshot], Iterable[Deadline]]
    used: Callable[[], str] | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Calendar:
    """
    Deadlines as they are told, for an `Export` to draw: by day, those without one last.

    *register* is the name of the register, *title* what the calendar is called, *language*
    the tag of the organisation's language, and *on* the day it was judged on. *titles* are
    those of the records, by kind and id; *used* names the calendars that days were counted
    by.
    """

    register: str
    title: str
    language: str
    on: dt.date
    deadlines: tuple[Deadline, ...]
    titles: Mapping[tuple[str, str], str] = MappingProxyType({})
    used: tuple[str, ...] = ()

    def title_of(self, record: Record) -> str:
        """
        Return what *record* is in one line, or its id where it has no title.
        """
        return self.titles.get((record.kind, record.id)) or record.id
