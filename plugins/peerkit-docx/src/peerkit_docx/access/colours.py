"""
What colour text has, and what is behind it, by the styles that a file has.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from peerkit_docx.markup.looks import WHITE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element

    from peerkit_docx.markup.looks import Looks

__all__ = ["AUTOMATIC", "Palette", "palette_of"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_COLOUR = re.compile("[0-9A-Fa-f]{6}")
_DEEPEST = 20
AUTOMATIC = "auto"  # black on what is light, white on what is dark: always seen
_MARKERS = {
    "black": "000000", "blue": "0000FF", "cyan": "00FFFF", "green": "00FF00", "magenta": "FF00FF",
    "red": "FF0000", "yellow": "FFFF00", "white": "FFFFFF", "darkBlue": "00008B",
    "darkCyan": "008B8B", "darkGreen": "006400", "darkMagenta": "8B008B", "darkRed": "8B0000",
    "darkYellow": "808000", "darkGray": "A9A9A9", "lightGray": "D3D3D3",
}  # fmt: skip


@attrs.frozen(kw_only=True, eq=False)
class Palette:
    """
    *headings* and *lists* are the ids of styles that are such; *tables* tells by the id of
    a table's style what is behind its first row, and behind the others.
    """

    looks: Looks
    lists: frozenset[str]
    tables: Mapping[str, tuple[str, str]]

    @property
    def headings(self) -> Mapping[str, int]:
        """
        The level of each style that is a heading, by id.
        """
        return self.looks.headings

    def ink(self, style: str, properties: _Element | None) -> str:
        """
        Return the colour of a run in a paragraph of *style*, by its *properties*.
        """
        if properties is not None:
            own = properties.find(f"{_W}color")
            said = "" if own is None else str(own.get(f"{_W}val", ""))
            if said:
                return said.upper() if _COLOUR.fullmatch(said) else AUTOMATIC
            named = properties.find(f"{_W}rStyle")
            character = "" if named is None else str(named.get(f"{_W}val", ""))
            if character in self.looks.inks:
                return self.looks.inks[character]
        return self.looks.of(style)

    def ground(self, properties: _Element | None) -> str:
        """
        Return what is behind a run by its own *properties*, empty if they do not say.
        """
        if properties is None:
            return ""
        marker = properties.find(f"{_W}highlight")
        if marker is not None:
            return _MARKERS.get(str(marker.get(f"{_W}val", "")), "")
        return _fill(properties)

    def of_table(self, style: str, *, is_first: bool) -> str:
        """
        Return what is behind the cells of a row in a table of *style*, empty for nothing.
        """
        first, others = self.tables.get(style, ("", ""))
        return (first or others) if is_first else others


def palette_of(styles: _Element, looks: Looks) -> Palette:
    """
    Return the palette of a file with these *styles*.
    """
    known = {str(one.get(f"{_W}styleId", "")): one for one in styles.iter(f"{_W}style")}
    lists, tables = set(), {}
    for name, style in known.items():
        if style.get(f"{_W}type") == "table":
            tables[name] = (_first_row(name, known), _behind(name, known))
        elif any(one.find(f"{_W}pPr/{_W}numPr") is not None for one in _chain(name, known)):
            lists.add(name)
    return Palette(looks=looks, lists=frozenset(lists), tables=tables)


def _chain(style: str, known: Mapping[str, _Element]) -> list[_Element]:
    found: list[_Element] = []
    while style in known and len(found) < _DEEPEST:
        found.append(known[style])
        based = known[style].find(f"{_W}basedOn")
        style = "" if based is None else str(based.get(f"{_W}val", ""))
    return found


def _first_row(style: str, known: Mapping[str, _Element]) -> str:
    for one in _chain(style, known):
        for part in one.iterfind(f"{_W}tblStylePr"):
            if part.get(f"{_W}type") == "firstRow":
                properties = part.find(f"{_W}tcPr")
                if properties is not None and (found := _fill(properties)):
                    return found
    return ""


def _behind(style: str, known: Mapping[str, _Element]) -> str:
    for one in _chain(style, known):
        properties = one.find(f"{_W}tcPr")
        if properties is not None and (found := _fill(properties)):
            return found
    return ""


def _fill(properties: _Element) -> str:
    shade = properties.find(f"{_W}shd")
    said = "" if shade is None else str(shade.get(f"{_W}fill", ""))
    return said.upper() if _COLOUR.fullmatch(said) and said.upper() != WHITE else ""
