"""
Front sheets and tables: lines and columns as a council configures them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import attrs

from peerkit import Record
from peerkit.document import Column, Field, Fields, Row, Table, plain_text
from peerkit.errors import Address
from peerkit_committee.configuration import ColumnSettings, FrontSheet
from peerkit_committee.papers.common import Blocks, Composer, cell, in_order, same
from peerkit_committee.papers.names import template_key
from peerkit_committee.papers.parts import MORE, part_of

__all__ = ["Lines", "front_sheet", "in_boxes", "table"]

Lines = Iterable[tuple[str, str, Blocks]]


def front_sheet(
    composer: Composer,
    sheet: FrontSheet | None,
    record: Record,
    value: Callable[[str], Lines],
    *,
    key: str = "front_sheet",
) -> Blocks:
    """
    Return a front sheet as blocks; none if none is configured. Templates call it *key*.

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
            key=f"{name}{more_key}",
            label=f"{settings.label}{more_label}",
            value=said,
            address=record.address,
        )
        for name, settings in in_order(sheet.fields, sheet.order)
        if composer.shows(record, settings.when)
        for more_key, more_label, blocks in lines(part_of(name, settings.show))
        for said in [blocks if plain_text(blocks).strip() else unstated]
        if not (settings.if_stated and same(plain_text(said), composer.wording.not_stated))
    )
    first, second, *_ = *sheet.headings, "", ""
    made = Fields(
        key=key,
        caption=sheet.caption,
        headings=(first, second),
        fields=fields,
        address=record.address,
    )
    return (made,) if fields else ()


def in_boxes(sheet: Blocks) -> Blocks:
    """
    Return a front sheet as a proforma: its lines numbered from one.
    """
    return tuple(
        attrs.evolve(
            block,
            fields=tuple(
                attrs.evolve(field, label=f"{number}. {field.label}")
                for number, field in enumerate(block.fields, 1)
            ),
        )
        if isinstance(block, Fields)
        else block
        for block in sheet
    )


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
    told = tuple(columns)
    made = [
        (at, [part(part_of(name, settings.show)) for name, settings in told]) for at, part in rows
    ]
    shown = [
        index
        for index, (_, settings) in enumerate(told)
        if not (made and settings.if_stated) or any(_says(cells[index]) for _, cells in made)
    ]
    unstated = cell(composer.wording.not_stated)
    return Table(
        key=key,
        caption=caption,
        columns=tuple(
            Column(key=template_key(name), heading=settings.heading, width=settings.width)
            for name, settings in (told[index] for index in shown)
        ),
        rows=tuple(
            Row(
                cells=tuple(cells[one] if _says(cells[one]) else unstated for one in shown),
                address=at,
            )
            for at, cells in made
        ),
        empty=empty,
        address=address,
    )


def _says(blocks: Blocks) -> bool:
    return bool(plain_text(blocks).strip())
