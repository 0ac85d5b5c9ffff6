"""
The JSON format: the whole tree, to be read by machines and back into a tree.

A file is one object: ``peerkit`` says ``document/1``; then come the fields of
`peerkit.document.Document` in their declared order, under their own names. Each
block and inline is an object whose ``type`` is the name of its class in lower
case; the days of properties are ISO 8601, the content of a figure is base64.
Numbers stand where `numbered` gave them. Kept out: addresses, which tell where
in somebody's folder a text lies.
"""

from __future__ import annotations

import base64
import datetime as dt
import functools
import json
import typing
from typing import TYPE_CHECKING, cast

import attrs

from peerkit import document as tree
from peerkit.document import Document
from peerkit.errors import Address, PeerkitError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from peerkit.papers import Template

__all__ = ["document_from_json", "draw", "texts"]

_SCHEMA = "document/1"
_TAGS: dict[object, str] = {
    cls: cls.__name__.lower()
    for cls in (
        *(tree.Text, tree.Strong, tree.Emphasis, tree.Link, tree.Reference, tree.Break),
        *(tree.Heading, tree.Paragraph, tree.Bullets, tree.Quote),
        *(tree.Table, tree.Fields, tree.Figure),
    )
}
_DEPTH = 100


def draw(document: Document, _template: Template | None) -> bytes:
    """
    Return *document* as JSON.
    """
    plain = {"peerkit": _SCHEMA, **_fields_of(document)}
    return (json.dumps(plain, ensure_ascii=False, indent=2) + "\n").encode()


def _plain(value: object) -> object:
    match value:
        case tuple():
            return [_plain(one) for one in value]
        case bytes():
            return base64.b64encode(value).decode("ascii")
        case dt.date():
            return value.isoformat()
        case str() | int() | None:
            return value
        case _:
            tag = _TAGS.get(type(value))
            return {"type": tag, **_fields_of(value)} if tag else _fields_of(value)


def _fields_of(part: object) -> dict[str, object]:
    return {name: _plain(getattr(part, name)) for name in _declared()[type(part)]}


@functools.cache
def _declared() -> dict[type, dict[str, object]]:
    # Each class of the tree with its fields and their types; found late, for it takes a while.
    names = {**vars(tree), "Address": Address, "dt": dt}
    classes = (cls for cls in names.values() if isinstance(cls, type) and attrs.has(cls))
    return {
        cls: {
            name: kind
            for name, kind in typing.get_type_hints(cls, names).items()
            if name != "address"
        }
        for cls in classes
        if cls.__module__ == Document.__module__
    }


def document_from_json(content: bytes) -> Document:
    """
    Return the document that *content*, drawn by this format, holds.

    Raises:
        PeerkitError: If it holds none; the sentence says where it goes wrong.
    """
    try:
        plain = json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise PeerkitError(f"The file is not JSON: {error}.") from None
    if not isinstance(plain, dict) or plain.get("peerkit") != _SCHEMA:
        raise _wrong("", f"does not say “peerkit”: “{_SCHEMA}”")
    own = {name: value for name, value in plain.items() if name != "peerkit"}
    return cast("Document", _object(Document, own, "", 0))


def _object(cls: type, plain: object, where: str, depth: int) -> object:
    if not isinstance(plain, dict):
        raise _wrong(where, "must be an object")
    fields = _declared()[cls]
    own = {name: value for name, value in plain.items() if name != "type" or cls not in _TAGS}
    if unknown := [name for name in own if name not in fields]:
        raise _wrong(where, f"has “{unknown[0]}”, which is not known")
    if missing := [name for name in fields if name not in own]:
        raise _wrong(where, f"lacks “{missing[0]}”")
    head = f"{where}." if where else ""
    values = {name: _value(fields[name], own[name], head + name, depth) for name in fields}
    try:
        return cls(**values)
    except ValueError as error:
        raise _wrong(where, f"cannot be: {error}") from None


def _value(kind: object, plain: object, where: str, depth: int) -> object:
    if depth > _DEPTH:
        raise _wrong(where[:_DEPTH], "is nested too deeply")
    parts = typing.get_args(kind)
    if typing.get_origin(kind) is tuple:
        return _sequence(parts, plain, where, depth + 1)
    if parts:
        return _choice(parts, plain, where, depth + 1)
    if isinstance(kind, type) and attrs.has(kind):
        return _object(kind, plain, where, depth + 1)
    return _scalar(kind, plain, where)


def _sequence(kinds: tuple[object, ...], plain: object, where: str, depth: int) -> object:
    if not isinstance(plain, list):
        raise _wrong(where, "must be a list")
    if kinds[-1] is Ellipsis:
        kinds = (kinds[0],) * len(plain)
    if len(kinds) != len(plain):
        raise _wrong(where, f"must be a list of {len(kinds)}")
    pairs = enumerate(zip(kinds, plain, strict=True))
    return tuple(_value(kind, one, f"{where}[{i}]", depth) for i, (kind, one) in pairs)


def _choice(kinds: tuple[object, ...], plain: object, where: str, depth: int) -> object:
    if type(None) in kinds:
        (kind,) = (kind for kind in kinds if kind is not type(None))
        return None if plain is None else _value(kind, plain, where, depth)
    tag = plain.get("type") if isinstance(plain, dict) else None
    for kind in kinds:
        if isinstance(kind, type) and _TAGS[kind] == tag:
            return _object(kind, plain, where, depth)
    raise _wrong(where, "must have a “type”: " + ", ".join(sorted(_TAGS[cls] for cls in kinds)))


def _scalar(kind: object, plain: object, where: str) -> object:
    read, words = _SCALARS[kind]
    try:
        return read(plain)
    except (TypeError, ValueError):
        raise _wrong(where, f"must be {words}") from None


def _exactly(kind: type) -> Callable[[Any], object]:
    def read(plain: object) -> object:
        if type(plain) is not kind:
            raise TypeError
        return plain

    return read


_SCALARS: dict[object, tuple[Callable[[Any], object], str]] = {
    str: (_exactly(str), "text"),
    int: (_exactly(int), "a whole number"),
    bool: (_exactly(bool), "true or false"),
    bytes: (functools.partial(base64.b64decode, validate=True), "base64"),
    dt.date: (dt.date.fromisoformat, "a day, such as 2022-02-14"),
}


def _wrong(where: str, what: str) -> PeerkitError:
    return PeerkitError(
        f"The file is not a paper as JSON: {where or 'it'} {what}",
        mend="make it again with: peerkit render --as json",
    )


def texts(content: bytes) -> tuple[str, ...]:
    """
    Return every string a reader could find in such a file.
    """

    def strings(plain: object) -> Iterator[str]:
        match plain:
            case str():
                yield plain
            case list():
                for one in plain:
                    yield from strings(one)
            case dict():
                if plain.get("type") == "reference":
                    yield f"{plain['words']} {plain['number']}"
                for name, one in plain.items():
                    yield name
                    yield from strings(one)

    return tuple(strings(json.loads(content)))
