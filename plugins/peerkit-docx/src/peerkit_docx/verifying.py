"""
What a reader could find in a Word file, and the proof that all of a tree is there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

import attrs

from peerkit.document import (
    Block,
    Bullets,
    Document,
    Fields,
    Figure,
    Heading,
    Link,
    Paragraph,
    Quote,
    Table,
    plain_text,
    walk_sections,
)
from peerkit.errors import PeerkitError
from peerkit_docx.packages import read_package
from peerkit_docx.xmlreading import walk

__all__ = ["refuse_loss", "texts", "texts_of", "tree_texts"]

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
_A = "http://schemas.openxmlformats.org/drawingml/2006/main "

_PARAGRAPHS = frozenset({f"{_W}p", f"{_A}p"})
_RUNS = frozenset({f"{_W}t", f"{_A}t"})
_APART = frozenset({f"{_W}delText", f"{_W}instrText", f"{_W}delInstrText"})
_SIGNS = {
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
    return texts_of(read_package(data, "the Word document"))


def texts_of(package: Mapping[str, bytes]) -> tuple[str, ...]:
    """
    Return every string of *package*, as `texts` does.
    """
    found: list[str] = []
    for part, content in package.items():
        if part.endswith((".xml", ".rels", ".vml")):
            _Reading(part, found).read(content)
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
        if above in _RUNS or (name in _PARAGRAPHS and above in _PARAGRAPHS):
            raise PeerkitError(
                f"blocks were placed inside a line of text in {self.part}",
                mend="write {{p name }} in a paragraph of its own",
            )
        self.names.append(name)
        if name in _PARAGRAPHS:
            self.paragraphs.append([])
        elif name in _SIGNS and self.paragraphs and above != f"{_W}tabs":
            self.paragraphs[-1].append(_SIGNS[name])
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
        if name in _PARAGRAPHS:
            if whole := "".join(self.paragraphs.pop()):
                self.found.append(whole)
        elif self.said:
            whole = "".join(self.said)
            if name in _RUNS and self.paragraphs:
                self.paragraphs[-1].append(whole)
            elif name in _APART or whole.strip():
                self.found.append(whole)
        self.said.clear()


# -- the tree --------------------------------------------------------------------


def tree_texts(document: Document) -> Iterator[str]:
    """
    Yield every text of *document* as a paragraph, property or target has it.
    """
    yield from (document.title, *document.notices)
    properties = document.properties
    yield from (properties.author, properties.subject, document.language, *properties.keywords)
    yield from _said(document.front)
    for _, section in walk_sections(document):
        yield section.heading
        yield from _said(section.blocks)


def _said(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph() | Heading():
                yield plain_text(block)
                yield from _targets(block.inlines)
            case Bullets():
                for item in block.items:
                    yield from _said(item)
            case Quote():
                yield from _said(block.blocks)
            case Table():
                if not block.rows:
                    yield block.empty or block.caption
                    continue
                yield block.caption
                yield from (column.heading for column in block.columns)
                for row in block.rows:
                    for cell in row.cells:
                        yield from _said(cell)
            case Fields():
                yield from (block.caption, *block.headings)
                for field in block.fields:
                    yield field.label
                    yield from _said(field.value)
            case Figure():
                yield from (block.caption, block.alternative)


def _targets(inlines: tuple[object, ...]) -> Iterator[str]:
    for inline in inlines:
        if isinstance(inline, Link):
            yield inline.href
        yield from _targets(getattr(inline, "inlines", ()))


def refuse_loss(document: Document, found: tuple[str, ...], origin: str) -> None:
    """
    Refuse a file in which a text of *document* is missing.

    A text that stands twice in the tree must stand twice among *found*. One that is
    no paragraph by itself, as a template may set it in a sentence, is looked for anywhere.

    Raises:
        PeerkitError: If one is missing; *origin* is the template it was drawn with.
    """
    left = Counter(found)
    everything = ""
    for text in tree_texts(document):
        if left[text] > 0:
            left[text] -= 1
            continue
        everything = everything or "\0".join(found)
        if text not in everything:
            raise PeerkitError(
                f"{origin} leaves out a text of the paper: “{text[:200]}”",
                mend="place the section, field or table that holds it in the template",
            )
