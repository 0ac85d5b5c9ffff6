"""
The tags of a part: each with its place, and what is wrong with how it was typed.

Word cuts text into runs as it likes, so tags are looked for in whole paragraphs. Kept
out: where tags begin and end, and what they say; see `delimiting` and `nesting`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from peerkit.errors import Problem
from peerkit_docx.preparing.delimiting import Piece, Said, Tag, has_opener, shortened, tags_in
from peerkit_docx.problems import (
    TEMPLATE_BESIDE,
    TEMPLATE_PLACE,
    TEMPLATE_PREFIX,
)
from peerkit_docx.word.spots import Spots, is_heading_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element

    from peerkit.errors import ProblemKind

__all__ = ["KEPT", "Tagged", "W", "tags_of"]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

# Where text with tags may stand, besides that of paragraphs.
_TEXTS = (f"{_M}t", f"{_A}t", f"{W}instrText")
_OF_CELLS = (["colspan"], ["cellbg"], ["hm"], ["vm"])
_WHOLE = {"p": "paragraph", "tr": "row", "tc": "cell"}
KEPT = frozenset({f"{W}drawing", f"{W}pict", f"{W}object", f"{W}sym",
    f"{W}footnoteReference", f"{W}endnoteReference", f"{W}commentReference"})  # fmt: skip
# Attributes that people are told, by the element that has them.
_SAID = frozenset({
    ("docPr", "descr"), ("docPr", "title"), ("cNvPr", "descr"), ("cNvPr", "title"),
    ("hyperlink", "tooltip"), ("tblCaption", "val"), ("tblDescription", "val"), ("shape", "alt"),
})  # fmt: skip


@attrs.frozen
class Tagged:
    """
    The tags of a part in order, and what is wrong with how they were typed.

    *places* leads from a problem to the paragraph it is of, for notes in the margin;
    *spots* tells of each paragraph where it stands.
    """

    tags: tuple[Tag, ...]
    problems: tuple[Problem, ...]
    places: dict[int, _Element]
    spots: dict[_Element, str]


def tags_of(root: _Element, part: str, is_heading: Callable[[str], bool] = is_heading_id) -> Tagged:
    """
    Return every tag below *root*; *part* is what places call the part.
    """
    reading = _Reading(Spots(part, is_heading))
    reading.read(root)
    tags = sorted(reading.tags, key=lambda one: one.order)
    return Tagged(tuple(tags), tuple(reading.problems), reading.places, reading.where)


# -- one part ----------------------------------------------------------------------


@attrs.define(eq=False)
class _Paragraph:
    """
    A paragraph that has begun.
    """

    element: _Element
    spot: str
    pieces: list[Piece] = attrs.field(factory=list)
    length: int = 0
    keeps: bool = False
    ends_section: bool = False

    @property
    def text(self) -> str:
        return "".join(one.text for one in self.pieces)


@attrs.define(eq=False)
class _Holder:
    """
    A row or cell that has begun: all of its words, and tags that stand for all of it.
    """

    prefix: str
    words: list[str] = attrs.field(factory=list)
    tags: list[Tag] = attrs.field(factory=list)
    keeps: bool = False
    has_table: bool = False


@attrs.define(eq=False)
class _Reading:
    """
    One pass over a part.
    """

    spots: Spots
    tags: list[Tag] = attrs.field(factory=list)
    problems: list[Problem] = attrs.field(factory=list)
    places: dict[int, _Element] = attrs.field(factory=dict)
    where: dict[_Element, str] = attrs.field(factory=dict)
    told: set[tuple[str, str]] = attrs.field(factory=set)
    paragraphs: list[_Paragraph] = attrs.field(factory=list)
    holders: list[_Holder] = attrs.field(factory=list)
    fallbacks: int = 0
    count: int = 0

    def read(self, root: _Element) -> None:
        from lxml import etree  # noqa: PLC0415 - a heavy import that drawing does without

        for event, element in etree.iterwalk(root, events=("start", "end")):
            if event == "start":
                self._start(element)
            else:
                self._end(element)

    def _start(self, element: _Element) -> None:
        tag = str(element.tag)
        if tag.startswith(W):
            local = tag[len(W) :]
            self.spots.enter(local)
            if (begin := _BEGINS.get(local)) is not None:
                begin(self, element)
        if tag in KEPT and self.paragraphs:
            self.paragraphs[-1].keeps = True
            for holder in self.holders:
                holder.keeps = True
        if tag == f"{_MC}Fallback":
            self.fallbacks += 1
        self._apart(element, tag)

    def paragraph(self, element: _Element) -> None:
        self.where[element] = self.spots.spot
        self.paragraphs.append(_Paragraph(element, self.spots.spot))

    def holder(self, element: _Element) -> None:
        self.holders.append(_Holder(str(element.tag)[len(W) :]))

    def table(self, _: _Element) -> None:
        if self.holders:
            self.holders[-1].has_table = True

    def style(self, element: _Element) -> None:
        self.spots.style(element.get(f"{W}val", ""))

    def section(self, _: _Element) -> None:
        if self.paragraphs:
            self.paragraphs[-1].ends_section = True

    def text(self, element: _Element) -> None:
        text = element.text or ""
        self.spots.text(text)
        if self.paragraphs:
            paragraph = self.paragraphs[-1]
            self.count += 1
            paragraph.pieces.append(Piece(element, paragraph.length, self.count))
            paragraph.length += len(text)

    def _apart(self, element: _Element, tag: str) -> None:
        """
        Look for tags that stand in no text of a paragraph.
        """
        local = tag.rpartition("}")[2]
        for key, value in element.attrib.items():
            if has_opener(str(value)):
                name = str(key).rpartition("}")[2]
                piece = Piece(element, 0, self._next(), str(key))
                self._whole(piece, allowed=(local, name) in _SAID)
        text = element.text or ""
        if tag != f"{W}t" and has_opener(text):
            self._whole(Piece(element, 0, self._next()), allowed=tag in _TEXTS)

    def _next(self) -> int:
        self.count += 1
        return self.count

    def _whole(self, piece: Piece, *, allowed: bool) -> None:
        spot = self.spots.spot
        paragraph = self.paragraphs[-1].element if self.paragraphs else None
        if not allowed:
            self._tell(
                Problem(
                    kind=TEMPLATE_PLACE,
                    message=f"{shortened(piece.text)}: The tag stands where it cannot be filled.",
                    where=spot,
                    excerpt=shortened(piece.text),
                ),
                paragraph,
            )
            return
        self._find(Said(piece.text, (piece,), spot, paragraph))

    def _end(self, element: _Element) -> None:
        tag = str(element.tag)
        if tag == f"{_MC}Fallback":
            self.fallbacks -= 1
        if not tag.startswith(W):
            return
        local = tag[len(W) :]
        if local == "p":
            self._close_paragraph(self.paragraphs.pop())
        elif local in ("tr", "tc"):
            self._close_holder(self.holders.pop())
        self.spots.leave(local)

    # -- paragraphs ----------------------------------------------------------------

    def _close_paragraph(self, paragraph: _Paragraph) -> None:
        said = paragraph.text
        for holder in self.holders:
            holder.words.append(said)
        if "{" not in said and "}" not in said:
            return
        found = self._find(Said(said, tuple(paragraph.pieces), paragraph.spot, paragraph.element))
        standing = [one for one in found if one.prefix in _WHOLE]
        for one in standing:
            self._judge_place(one)
        for one in found:
            self._judge_cell(one)
        whole = [one for one in standing if one.prefix == "p"]
        if whole:
            self._judge_alone(whole, said, paragraph)
        for one in standing:
            # docxtpl takes the innermost.
            around = [holder for holder in self.holders if holder.prefix == one.prefix]
            if around:
                around[-1].tags.append(one)

    def _judge_place(self, tag: Tag) -> None:
        around = {holder.prefix for holder in self.holders}
        if tag.prefix in ("tr", "tc") and tag.prefix not in around:
            what = _WHOLE[tag.prefix]
            self._tell_of(
                tag,
                TEMPLATE_PREFIX,
                f"A {tag.prefix} tag stands outside a table",
                f"Put it into the {what} it stands for, or write {tag.opens}p for a paragraph.",
            )

    def _judge_cell(self, tag: Tag) -> None:
        if tag.opens != "{%" or tag.inside.split()[:1] not in _OF_CELLS:
            return
        if not self.holders:
            self._tell_of(
                tag, TEMPLATE_PLACE, "It is for a cell, and stands outside a table",
                "Put it into the cell that it is for.",
            )  # fmt: skip
        elif self.holders[-1].has_table:
            self._tell_of(
                tag, TEMPLATE_PLACE, "It stands behind a table in its cell, and would be taken for that one's",
                "Put it in front of that table.",
            )  # fmt: skip

    def _judge_alone(self, tags: list[Tag], said: str, paragraph: _Paragraph) -> None:
        first = tags[0]
        if len(tags) > 1:
            for one in tags[1:]:
                self._tell_of(
                    one, TEMPLATE_BESIDE, "Two p tags stand in one paragraph",
                    "Give each a paragraph of its own.",
                )  # fmt: skip
        elif said.strip() != first.text.strip():
            self._tell_of(
                first, TEMPLATE_BESIDE, "Text beside a p tag would be lost",
                "Give the tag a paragraph of its own.",
            )  # fmt: skip
        elif paragraph.keeps:
            self._tell_of(
                first, TEMPLATE_BESIDE, "A picture or note beside a p tag would be lost",
                "Give the tag a paragraph of its own.",
            )  # fmt: skip
        if paragraph.ends_section:
            self._tell_of(
                first, TEMPLATE_PLACE, "A p tag stands in the paragraph that ends a section",
                "Give the tag a paragraph before it.",
            )  # fmt: skip

    def _close_holder(self, holder: _Holder) -> None:
        if not holder.tags:
            return
        first, *more = holder.tags
        what = _WHOLE[holder.prefix]
        for one in more:
            self._tell_of(
                one, TEMPLATE_BESIDE, f"Two {holder.prefix} tags stand in one {what}",
                f"Give each a {what} of its own.",
            )  # fmt: skip
        if more:
            return
        rest = " ".join(holder.words).replace(first.text, "", 1)
        if rest.strip():
            self._tell_of(
                first,
                TEMPLATE_BESIDE,
                f"Text beside a {holder.prefix} tag, “{shortened(rest, 40)}”, would be lost",
                f"Give the tag a {what} of its own.",
            )
        elif holder.keeps:
            self._tell_of(
                first, TEMPLATE_BESIDE, f"A picture or note in the {what} would be lost",
                f"Give the tag a {what} of its own.",
            )  # fmt: skip

    def _find(self, text: Said) -> list[Tag]:
        found: list[Tag] = []
        for one in tags_in(text):
            if isinstance(one, Tag):
                found.append(one)
            else:
                self._tell(one, text.paragraph)
        self.tags += found
        return found

    def _tell_of(self, tag: Tag, kind: ProblemKind, message: str, mend: str) -> None:
        self._tell(tag.problem(kind, message, mend), tag.paragraph)

    def _tell(self, problem: Problem, element: _Element | None) -> None:
        # Word keeps a text box twice, once as older versions drew it.
        same = (problem.message, problem.excerpt)
        if self.fallbacks and same in self.told:
            return
        self.told.add(same)
        self.problems.append(problem)
        if element is not None:
            self.places[id(problem)] = element


_BEGINS: dict[str, Callable[[_Reading, _Element], None]] = {
    "p": _Reading.paragraph, "tr": _Reading.holder, "tc": _Reading.holder,
    "tbl": _Reading.table, "pStyle": _Reading.style, "sectPr": _Reading.section,
    "t": _Reading.text,
}  # fmt: skip
