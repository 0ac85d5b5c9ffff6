"""
The cheap proof that a drawn paper reads as well as its template does.

It vouches only for papers that reading the finished file would let pass, too; where it
cannot tell, the file is read; see `finished`.
"""

from __future__ import annotations

import re
from functools import cached_property
from html import unescape
from typing import TYPE_CHECKING

import attrs

from peerkit.document import Table, plain_text, walk_block
from peerkit_docx.access.finished import light_palette
from peerkit_docx.access.tables import At
from peerkit_docx.markup.looks import MINIMUM, WHITE, contrast, printed_ink
from peerkit_docx.markup.styles import STYLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from peerkit.document import Block
    from peerkit_docx.access.colours import Palette
    from peerkit_docx.markup.looks import Looks

__all__ = ["Voucher"]

_PRINTED, _SILENT = "\uf8f0", "\uf8f1"  # stand for tags that print, and for those that do not
_TAGS = re.compile(r"(\{\{.*?\}\})|\{%.*?%\}|\{#.*?#\}", re.DOTALL)

# -- what a template holds that what is printed could make hard to read ----------------

_LOOSE = re.compile(
    # a link whose words are printed, however it is said
    r"<w:hyperlink\b(?:(?!</w:hyperlink>).)*[@$]|HYPERLINK"
    # words for a picture
    r"|\b(?:descr|title|alt)=\"[^\"]*[@$]"
    # a table whose first row may be left out
    r"|(?:<w:tblGrid/>|</w:tblGrid>|<w:tblPr/>|</w:tblPr>)\s*[@$]"
    # a cell that begins with what may be left out, or is drawn whole
    r"|(?:<w:tc>|<w:tc\s[^>]*>)(?:<w:tcPr/>|<w:tcPr>(?:(?!</w:tcPr>).)*</w:tcPr>)?\s*[@$]"
    # what was there before a change, or is said twice, or in a box
    r"|(?:pPr|rPr|trPr|tcPr)Change\b|<w:(?:del|moveFrom|sdt|txbxContent|outlineLvl)\b"
    r"|<mc:AlternateContent\b".replace("@", _PRINTED).replace("$", _SILENT),
    re.DOTALL,
)
_FILLED = re.compile(rf"w:fill=\"[^\"]*[{_PRINTED}{_SILENT}]")
_CELL_LOOK = re.compile("<w:tcPr>.*?</w:tcPr>", re.DOTALL)
_GROUNDS = re.compile(r"<w:(?:highlight|shd)\b")
_STYLES = re.compile(r"<w:(?:p|r|tbl)Style w:val=\"([^\"]*)\"")
_ROWS = re.compile(rf"</w:tr>\s*[{_PRINTED}{_SILENT}]")
_CELL = re.compile(r"<w:tc[ >].*?</w:tc>", re.DOTALL)
_BETWEEN = re.compile(rf"(?:</w:p>|<w:p/>|</w:tbl>|{_SILENT})\s*{_PRINTED}")
_PARAGRAPH = re.compile(r"<w:p[ >].*?(?:</w:p>|\Z)", re.DOTALL)
_WORDS = re.compile(r"<w:t(?:\s[^>]*)?>([^<]*)")

_BULLETS = "\u2022\u25cf\u25aa\u25e6\u2023\u00b7\uf0b7"
_NUMBER = r"(?:\d{1,3}|[a-z]|[ivx]{1,4})"
# How the paragraph of a typed list may begin, in a template.
_BEGINS = re.compile(rf"[{_BULLETS}]|[-\u2013\u2014*]|\(?(?:{_NUMBER})?{_PRINTED}*[.)]")
# What would begin one if it was printed: by itself; before a space; before what is printed, too.
_ITEM = re.compile(
    rf"\s*(?:[{_BULLETS}]\s*\S|[-\u2013\u2014*]\s+\S|\(?{_NUMBER}\)\s+\S|{_NUMBER}\.\s+\S|\t\s*\Z)"
)
_SIGN = re.compile(rf"\s*(?:[-\u2013\u2014*{_BULLETS}]|\(?{_NUMBER}[.)])\s*\Z")
_START = re.compile(rf"\s*\(?(?:{_NUMBER})?\s*\Z")


