"""
Fields and classes: which hook reads which field, and a mapping as what it should be.

Each hook takes what its field is for and nothing else. Kept out: what uses cattrs, in
`structuring`, for most of what is read does without.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

import attrs

from peerkit.errors import closest
from peerkit.files.tree import Mapping as LocatedMapping
from peerkit.loading import problems as p
from peerkit.loading.lists import (
    all_faults,
    as_cells,
    as_keys,
    as_mapping,
    as_pairs,
    as_rows,
    as_words,
    at,
    collect,
    refuse_unquoted,
    several,
)
from peerkit.loading.values import (
    Hook,
    Unfit,
    as_choice,
    as_day,
    as_flag,
    as_link,
    as_number,
    as_plain,
    as_prose,
    as_text,
    shape,
)
from peerkit.model import Absence, FieldKind, FieldSpec, field_specs

__all__ = ["UnstructuredError", "hook_for", "structure"]

_NOT_APPLICABLE = "not applicable"


def _inner(spec: FieldSpec) -> Hook:
    inner = spec.inner
    assert inner is not None, spec.name  # noqa: S101 - a group always names its class
    known = {one.key for one in field_specs(inner)}

    def hook(value: object, _type: Any) -> Any:
        if spec.short and not isinstance(value, Mapping):
            return _structured({spec.short: value}, inner)
        given = as_mapping(value)
        if spec.short and _is_text_with_colon(given, known):
            as_text(value)
        return _structured(
            {key: one for key, one in given.items() if one is not None or key not in known}, inner
        )

    return hook


def _is_text_with_colon(value: Mapping[str, Any], known: Iterable[str]) -> bool:
    if not isinstance(value, LocatedMapping) or value.flow or len(value) != 1:
        return False
    ((key, inner),) = value.items()
    return isinstance(inner, str) and not closest(key, known)


def _groups(spec: FieldSpec) -> Hook:
    inner = _inner(spec)

    def hook(value: object, _type: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            if spec.short:
                return (inner(value, None),)
            raise Unfit(p.WRONG_SHAPE, f"A list is needed; {shape(value)}.")
        refuse_unquoted(value)
        return tuple(made for _, made in collect(enumerate(value), inner))

    return hook


def _named(spec: FieldSpec) -> Hook:
    inner = _inner(spec)

    def hook(value: object, _type: Any) -> dict[str, Any]:
        given = [(key, item) for key, item in as_mapping(value).items() if item is not None]
        return dict(collect(given, inner))

    return hook


_HOOKS: dict[FieldKind, Callable[[FieldSpec], Hook]] = {
    FieldKind.TEXT: lambda _spec: as_plain,
    FieldKind.TEXTS: lambda _spec: several(as_plain, is_text=True),
    FieldKind.PROSE: lambda _spec: as_prose,
    FieldKind.PROSES: lambda _spec: several(as_prose, is_text=True),
    FieldKind.DAY: lambda _spec: as_day,
    FieldKind.CHOICE: lambda spec: as_choice(spec.choices),
    FieldKind.FLAG: lambda _spec: as_flag,
    FieldKind.LINK: lambda _spec: as_link,
    FieldKind.LINKS: lambda _spec: several(as_link, is_text=False),
    FieldKind.GROUP: _inner,
    FieldKind.GROUPS: _groups,
    FieldKind.NAMED: _named,
    FieldKind.WORDS: lambda _spec: as_words,
    FieldKind.KEYS: lambda _spec: as_keys,
    FieldKind.NAMES: lambda _spec: several(as_text, is_text=False),
    FieldKind.PAIRS: lambda _spec: as_pairs,
    FieldKind.CELLS: lambda _spec: as_cells,
    FieldKind.ROWS: lambda _spec: as_rows,
    FieldKind.NUMBER: lambda _spec: as_number,
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


def _or_absence(hook: Hook) -> Hook:
    def either(value: object, type_: Any) -> Any:
        if isinstance(value, str) and value.casefold() in ("none", _NOT_APPLICABLE):
            if value.casefold() == "none":
                return Absence("none")
            raise Unfit(p.NO_REASON, "“Not applicable” needs its reason.")
        if isinstance(value, Mapping) and [*value] == [_NOT_APPLICABLE]:
            reason = at(_NOT_APPLICABLE, partial(as_plain, value[_NOT_APPLICABLE] or ""))
            if not reason.strip():
                raise Unfit(p.NO_REASON, "“Not applicable” needs its reason.")
            return Absence(_NOT_APPLICABLE, reason)
        return hook(value, type_)

    return either


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


def _structured(value: Mapping[str, Any], cls: type) -> Any:
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
    except all_faults():
        return _structurer(cls, tells_all=True)(value, cls)


def _structurer(cls: type, *, tells_all: bool) -> Hook:
    from peerkit.loading.structuring import structurer  # noqa: PLC0415 - small registers need none

    return structurer(cls, tells_all=tells_all)


def structure(value: Mapping[str, Any], cls: type) -> Any:
    """
    Return *value*, a mapping of raw values, as an instance of the attrs class *cls*.

    Raises:
        UnstructuredError: With every fault; `faults` in the room beside lists them.
    """
    try:
        return _structured(value, cls)
    except all_faults() as error:
        raise UnstructuredError(error) from error
