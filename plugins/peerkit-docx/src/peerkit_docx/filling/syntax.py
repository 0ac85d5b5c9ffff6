"""
What a template may be made of, and what each round of its loops costs.

Works on Jinja's tree, before anything of it runs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import attrs
from jinja2 import nodes
from jinja2.visitor import NodeTransformer

from peerkit_docx.filling.faults import at, did_you_mean
from peerkit_docx.filling.filters import FILTER_RULES, TEST_RULES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from peerkit_docx.filling.filters import Rule

__all__ = ["CUT", "ROUNDS", "names_given", "refuse_forbidden", "with_costs"]

MAX_DEPTH = 50
MAX_LOOPS = 10
MAX_TEXT = 1_000

# Filters of our own; no template can spell their names.
ROUNDS = " rounds"
CUT = " cut"

_ALLOWED: tuple[type[nodes.Node], ...] = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.For, nodes.If, nodes.Assign,
    nodes.Name, nodes.Const, nodes.List, nodes.Tuple, nodes.Getattr, nodes.Getitem,
    nodes.Slice, nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not,
    nodes.Add, nodes.Sub, nodes.Mul, nodes.Neg, nodes.Filter, nodes.Test, nodes.Call, nodes.Keyword,
)  # fmt: skip

_OPENERS = ("{{", "{%", "{#")
_SIDE_BY_SIDE = "Put two tags side by side."
_NO_SUMS = "Only +, - and * are allowed, for whole numbers."
_SAID: Mapping[str, tuple[str, str]] = {
    "Concat": ("Joining texts with ~", _SIDE_BY_SIDE),
    "Pow": ("A power (**)", _NO_SUMS),
    "Div": ("Division (/)", _NO_SUMS),
    "FloorDiv": ("Division (//)", _NO_SUMS),
    "Mod": ("A remainder (%)", _NO_SUMS),
    "Pos": ("A plus sign before a value", _NO_SUMS),
    "Include": ("{% include %}", ""),
    "Import": ("{% import %}", ""),
    "FromImport": ("{% from %}", ""),
    "Extends": ("{% extends %}", ""),
    "Block": ("{% block %}", ""),
    "Macro": ("{% macro %}", ""),
    "CallBlock": ("{% call %}", ""),
    "FilterBlock": ("{% filter %}", "Put the filter into the tag that prints: {{ title | upper }}."),
    "AssignBlock": ("{% set … %} with {% endset %}", "Write {% set name = value %}."),
    "With": ("{% with %}", "Write {% set name = value %}."),
    "Scope": ("{% autoescape %}", ""),
    "ScopedEvalContextModifier": ("{% autoescape %}", ""),
    "Dict": ("A dictionary", ""),
    "NSRef": ("Giving a value to a part of a name", "Choose a name without a point."),
}  # fmt: skip


def refuse_forbidden(parsed: nodes.Template) -> None:
    """
    Refuse whatever a template of ours need not say.

    Raises:
        TagError: If a node is not on the list; its `lineno` tells where.
    """
    for node, depth, loops in _below(parsed):
        name = type(node).__name__
        if not isinstance(node, _ALLOWED):
            said, mend = _SAID.get(name, (f"“{name.lower()}”", ""))
            raise at(node, f"{said} is not allowed in a template", mend)
        if depth > MAX_DEPTH or loops > MAX_LOOPS:
            raise at(
                node,
                "Tags or brackets lie too deep inside one another",
                f"{MAX_LOOPS} loops and {MAX_DEPTH} levels in all are allowed.",
            )
        _refuse_values(node)


def _refuse_values(node: nodes.Node) -> None:
    match node:
        case nodes.Call():
            _refuse_call(node)
        case nodes.TemplateData(data=str(said)) | nodes.Const(value=str(said)):
            if any(one in said for one in _OPENERS):
                shown = " ".join(said.split())[:40]
                raise at(node, f"“{shown}” would be printed as a tag")
            if isinstance(node, nodes.Const) and len(said) > MAX_TEXT:
                raise at(node, f"A text inside the tag is longer than {MAX_TEXT:,} characters")
        case nodes.Getattr() if node.attr.startswith("_"):
            raise at(node, f"{node.attr} is not allowed in a template")
        case nodes.Name(name="self"):
            raise at(node, "self is not allowed in a template")
        case nodes.Filter():
            _refuse_rule(node, FILTER_RULES, "filter")
        case nodes.Test():
            _refuse_rule(node, TEST_RULES, "question")


def _refuse_call(node: nodes.Call) -> None:
    if not (isinstance(node.node, nodes.Name) and node.node.name == "loop"):
        raise at(node, "Calling anything but loop is not allowed in a template")
    if len(node.args) != 1 or node.kwargs or node.dyn_args or node.dyn_kwargs:
        raise at(node, "loop takes one list", "Write {{p loop(s.sections) }}.")


def _refuse_rule(node: nodes.Filter | nodes.Test, rules: Mapping[str, Rule], what: str) -> None:
    rule = rules.get(node.name)
    if rule is None:
        raise at(
            node,
            f"There is no {what} “{node.name}”",
            did_you_mean(node.name, rules) or f"Allowed are {', '.join(sorted(rules))}.",
        )
    given = [one.key for one in node.kwargs]
    if node.dyn_args or node.dyn_kwargs or not set(given) <= set(rule.names):
        raise at(node, f"The {what} “{node.name}” does not take that", "Leave out the brackets.")
    if len(given) != len(set(given)) or not rule.least <= len(node.args) + len(given) <= rule.most:
        takes = {0: "no value", 1: "one value"}.get(rule.most, f"up to {rule.most} values")
        count = len(node.args) + len(given)
        raise at(node, f"The {what} “{node.name}” takes {takes} in brackets, not {count}")


def _below(parsed: nodes.Template) -> Iterator[tuple[nodes.Node, int, int]]:
    waiting: list[tuple[nodes.Node, int, int]] = [(parsed, 0, 0)]
    while waiting:
        node, depth, loops = waiting.pop()
        yield node, depth, loops
        loops += isinstance(node, nodes.For)
        waiting.extend((one, depth + 1, loops) for one in node.iter_child_nodes())


def names_given(parsed: nodes.Template) -> set[str]:
    """
    Return the names that the template itself gives, in loops and by `set`.
    """
    return {one.name for one in parsed.find_all(nodes.Name) if one.ctx == "store"}


# -- costs -------------------------------------------------------------------------


@attrs.frozen
class _Cost:
    """
    What one round of a loop costs: *steps* of work and *characters* of the template.
    """

    steps: int
    characters: int

    def as_nodes(self, line: int) -> tuple[nodes.Expr, nodes.Expr]:
        """
        Return it as a template says it.
        """
        return nodes.Const(self.steps, lineno=line), nodes.Const(self.characters, lineno=line)


def with_costs(parsed: nodes.Template) -> nodes.Template:
    """
    Return *parsed* with every loop and every cut out of a text counted as it runs.
    """
    found = _Counting().visit(parsed)
    assert isinstance(found, nodes.Template)  # noqa: S101 - for mypy; nothing replaces it
    return found


class _Counting(NodeTransformer):
    """
    Puts what is looped over, and what is cut out of a text, through filters of our own.
    """

    def __init__(self) -> None:
        self._around: list[_Cost] = []

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802 - Jinja names it
        cost = _round(node)
        self._around.append(cost)
        self.generic_visit(node)
        self._around.pop()
        node.iter = _through(ROUNDS, node.iter, *cost.as_nodes(node.lineno))
        return node

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - Jinja names it
        self.generic_visit(node)
        # Which loop is called is not plain from here, so the dearest is taken.
        dearest = _Cost(
            max((one.steps for one in self._around), default=1),
            max((one.characters for one in self._around), default=0),
        )
        costs = dearest.as_nodes(node.lineno)
        node.args = [_through(ROUNDS, one, *costs) for one in node.args]
        return node

    def visit_Getitem(self, node: nodes.Getitem) -> nodes.Node:  # noqa: N802 - Jinja names it
        self.generic_visit(node)
        if not isinstance(node.arg, nodes.Slice):
            return node
        nothing = nodes.Const(None, lineno=node.lineno)
        bounds = (node.arg.start, node.arg.stop, node.arg.step)
        return _through(CUT, node.node, *(one or nothing for one in bounds))


def _through(name: str, node: nodes.Node, *args: nodes.Expr) -> nodes.Filter:
    put_in = cast("nodes.Expr", node)  # Jinja's tree says less of itself than is so
    return nodes.Filter(put_in, name, list(args), [], None, None, lineno=node.lineno)


def _round(loop: nodes.For) -> _Cost:
    """
    Return what one round of *loop* costs, without the rounds of loops inside it.
    """
    steps, characters = 1, 0
    waiting: list[nodes.Node] = [*loop.body, *([loop.test] if loop.test else [])]
    while waiting:
        node = waiting.pop()
        if isinstance(node, nodes.TemplateData):
            characters += len(node.data)
        elif not isinstance(node, nodes.Output):
            steps += 1
        if isinstance(node, nodes.For):
            waiting.extend((node.iter, *node.else_))
        else:
            waiting.extend(node.iter_child_nodes())
    return _Cost(steps, characters)
