r"""
The Markdown format: CommonMark with tables, good to read with and without a program.

Every character of the tree that a Markdown program could take for a mark is
escaped, so that it prints as it is. The notices come first, in bold, then the
title and the body that issues the paper. Sections are headings with their numbers;
a numbered paragraph begins with its number in bold (``**5.** Words``), which no
program takes for a list and counts anew. Captions stand in bold above their
tables. A cell is one line: its paragraphs and line breaks are parted by `` / ``,
items of its lists by ``; ``. A picture is told by its alternative text and caption.
Emphasis is left out where Markdown has no way to write it, such as inside a word
beside punctuation; its words stay. Kept out: the other properties, which a Markdown
file has no place for.
"""

from __future__ import annotations

import itertools
import operator
import re
from typing import TYPE_CHECKING, Any

import attrs

from peerkit.document import (
    Block,
    Bullets,
    Document,
    Emphasis,
    Fields,
    Figure,
    Heading,
    Inline,
    Link,
    Paragraph,
    Quote,
    Section,
    Strong,
    Table,
    Text,
    plain_text,
    text_inlines,
)
from peerkit.errors import PeerkitError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from markdown_it.token import Token

    from peerkit.papers import Template

__all__ = ["draw", "texts"]

_DEEPEST = 6
_LAST_NUMBER = 999_999_999
_LINE = "\\\n"
_PART = " / "

