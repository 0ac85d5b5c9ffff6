"""
How a finished paper reads: its parts read whole, by the rules that templates are read by.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from peerkit_docx.access import access_problems
from peerkit_docx.access.colours import palette_of
from peerkit_docx.access.light import light_tree
from peerkit_docx.word.spots import part_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from peerkit.errors import Problem
    from peerkit_docx.access.colours import Palette
    from peerkit_docx.markup.looks import Looks

__all__ = ["finished_problems", "light_palette"]


def light_palette(styles: bytes, looks: Looks, where: str) -> Palette:
    """
    Return the palette of a file whose *styles* lie in the part *where*.

    Raises:
        PeerkitError: If they cannot be read.
    """
    return palette_of(light_tree(styles, where), looks)


def finished_problems(
    parts: Mapping[str, bytes], main: str, palette: Palette, origin: str
) -> Iterator[Problem]:
    """
    Yield what is hard to read in *parts* of a finished paper, of which one is *main*.

    Raises:
        PeerkitError: If one cannot be read; it names *origin* and the part.
    """
    for name, content in parts.items():
        root = light_tree(content, f"{origin}, {name}")
        yield from access_problems(
            root, part_in_words(name), palette, is_main=name == main, is_template=False
        )
