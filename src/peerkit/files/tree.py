"""
What a file says, as plain Python values with the place of each kept beside it.

A value knows nothing of its own place; the mapping or sequence that holds it keeps
a mark for it. So values stay plain strings and cost nothing extra to use.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final, TypeAlias

import attrs

from peerkit.errors import Place, Problem, ProblemKind, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping as AnyMapping
    from collections.abc import Sequence as AnySequence

__all__ = [
    "BLOCK_STYLES",
    "COLLECTION",
    "COLUMN",
    "DOUBLE",
    "END_COLUMN",
    "END_LINE",
    "FOLDED",
    "KEY_COLUMN",
    "KEY_END",
    "KEY_LINE",
    "LINE",
    "LITERAL",
    "PLAIN",
    "SINGLE",
    "SOFT_BREAK",
    "STYLE",
    "Mapping",
    "Mark",
    "Sequence",
    "Source",
    "Tree",
    "Value",
    "around",
    "place_of",
]

Mark: TypeAlias = tuple[int, int, int, int, int, int, int, str]
"""
Where one value stands, 1-based: the line, column and end column of its key; the
line, column, end line and end column of the value; and its style.

A plain tuple, because a file of 2,000 findings has 22,000 of them. An item of a
sequence has no key, so the value's own start stands there. Ends are exclusive; a
block of text ends where the line behind it begins.
"""

KEY_LINE: Final = 0
KEY_COLUMN: Final = 1
KEY_END: Final = 2
LINE: Final = 3
COLUMN: Final = 4
END_LINE: Final = 5
END_COLUMN: Final = 6
STYLE: Final = 7

PLAIN: Final = ""
SINGLE: Final = "'"
DOUBLE: Final = '"'
LITERAL: Final = "|"
FOLDED: Final = ">"
COLLECTION: Final = "-"
BLOCK_STYLES: Final = frozenset((LITERAL, FOLDED))

SOFT_BREAK: Final = "\ufdd0"
"""
Stands for a line break inside a value while the file is parsed.

