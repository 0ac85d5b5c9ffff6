"""
Markdown as officers write it, turned into blocks and inlines.

What is special, all else prints as typed:

- a blank line parts paragraphs; a line that ends in two spaces or in a backslash
  breaks there, any other line end is a space;
- ``-``, ``*`` or ``+`` and a space begin a bullet, ``1.`` or ``1)`` and a space a
  numbered item; items may hold blocks and lists of their own. Numbers that are
  all alike are counted; otherwise each number stays as it was typed;
- ``#`` to ``######`` and a space begin a heading (more of them at its end are
  dropped), ``>`` a quote, a line of cells over a line of dashes (``| --- | --- |``)
  a table;
- ``*a*`` and ``_a_`` are emphasis, ``**a**`` and ``__a__`` are strong, but
  marks that touch ``{`` or ``}`` print as typed;
- ``[words](address)`` is a link if the address begins with ``https:``, ``http:`` or
  ``mailto:``, a cross-reference if it is ``#`` and a name; any other address is
  printed in brackets after the words, as is a link's title;
- a backslash takes the meaning from the punctuation mark that follows it.

Nothing else of Markdown is known: no HTML, entities, code, rules across the page,
pictures, bare addresses as links, or definitions. A line that holds marks alone,
such as a single dash, prints as typed, and so do lists and quotes nested deeper
than anyone would. Kept out: how much prose a field may hold.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from peerkit.document.parser import NESTING, parser_for
from peerkit.document.tree import (
    Block,
    Break,
    Bullets,
    Cell,
    Column,
    Emphasis,
    Heading,
    Inline,
    Link,
    Paragraph,
    Quote,
    Reference,
    Row,
    Strong,
    Table,
    Text,
    plain_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from markdown_it.token import Token

    from peerkit.errors import Address

__all__ = [
    "blocks_from_markdown",
    "escape_markdown",
    "inlines_from_markdown",
    "text_inlines",
]

_ADDRESS = re.compile(r"(?:https?://[^\s/]|mailto:[^\s])[^\s<>\"\\^`{|}]*", re.IGNORECASE)
_LINE_END = re.compile(r"\r\n?|\n")
_MARKS = re.compile(r"[\\*_\[\]|]")


def blocks_from_markdown(
    text: str, *, is_numbered: bool = False, address: Address | None = None, name: str = ""
) -> tuple[Block, ...]:
    """
    Return *text* as blocks, each of which bears *address*.

    Paragraphs outside lists and quotes are numbered if *is_numbered*; the first
    of them is called *name*.

    >>> blocks_from_markdown("See *there*.")[0].inlines
    (Text(text='See '), Emphasis(inlines=(Text(text='there'),)), Text(text='.'))
    """
    found = tuple(_blocks(_tree(parser_for(text).parse(text)), address))
    blocks: list[Block] = []
    for block in found:
        match block:
            case Paragraph():
                blocks.append(attrs.evolve(block, is_numbered=is_numbered, name=name))
                name = ""
            case _:
                blocks.append(block)
    return tuple(blocks)


def inlines_from_markdown(text: str) -> tuple[Inline, ...]:
    """
    Return *text*, a field of one line, as inlines.

    Nothing at its beginning makes it a list, heading or quote.

    >>> inlines_from_markdown("1. **May**")
    (Text(text='1. '), Strong(inlines=(Text(text='May'),)))
    """
    (token,) = parser_for(text).parseInline(text.strip())
    return _inlines(_tree(_shallow(token.children or [])))


def text_inlines(text: str) -> tuple[Inline, ...]:
    r"""
    Return *text*, which is not Markdown, as inlines.

    >>> text_inlines("*one*\ntwo")
    (Text(text='*one*'), Break(), Text(text='two'))
    """
    inlines: list[Inline] = []
    for index, line in enumerate(_LINE_END.split(text)):
        if index:
            inlines.append(Break())
        if line:
            inlines.append(Text(line))
    return tuple(inlines)


def escape_markdown(text: str) -> str:
    r"""
    Return Markdown that `blocks_from_markdown` reads as one paragraph of *text*.

    Every character survives but space around the text and at the start of a line.

    >>> escape_markdown("1. *a*")
    '1\\. \\*a\\*'
    """
    lines = [line.lstrip(" \t") for line in _LINE_END.split(text.strip())]
    return "\\\n".join(_escape_line(line) for line in lines)


def _escape_line(line: str) -> str:
    line = _MARKS.sub(r"\\\g<0>", line)
    if line[:1] in {"-", "+", ">", "#", ":"}:
        return "\\" + line
    return re.sub(r"^([0-9]{1,9})(?=[.)])", r"\1\\", line)


# From tokens to the tree


@attrs.frozen
class _Node:
    token: Token
    children: list[_Node] = attrs.field(factory=list)


def _tree(tokens: Iterable[Token]) -> list[_Node]:
    stack: list[list[_Node]] = [[]]
    for token in tokens:
        if token.nesting < 0:
            stack.pop()
            continue
        node = _Node(token)
        stack[-1].append(node)
        if token.nesting > 0:
            stack.append(node.children)
    return stack[0]


def _shallow(tokens: Iterable[Token]) -> Iterator[Token]:
    # Emphasis knows no limit of its own; where it is too deep its marks are printed.
    depth = 0
    for token in tokens:
        if token.nesting < 0:
            depth -= 1
        is_deep = token.nesting != 0 and depth >= NESTING
        if token.nesting > 0:
            depth += 1
        yield token.copy(type="text", nesting=0, content=token.markup) if is_deep else token


def _blocks(nodes: Iterable[_Node], address: Address | None) -> Iterator[Block]:
    for node in nodes:
        match node.token.type:
            case "paragraph_open":
                yield Paragraph(inlines=_content(node), address=address)
            case "heading_open":
                depth = int(node.token.tag[1:])
                yield Heading(inlines=_content(node), depth=depth, address=address)
            case "blockquote_open":
                yield Quote(blocks=tuple(_blocks(node.children, address)), address=address)
            case "bullet_list_open":
                yield Bullets(items=_items(node.children, address), address=address)
            case "ordered_list_open":
                yield from _ordered(node.children, address)
            case "table_open":
                yield _table(node, address)


def _items(nodes: Iterable[_Node], address: Address | None) -> tuple[tuple[Block, ...], ...]:
    return tuple(tuple(_blocks(item.children, address)) for item in nodes)


def _ordered(nodes: list[_Node], address: Address | None) -> Iterator[Block]:
    numbers = [int(item.token.info) for item in nodes]
    runs = [0]
    if len(set(numbers)) > 1:
        runs += [i for i in range(1, len(numbers)) if numbers[i] != numbers[i - 1] + 1]
    for begin, end in zip(runs, [*runs[1:], len(nodes)], strict=True):
        items = _items(nodes[begin:end], address)
        yield Bullets(items=items, ordered=True, start=numbers[begin], address=address)


def _table(node: _Node, address: Address | None) -> Table:
    head, *body = (row for part in node.children for row in part.children)
    columns = (
        Column(key=f"col{index}", heading=_flat(_content(cell)))
        for index, cell in enumerate(head.children, 1)
    )
    rows = (
        Row(cells=tuple(_cell(cell, address) for cell in row.children), address=address)
        for row in body
    )
    return Table(key="", caption="", columns=tuple(columns), rows=tuple(rows), address=address)


def _cell(node: _Node, address: Address | None) -> Cell:
    inlines = _content(node)
    return (Paragraph(inlines=inlines, address=address),) if inlines else ()


def _content(node: _Node) -> tuple[Inline, ...]:
    tokens = (token for child in node.children for token in child.token.children or [])
    return _inlines(_tree(_shallow(tokens)))


def _inlines(nodes: Iterable[_Node]) -> tuple[Inline, ...]:
    merged: list[Inline] = []
    for inline in (one for node in nodes for one in _inline(node)):
        match inline, merged[-1] if merged else None:
            case Text(""), _:
                pass
            case Text(more), Text(text):
                merged[-1] = Text(text + more)
            case _:
                merged.append(inline)
    return tuple(merged)


def _inline(node: _Node) -> Iterator[Inline]:
    match node.token.type:
        case "softbreak":
            yield Text(" ")
        case "hardbreak":
            yield Break()
        case "strong_open":
            yield Strong(_inlines(node.children))
        case "em_open":
            yield Emphasis(_inlines(node.children))
        case "link_open":
            yield from _link(node)
        case _:
            yield Text(node.token.content)


def _link(node: _Node) -> Iterator[Inline]:
    href = str(node.token.attrs.get("href", ""))
    inlines = _inlines(node.children)
    words = plain_text(inlines)
    if href.strip("#") == "":
        yield from (Text("["), *inlines, Text(f"]({href})"))
    elif href.startswith("#"):
        yield Reference(words=words, to=href[1:])
    elif _ADDRESS.fullmatch(href):
        yield Link(inlines or (Text(href),), href)
    else:
        yield from inlines
        if words != href:
            yield Text(f" ({href})" if words else f"({href})")
    if title := node.token.attrs.get("title"):
        yield Text(f" ({title})")


def _flat(inlines: tuple[Inline, ...]) -> str:
    return "".join(_flat_inline(inline) for inline in inlines)


def _flat_inline(inline: Inline) -> str:
    match inline:
        case Reference():
            return f"[{inline.words}](#{inline.to})"
        case Link():
            words = _flat(inline.inlines)
            return words if words == inline.href else f"{words} ({inline.href})"
        case Strong() | Emphasis():
            return _flat(inline.inlines)
        case _:
            return plain_text(inline)
