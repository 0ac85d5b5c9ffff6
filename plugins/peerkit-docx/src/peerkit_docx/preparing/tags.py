"""
The tags of a part: each with its place, and what is wrong with how it was typed.

Word cuts text into runs as it likes, so tags are looked for in whole paragraphs. Kept
out: what a tag says; see `blocks` and `filling.syntax`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from peerkit.errors import Problem
from peerkit_docx.filling.faults import TYPED_OVER
from peerkit_docx.problems import (
    TEMPLATE_BESIDE,
    TEMPLATE_CHARACTER,
    TEMPLATE_DELIMITER,
    TEMPLATE_PLACE,
    TEMPLATE_PREFIX,
    TEMPLATE_QUOTES,
)
from peerkit_docx.word.spots import Spots, is_heading_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from lxml.etree import _Element

    from peerkit.errors import ProblemKind

__all__ = ["OPENERS", "STRAIGHT", "Piece", "Tag", "Tagged", "W", "tags_of"]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OPENERS = ("{{", "{%", "{#")

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

_DELIMITER = re.compile(r"\{\{+|\{%|\{#|\}\}+|%\}|#\}")
_CLOSER = {"{{": "}}", "{%": "%}", "{#": "#}"}
_PREFIX = re.compile(r"(p|tr|tc|r)\s")
_APART = re.compile(r"\s+(p|tr|tc|r)\s+(?:for|if|elif|else|endif|endfor|set|with|endwith)\b")
_STRING = re.compile(r"'[^']*'|\"[^\"]*\"")
_CURLY = re.compile("[\u2018-\u201f]")
STRAIGHT = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201a": "'", "\u201b": "'",
                          "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u201f": '"'})  # fmt: skip
_WHOLE = {"p": "paragraph", "tr": "row", "tc": "cell"}
_KEPT = frozenset({f"{W}drawing", f"{W}pict", f"{W}object", f"{W}sym", f"{W}footnoteReference"})
# Attributes that people are told, by the element that has them.
_SAID = frozenset({
    ("docPr", "descr"), ("docPr", "title"), ("cNvPr", "descr"), ("cNvPr", "title"),
    ("hyperlink", "tooltip"), ("tblCaption", "val"), ("tblDescription", "val"), ("shape", "alt"),
})  # fmt: skip
_SHOWN = 120


@attrs.frozen(eq=False)
class Piece:
    """
    Where a part of a paragraph's text is kept: the *text* of an element, or one of its
    *attribute*s; it begins at *start* of what the paragraph says.
    """

    element: _Element
    start: int
    order: int
    attribute: str = ""

    @property
    def text(self) -> str:
        """
        What is kept there now.
        """
        if self.attribute:
            return str(self.element.get(self.attribute, ""))
        return self.element.text or ""

    def change(self, text: str) -> None:
        """
        Keep *text* there instead.
        """
        if self.attribute:
            self.element.set(self.attribute, text)
        else:
            self.element.text = text


@attrs.frozen(eq=False, kw_only=True)
class Tag:
    """
    One tag: how it *opens*, its *prefix* (p, tr, tc, r), what stands *inside*, its *text*.

    *spot* says where it stands, *excerpt* what the paragraph says. It reaches from
    *start* to *end* of the *pieces*; the first of them are kept in document order.
    """

    opens: str
    prefix: str
    inside: str
    text: str
    spot: str
    excerpt: str
    start: int
    end: int
    pieces: Sequence[Piece]
    holder: str = "text"
    paragraph: _Element | None = None

    @property
    def order(self) -> tuple[int, int]:
        """
        Sorts the tags of a part as they come by when it is read.
        """
        first = next(
            (one for one in reversed(self.pieces) if one.start <= self.start), self.pieces[0]
        )
        return first.order, self.start

    def problem(self, kind: ProblemKind, message: str, mend: str = "") -> Problem:
        """
        Return the problem *message*, a sentence without its stop, of this tag.
        """
        return Problem(
            kind=kind,
            message=f"{shortened(self.text)}: {message}.",
            mend=mend,
            where=self.spot,
            excerpt=self.excerpt,
        )


@attrs.frozen
class Tagged:
    """
    The tags of a part in order, and what is wrong with how they were typed.

    *places* leads from a problem to the paragraph it is of, for notes in the margin.
    """

    tags: tuple[Tag, ...]
    problems: tuple[Problem, ...]
    places: dict[int, _Element]


def shortened(text: str, most: int = _SHOWN) -> str:
    """
    Return *text* on one line, cut to what a message has room for.
    """
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def tags_of(root: _Element, part: str, is_heading: Callable[[str], bool] = is_heading_id) -> Tagged:
    """
    Return every tag below *root*; *part* is what places call the part.
    """
    reading = _Reading(Spots(part, is_heading))
    reading.read(root)
    tags = sorted(reading.tags, key=lambda one: one.order)
    return Tagged(tuple(tags), tuple(reading.problems), reading.places)


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


@attrs.frozen(eq=False)
class _Text:
    """
    What is *said* in a paragraph, or in one place apart, where tags are looked for.
    """

    said: str
    pieces: tuple[Piece, ...]
    spot: str
    paragraph: _Element | None
    holder: str = "text"


@attrs.define(eq=False)
class _Holder:
    """
    A row or cell that has begun: all of its words, and tags that stand for all of it.
    """

    prefix: str
    words: list[str] = attrs.field(factory=list)
    tags: list[Tag] = attrs.field(factory=list)
    keeps: bool = False


@attrs.define(eq=False)
class _Reading:
    """
    One pass over a part.
    """

    spots: Spots
    tags: list[Tag] = attrs.field(factory=list)
    problems: list[Problem] = attrs.field(factory=list)
    places: dict[int, _Element] = attrs.field(factory=dict)
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
            if local == "p":
                self.paragraphs.append(_Paragraph(element, self.spots.spot))
            elif local in ("tr", "tc"):
                self.holders.append(_Holder(local))
            elif local == "pStyle":
                self.spots.style(element.get(f"{W}val", ""))
            elif local == "sectPr" and self.paragraphs:
                self.paragraphs[-1].ends_section = True
            elif local == "t":
                self._text(element)
        if tag in _KEPT and self.paragraphs:
            self.paragraphs[-1].keeps = True
            for holder in self.holders:
                holder.keeps = True
        if tag == f"{_MC}Fallback":
            self.fallbacks += 1
        self._apart(element, tag)

    def _text(self, element: _Element) -> None:
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
                self._whole(
                    Piece(element, 0, self._next(), str(key)), "attribute",
                    allowed=(local, name) in _SAID,
                )  # fmt: skip
        text = element.text or ""
        if tag != f"{W}t" and has_opener(text):
            holders = {f"{_M}t": "text", f"{_A}t": "text", f"{W}instrText": "code"}
            self._whole(
                Piece(element, 0, self._next()), holders.get(tag, ""), allowed=tag in holders
            )

    def _next(self) -> int:
        self.count += 1
        return self.count

    def _whole(self, piece: Piece, holder: str, *, allowed: bool) -> None:
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
        text = _Text(piece.text, (piece,), spot, paragraph, holder)
        self.tags.extend(self._delimited(text))

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
        text = _Text(said, tuple(paragraph.pieces), paragraph.spot, paragraph.element)
        found = list(self._delimited(text))
        self.tags.extend(found)
        standing = [one for one in found if one.prefix in _WHOLE]
        for one in standing:
            self._judge_place(one)
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

    # -- tags ----------------------------------------------------------------------

    def _delimited(self, text: _Text) -> Iterator[Tag]:
        said, excerpt = text.said, shortened(text.said)

        def fault(message: str, mend: str, start: int) -> None:
            problem = Problem(
                kind=TEMPLATE_DELIMITER,
                message=f"{shortened(said[start:], 60)}: {message}.",
                mend=mend,
                where=text.spot,
                excerpt=excerpt,
            )
            self._tell(problem, text.paragraph)

        at = 0
        while found := _DELIMITER.search(said, at):
            opening = found.group()
            if len(opening) > 2:  # noqa: PLR2004 - a delimiter has two signs
                end = said.find("}", found.end()) if opening[0] == "{" else found.end()
                fault(
                    f"{len(opening)} braces stand side by side", "Leave two of them.", found.start()
                )
                at = max(end, found.end())
                while at < len(said) and said[at] in "}%#":
                    at += 1
                continue
            if opening not in _CLOSER:
                fault(
                    f"{opening} closes a tag that never began",
                    "Begin the tag, or take this out.",
                    max(0, found.start() - 20),
                )
                at = found.end()
                continue
            closer = _CLOSER[opening]
            end = said.find(closer, found.end())
            again = _next_opener(said, found.end())
            if end < 0 or (-1 < again < end and opening != "{#"):
                fault(
                    f"A tag that begins with {opening} is never closed",
                    f"Put {closer} at its end, in the same paragraph.",
                    found.start(),
                )
                at = found.end() if again < 0 else again
                continue
            tag = _tag(text, found.start(), end + 2)
            yield tag
            self._judge_signs(tag)
            at = end + 2

    def _judge_signs(self, tag: Tag) -> None:
        if tag.opens == "{#":
            return
        if apart := _APART.match(_inside(tag.text)):
            self._tell_of(
                tag, TEMPLATE_PREFIX, f"“{apart[1]}” stands apart from the brace",
                f"Write {tag.opens}{apart[1]} in one.",
            )  # fmt: skip
        bare = _STRING.sub("", tag.inside)
        if found := _CURLY.search(tag.inside):
            self._tell_of(
                tag, TEMPLATE_QUOTES, f"Curly quotes ({found.group()}) stand inside the tag",
                "Type straight ones; in Word, undo right after it has made them curly.",
            )  # fmt: skip
        for sign, (name, instead) in TYPED_OVER.items():
            if sign in bare:
                self._tell_of(
                    tag, TEMPLATE_CHARACTER, f"{name} ({sign}) stands inside the tag",
                    f"Type {instead} there.",
                )  # fmt: skip
                break

    def _tell_of(self, tag: Tag, kind: ProblemKind, message: str, mend: str) -> None:
        self._tell(tag.problem(kind, message, mend), tag.paragraph)

    def _tell(self, problem: Problem, element: _Element | None) -> None:
        # Word keeps a text box twice, once as older versions drew it.
        same = (problem.message, problem.excerpt)
        if self.fallbacks and any((one.message, one.excerpt) == same for one in self.problems):
            return
        self.problems.append(problem)
        if element is not None:
            self.places[id(problem)] = element


def has_opener(text: str) -> bool:
    """
    Tell whether a tag begins in *text*.
    """
    return any(one in text for one in OPENERS)


def _next_opener(said: str, start: int) -> int:
    found = (said.find(one, start) for one in OPENERS)
    return min((one for one in found if one >= 0), default=-1)


def _inside(tag: str) -> str:
    return tag[2:-2].removeprefix("-").removeprefix("+").removesuffix("-").removesuffix("+")


def _tag(text: _Text, start: int, end: int) -> Tag:
    inside = _inside(text.said[start:end])
    if _APART.match(inside):
        # It is told, and understood as it is meant, so that nothing else is told of it.
        inside = inside.lstrip()
    prefix = _PREFIX.match(inside)
    return Tag(
        opens=text.said[start : start + 2],
        prefix=prefix[1] if prefix else "",
        inside=inside[prefix.end() :] if prefix else inside,
        text=text.said[start:end],
        spot=text.spot,
        excerpt=shortened(text.said),
        start=start,
        end=end,
        pieces=text.pieces,
        holder=text.holder,
        paragraph=text.paragraph,
    )
