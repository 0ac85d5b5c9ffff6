"""
What was wrong with a file that could not be parsed, in words that help to mend it.

The parsers' own messages speak of tokens, scalars and simple keys. They are told
apart by one table, and none of their words are passed on.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import attrs

from peerkit.errors import Problem, ProblemKind, Severity
from peerkit.files.keys import KEY

if TYPE_CHECKING:
    import yaml

    from peerkit.files.tree import Source

__all__ = [
    "DIRECTIVE",
    "FIRST_CHARACTER",
    "PROBLEM_KINDS",
    "SECOND_DOCUMENT",
    "TAG",
    "explained",
    "first_character",
    "not_keys",
]


def _fault(code: str, meaning: str, mend: str) -> ProblemKind:
    return ProblemKind(code=code, severity=Severity.FAULT, meaning=meaning, mend=mend)


BRACKET: Final = _fault(
    "yaml-bracket",
    "A bracket was opened and not closed, or closed without being opened.",
    "Write the missing bracket. If the bracket belongs to text, put quotes round the whole text.",
)
COLON: Final = _fault(
    "yaml-colon",
    "Text holds a colon and a space, which only a key may have behind it.",
    "Put quotes round text that contains a colon.",
)
COLON_SPACE: Final = _fault(
    "yaml-colon-space",
    "There is no space between a key’s colon and its value.",
    "Write a space behind the colon.",
)
DIRECTIVE: Final = _fault(
    "yaml-directive",
    "A line that begins with % gives orders to the program that reads it; this is not allowed.",
    "Take the line away. If it is text, put quotes round it.",
)
ESCAPE: Final = _fault(
    "yaml-escape",
    "A backslash in double quotes has a meaning of its own, and this one has none.",
    "Put single quotes round text that holds a backslash.",
)
FIRST_CHARACTER: Final = _fault(
    "yaml-first-character",
    "Text begins with a character that has a meaning of its own there.",
    "Put quotes round the whole text, or write | and begin the text in the next line.",
)
INDENTATION: Final = _fault(
    "yaml-indentation",
    "A line does not begin in the same column as the lines it belongs to.",
    "Move the line so that it begins exactly under the one it belongs with.",
)
LIST_ITEM: Final = _fault(
    "yaml-list-item",
    "A list holds a line that does not begin with a dash, or a dash stands where none belongs.",
    "Begin every item of a list with a dash and a space, each in a line of its own.",
)
NO_COLON: Final = _fault(
    "yaml-no-colon",
    "A line holds neither a key with its colon nor an item of a list.",
    "Write a colon and a space behind the key. If the line goes on with the text above it, move it"
    " further to the right.",
)
QUOTE: Final = _fault(
    "yaml-quote",
    "A quote was opened and not closed, or closed before the text was at its end.",
    "Put quotes of the other kind round the whole text, or write | and begin the text in the next"
    " line.",
)
SECOND_DOCUMENT: Final = _fault(
    "yaml-second-document",
    "A line of three dashes or three dots ends what is read of a file, but more follows.",
    "Take that line away, or move what follows it to a file of its own.",
)
SYNTAX: Final = _fault(
    "yaml-syntax",
    "A line does not follow the rules by which keys, values and lists are written.",
    "Compare the line with those around it. Putting quotes round its text often helps.",
)
TAB: Final = _fault(
    "yaml-tab",
    "A line is moved to the right with a tab.",
    "Write spaces instead of the tab.",
)
TAG: Final = _fault(
    "yaml-tag",
    "The file asks for a value of a special type with !; tags are not allowed.",
    "Take the ! and the word behind it away.",
)

PROBLEM_KINDS: Final = (
    BRACKET,
    COLON,
    COLON_SPACE,
    DIRECTIVE,
    ESCAPE,
    FIRST_CHARACTER,
    INDENTATION,
    LIST_ITEM,
    NO_COLON,
    QUOTE,
    SECOND_DOCUMENT,
    SYNTAX,
    TAB,
    TAG,
)


def first_character(sign: str) -> str:
    """
    Say that text cannot begin with *sign*.
    """
    return f"Text that begins with {sign} needs quotes round it."


@attrs.frozen(kw_only=True)
class _Spot:
    """
    What is known about a syntax error: the parser's words, and the text around it.

    *value* is what the line holds behind its key or dash, from *value_column* on;
    *held* the text from the place where the unfinished part begins.
    """

    words: str
    line: int
    column: int
    from_line: int
    from_column: int
    before: str
    here: str
    held: str
    value: str
    value_column: int
    top: str

    @property
    def backslash_column(self) -> int:
        """
        The column of the first backslash that has no meaning, in the line of the error.
        """
        start = self.from_column if self.from_line == self.line else 1
        found = _MEANINGFUL.match(self.before + self.here, start - 1)
        return found.end() + 1 if found else self.column

    @property
    def places(self) -> dict[str, tuple[int, int]]:
        """
        The places a message may point to, by name.
        """
        return {
            "here": (self.line, self.column),
            "from": (self.from_line, self.from_column),
            "value": (self.line, self.value_column),
            "top": (1, 1),
            "colon": (self.from_line, self.from_column + max(self.held.find(":"), 0)),
            "backslash": (self.line, self.backslash_column),
            "tab": (
                self.line,
                max(self.before.find("\t"), 0) + 1 if "\t" in self.before else self.column,
            ),
        }


@attrs.frozen(kw_only=True)
class _Row:
    """
    One kind of syntax error: what must be so, what to say, and where to point.

    Every pattern must match at the start of its part of the spot; one that is not
    given always does.
    """

    kind: ProblemKind
    message: str
    at: str = "here"
    words: str = ""
    before: str = ""
    here: str = ""
    held: str = ""
    value: str = ""
    top: str = ""

    def fits(self, spot: _Spot) -> bool:
        """
        True if *spot* is of this kind.
        """
        return all(
            re.match(getattr(self, part), getattr(spot, part))
            for part in ("words", "before", "here", "held", "value", "top")
        )


_NODE = r".*parsing a (block|flow) (mapping|collection|sequence|node)"

# Read downwards: the first row that fits speaks.
_ROWS: Final = (
    _Row(
        kind=TAB,
        words=r".*tab character",
        at="here",
        message="A tab stands here instead of spaces.",
    ),
    _Row(kind=TAB, here=r"\t", message="A tab stands here instead of spaces."),
    _Row(kind=TAB, before=r" *\t", at="tab", message="A tab stands here instead of spaces."),
    _Row(
        kind=QUOTE,
        words=r".*(quoted|double-quoted) scalar.*(end of stream|document)",
        at="from",
        message="The quote that is opened here is never closed.",
    ),
    _Row(
        kind=ESCAPE,
        words=r".*quoted scalar",
        at="backslash",
        message="The backslash here has no meaning that is known.",
    ),
    _Row(kind=TAG, held=r"!(!|<)", at="from", message="Tags are not allowed."),
    _Row(kind=TAG, value=r"!(!|<)", at="value", message="Tags are not allowed."),
    _Row(kind=DIRECTIVE, words=r".*directive", at="from", message="A line cannot begin with %."),
    _Row(
        kind=DIRECTIVE,
        words=r".*document start",
        top=r"%",
        at="top",
        message="A line cannot begin with %.",
    ),
    _Row(
        kind=FIRST_CHARACTER,
        words=r".*scanning an? (alias|anchor|tag|block scalar)|.*parsing a tag",
        at="from",
        message="Text that begins with {held} needs quotes round it.",
    ),
    _Row(kind=FIRST_CHARACTER, value=r"[*&!%@`>|]", at="value", message=first_character("{value}")),
    _Row(kind=FIRST_CHARACTER, here=r"[%@`,?]", message=first_character("{here}")),
    _Row(
        kind=COLON,
        words=r".*mapping values",
        before=r".*(: |:$)",
        message="Text with a second colon needs quotes round it.",
    ),
    _Row(
        kind=INDENTATION,
        words=r".*mapping values",
        message="This line is further to the right than the one it belongs under, or the text above"
        " it holds a colon here.",
    ),
    _Row(
        kind=BRACKET,
        words=r".*flow (sequence|mapping)",
        at="from",
        message="The bracket that is opened here is not closed where it should be. If it belongs to"
        " text, put quotes round the text.",
    ),
    _Row(
        kind=FIRST_CHARACTER,
        value=r"[\[{].*[\]}]",
        before=r".*[\]}]",
        at="value",
        message=first_character("{value}"),
    ),
    _Row(
        kind=QUOTE,
        value=r"[\"']",
        before=r".*[\"'].*[\"']",
        message="The quotes are closed before this, but the text goes on.",
    ),
    _Row(kind=BRACKET, here=r"[\]}]", message="This bracket closes nothing."),
    _Row(
        kind=LIST_ITEM,
        words=r".*sequence entries",
        message="A list cannot begin in the same line as its key.",
    ),
    _Row(kind=FIRST_CHARACTER, words=r".*mapping keys", message=first_character("?")),
    _Row(
        kind=COLON_SPACE,
        words=r".*could not find expected ':'",
        held=r"[^\s:]+:\S",
        at="colon",
        message="A space is missing behind this colon.",
    ),
    _Row(
        kind=NO_COLON,
        words=r".*could not find expected ':'",
        at="from",
        message="This line has no key with a colon and a space behind it.",
    ),
    _Row(
        kind=SECOND_DOCUMENT,
        words=r".*document",
        message="The file was at its end before this line, but more follows.",
    ),
    _Row(kind=SECOND_DOCUMENT, here=r"\.\.\.|---", message="A line like this ends the file."),
    _Row(
        kind=LIST_ITEM,
        words=r".*block collection",
        message="This line is among the items of a list, but has no dash of its own.",
    ),
    _Row(kind=LIST_ITEM, here=r"-(\s|$)", message="A dash stands here, where a key belongs."),
    _Row(kind=KEY, here=r":", message="There is no key before this colon."),
    _Row(
        kind=INDENTATION,
        words=_NODE,
        message="This line does not begin in the same column as the lines it belongs to, or a comment"
        " cuts its text in two.",
    ),
    _Row(kind=SYNTAX, message="This line cannot be read."),
)

_MEANINGFUL: Final = re.compile(
    r"""(?:[^\\]|\\(?:["\\/0abtnvfre N_LP\t]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}))*"""
    r"(?=\\)"
)
_VALUE: Final = re.compile(
    r"""[ \t]*(?:-[ \t]+)*(?:(?:[^\s"'\[{#&*!|>%@`:][^:]*|"[^"]*"|'[^']*')[ \t]*:[ \t]+)?(?=(.*))"""
)
_KEY_WITHOUT_SPACE: Final = re.compile(r"[ \t]*[^\s:]+(:)\S")


def explained(source: Source, error: yaml.MarkedYAMLError) -> Problem:
    """
    Return the problem that a parser's *error* means, at a place inside the file.
    """
    spot = _spot(source, error)
    row = next(row for row in _ROWS if row.fits(spot))
    line, column = spot.places[row.at]
    message = row.message.format(held=spot.held[:1], value=spot.value[:1], here=spot.here[:1])
    return source.problem(row.kind, message, line, column)


def not_keys(source: Source, kind: ProblemKind, line: int) -> Problem:
    """
    Return the problem of a file that is nothing but text, whose last *line* is given.
    """
    for number, text in enumerate(source.lines[:line], start=1):
        found = _KEY_WITHOUT_SPACE.match(text)
        if found:
            message = "A space is missing behind this colon."
            return source.problem(COLON_SPACE, message, number, found.start(1) + 1)
    return source.problem(
        kind, "The file is one piece of text; it must hold keys with values.", 1, 1
    )


def _spot(source: Source, error: yaml.MarkedYAMLError) -> _Spot:
    mark = error.problem_mark or error.context_mark
    start = error.context_mark or mark
    end = source.place(len(source.lines), 1)
    line, column = (mark.line + 1, mark.column + 1) if mark else (end.line, end.column)
    from_line, from_column = (start.line + 1, start.column + 1) if start else (line, column)
    text = source.excerpt(line)
    value = _VALUE.match(text)
    return _Spot(
        words=f"{error.context or ''}: {error.problem or ''}".replace("\n", " "),
        line=line,
        column=column,
        from_line=from_line,
        from_column=from_column,
        before=text[: column - 1],
        here=text[column - 1 :],
        held=source.excerpt(from_line)[from_column - 1 :],
        value=value[1] if value else "",
        value_column=value.end() + 1 if value else 1,
        top=source.excerpt(1),
    )
