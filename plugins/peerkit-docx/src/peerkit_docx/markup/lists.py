"""
Word's own numbering, made to give the numbers the tree has.

Word counts, so nothing is typed; where the tree's numbers jump, a new list starts
at the number wanted. A list in another style than the template's has a level of its own,
which looks like that of the template.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from peerkit.errors import PeerkitError
from peerkit_docx.markup.levels import Look, level_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from peerkit_docx.markup.levels import Levels
    from peerkit_docx.markup.styles import ListStyle, StyleSheet

__all__ = ["Numbering"]

_USUAL = "1."


@attrs.define
class _Count:
    """
    The list in use and the last numbers it gave.
    """

    num: int
    section: int = 0
    last: int = 0


@attrs.define
class Numbering:
    """
    Hands out lists while a paper is drawn; *next_num* is the first free one.

    *levels* gives what the template's lists look like, when it is first needed.
    """

    sheet: StyleSheet
    next_num: int
    levels: Callable[[], Levels]
    made: list[str] = attrs.field(factory=list)
    _through: _Count | None = None
    _headings: _Count | None = None
    _paragraphs: _Count | None = None

    def list(self, name: str, level: int, start: int, style: str) -> int:
        """
        Return a list of its own of the style *name* that counts from *start* on *level*.

        How its numbers are printed is for the template to say, unless *style* is another
        than the usual ``1.``.
        """
        found = self.sheet.list(name)
        if style == _USUAL:
            return self._new(found, {level: start})
        look = self.levels().get((found.abstract, level), Look())
        return self._new(found, {level: start}, level_in(style, level, start, look))

    def bullets(self, name: str) -> int:
        """
        Return the list of the style *name*, which counts nothing.
        """
        return self.sheet.list(name).num

    def heading(self, number: str) -> tuple[int, int]:
        """
        Return the list and level that print *number* before a heading.
        """
        style = self.sheet.list("Peerkit Sections")
        wanted = _whole(number)
        count = self._headings
        if count is None and wanted == 1:
            # A list of our own even for the first: the one of the style may be used
            # by the template itself.
            count = _Count(self._new(style, {0: 1}))
        elif count is None or wanted != count.section + 1:
            count = _Count(self._new(style, {0: wanted}))
        self._headings = _Count(count.num, wanted)
        self._paragraphs = _Count(count.num, wanted)
        return count.num, 0

    def paragraph(self, number: str) -> tuple[int, int]:
        """
        Return the list and level that print *number* before a paragraph.
        """
        if "." in number:
            return self._decimal(number)
        wanted = _whole(number)
        count = self._through
        if count is None or wanted != count.last + 1:
            count = _Count(self._new(self.sheet.list("Peerkit Paragraphs"), {0: wanted}))
        count.last = wanted
        self._through = count
        return count.num, 0

    def _decimal(self, number: str) -> tuple[int, int]:
        head, _, tail = number.partition(".")
        section, wanted = _whole(head), _whole(tail)
        count = self._paragraphs
        if count is None or section != count.section or wanted != count.last + 1:
            style = self.sheet.list("Peerkit Sections")
            count = _Count(self._new(style, {0: section, 1: wanted}), section)
        count.last = wanted
        self._paragraphs = count
        return count.num, 1

    def _new(self, style: ListStyle, starts: dict[int, int], own: str = "") -> int:
        num = self.next_num
        self.next_num += 1
        overrides = "".join(
            f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/>{own}</w:lvlOverride>'
            for level, start in starts.items()
        )
        self.made.append(
            f'<w:num w:numId="{num}"><w:abstractNumId w:val="{style.abstract}"/>{overrides}</w:num>'
        )
        return num


def _whole(number: str) -> int:
    if number.isascii() and number.isdecimal() and len(number) < 6:  # noqa: PLR2004 - Word's limit
        return int(number)
    raise PeerkitError(
        f"“{number}” is not a number that Word can count to.",
        mend="Word counts in whole numbers up to 99,999.",
    )
