"""
Where tags begin and end in what a paragraph says, and what was typed wrongly in one.

Kept out: which text belongs together; see `tags`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

import attrs

from peerkit.errors import Problem
from peerkit_docx.filling.faults import TYPED_OVER
from peerkit_docx.problems import (
    TEMPLATE_CHARACTER,
    TEMPLATE_DELIMITER,
    TEMPLATE_PREFIX,
    TEMPLATE_QUOTES,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element

    from peerkit.errors import ProblemKind

__all__ = ["STRAIGHT", "Piece", "Said", "Tag", "has_opener", "shortened", "tags_in"]

_OPENERS = ("{{", "{%", "{#")
_DELIMITER = re.compile(r"\{\{+|\{%|\{#|\}\}+|%\}|#\}")
_CLOSER = {"{{": "}}", "{%": "%}", "{#": "#}"}
_ANY_CLOSER = re.compile(r"[%}#]\}")
_PREFIX = re.compile(r"(p|tr|tc|r)\s")
_APART = re.compile(r"\s+(p|tr|tc|r)\s+(?:for|if|elif|else|endif|endfor|set|with|endwith)\b")
_STRING = re.compile(r"'[^']*'|\"[^\"]*\"")
_BRACE_OR_TEXT = re.compile(r"'[^']*'|\"[^\"]*\"|[{}]")
_CURLY = re.compile("[\u2018-\u201f]")
STRAIGHT = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201a": "'", "\u201b": "'",
                          "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u201f": '"'})  # fmt: skip
_SHOWN = 120
# More cannot be meant, and each is looked for up to the end of its paragraph.
_MOST = 4_000
_LONGEST = 1_000_000
_TEXT = "wordprocessingml/2006/main}t"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


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
            return
        self.element.text = text
        if text != text.strip() and str(self.element.tag).endswith(_TEXT):
            self.element.set(_SPACE, "preserve")


@attrs.frozen(eq=False)
class Said:
    """
    What is *said* in a paragraph, or in one place apart, where tags are looked for.
    """

    said: str
    pieces: tuple[Piece, ...]
    spot: str
    paragraph: _Element | None


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


def shortened(text: str, most: int = _SHOWN) -> str:
    """
    Return *text* on one line, cut to what a message has room for.
    """
    begun = text[: 4 * most]  # whatever it is of, it may be told of every tag in it
    line = " ".join(begun.split())
    return line if len(line) <= most and begun == text else f"{line[: most - 1]}…"


def tags_in(text: Said) -> Iterator[Tag | Problem]:
    """
    Yield every tag of *text*, and what is wrong with how it was typed, as it comes by.
    """
    said, at = text.said, 0
    count = sum(1 for _ in _DELIMITER.finditer(said))
    if count > 2 * _MOST or (count and len(said) > _LONGEST):
        yield _fault(
            text,
            f"More than {_MOST:,} tags, or {_LONGEST:,} characters with tags, stand in one paragraph",
            "Divide it into several, or write one loop instead of many tags.",
            0,
        )
        return
    starts = [one.start for one in text.pieces]
    while found := _DELIMITER.search(said, at):
        opening = found.group()
        if len(opening) > 2:  # noqa: PLR2004 - a delimiter has two signs
            yield _fault(
                text,
                f"{len(opening)} braces stand side by side",
                "Leave two of them.",
                found.start(),
            )
            at = _behind_braces(said, found)
            continue
        if opening not in _CLOSER:
            yield _fault(
                text,
                f"{opening} closes a tag that never began",
                "Begin the tag, or take this out.",
                max(0, found.start() - 20),
            )
            at = found.end()
            continue
        closer = _CLOSER[opening]
        end = _closing(said, found.end(), closer)
        again = _next_opener(said, found.end())
        if end < 0 or (-1 < again < end and opening != "{#"):
            wrong = _ANY_CLOSER.search(said, found.end(), again if again >= 0 else len(said))
            if wrong and opening != "{#":
                # Told, and understood as it is meant, so that nothing else is told of it.
                yield _fault(
                    text,
                    f"A tag that begins with {opening} ends with {wrong.group()}",
                    f"Put {closer} at its end.",
                    found.start(),
                )
                yield _tag(text, starts, found.start(), wrong.end())
                at = wrong.end()
                continue
            yield _fault(
                text,
                f"A tag that begins with {opening} is never closed",
                f"Put {closer} at its end, in the same paragraph.",
                found.start(),
            )
            at = found.end() if again < 0 else again
            continue
        tag = _tag(text, starts, found.start(), end + 2)
        yield tag
        yield from _mistyped(tag)
        at = end + 2


def _closing(said: str, start: int, closer: str) -> int:
    """
    Return where a tag is closed that holds what begins at *start*; -1 if nowhere.

    Braces of a group of names inside a tag belong together, as Jinja has it.
    """
    end = said.find(closer, start)
    if closer != "}}" or said.find("{", start, max(end, start)) < 0:
        return end
    depth = 0
    for found in _BRACE_OR_TEXT.finditer(said, start):
        sign = found.group()
        if sign == "{":
            depth += 1
        elif sign == "}" and depth:
            depth -= 1
        elif sign == "}":
            return found.start() if said.startswith(closer, found.start()) else end
    return end


def _fault(text: Said, message: str, mend: str, start: int) -> Problem:
    return Problem(
        kind=TEMPLATE_DELIMITER,
        message=f"{shortened(text.said[start : start + _SHOWN * 4], 60)}: {message}.",
        mend=mend,
        where=text.spot,
        excerpt=shortened(text.said),
    )


def _behind_braces(said: str, found: re.Match[str]) -> int:
    end = said.find("}", found.end()) if found.group()[0] == "{" else found.end()
    at = max(end, found.end())
    while at < len(said) and said[at] in "}%#":
        at += 1
    return at


def _mistyped(tag: Tag) -> Iterator[Problem]:
    if tag.opens == "{#":
        return
    if apart := _APART.match(_inside(tag.text)):
        yield tag.problem(
            TEMPLATE_PREFIX, f"“{apart[1]}” stands apart from the brace",
            f"Write {tag.opens}{apart[1]} in one.",
        )  # fmt: skip
    if found := _CURLY.search(tag.inside):
        yield tag.problem(
            TEMPLATE_QUOTES, f"Curly quotes ({found.group()}) stand inside the tag",
            "Type straight ones; in Word, undo right after it has made them curly.",
        )  # fmt: skip
    bare = _STRING.sub("", tag.inside)
    if sign := next((one for one in TYPED_OVER if one in bare), ""):
        name, instead = TYPED_OVER[sign]
        yield tag.problem(
            TEMPLATE_CHARACTER, f"{name} ({sign}) stands inside the tag", f"Type {instead} there."
        )


def has_opener(text: str) -> bool:
    """
    Tell whether a tag begins in *text*.
    """
    return any(one in text for one in _OPENERS)


def _next_opener(said: str, start: int) -> int:
    found = (said.find(one, start) for one in _OPENERS)
    return min((one for one in found if one >= 0), default=-1)


def _inside(tag: str) -> str:
    return tag[2:-2].removeprefix("-").removeprefix("+").removesuffix("-").removesuffix("+")


def _tag(text: Said, starts: Sequence[int], start: int, end: int) -> Tag:
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
        pieces=text.pieces[max(0, bisect_right(starts, start) - 1) : bisect_left(starts, end)],
        paragraph=text.paragraph,
    )
