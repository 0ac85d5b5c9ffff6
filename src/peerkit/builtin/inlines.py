"""
Inlines as Markdown: every mark escaped that a program could take for one of its own.

Kept out: blocks, and what stands before and around them; see `markdown`.
"""

from __future__ import annotations

import itertools
import operator
import re
from typing import TYPE_CHECKING, Any

import attrs

from peerkit.document import Emphasis, Inline, Link, Strong, Text, plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["escape", "inlines", "own_lines"]

_LINE = "\\\n"

# `&` only where a name or number could follow, `_` only outside words, `!` only where a
# bracket could follow, so that "R&D", "a_b" and "Done!" stay readable.
_MARKS = re.compile(r"[\\`*\[\]<~$]|&(?=#?[0-9A-Za-z]*(?:;|$))|(?<![^\W_])_|_(?![^\W_])|!$")
_FIRST = re.compile(r"(?m)^[ \t]*(?:(?=[-+>#=:|])|([0-9]{1,9})(?=[.)]))")
_BARE_ADDRESS = re.compile(
    r"(?<![^\\]\]\()(?<![^\\]\]\(<)((?:https?|ftp)(?=://)|www(?=\.))(?=([^\s\]]*\n?))",
    re.IGNORECASE,
)
_PLAIN_ADDRESS = re.compile(r"(?:[\w./?=%#:,;+@'()&-](?<![^0-9A-Za-z]_))*[*_]*", re.ASCII)
_IN_ADDRESS = re.compile(r"[\\<>]|&(?=#?\w+;)")
_OUTSIDE = frozenset(" \n!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_LINKED = ("https:", "http:", "mailto:")


@attrs.frozen
class _Run:
    text: str
    is_strong: bool = False
    is_stressed: bool = False
    href: str = ""


_Runs = tuple[_Run, ...]


def own_lines(words: str) -> str:
    r"""
    Return *words*, which are Markdown, as a paragraph: no line of theirs begins another block.

    >>> own_lines("1. May")
    '1\\. May'
    """
    return _FIRST.sub(lambda found: f"{found[1] or ''}\\", words)


def escape(words: str) -> str:
    """
    Return *words* with every mark escaped.
    """
    return _MARKS.sub(r"\\\g<0>", words)


def inlines(parts: tuple[Inline, ...], line: str = _LINE) -> str:
    """
    Return *parts* as Markdown; *line* stands for each line break in them.
    """
    _, runs, _ = _trimmed(tuple(_runs(parts, _Run(""))))
    drawn = _BARE_ADDRESS.sub(_apart, _linked(runs))
    # What is left of line ends is a hard break in a paragraph, a mark in a cell.
    if line == _LINE:
        return re.sub(r"\n[ \t]*", lambda _: _LINE, drawn)
    return re.sub(r"\s*\n\s*", line, drawn)


def _apart(found: re.Match[str]) -> str:
    # GitHub makes links of bare addresses, and takes escapes and marks in them for letters.
    return found[1] if _PLAIN_ADDRESS.fullmatch(found[2]) else found[1] + "\\"


def _runs(parts: tuple[Inline, ...], style: _Run) -> Iterator[_Run]:
    for inline in parts:
        match inline:
            case Strong():
                yield from _runs(inline.inlines, attrs.evolve(style, is_strong=True))
            case Emphasis():
                yield from _runs(inline.inlines, attrs.evolve(style, is_stressed=True))
            case Link():
                yield from _link_runs(inline, style)
            case _:
                text = plain_text(inline).replace("\r\n", "\n").replace("\r", "\n")
                yield attrs.evolve(style, text=text)


def _link_runs(link: Link, style: _Run) -> Iterator[_Run]:
    words = plain_text(link.inlines)
    if not link.href.lower().startswith(_LINKED):
        yield from _runs((*link.inlines, Text(f" ({link.href})")), style)
    elif style.href:
        yield from _runs(link.inlines, style)
    else:
        parts = link.inlines if words.strip() else (Text(link.href),)
        yield from _runs(parts, attrs.evolve(style, href=link.href))


def _trimmed(runs: _Runs) -> tuple[str, _Runs, str]:
    text = "".join(run.text for run in runs)
    lead = text[: len(text) - len(text.lstrip())]
    tail = text[len(text.rstrip()) :] if text.strip() else ""
    kept: list[_Run] = []
    skip, left = len(lead), len(text) - len(lead) - len(tail)
    for run in runs:
        part = run.text[skip : skip + left]
        skip = max(0, skip - len(run.text))
        left -= len(part)
        if part:
            kept.append(attrs.evolve(run, text=part))
    return lead, tuple(kept), tail


def _grouped(runs: _Runs, *names: str) -> Iterator[tuple[_Runs, str, str]]:
    # Each group of alike runs with the characters that stand before and after it.
    key = operator.attrgetter(*names)
    groups = [tuple(group) for _, group in itertools.groupby(runs, key)]
    for index, group in enumerate(groups):
        before = groups[index - 1][-1].text[-1] if index else ""
        after = groups[index + 1][0].text[0] if index + 1 < len(groups) else ""
        yield group, before, after


def _linked(runs: _Runs) -> str:
    drawn = []
    for group, before, after in _grouped(runs, "href"):
        if href := group[0].href:
            lead, core, tail = _trimmed(group)
            words = _styled(_settled(core, "[", "]"))
            drawn += [lead, f"[{words}]({_address(href)})" if core else "", tail]
        else:
            drawn.append(_styled(_settled(group, before, after)))
    return "".join(drawn)


def _settled(runs: _Runs, first: str, last: str) -> _Runs:
    # Strong goes first, for its marks stand outside those of emphasis.
    runs = tuple(_kept(runs, ("is_strong",), first, last))
    return tuple(_kept(runs, ("is_stressed", "is_strong"), first, last))


def _kept(runs: _Runs, names: tuple[str, ...], first: str, last: str) -> Iterator[_Run]:
    name = names[0]
    for group, before, after in _grouped(runs, *names):
        bare = _without(name, group[0])
        lead, core, tail = _trimmed(group)
        outer = lead[-1:] or before or first, tail[:1] or after or last
        if not getattr(group[0], name):
            yield from group
        elif core and _can_be_marked(core, name, *outer):
            spaced = (attrs.evolve(bare, text=lead), *core, attrs.evolve(bare, text=tail))
            yield from (run for run in spaced if run.text)
        else:
            yield from (_without(name, run) for run in group)


def _without(name: str, run: _Run) -> _Run:
    changes: dict[str, Any] = {name: False}
    return attrs.evolve(run, **changes)


def _can_be_marked(runs: _Runs, name: str, before: str, after: str) -> bool:
    # Marks count only at the edge of a word or, for strong, between letters.
    edges = runs[0].text[0], runs[-1].text[-1]
    is_plain = not runs[0].is_stressed and not runs[-1].is_stressed
    is_inside = name == "is_strong" and is_plain and all(edge.isalnum() for edge in edges)
    return is_inside or {before, after} <= _OUTSIDE | {""}


def _styled(runs: _Runs) -> str:
    drawn = []
    for strong in (group for group, *_ in _grouped(runs, "is_strong")):
        words = "".join(_stressed(group) for group, *_ in _grouped(strong, "is_stressed"))
        drawn.append(f"**{words}**" if strong[0].is_strong else words)
    return "".join(drawn)


def _stressed(runs: _Runs) -> str:
    words = escape("".join(run.text for run in runs))
    return f"_{words}_" if runs[0].is_stressed else words


def _address(href: str) -> str:
    known = _IN_ADDRESS.sub(r"\\\g<0>", href)
    known = re.sub(r"[\x00-\x20\x7f]", lambda found: f"%{ord(found[0]):02X}", known)
    return f"<{known}>" if "(" in known or ")" in known else known
