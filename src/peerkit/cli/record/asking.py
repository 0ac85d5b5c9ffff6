"""
Asks on a terminal for what is missing, and shows what may be answered.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import attrs
import click

from peerkit import judging
from peerkit.cli.console import clean, filled, say, sentence
from peerkit.cli.naming import subject_named
from peerkit.cli.record.telling import onward
from peerkit.cli.record.wish import Wish
from peerkit.cli.standing import asked_words, owners_of, said, title_of
from peerkit.errors import UnknownNameError, closest, did_you_mean
from peerkit.judging import Snapshot, overdue
from peerkit.judging.arising import approver_of
from peerkit.lifecycle import Move
from peerkit.model import Record
from peerkit.register import Register
from peerkit.verbs import Opened

__all__ = ["asked", "is_sure", "is_terminal"]

_MOST_SHOWN = 12
_EVIDENCE = "evidence"

Ways = dict[str, dict[str, Any]]
"""What may be answered, and what it puts into the entry; None is asked for next."""

_QUESTIONS = {
    "note": "What is to be noted?",
    "reason": "Why?",
    _EVIDENCE: "What shows that it was done?",
    "asks_due": "Which new due day is asked for?",
}


def is_terminal() -> bool:
    """
    True if there is somebody who can be asked.
    """
    streams = (sys.stdin, sys.stdout)
    return all(stream is not None and stream.isatty() for stream in streams)


def is_sure() -> bool:
    """
    Ask whether what was shown is to be recorded.
    """
    return click.confirm("Record this?", default=True)


def asked(wish: Wish, opened: Opened, today: dt.date) -> Wish:
    """
    Return *wish* with all that was missing, as it was answered.
    """
    register = opened.register
    snapshot = judging.judge(register, today, opened.offers.facts)
    if not wish.record:
        wish = attrs.evolve(wish, record=_record(snapshot))
    record = register.get(*subject_named(wish.record, register)) if not wish.within else None
    if not wish.entry:
        wish = attrs.evolve(wish, entry=_entry(record, snapshot))
    if not wish.by:
        wish = attrs.evolve(wish, by=_by(record, register))
    return wish


def _ask(question: str) -> str:
    return str(click.prompt(question, prompt_suffix=" ")).strip()


def _choose(
    question: str,
    rows: Sequence[tuple[str, str]],
    read: Callable[[str], str],
    more: int = 0,
) -> str:
    """
    Show *rows*, of names and what they are, and return the name that was answered.

    It is answered by its number, or in any way that *read* takes.
    """
    widest = max((len(name) for name, _ in rows), default=0)
    for number, (name, what) in enumerate(rows, start=1):
        say(filled(f"{number:>2}  {name:<{widest}}  {what}".rstrip(), "  ", " " * (widest + 6)))
    if more:
        say(f"      and {more} more")
    while True:
        answer = _ask(question)
        if answer.isdecimal() and 1 <= int(answer) <= len(rows):
            return rows[int(answer) - 1][0]
        try:
            return read(answer)
        except UnknownNameError as error:
            say(clean(f"{sentence(error.message)} {error.mend}".strip()))


# which record


def _record(snapshot: Snapshot) -> str:
    register = snapshot.register
    found = [*_movable(snapshot)]
    say("Which record? These can move; any other can be named by its id.")
    rows = [
        (one.id, f"{title_of(one, register)} ({snapshot.state(one).stage})")
        for one in found[:_MOST_SHOWN]
    ]

    def read(answer: str) -> str:
        return " ".join(subject_named(answer, register))

    return _choose("Its number or id:", rows, read, max(len(found) - _MOST_SHOWN, 0))


def _movable(snapshot: Snapshot) -> Iterator[Record]:
    """
    Yield the records that can move, what is overdue first, then other actions.
    """
    kinds = [one for one in snapshot.register.kinds if one in snapshot.rules.kinds]
    late = [due.record for kind in kinds for due in overdue(snapshot, kind)]
    known = {(one.kind, one.id) for one in late}
    others = [
        one
        for kind in sorted(kinds, key=lambda one: one != "action")
        for one in snapshot.register.of_kind(kind)
        if (one.kind, one.id) not in known
    ]
    yield from (one for one in (*late, *others) if onward(one, snapshot))


# what happened


def _entry(record: Record | None, snapshot: Snapshot) -> dict[str, Any]:
    if record is None:
        return {"note": _ask(_QUESTIONS["note"])}
    state = snapshot.state(record)
    say()
    say(filled(f"{record.id}: {title_of(record, snapshot.register)}", "", "  "))
    if state.stage:
        since = f", since {said(state.since)}" if state.since else ""
        say(f"It stands at “{state.stage}”{since}.")
    if state.open_request is not None:
        say(filled(asked_words(state.open_request, snapshot.register)))
    ways = _ways(record, snapshot)
    say("What happened?")
    rows = [(name, _needed(record, snapshot, name)) for name in ways]

    def read(answer: str) -> str:
        found = next((name for name in ways if name.casefold() == answer.casefold()), "")
        if found:
            return found
        guess = did_you_mean(closest(answer, ways))
        raise UnknownNameError(f"“{answer}” is none of these.", mend=guess)

    entry = dict(ways[_choose("Its number or name:", rows, read)])
    for field, value in entry.items():
        if value is None:
            entry[field] = _ask(_QUESTIONS[field])
    if "note" not in entry:
        note = click.prompt(
            "Is there anything to note? (Enter for nothing)",
            default="",
            show_default=False,
            prompt_suffix=" ",
        )
        entry = {**entry, "note": str(note).strip()}
    return {key: value for key, value in entry.items() if value}


def _ways(record: Record, snapshot: Snapshot) -> Ways:
    """
    Return what may be recorded of *record*, as it stands.
    """
    state = snapshot.state(record)
    found: Ways = {}
    for stage in onward(record, snapshot):
        found[stage] = {"to": stage}
        move = _move(record, snapshot, stage)
        if move is not None and move.reason:
            found[stage]["reason"] = None
        if move is not None and _EVIDENCE in move.needs and not state.evidence:
            found[stage][_EVIDENCE] = None
    waiting = state.open_request
    if waiting is not None:
        found["grant it"] = {"grants": waiting.what}
        found["refuse it"] = {"refuses": waiting.what}
    elif record.kind == "action" and onward(record, snapshot):
        found["ask for a new day"] = {"asks_due": None, "reason": None}
        found["ask for its removal"] = {"asks_removal": True, "reason": None}
    found["only a note"] = {"note": None}
    return found


def _move(record: Record, snapshot: Snapshot, stage: str) -> Move | None:
    rules = snapshot.rules.kinds[record.kind]
    here = snapshot.state(record).stage
    return rules.lifecycle.by_pair.get((here, stage)) if rules.lifecycle else None


def _needed(record: Record, snapshot: Snapshot, stage: str) -> str:
    """
    Return what a move to *stage* needs, in words.
    """
    move = None if record.kind not in snapshot.rules.kinds else _move(record, snapshot, stage)
    if move is None:
        return ""
    needs = [f"{fact}: {' or '.join(answers)}" for fact, answers in move.needs.items()]
    needs += ["a reason"] if move.reason else []
    said_by = [f"by {' or '.join(move.by)}"] if move.by else []
    said_by += [f"not by {' or '.join(move.not_by)}"] if move.not_by else []
    words = [f"needs {' and '.join(needs)}"] if needs else []
    return f"({'; '.join((*words, *said_by))})" if words or said_by else ""


# who says so


def _by(record: Record | None, register: Register) -> str:
    names = {
        one.id: str(getattr(one, "name", ""))
        for kind in ("party", "body")
        for one in register.records.get(kind, {}).values()
    }
    say()
    say("Who says so?")
    near = dict.fromkeys(_near(record, register)) if record is not None else {}
    order = [*(one for one in near if one in names), *(one for one in names if one not in near)]
    rows = [(one, names[one]) for one in order[:_MOST_SHOWN]]

    def read(answer: str) -> str:
        folded = answer.casefold()
        for one, name in names.items():
            if folded in (one.casefold(), name.casefold()):
                return one
        guess = closest(answer, (*names, *names.values()))
        raise UnknownNameError(f"There is no party or body “{answer}”.", mend=did_you_mean(guess))

    return _choose("Its number, id or name:", rows, read, max(len(order) - _MOST_SHOWN, 0))


def _near(record: Record, register: Register) -> Iterator[str]:
    """
    Yield those who answer for *record* and for what it is in, and who grants it new days.
    """
    yield from owners_of(record)
    holder = register.holder(record)
    if holder is not None:
        yield from owners_of(holder)
    yield from filter(None, (approver_of(record, register),))
