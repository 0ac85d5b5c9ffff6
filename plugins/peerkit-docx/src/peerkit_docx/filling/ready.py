"""
A part made ready to be filled, and filled: a source and names become XML, piece by piece.

Kept out: what the names hold, where sources come from, and the words for faults.
"""

from __future__ import annotations

import traceback
import warnings
from typing import TYPE_CHECKING, Any

import attrs
from jinja2 import Template, TemplateError

from peerkit.errors import ProblemsError
from peerkit_docx.filling.costing import with_costs
from peerkit_docx.filling.faults import ExhaustedError, TagError, plain
from peerkit_docx.filling.placing import place
from peerkit_docx.filling.printing import Printing
from peerkit_docx.filling.sandbox import MAX_STEPS, Budget, Sandbox
from peerkit_docx.filling.sources import BRACES_BACK, TAG
from peerkit_docx.filling.syntax import names_given, refuse_forbidden
from peerkit_docx.problems import TEMPLATE_NOT_ALLOWED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from types import CodeType

    from jinja2 import nodes

    from peerkit_docx.filling.placing import Placed
    from peerkit_docx.filling.sources import Source
    from peerkit_docx.markup.looks import Looks
    from peerkit_docx.word.xmlwriting import Around

__all__ = ["Ready", "fill", "parsed_alone", "ready", "refuse_unready", "with_empty_tags"]

_LONG = 200

# What Python raises when a template asks for what cannot be done.
_FAULTS = (
    TypeError, ValueError, LookupError, AttributeError, ArithmeticError, RecursionError,
)  # fmt: skip


@attrs.frozen(kw_only=True)
class Ready:
    """
    A part whose source was found sound and turned into *code*.

    *around* are the properties that surround the tag of a line, *given* the names that
    the source itself gives; *is_grid_loose* tells whether columns have to be counted,
    *has_code* whether a field may turn out another than it is. *always* are the paragraphs
    that it says itself, whatever it is filled with.
    """

    source: Source
    code: CodeType
    around: Mapping[int, Around]
    given: frozenset[str]
    is_grid_loose: bool
    has_code: bool
    always: tuple[str, ...]


def ready(source: Source, looks: Looks, budget: Budget, *, is_main: bool, is_gated: bool) -> Ready:
    """
    Return *source* made ready, its tags paid for from *budget*.

    Raises:
        ProblemsError: If the template has a fault; it has no origin yet, only a spot.
    """
    sandbox = Sandbox(budget, _compiling())
    placed, given = _sound(sandbox, source, looks, is_main=is_main, is_gated=is_gated)
    try:
        code = _compiled(sandbox, with_costs(placed.tree))
    except TemplateError as error:
        raise _located(error, source, frozenset()) from None
    return Ready(
        source=source,
        code=code,
        around=placed.around,
        given=frozenset(given),
        is_grid_loose=placed.is_grid_loose,
        has_code=placed.has_code,
        always=placed.always,
    )


def refuse_unready(source: Source, looks: Looks, budget: Budget, *, is_main: bool) -> None:
    """
    Refuse what `ready` would refuse, without making it ready.

    Raises:
        ProblemsError: As `ready`.
    """
    _sound(Sandbox(budget, _compiling()), source, looks, is_main=is_main, is_gated=True)


def _sound(
    sandbox: Sandbox, source: Source, looks: Looks, *, is_main: bool, is_gated: bool
) -> tuple[Placed, set[str]]:
    try:
        sandbox.budget.parse(sum(len(found[3]) for found in TAG.finditer(source.text)))
        parsed = _parsed(sandbox, source.text)
        return place(parsed, looks, is_main=is_main, is_gated=is_gated), names_given(parsed)
    except TemplateError as error:
        raise _located(error, source, frozenset()) from None


def _compiling() -> dict[str, Callable[..., Any]]:
    # The names alone count while code is made; what they do is given when it runs.
    return dict.fromkeys(Printing.NAMES, str)


def parsed_alone(source: str) -> nodes.Template:
    """
    Return *source*, a single tag with what closes it, as Jinja's tree.

    Raises:
        TemplateError: If it cannot be understood, or asks for what is not allowed.
    """
    return _parsed(_alone(), source)


