"""
Cells over whole numbers, in words: the line of numbers, cut where the rules cut it.

What lies between two cuts is one answer, so a number has as few answers as any other
fact. Kept out: where the number comes from.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from peerkit.errors import short

__all__ = ["NO_FIGURE", "NumberCellError", "answer_around", "answer_for", "answers_in", "cut"]

NO_FIGURE = "no figure"
_ANY_FIGURE = "any figure"
_FORMS = "under 50, 26 to 75, at most 25, 50 or more, over 75, 50, or no figure"

# A range holds the numbers from its first up to, but without, its end; None is no end.
_Range = tuple[int, int | None]

# Compiled when a cell is first read: most registers have none.
_N = r"(\d{1,9}) ?%?"
_PATTERNS: Mapping[str, Callable[..., _Range]] = {
    f"under {_N}": lambda n: (0, n),
    f"at most {_N}": lambda n: (0, n + 1),
    f"{_N} to {_N}": lambda n, m: (n, m + 1),
    f"{_N} or more": lambda n: (n, None),
    f"over {_N}": lambda n: (n + 1, None),
    _N: lambda n: (n, n + 1),
    _ANY_FIGURE: lambda: (0, None),
}


class NumberCellError(ValueError):
    """
    A cell over a number that cannot be understood; its text is a whole sentence.
    """


@lru_cache(maxsize=1024)
def _range(cell: str) -> _Range | None:
    """
    Return the numbers that *cell* says, or None for no figure.
    """
    said = " ".join(cell.casefold().split())
    if said == NO_FIGURE:
        return None
    for pattern, bounds in _PATTERNS.items():
        found = re.fullmatch(pattern, said, re.ASCII)
        if found:
            first, end = bounds(*map(int, found.groups()))
            if end is not None and end <= first:
                raise NumberCellError(f"“{short(cell)}” holds no number.")
            return first, end
    raise NumberCellError(f"“{short(cell)}” is no range of whole numbers, such as {_FORMS}.")


def _words(first: int, end: int | None) -> str:
    if end is None:
        return f"{first} or more" if first else _ANY_FIGURE
    if end == first + 1:
        return str(first)
    return f"{first} to {end - 1}" if first else f"under {end}"


def cut(cells: Iterable[str]) -> tuple[str, ...]:
    """
    Return the answers of a number that *cells* can tell apart, ascending.

    A cell that is no range cuts nothing; the proof of the table names it.

    >>> cut(["under 50", "26 to 75"])
    ('under 26', '26 to 49', '50 to 75', '76 or more', 'no figure')
    """
    edges = set[int]()
    for cell in cells:
        try:
            found = _range(cell)
        except NumberCellError:
            continue
        edges.update(edge for edge in found or () if edge)
    firsts = (0, *sorted(edges))
    ends = (*firsts[1:], None)
    return (*map(_words, firsts, ends), NO_FIGURE)


@lru_cache(maxsize=256)
def _ranges(answers: tuple[str, ...]) -> tuple[_Range | None, ...]:
    return tuple(map(_range, answers))


@lru_cache(maxsize=1024)
def answers_in(cell: str, answers: tuple[str, ...]) -> tuple[str, ...]:
    """
    Return those of *answers*, made by `cut`, that *cell* covers.

    >>> answers_in("at most 75", cut(["under 50", "26 to 75"]))
    ('under 26', '26 to 49', '50 to 75')

    Raises:
        NumberCellError: If it is no range, or *answers* are not cut at its edges.
    """
    wanted = _range(cell)
    if wanted is None:
        return (NO_FIGURE,)
    covered = []
    for answer, one in zip(answers, _ranges(answers), strict=True):
        if one is not None and _overlap(one, wanted):
            if not _within(one, wanted):
                raise NumberCellError(f"“{short(cell)}” covers only a part of “{answer}”.")
            covered.append(answer)
    return tuple(covered)


def answer_around(said: str, answers: tuple[str, ...]) -> str:
    """
    Return the one of *answers*, made by `cut`, in which *said* lies, be it one figure.

    >>> answer_around("80%", cut(["under 50", "26 to 75"]))
    '76 or more'

    Raises:
        NumberCellError: If it is no range, or lies in several of them.
    """
    wanted = _range(said)
    for answer, one in zip(answers, _ranges(answers), strict=True):
        if one is wanted or (one is not None and wanted is not None and _within(wanted, one)):
            return answer
    raise NumberCellError(
        f"“{short(said)}” leaves open which it is of: {short(', '.join(answers), 80)}."
    )


def _overlap(one: _Range, other: _Range) -> bool:
    return (other[1] is None or one[0] < other[1]) and (one[1] is None or other[0] < one[1])


def _within(one: _Range, other: _Range) -> bool:
    return other[0] <= one[0] and (other[1] is None or (one[1] is not None and one[1] <= other[1]))


@lru_cache(maxsize=256)
def _firsts(answers: tuple[str, ...]) -> tuple[int, ...]:
    return tuple(one[0] for one in _ranges(answers) if one is not None)


def answer_for(figure: int | None, answers: tuple[str, ...]) -> str:
    """
    Return the one of *answers*, made by `cut`, that *figure* is.

    >>> answer_for(50, cut(["under 50", "26 to 75"]))
    '50 to 75'

    Raises:
        ValueError: If it is below nought.
    """
    if figure is None:
        return NO_FIGURE
    if figure < 0:
        raise ValueError(f"{figure} is below nought.")
    return answers[bisect_right(_firsts(answers), figure) - 1]
