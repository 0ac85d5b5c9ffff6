r"""
The Markdown format: CommonMark with tables, good to read with and without a program.

Every character of the tree that a Markdown program could take for a mark is
escaped, so that it prints as it is. The notices come first, in bold, then the
title and the body that issues the paper. Sections are headings with their numbers;
a numbered paragraph begins with its number in bold (``**5.** Words``), which no
program takes for a list and counts anew. Markdown counts lists in one style, as
``1.``; in any other an item is one of a bullet list, and begins with its label
(``- (a) Words``). Captions stand in bold above their tables. A cell is one line: its
paragraphs and line breaks are parted by `` / ``, items of its lists by ``; ``. A
picture is told by its alternative text and caption. Emphasis is left out where
Markdown has no way to write it, such as inside a word beside punctuation; its words
stay. Kept out: the other properties, which a Markdown file has no place for, and how
inlines are written; see `inlines`.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from peerkit.builtin.inlines import escape, inlines, own_lines
from peerkit.document import (
    Block,
    Bullets,
    Document,
    Emphasis,
    Fields,
    Figure,
    Heading,
    Inline,
    Paragraph,
    Quote,
    Section,
    Strong,
    Table,
    list_label,
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
_COUNTED = "1."
_LAST_NUMBER = 999_999_999
_PART = " / "
_LAST_HASHES = re.compile(r"(^|\s)(#+)$")


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


def _heading(words: tuple[Inline, ...], level: int, label: str = "") -> str:
    line = _led(label, _LAST_HASHES.sub(r"\1\\\2", inlines(words, " ")))
    return f"{'#' * min(level, _DEEPEST)} {line}" if line else ""


def _led(label: str, words: str) -> str:
    return " ".join(filter(None, (label, words)))


def _bold(words: str) -> str:
    return own_lines(inlines((Strong(text_inlines(words)),)))


def _paragraph(words: str) -> str:
    return own_lines(inlines(text_inlines(words)))


def _blocks(blocks: tuple[Block, ...], level: int, label: str = "") -> Iterator[str]:
    # Two lists in a row would be read as one, so the second has the other marks.
    has_turned = False
    for block in blocks:
        if drawn := _block(block, level, label, has_turned=has_turned):
            has_turned = isinstance(block, Bullets) and not has_turned
            yield drawn
        label = ""


def _block(block: Block, level: int, label: str, *, has_turned: bool) -> str:
    match block:
        case Paragraph():
            number = f"**{escape(_label(block.number))}** " if block.number else ""
            words = (number + inlines(block.inlines)).rstrip(" ")
            return own_lines(_led(label, words))
        case Heading():
            return _heading(block.inlines, level + block.depth, label)
        case Bullets():
            return _list(block, level, has_turned=has_turned)
        case Quote():
            inside = "\n\n".join(_blocks(block.blocks, level))
            return inside and "\n".join(f"> {line}".rstrip(" ") for line in inside.split("\n"))
        case _:
            return "\n\n".join(filter(None, _with_caption(block)))


def _with_caption(block: Table | Fields | Figure) -> Iterator[str]:
    if isinstance(block, Figure):
        yield own_lines(inlines((Emphasis(text_inlines(block.alternative)),)))
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
    is_counted = block.ordered and block.style == _COUNTED
    if is_counted and block.start < 0:
        raise PeerkitError(f"Markdown has no list that begins at {block.start}")
    numbers = (str(min(number, _LAST_NUMBER)) for number in itertools.count(block.start))
    end = (")" if has_turned else ".") if is_counted else ("*" if has_turned else "-")
    labels = _labels(block) if block.ordered and not is_counted else itertools.repeat("")
    items = []
    is_loose = False
    for label, item in zip(labels, block.items, strict=False):
        mark = next(numbers) + end if is_counted else end
        blocks = item if not label or _has_words(item) else (Paragraph(inlines=()), *item)
        body = _item(tuple(_blocks(blocks, level, label)), blocks)
        is_loose = is_loose or "\n\n" in body
        items.append(f"{mark} {_indented(body, len(mark) + 1)}".rstrip(" "))
    return ("\n\n" if is_loose else "\n").join(items)


def _labels(block: Bullets) -> Iterator[str]:
    return (list_label(block.style, block.start + index) for index in range(len(block.items)))


def _has_words(item: tuple[Block, ...]) -> bool:
    # Otherwise its label stands in a paragraph of its own.
    return isinstance(next(iter(item), None), Paragraph | Heading)


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
    return inlines(text_inlines(words), _PART).replace("|", "\\|")


def _cell(blocks: tuple[Block, ...]) -> str:
    return _in_line(blocks).replace("|", "\\|")


def _in_line(blocks: tuple[Block, ...]) -> str:
    return _PART.join(filter(None, map(_block_in_line, blocks)))


def _block_in_line(block: Block) -> str:
    match block:
        case Paragraph():
            number = f"**{escape(_label(block.number))}** " if block.number else ""
            return (number + inlines(block.inlines, _PART)).rstrip(" ")
        case Heading():
            return inlines(block.inlines, _PART)
        case Bullets():
            items = map(_in_line, block.items)
            if block.ordered:
                items = map(" ".join, zip(_labels(block), items, strict=True))
            return "; ".join(items)
        case Quote():
            return _in_line(block.blocks)
        case _:
            return inlines(text_inlines(plain_text(block)), _PART)


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
