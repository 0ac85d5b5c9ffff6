"""
Tells comments from text: where a `#` would drop words, that is said.

The parser passes over a comment without a word, so what it skips has to be found
beside it: every `#` of the file is looked at when the parser has gone past it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import attrs

from peerkit.errors import ProblemKind, Severity
from peerkit.files.tree import BLOCK_STYLES, COLLECTION, PLAIN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import yaml

    from peerkit.files.tree import Source

    Note: TypeAlias = Callable[[ProblemKind, str, int, int], None]

__all__ = ["PROBLEM_KINDS", "START", "Before", "Comments", "Event"]

COMMENT: Final = ProblemKind(
    code="yaml-comment",
    severity=Severity.FAULT,
    meaning="A # inside text begins a comment, so the rest of the line would be dropped.",
    mend=(
        "If the # belongs to the text, put quotes round the whole text. If it begins a comment,"
        " write two spaces before it and one after it."
    ),
)

PROBLEM_KINDS: Final = (COMMENT,)

Event: TypeAlias = Any
"""
An event of PyYAML, whose two parsers share no type; its marks are never missing.
"""

Before: TypeAlias = tuple[int, int, str, int]
"""
What stood last before a comment: the line and column of its end, its style (that of
a collection for a key), and the column of what holds it.
"""

START: Final[Before] = (0, 0, COLLECTION, 0)

# Behind the | or > of a block of text, too, the parser takes a # for a comment at once.
_HASH: Final = re.compile(r"""(?:^|(?<![ \t])[ \t]+|(?<=['"\[\]{},|>+\-0-9]))#""")
_SPACES_BEHIND_TEXT: Final = 2
_NEVER: Final = 1 << 60


@attrs.frozen(kw_only=True)
class _Hash:
    """
    A `#` that begins a comment if it stands in no quoted or block text.

    *column* is its own, *start* that of the blanks before it, *alone* is true if
    there is nothing else before it, *spaced* if a blank or nothing follows.
    """

    line: int
    start: int
    column: int
    alone: bool
    spaced: bool


class Comments:
    """
    Every `#` of a file in turn; *next_line* is the line of the one to come.

    *note* takes a problem's kind, message, line and column.
    """

    __slots__ = ("_found", "_hashes", "_note", "next_line")

    def __init__(self, source: Source, note: Note) -> None:
        self._note = note
        self._hashes = _hashes(source) if "#" in source.text else iter(())
        self._found: _Hash | None = None
        self.next_line = 0
        self._move_to(next(self._hashes, None))

    def read_to(self, event: Event, before: Before) -> None:
        """
        Judge every `#` ahead of *event*, and pass over those inside its text.
        """
        found = self._found
        if found is None:
            return
        start, end = event.start_mark, event.end_mark
        begins, ends = (start.line + 1, start.column + 1), (end.line + 1, end.column + 1)
        # The line with the | of a block of text may end in a comment.
        header = begins[0] if getattr(event, "style", None) in BLOCK_STYLES else 0
        while found is not None and (found.line, found.column) < ends:
            if (found.line, found.column) < begins:
                self._judge(found, before)
                found = self._behind(found)
            elif found.line == header:
                self._judge(found, START)
                found = self._behind(found)
            else:
                found = next(self._hashes, None)
        self._move_to(found)

    def read_to_error(self, error: yaml.MarkedYAMLError, before: Before) -> None:
        """
        Judge every `#` that may be what broke the file.
        """
        mark = error.problem_mark
        if mark is None or "quoted" in (error.context or ""):
            return
        found = self._found
        while found is not None and (found.line, found.column) <= (mark.line + 1, mark.column):
            self._judge(found, before)
            found = self._behind(found)

    def _move_to(self, found: _Hash | None) -> None:
        self._found = found
        self.next_line = _NEVER if found is None else found.line

    def _behind(self, comment: _Hash) -> _Hash | None:
        """
        Return the next `#` that is not part of *comment*.
        """
        return next((found for found in self._hashes if found.line > comment.line), None)

    def _judge(self, found: _Hash, before: Before) -> None:
        line, column, style, held_by = before
        if found.alone:
            # Text that goes on in a new line is further to the right than what holds it.
            wrapped = style == PLAIN and found.line == line + 1 and found.column > held_by
            fine = found.spaced or not wrapped
        else:
            behind_text = style == PLAIN and (found.line, found.start) == (line, column)
            needed = _SPACES_BEHIND_TEXT if behind_text else 1
            fine = found.spaced and found.column - found.start >= needed
        if not fine:
            message = "This # and everything behind it would be dropped."
            self._note(COMMENT, message, found.line, found.column)


def _hashes(source: Source) -> Iterator[_Hash]:
    """
    Yield every `#` that stands where the parser may begin a comment.
    """
    for number, line in enumerate(source.lines, start=1):
        if "#" not in line:
            continue
        for match in _HASH.finditer(line):
            end = match.end()
            yield _Hash(
                line=number,
                start=match.start() + 1,
                column=end,
                alone=match.start() == 0,
                spaced=line[end : end + 1] in {"", " ", "\t", "#"},
            )
