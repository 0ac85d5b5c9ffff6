"""
Moves: whether one may be made, and making it.

The one place that decides it: for what is recorded now, for what was imported, for what
is read back, and for the days that stand in the records themselves.
"""

from __future__ import annotations

import datetime as dt
import itertools

import attrs

from peerkit.history import Asked, Moved, Occasion, State
from peerkit.judging.steps import Changing, NotPermittedError, Step
from peerkit.lifecycle import Lifecycle, Move
from peerkit.model import Record, field_specs
from peerkit.register import linked_ids
from peerkit.rules import expanded, first_misfit

__all__ = ["arrive", "make_move", "remove"]

_SAY_WHO = "Add “by: …” to the occasion."


def make_move(step: Step) -> None:
    """
    Make the move that the entry tells of.

    Raises:
        NotPermittedError: If it is not permitted.
    """
    entry, state = step.entry, step.state
    lifecycle = step.lifecycle("to")
    field = lifecycle.dated.get(entry.to)
    day = step.moment.day_of(step.record, field) if field else None
    if day is not None and (state.stage == entry.to or day > step.occasion.day):
        raise NotPermittedError(
            "to",
            f"The day of “{entry.to}” stands in the record itself, in its field {field}.",
            "Leave the move out.",
        )
    move = _permitted(lifecycle, state.stage, entry.to, "to")
    if move.reason and not entry.gives("reason"):
        raise NotPermittedError(
            "to",
            f"A move from “{state.stage}” to “{entry.to}” needs a reason.",
            "Add “reason: …”.",
        )
    _must_be_by(step, move, "to")
    _must_fit(step.moment, step.record, move, state.stage, "to")
    _moved(state, lifecycle, step.occasion.day, entry.to, told=(step.occasion, step.reason))


def remove(step: Step, reason: str) -> None:
    """
    Make the move that a granted removal brings about.

    Raises:
        NotPermittedError: If there is none, or it is not permitted.
    """
    lifecycle = step.lifecycle("grants")
    if not lifecycle.removed:
        raise NotPermittedError(
            "grants",
            "The rules do not say which stage a granted removal leads to.",
            f"State it in peerkit.yaml under rules, {step.record.kind}, lifecycle, removed.",
        )
    stage = step.state.stage
    move = _permitted(lifecycle, stage, lifecycle.removed, "grants")
    _must_be_by(step, move, "grants")
    _must_fit(step.moment, step.record, move, stage, "grants")
    told = (step.occasion, reason)
    _moved(step.state, lifecycle, step.occasion.day, lifecycle.removed, told=told)


def arrive(moment: Changing, record: Record, state: State, stage: str, field: str) -> None:
    """
    Make the move that the day in *field* of *record* brings about.

    What has come to its end stays as it is: days that were planned may still be to come,
    and the report that holds a finding comes for those, too, that were taken back.

    Raises:
        NotPermittedError: If no way leads to *stage*, or its needs do not hold.
    """
    rules = moment.rules.kinds.get(record.kind)
    lifecycle = rules.lifecycle if rules is not None else None
    if lifecycle is None or state.stage == stage or state.stage in lifecycle.final:
        return
    move = _way(moment, lifecycle, record, state.stage, stage)
    _must_fit(moment, record, move, state.stage, field)
    _moved(state, lifecycle, moment.on, stage)


def _permitted(lifecycle: Lifecycle, here: str, there: str, field: str) -> Move:
    move = lifecycle.by_pair.get((here, there))
    if move is not None:
        return move
    if there not in lifecycle.stages:
        raise NotPermittedError(
            field, f"“{there}” is no stage.", f"Stages are {', '.join(lifecycle.stages)}."
        )
    if here == there:
        message = f"It is in the stage “{here}” already."
        raise NotPermittedError(field, message, "Leave the move out.")
    onward = lifecycle.next(here)
    if onward:
        mend = f"From there it may move to {', '.join(onward)}."
    elif here in lifecycle.stages:
        mend = f"“{here}” is a final stage."
    else:
        mend = f"“{here}” is no stage any more; stages are {', '.join(lifecycle.stages)}."
    raise NotPermittedError(field, f"No move leads from “{here}” to “{there}”.", mend)


