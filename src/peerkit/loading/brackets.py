"""
Texts that a comma cut in two, because they stand in brackets.
"""

from __future__ import annotations

from collections.abc import Iterator

from peerkit.errors import Problem
from peerkit.files.tree import COLUMN, KEY_COLUMN, KEY_END, KEY_LINE, LINE, Tree
from peerkit.files.tree import Mapping as LocatedMapping
from peerkit.loading import problems as p

__all__ = ["cut_texts"]


def cut_texts(tree: Tree) -> Iterator[Problem]:
    """
    Yield a problem for every half of a text that `{}` made a key, and take it out.

    In ``{do: Train the staff, all of them}`` the words behind the comma would be a
    field without a value, and be lost.
    """
    if "{" not in tree.source.text:
        return
    todo: list[object] = [tree.root]
    while todo:
        node = todo.pop()
        if isinstance(node, LocatedMapping):
            if node.flow:
                yield from _cut(node, tree)
            todo.extend(node.values())
        elif isinstance(node, list):
            todo.extend(node)


def _cut(node: LocatedMapping, tree: Tree) -> Iterator[Problem]:
    for key in [key for key, value in node.items() if value is None]:
        mark = node.marks[key]
        line = tree.source.excerpt(mark[LINE])
        if line[: mark[COLUMN] - 1].rstrip().endswith(":") or _is_written(line, mark[COLUMN]):
            continue
        del node[key]
        yield tree.source.problem(
            p.PROSE_IN_BRACKETS,
            f"“{key}” stands in brackets behind a comma and has no value.",
            mark[KEY_LINE],
            mark[KEY_COLUMN],
            end_column=mark[KEY_END],
            mend="If it is part of the text before the comma, put quotes round the whole text.",
        )


def _is_written(line: str, column: int) -> bool:
    # Nothing may be said in so many words.
    return line[column - 1 :].startswith(("~", "null"))
