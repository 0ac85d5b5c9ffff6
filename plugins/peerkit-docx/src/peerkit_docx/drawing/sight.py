"""
What of a file that was drawn is in sight: its parts, and the paragraphs in them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from peerkit_docx.word.opc import relations_of
from peerkit_docx.word.properties import APP, CORE
from peerkit_docx.word.seeing import Hiding, hiding_of

if TYPE_CHECKING:
    from peerkit_docx.preparing.prepared import Prepared

__all__ = ["Sight", "sight_of"]

_WRITTEN_ANEW = (CORE, APP)
_NOTES = ("footnotes", "endnotes")
# What a source says where some of what is printed may not be seen, or is there twice.
_DOUBTFUL = ("AlternateContent", "<w:del ", "<w:moveFrom ", "vanish")


@attrs.frozen
class Sight:
    """
    The *parts* that a reader sees, and the styles that are *hiding* something in them.

    It *is_whole* if all that is printed into lines of text is printed once, and seen.
    """

    parts: tuple[str, ...]
    hiding: Hiding
    is_whole: bool


def sight_of(prepared: Prepared, origin: str) -> Sight:
    """
    Return what is in sight of papers that *prepared* gives; *origin* is what messages call it.

    A header that no page has, and comments, are not.
    """
    related = relations_of(prepared.parts, prepared.main, origin)
    notes = (one.target for one in related if one.kind in _NOTES and not one.external)
    pages = (part for page in prepared.pages for part in page.parts)
    parts = tuple(dict.fromkeys((prepared.main, *pages, *notes)))
    hiding = hiding_of(prepared.parts[prepared.styles], f"{origin}, {prepared.styles}")
    is_whole = hiding == Hiding() and all(
        name in _WRITTEN_ANEW
        or (name in parts and not any(one in source.text for one in _DOUBTFUL))
        for name, source in prepared.sources.items()
    )
    return Sight(parts, hiding, is_whole)
