"""
Chains: for each record, which sealed entry follows which; and the order that gives.

Takes seals at their word. Kept out: whether they are true (verifying).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

import attrs

from peerkit.errors import RefusedError
from peerkit.history.digests import Ties
from peerkit.history.occasions import Event, Heads, History, Occasion, Seal, Subject

__all__ = [
    "Chain",
    "Seals",
    "annulled",
    "chains",
    "cut",
    "effective",
    "heads",
    "ordered",
    "ties_of",
]

Seals = Mapping[str, Mapping[Subject, Seal]]
"""Seals by the name of their occasion and the record their entry is about."""

_NO_SEALS: Seals = MappingProxyType({})


class Chain:
    """
    The sealed entries of one record by digest, and which of them none follows yet.

    Where two officers went on from the same entry there are two such *tips*, until an
    occasion settles it by following both.
    """

    __slots__ = ("_followed", "after", "events", "tips")

    def __init__(self) -> None:
        self.after: dict[str, tuple[str, ...]] = {}
        self.events: dict[str, Event] = {}
        self.tips: dict[str, None] = {}
        self._followed: set[str] = set()

    def add(self, event: Event, digest: str, after: tuple[str, ...]) -> None:
        """
        Add an entry that follows those with the digests *after*.
        """
        if digest in self.events:
            return
        self.after[digest] = after
        self.events[digest] = event
        for one in after:
            self.tips.pop(one, None)
        self._followed.update(after)
        if digest not in self._followed:
            self.tips[digest] = None

    def up_to(self, digests: Iterable[str]) -> set[str]:
        """
        Return *digests* and those of all entries before them.
        """
        found: set[str] = set()
        todo = [*digests]
        while todo:
            digest = todo.pop()
            if digest in self.events and digest not in found:
                found.add(digest)
                todo.extend(self.after[digest])
        return found

    def is_settled_by(self, occasion: Occasion, tips: Iterable[str] | None = None) -> bool:
        """
        True if *occasion* names, among what it settles, one of the branch of each tip.
        """
        branches = [self.up_to([tip]) for tip in (self.tips if tips is None else tips)]
        shared = set.intersection(*branches)
        return all(
            any(self.events[digest].occasion.name in occasion.settles for digest in branch - shared)
            for branch in branches
        )


def chains(history: History) -> dict[Subject, Chain]:
    """
    Return the chain of every record that has sealed entries.
    """
    found: dict[Subject, Chain] = {}
    for subject in history.subjects:
        chain = Chain()
        for event in history.of(subject):
            if event.seal:
                chain.add(event, event.seal.digest, event.seal.after)
        if chain.events:
            found[subject] = chain
    return found


def ordered(occasions: Iterable[Occasion]) -> tuple[Occasion, ...]:
    """
    Return *occasions* by day; those of one day as their chains say, then by name.

    What is not sealed yet follows what is, and what corrects or settles others follows
    them. Where all that goes in a circle, day and name alone decide.
    """
    found = sorted(occasions, key=lambda one: (one.day, one.name))
    after = _after(found)
    if all(before < index for index, befores in enumerate(after) for before in befores):
        return tuple(found)
    return tuple(found[index] for index in _sorted(after))


def _after(occasions: list[Occasion]) -> list[set[int]]:
    """
    Return for each occasion the indices of those that it follows.
    """
    holders: dict[tuple[Subject, str], list[int]] = {}
    last: dict[Subject, dict[str, list[int]]] = {}
    for index, occasion in enumerate(occasions):
        for subject, seal in occasion.seals.items():
            holding = holders.setdefault((subject, seal.digest), [])
            holding.append(index)
            last.setdefault(subject, {})[seal.digest] = holding
    after: list[set[int]] = []
    for occasion in occasions:
        befores: set[int] = set()
        for subject, seal in occasion.seals.items():
            for digest in seal.after:
                befores.update(holders.get((subject, digest), ()))
                last[subject].pop(digest, None)
        after.append(befores)
    by_name = {one.name: index for index, one in enumerate(occasions)}
    for index, occasion in enumerate(occasions):
        after[index].update(_unsealed_after(occasion, last))
        for name in (*occasion.corrects, *occasion.settles):
            other = by_name.get(name, index)
            if occasions[other].day <= occasion.day:
                after[index].add(other)
        after[index].discard(index)
    return after


def _unsealed_after(
    occasion: Occasion, last: Mapping[Subject, Mapping[str, list[int]]]
) -> Iterator[int]:
    for subject in occasion.entries:
        if subject not in occasion.seals:
            for holding in last.get(subject, {}).values():
                yield from holding


def _sorted(after: list[set[int]]) -> Iterator[int]:
    """
    Yield the indices so that each comes after those it follows, the smallest first.
    """
    import heapq  # noqa: PLC0415 - days nearly always do

    followers: list[list[int]] = [[] for _ in after]
    missing = [len(befores) for befores in after]
    for index, befores in enumerate(after):
        for before in befores:
            followers[before].append(index)
    ready = [index for index, count in enumerate(missing) if not count]
    while ready:
        index = heapq.heappop(ready)
        yield index
        for follower in followers[index]:
            missing[follower] -= 1
            if not missing[follower]:
                heapq.heappush(ready, follower)
    yield from (index for index, count in enumerate(missing) if count)


def heads(history: History, on: dt.date | None = None) -> Heads:
    """
    Return for each record how many sealed entries it has by the day *on*, and the last.

    What is not sealed does not count: nothing can be pinned to it.
    """
    found: dict[Subject, Chain] = {}
    for occasion in history.occasions:
        if on is not None and occasion.day > on:
            continue
        for subject, seal in occasion.seals.items():
            entry = occasion.entries.get(subject)
            if entry is not None:
                event = Event(occasion, subject, entry)
                found.setdefault(subject, Chain()).add(event, seal.digest, seal.after)
    return {
        subject: (len(chain.events), " ".join(sorted(chain.tips)))
        for subject, chain in found.items()
    }


def cut(history: History, upto: Heads) -> History:
    """
    Return what was known of *history* when its heads were *upto*.

    Raises:
        RefusedError: If it does not hold one of those heads any more.
    """
    known: dict[Subject, set[str]] = {}
    every = chains(history)
    for subject, (_, head) in upto.items():
        chain = every.get(subject, Chain())
        digests = head.split()
        if not all(digest in chain.events for digest in digests):
            raise RefusedError(
                f"History no longer holds the entry of {' '.join(subject)} up to which it was "
                "judged.",
                mend="Verify the history against the manifest that names the entry.",
            )
        known[subject] = chain.up_to(digests)
    return History(tuple(filter(None, (_known(one, known) for one in history.occasions))))


def _known(occasion: Occasion, known: dict[Subject, set[str]]) -> Occasion | None:
    seals = occasion.seals
    subjects = [
        one for one in occasion.entries if one in seals and seals[one].digest in known.get(one, ())
    ]
    if len(subjects) == len(occasion.entries):
        return occasion
    if not subjects:
        return None
    return attrs.evolve(
        occasion,
        entries={one: occasion.entries[one] for one in subjects},
        seals={one: seals[one] for one in subjects},
    )


def ties_of(history: History, event: Event, fresh: Seals = _NO_SEALS) -> Ties | None:
    """
    Return the digests of what an entry corrects and settles, or None if any is unknown.

    *fresh* are seals that the history does not have yet, by occasion.
    """
    occasion = event.occasion
    if not (occasion.corrects or occasion.settles):
        return (), ()
    found: list[tuple[str, ...]] = []
    for names in (occasion.corrects, occasion.settles):
        digests = []
        for name in names:
            if name not in history.by_name:
                return None
            other = history.by_name[name][1]
            seal = other.seals.get(event.subject) or fresh.get(name, {}).get(event.subject)
            if seal is not None:
                digests.append(seal.digest)
            elif event.subject in other.entries:
                return None
        found.append(tuple(digests))
    return found[0], found[1]


def annulled(history: History) -> set[tuple[str, Subject]]:
    """
    Return the entries, by occasion and record, that a later occasion corrects.

    They stay corrected although that occasion is corrected in its turn.
    """
    found: set[tuple[str, Subject]] = set()
    for index, occasion in enumerate(history.occasions):
        for name in occasion.corrects:
            position, other = history.by_name.get(name, (index, occasion))
            if position < index:
                found.update((name, one) for one in occasion.entries if one in other.entries)
    return found


def effective(
    history: History, upto: Heads | None = None
) -> Iterator[tuple[Occasion, tuple[Subject, ...]]]:
    """
    Yield the occasions in order, each with the records for which its entry counts.

    A corrected entry counts for no day, as soon as the correction is known; what stands
    instead counts from the day of the occasion that corrects it. Judged *upto* earlier
    heads, a correction that came later is not known, and the old entry counts.
    """
    known = history if upto is None else cut(history, upto)
    without = annulled(known)
    for occasion in known.occasions:
        subjects = tuple(
            one for one in occasion.entries if not without or (occasion.name, one) not in without
        )
        if subjects:
            yield occasion, subjects