@attrs.define(kw_only=True, slots=False, eq=False)
class Voucher:
    """
    What can be told beforehand of papers drawn from *sources*, by name of their part.

    *styles* are those of the template, which lie in the part *where*; *ids* are theirs, by
    kind and case-folded name.
    """

    sources: Mapping[str, str]
    main: str
    ids: Mapping[str, Mapping[str, str]]
    styles: bytes
    looks: Looks
    where: str

    def vouches(
        self, said: Iterable[str], drawn: Iterable[tuple[Block, ...]], *, has_values: bool
    ) -> bool:
        """
        Tell whether a paper that no watching has refused is sure to be read by everyone.

        *said* is what was printed, *drawn* are the blocks of a tree that were drawn whole;
        it *has_values* of a caller that bring looks of their own.
        """
        if has_values or self.is_loose:
            return False
        begins = any(map(_ITEM.match, said))
        if not begins and self.goes_on:
            begins = any(self.goes_on.match(one) for one in said)
        blocks = [one for several in drawn for block in several for one in walk_block(block)]
        return not begins and (not blocks or (self.is_plain and not any(map(_is_odd, blocks))))

    @cached_property
    def palette(self) -> Palette:
        """
        The colours of the template's styles.
        """
        return light_palette(self.styles, self.looks, self.where)

    @cached_property
    def is_loose(self) -> bool:
        """
        True if what is printed could make a paper hard to read, and watching not see it.
        """
        return any(self._is_loose(name, text) for name, text in self._texts.items())

    def _is_loose(self, name: str, text: str) -> bool:
        if _LOOSE.search(text) or (name != self.main and "<w:tbl>" in text):
            return True
        for cell in _CELL.findall(text):
            # Of several paragraphs in a cell none may be empty; of one, watching knows.
            is_printed = _PRINTED in cell or _SILENT in cell
            if _BETWEEN.search(cell) or (is_printed and len(_PARAGRAPH.findall(cell)) > 1):
                return True
        used = set(_STYLES.findall(text))
        looks = [self.palette.table(one) for one in used]
        if _ROWS.search(text) and any(one.is_banded for one in looks):
            return True
        grounds = any(self.palette.grounds.get(one) for one in (*used, self.palette.normal))
        inks = any(ink for one in looks for ink, _ in one.regions.values())
        rest = _CELL_LOOK.sub("", text)
        if _FILLED.search(text) and (grounds or inks or _GROUNDS.search(rest)):
            return True
        return any(_BEGINS.match(one.lstrip(_PRINTED).lstrip()) for one in self._beginnings)

    @cached_property
    def goes_on(self) -> re.Pattern[str] | None:
        """
        What may not be printed where other words follow it.
        """
        follows = [one.lstrip()[1:2] for one in self._beginnings if one.lstrip()[:1] == _PRINTED]
        if any(one in (_PRINTED, _SILENT) for one in follows):
            return re.compile(f"{_START.pattern}|{_SIGN.pattern}")
        return _SIGN if any(one.isspace() for one in follows) else None

    @cached_property
    def is_plain(self) -> bool:
        """
        True if all that is drawn whole stands out from what is behind it.
        """
        return all(contrast(printed_ink(*pair), pair[1]) >= MINIMUM for pair in set(self._pairs()))

    # -- what is looked at ---------------------------------------------------------

    @cached_property
    def _texts(self) -> dict[str, str]:
        def sign(found: re.Match[str]) -> str:
            return _PRINTED if found[1] else _SILENT

        return {name: _TAGS.sub(sign, text) for name, text in self.sources.items()}

    @cached_property
    def _beginnings(self) -> tuple[str, ...]:
        """
        How paragraphs may begin, whichever of their parts are left out.
        """
        found: dict[str, None] = {}
        known = self.palette.lists.union(self.palette.headings)
        for text in self._texts.values():
            for paragraph in _PARAGRAPH.findall(text):
                if "<w:numPr>" in paragraph or known.intersection(_STYLES.findall(paragraph)):
                    continue  # a heading, or the item of a real list
                words = unescape("".join(_WORDS.findall(paragraph)))
                pieces = re.split(f"(?<={_SILENT})", words)
                found |= dict.fromkeys(one for one in pieces if one.strip(f"{_SILENT} "))
        return tuple(found)

    def _pairs(self) -> Iterator[tuple[str, str]]:
        """
        Yield the colours of text and of what is behind it, in all that is drawn whole.
        """
        palette = self.palette
        table = palette.table(self._id("table", "Peerkit Table"))
        shown = frozenset({"firstRow", "firstCol", "rows"})
        places = [
            At(row=row, column=column, rows=9, columns=9) for row in range(3) for column in (0, 1)
        ]
        looks = {table.of(place, shown) for place in places}
        looks |= {table.of(place, shown - {"firstCol"}) for place in places}
        spans = [self._id(one.kind, one.name) for one in STYLES if one.kind == "character"]
        names = [one.name for one in STYLES if one.kind == "paragraph"]
        for name in (*names, *(f"Heading {level}" for level in range(3, 10))):
            style = self._id("paragraph", name)
            own = palette.paragraph_ground(style, None)
            for table_ink, behind in looks if name.startswith("Table ") else {("", "")}:
                ink, ground = palette.ink_of(style, None, table_ink), own or behind or WHITE
                yield ink, ground
                for span in spans:
                    yield palette.inks.get(span) or ink, palette.grounds.get(span) or ground

    def _id(self, kind: str, name: str) -> str:
        return self.ids.get(kind, {}).get(name.casefold(), "")


def _is_odd(block: Block) -> bool:
    """
    Tell whether *block* has words that reading would look at twice.
    """
    if isinstance(block, Table):
        return not all(one.heading.strip() for one in block.columns)
    inlines = getattr(block, "inlines", ())
    return _ITEM.match(plain_text(inlines)) is not None
