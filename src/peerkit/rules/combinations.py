"""
Every combination of answers that some facts can give, at once.

A set of combinations is one whole number with a bit for each, so that rows are
compared by a few operations however many combinations there are.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from peerkit.rules.cells import Cells

__all__ = ["MOST", "Combinations", "Dead", "Never", "TooManyError", "are_never", "read_down"]

Never = Mapping[tuple[str, str], Mapping[str, frozenset[str]]]
"""For an answer of a fact: which answers of other facts cannot occur beside it."""

MOST = 100_000
"""The most combinations that are proven."""

# Laid out with those that cannot occur: a set of this many takes some 800 kB.
_MOST_LAID_OUT = 64 * MOST


class TooManyError(Exception):
    """
    More combinations than can be proven: *count* of them.
    """

    def __init__(self, count: int) -> None:
        super().__init__(f"{count:,} combinations are too many.")
        self.count = count


def are_never(never: Never, one: tuple[str, str], other: tuple[str, str]) -> bool:
    """
    True if the two answers, each behind its fact, cannot occur together.
    """
    return other[1] in never.get(one, {}).get(other[0], ()) or one[1] in never.get(other, {}).get(
        one[0], ()
    )


@attrs.frozen(eq=False, repr=False)
class Dead:
    """
    A row that never decides: its index, and the earlier rows that take all that fits it.

    Without *takers*, nothing can ever fit it.
    """

    index: int
    takers: tuple[int, ...]


class Combinations:
    """
    The combinations of *answers*, by fact, that can occur; *possible* is the set of them.

    >>> both = Combinations({"due": ("past", "later"), "stage": ("agreed", "done")})
    >>> late = both.fitting({"due": ("past",)})
    >>> [*both.said(both.possible & ~late)]
    [{'due': 'later', 'stage': 'agreed'}, {'due': 'later', 'stage': 'done'}]

    Raises:
        TooManyError: If there are more than `MOST`.
    """

    def __init__(self, answers: Mapping[str, Sequence[str]], never: Never | None = None) -> None:
        self._answers = answers
        self._size = math.prod(map(len, answers.values()))
        if self._size > _MOST_LAID_OUT:
            raise TooManyError(self._size)
        # How far apart two combinations are that differ in this fact alone, by one answer.
        self._strides: dict[str, int] = {}
        stride = self._size
        for fact, each in answers.items():
            stride //= len(each) or 1
            self._strides[fact] = stride
        self._known: dict[tuple[str, tuple[str, ...]], int] = {}
        self.possible = (1 << self._size) - 1
        for (fact, answer), others in (never or {}).items():
            for other, excluded in others.items():
                if fact in answers and other in answers and fact != other:
                    pair = {fact: (answer,), other: tuple(excluded)}
                    self.possible &= ~self.fitting(pair)
        if self.possible.bit_count() > MOST:
            raise TooManyError(self.possible.bit_count())

    def fitting(self, cells: Cells) -> int:
        """
        Return the set of combinations that *cells* fit, those included that cannot occur.
        """
        fitting = (1 << self._size) - 1
        for fact, wanted in cells.items():
            fitting &= self._with(fact, wanted)
        return fitting

    def _with(self, fact: str, wanted: tuple[str, ...]) -> int:
        key = (fact, wanted)
        if key not in self._known:
            answers, stride = self._answers[fact], self._strides[fact]
            one = (1 << stride) - 1
            block = 0
            for index, answer in enumerate(answers):
                if answer in wanted:
                    block |= one << (index * stride)
            self._known[key] = _repeated(block, len(answers) * stride, self._size)
        return self._known[key]

    def said(self, some: int) -> Iterator[dict[str, str]]:
        """
        Yield each combination of the set *some*: the answer to every fact.
        """
        while some:
            lowest = some & -some
            some ^= lowest
            at = lowest.bit_length() - 1
            yield {
                fact: answers[at // self._strides[fact] % len(answers)]
                for fact, answers in self._answers.items()
            }


def _repeated(block: int, width: int, size: int) -> int:
    """
    Return *block*, of *width* bits, written again and again until *size* is full.
    """
    while 0 < width < size:
        block |= block << width
        width *= 2
    return block & ((1 << size) - 1)


def read_down(rows: Iterable[Cells], combinations: Combinations) -> tuple[int, tuple[Dead, ...]]:
    """
    Read *rows* downwards; return the set of combinations that none fits, and the dead rows.
    """
    left = combinations.possible
    deciding: list[tuple[int, int]] = []
    dead: list[Dead] = []
    for index, cells in enumerate(rows):
        fitting = combinations.fitting(cells) & combinations.possible
        decided = fitting & left
        if decided:
            deciding.append((index, decided))
            left ^= decided
        else:
            takers = tuple(taker for taker, taken in deciding if taken & fitting)
            dead.append(Dead(index, takers))
    return left, tuple(dead)
