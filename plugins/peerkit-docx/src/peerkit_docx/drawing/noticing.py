"""
The proof that every page says what it must.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from peerkit.errors import PeerkitError
from peerkit_docx.word.refusing import begun
from peerkit_docx.word.seeing import seen_in

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from peerkit_docx.preparing.prepared import Page
    from peerkit_docx.word.seeing import Hiding

__all__ = ["refuse_unseen_notices"]


def refuse_unseen_notices(
    notices: Collection[str],
    pages: Iterable[Page],
    parts: Mapping[str, bytes],
    hiding: Hiding,
    origin: str,
) -> None:
    """
    Refuse a file with a page, first and even ones included, that lacks one of *notices*.

    *parts* are the headers and footers as they were drawn. What is *hiding* does not count.

    Raises:
        PeerkitError: If so; *origin* is the template it was drawn with.
    """
    if not notices:
        return
    for page in pages:
        seen = set(seen_in(parts, page.parts, hiding, origin))
        for notice in notices:
            if not any(notice in text for text in seen):
                raise PeerkitError(
                    f"{begun(origin)} has {page.kind} pages that do not say “{notice}”.",
                    mend="Put {%p for notice in notices %} into every header.",
                )
