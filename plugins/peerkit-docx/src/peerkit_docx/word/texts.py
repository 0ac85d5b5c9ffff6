"""
What a reader could find in a Word file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from peerkit.errors import PeerkitError
from peerkit_docx.word.packages import read_package
from peerkit_docx.word.refusing import begun
from peerkit_docx.word.xmlreading import is_markup, walk

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["PARAGRAPHS", "SIGNS", "TEXTS", "texts", "texts_of"]

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
_A = "http://schemas.openxmlformats.org/drawingml/2006/main "

PARAGRAPHS = frozenset({f"{_W}p", f"{_A}p"})
TEXTS = frozenset({f"{_W}t", f"{_A}t"})
_APART = frozenset({f"{_W}delText", f"{_W}instrText", f"{_W}delInstrText"})
SIGNS = {
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_A}br": "\n",
    f"{_W}tab": "\t",
    f"{_W}noBreakHyphen": "\u2011",
    f"{_W}softHyphen": "\u00ad",
}
_SAYING = frozenset({
    "descr", "title", "alt", f"{_W}author", f"{_W}initials", f"{_W}tooltip", f"{_W}displayText",
})  # fmt: skip
_SAYING_VALUE = frozenset(
    _W + name for name in ("tblCaption", "tblDescription", "alias", "tag", "helpText", "statusText")
)
_RELATION = "http://schemas.openxmlformats.org/package/2006/relationships Relationship"


def texts(data: bytes) -> tuple[str, ...]:
    """
    Return every string that a reader could find in the .docx *data*.

    Paragraphs come with their runs joined, line breaks and tabs as characters; then
    alternative texts, field codes, deleted words, properties and link targets.

    Raises:
        PeerkitError: If *data* is not a package of well-formed parts.
    """
    return texts_of(read_package(data, "the Word document"), "the Word document")


def texts_of(package: Mapping[str, bytes], origin: str) -> tuple[str, ...]:
    """
    Return every string of *package*, as `texts` does; messages call it *origin*.
    """
    found: list[str] = []
    for part, content in package.items():
        if is_markup(content):
            _Reading(f"{origin}, {part}", found).read(content)
    return tuple(found)


@attrs.define
class _Reading:
    """
    One pass over one part; also proves that no block was put inside a run of text.
    """

    part: str
    found: list[str]
    paragraphs: list[list[str]] = attrs.field(factory=list)
    names: list[str] = attrs.field(factory=list)
    said: list[str] = attrs.field(factory=list)

    def read(self, content: bytes) -> None:
        walk(content, self.part, start=self.start, end=self.end, text=self.text)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        above = self.names[-1] if self.names else ""
        if above in TEXTS or (name in PARAGRAPHS and above in PARAGRAPHS):
            raise PeerkitError(
                f"{begun(self.part)} has blocks that were placed inside a line of text.",
                mend="Write {{p name }} in a paragraph of its own.",
            )
        self.names.append(name)
        if name in PARAGRAPHS:
            self.paragraphs.append([])
        elif name in SIGNS and self.paragraphs and above != f"{_W}tabs":
            self.paragraphs[-1].append(SIGNS[name])
        if attributes:
            self._attributes(name, attributes)
        self.said.clear()

    def _attributes(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == _RELATION:
            if attributes.get("TargetMode") == "External":
                self.found.append(attributes.get("Target", ""))
            return
        self.found.extend(attributes[one] for one in attributes.keys() & _SAYING if attributes[one])
        if name in _SAYING_VALUE:
            self.found.append(attributes.get(f"{_W}val", ""))

    def text(self, text: str) -> None:
        self.said.append(text)

    def end(self, name: str) -> None:
        self.names.pop()
        if name in PARAGRAPHS:
            if whole := "".join(self.paragraphs.pop()):
                self.found.append(whole)
        elif self.said:
            whole = "".join(self.said)
            if name in TEXTS and self.paragraphs:
                self.paragraphs[-1].append(whole)
            elif name in _APART or whole.strip():
                self.found.append(whole)
        self.said.clear()
