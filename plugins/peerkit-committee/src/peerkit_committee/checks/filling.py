"""
What records have filled in, and what of their papers shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, cast

from peerkit import Absence, Record, Register, Review, Snapshot
from peerkit_committee.checks.own_day import in_force
from peerkit_committee.configuration import FrontSheet, PaperSettings
from peerkit_committee.matters import found
from peerkit_committee.papers.parts import MORE, PARTS, part_of
from peerkit_committee.records import AgendaItem, CommitteeReport, Passage, Resolution

__all__ = [
    "When",
    "has_text",
    "held_by",
    "is_filled",
    "listed",
    "misfit",
    "papers",
    "reports",
    "sheets",
    "value_of",
    "ways",
]

When = Mapping[str, tuple[str, ...]]
_ATTRIBUTES = {"scope": "scope_text", "owner": "owners"}


def listed(words: Iterable[str]) -> str:
    """
    Return *words* as a list for a message.

    >>> listed(())
    'there are none'
    """
    return ", ".join(words) or "there are none"


def reports(register: Register) -> tuple[CommitteeReport, ...]:
    """
    Return all reports.
    """
    return cast("tuple[CommitteeReport, ...]", register.of_kind(CommitteeReport.kind))


def papers(snapshot: Snapshot) -> Iterator[tuple[str, PaperSettings]]:
    """
    Yield the name and the settings of each of our papers that is configured on the snapshot's day.
    """
    for paper in PARTS:
        settings = snapshot.configuration.papers.get(paper)
        if settings is not None:
            yield paper, cast("PaperSettings", settings)


def sheets(settings: PaperSettings) -> Mapping[str, FrontSheet]:
    """
    Return the front sheet of a paper and its boxes, those that there are.
    """
    found = {name: getattr(settings, name, None) for name in ("front_sheet", "boxes")}
    return {name: sheet for name, sheet in found.items() if sheet is not None}


def ways(paper: str, settings: PaperSettings) -> Iterator[tuple[str, When]]:
    """
    Yield every part that a line of the front sheet or a section shows, with its `when`.
    """
    parts = PARTS[paper]
    for sheet in sheets(settings).values():
        for key, line in sheet.fields.items():
            part = part_of(key, line.show)
            if part in parts.fields or part.startswith(MORE):
                yield part, line.when
    for key, section in settings.sections.items():
        part = part_of(key, section.show)
        if parts.own_sections or part in parts.sections or part.startswith(MORE):
            yield part, section.when


def misfit(snapshot: Snapshot, record: Record, when: When) -> str:
    """
    Return what *when* waits for, in words, or nothing if it holds.

    A fact that there is not is a problem of its own, found when the configuration is read.
    """
    for fact, wanted in when.items():
        if (record.kind, fact) not in snapshot.facts:
            continue
        answer = snapshot.ask(record, fact)
        if answer not in wanted:
            return f"waits until “{fact}” is {' or '.join(wanted)}; it is {answer}"
    return ""


def is_filled(value: object) -> bool:
    """
    True if *value* says something.
    """
    match value:
        case None:
            return False
        case str():
            return bool(value.strip())
        case Passage():
            return bool(value.text.strip() or value.not_applicable.strip() or value.show)
        case Mapping():
            return any(map(is_filled, value.values()))
        case tuple():
            return any(map(is_filled, value))
        case _:
            return True


def _statement(snapshot: Snapshot, record: Record) -> object:
    configuration = in_force(snapshot, "review-report", record)
    kind = configuration.review_kinds.get(cast("Review", record).review_kind)
    return kind.statement if kind else ""


def _unthemed(snapshot: Snapshot, record: Record) -> object:
    findings: Any = snapshot.register.linking("finding", "review", record.id)
    return tuple(finding for finding in findings if not finding.themes)


def _linking(kind: str, field: str) -> Callable[[Snapshot, Record], object]:
    return lambda snapshot, record: snapshot.register.linking(kind, field, record.id)


def _of_item(field: str) -> Callable[[Snapshot, Record], object]:
    """
    Return what gives a resolution's own text, or that of its item's minute.
    """

    def held(snapshot: Snapshot, record: Record) -> object:
        own = getattr(record, field)
        item = found(AgendaItem, cast("Resolution", record).item, snapshot.register)
        return own or getattr(item, field, "")

    return held


_ELSEWHERE: Mapping[tuple[str, str], Callable[[Snapshot, Record], object]] = {
    ("plan", "actions"): _linking("action", "plan"),
    ("review", "themes"): _linking("theme", "review"),
    ("review", "findings"): _unthemed,
    ("review", "statement"): _statement,
    **{("resolution", field): _of_item(field) for field in ("reasons", "options", "interests")},
}


def value_of(snapshot: Snapshot, record: Record, field: str) -> Any:
    """
    Return what *record*, or the register about it, holds for a field or an added one.
    """
    if field.startswith(MORE):
        return record.more.get(field.removeprefix(MORE))
    elsewhere = _ELSEWHERE.get((record.kind, field))
    return elsewhere(snapshot, record) if elsewhere else held_by(record, field)


def held_by(row: object, field: str) -> Any:
    """
    Return what a record, or one row of a list in it, holds under a key.
    """
    return getattr(row, _ATTRIBUTES.get(field, field), None)


def has_text(value: object) -> bool:
    """
    True if *value* says something that would be lost if it were not printed.
    """
    return is_filled(value) and not (isinstance(value, Absence) and not value.reason)
