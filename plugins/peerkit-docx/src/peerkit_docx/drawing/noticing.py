"""
The proof that every page says what it must.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from peerkit.errors import PeerkitError
from peerkit_docx.word.refusing import begun
from peerkit_docx.word.texts import texts_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from peerkit_docx.preparing.prepared import Page

__all__ = ["refuse_unseen_notices"]


def refuse_unseen_notices(
    notices: Collection[str], pages: Iterable[Page], parts: Mapping[str, bytes], origin: str
) -> None:
    """
    Refuse a file with a page, first and even ones included, that lacks one of *notices*.

    *parts* are the headers and footers as they were drawn.

    Raises:
        PeerkitError: If so; *origin* is the template it was drawn with.
    """
    if not notices:
        return
    for page in pages:
        shown = {name: parts[name] for name in page.parts if name in parts}
        seen = set(texts_of(shown, origin))
        for notice in notices:
            if not any(notice in text for text in seen):
                raise PeerkitError(
                    f"{begun(origin)} has {page.kind} pages that do not say “{notice}”.",
                    mend="Put {%p for notice in notices %} into every header.",
                )
