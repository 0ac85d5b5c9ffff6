"""
What a template may be made of.

Works on Jinja's tree, before anything of it runs. Kept out: what its loops cost; see
`costing`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import nodes

from peerkit_docx.filling.faults import at, did_you_mean
from peerkit_docx.filling.filters import FILTER_RULES
from peerkit_docx.filling.questions import TEST_RULES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from peerkit_docx.filling.filters import Rule

__all__ = ["CALLS", "LOOP_CALLS", "METHODS", "names_given", "refuse_forbidden"]

MAX_DEPTH = 50
MAX_LOOPS = 10
MAX_ARMS = 200  # Python's compiler calls itself for every one
MAX_TEXT = 1_000

CALLS = ("loop", "range")
LOOP_CALLS = ("cycle", "changed")
METHODS = ("items", "keys", "values")

_ALLOWED: tuple[type[nodes.Node], ...] = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.For, nodes.If, nodes.Assign, nodes.With,
    nodes.Name, nodes.Const, nodes.List, nodes.Tuple, nodes.Dict, nodes.Pair, nodes.Getattr,
    nodes.Getitem, nodes.Slice, nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And, nodes.Or,
    nodes.Not, nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Neg,
    nodes.Pos, nodes.Concat, nodes.Filter, nodes.Test, nodes.Call, nodes.Keyword,
)  # fmt: skip

_OPENERS = ("{{", "{%", "{#")
_SAID: Mapping[str, tuple[str, str]] = {
    "Pow": ("A power (**)", "Only +, -, *, /, // and % are allowed."),
    "Include": ("{% include %}", ""),
    "Import": ("{% import %}", ""),
    "FromImport": ("{% from %}", ""),
    "Extends": ("{% extends %}", ""),
    "Block": ("{% block %}", ""),
    "Macro": ("{% macro %}", "Use a loop: {% for x in [a, b] %}."),
    "CallBlock": ("{% call %}", ""),
    "FilterBlock": ("{% filter %}", "Put the filter into the tag that prints: {{ title | upper }}."),
    "AssignBlock": ("{% set … %} with {% endset %}", "Write {% set name = value %}."),
    "Scope": ("{% autoescape %}", ""),
    "ScopedEvalContextModifier": ("{% autoescape %}", ""),
    "EvalContextModifier": ("{% autoescape %}", ""),
    "NSRef": ("Giving a value to a part of a name", "Choose a name without a point."),
    "TemplateReference": ("self", ""),
}  # fmt: skip


def refuse_forbidden(parsed: nodes.Template) -> None:
    """
    Refuse whatever a template of ours need not say.

    Raises:
        TagError: If a node is not on the list; its `lineno` tells where.
    """
    for node, depth, loops, is_printed in _below(parsed):
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
        if isinstance(node, nodes.If) and len(node.elif_) > MAX_ARMS:
            raise at(
                node,
                f"It has more than {MAX_ARMS} {{% elif … %}}",
                "Loop over a list of what is asked instead.",
            )
        if _calls_loop(node) and not is_printed:
            # What it gives is markup, which has its place checked where it is printed.
            raise at(
                node,
                "loop(…) draws what lies inside, and can only be printed by itself",
                "Write {{p loop(s.sections) }}, and questions in tags around it.",
            )


def _calls_loop(node: nodes.Node) -> bool:
    return (
        isinstance(node, nodes.Call)
        and isinstance(node.node, nodes.Name)
        and node.node.name == CALLS[0]
    )


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
        case nodes.Name(name="loop", ctx="store" | "param"):
            raise at(node, "“loop” tells where a loop is", "Choose another name.")
        case nodes.Name(name="self"):
            raise at(node, "self is not allowed in a template")
        case nodes.Filter():
            _refuse_rule(node, FILTER_RULES, "filter")
        case nodes.Test():
            _refuse_rule(node, TEST_RULES, "question")


def _refuse_call(node: nodes.Call) -> None:
    what, given = node.node, len(node.args)
    bare = not (node.kwargs or node.dyn_args or node.dyn_kwargs)
    match what:
        case nodes.Name(name="loop"):
            if given != 1 or not bare:
                raise at(node, "loop takes one list", "Write {{p loop(s.sections) }}.")
        case nodes.Name(name="range"):
            if not 1 <= given <= 3 or not bare:  # noqa: PLR2004 - as Python's
                raise at(node, "range takes one to three numbers", "Write range(3).")
        case nodes.Getattr(node=nodes.Name(name="loop")) if what.attr in LOOP_CALLS:
            if not given or not bare:
                raise at(node, f"loop.{what.attr} takes what to go through in brackets")
        case nodes.Getattr() if what.attr in METHODS and not given and bare:
            pass
        case _:
            raise at(node, "Calling is not allowed in a template", _instead(what))


def _instead(what: nodes.Expr) -> str:
    if isinstance(what, nodes.Getattr) and what.attr in FILTER_RULES:
        return f"Use the filter: … | {what.attr}."
    known = f"What can be called is loop, range, loop.{' and loop.'.join(LOOP_CALLS)}"
    return f"{known}, and of a group of names {', '.join(METHODS)}."


def _refuse_rule(node: nodes.Filter | nodes.Test, rules: Mapping[str, Rule], what: str) -> None:
    rule = rules.get(node.name)
    if rule is None:
        raise at(
            node,
            f"There is no {what} “{node.name}”",
            _WHY_NOT.get(node.name)
            or did_you_mean(node.name, rules)
            or f"Allowed are {', '.join(sorted(rules))}.",
        )
    given = [one.key for one in node.kwargs]
    if node.dyn_args or node.dyn_kwargs or not set(given) <= set(rule.names):
        raise at(node, f"The {what} “{node.name}” does not take that", "Leave out the brackets.")
    if len(given) != len(set(given)) or not rule.least <= len(node.args) + len(given) <= rule.most:
        takes = {0: "no value", 1: "one value"}.get(rule.most, f"up to {rule.most} values")
        count = len(node.args) + len(given)
        raise at(node, f"The {what} “{node.name}” takes {takes} in brackets, not {count}")
    if rule.chooses and not _chosen(node, rule):
        raise at(
            node, f"The {what} “{node.name}” takes the name of a filter or question, typed out"
        )


def _chosen(node: nodes.Filter | nodes.Test, rule: Rule) -> bool:
    """
    Tell whether what is to be done with each item is named, and is on the list.
    """
    if not node.args:
        return node.name != "map" or bool(node.kwargs)
    first = node.args[rule.chooses - 1] if len(node.args) >= rule.chooses else None
    if first is None:
        return True
    known = FILTER_RULES if node.name == "map" else TEST_RULES
    return isinstance(first, nodes.Const) and first.value in known


_WHY_NOT = {
    "safe": "Texts are always escaped; to set words bold or coloured, use rich text.",
    "attr": "Write the name behind a point.",
    "random": "A paper must be the same each time it is made.",
}


def _below(parsed: nodes.Template) -> Iterator[tuple[nodes.Node, int, int, bool]]:
    """
    Yield every node, how many levels and loops it lies in, and if it is printed by itself.
    """
    waiting: list[tuple[nodes.Node, int, int, bool]] = [(parsed, 0, 0, False)]
    while waiting:
        node, depth, loops, is_printed = waiting.pop()
        yield node, depth, loops, is_printed
        loops += isinstance(node, nodes.For)
        is_output = isinstance(node, nodes.Output)
        waiting.extend((one, depth + 1, loops, is_output) for one in node.iter_child_nodes())


def names_given(parsed: nodes.Template) -> set[str]:
    """
    Return the names that the template itself gives, in loops and by `set`.
    """
    return {one.name for one in parsed.find_all(nodes.Name) if one.ctx != "load"}
