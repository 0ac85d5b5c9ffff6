"""
Days as exactly as they are known: a day, a month, a span, a quarter, a meeting to come.
"""

from __future__ import annotations

import calendar
import datetime as dt
import functools
import re

import attrs

__all__ = ["Day", "DayError", "parse_day"]

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_MONTH = {
    name.casefold(): number
    for number, month in enumerate(_MONTHS, 1)
    for name in (month, month[:3], *(["Sept"] if month == "September" else []))
}
_SPAN = re.compile(r"\s+(?:to|until)\s+|\s*[–—]\s*", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_NUMERIC = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})")
_PART = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)?\s*)?([A-Za-z]+)?(?:\s*(\d{4}))?", re.ASCII)
_YEAR = re.compile(r"(\d{4})/(\d{2}|\d{4})")
_QUARTER = re.compile(r"Q([1-4])\s+(\d{4})/(\d{2})", re.IGNORECASE)
_LONGEST = 60
_FIRST_YEAR = 1000  # an earlier one is a slip of the pen, and prints in fewer digits
_FORMS = "2022-07-31, 31 July 2022, July 2022, 21 to 22 September 2021, Q1 2022/23, next meeting"


class DayError(ValueError):
    """
    Text that is no day; *mend* says what to write instead.
    """

    def __init__(self, message: str, mend: str = f"write a day like {_FORMS}") -> None:
        super().__init__(message)
        self.mend = mend


@attrs.frozen
class Day:
    """
    A day, or the span in which it lies, as exactly as it is known.

    *first* and *last* are the same for an exact day and None for a day that
    waits for something (`next meeting`); *words* is how it is printed. Once it is known
    what such a day has come to, *waited* is what was written.

    >>> parse_day("July 2022").last
    datetime.date(2022, 7, 31)
    """

    words: str
    first: dt.date | None = None
    last: dt.date | None = None
    waited: str = ""

    @property
    def is_exact(self) -> bool:
        """
        True if it is one single day.
        """
        return self.first is not None and self.first == self.last

    @property
    def is_fixed(self) -> bool:
        """
        False while it waits for something that has no day yet.
        """
        return self.last is not None

    @property
    def written(self) -> str:
        """
        What was written, whatever it has come to since.
        """
        return self.waited or self.words

    def come_to(self, day: Day) -> Day:
        """
        Return this day, which waited, as it is now known: it is *day*.

        >>> str(parse_day("next meeting").come_to(parse_day("2022-03-09")))
        'next meeting (9 March 2022)'
        """
        return Day(f"{self.written} ({day})", day.first, day.last, self.written)

    def __str__(self) -> str:
        return self.words


@attrs.frozen
class _Part:
    """
    One side of a span, what is missing yet to be taken from the other.
    """

    day: int | None
    month: int | None
    year: int | None


def _said(date: dt.date) -> str:
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def _date(year: int, month: int, day: int, written: str) -> dt.date:
    if year < _FIRST_YEAR:
        raise DayError(f"“{written}” is not a day: the year cannot be {year}")
    try:
        return dt.date(year, month, day)
    except ValueError:
        if not 1 <= month <= len(_MONTHS):
            raise DayError(f"“{written}” is not a day: there is no month {month}") from None
        length = calendar.monthrange(year, month)[1]
        raise DayError(
            f"“{written}” is not a day: {_MONTHS[month - 1]} {year} has {length} days",
            "write the day that is meant",
        ) from None


def _part(written: str) -> _Part:
    if iso := _ISO.fullmatch(written):
        year, month, day = map(int, iso.groups())
        _date(year, month, day, written)
        return _Part(day, month, year)
    found = _PART.fullmatch(written)
    if found is None or not written:
        raise DayError(f"“{written}” is not a day")
    day_text, month_text, year_text = found.groups()
    month_number = _MONTH.get(month_text.casefold()) if month_text else None
    if month_text and month_number is None:
        raise DayError(f"“{written}” is not a day: “{month_text}” is not a month")
    return _Part(
        int(day_text) if day_text else None,
        month_number,
        int(year_text) if year_text else None,
    )


