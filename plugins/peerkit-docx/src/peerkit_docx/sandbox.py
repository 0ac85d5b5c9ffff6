"""
The one Jinja environment: what a Word template may say, and nothing else.

Templates are strangers' code. Three walls stand one behind the other: a list of
the nodes a template may be made of, attributes that only lead into plain data,
and Jinja's immutable sandbox. There is no loader.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from jinja2 import StrictUndefined, nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import LoopContext, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from peerkit_docx.xmlwriting import in_run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

__all__ = ["FILTERS", "TESTS", "environment", "refuse_forbidden"]

MAX_JOINED = 1_000_000


class Value:
    """
    The base of our own markup values, the only objects a template meets.
    """

    def __html__(self) -> str:
        raise NotImplementedError


def _join(values: Iterable[object], between: str = "") -> str:
    """
    Join texts, refusing anything else and anything huge.
    """
    texts = list(values)
    if not all(isinstance(one, str) for one in texts) or not isinstance(between, str):
        raise SecurityError("join takes a list of texts")
    if sum(map(len, map(str, texts))) + len(between) * len(texts) > MAX_JOINED:
        raise SecurityError("join would give too long a text")
    return str(between).join(str(one) for one in texts)


_NATIVE_FILTERS = ("capitalize", "default", "first", "last", "length", "lower", "trim", "upper")
FILTERS = (*_NATIVE_FILTERS, "join")
TESTS = ("defined", "undefined", "eq", "ne", "even", "odd", "in", "true", "false", "divisibleby")

_LOOP = frozenset({
    "index", "index0", "revindex", "revindex0", "first", "last", "length", "depth", "depth0",
})  # fmt: skip

_ALLOWED: tuple[type[nodes.Node], ...] = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.For, nodes.If, nodes.Assign,
    nodes.Name, nodes.NSRef, nodes.Const, nodes.List, nodes.Tuple, nodes.Getattr, nodes.Getitem,
    nodes.Slice, nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not,
    nodes.Add, nodes.Sub, nodes.Mul, nodes.Neg, nodes.Filter, nodes.Test, nodes.Call, nodes.Keyword,
)  # fmt: skip

_OPENERS = ("{{", "{%", "{#")
_SAID = {
    "Concat": "joining texts with ~; put the two tags side by side",
    "Include": "include", "Import": "import", "FromImport": "import", "Extends": "extends",
    "Macro": "macro", "CallBlock": "call", "AssignBlock": "a set block", "Dict": "a dictionary",
}  # fmt: skip


class _Sandbox(ImmutableSandboxedEnvironment):
    """
    A sandbox in which attributes lead into dicts only and nothing can be called but loops.
    """

    intercepted_binops = frozenset({"+", "-", "*"})
    intercepted_unops = frozenset({"-"})

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) is dict:
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        if isinstance(obj, LoopContext) and attribute in _LOOP:
            return getattr(obj, attribute)
        if isinstance(obj, Undefined):
            return getattr(obj, attribute)  # raises, naming what was undefined
        return self.undefined(obj=obj, name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(obj, Undefined):
            return obj[argument]
        if isinstance(obj, dict | list | tuple | str):
            try:
                return obj[argument]
            except (LookupError, TypeError):
                pass
        return self.undefined(obj=obj, name=argument)

    def is_safe_callable(self, obj: Any) -> bool:
        return isinstance(obj, LoopContext)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        if type(left) is int and type(right) is int and abs(left) < MAX_JOINED > abs(right):
            return super().call_binop(context, operator, left, right)
        raise SecurityError(f"{operator} is for small whole numbers only")

    def call_unop(self, context: Any, operator: str, arg: Any) -> Any:
        if type(arg) is int:
            return super().call_unop(context, operator, arg)
        raise SecurityError(f"{operator} is for whole numbers only")


def _finalized(value: object) -> object:
    """
    Return *value* as it is printed: text with its line breaks, numbers, our own markup.
    """
    if isinstance(value, Markup | Value | Undefined):
        return value
    if type(value) is str:
        return Markup(in_run(value))  # noqa: S704 - in_run has escaped it
    if type(value) is int:
        return value
    kind = {"dict": "a group of names", "list": "a list", "bool": "yes or no"}
    raise SecurityError(
        f"only a text can be printed, and this is {kind.get(type(value).__name__, type(value).__name__)}"
    )


@functools.cache
def environment() -> ImmutableSandboxedEnvironment:
    """
    Return the environment all templates are compiled and run in.
    """
    made = _Sandbox(
        autoescape=True,
        undefined=StrictUndefined,
        loader=None,
        finalize=_finalized,
        keep_trailing_newline=True,
        cache_size=0,
    )
    filters: Mapping[str, Callable[..., Any]] = made.filters
    made.filters = {name: filters[name] for name in _NATIVE_FILTERS} | {"join": _join}
    made.tests = {name: made.tests[name] for name in TESTS}
    made.globals = {}
    return made


def refuse_forbidden(parsed: nodes.Template) -> None:
    """
    Refuse whatever a template of ours need not say.

    Raises:
        SecurityError: If a node is not on the list; its `lineno` tells where.
    """
    for node in _below(parsed):
        name = type(node).__name__
        if not isinstance(node, _ALLOWED):
            raise _at(node, f"{_SAID.get(name, name.lower())} is not allowed in a template")
        if isinstance(node, nodes.Call) and not (
            isinstance(node.node, nodes.Name) and node.node.name == "loop"
        ):
            raise _at(node, "calling anything but loop is not allowed in a template")
        said = getattr(node, "data", None) or getattr(node, "value", None)
        if isinstance(said, str) and any(one in said for one in _OPENERS):
            raise _at(node, f"{said.strip()[:40]} would be printed as a tag")
        if isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
            raise _at(node, f"{node.attr} is not allowed in a template")


def _below(node: nodes.Node) -> Iterable[nodes.Node]:
    waiting = [node]
    while waiting:
        one = waiting.pop()
        yield one
        waiting.extend(one.iter_child_nodes())


def _at(node: nodes.Node, message: str) -> SecurityError:
    error = SecurityError(message)
    error.lineno = node.lineno  # type: ignore[attr-defined]
    return error
