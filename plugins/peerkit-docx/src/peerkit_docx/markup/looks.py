"""
What a template's styles mean for those who read: which are headings, how dark they print.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["BLACK", "MINIMUM", "WHITE", "Looks", "contrast"]

BLACK, WHITE = "000000", "FFFFFF"
MINIMUM = 4.5  # WCAG 2.2, 1.4.3


@attrs.frozen(kw_only=True)
class Looks:
    """
    The level of each style that is a heading, and the colour of each style's text, by id.

    *ink* is the colour of text in no style.
    """

    headings: Mapping[str, int] = attrs.field(factory=dict)
    inks: Mapping[str, str] = attrs.field(factory=dict)
    ink: str = BLACK

    def of(self, style: str) -> str:
        """
        Return the colour of the text of *style*.
        """
        return self.inks.get(style, self.ink)


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
