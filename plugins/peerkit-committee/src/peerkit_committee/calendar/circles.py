"""
Rules for deadlines that would ask what follows from deadlines: nobody could work them out.
"""

from __future__ import annotations

from collections.abc import Iterator

from peerkit import Configuration
from peerkit_committee.configuration import DeadlineRule

__all__ = ["COUNTED", "turning"]

COUNTED = frozenset(
    (("committee_report", "published"), ("committee_report", "notice"), ("review", "clock"))
)
"""The facts, by kind of record, that follow from its deadlines."""


def turning(rule: DeadlineRule, configuration: Configuration) -> Iterator[str]:
    """
    Yield the facts *rule* asks that follow from deadlines themselves, by whatever tables.
    """
    for fact in rule.when:
        if _is_counted(rule.of, fact, configuration, set()):
            yield fact


def _is_counted(kind: str, fact: str, configuration: Configuration, seen: set[str]) -> bool:
    if (kind, fact) in COUNTED:
        return True
    if fact in seen:
        return False
    seen.add(fact)
    rules = configuration.rules.get(kind)
    return any(
        _is_counted(kind, one, configuration, seen)
        for axis, table in (rules.tables if rules is not None else ())
        if fact == (axis if axis == "status" else f"{axis} rating")
        for row in table.rows
        for one in row
    )
