"""
Front sheets and tables: lines and columns as a council configures them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from peerkit import Record
from peerkit.document import Column, Field, Fields, Row, Table, plain_text
from peerkit.errors import Address
from peerkit_committee.configuration import ColumnSettings, FrontSheet
from peerkit_committee.papers.common import Blocks, Composer, cell, in_order, same
from peerkit_committee.papers.parts import MORE, part_of

__all__ = ["Lines", "front_sheet", "table"]

Lines = Iterable[tuple[str, str, Blocks]]


def front_sheet(
    composer: Composer,
    sheet: FrontSheet | None,
    record: Record,
    value: Callable[[str], Lines],
) -> Blocks:
    """
    Return a front sheet as blocks; none if none is configured.

    *value* takes a part and gives its lines: what to add to the key, what to add to
    the label, and the blocks. An empty line is said to be.
    """
    if sheet is None:
        return ()

    def lines(part: str) -> Lines:
        return [("", "", composer.more(record, part))] if part.startswith(MORE) else value(part)

    unstated = cell(composer.wording.not_stated, record.address)
    fields = tuple(
        Field(
            key=f"{key}{more_key}",
            label=f"{settings.label}{more_label}",
            value=said,
            address=record.address,
        )
        for key, settings in in_order(sheet.fields, sheet.order)
        if composer.shows(record, settings.when)
        for more_key, more_label, blocks in lines(part_of(key, settings.show))
        for said in [blocks if plain_text(blocks).strip() else unstated]
        if not (settings.if_stated and same(plain_text(said), composer.wording.not_stated))
    )
    first, second, *_ = *sheet.headings, "", ""
    made = Fields(
        key="front_sheet",
        caption=sheet.caption,
        headings=(first, second),
        fields=fields,
        address=record.address,
    )
    return (made,) if fields else ()


def table(
    composer: Composer,
    key: str,
    caption: str,
    columns: Iterable[tuple[str, ColumnSettings]],
    rows: Iterable[tuple[Address, Callable[[str], Blocks]]],
    *,
    empty: str,
    address: Address,
) -> Table:
    """
    Return a table; each row gives the blocks of a part. An empty cell is said to be.
    """
    shown = tuple(columns)

    def cells(part: Callable[[str], Blocks]) -> Iterator[Blocks]:
        for name, settings in shown:
            blocks = part(part_of(name, settings.show))
            yield blocks if plain_text(blocks).strip() else cell(composer.wording.not_stated)

    return Table(
        key=key,
        caption=caption,
        columns=tuple(
            Column(key=name, heading=settings.heading, width=settings.width)
            for name, settings in shown
        ),
        rows=tuple(Row(cells=tuple(cells(part)), address=at) for at, part in rows),
        empty=empty,
        address=address,
    )
