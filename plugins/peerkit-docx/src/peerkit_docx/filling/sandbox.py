"""
The one Jinja environment: what a Word template may say, and nothing else.

Templates are strangers' code. Four walls stand one behind the other: a list of what
a template may be made of (`syntax`), attributes that only lead into plain data, Jinja's
immutable sandbox, and a budget for each paper. There is no loader.
"""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Any

import attrs
from jinja2.filters import _GroupTuple
from jinja2.runtime import LoopContext, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from peerkit_docx.filling.coding import Coding
from peerkit_docx.filling.costing import AMONG, CUT, JOINED, KEY, MEMBERS, RANGE, ROUNDS, WEIGHED
from peerkit_docx.filling.faults import ExhaustedError, Missing, TagError, kind_of
from peerkit_docx.filling.filters import FILTER_RULES
from peerkit_docx.filling.givens import MAX_JOINED, MAX_NUMBER, SAID, defined, judged
from peerkit_docx.filling.questions import TEST_RULES
from peerkit_docx.filling.syntax import CALLS, LOOP_CALLS
from peerkit_docx.filling.weighing import A_STEP, compared, size
from peerkit_docx.word.packages import MAX_PART

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["MAX_RANGE", "MAX_STEPS", "MAX_TAGGED", "Budget", "Sandbox"]

MAX_STEPS = 2_000_000
MAX_TAGGED = 100_000
MAX_LOOP_DEPTH = 50
MAX_RANGE = 10_000


@attrs.define
class Budget:
    """
    What drawing one paper may still cost, all of its parts together.

    *steps* are the names and questions met in every round of a loop, *characters* are
    drawn or cut out of texts, and *tagged* stand inside tags.
    """

    steps: int = MAX_STEPS
    characters: int = MAX_PART
    tagged: int = MAX_TAGGED

    def spend(self, *, steps: int = 0, characters: int = 0) -> None:
        """
        Take off what was used.

        Raises:
            ExhaustedError: If nothing is left.
        """
        self.steps -= steps
        self.characters -= characters
        if self.steps < 0 or self.characters < 0:
            raise ExhaustedError

    def parse(self, tagged: int) -> None:
        """
        Take off the *tagged* characters of a part that is going to be parsed.

        Raises:
            TagError: If there were too many.
        """
        self.tagged -= tagged
        if self.tagged < 0:
            raise TagError(
                f"The tags of the template have more than {MAX_TAGGED:,} characters",
                "Write one loop instead of many tags.",
            )


_LOOP = frozenset({
    "index", "index0", "revindex", "revindex0", "first", "last", "length", "depth", "depth0",
    "previtem", "nextitem",
})  # fmt: skip
_GROUP = frozenset({"grouper", "list"})
_PLAIN = (str, list, tuple, dict)
_KEYS: tuple[type[Any], ...] = (str, int, float, bool, type(None))
_RULES = {name: rule.does for name, rule in FILTER_RULES.items()}
_QUESTIONS = {name: rule.does for name, rule in TEST_RULES.items()}


