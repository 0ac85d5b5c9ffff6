"""
The levels of headings, in the order they come by.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from peerkit_docx.problems import ACCESS_HEADING_SKIP, ACCESS_ONE_TITLE
from peerkit_docx.word.refusing import refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from peerkit.errors import Address, ProblemKind

__all__ = ["Headings", "heading_fault"]


def heading_fault(last: int, level: int, *, has_title: bool) -> tuple[ProblemKind, str, str] | None:
    """
    Return what is wrong with a heading of *level* behind one of *last*, 0 if it is the first.

    It is the kind of problem, a sentence without its stop, and what to do.
    """
    if level == 1 and has_title:
        return (
            ACCESS_ONE_TITLE,
            "There is a second heading of level 1",
            "Give it the style Heading 2 or a deeper one.",
        )
    if level > last + 1:
        before = f"a heading of level {last}" if last else "nothing"
        return (
            ACCESS_HEADING_SKIP,
            f"A heading of level {level} follows {before}",
            f"Give it the style Heading {last + 1}.",
        )
    return None


@attrs.define
class Headings:
    """
    Keeps count of the levels; refuses one that is left out, if it *is_gated*.

    *levels* are those of the template's styles. *last* is the level of the last heading of
    the body, 0 before the first.
    """

    is_gated: bool = True
    levels: Mapping[str, int] = attrs.field(factory=dict)
    is_counted: bool = True
    last: int = 0
    has_title: bool = False

    def fault(self, level: int) -> tuple[ProblemKind, str, str] | None:
        """
        Count a heading of *level*, and return what is wrong with it.
        """
        if not self.is_counted:
            return None
        found = heading_fault(self.last, level, has_title=self.has_title)
        self.last = level
        self.has_title |= level == 1
        return found if self.is_gated else None

    def count(self, style: str) -> None:
        """
        Count a paragraph of *style*, if it is a heading, whatever may be wrong with it.
        """
        if level := self.levels.get(style, 0):
            self.fault(level)

    def add(self, level: int, address: Address | None) -> None:
        """
        Count a heading of *level* that came from *address*.

        Raises:
            PeerkitError: If a level is left out, or it is a second title.
        """
        if found := self.fault(level):
            kind, message, mend = found
            raise refusal(message, address, mend, kind, "body")
