"""
What a template's lists look like, level by level, whatever they count with.

A list in another style takes all of it but the number: how far it is indented, what
follows the number, how that is printed. Kept out: which list is used; see `lists`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from peerkit.document import LIST_STYLES
from peerkit_docx.word.xmlreading import walk
from peerkit_docx.word.xmlwriting import attribute

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Levels", "Look", "level_in", "levels_of"]

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
_FORMATS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman"}
_FOREIGN = ""
_BEFORE, _BEHIND = ("suff",), ("lvlJc", "pPr", "rPr")  # the number, in the order of the schema


@attrs.frozen
class Look:
    """
    What is written in a level *before* the text of its number, and *behind* it.
    """

    before: str = ""
    behind: str = ""


Levels = dict[tuple[int, int], Look]
"""
Looks by the id of a definition and the level in it.
"""


def level_in(style: str, level: int, start: int, look: Look) -> str:
    """
    Return *level* of a list that counts from *start* in *style*, and looks as *look* says.
    """
    sign = LIST_STYLES[style]
    text = style.replace(sign, f"%{level + 1}")
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="{start}"/><w:numFmt w:val="{_FORMATS[sign]}"/>'
        f'{look.before}<w:lvlText w:val="{text}"/>{look.behind}</w:lvl>'
    )


def levels_of(numbering: bytes, where: str) -> Levels:
    """
    Return the looks of all levels in the part *numbering*; *where* is what messages call it.
    """
    reading = _Reading()
    walk(numbering, where, start=reading.start, end=reading.end)
    return reading.found


class _Reading:
    """
    One pass that writes down again what stands in levels, but for what is not of Word's own
    namespace.
    """

    def __init__(self) -> None:
        self.found: Levels = {}
        self.path: list[str] = []
        self.abstract = self.level = -1
        self.written: dict[str, list[str]] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        local = name.removeprefix(_W) if name.startswith(_W) else _FOREIGN
        self.path.append(local)
        match self.path[1:]:
            case ["abstractNum"]:
                self.abstract = _whole(attributes.get(f"{_W}abstractNumId", ""))
            case ["abstractNum", "lvl"]:
                self.level, self.written = _whole(attributes.get(f"{_W}ilvl", "")), {}
            case ["abstractNum", "lvl", kind, *_] if self._is_kept():
                self.written.setdefault(kind, []).append(_tag(local, attributes))

    def end(self, _name: str) -> None:
        match self.path[1:]:
            case ["abstractNum", "lvl"]:
                self.found[self.abstract, self.level] = Look(
                    self._joined(_BEFORE), self._joined(_BEHIND)
                )
            case ["abstractNum", "lvl", kind, *_] if self._is_kept():
                self.written[kind].append(f"</w:{self.path[-1]}>")
        self.path.pop()

    def _is_kept(self) -> bool:
        # What a level looked like before a tracked change is left with the template.
        return not any(one == _FOREIGN or one.endswith("Change") for one in self.path[3:])

    def _joined(self, kinds: tuple[str, ...]) -> str:
        return "".join(tag for kind in kinds for tag in self.written.get(kind, ()))


def _tag(local: str, attributes: Mapping[str, str]) -> str:
    said = "".join(
        f' w:{name.removeprefix(_W)}="{attribute(value)}"'
        for name, value in attributes.items()
        if name.startswith(_W)
    )
    return f"<w:{local}{said}>"


def _whole(said: str) -> int:
    return int(said) if said.isascii() and said.isdecimal() else -1