Unicode promises that this character is never part of a text, and a file that holds
it is refused, so it cannot be mistaken for anything the officer wrote.
"""

_LONGEST_LINE: Final = 4_000
_WIDTH: Final = 100


class Mapping(dict[str, "Value"]):
    """
    Keys and values in the order of the file; *marks* has a mark for each key.

    *flow* is true when it was written in `{}`. A mapping made from Python values
    has no marks.
    """

    __slots__ = ("column", "end_column", "end_line", "flow", "line", "marks")

    def __init__(
        self,
        values: AnyMapping[str, Value] | Iterable[tuple[str, Value]] = (),
        *,
        flow: bool = False,
        line: int = 1,
        column: int = 1,
    ) -> None:
        super().__init__(values)
        self.marks: dict[str, Mark] = {}
        self.flow = flow
        self.line = line
        self.column = column
        self.end_line = line
        self.end_column = column


class Sequence(list["Value"]):
    """
    Items in the order of the file; *marks* has a mark for each, in the same order.

    *flow* is true when it was written in `[]`. A sequence made from Python values
    has no marks.
    """

    __slots__ = ("column", "end_column", "end_line", "flow", "line", "marks")

    def __init__(
        self,
        values: Iterable[Value] = (),
        *,
        flow: bool = False,
        line: int = 1,
        column: int = 1,
    ) -> None:
        super().__init__(values)
        self.marks: list[Mark] = []
        self.flow = flow
        self.line = line
        self.column = column
        self.end_line = line
        self.end_column = column


Value: TypeAlias = str | Mapping | Sequence | None


@attrs.frozen
class Source:
    r"""
    A file's name and text, and its lines by number.

    >>> Source("a.yaml", "title: A plan\nowner: vsh\n").excerpt(2)
    'owner: vsh'
    """

    file: str
    text: str = attrs.field(repr=False)

    @cached_property
    def lines(self) -> list[str]:
        """
        The lines of the text; one more, empty, if it ends in a line break.
        """
        return self.text.split("\n")

    def excerpt(self, line: int) -> str:
        """
        Return one line of the file, or nothing if there is none of that number.

        The line is whole, so that columns hold in it; `around` shortens it for
        showing. Only a line that is no prose of any kind is cut.
        """
        if not 1 <= line <= len(self.lines):
            return ""
        return self.lines[line - 1][:_LONGEST_LINE].replace(SOFT_BREAK, " ")

    def place(self, line: int, column: int, end_column: int = 0) -> Place:
        """
        Return a place that is certainly inside the file.

        A parser says that the end of a file is one line past its last, where there
        is nothing to show; that becomes the end of the last line that holds text.
        """
        last = len(self.lines)
        if last > 1 and not self.lines[-1]:
            last -= 1
        if line > last:
            line, column, end_column = last, len(self.lines[last - 1]) + 1, 0
        end = len(self.lines[line - 1]) + 1
        column = min(max(column, 1), end)
        return Place(self.file, line, column, min(end_column, end) if end_column > column else 0)

    def problem(
        self,
        kind: ProblemKind,
        message: str,
        line: int,
        column: int,
        *,
        end_column: int = 0,
        mend: str = "",
    ) -> Problem:
        """
        Return a problem of *kind* at a place of this file, with its excerpt.
        """
        place = self.place(line, column, end_column)
        excerpt = self.excerpt(place.line)
        return Problem(kind=kind, message=message, mend=mend, place=place, excerpt=excerpt)


@attrs.frozen
class Tree:
    """
    What was read from one file: its root, if it could be read, and its problems.

    Where *faulty* is true the root is a best effort: good for finding more
    problems, never for making anything.
    """

    root: Mapping | None
    source: Source
    problems: tuple[Problem, ...] = ()

    @property
    def faulty(self) -> bool:
        """
        True if some of the file could not be taken in.
        """
        return any(problem.severity is Severity.FAULT for problem in self.problems)


def around(excerpt: str, column: int, width: int = _WIDTH) -> tuple[str, int]:
    """
    Shorten *excerpt* to *width* around *column*; return it and the column in it.

    >>> around("The quick brown fox jumps over the lazy dog", 21, width=15)
    ('…own fox jumps…', 10)
    """
    if len(excerpt) <= width:
        return excerpt, column
    room = width - 2
    start = min(max(column - 1 - room * 2 // 3, 0), len(excerpt) - room)
    before = "…" if start else ""
    after = "…" if start + room < len(excerpt) else ""
    return before + excerpt[start : start + room] + after, column - start + len(before)


def place_of(
    root: Mapping | Sequence,
    path: AnySequence[str | int],
    file: str,
    *,
    key: bool = False,
) -> Place:
    """
    Return the place of the value at *path*, or of its key.

    Where the path leads nowhere, the deepest part of it that exists is taken, so a
    missing key marks the start of the mapping that lacks it.
    """
    place = Place(file, root.line, root.column)
    node: Value = root
    for depth, step in enumerate(path, start=1):
        mark = _mark(node, step)
        if mark is None:
            break
        place = _place(mark, file, key=key and depth == len(path))
        node = node[step]  # type: ignore[index] # _mark has looked it up
    return place


def _mark(node: Value, step: str | int) -> Mark | None:
    if isinstance(node, Mapping) and isinstance(step, str):
        return node.marks.get(step) if step in node else None
    if isinstance(node, Sequence) and isinstance(step, int) and 0 <= step < len(node.marks):
        return node.marks[step]
    return None


def _place(mark: Mark, file: str, *, key: bool) -> Place:
    if key:
        return Place(file, mark[KEY_LINE], mark[KEY_COLUMN], mark[KEY_END])
    end = mark[END_COLUMN] if mark[END_LINE] == mark[LINE] else 0
    return Place(file, mark[LINE], mark[COLUMN], end)
