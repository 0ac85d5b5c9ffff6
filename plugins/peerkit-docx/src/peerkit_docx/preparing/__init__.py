"""
Preparing a template: all that can be done before there is a document to draw.

Needs docxtpl and lxml, which drawing does not.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from peerkit.errors import PeerkitError, ProblemsError
from peerkit_docx.filling.ready import ready
from peerkit_docx.filling.sandbox import Budget
from peerkit_docx.preparing.examining import examine
from peerkit_docx.preparing.marking import source_of
from peerkit_docx.preparing.paging import pages_of
from peerkit_docx.preparing.prepared import Page, Prepared, dumped, loaded, loaded_for
from peerkit_docx.preparing.properties import property_sources
from peerkit_docx.preparing.styling import whole_number
from peerkit_docx.preparing.tags import W
from peerkit_docx.problems import ACCESS_KINDS
from peerkit_docx.word.properties import paper_of
from peerkit_docx.word.refusing import begun, refuse

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from lxml.etree import _Element

    from peerkit_docx.filling.sources import Source
    from peerkit_docx.preparing.examining import Examined

__all__ = ["Page", "Prepared", "dumped", "loaded", "loaded_for", "prepare"]

# Braces that are kept apart, to be printed side by side.
_KEPT_APART = (b"{_{", b"}_}", b"{_%", b"%_}")
_WIDEST = 31_681  # Word's widest page, 22 inches
_DEFAULT_WIDTH = 9_072  # A4 less two margins of 2.5 cm


def prepare(template: bytes, origin: str, *, is_own: bool = False) -> Prepared:
    """
    Return *template* made ready; *origin* is what messages call it.

    What leads out of one that *is_own* is left out; from anybody else it is refused.

    Raises:
        PeerkitError: If it is no Word document.
        ProblemsError: If it holds what a template may not, or a tag that could never be
            filled; it has all of the problems.
    """
    found = examine(template, origin, is_own=is_own)
    refuse((one for one in found.problems if one.kind not in ACCESS_KINDS), origin)
    try:
        sources = sources_of(found)
    except ProblemsError as error:
        refuse(error.problems, origin)
        raise
    prepared = made(found, sources, hashlib.sha256(template).hexdigest(), origin)
    budget = Budget()
    for name, source in sources.items():
        # What is wrong with tags taken together shows when they are made ready.
        try:
            ready(source, prepared.looks, budget, is_main=name == found.main, is_gated=True)
        except PeerkitError as error:
            refuse(getattr(error, "problems", ()), origin)
            raise
    return prepared


def sources_of(found: Examined, without: Container[str] = ()) -> dict[str, Source]:
    """
    Return the source of each part with something to fill or join, and of the body.

    Their trees are changed. Parts *without* which it is done are called as places call them.
    """
    sources: dict[str, Source] = {}
    for part in found.parts:
        content = found.package[part.name]
        apart = any(one in content for one in _KEPT_APART)
        if part.words in without:
            continue
        if part.tagged.tags or apart or part.name == found.main:
            sources[part.name] = source_of(part.root, part.tagged, part.words)
    return sources | property_sources(found.package)


def made(found: Examined, sources: Mapping[str, Source], digest: str, origin: str) -> Prepared:
    """
    Return what was *found*, and its *sources*, as a template made ready.
    """
    roots = [one.root for one in found.parts]
    return Prepared(
        digest=digest,
        paper=paper_of(found.package, origin),
        main=found.main,
        styles=found.styles,
        numbering=found.numbering,
        sources=sources,
        parts={name: one for name, one in found.package.items() if name not in sources},
        order=tuple(found.package),
        ids=found.styling.ids,
        lists=found.styling.lists,
        looks=found.styling.looks,
        pages=pages_of(found, origin),
        width=_width(found.body.root, f"{origin}, {found.main}"),
        next_id=_next_id(roots),
        next_num=found.styling.next_num,
        problems=found.problems,
    )


def _width(root: _Element, where: str) -> int:
    for section in root.iterfind(f"{W}body/{W}sectPr"):
        size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
        if size is not None and margins is not None:
            sides = (_number(margins, side, where) for side in ("left", "right", "gutter"))
            width = _number(size, "w", where) - sum(sides)
            if not 0 < width < _WIDEST:
                raise PeerkitError(
                    f"{begun(where)} has a page whose margins leave no room for text.",
                    mend="Set the page's size and margins in Word.",
                )
            return width
    return _DEFAULT_WIDTH


def _number(element: _Element, name: str, where: str) -> int:
    return whole_number(str(element.get(f"{W}{name}", "0")), name, where)


def _next_id(roots: Iterable[_Element]) -> int:
    found = [0]
    for root in roots:
        for element in root.iter("{*}docPr", f"{W}bookmarkStart"):
            number = re.sub(r"[{} ]", "", element.get("id") or element.get(f"{W}id") or "")
            # Larger ones are Word's random numbers, which ours do not come near.
            found.append(int(number) if re.fullmatch("[0-9]{1,9}", number) else 0)
    return max(found) + 1
