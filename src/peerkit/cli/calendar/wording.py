"""
What is to be done by when, in sentences for people.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import click

from peerkit import verbs
from peerkit.cli.calendar.files import Drawn
from peerkit.cli.calendar.told import Asked, Told
from peerkit.cli.checking import Checked, shown
from peerkit.cli.console import clean, filled, say, sentence, typed
from peerkit.cli.standing import said, tell_refused
from peerkit.cli.telling import counted, plural
from peerkit.deadlines import Deadline, DeadlineState

__all__ = ["tell", "tell_drawn"]

_S = DeadlineState
_HEADINGS = {
    _S.MISSED: "Missed",
    _S.LATE: "Late",
    _S.AHEAD: "Ahead",
    _S.UNKNOWN: "Not known",
    _S.OVER: "Over",
    _S.MET: "Met",
}
_HIDDEN = {_S.MET: ("was", "were"), _S.OVER: ("is", "are")}
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def tell(found: Checked, asked: Asked, told: Told) -> None:
    """
    Print the deadlines that are shown, by how they stand.
    """
    calendar = told.every
    as_seen = ", as the public may see it" if asked.public else ""
    name = f"{found.register.name} on {said(calendar.on)}{as_seen}"
    say(click.style(filled(name, hanging="  "), bold=True))
    say()
    for state, heading in _HEADINGS.items():
        several = [one for one in told.shown if one.state is state]
        if several:
            colour = "red" if state is _S.MISSED else None
            say(click.style(heading, bold=True, fg=colour))
            for one in several:
                _tell_one(one, told)
            say()
    tell_refused(told.refused)
    _tell_hidden(asked, told)
    if not calendar.deadlines:
        say("There are no deadlines.")
        say("An action has one if it has a due day. What else works some out: peerkit plugins")
    _tell_used(told)
    _tell_next(found, asked, told)


def _tell_one(one: Deadline, told: Told) -> None:
    title = told.every.titles.get((one.record.kind, one.record.id), "")
    named = f"{one.record.kind.replace('_', ' ')} {one.record.id}"
    counted_from = (("Counted", one.counted), ("Source", one.source))
    lines = (
        f"{named}: {title}" if title else named,
        " ".join(sentence(f"{label}: {text}") for label, text in counted_from if text),
        sentence(f"Assumed: {_in_words(one.assumed)}") if one.assumed else "",
        sentence(f"The register does not state {_in_words(one.missing)}") if one.missing else "",
    )
    what = sentence(one.what)
    say(filled(f"{_when(one, told.every.on)}: {what}" if one.day else what, "  ", "    "))
    for line in filter(None, lines):
        say(filled(line, "    ", "  "))


def _in_words(several: tuple[str, ...]) -> str:
    *others, last = several
    return f"{', '.join(others)} and {last}" if others else last


def _when(one: Deadline, on: dt.date) -> str:
    """
    Return the day of a deadline with what is to be known of it.
    """
    assert one.day is not None  # noqa: S101 - the caller looks
    time = f", {one.time}" if one.time else ""
    return f"{_weekday(one.day)}{time} ({'; '.join(_notes(one, one.day, on))})"


def _notes(one: Deadline, day: dt.date, on: dt.date) -> Iterator[str]:
    if one.done is None or one.done > on:
        yield _distance((day - on).days)
    if one.done is not None and one.done > on:
        yield f"to be done on {said(one.done)}"
    elif one.done is not None:
        late = f", {plural((one.done - day).days, 'day')} late" if one.done > day else ""
        yield f"done on {said(one.done)}{late}"
    if one.working_day is not None and one.working_day != day:
        yield f"working day: {_weekday(one.working_day)}"


def _distance(days: int) -> str:
    if days == 0:
        return "today"
    return f"in {plural(days, 'day')}" if days > 0 else f"{plural(-days, 'day')} past"


def _weekday(day: dt.date) -> str:
    return f"{_WEEKDAYS[day.weekday()]} {said(day)}"


def _tell_hidden(asked: Asked, told: Told) -> None:
    words = (
        f"{number} {_HIDDEN[state][0 if number == 1 else 1]} {state.value}"
        for state, number in told.hidden.items()
    )
    if told.hidden:
        say(f"{_in_words(tuple(words))}. To see them: {asked.again(' --all')}")


def _tell_used(told: Told) -> None:
    for used in told.every.used:
        say(filled(sentence(f"Days were counted by: {used}"), hanging="  "))


def _tell_next(found: Checked, asked: Asked, told: Told) -> None:
    if found.problems:
        say(f"To see {counted(found.problems)}: peerkit check {typed(asked.folder)}")
    exports = verbs.calendar_exports(found.offers)
    if told.shown and exports:
        name = next(iter(exports))
        say(f"To have them as a file for calendar programs: {asked.again(f' --as {name}')}")
    day = f" --on {asked.on}" if asked.on else ""
    say(f"To see what stands where: peerkit status {typed(asked.folder)}{day}")


def tell_drawn(found: Checked, asked: Asked, told: Told, drawn: Drawn) -> None:
    """
    Print which file was written, and what is not in it.
    """
    say(clean(f"{shown(drawn.path)}  {told.every.title} on {said(told.every.on)}"))
    say()
    say(f"{plural(drawn.number, 'deadline')} written into {shown(drawn.path)}.")
    if drawn.without:
        left_out = f"{plural(drawn.without, 'deadline')} without a day left out"
        say(f"{left_out}. To see what is not known: {asked.again()}")
    _tell_hidden(asked, told)
    _tell_used(told)
    if found.problems:
        say(f"To see {counted(found.problems)}: peerkit check {typed(asked.folder)}")
    say(f"Next: open {shown(drawn.path)} with a calendar program.")
