"""
What styles of tables look like, region by region: header row, first column, bands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from peerkit_docx.access.shades import fill_of, ink_of, is_on

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element

__all__ = ["At", "TableLook", "regions_of", "table_look"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WHOLE = "wholeTable"

# What a table says of the regions it shows: the attribute, its bit in the older way to say
# so, and whether it is said of what is left out.
_SHOWN = {
    "firstRow": ("firstRow", 0x20, False),
    "lastRow": ("lastRow", 0x40, False),
    "firstCol": ("firstColumn", 0x80, False),
    "lastCol": ("lastColumn", 0x100, False),
    "rows": ("noHBand", 0x200, True),
    "columns": ("noVBand", 0x400, True),
}


@attrs.frozen(kw_only=True)
class At:
    """
    Where a cell is: its *row* and *column*, counted from 0, and how many there are.
    """

    row: int
    column: int
    rows: int
    columns: int


@attrs.frozen(kw_only=True, eq=False)
class TableLook:
    """
    The colours of text and of what is behind it, by region; empty where one does not say.
    """

    regions: Mapping[str, tuple[str, str]] = attrs.field(factory=dict)

    @property
    def is_banded(self) -> bool:
        """
        True if it matters which row of the table one is.
        """
        return any(one.startswith("band") or one == "lastRow" for one in self.regions)

    def of(self, at: At, shown: frozenset[str]) -> tuple[str, str]:
        """
        Return the two colours of the cell *at* a place, in a table that has regions *shown*.
        """
        ink = ground = ""
        for region in _regions_at(at, shown):
            own_ink, own_ground = self.regions.get(region, ("", ""))
            ink, ground = own_ink or ink, own_ground or ground
        return ink, ground


def table_look(chain: list[_Element]) -> TableLook:
    """
    Return the look of a style, which is the first of *chain*; the others it is based on.
    """
    regions: dict[str, tuple[str, str]] = {}
    for style in reversed(chain):
        for name, part in ((_WHOLE, style), *_parts(style)):
            ink, ground = regions.get(name, ("", ""))
            shade = part.find(f"{_W}tcPr/{_W}shd")
            own = "" if shade is None else fill_of(shade)
            regions[name] = (ink_of(part.find(f"{_W}rPr/{_W}color")) or ink, own or ground)
    return TableLook(regions={name: one for name, one in regions.items() if any(one)})


def _parts(style: _Element) -> Iterator[tuple[str, _Element]]:
    for part in style.iterfind(f"{_W}tblStylePr"):
        yield str(part.get(f"{_W}type", "")), part


def regions_of(table: _Element) -> frozenset[str]:
    """
    Return the regions that *table* shows of its style.
    """
    look = table.find(f"{_W}tblPr/{_W}tblLook")
    if look is None:
        return frozenset({"firstRow", "rows", "columns"})
    said = str(look.get(f"{_W}val", "0"))
    bits = int(said, 16) if said and not said.strip("0123456789abcdefABCDEF") else 0
    found = set()
    for region, (name, bit, is_left_out) in _SHOWN.items():
        own = look.get(f"{_W}{name}")
        if (bool(bits & bit) if own is None else is_on(str(own))) is not is_left_out:
            found.add(region)
    return frozenset(found)


def _regions_at(at: At, shown: frozenset[str]) -> Iterator[str]:
    """
    Yield the regions that a cell lies in, each stronger than those before.
    """
    yield _WHOLE
    is_first, is_last = at.row == 0, at.row == at.rows - 1
    is_left, is_right = at.column == 0, at.column == at.columns - 1
    if "columns" in shown:
        yield "band2Vert" if (at.column - ("firstCol" in shown)) % 2 else "band1Vert"
    if "rows" in shown:
        yield "band2Horz" if (at.row - ("firstRow" in shown)) % 2 else "band1Horz"
    edges = {"lastCol": is_right, "firstCol": is_left, "lastRow": is_last, "firstRow": is_first}
    yield from (name for name, there in edges.items() if there and name in shown)
