"""
What a template's styles mean for those who read: which are headings, how dark they print.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["AUTOMATIC", "BLACK", "BODY", "MINIMUM", "WHITE", "Looks", "contrast", "printed_ink"]

BLACK, WHITE = "000000", "FFFFFF"
AUTOMATIC = "auto"  # Word's choice, by what is behind the text
_DARK = 62  # of 255: on what is no brighter, Word sets such text in white
BODY = 9  # the level of an outline that is no heading
MINIMUM = 4.5  # WCAG 2.2, 1.4.3


@attrs.frozen(kw_only=True)
class Looks:
    """
    The level of each style that is a heading, and the colour of each style's text, by id.

    *ink* is the colour of text in no style.
    """

    headings: Mapping[str, int] = attrs.field(factory=dict)
    inks: Mapping[str, str] = attrs.field(factory=dict)
    ink: str = AUTOMATIC

    def of(self, style: str) -> str:
        """
        Return the colour of the text of *style*.
        """
        return self.inks.get(style, self.ink)

    def level(self, before: int, name: str, said: str) -> int:
        """
        Return the level of a paragraph's heading, which was *before* till its element *name*
        *said* something.
        """
        if name == "w:pStyle":
            return self.headings.get(said, 0)
        if name == "w:outlineLvl" and said.isdecimal():
            return int(said) + 1 if int(said) < BODY else 0
        return before


def printed_ink(ink: str, ground: str) -> str:
    """
    Return the colour that *ink* is printed in on *ground*, six hexadecimal digits each.

    >>> printed_ink("auto", "1F3864"), printed_ink("auto", "C0C0C0"), printed_ink("B00020", "FFFFFF")
    ('FFFFFF', '000000', 'B00020')
    """
    if ink.casefold() != AUTOMATIC:
        return ink
    red, green, blue = (int(ground[at : at + 2], 16) for at in (0, 2, 4))
    return WHITE if (76 * red + 151 * green + 29 * blue) >> 8 <= _DARK else BLACK


def contrast(one: str, other: str) -> float:
    """
    Return how far two colours, as six hexadecimal digits, stand apart (WCAG 2.2, 1.4.3).

    >>> contrast("000000", "FFFFFF")
    21.0
    """
    light, dark = sorted((_brightness(one), _brightness(other)), reverse=True)
    return round((light + 0.05) / (dark + 0.05), 2)


def _brightness(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    red, green, blue = (
        one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - WCAG's
        for one in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
