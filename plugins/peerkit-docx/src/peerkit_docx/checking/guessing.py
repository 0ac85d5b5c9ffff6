"""
What the names of a template seem to stand for, by how its tags use them.

For templates that belong to no paper, so that they, too, can be filled with something.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeGuard

import attrs
from jinja2 import nodes

from peerkit_docx.filling.syntax import CALLS
from peerkit_docx.markup.values import Prose, RichText

if TYPE_CHECKING:
    from collections.abc import Iterable

    from peerkit_docx.preparing.nesting import Statement

__all__ = ["guessed_names"]

ITEMS = 2
# What stands for a name in a tag of a cell.
_OF_CELLS = {"cellbg": "auto", "colspan": 1}
_PRINTED = ("p", "r", *_OF_CELLS)
_NUMBERS = (nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Neg)
_OF_NUMBERS = frozenset({"round", "abs", "float", "int"})
# Filters of lists alone; those that give one item; those whose first argument is an attribute.
_OF_LISTS = frozenset({
    "batch", "groupby", "join", "map", "max", "min", "reject", "rejectattr", "select", "selectattr",
    "slice", "sort", "sum", "unique",
})  # fmt: skip
_OF_ONE = frozenset({"first", "last", "max", "min"})
_BY_ATTRIBUTE = frozenset({"groupby", "rejectattr", "selectattr", "sum"})
_PLACE = re.compile(r"%(?:%|[-+ #0]*\d*(?:\.\d+)?([a-zA-Z]))")
_OF_TEXT = "sr"


@attrs.define(eq=False)
class _Guess:
    """
    What is known of a name: names inside of it, its items, and how it is printed.
    """

    name: str
    names: dict[str, _Guess] = attrs.field(factory=dict)
    item: _Guess | None = None
    printed: str = ""
    is_number: bool = False
    is_empty: bool = False

    def inside(self, name: str) -> _Guess:
        return self.names.setdefault(name, _Guess(name))

    def items(self) -> _Guess:
        if self.item is None:
            self.item = _Guess(self.name)
        return self.item

    def value(self) -> object:
        if self.is_empty:
            return []
        if self.item is not None:
            return [self.item.value() for _ in range(ITEMS)]
        if self.names:
            return {name: one.value() for name, one in self.names.items()}
        if self.printed == "p":
            return Prose(f"What {self.name} stands for.")
        if self.printed == "r":
            return RichText(f"What {self.name} stands for", bold=True)
        return _OF_CELLS.get(self.printed, 2 if self.is_number else self.name)


def guessed_names(statements: Iterable[Statement]) -> dict[str, Any]:
    """
    Return something for each name that *statements* use and do not give themselves.
    """
    root = _Guess("")
    scopes: list[dict[str, _Guess]] = [{}]
    looking = _Looking(root, scopes)
    for one in statements:
        looking.statement(one)
    return {name: one.value() for name, one in root.names.items()}


@attrs.define(eq=False)
class _Looking:
    root: _Guess
    scopes: list[dict[str, _Guess]]

    def statement(self, one: Statement) -> None:
        if one.word == "endfor" and len(self.scopes) > 1:
            self.scopes.pop()
        elif one.parsed is not None:
            for node in one.parsed.body:
                self._node(node, one.word if one.word in _OF_CELLS else one.tag.prefix)

    def _node(self, node: nodes.Node, prefix: str) -> None:
        if isinstance(node, nodes.For):
            found = self._find(node.iter)
            item = found.items() if found is not None else _Guess("item")
            self.scopes.append({"loop": _Guess("loop")})
            self._give(node.target, item)
            if node.test is not None:
                self._find(node.test)
            return
        for child in node.iter_child_nodes():
            if _is_loop_in_itself(child):
                self._like_the_loop(child)
                continue
            found = self._find(child)
            if isinstance(node, nodes.Output) and found is not None and prefix in _PRINTED:
                found.printed = prefix
        if isinstance(node, nodes.Assign):
            self._give(node.target, self._find(node.node) or _Guess("set"))

    def _like_the_loop(self, call: nodes.Call) -> None:
        """
        Let what a loop calls itself with be the last of its kind, with nothing inside.
        """
        for one in call.args:
            found = self._find(one)
            if found is not None:
                found.is_empty = True

    def _give(self, target: nodes.Node, guess: _Guess) -> None:
        if isinstance(target, nodes.Name):
            self.scopes[-1][target.name] = guess
            return
        for one in target.find_all(nodes.Name):
            self.scopes[-1][one.name] = guess.inside(one.name)

    def _find(self, node: nodes.Node) -> _Guess | None:
        """
        Return the guess of what *node* leads to, having looked at all that is inside.
        """
        match node:
            case nodes.Name(ctx="load"):
                return self._name(node.name)
            case nodes.Getattr():
                found = self._find(node.node)
                return None if found is None else found.inside(node.attr)
            case nodes.Getitem(arg=nodes.Const(value=str(name))):
                found = self._find(node.node)
                return None if found is None else found.inside(name)
            case nodes.Getitem():
                found = self._find(node.node)
                return None if found is None else found.items()
        return self._worked_out(node)

    def _worked_out(self, node: nodes.Node) -> _Guess | None:
        match node:
            case nodes.Filter(node=nodes.Const(value=str(text)), name="format"):
                self._formatted(text, node.args)
                return None
            case nodes.Filter() if node.node is not None and node.name in (*_OF_LISTS, *_OF_ONE):
                return self._of_list(node)
            case nodes.Call(node=nodes.Name(name="range")):
                for one in node.args:
                    self._number(one)
                return None
        found = None
        for child in node.iter_child_nodes():
            inner = self._find(child)
            if inner is not None:
                inner.is_number |= isinstance(node, _NUMBERS) or _is_of_numbers(node)
            found = found or inner
        return found if isinstance(node, nodes.Filter) else None

    def _number(self, node: nodes.Node) -> None:
        found = self._find(node)
        if found is not None:
            found.is_number = True

    def _formatted(self, text: str, given: Iterable[nodes.Node]) -> None:
        """
        Look at what is *given* to fill the places of *text*, of which some want numbers.
        """
        wanted = [found[1] for found in _PLACE.finditer(text) if found[1]]
        for one, sign in zip(given, wanted, strict=False):
            if sign in _OF_TEXT:
                self._find(one)
            else:
                self._number(one)

    def _of_list(self, node: nodes.Filter) -> _Guess | None:
        """
        Look at a filter of a list, and return the list, or the item if it gives one.
        """
        named = [one.value for one in node.kwargs if one.key == "attribute"]
        named += node.args[:1] if node.name in _BY_ATTRIBUTE else []
        for one in node.args:
            self._find(one)
        found = self._find(node.node) if node.node is not None else None
        if found is None:
            return None
        item = part = found.items()
        for one in named:
            if isinstance(one, nodes.Const) and isinstance(one.value, str):
                for step in one.value.split("."):
                    part = part.inside(step)
        part.is_number |= node.name == "sum"
        return item if node.name in _OF_ONE else found

    def _name(self, name: str) -> _Guess | None:
        for scope in reversed(self.scopes):
            if name in scope:
                return scope[name]
        return None if name in CALLS else self.root.inside(name)


def _is_loop_in_itself(node: nodes.Node) -> TypeGuard[nodes.Call]:
    return (
        isinstance(node, nodes.Call)
        and isinstance(node.node, nodes.Name)
        and node.node.name == "loop"
    )


def _is_of_numbers(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Filter) and node.name in _OF_NUMBERS
