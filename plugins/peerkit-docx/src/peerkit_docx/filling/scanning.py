"""
Reading XML that is cut into pieces by tags: what is open where a tag stands.

Kept out: what follows from it; see `placing`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Close", "Element", "Event", "Open", "Position", "Scanner", "Words", "attribute_of"]

_WHOLE_TAG = re.compile(r"<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
_NAME = re.compile(r"</?([^\s/>]+)")
_IN_VALUE = re.compile(r"([\w:.-]+)\s*=\s*(\"[^\"]*|'[^']*)\Z")


@attrs.define(eq=False)
class Element:
    """
    An element that is open: its *name*, its start tag, and how deep in blocks it began.

    *serial* counts all elements of the part in the order they begin.
    """

    name: str
    raw: str
    depth: int
    serial: int


class Open(NamedTuple):
    """
    An element begins; its start tag ended at *end* of the piece. An *empty* one ends, too.
    """

    element: Element
    end: int
    empty: bool


class Close(NamedTuple):
    """
    An element ends; its end tag stood from *start* on in the piece.
    """

    element: Element
    start: int


class Words(NamedTuple):
    """
    Text between elements.
    """

    text: str
    end: int


Event = Open | Close | Words


@attrs.frozen
class Position:
    """
    Where a tag stands: inside the *attribute* of a start tag, or in an element.

    *names* are those of all open elements, the outermost first; *element* is the start
    tag that has begun, or the innermost one that is open.
    """

    names: tuple[str, ...]
    element: str
    attribute: str = ""


class Scanner:
    """
    Keeps what is open while pieces of XML are fed to it in order.
    """

    def __init__(self) -> None:
        self.stack: list[Element] = []
        self.pending = ""
        self.depth = 0
        self.lowest = 0
        self._count = 0

    def feed(self, piece: str) -> Iterator[Event]:
        """
        Read the next *piece*, yielding what comes by.

        Raises:
            ValueError: If an element ends that was not open.
        """
        at = 0
        if self.pending:
            whole = self.pending + piece
            found = _WHOLE_TAG.match(whole)
            if found is None:
                self.pending = whole
                return
            at = found.end() - len(self.pending)
            self.pending = ""
            yield from self._tag(found.group(), 0, at)
        while at < len(piece):
            if piece[at] != "<":
                end = piece.find("<", at)
                end = len(piece) if end < 0 else end
                yield Words(piece[at:end], end)
                at = end
                continue
            found = _WHOLE_TAG.match(piece, at)
            if found is None:
                self.pending = piece[at:]
                return
            yield from self._tag(found.group(), at, found.end())
            at = found.end()

    def _tag(self, raw: str, start: int, end: int) -> Iterator[Event]:
        found = _NAME.match(raw)
        if found is None:  # a declaration, which says nothing
            return
        name = found[1]
        if raw.startswith("</"):
            if not self.stack or self.stack[-1].name != name:
                raise ValueError(name)
            element = self.stack.pop()
            self.lowest = min(self.lowest, len(self.stack))
            yield Close(element, start)
            return
        self._count += 1
        element = Element(name, raw, self.depth, self._count)
        empty = raw.endswith("/>")
        if not empty:
            self.stack.append(element)
        yield Open(element, end, empty)

    def printed(self) -> None:
        """
        Take notice that something is printed here.
        """
        if self.pending:
            self.pending += "x"

    @property
    def position(self) -> Position:
        """
        Where the next piece begins.
        """
        names = tuple(one.name for one in self.stack)
        if self.pending:
            inside = _IN_VALUE.search(self.pending)
            name = _NAME.match(self.pending)
            return Position(names, name[1] if name else "", inside[1] if inside else "?")
        return Position(names, names[-1] if names else "")

    @property
    def state(self) -> tuple[tuple[str, ...], str, bool]:
        """
        What must be the same where a block ends as where it began.
        """
        position = self.position
        return position.names, position.attribute, bool(self.pending)


def attribute_of(raw: str, name: str) -> str:
    """
    Return the value of the attribute *name* in the start tag *raw*, empty if it has none.

    >>> attribute_of('<w:pStyle w:val="Heading1"/>', "w:val")
    'Heading1'
    """
    found = re.search(rf"\s{re.escape(name)}\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", raw)
    return (found[1] or found[2] or "") if found else ""
