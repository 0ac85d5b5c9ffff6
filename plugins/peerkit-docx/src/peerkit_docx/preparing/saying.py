"""
What a part says beside its tags, before and after docxtpl has patched it.

Patching can drop what stands near a tag. Whatever it was, it shows here, and is told.
"""

from __future__ import annotations

import re
from html import unescape
from itertools import takewhile
from typing import TYPE_CHECKING

import attrs

from peerkit.errors import Problem, ProblemsError
from peerkit_docx.filling.sources import ANY_TAG
from peerkit_docx.preparing.delimiting import shortened
from peerkit_docx.preparing.tags import KEPT, W
from peerkit_docx.problems import TEMPLATE_BESIDE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lxml.etree import _Element

__all__ = ["Said", "Spans", "refuse_lost", "said_by"]

# Which signs of an element's text, or of one of its attributes, belong to tags.
Spans = dict[tuple["_Element", str], list[tuple[int, int]]]

# Stands for what is shown and is no text, such as a picture.
_SHOWN = "\U000f7017"
_PICTURE = re.compile("<(?:%s)[ />]" % "|".join(one.replace(W, "w:") for one in sorted(KEPT)))  # noqa: UP031
_MARKUP = re.compile(r"<[^>]*>")
_BLANK = re.compile(r"\s+")


@attrs.frozen(eq=False)
class Said:
    """
    What an element of a part says, without tags and blanks.
    """

    element: _Element
    text: str


def said_by(root: _Element, spans: Spans) -> list[Said]:
    """
    Return what is said below *root* outside of tags, in order.
    """
    found = []
    for element in root.iter():
        text = _SHOWN if element.tag in KEPT else ""
        own = element.text or ""
        for first, last in reversed(spans.get((element, ""), ())):
            own = own[:first] + own[last:]
        if text := text + _BLANK.sub("", own):
            found.append(Said(element, text))
    return found


def refuse_lost(
    said: Iterable[Said], source: str, spots: Mapping[_Element, str], part: str
) -> None:
    """
    Refuse a patched *source* that does not say all that was *said*.

    *spots* are the places of paragraphs, *part* is what places call the part.

    Raises:
        ProblemsError: If something is missing; it has its place.
    """
    before = list(said)
    pictures = _PICTURE.sub(lambda found: _SHOWN + found[0], ANY_TAG.sub("", source))
    after = _BLANK.sub("", unescape(_MARKUP.sub("", pictures)))
    whole = "".join(one.text for one in before)
    if whole == after:
        return
    same = sum(
        1 for _ in takewhile(lambda both: both[0] == both[1], zip(whole, after, strict=False))
    )
    at = 0
    for one in before:
        at += len(one.text)
        if at > same:
            break
    raise _lost(one, spots, part)


def _lost(one: Said, spots: Mapping[_Element, str], part: str) -> ProblemsError:
    holders = one.element.iterancestors(f"{W}p")
    paragraph = next(holders, None)
    words = "" if paragraph is None else "".join(map(str, paragraph.itertext()))
    what = "A picture or note" if one.text.startswith(_SHOWN) else f"“{shortened(one.text, 40)}”"
    problem = Problem(
        kind=TEMPLATE_BESIDE,
        message=f"{what} beside a tag would be lost.",
        mend="Give the tag a paragraph of its own, without dashes beside its braces.",
        where=part if paragraph is None else spots.get(paragraph, part),
        excerpt=shortened(words),
    )
    return ProblemsError(problem.message, (problem,), mend=problem.mend)
