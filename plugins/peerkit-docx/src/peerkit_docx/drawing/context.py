"""
What a template is filled with: the projection of the tree, its blocks as values.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from peerkit.document import Document, Name, Section, project
from peerkit_docx.markup.values import Blocks, Head

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["OWN_NAMES", "context", "own_names"]

OWN_NAMES = (
    Name(
        path="sections[].head",
        meaning="the heading as a paragraph in the style of its level, with its number",
        example="(paragraph)",
        whole=True,
    ),
)


def own_names() -> tuple[Name, ...]:
    """
    Return the names that Word templates have besides the shape of their paper.
    """
    return OWN_NAMES


def context(document: Document) -> dict[str, Any]:
    """
    Return the names that templates may use.
    """
    names = project(document)
    _sections(document.sections, names["sections"])
    done = ("sections", "section")
    return {key: one if key in done else _with_values(one) for key, one in names.items()}


def _sections(sections: Sequence[Section], projected: list[dict[str, Any]]) -> None:
    """
    Put values into *projected*, whose dicts are reached by order and by key alike.
    """
    for section, names in zip(sections, projected, strict=True):
        names.update((key, _said(one)) for key, one in names.items() if isinstance(one, str))
        level = names["level"]
        names["head"] = Head(section, level)
        names["body"] = Blocks(section.blocks, level)
        _sections(section.sections, names["sections"])


def _with_values(value: Any) -> Any:
    if type(value) is tuple:
        return Blocks(value)
    if type(value) is list:
        return [_with_values(one) for one in value]
    if type(value) is dict:
        return {key: _with_values(one) for key, one in value.items()}
    return _said(value) if isinstance(value, str) else value


def _said(text: str) -> str:
    # One of another class, such as markupsafe's, would be printed without being escaped.
    return text if type(text) is str else str.__str__(text)
