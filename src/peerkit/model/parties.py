"""
Who stands for whom: a post for the person who holds it, a group for its members.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

from peerkit.model.kinds import Record
from peerkit.model.records import Party

__all__ = ["acting_as", "standing_for"]

Parties = Mapping[str, Record]


def acting_as(party: str, parties: Parties) -> frozenset[str]:
    """
    Return who acts when *party* does: itself and, for a post, the person who holds it.
    """
    found = parties.get(party)
    holder = cast("Party", found).held_by if found is not None else ""
    return frozenset((party, holder)) if holder else frozenset((party,))


def standing_for(wanted: Iterable[str], parties: Parties) -> frozenset[str]:
    """
    Return everyone who counts as one of *wanted*: holders of posts, members of groups.
    """
    seen: set[str] = set()
    todo = list(wanted)
    while todo:
        one = todo.pop()
        if one in seen:
            continue
        seen.add(one)
        found = cast("Party | None", parties.get(one))
        if found is not None:
            todo += found.members
            if found.held_by:
                todo.append(found.held_by)
    return frozenset(seen)
