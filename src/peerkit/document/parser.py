"""
The Markdown parser, set so that it loses nothing and knows no more than it should.

What its own rules would drop is kept: text nested too deeply, cells beyond the
header's, lines of marks alone. Kept out: what the tokens become.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

__all__ = ["NESTING", "parser_for"]

NESTING = 12
"""
How deep lists, quotes and emphasis may lie in one another.
"""

_BRACKETS = 500
_DISABLED = (
    *("code", "fence", "hr", "html_block", "lheading", "reference"),
    *("autolink", "backticks", "entity", "html_inline", "linkify", "strikethrough"),
    *("replacements", "smartquotes"),
)
_ONLY_MARKS = re.compile(r"(?:[> \t]|(?:[-+*]|#{1,6}|\d{1,9}[.)])(?=[ \t]|$))+")
_BESIDE_BRACE = re.compile(r"(?<=[{}])[*_]+|[*_]+(?=[{}])")


def parser_for(text: str) -> MarkdownIt:
    """
    Return the parser for *text*: one that knows links, unless there is a crowd of brackets.
    """
    # Thousands of brackets in one paragraph keep markdown-it busy for seconds.
    crowd = max(part.count("[") for part in re.split(r"\n[ \t]*\n", text))
    return _parser(has_links=crowd <= _BRACKETS)


@functools.cache
def _parser(*, has_links: bool) -> MarkdownIt:
    # Imported late: it takes longer than all of `peerkit --version`.
    from markdown_it import MarkdownIt  # noqa: PLC0415
    from markdown_it.rules_block import blockquote, list_block, table  # noqa: PLC0415
    from markdown_it.rules_inline import image  # noqa: PLC0415

    parser = MarkdownIt("js-default", {"maxNesting": NESTING})
    parser.disable(list(_DISABLED))
    block = parser.block.ruler
    ends = ["paragraph", "blockquote"]
    block.at("table", _keep_cells(table), {"alt": ["paragraph"]})
    block.at("list", _keep_deep(list_block, 2), {"alt": ends})
    block.at("blockquote", _keep_deep(blockquote, 1), {"alt": [*ends, "list"]})
    block.before("blockquote", "only_marks", _only_marks)
    parser.inline.ruler.at("image", _as_typed(image))
    parser.inline.ruler.before("emphasis", "braces", _braces)
    # Which address makes a link is decided once it is read; a link refused here
    # would print its marks, and normalizing would change what is printed.
    for name, rule in (("validateLink", lambda _: True), ("normalizeLink", lambda url: url)):
        setattr(parser, name, rule)
    if not has_links:
        parser.disable(["link", "image"])
    return parser


def _keep_deep(
    rule: Callable[[StateBlock, int, int, bool], bool], levels: int
) -> Callable[[StateBlock, int, int, bool], bool]:
    # markdown-it drops what is nested deeper than its limit; a rule that does not
    # apply there leaves the text to the paragraph instead.
    def rule_above_limit(state: StateBlock, line: int, end: int, silent: bool) -> bool:  # noqa: FBT001
        return state.level + levels < NESTING and rule(state, line, end, silent)

    return rule_above_limit


def _keep_cells(
    rule: Callable[[StateBlock, int, int, bool], bool],
) -> Callable[[StateBlock, int, int, bool], bool]:
    # markdown-it drops the cells of a row that exceed the header's.
    def rule_with_all_cells(state: StateBlock, line: int, end: int, silent: bool) -> bool:  # noqa: FBT001
        first = len(state.tokens)
        if state.level + 3 >= NESTING or not rule(state, line, end, silent):
            return False
        _mend_rows(state, first)
        return True

    return rule_with_all_cells


def _mend_rows(state: StateBlock, first: int) -> None:
    from markdown_it.rules_block.table import escapedSplit, getLine  # noqa: PLC0415

    cells: list[Token] = []
    for token in state.tokens[first:]:
        if token.type == "tr_open":
            cells = []
        elif token.type == "inline":
            cells.append(token)
        elif token.type == "tr_close" and cells:
            row = cells[0].map
            parts = escapedSplit(getLine(state, row[0]).strip()) if row else []
            if parts and not parts[0]:
                del parts[0]
            if parts and not parts[-1]:
                del parts[-1]
            if len(parts) > len(cells):
                rest = parts[len(cells) - 1 :]
                cells[-1].content = " | ".join(part.strip() for part in rest)


def _only_marks(state: StateBlock, line: int, _end: int, silent: bool) -> bool:  # noqa: FBT001
    typed = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
    if not _ONLY_MARKS.fullmatch(typed):
        return False
    if not silent:
        state.line = line + 1
        state.push("paragraph_open", "p", 1)
        token = state.push("inline", "", 0)
        token.content = typed.strip()
        token.children = []
        state.push("paragraph_close", "p", -1)
    return True


def _as_typed(
    rule: Callable[[StateInline, bool], bool],
) -> Callable[[StateInline, bool], bool]:
    def rule_that_prints(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
        start = state.pos
        if not rule(state, silent):
            return False
        if not silent:
            token = state.tokens[-1]
            token.type, token.children = "text", None
            token.content = state.src[start : state.pos]
        return True

    return rule_that_prints


def _braces(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    mark = _BESIDE_BRACE.match(state.src, state.pos)
    if not mark:
        return False
    if not silent:
        state.pending += mark[0]
    state.pos = mark.end()
    return True
