"""
A register judged on a day: what stands where.

Pure: the same register and day give the same snapshot. Knows no clock.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from peerkit.errors import UnknownNameError
from peerkit.facts import Fact
from peerkit.model import Absence, Day, FieldKind, Pair, Record, field_specs
from peerkit.register import Register

__all__ = ["Snapshot", "judge"]


@attrs.frozen(kw_only=True)
class Snapshot:
    """
    *register* as it stands *on* a day; *facts* are the questions that can be asked.
    """

    register: Register
    on: dt.date
    facts: Mapping[tuple[str, str], Fact] = attrs.field(repr=False)

    def ask(self, record: Record, fact: str) -> str:
        """
        Return the answer of *record* to the fact of that name.

        Raises:
            UnknownNameError: If records of its kind have no such fact.
        """
        try:
            found = self.facts[record.kind, fact]
        except KeyError:
            raise UnknownNameError(f"A {record.kind} has no fact “{fact}”.") from None
        return found.ask(record, self.register, self.on)

    def rows(self, plural: str) -> list[dict[str, Any]]:
        """
        Return all records of one kind as plain rows: text, numbers, yes/no, lists.

        *plural* is the kind's plural, such as ``actions``. Days come as their
        printed words, beside their first and last day in ISO 8601. Groups of fields
        come as lists of rows.

        Raises:
            UnknownNameError: If no kind has that plural.
        """
        for kind in self.register.kinds.values():
            if kind.plural == plural:
                return [{"id": r.id, **dict(_row(r))} for r in self.register.of_kind(kind.name)]
        known = ", ".join(sorted(kind.plural for kind in self.register.kinds.values()))
        raise UnknownNameError(f"There are no “{plural}”.", mend=f"There are {known}.")


def _plain(value: object) -> Any:
    match value:
        case Absence():
            return f"{value.words}: {value.reason}" if value.reason else value.words
        case Pair():
            return {"word": value.word, "text": value.text}
        case tuple():
            return [_plain(one) for one in value]
        case Mapping():
            return {key: _plain(one) for key, one in value.items()}
        case _ if attrs.has(type(value)):
            return dict(_row(value))
        case _:
            return value


def _row(record: object) -> Iterator[tuple[str, Any]]:
    for spec in field_specs(type(record)):
        value = getattr(record, spec.name)
        if spec.kind is FieldKind.DAY:
            first, last = (value.first, value.last) if isinstance(value, Day) else (None, None)
            yield spec.key, str(value) if value else ""
            yield f"{spec.key}_first", first.isoformat() if first else ""
            yield f"{spec.key}_last", last.isoformat() if last else ""
        else:
            yield spec.key, _plain(value)
    for key, value in getattr(record, "more", {}).items():
        yield key, str(value) if isinstance(value, Day) else _plain(value)


def judge(register: Register, on: dt.date, facts: Mapping[tuple[str, str], Fact]) -> Snapshot:
    """
    Return *register* as it stands *on* a day.
    """
    return Snapshot(register=register, on=on, facts=facts)
