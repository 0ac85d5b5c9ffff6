"""
A template filled with what its names are like, every branch of it drawn.

For whoever restyles a template and has no paper at hand. Both arms of a question are
drawn one behind the other, loops go round a few times, and nothing is refused for how
it reads.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import attrs

from peerkit.document import Field, Fields, Paragraph, Section, Text
from peerkit_docx.checking.guessing import guessed_names
from peerkit_docx.drawing.plain import draw_names
from peerkit_docx.markup.values import Blocks, Head, Prose, Value
from peerkit_docx.preparing import prepare
from peerkit_docx.preparing.examining import examine

if TYPE_CHECKING:
    from collections.abc import Iterable

    from peerkit.document import Name, Shape
    from peerkit_docx.filling.sources import Source
    from peerkit_docx.markup.blocks import Pen

__all__ = ["preview", "sample_names"]

ITEMS = 2
_TAG = re.compile(r"\{%[-+]?\n\s*(\w+)(.*?)[-+]?%\}", re.DOTALL)
_LOOP = re.compile(r"\bloop\b")
_NOTHING = "{#\n#}"  # so that lines stay where they are


def preview(content: bytes, origin: str, shape: Shape | None) -> bytes:
    """
    Return the template *content* filled with examples of the names of *shape*.

    Names that the shape does not have are given what they seem to stand for. *origin* is
    what messages call the template.

    Raises:
        PeerkitError: If it is no Word document, or has a fault.
    """
    prepared = prepare(content, origin)
    found = examine(content, origin)
    names = guessed_names(one for part in found.parts for one in part.statements)
    names |= sample_names(shape.names) if shape is not None else {}
    every = {name: exercised(source) for name, source in prepared.sources.items()}
    return draw_names(attrs.evolve(prepared, sources=every), names, origin=origin, accessible=False)


# -- every branch ------------------------------------------------------------------


def exercised(source: Source) -> Source:
    """
    Return *source* with all of its branches drawn one behind the other.

    A question that asks a loop how far it has come stays, since loops come to all of its
    answers.
    """
    waiting: list[tuple[str, bool]] = []

    def drawn(found: re.Match[str]) -> str:
        word, rest = found[1], found[2]
        if word in ("for", "if"):
            is_kept = word == "for" or _LOOP.search(rest) is not None
            waiting.append((word, is_kept))
            return found[0] if is_kept else _NOTHING
        if word == "else" and waiting[-1][0] == "for":
            waiting[-1] = ("done", False)  # the loop ends here, and what is otherwise follows
            return found[0].replace("else", "endfor")
        if word in ("else", "elif"):
            return found[0] if waiting[-1][1] else _NOTHING
        if word in ("endfor", "endif"):
            return found[0] if waiting.pop()[1] else _NOTHING
        return found[0]

    return attrs.evolve(source, text=_TAG.sub(drawn, source.text))


# -- what names are like -----------------------------------------------------------


class _Sample(Value):
    """
    Blocks of every kind, fewer of them in a cell.
    """

    called = "a part of the paper that is drawn whole"

    def __init__(self, meaning: str) -> None:
        self._meaning = meaning

    def as_blocks(self, pen: Pen, *, is_cell: bool) -> str:
        if is_cell:
            return Prose(f"{self._meaning}\n\n- an item\n").as_blocks(pen, is_cell=True)
        numbered = Paragraph(
            inlines=(Text(f"{self._meaning}, a numbered paragraph."),), is_numbered=True, number="1"
        )
        first = Blocks((numbered,)).as_blocks(pen, is_cell=False)
        return first + Prose(_EVERY_KIND).as_blocks(pen, is_cell=False)


_EVERY_KIND = """\
A paragraph with *stress*, **weight** and [a link to the guidance](https://www.example.org/).

- an item of a list
- another
  - an item inside it

1. a counted item
2. another

> A quotation.

| Column | Another |
| --- | --- |
| a cell | another cell |
"""


def sample_names(names: Iterable[Name]) -> dict[str, Any]:
    """
    Return an example for each of *names*, as a template is filled with.
    """
    known = list(names)
    found: dict[str, Any] = {}
    for name in known:
        if not name.like:
            _put(found, name.path.split("."), _value(name))
    for name in known:
        if name.like:
            _put_alike(found, name)
    return found


def _put(group: dict[str, Any], steps: list[str], value: object) -> None:
    head, *rest = steps
    key = "example" if head == "*" else head.removesuffix("[]")
    if not head.endswith("[]"):
        if rest:
            _put(group.setdefault(key, {}), rest, value)
        else:
            group[key] = value
        return
    if not rest:
        several = value.split(", ") if isinstance(value, str) else []
        group[key] = several if len(several) > 1 else [value] * ITEMS
        return
    for one in group.setdefault(key, [{} for _ in range(ITEMS)]):
        _put(one, rest, value)


def _put_alike(found: dict[str, Any], name: Name) -> None:
    """
    Let what lies inside be like what lies outside, once.
    """
    outer = found.get(name.like, [])
    key = name.path.rpartition(".")[2]
    inner = [{**one, key: []} for one in outer[:1]]
    for one in outer:
        one[key] = inner


def _value(name: Name) -> object:
    if not name.whole:
        return int(name.example) if name.example.isdecimal() else name.example
    key = name.path.rpartition(".")[2]
    if key == "head":
        return Head(Section(key="example", heading="The heading of a section"), 1)
    if key == "front":
        sheet = Fields(
            key="front",
            caption="A front sheet",
            headings=("Item", "Detail"),
            fields=(Field(key="a", label="A line of it", value=(_said("What it says"),)),),
        )
        return Blocks((sheet,))
    return _Sample(name.meaning[:1].upper() + name.meaning[1:])


def _said(text: str) -> Paragraph:
    return Paragraph(inlines=(Text(text),))
