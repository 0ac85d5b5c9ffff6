"""
What each round of a template's loops costs, and what is called through filters of our own.

Works on Jinja's tree, after `syntax` has let it through.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, cast

from jinja2 import nodes
from jinja2.visitor import NodeTransformer

from peerkit_docx.filling.syntax import METHODS

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "AMONG",
    "CUT",
    "JOINED",
    "KEY",
    "MEMBERS",
    "RANGE",
    "ROUNDS",
    "WEIGHED",
    "through",
    "with_costs",
]

# Filters of our own; no template can spell their names.
ROUNDS = " rounds"
CUT = " cut"
RANGE = " range"
MEMBERS = " members"
JOINED = " joined"
WEIGHED = " weighed"
AMONG = " among"
KEY = " key"

_IN = ("in", "notin")
_KEPT = 32  # characters in a step of a loop that calls itself, which keeps what it draws


def with_costs(parsed: nodes.Template) -> nodes.Template:
    """
    Return *parsed* with every loop and every cut out of a text counted as it runs.
    """
    return cast("nodes.Template", _Counting().visit(parsed))


def through(name: str, node: nodes.Node, args: Sequence[object] = ()) -> nodes.Filter:
    """
    Return *node* put through our own filter *name*, which is also given *args*.
    """
    given = [
        one if isinstance(one, nodes.Expr) else nodes.Const(one, lineno=node.lineno) for one in args
    ]
    put_in = cast("nodes.Expr", node)  # Jinja's tree says less of itself than is so
    return nodes.Filter(put_in, name, given, [], None, None, lineno=node.lineno)


class _Counting(NodeTransformer):
    """
    Puts what is looped over, called or cut out of a text through filters of our own.
    """

    def __init__(self) -> None:
        self._around: list[int] = []

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802 - Jinja names it
        steps = _round(node)
        self._around.append(steps)
        self.generic_visit(node)
        self._around.pop()
        node.iter = through(ROUNDS, node.iter, (steps,))
        return node

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - Jinja names it
        self.generic_visit(node)
        match node.node:
            case nodes.Name(name="range"):
                return through(RANGE, node.args[0], node.args[1:])
            case nodes.Name(name="loop"):
                # Which loop is called is not plain from here, so the dearest is taken.
                steps = max(self._around, default=1)
                node.args = [through(ROUNDS, one, (steps,)) for one in node.args]
            case nodes.Getattr() as what if what.attr in METHODS:
                return through(MEMBERS, what.node, (what.attr,))
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802 - Jinja names it
        self.generic_visit(node)
        return through(JOINED, nodes.List(list(node.nodes), lineno=node.lineno))

    def visit_Compare(self, node: nodes.Compare) -> nodes.Node:  # noqa: N802 - Jinja names it
        """
        Have each side weighed, unless it is held against what is typed out.
        """
        self.generic_visit(node)
        sides = [node.expr, *(one.expr for one in node.ops)]
        if len(node.ops) == 1 and node.ops[0].op in _IN and not _is_typed(sides[1]):
            return through(AMONG, sides[0], (sides[1], node.ops[0].op == "in"))
        pairs = [not (_is_typed(one) or _is_typed(two)) for one, two in pairwise(sides)]
        node.expr, *rest = (
            through(WEIGHED, side) if before or behind else side
            for side, before, behind in zip(sides, [False, *pairs], [*pairs, False], strict=True)
        )
        for operand, one in zip(node.ops, rest, strict=True):
            operand.expr = one
        return node

    def visit_Pair(self, node: nodes.Pair) -> nodes.Node:  # noqa: N802 - Jinja names it
        self.generic_visit(node)
        if not isinstance(node.key, nodes.Const):
            node.key = through(KEY, node.key)
        return node

    def visit_Getitem(self, node: nodes.Getitem) -> nodes.Node:  # noqa: N802 - Jinja names it
        self.generic_visit(node)
        if not isinstance(node.arg, nodes.Slice):
            return node
        return through(CUT, node.node, (node.arg.start, node.arg.stop, node.arg.step))


def _is_typed(node: nodes.Node) -> bool:
    """
    Tell whether *node* is typed out in full, and so not long.
    """
    if isinstance(node, nodes.List | nodes.Tuple):
        return all(isinstance(one, nodes.Const) for one in node.items)
    return isinstance(node, nodes.Const)


def _round(loop: nodes.For) -> int:
    """
    Return the steps that one round of *loop* takes, without the rounds of loops inside it.
    """
    steps = 1
    waiting: list[nodes.Node] = [*loop.body, *([loop.test] if loop.test else [])]
    while waiting:
        node = waiting.pop()
        if isinstance(node, nodes.TemplateData):
            steps += len(node.data) // _KEPT if loop.recursive else 0
        elif not isinstance(node, nodes.Output):
            steps += 1
        if isinstance(node, nodes.For):
            waiting.extend((node.iter, *node.else_))
        else:
            waiting.extend(node.iter_child_nodes())
    return steps
