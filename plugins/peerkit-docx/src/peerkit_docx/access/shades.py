"""
Colours as a Word file says them: of text, of shading, and those it leaves to Word.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from peerkit_docx.markup.looks import AUTOMATIC, BLACK, WHITE

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["AUTOMATIC", "UNKNOWN", "fill_of", "ink_of", "is_on", "value_of"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_COLOUR = re.compile("[0-9A-Fa-f]{6}")
_PART = re.compile("pct([0-9]{1,2})")
_THEME_WHITE = ("background1", "light1")
UNKNOWN = "unknown"  # such as a picture: nothing can be said of text on it


def value_of(element: _Element | None, default: str = "") -> str:
    """
    Return what *element* says, *default* if it is not there.
    """
    return default if element is None else str(element.get(f"{_W}val", default))


def is_on(said: str | None) -> bool:
    """
    Tell whether a yes or no is yes; one that is there and says nothing is.
    """
    return said is not None and said not in ("0", "false", "off", "none")


def ink_of(colour: _Element | None) -> str:
    """
    Return the colour of text that a ``w:color`` says, empty for none.
    """
    if colour is None:
        return ""
    is_changed = colour.get(f"{_W}themeTint") or colour.get(f"{_W}themeShade")
    if colour.get(f"{_W}themeColor") in _THEME_WHITE and not is_changed:
        return WHITE  # whatever is written beside it, which Word does not look at
    said = value_of(colour)
    if _COLOUR.fullmatch(said):
        return said.upper()
    return AUTOMATIC if said == "auto" else ""


def fill_of(shade: _Element) -> str:
    """
    Return the colour of a ``w:shd``, empty for none.

    Word mixes it of two, as a pattern.
    """
    pattern, fill = value_of(shade), str(shade.get(f"{_W}fill", ""))
    over = str(shade.get(f"{_W}color", ""))
    ground = fill.upper() if _COLOUR.fullmatch(fill) else ""
    dots = over.upper() if _COLOUR.fullmatch(over) else BLACK
    if pattern == "solid":
        return dots
    if found := _PART.fullmatch(pattern):
        return _mixed(dots, ground or WHITE, int(found[1]) / 100)
    return ground


def _mixed(one: str, other: str, part: float) -> str:
    mixed = (
        round(int(one[at : at + 2], 16) * part + int(other[at : at + 2], 16) * (1 - part))
        for at in (0, 2, 4)
    )
    return "".join(f"{value:02X}" for value in mixed)
