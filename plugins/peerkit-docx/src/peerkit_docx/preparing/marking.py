"""
From the tree of a part to its Jinja source, with the place of every tag kept.

Each tag carries its number through docxtpl's patching, in characters that no text has;
what patching would stumble over travels in the same way. What it would lose all the same
is found by comparing what the part says before and after; see `saying`.
"""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING

from peerkit.errors import Problem, ProblemsError
from peerkit_docx.filling.sources import BRACES, TAG, Source
from peerkit_docx.preparing.delimiting import STRAIGHT
from peerkit_docx.preparing.patching import patched
from peerkit_docx.preparing.repairing import repair, with_own_tags
from peerkit_docx.preparing.saying import Spans, refuse_lost, said_by
from peerkit_docx.preparing.tags import W
from peerkit_docx.problems import TEMPLATE_CHARACTER
from peerkit_docx.word.ordering import in_order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from lxml.etree import _Element

    from peerkit_docx.preparing.delimiting import Piece, Tag
    from peerkit_docx.preparing.tags import Tagged

__all__ = ["source_of"]

# Private characters of plane 15: a number is written between the first two, in the ten
# that follow; the rest stand for signs that docxtpl takes for the end of a tag.
_BEGIN, _END = "\U000f7000", "\U000f7001"
_DIGITS = [chr(0xF7002 + at) for at in range(10)]
_SIGNS = {"%": "\U000f7010", "}": "\U000f7011", "#": "\U000f7012"}
_OWN = re.compile("[\U000f7000-\U000f7017]")
_HIDDEN = str.maketrans(_SIGNS)
_NUMBER = re.compile(f"{_BEGIN}([{_DIGITS[0]}-{_DIGITS[9]}]+){_END}")
_OF_CELLS = re.compile(r"\s*(?:vm|hm)\s*\Z")
_BETWEEN = r"(?:<[^>]*>)*"
# What stands beside a tag that joins paragraphs, in one text with it, would be lost.
_BEFORE_JOIN = re.compile(rf"(?<=>)([^<>]+?)(\{{{_BETWEEN}%{_BETWEEN}-)")
_BEHIND_JOIN = re.compile(rf"(-{_BETWEEN}%{_BETWEEN}\}})([^<>]+)")
_APART = r'\1</w:t><w:t xml:space="preserve">\2'
_WHOLE = ("p", "tr", "tc")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BOOKMARKS = (f"{W}bookmarkStart", f"{W}bookmarkEnd")


def source_of(root: _Element, tagged: Tagged, part: str) -> Source:
    """
    Return the source of the part below *root*, whose tree is changed; *part* is its name.

    Raises:
        ProblemsError: If text or a picture beside a tag would be lost, or the part holds signs
            that stand for something here.
    """
    from lxml import etree  # noqa: PLC0415 - a heavy import that drawing does without

    tags = tagged.tags
    spans = _spans(tags)
    _refuse_own_signs(root, tagged, part)
    _hide_braces(root, spans)
    said = said_by(root, spans)
    repair(root)
    for number, tag in reversed(list(enumerate(tags))):
        _clear(tag)
        _split_behind(tag)
        _mark(tag, number)
    text = str(etree.tostring(root, encoding="unicode"))
    text = patched(_BEHIND_JOIN.sub(_APART, _BEFORE_JOIN.sub(_APART, text)))
    refuse_lost(said, text, tagged.spots, part)
    return _lined(_ordered(with_own_tags(text)), tags, part)


def _spans(tags: Iterable[Tag]) -> Spans:
    """
    Return which signs of each piece belong to tags.
    """
    found: Spans = {}
    for tag in tags:
        for piece in tag.pieces:
            first = max(0, tag.start - piece.start)
            last = min(len(piece.text), tag.end - piece.start)
            if first < last:
                found.setdefault((piece.element, piece.attribute), []).append((first, last))
    return found


