"""
What can be told of a source before its tags are placed: what may turn out empty.

A first pass over the same pieces that `placing` reads, changing nothing. What is sure to
have words needs no watching while a paper is drawn.
"""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING, ClassVar, TypeVar

import attrs
from jinja2 import nodes

from peerkit_docx.filling.scanning import Close, Open, Scanner, Words, attribute_of
from peerkit_docx.problems import (
    ACCESS_COLOUR,
    ACCESS_EMPTY_HEADER,
    ACCESS_EMPTY_HEADING,
    ACCESS_SPACING,
    TEMPLATE_NO_CELLS,
    TEMPLATE_NO_ROWS,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from peerkit.errors import ProblemKind
    from peerkit_docx.filling.scanning import Element
    from peerkit_docx.markup.looks import Looks

__all__ = ["HOLDERS", "Survey", "survey"]

_OFF = ("0", "false", "off")
_Known = TypeVar("_Known")

# What must end in a paragraph.
HOLDERS = ("w:tc", "w:hdr", "w:ftr", "w:footnote", "w:endnote", "w:comment", "w:txbxContent")
_SHOWN = (
    "w:drawing", "w:pict", "w:object", "w:sym", "w:br", "w:fldChar", "w:fldSimple",
    "w:footnoteReference", "w:endnoteReference", "w:sectPr", "w:ptab", "m:oMath",
    "w:footnoteRef", "w:endnoteRef", "w:annotationRef", "w:separator", "w:continuationSeparator",
)  # fmt: skip


@attrs.define(eq=False)
class _Paragraph:
    depth: int
    level: int = 0
    is_sure: bool = False
    is_filled: bool = False
    holder: _Holder | None = None
    words: list[str] | None = attrs.field(factory=list)


@attrs.define(eq=False)
class _Holder:
    depth: int
    is_cell: bool = False
    paragraphs: int = 0
    ends_well: bool = False
    is_header: bool = False
    is_coloured: bool = False
    inks: dict[str, None] = attrs.field(factory=dict)


@attrs.define(eq=False)
class _Row:
    depth: int
    cells: int = 0
    width: int = 0
    is_loose: bool = False
    is_header: bool = False
    has_cell: bool = False


@attrs.define(eq=False)
class _Table:
    depth: int
    columns: int = 0
    is_loose: bool = False
    has_row: bool = False
    has_full_row: bool = False


@attrs.define(eq=False)
class Survey:
    """
    What was found, by the serial numbers of elements.

    *always* are the paragraphs without tags that are drawn whatever happens.
    """

    is_grid_loose: bool = False
    always: list[str] = attrs.field(factory=list)
    _marks: dict[int, ProblemKind | None] = attrs.field(factory=dict)
    _inks: dict[int, tuple[str, ...]] = attrs.field(factory=dict)

    def is_marked(self, serial: int) -> bool:
        """
        Tell whether the element may turn out empty.
        """
        return serial in self._marks

    def kind(self, serial: int) -> ProblemKind | None:
        """
        Return the problem that it would be if it did; None if that can be mended.
        """
        return self._marks[serial]

    def inks(self, serial: int) -> tuple[str, ...]:
        """
        Return the colours of the text in a cell.
        """
        return self._inks.get(serial, ())


def survey(parsed: nodes.Template, looks: Looks, *, is_watched: bool) -> Survey:
    """
    Return what may turn out empty in *parsed*; paragraphs only if it *is_watched*.
    """
    surveying = _Surveying(looks, is_watched)
    surveying.body(parsed.body)
    return surveying.found


@attrs.define(eq=False)
class _Surveying:
    looks: Looks
    is_watched: bool
    scanner: Scanner = attrs.field(factory=Scanner)
    found: Survey = attrs.field(factory=Survey)
    paragraphs: dict[int, _Paragraph] = attrs.field(factory=dict)
    holders: dict[int, _Holder] = attrs.field(factory=dict)
    rows: dict[int, _Row] = attrs.field(factory=dict)
    tables: dict[int, _Table] = attrs.field(factory=dict)
    ink: str = ""
    run_ink: str = ""

    def body(self, several: Iterable[nodes.Node]) -> None:
        for node in several:
            match node:
                case nodes.Output():
                    for child in node.nodes:
                        if isinstance(child, nodes.TemplateData):
                            self._data(child.data)
                        else:
                            self._print()
                            self.scanner.printed()
                case nodes.For():
                    self._arms(node.body, node.else_)
                case nodes.If():
                    self._arms(node.body, *(one.body for one in node.elif_), node.else_)
                case nodes.With():
                    self.body(node.body)

    def _arms(self, *arms: list[nodes.Node]) -> None:
        self.scanner.depth += 1
        for arm in arms:
            self.body(arm)
        self.scanner.depth -= 1

    def _data(self, data: str) -> None:
        try:
            for event in self.scanner.feed(data):
                match event:
                    case Open():
                        self._opened(event.element, empty=event.empty)
                    case Close():
                        self._closed(event.element)
                    case Words(text) if self._is_shown():
                        self._words(text)
        except ValueError:
            return  # told, with its place, when tags are placed

    def _words(self, text: str) -> None:
        paragraph = self._innermost(self.paragraphs)
        if paragraph is not None and paragraph.words is not None:
            paragraph.words.append(text)
        if text.strip():
            self._said(is_print=False)

    def _is_shown(self) -> bool:
        return bool(self.scanner.stack) and self.scanner.stack[-1].name in ("w:t", "m:t", "a:t")

    def _innermost(self, known: dict[int, _Known]) -> _Known | None:
        found = (known[one.serial] for one in reversed(self.scanner.stack) if one.serial in known)
        return next(found, None)

    # -- what is shown -------------------------------------------------------------

    def _print(self) -> None:
        position = self.scanner.position
        if position.attribute:
            if (position.element, position.attribute) == ("w:gridSpan", "w:val"):
                if (row := self._innermost(self.rows)) is not None:
                    row.is_loose = True
            elif (position.element, position.attribute) == ("w:shd", "w:fill"):
                self._colour()
        elif position.element in ("w:t", "m:t", "a:t"):
            self._said(is_print=True)
        elif (paragraph := self._innermost(self.paragraphs)) is not None:
            paragraph.is_filled = True
        elif (holder := self._innermost(self.holders)) is not None:
            # What is drawn into a cell ends in a paragraph, or is nothing.
            holder.ends_well &= holder.is_cell
            holder.paragraphs += 1

    def _said(self, *, is_print: bool) -> None:
        paragraph = self._innermost(self.paragraphs)
        if paragraph is not None:
            paragraph.is_filled = True
            if is_print or self.scanner.depth:
                paragraph.words = None
            if not is_print and self.scanner.depth == paragraph.depth:
                paragraph.is_sure = True
        holder = self._innermost(self.holders)
        if holder is not None:
            holder.inks[self.run_ink or self.ink or self.looks.ink] = None

    def _colour(self) -> None:
        above = [one.name for one in self.scanner.stack]
        if above[-1:] == ["w:tcPr"] and (holder := self._innermost(self.holders)) is not None:
            holder.is_coloured = True

    # -- elements ------------------------------------------------------------------

    def _opened(self, element: Element, *, empty: bool) -> None:
        name = element.name
        if any(one.name.endswith("Change") for one in self.scanner.stack):
            return  # what it was like before
        if name == "w:p":
            self._open_paragraph(element, empty=empty)
        elif name in self._OPENING:
            self._OPENING[name](self, element)
        elif name in HOLDERS and not empty:
            self.holders[element.serial] = _Holder(element.depth)
        else:
            self._open_text(name, element.raw)

    def _open_paragraph(self, element: Element, *, empty: bool) -> None:
        self.ink = ""
        holder = self._innermost(self.holders)
        if holder is not None:
            holder.paragraphs += 1
        if not empty:
            self.paragraphs[element.serial] = _Paragraph(element.depth, holder=holder)
        elif holder is not None:
            holder.ends_well |= element.depth == holder.depth

    def _open_cell(self, element: Element) -> None:
        row = self._innermost(self.rows)
        self.holders[element.serial] = _Holder(
            element.depth, is_cell=True, is_header=bool(row and row.is_header)
        )
        if row is not None:
            row.cells += 1
            row.width += 1
            row.is_loose |= element.depth != row.depth
            row.has_cell |= element.depth == row.depth

    def _open_table(self, element: Element) -> None:
        self.tables[element.serial] = _Table(element.depth)

    def _open_row(self, element: Element) -> None:
        self.rows[element.serial] = _Row(element.depth)

    def _open_header(self, element: Element) -> None:
        row = self._innermost(self.rows)
        if row is not None and attribute_of(element.raw, "w:val") not in _OFF:
            row.is_header = True

    def _open_column(self, element: Element) -> None:
        table = self._innermost(self.tables)
        if table is not None:
            table.columns += 1
            table.is_loose |= element.depth != table.depth

    def _open_span(self, element: Element) -> None:
        row, span = self._innermost(self.rows), attribute_of(element.raw, "w:val")
        if row is not None and span.isdecimal():
            row.width += int(span) - 1

    def _open_shade(self, element: Element) -> None:
        if attribute_of(element.raw, "w:fill").casefold() not in ("", "auto", "ffffff"):
            self._colour()

    _OPENING: ClassVar[dict[str, Callable[[_Surveying, Element], None]]] = {
        "w:tc": _open_cell,
        "w:tbl": _open_table,
        "w:tr": _open_row,
        "w:tblHeader": _open_header,
        "w:gridCol": _open_column,
        "w:gridSpan": _open_span,
        "w:shd": _open_shade,
    }

    def _open_text(self, name: str, raw: str) -> None:
        paragraph = self._innermost(self.paragraphs)
        if name == "w:r":
            self.run_ink = ""
        elif name == "w:pStyle":
            style = attribute_of(raw, "w:val")
            self.ink = self.looks.of(style)
            if paragraph is not None:
                paragraph.level = self.looks.level(0, name, style)
        elif name == "w:outlineLvl" and paragraph is not None:
            paragraph.level = self.looks.level(paragraph.level, name, attribute_of(raw, "w:val"))
        elif name == "w:rStyle":
            self.run_ink = self.looks.inks.get(attribute_of(raw, "w:val"), "")
        elif name == "w:color" and [one.name for one in self.scanner.stack[-2:]] == [
            "w:r",
            "w:rPr",
        ]:
            self.run_ink = attribute_of(raw, "w:val").upper()
        elif name in _SHOWN and paragraph is not None:
            paragraph.is_filled = True
            paragraph.is_sure |= self.scanner.depth == paragraph.depth

    def _closed(self, element: Element) -> None:
        serial, crosses = element.serial, self.scanner.depth != element.depth
        if serial in self.paragraphs:
            self._close_paragraph(self.paragraphs.pop(serial), serial, crosses=crosses)
        elif serial in self.holders:
            holder = self.holders.pop(serial)
            self.found._inks[serial] = tuple(holder.inks)  # noqa: SLF001 - it is being made here
            if not holder.ends_well and not crosses:
                self._mark(serial, None)
        elif serial in self.rows:
            row = self.rows.pop(serial)
            if not row.has_cell and not crosses:
                self._mark(serial, TEMPLATE_NO_CELLS)
            self._close_row(row, crosses=crosses)
        elif serial in self.tables:
            table = self.tables.pop(serial)
            if not table.has_row and not crosses:
                self._mark(serial, TEMPLATE_NO_ROWS)
            if table.is_loose or not table.has_full_row:
                self.found.is_grid_loose = True
            if (around := self._innermost(self.holders)) is not None:
                around.ends_well = False

    def _close_paragraph(self, paragraph: _Paragraph, serial: int, *, crosses: bool) -> None:
        holder = paragraph.holder
        if paragraph.words and not paragraph.depth and not crosses:
            self.found.always.append(unescape("".join(paragraph.words)))
        if holder is not None:
            holder.ends_well |= self.scanner.depth == holder.depth
        if self.is_watched and paragraph.is_filled and not paragraph.is_sure and not crosses:
            self._pending(paragraph, serial)

    def _pending(self, paragraph: _Paragraph, serial: int) -> None:
        """
        Mark a paragraph that may turn out empty, unless it may.
        """
        holder = paragraph.holder
        if paragraph.level:
            self._mark(serial, ACCESS_EMPTY_HEADING)
        elif holder is None or holder.paragraphs > 1:
            self._mark(serial, ACCESS_SPACING)
        elif holder.is_header:
            self._mark(serial, ACCESS_EMPTY_HEADER)
        elif holder.is_coloured:
            self._mark(serial, ACCESS_COLOUR)

    def _close_row(self, row: _Row, *, crosses: bool) -> None:
        table = self._innermost(self.tables)
        if table is None:
            return
        is_there = row.depth == table.depth
        table.has_row |= is_there
        table.has_full_row |= is_there and row.width == table.columns
        too_wide = row.cells > table.columns or row.width > table.columns
        table.is_loose |= row.is_loose or crosses or too_wide

    def _mark(self, serial: int, kind: ProblemKind | None) -> None:
        self.found._marks[serial] = kind  # noqa: SLF001 - it is being made here
