"""
The filters of templates, which take what they are for and nothing else.

Jinja's own format text with text, print Python's names and know no bounds. What they
work out is theirs where it can be; what they are given and give back is looked at, and
paid for, here. Kept out: those for lists; see `listing`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import attrs
from jinja2.filters import FILTERS as NATIVE_FILTERS
from jinja2.utils import pass_environment

from peerkit_docx.filling.faults import TagError, kind_of
from peerkit_docx.filling.givens import (
    MAX_JOINED,
    MAX_NUMBER,
    MAX_WIDE,
    SAID,
    bounded,
    defined,
    group_of,
    items_of,
    number_of,
    text_of,
    whole_of,
)
from peerkit_docx.filling.listing import (
    batch,
    dictsort,
    first,
    join,
    last,
    length,
    native,
    reverse,
    slice_of,
    sum_of,
)
from peerkit_docx.filling.weighing import charged

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["FILTERS", "FILTER_RULES", "Rule"]

_WORD = re.compile(r"\w+")
# Places of % that take a text or a number, none of them wide.
_PLACE = re.compile(r"%(?:%|[-+ 0#]{0,4}[0-9]{0,3}(?:\.[0-9]{1,2})?[sdifFeEgGxX])")
_WORDY = 2  # characters in a step of what looks at every word
# Those that take the same time whatever they are given.
_FREE = frozenset({"count", "d", "default", "first", "last", "length"})


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


# -- texts -------------------------------------------------------------------------


def _trim(value: object, characters: object = None) -> str:
    chosen = None if characters is None else text_of(characters, "trim")
    if chosen is not None and len(chosen) > MAX_WIDE:  # each is looked for at each
        raise TagError(f"The filter “trim” takes up to {MAX_WIDE:,} characters")
    return text_of(value, "trim").strip(chosen)


def _replace(value: object, old: object, new: object, count: object = None) -> str:
    text, old, new = (text_of(one, "replace") for one in (value, old, new))
    times = -1 if count is None else whole_of(count, "replace", MAX_JOINED)
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
    text, most, end = (
        text_of(value, "truncate"),
        whole_of(length, "truncate"),
        text_of(end, "truncate"),
    )
    if len(text) <= most + whole_of(leeway, "truncate"):
        return text
    room = max(0, most - len(end))
    return text[:room] + end if killwords else text[:room].rsplit(" ", 1)[0] + end


def _indent(value: object, width: object = 4, first: object = None, blank: object = None) -> str:
    text = text_of(value, "indent")
    before = (
        text_of(width, "indent") if isinstance(width, str) else " " * whole_of(width, "indent", 99)
    )
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
    text = text_of(value, "format")
    left = _PLACE.sub("", text)
    if "%" in left:
        raise TagError("The filter “format” knows %s, %d, %f and their like, no wider than 999")
    for one in given:
        defined(one)
        if type(one) not in (int, float) and not isinstance(one, str):
            raise TagError(f"The filter “format” takes texts and numbers, and not {kind_of(one)}")
    plain = tuple(str(one) if isinstance(one, str) else one for one in given)
    try:
        return bounded(text % plain, "format")
    except (TypeError, ValueError, OverflowError):
        raise TagError(
            "The filter “format” was given other values than its text has room for"
        ) from None


def _string(value: object, what: str = "string") -> str:
    value = defined(value)
    if isinstance(value, str) or type(value) in SAID:
        return str(value)
    raise TagError(f"The filter “{what}” is for texts and numbers, and this is {kind_of(value)}")


def _same(value: object) -> object:
    """
    Return *value*: whatever is printed is escaped.
    """
    return _string(value, "escape")


@pass_environment
def _title(environment: Any, value: object) -> str:
    text = text_of(value, "title")
    environment.spend(len(text) // _WORDY)
    return str(NATIVE_FILTERS["title"](text))


@pass_environment
def _wordcount(environment: Any, value: object) -> int:
    text = text_of(value, "wordcount")
    environment.spend(len(text) // _WORDY)
    return len(_WORD.findall(text))


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
    places = whole_of(precision, "round", 15)
    if method not in ("common", "ceil", "floor"):
        raise TagError("The filter “round” goes common, ceil or floor")
    return NATIVE_FILTERS["round"](number_of(value, "round"), places, method)


FILTER_RULES: dict[str, Rule] = {
    "abs": Rule(lambda value: abs(number_of(value, "abs"))),
    "batch": Rule(batch, 1, 2, ("linecount", "fill_with")),
    "capitalize": Rule(lambda value: text_of(value, "capitalize").capitalize()),
    "center": Rule(lambda value, width=80: text_of(value, "center").center(whole_of(width, "center")), 0, 1),
    "count": Rule(length),
    "default": Rule(NATIVE_FILTERS["default"], 0, 2, ("default_value", "boolean")),
    "dictsort": Rule(dictsort, 0, 3, ("case_sensitive", "by", "reverse")),
    "e": Rule(_same),
    "escape": Rule(_same),
    "first": Rule(pass_environment(first)),
    "float": Rule(_float, 0, 1, ("default",)),
    "format": Rule(_format, 1, 10),
    "groupby": Rule(native("groupby"), 1, 3, ("attribute", "default", "case_sensitive")),
    "indent": Rule(_indent, 0, 3, ("width", "first", "blank")),
    "int": Rule(_int, 0, 1, ("default",)),
    "items": Rule(lambda value: list(group_of(value, "items").items())),
    "join": Rule(pass_environment(join), 0, 2, ("attribute",)),
    "last": Rule(pass_environment(last)),
    "length": Rule(length),
    "list": Rule(lambda value: items_of(value, "list")),
    "lower": Rule(lambda value: text_of(value, "lower").lower()),
    "map": Rule(native("map"), 0, 4, ("attribute", "default"), chooses=1),
    "max": Rule(native("max"), 0, 2, ("case_sensitive", "attribute")),
    "min": Rule(native("min"), 0, 2, ("case_sensitive", "attribute")),
    "reject": Rule(native("reject"), 0, 3, chooses=1),
    "rejectattr": Rule(native("rejectattr"), 1, 3, chooses=2),
    "replace": Rule(_replace, 2, 3, ("count",)),
    "reverse": Rule(reverse),
    "round": Rule(_round, 0, 2, ("precision", "method")),
    "select": Rule(native("select"), 0, 3, chooses=1),
    "selectattr": Rule(native("selectattr"), 1, 3, chooses=2),
    "slice": Rule(slice_of, 1, 2, ("slices", "fill_with")),
    "sort": Rule(native("sort"), 0, 3, ("reverse", "case_sensitive", "attribute")),
    "string": Rule(_string),
    "sum": Rule(pass_environment(sum_of), 0, 2, ("attribute", "start")),
    "title": Rule(_title),
    "trim": Rule(_trim, 0, 1),
    "truncate": Rule(_truncate, 0, 4, ("length", "killwords", "end", "leeway")),
    "unique": Rule(native("unique"), 0, 2, ("case_sensitive", "attribute")),
    "upper": Rule(lambda value: text_of(value, "upper").upper()),
    "wordcount": Rule(_wordcount),
}  # fmt: skip
FILTER_RULES["d"] = FILTER_RULES["default"]
FILTER_RULES = {
    name: rule if name in _FREE else attrs.evolve(rule, does=charged(rule.does))
    for name, rule in FILTER_RULES.items()
}
FILTERS = tuple(sorted(FILTER_RULES))
