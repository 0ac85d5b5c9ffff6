"""
One drawing: a prepared template and names become the parts of a Word file.

Each part is filled once and packed piece by piece as it comes, so that it is never held
whole. It need not be parsed again: that every element ends, whatever loops and questions
come to, was proven when the template was made ready, and all else is escaped.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import attrs

from peerkit.errors import ProblemsError
from peerkit_docx.drawing.gating import gated
from peerkit_docx.drawing.grids import counted_again
from peerkit_docx.drawing.keeping import kept, remembered
from peerkit_docx.filling.faults import ExhaustedError
from peerkit_docx.filling.printing import Printing
from peerkit_docx.filling.ready import exhausted, fill
from peerkit_docx.filling.sandbox import Budget
from peerkit_docx.markup.blocks import Pen
from peerkit_docx.markup.headings import Headings
from peerkit_docx.markup.levels import levels_of
from peerkit_docx.markup.lists import Numbering
from peerkit_docx.markup.pictures import SUFFIXES
from peerkit_docx.markup.relations import Relations
from peerkit_docx.word.fields import field_problems
from peerkit_docx.word.opc import (
    CONTENT_TYPES,
    before_end,
    relations_of,
    relations_part,
    with_default_type,
    with_relations,
)
from peerkit_docx.word.packages import Packing, packed
from peerkit_docx.word.refusing import refuse
from peerkit_docx.word.spots import part_in_words
from peerkit_docx.word.xmlwriting import DECLARATION

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

    from peerkit.errors import ProblemKind
    from peerkit_docx.drawing.keeping import Kept
    from peerkit_docx.filling.ready import Ready
    from peerkit_docx.markup.levels import Levels
    from peerkit_docx.markup.values import Value
    from peerkit_docx.preparing.prepared import Prepared
    from peerkit_docx.word.packages import Packed

__all__ = ["Drawn", "drawn"]

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PREFIX = "peerkit"
_PIECES = 200  # that are packed at once


@attrs.define(kw_only=True, eq=False)
class Drawn:
    """
    What came of it: the *parts* of the file, and the *pen* that drew.

    *texts* are the parts that are short. *said* is what was printed, *drew* the kinds of
    values that are more than text, and *always* what the
    template itself says whatever happens. It *has_code* if some of that may be a field's.
    """

    parts: dict[str, Packed]
    texts: dict[str, bytes]
    pen: Pen
    said: list[str]
    drew: set[type[Value]]
    always: tuple[str, ...]
    has_code: bool


def drawn(
    prepared: Prepared,
    names: Mapping[str, object],
    origin: str,
    *,
    is_gated: bool,
    without: tuple[str, ...] = (),
    spared: Container[ProblemKind] = (),
) -> Drawn:
    """
    Return *prepared* filled with *names*; *origin* is what messages call it.

    With *is_gated*, what could not be read by everyone is refused, but for what is *spared*
    because it was typed so. Parts *without* which
    the file is made are left to the caller.

    Raises:
        PeerkitError: If anything cannot be drawn.
        ProblemsError: If the template asks for what is not there or may not be.
    """

    def draw(is_gated: bool) -> Drawn:  # noqa: FBT001 - its only one
        return _filled(prepared, names, origin, is_gated=is_gated, without=without)

    return gated(prepared, origin, draw, spared) if is_gated else draw(False)  # noqa: FBT003 - the same


def _filled(
    prepared: Prepared,
    names: Mapping[str, object],
    origin: str,
    *,
    is_gated: bool,
    without: tuple[str, ...],
) -> Drawn:
    ready = _kept(prepared, origin, is_gated=is_gated)
    sheet = prepared.sheet(origin)
    pen = Pen(
        sheet=sheet,
        numbering=Numbering(sheet, prepared.next_num, functools.partial(_levels, prepared, origin)),
        width=prepared.width,
        next_id=prepared.next_id,
        relations=Relations(_PREFIX),
        headings=Headings(is_gated=is_gated, levels=prepared.looks.headings),
        taken=frozenset(prepared.order),
        prefix=ready.prefix,
    )
    printing = Printing(pen=pen, is_gated=is_gated)
    drawing = _Drawing(prepared, ready, origin, printing, Budget())
    shown = {part for page in prepared.pages for part in page.parts}
    for name in _in_turn(prepared):
        if name not in without:
            drawing.draw(name, names, is_short=name in shown or name not in ready.parts)
    drawing.share()
    return Drawn(
        parts=drawing.parts,
        texts=drawing.texts,
        pen=pen,
        said=printing.said,
        drew=printing.drew,
        always=tuple(text for one in ready.parts.values() for text in one.always),
        has_code=ready.has_code,
    )


def _levels(prepared: Prepared, origin: str) -> Levels:
    content, where = prepared.parts[prepared.numbering], f"{origin}, {prepared.numbering}"
    return remembered(("levels", prepared.key), functools.partial(levels_of, content, where))


def _in_turn(prepared: Prepared) -> Iterator[str]:
    """
    Yield the parts that are filled, the body first, so that its headings come first.
    """
    yield prepared.main
    rest = (name for name in prepared.order if name in prepared.sources)
    yield from (name for name in rest if name != prepared.main)


def _kept(prepared: Prepared, origin: str, *, is_gated: bool) -> Kept:
    try:
        return kept(prepared, is_gated=is_gated)
    except ProblemsError as error:
        refuse(error.problems, origin)
        raise


@attrs.define(eq=False)
class _Drawing:
    prepared: Prepared
    ready: Kept
    origin: str
    printing: Printing
    budget: Budget
    parts: dict[str, Packed] = attrs.field(factory=dict)
    texts: dict[str, bytes] = attrs.field(factory=dict)
    relations: dict[str, Relations] = attrs.field(factory=dict)

    def draw(self, name: str, names: Mapping[str, object], *, is_short: bool) -> None:
        part, pen = self.ready.parts[name], self.printing.pen
        pen.relations = self.relations[name] = Relations(self._free_prefix(name))
        pen.headings.is_counted = name == self.prepared.main
        try:
            pieces = self._pieces(part, names)
            if part.is_grid_loose or part.has_code or is_short:
                pieces = self._whole(name, part, pieces, is_short=is_short)
            packing = Packing(name)
            packing.add(DECLARATION.encode())
            for piece in pieces:
                packing.add(piece)
        except ProblemsError as error:
            refuse(error.problems, self.origin)
            raise
        self.parts[name] = packing.done()

    def _pieces(self, part: Ready, names: Mapping[str, object]) -> Iterator[bytes]:
        waiting: list[str] = []
        for piece in fill(part, names, self.printing, self.budget):
            waiting.append(piece)
            if len(waiting) > _PIECES:
                yield self._paid(part, "".join(waiting))
                waiting.clear()
        yield self._paid(part, "".join(waiting))

    def _paid(self, part: Ready, text: str) -> bytes:
        try:
            self.budget.spend(characters=len(text))
        except ExhaustedError:
            raise exhausted(part.source) from None
        return text.encode()

    def _whole(
        self, name: str, part: Ready, pieces: Iterator[bytes], *, is_short: bool
    ) -> Iterator[bytes]:
        content = b"".join(pieces)
        where = f"{self.origin}, {name}"
        if part.is_grid_loose:
            content = counted_again(content, where)
        if part.has_code:
            refuse(field_problems(content, part_in_words(name), where), self.origin)
        if is_short:
            self.texts[name] = content
        yield content

    def _free_prefix(self, name: str) -> str:
        """
        Return a beginning for ids that no relationship of the part has.

        It would be taken if a paper we drew was made a template.
        """
        taken = [one.id for one in relations_of(self.prepared.parts, name, self.origin)]
        prefix = _PREFIX
        while any(one.startswith(prefix) for one in taken):
            prefix += "_"
        return prefix

    # -- what the parts share ------------------------------------------------------

    def share(self) -> None:
        """
        Put in what the parts that were drawn have in common, and the parts that never change.
        """
        pen, prepared = self.printing.pen, self.prepared
        changed: dict[str, bytes] = {}
        for name, relations in self.relations.items():
            self._relate(changed, name, relations)
        folder = prepared.main.rpartition("/")[0]
        for picture in pen.pictures.values():
            name = f"{folder}/{picture.name}"
            self.parts[name] = packed(name, picture.content)
            changed[CONTENT_TYPES] = with_default_type(
                changed.get(CONTENT_TYPES) or prepared.parts[CONTENT_TYPES],
                SUFFIXES[picture.media_type],
                picture.media_type,
                f"{self.origin}, {CONTENT_TYPES}",
            )
        if pen.numbering.made:
            changed[prepared.numbering] = before_end(
                prepared.parts[prepared.numbering],
                "</w:numbering>",
                "".join(pen.numbering.made),
                f"{self.origin}, {prepared.numbering}",
            )
        self.parts |= {name: packed(name, content) for name, content in changed.items()}
        self.parts = {**self.ready.constant, **self.parts}

    def _relate(self, changed: dict[str, bytes], name: str, relations: Relations) -> None:
        added = {one: (f"{_OFFICE}/hyperlink", to, True) for to, one in relations.links.items()}
        added |= {one: (f"{_OFFICE}/image", to, False) for to, one in relations.pictures.items()}
        if added:
            where = relations_part(name)
            changed[where] = with_relations(
                self.prepared.parts.get(where), added, f"{self.origin}, {where}"
            )
