"""
The filters and tests of templates, which take what they are for and nothing else.

Jinja's own format text with text, print Python's names and know no bounds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
from jinja2.filters import FILTERS as NATIVE_FILTERS
from jinja2.runtime import Undefined
from jinja2.tests import TESTS as NATIVE_TESTS
from jinja2.utils import pass_environment

from peerkit_docx.filling.faults import TagError, kind_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from jinja2 import Environment

__all__ = ["FILTERS", "FILTER_RULES", "TESTS", "TEST_RULES", "Rule"]

MAX_JOINED = 100_000


@attrs.frozen
class Rule:
    """
    A filter or test: what it does, how many values it takes, and which by name.
    """

    does: Any
    least: int = 0
    most: int = 0
    names: Collection[str] = ()


def _text(value: object, what: str) -> str:
    if isinstance(value, Undefined):
        str(value)  # raises, naming what is missing
    if isinstance(value, str):
        return str(value)
    raise TagError(f"The filter “{what}” is for texts, and this is {kind_of(value)}")


def _several(value: object, what: str) -> Sequence[Any]:
    if isinstance(value, Undefined):
        str(value)
    if isinstance(value, str):
        return str(value)
    if isinstance(value, list | tuple):
        return value
    raise TagError(f"The filter “{what}” is for texts and lists, and this is {kind_of(value)}")


def _trim(value: object, characters: object = None) -> str:
    chosen = None if characters is None else _text(characters, "trim")
    return _text(value, "trim").strip(chosen)


def _length(value: object) -> int:
    return len(value) if isinstance(value, dict) else len(_several(value, "length"))


@pass_environment
def _first(environment: Environment, value: object) -> Any:
    found = _several(value, "first")
    return found[0] if found else environment.undefined("There is no first item in an empty list")


@pass_environment
def _last(environment: Environment, value: object) -> Any:
    found = _several(value, "last")
    return found[-1] if found else environment.undefined("There is no last item in an empty list")


def _join(values: object, between: object = "") -> str:
    """
    Join texts, refusing anything else and anything huge.
    """
    found = _several(values, "join")
    if not all(isinstance(one, str) for one in found):
        raise TagError("The filter “join” is for a list of texts")
    between = _text(between, "join")
    if sum(map(len, found)) + len(between) * len(found) > MAX_JOINED:
        raise TagError(f"The filter “join” would give more than {MAX_JOINED:,} characters")
    return between.join(map(str, found))


def _divisible(value: object, number: object) -> bool:
    if type(value) is not int or type(number) is not int or not number:
        raise TagError("The question “divisibleby” is for whole numbers, and not for 0")
    return value % number == 0


FILTER_RULES: dict[str, Rule] = {
    "capitalize": Rule(lambda value: _text(value, "capitalize").capitalize()),
    "default": Rule(NATIVE_FILTERS["default"], 0, 2, ("default_value", "boolean")),
    "first": Rule(_first),
    "last": Rule(_last),
    "length": Rule(_length),
    "lower": Rule(lambda value: _text(value, "lower").lower()),
    "trim": Rule(_trim, 0, 1),
    "upper": Rule(lambda value: _text(value, "upper").upper()),
    "join": Rule(_join, 0, 1),
}
FILTERS = tuple(FILTER_RULES)

_ONE = ("eq", "ne", "in")
_NONE = ("defined", "undefined", "even", "odd", "true", "false")
TEST_RULES: dict[str, Rule] = (
    {name: Rule(NATIVE_TESTS[name]) for name in _NONE}
    | {name: Rule(NATIVE_TESTS[name], 1, 1) for name in _ONE}
    | {"divisibleby": Rule(_divisible, 1, 1)}
)
TESTS = ("defined", "undefined", "eq", "ne", "even", "odd", "in", "true", "false", "divisibleby")
