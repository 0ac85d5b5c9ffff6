"""
How a record's fields are declared: once, for loading, links, `explain` and columns.

Each function below makes an attrs field that carries a `FieldSpec`. What is kept
out: how text is read into a field.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, NewType

import attrs

__all__ = [
    "ANY_NAME",
    "Absence",
    "ByFields",
    "FieldKind",
    "FieldSpec",
    "LinkPath",
    "Pair",
    "Prose",
    "cells",
    "choice",
    "day",
    "field_specs",
    "flag",
    "group",
    "groups",
    "keys",
    "link",
    "link_paths",
    "links",
    "named",
    "names",
    "number",
    "pairs",
    "prose",
    "proses",
    "rows",
    "text",
    "texts",
    "words",
]

Prose = NewType("Prose", str)
"""Text in Markdown."""

ANY_NAME = "*"
_SPEC = "peerkit"
_NOTHING: Mapping[str, Any] = MappingProxyType({})


@attrs.frozen
class Absence:
    """
    Something stated to be absent: *none*, or *not applicable* for a reason.

    It is an answer. A field that is simply not there is a gap.
    """

    words: str
    reason: str = ""

    def __str__(self) -> str:
        return self.words


class FieldKind(enum.Enum):
    """
    What a field holds, in the words `explain` uses.
    """

    TEXT = "text"
    TEXTS = "texts"
    PROSE = "Markdown"
    PROSES = "one or several texts in Markdown"
    DAY = "day"
    CHOICE = "one of"
    FLAG = "yes or no"
    LINK = "link to a"
    LINKS = "links to"
    GROUP = "group of fields"
    GROUPS = "list of groups of fields"
    NAMED = "group of fields for each name"
    WORDS = "text for each name"
    KEYS = "list of names"
    NAMES = "one or several names"
    PAIRS = "list of texts, each perhaps behind a word and a colon"
    CELLS = "facts, each with the answers that fit"
    ROWS = "list of rows, each of facts with the answers that fit"
    NUMBER = "whole number"


@attrs.frozen(kw_only=True)
class FieldSpec:
    """
    What is known of one field: its *key* in a file, what it holds, what it means.

    *kinds* are the record kinds a link may lead to; *choices* the words of a
    choice; *inner* the class of a group. *by_position* links are filled from where
    a record is nested; *opens* links let records in this scope name what lies in the
    linked one by its short id. *may_be_absent* fields take an `Absence`. A bare text
    where a group is expected fills the group's field *short*. A text with *declared_in*
    must be a name in that section of the configuration; one that *is_name* is a word of
    the configuration otherwise, and no free text either; one that *is_anchor* is what
    cross-references in the same record call the group it stands in. Where *rows_of* names
    a kind of record, the named groups are rows: a record of that kind belongs to the first
    whose `when` fits.
    """

    name: str = ""
    key: str = ""
    kind: FieldKind
    doc: str
    required: bool = False
    kinds: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    inner: type | None = None
    by_position: bool = False
    opens: bool = False
    may_be_absent: bool = False
    short: str = ""
    declared_in: str = ""
    is_name: bool = False
    is_anchor: bool = False
    rows_of: str = ""


@attrs.frozen
class Pair:
    """
    A text behind a word: ``receive and note: the outcomes``. The word may be empty.
    """

    word: str
    text: Prose

    def __str__(self) -> str:
        return f"{self.word} {self.text}".strip()


class ByFields:
    """
    What is equal if all its fields are, without code that attrs writes for each class.

    Writing such code for all kinds of record takes longer than checking a small register.
    Their classes are `attrs.frozen(kw_only=True, eq=False, repr=False)`.
    """

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in self._names())

    def __hash__(self) -> int:
        values = (getattr(self, name) for name in self._names())
        return hash((self.__class__, *(one for one in values if isinstance(one, str))))

    def __repr__(self) -> str:
        said = (f"{name}={value!r}" for name in self._names() if (value := getattr(self, name)))
        return f"{self.__class__.__name__}({', '.join(said)})"

    def _names(self) -> Iterator[str]:
        cls: Any = self.__class__
        return (one.name for one in attrs.fields(cls))


def _make(kind: FieldKind, doc: str, default: Any, *, key: str = "", **spec: Any) -> Any:
    required = spec.get("required", False)
    declared = FieldSpec(kind=kind, doc=doc, key=key, **spec)
    metadata = {_SPEC: declared}
    return (
        attrs.field(metadata=metadata)
        if required
        else attrs.field(default=default, metadata=metadata)
    )


def text(
    doc: str,
    *,
    required: bool = False,
    key: str = "",
    may_be_absent: bool = False,
    declared_in: str = "",
    is_name: bool = False,
    is_anchor: bool = False,
) -> Any:
    """
    Declare plain text; annotate it `str`, or `str | Absence` if it may be absent.
    """
    return _make(
        FieldKind.TEXT,
        doc,
        "",
        required=required,
        key=key,
        may_be_absent=may_be_absent,
        declared_in=declared_in,
        is_name=is_name or is_anchor or bool(declared_in),
        is_anchor=is_anchor,
    )


def texts(doc: str, *, required: bool = False, key: str = "", may_be_absent: bool = False) -> Any:
    """
    Declare one or several plain texts; annotate `tuple[str, ...]`.
    """
    return _make(FieldKind.TEXTS, doc, (), required=required, key=key, may_be_absent=may_be_absent)


def prose(doc: str, *, required: bool = False, key: str = "", may_be_absent: bool = False) -> Any:
    """
    Declare Markdown; annotate it `Prose`, or `Prose | Absence` if it may be absent.
    """
    empty = Prose("")
    return _make(
        FieldKind.PROSE, doc, empty, required=required, key=key, may_be_absent=may_be_absent
    )


def proses(doc: str, *, required: bool = False, key: str = "") -> Any:
    """
    Declare one or several texts in Markdown; annotate `tuple[Prose, ...]`.
    """
    return _make(FieldKind.PROSES, doc, (), required=required, key=key)


def day(doc: str, *, required: bool = False, key: str = "") -> Any:
    """
    Declare a day, exact or not; annotate it `Day | None`, or `Day` if required.
    """
    return _make(FieldKind.DAY, doc, None, required=required, key=key)


def choice(
    doc: str, *choices: str, required: bool = False, default: str = "", key: str = ""
) -> Any:
    """
    Declare one word out of *choices*; annotate it `str`. It is a fact by itself.
    """
    return _make(FieldKind.CHOICE, doc, default, required=required, choices=choices, key=key)


def flag(doc: str, *, required: bool = False, key: str = "") -> Any:
    """
    Declare yes or no; annotate it `bool | None`. It is a fact by itself.
    """
    return _make(FieldKind.FLAG, doc, None, required=required, choices=("yes", "no"), key=key)


def link(
    doc: str, *kinds: str, required: bool = False, by_position: bool = False, key: str = ""
) -> Any:
    """
    Declare a link to one record of *kinds*; annotate it `str`, the record's whole id.
    """
    return _make(
        FieldKind.LINK, doc, "", required=required, kinds=kinds, by_position=by_position, key=key
    )


def links(
    doc: str,
    *kinds: str,
    required: bool = False,
    by_position: bool = False,
    opens: bool = False,
    key: str = "",
) -> Any:
    """
    Declare links to records of *kinds*; annotate `tuple[str, ...]`, their whole ids.
    """
    return _make(
        FieldKind.LINKS,
        doc,
        (),
        required=required,
        kinds=kinds,
        by_position=by_position,
        opens=opens,
        key=key,
    )


def group(
    doc: str,
    inner: type,
    *,
    default: Any = None,
    key: str = "",
    short: str = "",
    required: bool = False,
) -> Any:
    """
    Declare fields of their own under one key; annotate it with *inner* or None.
    """
    return _make(
        FieldKind.GROUP, doc, default, inner=inner, key=key, short=short, required=required
    )


def groups(
    doc: str, inner: type, *, key: str = "", may_be_absent: bool = False, short: str = ""
) -> Any:
    """
    Declare a list of groups; annotate `tuple[inner, ...]`.

    Where *short* names a field, one group needs no list, and a text is a group.
    """
    return _make(
        FieldKind.GROUPS, doc, (), inner=inner, key=key, may_be_absent=may_be_absent, short=short
    )


def named(doc: str, inner: type, *, key: str = "", short: str = "", rows_of: str = "") -> Any:
    """
    Declare a group of fields for each name; annotate `Mapping[str, inner]`.

    With *rows_of*, a kind of record, they are rows: *inner* has cells called `when`, and
    it is proven that every record of the kind belongs to one.
    """
    return _make(FieldKind.NAMED, doc, _NOTHING, inner=inner, key=key, short=short, rows_of=rows_of)


def words(doc: str, *, key: str = "") -> Any:
    """
    Declare a text for each name; annotate `Mapping[str, str]`.
    """
    return _make(FieldKind.WORDS, doc, _NOTHING, key=key)


def keys(doc: str, *, key: str = "", required: bool = False) -> Any:
    """
    Declare a list of names, always written as a list; annotate `tuple[str, ...]`.
    """
    return _make(FieldKind.KEYS, doc, (), key=key, required=required)


def names(doc: str, *, key: str = "", required: bool = False) -> Any:
    """
    Declare one name or a list of several; annotate `tuple[str, ...]`.
    """
    return _make(FieldKind.NAMES, doc, (), key=key, required=required)


def pairs(doc: str, *, key: str = "") -> Any:
    """
    Declare texts, each perhaps behind a word; annotate `tuple[Pair, ...]`.
    """
    return _make(FieldKind.PAIRS, doc, (), key=key)


def cells(doc: str, *, key: str = "") -> Any:
    """
    Declare facts with the answers that fit; annotate `Mapping[str, tuple[str, ...]]`.
    """
    return _make(FieldKind.CELLS, doc, _NOTHING, key=key)


def rows(doc: str, *, key: str = "") -> Any:
    """
    Declare rows of cells; annotate `tuple[Mapping[str, tuple[str, ...]], ...]`.
    """
    return _make(FieldKind.ROWS, doc, (), key=key)


def number(doc: str, *, default: int | None = None, key: str = "") -> Any:
    """
    Declare a whole number; annotate it `int`, or `int | None` without a default.
    """
    return _make(FieldKind.NUMBER, doc, default, key=key)


_specs: dict[type, tuple[FieldSpec, ...]] = {}
_paths: dict[type, tuple[LinkPath, ...]] = {}


def field_specs(record: type) -> tuple[FieldSpec, ...]:
    """
    Return the declared fields of an attrs class, in order, with their names and keys.
    """
    if record not in _specs:
        _specs[record] = _field_specs(record)
    return _specs[record]


def _field_specs(record: type) -> tuple[FieldSpec, ...]:
    return tuple(
        attrs.evolve(
            spec := attribute.metadata[_SPEC],
            name=attribute.name,
            key=spec.key or attribute.name,
        )
        for attribute in attrs.fields(record)
        if _SPEC in attribute.metadata
    )


@attrs.frozen
class LinkPath:
    """
    Where a link field lies: its spec, and the keys of the groups around it.

    `ANY_NAME` stands for every name of a group that is written by name.
    """

    around: tuple[str, ...]
    spec: FieldSpec


def link_paths(record: type) -> tuple[LinkPath, ...]:
    """
    Return every link field of *record*, those inside its groups included.
    """
    if record not in _paths:
        _paths[record] = tuple(_link_paths(record))
    return _paths[record]


def _link_paths(record: type) -> Iterator[LinkPath]:

    def below(inner: type, around: tuple[str, ...]) -> Iterator[LinkPath]:
        for spec in field_specs(inner):
            if spec.kinds:
                yield LinkPath(around, spec)
            elif spec.inner is not None:
                named = (ANY_NAME,) if spec.kind is FieldKind.NAMED else ()
                yield from below(spec.inner, (*around, spec.key, *named))

    return below(record, ())
