"""
The one Jinja environment: what a Word template may say, and nothing else.

Templates are strangers' code. Four walls stand one behind the other: a list of what
a template may be made of (`syntax`), attributes that only lead into plain data, Jinja's
immutable sandbox, and a budget for each paper. There is no loader.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
from jinja2.runtime import LoopContext, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import pass_context
from markupsafe import Markup

from peerkit_docx.filling.faults import ExhaustedError, Missing, TagError, kind_of
from peerkit_docx.filling.filters import FILTER_RULES, FILTERS, TEST_RULES, TESTS
from peerkit_docx.filling.syntax import CUT, ROUNDS
from peerkit_docx.word.packages import MAX_PART
from peerkit_docx.word.xmlwriting import in_run

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["FILTERS", "MAX_STEPS", "MAX_TAGGED", "TESTS", "Budget", "Sandbox", "Value", "sandbox"]

MAX_STEPS = 2_000_000
MAX_TAGGED = 100_000
MAX_NUMBER = 1_000_000
MAX_LOOP_DEPTH = 50


class Value:
    """
    The base of our own markup values, the only objects a template meets.
    """

    def __html__(self) -> str:
        raise NotImplementedError


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


@attrs.frozen
class _Rounds:
    """
    What a loop goes through, each round paid for.
    """

    _items: Sequence[Any]
    _budget: Budget
    _steps: int
    _characters: int

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[Any]:
        for item in self._items:
            self._budget.spend(steps=self._steps, characters=self._characters)
            yield item


_LOOP = frozenset({
    "index", "index0", "revindex", "revindex0", "first", "last", "length", "depth", "depth0",
})  # fmt: skip


class Sandbox(ImmutableSandboxedEnvironment):
    """
    A sandbox in which attributes lead into dicts only and nothing can be called but loops.
    """

    intercepted_binops = frozenset({"+", "-", "*"})
    intercepted_unops = frozenset({"-"})

    def __init__(self, budget: Budget) -> None:
        super().__init__(
            autoescape=True,
            undefined=Missing,
            loader=None,
            finalize=self._finalized,
            keep_trailing_newline=True,
            cache_size=0,
        )
        self.budget = budget
        self.filters = {name: rule.does for name, rule in FILTER_RULES.items()}
        self.filters |= {ROUNDS: self._rounds, CUT: self._cut}
        self.tests = {name: rule.does for name, rule in TEST_RULES.items()}
        self.globals = {}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """
        Return what a dict has under *attribute*, or what a loop tells of itself.
        """
        if type(obj) is dict:
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        if isinstance(obj, LoopContext) and attribute in _LOOP:
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
        if isinstance(argument, Undefined):
            str(argument)  # raises, naming what is missing
        if isinstance(obj, dict | list | tuple | str):
            try:
                return (str(obj) if isinstance(obj, Markup) else obj)[argument]
            except (LookupError, TypeError):
                pass
        return self.undefined(obj=obj, name=argument)

    def call(self, context: Any, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """
        Call a loop with what it is to go through inside itself.
        """
        if not isinstance(obj, LoopContext) or obj._recurse is None:  # noqa: SLF001 - Jinja tells it nowhere else
            raise TagError(
                "loop can only be called inside a loop that is recursive",
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
        Work out a sum of small numbers.
        """
        for one in (left, right):
            if isinstance(one, Undefined):
                str(one)  # raises, naming what is missing
        if type(left) is int and type(right) is int and abs(left) < MAX_NUMBER > abs(right):
            return super().call_binop(context, operator, left, right)
        raise TagError(f"“{operator}” is for small whole numbers only")

    def call_unop(self, context: Any, operator: str, arg: Any) -> Any:
        """
        Turn the sign of a number.
        """
        if isinstance(arg, Undefined):
            str(arg)
        if type(arg) is int:
            return super().call_unop(context, operator, arg)
        raise TagError(f"“{operator}” is for whole numbers only")

    def _rounds(self, items: Any, steps: int, characters: int) -> _Rounds:
        if isinstance(items, Undefined):
            iter(items)  # raises, naming what is missing
        if isinstance(items, str | list | tuple | dict):
            return _Rounds(tuple(items), self.budget, steps, characters)
        raise TagError(f"A loop goes through a list, and this is {kind_of(items)}")

    def _cut(self, value: Any, start: Any, stop: Any, step: Any) -> Any:
        for one in (value, start, stop, step):
            if isinstance(one, Undefined):
                str(one)  # raises, naming what is missing
        if not isinstance(value, str | list | tuple):
            raise TagError(f"A part is cut out of a text or a list, and this is {kind_of(value)}")
        if not all(one is None or type(one) is int for one in (start, stop, step)):
            raise TagError("A part of a text or list is chosen by whole numbers")
        if step == 0:
            raise TagError("A part of a text or list cannot be taken in steps of 0")
        found = (str(value) if isinstance(value, str) else value)[start:stop:step]
        self.budget.spend(characters=len(found))
        return found

    # With the context, Jinja prints nothing beforehand, past this.
    @pass_context
    def _finalized(self, _context: object, value: object) -> object:
        """
        Return *value* as it is printed: text with its line breaks, numbers, our own markup.
        """
        if isinstance(value, Undefined):
            return value
        if type(value) is int:
            return value
        if isinstance(value, Value):
            drawn = Markup(value.__html__())  # noqa: S704 - our own markup
        elif isinstance(value, Markup):
            drawn = value
        elif type(value) is str:
            drawn = Markup(in_run(value))  # noqa: S704 - in_run has escaped it
        else:
            raise TagError(f"Only a text can be printed, and this is {kind_of(value)}")
        self.budget.spend(characters=len(drawn))
        return drawn


def sandbox() -> Sandbox:
    """
    Return the environment in which the template of one paper is compiled and run.
    """
    return Sandbox(Budget())