def with_empty_tags(source: Source) -> str:
    """
    Return what *source* says beside its tags, as Jinja reads it; each tag is ``{{}}``.

    Raises:
        ProblemsError: If it cannot be understood.
    """
    try:
        found = [
            value if kind == "data" else "{{}}"
            for _, kind, value in _alone().lex(source.text)
            if kind in ("data", "variable_begin", "block_begin")
        ]
    except TemplateError as error:
        raise _located(error, source, frozenset()) from None
    return "".join(found).translate(BRACES_BACK)


_kept: list[Sandbox] = []


def _alone() -> Sandbox:
    if not _kept:
        _kept.append(Sandbox(Budget(), _compiling()))
    return _kept[0]


def _parsed(sandbox: Sandbox, source: str) -> nodes.Template:
    try:
        parsed = sandbox.parse(source)
    except (RecursionError, ValueError):
        # Jinja's parser calls itself for every bracket; Python refuses numbers of many digits.
        raise _beyond_parsing(source) from None
    refuse_forbidden(parsed)
    return parsed


def _compiled(sandbox: Sandbox, parsed: nodes.Template) -> CodeType:
    try:
        with warnings.catch_warnings():  # Python's, of a 1 that is called or compared by “is”
            warnings.simplefilter("ignore", SyntaxWarning)
            return sandbox.compile(parsed)
    except SyntaxError:
        raise TagError("A tag cannot be understood") from None
    except (RecursionError, MemoryError):
        raise TagError("There is too much of it for Python’s compiler") from None


def _beyond_parsing(source: str) -> TagError:
    longest = max(TAG.finditer(source), key=lambda found: len(found[3]))
    line = source.count("\n", 0, longest.start(3)) + 2
    return TagError(
        "Tags, brackets or signs lie too deep inside one another, or a number is too long",
        "Say it in a simpler way.",
        # Where no tag is long, it is many that lie inside one another.
        line if len(longest[3]) > _LONG else None,
    )


# -- filling -----------------------------------------------------------------------


def fill(
    part: Ready, names: Mapping[str, object], printing: Printing, budget: Budget
) -> Iterator[str]:
    """
    Yield the part, filled with *names*, in pieces.

    Raises:
        ProblemsError: If the template asks for what it may not have, or for what is not there.
    """
    printing.around, printing.budget = part.around, budget
    sandbox = Sandbox(budget, printing.filters())
    template = Template.from_code(sandbox, part.code, {})
    try:
        yield from template.generate(names)
    except ExhaustedError as error:
        line = _line(error)
        raise exhausted(part.source, line) from None
    except TemplateError as error:
        raise _located(error, part.source, part.given | set(names)) from None
    except _FAULTS as error:
        if _is_our_own(error):
            raise
        raise _located(error, part.source, part.given | set(names)) from None


def exhausted(source: Source, line: int | None = None) -> ProblemsError:
    """
    Return the refusal of a template that has used up what one paper may cost.
    """
    problem = source.problem(
        TEMPLATE_NOT_ALLOWED,
        line,
        "This template used too much time or memory",
        "Look for loops inside loops, and for long lists or texts that are compared or copied. "
        f"One paper may take {MAX_STEPS:,} steps.",
    )
    return ProblemsError(problem.message, (problem,), mend=problem.mend)


# -- where a fault is --------------------------------------------------------------


def _frames(error: Exception) -> list[tuple[str, int]]:
    return [
        (frame.f_code.co_filename, line) for frame, line in traceback.walk_tb(error.__traceback__)
    ]


def _is_our_own(error: Exception) -> bool:
    """
    Tell whether it is not the template that is wrong, but the code that draws for it.
    """
    file, _ = _frames(error)[-1]
    return file != "<template>" and "jinja2" not in file


def _located(error: Exception, source: Source, known: frozenset[str]) -> ProblemsError:
    line = _line(error)
    kind, said, mend = plain(error, known, source.tag(line))
    problem = source.problem(kind, line, said, mend)
    return ProblemsError(problem.message, (problem,), mend=mend)


def _line(error: Exception) -> int | None:
    """
    Return the line of the source that *error* is about.
    """
    line: int | None = getattr(error, "lineno", None)
    frames = reversed(_frames(error))
    return line or next((line for file, line in frames if file == "<template>"), None)