def _must_be_by(step: Step, move: Move, field: str) -> None:
    by = step.occasion.by
    if move.by and not step.is_by(_named(step.record, move.by)):
        raise NotPermittedError(
            field,
            f"A move to “{move.target}” must be recorded by {' or '.join(move.by)}, "
            f"{step.but_is_not}.",
            "It must be recorded by somebody else." if by else _SAY_WHO,
        )
    if move.not_by and not by:
        raise NotPermittedError(
            field,
            f"A move to “{move.target}” must not be recorded by {' or '.join(move.not_by)}, and "
            "the occasion does not say who it is by.",
            _SAY_WHO,
        )
    if move.not_by and step.is_by(_named(step.record, move.not_by)):
        raise NotPermittedError(
            field,
            f"A move to “{move.target}” must not be recorded by {' or '.join(move.not_by)}, "
            f"which {by} is.",
            "It must be recorded by somebody else.",
        )


def _named(record: Record, names: tuple[str, ...]) -> tuple[str, ...]:
    """
    Return the parties that *names* stand for: those in a field of the record, or themselves.
    """
    fields = {spec.key: spec.name for spec in field_specs(type(record)) if spec.kinds}
    found = [linked_ids(record, fields[name]) if name in fields else (name,) for name in names]
    return tuple(itertools.chain.from_iterable(found))


def _must_fit(moment: Changing, record: Record, move: Move, here: str, field: str) -> None:
    if not move.needs:
        return
    needs = expanded(move.needs, moment.rules.numbers.get(record.kind, {}))
    misfit = first_misfit(needs, lambda fact: moment.ask(record, fact))
    if misfit is not None:
        fact, answer = misfit
        raise NotPermittedError(
            field,
            f"A move from “{here}” to “{move.target}” needs “{fact}” to be "
            f"{' or '.join(move.needs[fact])}; it is {answer}.",
            "Record that first, or with the move.",
        )


def _moved(
    state: State,
    lifecycle: Lifecycle,
    day: dt.date,
    there: str,
    *,
    told: tuple[Occasion | None, str] = (None, ""),
) -> None:
    occasion, reason = told
    state.moves = (*state.moves, Moved(day, state.stage, there, occasion, reason))
    if there in lifecycle.verifying:
        state.accepted_by = occasion.by if occasion is not None else ""
    elif there not in lifecycle.final:
        state.accepted_by = ""
    state.stage = there
    state.since = day
    if there in lifecycle.final and state.open_request is not None:
        state.asked = (*state.asked[:-1], _no_longer_needed(state.asked[-1], day))


def _no_longer_needed(asked: Asked, day: dt.date) -> Asked:
    return attrs.evolve(asked, answer="no longer needed", answered=day)


def _is_to_come(moment: Changing, record: Record, field: str) -> bool:
    day = moment.day_of(record, field)
    return day is not None and day > moment.on


def _way(moment: Changing, lifecycle: Lifecycle, record: Record, here: str, there: str) -> Move:
    """
    Return the last move on the shortest way from *here* to *there*.

    The stages between them are skipped: nobody knows the day of them, or it is over. No way
    leads through a stage whose day is still to come.
    """
    seen = {here}
    todo = [here]
    while todo:
        stage = todo.pop(0)
        move = lifecycle.by_pair.get((stage, there))
        if move is not None:
            return move
        for one in lifecycle.next(stage):
            field = lifecycle.dated.get(one)
            if one not in seen and not (field and _is_to_come(moment, record, field)):
                seen.add(one)
                todo.append(one)
    raise NotPermittedError(
        lifecycle.dated[there],
        f"Its day makes it “{there}”, but no move leads there from “{here}”.",
        "Correct the day, or what was recorded before it.",
    )