# `&` only where a name or number could follow, `_` only outside words, `!` only where a
# bracket could follow, so that "R&D", "a_b" and "Done!" stay readable.
_MARKS = re.compile(r"[\\`*\[\]<~$]|&(?=#?[0-9A-Za-z]*(?:;|$))|(?<![^\W_])_|_(?![^\W_])|!$")
_FIRST = re.compile(r"(?m)^[ \t]*(?:(?=[-+>#=:|])|([0-9]{1,9})(?=[.)]))")
_LAST_HASHES = re.compile(r"(^|\s)(#+)$")
_BARE_ADDRESS = re.compile(
    r"(?<![^\\]\]\()(?<![^\\]\]\(<)((?:https?|ftp)(?=://)|www(?=\.))(?=([^\s\]]*\n?))",
    re.IGNORECASE,
)
_PLAIN_ADDRESS = re.compile(r"(?:[\w./?=%#:,;+@'()&-](?<![^0-9A-Za-z]_))*[*_]*", re.ASCII)
_IN_ADDRESS = re.compile(r"[\\<>]|&(?=#?\w+;)")
_OUTSIDE = frozenset(" \n!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_LINKED = ("https:", "http:", "mailto:")


def draw(document: Document, _template: Template | None) -> bytes:
    """
    Return *document* as Markdown.
    """
    parts = [_bold(notice) for notice in document.notices]
    parts += [_heading(text_inlines(document.title), 1), _paragraph(document.properties.author)]
    parts += _blocks(document.front, 1)
    for section in document.sections:
        parts += _section(section, 2)
    if document.properties.history:
        parts.append(f"<!-- {document.properties.history} -->")
    return ("\n\n".join(filter(None, parts)) + "\n").encode()


# Blocks


def _section(section: Section, level: int) -> Iterator[str]:
    yield _heading(text_inlines(_numbered(section.number, section.heading)), level)
    yield from _blocks(section.blocks, level)
    for inner in section.sections:
        yield from _section(inner, level + 1)


def _label(number: str) -> str:
    return number if "." in number else f"{number}."


def _numbered(number: str, words: str) -> str:
    return f"{_label(number)} {words}" if number else words


def _heading(inlines: tuple[Inline, ...], level: int) -> str:
    line = _LAST_HASHES.sub(r"\1\\\2", _inlines(inlines, " "))
    return f"{'#' * min(level, _DEEPEST)} {line}" if line else ""


def _bold(words: str) -> str:
    return _own_lines(_inlines((Strong(text_inlines(words)),)))


def _paragraph(words: str) -> str:
    return _own_lines(_inlines(text_inlines(words)))


def _blocks(blocks: tuple[Block, ...], level: int) -> Iterator[str]:
    # Two lists in a row would be read as one, so the second has the other marks.
    has_turned = False
    for block in blocks:
        if drawn := _block(block, level, has_turned=has_turned):
            has_turned = isinstance(block, Bullets) and not has_turned
            yield drawn


def _block(block: Block, level: int, *, has_turned: bool) -> str:
    match block:
        case Paragraph():
            number = f"**{_escape(_label(block.number))}** " if block.number else ""
            return _own_lines(number + _inlines(block.inlines)).rstrip(" ")
        case Heading():
            return _heading(block.inlines, level + block.depth)
        case Bullets():
            return _list(block, level, has_turned=has_turned)
        case Quote():
            inside = "\n\n".join(_blocks(block.blocks, level))
            return inside and "\n".join(f"> {line}".rstrip(" ") for line in inside.split("\n"))
        case _:
            return "\n\n".join(filter(None, _with_caption(block)))


def _with_caption(block: Table | Fields | Figure) -> Iterator[str]:
    if isinstance(block, Figure):
        yield _own_lines(_inlines((Emphasis(text_inlines(block.alternative)),)))
        yield _bold(_numbered(block.number, block.caption))
    elif isinstance(block, Fields):
        yield _bold(block.caption)
        rows = [(_words(field.label), _cell(field.value)) for field in block.fields]
        yield _rows(block.headings, rows)
    else:
        yield _bold(_numbered(block.number, block.caption))
        if block.empty and not block.rows:
            yield _paragraph(block.empty)
        else:
            headings = tuple(column.heading for column in block.columns)
            yield _rows(headings, [tuple(map(_cell, row.cells)) for row in block.rows])


def _list(block: Bullets, level: int, *, has_turned: bool) -> str:
    if block.ordered and block.start < 0:
        raise PeerkitError(f"Markdown has no list that begins at {block.start}")
    numbers = (str(min(number, _LAST_NUMBER)) for number in itertools.count(block.start))
    end = (")" if has_turned else ".") if block.ordered else ("*" if has_turned else "-")
    items = []
    is_loose = False
    for item in block.items:
        mark = next(numbers) + end if block.ordered else end
        body = _item(tuple(_blocks(item, level)), item)
        is_loose = is_loose or "\n\n" in body
        items.append(f"{mark} {_indented(body, len(mark) + 1)}".rstrip(" "))
    return ("\n\n" if is_loose else "\n").join(items)


def _item(parts: tuple[str, ...], blocks: tuple[Block, ...]) -> str:
    is_led = [type(block) for block in blocks] == [Paragraph, Bullets] and len(parts) > 1
    # Only such a list may follow its lead on the next line; others would join it.
    return ("\n" if is_led and re.match(r"(?:[-*]|1[.)]) \S", parts[1]) else "\n\n").join(parts)


def _indented(body: str, width: int) -> str:
    first, *rest = body.split("\n")
    return "\n".join([first, *(" " * width + line if line else "" for line in rest)])


def _rows(headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    if not headings:
        return ""
    lines = (tuple(map(_words, headings)), ("---",) * len(headings), *rows)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _words(words: str) -> str:
    return _inlines(text_inlines(words), _PART).replace("|", "\\|")


def _cell(blocks: tuple[Block, ...]) -> str:
    return _in_line(blocks).replace("|", "\\|")


def _in_line(blocks: tuple[Block, ...]) -> str:
    return _PART.join(filter(None, map(_block_in_line, blocks)))


def _block_in_line(block: Block) -> str:
    match block:
        case Paragraph():
            number = f"**{_escape(_label(block.number))}** " if block.number else ""
            return (number + _inlines(block.inlines, _PART)).rstrip(" ")
        case Heading():
            return _inlines(block.inlines, _PART)
        case Bullets():
            first = f"{block.start}. " if block.ordered else ""
            items = (
                (f"{block.start + index}. " if first else "") + _in_line(item)
                for index, item in enumerate(block.items)
            )
            return "; ".join(items)
        case Quote():
            return _in_line(block.blocks)
        case _:
            return _inlines(text_inlines(plain_text(block)), _PART)


# Inlines


@attrs.frozen
class _Run:
    text: str
    is_strong: bool = False
    is_stressed: bool = False
    href: str = ""


_Runs = tuple[_Run, ...]


def _own_lines(words: str) -> str:
    return _FIRST.sub(lambda found: f"{found[1] or ''}\\", words)


def _escape(words: str) -> str:
    return _MARKS.sub(r"\\\g<0>", words)


def _inlines(inlines: tuple[Inline, ...], line: str = _LINE) -> str:
    _, runs, _ = _trimmed(tuple(_runs(inlines, _Run(""))))
    drawn = _BARE_ADDRESS.sub(_apart, _linked(runs))
    # What is left of line ends is a hard break in a paragraph, a mark in a cell.
    if line == _LINE:
        return re.sub(r"\n[ \t]*", lambda _: _LINE, drawn)
    return re.sub(r"\s*\n\s*", line, drawn)


def _apart(found: re.Match[str]) -> str:
    # GitHub makes links of bare addresses, and takes escapes and marks in them for letters.
    return found[1] if _PLAIN_ADDRESS.fullmatch(found[2]) else found[1] + "\\"


def _runs(inlines: tuple[Inline, ...], style: _Run) -> Iterator[_Run]:
    for inline in inlines:
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
        inlines = link.inlines if words.strip() else (Text(link.href),)
        yield from _runs(inlines, attrs.evolve(style, href=link.href))


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
    words = _escape("".join(run.text for run in runs))
    return f"_{words}_" if runs[0].is_stressed else words


def _address(href: str) -> str:
    known = _IN_ADDRESS.sub(r"\\\g<0>", href)
    known = re.sub(r"[\x00-\x20\x7f]", lambda found: f"%{ord(found[0]):02X}", known)
    return f"<{known}>" if "(" in known or ")" in known else known


# What a reader would find


def texts(content: bytes) -> tuple[str, ...]:
    """
    Return every string a reader could find in such a file.
    """
    from markdown_it import MarkdownIt  # noqa: PLC0415 - not paid for before it is needed

    tokens = MarkdownIt("commonmark").enable("table").parse(content.decode())
    return tuple(text for token in tokens for text in _token_texts(token))


def _token_texts(token: Token) -> Iterator[str]:
    if token.children is None:
        yield from filter(None, [token.content])
    else:
        breaks = {"softbreak": " ", "hardbreak": "\n"}
        yield "".join(breaks.get(child.type, child.content) for child in token.children)
        for child in token.children:
            yield from (
                str(child.attrs[name]) for name in ("href", "src", "title") if name in child.attrs
            )
