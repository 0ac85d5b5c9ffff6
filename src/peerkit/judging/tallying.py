"""
How many records have which status or rating, in all and by theme.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

import attrs

from peerkit.errors import UnknownNameError
from peerkit.facts import NOT_RATED
from peerkit.judging.snapshot import Snapshot
from peerkit.model import Action, Finding, Record, Theme
from peerkit.register import Register

__all__ = ["THEMED", "Tally", "ThemeTally", "tally", "themes_of"]

THEMED = ("finding", "action")
"""The kinds of record that belong to themes."""


@attrs.frozen(kw_only=True)
class ThemeTally:
    """
    How many records of one theme have each word; of none, where *theme* is None.
    """

    theme: Theme | None
    total: int
    counts: Mapping[str, int]


@attrs.frozen(kw_only=True)
class Tally:
    """
    How many records of *kind* have each word on *axis*, in the order of the table.

    A word that no record has counts 0. *themes* are those that any record belongs to, in
    the order of the files, “no theme” last; a record in several counts in each of them,
    and once in *total* and *counts*.
    """

    kind: str
    axis: str
    total: int
    counts: Mapping[str, int]
    themes: tuple[ThemeTally, ...]


def themes_of(record: Record, register: Register) -> tuple[str, ...]:
    """
    Return the ids of the themes that *record* belongs to: those of a finding, or of the
    findings that an action answers.
    """
    if isinstance(record, Finding):
        return record.themes
    if not isinstance(record, Action):
        return ()
    findings = register.records.get("finding", {})
    answered = [cast("Finding", findings[one]) for one in record.answers if one in findings]
    return tuple(dict.fromkeys(theme for finding in answered for theme in finding.themes))


def tally(
    snapshot: Snapshot,
    kind: str,
    axis: str = "status",
    *,
    records: Iterable[Record] | None = None,
) -> Tally:
    """
    Return how many records of *kind* have each status, or each rating on *axis*; on the
    axis `stage`, how many are in each stage.

    With *records*, only those are counted.

    Raises:
        UnknownNameError: If nothing gives records of that kind such a word.
    """
    words = _words(snapshot, kind, axis)
    counted = snapshot.register.of_kind(kind) if records is None else tuple(records)
    each = [(record, _word(snapshot, record, axis)) for record in counted]
    counts = _counts(words, [word for _, word in each])
    by_theme: dict[str, list[str]] = {}
    for record, word in each if kind in THEMED else ():
        for theme in themes_of(record, snapshot.register) or ("",):
            by_theme.setdefault(theme, []).append(word)
    return Tally(
        kind=kind,
        axis=axis,
        total=len(each),
        counts=counts,
        themes=tuple(
            ThemeTally(
                theme=theme,
                total=len(by_theme[name]),
                counts=_counts(tuple(counts), by_theme[name]),
            )
            for name, theme in _in_order(by_theme, snapshot.register)
        ),
    )


def _in_order(named: Iterable[str], register: Register) -> list[tuple[str, Theme | None]]:
    """
    Return the themes *named*, in the order of the files, and none last if it is among them.
    """
    names = set(named)
    themes = [cast("Theme", one) for one in register.of_kind("theme") if one.id in names]
    found: list[tuple[str, Theme | None]] = [(one.id, one) for one in themes]
    return [*found, ("", None)] if "" in names else found


def _words(snapshot: Snapshot, kind: str, axis: str) -> tuple[str, ...]:
    rules = snapshot.rules.kinds.get(kind)
    if axis == "stage" and rules is not None and rules.lifecycle is not None:
        return rules.lifecycle.stages
    table = snapshot.table(kind, axis)
    if table is None:
        said = kind.replace("_", " ")
        raise UnknownNameError(f"No table gives a {said} its {axis}.")
    return table.words


def _word(snapshot: Snapshot, record: Record, axis: str) -> str:
    if axis == "stage":
        return snapshot.state(record).stage
    return snapshot.rating(record, axis) or NOT_RATED


def _counts(words: tuple[str, ...], found: list[str]) -> Mapping[str, int]:
    counts = dict.fromkeys(words, 0)
    for word in found:
        counts[word] = counts.get(word, 0) + 1
    return counts
