"""
`peerkit history log`: what happened, in the order in which it took effect.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs
import click

from peerkit import verbs
from peerkit.cli import options
from peerkit.cli.checking import shown
from peerkit.cli.console import clean, filled, say, say_json, stdout_is_ours, typed
from peerkit.cli.exits import Exit
from peerkit.cli.naming import subject_named
from peerkit.cli.standing import move_json, name_of, said, title_of
from peerkit.cli.unread import tell_unread
from peerkit.errors import ProblemsError
from peerkit.history import Entry, Moved, Occasion, Subject
from peerkit.history.chains import annulled
from peerkit.history.occasions import FREE_TEXTS
from peerkit.judging import Snapshot
from peerkit.model import FieldKind, Record, field_specs
from peerkit.plugins import gather
from peerkit.verbs import Opened

__all__ = ["command"]

_ANSWER = {"peerkit": "history-log/1"}

_LABELS: Mapping[str, str] = {
    "due": "new due day",
    "asks_due": "asks for a new due day",
    "asks_removal": "asks for its removal",
    "of": "asked of",
}
_PARTIES = ("of",)
_ANSWERS: Mapping[str, str] = {"due": "the new due day", "removal": "its removal"}
_MOVES = ("to", "erased")
"""Fields that are told in words of their own."""


@click.command(short_help="Tell what happened, in order.")
@options.folder
@click.argument("record", default="", metavar="[RECORD]")
@options.as_json
@options.no_plugin
def command(folder: str, record: str, as_json: bool, without: tuple[str, ...]) -> Exit:  # noqa: FBT001 - click passes it by name
    """
    Tell what happened to the records of the register in FOLDER, or to one RECORD, in order.

    RECORD is an id, as short as is clear: A1, libraries-plan/A1 or "action A1".
    """
    try:
        with stdout_is_ours():
            opened = verbs.open_history(folder, offers=gather(without))
    except ProblemsError as error:
        return tell_unread(error, folder, "told", _ANSWER | {"folder": folder} if as_json else None)
    log = _log(opened, record)
    if as_json:
        say_json(_answer(log, folder))
    else:
        _tell(log, folder)
    return Exit.FINE


@attrs.frozen(kw_only=True)
class _Log:
    """
    History as far as it is told: *only* of one record, if one is named.
    """

    opened: Opened
    snapshot: Snapshot
    only: Subject | None
    without: frozenset[tuple[str, Subject]]

    @property
    def occasions(self) -> Iterator[tuple[Occasion, tuple[Subject, ...]]]:
        """
        The occasions in order, each with the records that are told of.
        """
        for one in self.opened.register.history.occasions:
            subjects = tuple(who for who in one.entries if self.only in (None, who))
            if subjects:
                yield one, subjects

    def record(self, subject: Subject) -> Record:
        """
        Return the record that *subject* names.
        """
        return self.opened.register.get(*subject)

    def move(self, occasion: Occasion, subject: Subject) -> Moved | None:
        """
        Return the move that an occasion made, if it made one.
        """
        moves = self.snapshot.state(self.record(subject)).moves
        return next((one for one in moves if _is_by(one, occasion)), None)

    def dated(self) -> tuple[Moved, ...]:
        """
        Return the moves that days of the one record itself brought about.
        """
        if self.only is None:
            return ()
        moves = self.snapshot.state(self.record(self.only)).moves
        return tuple(one for one in moves if one.occasion is None)

    def without_effect(self, occasion: Occasion, subject: Subject) -> str:
        """
        Return why an entry does not count, or nothing if it does.
        """
        if (occasion.name, subject) in self.without:
            by = next(
                one.name
                for one in self.opened.register.history.occasions
                if occasion.name in one.corrects and subject in one.entries
            )
            return f"It does not count: {by} corrects it."
        refusals = [one for one in self.snapshot.refusals if _is_by(one, occasion)]
        found = next((one for one in refusals if one.subject == subject), None)
        if found is not None:
            return f"It does not count, as it was not permitted: {found.message}"
        if refusals:
            return f"It does not count, as {refusals[0].subject[1]} was not permitted."
        return ""


def _is_by(one: Any, occasion: Occasion) -> bool:
    return one.occasion is not None and one.occasion.name == occasion.name


def _log(opened: Opened, record: str) -> _Log:
    register = opened.register
    days = [one.day for one in register.history.occasions]
    with stdout_is_ours():
        snapshot = verbs.judge(register, on=max([*days, options.today()]), offers=opened.offers)
    return _Log(
        opened=opened,
        snapshot=snapshot,
        only=subject_named(record, register) if record else None,
        without=frozenset(annulled(register.history)),
    )


# for people


def _tell(log: _Log, folder: str) -> None:
    register = log.opened.register
    if log.only is not None:
        title = title_of(log.record(log.only), register)
        say(click.style(clean(f"{' '.join(log.only).replace('_', ' ')}: {title}"), bold=True))
        say()
    days = [*log.dated()]
    for occasion, subjects in log.occasions:
        while days and days[0].day <= occasion.day:
            _tell_dated(days.pop(0))
        _tell_occasion(log, occasion, subjects, folder)
    for one in days:
        _tell_dated(one)
    if not any(True for _ in log.occasions):
        what = "" if log.only is None else f" of {log.only[1]}"
        say(f"Nothing is recorded{what} yet.")
        return
    say(f"To prove that nothing of it was changed: peerkit history verify {typed(folder)}")


def _tell_dated(move: Moved) -> None:
    say(click.style(said(move.day), bold=True))
    say(f"  {clean(f'{move.source} → {move.target}')}, as its own day tells")
    say()


def _tell_occasion(
    log: _Log, occasion: Occasion, subjects: tuple[Subject, ...], folder: str
) -> None:
    register = log.opened.register
    who = f"by {name_of(occasion.by, register)}" if occasion.by else ""
    about = ", ".join(filter(None, (occasion.title, who)))
    heading = ": ".join(filter(None, (said(occasion.day), about)))
    say(click.style(filled(heading, hanging="  "), bold=True))
    say(f"  {clean(shown(Path(folder) / log.opened.reader.file_of(occasion.name)))}")
    for line in _about(occasion):
        say(filled(line, "  ", "  "))
    for subject in subjects:
        move = log.move(occasion, subject)
        entry = occasion.entries[subject]
        words = f"{move.source} → {move.target}" if move else f"to {entry.to}" if entry.to else ""
        name = "" if log.only else subject[1]
        first = ": ".join(filter(None, (name, words)))
        if first:
            say(filled(first, "  ", "  "))
        for line in _says(entry, log):
            say(filled(line, "    ", "  "))
        effect = log.without_effect(occasion, subject)
        if effect:
            say(filled(effect, "    ", "  "))
        if subject not in occasion.seals:
            say("    Not sealed yet.")
    say()


def _about(occasion: Occasion) -> Iterator[str]:
    if occasion.source or "source" in occasion.erased:
        yield f"source: {occasion.source or 'erased'}"
    if occasion.illustrative:
        yield "Illustrative."
    for key in ("corrects", "settles"):
        names = getattr(occasion, key)
        if names:
            yield f"{key}: {', '.join(names)}"


def _says(entry: Entry, log: _Log) -> Iterator[str]:
    register = log.opened.register
    # What people said of it comes behind what they said.
    for spec in sorted(field_specs(Entry), key=lambda one: one.name in FREE_TEXTS):
        if spec.name in _MOVES or not entry.gives(spec.name):
            continue
        value = getattr(entry, spec.name)
        label = _LABELS.get(spec.name, spec.key)
        if spec.name in entry.erased:
            yield f"{label}: erased"
        elif spec.kind is FieldKind.CHOICE:
            yield f"{label} {_ANSWERS.get(value, value)}"
        elif value is True:
            yield label
        elif isinstance(value, Mapping):
            yield from (f"{key}: {one}" for key, one in value.items())
        elif isinstance(value, tuple):
            yield from (f"{label}: {one}" for one in value)
        else:
            words = name_of(value, register) if spec.name in _PARTIES else str(value)
            yield f"{label}: {' '.join(words.split())}"
    yield from (f"{key}: {value}" for key, value in entry.more.items())


# for programs


def _answer(log: _Log, folder: str) -> dict[str, Any]:
    return {
        **_ANSWER,
        "register": log.opened.register.name,
        "folder": folder,
        "record": {"kind": log.only[0], "id": log.only[1]} if log.only else None,
        "dated": [move_json(one) for one in log.dated()],
        "occasions": [_occasion_json(log, *one) for one in log.occasions],
        "exit": 0,
    }


def _occasion_json(log: _Log, occasion: Occasion, subjects: tuple[Subject, ...]) -> dict[str, Any]:
    return {
        "name": occasion.name,
        "file": log.opened.reader.file_of(occasion.name),
        "day": occasion.day.isoformat(),
        "by": occasion.by,
        "title": occasion.title,
        "source": occasion.source,
        "illustrative": bool(occasion.illustrative),
        "corrects": list(occasion.corrects),
        "settles": list(occasion.settles),
        "entries": [_entry_json(log, occasion, one) for one in subjects],
    }


def _entry_json(log: _Log, occasion: Occasion, subject: Subject) -> dict[str, Any]:
    entry = occasion.entries[subject]
    move = log.move(occasion, subject)
    seal = occasion.seals.get(subject)
    return {
        "kind": subject[0],
        "id": subject[1],
        "from": move.source if move else None,
        "to": move.target if move else None,
        "says": _plain(entry),
        "erased": list(entry.erased),
        "digest": seal.digest if seal else None,
        "after": list(seal.after) if seal else [],
        "without_effect": log.without_effect(occasion, subject) or None,
    }


def _plain(entry: Entry) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for spec in field_specs(Entry):
        value = getattr(entry, spec.name)
        if spec.name == "erased" or not value:
            continue
        if isinstance(value, tuple):
            found[spec.key] = list(value)
        elif isinstance(value, Mapping):
            found[spec.key] = dict(value)
        else:
            found[spec.key] = value if isinstance(value, bool) else str(value)
    if entry.more:
        found["more"] = {
            key: one if isinstance(one, bool | int) else str(one) for key, one in entry.more.items()
        }
    return found
