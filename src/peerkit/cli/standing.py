"""
How it is told where a record stands: what happened to it, and its due day.

In words for people, and as plain data for programs; each command tells it in the same.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import click

from peerkit.cli.checking import Checked
from peerkit.cli.console import clean, filled, say, sentence, typed
from peerkit.cli.telling import counted, tell_problems
from peerkit.errors import UnknownNameError, closest, did_you_mean, short
from peerkit.history import Asked, Moved, Revision
from peerkit.judging import Due, Refusal, Snapshot
from peerkit.model import Day, Plan, Record, RecordKind, field_specs, parse_day
from peerkit.register import Register, linked_ids

__all__ = [
    "asked_json",
    "asked_words",
    "axes_of",
    "day_json",
    "due_json",
    "iso",
    "kind_named",
    "kinds_words",
    "move_json",
    "move_words",
    "name_of",
    "owners_of",
    "ratings_of",
    "refusal_json",
    "refusal_words",
    "revision_json",
    "revision_words",
    "said",
    "tell_refused",
    "tell_unread",
    "title_of",
]

_TITLES = ("title", "name", "text", "do")
_LONGEST = 76


def said(day: dt.date) -> str:
    """
    Return *day* as papers print it.

    >>> said(dt.date(2022, 5, 9))
    '9 May 2022'
    """
    return parse_day(day.isoformat()).words


def iso(day: dt.date | None) -> str | None:
    """
    Return *day* as programs are told of it.
    """
    return day.isoformat() if day else None


def title_of(record: Record, register: Register) -> str:
    """
    Return what *record* is, in one line: its title, or the beginning of its text.
    """
    values = {spec.key: getattr(record, spec.name) for spec in field_specs(type(record))}
    keys = (register.kinds[record.kind].short, *_TITLES)
    found = next((values[key] for key in keys if values.get(key)), "")
    parts = [str(one).strip() for one in (found if isinstance(found, tuple) else (found,))]
    words = "; ".join([*(one.removesuffix(".") for one in parts[:-1]), *parts[-1:]])
    return short(" ".join(words.split()), _LONGEST)


def name_of(party: str, register: Register) -> str:
    """
    Return what the party or body with the id *party* is called.
    """
    for kind in ("party", "body"):
        record = register.records.get(kind, {}).get(party)
        if record is not None:
            return str(getattr(record, "short", "") or getattr(record, "name", "") or party)
    return party


def owners_of(record: Record) -> tuple[str, ...]:
    """
    Return the ids of those who answer for *record*.
    """
    keys = {spec.key: spec.name for spec in field_specs(type(record)) if spec.kinds}
    name = keys.get("owner") or keys.get("lead")
    return linked_ids(record, name) if name else ()


def axes_of(record: Record, snapshot: Snapshot) -> tuple[str, ...]:
    """
    Return the axes on which *record* is rated: those its plan names, or all there are.
    """
    rules = snapshot.rules.kinds.get(record.kind)
    plan = snapshot.register.records.get("plan", {}).get(getattr(record, "plan", ""))
    named = plan.ratings if isinstance(plan, Plan) else ()
    return tuple(axis for axis in (rules.ratings if rules else ()) if not named or axis in named)


def ratings_of(record: Record, snapshot: Snapshot) -> dict[str, str]:
    """
    Return the ratings that *record* has, by axis.
    """
    found = {axis: snapshot.rating(record, axis) for axis in axes_of(record, snapshot)}
    return {axis: word for axis, word in found.items() if word}


def kind_named(name: str, kinds: Mapping[str, RecordKind]) -> str:
    """
    Return the kind of record that is called *name*, in the singular or the plural.

    Raises:
        UnknownNameError: If there is none.
    """
    known = {word: kind.name for kind in kinds.values() for word in (kind.plural, kind.name)}
    key = name.strip().casefold().replace(" ", "_")
    if key not in known:
        guess = did_you_mean(closest(key, known))
        raise UnknownNameError(
            f"There is no kind of record “{name}”.",
            mend=f"{guess} Kinds are {', '.join(kinds)}.".strip(),
        )
    return known[key]


def kinds_words(kinds: tuple[RecordKind, ...]) -> str:
    """
    Return the plurals of *kinds*, as they are named in a sentence.
    """
    words = [kind.plural.replace("_", " ") for kind in kinds]
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


# what happened


def move_words(move: Moved, register: Register) -> str:
    """
    Return a move in words: from where to where, when, by whom and why.
    """
    who = "as its own day tells"
    if move.occasion is not None:
        who = _by(move.occasion.by, register)
    parts = (f"{move.source} → {move.target} on {said(move.day)}", who)
    return sentence(", ".join(filter(None, parts)) + _because(move.reason))


def _by(party: str, register: Register) -> str:
    return f"by {name_of(party, register)}" if party else ""


def _because(reason: str) -> str:
    return f": {' '.join(reason.split())}" if reason else ""


def move_json(move: Moved) -> dict[str, Any]:
    """
    Return a move as programs are told of it; *occasion* is none where a day of the record
    itself brought it about.
    """
    occasion = move.occasion
    return {
        "day": iso(move.day),
        "from": move.source,
        "to": move.target,
        "by": occasion.by if occasion else "",
        "reason": move.reason,
        "occasion": occasion.name if occasion else None,
    }


def revision_words(revision: Revision, register: Register) -> str:
    """
    Return a new due day in words.
    """
    when = f"{revision.old or 'no day'} → {revision.new}, set on {said(revision.day)}"
    parts = (when, _by(revision.by, register))
    return sentence(", ".join(filter(None, parts)) + _because(revision.reason))


def revision_json(revision: Revision) -> dict[str, Any]:
    """
    Return a new due day as programs are told of it.
    """
    return {
        "day": iso(revision.day),
        "old": day_json(revision.old),
        "new": day_json(revision.new),
        "by": revision.by,
        "reason": revision.reason,
    }


def asked_words(asked: Asked, register: Register) -> str:
    """
    Return what was asked, of whom, why, and how it was answered.
    """
    what = f"new due day {asked.due}" if asked.due else "removal"
    parts = (
        f"{what} asked on {said(asked.day)}",
        _by(asked.by, register),
        f"of {name_of(asked.of, register)}",
    )
    asking = sentence(", ".join(filter(None, parts)) + _because(asked.reason))
    if not asked.answer:
        return f"{asking} Not answered yet."
    on = f" on {said(asked.answered)}" if asked.answered else ""
    return f"{asking} {asked.answer.capitalize()}{on}."


def asked_json(asked: Asked) -> dict[str, Any]:
    """
    Return what was asked as programs are told of it; *answer* is empty until there is one.
    """
    return {
        "what": asked.what,
        "due": day_json(asked.due),
        "day": iso(asked.day),
        "by": asked.by,
        "of": asked.of,
        "reason": asked.reason,
        "answer": asked.answer,
        "answered": iso(asked.answered),
    }


def refusal_words(refusal: Refusal) -> str:
    """
    Return what was not permitted, and how to mend it.
    """
    where = refusal.occasion.name if refusal.occasion else f"field {refusal.field}"
    record = refusal.subject[1]
    return f"{record} ({where}): {sentence(refusal.message)} {sentence(refusal.mend)}".strip()


def refusal_json(refusal: Refusal) -> dict[str, Any]:
    """
    Return what was not permitted as programs are told of it.
    """
    kind, record = refusal.subject
    return {
        "kind": kind,
        "id": record,
        "occasion": refusal.occasion.name if refusal.occasion else None,
        "field": refusal.field,
        "message": refusal.message,
        "mend": refusal.mend,
    }


def tell_refused(refusals: Iterable[Refusal]) -> None:
    """
    Print what was not permitted, if anything was not.
    """
    lines = [filled(refusal_words(one), "  ", "  ") for one in refusals]
    if lines:
        say(click.style("Not permitted, and so not counted", bold=True))
        say("\n".join(lines))
        say()


def tell_unread(found: Checked, folder: str) -> None:
    """
    Print the problems of a register that could not be taken in whole.
    """
    tell_problems(found.problems, folder)
    if found.is_register:
        say(f"{clean(found.register.name)}: {counted(found.problems)}.")
        say(
            f"Nothing is judged until this is mended. To see it again: peerkit check {typed(folder)}"
        )


# days


def day_json(day: Day | None) -> dict[str, Any] | None:
    """
    Return a day as it is printed, with the first and last day that it may be.
    """
    if day is None:
        return None
    return {"words": day.words, "first": iso(day.first), "last": iso(day.last)}


def due_json(due: Due) -> dict[str, Any]:
    """
    Return how a due day stands as programs are told of it.
    """
    return {
        "kind": due.record.kind,
        "id": due.record.id,
        "due": day_json(due.due),
        "original_due": day_json(due.original),
        "days_left": due.days,
        "overdue_since": iso(due.since),
        "revisions": [revision_json(one) for one in due.revisions],
        "working": due.working,
    }
