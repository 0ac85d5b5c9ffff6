"""
The parts of a document: sections hold blocks, blocks hold inlines.

A tree is frozen and says *what* a paper contains, never how it looks.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import attrs

from peerkit.document.labels import faulty_label
from peerkit.errors import Address

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "Block",
    "Break",
    "Bullets",
    "Cell",
    "Column",
    "Document",
    "Emphasis",
    "Field",
    "Fields",
    "Figure",
    "Heading",
    "Inline",
    "Link",
    "Paragraph",
    "Properties",
    "Quote",
    "Reference",
    "Row",
    "Section",
    "Strong",
    "Table",
    "Text",
    "inner_blocks",
    "plain_text",
    "texts_of_document",
    "walk_block",
    "walk_blocks",
    "walk_sections",
]


@attrs.frozen
class Text:
    """
    Characters as they are to be read.
    """

    text: str


@attrs.frozen
class Strong:
    """
    Inlines of strong importance.
    """

    inlines: tuple[Inline, ...]


@attrs.frozen
class Emphasis:
    """
    Stressed inlines.
    """

    inlines: tuple[Inline, ...]


@attrs.frozen
class Link:
    """
    Inlines that lead to *href*, a web or mail address.
    """

    inlines: tuple[Inline, ...]
    href: str


@attrs.frozen
class Reference:
    """
    A cross-reference: *words*, then the number of the block named *to*.

    The number is empty until `numbered` has given it.
    """

    words: str
    to: str
    number: str = ""


@attrs.frozen
class Break:
    """
    A line break inside a paragraph.
    """


Inline = Text | Strong | Emphasis | Link | Reference | Break


@attrs.frozen(kw_only=True)
class Heading:
    """
    A heading inside a section's blocks, *depth* levels below the section's own.
    """

    inlines: tuple[Inline, ...]
    depth: int = 1
    address: Address | None = None


@attrs.frozen(kw_only=True)
class Paragraph:
    """
    A paragraph; a numbered one gets its *number* from `numbered`.

    *name* is what cross-references call it.
    """

    inlines: tuple[Inline, ...]
    is_numbered: bool = False
    number: str = ""
    name: str = ""
    address: Address | None = None


@attrs.frozen(kw_only=True)
class Bullets:
    """
    A list of items, each a tuple of blocks; *ordered* ones count from *start*.

    *style* is how their numbers are printed, one of `LIST_STYLES`; where nothing is
    counted it says nothing.
    """

    items: tuple[tuple[Block, ...], ...]
    ordered: bool = False
    start: int = 1
    style: str = attrs.field(default="1.")
    address: Address | None = None

    @style.validator
    def _counts(self, _: object, style: str) -> None:
        last = self.start + max(len(self.items), 1) - 1
        for number in (self.start, last) if self.ordered else (1,):
            if fault := faulty_label(style, number):
                raise ValueError(fault)


@attrs.frozen(kw_only=True)
class Quote:
    """
    Blocks quoted from elsewhere.
    """

    blocks: tuple[Block, ...]
    address: Address | None = None


@attrs.frozen(kw_only=True)
class Column:
    """
    A column of a table: stable *key*, printed *heading*, relative *width*, 1 or more.
    """

    key: str
    heading: str
    width: int = attrs.field(default=1, validator=attrs.validators.ge(1))


Cell = tuple["Block", ...]


@attrs.frozen(kw_only=True)
class Row:
    """
    One row of a table: as many cells as the table has columns.
    """

    cells: tuple[Cell, ...]
    address: Address | None = None


@attrs.frozen(kw_only=True)
class Table:
    """
    A table of data with one header row; *key* names it to templates.

    A table that prose holds has no key, and usually no caption.
    *name* is what cross-references call it; *empty* is what is printed instead
    of a table without rows. Each row has a cell for each column.
    """

    key: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...] = attrs.field()
    empty: str = ""
    name: str = ""
    number: str = ""
    address: Address | None = None

    @rows.validator
    def _fit(self, _: object, rows: tuple[Row, ...]) -> None:
        for at, row in enumerate(rows, start=1):
            if len(row.cells) != len(self.columns):
                raise ValueError(
                    f"row {at} of the table “{self.key}” has {len(row.cells)} cells, and there "
                    f"are {len(self.columns)} columns"
                )


@attrs.frozen(kw_only=True)
class Field:
    """
    One labelled value of a front sheet.
    """

    key: str
    label: str
    value: tuple[Block, ...]
    address: Address | None = None


@attrs.frozen(kw_only=True)
class Fields:
    """
    A front sheet: labelled values, drawn as a two-column table with a header row.

    *headings* are the words of that header row.
    """

    key: str
    caption: str
    headings: tuple[str, str]
    fields: tuple[Field, ...]
    address: Address | None = None


@attrs.frozen(kw_only=True)
class Figure:
    """
    A picture with its alternative text, which is compulsory.
    """

    key: str
    alternative: str
    content: bytes = attrs.field(repr=False)
    media_type: str
    caption: str = ""
    name: str = ""
    number: str = ""
    address: Address | None = None


Block = Heading | Paragraph | Bullets | Quote | Table | Fields | Figure


@attrs.frozen(kw_only=True)
class Section:
    """
    A headed part of a document: blocks first, then sections of its own.

    *key* is unique among its siblings; *number* is given by `numbered` where the
    scheme numbers headings. *name* is what cross-references call it.
    """

    key: str
    heading: str
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    number: str = ""
    name: str = ""
    address: Address | None = None


@attrs.frozen(kw_only=True)
class Properties:
    """
    What a file says of itself: *author* is the issuing body, never a person.

    *day* is the paper's own day; no property comes from a clock. *history* is the digest
    over all that was known to have happened when it was judged, if anything had.
    """

    author: str
    subject: str = ""
    keywords: tuple[str, ...] = ()
    day: dt.date | None = None
    history: str = ""


@attrs.frozen(kw_only=True)
class Document:
    """
    One paper as a tree.

    *paper* is the name of the paper it was composed as; *notices* are sentences
    that every page must carry; *front* is drawn under the title, before the
    sections. *numbering* is one of `SCHEMES`.
    """

    paper: str
    title: str
    language: str
    properties: Properties
    sections: tuple[Section, ...]
    front: tuple[Block, ...] = ()
    notices: tuple[str, ...] = ()
    numbering: str = "through"
    page_words: tuple[str, str] = ("Page", "of")
    address: Address | None = None


def plain_text(part: Block | Inline | tuple[Block, ...] | tuple[Inline, ...]) -> str:
    """
    Return the characters of *part* without its structure.

    Blocks, cells and rows stand on lines of their own.

    >>> plain_text((Text("one "), Strong((Text("two"),))))
    'one two'
    """
    match part:
        case tuple():
            are_inlines = part and isinstance(part[0], Inline)
            return ("" if are_inlines else "\n").join(plain_text(one) for one in part)
        case Text(text):
            return text
        case Break():
            return "\n"
        case Reference():
            return f"{part.words} {part.number}".strip()
        case Strong() | Emphasis() | Link() | Heading() | Paragraph():
            return plain_text(part.inlines)
        case _:
            return "\n".join(_lines(part))


def _lines(block: Bullets | Quote | Table | Fields | Figure) -> Iterator[str]:
    match block:
        case Bullets():
            yield from (plain_text(item) for item in block.items)
        case Quote():
            yield plain_text(block.blocks)
        case Table() if block.rows:
            yield block.caption
            yield from (column.heading for column in block.columns)
            yield from (plain_text(cell) for row in block.rows for cell in row.cells)
        case Table():
            yield from filter(None, (block.caption, block.empty))
        case Fields():
            yield from (f"{field.label}\n{plain_text(field.value)}" for field in block.fields)
        case Figure():
            yield from filter(None, (block.alternative, block.caption))


def walk_sections(document: Document) -> Iterator[tuple[int, Section]]:
    """
    Yield every section with its level in reading order; the outermost are level 1.
    """

    def below(sections: tuple[Section, ...], level: int) -> Iterator[tuple[int, Section]]:
        for section in sections:
            yield level, section
            yield from below(section.sections, level + 1)

    yield from below(document.sections, 1)


def inner_blocks(block: Block) -> tuple[tuple[Block, ...], ...]:
    """
    Return what lies directly inside *block*: items, cells or values, each as its blocks.
    """
    match block:
        case Bullets():
            return block.items
        case Quote():
            return (block.blocks,)
        case Table():
            return tuple(cell for row in block.rows for cell in row.cells)
        case Fields():
            return tuple(field.value for field in block.fields)
    return ()


def walk_block(block: Block) -> Iterator[Block]:
    """
    Yield *block*, then every block inside it in reading order.
    """
    yield block
    for blocks in inner_blocks(block):
        for one in blocks:
            yield from walk_block(one)


def walk_blocks(document: Document) -> Iterator[Block]:
    """
    Yield every block in reading order, those inside lists and cells included.
    """
    sections = (section.blocks for _, section in walk_sections(document))
    for blocks in (document.front, *sections):
        for block in blocks:
            yield from walk_block(block)


def _leaves(inlines: tuple[Inline, ...]) -> Iterator[str]:
    for inline in inlines:
        match inline:
            case Text(text):
                yield text
            case Reference():
                yield plain_text(inline)
            case Strong() | Emphasis() | Link():
                yield from _leaves(inline.inlines)
            case _:
                pass


def texts_of_document(document: Document) -> Iterator[str]:
    """
    Yield every text of *document* a reader is to find, in pieces without markup.

    Numbers of paragraphs are left out: a format may leave counting to its reader.
    """
    yield document.title
    yield document.properties.author
    yield from document.notices
    for _, section in walk_sections(document):
        yield section.heading
    for block in walk_blocks(document):
        match block:
            case Paragraph() | Heading():
                yield from _leaves(block.inlines)
            case Table():
                yield block.caption
                yield from (column.heading for column in block.columns if block.rows)
                yield "" if block.rows else block.empty
            case Fields():
                yield block.caption
                yield from block.headings
                yield from (field.label for field in block.fields)
            case Figure():
                yield block.alternative
                yield block.caption
            case _:
                pass
