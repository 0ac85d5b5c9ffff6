"""
Counts of days as rules state them: “5 clear working days before”, “3 months after”.

Clear days are those strictly between two days: neither the day of publication nor that of
the meeting counts (R v Swansea City Council ex p Elitestone, 1993).
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import Protocol

import attrs

__all__ = ["Count", "CountError", "WorkingCalendar", "clear_days", "parse_count"]

_COUNT = re.compile(
    r"(?:(?P<time>[^,]+?),\s+)?(?P<number>0|[1-9]\d{0,3})\s+"
    r"(?P<unit>(?:clear\s+)?(?:working\s+)?days?|weeks?|months?|years?)\s+(?P<side>before|after)",
    re.IGNORECASE | re.ASCII,  # no digits of other scripts, no letters that only fold to ours
)
_TIME = re.compile(
    r"(?:1[0-2]|[1-9])(?:[.:][0-5]\d)?\s?[ap]m|noon|midnight|(?:[01]?\d|2[0-3]):[0-5]\d",
    re.IGNORECASE | re.ASCII,
)
_MONTHS_OF = {"month": 1, "year": 12}
_LONGEST = 60
_FORMS = "5 clear working days before; 28 clear days before; 10 am, 7 working days before; 3 months after"


class CountError(ValueError):
    """
    Text that is no count; *mend* says what to write instead.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.mend = f"Write a count like these: {_FORMS}."


class WorkingCalendar(Protocol):
    """
    What tells working days from others.
    """

    def is_working(self, day: dt.date) -> bool:
        """
        True if *day* is neither at a weekend nor a holiday nor a closure.
        """


@attrs.frozen(kw_only=True)
class Count:
    """
    So many days, weeks, months or years before or after something.

    *unit* is ``day``, ``week``, ``month`` or ``year``; *time* is a time of that day, as
    written, or nothing.
    """

    number: int
    unit: str = "day"
    is_working: bool = False
    is_clear: bool = False
    is_before: bool = False
    time: str = ""

    def __str__(self) -> str:
        kind = f"{'clear ' if self.is_clear else ''}{'working ' if self.is_working else ''}"
        unit = self.unit if self.number == 1 else f"{self.unit}s"
        side = "before" if self.is_before else "after"
        time = f"{self.time}, " if self.time else ""
        return f"{time}{self.number} {kind}{unit} {side}"

    def day(self, anchor: dt.date, calendar: WorkingCalendar) -> dt.date:
        """
        Return the day that lies so many before or after *anchor*.

        Before *anchor*, that is the last day on which there is time enough; it need not
        be a working day. After it, a clear count ends on the day, or the working day,
        behind those counted.

        >>> parse_count("28 clear days before").day(dt.date(2022, 2, 14), None)
        datetime.date(2022, 1, 16)

        Raises:
            OverflowError: If there is no such day in any calendar.
        """
        if self.unit in _MONTHS_OF:
            return _months_on(anchor, self._signed(self.number * _MONTHS_OF[self.unit]))
        if self.unit == "week":
            return anchor + dt.timedelta(weeks=self._signed(self.number))
        if not self.is_working:
            return anchor + dt.timedelta(days=self._signed(self.number + self.is_clear))
        if self.is_clear and self.is_before:
            # The day before may be a Sunday: only the days between must be working days.
            return _working_on(anchor, -self.number, calendar) - dt.timedelta(days=1)
        return _working_on(anchor, self._signed(self.number + self.is_clear), calendar)

    def _signed(self, number: int) -> int:
        return -number if self.is_before else number


def parse_count(text: str) -> Count:
    """
    Return the count that *text* states.

    >>> str(parse_count("10 am, 7 working days before"))
    '10 am, 7 working days before'

    Raises:
        CountError: If it states none.
    """
    written = " ".join(text.split())
    found = _COUNT.fullmatch(written) if len(written) <= _LONGEST else None
    if found is None:
        raise CountError(f"“{written[:_LONGEST]}” is no count of days.")
    time = found["time"] or ""
    if time and not _TIME.fullmatch(time):
        raise CountError(f"“{time}” is no time of day.")
    *kinds, unit = found["unit"].lower().split()
    return Count(
        number=int(found["number"]),
        unit=unit.removesuffix("s"),
        is_working="working" in kinds,
        is_clear="clear" in kinds,
        is_before=found["side"].lower() == "before",
        time=time,
    )


def clear_days(
    earlier: dt.date, later: dt.date, calendar: WorkingCalendar, *, is_working: bool
) -> int:
    """
    Return how many days, or working days, lie strictly between two days.

    >>> clear_days(dt.date(2022, 11, 15), dt.date(2022, 12, 6), None, is_working=False)
    20
    """
    between = max((later - earlier).days - 1, 0)
    if not is_working:
        return between
    days = (earlier + dt.timedelta(days=one) for one in range(1, between + 1))
    return sum(map(calendar.is_working, days))


def _working_on(anchor: dt.date, number: int, calendar: WorkingCalendar) -> dt.date:
    step = dt.timedelta(days=1 if number > 0 else -1)
    day, left = anchor, abs(number)
    while left:
        day += step
        left -= calendar.is_working(day)
    return day


def _months_on(anchor: dt.date, months: int) -> dt.date:
    years, month = divmod(anchor.month - 1 + months, 12)
    year, month = anchor.year + years, month + 1
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        raise OverflowError(f"there is no year {year}")
    # Three months after 30 November is the last day of February.
    return dt.date(year, month, min(anchor.day, calendar.monthrange(year, month)[1]))
