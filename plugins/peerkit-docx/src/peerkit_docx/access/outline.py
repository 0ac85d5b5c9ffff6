"""
The outline of a part: its paragraphs and tables, each with its place, as plain values.

Kept out: how it is read, and what may be wrong with it; see `reading` and `rules`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

__all__ = [
    "Block",
    "Cell",
    "Link",
    "Outline",
    "Paragraph",
    "Picture",
    "Row",
    "Run",
    "Table",
    "paragraphs_of",
]


@attrs.frozen(kw_only=True)
class Run:
    """
    Words set alike: their *ink*, and the *ground* behind them if the run has its own.
    """

    words: str
    ink: str
    ground: str = ""


@attrs.frozen(kw_only=True)
class Link:
    """
    The *words* of a link, those of pictures included; *is_printed* if a tag gives them.

    One that *is_entry* stands in a table of contents.
    """

    words: str
    is_printed: bool
    is_entry: bool = False


@attrs.frozen(kw_only=True)
class Picture:
    """
    A picture with its *alternative* text; *floats* if it stands beside the text.
    """

    alternative: str
    is_decorative: bool
    floats: bool


@attrs.frozen(kw_only=True, eq=False)
class Paragraph:
    """
    A paragraph: its *words*, with … for what a tag prints, and the *level* of a heading.

    One that *vanishes* is a tag that stands for it; a *whole* one gives way to blocks.
    *is_shown* tells of something besides words, *is_listed* of a real list. *ground* is
    what is behind it, be it its own or that of its cell or box.
    """

    spot: str
    element: _Element
    words: str
    level: int = 0
    vanishes: bool = False
    whole: bool = False
    silent: str = ""
    is_shown: bool = False
    is_listed: bool = False
    ends_section: bool = False
    ground: str = ""
    runs: tuple[Run, ...] = ()
    links: tuple[Link, ...] = ()
    pictures: tuple[Picture, ...] = ()
    boxes: tuple[tuple[Block, ...], ...] = ()

    @property
    def is_empty(self) -> bool:
        """
        True if nothing of it can be seen, and it is still there.
        """
        return not (
            self.words.strip() or self.vanishes or self.whole or self.is_shown or self.ends_section
        )


@attrs.frozen(kw_only=True, eq=False)
class Cell:
    """
    A cell: its *blocks*, and whether it is merged with others.

    One that *is_coloured* has a colour by itself, besides what its table's style gives.
    """

    spot: str
    element: _Element
    blocks: tuple[Block, ...]
    is_coloured: bool = False
    is_merged: bool = False


@attrs.frozen(kw_only=True, eq=False)
class Row:
    """
    A row; one that *vanishes* is a tag that stands for it.
    """

    cells: tuple[Cell, ...]
    is_header: bool = False
    vanishes: bool = False


@attrs.frozen(kw_only=True, eq=False)
class Table:
    """
    A table, and whether it lies inside another.
    """

    spot: str
    element: _Element
    rows: tuple[Row, ...]
    is_nested: bool = False


Block = Paragraph | Table


@attrs.frozen(kw_only=True)
class Outline:
    """
    The blocks of a part, in groups that have nothing to do with one another, such as notes.
    """

    part: str
    groups: tuple[tuple[Block, ...], ...]
    is_template: bool


def paragraphs_of(blocks: tuple[Block, ...]) -> Iterator[Paragraph]:
    """
    Yield every paragraph of *blocks*, those in cells and boxes included.
    """
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
            for box in block.boxes:
                yield from paragraphs_of(box)
        else:
            for row in block.rows:
                for cell in row.cells:
                    yield from paragraphs_of(cell.blocks)
