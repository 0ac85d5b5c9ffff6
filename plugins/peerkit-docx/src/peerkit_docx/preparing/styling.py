"""
What a template's styles and lists are called, and what they look like.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from peerkit.errors import PeerkitError
from peerkit_docx.access.colours import Palette, palette_of
from peerkit_docx.markup.looks import AUTOMATIC, Looks
from peerkit_docx.preparing.tags import W
from peerkit_docx.word.refusing import begun
from peerkit_docx.word.xmlreading import is_markup, tree

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element

__all__ = ["Styling", "styling_of", "whole_number"]

_HEADING = re.compile(r"heading ([1-9])\Z")
_COLOUR = re.compile(r"[0-9A-Fa-f]{6}\Z")
_DEEPEST = 20  # of styles based on one another


@attrs.frozen(kw_only=True)
class Styling:
    """
    Ids of styles by kind and case-folded name, lists by the name of their style.

    *next_num* is the first free number of a list; *language* is that of all text. The
    *palette* tells the colours of text and of what is behind it.
    """

    ids: Mapping[str, Mapping[str, str]]
    lists: Mapping[str, tuple[int, int]]
    looks: Looks
    next_num: int
    language: str
    palette: Palette


def styling_of(package: Mapping[str, bytes], styles: str, numbering: str, origin: str) -> Styling:
    """
    Return what the parts *styles* and *numbering* of *package* say.

    Raises:
        PeerkitError: If they say what cannot be understood; it names *origin* and the part.
    """
    root = _tree(package[styles], f"{origin}, {styles}")
    where = f"{origin}, {numbering}"
    numbers = _tree(package[numbering], where) if numbering in package else None
    ids: dict[str, dict[str, str]] = {"paragraph": {}, "character": {}, "table": {}}
    lists: dict[str, tuple[int, int]] = {}
    abstracts = {one.get(f"{W}numId"): _value(one, "abstractNumId") for one in _all(numbers, "num")}
    for style in _all(root, "style"):
        kind, name = style.get(f"{W}type", ""), _value(style, "name").casefold()
        if kind in ids:
            ids[kind][name] = style.get(f"{W}styleId", "")
        elif kind == "numbering" and (abstract := abstracts.get(num := _value(style, "numId"))):
            lists[name] = (
                whole_number(num, "numId", where),
                whole_number(abstract, "abstractNumId", where),
            )
    nums = (
        whole_number(str(one.get(f"{W}numId", "0")), "numId", where) for one in _all(numbers, "num")
    )
    default = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    looks = _looks(root)
    return Styling(
        ids=ids,
        lists=lists,
        looks=looks,
        palette=palette_of(root, looks),
        next_num=1 + max(nums, default=0),
        language="" if default is None else str(default.get(f"{W}val", "")),
    )


def _tree(content: bytes, where: str) -> _Element:
    # All that is XML was walked through before; see `examining`.
    return tree(content, where, is_walked=is_markup(content))


def _looks(root: _Element) -> Looks:
    styles = {str(one.get(f"{W}styleId", "")): one for one in _all(root, "style")}
    default = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}color")
    ink = _colour(default) or AUTOMATIC
    headings = {one: level for one in styles if (level := _level(one, styles))}
    inks = {one: found for one in styles if (found := _ink(one, styles))}
    normal = next((one for one, it in styles.items() if it.get(f"{W}default") == "1"), "")
    return Looks(headings=headings, inks=inks, ink=inks.get(normal, ink))


def _chain(style: str, styles: Mapping[str, _Element]) -> Iterator[_Element]:
    """
    Yield *style* and the styles that it is based on.
    """
    for _ in range(_DEEPEST):
        if style not in styles:
            return
        yield styles[style]
        style = _value(styles[style], "basedOn")


def _level(style: str, styles: Mapping[str, _Element]) -> int:
    for one in _chain(style, styles):
        outline = one.find(f"{W}pPr/{W}outlineLvl")
        if outline is not None:
            said = str(outline.get(f"{W}val", ""))
            return int(said) + 1 if said.isdecimal() and int(said) < 9 else 0  # noqa: PLR2004 - 9 is body text
        if found := _HEADING.match(_value(one, "name").casefold()):
            return int(found[1])
    return 0


def _ink(style: str, styles: Mapping[str, _Element]) -> str:
    found = (_colour(one.find(f"{W}rPr/{W}color")) for one in _chain(style, styles))
    return next((one for one in found if one), "")


def _colour(element: _Element | None) -> str:
    said = "" if element is None else str(element.get(f"{W}val", ""))
    if said == AUTOMATIC:
        return said
    return said.upper() if _COLOUR.match(said) else ""


def _all(root: _Element | None, name: str) -> Iterator[_Element]:
    if root is not None:
        yield from root.iter(f"{W}{name}")


def _value(element: _Element, name: str) -> str:
    found = next(_all(element, name), None)
    return "" if found is None else str(found.get(f"{W}val", ""))


def whole_number(said: str, name: str, where: str) -> int:
    """
    Return the number *said*; *name* is what says it, in the part *where*.

    Raises:
        PeerkitError: If it is no whole number.
    """
    if not re.fullmatch(r"[-+]?[0-9]{1,10}", said):
        raise PeerkitError(
            f"{begun(where)} says “{said[:40]}” where a whole number is needed ({name}).",
            mend="Open it in Word and save it.",
        )
    return int(said)
