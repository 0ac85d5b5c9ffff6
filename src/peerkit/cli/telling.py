"""
How problems are told: to people with an excerpt and a caret, to programs as JSON.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from peerkit.cli.console import clean, say, sentence
from peerkit.errors import Problem, Severity
from peerkit.files.tree import around

__all__ = ["counted", "plural", "problem_json", "tell_problems", "width"]

_COLOURS = {
    Severity.FAULT: "red",
    Severity.ERROR: "red",
    Severity.WARNING: "yellow",
    Severity.ADVICE: "cyan",
}
_TAB = "    "
_GUTTER = 6
_NO_WIDTH = ("Mn", "Me", "Cf")


def plural(number: int, word: str, several: str = "") -> str:
    """
    Return *number* with its word.

    >>> plural(1, "fault"), plural(2, "record")
    ('1 fault', '2 records')
    """
    return f"{number:,} {word if number == 1 else several or word + 's'}"


def counted(problems: Iterable[Problem]) -> str:
    """
    Return how many problems there are of each severity, the worst first.
    """
    counts = Counter(problem.severity for problem in problems)
    words = [
        f"{counts[one]} advice" if one is Severity.ADVICE else plural(counts[one], one.value)
        for one in Severity
        if counts[one]
    ]
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def tell_problems(problems: Iterable[Problem], folder: str) -> None:
    """
    Print every problem, a blank line behind each; *folder* is what the user named.
    """
    for problem in problems:
        for line in _lines(problem, folder):
            say(line)
        say()


def _lines(problem: Problem, folder: str) -> Iterator[str]:
    colour = _COLOURS[problem.severity]
    severity = click.style(problem.severity.value, fg=colour, bold=True)
    where = click.style(clean(_where(problem, folder)), bold=True)
    about = f" ({problem.address})" if problem.address and not problem.place else ""
    message = clean(sentence(problem.message) + about)
    yield f"{where}: {severity}: {message} [{problem.code}]"
    if problem.place and problem.excerpt.strip():
        line, caret = _marked(problem.excerpt, problem.place.column, problem.place.end_column)
        yield f"{problem.place.line:>{_GUTTER}} | {line}"
        yield " " * _GUTTER + " | " + click.style(caret, fg=colour)
    if problem.advice:
        yield " " * _GUTTER + " = " + clean(sentence(problem.advice))


def _where(problem: Problem, folder: str) -> str:
    place = problem.place
    if place is None:
        return f"{folder}, {problem.where}" if problem.where else folder
    # A pack's file is named by its pack, and lies somewhere else.
    inside = Path(folder) / place.file
    file = inside.as_posix() if inside.exists() else place.file
    return f"{file}:{place.line}:{place.column}"


def _marked(excerpt: str, column: int, end_column: int) -> tuple[str, str]:
    """
    Return a line of a file as it can be shown, and a line of carets for under it.
    """
    length = max(end_column - column, 1)
    shown, at = around(excerpt, column)
    cells = [_cell(letter) for letter in shown]
    before = sum(map(width, cells[: at - 1]))
    under = sum(map(width, cells[at - 1 : at - 1 + length]))
    return "".join(cells).rstrip(), " " * before + "^" * max(under, 1)


def _cell(letter: str) -> str:
    if letter == "\t":
        return _TAB
    return "\N{REPLACEMENT CHARACTER}" if clean(letter) != letter else letter


def width(text: str) -> int:
    r"""
    Return how many columns of a terminal *text* takes.

    >>> width("日本"), width("cafe\u0301")
    (4, 4)
    """
    return sum(
        0
        if unicodedata.category(letter) in _NO_WIDTH
        else 2
        if unicodedata.east_asian_width(letter) in "WF"
        else 1
        for letter in text
    )


def problem_json(problem: Problem) -> dict[str, Any]:
    """
    Return one problem as programs are told of it.
    """
    place, address = problem.place, problem.address
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "message": problem.message,
        "mend": problem.advice,
        "file": place.file if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "end_column": (place.end_column or None) if place else None,
        "excerpt": problem.excerpt,
        **({"where": problem.where} if problem.where else {}),
        "record": {"kind": address.kind, "id": address.id, "field": address.field}
        if address
        else None,
    }
