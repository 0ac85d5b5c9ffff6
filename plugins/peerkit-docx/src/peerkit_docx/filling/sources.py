"""
What a part of a template is turned into: a Jinja source that knows where each tag stands.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from peerkit.errors import Problem

if TYPE_CHECKING:
    from peerkit.errors import ProblemKind

__all__ = ["ANY_TAG", "BRACES", "BRACES_BACK", "TAG", "Source"]

# A tag of Jinja's: what opens it, a dash or plus, what it says, and what closes it.
TAG = re.compile(r"(\{\{|\{%)([-+]?)(.*?)([-+]?(?:\}\}|%\}))", re.DOTALL)
# Any tag at all, comments included. It ends before another of its kind, or each that is never
# closed would be looked for up to the end.
ANY_TAG = re.compile(
    r"\{\{(?:[^{}]++|\{(?!\{)|\}(?!\}))*+\}\}"
    r"|\{%(?:[^{%]++|\{(?!%)|%(?!\}))*+%\}"
    r"|\{#(?:[^{#]++|\{(?!#)|#(?!\}))*+#\}"
)

# Braces that belong to no tag travel through docxtpl and Jinja as private characters.
BRACES = {ord("{"): "\U000f7013", ord("}"): "\U000f7014"}
BRACES_BACK = {ord(hidden): chr(sign) for sign, hidden in BRACES.items()}

_SHOWN = 200


@attrs.frozen(kw_only=True)
class Source:
    """
    The Jinja source *text*, in which each tag begins a line behind its opener.

    *tags* are the tags as they were typed, and *spots* where they stand, by those lines.
    *part* is what places call the part.
    """

    part: str
    text: str
    tags: tuple[str, ...]
    spots: tuple[str, ...]

    def tag(self, line: int | None) -> str:
        """
        Return the tag on a *line*, empty if none is.
        """
        at = self._at(line)
        return "" if at is None else self.tags[at]

    def problem(self, kind: ProblemKind, line: int | None, said: str, mend: str) -> Problem:
        """
        Return the problem that *said*, a sentence without its stop, of the tag on a *line*.
        """
        tag = " ".join(self.tag(line).split())
        shown = f"{tag[:_SHOWN]}…" if len(tag) > _SHOWN else tag
        return Problem(
            kind=kind,
            message=f"{shown}: {said}." if shown else f"{said}.",
            mend=mend,
            where=self.part if (at := self._at(line)) is None else self.spots[at],
            excerpt=shown,
        )

    def _at(self, line: int | None) -> int | None:
        return None if line is None or not 0 <= line - 2 < len(self.tags) else line - 2