# -- into the tree -----------------------------------------------------------------


def _refuse_own_signs(root: _Element, tagged: Tagged, part: str) -> None:
    """
    Refuse signs in a template that stand for something here; no font knows them.

    Raises:
        ProblemsError: If there is one; it has its place.
    """
    for element in root.iter():
        said = (element.text or "", *map(str, element.attrib.values()))
        found = next((found for one in said if (found := _OWN.search(one))), None)
        if found is not None:
            paragraph = next(element.iterancestors(f"{W}p"), None)
            problem = Problem(
                kind=TEMPLATE_CHARACTER,
                message=f"It holds the private character U+{ord(found[0]):X}.",
                mend="Take it out; nobody can see it.",
                where=part if paragraph is None else tagged.spots.get(paragraph, part),
            )
            raise ProblemsError(problem.message, (problem,), mend=problem.mend)


def _hide_braces(root: _Element, spans: Spans) -> None:
    """
    Put braces that belong to no tag out of sight.

    docxtpl takes one for the beginning of a tag, whatever stands between it and the next,
    and drops that.
    """
    for element in root.iter():
        if _has_brace(element.text or ""):
            kept = spans.get((element, ""), ())
            element.text = _without_braces(element.text or "", kept)
        for key, value in element.attrib.items():
            if _has_brace(str(value)):
                kept = spans.get((element, str(key)), ())
                element.set(key, _without_braces(str(value), kept))


def _has_brace(text: str) -> bool:
    return "{" in text or "}" in text


def _without_braces(text: str, kept: Iterable[tuple[int, int]]) -> str:
    signs = list(text.translate(BRACES))
    for first, last in kept:
        signs[first:last] = text[first:last]
    return "".join(signs)


def _clear(tag: Tag) -> None:
    """
    Move bookmarks out of a tag, in front of it; Word puts them wherever somebody has typed.
    """
    first, last = _run(_at(tag, tag.start)), _run(_at(tag, tag.end - 1))
    if first is None or last is None or first is last:
        return
    for one in list(first.itersiblings()):
        if one is last:
            break
        if one.tag in _BOOKMARKS:
            first.addprevious(one)


def _split_behind(tag: Tag) -> None:
    """
    Give what stands behind an r tag a run of its own, or it would lose its looks.
    """
    piece = _at(tag, tag.end - 1)
    run = _run(piece)
    if tag.prefix != "r" or run is None or piece.element.getparent() is not run:
        return
    at = tag.end - piece.start
    rest, behind = piece.text[at:], list(piece.element.itersiblings())
    looks = run.find(f"{W}rPr")
    if looks is None or not (rest or behind):
        return
    piece.change(piece.text[:at])
    another = run.makeelement(run.tag, {str(key): str(one) for key, one in run.attrib.items()})
    another.append(copy.deepcopy(looks))
    if rest:
        text = run.makeelement(f"{W}t", {_SPACE: "preserve"})
        text.text = rest
        another.append(text)
    another.extend(behind)
    run.addnext(another)


def _at(tag: Tag, at: int) -> Piece:
    return next(one for one in reversed(tag.pieces) if one.start <= at)


def _run(piece: Piece) -> _Element | None:
    return next(piece.element.iterancestors(f"{W}r"), None)


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
    if tag.prefix in _WHOLE and closing > 2:  # noqa: PLR2004 - the paragraph, row or cell goes anyway
        _change(tag, tag.end - closing, tag.end - 2, lambda _: " ")
        closing = 2
    _insert(tag, tag.end - closing, f"{_BEGIN}{digits}{_END}")
    _change(tag, tag.start + opening, tag.end - closing, _hidden)


def _insert(tag: Tag, at: int, mark: str) -> None:
    piece = _at(tag, at)
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

    apart = in_order(TAG.sub(put_by, text))
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

    lined = TAG.sub(led, text.replace("\r", " ").replace("\n", " "))
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
