"""
What colour text has, and what is behind it, by the styles that a file has.

Kept out: how styles of tables differ from row to row; see `tables`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from peerkit_docx.access.shades import AUTOMATIC, fill_of, ink_of, is_on, value_of
from peerkit_docx.access.tables import TableLook, table_look

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element

    from peerkit_docx.markup.looks import Looks

__all__ = ["Palette", "palette_of"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DEEPEST = 20
_MARKERS = {
    "black": "000000", "blue": "0000FF", "cyan": "00FFFF", "green": "00FF00", "magenta": "FF00FF",
    "red": "FF0000", "yellow": "FFFF00", "white": "FFFFFF", "darkBlue": "00008B",
    "darkCyan": "008B8B", "darkGreen": "006400", "darkMagenta": "8B008B", "darkRed": "8B0000",
    "darkYellow": "808000", "darkGray": "A9A9A9", "lightGray": "D3D3D3",
}  # fmt: skip


@attrs.frozen(kw_only=True, eq=False)
class Palette:
    """
    The styles of a file by their ids: *lists* are those that are such, *inks* and *grounds*
    the colours of those that say one, *tables* the looks of those of tables.

    *normal* is the style of paragraphs that name none, *ink* the colour of text where no
    style has any.
    """

    looks: Looks
    lists: frozenset[str]
    tables: Mapping[str, TableLook]
    inks: Mapping[str, str]
    grounds: Mapping[str, str]
    normal: str
    ink: str

    @property
    def headings(self) -> Mapping[str, int]:
        """
        The level of each style that is a heading, by id.
        """
        return self.looks.headings

    def ink_of(self, style: str, properties: _Element | None, table: str = "") -> str:
        """
        Return the colour of a run in a paragraph of *style*, by its *properties*.

        *table* is the colour that the style of a table gives it, if it stands in one.
        """
        if properties is not None:
            named = value_of(properties.find(f"{_W}rStyle"))
            own = ink_of(properties.find(f"{_W}color")) or self.inks.get(named, "")
            if own:
                return own
        return self.inks.get(style or self.normal, "") or table or self.ink

    def ground_of(self, properties: _Element | None) -> str:
        """
        Return what is behind a run by its own *properties*, empty if they do not say.
        """
        if properties is None:
            return ""
        marker = properties.find(f"{_W}highlight")
        if marker is not None and (marked := _MARKERS.get(value_of(marker), "")):
            return marked
        shade = properties.find(f"{_W}shd")
        if shade is not None:
            return fill_of(shade)
        return self.grounds.get(value_of(properties.find(f"{_W}rStyle")), "")

    def paragraph_ground(self, style: str, properties: _Element | None) -> str:
        """
        Return what is behind a paragraph of *style*, by its *properties*.
        """
        shade = None if properties is None else properties.find(f"{_W}shd")
        return self.grounds.get(style or self.normal, "") if shade is None else fill_of(shade)

    def table(self, style: str) -> TableLook:
        """
        Return the look of tables of *style*.
        """
        return self.tables.get(style) or TableLook()


def palette_of(styles: _Element, looks: Looks) -> Palette:
    """
    Return the palette of a file with these *styles*.
    """
    known = {str(one.get(f"{_W}styleId", "")): one for one in styles.iter(f"{_W}style")}
    lists, tables, inks, grounds, normal = set(), {}, {}, {}, ""
    for name, style in known.items():
        chain, kind = _chain(name, known), style.get(f"{_W}type")
        if kind == "table":
            tables[name] = table_look(chain)
            continue
        inks[name] = next(
            filter(None, (ink_of(one.find(f"{_W}rPr/{_W}color")) for one in chain)), ""
        )
        grounds[name] = _ground(chain, "pPr" if kind == "paragraph" else "rPr")
        if any(one.find(f"{_W}pPr/{_W}numPr") is not None for one in chain):
            lists.add(name)
        if kind == "paragraph" and is_on(style.get(f"{_W}default")):
            normal = name
    default = styles.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr/{_W}color")
    return Palette(
        looks=looks,
        lists=frozenset(lists),
        tables=tables,
        inks=inks,
        grounds=grounds,
        normal=normal,
        ink=ink_of(default) or AUTOMATIC,
    )


def _chain(style: str, known: Mapping[str, _Element]) -> list[_Element]:
    found: list[_Element] = []
    while style in known and len(found) < _DEEPEST:
        found.append(known[style])
        style = value_of(known[style].find(f"{_W}basedOn"))
    return found


def _ground(chain: list[_Element], properties: str) -> str:
    shades = (one.find(f"{_W}{properties}/{_W}shd") for one in chain)
    return next((fill_of(one) for one in shades if one is not None), "")
