"""
The proof of a lifecycle: every stage can be reached and left, every move can be made.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType

import attrs

from peerkit.errors import Fault, closest, did_you_mean, short
from peerkit.lifecycle.problems import (
    LIFECYCLE_DAY,
    LIFECYCLE_FINAL,
    LIFECYCLE_MOVE,
    LIFECYCLE_NO_WAY_OUT,
    LIFECYCLE_PARTY,
    LIFECYCLE_STAGE,
    LIFECYCLE_TWO_MOVES,
    LIFECYCLE_UNREACHABLE,
)
from peerkit.lifecycle.stages import Lifecycle, Move
from peerkit.rules.asked import Asked, Path, in_words, repeated
from peerkit.rules.combinations import Never
from peerkit.rules.problems import NEVER_FITS

__all__ = ["STAGE", "lifecycle_faults"]

STAGE = "stage"
"""The fact that tells at which stage a record is."""

_NOTHING_RULED_OUT: Never = MappingProxyType({})


def lifecycle_faults(
    lifecycle: Lifecycle,
    answers: Mapping[str, tuple[str, ...]],
    never: Never = _NOTHING_RULED_OUT,
    day_fields: Collection[str] = (),
    *,
    party_fields: Collection[str] = (),
    parties: Collection[str] | None = None,
    numbers: Collection[str] = (),
    kind: str = "record",
) -> Iterator[Fault]:
    """
    Yield what is wrong with *lifecycle*, each fault with the path to it.

    *answers* are those of every fact of that *kind* of record, *numbers* the facts among
    them that were cut out of a number, *never* what cannot occur together. *day_fields*
    and *party_fields* are the fields that hold days, and parties. Who may make a move is
    looked up only where *parties*, the ids of all, is given.
    """
    if not lifecycle.stages:
        message = "A lifecycle needs stages; here is none."
        yield Fault(kind=LIFECYCLE_STAGE, message=message, path=("stages",))
        return
    yield from repeated(lifecycle.stages, ("stages",), LIFECYCLE_STAGE)
    asked = Asked(answers, never, numbers, kind)
    for index, move in enumerate(lifecycle.moves):
        yield from _move_faults(lifecycle, move, index, asked)
        yield from _who_faults(move, index, party_fields, parties)
    for key, stages in (("final", lifecycle.final), ("verifying", lifecycle.verifying)):
        for index, stage in enumerate(stages):
            yield from _stage_faults(lifecycle, stage, (key, index))
    if lifecycle.removed:
        yield from _stage_faults(lifecycle, lifecycle.removed, ("removed",))
    for stage, field in lifecycle.dated.items():
        yield from _stage_faults(lifecycle, stage, ("dated", stage), on_key=True)
        if field not in day_fields:
            yield Fault(
                kind=LIFECYCLE_DAY,
                message=f"“{short(field)}” is no field that holds a day.",
                mend=did_you_mean(closest(field, day_fields))
                or (f"Such fields are {', '.join(day_fields)}." if day_fields else ""),
                path=("dated", stage),
            )
    ways = _ways(lifecycle)
    if ways is not None:
        yield from ways.faults()


def _stage_faults(
    lifecycle: Lifecycle, stage: str, path: Path, *, on_key: bool = False
) -> Iterator[Fault]:
    if stage not in lifecycle.stages:
        yield Fault(
            kind=LIFECYCLE_STAGE,
            message=f"“{short(stage)}” is not one of the stages.",
            mend=did_you_mean(closest(stage, lifecycle.stages))
            or f"They are {', '.join(lifecycle.stages)}.",
            path=path,
            on_key=on_key,
        )


def _move_faults(lifecycle: Lifecycle, move: Move, index: int, asked: Asked) -> Iterator[Fault]:
    path = ("moves", index)
    if not move.sources:
        message = f"Move {index + 1} leads out of no stage."
        yield Fault(kind=LIFECYCLE_MOVE, message=message, path=(*path, "from"))
    for step, source in enumerate(move.sources):
        yield from _stage_faults(lifecycle, source, (*path, "from", step))
        if source == move.target:
            message = f"Move {index + 1} leads from “{short(source)}” to itself."
            yield Fault(kind=LIFECYCLE_MOVE, message=message, path=(*path, "from", step))
    yield from _stage_faults(lifecycle, move.target, (*path, "to"))
    faults = [*asked.faults(move.needs, (*path, "needs"))]
    yield from faults or _needs_faults(move, index, asked)


def _needs_faults(move: Move, index: int, asked: Asked) -> Iterator[Fault]:
    """
    Yield the stages out of which *move* leads where what it needs can never hold.
    """
    path = ("moves", index, "needs")
    needs = asked.elementary(move.needs)
    for source in move.sources:
        name = f"Move {index + 1} can never be made from “{short(source)}”"
        if source not in needs.get(STAGE, (source,)):
            message = f"{name}, as it needs “{in_words({STAGE: needs[STAGE]})}”."
            yield Fault(kind=NEVER_FITS, message=message, path=(*path, STAGE))
            continue
        rest = {fact: wanted for fact, wanted in needs.items() if fact != STAGE}
        for fault in asked.never_faults({STAGE: (source,), **rest}, path):
            yield attrs.evolve(fault, message=f"{name}: {fault.message}")


def _who_faults(
    move: Move, index: int, party_fields: Collection[str], parties: Collection[str] | None
) -> Iterator[Fault]:
    path = ("moves", index)
    if parties is not None:
        for key, names in (("by", move.by), ("not_by", move.not_by)):
            for step, name in enumerate(names):
                if name not in party_fields and name not in parties:
                    yield Fault(
                        kind=LIFECYCLE_PARTY,
                        message=f"“{short(name)}” is neither a party nor a field that names one.",
                        mend=did_you_mean(closest(name, (*party_fields, *parties))),
                        path=(*path, key, step),
                    )
    if move.by and set(move.by) <= set(move.not_by):
        who = " and ".join(f"“{short(name)}”" for name in dict.fromkeys(move.by))
        yield Fault(
            kind=LIFECYCLE_PARTY,
            message=f"Nobody may make move {index + 1}: {who} may, and may not.",
            mend="Take “by” or “not_by” out, or name others.",
            path=(*path, "not_by"),
        )


# the stages and moves as ways


def _ways(lifecycle: Lifecycle) -> _Ways | None:
    """
    Return the ways between stages, misspelt ones read as they were meant; None if one
    cannot even be guessed, so that no stage can be said to be out of reach.
    """
    by_fold: dict[str, tuple[str, int]] = {}
    for index, stage in enumerate(lifecycle.stages):
        by_fold.setdefault(stage.casefold(), (stage, index))
    meant = {stage: by_fold[stage.casefold()][0] for stage in lifecycle.stages}
    named = [stage for move in lifecycle.moves for stage in (*move.sources, move.target)]
    for stage in (*named, *lifecycle.final):
        meant[stage] = meant.get(stage) or closest(stage, lifecycle.stages)
        if not meant[stage]:
            return None
    final: dict[str, int] = {}
    for index, stage in enumerate(lifecycle.final):
        final.setdefault(meant[stage], index)
    return _Ways(
        stages=dict(by_fold.values()),
        final=final,
        moves=tuple(
            (index, step, meant[source], meant[move.target])
            for index, move in enumerate(lifecycle.moves)
            for step, source in enumerate(move.sources)
            if meant[source] != meant[move.target]
        ),
    )


@attrs.frozen(kw_only=True, eq=False, repr=False)
class _Ways:
    """
    *moves* between *stages*: each with its index and that of its source, as stages and
    *final* ones have theirs.
    """

    stages: Mapping[str, int]
    final: Mapping[str, int]
    moves: tuple[tuple[int, int, str, str], ...]

    def faults(self) -> Iterator[Fault]:
        """
        Yield moves that are there twice, and stages that cannot be reached or left.
        """
        yield from self._doubled()
        first, *_ = self.stages
        reached = self._reached((first,), forth=True)
        leaving = {source: index for index, _, source, _ in reversed(self.moves)}
        stuck = {stage for stage in self.stages if stage not in leaving} - self.final.keys()
        ending = self._reached((*self.final, *stuck), forth=False)
        for stage, index in self.stages.items():
            said, path = f"“{short(stage)}”", ("stages", index)
            if stage not in reached:
                message = f"No moves lead from “{short(first)}” to {said}."
                yield Fault(kind=LIFECYCLE_UNREACHABLE, message=message, path=path)
            if stage in stuck:
                message = f"No move leads out of {said}, and it is not final."
                yield Fault(kind=LIFECYCLE_NO_WAY_OUT, message=message, path=path)
            elif self.final and stage not in ending:
                message = f"No moves lead from {said} to a final stage."
                mend = f"Add moves that lead on to {' or '.join(self.final)}."
                yield Fault(kind=LIFECYCLE_NO_WAY_OUT, message=message, mend=mend, path=path)
        for stage, index in self.final.items():
            if stage in leaving:
                message = (
                    f"“{short(stage)}” is final, but move {leaving[stage] + 1} leads out of it."
                )
                yield Fault(kind=LIFECYCLE_FINAL, message=message, path=("final", index))

    def _doubled(self) -> Iterator[Fault]:
        first: dict[tuple[str, str], int] = {}
        for index, step, source, target in self.moves:
            if (source, target) in first:
                before, after = first[source, target] + 1, index + 1
                moves = (
                    f"Move {before} and move {after} both"
                    if before < after
                    else f"Move {after} twice"
                )
                yield Fault(
                    kind=LIFECYCLE_TWO_MOVES,
                    message=f"{moves} lead{'s' if before == after else ''} from "
                    f"“{short(source)}” to “{short(target)}”.",
                    path=("moves", index, "from", step),
                )
            first.setdefault((source, target), index)

    def _reached(self, stages: Iterable[str], *, forth: bool) -> set[str]:
        """
        Return *stages* and all that moves lead to from there, or that lead there.
        """
        ways: dict[str, list[str]] = {}
        for _, _, source, target in self.moves:
            here, there = (source, target) if forth else (target, source)
            ways.setdefault(here, []).append(there)
        reached = set(stages)
        left = [*reached]
        while left:
            fresh = {*ways.get(left.pop(), ())} - reached
            reached |= fresh
            left.extend(fresh)
        return reached
