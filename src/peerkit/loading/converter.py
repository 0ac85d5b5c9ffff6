"""
Raw values into typed ones: a strict hook for every kind of field.

Each hook takes what its field is for and nothing else. What uses cattrs is in the
module beside this one, for most of what is read does without.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

import attrs

from peerkit.errors import ProblemKind, closest, did_you_mean, short
from peerkit.files.tree import PLAIN, STYLE
from peerkit.files.tree import Mapping as LocatedMapping
from peerkit.files.tree import Sequence as LocatedSequence
from peerkit.loading import problems as p
from peerkit.model import (
    Absence,
    Day,
    DayError,
    FieldKind,
    FieldSpec,
    Pair,
    Prose,
    field_specs,
    parse_day,
)

__all__ = [
    "GroupFaults",
    "Unfit",
    "UnstructuredError",
    "closest",
    "did_you_mean",
    "hook_for",
    "sentence",
    "short",
    "structure",
]

LONGEST = 100_000
MOST_BRACKETS = 500
_YES_OR_NO = {"yes": True, "no": False, "true": True, "false": False}
_NOT_APPLICABLE = "not applicable"

Hook = Callable[[Any, Any], Any]


class Unfit(ValueError):  # noqa: N818 - it becomes a problem, it is no error of ours
    """
    A value that its field cannot hold: what is wrong, and how to mend it.

    *step* leads further down to the part that is wrong; *on_key* says that it is a
    key.
    """

    def __init__(
        self,
        kind: ProblemKind,
        message: str,
        mend: str = "",
        *,
        step: tuple[str | int, ...] = (),
        on_key: bool = False,
    ) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.mend = mend
        self.step = step
        self.on_key = on_key


def sentence(words: str) -> str:
    """
    Return *words* with a capital and a full stop.
    """
    return f"{words[:1].upper()}{words[1:]}{'' if words.endswith('?') else '.'}" if words else ""


def _shape(value: object) -> str:
    match value:
        case None:
            return "nothing is written here"
        case str():
            return "here is a text"
        case Mapping():
            return "here is a group of fields"
        case list() | tuple():
            return "here is a list"
        case _:
            return f"here is a {type(value).__name__}"


def _text(value: object, _type: Any = None) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, LocatedMapping) and len(value) == 1 and not value.flow:
        key, inner = next(iter(value.items()))
        if inner is None or isinstance(inner, str):
            raise Unfit(
                p.TEXT_BECAME_GROUP,
                f"A text is expected, but the colon behind “{short(key)}” makes it a field.",
            )
    if isinstance(value, LocatedMapping | LocatedSequence) and value.flow:
        raise Unfit(
            p.PROSE_IN_BRACKETS,
            f"A text is expected; {_shape(value)}, in brackets.",
            "If it is one text, put quotes round the whole of it.",
        )
    raise Unfit(p.WRONG_SHAPE, f"A text is needed; {_shape(value)}.", "Write one text.")


def _prose(value: object, _type: Any = None) -> Prose:
    text = _text(value)
    if len(text) > LONGEST:
        raise Unfit(
            p.TEXT_TOO_LONG, f"This text has {len(text):,} characters; {LONGEST:,} are the most."
        )
    if text.count("[") > MOST_BRACKETS and any(
        part.count("[") > MOST_BRACKETS for part in text.split("\n\n")
    ):
        raise Unfit(
            p.TEXT_TOO_LONG, f"One paragraph of this text has more than {MOST_BRACKETS} “[”."
        )
    return Prose(text)


def _plain(value: object, _type: Any = None) -> str:
    text = _text(value)
    if len(text) > LONGEST:
        raise Unfit(
            p.TEXT_TOO_LONG, f"This text has {len(text):,} characters; {LONGEST:,} are the most."
        )
    return text


def _day(value: object, _type: Any = None) -> Day | None:
    try:
        return parse_day(_text(value))
    except DayError as error:
        raise Unfit(p.NOT_A_DAY, f"{error}.", sentence(error.mend)) from None


def _number(value: object, _type: Any = None) -> int:
    text = _text(value)
    if not (text.isascii() and text.isdigit() and len(text) <= 9):  # noqa: PLR2004 - a billion
        raise Unfit(p.NOT_A_NUMBER, f"“{short(text)}” is not a whole number.")
    return int(text)


def _flag(value: object, _type: Any = None) -> bool:
    text = _text(value)
    try:
        return _YES_OR_NO[text.casefold()]
    except KeyError:
        raise Unfit(p.NOT_YES_OR_NO, f"“{short(text)}” is neither yes nor no.") from None


def _choice(choices: tuple[str, ...]) -> Hook:
    known = {word.casefold(): word for word in choices}

    def hook(value: object, _type: Any) -> str:
        text = _text(value)
        try:
            return known[text.casefold()]
        except KeyError:
            words = ", ".join(choices)
            raise Unfit(
                p.NOT_A_CHOICE,
                f"“{short(text)}” is not one of: {words}.",
                did_you_mean(closest(text, choices)),
            ) from None

    return hook


def _several(one: Hook, *, is_text: bool) -> Hook:
    """
    Take one item or a list of them; a list of texts in brackets must be quoted.
    """

    def hook(value: object, type_: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            return (one(value, type_),)
        if is_text:
            _refuse_unquoted(value)
        return tuple(_items(value, one))

    return hook


def _refuse_unquoted(value: list[Any]) -> None:
    if not (isinstance(value, LocatedSequence) and value.flow):
        return
    for index, (item, mark) in enumerate(zip(value, value.marks, strict=False)):
        if isinstance(item, str) and mark[STYLE] == PLAIN and " " in item:
            raise Unfit(
                p.PROSE_IN_BRACKETS,
                f"“{short(item)}” stands in brackets without quotes; a comma would cut it.",
                step=(index,),
            )


def _items(value: list[Any], one: Hook) -> Iterable[Any]:
    for index, item in enumerate(value):
        try:
            yield one(item, None)
        except Unfit as unfit:
            unfit.step = (index, *unfit.step)
            raise


def _link(value: object, _type: Any = None) -> str:
    if isinstance(value, str):
        return value
    raise Unfit(p.WRONG_SHAPE, f"The id of one record is needed; {_shape(value)}.", "Write one id.")


def _keys(value: object, _type: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        text = value if isinstance(value, str) else ""
        mend = f"Write [{text}]." if text else "Write one to a line, each behind a dash."
        raise Unfit(p.WRONG_SHAPE, f"A list is needed; {_shape(value)}.", mend)
    return tuple(_items(value, _text))


def _pair(value: object, _type: Any) -> Pair:
    if isinstance(value, Mapping) and len(value) == 1:
        word, text = next(iter(value.items()))
        return Pair(word, _at(word, partial(_prose, text)))
    if isinstance(value, Mapping) and not getattr(value, "flow", False):
        raise Unfit(
            p.WRONG_SHAPE,
            f"Each needs a dash of its own; here are {len(value)} in one: {', '.join(value)}."
            if value
            else "A text is needed here.",
            "Write each on a line of its own behind a dash.",
        )
    return Pair("", _prose(value))


def _words(value: object, _type: Any) -> dict[str, str]:
    return {key: _at(key, partial(_plain, item)) for key, item in _mapping(value).items()}


def _cells(value: object, _type: Any) -> dict[str, tuple[str, ...]]:
    one_or_many = _several(_text, is_text=False)
    return {
        fact: _at(fact, partial(one_or_many, answers, None))
        for fact, answers in _mapping(value).items()
    }


def _rows(value: object, _type: Any) -> tuple[dict[str, tuple[str, ...]], ...]:
    if not isinstance(value, list):
        raise Unfit(
            p.WRONG_SHAPE,
            f"A list of rows is needed; {_shape(value)}.",
            "Write each row on a line of its own behind a dash, in { }.",
        )
    return tuple(made for _, made in _collect(enumerate(value), _cells))


def _at(key: str, make: Callable[[], Any]) -> Any:
    try:
        return make()
    except Unfit as unfit:
        unfit.step = (key, *unfit.step)
        raise


def _mapping(value: object) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise Unfit(p.WRONG_SHAPE, f"A group of fields is needed; {_shape(value)}.")
    return value


def _or_absence(hook: Hook) -> Hook:
    def either(value: object, type_: Any) -> Any:
        if isinstance(value, str) and value.casefold() in ("none", _NOT_APPLICABLE):
            if value.casefold() == "none":
                return Absence("none")
            raise Unfit(p.NO_REASON, "“Not applicable” needs its reason.")
        if isinstance(value, Mapping) and [*value] == [_NOT_APPLICABLE]:
            reason = _at(_NOT_APPLICABLE, partial(_plain, value[_NOT_APPLICABLE] or ""))
            if not reason.strip():
                raise Unfit(p.NO_REASON, "“Not applicable” needs its reason.")
            return Absence(_NOT_APPLICABLE, reason)
        return hook(value, type_)

    return either


class GroupFaults(Exception):  # noqa: N818 - carries what went wrong in several groups at once
    """
    Faults of several groups inside one field, each behind its step.
    """

    def __init__(self, faults: list[tuple[str | int, Exception]]) -> None:
        super().__init__(len(faults))
        self.faults = faults


def _inner(spec: FieldSpec) -> Hook:
    inner = spec.inner
    assert inner is not None, spec.name  # noqa: S101 - a group always names its class
    known = {one.key for one in field_specs(inner)}

    def hook(value: object, _type: Any) -> Any:
        if spec.short and not isinstance(value, Mapping):
            return structured({spec.short: value}, inner)
        given = _mapping(value)
        if spec.short and _is_text_with_colon(given, known):
            _text(value)
        return structured(
            {key: one for key, one in given.items() if one is not None or key not in known}, inner
        )

    return hook


def _is_text_with_colon(value: Mapping[str, Any], known: Iterable[str]) -> bool:
    if not isinstance(value, LocatedMapping) or value.flow or len(value) != 1:
        return False
    ((key, inner),) = value.items()
    return isinstance(inner, str) and not closest(key, known)


def _collect(pairs: Iterable[tuple[Any, Any]], hook: Hook) -> list[tuple[Any, Any]]:
    made: list[tuple[Any, Any]] = []
    faults: list[tuple[str | int, Exception]] = []
    for step, value in pairs:
        try:
            made.append((step, hook(value, None)))
        except _faults() as error:
            faults.append((step, error))
    if faults:
        raise GroupFaults(faults)
    return made


def _groups(spec: FieldSpec) -> Hook:
    inner = _inner(spec)

    def hook(value: object, _type: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            if spec.short:
                return (inner(value, None),)
            raise Unfit(p.WRONG_SHAPE, f"A list is needed; {_shape(value)}.")
        _refuse_unquoted(value)
        return tuple(made for _, made in _collect(enumerate(value), inner))

    return hook


def _named(spec: FieldSpec) -> Hook:
    inner = _inner(spec)

    def hook(value: object, _type: Any) -> dict[str, Any]:
        given = [(key, item) for key, item in _mapping(value).items() if item is not None]
        return dict(_collect(given, inner))

    return hook


def _pairs(value: object, _type: Any) -> tuple[Pair, ...]:
    if not isinstance(value, list):
        return (_pair(value, None),)
    _refuse_unquoted(value)
    return tuple(made for _, made in _collect(enumerate(value), _pair))


_HOOKS: dict[FieldKind, Callable[[FieldSpec], Hook]] = {
    FieldKind.TEXT: lambda _spec: _plain,
    FieldKind.TEXTS: lambda _spec: _several(_plain, is_text=True),
    FieldKind.PROSE: lambda _spec: _prose,
    FieldKind.PROSES: lambda _spec: _several(_prose, is_text=True),
    FieldKind.DAY: lambda _spec: _day,
    FieldKind.CHOICE: lambda spec: _choice(spec.choices),
    FieldKind.FLAG: lambda _spec: _flag,
    FieldKind.LINK: lambda _spec: _link,
    FieldKind.LINKS: lambda _spec: _several(_link, is_text=False),
    FieldKind.GROUP: _inner,
    FieldKind.GROUPS: _groups,
    FieldKind.NAMED: _named,
    FieldKind.WORDS: lambda _spec: _words,
    FieldKind.KEYS: lambda _spec: _keys,
    FieldKind.NAMES: lambda _spec: _several(_text, is_text=False),
    FieldKind.PAIRS: lambda _spec: _pairs,
    FieldKind.CELLS: lambda _spec: _cells,
    FieldKind.ROWS: lambda _spec: _rows,
    FieldKind.NUMBER: lambda _spec: _number,
}


def hook_for(spec: FieldSpec) -> Hook:
    """
    Return what reads a field of that declaration.
    """
    hook = _HOOKS[spec.kind](spec)
    if spec.required:
        hook = _not_blank(spec, hook)
    return _or_absence(hook) if spec.may_be_absent else hook


def _not_blank(spec: FieldSpec, hook: Hook) -> Hook:
    def filled(value: Any, type_: Any) -> Any:
        is_blank = value.__class__ is str and (not value or value.isspace())
        if not is_blank and (made := hook(value, type_)) != ():
            return made
        raise Unfit(
            p.MISSING_FIELD,
            f"“{spec.key}” is empty, and it must not be.",
            f"Fill it in. {spec.doc}",
        )

    return filled


class UnstructuredError(Exception):
    """
    A mapping that could not become what it should; *error* is what cattrs says of it.
    """

    def __init__(self, error: Exception) -> None:
        super().__init__(str(error))
        self.error = error


@functools.cache
def _hooks(cls: type) -> Mapping[str, tuple[str, Hook]]:
    """
    Return, for each key a *cls* can have, the name of its field and what reads it.
    """
    specs = {spec.name: spec for spec in field_specs(cls)}
    return {
        (spec.key if spec else attribute.name): (
            attribute.name,
            hook_for(spec) if spec else _as_it_is,
        )
        for attribute in attrs.fields(cls)
        if (spec := specs.get(attribute.name)) or attribute.init
    }


def _as_it_is(value: object, _type: Any) -> Any:
    return value


_MANY = 40
_made: Counter[type] = Counter()
_fast: dict[type, Hook] = {}


def structured(value: Mapping[str, Any], cls: type) -> Any:
    """
    Return *value* as an instance of *cls*, or raise what cattrs raises, every fault in it.

    What is read a few times only, as most of a configuration is, is read field by field:
    cattrs writes code for each class, which is fast once there is much to read.
    """
    try:
        if cls in _fast:
            return _fast[cls](value, cls)
        _made[cls] += 1
        if _made[cls] > _MANY:
            _fast[cls] = _structurer(cls, tells_all=False)
        hooks = _hooks(cls)
        given = {}
        for key, one in value.items():
            name, hook = hooks[key]
            given[name] = hook(one, cls)
        return cls(**given)
    except _faults():
        return _structurer(cls, tells_all=True)(value, cls)


def _structurer(cls: type, *, tells_all: bool) -> Hook:
    from peerkit.loading.structuring import structurer  # noqa: PLC0415 - small registers need none

    return structurer(cls, tells_all=tells_all)


def _faults() -> tuple[type[Exception], ...]:
    # Asked for only when something was raised.
    from peerkit.loading.structuring import FAULTS  # noqa: PLC0415

    return (Unfit, GroupFaults, KeyError, TypeError, *FAULTS)


def structure(value: Mapping[str, Any], cls: type) -> Any:
    """
    Return *value*, a mapping of raw values, as an instance of the attrs class *cls*.

    Raises:
        UnstructuredError: With every fault; `faults` in the room beside lists them.
    """
    try:
        return structured(value, cls)
    except _faults() as error:
        raise UnstructuredError(error) from error
