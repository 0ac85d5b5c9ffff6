"""
From the place that a problem tells in words back to the paragraph in the file.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from peerkit_docx.access.outline import Paragraph
from peerkit_docx.access.reading import outline_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from peerkit.errors import Problem
    from peerkit_docx.access.outline import Block
    from peerkit_docx.preparing.examining import Examined

__all__ = ["Places"]

_UNDER = re.compile(r", under “.*\Z", re.DOTALL)


class Places:
    """
    The paragraphs of a template by where they stand.

    Made before the trees of *found* are changed.
    """

    def __init__(self, found: Examined) -> None:
        self._at: dict[str, tuple[int, str, _Element]] = {}
        for part in found.parts:
            outline = outline_of(part.root, part.words, found.styling.palette, is_template=True)
            for blocks in outline.groups:
                for spot, element in _spots(blocks):
                    where = _UNDER.sub("", spot)
                    self._at.setdefault(where, (len(self._at), part.name, element))
        self._parts = {part.words: at for at, part in enumerate(found.parts)}

    def order(self, problem: Problem) -> tuple[int, int]:
        """
        Sorts problems: those of the file first, then part by part from the top.
        """
        part = self._parts.get(problem.where.partition(",")[0], -1)
        place = self._at.get(_UNDER.sub("", problem.where))
        return part, place[0] if place else -1

    def paragraph(self, problem: Problem) -> tuple[str, _Element] | None:
        """
        Return the name of the part and the paragraph that *problem* is about, if there is one.
        """
        place = self._at.get(_UNDER.sub("", problem.where))
        return None if place is None else place[1:]


def _spots(blocks: tuple[Block, ...]) -> Iterator[tuple[str, _Element]]:
    """
    Yield every place in *blocks* with a paragraph that stands there.
    """
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.spot, block.element
            for box in block.boxes:
                yield from _spots(box)
            continue
        # Each place once: a table and its cell are where the first paragraph inside them is.
        waiting = [block.spot]
        for cell in (cell for row in block.rows for cell in row.cells):
            waiting.append(cell.spot)
            for spot, element in _spots(cell.blocks):
                yield from ((one, element) for one in waiting)
                waiting.clear()
                yield spot, element
            if waiting[-1:] == [cell.spot]:
                waiting.pop()
