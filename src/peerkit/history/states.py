"""
Where one record stands after some of what happened to it.
"""

from __future__ import annotations

import datetime as dt
import operator
from collections.abc import Mapping
from types import MappingProxyType

import attrs

from peerkit.history.occasions import Occasion
from peerkit.model import Day

__all__ = ["Asked", "Moved", "Revision", "State"]

_NOTHING: Mapping[str, object] = MappingProxyType({})


@attrs.frozen
class Moved:
    """
    A move that was made on *day*; by no occasion if a dated field of the record brought it about.
    """

    day: dt.date
    source: str
    target: str
    occasion: Occasion | None = None
    reason: str = ""


@attrs.frozen
class Revision:
    """
    A due day that was changed on *day*: from *old* to *new*, why, and by whom.
    """

    day: dt.date
    old: Day | None
    new: Day
    reason: str
    by: str


@attrs.frozen
class Asked:
    """
    A new due day, or for want of one removal, that was asked *of* somebody on *day*.

    *answer* is how it was answered: ``granted``, ``refused``, ``no longer needed`` or
    not yet.
    """

    day: dt.date
    of: str
    by: str
    reason: str
    due: Day | None = None
    answer: str = ""
    answered: dt.date | None = None

    @property
    def what(self) -> str:
        """
        ``due`` or ``removal``.
        """
        return "removal" if self.due is None else "due"


@attrs.define(eq=False)
class State:
    """
    Where one record stands; to be read, never changed, by whoever is given it.

    *stage* is empty for kinds without a lifecycle. *asked* lists all that was asked,
    the last one last; *ratings* are those that people gave.
    """

    stage: str = ""
    since: dt.date | None = None
    due: Day | None = None
    original_due: Day | None = None
    revisions: tuple[Revision, ...] = ()
    asked: tuple[Asked, ...] = ()
    moves: tuple[Moved, ...] = ()
    evidence: tuple[str, ...] = ()
    reason: str = ""
    impact: str = ""
    note: str = ""
    updated: dt.date | None = None
    accepted_by: str = ""
    ratings: Mapping[str, str] = attrs.field(default=_NOTHING)
    more: Mapping[str, object] = attrs.field(default=_NOTHING)
    illustrative: bool = False

    @property
    def open_request(self) -> Asked | None:
        """
        What was asked last and is not answered yet.
        """
        return self.asked[-1] if self.asked and not self.asked[-1].answer else None

    def copy(self) -> State:
        """
        Return another that can be changed without changing this one.
        """
        return State(*_VALUES(self))


_VALUES = operator.attrgetter(*(attribute.name for attribute in attrs.fields(State)))
