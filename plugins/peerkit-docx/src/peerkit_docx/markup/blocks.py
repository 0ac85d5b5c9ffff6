"""
Blocks as WordprocessingML, through the template's named styles.

A `Pen` draws one paper: it keeps what the parts of a package share (lists, links,
pictures, ids). Kept out: templates and packages.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import attrs

from peerkit.document import (
    Block,
    Bullets,
    Fields,
    Figure,
    Heading,
    Paragraph,
    Quote,
    Section,
    Table,
    Text,
)
from peerkit.errors import Address, PeerkitError
from peerkit_docx.markup.headings import Headings
from peerkit_docx.markup.links import refuse_address
from peerkit_docx.markup.pictures import SUFFIXES, media_type_of, picture_run, size_of
from peerkit_docx.markup.relations import Picture
from peerkit_docx.markup.tables import front_sheet, table
from peerkit_docx.markup.words import Face, LinePen
from peerkit_docx.word.refusing import refusal
from peerkit_docx.word.xmlwriting import Around, in_run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from peerkit_docx.markup.lists import Numbering
    from peerkit_docx.markup.values import RichText

__all__ = ["Pen"]

_EMU_PER_TWIP = 635
_LEVELS = 9


@attrs.frozen(kw_only=True)
class _Room:
    """
    Where blocks are drawn: the styles and lists that apply, and how deep.
    """

    body: str = "Body Text"
    bullet: tuple[str, ...] = ("List Bullet", "List Bullet 2")
    number: tuple[str, ...] = ("List Number", "List Number 2")
    more: tuple[str, ...] = ("List Continue", "List Continue 2")
    bullets: str = "Peerkit Bullets"
    numbers: str = "Peerkit List"
    heading: int = 1
    is_cell: bool = False


_CELL = _Room(
    body="Table Text",
    bullet=("Table Bullet",),
    number=("Table Number",),
    more=("Table Text",),
    bullets="Peerkit Table Bullets",
    numbers="Peerkit Table List",
    is_cell=True,
)


@attrs.define(kw_only=True)
class Pen(LinePen):
    """
    Draws the blocks of one paper.

    *width* is the width of the text in twentieths of a point; *taken* are the parts that
    the package has already. *headings* keeps count of levels; *drawn* and *headed* are the
    blocks and sections that the template has had drawn.
    """

    numbering: Numbering
    width: int
    headings: Headings
    taken: frozenset[str] = frozenset()
    drawn: list[tuple[Block, ...]] = attrs.field(factory=list)
    headed: list[Section] = attrs.field(factory=list)
    pictures: dict[bytes, Picture] = attrs.field(factory=dict)
    _begun: dict[tuple[str, bool], str] = attrs.field(factory=dict)

    # -- what templates ask for ------------------------------------------------

    def heading_of(self, section: Section, level: int) -> str:
        """
        Return the heading of *section* as a paragraph, numbered if the section is.
        """
        self.headings.add(level + 1, section.address)
        listed = self.numbering.heading(section.number) if section.number else None
        runs = self.bookmarked_as(
            section.name, self.runs((Text(section.heading),), Face(), section.address)
        )
        return self.paragraph(f"Heading {level + 1}", runs, listed)

    def blocks(self, blocks: Sequence[Block], level: int = 0) -> str:
        """
        Return *blocks*, which lie in a section of *level*; 0 is outside of all.
        """
        return self._blocks(blocks, _Room(heading=level + 1))

    def cell(self, blocks: Sequence[Block]) -> str:
        """
        Return *blocks* as they are set in the cell of a table.
        """
        return self._blocks(blocks, _CELL)

    # -- blocks ----------------------------------------------------------------

    def _blocks(self, blocks: Sequence[Block], room: _Room, depth: int = 0) -> str:
        if len(blocks) == 1 and not depth and (only := self.plain(room.body, blocks[0])):
            return only
        drawn: list[str] = []
        for block, following in itertools.zip_longest(blocks, blocks[1:]):
            if isinstance(block, Paragraph) and isinstance(following, Bullets | Table):
                one = self._text(block, room, depth, leads=True)
            else:
                one = self._block(block, room, depth)
            _refuse_joined(drawn, one, block)
            drawn.append(one)
        return "".join(drawn)

    def _block(self, block: Block, room: _Room, depth: int) -> str:  # noqa: PLR0911 - an arm a kind
        match block:
            case Paragraph():
                return self._text(block, room, depth)
            case Heading():
                level = room.heading + block.depth
                self.headings.add(level, block.address)
                return self.paragraph(f"Heading {level}", self.said(block.inlines, block.address))
            case Bullets():
                return self._list(block, room, depth)
            case Quote():
                return self._blocks(
                    block.blocks, attrs.evolve(room, body="Quote", more=("Quote",)), depth
                )
            case Table():
                return table(self, block, body=room.body, is_in_cell=room.is_cell)
            case Fields():
                return front_sheet(self, block, is_in_cell=room.is_cell)
            case Figure():
                return self._figure(block)

    def _text(self, block: Paragraph, room: _Room, depth: int, *, leads: bool = False) -> str:
        """
        Draw a paragraph; one that *leads* to a list or table stays on the page with it.
        """
        runs = self.bookmarked_as(block.name, self.said(block.inlines, block.address))
        style, listed = _pick(room.more, depth) if depth else room.body, None
        if block.number:
            style, listed = "Numbered Paragraph", self.numbering.paragraph(block.number)
        return self.paragraph(style, runs, listed, leads=leads)

    def _list(self, block: Bullets, room: _Room, depth: int) -> str:
        if depth >= _LEVELS:
            raise refusal(f"Lists lie more than {_LEVELS} deep", block.address, "Use fewer levels.")
        style = _pick(room.number if block.ordered else room.bullet, depth + 1)
        num = self._listed(block, room, depth, block.start)
        drawn: list[str] = []
        for number, item in enumerate(block.items, block.start):
            if not item:
                raise refusal("A list has an empty item", block.address, "Fill it or take it out.")
            first, *rest = item
            if isinstance(first, Paragraph | Heading):
                runs = self.said(first.inlines, first.address or block.address)
                if isinstance(first, Paragraph):
                    runs = self.bookmarked_as(first.name, runs)
                drawn.append(self.paragraph(style, runs, (num, depth)))
            else:
                # It shows no number, and the next one has its own all the same.
                rest, num = list(item), self._listed(block, room, depth, number + 1)
            one = self._blocks(rest, room, depth + 1)
            _refuse_joined(drawn, one, block)
            drawn.append(one)
        return "".join(drawn)

    def _listed(self, block: Bullets, room: _Room, depth: int, start: int) -> int:
        if block.ordered:
            return self.numbering.list(room.numbers, depth, start, block.style)
        return self.numbering.bullets(room.bullets)

    def _figure(self, figure: Figure) -> str:
        try:
            run = self.picture(figure.content, figure.alternative, media_type=figure.media_type)
        except PeerkitError as error:
            raise refusal(error.message.removesuffix("."), figure.address, error.mend) from None
        return self.captioned(figure.caption, figure.name, figure.address) + self.paragraph(
            "Picture", run
        )

    def picture(
        self,
        content: bytes,
        alternative: str,
        *,
        media_type: str = "",
        size: tuple[int, int] = (0, 0),
        url: str = "",
    ) -> str:
        """
        Return a run with a picture, no wider than the text, of *size* if that is not 0.

        *url* is where it leads.

        Raises:
            PeerkitError: If it has no alternative text, or is no picture.
        """
        if not alternative.strip():
            raise PeerkitError("A picture has no alternative text.", mend="Say what it shows.")
        media_type = media_type or media_type_of(content)
        own = size_of(content, media_type).asked(*size)
        shown = own if any(size) else own.within(self.width * _EMU_PER_TWIP)
        picture = self.pictures.get(content)
        if picture is None:
            name = self._free_name(SUFFIXES[media_type])
            picture = self.pictures[content] = Picture(name, content, media_type)
        relation = self.relations.to(self.relations.pictures, picture.name)
        number = self.id()
        link = ""
        if url:
            refuse_address(url, None)
            link = self.relations.to(self.relations.links, url)
        return picture_run(relation, number, alternative, shown, link)

    def _free_name(self, suffix: str) -> str:
        names = (f"media/peerkit{at}.{suffix}" for at in itertools.count(len(self.pictures) + 1))
        return next(name for name in names if not any(part.endswith(name) for part in self.taken))

    def captioned(self, caption: str, name: str, address: Address | None) -> str:
        """
        Return *caption* as a paragraph with the bookmark *name*, if there is one.
        """
        if not caption:
            return ""
        return self.paragraph(
            "Caption", self.bookmarked_as(name, self.said((Text(caption),), address))
        )

    # -- paragraphs and runs ---------------------------------------------------

    def paragraph(
        self,
        style: str,
        runs: str,
        listed: tuple[int, int] | None = None,
        *,
        leads: bool = False,
    ) -> str:
        """
        Return a paragraph of *runs* in *style*, a number or bullet before it if *listed*.
        """
        begun = self._begun.get((style, leads))
        if begun is None:
            begun = self._begun[style, leads] = self._properties(style, leads=leads)
        if not listed:
            return f"<w:p>{begun}</w:pPr>{runs}</w:p>" if begun else f"<w:p>{runs}</w:p>"
        number = f'<w:numPr><w:ilvl w:val="{listed[1]}"/><w:numId w:val="{listed[0]}"/></w:numPr>'
        return f"<w:p>{begun or '<w:pPr>'}{number}</w:pPr>{runs}</w:p>"

    def _properties(self, style: str, *, leads: bool) -> str:
        """
        Return the beginning of a paragraph's properties, if it has any.
        """
        style_id = self.sheet.id("paragraph", style)
        styled = f'<w:pStyle w:val="{style_id}"/>' if style_id else ""
        keep = "<w:keepNext/>" if leads else ""
        return f"<w:pPr>{styled}{keep}" if styled or keep else ""

    def rich_paragraph(self, rich: RichText, style: str) -> str:
        """
        Return a paragraph of *rich* text in the style that somebody calls *style*.
        """
        properties = ""
        if style:
            style_id = self.sheet.named("paragraph", style)
            self.headings.count(style_id)
            properties = f'<w:pPr><w:pStyle w:val="{style_id}"/></w:pPr>'
        return f"<w:p>{properties}{rich.as_runs(self, Around(properties))}</w:p>"

    def plain(self, style: str, block: Block) -> str | None:
        """
        Return *block* in *style* if it is nothing but a paragraph of words, which most are.
        """
        if type(block) is not Paragraph or len(block.inlines) != 1:
            return None
        (only,) = block.inlines
        if type(only) is not Text or block.number or block.name or not only.text.strip():
            return None
        return self.paragraph(
            style, f'<w:r><w:t xml:space="preserve">{in_run(only.text)}</w:t></w:r>'
        )


def _refuse_joined(drawn: Sequence[str], one: str, block: Block) -> None:
    """
    Refuse *one* of *block* that is a table right behind a table *drawn*.

    Raises:
        PeerkitError: If so.
    """
    if drawn and drawn[-1].endswith("</w:tbl>") and one.startswith("<w:tbl>"):
        raise refusal(
            "Two tables follow one another, and Word would join them",
            block.address,
            "Put a sentence between them, or give the second a caption.",
        )


def _pick(styles: tuple[str, ...], level: int) -> str:
    return styles[min(level, len(styles)) - 1]
