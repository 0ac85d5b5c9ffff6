"""
What there is to tell of each kind of record, before it is put into words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from peerkit.judging import Due, Snapshot, Tally, due_soon, overdue, tally
from peerkit.model import Record, RecordKind

__all__ = ["Told", "told_of", "without_rules"]

_FIRST = ("review", "plan", "finding", "action")


@attrs.frozen(kw_only=True)
class Told:
    """
    Records of one kind, the worst first, and how many have which status.

    *tally* is None where the rules give such records neither statuses nor stages.
    """

    kind: RecordKind
    records: tuple[Record, ...]
    late: Mapping[str, Due]
    soon: tuple[Due, ...]
    tally: Tally | None


def told_of(snapshot: Snapshot, wanted: str = "") -> Iterator[Told]:
    """
    Yield what there is to tell of each kind that has rules, or of the one *wanted*.
    """
    kinds = snapshot.register.kinds
    order = (*(one for one in _FIRST if one in kinds), *(one for one in kinds if one not in _FIRST))
    for kind in order:
        if kind in snapshot.rules.kinds and wanted in ("", kind):
            yield _of_kind(snapshot, kinds[kind])


def _of_kind(snapshot: Snapshot, kind: RecordKind) -> Told:
    late = {one.record.id: one for one in overdue(snapshot, kind.name)}
    words = snapshot.table(kind.name)
    rank = {word: index for index, word in enumerate(words.words if words else ())}

    def worst_first(record: Record) -> tuple[int, int]:
        past = late[record.id].past if record.id in late else 0
        return -past, rank.get(snapshot.status(record), 0)

    rules = snapshot.rules.kinds[kind.name]
    axis = "status" if words is not None else "stage"
    return Told(
        kind=kind,
        records=tuple(sorted(snapshot.register.of_kind(kind.name), key=worst_first)),
        late=late,
        soon=due_soon(snapshot, kind.name),
        tally=tally(snapshot, kind.name, axis) if words or rules.lifecycle else None,
    )


def without_rules(snapshot: Snapshot, wanted: str = "") -> tuple[RecordKind, ...]:
    """
    Return the kinds that a status is expected of, have records, and no rules.
    """
    return tuple(
        snapshot.register.kinds[kind]
        for kind in ([wanted] if wanted else _FIRST)
        if kind not in snapshot.rules.kinds and snapshot.register.of_kind(kind)
    )
