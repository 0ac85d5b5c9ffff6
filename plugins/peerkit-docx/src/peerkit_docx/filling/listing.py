"""
The filters of templates that work on lists.

What they compare is paid for before they do: an order is no use once it took for ever.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2.filters import FILTERS as NATIVE_FILTERS
from jinja2.runtime import Undefined
from jinja2.utils import pass_context, pass_environment, pass_eval_context

from peerkit_docx.filling.faults import TagError
from peerkit_docx.filling.givens import (
    MAX_JOINED,
    SAID,
    defined,
    group_of,
    items_of,
    number_of,
    several_of,
    text_of,
    whole_of,
)
from peerkit_docx.filling.weighing import weight

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jinja2 import Environment
    from jinja2.nodes import EvalContext
    from jinja2.runtime import Context

__all__ = [
    "batch",
    "dictsort",
    "first",
    "join",
    "last",
    "length",
    "native",
    "reverse",
    "slice_of",
    "sum_of",
]

_TAKE_CONTEXT = ("map", "select", "reject", "selectattr", "rejectattr")
_COMPARE = ("groupby", "max", "min", "sort", "unique")
# Where they take the path of names that leads to what they look at, if not by name.
_PATH_AT = {
    "groupby": 0,
    "max": 1,
    "min": 1,
    "rejectattr": 0,
    "selectattr": 0,
    "sort": 2,
    "unique": 1,
}
_LONGEST = 9  # digits of the number of an item


def _all_reached(environment: Any, found: list[Any], path: object, what: str) -> list[Any]:
    """
    Return what the *path* of names and numbers leads to inside of all that was *found*.
    """
    if path is None:
        return found
    steps = _steps(path, what)
    environment.spend(len(found) * len(steps))
    for step in steps:
        found = [environment.getitem(one, step) for one in found]
    return found


def _steps(path: object, what: str) -> list[Any]:
    """
    Return the names and numbers of a *path*, which Jinja would not look at as closely.
    """
    defined(path)
    if not isinstance(path, str):
        return [path]
    found: list[Any] = []
    for step in str(path).split("."):
        if step.isdigit() and not (step.isdecimal() and len(step) <= _LONGEST):
            raise TagError(f"“{step[:_LONGEST]}”, given to “{what}”, is not the number of an item")
        found.append(int(step) if step.isdigit() else step)
    return found


def length(value: object) -> int:
    """
    Return how many items or characters *value* has.
    """
    return len(value) if isinstance(value, dict) else len(several_of(defined(value), "length"))


def first(environment: Environment, value: object) -> Any:
    """
    Return the first item, which must be there.
    """
    found = several_of(value, "first")
    return found[0] if found else environment.undefined("There is no first item in an empty list")


def last(environment: Environment, value: object) -> Any:
    """
    Return the last item, which must be there.
    """
    found = several_of(value, "last")
    return found[-1] if found else environment.undefined("There is no last item in an empty list")


def join(
    environment: Environment, values: object, between: object = "", attribute: object = None
) -> str:
    """
    Join texts and numbers, refusing anything else and anything huge.
    """
    found = _all_reached(environment, items_of(values, "join"), attribute, "join")
    if not all(isinstance(defined(one), str) or type(one) in SAID for one in found):
        raise TagError("The filter “join” is for a list of texts")
    said, between = [str(one) for one in found], text_of(between, "join")
    if sum(map(len, said)) + len(between) * len(said) > MAX_JOINED:
        raise TagError(f"The filter “join” would give more than {MAX_JOINED:,} characters")
    return between.join(said)


@pass_environment
def batch(environment: Any, values: object, size: object, fill: object = None) -> list[Any]:
    """
    Return *values* in lists of *size* items.
    """
    if not whole_of(size, "batch"):
        raise TagError("The filter “batch” takes a whole number from 1")
    found = items_of(values, "batch")
    environment.spend(2 * len(found) + whole_of(size, "batch"))
    return list(NATIVE_FILTERS["batch"](found, size, fill))


@pass_eval_context
def slice_of(
    evaluated: EvalContext, values: object, parts: object, fill: object = None
) -> list[Any]:
    """
    Return *values* in so many *parts*.
    """
    if not whole_of(parts, "slice"):
        raise TagError("The filter “slice” takes a whole number from 1")
    found = items_of(values, "slice")
    environment: Any = evaluated.environment
    environment.spend(2 * len(found))
    return list(NATIVE_FILTERS["slice"](evaluated, found, parts, fill))


def reverse(value: object) -> object:
    """
    Return *value* from its end to its beginning.
    """
    return several_of(value, "reverse")[::-1]


@pass_environment
def dictsort(environment: Any, value: object, *given: object, **named: object) -> list[Any]:
    """
    Return the names of a group and what they hold, in order.
    """
    found = group_of(value, "dictsort")
    environment.spend(weight(found, environment.budget.steps))
    return list(NATIVE_FILTERS["dictsort"](found, *given, **named))


def sum_of(
    environment: Environment, values: object, attribute: object = None, start: object = 0
) -> object:
    """
    Return the sum of numbers.
    """
    found = _all_reached(environment, items_of(values, "sum"), attribute, "sum")
    return sum((number_of(one, "sum") for one in found), number_of(start, "sum"))


# -- Jinja's own -------------------------------------------------------------------


def native(name: str) -> Callable[..., Any]:
    """
    Return Jinja's filter *name* for lists, which gives a list back and costs a step an item.
    """
    does = NATIVE_FILTERS[name]
    takes_context = name in _TAKE_CONTEXT

    @pass_context
    def filtered(context: Context, values: object, *given: object, **named: object) -> Any:
        found = items_of(values, name)
        environment: Any = context.environment
        environment.spend(len(found))
        at = _PATH_AT.get(name, len(given))
        path = given[at] if at < len(given) else named.get("attribute")
        paths = [] if path is None else [_steps(one, name) for one in _several_paths(path)]
        environment.spend(len(found) * sum(map(len, paths)))
        if name in _COMPARE:
            _pay(environment, found, paths)
            for one in (*given, *named.values()):  # such as what stands for a missing value
                environment.spend(len(found) * weight(one, environment.budget.steps))
        done = does(context if takes_context else environment, found, *given, **named)
        return done if name in ("min", "max") else list(done)

    return filtered


def _several_paths(path: object) -> list[object]:
    # “sort” takes several, between commas; for the others that is one strange name.
    return list(path.split(",")) if isinstance(path, str) else [path]


def _pay(environment: Any, found: list[Any], paths: list[list[Any]]) -> None:
    """
    Pay for comparing with one another what *paths* lead to in all that was *found*.
    """
    if not paths:
        environment.spend(weight(found, environment.budget.steps))
        return
    for item in found:
        steps = len(paths)
        for one in _led_to(environment, item, paths):
            steps += weight(one, environment.budget.steps)
        environment.spend(steps)


def _led_to(environment: Any, item: object, paths: list[list[Any]]) -> Iterator[object]:
    for path in paths:
        one = item
        for step in path:
            if isinstance(one, Undefined):
                break
            one = environment.getitem(one, step)
        yield one
