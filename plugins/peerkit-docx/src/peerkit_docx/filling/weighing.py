"""
How big values are: what it costs to go through one, in steps of a budget.

Python compares, sorts and copies without counting, and a list that holds itself twice,
forty times over, is small to keep and endless to look at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2.utils import _PassArg, pass_context

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2.runtime import Context

__all__ = ["A_STEP", "charged", "compared", "size", "weight"]

A_STEP = 32
"""Characters of a text that are gone through in one step."""

_SHORT = 64
_SEVERAL = (list, tuple, dict)


def size(value: object) -> int:
    """
    Return the steps that one pass over *value* takes, not looking into its items.

    >>> size("a" * 80), size([1, 2, 3]), size(7)
    (2, 3, 0)
    """
    if isinstance(value, str):
        return len(value) // A_STEP
    return len(value) if isinstance(value, _SEVERAL) else 0


def weight(value: object, most: int) -> int:
    """
    Return the steps it takes to look at all of *value*, its items, and what those hold.

    Counting ends once there are more than *most*.

    >>> weight([[1, 2], [3]], most=100), weight([[1, 2], [3]], most=1)
    (5, 2)
    """
    found, waiting = 0, [value]
    while waiting and found <= most:
        one = waiting.pop()
        if isinstance(one, str):
            found += len(one) // A_STEP
        elif isinstance(one, _SEVERAL):
            found += len(one) or 1
            if found <= most:
                waiting.extend(one)
                if isinstance(one, dict):
                    waiting.extend(one.values())
    return found


def compared(budget: Any, value: object, other: object = None) -> None:
    """
    Pay from *budget* for comparing *value*, with *other* if that is known.
    """
    if isinstance(value, str):
        if len(value) > _SHORT:
            budget.spend(steps=len(value) // A_STEP)
    elif isinstance(value, _SEVERAL) and (other is None or isinstance(other, _SEVERAL)):
        budget.spend(steps=weight(value, budget.steps))


def charged(does: Callable[..., Any]) -> Callable[..., Any]:
    """
    Return the filter *does*, which pays for what it is given and gives back.
    """
    takes = _PassArg.from_obj(does)

    @pass_context
    def paid(context: Context, *given: object, **named: object) -> Any:
        environment: Any = context.environment
        steps = 0
        for one in given:
            steps += size(one)
        if takes is None:
            result = does(*given, **named)
        elif takes is _PassArg.context:
            result = does(context, *given, **named)
        elif takes is _PassArg.eval_context:
            result = does(context.eval_ctx, *given, **named)
        else:
            result = does(environment, *given, **named)
        steps += size(result)
        if steps:
            environment.budget.spend(steps=steps)
        return result

    return paid
