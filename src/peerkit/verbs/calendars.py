"""
Work out deadlines by all that plugins offer, and draw them as a file.
"""

from __future__ import annotations

import datetime as dt

import attrs

from peerkit.deadlines import Calendar, Deadline, DeadlineSource, DeadlineState
from peerkit.errors import PluginError, RefusedError
from peerkit.hookspecs import Offers
from peerkit.judging import Snapshot
from peerkit.model import Record
from peerkit.papers import Export, leaks
from peerkit.plugins import blaming
from peerkit.verbs.registers import named, offers_here
from peerkit.views import View, secrets

__all__ = [
    "CALENDAR",
    "WorkedOut",
    "calendar_exports",
    "deadlines_of",
    "draw_calendar",
    "must_not_leak",
    "work_out",
]

CALENDAR = "calendar"
"""What exports of deadlines say they are drawn from."""

_TEXTS = ("rule", "what", "time", "counted", "source")
_SEVERAL = ("missing", "assumed")
_DAYS = ("day", "working_day", "done")


@attrs.frozen(kw_only=True)
class WorkedOut:
    """
    Every deadline that was worked out, and by which calendars days were counted.
    """

    deadlines: tuple[Deadline, ...]
    used: tuple[str, ...] = ()


def deadlines_of(snapshot: Snapshot, *, offers: Offers | None = None) -> tuple[Deadline, ...]:
    """
    Return every deadline of what is open in *snapshot*, by day; those without one last.

    Raises:
        PluginError: If a source of a plugin fails.
    """
    return work_out(snapshot, offers=offers).deadlines


def work_out(snapshot: Snapshot, *, offers: Offers | None = None) -> WorkedOut:
    """
    Return what `deadlines_of` does, and the calendars that were used.

    Raises:
        PluginError: If a source of a plugin fails, or gives what is no deadline.
    """
    offers = offers or offers_here()
    found: list[Deadline] = []
    used: list[str] = []
    for name, source in offers.deadlines.items():
        origin = offers.origins["peerkit_deadlines", name]
        mine = _found(source, snapshot, origin)
        found += mine
        if mine and source.used is not None:
            with blaming(origin, f"naming the calendar of {name}"):
                used.append(str(source.used()))
    return WorkedOut(deadlines=tuple(sorted(found, key=_order)), used=tuple(dict.fromkeys(used)))


def _found(source: DeadlineSource, snapshot: Snapshot, origin: str) -> list[Deadline]:
    with blaming(origin, f"working out {source.name}"):
        found = list(source.find(snapshot))
    for one in found:
        fault = _fault(one, snapshot)
        if fault:
            raise PluginError(
                f"The plugin {origin} gives {fault} among the deadlines of {source.name}.",
                mend=f"Update {origin}, or leave it out with --no-plugin {origin}.",
            )
    return found


def _fault(one: object, snapshot: Snapshot) -> str:
    """
    Return what *one* is instead of a deadline of a record of this register, if it is none.
    """
    if not isinstance(one, Deadline):
        return f"{type(one).__name__} in place of a deadline"
    sound = {
        "record": isinstance(one.record, Record),
        "state": isinstance(one.state, DeadlineState),
        **{name: isinstance(getattr(one, name), str) for name in _TEXTS},
        **{name: _is_texts(getattr(one, name)) for name in _SEVERAL},
        **{name: _is_day(getattr(one, name)) for name in _DAYS},
    }
    wrong = next((name for name, is_sound in sound.items() if not is_sound), "")
    if wrong:
        return f"{type(getattr(one, wrong)).__name__} as “{wrong}” of one"
    # What an audience may not see is not in the register that its deadlines are asked for.
    known = snapshot.register.records.get(one.record.kind, {})
    return "" if one.record.id in known else "one for a record that is not in the register"


def _is_texts(value: object) -> bool:
    return isinstance(value, tuple) and all(isinstance(text, str) for text in value)


def _is_day(value: object) -> bool:
    # A moment is a day, too, to Python; but cannot be compared with one.
    return value is None or type(value) is dt.date


def _order(one: Deadline) -> tuple[dt.date, str, str, str]:
    return (one.day or dt.date.max, one.record.kind, one.record.id, one.rule)


def calendar_exports(offers: Offers) -> dict[str, Export]:
    """
    Return the exports that draw a calendar, by name.
    """
    return {name: one for name, one in offers.exports.items() if one.of == CALENDAR}


def draw_calendar(calendar: Calendar, export: str, *, offers: Offers | None = None) -> bytes:
    """
    Return *calendar* as the bytes of a file, drawn by the *export* of that name.

    Raises:
        UnknownNameError: If there is none of that name.
        PluginError: If it fails.
    """
    offers = offers or offers_here()
    chosen: Export = named(calendar_exports(offers), export, "calendar file")
    origin = offers.origins["peerkit_exports", export]
    with blaming(origin, f"drawing {export}"):
        content: object = chosen.draw(calendar)
    if not isinstance(content, bytes):
        raise PluginError(
            f"The plugin {origin} drew {export} as {type(content).__name__}, not bytes.",
            mend=f"Update {origin}, or leave it out with --no-plugin {origin}.",
        )
    return content


def must_not_leak(calendar: Calendar, seen: View) -> None:
    """
    Do nothing if no text of *calendar* is withheld from those for whom it is *seen*.

    Raises:
        RefusedError: If one is.
    """
    texts = [calendar.title, *calendar.titles.values(), *calendar.used]
    for one in calendar.deadlines:
        texts += (one.what, one.counted, one.source, *one.missing, *one.assumed)
    if leaks(secrets(seen), tuple(texts)):
        raise RefusedError(
            "The public calendar would show a text that is withheld, so there is none.",
            mend="Look for the text in records that are not withheld, and in rules.",
        )
