"""
What a reader could find in a Word file, and the proof that all of a tree is there.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import attrs

from peerkit.document import (
    Document,
    Fields,
    Figure,
    Heading,
    Link,
    Paragraph,
    Table,
    plain_text,
    walk_blocks,
    walk_sections,
)
from peerkit.errors import PeerkitError
from peerkit_docx.markup.tables import is_grid
from peerkit_docx.word.opc import relations_of
from peerkit_docx.word.packages import read_package
from peerkit_docx.word.refusing import begun
from peerkit_docx.word.xmlreading import walk

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

__all__ = [
    "property_texts",
    "refuse_loss",
    "refuse_unseen_notices",
    "targets",
    "texts",
    "texts_of",
    "tree_texts",
]

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
_A = "http://schemas.openxmlformats.org/drawingml/2006/main "
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships "

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
    return texts_of(read_package(data, "the Word document"), "the Word document")


def texts_of(package: Mapping[str, bytes], origin: str) -> tuple[str, ...]:
    """
    Return every string of *package*, as `texts` does; messages call it *origin*.
    """
    found: list[str] = []
    for part, content in package.items():
        if part.endswith((".xml", ".rels", ".vml")):
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
        if above in _RUNS or (name in _PARAGRAPHS and above in _PARAGRAPHS):
            raise PeerkitError(
                f"{begun(self.part)} has blocks that were placed inside a line of text.",
                mend="Write {{p name }} in a paragraph of its own.",
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
    Yield every text of *document* that is shown, each as a paragraph has it.
    """
    yield from (document.title, *document.notices)
    yield from (section.heading for _, section in walk_sections(document))
    for block in walk_blocks(document):
        match block:
            case Paragraph() | Heading():
                yield plain_text(block)
            case Table():
                yield block.caption
                yield from (column.heading for column in block.columns if is_grid(block))
                yield "" if is_grid(block) else block.empty
            case Fields():
                yield from (block.caption, *block.headings)
                yield from (field.label for field in block.fields)
            case Figure():
                yield from (block.caption, block.alternative)


def targets(document: Document) -> Iterator[str]:
    """
    Yield every address that *document* links to.
    """
    for block in walk_blocks(document):
        if isinstance(block, Paragraph | Heading):
            yield from _targets(block.inlines)


def property_texts(document: Document) -> Iterator[str]:
    """
    Yield every text of *document* that its properties tell.
    """
    properties = document.properties
    yield from (document.title, document.language)
    yield from (properties.author, properties.subject, *properties.keywords, properties.history)


def _targets(inlines: tuple[object, ...]) -> Iterator[str]:
    for inline in inlines:
        if isinstance(inline, Link):
            yield inline.href
        yield from _targets(getattr(inline, "inlines", ()))


def refuse_loss(document: Document, package: Mapping[str, bytes], origin: str) -> None:
    """
    Refuse a package in which a text of *document* is missing.

    A text that stands twice in the tree must stand twice in the paper. One that is no
    paragraph by itself, as a template may set it in a sentence, is looked for inside
    what nothing else has claimed.

    Raises:
        PeerkitError: If one is missing; *origin* is the template it was drawn with.
    """
    inside = {name: one for name, one in package.items() if not _is_property(name)}
    apart = {name: one for name, one in package.items() if _is_property(name)}
    shown = Counter(texts_of(inside, origin))
    told = set(texts_of(apart, origin))
    missing = [href for href in targets(document) if href not in shown]
    for text in tree_texts(document):
        if shown[text] > 0:
            shown[text] -= 1
        elif text:
            missing.append(text)
    left = "\0".join(shown.elements()) if missing else ""
    for text in sorted(missing, key=len, reverse=True):
        if text not in left:
            raise PeerkitError(
                f"{begun(origin)} leaves out a text of the paper: “{text[:200]}”.",
                mend="Place the section, field or table that holds it in the template.",
            )
        left = left.replace(text, "\0", 1)
    for text in property_texts(document):
        if text and not any(text in one for one in told):
            raise PeerkitError(f"A property of the paper was lost: “{text[:200]}”.")


def _is_property(part: str) -> bool:
    return part.startswith("docProps/")


# -- notices -----------------------------------------------------------------------


@attrs.define
class _Pages:
    """
    The running heads of one section: ids of headers and footers by kind of page.
    """

    heads: dict[tuple[str, str], str] = attrs.field(factory=dict)
    has_first: bool = False


def refuse_unseen_notices(
    notices: Collection[str], package: Mapping[str, bytes], main: str, origin: str
) -> None:
    """
    Refuse a file with a page, first and even ones included, that lacks one of *notices*.

    Raises:
        PeerkitError: If so; *origin* is the template it was drawn with.
    """
    if not notices:
        return
    targets = {one.id: one.target for one in relations_of(package, main, origin)}
    kinds = ["default"]
    if any(
        b"<w:evenAndOddHeaders" in package.get(part, b"")
        for part in targets.values()
        if "settings" in part
    ):
        kinds.append("even")
    heads: dict[tuple[str, str], str] = {}
    for pages in _sections(package[main], f"{origin}, {main}"):
        heads |= pages.heads  # what a section does not have, it takes from the one before
        for kind in [*kinds, *(["first"] if pages.has_first else [])]:
            parts = (
                targets.get(heads.get((place, kind), ""), "") for place in ("header", "footer")
            )
            seen = set(texts_of({part: package[part] for part in parts if part in package}, origin))
            for notice in notices:
                if not any(notice in text for text in seen):
                    raise PeerkitError(
                        f"{begun(origin)} has {kind} pages that do not say “{notice}”.",
                        mend="Put {%p for notice in notices %} into every header.",
                    )


def _sections(content: bytes, part: str) -> list[_Pages]:
    found: list[_Pages] = []

    def start(name: str, attributes: Mapping[str, str]) -> None:
        if name == f"{_W}sectPr":
            found.append(_Pages())
        elif name in (f"{_W}headerReference", f"{_W}footerReference"):
            place = name.rpartition(" ")[2].removesuffix("Reference")
            kind = attributes.get(f"{_W}type", "default")
            found[-1].heads[place, kind] = attributes.get(f"{_R}id", "")
        elif name == f"{_W}titlePg":
            found[-1].has_first = attributes.get(f"{_W}val", "1") not in ("0", "false", "off")

    walk(content, part, start=start)
    return found
