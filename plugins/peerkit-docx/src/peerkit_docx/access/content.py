"""
What stands in one paragraph: words as they are set, links, pictures and boxes of text.

Kept out: blocks; see `reading`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from peerkit_docx.access.outline import Block, Link, Picture, Run
from peerkit_docx.access.shades import is_on, value_of
from peerkit_docx.access.shapes import chosen, shapes_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element

    from peerkit_docx.access.colours import Palette

__all__ = ["SHOWN", "Content", "spoken"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

SHOWN = frozenset(
    f"{_W}{one}"
    for one in (
        "drawing", "pict", "object", "sym", "br", "fldChar", "fldSimple", "footnoteReference",
        "endnoteReference", "ptab", "footnoteRef", "endnoteRef", "annotationRef", "separator",
        "continuationSeparator", "noBreakHyphen",
    )
)  # fmt: skip
_SIGNS = {f"{_W}tab": " ", f"{_W}cr": " ", f"{_W}noBreakHyphen": "\u2011"}
_FORMULAS = (f"{_M}oMath", f"{_M}oMathPara")
# What is no more, and stands there for whoever wants to see what was changed.
_GONE = frozenset(f"{_W}{one}" for one in ("pPr", "del", "moveFrom"))
# Each ends before another of its kind, or one that is never closed would be sought to the end.
_SILENT = re.compile(r"\{%(?:[^{%]++|\{(?!%)|%(?!\}))*+%\}|\{#(?:[^{#]++|\{(?!#)|#(?!\}))*+#\}")
_PRINTED = re.compile(r"\{\{(?:[^{}]++|\{(?!\{)|\}(?!\}))*+\}\}")
_HYPERLINK = re.compile(r"\s*HYPERLINK\b", re.IGNORECASE)


def spoken(text: str, *, is_template: bool) -> tuple[str, str]:
    """
    Return what *text* says when it is printed, and the tags in it that say nothing.
    """
    if not is_template or "{" not in text:
        return text, ""
    silent = "".join(_SILENT.findall(text))
    return _PRINTED.sub("…", _SILENT.sub("", text)), silent


@attrs.define(eq=False)
class _Field:
    """
    A field that has begun: its *code*, and where in the paragraph its result begins.
    """

    code: str = ""
    begins: tuple[int, int] | None = None


@attrs.define(eq=False)
class Content:
    """
    What stands in a paragraph of *style*, gathered run by run.

    *table* is the colour that the style of a table gives to text; *read_box* reads what
    lies in a box, given what is behind it.
    """

    palette: Palette
    is_template: bool
    style: str
    table: str
    read_box: Callable[[_Element, str], tuple[Block, ...]]
    said: list[str] = attrs.field(factory=list)
    runs: list[Run] = attrs.field(factory=list)
    links: list[Link] = attrs.field(factory=list)
    pictures: list[Picture] = attrs.field(factory=list)
    boxes: list[tuple[Block, ...]] = attrs.field(factory=list)
    is_shown: bool = False
    _fields: list[_Field] = attrs.field(factory=list)

    def read(self, element: _Element) -> None:
        """
        Read what *element* holds.
        """
        for child in element:
            tag = child.tag
            if tag == f"{_W}r":
                self._run(child)
            elif tag == f"{_W}hyperlink":
                begins = self._here
                self.read(child)
                self._link(begins, str(child.get(f"{_W}anchor", "")))
            elif tag == f"{_W}fldSimple":
                self.is_shown = True
                begins, code = self._here, str(child.get(f"{_W}instr", ""))
                self.read(child)
                self._field_link(begins, code)
            elif tag == f"{_MC}AlternateContent":
                if (way := chosen(child)) is not None:
                    self.read(way)
            elif tag in _FORMULAS:
                self.is_shown = True
            elif tag not in _GONE:
                self.is_shown |= tag in SHOWN
                self.read(child)

    # -- runs ----------------------------------------------------------------------

    def _run(self, run: _Element) -> None:
        before = len(self.said)
        self._in_run(run)
        text = "".join(self.said[before:])
        properties = run.find(f"{_W}rPr")
        words = spoken(text, is_template=self.is_template)[0].strip()
        hidden = None if properties is None else properties.find(f"{_W}vanish")
        if words and (hidden is None or not is_on(value_of(hidden, "1"))):
            self.runs.append(
                Run(
                    words=words,
                    ink=self.palette.ink_of(self.style, properties, self.table),
                    ground=self.palette.ground_of(properties),
                )
            )

    def _in_run(self, run: _Element) -> None:
        for child in run:
            tag = child.tag
            if tag == f"{_W}t":
                self.said.append(child.text or "")
            elif tag in _SIGNS:
                self.said.append(_SIGNS[tag])
            elif tag == f"{_W}fldChar":
                self.is_shown = True
                self._field(str(child.get(f"{_W}fldCharType", "")))
            elif tag == f"{_W}instrText":
                if self._fields:
                    self._fields[-1].code += child.text or ""
            elif tag in SHOWN:
                self._drawn(child)
            else:
                self._further_in(child)

    def _further_in(self, element: _Element) -> None:
        if element.tag == f"{_MC}AlternateContent":
            if (way := chosen(element)) is not None:
                self._in_run(way)
        elif element.tag == f"{_W}ruby":  # reading aids beside the words themselves
            for base in element.iterfind(f"{_W}rubyBase"):
                self.read(base)

    def _drawn(self, element: _Element) -> None:
        self.is_shown = True
        for shape in shapes_of(element):
            self.boxes += [self.read_box(box, ground) for box, ground in shape.boxes]
            if not shape.says:
                alternative = spoken(shape.alternative, is_template=self.is_template)[0]
                self.pictures.append(
                    Picture(
                        alternative=alternative.strip(),
                        is_decorative=shape.is_decorative,
                        floats=shape.floats,
                    )
                )

    # -- links ---------------------------------------------------------------------

    @property
    def _here(self) -> tuple[int, int]:
        return len(self.said), len(self.pictures)

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].begins = self._here
        elif kind == "end" and self._fields:
            field = self._fields.pop()
            if field.begins is not None:
                self._field_link(field.begins, field.code)

    def _field_link(self, begins: tuple[int, int], code: str) -> None:
        if _HYPERLINK.match(code):
            self._link(begins, code)

    def _link(self, begins: tuple[int, int], target: str) -> None:
        """
        Take notice of a link to *target*, of all that has come since it *begins*.
        """
        text = "".join(self.said[begins[0] :])
        pictured = [one.alternative for one in self.pictures[begins[1] :]]
        self.links.append(
            Link(
                words=" ".join((spoken(text, is_template=self.is_template)[0], *pictured)).strip(),
                is_printed=self.is_template and "{" in text,
                # The table of contents repeats headings, which say themselves what they are of.
                is_entry="_Toc" in target,
            )
        )
