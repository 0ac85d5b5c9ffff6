"""
The rules by which an outline is read: each yields a problem for every place that breaks it.

They follow WCAG 2.2 AA and the government's guidance on accessible documents, as far as
a program can tell; the problems themselves say why.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from peerkit.errors import Problem
from peerkit_docx.access.outline import Paragraph, Table, paragraphs_of
from peerkit_docx.access.shades import UNKNOWN
from peerkit_docx.markup.headings import heading_fault
from peerkit_docx.markup.links import is_vague
from peerkit_docx.markup.looks import MINIMUM, WHITE, contrast, printed_ink
from peerkit_docx.problems import (
    ACCESS_COLOUR,
    ACCESS_CONTRAST,
    ACCESS_EMPTY_HEADER,
    ACCESS_EMPTY_HEADING,
    ACCESS_FLOATING,
    ACCESS_HEADER_ROW,
    ACCESS_LINK_TEXT,
    ACCESS_MERGED,
    ACCESS_NESTED,
    ACCESS_NO_PICTURE_TEXT,
    ACCESS_ONE_TITLE,
    ACCESS_SPACING,
    ACCESS_TYPED_LIST,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from peerkit.errors import ProblemKind
    from peerkit_docx.access.outline import Block, Cell, Outline, Row

__all__ = ["body_problems", "part_problems"]

_BULLET = re.compile(r"\s*[\u2022\u25cf\u25aa\u25e6\u2023\u00b7\uf0b7]\s*\S")
_DASH = re.compile(r"\s*[-\u2013\u2014*]\s+\S")
_NUMBER = re.compile(r"\s*(?:\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})\)|(?:\d{1,3}|[a-z])\.)\s+\S")
_SHOWN = 60


def part_problems(outline: Outline) -> Iterator[Problem]:
    """
    Yield what is hard to read in any part.
    """
    for blocks in outline.groups:
        for paragraph in paragraphs_of(blocks):
            yield from _paragraph_problems(paragraph)
        yield from _table_problems(blocks)
        yield from _typed_lists(blocks)


def body_problems(outline: Outline) -> Iterator[Problem]:
    """
    Yield what is hard to read in a body, beyond what is so in any part.
    """
    for blocks in outline.groups:
        yield from _heading_problems(blocks, is_template=outline.is_template)
        yield from _spacing(blocks, ends=True)


def _told(kind: ProblemKind, found: Block | Cell, message: str, mend: str = "") -> Problem:
    excerpt = _excerpt(found)
    return Problem(kind=kind, message=message, mend=mend, where=found.spot, excerpt=excerpt)


def _excerpt(found: Block | Cell) -> str:
    if isinstance(found, Paragraph):
        words = found.words
    elif isinstance(found, Table):
        words = " ".join(one.words for one in paragraphs_of((found,)))
    else:
        words = " ".join(one.words for one in paragraphs_of(found.blocks))
    line = " ".join(words.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"


# -- paragraphs --------------------------------------------------------------------


def _paragraph_problems(paragraph: Paragraph) -> Iterator[Problem]:
    for picture in paragraph.pictures:
        if not picture.alternative.strip() and not picture.is_decorative:
            yield _told(ACCESS_NO_PICTURE_TEXT, paragraph, "A picture has no alternative text.")
        if picture.floats:
            yield _told(ACCESS_FLOATING, paragraph, "A picture floats beside the text.")
    if paragraph.boxes:
        yield _told(ACCESS_FLOATING, paragraph, "A text box floats beside the text.")
    for link in paragraph.links:
        if not link.is_printed and not link.words:
            yield _told(ACCESS_LINK_TEXT, paragraph, "A link has no words.")
        elif not link.is_printed and not link.is_entry and is_vague(link.words):
            shown = " ".join(link.words.split())
            said = f"“{shown}” does not say where the link leads."
            yield _told(ACCESS_LINK_TEXT, paragraph, said)
    yield from _faint(paragraph)


def _faint(paragraph: Paragraph) -> Iterator[Problem]:
    for run in paragraph.runs:
        ground = run.ground or paragraph.ground or WHITE
        if ground == UNKNOWN:
            continue
        ink = printed_ink(run.ink, ground)
        seen = contrast(ink, ground)
        if seen < MINIMUM:
            yield _told(
                ACCESS_CONTRAST,
                paragraph,
                f"“{_cut(run.words)}” ({ink}) stands out from what is behind it ({ground}) by "
                f"{seen} to 1 only.",
            )


def _cut(words: str) -> str:
    return words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1]}…"


def _spacing(blocks: Iterable[Block], *, ends: bool) -> Iterator[Problem]:
    """
    Yield the empty paragraphs of *blocks*, which may have to *end* in one behind a table.
    """
    known = list(blocks)
    for at, block in enumerate(known):
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    if len(cell.blocks) > 1 and not row.vanishes:
                        yield from _spacing(cell.blocks, ends=True)
            continue
        if not block.is_empty or block.level:
            continue
        is_last = at == len(known) - 1
        if ends and is_last and at and isinstance(known[at - 1], Table):
            continue  # Word wants one there
        mend = f"Write {block.silent.replace('{%', '{%p', 1)}." if block.silent else ""
        yield _told(ACCESS_SPACING, block, "The paragraph is empty.", mend)


def _typed_lists(blocks: Iterable[Block]) -> Iterator[Problem]:
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    yield from _typed_lists(cell.blocks)
    known = [one for one in blocks if isinstance(one, Paragraph) and not one.vanishes]
    seen: set[int] = set()
    for kind in (_BULLET, _DASH, _NUMBER):
        for at, (one, other) in enumerate(itertools.pairwise([*known, None])):
            if one is None or at in seen or not _is_typed(one, kind):
                continue
            goes_on = at - 1 in seen or (other is not None and _is_typed(other, kind))
            if kind is _BULLET or goes_on:
                if at - 1 not in seen:
                    yield _told(ACCESS_TYPED_LIST, one, "A list is typed, and is none.")
                seen.add(at)


def _is_typed(paragraph: Paragraph, kind: re.Pattern[str]) -> bool:
    is_list = paragraph.is_listed or paragraph.level
    return not is_list and kind.match(paragraph.words) is not None


# -- headings ----------------------------------------------------------------------


def _heading_problems(blocks: tuple[Block, ...], *, is_template: bool) -> Iterator[Problem]:
    last, has_title, is_sure, chooses = 0, False, True, False
    for one in paragraphs_of(blocks):
        if one.whole:
            is_sure = False  # what is drawn there may have headings
        chooses |= one.vanishes and re.search(r"\{%p\s+el", one.silent) is not None
        if not one.level or one.vanishes:
            continue
        if one.is_empty:
            yield _told(ACCESS_EMPTY_HEADING, one, "The heading has no words.")
        found = heading_fault(last, one.level, has_title=has_title and not chooses)
        if found and (is_sure or one.level == 1):
            kind, message, mend = found
            yield _told(kind, one, f"{message}.", mend)
        last, is_sure = one.level, True
        has_title |= one.level == 1
    is_open = is_template and any(one.whole for one in paragraphs_of(blocks))
    if not has_title and not is_open:
        yield Problem(
            kind=ACCESS_ONE_TITLE, message="There is no heading of level 1.", where="body"
        )


# -- tables ------------------------------------------------------------------------


def _table_problems(blocks: Iterable[Block]) -> Iterator[Problem]:
    for block in blocks:
        if isinstance(block, Table):
            for rule in _TABLE_RULES:
                yield from rule(block)
            for row in block.rows:
                for cell in row.cells:
                    yield from _table_problems(
                        [one for one in cell.blocks if isinstance(one, Table)]
                    )
        else:
            for box in block.boxes:
                yield from _table_problems(box)


def _rows(table: Table) -> list[Row]:
    return [row for row in table.rows if not row.vanishes]


def _nested(table: Table) -> Iterator[Problem]:
    if table.is_nested:
        yield _told(ACCESS_NESTED, table, "A table lies inside another's cell.")


def _headed(table: Table) -> Iterator[Problem]:
    rows = _rows(table)
    if rows and not rows[0].is_header:
        yield _told(ACCESS_HEADER_ROW, table, "The first row is not marked as header row.")


def _merged(table: Table) -> Iterator[Problem]:
    for row in _rows(table):
        for cell in row.cells:
            if cell.is_merged:
                yield _told(ACCESS_MERGED, cell, "The cell is merged with others.")


def _named(table: Table) -> Iterator[Problem]:
    for row in _rows(table)[:1]:
        for cell in row.cells:
            if row.is_header and _is_bare(cell):
                yield _told(ACCESS_EMPTY_HEADER, cell, "The column has no heading.")


def _coloured(table: Table) -> Iterator[Problem]:
    for row in _rows(table):
        for cell in row.cells:
            if cell.is_coloured and _is_bare(cell):
                yield _told(ACCESS_COLOUR, cell, "The coloured cell has no words.")


def _is_bare(cell: Cell) -> bool:
    return all(one.is_empty for one in paragraphs_of(cell.blocks))


_TABLE_RULES: tuple[Callable[[Table], Iterator[Problem]], ...] = (
    _nested, _headed, _merged, _named, _coloured,
)  # fmt: skip
