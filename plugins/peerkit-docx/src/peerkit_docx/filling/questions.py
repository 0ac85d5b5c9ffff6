"""
The questions (“tests”) of templates: is this even, is that among these.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2.tests import TESTS as NATIVE_TESTS
from jinja2.utils import pass_environment

from peerkit_docx.filling.faults import TagError, kind_of
from peerkit_docx.filling.filters import Rule
from peerkit_docx.filling.givens import defined, judged
from peerkit_docx.filling.weighing import compared

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["TESTS", "TEST_RULES"]


def _divisible(value: object, number: object) -> bool:
    if type(value) is not int or type(number) is not int or not number:
        raise TagError("The question “divisibleby” is for whole numbers, and not for 0")
    return value % number == 0


def _of_numbers(name: str, rest: int) -> Callable[[object], bool]:
    def asked(value: object) -> bool:
        defined(value)
        # Python's % would format a text.
        if type(value) not in (int, float):
            raise TagError(f"The question “{name}” is for numbers, and this is {kind_of(value)}")
        return value % 2 == rest  # type: ignore[operator]

    return asked


def _of_texts(name: str) -> Callable[..., bool]:
    native: Any = NATIVE_TESTS[name]

    @pass_environment
    def asked(environment: Any, value: object) -> bool:
        text = defined(value)
        # Whatever else there is would be written out as Python has it.
        if not isinstance(text, str):
            raise TagError(f"The question “{name}” is for texts, and this is {kind_of(value)}")
        compared(environment.budget, text)
        return bool(native(text))

    return asked


def _compares(name: str) -> Callable[..., bool]:
    native: Any = NATIVE_TESTS[name]

    @pass_environment
    def asked(environment: Any, value: object, other: object) -> bool:
        compared(environment.budget, value, other)
        compared(environment.budget, other, value)
        return judged(native, value, other)

    return asked


@pass_environment
def _is_in(environment: Any, value: object, several: object) -> bool:
    return bool(environment.among(value, several, True))  # noqa: FBT003 - as a filter


_NONE = (
    "defined", "undefined", "true", "false", "none", "boolean", "string", "number", "integer",
    "float", "mapping", "sequence", "iterable",
)  # fmt: skip
_ONE = (
    "eq", "equalto", "==", "ne", "!=", "gt", "greaterthan", ">", "ge", ">=", "lt", "lessthan",
    "<", "le", "<=",
)  # fmt: skip
TEST_RULES: dict[str, Rule] = (
    {name: Rule(NATIVE_TESTS[name]) for name in _NONE}
    | {name: Rule(_of_numbers(name, rest)) for rest, name in enumerate(("even", "odd"))}
    | {name: Rule(_of_texts(name)) for name in ("lower", "upper")}
    | {name: Rule(_compares(name), 1, 1) for name in _ONE}
    | {"in": Rule(_is_in, 1, 1), "divisibleby": Rule(_divisible, 1, 1)}
)
TESTS = tuple(name for name in sorted(TEST_RULES) if name[0].isalpha())
