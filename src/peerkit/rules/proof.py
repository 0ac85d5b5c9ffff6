"""
The proof of rules: whatever can happen is decided, and every row can decide.

Pure: rules as written go in, faults with the path to each come out. Kept out: where
rules stand, and how facts get their answers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from types import MappingProxyType

import attrs

from peerkit.errors import Fault, closest, did_you_mean, short
from peerkit.rules.asked import Asked, Path, in_words, repeated
from peerkit.rules.cases import CaseProof
from peerkit.rules.cells import Cells
from peerkit.rules.circles import circles
from peerkit.rules.combinations import MOST, Dead, Never, TooManyError, read_down
from peerkit.rules.problems import (
    NEVER_FITS,
    TABLE_CASE,
    TABLE_DEAD_ROW,
    TABLE_HOLE,
    TABLE_RESULT,
    TABLE_TOO_LARGE,
    TABLE_UNUSED_WORD,
    TABLE_WORD,
)
from peerkit.rules.tables import RatingTable, StatusTable

__all__ = ["Never", "cells_faults", "circles", "group_faults", "table_faults"]

_NOTHING_RULED_OUT: Never = MappingProxyType({})
_MOST_NAMED = 3


def cells_faults(
    cells: Cells,
    answers: Mapping[str, tuple[str, ...]],
    never: Never = _NOTHING_RULED_OUT,
    path: Path = (),
    *,
    numbers: Collection[str] = (),
    kind: str = "record",
) -> Iterator[Fault]:
    """
    Yield what is wrong with *cells*, which stand at *path*: an unknown fact or answer, a
    fact without an answer, answers that can never occur together.

    *answers* are those of every fact of that *kind* of record; *numbers* names the facts
    among them that were cut out of a number.
    """
    yield from Asked(answers, never, numbers, kind).faults(cells, path)


def group_faults(
    rows: Sequence[tuple[str, Cells]],
    answers: Mapping[str, tuple[str, ...]],
    never: Never = _NOTHING_RULED_OUT,
    path: Path = (),
    *,
    below: Path = (),
    numbers: Collection[str] = (),
    kind: str = "record",
) -> Iterator[Fault]:
    """
    Yield what is wrong with groups of records, which are rows too: the first that fits.

    Each has its name and its cells, which stand at *path*, the name, and the steps
    *below* it.
    """
    asked = Asked(answers, never, numbers, kind)
    rules = tuple(
        _Rule(
            name=f"“{short(name)}”",
            path=(*path, name),
            cells=cells,
            faults=tuple(asked.faults(cells, (*path, name, *below))),
        )
        for name, cells in rows
    )
    for rule in rules:
        yield from rule.faults
    yield from _decision_faults(rules, asked, path, "group")


def table_faults(
    written: StatusTable | RatingTable,
    axis: str,
    answers: Mapping[str, tuple[str, ...]],
    never: Never = _NOTHING_RULED_OUT,
    numbers: Collection[str] = (),
    *,
    kind: str = "record",
) -> Iterator[Fault]:
    """
    Yield what is wrong with the table *written* for *axis*, each fault once.

    A table in which nothing is wrong decides every combination of answers that can
    occur, as its cases say, and has no row to spare. That tables do not ask one another
    in a circle is for `circles` to tell.
    """
    asked = Asked(answers, never, numbers, kind)
    yield from _word_faults(written)
    if not written.rows:
        yield from _faults_without_rows(written, axis)
        return
    rules = tuple(_rule(written, index, asked) for index in range(len(written.rows)))
    for rule in rules:
        yield from rule.result_faults
        yield from rule.faults
    if not any(rule.result_faults for rule in rules):
        yield from _unused_words(written)
    yield from _decision_faults(rules, asked, ("rows",), f"row of “{short(axis)}”")
    proof = CaseProof(
        written=written,
        asked=asked,
        facts=tuple(dict.fromkeys(fact for rule in rules for fact in rule.cells)),
        rows=tuple((rule.name, rule.result, asked.elementary(rule.cells)) for rule in rules)
        if all(rule.can_be_read for rule in rules)
        else (),
    )
    for index in range(len(written.cases)):
        yield from proof.faults(index)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class _Rule:
    """
    A row or a group, with what is wrong in its cells and in what it gives.
    """

    name: str
    path: Path
    cells: Cells
    faults: tuple[Fault, ...]
    result: str = ""  # nothing if that is at fault
    result_faults: tuple[Fault, ...] = ()

    @property
    def can_be_read(self) -> bool:
        """
        True if it is known what fits it, be it nothing.
        """
        return all(fault.kind is NEVER_FITS for fault in self.faults)


# words and results


def _word_faults(written: StatusTable | RatingTable) -> Iterator[Fault]:
    path = (written.words_key,)
    if not written.words:
        yield Fault(kind=TABLE_WORD, message=f"“{path[0]}” holds no word.", path=path)
    for index, word in enumerate(written.words):
        if not word.strip():
            yield Fault(kind=TABLE_WORD, message="A word is empty.", path=(*path, index))
    yield from repeated(written.words, path, TABLE_WORD)
    for word in written.key:
        if word not in written.words:
            yield Fault(
                kind=TABLE_WORD,
                message=f"“{short(word)}”, which is given a meaning, is not among “{path[0]}”.",
                mend=did_you_mean(closest(word, written.words)),
                path=("key", word),
                on_key=True,
            )


def _unused_words(written: StatusTable | RatingTable) -> Iterator[Fault]:
    given = {row[written.result][0] for row in written.rows}
    for index, word in enumerate(written.words):
        if word not in given:
            message = f"No row gives “{short(word)}”."
            yield Fault(kind=TABLE_UNUSED_WORD, message=message, path=(written.words_key, index))


def _faults_without_rows(written: StatusTable | RatingTable, axis: str) -> Iterator[Fault]:
    if isinstance(written, StatusTable):
        message = f"“{short(axis)}” has no rows, so that nothing is decided."
        yield Fault(kind=TABLE_HOLE, message=message)
    if written.cases:
        message = f"“{short(axis)}” has cases, but no rows that could decide them."
        mend = "Add the rows, or take the cases out."
        yield Fault(kind=TABLE_CASE, message=message, mend=mend, path=("cases",))


def _rule(written: StatusTable | RatingTable, index: int, asked: Asked) -> _Rule:
    path = ("rows", index)
    number = index + 1
    given = asked.given(
        written.rows[index], written.result, (StatusTable.result, RatingTable.result)
    )
    faults = tuple(given.faults(path, f"Row {number}", TABLE_RESULT, written.words))
    return _Rule(
        name=f"row {number} ({short(given.words[0])})" if given.words else f"row {number}",
        path=path,
        cells=given.rest,
        faults=tuple(asked.faults(given.rest, path)),
        result="" if faults else given.words[0],
        result_faults=faults,
    )


# what is decided


def _decision_faults(
    rules: Sequence[_Rule], asked: Asked, path: Path, what: str
) -> Iterator[Fault]:
    if not all(rule.can_be_read for rule in rules):
        return
    rows = [asked.elementary(rule.cells) for rule in rules]
    try:
        combinations = asked.combinations(rows)
    except TooManyError as error:
        yield _too_many(error.count, rows, asked, path)
        return
    left, dead = read_down(rows, combinations)
    for one in dead:
        if one.takers or not rules[one.index].faults:
            yield _dead(one, rules)
    if left:
        others = left.bit_count() - 1
        yield Fault(
            kind=TABLE_HOLE,
            message=f"No {what} fits {in_words(next(combinations.said(left)))}"
            + (f", nor {others:,} other combination{'s'[: others > 1]}." if others else "."),
            path=path,
        )


def _too_many(count: int, rows: Sequence[Cells], asked: Asked, path: Path) -> Fault:
    counts = {fact: len(asked.answers[fact]) for cells in rows for fact in cells}
    said = ", ".join(f"{fact} ({count})" for fact, count in counts.items())
    return Fault(
        kind=TABLE_TOO_LARGE,
        message=f"The facts named here have {count:,} combinations, more than {MOST:,}: {said}.",
        path=path,
    )


def _dead(dead: Dead, rules: Sequence[_Rule]) -> Fault:
    rule = rules[dead.index]
    names = [rules[index].name for index in dead.takers]
    if len(names) > _MOST_NAMED + 1:
        names[_MOST_NAMED:] = [f"{len(names) - _MOST_NAMED} more"]
    takers = " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)
    why = (
        f"{takers} take{'' if names[1:] else 's'} all that fits it"
        if names
        else "nothing ever fits it"
    )
    name = rule.name[:1].upper() + rule.name[1:]
    return Fault(kind=TABLE_DEAD_ROW, message=f"{name} never decides: {why}.", path=rule.path)
