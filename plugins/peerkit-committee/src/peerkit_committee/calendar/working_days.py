"""
Working days of a council in England: no weekend, no bank holiday, no closure of its own.

Bank holidays are data that proclamations change, so a library keeps them; which version of
it was used is named wherever days were counted by it.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping
from functools import cached_property

import attrs

from peerkit import Configuration, parse_day

__all__ = ["LONGEST", "WorkingDays", "calendar_used", "closure", "working_days_of"]

LONGEST = 366
"""How many days one closure can last."""

_SATURDAY = 5


@functools.cache
def _bank_holidays(year: int) -> frozenset[dt.date]:
    import holidays  # noqa: PLC0415 - costs as much as reading a small register

    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def calendar_used() -> str:
    """
    Return which calendar of bank holidays is used, with its version.
    """
    from importlib.metadata import version  # noqa: PLC0415 - loads much

    return f"bank holidays of England by holidays {version('holidays')}"


@attrs.frozen(slots=False)
class WorkingDays:
    """
    Which days are working days: *closures* are days, or spans, with what they are.
    """

    closures: Mapping[str, str] = attrs.field(factory=dict)

    def is_working(self, day: dt.date) -> bool:
        """
        True if *day* is neither at a weekend nor a bank holiday of England nor a closure.

        >>> WorkingDays().is_working(dt.date(2022, 9, 19))
        False
        """
        if day.weekday() >= _SATURDAY or day in self._closed:
            return False
        return day not in _bank_holidays(day.year)

    def last_by(self, day: dt.date) -> dt.date:
        """
        Return the last working day that is not later than *day*.

        >>> WorkingDays().last_by(dt.date(2022, 2, 6))
        datetime.date(2022, 2, 4)
        """
        while not self.is_working(day):
            day -= dt.timedelta(days=1)
        return day

    @cached_property
    def _closed(self) -> frozenset[dt.date]:
        # What is no span is passed over: a check tells of it.
        return frozenset(one for written in self.closures for one in closure(written) or ())


def closure(written: str) -> tuple[dt.date, ...] | None:
    """
    Return the days of a closure, or None if it is no day and no span that is short enough.

    >>> len(closure("28 to 30 December 2022"))
    3
    """
    try:
        span = parse_day(written)
    except ValueError:
        return None
    if span.first is None or span.last is None or (span.last - span.first).days >= LONGEST:
        return None
    return tuple(
        span.first + dt.timedelta(days=one) for one in range((span.last - span.first).days + 1)
    )


def working_days_of(configuration: Configuration) -> WorkingDays:
    """
    Return the working days of the council.
    """
    declared = configuration.sections.get("working_days")
    return WorkingDays(declared.closures) if declared is not None else WorkingDays()
