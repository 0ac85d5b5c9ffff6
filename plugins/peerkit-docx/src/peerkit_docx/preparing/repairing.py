"""
What is changed in the tree of a part before it is patched, so that copies do no harm.

A loop repeats what stands in it, and Word wants the ids of pictures and bookmarks to be
different. They become tags of our own, which are given out as the paper is drawn.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from peerkit_docx.preparing.tags import W

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["repair", "split_signs", "with_own_tags"]

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_PLAIN = re.compile(r"\w{1,40}\Z")
# Private characters of plane 15, which stand for the braces of a tag of ours.
_BEGIN, _END = "\U000f7015", "\U000f7016"
_OWN = re.compile(f"{_BEGIN}([^{_END}]*){_END}")
_STARTS, _ENDS, _BOOKMARKS = (
    re.compile(f'<w:bookmark(?:{which})\\b[^>]*?\\bw:id="{_BEGIN}([0-9]+){_END}"[^>]*?>')
    for which in ("Start", "End", "Start|End")
)
_SIGNS = re.compile(r"([\n\t])")


def repair(root: _Element) -> None:
    """
    Change the tree below *root*, which holds tags.
    """
    for element in root.iter(f"{_WP}docPr"):
        element.set("id", own_tag("0"))
    for element in root.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd"):
        key = str(element.get(f"{W}id", ""))
        name = str(element.get(f"{W}name", ""))
        if key.isdecimal():
            element.set(f"{W}id", own_tag(key))
            if _PLAIN.match(name):
                element.set(f"{W}name", own_tag(f"'{name}'"))
    for element in root.iter(f"{W}tc"):
        if any("{" in str(text) for text in element.itertext()):
            _open_properties(element)
    for element in root.iter(f"{W}p", f"{W}tr"):
        for name in ("paraId", "textId"):
            if f"{_W14}{name}" in element.attrib:
                del element.attrib[f"{_W14}{name}"]


def own_tag(inside: str) -> str:
    """
    Return a tag of ours, such as patching does not see; see `with_own_tags`.
    """
    return f"{_BEGIN}{inside}{_END}"


def with_own_tags(source: str) -> str:
    """
    Return a *source* that has been patched, its own tags written as Jinja's.

    A bookmark that has lost its beginning or its end by being patched is taken out.
    """
    begun = Counter(_STARTS.findall(source))
    ended = Counter(_ENDS.findall(source))

    def kept(found: re.Match[str]) -> str:
        key = found[1]
        return found[0] if begun[key] == ended[key] else ""

    return _OWN.sub(r"{{ \1 }}", _BOOKMARKS.sub(kept, source))


def _open_properties(cell: _Element) -> None:
    """
    Give *cell* properties that can take more in; docxtpl finds none that are written as empty.
    """
    properties = cell.find(f"{W}tcPr")
    if properties is None:
        properties = cell.makeelement(f"{W}tcPr")
        cell.insert(0, properties)
    if not len(properties):
        properties.text = ""


def split_signs(root: _Element) -> None:
    """
    Turn line breaks and tabs in Word's own text below *root* into what Word has for them.
    """
    for text in list(root.iter(f"{W}t")):
        if text.text and _SIGNS.search(text.text):
            _split(text)


def _split(text: _Element) -> None:
    run = text.getparent()
    if run is None:
        return
    at = run.index(text)
    first, *rest = _SIGNS.split(text.text or "")
    text.text = first
    text.set(_XML_SPACE, "preserve")
    for sign, said in zip(rest[::2], rest[1::2], strict=True):
        at += 1
        run.insert(at, run.makeelement(f"{W}br" if sign == "\n" else f"{W}tab"))
        at += 1
        more = run.makeelement(f"{W}t", {_XML_SPACE: "preserve"})
        more.text = said
        run.insert(at, more)
