"""
The strict subset of YAML that officers write, read into a tree with places.

Every plain value stays text until a type reads it; only nothing, `~` and `null` are
None. Kept out: everything of YAML that can surprise, and everything that would drop
words without saying so.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, Final

import yaml

from peerkit.errors import Problem, ProblemKind, Severity
from peerkit.files import comments, keys, machinery, syntax
from peerkit.files.limits import FILE_BYTES, PROBLEMS, YAML_DEPTH, YAML_EVENTS
from peerkit.files.text import accept, clean
from peerkit.files.text import is_fit as text_is_fit
from peerkit.files.tree import (
    COLLECTION,
    DOUBLE,
    PLAIN,
    SOFT_BREAK,
    Mapping,
    Sequence,
    Source,
    Tree,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from peerkit.files.comments import Event
    from peerkit.files.tree import Value

__all__ = ["PROBLEM_KINDS", "parse"]

CONTROL: Final = ProblemKind(
    code="yaml-control-character",
    severity=Severity.FAULT,
    meaning="Text in double quotes spells a character that no paper can print, such as \\x07.",
    mend="Take the backslash and what follows it away, or put single quotes round the text.",
)
DEPTH: Final = ProblemKind(
    code="yaml-depth",
    severity=Severity.FAULT,
    meaning="Lists and groups stand inside one another more deeply than any register needs.",
    mend="Take away some of the brackets, or move the lines to the left.",
)
EMPTY: Final = ProblemKind(
    code="yaml-empty",
    severity=Severity.ADVICE,
    meaning="The file holds nothing, or only comments.",
    mend="Write something in it, or delete the file.",
)
NOT_KEYS: Final = ProblemKind(
    code="yaml-not-keys",
    severity=Severity.FAULT,
    meaning="A file must hold keys with values, such as `title: A plan`; this one does not.",
    mend="Begin the file with a key, a colon and a space.",
)
TOO_LONG: Final = ProblemKind(
    code="yaml-too-long",
    severity=Severity.FAULT,
    meaning="The file holds more than peerkit reads of one file.",
    mend="Share its content out over several files.",
)

PROBLEM_KINDS: Final = (
    CONTROL,
    DEPTH,
    EMPTY,
    NOT_KEYS,
    TOO_LONG,
    *comments.PROBLEM_KINDS,
    *keys.PROBLEM_KINDS,
    *machinery.PROBLEM_KINDS,
    *syntax.PROBLEM_KINDS,
)

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""
Where events come from: libyaml, or PyYAML's own parser where libyaml is absent.
"""

_TOO_DEEP: Final = "maximum nesting depth"  # in the words of libyaml from 0.2.6 on
_NULLS: Final = frozenset(("", "~", "null"))
_MERGE_KEY: Final = "<<"


class _StopReadingError(Exception):
    """
    No more of this file is read; its problem has been noted.
    """


def parse(text: str, file: str, *, is_fit: bool = False) -> Tree:
    r"""
    Read *text* as the content of *file*.

    Text that `text.decode` has made fit needs no second look: then *is_fit* is true.

    As many problems are found in one run as can be; only broken syntax and the
    limits stop the reading, and then there is no root.

    >>> parse("review: virtual-school-2021\nversion: 1.10\n", "a.yaml").root
    {'review': 'virtual-school-2021', 'version': '1.10'}
    """
    problems: list[Problem] = []
    if len(text) > FILE_BYTES:
        source = Source(file, text[:1])
        message = f"The file holds more than {FILE_BYTES:,} characters."
        return Tree(None, source, (source.problem(TOO_LONG, message, 1, 1),))
    if not is_fit and not text_is_fit(text):
        text, problems = accept(text, file)
    # Without a last line break the parser sees one that no place could be in.
    source = Source(file, text if text.endswith("\n") else text + "\n")
    root = _composed(source, problems, source.text, LOADER)
    return Tree(root if isinstance(root, Mapping) else None, source, tuple(problems))


def _composed(source: Source, problems: list[Problem], text: str, loader: Any) -> Value:
    known = len(problems)
    composer = _Composer(source, problems)
    try:
        return composer.compose(loader(text))
    except _StopReadingError:
        pass
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        if (
            mark is not None
            and _TOO_DEEP in (error.problem or "")
            and loader is not yaml.SafeLoader
        ):
            # libyaml counts brackets ahead of what it tells of; PyYAML's own parser does not.
            del problems[known:]
            return _composed(source, problems, text[: mark.index], yaml.SafeLoader)
        composer.explain(error)
    return None


