"""
The cheap proof that nothing of a tree is lost: all of it was drawn, or printed as it is.

It says yes only where reading the finished file would say yes, too; where it cannot
tell, the file is read; see `losing`.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from peerkit.document import inner_blocks, walk_sections
from peerkit_docx.drawing.losing import block_targets, own_texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from peerkit.document import Block, Document
    from peerkit_docx.drawing.drawn import Drawn

__all__ = ["is_proven"]

_NEVER = "\0"  # a text that nothing prints


def is_proven(document: Document, made: Drawn) -> bool:
    """
    Tell whether all texts of *document* were drawn or printed, each as often as it stands there.
    """
    if made.has_code:
        return False
    said = Counter(made.said)
    said.update(made.always)
    return all(_taken(text, said) for text in _left(document, made))


def _taken(text: str, said: Counter[str]) -> bool:
    if not text:
        return True
    said[text] -= 1
    return said[text] >= 0


def _left(document: Document, made: Drawn) -> Iterator[str]:
    """
    Yield the texts that were not drawn as whole blocks.
    """
    drawn = Counter(map(id, made.pen.drawn))
    headed = Counter(map(id, made.pen.headed))
    yield from (document.title, *document.notices)
    yield from _blocks_left(document.front, drawn)
    for _, section in walk_sections(document):
        if headed[id(section)] > 0:
            headed[id(section)] -= 1
        else:
            yield section.heading
        yield from _blocks_left(section.blocks, drawn)


def _blocks_left(blocks: tuple[Block, ...], drawn: Counter[int]) -> Iterator[str]:
    if drawn[id(blocks)] > 0:
        drawn[id(blocks)] -= 1
        return
    for block in blocks:
        yield from own_texts(block)
        if any(block_targets(block)):
            yield _NEVER  # a link that was not drawn leads nowhere
        for inner in inner_blocks(block):
            yield from _blocks_left(inner, drawn)
