"""
Checks that what records say is printed somewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from peerkit import Check, Record, Register, Snapshot
from peerkit.errors import Address, Problem, ProblemKind, Severity
from peerkit_committee.checks.filling import (
    has_text,
    held_by,
    misfit,
    value_of,
    ways,
)
from peerkit_committee.checks.own_day import own_papers
from peerkit_committee.papers.parts import MORE, PARTS, TableParts, part_of
from peerkit_committee.records import CommitteeReport

__all__ = ["CHECKS"]

_Held = tuple[str, str, Address, Any]
"""What a record holds: the field, the part that shows it, its address, the value."""

_Unshown = dict[tuple[str, str], list[Address]]
"""Where a field is filled that is not shown, by the field and what could show it."""

NOT_PRINTED = ProblemKind(
    code="written-but-not-printed",
    severity=Severity.ERROR,
    meaning="A report says something that no section and no line of its front sheet shows, "
    "because the council's configuration has none for it.",
    mend="Add a section or line that shows it in peerkit.yaml, or take it out of the report.",
)
WAITING = ProblemKind(
    code="written-but-waiting",
    severity=Severity.WARNING,
    meaning="A record says something that its paper does not print as things stand: what shows "
    "it waits for a fact that does not hold.",
    mend="Look at “when” in the configuration, or take the text out of the record.",
)
NOT_SHOWN = ProblemKind(
    code="not-shown",
    severity=Severity.ADVICE,
    meaning="Records fill a field that their paper does not show as it is configured.",
    mend="Add a section, line or column that shows it in peerkit.yaml, if readers should have it.",
)


def _held(snapshot: Snapshot, paper: str, record: Record) -> Iterator[_Held]:
    for field, part in PARTS[paper].texts.items():
        yield field, part, record.at(field), value_of(snapshot, record, field)
    yield from _added(record)


def _added(record: Record) -> Iterator[_Held]:
    for key, value in record.more.items():
        yield f"{MORE}{key}", f"{MORE}{key}", record.at(f"more/{key}"), value


def _own(record: Record) -> Iterator[_Held]:
    if isinstance(record, CommitteeReport):
        for key, passage in record.text.items():
            yield key, key, record.at(f"text/{key}"), passage


def _printed(snapshot: Snapshot) -> Iterator[Problem]:
    unshown: _Unshown = {}
    for paper, record, _, settings in own_papers(snapshot):
        parts, shown = PARTS[paper], tuple(ways(paper, settings))
        for field, part, address, value in (*_held(snapshot, paper, record), *_own(record)):
            waits = [misfit(snapshot, record, when) for by, when in shown if by == part]
            if not all(waits) or not has_text(value):
                continue
            if waits:
                yield Problem(
                    kind=WAITING,
                    message=f"“{field}” is filled, but what shows it {waits[0]}.",
                    address=address,
                )
            elif field in parts.texts and isinstance(record, CommitteeReport):
                where = "section" if part in parts.sections else "line of the front sheet"
                yield Problem(
                    kind=NOT_PRINTED,
                    message=f"“{field}” is filled, but no {where} shows it here.",
                    address=address,
                )
            elif parts.whole and (field in parts.texts or field.startswith(MORE)):
                where = f"section or line of the front sheet of {paper}"
                unshown.setdefault((field, where), []).append(address)
    yield from _advice(unshown)


def _columns(snapshot: Snapshot) -> Iterator[Problem]:
    unshown: _Unshown = {}
    for paper, record, _, settings in own_papers(snapshot):
        for key, table in PARTS[paper].tables.items() if PARTS[paper].whole else ():
            columns = getattr(settings, key).items()
            shown = {part_of(name, column.show) for name, column in columns}
            shown |= {table.also[part] for part in shown if part in table.also}
            for field, part, address, value in _in_rows(snapshot.register, table, record):
                if part not in shown and has_text(value):
                    where = f"column ({key}) of {paper}"
                    unshown.setdefault((field, where), []).append(address)
    yield from _advice(unshown)


def _in_rows(register: Register, table: TableParts, record: Record) -> Iterator[_Held]:
    if table.in_list:
        rows = getattr(record, table.section)
        for index, row in enumerate(rows if isinstance(rows, tuple) else ()):
            for field in table.keeps:
                at = record.at(f"{table.section}/{index}/{field}")
                yield field, field, at, held_by(row, field)
        return
    for one in register.linking(table.kind, record.kind, record.id):
        for field in table.keeps:
            yield field, field, one.at(field), held_by(one, field)
        yield from _added(one)


def _advice(unshown: _Unshown) -> Iterator[Problem]:
    for (field, where), addresses in unshown.items():
        times = f" {len(addresses)} times" if len(addresses) > 1 else ""
        yield Problem(
            kind=NOT_SHOWN,
            message=f"“{field}” is filled{times}, and no {where} shows it.",
            mend=f"Show it in peerkit.yaml (show: {field}), or leave it, if nobody is to read it."
            if field.startswith(MORE)
            else "",
            address=addresses[0],
        )


CHECKS: tuple[Check, ...] = (
    Check(
        name="printed",
        doc="What a record says is printed by a section or a line of a front sheet.",
        finds=(NOT_PRINTED, WAITING, NOT_SHOWN),
        sections=("papers", "fields", "impacts", "strategic_plan", "review_kinds"),
        find=_printed,
    ),
    Check(
        name="columns",
        doc="What a row says is printed in a column.",
        finds=(NOT_SHOWN,),
        sections=("papers", "fields"),
        find=_columns,
    ),
)
