"""
From the tree of a part to its Jinja source, with the place of every tag kept.

Each tag carries its number through docxtpl's patching, in characters that no text has;
what patching would stumble over travels in the same way.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from peerkit_docx.filling.sources import Source
from peerkit_docx.preparing.delimiting import STRAIGHT
from peerkit_docx.preparing.patching import patched
from peerkit_docx.word.ordering import in_order

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lxml.etree import _Element

    from peerkit_docx.preparing.delimiting import Tag

__all__ = ["source_of"]

# Private characters of plane 15: a number is written between the first two, in the ten
# that follow; the rest stand for signs that docxtpl takes for the end of a tag.
_BEGIN, _END = "\U000f7000", "\U000f7001"
_DIGITS = [chr(0xF7002 + at) for at in range(10)]
_SIGNS = {"%": "\U000f7010", "}": "\U000f7011", "#": "\U000f7012"}
_HIDDEN = str.maketrans(_SIGNS)
_NUMBER = re.compile(f"{_BEGIN}([{_DIGITS[0]}-{_DIGITS[9]}]+){_END}")
_TAG = re.compile(r"(\{\{|\{%)([-+]?)(.*?)([-+]?(?:\}\}|%\}))", re.DOTALL)
_OF_CELLS = re.compile(r"\s*(?:vm|hm)\s*\Z")


def source_of(root: _Element, tags: Sequence[Tag], part: str) -> Source:
    """
    Return the source of the part below *root*, whose tree is changed; *part* is its name.
    """
    from lxml import etree  # noqa: PLC0415 - a heavy import that drawing does without

    for number, tag in reversed(list(enumerate(tags))):
        _mark(tag, number)
    text = str(etree.tostring(root, encoding="unicode"))
    return _lined(_ordered(patched(text)), tags, part)


# -- into the tree -----------------------------------------------------------------


def _mark(tag: Tag, number: int) -> None:
    """
    Put *number* before what closes *tag*, and signs that patching must not see out of sight.
    """
    opening = 2 + len(tag.prefix) + bool(tag.prefix)
    if tag.opens == "{#":
        _change(tag, tag.start + opening, tag.end - 2, lambda _: "")
        return
    if _OF_CELLS.match(tag.inside):
        return
    digits = "".join(_DIGITS[int(one)] for one in str(number))
    closing = 3 if tag.text[-3] in "-+" else 2
    _insert(tag, tag.end - closing, f"{_BEGIN}{digits}{_END}")
    _change(tag, tag.start + opening, tag.end - closing, _hidden)


def _insert(tag: Tag, at: int, mark: str) -> None:
    piece = next(one for one in reversed(tag.pieces) if one.start <= at)
    inside = at - piece.start
    text = piece.text
    piece.change(text[:inside] + mark + text[inside:])


def _change(tag: Tag, start: int, end: int, change: Callable[[str], str]) -> None:
    for piece in tag.pieces:
        text = piece.text
        first, last = max(0, start - piece.start), min(len(text), end - piece.start)
        if first < last:
            piece.change(text[:first] + change(text[first:last]) + text[last:])


def _hidden(inside: str) -> str:
    return inside.translate(_HIDDEN).translate(STRAIGHT)


# -- out of what was patched -------------------------------------------------------


def _ordered(text: str) -> str:
    """
    Return *text* with properties in the order of the schema; tags are no hindrance.
    """
    kept: list[str] = []

    def put_by(found: re.Match[str]) -> str:
        kept.append(found[0])
        return f"{_BEGIN}{len(kept) - 1}{_END}"

    apart = in_order(_TAG.sub(put_by, text))
    return re.sub(f"{_BEGIN}([0-9]+){_END}", lambda found: kept[int(found[1])], apart)


def _lined(text: str, tags: Sequence[Tag], part: str) -> Source:
    """
    Return *text* as a source in which every tag begins a line of its own.
    """
    numbers: list[int] = []

    def led(found: re.Match[str]) -> str:
        opener, dash, inside, closer = found.groups()
        mark = _NUMBER.search(inside)
        if mark:
            numbers.append(int("".join(str(_DIGITS.index(one)) for one in mark[1])))
        else:  # one that docxtpl made, for the tag before it
            numbers.append(numbers[-1] if numbers else 0)
        return f"{opener}{dash}\n{_shown(_NUMBER.sub('', inside))}{closer}"

    lined = _TAG.sub(led, text.replace("\r", " ").replace("\n", " "))
    known = [tags[number] if number < len(tags) else None for number in numbers]
    return Source(
        part=part,
        text=lined,
        tags=tuple(one.text if one else "" for one in known),
        spots=tuple(one.spot if one else part for one in known),
    )


def _shown(inside: str) -> str:
    """
    Return the *inside* of a tag as it was typed, and not as XML has it.
    """
    for sign, hidden in _SIGNS.items():
        inside = inside.replace(hidden, sign)
    return inside.replace("&quot;", '"').replace("&amp;", "&")
