"""
What else a template may have that a paper should not: notes, revisions, missing styles.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from peerkit.errors import Problem
from peerkit_docx.access.outline import paragraphs_of
from peerkit_docx.access.reading import outline_of
from peerkit_docx.markup.styles import STYLES
from peerkit_docx.preparing.tags import W
from peerkit_docx.problems import (
    TEMPLATE_NOTE,
    TEMPLATE_REVISIONS,
    TEMPLATE_STYLE,
    TEMPLATE_STYLE_ABSENT,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from peerkit_docx.preparing.examining import Examined, Part

__all__ = ["note_problems", "revision_problems", "style_problems"]

# What authors of templates leave for authors of papers.
_NOTES = re.compile(
    r"x{4,}"
    r"|\[(?:insert|enter|add|name|date|title|job title|text|delete|select|type|your)\b[^\]]*\]"
    r"|\bclick or tap (?:here )?to\b"
    r"|\bthis section (?:should|must|is to|explains? (?:what|how|why))\b"
    r"|\b(?:remove|delete) (?:this|for|if|as|where|when|before)\b"
    r"|\bdelete as appropriate\b"
    r"|\blorem ipsum\b"
    r"|\bguidance note\b"
    r"|\btemplate note\b",
    re.IGNORECASE,
)
_REVISIONS = {
    "ins": "an insertion that was tracked",
    "del": "a deletion that was tracked",
    "moveFrom": "a move that was tracked",
    "moveTo": "a move that was tracked",
    "commentReference": "a comment",
}


def note_problems(found: Examined) -> Iterator[Problem]:
    """
    Yield the words that read like notes to the author of a paper.
    """
    for part in found.parts:
        outline = outline_of(part.root, part.words, found.styling.palette, is_template=True)
        for blocks in outline.groups:
            for paragraph in paragraphs_of(blocks):
                if note := _NOTES.search(paragraph.words):
                    yield Problem(
                        kind=TEMPLATE_NOTE,
                        message=f"“{note[0]}” reads like a note to the author; every paper would say it.",
                        where=paragraph.spot,
                        excerpt=paragraph.words,
                    )


def revision_problems(found: Examined) -> Iterator[Problem]:
    """
    Yield what was tracked or commented, once for each kind and part.
    """
    for part in found.parts:
        for name, said in _REVISIONS.items():
            count = sum(1 for _ in part.root.iter(f"{W}{name}"))
            if count:
                more = f", {count} times" if count > 1 else ""
                yield Problem(
                    kind=TEMPLATE_REVISIONS,
                    message=f"It holds {said}{more}; every paper would show it.",
                    where=part.words,
                )


def style_problems(found: Examined) -> Iterator[Problem]:
    """
    Yield the styles that papers are drawn through, and that are missing or of another kind.

    Only a template that draws whole blocks needs them.
    """
    if not any(_draws(part) for part in found.parts):
        return
    styling = found.styling
    has = {**styling.ids, "list": styling.lists}
    for one in STYLES:
        name = one.name.casefold()
        if name in has[one.kind]:
            continue
        other = next((kind for kind, names in has.items() if name in names), "")
        is_wrong = f" It is a {other} style." if other else ""
        yield Problem(
            kind=TEMPLATE_STYLE if one.needed or other else TEMPLATE_STYLE_ABSENT,
            message=f"There is no {one.kind} style named “{one.name}”, for {one.use}.{is_wrong}",
            where="styles",
        )


def _draws(part: Part) -> bool:
    return any(tag.opens == "{{" and tag.prefix == "p" for tag in part.tagged.tags)
