"""
Which words of a link say nothing of where it leads.
"""

from __future__ import annotations

__all__ = ["VAGUE", "is_vague"]

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
