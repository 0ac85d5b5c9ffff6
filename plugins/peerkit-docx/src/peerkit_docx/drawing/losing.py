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
from peerkit_docx.word.seeing import Hiding, seen_in
from peerkit_docx.word.texts import texts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

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


def refuse_loss(
    document: Document,
    package: Mapping[str, bytes],
    origin: str,
    *,
    parts: Iterable[str] | None = None,
    hiding: Hiding | None = None,
) -> None:
    """
    Refuse a package in which a text of *document* is missing.

    Only *parts* are in sight, all if it is not told, and in them not what is *hiding*.

    A text that stands twice in the tree must stand twice in the paper. One that is no
    paragraph by itself, as a template may set it in a sentence, is looked for inside
    what nothing else has claimed. The alternative of a picture is not seen, but read out.

    Raises:
        PeerkitError: If one is missing; *origin* is the template it was drawn with.
    """
    inside = {name: one for name, one in package.items() if not _is_property(name)}
    apart = {name: one for name, one in package.items() if _is_property(name)}
    in_sight = inside if parts is None else parts
    shown = Counter(seen_in(inside, in_sight, hiding or Hiding(), origin))
    found = Counter(texts_of(inside, origin))
    told = set(texts_of(apart, origin))
    everything = "\0".join(found)
    unheard = [href for href in targets(document) if href not in everything]
    spoken = Counter(_alternatives(document))
    unheard += (spoken - found).elements()
    missing: list[str] = []
    for text in tree_texts(document):
        if spoken[text] > 0:
            spoken[text] -= 1
        elif shown[text] > 0:
            shown[text] -= 1
        elif text:
            missing.append(text)
    _refuse_missing(unheard[:1], "", origin)
    left = "\0".join(shown.elements()) if missing else ""
    _refuse_missing(missing, left, origin)
    for text in property_texts(document):
        if text and not any(text in one for one in told):
            raise PeerkitError(f"A property of the paper was lost: “{text[:200]}”.")


def _refuse_missing(missing: list[str], left: str, origin: str) -> None:
    for text in sorted(missing, key=len, reverse=True):
        if text not in left:
            raise PeerkitError(
                f"{begun(origin)} leaves out a text of the paper: “{text[:200]}”.",
                mend="Place the section, field or table that holds it in the template.",
            )
        left = left.replace(text, "\0", 1)


def _alternatives(document: Document) -> Iterator[str]:
    for block in walk_blocks(document):
        if isinstance(block, Figure):
            yield block.alternative


def _is_property(part: str) -> bool:
    return part.startswith("docProps/")
