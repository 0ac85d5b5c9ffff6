"""
A record as it stands in a file into one with types, and what does not fit its kind.

Kept out: how a single field is read, and where the links lead, which is known by then.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from peerkit.config import Configuration
from peerkit.errors import Address, Fault, Problem, closest, did_you_mean
from peerkit.files.tree import Mapping as LocatedMapping
from peerkit.files.tree import place_of
from peerkit.loading import problems as p
from peerkit.loading.converter import UnstructuredError, structure
from peerkit.loading.declared import MORE, structure_more
from peerkit.loading.records.raw import Raw, a_kind, said
from peerkit.model import FieldSpec, Record, RecordKind, field_specs

__all__ = ["Types"]

_WITHHELD = "withheld"
_NO_REASON = frozenset(("", "yes", "no", "true", "false", "none", "not applicable"))


class Types:
    """
    Gives records the types of their kinds, and tells what does not fit.
    """

    def __init__(
        self,
        kinds: Mapping[str, RecordKind],
        configuration: Configuration,
        problems: list[Problem],
    ) -> None:
        self._configuration = configuration
        self._problems = problems
        self._declared_specs = {
            kind.name: [spec for spec in field_specs(kind.record) if spec.declared_in]
            for kind in kinds.values()
        }

    def typed(self, raw: Raw) -> Record | None:
        """
        Return the record that *raw* is, if it is sound.
        """
        before = len(self._problems)
        is_no_group = MORE in raw.values and not isinstance(raw.values[MORE], LocatedMapping)
        if is_no_group and raw.values.keys() - raw.by_position.keys() == {MORE}:
            message = f"{a_kind(raw.kind).capitalize()} is a group of fields, each on a line below its id."
            self._problems.append(raw.problem(p.WRONG_SHAPE, message, "Write its fields."))
            return None
        given: dict[str, Any] = raw.values
        if None in raw.values.values():
            known = {MORE, *(spec.key for spec in field_specs(raw.kind.record))}
            given = {k: v for k, v in raw.values.items() if v is not None or k not in known}
        if _WITHHELD in raw.values and str(raw.values[_WITHHELD] or "").casefold() in _NO_REASON:
            message = f"“withheld” must say why this {said(raw.kind)} is not shown to the public."
            mend = "Write the reason behind it; take the line out if the record may be shown."
            self._problems.append(raw.problem(p.NO_REASON, message, mend, (_WITHHELD,)))
        if "id" in given:
            message = f"The id of this {said(raw.kind)} is {raw.id}; it is not written again."
            self._problems.append(raw.problem(p.TYPED_TWICE, message, path=("id",), on_key=True))
        given = {**given, "id": raw.id}
        if MORE in given:
            given[MORE] = self._more(raw, given[MORE])
        try:
            record = structure(given, raw.kind.record)
        except UnstructuredError as error:
            from peerkit.loading.faults import faults  # noqa: PLC0415 - only where there are some

            nests = tuple(nest.key for nest in raw.kind.nests if nest.key)
            for fault in faults(error.error, also=(*nests, *self._words(raw))):
                self._problems.append(_located(raw, fault))
            return None
        for spec in self._declared_specs[raw.kind.name]:
            self._declared(raw, spec, getattr(record, spec.name))
        return record if len(self._problems) == before else None

    def _words(self, raw: Raw) -> Iterator[str]:
        for nest in raw.kind.nests:
            if not nest.key:
                yield from nest.keys(self._configuration, (raw.values,)) or ()

    def _more(self, raw: Raw, given: object) -> object:
        if "fields" in self._configuration.broken:
            return {}
        declared = self._configuration.fields.get(raw.kind.name, {})
        made, found = structure_more(given, declared, raw.kind.name)
        self._problems.extend(
            _located(raw, attrs.evolve(fault, path=(MORE, *fault.path))) for fault in found
        )
        return made

    def _declared(self, raw: Raw, spec: FieldSpec, value: str) -> None:
        if spec.declared_in in self._configuration.broken:
            return
        known: Mapping[str, Any] = getattr(self._configuration, spec.declared_in)
        if value and value not in known:
            self._problems.append(
                raw.problem(
                    p.UNKNOWN_WORD,
                    f"“{value}” is not one of the {spec.declared_in} of the configuration.",
                    did_you_mean(closest(value, known))
                    or f"Declared are {', '.join(known) or 'none'}; extend a pack, or declare it.",
                    (spec.key,),
                )
            )


def _located(raw: Raw, fault: Fault) -> Problem:
    path = fault.path
    if raw.kind.short and path and path[0] == raw.kind.short and raw.step is not None:
        holder = raw.holder[raw.step]
        path = path if isinstance(holder, LocatedMapping) else ()
        if not path:
            place = place_of(raw.holder, (raw.step,), raw.tree.source.file)
            return Problem(
                kind=fault.kind,
                message=fault.message,
                mend=fault.mend,
                place=place,
                address=Address(raw.kind.name, raw.id),
                excerpt=raw.tree.source.excerpt(place.line),
            )
    return raw.problem(fault.kind, fault.message, fault.mend, path, on_key=fault.on_key)
