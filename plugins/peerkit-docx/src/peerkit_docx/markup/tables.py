"""
Tables and front sheets as WordprocessingML. Kept out: what stands in their cells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from peerkit.document import Cell, Fields, Table, Text, plain_text
from peerkit_docx.problems import ACCESS_EMPTY_HEADER
from peerkit_docx.word.refusing import refusal
from peerkit_docx.word.xmlwriting import attribute

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from peerkit.errors import Address, ProblemKind
    from peerkit_docx.markup.blocks import Pen

__all__ = ["front_sheet", "is_grid", "table"]

_FULL = 5_000  # fiftieths of a percent


def is_grid(table: Table) -> bool:
    """
    Tell whether *table* is drawn as one, or as the words that stand for its rows.

    One that someone typed into prose is drawn as typed, without rows if it has none.
    """
    return bool(table.rows) or _is_typed(table)


def _is_typed(table: Table) -> bool:
    return not table.key and not table.empty


def table(pen: Pen, table: Table, *, body: str, is_in_cell: bool) -> str:
    """
    Return *table* with its caption, drawn with *pen*; *body* is the style around it.

    Raises:
        PeerkitError: If it lies in a cell, if a heading is empty and everyone is to read
            it, or if a cell of a composed one is.
    """
    if is_in_cell:
        raise refusal("A table lies inside another table's cell", table.address, "Take it out.")
    above = pen.captioned(table.caption, table.name, table.address)
    if not is_grid(table):
        if not table.empty.strip():
            raise refusal(
                "A table has no rows, and no words to say so", table.address, "Give them."
            )
        return above + pen.paragraph(body, pen.said((Text(table.empty),), table.address))
    is_typed = _is_typed(table)
    kind = ACCESS_EMPTY_HEADER if is_typed else None
    unread = is_typed and not pen.headings.is_gated
    headings = [
        _words(pen, "Table Heading", column.heading, table.address, may_be_empty=unread, kind=kind)
        for column in table.columns
    ]
    rows = [
        [
            _cell(pen, cell, row.address or table.address, column.heading, may_be_empty=is_typed)
            for cell, column in zip(row.cells, table.columns, strict=True)
        ]
        for row in table.rows
    ]
    widths = [column.width for column in table.columns]
    return above + _grid(pen, table.caption, widths, headings, rows, first_column=False)


def front_sheet(pen: Pen, fields: Fields, *, is_in_cell: bool) -> str:
    """
    Return *fields* as a table with its caption, drawn with *pen*.

    Raises:
        PeerkitError: If they lie in a cell, or one is empty.
    """
    if is_in_cell:
        raise refusal("A front sheet lies inside a table's cell", fields.address, "Take it out.")
    if not fields.fields:
        raise refusal("A front sheet has no fields", fields.address, "Give it some or take it out.")
    headings = [_words(pen, "Table Heading", one, fields.address) for one in fields.headings]
    rows = [
        [
            _words(pen, "Table Label", field.label, field.address or fields.address),
            _cell(pen, field.value, field.address or fields.address, field.label),
        ]
        for field in fields.fields
    ]
    above = pen.captioned(fields.caption, "", fields.address)
    return above + _grid(pen, fields.caption, (3, 7), headings, rows, first_column=True)


def _cell(
    pen: Pen, cell: Cell, address: Address | None, column: str, *, may_be_empty: bool = False
) -> str:
    if len(cell) == 1 and (only := pen.plain("Table Text", cell[0])):
        return only
    if plain_text(cell).strip():
        return pen.cell(cell)
    if may_be_empty:
        return pen.paragraph("Table Text", "")
    raise refusal(
        f"A cell under “{column}” is empty", address, "Say in words that there is nothing to say."
    )


def _words(
    pen: Pen,
    style: str,
    words: str,
    address: Address | None,
    *,
    may_be_empty: bool = False,
    kind: ProblemKind | None = None,
) -> str:
    if words.strip():
        return pen.paragraph(style, pen.said((Text(words),), address))
    if may_be_empty:
        return pen.paragraph(style, "")
    raise refusal("A column or row of a table has no heading", address, "Give it one.", kind)


def _grid(
    pen: Pen,
    caption: str,
    widths: Sequence[int],
    headings: Iterable[str],
    rows: Iterable[Sequence[str]],
    *,
    first_column: bool,
) -> str:
    whole = sum(widths)
    shares = [_FULL * width // whole for width in widths]
    cells = [f'<w:tcPr><w:tcW w:w="{share}" w:type="pct"/></w:tcPr>' for share in shares]
    grid = "".join(f'<w:gridCol w:w="{pen.width * share // _FULL}"/>' for share in shares)
    titled = f'<w:tblCaption w:val="{attribute(caption)}"/>' if caption else ""

    def row(contents: Iterable[str], marked: str = "") -> str:
        drawn = "".join(
            f"<w:tc>{cell}{content}</w:tc>" for cell, content in zip(cells, contents, strict=True)
        )
        return f"<w:tr><w:trPr><w:cantSplit/>{marked}</w:trPr>{drawn}</w:tr>"

    style = pen.sheet.id("table", "Peerkit Table")
    styled = f'<w:tblStyle w:val="{style}"/>' if style else ""
    return (
        f"<w:tbl><w:tblPr>{styled}"
        f'<w:tblW w:w="{_FULL}" w:type="pct"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="{"04A0" if first_column else "0420"}" w:firstRow="1" w:lastRow="0" '
        f'w:firstColumn="{int(first_column)}" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
        f"{titled}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        f"{row(headings, '<w:tblHeader/>')}{''.join(map(row, rows))}</w:tbl>"
    )
