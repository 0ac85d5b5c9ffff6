"""
A register: the records one organisation keeps, and where each value stands.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from types import MappingProxyType

import attrs

from peerkit.config import Configuration
from peerkit.errors import Address, Place, Problem, Severity, UnknownNameError
from peerkit.history import History, Subject
from peerkit.model import Record, RecordKind, WaitingDay, field_specs, link_paths

__all__ = ["Register", "linked_ids"]


def _nowhere(_address: Address) -> tuple[Place, str] | None:
    return None


def linked_ids(record: Record, field: str) -> tuple[str, ...]:
    """
    Return the ids that the link field *field* of *record* holds, none, one or many.
    """
    value = getattr(record, field)
    return (value,) if isinstance(value, str) and value else tuple(value)


@attrs.frozen(kw_only=True)
class Register:
    """
    What a folder of records loads to, perhaps only in part, with its *problems*.

    *records* holds every record that could be taken in, by kind and id, in the
    order of the files. *history* is what happened to them. *waiting_days* say what days
    such as `next meeting` come to. *locate* gives the place and excerpt of an address.
    """

    name: str
    configuration: Configuration
    kinds: Mapping[str, RecordKind]
    records: Mapping[str, Mapping[str, Record]]
    history: History = History()
    waiting_days: Mapping[str, WaitingDay] = MappingProxyType({})
    problems: tuple[Problem, ...] = ()
    locate: Callable[[Address], tuple[Place, str] | None] = attrs.field(
        default=_nowhere, repr=False, eq=False
    )

    @property
    def is_whole(self) -> bool:
        """
        True if all of it could be taken in.
        """
        return not any(problem.severity is Severity.FAULT for problem in self.problems)

    def of_kind(self, kind: str) -> tuple[Record, ...]:
        """
        Return all records of *kind*, in the order of the files.
        """
        return tuple(self.records.get(kind, {}).values())

    def get(self, kind: str, record_id: str) -> Record:
        """
        Return the record of *kind* whose whole id is *record_id*.

        Raises:
            UnknownNameError: If there is none of that kind and id.
        """
        try:
            return self.records[kind][record_id]
        except KeyError:
            near = difflib.get_close_matches(record_id, self.records.get(kind, ()), n=1)
            raise UnknownNameError(
                f"There is no {kind.replace('_', ' ')} “{record_id}” in {self.name}.",
                mend=f"Did you mean “{near[0]}”?"
                if near
                else "Look for its id in the files of the register.",
            ) from None

    def holder(self, record: Record) -> Record | None:
        """
        Return the record that *record* is kept in, inside which its id is unique.
        """
        kind = self.kinds[record.kind]
        folded = record.scope.casefold()
        held = (
            (spec.kinds[0], one)
            for spec in field_specs(type(record))
            if spec.by_position and spec.kinds[0] in kind.scopes
            for one in linked_ids(record, spec.name)
            if one.casefold() == folded
        )
        scope, whole = next(held, (kind.scope, record.scope))
        return self.records.get(scope, {}).get(whole)

    @cached_property
    def _backwards(self) -> Mapping[tuple[str, str, str], tuple[Record, ...]]:
        found: dict[tuple[str, str, str], list[Record]] = {}
        for kind in self.kinds.values():
            names = [p.spec.name for p in link_paths(kind.record) if not p.around]
            for record in self.of_kind(kind.name):
                for name in names:
                    value = getattr(record, name)
                    if not value:
                        continue
                    for target in (value,) if value.__class__ is str else value:
                        found.setdefault((kind.name, name, target), []).append(record)
        return {key: tuple(records) for key, records in found.items()}

    def linking(self, kind: str, field: str, record_id: str) -> tuple[Record, ...]:
        """
        Return the records of *kind* whose link field *field* leads to *record_id*.
        """
        return self._backwards.get((kind, field, record_id), ())

    def digest(self, subject: Subject) -> str:
        """
        Return the digest of the own words of the record that *subject* names.
        """
        from peerkit.history.digests import record_digest  # noqa: PLC0415 - loads OpenSSL

        return record_digest(self.get(*subject))

    def __iter__(self) -> Iterator[Record]:
        for records in self.records.values():
            yield from records.values()

    def located(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """
        Return *problems* with the place of each address filled in, sorted by place.
        """

        def place(problem: Problem) -> Problem:
            if problem.place is not None or problem.address is None:
                return problem
            found = self.locate(problem.address)
            return (
                problem
                if found is None
                else attrs.evolve(problem, place=found[0], excerpt=found[1])
            )

        return tuple(sorted(map(place, problems), key=lambda problem: problem.order))
