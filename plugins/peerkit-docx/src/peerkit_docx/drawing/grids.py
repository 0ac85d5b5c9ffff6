"""
The columns of tables counted again, where a loop may have made more or fewer cells.

As docxtpl does it: the width of the table stays, and is shared anew.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from peerkit_docx.word.xmlreading import walk

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["counted_again"]

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "


@attrs.define(eq=False)
class _Table:
    """
    A table that has begun: where its grid stands, its columns, and its widest rows.
    """

    begin: int = 0
    end: int = 0
    columns: list[int | None] = attrs.field(factory=list)
    cells: int = 0
    most_cells: int = 0
    width: int = 0
    most_width: int = 0
    in_grid: bool = False
    in_change: bool = False


# Twentieths of a point to each unit that a width may have: ISO/IEC 29500-1, 22.9.2.15.
_UNITS = {
    "": 1.0,
    "pt": 20.0,
    "pc": 240.0,
    "pi": 240.0,
    "in": 1440.0,
    "cm": 1440 / 2.54,
    "mm": 144 / 2.54,
}
_MEASURE = re.compile(r"\s*([0-9]{1,6}(?:\.[0-9]{1,9})?)(mm|cm|in|pt|pc|pi|)\s*", re.ASCII)
_SPAN = re.compile(r"[1-9][0-9]{0,2}", re.ASCII)


def _twips(said: str) -> int | None:
    """
    Return a width as Word reads it, None if it says none that makes sense.

    >>> _twips("2000"), _twips("12.5cm"), _twips("wide")
    (2000, 7086, None)
    """
    found = _MEASURE.fullmatch(said)
    return int(float(found[1]) * _UNITS[found[2]]) if found else None


def counted_again(content: bytes, where: str) -> bytes:
    """
    Return the part *content* with as many columns in each table as its rows have cells.

    *where* is what a fault of its XML calls it.
    """
    reading = _Reading()
    walk(content, where, start=reading.start, end=reading.end, at=reading.at)
    changed = [(table, found) for table in reading.done if (found := _shared(table)) is not None]
    for table, columns in sorted(changed, key=lambda one: -one[0].begin):
        grid = "".join(
            f'<w:gridCol w:w="{one}"/>' if one is not None else "<w:gridCol/>" for one in columns
        )
        written = f"<w:tblGrid>{grid}</w:tblGrid>".encode()
        content = content[: table.begin] + written + content[table.end :]
    return content


def _shared(table: _Table) -> list[int | None] | None:
    """
    Return the widths of the columns that *table* should have, None if it has them.
    """
    columns = list(table.columns)
    more = table.most_cells - len(columns)
    if more > 0:
        columns = _widened(columns, more)
    fewer = len(columns) - table.most_width
    if fewer > 0:
        columns = _narrowed(columns, fewer)
    return None if columns == table.columns else columns


def _widened(columns: list[int | None], more: int) -> list[int | None]:
    width = sum(float(one) for one in columns if one is not None)
    if width <= 0:
        return columns
    old, new = width / len(columns), width / (len(columns) + more)
    scaled = [None if one is None else int(float(one) * new / old) for one in columns]
    return [*scaled, *[int(new)] * more]


def _narrowed(columns: list[int | None], fewer: int) -> list[int | None]:
    left, gone = columns[:-fewer], columns[-fewer:]
    if not left:
        return left
    extra = int(sum(float(one or 0) for one in gone) / len(left))
    return [(one or 0) + extra for one in left]


class _Reading:
    """
    One pass that notes where grids stand and how wide rows are.
    """

    def __init__(self) -> None:
        self.position = 0
        self.open: list[_Table] = []
        self.done: list[_Table] = []

    def at(self, position: int) -> None:
        self.position = position

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        local = name.removeprefix(_W)
        if local == "tbl":
            self.open.append(_Table())
        elif self.open:
            self._in_table(local, attributes)

    def _in_table(self, local: str, attributes: Mapping[str, str]) -> None:
        table = self.open[-1]
        if local == "tblGridChange":
            table.in_change = True  # it holds the grid as it was before a change
        elif table.in_change:
            return
        elif local == "tblGrid":
            table.begin, table.in_grid = self.position, True
        elif local == "gridCol" and table.in_grid:
            table.columns.append(_twips(attributes.get(f"{_W}w", "")))
        elif local == "tr":
            table.cells = table.width = 0
        elif local == "tc":
            table.cells += 1
            table.width += 1
        elif local == "gridSpan":
            said = attributes.get(f"{_W}val", "")
            table.width += int(said) - 1 if _SPAN.fullmatch(said) else 0

    def end(self, name: str) -> None:
        if not self.open:
            return
        local, table = name.removeprefix(_W), self.open[-1]
        if local == "tblGridChange":
            table.in_change = False
        elif local == "tblGrid" and not table.in_change:
            table.in_grid = False
            table.end = self.position + len(b"</w:tblGrid>")
        elif local == "tr":
            table.most_cells = max(table.most_cells, table.cells)
            table.most_width = max(table.most_width, table.width)
        elif local == "tbl":
            self.done.append(self.open.pop())