class _Composer:
    """
    Builds the tree from a stream of events, without recursion.

    Nesting is counted while events are read, because libyaml's own composer ends
    the whole process when brackets nest deeply enough.
    """

    __slots__ = (
        "comments",
        "handlers",
        "key",
        "key_mark",
        "last",
        "node",
        "problems",
        "root",
        "soft",
        "source",
        "stack",
    )

    def __init__(self, source: Source, problems: list[Problem]) -> None:
        self.source = source
        self.problems = problems
        self.root: Value = None
        self.node: Mapping | Sequence | None = None
        self.stack: list[tuple[Mapping | Sequence | None, str | None, tuple[int, int, int]]] = []
        self.key: str | None = None
        self.key_mark = (1, 1, 1)
        self.last = comments.START
        self.soft = SOFT_BREAK in source.text
        self.comments = comments.Comments(source, self.note_at)
        self.handlers: dict[type, Callable[[Any], None]] = {
            yaml.ScalarEvent: self.scalar,
            yaml.MappingStartEvent: self.start,
            yaml.MappingEndEvent: self.end,
            yaml.SequenceStartEvent: self.start,
            yaml.SequenceEndEvent: self.end,
            yaml.AliasEvent: self.alias,
            yaml.DocumentStartEvent: self.start_document,
            yaml.DocumentEndEvent: self.read_comments,
            yaml.StreamStartEvent: self.read_comments,
        }

    def compose(self, loader: Any) -> Value:  # PyYAML's two parsers share no type
        """
        Return the root, having noted every problem on the way to it.
        """
        get_event = loader.get_event
        handlers = self.handlers
        for _ in range(YAML_EVENTS):
            event = get_event()
            if event.__class__ is yaml.StreamEndEvent:
                self.read_comments(event)
                return self.checked_root()
            handlers[event.__class__](event)
        self.refuse(TOO_LONG, f"The file holds more than {YAML_EVENTS:,} values.", event)
        return None

    def scalar(self, event: Event) -> None:
        """
        Take in a value, or a key where one is due.
        """
        start, end = event.start_mark, event.end_mark
        line, column = start.line + 1, start.column + 1
        end_line, end_column = end.line + 1, end.column + 1
        if self.comments.next_line <= end_line:
            self.comments.read_to(event, self.last)
        if event.anchor is not None or event.tag is not None:
            self.refuse_machinery(event)
        style = event.style or PLAIN
        value = event.value
        if self.soft and SOFT_BREAK in value:
            value = value.replace(SOFT_BREAK, "\n")
            value = value if style != PLAIN else value.strip("\n")
        if style == DOUBLE and not (value.isascii() and value.isprintable()):
            value = self.unescaped(value, event)
        node: Any = self.node
        if node.__class__ is Mapping:
            if self.key is None:
                self.last = (end_line, end_column, COLLECTION, column)
                self.key = value
                self.key_mark = (line, column, end_column)
                if value in node or value in keys.PLAIN_KEYS:  # else there is nothing to ask
                    found = keys.key_problem(value, style, line, node)
                    if found:
                        self.note(*found, event)
                return
            mark = (*self.key_mark, line, column, end_line, end_column, style)
            self.last = (end_line, end_column, style, self.key_mark[1])
            node[self.key] = None if style == PLAIN and value in _NULLS else value
            node.marks[self.key] = mark
            self.key = None
        elif node is not None:
            mark = (line, column, end_column, line, column, end_line, end_column, style)
            self.last = (end_line, end_column, style, node.column)
            node.append(None if style == PLAIN and value in _NULLS else value)
            node.marks.append(mark)
        else:
            self.last = (end_line, end_column, style, 0)
            self.root = None if style == PLAIN and value in _NULLS else value

    def start(self, event: Event) -> None:
        """
        Go down into a mapping or sequence.
        """
        mark = event.start_mark
        line, column = mark.line + 1, mark.column + 1
        if len(self.stack) >= YAML_DEPTH:
            self.refuse(DEPTH, "Lists and groups are nested too deeply here.", event)
        if event.anchor is not None or event.tag is not None:
            self.refuse_machinery(event)
        if isinstance(self.node, Mapping) and self.key is None:
            # Text such as {{ name }} reads as a group whose key is a group.
            prose = self.node.flow
            message = (
                syntax.first_character("{")
                if prose
                else "A list or group stands before this colon, where a key belongs."
            )
            self.refuse(syntax.FIRST_CHARACTER if prose else keys.KEY, message, event)
        self.read_comments(event)
        self.stack.append((self.node, self.key, self.key_mark))
        made = Mapping if event.__class__ is yaml.MappingStartEvent else Sequence
        self.node = made(flow=bool(event.flow_style), line=line, column=column)
        self.key = None

    def end(self, event: Event) -> None:
        """
        Come back up to what holds the mapping or sequence.
        """
        self.read_comments(event)
        made = self.node
        if made is None:
            return
        if made.flow:
            end = event.end_mark
            self.last = (end.line + 1, end.column + 1, COLLECTION, 0)
        # A block has no end of its own: the parser names the start of what follows.
        made.end_line, made.end_column = self.last[:2]
        self.node, self.key, key_mark = self.stack.pop()
        here = (made.line, made.column, made.end_line, made.end_column, COLLECTION)
        if self.node is None:
            self.root = made
        elif isinstance(self.node, Mapping) and self.key is not None:
            self.node[self.key] = made
            self.node.marks[self.key] = (*key_mark, *here)
            self.key = None
        elif isinstance(self.node, Sequence):
            self.node.append(made)
            self.node.marks.append((made.line, made.column, made.column, *here))

    def alias(self, event: Event) -> None:
        """
        Note an alias, or prose that looks like one, and read it as text.
        """
        self.refuse_machinery(event)
        self.scalar(
            yaml.ScalarEvent(
                None, None, (True, False), f"*{event.anchor}", event.start_mark, event.end_mark
            )
        )

    def start_document(self, event: Event) -> None:
        """
        Allow one document without directives.
        """
        self.read_comments(event)
        if self.last[0]:
            message = "A second document begins here; a file holds one."
            self.refuse(syntax.SECOND_DOCUMENT, message, event)
        for number, line in enumerate(self.source.lines[: event.end_mark.line + 1], start=1):
            if event.explicit and line.startswith("%"):
                self.note_at(syntax.DIRECTIVE, syntax.DIRECTIVE.meaning, number, 1)

    def refuse_machinery(self, event: Event) -> None:
        """
        Note anchors, aliases and tags, and prose that looks like them.
        """
        for kind, message in machinery.refusals(event, self.source):
            self.note(kind, message, event)

    def unescaped(self, value: str, event: Event) -> str:
        """
        Return text in double quotes as it may stay, having noted what it may not spell.
        """
        cleaned, refused = clean(value)
        if refused:
            names = ", ".join(refused)
            self.note(
                CONTROL, f"This text spells a character that cannot be printed: {names}.", event
            )
        return cleaned

    def checked_root(self) -> Value:
        """
        Return the root, having noted that it is none.
        """
        if isinstance(self.root, Mapping):
            return self.root
        if isinstance(self.root, Sequence):
            message = "The file is a list; it must hold keys with values."
            self.note_at(NOT_KEYS, message, self.root.line, self.root.column)
        elif self.root is None:
            self.note_at(EMPTY, "The file holds nothing that could be read.", 1, 1)
        else:
            self.problems.append(syntax.not_keys(self.source, NOT_KEYS, self.last[0]))
        return None

    def read_comments(self, event: Event) -> None:
        """
        Judge the comments between what was read last and *event*.
        """
        self.comments.read_to(event, self.last)

    def explain(self, error: yaml.MarkedYAMLError) -> None:
        """
        Note what broke the file, if it has not been noted already.
        """
        with contextlib.suppress(_StopReadingError):
            self.comments.read_to_error(error, self.last)
        problem = syntax.explained(self.source, error)
        if all(
            (problem.place, problem.kind) != (known.place, known.kind) for known in self.problems
        ):
            self.problems.append(problem)

    def note(self, kind: ProblemKind, message: str, event: Event) -> None:
        """
        Note a problem at the start of *event*.
        """
        start, end = event.start_mark, event.end_mark
        end_column = end.column + 1 if end.line == start.line else 0
        self.note_at(kind, message, start.line + 1, start.column + 1, end_column)

    def note_at(
        self, kind: ProblemKind, message: str, line: int, column: int, end_column: int = 0
    ) -> None:
        """
        Note a problem, and stop when there are too many.
        """
        self.problems.append(
            self.source.problem(kind, message, line, column, end_column=end_column)
        )
        if len(self.problems) >= PROBLEMS:
            raise _StopReadingError

    def refuse(self, kind: ProblemKind, message: str, event: Event) -> None:
        """
        Note a problem and read no further.
        """
        self.note(kind, message, event)
        raise _StopReadingError
