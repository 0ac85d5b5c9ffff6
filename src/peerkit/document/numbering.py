"""
Numbers are given once, in the tree, and are the same in every format.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import attrs

from peerkit.document.tree import (
    Block,
    Bullets,
    Document,
    Emphasis,
    Field,
    Fields,
    Figure,
    Heading,
    Inline,
    Link,
    Paragraph,
    Quote,
    Reference,
    Row,
    Section,
    Strong,
    Table,
    walk_block,
)
from peerkit.errors import PeerkitError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from peerkit.errors import Address

__all__ = ["SCHEMES", "ReferenceProblem", "numbered"]

SCHEMES: dict[str, str] = {
    "through": "paragraphs are numbered 1, 2, 3 … through the whole paper",
    "decimal": "headings are numbered 1, 2 … and paragraphs 1.1, 1.2 … by section",
    "none": "nothing is numbered",
}


class ReferenceProblem(PeerkitError):  # noqa: N818 - it is a problem of the user's text
    """
    A cross-reference leads nowhere, or two blocks have one name.

    *address* is where the reference or the second block came from.
    """

    def __init__(self, message: str, address: Address | None, *, mend: str = "") -> None:
        super().__init__(message, mend=mend)
        self.address = address


def numbered(document: Document) -> Document:
    """
    Return *document* with every number given and every reference resolved.

    Raises:
        ReferenceProblem: If a reference names no block, a block without a
            number, or a name that two blocks bear.

    >>> from peerkit.document import Properties, Text
    >>> paragraph = Paragraph(inlines=(Text("a"),), is_numbered=True)
    >>> section = Section(key="s", heading="S", blocks=(paragraph, paragraph))
    >>> document = Document(paper="p", title="T", language="en-GB",
    ...     properties=Properties(author="A"), sections=(section,))
    >>> [block.number for block in numbered(document).sections[0].blocks]
    ['1', '2']
    """
    count = itertools.count(1)
    names = _Names()
    front = names.blocks(document.front, _no_number)
    sections = tuple(
        names.section(section, index, document.numbering, count)
        for index, section in enumerate(document.sections, 1)
    )
    resolve = _Resolver(names.numbers)
    return attrs.evolve(
        document,
        front=resolve.blocks(front),
        sections=tuple(resolve.section(section) for section in sections),
    )


def _no_number() -> str:
    return ""


@attrs.define
class _Names:
    numbers: dict[str, str] = attrs.field(factory=dict)

    def section(self, section: Section, index: int, scheme: str, count: Iterator[int]) -> Section:
        match scheme:
            case "decimal":
                inside = itertools.count(1)
                return self.inner(section, str(index), lambda: f"{index}.{next(inside)}")
            case "through":
                return self.inner(section, "", lambda: str(next(count)))
            case _:
                return self.inner(section, "", _no_number)

    def inner(self, section: Section, number: str, give: Callable[[], str]) -> Section:
        self.remember(section.name, number, section.address)
        return attrs.evolve(
            section,
            number=number,
            blocks=self.blocks(section.blocks, give),
            sections=tuple(self.inner(inner, "", give) for inner in section.sections),
        )

    def blocks(self, blocks: tuple[Block, ...], give: Callable[[], str]) -> tuple[Block, ...]:
        return tuple(self.block(block, give) for block in blocks)

    def block(self, block: Block, give: Callable[[], str]) -> Block:
        if isinstance(block, Paragraph) and block.is_numbered:
            block = attrs.evolve(block, number=give())
        # What lies inside lists, quotes and cells has no number, but may have a name.
        for part in walk_block(block):
            if isinstance(part, Paragraph | Table | Figure):
                self.remember(part.name, part.number, part.address)
        return block

    def remember(self, name: str, number: str, address: Address | None) -> None:
        if name in self.numbers:
            raise ReferenceProblem(
                f"Two parts of the paper are named “{name}”.",
                address,
                mend="Give each part a name of its own.",
            )
        if name:
            self.numbers[name] = number


@attrs.frozen
class _Resolver:
    names: dict[str, str]

    def section(self, section: Section) -> Section:
        return attrs.evolve(
            section,
            blocks=self.blocks(section.blocks),
            sections=tuple(self.section(inner) for inner in section.sections),
        )

    def blocks(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        return tuple(self.block(block) for block in blocks)

    def block(self, block: Block) -> Block:
        match block:
            case Paragraph() | Heading():
                return attrs.evolve(block, inlines=self.inlines(block.inlines, block.address))
            case Bullets():
                return attrs.evolve(block, items=tuple(self.blocks(item) for item in block.items))
            case Quote():
                return attrs.evolve(block, blocks=self.blocks(block.blocks))
            case Table():
                return attrs.evolve(block, rows=tuple(self.row(row) for row in block.rows))
            case Fields():
                return attrs.evolve(
                    block, fields=tuple(self.field(field) for field in block.fields)
                )
            case _:
                return block

    def row(self, row: Row) -> Row:
        return attrs.evolve(row, cells=tuple(self.blocks(cell) for cell in row.cells))

    def field(self, field: Field) -> Field:
        return attrs.evolve(field, value=self.blocks(field.value))

    def inlines(self, inlines: tuple[Inline, ...], address: Address | None) -> tuple[Inline, ...]:
        return tuple(self.inline(inline, address) for inline in inlines)

    def inline(self, inline: Inline, address: Address | None) -> Inline:
        match inline:
            case Reference():
                return attrs.evolve(inline, number=self.number_of(inline.to, address))
            case Strong() | Emphasis() | Link():
                changes: dict[str, Any] = {"inlines": self.inlines(inline.inlines, address)}
                return attrs.evolve(inline, **changes)
            case _:
                return inline

    def number_of(self, name: str, address: Address | None) -> str:
        if number := self.names.get(name):
            return number
        raise ReferenceProblem(
            f"“#{name}” is the name of "
            + ("a part without a number." if name in self.names else "no part of this paper."),
            address,
            mend=f"Name a numbered part (name: {name}), or drop the reference.",
        )
