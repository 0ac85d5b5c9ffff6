"""
Reading a part into its outline.

Kept out: what may be wrong with it; see `rules`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from peerkit_docx.access.content import Content, spoken
from peerkit_docx.access.outline import Block, Cell, Outline, Paragraph, Row, Table
from peerkit_docx.access.shades import UNKNOWN, fill_of, is_on, value_of
from peerkit_docx.access.shapes import chosen
from peerkit_docx.access.tables import At, regions_of
from peerkit_docx.markup.looks import BODY, WHITE
from peerkit_docx.word.spots import Spots

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from peerkit_docx.access.colours import Palette

__all__ = ["outline_of"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

_HOLDERS = frozenset(f"{_W}{one}" for one in ("sdt", "sdtContent", "customXml", "ins", "moveTo"))
_NOTES = frozenset(f"{_W}{one}" for one in ("footnote", "endnote", "comment"))
_WHOLE = re.compile(r"\{[{%#](?:p|tr|tc)\s")


def outline_of(root: _Element, part: str, palette: Palette, *, is_template: bool) -> Outline:
    """
    Return the outline of the part below *root*.
    """
    reading = _Reading(Spots(part, palette.headings.__contains__), palette, is_template)
    groups = [reading.blocks(one) for one in _groups(root)]
    return Outline(part=part, groups=tuple(groups), is_template=is_template)


def _groups(root: _Element) -> Iterator[_Element]:
    body = root.find(f"{_W}body")
    if body is not None:
        yield body
        return
    notes = [one for one in root if one.tag in _NOTES]
    yield from notes or [root]


@attrs.define(eq=False)
class _Reading:
    """
    One pass over a part. *behind* is what is behind the cell or box that is read, *ink* the
    colour that its table's style gives to text.
    """

    spots: Spots
    palette: Palette
    is_template: bool
    tables: int = 0
    behind: str = ""
    ink: str = ""

    def blocks(self, holder: _Element) -> tuple[Block, ...]:
        return tuple(self._blocks(holder))

    def _blocks(self, holder: _Element) -> Iterator[Block]:
        for child in holder:
            if child.tag == f"{_W}p":
                yield self._paragraph(child)
            elif child.tag == f"{_W}tbl":
                yield self._table(child)
            elif child.tag in _HOLDERS:
                yield from self._blocks(child)
            elif child.tag == f"{_MC}AlternateContent" and (way := chosen(child)) is not None:
                yield from self._blocks(way)

    def _box(self, box: _Element, ground: str) -> tuple[Block, ...]:
        around = self.behind, self.ink
        self.behind, self.ink = ground or self.behind, ""
        self.spots.enter("txbxContent")
        found = self.blocks(box)
        self.spots.leave("txbxContent")
        self.behind, self.ink = around
        return found

    # -- tables --------------------------------------------------------------------

    def _table(self, table: _Element) -> Table:
        self.spots.enter("tbl")
        spot, is_nested = self.spots.spot, self.tables > 0
        self.tables += 1
        look = self.palette.table(value_of(table.find(f"{_W}tblPr/{_W}tblStyle")))
        shown = regions_of(table)
        around, rows, at = (self.behind, self.ink), [], 0
        known = [(one, self._vanishes(one, "tr")) for one in _within(table, "tr")]
        count = sum(1 for _, vanishes in known if not vanishes)
        for row, vanishes in known:
            cells = list(_within(row, "tc"))
            self.spots.enter("tr")
            read = []
            for column, cell in enumerate(cells):
                place = At(row=at, column=column, rows=count, columns=len(cells))
                read.append(self._cell(cell, *look.of(place, shown)))
                self.behind, self.ink = around
            self.spots.leave("tr")
            rows.append(Row(cells=tuple(read), is_header=_is_header(row), vanishes=vanishes))
            at += not vanishes
        self.tables -= 1
        self.spots.leave("tbl")
        return Table(spot=spot, element=table, rows=tuple(rows), is_nested=is_nested)

    def _cell(self, cell: _Element, ink: str, ground: str) -> Cell:
        self.spots.enter("tc")
        spot = self.spots.spot
        properties = cell.find(f"{_W}tcPr")
        own = ""
        is_merged = self._says(cell, "colspan", "hm", "vm")
        if properties is not None:
            shade = properties.find(f"{_W}shd")
            own = "" if shade is None else fill_of(shade)
            ground = ground if shade is None else own
            span = value_of(properties.find(f"{_W}gridSpan"), "1")
            is_merged |= span not in ("", "0", "1")
            is_merged |= any(
                properties.find(f"{_W}{one}") is not None for one in ("vMerge", "hMerge")
            )
        if self._says(cell, "cellbg"):
            ground = UNKNOWN  # till it is printed; then it is watched
        self.behind, self.ink = ground or self.behind, ink
        blocks = self.blocks(cell)
        self.spots.leave("tc")
        return Cell(
            spot=spot,
            element=cell,
            blocks=blocks,
            is_coloured=own not in ("", WHITE),
            is_merged=is_merged,
        )

    def _says(self, cell: _Element, *words: str) -> bool:
        if not self.is_template:
            return False
        text = "".join(one.text or "" for one in cell.iter(f"{_W}t"))
        return any(re.search(rf"\{{%\s*{word}\b", text) for word in words)

    def _vanishes(self, element: _Element, prefix: str) -> bool:
        if not self.is_template:
            return False
        text = "".join(one.text or "" for one in element.iter(f"{_W}t"))
        return re.search(rf"\{{[{{%#]{prefix}\s", text) is not None

    # -- paragraphs ----------------------------------------------------------------

    def _paragraph(self, paragraph: _Element) -> Paragraph:
        self.spots.enter("p")
        spot = self.spots.spot
        properties = paragraph.find(f"{_W}pPr")
        style = value_of(None if properties is None else properties.find(f"{_W}pStyle"))
        self.spots.style(style)
        ground = self.palette.paragraph_ground(style, properties) or self.behind
        around, self.behind = self.behind, ground
        content = Content(self.palette, self.is_template, style, self.ink, self._box)
        content.read(paragraph)
        self.behind = around
        text = "".join(content.said)
        self.spots.text(text)
        self.spots.leave("p")
        words, silent = spoken(text, is_template=self.is_template)
        return Paragraph(
            spot=spot,
            element=paragraph,
            words=words,
            level=self._level(properties, style),
            vanishes=self.is_template and _WHOLE.match(text.strip()) is not None,
            whole=self.is_template and text.strip().startswith("{{p "),
            silent=silent,
            is_shown=content.is_shown,
            is_listed=_is_listed(properties) or style in self.palette.lists,
            ends_section=properties is not None and properties.find(f"{_W}sectPr") is not None,
            ground=ground,
            runs=tuple(content.runs),
            links=tuple(content.links),
            pictures=tuple(content.pictures),
            boxes=tuple(content.boxes),
        )

    def _level(self, properties: _Element | None, style: str) -> int:
        own = None if properties is None else properties.find(f"{_W}outlineLvl")
        said = value_of(own)
        if said.isdecimal():
            return int(said) + 1 if int(said) < BODY else 0
        return self.palette.headings.get(style, 0)


def _within(element: _Element, name: str) -> Iterator[_Element]:
    """
    Yield the rows of a table or the cells of a row, those in content controls included.
    """
    for child in element:
        if child.tag == f"{_W}{name}":
            yield child
        elif child.tag in _HOLDERS:
            yield from _within(child, name)


def _is_header(row: _Element) -> bool:
    header = row.find(f"{_W}trPr/{_W}tblHeader")
    return header is not None and is_on(value_of(header, "1"))


def _is_listed(properties: _Element | None) -> bool:
    number = None if properties is None else properties.find(f"{_W}numPr/{_W}numId")
    return number is not None and value_of(number) != "0"
