"""
What was recorded, or would be, and what that changes: in words, and as plain data.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs
import click

from peerkit import judging
from peerkit.cli.checking import shown
from peerkit.cli.console import clean, filled, say, say_json, typed
from peerkit.cli.exits import Exit
from peerkit.cli.standing import name_of, ratings_of, said, title_of
from peerkit.cli.telling import problem_json
from peerkit.errors import Problem, RefusedError
from peerkit.history import Occasion
from peerkit.hookspecs import Offers
from peerkit.judging import Snapshot
from peerkit.model import Record
from peerkit.register import Register
from peerkit.verbs import Proposal, Recorded

__all__ = ["Changed", "Told", "answer", "changed", "onward", "tell", "tell_proposal"]

_NONE = "none"


@attrs.frozen(kw_only=True)
class Told:
    """
    How it is to be told: what the *folder* was called, and for whom.
    """

    folder: str
    today: dt.date
    dry_run: bool = False
    as_json: bool = False


@attrs.frozen(kw_only=True)
class Changed:
    """
    What changed for one *record*: by name, how it was and how it is; *ratings* by axis.

    *is_told* is true of those that the occasion tells of; others follow from them.
    """

    record: Record
    values: Mapping[str, tuple[str, str]]
    ratings: Mapping[str, tuple[str, str]]
    is_told: bool


def _asked(record: Record, snapshot: Snapshot) -> str:
    waiting = snapshot.state(record).open_request
    if waiting is None:
        return ""
    return f"new due day {waiting.due}" if waiting.due else "removal"


_FACETS: tuple[tuple[str, Callable[[Record, Snapshot], str]], ...] = (
    ("stage", lambda record, snapshot: snapshot.state(record).stage),
    ("status", lambda record, snapshot: snapshot.status(record)),
    ("due", lambda record, snapshot: str(snapshot.state(record).due or "")),
    ("asked", _asked),
)
_ALWAYS = ("stage", "status")


def changed(
    before: Register, after: Register, occasion: Occasion, on: dt.date, offers: Offers
) -> tuple[Changed, ...]:
    """
    Return what *occasion* changes as of the day *on*: first for the records it tells of,
    each of them, then for those whose stage or status follows from that.
    """
    was = judging.judge(before, on, offers.facts)
    now = judging.judge(after, on, offers.facts)
    told = [after.get(*subject) for subject in occasion.entries]
    found = [_changed(one, was, now, is_told=True) for one in told]
    for record in after:
        if (record.kind, record.id) in occasion.entries or record.kind not in now.rules.kinds:
            continue
        one = _changed(record, was, now, is_told=False)
        if any(old != new for old, new in (*one.values.values(), *one.ratings.values())):
            found.append(one)
    return tuple(found)


def _changed(record: Record, was: Snapshot, now: Snapshot, *, is_told: bool) -> Changed:
    values = {name: (facet(record, was), facet(record, now)) for name, facet in _FACETS}
    old, new = ratings_of(record, was), ratings_of(record, now)
    return Changed(
        record=record,
        values={name: both for name, both in values.items() if any(both)},
        ratings={one: (old.get(one, ""), new.get(one, "")) for one in dict.fromkeys((*old, *new))},
        is_told=is_told,
    )


def onward(record: Record, snapshot: Snapshot) -> tuple[str, ...]:
    """
    Return the stages that *record* may be moved to from where it stands.
    """
    rules = snapshot.rules.kinds.get(record.kind)
    lifecycle = rules.lifecycle if rules is not None else None
    if lifecycle is None:
        return ()
    return tuple(
        stage
        for stage in lifecycle.next(snapshot.state(record).stage)
        if stage not in lifecycle.dated
    )


# for people


def _lines(found: Iterable[Changed], register: Register) -> Iterator[str]:
    for one in found:
        record = one.record
        kind = record.kind.replace("_", " ")
        follows = "" if one.is_told else ", which follows from it"
        heading = f"{kind} {record.id}{follows}: {title_of(record, register)}"
        yield click.style(filled(heading, hanging="  "), bold=True)
        for name, (old, new) in {**one.values, **one.ratings}.items():
            if old != new:
                words = f"{old or _NONE} → {new or _NONE}"
            elif one.is_told and name in _ALWAYS:
                words = f"{new}, as before"
            else:
                continue
            yield filled(f"{name.capitalize()}: {words}", "  ", "  ")


def _tell_changes(
    told: Told, found: tuple[Changed, ...], occasion: Occasion, register: Register
) -> None:
    for line in _lines(found, register):
        say(line)
    if occasion.day != told.today:
        say(f"  That is how it stands today, on {said(told.today)}.")
    say()


def tell_proposal(told: Told, proposal: Proposal) -> None:
    """
    Say what would be recorded, and what that would change.
    """
    found = changed(
        proposal.before, proposal.register, proposal.occasion, told.today, proposal.opened.offers
    )
    name = f"history/{proposal.occasion.name}.yaml"
    if told.as_json:
        say_json(answer(told, proposal.occasion, name=name, text=proposal.text, changes=found))
        return
    say(f"This {'would' if told.dry_run else 'will'} be recorded in {_shown(told, name)}:")
    say()
    for line in proposal.text.splitlines():
        say(f"  {clean(line)}".rstrip())
    say()
    _tell_changes(told, found, proposal.occasion, proposal.register)
    if told.dry_run:
        say("Nothing was recorded. To record it, give the same command without --dry-run.")


def tell(told: Told, recorded: Recorded, offers: Offers, *, is_new: bool) -> None:
    """
    Say what was recorded where, what that changed unless that was just said, what is next.
    """
    occasion, register = recorded.occasion, recorded.register
    found = changed(recorded.before, register, occasion, told.today, offers)
    if told.as_json:
        say_json(answer(told, occasion, name=recorded.name, changes=found))
        return
    if is_new:
        _tell_changes(told, found, occasion, register)
    who = name_of(occasion.by, register)
    when = f"as of {said(occasion.day)}, by {clean(who)}"
    say(f"Recorded in {_shown(told, recorded.name)}, {when}.")
    snapshot = judging.judge(register, told.today, offers.facts)
    if len(occasion.entries) == 1:
        record = found[0].record
        stages = onward(record, snapshot)
        if stages:
            words = " or ".join(filter(None, (", ".join(stages[:-1]), stages[-1])))
            say(f"From “{snapshot.state(record).stage}” it may move to {words}.")
    say(f"To see what stands where: peerkit status {typed(told.folder)}")


def _shown(told: Told, name: str) -> str:
    return shown(Path(told.folder) / name)


# for programs


def answer(
    told: Told,
    occasion: Occasion | None = None,
    *,
    name: str = "",
    text: str = "",
    changes: tuple[Changed, ...] = (),
    refused: RefusedError | None = None,
    theirs: tuple[Occasion, ...] = (),
    problems: Iterable[Problem] = (),
    code: Exit = Exit.FINE,
) -> dict[str, Any]:
    """
    Return what programs are told; *text* is that of a file which is not written.
    """
    return {
        "peerkit": "record/1",
        "folder": told.folder,
        "on": told.today.isoformat(),
        "dry_run": told.dry_run,
        "file": name or None,
        "occasion": _occasion_json(occasion) if occasion is not None else None,
        "text": text or None,
        "changes": [_change_json(one) for one in changes],
        "refused": {"message": refused.message, "mend": refused.mend} if refused else None,
        "theirs": [_occasion_json(one) for one in theirs],
        "problems": [problem_json(one) for one in problems],
        "exit": int(code),
    }


def _occasion_json(occasion: Occasion) -> dict[str, Any]:
    return {
        "name": occasion.name,
        "day": occasion.day.isoformat(),
        "by": occasion.by,
        "title": occasion.title,
        "records": [{"kind": kind, "id": one} for kind, one in occasion.entries],
    }


def _change_json(one: Changed) -> dict[str, Any]:
    def both(pair: tuple[str, str]) -> dict[str, str]:
        return {"before": pair[0], "after": pair[1]}

    return {
        "kind": one.record.kind,
        "id": one.record.id,
        "told": one.is_told,
        **{key: both(one.values[key]) if key in one.values else None for key, _ in _FACETS},
        "ratings": {axis: both(pair) for axis, pair in one.ratings.items()},
    }
