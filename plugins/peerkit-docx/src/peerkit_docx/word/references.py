"""
What refers to far places: links alone may, for everything else fetches what it refers to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from peerkit.errors import Problem
from peerkit_docx.problems import WORD_FETCHES
from peerkit_docx.word.elements import DRAWING, RELATIONS, WORDS
from peerkit_docx.word.spots import Spots, part_in_words
from peerkit_docx.word.xmlreading import is_markup, walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from peerkit_docx.word.opc import Relation

__all__ = ["reference_problems"]

_LINKS = frozenset({
    *(f"{space} hyperlink" for space in WORDS),
    *(f"{space} {name}" for space in DRAWING for name in ("hlinkClick", "hlinkHover", "hlinkMouseOver")),
})  # fmt: skip
_LINKED = frozenset(f"{space} id" for space in RELATIONS)
# Old drawings refer to parts without the namespace of relationships, too.
_REFERRING = (*(f"{space} " for space in RELATIONS), "urn:schemas-microsoft-com:")


def reference_problems(
    content: bytes, part: str, relations: tuple[Relation, ...], file: str
) -> Iterator[Problem]:
    """
    Yield what in the part *content* refers to an address outside and is no link.

    *part* is its name, *relations* are its relationships, *file* is what a fault of its
    XML calls it.

    Raises:
        PeerkitError: If it is no XML that can be read.
    """
    outside = {one.id: one.target for one in relations if one.external}
    if outside and is_markup(content):
        reading = _Reading(Spots(part_in_words(part)), outside)
        walk(content, file, start=reading.start, end=reading.end)
        yield from reading.found


@attrs.define
class _Reading:
    spots: Spots
    outside: Mapping[str, str]
    found: list[Problem] = attrs.field(factory=list)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        local = name.rpartition(" ")[2]
        self.spots.enter(local)
        for key, value in attributes.items():
            if value not in self.outside or not key.startswith(_REFERRING):
                continue
            if name not in _LINKS or key not in _LINKED:
                self.found.append(
                    Problem(
                        kind=WORD_FETCHES,
                        message=f"It would fetch “{self.outside[value]}” ({local}).",
                        mend="Put pictures into the file itself.",
                        where=self.spots.spot,
                    )
                )

    def end(self, name: str) -> None:
        self.spots.leave(name.rpartition(" ")[2])
