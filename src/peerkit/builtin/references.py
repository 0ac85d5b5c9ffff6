"""
Cross-references in prose: each leads to a part of its own record that has that name.

What cannot be told before a paper is composed, such as a named part without a number,
is told when it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from peerkit.errors import Address, Problem, ProblemKind, Severity
from peerkit.judging import Snapshot
from peerkit.model import FieldKind, FieldSpec, field_specs

__all__ = ["BAD_REFERENCE", "bad_references"]

BAD_REFERENCE = ProblemKind(
    code="bad-reference",
    severity=Severity.ERROR,
    meaning="A cross-reference leads to no numbered part of its paper, or two parts have one name.",
    mend="Name a numbered part, or drop the reference.",
)

_REFERENCE = re.compile(r"\]\(#([^()\s]+)\)")
_PROSE = frozenset((FieldKind.PROSE, FieldKind.PROSES, FieldKind.PAIRS))
_GROUPS = frozenset((FieldKind.GROUP, FieldKind.GROUPS, FieldKind.NAMED))
_SPECS: dict[type, tuple[FieldSpec, ...]] = {}


def bad_references(snapshot: Snapshot) -> Iterator[Problem]:
    """
    Yield every reference to a name that its record does not give, or gives twice.
    """
    for record in snapshot.register:
        if not _may_refer(record):
            continue
        names: dict[str, str] = {}
        references: list[tuple[str, str]] = []
        for path, spec, value in _telling(record, ""):
            if not spec.is_anchor:
                references += [(path, name) for name in _references(value)]
            elif names.setdefault(str(value), path) != path:
                yield _problem(f"Two parts are named “{value}”.", record.at(path))
        for path, name in references:
            if name not in names:
                kind = record.kind.replace("_", " ")
                known = ", ".join(f"#{one}" for one in names) or "there are none"
                said = f"“#{name}” is the name of no part of this {kind}: {known}."
                yield _problem(said, record.at(path))


def _may_refer(record: object) -> bool:
    """
    False if it is plain that *record* holds no reference and gives no name.
    """
    return any(
        (value := getattr(record, spec.name)) and (type(value) is not str or "](#" in value)
        for spec in _specs(type(record))
    )


def _specs(cls: type) -> tuple[FieldSpec, ...]:
    if cls not in _SPECS:
        _SPECS[cls] = tuple(
            spec
            for spec in field_specs(cls)
            if spec.is_anchor or spec.kind in _PROSE or spec.kind in _GROUPS
        )
    return _SPECS[cls]


def _telling(part: object, around: str) -> Iterator[tuple[str, FieldSpec, object]]:
    """
    Yield every field that holds prose or a name, with the path to it.
    """
    for spec in _specs(type(part)):
        value = getattr(part, spec.name)
        if not value:
            continue
        path = f"{around}{spec.key}"
        if spec.kind not in _GROUPS:
            yield path, spec, value
        elif isinstance(value, Mapping):
            for name, one in value.items():
                yield from _telling(one, f"{path}/{name}/")
        elif isinstance(value, tuple):
            for index, one in enumerate(value):
                yield from _telling(one, f"{path}/{index}/")
        elif spec.kind is FieldKind.GROUP:
            yield from _telling(value, f"{path}/")


def _references(value: object) -> Iterator[str]:
    if isinstance(value, str):
        if "](#" in value:
            yield from _REFERENCE.findall(value)
    elif isinstance(value, tuple):
        for one in value:
            yield from _references(getattr(one, "text", one))


def _problem(message: str, address: Address) -> Problem:
    return Problem(kind=BAD_REFERENCE, message=message, address=address)
