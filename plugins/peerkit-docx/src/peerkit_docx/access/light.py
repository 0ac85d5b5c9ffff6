"""
A part as a tree of plain elements, read with nothing but the standard library.

They answer what the reading of outlines asks, as lxml's do, which drawing does without.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from peerkit_docx.word.xmlreading import walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element

__all__ = ["light_tree"]

_STEP = re.compile(r"(?:\{[^}]*\})?[^/]+")


class _Light:
    """
    An element: its *tag*, its *text* before the first child, its attributes and children.
    """

    __slots__ = ("_attributes", "_children", "tag", "text")

    def __init__(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.tag = tag
        self.text: str | None = None
        self._attributes = attributes
        self._children: list[_Light] = []

    def __iter__(self) -> Iterator[_Light]:
        return iter(self._children)

    def __len__(self) -> int:
        return len(self._children)

    def __bool__(self) -> bool:
        return True

    def add(self, child: _Light) -> None:
        self._children.append(child)

    def get(self, name: str, default: str | None = None) -> str | None:
        return self._attributes.get(name, default)

    def find(self, path: str) -> _Light | None:
        return next(self.iterfind(path), None)

    def iterfind(self, path: str) -> Iterator[_Light]:
        found = [self]
        for step in _STEP.findall(path):
            found = [child for one in found for child in one if child.tag == step]
        return iter(found)

    def iter(self, tag: str | None = None) -> Iterator[_Light]:
        if tag is None or tag == self.tag:
            yield self
        for child in self._children:
            yield from child.iter(tag)


def light_tree(data: bytes, part: str) -> _Element:
    """
    Return *data* as a tree.

    Raises:
        PeerkitError: As `walk` does, naming *part*.
    """
    names: dict[str, str] = {}
    top = _Light("", {})
    opened = [top]

    def named(name: str) -> str:
        space, _, local = name.rpartition(" ")
        return names.setdefault(name, f"{{{space}}}{local}" if space else local)

    def start(name: str, attributes: Mapping[str, str]) -> None:
        told = {names.get(key) or named(key): value for key, value in attributes.items()}
        element = _Light(names.get(name) or named(name), told)
        opened[-1].add(element)
        opened.append(element)

    def end(_: str) -> None:
        opened.pop()

    def text(said: str) -> None:
        element = opened[-1]
        if not len(element):
            element.text = (element.text or "") + said

    walk(data, part, start=start, end=end, text=text)
    return cast("_Element", next(iter(top)))
