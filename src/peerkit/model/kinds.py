"""
The base of every record, and the declaration of a kind of record.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, ClassVar

import attrs

from peerkit.errors import Address
from peerkit.model.days import Day, DayError, parse_day
from peerkit.model.fields import ByFields, flag, text

__all__ = ["Nest", "Record", "RecordKind", "ToldDay", "WaitingDay"]


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Record(ByFields):
    """
    What every record has. *id* is the whole id, such as ``virtual-school-2021/D1``.

    A plugin's record is an `attrs.frozen(kw_only=True)` class that derives from it and
    names its kind.
    """

    kind: ClassVar[str] = ""

    id: str
    illustrative: bool | None = flag("Made up to show how a paper looks; not of the public record.")
    withheld: str = text("Why this record is not shown to the public; absent if it is.")
    more: Mapping[str, Any] = attrs.field(factory=dict)

    @property
    def local_id(self) -> str:
        """
        The id without its scope: ``D1``.
        """
        return self.id.rpartition("/")[2]

    @property
    def scope(self) -> str:
        """
        The id of the record it belongs to, or nothing.
        """
        return self.id.rpartition("/")[0]

    @property
    def address(self) -> Address:
        """
        Where this record lives in its register.
        """
        return Address(self.kind, self.id)

    def at(self, field: str) -> Address:
        """
        Return the address of one of its fields.
        """
        return Address(self.kind, self.id, field)


def _no_keys(_configuration: Any, _around: tuple[Mapping[str, Any], ...]) -> tuple[str, ...] | None:
    return ()


@attrs.frozen(kw_only=True)
class Nest:
    """
    Where records of *kind* may be nested inside another: under *key*.

    Where the keys depend on the configuration, *keys* gives them, from the
    configuration and the mappings around, the outermost first, or None while that
    cannot be told; the key found is then the value of the nested record's field *sets*.
    """

    kind: str
    key: str = ""
    keys: Callable[[Any, tuple[Mapping[str, Any], ...]], tuple[str, ...] | None] = _no_keys
    sets: str = ""


@attrs.frozen(kw_only=True)
class ToldDay:
    """
    A day of records of *kind* that other records tell, such as that of a decision on it.

    *of* takes the record and its register. Lifecycles may name it like a field.
    """

    kind: str
    name: str
    doc: str
    of: Callable[[Record, Any], Day | None]


def _waiting(words: str) -> str:
    day = parse_day(words)
    if day.is_fixed:
        raise DayError(f"“{words}” waits for nothing")
    return day.words


@attrs.frozen(kw_only=True)
class WaitingDay:
    """
    What a day comes to that waits for something, such as `next meeting`.

    *words* is what is written. *of* takes the record whose day it is, of whatever kind,
    its register, and the day on which it was said, or None if nobody knows; it returns the
    day as far as it is known, or None while that is still to come. A due day was said on
    the day of the resolution that the record arises from; a new one, or one that is asked
    for, on the day of the occasion.
    """

    words: str = attrs.field(converter=_waiting)
    doc: str
    of: Callable[[Record, Any, dt.date | None], Day | None]


@attrs.frozen(kw_only=True)
class RecordKind:
    """
    A kind of record: its *name* in files, its *plural*, the attrs class that holds it.

    *scope* is the kind inside which an id is unique, and *also_in* are others in which a
    record may be kept instead; a link by position to each of those says in which it is.
    *short* is the field that a bare text fills; *nests* are the kinds that may be written
    inside it. *days*, which lifecycles may name like its own fields, are filled in from
    what plugins offer.
    """

    name: str
    plural: str
    record: type[Record]
    doc: str
    scope: str = ""
    also_in: tuple[str, ...] = ()
    short: str = ""
    nests: tuple[Nest, ...] = ()
    days: Mapping[str, ToldDay] = MappingProxyType({})

    @property
    def scopes(self) -> tuple[str, ...]:
        """
        The kinds inside which an id is unique; none where it is unique in the whole register.
        """
        return (self.scope, *self.also_in) if self.scope else ()
