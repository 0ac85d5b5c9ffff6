"""
Lists and groups of values: what each item becomes, and behind which step one is wrong.

Kept out: what a single value becomes, and groups that have a class of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from peerkit.errors import short
from peerkit.files.tree import PLAIN, STYLE
from peerkit.files.tree import Sequence as LocatedSequence
from peerkit.loading import problems as p
from peerkit.loading.values import Hook, Unfit, as_plain, as_prose, as_text, shape
from peerkit.model import Pair

__all__ = [
    "GroupFaults",
    "all_faults",
    "as_cells",
    "as_keys",
    "as_mapping",
    "as_pairs",
    "as_rows",
    "as_words",
    "at",
    "collect",
    "refuse_unquoted",
    "several",
]


class GroupFaults(Exception):  # noqa: N818 - carries what went wrong in several groups at once
    """
    Faults of several groups inside one field, each behind its step.
    """

    def __init__(self, faults: list[tuple[str | int, Exception]]) -> None:
        super().__init__(len(faults))
        self.faults = faults


def all_faults() -> tuple[type[Exception], ...]:
    """
    Return all that a hook, or cattrs with hooks inside, raises for what does not fit.
    """
    # Asked for only when something was raised.
    from peerkit.loading.structuring import FAULTS  # noqa: PLC0415

    return (Unfit, GroupFaults, KeyError, TypeError, *FAULTS)


def at(key: str, make: Callable[[], Any]) -> Any:
    """
    Return what *make* makes; what is wrong in it is wrong behind *key*.
    """
    try:
        return make()
    except Unfit as unfit:
        unfit.step = (key, *unfit.step)
        raise


def as_mapping(value: object) -> Mapping[str, Any]:
    """
    Take a group of fields as it is.
    """
    if not isinstance(value, Mapping):
        raise Unfit(p.WRONG_SHAPE, f"A group of fields is needed; {shape(value)}.")
    return value


def collect(pairs: Iterable[tuple[Any, Any]], hook: Hook) -> list[tuple[Any, Any]]:
    """
    Return what *hook* makes of each value, or raise the faults of all of them.
    """
    made: list[tuple[Any, Any]] = []
    faults: list[tuple[str | int, Exception]] = []
    for step, value in pairs:
        try:
            made.append((step, hook(value, None)))
        except all_faults() as error:
            faults.append((step, error))
    if faults:
        raise GroupFaults(faults)
    return made


def several(one: Hook, *, is_text: bool) -> Hook:
    """
    Take one item or a list of them; a list of texts in brackets must be quoted.
    """

    def hook(value: object, type_: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            return (one(value, type_),)
        if is_text:
            refuse_unquoted(value)
        return tuple(_items(value, one))

    return hook


def _items(value: list[Any], one: Hook) -> Iterable[Any]:
    for index, item in enumerate(value):
        try:
            yield one(item, None)
        except Unfit as unfit:
            unfit.step = (index, *unfit.step)
            raise


def refuse_unquoted(value: list[Any]) -> None:
    """
    Raise if a text of several words stands in brackets without quotes.
    """
    if not (isinstance(value, LocatedSequence) and value.flow):
        return
    for index, (item, mark) in enumerate(zip(value, value.marks, strict=False)):
        if isinstance(item, str) and mark[STYLE] == PLAIN and " " in item:
            raise Unfit(
                p.PROSE_IN_BRACKETS,
                f"“{short(item)}” stands in brackets without quotes; a comma would cut it.",
                step=(index,),
            )


def as_keys(value: object, _type: Any) -> tuple[str, ...]:
    """
    Take a list of texts, and no single one.
    """
    if not isinstance(value, list):
        text = value if isinstance(value, str) else ""
        mend = f"Write [{text}]." if text else "Write one to a line, each behind a dash."
        raise Unfit(p.WRONG_SHAPE, f"A list is needed; {shape(value)}.", mend)
    return tuple(_items(value, as_text))


def as_words(value: object, _type: Any) -> dict[str, str]:
    """
    Take a text for each key.
    """
    return {key: at(key, partial(as_plain, item)) for key, item in as_mapping(value).items()}


def as_cells(value: object, _type: Any) -> dict[str, tuple[str, ...]]:
    """
    Take one text or several for each key.
    """
    one_or_many = several(as_text, is_text=False)
    return {
        fact: at(fact, partial(one_or_many, answers, None))
        for fact, answers in as_mapping(value).items()
    }


def as_rows(value: object, _type: Any) -> tuple[dict[str, tuple[str, ...]], ...]:
    """
    Take a list of groups of cells.
    """
    if not isinstance(value, list):
        raise Unfit(
            p.WRONG_SHAPE,
            f"A list of rows is needed; {shape(value)}.",
            "Write each row on a line of its own behind a dash, in { }.",
        )
    return tuple(made for _, made in collect(enumerate(value), as_cells))


def as_pairs(value: object, _type: Any) -> tuple[Pair, ...]:
    """
    Take a list of texts, each alone or behind a word.
    """
    if not isinstance(value, list):
        return (_pair(value, None),)
    refuse_unquoted(value)
    return tuple(made for _, made in collect(enumerate(value), _pair))


def _pair(value: object, _type: Any) -> Pair:
    if isinstance(value, Mapping) and len(value) == 1:
        word, text = next(iter(value.items()))
        return Pair(word, at(word, partial(as_prose, text)))
    if isinstance(value, Mapping) and not getattr(value, "flow", False):
        raise Unfit(
            p.WRONG_SHAPE,
            f"Each needs a dash of its own; here are {len(value)} in one: {', '.join(value)}."
            if value
            else "A text is needed here.",
            "Write each on a line of its own behind a dash.",
        )
    return Pair("", as_prose(value))