class Sandbox(ImmutableSandboxedEnvironment):
    """
    A sandbox in which attributes lead into dicts only and nothing can be called but loops.

    *printing* are the filters of our own through which everything is printed.
    """

    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%"})
    intercepted_unops = frozenset({"-", "+"})
    code_generator_class = Coding

    def __init__(self, budget: Budget, printing: Mapping[str, Callable[..., Any]]) -> None:
        super().__init__(
            autoescape=True,
            undefined=Missing,
            loader=None,
            keep_trailing_newline=True,
            cache_size=0,
            optimized=False,  # it would run filters while the template is made ready
        )
        self.budget = budget
        self.filters = {
            **_RULES,
            **printing,
            ROUNDS: self._rounds,
            CUT: self._cut,
            RANGE: self._range,
            MEMBERS: self._members,
            JOINED: self._joined,
            WEIGHED: self._weighed,
            AMONG: self.among,
            KEY: _key,
        }
        self.tests = _QUESTIONS
        self.globals = {}

    def spend(self, steps: int) -> None:
        """
        Take *steps* off the budget.
        """
        self.budget.spend(steps=steps)

    def call_filter(self, name: str, *given: Any, **named: Any) -> Any:
        """
        Do what a filter such as “map” was told to do with each item, and nothing of our own.
        """
        if name not in _RULES:
            raise TagError(f"There is no filter “{name}”")
        return super().call_filter(name, *given, **named)

    def call_test(self, name: str, *given: Any, **named: Any) -> Any:
        """
        Ask what a filter such as “select” was told to ask of each item.
        """
        if name not in _QUESTIONS:
            raise TagError(f"There is no question “{name}”")
        return super().call_test(name, *given, **named)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """
        Return what a dict has under *attribute*, or what a loop tells of itself.
        """
        if type(obj) is dict:
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        if isinstance(obj, LoopContext) and attribute in _LOOP:
            return getattr(obj, attribute)
        if isinstance(obj, LoopContext) and attribute in LOOP_CALLS:
            return getattr(obj, attribute)
        if type(obj) is _GroupTuple and attribute in _GROUP:
            return getattr(obj, attribute)
        if isinstance(obj, Undefined):
            return getattr(obj, attribute)  # raises, naming what was undefined
        return self.undefined(obj=obj, name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """
        Return an item of plain data.
        """
        if isinstance(obj, Undefined):
            return obj[argument]
        _key(argument)
        if type(obj) is _GroupTuple and argument in _GROUP:
            return getattr(obj, argument)
        if isinstance(obj, _PLAIN):
            try:
                return (str(obj) if isinstance(obj, Markup) else obj)[argument]
            except (LookupError, TypeError):
                pass
        return self.undefined(obj=obj, name=argument)

    def call(self, context: Any, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """
        Call a loop with what it is to go through inside itself, or its `cycle` or `changed`.
        """
        owner = getattr(obj, "__self__", None)
        if isinstance(owner, LoopContext) and getattr(obj, "__name__", "") in LOOP_CALLS:
            for one in args:  # “changed” compares them with those before
                compared(self.budget, one)
            return context.call(obj, *args)
        if not isinstance(obj, LoopContext) or obj._recurse is None:  # noqa: SLF001 - Jinja tells it nowhere else
            raise TagError(
                f"{CALLS[0]} can only be called inside a loop that is recursive",
                "Write {%p for s in sections recursive %}.",
            )
        if obj.depth >= MAX_LOOP_DEPTH:
            raise TagError(
                f"The loop calls itself more than {MAX_LOOP_DEPTH} times inside itself",
                "Let it call itself with what lies inside: {{p loop(s.sections) }}.",
            )
        return context.call(obj, *args, **kwargs)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """
        Work out a sum of numbers, or join two texts or lists.
        """
        defined(left)
        defined(right)
        kinds = {type(left), type(right)}
        if kinds <= {int, float} and abs(left) < MAX_NUMBER > abs(right):
            if operator in ("/", "//", "%") and not right:
                raise TagError("Nothing can be divided by 0")
            return super().call_binop(context, operator, left, right)
        if operator == "+" and kinds in ({str}, {list}):
            if len(left) + len(right) > MAX_JOINED:
                raise TagError(f"“+” would give more than {MAX_JOINED:,} characters or items")
            self.budget.spend(steps=size(left) + size(right))
            return left + right
        if kinds <= {int, float}:
            raise TagError(f"“{operator}” works with numbers of less than {MAX_NUMBER:,}")
        raise TagError(f"“{operator}” is for numbers, and “+” for two texts or two lists, too")

    def call_unop(self, context: Any, operator: str, arg: Any) -> Any:
        """
        Turn the sign of a number.
        """
        defined(arg)
        if type(arg) in (int, float):
            return super().call_unop(context, operator, arg)
        raise TagError(f"“{operator}” is for numbers only")

    # -- filters of our own --------------------------------------------------------

    def _rounds(self, items: Any, steps: int) -> Any:
        """
        Return what a loop goes through, its rounds paid for.
        """
        if type(items) not in (list, tuple):
            if isinstance(items, Undefined):
                items = tuple(items)  # raises, naming what is missing
            if not isinstance(items, _PLAIN):
                raise TagError(f"A loop goes through a list, and this is {kind_of(items)}")
            items = tuple(items)
        self.budget.spend(steps=steps * len(items))
        return items

    def _cut(self, value: Any, start: Any, stop: Any, step: Any) -> Any:
        for one in (value, start, stop, step):
            defined(one)
        if not isinstance(value, str | list | tuple):
            raise TagError(f"A part is cut out of a text or a list, and this is {kind_of(value)}")
        if not all(one is None or type(one) is int for one in (start, stop, step)):
            raise TagError("A part of a text or list is chosen by whole numbers")
        if step == 0:
            raise TagError("A part of a text or list cannot be taken in steps of 0")
        found = (str(value) if isinstance(value, str) else value)[start:stop:step]
        self.budget.spend(characters=len(found))
        return found

    def _range(self, *given: Any) -> list[int]:
        for one in given:
            defined(one)
        if not all(type(one) is int for one in given):
            raise TagError("range takes whole numbers")
        if len(given) > 2 and not given[2]:  # noqa: PLR2004 - the step is third
            raise TagError("range cannot go in steps of 0")
        found = range(*given)
        if len(found) > MAX_RANGE:
            raise TagError(f"range would give more than {MAX_RANGE:,} numbers")
        self.budget.spend(steps=len(found))
        return list(found)

    def _members(self, value: Any, method: str) -> list[Any]:
        defined(value)
        if type(value) is not dict:
            raise TagError(f"{method}() is for a group of names, and this is {kind_of(value)}")
        self.budget.spend(steps=len(value))
        return list(getattr(value, method)())

    def _joined(self, values: list[Any]) -> str:
        for one in values:
            found = defined(one)
            if not isinstance(found, str) and type(found) not in SAID:
                raise TagError(f"“~” joins texts and numbers, and this is {kind_of(one)}")
        length = sum(len(one) for one in values if isinstance(one, str))
        if length > MAX_JOINED:
            raise TagError(f"“~” would give more than {MAX_JOINED:,} characters")
        if length > A_STEP:
            self.budget.spend(steps=length // A_STEP)
        return "".join(map(str, values))

    def _weighed(self, value: Any) -> Any:
        """
        Return *value*, which is going to be compared, having paid for that.
        """
        compared(self.budget, value)
        return value

    def among(self, value: Any, several: Any, wanted: bool) -> bool:  # noqa: FBT001 - a filter
        """
        Tell whether *value* is among *several*, as is *wanted* or not.
        """
        compared(self.budget, value)
        if isinstance(several, list | tuple) and isinstance(value, list | tuple | dict):
            compared(self.budget, several)
        elif not isinstance(several, dict):
            self.budget.spend(steps=size(several))
        return judged(operator.contains, several, value) is wanted


def _key(value: Any) -> Any:
    defined(value)
    if not isinstance(value, _KEYS):
        raise TagError(f"A name or place is a text or a number, and this is {kind_of(value)}")
    return value
