"""
Blocks as WordprocessingML, through the template's named styles.

A `Pen` draws one paper: it keeps what the parts of a package share (lists, links,
pictures, ids). Kept out: templates and packages.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

import attrs

from peerkit.document import (
    Block,
    Break,
    Bullets,
    Cell,
    Emphasis,
    Fields,
    Figure,
    Heading,
    Inline,
    Link,
    Paragraph,
    Quote,
    Reference,
    Section,
    Strong,
    Table,
    Text,
    plain_text,
)
from peerkit.errors import Address, PeerkitError
from peerkit_docx.pictures import SUFFIXES, size_of
from peerkit_docx.xmlwriting import attribute, in_run

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from peerkit_docx.lists import Numbering
    from peerkit_docx.styles import StyleSheet

__all__ = ["Pen", "Picture", "Relations"]

_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"

_EMU_PER_TWIP = 635
_WEB = re.compile(r"(?:https?://|mailto:)[^\s]+\Z", re.IGNORECASE)
_FULL = 5_000  # fiftieths of a percent
_LEVELS = 9


@attrs.frozen
class Picture:
    """
    A picture to be put into the package as the part *name*.
    """

    name: str
    content: bytes
    media_type: str


@attrs.define
class Relations:
    """
    What one part points at: links by address, pictures by part name.
    """

    prefix: str
    links: dict[str, str] = attrs.field(factory=dict)
    pictures: dict[str, str] = attrs.field(factory=dict)

    def to(self, kind: dict[str, str], target: str) -> str:
        """
        Return the id of the relation to *target*, made at need.
        """
        count = len(self.links) + len(self.pictures) + 1
        return kind.setdefault(target, f"{self.prefix}{count}")


@attrs.frozen
class _Face:
    """
    How the text of a run is set: by character style, and by what no style can add to it.
    """

    strong: bool = False
    emphasis: bool = False
    link: bool = False


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
class Pen:
    """
    Draws the blocks of one paper.

    *width* is the width of the text in twentieths of a point, *next_id* the first id
    free for bookmarks and pictures. *relations* belong to the part being drawn; *taken*
    are the parts that the package has already.
    """

    sheet: StyleSheet
    numbering: Numbering
    width: int
    next_id: int
    relations: Relations
    taken: frozenset[str] = frozenset()
    pictures: dict[bytes, Picture] = attrs.field(factory=dict)
    anchors: dict[str, str] = attrs.field(factory=dict)

    # -- what templates ask for ------------------------------------------------

    def heading_of(self, section: Section, level: int) -> str:
        """
        Return the heading of *section* as a paragraph, numbered if the section is.
        """
        listed = self.numbering.heading(section.number) if section.number else None
        runs = self._bookmarked(
            section.name, self._runs((Text(section.heading),), _Face(), section.address)
        )
        return self._paragraph(f"Heading {level + 1}", runs, listed)

    def blocks(self, blocks: Sequence[Block], level: int = 0) -> str:
        """
        Return *blocks*, which lie in a section of *level*; 0 is outside of all.
        """
        return self._blocks(blocks, _Room(heading=level + 1))

    # -- blocks ----------------------------------------------------------------

    def _blocks(self, blocks: Sequence[Block], room: _Room, depth: int = 0) -> str:
        drawn: list[str] = []
        for block, following in itertools.zip_longest(blocks, blocks[1:]):
            if isinstance(block, Paragraph) and isinstance(following, Bullets | Table):
                one = self._text(block, room, depth, leads=True)
            else:
                one = self._block(block, room, depth)
            if drawn and drawn[-1].endswith("</w:tbl>") and one.startswith("<w:tbl>"):
                raise _refusal("two tables follow one another, and Word would join them", block.address,
                               "give the second a caption")  # fmt: skip
            drawn.append(one)
        return "".join(drawn)

    def _block(self, block: Block, room: _Room, depth: int) -> str:  # noqa: PLR0911 - an arm a kind
        match block:
            case Paragraph():
                return self._text(block, room, depth)
            case Heading():
                style = f"Heading {room.heading + block.depth}"
                return self._paragraph(style, self._said(block.inlines, block.address))
            case Bullets():
                return self._list(block, room, depth)
            case Quote():
                return self._blocks(
                    block.blocks, attrs.evolve(room, body="Quote", more=("Quote",)), depth
                )
            case Table():
                return self._table(block, room)
            case Fields():
                return self._fields(block, room)
            case Figure():
                return self._figure(block)

    def _text(self, block: Paragraph, room: _Room, depth: int, *, leads: bool = False) -> str:
        """
        Draw a paragraph; one that *leads* to a list or table stays on the page with it.
        """
        runs = self._bookmarked(block.name, self._said(block.inlines, block.address))
        style, listed = _pick(room.more, depth) if depth else room.body, None
        if block.number:
            style, listed = "Numbered Paragraph", self.numbering.paragraph(block.number)
        return self._paragraph(style, runs, listed, leads=leads)

    def _list(self, block: Bullets, room: _Room, depth: int) -> str:
        if depth >= _LEVELS:
            raise _refusal(f"lists lie more than {_LEVELS} deep", block.address, "use fewer levels")
        style = _pick(room.number if block.ordered else room.bullet, depth + 1)
        num = (
            self.numbering.list(room.numbers, depth, block.start)
            if block.ordered
            else self.numbering.bullets(room.bullets)
        )
        drawn: list[str] = []
        for item in block.items:
            if not item:
                raise _refusal("a list has an empty item", block.address, "fill it or take it out")
            first, *rest = item
            if isinstance(first, Paragraph | Heading):
                runs = self._said(first.inlines, first.address or block.address)
                if isinstance(first, Paragraph):
                    runs = self._bookmarked(first.name, runs)
                drawn.append(self._paragraph(style, runs, (num, depth)))
            else:
                rest = list(item)
            drawn.append(self._blocks(rest, room, depth + 1))
        return "".join(drawn)

    def _table(self, table: Table, room: _Room) -> str:
        if room.is_cell:
            raise _refusal("a table lies inside another table's cell", table.address, "take it out")
        if not table.rows:
            if not table.empty.strip():
                raise _refusal(
                    "a table has no rows, and no words to say so", table.address, "give them"
                )
            return self._captioned(table.caption, table.name, table.address) + self._paragraph(
                room.body, self._said((Text(table.empty),), table.address)
            )
        headings = [
            self._cell_words("Table Heading", c.heading, table.address) for c in table.columns
        ]
        rows = [
            [
                self._cell(cell, _CELL, row.address or table.address, column.heading)
                for cell, column in zip(row.cells, table.columns, strict=True)
            ]
            for row in table.rows
        ]
        widths = [column.width for column in table.columns]
        return self._captioned(table.caption, table.name, table.address) + self._grid(
            table.caption, widths, headings, rows, first_column=False
        )

    def _fields(self, fields: Fields, room: _Room) -> str:
        if room.is_cell:
            raise _refusal(
                "a front sheet lies inside a table's cell", fields.address, "take it out"
            )
        if not fields.fields:
            raise _refusal(
                "a front sheet has no fields", fields.address, "give it some or take it out"
            )
        headings = [
            self._cell_words("Table Heading", words, fields.address) for words in fields.headings
        ]
        rows = [
            [
                self._cell_words("Table Label", field.label, field.address or fields.address),
                self._cell(field.value, _CELL, field.address or fields.address, field.label),
            ]
            for field in fields.fields
        ]
        return self._captioned(fields.caption, "", fields.address) + self._grid(
            fields.caption, (3, 7), headings, rows, first_column=True
        )

    def _figure(self, figure: Figure) -> str:
        if not figure.alternative.strip():
            raise _refusal("a picture has no alternative text", figure.address, "say what it shows")
        try:
            size = size_of(figure.content, figure.media_type).within(self.width * _EMU_PER_TWIP)
        except PeerkitError as error:
            raise _refusal(error.message, figure.address, error.mend) from None
        picture = self.pictures.get(figure.content)
        if picture is None:
            name = self._free_name(SUFFIXES[figure.media_type])
            picture = self.pictures[figure.content] = Picture(
                name, figure.content, figure.media_type
            )
        relation = self.relations.to(self.relations.pictures, picture.name)
        number = self._id()
        extent = f'cx="{size.width}" cy="{size.height}"'
        described = f'id="{number}" name="Picture {number}" descr="{attribute(figure.alternative)}"'
        run = (
            f'<w:r><w:drawing><wp:inline xmlns:wp="{_WP}" distT="0" distB="0" distL="0" distR="0">'
            f"<wp:extent {extent}/><wp:docPr {described}/>"
            f'<a:graphic xmlns:a="{_A}"><a:graphicData uri="{_PIC}"><pic:pic xmlns:pic="{_PIC}">'
            f"<pic:nvPicPr><pic:cNvPr {described}/><pic:cNvPicPr/></pic:nvPicPr>"
            f'<pic:blipFill><a:blip xmlns:r="{_R}" r:embed="{relation}"/>'
            "<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
            f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
            "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        )
        return self._captioned(figure.caption, figure.name, figure.address) + self._paragraph(
            "Picture", run
        )

    def _free_name(self, suffix: str) -> str:
        names = (f"media/peerkit{at}.{suffix}" for at in itertools.count(len(self.pictures) + 1))
        return next(name for name in names if not any(part.endswith(name) for part in self.taken))

    # -- tables ----------------------------------------------------------------

    def _grid(
        self,
        caption: str,
        widths: Sequence[int],
        headings: Iterable[str],
        rows: Iterable[Sequence[str]],
        *,
        first_column: bool,
    ) -> str:
        whole = sum(widths)
        shares = [_FULL * width // whole for width in widths]
        cells = [f'<w:tcPr><w:tcW w:w="{share}" w:type="pct"/></w:tcPr>' for share in shares]
        grid = "".join(f'<w:gridCol w:w="{self.width * share // _FULL}"/>' for share in shares)
        titled = f'<w:tblCaption w:val="{attribute(caption)}"/>' if caption else ""

        def row(contents: Iterable[str], marked: str = "") -> str:
            drawn = "".join(
                f"<w:tc>{cell}{content}</w:tc>"
                for cell, content in zip(cells, contents, strict=True)
            )
            return f"<w:tr><w:trPr><w:cantSplit/>{marked}</w:trPr>{drawn}</w:tr>"

        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{self.sheet.id("table", "Peerkit Table")}"/>'
            f'<w:tblW w:w="{_FULL}" w:type="pct"/><w:tblLayout w:type="fixed"/>'
            f'<w:tblLook w:val="{"04A0" if first_column else "0420"}" w:firstRow="1" w:lastRow="0" '
            f'w:firstColumn="{int(first_column)}" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
            f"{titled}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
            f"{row(headings, '<w:tblHeader/>')}{''.join(map(row, rows))}</w:tbl>"
        )

    def _cell(self, cell: Cell, room: _Room, address: Address | None, column: str) -> str:
        if not cell or not plain_text(cell).strip():
            raise _refusal(
                f"a cell under “{column}” is empty",
                address,
                "say in words that there is nothing to say",
            )
        return self._blocks(cell, room)

    def _cell_words(self, style: str, words: str, address: Address | None) -> str:
        if not words.strip():
            raise _refusal("a column or row of a table has no heading", address, "give it one")
        return self._paragraph(style, self._said((Text(words),), address))

    def _captioned(self, caption: str, name: str, address: Address | None) -> str:
        if not caption:
            return ""
        return self._paragraph(
            "Caption", self._bookmarked(name, self._said((Text(caption),), address))
        )

    # -- paragraphs and runs ---------------------------------------------------

    def _paragraph(
        self,
        style: str,
        runs: str,
        listed: tuple[int, int] | None = None,
        *,
        leads: bool = False,
    ) -> str:
        keep = "<w:keepNext/>" if leads else ""
        number = ""
        if listed:
            number = (
                f'<w:numPr><w:ilvl w:val="{listed[1]}"/><w:numId w:val="{listed[0]}"/></w:numPr>'
            )
        properties = (
            f'<w:pPr><w:pStyle w:val="{self.sheet.id("paragraph", style)}"/>{keep}{number}</w:pPr>'
        )
        return f"<w:p>{properties}{runs}</w:p>"

    def _said(self, inlines: tuple[Inline, ...], address: Address | None) -> str:
        if not plain_text(inlines).strip():
            raise _refusal("a paragraph is empty", address, "fill it or take it out")
        return self._runs(inlines, _Face(), address)

    def _runs(self, inlines: tuple[Inline, ...], face: _Face, address: Address | None) -> str:
        return "".join(self._inline(inline, face, address) for inline in inlines)

    def _inline(self, inline: Inline, face: _Face, address: Address | None) -> str:
        match inline:
            case Text(text):
                return self._run(text, face)
            case Break():
                return f"<w:r>{self._face(face)}<w:br/></w:r>"
            case Strong():
                return self._runs(inline.inlines, attrs.evolve(face, strong=True), address)
            case Emphasis():
                return self._runs(inline.inlines, attrs.evolve(face, emphasis=True), address)
            case Reference():
                runs = self._run(plain_text(inline), attrs.evolve(face, link=True))
                return f'<w:hyperlink w:anchor="{self._anchor(inline.to)}" w:history="1">{runs}</w:hyperlink>'
            case Link(inlines, href):
                if not _WEB.match(href):
                    raise _refusal(
                        f"a link leads to “{href}”, which is neither a web nor a mail address",
                        address,
                        "begin it with https:// or mailto:",
                    )
                relation = self.relations.to(self.relations.links, href)
                said = inlines if plain_text(inlines).strip() else (Text(href),)
                runs = self._runs(said, attrs.evolve(face, link=True), address)
                return f'<w:hyperlink xmlns:r="{_R}" r:id="{relation}" w:history="1">{runs}</w:hyperlink>'

    def _run(self, text: str, face: _Face) -> str:
        if not text:
            return ""
        return f'<w:r>{self._face(face)}<w:t xml:space="preserve">{in_run(text)}</w:t></w:r>'

    def _face(self, face: _Face) -> str:
        """
        Return run properties; a run has one style, so a second face is set beside it.
        """
        wanted = [
            (face.link, "Hyperlink", ""),
            (face.strong, "Strong", "<w:b/><w:bCs/>"),
            (face.emphasis, "Emphasis", "<w:i/><w:iCs/>"),
        ]
        wanted = [one for one in wanted if one[0]]
        if not wanted:
            return ""
        (_, style, _), *rest = wanted
        beside = "".join(marks for _, _, marks in rest)
        return f'<w:rPr><w:rStyle w:val="{self.sheet.id("character", style)}"/>{beside}</w:rPr>'

    def _bookmarked(self, name: str, runs: str) -> str:
        if not name:
            return runs
        number = self._id()
        return (
            f'<w:bookmarkStart w:id="{number}" w:name="{self._anchor(name)}"/>{runs}'
            f'<w:bookmarkEnd w:id="{number}"/>'
        )

    def _anchor(self, name: str) -> str:
        return self.anchors.setdefault(name, f"peerkit_{len(self.anchors) + 1}")

    def _id(self) -> int:
        number = self.next_id
        self.next_id += 1
        return number


def _pick(styles: tuple[str, ...], level: int) -> str:
    return styles[min(level, len(styles)) - 1]


def _refusal(message: str, address: Address | None, mend: str) -> PeerkitError:
    return PeerkitError(message + (f" ({address})" if address else ""), mend=mend)
