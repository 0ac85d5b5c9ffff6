"""
Filling one part: a Jinja source and names become XML, or an error that says where.

Kept out: what the names hold, where sources come from, and the words for faults.
"""

from __future__ import annotations

import re
import traceback
from typing import TYPE_CHECKING

from jinja2 import TemplateError, TemplateSyntaxError

from peerkit.errors import PeerkitError
from peerkit_docx.filling.faults import ExhaustedError, TagError, plain
from peerkit_docx.filling.sandbox import MAX_STEPS
from peerkit_docx.filling.syntax import names_given, refuse_forbidden, with_costs
from peerkit_docx.word.refusing import begun

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from jinja2 import Template, nodes

    from peerkit_docx.filling.sandbox import Sandbox

__all__ = ["fill"]

_TAG = re.compile(r"(\{\{|\{%)([-+]?)(.*?)([-+]?(?:\}\}|%\}))", re.DOTALL)
_OPENED = re.compile(r"(\{\{|\{%)[-+]?\Z")
_CLOSED = re.compile(r"[-+]?(?:\}\}|%\})")
_BLOCK = re.compile(r"\{%[-+]?\s*(if|for|endif|endfor)\b")
_NEAR = 80
_SHOWN = 200

# What Python raises when a template asks for what cannot be done.
_FAULTS = (
    TypeError, ValueError, LookupError, AttributeError, ArithmeticError, RecursionError,
)  # fmt: skip


def fill(source: str, names: Mapping[str, object], where: str, made: Sandbox) -> str:
    """
    Return *source* filled with *names* in the sandbox *made*; *where* names the part.

    Raises:
        PeerkitError: If the template has a fault or asks for what it may not have.
    """
    source = _led(source)
    known = set(names)
    try:
        made.budget.parse(sum(len(found[3]) for found in _TAG.finditer(source)))
        parsed = _parsed(made, source)
        known |= names_given(parsed)
        return "".join(_compiled(made, parsed).generate(names))
    except ExhaustedError as error:
        _, tag, _ = _place(error, source)
        at = f", at {_short(tag)}" if tag else ""
        raise PeerkitError(
            f"This template used too much time or memory: {where}{at}.",
            mend=f"Look for loops inside loops. Those of one paper may take {MAX_STEPS:,} steps.",
        ) from None
    except TemplateError as error:
        raise _located(error, source, where, known) from None
    except _FAULTS as error:
        if _is_our_own(error):
            raise
        raise _located(error, source, where, known) from None


def _led(source: str) -> str:
    """
    Return *source* with one line break in each tag, behind what opens it.

    So a line holds all of one tag but its opener, and a line number leads to it.
    """

    def led(found: re.Match[str]) -> str:
        inside = found[3].replace("\n", " ")
        return f"{found[1]}{found[2]}\n{inside}{found[4]}"

    return _TAG.sub(led, source)


def _parsed(made: Sandbox, source: str) -> nodes.Template:
    try:
        parsed = made.parse(source)
    except (RecursionError, ValueError):
        # Jinja's parser calls itself for every bracket; Python refuses numbers of many digits.
        raise _beyond_parsing(source) from None
    refuse_forbidden(parsed)
    return parsed


def _compiled(made: Sandbox, parsed: nodes.Template) -> Template:
    try:
        return made.from_string(with_costs(parsed))
    except SyntaxError:
        raise TagError("A tag cannot be understood") from None


def _beyond_parsing(source: str) -> TagError:
    longest = max(_TAG.finditer(source), key=lambda found: len(found[3]))
    line = source.count("\n", 0, longest.start(3)) + 2
    return TagError(
        "Tags, brackets or signs lie too deep inside one another, or a number is too long",
        "Say it in a simpler way.",
        # Where no tag is long, it is many that lie inside one another.
        line if len(longest[3]) > _SHOWN else None,
    )


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


def _located(error: Exception, source: str, where: str, known: Collection[str]) -> PeerkitError:
    said_at, tag, near = _place(error, source)
    said, mend = plain(error, known, tag)
    after = f" (it stands after “{near}”)" if near and said_at else ""
    tag = f"{_short(tag)}: " if tag else ""
    return PeerkitError(f"{begun(where)}: {tag}{said}{after}.", mend=mend)


def _short(tag: str) -> str:
    return f"{tag[:_SHOWN]}…" if len(tag) > _SHOWN else tag


def _place(error: Exception, source: str) -> tuple[int | None, str, str]:
    """
    Return the line of *error*, the tag on it, and the words that stand before it.
    """
    line: int | None = getattr(error, "lineno", None) or max(
        (line for file, line in _frames(error)[-6:] if file == "<template>"), default=None
    )
    if isinstance(error, TemplateSyntaxError) and "innermost block" in (error.message or ""):
        line = _never_closed(source) or line
    if line is None:
        return None, "", ""
    lines = source.split("\n")
    line = min(line, len(lines))
    opened = _OPENED.search(lines[line - 2]) if line > 1 else None
    closed = _CLOSED.search(lines[line - 1])
    if opened is None or closed is None:
        return line, "", ""
    inside = re.sub(r"\s+", " ", lines[line - 1][: closed.start()])
    tag = f"{opened[1]}{inside}{closed[0].lstrip('-+')}"
    begin = max(0, line - 4)
    before = "\n".join(lines[begin : line - 1])[: -len(opened[0])]
    if begin:
        before = before[_end_of_tag(before) :]
    apart = re.sub(r"<[^>]*>|(?<=\})(?=\{)", " ", before)
    words = " ".join(apart.split())
    return line, tag, words[-_NEAR:]


def _end_of_tag(text: str) -> int:
    closed = _CLOSED.search(text)
    return closed.end() if closed else 0


def _never_closed(source: str) -> int | None:
    """
    Return the line of the innermost block that is open where the blocks stop fitting.

    Jinja itself only tells where it noticed.
    """
    waiting: list[tuple[str, int]] = []
    line, seen = 1, 0
    for found in _BLOCK.finditer(source):
        line += source.count("\n", seen, found.start(1))
        seen = found.start(1)
        word = found[1]
        if not word.startswith("end"):
            waiting.append((word, line))
        elif waiting and waiting[-1][0] == word.removeprefix("end"):
            waiting.pop()
        else:
            return waiting[-1][1] if waiting else line
    return waiting[-1][1] if waiting else None
