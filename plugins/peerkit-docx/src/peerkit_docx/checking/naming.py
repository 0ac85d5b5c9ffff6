"""
The names that tags use, held against those a paper has, without any data.

Every tag is looked at, in branches that are never taken, too; what loops and `set` give
is known where it is known while a paper is drawn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import attrs
from jinja2 import nodes

from peerkit_docx.checking.kinds import ANY, ANY_KEY, TEXT, WHOLE, Group, Kind, Listed
from peerkit_docx.filling.faults import did_you_mean
from peerkit_docx.filling.syntax import CALLS
from peerkit_docx.problems import (
    TEMPLATE_COMPUTED,
    TEMPLATE_MAY_BE_MISSING,
    TEMPLATE_NAME,
    TEMPLATE_VALUE,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from peerkit.errors import Problem, ProblemKind
    from peerkit_docx.preparing.delimiting import Tag
    from peerkit_docx.preparing.nesting import Statement

__all__ = ["name_problems"]

# What a filter gives, by what it is given.
_ITEM = ("first", "last", "max", "min")
_SAME = (
    "default",
    "d",
    "sort",
    "reverse",
    "list",
    "unique",
    "select",
    "reject",
    "selectattr",
    "rejectattr",
)
_LISTS = ("items", "dictsort", "groupby", "batch", "slice", "map")
_BY_ATTRIBUTE = ("selectattr", "rejectattr", "groupby")


@attrs.frozen
class _Found:
    """
    What an expression comes to, and the path of names that it is written as.
    """

    kind: Kind
    path: str = ""


@attrs.define(eq=False)
class _Scope:
    word: str
    names: dict[str, _Found] = attrs.field(factory=dict)
    asked: set[str] = attrs.field(factory=set)


def name_problems(statements: Iterable[Statement], names: Group) -> Iterator[Problem]:
    """
    Yield what is wrong with the names that *statements* use, of those that the paper has.
    """
    keyed = names.names.get("section")
    looking = _Looking(
        [_Scope("", {key: _Found(one, key) for key, one in names.names.items()})],
        is_any=isinstance(keyed, Group) and ANY_KEY in keyed.names,
    )
    for one in statements:
        looking.tag = one.tag
        looking.statement(one)
        yield from looking.problems
        looking.problems.clear()


@attrs.define(eq=False)
class _Looking:
    """
    A walk through the tags of a template, for any paper if it *is_any*.
    """

    scopes: list[_Scope]
    is_any: bool
    problems: list[Problem] = attrs.field(factory=list)
    tag: Tag = attrs.field(init=False)

    # -- statements ----------------------------------------------------------------

    def statement(self, one: Statement) -> None:
        if one.word in ("endfor", "endif", "endwith"):
            self._close(one.word.removeprefix("end"))
        elif one.parsed is not None:
            for node in one.parsed.body:
                self._node(node, one.word)
        elif one.word in ("for", "if", "with"):
            self.scopes.append(_Scope(one.word, {"*": _Found(ANY)}))

    def _close(self, word: str) -> None:
        if len(self.scopes) > 1 and any(one.word == word for one in self.scopes[1:]):
            while self.scopes.pop().word != word:
                pass

    def _node(self, node: nodes.Node, word: str) -> None:
        match node:
            case nodes.For():
                self._loop(node)
            case nodes.If():
                self._question(node, word)
            case nodes.With():
                given = [self._find(one) for one in node.values]
                self.scopes.append(_Scope("with"))
                for target, one in zip(node.targets, given, strict=True):
                    self._give(target, one)
            case nodes.Assign():
                self._give(node.target, self._find(node.node))
            case nodes.Output():
                printed = [one for one in node.nodes if not isinstance(one, nodes.TemplateData)]
                for child in printed:
                    self._printed(self._find(child))

    def _question(self, node: nodes.If, word: str) -> None:
        if word == "elif":
            for arm in node.elif_:
                self._ask(arm.test, self.scopes[-1])
            return
        self.scopes.append(_Scope("if"))
        self._ask(node.test, self.scopes[-1])

    def _loop(self, node: nodes.For) -> None:
        found = self._find(node.iter)
        item: Kind = ANY
        if isinstance(found.kind, Listed):
            item = found.kind.item
        elif found.kind in (TEXT, WHOLE) and not isinstance(node.iter, nodes.Const):
            self._tell(
                TEMPLATE_VALUE,
                f"A loop goes through a list, and {found.path} is {found.kind.called}",
            )
        self.scopes.append(_Scope("for", {"loop": _Found(ANY)}))
        self._give(node.target, _Found(item, f"{found.path}[]" if found.path else ""))
        if node.test is not None:
            self._find(node.test)

    def _give(self, target: nodes.Node, found: _Found) -> None:
        # What a question holds is known behind it, too; a loop keeps its own.
        scope = next((one for one in reversed(self.scopes) if one.word != "if"), self.scopes[0])
        if isinstance(target, nodes.Name):
            scope.names[target.name] = found
        else:
            for one in target.find_all(nodes.Name):
                scope.names[one.name] = _Found(ANY)

    def _ask(self, test: nodes.Node, scope: _Scope) -> None:
        """
        Look at a question; what it asks for is known to be there behind it.
        """
        for one in (test, *test.find_all(nodes.Test)):
            if isinstance(one, nodes.Test) and one.name in ("defined", "undefined"):
                scope.asked.add(_path(one.node))
        for one in (test, *test.find_all(nodes.Compare)):
            if isinstance(one, nodes.Compare) and isinstance(one.expr, nodes.Const):
                for operand in one.ops:
                    if operand.op in ("in", "notin"):
                        scope.asked.add(f"{_path(operand.expr)}.{one.expr.value}")
        self._find(test)

    def _printed(self, found: _Found) -> None:
        kind, prefix = found.kind, self.tag.prefix
        if kind is ANY:
            return
        if prefix == "p" and kind is not WHOLE:
            self._tell(
                TEMPLATE_VALUE,
                f"Only what is drawn whole can take the place of a paragraph, and this is {kind.called}",
                f"Write {{{{ {self.tag.inside.strip()} }}}}.",
            )
        elif prefix == "r":
            self._tell(
                TEMPLATE_VALUE,
                f"No name of this paper is rich text; this is {kind.called}",
                f"Write {{{{ {self.tag.inside.strip()} }}}}.",
            )
        elif prefix == "" and kind is not TEXT:
            mend = f"Write {{{{p {self.tag.inside.strip()} }}}} in a paragraph of its own."
            self._tell(
                TEMPLATE_VALUE,
                f"Only a text can be printed in a line, and this is {kind.called}",
                mend if kind is WHOLE else "",
            )

    # -- expressions ---------------------------------------------------------------

    def _find(self, node: nodes.Node) -> _Found:
        find = self._WAYS.get(type(node))
        if find is not None:
            return find(self, node)
        for child in node.iter_child_nodes():
            self._find(child)
        return _Found(TEXT)

    def _name(self, node: nodes.Name) -> _Found:
        for scope in reversed(self.scopes):
            if node.name in scope.names:
                return scope.names[node.name]
        if node.name == "loop" and all(scope.word != "for" for scope in self.scopes):
            self._tell(
                TEMPLATE_NAME, "“loop” is known inside {% for … %} only", "Put the tag into a loop."
            )
        if node.name in CALLS or any("*" in scope.names for scope in self.scopes):
            return _Found(ANY)
        if self.is_any and any(node.name in scope.asked for scope in self.scopes):
            return _Found(ANY)  # some paper may have it; this one asks first
        known = {name for scope in self.scopes for name in scope.names}
        self._unknown(node.name, did_you_mean(node.name, known))
        return _Found(ANY)

    def _attribute(self, node: nodes.Getattr) -> _Found:
        return self._inside(self._find(node.node), node.attr, _path(node.node))

    def _item(self, node: nodes.Getitem) -> _Found:
        found = self._find(node.node)
        match node.arg:
            case nodes.Slice():
                return found
            case nodes.Const(value=str(name)):
                return self._inside(found, name, _path(node.node))
            case nodes.Const(value=int(at)):
                if isinstance(found.kind, Listed):
                    return _Found(found.kind.item, f"{found.path}[]")
                return _Found(TEXT if found.kind is TEXT else ANY, f"{found.path}[{at}]")
        self._find(node.arg)
        if found.kind is not ANY:
            self._tell(
                TEMPLATE_COMPUTED, f"What stands in brackets behind {found.path} is worked out"
            )
        return _Found(ANY)

    def _inside(self, found: _Found, name: str, typed: str = "") -> _Found:
        """
        Return what *name* is inside of what was *found*, which was *typed* so.
        """
        kind = found.kind
        if kind is ANY:
            return _Found(ANY)
        path = f"{found.path}.{name}" if found.path else name
        if not isinstance(kind, Group):
            said = f"{kind.called[:1].upper()}{kind.called[1:]} has no part named “{name}”"
            self._tell(TEMPLATE_NAME, said)
            return _Found(ANY)
        inner = kind.get(name)
        if inner is None:
            before = f"{typed}." if typed else ""
            self._unknown(f"{before}{name}", did_you_mean(name, kind.names, before=before))
            return _Found(ANY)
        if isinstance(inner, Group) and inner.may_be_missing and not kind.may_be_missing:
            self._may_be_missing(path)
        return _Found(inner, path)

    def _may_be_missing(self, path: str) -> None:
        if "[]" in path or any(path in scope.asked for scope in self.scopes):
            return
        self._tell(
            TEMPLATE_MAY_BE_MISSING,
            f"Some papers have no {path}, and for those drawing would stop",
            f"Put it between {{%p if {path} is defined %}} and {{%p endif %}}.",
        )

    def _filter(self, node: nodes.Filter) -> _Found:
        if node.node is None:
            return _Found(ANY)
        find = self._quietly if node.name in ("default", "d") else self._find
        found = find(node.node)
        for one in (*node.args, *(key.value for key in node.kwargs)):
            self._find(one)
        kind = found.kind
        if isinstance(kind, Listed) and isinstance(kind.item, Group):
            self._by_attribute(node, _Found(kind.item, f"{found.path}[]"))
        if node.name in _ITEM:
            return _Found(kind.item if isinstance(kind, Listed) else ANY, found.path)
        if node.name in _SAME:
            return found
        return _Found(Listed(ANY) if node.name in _LISTS else TEXT)

    def _by_attribute(self, node: nodes.Filter, item: _Found) -> None:
        """
        Look at the names that a filter takes as texts.
        """
        named = [one.value for one in node.kwargs if one.key == "attribute"]
        if node.name in _BY_ATTRIBUTE:
            named += node.args[:1]
        for one in named:
            if isinstance(one, nodes.Const) and isinstance(one.value, str):
                found = item
                for step in one.value.split("."):
                    found = self._inside(found, step)

    def _test(self, node: nodes.Test) -> _Found:
        if node.name in ("defined", "undefined"):
            self._quietly(node.node)
        else:
            self._find(node.node)
        for one in node.args:
            self._find(one)
        return _Found(TEXT)

    def _quietly(self, node: nodes.Node) -> _Found:
        """
        Look at what is only asked for, and may be missing.
        """
        self.scopes.append(_Scope("asking", asked={_path(node), *_heads(node)}))
        found = self._find(node)
        self.scopes.pop()
        return found

    def _call(self, node: nodes.Call) -> _Found:
        for one in node.args:
            self._find(one)
        match node.node:
            case nodes.Name(name="range"):
                return _Found(Listed(TEXT))
            case nodes.Name(name="loop"):
                return _Found(ANY)
            case nodes.Getattr(node=nodes.Name(name="loop")):
                return _Found(ANY)
            case nodes.Getattr() as what:
                self._find(what.node)
                return _Found(Listed(ANY))
        return _Found(ANY)

    def _choice(self, node: nodes.CondExpr) -> _Found:
        scope = _Scope("asking")
        self.scopes.append(scope)
        self._ask(node.test, scope)
        first = self._find(node.expr1)
        other = self._find(node.expr2) if node.expr2 is not None else first
        self.scopes.pop()
        return first if first.kind is other.kind else _Found(ANY)

    def _list(self, node: nodes.List | nodes.Tuple) -> _Found:
        found = [self._find(one) for one in node.items]
        kinds = {id(one.kind): one.kind for one in found}
        return _Found(Listed(next(iter(kinds.values())) if len(kinds) == 1 else ANY))

    def _dict(self, node: nodes.Dict) -> _Found:
        for pair in node.items:
            self._find(pair.key)
            self._find(pair.value)
        return _Found(ANY)

    def _const(self, _: nodes.Const) -> _Found:
        return _Found(TEXT)

    _WAYS: ClassVar[dict[type[nodes.Node], Callable[..., _Found]]] = {
        nodes.Name: _name,
        nodes.Getattr: _attribute,
        nodes.Getitem: _item,
        nodes.Filter: _filter,
        nodes.Test: _test,
        nodes.Call: _call,
        nodes.CondExpr: _choice,
        nodes.List: _list,
        nodes.Tuple: _list,
        nodes.Dict: _dict,
        nodes.Const: _const,
    }

    # -- problems ------------------------------------------------------------------

    def _unknown(self, path: str, guess: str) -> None:
        self._tell(TEMPLATE_NAME, f"This paper has no name “{path}”", guess)

    def _tell(self, kind: ProblemKind, said: str, mend: str = "") -> None:
        self.problems.append(self.tag.problem(kind, said, mend))


def _path(node: nodes.Node) -> str:
    match node:
        case nodes.Name():
            return node.name
        case nodes.Getattr():
            return f"{_path(node.node)}.{node.attr}"
        case nodes.Getitem(arg=nodes.Const(value=str(name))):
            return f"{_path(node.node)}.{name}"
    return ""


def _heads(node: nodes.Node) -> Iterator[str]:
    """
    Yield the paths that lead to *node*.
    """
    path = _path(node)
    while "." in path:
        path = path.rpartition(".")[0]
        yield path
