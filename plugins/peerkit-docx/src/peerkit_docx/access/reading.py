"""
Reading a part into its outline.

Kept out: what may be wrong with it; see `rules`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from peerkit_docx.access.outline import (
    Block,
    Cell,
    Link,
    Outline,
    Paragraph,
    Picture,
    Row,
    Run,
    Table,
)
from peerkit_docx.markup.looks import WHITE
from peerkit_docx.word.spots import Spots

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from peerkit_docx.access.colours import Palette

__all__ = ["outline_of"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_V = "{urn:schemas-microsoft-com:vml}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_OFF = ("0", "false", "off", "none")

_HOLDERS = frozenset(f"{_W}{one}" for one in ("sdt", "sdtContent", "customXml", "ins", "moveTo"))
_NOTES = frozenset(f"{_W}{one}" for one in ("footnote", "endnote", "comment"))
_SHOWN = frozenset(
    f"{_W}{one}"
    for one in (
        "drawing", "pict", "object", "sym", "br", "fldChar", "fldSimple", "footnoteReference",
        "endnoteReference", "ptab", "footnoteRef", "endnoteRef", "annotationRef", "separator",
        "continuationSeparator", "noBreakHyphen",
    )
)  # fmt: skip
_WHOLE = re.compile(r"\{[{%#](?:p|tr|tc)\s")
_SILENT = re.compile(r"\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_PRINTED = re.compile(r"\{\{.*?\}\}", re.DOTALL)


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
    spots: Spots
    palette: Palette
    is_template: bool
    tables: int = 0

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

    # -- tables --------------------------------------------------------------------

    def _table(self, table: _Element) -> Table:
        self.spots.enter("tbl")
        spot, is_nested = self.spots.spot, self.tables > 0
        self.tables += 1
        style = _value(table.find(f"{_W}tblPr/{_W}tblStyle"))
        rows = tuple(
            self._row(row, style, is_first=at == 0) for at, row in enumerate(_within(table, "tr"))
        )
        self.tables -= 1
        self.spots.leave("tbl")
        return Table(spot=spot, element=table, rows=rows, is_nested=is_nested)

    def _row(self, row: _Element, style: str, *, is_first: bool) -> Row:
        self.spots.enter("tr")
        header = row.find(f"{_W}trPr/{_W}tblHeader")
        ground = self.palette.of_table(style, is_first=is_first)
        cells = tuple(self._cell(cell, ground) for cell in _within(row, "tc"))
        self.spots.leave("tr")
        return Row(
            cells=cells,
            is_header=header is not None and _value(header, "1") not in _OFF,
            vanishes=self._vanishes(row, "tr"),
        )

    def _cell(self, cell: _Element, ground: str) -> Cell:
        self.spots.enter("tc")
        spot = self.spots.spot
        properties = cell.find(f"{_W}tcPr")
        own = ""
        is_merged = self._says(cell, "colspan", "hm", "vm")
        if properties is not None:
            own = _colour(properties.find(f"{_W}shd"), "fill")
            span = _value(properties.find(f"{_W}gridSpan"), "1")
            is_merged |= span not in ("", "0", "1")
            is_merged |= any(
                properties.find(f"{_W}{one}") is not None for one in ("vMerge", "hMerge")
            )
        blocks = self.blocks(cell)
        self.spots.leave("tc")
        return Cell(
            spot=spot,
            element=cell,
            blocks=blocks,
            ground=own or ground,
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
        style = _value(None if properties is None else properties.find(f"{_W}pStyle"))
        self.spots.style(style)
        content = _Content(self, style)
        content.read(paragraph)
        text = "".join(content.said)
        self.spots.text(text)
        self.spots.leave("p")
        words, silent = self._spoken(text)
        ground = "" if properties is None else _colour(properties.find(f"{_W}shd"), "fill")
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

    def _spoken(self, text: str) -> tuple[str, str]:
        """
        Return what *text* says when it is printed, and the tags in it that say nothing.
        """
        if not self.is_template:
            return text, ""
        silent = "".join(_SILENT.findall(text))
        return _PRINTED.sub("…", _SILENT.sub("", text)), silent

    def spoken(self, text: str) -> str:
        return self._spoken(text)[0]

    def _level(self, properties: _Element | None, style: str) -> int:
        own = None if properties is None else properties.find(f"{_W}outlineLvl")
        said = _value(own)
        if said.isdecimal():
            return int(said) + 1 if int(said) < 9 else 0  # noqa: PLR2004 - 9 is body text
        return self.palette.headings.get(style, 0)


@attrs.define(eq=False)
class _Content:
    """
    What stands in one paragraph, gathered run by run.
    """

    reading: _Reading
    style: str
    said: list[str] = attrs.field(factory=list)
    runs: list[Run] = attrs.field(factory=list)
    links: list[Link] = attrs.field(factory=list)
    pictures: list[Picture] = attrs.field(factory=list)
    boxes: list[tuple[Block, ...]] = attrs.field(factory=list)
    is_shown: bool = False

    def read(self, element: _Element) -> None:
        for child in element:
            tag = child.tag
            if tag == f"{_W}r":
                self._run(child)
            elif tag == f"{_W}hyperlink":
                before = len(self.said)
                self.read(child)
                text = "".join(self.said[before:])
                self.links.append(
                    Link(
                        words=self.reading.spoken(text),
                        is_printed=self.reading.is_template and "{" in text,
                    )
                )
            elif tag != f"{_W}pPr":
                self.is_shown |= tag in _SHOWN
                self.read(child)

    def _run(self, run: _Element) -> None:
        properties = run.find(f"{_W}rPr")
        words: list[str] = []
        for child in run:
            if child.tag == f"{_W}t":
                words.append(child.text or "")
            elif child.tag in (f"{_W}tab", f"{_W}cr"):
                words.append(" ")
            elif child.tag == f"{_MC}AlternateContent":
                for choice in child.iterfind(f"{_MC}Choice"):
                    self._drawn(choice)
            elif child.tag in _SHOWN:
                self._drawn(child)
        text = "".join(words)
        self.said.append(text)
        if spoken := self.reading.spoken(text).strip():
            self.runs.append(
                Run(
                    words=spoken,
                    ink=self.reading.palette.ink(self.style, properties),
                    ground=self.reading.palette.ground(properties),
                )
            )

    def _drawn(self, element: _Element) -> None:
        self.is_shown = True
        boxes = list(element.iter(f"{_W}txbxContent"))
        for box in boxes:
            self.reading.spots.enter("txbxContent")
            self.boxes.append(self.reading.blocks(box))
            self.reading.spots.leave("txbxContent")
        for anchor in element.iter(f"{_WP}inline", f"{_WP}anchor"):
            said = anchor.find(f"{_WP}docPr")
            if said is not None and not boxes:
                self.pictures.append(
                    Picture(
                        alternative=str(said.get("descr", "") or said.get("title", "")),
                        is_decorative=_is_decorative(said),
                        floats=anchor.tag == f"{_WP}anchor",
                    )
                )
        for shape in element.iter(f"{_V}shape"):
            if shape.find(f"{_V}imagedata") is not None:
                self.pictures.append(
                    Picture(
                        alternative=str(shape.get("alt", "")),
                        is_decorative=False,
                        floats="absolute" in str(shape.get("style", "")),
                    )
                )


def _within(element: _Element, name: str) -> Iterator[_Element]:
    """
    Yield the rows of a table or the cells of a row, those in content controls included.
    """
    for child in element:
        if child.tag == f"{_W}{name}":
            yield child
        elif child.tag in _HOLDERS:
            yield from _within(child, name)


def _value(element: _Element | None, default: str = "") -> str:
    return default if element is None else str(element.get(f"{_W}val", default))


def _colour(element: _Element | None, name: str) -> str:
    said = "" if element is None else str(element.get(f"{_W}{name}", ""))
    return said.upper() if re.fullmatch("[0-9A-Fa-f]{6}", said) else ""


def _is_listed(properties: _Element | None) -> bool:
    number = None if properties is None else properties.find(f"{_W}numPr/{_W}numId")
    return number is not None and _value(number) != "0"


def _is_decorative(said: _Element) -> bool:
    return any(
        str(one.tag).endswith("}decorative") and str(one.get("val", "")) in ("1", "true")
        for one in said.iter()
    )
