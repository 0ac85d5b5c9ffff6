"""
What tags say, one by one and together: each understood alone, blocks opened and closed.

Everything that is wrong is found in one go; Jinja alone would stop at the first.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs
from jinja2 import TemplateError, nodes

from peerkit_docx.filling.faults import plain
from peerkit_docx.filling.ready import parsed_alone
from peerkit_docx.preparing.delimiting import STRAIGHT
from peerkit_docx.preparing.tags import W
from peerkit_docx.problems import (
    TEMPLATE_BLOCK,
    TEMPLATE_NO_ROWS,
    TEMPLATE_PLACE,
    TEMPLATE_PREFIX,
    TEMPLATE_SYNTAX,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element

    from peerkit.errors import Problem
    from peerkit_docx.preparing.delimiting import Tag

__all__ = ["Statement", "nesting_problems", "rowless_problems", "statements_of"]

_WORD = re.compile(r"\s*(\w+)")
_OPENS = {"for": "endfor", "if": "endif", "with": "endwith"}
_CLOSES = {closer: opener for opener, closer in _OPENS.items()}
_BETWEEN = {"else": ("if", "for"), "elif": ("if",)}
# docxtpl's own, for cells of tables.
_OF_CELLS = {"colspan": "{{{{ {} }}}}", "cellbg": "{{{{ {} }}}}", "vm": "", "hm": ""}
_ALONE = {
    "for": "{{% {} %}}{{% endfor %}}",
    "if": "{{% {} %}}{{% endif %}}",
    "with": "{{% {} %}}{{% endwith %}}",
    "elif": "{{% if 1 %}}{{% {} %}}{{% endif %}}",
}
_BARE = ("else", "endif", "endfor", "endwith")
# Jinja's blocks that no template may have: refused where they begin, and once.
_REFUSED = ("macro", "call", "filter", "block", "autoescape")
_ALONE |= {word: f"{{{{% {{}} %}}}}{{{{% end{word} %}}}}" for word in _REFUSED}
# Jinja misses the end of a raw block only where something stands behind its beginning.
_ALONE["raw"] = "{{% {} %}} "
_WITHOUT_A_WORD = (*_BARE, *(f"end{word}" for word in (*_REFUSED, "set", "raw")))
_SET_BLOCK = "{{% {} %}}{{% endset %}}"


@attrs.frozen(eq=False)
class Statement:
    """
    A tag with its first *word*, and what it says as Jinja's tree where that can be told.
    """

    tag: Tag
    word: str
    parsed: nodes.Template | None = None


def statements_of(tags: Iterable[Tag]) -> tuple[tuple[Statement, ...], tuple[Problem, ...]]:
    """
    Return what *tags* say, each for itself, and what cannot be understood.
    """
    found: list[Statement] = []
    problems: list[Problem] = []
    for tag in tags:
        if tag.opens == "{#":
            continue
        word = _word(tag)
        source = _source(tag, word)
        parsed: nodes.Template | None = None
        if word in _BARE and tag.inside.strip() != word:
            problems.append(
                tag.problem(
                    TEMPLATE_SYNTAX, f"Something stands behind “{word}”", "Take the rest out."
                )
            )
        elif word in ("vm", "hm") and tag.inside.strip() != word:
            problems.append(
                tag.problem(
                    TEMPLATE_SYNTAX, f"“{word}” stands alone in its tag", "Take the rest out."
                )
            )
        elif source:
            try:
                parsed = parsed_alone(source)
            except TemplateError as error:
                kind, said, mend = plain(error, frozenset(), tag.text)
                problems.append(tag.problem(kind, said, mend))
        found.append(Statement(tag, word, parsed))
    return tuple(found), tuple(problems)


def _word(tag: Tag) -> str:
    found = _WORD.match(tag.inside) if tag.opens == "{%" else None
    return found[1] if found else ""


def _source(tag: Tag, word: str) -> str:
    inside = tag.inside.translate(STRAIGHT)
    if tag.opens == "{{":
        return f"{{{{ {inside} }}}}"
    if word in _OF_CELLS:
        return _OF_CELLS[word].format(inside.strip().removeprefix(word))
    if word in _WITHOUT_A_WORD:
        return ""
    if word == "set" and "=" not in inside:
        return _SET_BLOCK.format(inside)
    return _ALONE.get(word, "{{% {} %}}").format(inside)


# -- blocks ------------------------------------------------------------------------


def nesting_problems(statements: Iterable[Statement]) -> Iterator[Problem]:
    """
    Yield what is wrong with how blocks are opened and closed.
    """
    waiting: list[Statement] = []
    crossed: list[str] = []
    for one in statements:
        if one.word in _OPENS:
            waiting.append(one)
        elif one.word in _BETWEEN:
            yield from _between(one, waiting)
        elif one.word in _CLOSES:
            yield from _closing(one, waiting, crossed)
        elif one.word in ("vm", "hm") and not any(it.word == "for" for it in waiting):
            yield one.tag.problem(
                TEMPLATE_PLACE,
                f"“{one.word}” joins cells that a loop repeats, and this is in none",
                "Put it into a cell between {% for … %} and {% endfor %}.",
            )
    for one in waiting:
        yield one.tag.problem(
            TEMPLATE_BLOCK,
            "It is never closed",
            f"Put {_written(one, _OPENS[one.word])} behind what it is for.",
        )


def _written(opener: Statement, word: str) -> str:
    return f"{{%{opener.tag.prefix} {word} %}}"


def _between(one: Statement, waiting: list[Statement]) -> Iterator[Problem]:
    if not waiting or waiting[-1].word not in _BETWEEN[one.word]:
        yield one.tag.problem(
            TEMPLATE_BLOCK,
            "It belongs to no question",
            "Put {% if … %} before it, or take it out.",
        )
    else:
        yield from _prefixes(waiting[-1], one)


def _closing(one: Statement, waiting: list[Statement], crossed: list[str]) -> Iterator[Problem]:
    """
    Yield what is wrong where *one* closes what is *waiting*.

    What was still open is told once; its own end, which may have been *crossed*, is not.
    """
    opener = _CLOSES[one.word]
    if one.word in crossed and not any(it.word == opener for it in waiting):
        crossed.remove(one.word)
        return
    if not any(it.word == opener for it in waiting):
        yield one.tag.problem(
            TEMPLATE_BLOCK,
            "It closes nothing",
            f"Put {{% {opener} … %}} before it, or take it out.",
        )
        return
    while waiting[-1].word != opener:
        left = waiting.pop()
        crossed.append(_OPENS[left.word])
        yield left.tag.problem(
            TEMPLATE_BLOCK,
            f"It is still open where {one.tag.text} stands",
            f"Put {_written(left, _OPENS[left.word])} before that, or take one of the two out.",
        )
    yield from _prefixes(waiting.pop(), one)


def _prefixes(opener: Statement, one: Statement) -> Iterator[Problem]:
    if opener.tag.prefix != one.tag.prefix:
        yield one.tag.problem(
            TEMPLATE_PREFIX,
            f"It belongs to {opener.tag.text}, which stands for another thing",
            f"Write {_written(opener, one.word)}.",
        )


# -- rows --------------------------------------------------------------------------


def rowless_problems(tags: Iterable[Tag]) -> Iterator[Problem]:
    """
    Yield each table of which comments leave no row.
    """
    gone: dict[_Element, dict[_Element, Tag]] = {}
    for tag in tags:
        if tag.opens == "{#" and tag.prefix == "tr" and tag.paragraph is not None:
            row = next(tag.paragraph.iterancestors(f"{W}tr"), None)
            if row is not None:
                gone.setdefault(next(row.iterancestors(f"{W}tbl")), {})[row] = tag
    for table, rows in gone.items():
        own = (one for one in table.iter(f"{W}tr") if next(one.iterancestors(f"{W}tbl")) is table)
        if all(one in rows for one in own):
            first = next(iter(rows.values()))
            yield first.problem(
                TEMPLATE_NO_ROWS, "The table has no rows beside it", "Give it one, or take it out."
            )
