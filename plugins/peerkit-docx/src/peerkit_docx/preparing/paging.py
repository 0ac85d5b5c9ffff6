"""
Which kinds of pages a template has, and which header and footer each of them shows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from peerkit_docx.preparing.prepared import Page
from peerkit_docx.preparing.tags import W
from peerkit_docx.word.elements import WORDS
from peerkit_docx.word.opc import relations_of
from peerkit_docx.word.seeing import is_on
from peerkit_docx.word.xmlreading import walk

if TYPE_CHECKING:
    from collections.abc import Mapping

    from peerkit_docx.preparing.examining import Examined

__all__ = ["pages_of"]

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_OFF = ("0", "false", "off")
_EVEN = tuple(f"{space} evenAndOddHeaders" for space in WORDS)


def pages_of(found: Examined, origin: str) -> tuple[Page, ...]:
    """
    Return every kind of page that the sections of a template have, first and even ones included.
    """
    relations = relations_of(found.package, found.main, origin)
    targets = {one.id: one.target for one in relations}
    settings = next((one.target for one in relations if one.kind == "settings"), "")
    kinds = ["default"]
    if _has_even_pages(found.package.get(settings, b""), f"{origin}, {settings}"):
        kinds.append("even")
    heads: dict[tuple[str, str], str] = {}
    pages: dict[Page, None] = {}
    for section in found.body.root.iter(f"{W}sectPr"):
        for place in ("header", "footer"):
            for one in section.iterfind(f"{W}{place}Reference"):
                # What a section does not have, it takes from the one before.
                heads[place, one.get(f"{W}type", "default")] = one.get(f"{_R}id", "")
        first = section.find(f"{W}titlePg")
        own = [*kinds]
        if first is not None and first.get(f"{W}val", "1") not in _OFF:
            own.append("first")
        for kind in own:
            named = (
                targets.get(heads.get((place, kind), ""), "") for place in ("header", "footer")
            )
            pages[Page(kind=kind, parts=tuple(one for one in named if one in found.package))] = None
    return tuple(pages)


def _has_even_pages(settings: bytes, where: str) -> bool:
    """
    Tell whether the part *settings* gives even pages headers of their own.
    """
    found: list[bool] = []

    def start(name: str, attributes: Mapping[str, str]) -> None:
        if name in _EVEN:
            found.append(is_on(attributes))

    if settings:
        walk(settings, where, start=start)
    return any(found)
