"""
What a template is filled with: the projection of the tree, its blocks as markup.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from peerkit.document import Block, Document, Name, Section, project
from peerkit_docx.filling.sandbox import Value

if TYPE_CHECKING:
    from peerkit_docx.markup.blocks import Pen

__all__ = ["OWN_NAMES", "context"]

OWN_NAMES = (
    Name(
        path="sections[].head",
        meaning="the heading as a paragraph in the style of its level, with its number",
        example="(paragraph)",
    ),
)


@attrs.frozen(eq=False)
class _Blocks(Value):
    """
    Blocks that are drawn where a template places them.
    """

    _pen: Pen
    _blocks: tuple[Block, ...]
    _level: int = 0

    def __bool__(self) -> bool:
        return bool(self._blocks)

    def __html__(self) -> str:
        return self._pen.blocks(self._blocks, self._level)


@attrs.frozen(eq=False)
class _Head(Value):
    """
    A section's heading, drawn where a template places it.
    """

    _pen: Pen
    _section: Section
    _level: int

    def __html__(self) -> str:
        return self._pen.heading_of(self._section, self._level)


def context(document: Document, pen: Pen) -> dict[str, Any]:
    """
    Return the names that templates may use, blocks drawn with *pen*.
    """
    names = project(document)
    _sections(document.sections, names["sections"], pen)
    done = ("sections", "section")
    return {key: one if key in done else _with_markup(one, pen) for key, one in names.items()}


def _sections(sections: tuple[Section, ...], projected: list[dict[str, Any]], pen: Pen) -> None:
    """
    Put markup into *projected*, whose dicts are reached by order and by key alike.
    """
    for section, names in zip(sections, projected, strict=True):
        level = names["level"]
        names["head"] = _Head(pen, section, level)
        names["body"] = _Blocks(pen, section.blocks, level)
        _sections(section.sections, names["sections"], pen)


def _with_markup(value: Any, pen: Pen) -> Any:
    if isinstance(value, tuple):
        return _Blocks(pen, value)
    if isinstance(value, list):
        return [_with_markup(one, pen) for one in value]
    if isinstance(value, dict):
        return {key: _with_markup(one, pen) for key, one in value.items()}
    return value