def _bounds(part: _Part, written: str) -> tuple[dt.date, dt.date]:
    if part.year is None:
        raise DayError(f"“{written}” does not say the year", "add the year")
    if part.month is None:
        if part.day is not None:
            raise DayError(f"“{written}” does not say the month", "add the month")
        return _date(part.year, 1, 1, written), _date(part.year, 12, 31, written)
    if part.day is None:
        first = _date(part.year, part.month, 1, written)
        return first, first.replace(day=calendar.monthrange(part.year, part.month)[1])
    exact = _date(part.year, part.month, part.day, written)
    return exact, exact


def _print(part: _Part, *, month: bool = True, year: bool = True) -> str:
    words = [
        str(part.day) if part.day else "",
        _MONTHS[part.month - 1] if part.month and month else "",
        str(part.year) if part.year and year else "",
    ]
    return " ".join(filter(None, words))


def _span(begin: str, end: str, written: str) -> Day:
    right = _part(end)
    left = _part(begin)
    left = _Part(
        left.day,
        right.month if left.month is None and left.day else left.month,
        left.year or right.year,
    )
    if (left.day is None) != (right.day is None):
        raise DayError(f"“{written}” is exact at one end only", "write both ends as exactly")
    first, last = _bounds(left, written)[0], _bounds(right, written)[1]
    if first > last:
        raise DayError(f"“{written}” ends before it begins", "write the earlier day first")
    same_year = left.year == right.year
    same_month = same_year and left.month == right.month and left.day is not None
    start = _print(left, month=not same_month, year=not same_year) or _print(left)
    return Day(f"{start} to {_print(right)}", first, last)


def _years(first: str, second: str, written: str) -> int:
    year = int(first)
    if not _FIRST_YEAR <= year < dt.MAXYEAR:
        raise DayError(f"“{written}” is not a financial year: the year cannot be {year}")
    if int(second) != (year + 1) % 10 ** len(second):
        raise DayError(
            f"“{written}” is not a financial year", f"write {year}/{(year + 1) % 100:02}"
        )
    return year


@functools.lru_cache(maxsize=4096)
def parse_day(text: str) -> Day:
    """
    Return the day that *text* tells, as exactly as it tells it.

    Quarters and years with a slash are financial ones, from April to March.

    >>> [parse_day(t).words for t in ("2022-07-31", "21st to 22nd Sept 2021", "next meeting")]
    ['31 July 2022', '21 to 22 September 2021', 'next meeting']
    >>> parse_day("Q1 2022/23").first
    datetime.date(2022, 4, 1)

    Raises:
        DayError: If it is no day, or one that can be read in two ways.
    """
    written = " ".join(text.split())
    if len(written) > _LONGEST:
        raise DayError(f"“{written[:_LONGEST]}…” is not a day")
    if written.casefold() == "next meeting":
        return Day("next meeting")
    if found := _NUMERIC.fullmatch(written):
        day, month, year = (int(number) for number in found.groups())
        year += 2000 if year < 100 else 0  # noqa: PLR2004 - two digits of a year
        raise DayError(
            f"“{written}” can be read in two ways",
            f"write {_date(year, month, day, written)} if the day comes first",
        )
    if found := _QUARTER.fullmatch(written):
        quarter, year = int(found[1]), _years(found[2], found[3], written)
        month = 1 + 3 * (quarter % 4)
        start = dt.date(year + (quarter == 4), month, 1)  # noqa: PLR2004 - the fourth quarter
        end = start.replace(month=month + 2, day=calendar.monthrange(start.year, month + 2)[1])
        return Day(f"Q{quarter} {found[2]}/{found[3]}", start, end)
    if found := _YEAR.fullmatch(written):
        year = _years(found[1], found[2], written)
        return Day(f"{year}/{(year + 1) % 100:02}", dt.date(year, 4, 1), dt.date(year + 1, 3, 31))
    ends = _SPAN.split(written)
    if len(ends) == 2:  # noqa: PLR2004 - a span has two ends
        return _span(ends[0], ends[1], written)
    part = _part(written)
    first, last = _bounds(part, written)
    return Day(_said(first) if first == last else _print(part), first, last)
