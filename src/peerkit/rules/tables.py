"""
Tables: rows of cells, read downwards; the first row that fits decides.

Holds a table as its owner writes it, and as it is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import ClassVar

import attrs

from peerkit.model import fields as f
from peerkit.rules.cells import Cells
from peerkit.rules.numbers import answers_in

__all__ = ["RatingTable", "Row", "StatusTable", "Table", "expanded", "table_of"]

_NO_NUMBERS: Mapping[str, tuple[str, ...]] = MappingProxyType({})


# Settings are read and asked, never compared or shown: what attrs would write for that
# is a third of what importing this module costs.
@attrs.frozen(kw_only=True, eq=False, repr=False)
class StatusTable:
    """
    The table that gives records of one kind their status.
    """

    statuses: tuple[str, ...] = f.keys("The statuses, the worst first.", required=True)
    title: str = f.text("What papers call it; Status if left out.")
    key: Mapping[str, str] = f.words("What each status means, printed with them.")
    rows: tuple[Cells, ...] = f.rows(
        "The rows, read downwards: `status`, and the facts that must fit for it."
    )
    cases: tuple[Cells, ...] = f.rows(
        "Worked examples: the answer to every fact the rows name, and the status it `is`."
    )

    result: ClassVar[str] = "status"
    """The key behind which a row says what it gives."""
    words_key: ClassVar[str] = "statuses"

    @property
    def words(self) -> tuple[str, ...]:
        """
        What it can give, the worst first.
        """
        return self.statuses


@attrs.frozen(kw_only=True, eq=False, repr=False)
class RatingTable:
    """
    A rating of records of one kind on one axis, such as progress or impact.
    """

    scale: tuple[str, ...] = f.keys("The words of the scale, the worst first.", required=True)
    title: str = f.text("What papers call it; its key if left out.")
    key: Mapping[str, str] = f.words("What each word means, printed with them.")
    rows: tuple[Cells, ...] = f.rows(
        "The rows, read downwards: `rating`, and the facts that must fit for it. Without rows "
        "people alone rate."
    )
    cases: tuple[Cells, ...] = f.rows(
        "Worked examples: the answer to every fact the rows name, and the word it `is`."
    )

    result: ClassVar[str] = "rating"
    """The key behind which a row says what it gives."""
    words_key: ClassVar[str] = "scale"

    @property
    def words(self) -> tuple[str, ...]:
        """
        What it can give, the worst first.
        """
        return self.scale


@attrs.frozen
class Row:
    """
    One row: what it gives, and the cells that must fit.
    """

    result: str
    cells: Cells


@attrs.frozen(eq=False)
class Table:
    """
    A table ready to be asked: *axis*, *words* worst first, *rows* in order.

    >>> late = Row("Overdue", {"due": ("past",)})
    >>> table = Table("status", ("Overdue", "On track"), (late, Row("On track", {})))
    >>> table.decide({"due": "past"}.__getitem__).result
    'Overdue'
    """

    axis: str
    words: tuple[str, ...]
    rows: tuple[Row, ...]
    title: str = ""
    key: Mapping[str, str] = attrs.field(factory=dict)
    facts: tuple[str, ...] = attrs.field(init=False)
    _decided: dict[tuple[str, ...], Row] = attrs.field(init=False, factory=dict, repr=False)

    @facts.default
    def _facts(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(fact for row in self.rows for fact in row.cells))

    def decide(self, ask: Callable[[str], str]) -> Row:
        """
        Return the first row whose cells the answers that *ask* gives all fit.

        Raises:
            LookupError: If none fits; a table that was proven always has one.
        """
        answers = tuple(map(ask, self.facts))
        row = self._decided.get(answers)
        if row is None:
            row = self._decided[answers] = self._decide(dict(zip(self.facts, answers, strict=True)))
        return row

    def _decide(self, given: Mapping[str, str]) -> Row:
        for row in self.rows:
            if all(given[fact] in wanted for fact, wanted in row.cells.items()):
                return row
        said = ", ".join(f"{fact}: {answer}" for fact, answer in given.items())
        raise LookupError(f"No row of the table {self.axis} fits {said or 'anything'}.")


def table_of(
    written: StatusTable | RatingTable,
    axis: str,
    expand: Mapping[str, tuple[str, ...]] = _NO_NUMBERS,
) -> Table:
    """
    Return *written*, which was proven, as a table to be asked on *axis*.

    *expand* are the facts that are numbers, with their answers: each cell over one is
    written out in those.
    """
    return Table(
        axis=axis,
        words=written.words,
        rows=tuple(
            Row(
                result=row[written.result][0],
                cells=expanded(
                    {fact: wanted for fact, wanted in row.items() if fact != written.result},
                    expand,
                ),
            )
            for row in written.rows
        ),
        title=written.title or ("Status" if isinstance(written, StatusTable) else axis),
        key=written.key,
    )


def expanded(cells: Cells, expand: Mapping[str, tuple[str, ...]]) -> Cells:
    """
    Return *cells* with those over the numbers in *expand* written out in their answers.

    >>> expanded({"done": ("under 50",)}, {"done": ("under 25", "25 to 49", "50 or more")})
    {'done': ('under 25', '25 to 49')}

    Raises:
        NumberCellError: If a cell over a number is no range.
    """
    return {
        fact: tuple(dict.fromkeys(one for cell in wanted for one in answers_in(cell, expand[fact])))
        if fact in expand
        else wanted
        for fact, wanted in cells.items()
    }
