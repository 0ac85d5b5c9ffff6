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
    Return who acts when *party* does: itself, for a post the person who holds it, and for
    a group that is but one person that person.
    """
    found = cast("Party | None", parties.get(party))
    if found is None:
        return frozenset((party,))
    if found.held_by:
        return frozenset((party, found.held_by))
    if found.members:
        persons = {one for one in standing_for((party,), parties) if _is_person(one, parties)}
        if len(persons) == 1:
            return frozenset((party, *persons))
    return frozenset((party,))


def _is_person(party: str, parties: Parties) -> bool:
    found = cast("Party | None", parties.get(party))
    return found is not None and found.is_a == "person"


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
