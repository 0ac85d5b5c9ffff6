"""
Tables on a console: aligned with blanks, cells wrapped, as wide as can be read.

What a table says it says in words; colour is added where the console has it. Where it is
too narrow for columns, each row is told as a few lines, one a column.
"""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Callable, Collection, Iterator, Sequence

import click

from peerkit.cli.console import clean
from peerkit.cli.telling import width

__all__ = ["table"]

_WIDEST = 92
_GAP = "  "
_NARROWEST = 8
"""To how many letters a column of text may shrink, if its words let it."""
_LONGEST = 18
"""Longer words than this may be broken."""
_LOOKED_AT = 60
"""After how many rows the others are taken to be alike."""


def _no_colour(_row: int, _column: int) -> str | None:
    return None


def table(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    whole: Collection[str] = (),
    numbers: Collection[str] = (),
    colour: Callable[[int, int], str | None] = _no_colour,
    indent: str = "",
) -> Iterator[str]:
    """
    Yield the lines of a table; columns in which no row says anything are left out.

    Columns under a heading in *whole* are never wrapped, as names are to be copied;
    those in *numbers* stand to the right. *colour* gives the colour of a cell by the
    index of its row and column. A line break in a cell stays one.
    """
    kept = [index for index, _ in enumerate(headings) if any(row[index] for row in rows)]
    cells = [[_plain(row[index]) for index in kept] for row in rows]
    heads = [_plain(headings[index]) for index in kept]
    fixed = [headings[index] in whole or headings[index] in numbers for index in kept]
    room = _room() - len(indent)
    widths = _widths([heads, *cells], fixed, room)
    if widths is None:
        yield from (indent + line for line in _blocks(heads, cells, room))
        return
    right = [headings[index] in numbers for index in kept]
    yield indent + click.style(_line(heads, widths, right), bold=True)
    yield indent + _line(["-" * one for one in widths], widths, right)
    for number, row in enumerate(cells):
        colours = [colour(number, index) for index in kept]
        wrapped = [_wrapped(cell, one) for cell, one in zip(row, widths, strict=True)]
        for depth in range(max(map(len, wrapped))):
            line = [lines[depth] if depth < len(lines) else "" for lines in wrapped]
            yield indent + _line(line, widths, right, colours)


def _room() -> int:
    return min(_WIDEST, shutil.get_terminal_size((_WIDEST, 24)).columns)


def _plain(text: str) -> str:
    """
    Return *text* in letters that the console has, so that columns stay in line.
    """
    text = "\n".join(clean(line) for line in text.split("\n"))
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    return text.encode(encoding, "peerkit.plain").decode(encoding)


def _widths(rows: Sequence[Sequence[str]], fixed: Sequence[bool], room: int) -> list[int] | None:
    """
    Return how wide each column is to be, or None if there is not enough *room*.
    """
    sizes = [[max(map(width, cell.split("\n"))) for cell in row] for row in rows]
    widths = [max(column) for column in zip(*sizes, strict=True)]
    least = [
        one if is_fixed else min(one, max(_NARROWEST, _longest_word(column)))
        for one, is_fixed, column in zip(widths, fixed, zip(*rows, strict=True), strict=True)
    ]
    room -= len(_GAP) * (len(widths) - 1)
    if sum(least) > room:
        return None
    while sum(widths) > room:
        # What costs the fewest lines gives way first, and of several such the widest.
        _, _, narrowed = min(
            (_height(sizes, narrower), -one, narrower)
            for index, one in enumerate(widths)
            if one > least[index]
            for narrower in [[*widths[:index], one - 1, *widths[index + 1 :]]]
        )
        widths = narrowed
    return widths


def _longest_word(column: Sequence[str]) -> int:
    return min(max((width(word) for cell in column for word in cell.split()), default=0), _LONGEST)


def _height(sizes: Sequence[Sequence[int]], widths: Sequence[int]) -> int:
    """
    Return about how many lines the first rows take in columns of these *widths*.
    """
    return sum(
        max(-(-size // one) for size, one in zip(row, widths, strict=True))
        for row in sizes[:_LOOKED_AT]
    )


def _wrapped(cell: str, room: int) -> list[str]:
    lines: list[str] = []
    for text in cell.split("\n"):
        line = ""
        for word in text.split():
            rest = word
            if line and width(line) + 1 + width(word) <= room:
                line += f" {word}"
                continue
            if line:
                lines.append(line)
            while width(rest) > room:
                end = next(n for n in range(len(rest), 0, -1) if width(rest[:n]) <= room)
                lines.append(rest[:end])
                rest = rest[end:]
            line = rest
        lines.append(line)
    return lines


def _line(
    cells: Sequence[str],
    widths: Sequence[int],
    right: Sequence[bool],
    colours: Sequence[str | None] = (),
) -> str:
    said = []
    for index, (cell, one) in enumerate(zip(cells, widths, strict=True)):
        blank = " " * (one - width(cell))
        colour = colours[index] if colours else None
        shown = click.style(cell, fg=colour, bold=True) if colour and cell else cell
        said.append(blank + shown if right[index] else shown + blank)
    return _GAP.join(said).rstrip()


def _blocks(headings: Sequence[str], rows: Sequence[Sequence[str]], room: int) -> Iterator[str]:
    for row in rows:
        for index, (heading, cell) in enumerate(zip(headings, row, strict=True)):
            if cell:
                said = f"{heading}: {', '.join(cell.splitlines())}"
                indent = "  " if index else ""
                yield from textwrap.wrap(
                    said, room, initial_indent=indent, subsequent_indent=f"{indent}  "
                )
