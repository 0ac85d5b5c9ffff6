"""
Pictures, shapes and text boxes in a drawing, in Word's own way and in the older one (VML).

Kept out: what is written in a box; see `content`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from peerkit_docx.access.shades import UNKNOWN
from peerkit_docx.markup.looks import WHITE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

__all__ = ["Shape", "chosen", "shapes_of"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_V = "{urn:schemas-microsoft-com:vml}"
_O = "{urn:schemas-microsoft-com:office:office}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

_FRAMES = (f"{_WP}inline", f"{_WP}anchor")
_BOX = f"{_W}txbxContent"
_ALTERNATE = f"{_MC}AlternateContent"
_VML = frozenset(
    _V + one
    for one in (
        "shape", "rect", "oval", "line", "roundrect", "polyline", "curve", "arc", "image", "group",
    )
)  # fmt: skip
_FILLS = {f"{_A}{one}" for one in ("gradFill", "blipFill", "pattFill", "grpFill", "solidFill")}
_HEX = re.compile("#([0-9A-Fa-f]{6})")
_TRUE = ("1", "true", "t")


@attrs.frozen(kw_only=True, eq=False)
class Shape:
    """
    Something drawn: its *alternative* text, and its *boxes* of text, each with what is
    behind it: a colour, empty for what is behind the shape.

    One that *says* all it shows in its boxes needs no other words.
    """

    alternative: str = ""
    is_decorative: bool = False
    floats: bool = False
    says: bool = False
    boxes: tuple[tuple[_Element, str], ...] = ()


def chosen(alternate: _Element) -> _Element | None:
    """
    Return the one of several ways to say the same that a program of today takes.
    """
    found = alternate.find(f"{_MC}Choice")
    return alternate.find(f"{_MC}Fallback") if found is None else found


def shapes_of(element: _Element) -> Iterator[Shape]:
    """
    Yield what *element* shows, itself or inside of it; not what lies in boxes of text.
    """
    if element.tag in _FRAMES:
        yield from _framed(element)
    elif element.tag in _VML:
        yield from _of_vml(element)
    elif element.tag == _ALTERNATE:
        if (way := chosen(element)) is not None:
            yield from shapes_of(way)
    elif element.tag != _BOX:
        for child in element:
            yield from shapes_of(child)


def _inside(element: _Element) -> Iterator[_Element]:
    """
    Yield what is inside of *element*, boxes of text closed.
    """
    for child in element:
        if child.tag == _ALTERNATE:
            if (way := chosen(child)) is not None:
                yield from _inside(way)
            continue
        yield child
        if child.tag != _BOX:
            yield from _inside(child)


def _has_words(box: _Element) -> bool:
    return any((one.text or "").strip() for one in box.iter(f"{_W}t"))


# -- Word's own way ----------------------------------------------------------------


def _framed(frame: _Element) -> Iterator[Shape]:
    said = frame.find(f"{_WP}docPr")
    if said is not None and str(said.get("hidden", "")) in _TRUE:
        return
    boxes = tuple(_boxes(frame, ""))
    pictured = any(one.tag == f"{_PIC}pic" for one in _inside(frame))
    yield Shape(
        alternative="" if said is None else _first(said.get("descr"), said.get("title")),
        is_decorative=said is not None and _is_decorative(said),
        floats=frame.tag == f"{_WP}anchor",
        says=not pictured and any(_has_words(box) for box, _ in boxes),
        boxes=boxes,
    )


def _first(*said: str | None) -> str:
    return next((one for one in said if one and one.strip()), "")


def _boxes(element: _Element, ground: str) -> Iterator[tuple[_Element, str]]:
    for child in element:
        if child.tag == _BOX:
            yield child, ground
        elif child.tag == _ALTERNATE:
            if (way := chosen(child)) is not None:
                yield from _boxes(way, ground)
        elif child.tag == f"{_WPS}wsp":
            yield from _boxes(child, _filled(child) or ground)
        else:
            yield from _boxes(child, ground)


def _filled(shape: _Element) -> str:
    """
    Return the colour that fills *shape*, empty for none.
    """
    properties = shape.find(f"{_WPS}spPr")
    fills = () if properties is None else [one for one in properties if one.tag in _FILLS]
    for fill in fills:
        plain = fill.find(f"{_A}srgbClr")
        is_plain = plain is not None and not len(plain)
        return str(plain.get("val", "")).upper() if plain is not None and is_plain else UNKNOWN
    if properties is not None and properties.find(f"{_A}noFill") is not None:
        return ""
    styled = shape.find(f"{_WPS}style/{_A}fillRef")
    return UNKNOWN if styled is not None and styled.get("idx", "0") != "0" else ""


def _is_decorative(said: _Element) -> bool:
    return any(
        str(one.tag).endswith("}decorative") and str(one.get("val", "")) in _TRUE
        for one in said.iter()
    )


# -- the older way -----------------------------------------------------------------


def _of_vml(shape: _Element) -> Iterator[Shape]:
    style = "".join(str(shape.get("style", "")).split())
    if "visibility:hidden" in style or str(shape.get(f"{_O}hr", "")) in _TRUE:
        return  # not shown, or a line across the page
    inside = list(_inside(shape))
    boxes = tuple(_vml_boxes(shape, _vml_ground(shape)))
    pictured = any(one.tag == f"{_V}imagedata" for one in inside)
    worded = [str(one.get("string", "")) for one in inside if one.tag == f"{_V}textpath"]
    yield Shape(
        alternative=_first(shape.get("alt"), *worded),
        floats="position:absolute" in style,
        says=not pictured and any(_has_words(box) for box, _ in boxes),
        boxes=boxes,
    )


def _vml_boxes(element: _Element, ground: str) -> Iterator[tuple[_Element, str]]:
    for child in element:
        if child.tag == _BOX:
            yield child, ground
        elif child.tag in _VML:
            yield from _vml_boxes(child, _vml_ground(child))
        else:
            yield from _vml_boxes(child, ground)


def _vml_ground(shape: _Element) -> str:
    if str(shape.get("filled", "t")) in ("f", "false", "0") or shape.tag == f"{_V}group":
        return ""
    fill = shape.find(f"{_V}fill")
    if fill is not None and str(fill.get("type", "solid")) != "solid":
        return UNKNOWN
    said = shape.get("fillcolor")
    if said is None:
        return WHITE
    found = _HEX.match(str(said))
    return found[1].upper() if found else UNKNOWN
