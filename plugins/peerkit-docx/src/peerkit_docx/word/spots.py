"""
Where something stands in a Word file, in the words of whoever has it open.

A Word file has no lines. What leads to a place is its part, the heading above it, and
the paragraph or the row and column of a table.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Spots", "is_heading_id", "part_in_words"]

_HEADING = re.compile(r"heading ?[1-9]\Z", re.IGNORECASE)
_LONGEST = 60
_PART = re.compile(r"(?:.*/)?([a-z]+)(\d*)\.xml\Z")


def is_heading_id(style: str) -> bool:
    """
    Tell whether *style* is the id that Word gives to a style of headings.
    """
    return _HEADING.match(style) is not None


def part_in_words(part: str) -> str:
    """
    Return what the part *part* is called.

    >>> part_in_words("word/document.xml"), part_in_words("word/header2.xml")
    ('body', 'header2')
    """
    found = _PART.match(part)
    if found is None:
        return part
    return "body" if found[1] == "document" else f"{found[1]}{found[2]}"


@attrs.define
class _Table:
    """
    A table that has begun: which one it is, and the row and column that were reached.
    """

    number: int
    row: int = 0
    column: int = 0
    paragraph: int = 0


@attrs.define
class Spots:
    """
    Keeps count of elements as they come by, by their local names; `spot` is where we are.

    *part* is what the part is called. *is_heading* tells by its id whether a style is one
    of headings.
    """

    part: str
    is_heading: Callable[[str], bool] = is_heading_id
    _paragraph: int = 0
    _tables: list[_Table] = attrs.field(factory=list)
    _counted: list[int] = attrs.field(factory=lambda: [0])
    _under: str = ""
    _boxes: int = 0
    _heading: list[str] | None = None

    def enter(self, name: str) -> None:
        """
        Take notice of an element that begins.
        """
        if name == "p":
            self._enter_paragraph()
        elif name == "tbl":
            self._counted[-1] += 1
            self._tables.append(_Table(self._counted[-1]))
            self._counted.append(0)
        elif name == "tr" and self._tables:
            self._tables[-1].row += 1
            self._tables[-1].column = 0
        elif name == "tc" and self._tables:
            self._tables[-1].column += 1
            self._tables[-1].paragraph = 0
        elif name == "txbxContent":
            self._boxes += 1

    def _enter_paragraph(self) -> None:
        if self._boxes:
            return
        if self._tables:
            self._tables[-1].paragraph += 1
        else:
            self._paragraph += 1

    def style(self, style: str) -> None:
        """
        Take notice of the style of the paragraph.
        """
        if not self._boxes and self.is_heading(style):
            self._heading = []

    def text(self, text: str) -> None:
        """
        Take notice of words that are shown.
        """
        if self._heading is not None:
            self._heading.append(text)

    def leave(self, name: str) -> None:
        """
        Take notice of an element that ends.
        """
        if name == "p" and not self._boxes and self._heading is not None:
            self._under = " ".join("".join(self._heading).split())
            self._heading = None
        elif name == "tbl" and self._tables:
            self._tables.pop()
            self._counted.pop()
        elif name == "txbxContent":
            self._boxes -= 1

    @property
    def spot(self) -> str:
        """
        Where we are, such as “body, table 2, row 3, column 1, under “Risk””.
        """
        steps = [self.part]
        for table in self._tables:
            steps.append(f"table {table.number}")
            if table.row:
                steps.append(f"row {table.row}")
            if table.column:
                steps.append(f"column {table.column}")
        if self._tables and self._tables[-1].paragraph > 1:
            steps.append(f"paragraph {self._tables[-1].paragraph}")
        elif not self._tables and self._paragraph:
            steps.append(f"paragraph {self._paragraph}")
        if self._boxes:
            steps.append("in a text box")
        if self._under:
            cut = self._under if len(self._under) <= _LONGEST else self._under[: _LONGEST - 1] + "…"
            steps.append(f"under “{cut}”")
        return ", ".join(steps)
