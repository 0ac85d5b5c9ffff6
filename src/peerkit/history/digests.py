"""
Digests: one number for what was recorded, the same however a file is laid out.

A text is digested as it was read, which is composed Unicode with plain line breaks.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any

import attrs

from peerkit.history.occasions import FREE_TEXTS, SOURCE, Entry, Event, Heads, Seal
from peerkit.model import Absence, Day, Pair, Record, field_specs

__all__ = ["Ties", "entry_digest", "heads_digest", "record_digest", "text_digest", "texts_of"]

_VERSION = 1

Ties = tuple[tuple[str, ...], tuple[str, ...]]
"""The digests of the entries that one entry corrects, and of those that it settles."""


@functools.cache
def _encode() -> Callable[[object], str]:
    import json  # noqa: PLC0415 - a register without history digests nothing

    return json.JSONEncoder(
        ensure_ascii=False, check_circular=False, sort_keys=True, separators=(",", ":")
    ).encode


@functools.cache
def _sha256() -> Callable[[bytes], str]:
    import hashlib  # noqa: PLC0415 - loads OpenSSL

    return lambda content: hashlib.sha256(content).hexdigest()


def _digest(value: object) -> str:
    return _sha256()(_encode()(value).encode("utf-8", "surrogatepass"))


def text_digest(salt: str, text: object) -> str:
    """
    Return the digest of a free text, or several, that cannot be guessed without *salt*.
    """
    return _digest([salt, text])


def texts_of(event: Event) -> dict[str, object]:
    """
    Return the free texts of an entry, the source of its occasion included, by field.
    """
    entry = event.entry
    found = {name: value for name in FREE_TEXTS if (value := getattr(entry, name))}
    if event.occasion.source:
        found[SOURCE] = event.occasion.source
    return found


@functools.cache
def _plain_fields() -> tuple[tuple[str, str], ...]:
    without = {*FREE_TEXTS, "erased"}
    return tuple((one.name, one.key) for one in field_specs(Entry) if one.name not in without)


def entry_digest(event: Event, seal: Seal, ties: Ties = ((), ())) -> str:
    """
    Return the digest of a whole entry as *seal* seals it.

    It covers what its occasion says of itself, but no file's name: the occasions it
    corrects or settles are known by the digests of their entries, its *ties*.
    """
    occasion, entry = event.occasion, event.entry
    says = {
        key: _plain(value)
        for name, key in _plain_fields()
        if not _is_nothing(value := getattr(entry, name))
    }
    if entry.more:
        says["more"] = _plain(entry.more)
    texts = {
        name: text_digest(seal.texts.get(name, ""), text) for name, text in texts_of(event).items()
    }
    return _digest(
        {
            "form": _VERSION,
            "kind": event.subject[0],
            "id": event.subject[1],
            "day": occasion.day.isoformat(),
            "by": occasion.by,
            "occasion": occasion.title,
            "illustrative": occasion.illustrative,
            "corrects": ties[0],
            "settles": ties[1],
            "after": seal.after,
            "record": seal.record,
            "says": says,
            "texts": {**texts, **seal.erased},
        }
    )


def record_digest(record: Record) -> str:
    """
    Return the digest of a record's own words, wherever and in whatever form they stand.

    Links count with the whole ids they lead to. A field that says nothing does not
    count, so that a later peerkit, which knows more fields, finds the same digest.
    """
    return _digest({"kind": record.kind, "id": record.id, "says": _plain(record)})


def _plain(value: object) -> object:
    match value:
        case None | str() | bool() | int():
            made: object = value
        case Day():
            made = value.written
        case Absence() | Pair():
            made = attrs.astuple(value)
        case tuple() | list():
            made = [_plain(one) for one in value]
        case Mapping():
            made = {key: _plain(one) for key, one in value.items()}
        case _:
            made = _fields(value)
    return made


def _fields(value: object) -> dict[str, object]:
    cls: Any = type(value)
    said = {
        key: _plain(one)
        for name, key, default in _fields_of(cls)
        if not _is_nothing(one := getattr(value, name)) and one != default
    }
    if isinstance(value, Record) and value.more:
        said["more"] = _plain(value.more)
    return said


@functools.cache
def _fields_of(cls: Any) -> tuple[tuple[str, str, object], ...]:
    defaults = {one.name: one.default for one in attrs.fields(cls)}
    return tuple((spec.name, spec.key, defaults[spec.name]) for spec in field_specs(cls))


def _is_nothing(value: object) -> bool:
    return value is None or (isinstance(value, str | tuple | Mapping) and not value)


def heads_digest(heads: Heads) -> str:
    """
    Return one digest over all *heads*, which a paper can carry.
    """
    return _digest(sorted((*who, *head) for who, head in heads.items()))
