"""
How a Word file reads to people who do not see it, or see it otherwise.

An outline is made of each part, of a template or of a finished paper, and rules look
at the outline. What can only be told while a template is filled is watched there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from peerkit_docx.access.reading import outline_of
from peerkit_docx.access.rules import body_problems, part_problems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from peerkit.errors import Problem
    from peerkit_docx.access.colours import Palette

__all__ = ["access_problems"]


def access_problems(
    root: _Element, part: str, palette: Palette, *, is_main: bool, is_template: bool
) -> Iterator[Problem]:
    """
    Yield what is hard to read in the part below *root*; *part* is what places call it.

    In a template tags stand for what they print, or vanish; anywhere else they are words.
    """
    outline = outline_of(root, part, palette, is_template=is_template)
    yield from part_problems(outline)
    if is_main:
        yield from body_problems(outline)
