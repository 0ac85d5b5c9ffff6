"""
The proof that all of a tree is in a file, by all that a reader could find there.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

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
from peerkit_docx.word.refusing import begun
from peerkit_docx.word.texts import texts_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from peerkit.document import Block

__all__ = [
    "block_targets",
    "own_texts",
    "property_texts",
    "refuse_loss",
    "targets",
    "tree_texts",
]


def tree_texts(document: Document) -> Iterator[str]:
    """
    Yield every text of *document* that is shown, each as a paragraph has it.
    """
    yield from (document.title, *document.notices)
    yield from (section.heading for _, section in walk_sections(document))
    for block in walk_blocks(document):
        yield from own_texts(block)


def own_texts(block: Block) -> Iterator[str]:
    """
    Yield the texts of *block* itself, without those of blocks inside it.
    """
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
        yield from block_targets(block)


def block_targets(block: Block) -> Iterator[str]:
    """
    Yield every address that *block* itself links to.
    """
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
