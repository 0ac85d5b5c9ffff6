"""
Deadlines as an iCalendar file (RFC 5545), for Outlook and any other calendar program.

A day is a whole day; where a time is told, it is that of the clock in England. What people
wrote may hold anything, and stands in the file as they wrote it.
"""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections import Counter
from collections.abc import Iterator

from icalendar import Calendar as File
from icalendar import Event, vText

from peerkit import Calendar, Deadline, DeadlineState, parse_day

__all__ = ["draw"]

_MAKER = "-//peerkit//peerkit-committee//EN"
_OURS = uuid.UUID("6f0cbb4e-3f0b-5d0c-9c53-6a1d0b0f4a52")
_PLACE = "Europe/London"
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})(?:[.:](?P<minute>[0-5]\d))?\s?(?P<half>[ap])\.?m\.?|"
    r"(?P<hours>[01]?\d|2[0-3]):(?P<minutes>[0-5]\d)",
    re.IGNORECASE,
)
_HALF = 12
_TAG = re.compile(r"[A-Za-z0-9]{1,8}(?:-[A-Za-z0-9]{1,8})*")
# What ends a line to any program that may read the file, and what no text is made of.
_LINE_END = re.compile("\r\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_STANDS = {
    DeadlineState.MET: "met",
    DeadlineState.LATE: "late",
    DeadlineState.MISSED: "missed",
    DeadlineState.AHEAD: "ahead",
    DeadlineState.OVER: "over",
    DeadlineState.UNKNOWN: "not known",
}


def draw(calendar: Calendar) -> bytes:
    """
    Return *calendar* as a file with an event for every deadline that has a day.

    The same calendar gives the same bytes. An event keeps its id from one day to the next,
    so that a program that knows it already changes it and does not add another.
    """
    file = File()
    file.add("prodid", _MAKER)
    file.add("version", "2.0")
    file.add("calscale", "GREGORIAN")
    title = _text(" ".join(calendar.title.split()))
    for name in ("name", "x-wr-calname"):
        file.add(name, title)
    about = _text("\n".join(_about(calendar)))
    for name in ("description", "x-wr-caldesc"):
        file.add(name, about)
    # Times stand without a zone; those who read them elsewhere learn here whose they are.
    file.add("x-wr-timezone", _PLACE)
    times: Counter[tuple[str, str, str]] = Counter()
    for one in calendar.deadlines:
        if one.day is not None:
            key = (one.record.kind, one.record.id, one.rule)
            file.add_component(_event(one, one.day, calendar, times[key]))
            times[key] += 1
    content: bytes = file.to_ical()
    return content


def _about(calendar: Calendar) -> Iterator[str]:
    yield f"As judged on {_said(calendar.on)}."
    for used in calendar.used:
        yield f"Days were counted by: {_stripped(used)}."


def _event(one: Deadline, day: dt.date, calendar: Calendar, number: int) -> Event:
    event = Event()
    clock = _clock(one.time)
    language = {"language": calendar.language} if _TAG.fullmatch(calendar.language) else {}
    event.add("uid", _id(one, calendar, number))
    event.add("dtstamp", dt.datetime.combine(calendar.on, dt.time(), dt.UTC))
    event.add("dtstart", day if clock is None else dt.datetime.combine(day, clock))
    event.add("summary", _text(_summary(one, calendar)), parameters=language)
    lines = "\n".join(_description(one, calendar))
    event.add("description", _text(lines), parameters=language)
    event.add("categories", [one.state.value.capitalize()])
    # It is to be seen, and keeps nobody from a meeting at that time.
    event.add("transp", "TRANSPARENT")
    return event


def _id(one: Deadline, calendar: Calendar, number: int) -> str:
    parts = (calendar.register, one.record.kind, one.record.id, one.rule, number)
    return f"{uuid.uuid5(_OURS, ascii(parts))}@peerkit"


def _clock(time: str) -> dt.time | None:
    """
    Return the time of the clock that *time* tells; none for that of the whole day.
    """
    if time.strip().casefold() == "noon":
        return dt.time(_HALF)
    found = _CLOCK.fullmatch(time.strip())
    if found is None:
        return None
    if found["hours"]:
        return dt.time(int(found["hours"]), int(found["minutes"]))
    hour = int(found["hour"])
    if not 1 <= hour <= _HALF:
        return None
    is_later = found["half"].casefold() == "p"
    return dt.time(hour % _HALF + (_HALF if is_later else 0), int(found["minute"] or 0))


def _summary(one: Deadline, calendar: Calendar) -> str:
    what = _stripped(one.what)
    if one.time and _clock(one.time) is None:
        what += f", {one.time}"
    return " ".join(f"{what}: {calendar.title_of(one.record)}".split())


def _description(one: Deadline, calendar: Calendar) -> Iterator[str]:
    title = calendar.title_of(one.record)
    named = f"{one.record.kind.replace('_', ' ')} {one.record.id}"
    yield named if title == one.record.id else f"{named}: {title}"
    stands = f"On {_said(calendar.on)}: {_STANDS[one.state]}"
    if one.done is not None:
        stands += f", {'to be ' * (one.done > calendar.on)}done on {_said(one.done)}"
    yield f"{stands}."
    if one.working_day is not None and one.working_day != one.day:
        yield f"Working day: {_said(one.working_day)}."
    for label, several in (
        ("Counted", (one.counted,)),
        ("Source", (one.source,)),
        ("Assumed", one.assumed),
        ("The register does not state", one.missing),
    ):
        said = " and ".join(filter(None, several))
        if said:
            yield f"{label}{' ' if label.startswith('The') else ': '}{_stripped(said)}."


def _said(day: dt.date) -> str:
    return parse_day(day.isoformat()).words


def _stripped(text: str) -> str:
    return text.strip().removesuffix(".")


class _Text(vText):
    r"""
    A text as the file spells it: the library would take a ``\N`` that somebody wrote, as in
    ``\\NORTHMERE``, for the end of a line.
    """

    def to_ical(self) -> bytes:
        escaped = str(self).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
        return escaped.replace("\n", "\\n").encode()


def _text(text: str) -> _Text:
    """
    Return *text* with every line ended in one way, and no sign that is no letter.
    """
    plain = _NO_TEXT.sub("\N{REPLACEMENT CHARACTER}", _LINE_END.sub("\n", text))
    return _Text(plain)
