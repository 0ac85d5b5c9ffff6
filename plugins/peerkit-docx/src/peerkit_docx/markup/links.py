"""
Where a link may lead, and which words say nothing of where it does.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from peerkit_docx.problems import ACCESS_LINK_TEXT
from peerkit_docx.word.refusing import refusal
from peerkit_docx.word.xmlwriting import refuse_unfit

if TYPE_CHECKING:
    from peerkit.errors import Address

__all__ = ["VAGUE", "is_vague", "refuse_address", "refuse_vague"]

_WEB = re.compile(r"(?:https?://|mailto:)[^\s]+\Z", re.IGNORECASE)

VAGUE = frozenset({
    "click", "click here", "click this link", "continue", "details", "find out more", "follow this link",
    "further information", "go", "here", "learn more", "link", "more", "more information", "page",
    "read more", "read on", "see here", "see more", "this", "this link", "this page",
    "this website", "website",
})  # fmt: skip


def is_vague(words: str) -> bool:
    """
    Tell whether *words* alone do not say where a link leads.

    >>> is_vague("Click here."), is_vague("the action plan")
    (True, False)
    """
    return " ".join(words.casefold().strip(" .!:…»>").split()) in VAGUE


def refuse_address(href: str, address: Address | None) -> None:
    """
    Refuse a link to *href* if that is no address of the web or of mail.

    Raises:
        PeerkitError: If so; it names *address*.
    """
    refuse_unfit(href, "the address of a link")
    if not _WEB.match(href):
        raise refusal(
            f"A link leads to “{href}”, which is neither a web nor a mail address",
            address,
            "Begin it with https:// or mailto:.",
        )


def refuse_vague(words: str, address: Address | None) -> None:
    """
    Refuse a link whose *words* do not say where it leads.

    Raises:
        PeerkitError: If so; it names *address*.
    """
    if is_vague(words):
        raise refusal(
            f"The words of a link, “{words.strip()}”, do not say where it leads",
            address,
            "Write the title of what it leads to.",
            ACCESS_LINK_TEXT,
        )
