"""
What of a file that was drawn is in sight: its parts, and the paragraphs in them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from peerkit_docx.word.opc import relations_of
from peerkit_docx.word.properties import APP, CORE
from peerkit_docx.word.seeing import hiding_of

if TYPE_CHECKING:
    from peerkit_docx.preparing.prepared import Prepared
    from peerkit_docx.word.seeing import Hiding

__all__ = ["hiding_in", "is_all_in_sight", "parts_in_sight"]

_WRITTEN_ANEW = (CORE, APP)
_NOTES = ("footnotes", "endnotes")
# What a source says where some of what is printed may not be seen, or is there twice.
_DOUBTFUL = ("AlternateContent", "<w:del ", "<w:moveFrom ")


def parts_in_sight(prepared: Prepared, origin: str) -> tuple[str, ...]:
    """
    Return the names of the parts that a reader sees: the body, headers, footers and notes.

    A header that no page has, and comments, are not. *origin* is what messages call it.
    """
    related = relations_of(prepared.parts, prepared.main, origin)
    notes = (one.target for one in related if one.kind in _NOTES and not one.external)
    pages = (part for page in prepared.pages for part in page.parts)
    return tuple(dict.fromkeys((prepared.main, *pages, *notes)))


def is_all_in_sight(prepared: Prepared, parts: tuple[str, ...]) -> bool:
    """
    Tell whether all that is printed into lines of text is printed once, into *parts* in sight.
    """
    return all(
        name in _WRITTEN_ANEW
        or (name in parts and not any(one in source.text for one in _DOUBTFUL))
        for name, source in prepared.sources.items()
    )


def hiding_in(prepared: Prepared, origin: str) -> Hiding:
    """
    Return what the styles of a template hide; *origin* is what messages call it.
    """
    return hiding_of(prepared.parts[prepared.styles], f"{origin}, {prepared.styles}")
