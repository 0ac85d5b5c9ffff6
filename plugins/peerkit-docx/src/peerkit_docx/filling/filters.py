"""
The filters and tests of templates, which take what they are for and nothing else.

Jinja's own format text with text, print Python's names and know no bounds. What they
work out is theirs where it can be; what they are given and give back is looked at here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import attrs
from jinja2.filters import FILTERS as NATIVE_FILTERS
from jinja2.runtime import Undefined
from jinja2.tests import TESTS as NATIVE_TESTS
from jinja2.utils import pass_context, pass_environment, pass_eval_context

from peerkit_docx.filling.faults import TagError, kind_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from jinja2 import Environment
    from jinja2.nodes import EvalContext
    from jinja2.runtime import Context

__all__ = ["FILTERS", "FILTER_RULES", "MAX_JOINED", "TESTS", "TEST_RULES", "Rule", "defined"]

MAX_JOINED = 100_000
MAX_WIDE = 1_000
MAX_NUMBER = 10**15

SAID = (int, float, bool)
"""What is printed as it is, besides texts."""

_WORD = re.compile(r"\w+")
# Places of % that take a text or a number, none of them wide.
_PLACE = re.compile(r"%(?:%|[-+ 0#]{0,4}[0-9]{0,3}(?:\.[0-9]{1,2})?[sdifFeEgGxX])")


@attrs.frozen
class Rule:
    """
    A filter or test: what it does, how many values it takes, and which by name.

    One that *chooses* takes, as its so many-eth value, the name of a filter or test
    for every item.
    """

    does: Any
    least: int = 0
    most: int = 0
    names: Collection[str] = ()
    chooses: int = 0


def defined(value: object) -> object:
    """
    Return *value*, which must be there.

    Raises:
        UndefinedError: If it is not.
    """
    if isinstance(value, Undefined):
        str(value)  # raises, naming what is missing
    return value


def _text(value: object, what: str) -> str:
    defined(value)
    if isinstance(value, str):
        return str(value)
    raise TagError(f"The filter “{what}” is for texts, and this is {kind_of(value)}")


def _number(value: object, what: str) -> float:
    defined(value)
    if type(value) in (int, float):
        return value  # type: ignore[return-value]
    raise TagError(f"The filter “{what}” is for numbers, and this is {kind_of(value)}")


def _several(value: object, what: str) -> Sequence[Any]:
    defined(value)
    if isinstance(value, str):
        return str(value)
    if isinstance(value, list | tuple):
        return value
    raise TagError(f"The filter “{what}” is for texts and lists, and this is {kind_of(value)}")


def _items(value: object, what: str) -> list[Any]:
    """
    Return what *value* holds, be it a list, a text or a group.
    """
    defined(value)
    if isinstance(value, dict):
        return list(value)
    return list(_several(value, what))


def _whole(value: object, what: str, most: int = MAX_WIDE) -> int:
    defined(value)
    if type(value) is not int or not 0 <= value <= most:
        raise TagError(f"The filter “{what}” takes a whole number from 0 to {most:,}")
    return value


def _bounded(text: str, what: str) -> str:
    if len(text) > MAX_JOINED:
        raise TagError(f"The filter “{what}” would give more than {MAX_JOINED:,} characters")
    return text


# -- texts -------------------------------------------------------------------------


def _trim(value: object, characters: object = None) -> str:
    chosen = None if characters is None else _text(characters, "trim")
    return _text(value, "trim").strip(chosen)


def _replace(value: object, old: object, new: object, count: object = None) -> str:
    text, old, new = (_text(one, "replace") for one in (value, old, new))
    times = -1 if count is None else _whole(count, "replace", MAX_JOINED)
    if len(text) + text.count(old) * len(new) > MAX_JOINED:
        raise TagError(f"The filter “replace” would give more than {MAX_JOINED:,} characters")
    return text.replace(old, new, times)


def _truncate(
    value: object,
    length: object = 255,
    killwords: object = None,
    end: object = "...",
    leeway: object = 5,
) -> str:
    text, most, end = _text(value, "truncate"), _whole(length, "truncate"), _text(end, "truncate")
    if len(text) <= most + _whole(leeway, "truncate"):
        return text
    room = max(0, most - len(end))
    return text[:room] + end if killwords else text[:room].rsplit(" ", 1)[0] + end


def _indent(value: object, width: object = 4, first: object = None, blank: object = None) -> str:
    text = _text(value, "indent")
    before = _text(width, "indent") if isinstance(width, str) else " " * _whole(width, "indent", 99)
    lines = text.split("\n")
    if first and not text:
        return before
    if len(text) + len(before) * len(lines) > MAX_JOINED:
        raise TagError(f"The filter “indent” would give more than {MAX_JOINED:,} characters")
    return "\n".join(
        before + line if (line or blank) and (at or first) else line
        for at, line in enumerate(lines)
    )


def _format(value: object, *given: object) -> str:
    text = _text(value, "format")
    left = _PLACE.sub("", text)
    if "%" in left:
        raise TagError("The filter “format” knows %s, %d, %f and their like, no wider than 999")
    for one in given:
        defined(one)
        if type(one) not in (int, float) and not isinstance(one, str):
            raise TagError(f"The filter “format” takes texts and numbers, and not {kind_of(one)}")
    plain = tuple(str(one) if isinstance(one, str) else one for one in given)
    try:
        return _bounded(text % plain, "format")
    except (TypeError, ValueError, OverflowError):
        raise TagError(
            "The filter “format” was given other values than its text has room for"
        ) from None


def _string(value: object, what: str = "string") -> str:
    defined(value)
    if isinstance(value, str) or type(value) in SAID:
        return str(value)
    raise TagError(f"The filter “{what}” is for texts and numbers, and this is {kind_of(value)}")


def _same(value: object) -> object:
    """
    Return *value*: whatever is printed is escaped.
    """
    return _string(value, "escape")


# -- numbers -----------------------------------------------------------------------


def _int(value: object, default: object = 0) -> object:
    defined(value)
    if type(value) in (int, bool):
        return int(value)  # type: ignore[call-overload]
    found = NATIVE_FILTERS["int"](_string(value, "int"), default)
    if type(found) is int and abs(found) >= MAX_NUMBER:
        raise TagError(f"The filter “int” is for numbers of less than {MAX_NUMBER:,}")
    return found


def _float(value: object, default: object = 0.0) -> object:
    defined(value)
    if type(value) in (int, float, bool):
        return float(value)  # type: ignore[arg-type]
    return NATIVE_FILTERS["float"](_string(value, "float"), default)


def _round(value: object, precision: object = 0, method: object = "common") -> object:
    places = _whole(precision, "round", 15)
    if method not in ("common", "ceil", "floor"):
        raise TagError("The filter “round” goes common, ceil or floor")
    return NATIVE_FILTERS["round"](_number(value, "round"), places, method)


def _sum(
    environment: Environment, values: object, attribute: object = None, start: object = 0
) -> object:
    found = _items(values, "sum")
    if attribute is not None:
        found = [_reached(environment, one, attribute) for one in found]
    return sum((_number(one, "sum") for one in found), _number(start, "sum"))


# -- lists -------------------------------------------------------------------------


def _reached(environment: Environment, item: object, path: object) -> object:
    for step in str(path).split("."):
        item = environment.getitem(item, int(step) if step.isdigit() else step)
    return item


def _length(value: object) -> int:
    return len(value) if isinstance(value, dict) else len(_several(defined(value), "length"))


def _first(environment: Environment, value: object) -> Any:
    found = _several(value, "first")
    return found[0] if found else environment.undefined("There is no first item in an empty list")


def _last(environment: Environment, value: object) -> Any:
    found = _several(value, "last")
    return found[-1] if found else environment.undefined("There is no last item in an empty list")


def _join(
    environment: Environment, values: object, between: object = "", attribute: object = None
) -> str:
    """
    Join texts and numbers, refusing anything else and anything huge.
    """
    found = _items(values, "join")
    if attribute is not None:
        found = [_reached(environment, one, attribute) for one in found]
    if not all(isinstance(defined(one), str) or type(one) in SAID for one in found):
        raise TagError("The filter “join” is for a list of texts")
    said, between = [str(one) for one in found], _text(between, "join")
    if sum(map(len, said)) + len(between) * len(said) > MAX_JOINED:
        raise TagError(f"The filter “join” would give more than {MAX_JOINED:,} characters")
    return between.join(said)


def _batch(values: object, size: object, fill: object = None) -> list[Any]:
    if not _whole(size, "batch"):
        raise TagError("The filter “batch” takes a whole number from 1")
    return list(NATIVE_FILTERS["batch"](_items(values, "batch"), size, fill))


@pass_eval_context
def _slice(evaluated: EvalContext, values: object, parts: object, fill: object = None) -> list[Any]:
    if not _whole(parts, "slice"):
        raise TagError("The filter “slice” takes a whole number from 1")
    return list(NATIVE_FILTERS["slice"](evaluated, _items(values, "slice"), parts, fill))


def _reverse(value: object) -> object:
    return _several(value, "reverse")[::-1]


def _grouped(value: object, what: str) -> dict[str, Any]:
    defined(value)
    if not isinstance(value, dict):
        raise TagError(f"The filter “{what}” is for a group of names, and this is {kind_of(value)}")
    return value


def _dictsort(value: object, *given: object, **named: object) -> list[Any]:
    return list(NATIVE_FILTERS["dictsort"](_grouped(value, "dictsort"), *given, **named))


def _whole_list(name: str) -> Callable[..., Any]:
    """
    Return Jinja's filter *name* for lists, which gives a list back and costs a step an item.
    """
    native = NATIVE_FILTERS[name]
    takes_context = name in ("map", "select", "reject", "selectattr", "rejectattr")

    @pass_context
    def filtered(context: Context, values: object, *given: object, **named: object) -> Any:
        found = _items(values, name)
        environment = context.environment
        environment.spend(len(found))  # type: ignore[attr-defined]
        first = context if takes_context else environment
        done = native(first, found, *given, **named)
        return done if name in ("min", "max") else list(done)

    return filtered


# -- questions ---------------------------------------------------------------------


def _divisible(value: object, number: object) -> bool:
    if type(value) is not int or type(number) is not int or not number:
        raise TagError("The question “divisibleby” is for whole numbers, and not for 0")
    return value % number == 0


FILTER_RULES: dict[str, Rule] = {
    "abs": Rule(lambda value: abs(_number(value, "abs"))),
    "batch": Rule(_batch, 1, 2, ("linecount", "fill_with")),
    "capitalize": Rule(lambda value: _text(value, "capitalize").capitalize()),
    "center": Rule(lambda value, width=80: _text(value, "center").center(_whole(width, "center")), 0, 1),
    "count": Rule(_length),
    "default": Rule(NATIVE_FILTERS["default"], 0, 2, ("default_value", "boolean")),
    "dictsort": Rule(_dictsort, 0, 3, ("case_sensitive", "by", "reverse")),
    "e": Rule(_same),
    "escape": Rule(_same),
    "first": Rule(pass_environment(_first)),
    "float": Rule(_float, 0, 1, ("default",)),
    "format": Rule(_format, 1, 10),
    "groupby": Rule(_whole_list("groupby"), 1, 3, ("attribute", "default", "case_sensitive")),
    "indent": Rule(_indent, 0, 3, ("width", "first", "blank")),
    "int": Rule(_int, 0, 1, ("default",)),
    "items": Rule(lambda value: list(_grouped(value, "items").items())),
    "join": Rule(pass_environment(_join), 0, 2, ("attribute",)),
    "last": Rule(pass_environment(_last)),
    "length": Rule(_length),
    "list": Rule(lambda value: _items(value, "list")),
    "lower": Rule(lambda value: _text(value, "lower").lower()),
    "map": Rule(_whole_list("map"), 0, 4, ("attribute", "default"), chooses=1),
    "max": Rule(_whole_list("max"), 0, 2, ("case_sensitive", "attribute")),
    "min": Rule(_whole_list("min"), 0, 2, ("case_sensitive", "attribute")),
    "reject": Rule(_whole_list("reject"), 0, 3, chooses=1),
    "rejectattr": Rule(_whole_list("rejectattr"), 1, 3, chooses=2),
    "replace": Rule(_replace, 2, 3, ("count",)),
    "reverse": Rule(_reverse),
    "round": Rule(_round, 0, 2, ("precision", "method")),
    "select": Rule(_whole_list("select"), 0, 3, chooses=1),
    "selectattr": Rule(_whole_list("selectattr"), 1, 3, chooses=2),
    "slice": Rule(_slice, 1, 2, ("slices", "fill_with")),
    "sort": Rule(_whole_list("sort"), 0, 3, ("reverse", "case_sensitive", "attribute")),
    "string": Rule(_string),
    "sum": Rule(pass_environment(_sum), 0, 2, ("attribute", "start")),
    "title": Rule(lambda value: NATIVE_FILTERS["title"](_text(value, "title"))),
    "trim": Rule(_trim, 0, 1),
    "truncate": Rule(_truncate, 0, 4, ("length", "killwords", "end", "leeway")),
    "unique": Rule(_whole_list("unique"), 0, 2, ("case_sensitive", "attribute")),
    "upper": Rule(lambda value: _text(value, "upper").upper()),
    "wordcount": Rule(lambda value: len(_WORD.findall(_text(value, "wordcount")))),
}  # fmt: skip
FILTER_RULES["d"] = FILTER_RULES["default"]
FILTERS = tuple(sorted(FILTER_RULES))

_NONE = (
    "defined", "undefined", "even", "odd", "true", "false", "none", "boolean", "string", "number",
    "integer", "float", "mapping", "sequence", "iterable", "lower", "upper",
)  # fmt: skip
_ONE = (
    "eq", "equalto", "==", "ne", "!=", "in", "gt", "greaterthan", ">", "ge", ">=", "lt",
    "lessthan", "<", "le", "<=",
)  # fmt: skip
TEST_RULES: dict[str, Rule] = (
    {name: Rule(NATIVE_TESTS[name]) for name in _NONE}
    | {name: Rule(NATIVE_TESTS[name], 1, 1) for name in _ONE}
    | {"divisibleby": Rule(_divisible, 1, 1)}
)
TESTS = tuple(name for name in sorted(TEST_RULES) if name[0].isalpha())
