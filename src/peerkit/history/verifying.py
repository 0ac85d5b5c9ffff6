"""
Verifying: is what was recorded still what was sealed, and is nothing of it gone?

A chain proves its own middle. That its end is whole, and that it was not written anew
from the start, only heads that were kept elsewhere can prove.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

import attrs

from peerkit.errors import Address, Problem, ProblemKind, closest, did_you_mean, short
from peerkit.history import problems as p
from peerkit.history.chains import Chain, chains, ties_of
from peerkit.history.digests import entry_digest, texts_of
from peerkit.history.occasions import (
    OCCASION,
    SOURCE,
    Entry,
    Event,
    Heads,
    History,
    Occasion,
    Seal,
    Subject,
    field_of,
)
from peerkit.model import field_specs

__all__ = ["verify"]

_MOST_NAMED = 3
_LONGEST_GIST = 60
_MOST_GUESSES = 50


def verify(
    history: History,
    *,
    record_digest: Callable[[Subject], str | None] | None = None,
    against: Heads | None = None,
) -> tuple[Problem, ...]:
    """
    Return everything that is wrong with *history*, and with it *against* kept heads.

    Of each record the first entry that was tampered with is told: what comes after it
    rests on it. *record_digest* tells the digest of a record as it stands now, if it
    can be told.
    """
    return tuple(_Verifier(history).problems(record_digest, against))


def _said(subject: Subject) -> str:
    return f"{subject[0].replace('_', ' ')} {subject[1]}"


def _listed(subjects: Iterable[Subject]) -> str:
    """
    Return the records as a list of words, the first few by name.
    """
    names = [_said(one) for one in subjects]
    if len(names) > _MOST_NAMED + 1:
        names[_MOST_NAMED:] = [f"{len(names) - _MOST_NAMED} more"]
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _problem(
    kind: ProblemKind,
    occasion: Occasion,
    subject: Subject | None,
    message: str,
    *path: str,
    group: str = "records",
) -> Problem:
    field = field_of(subject, *path, group=group) if subject else "/".join(path)
    return Problem(kind=kind, message=message, address=Address(OCCASION, occasion.name, field))


class _Verifier:
    def __init__(self, history: History) -> None:
        self._history = history
        self._chains = chains(history)
        self._broken: set[Subject] = set()
        self._guesses = 0

    def problems(
        self, record_digest: Callable[[Subject], str | None] | None, against: Heads | None
    ) -> Iterator[Problem]:
        for index, occasion in enumerate(self._history.occasions):
            yield from self._names(index, occasion)
            yield from self._seals_without_entry(occasion)
        for subject in self._history.subjects:
            first = next(self._tampering(subject), None)
            if first is not None:
                self._broken.add(subject)
                yield first
            elif subject not in self._broken:
                yield from self._backwards(subject)
        yield from self._forks()
        yield from self._twice()
        for subject, (count, head) in (against or {}).items():
            if subject not in self._broken:
                yield from self._missing(subject, count, head)
        for occasion in self._history.occasions:
            yield from self._unsealed(occasion)
        if record_digest is not None:
            for subject, chain in self._chains.items():
                yield from self._mended(subject, chain, record_digest)

    # what an occasion says of others

    def _names(self, index: int, occasion: Occasion) -> Iterator[Problem]:
        for key, names in (("corrects", occasion.corrects), ("settles", occasion.settles)):
            for step, name in enumerate(names):
                position, other = self._history.by_name.get(name, (-1, None))
                path = (key, str(step))
                if other is None:
                    message = f"There is no occasion “{short(name)}”."
                    problem = _problem(p.UNKNOWN_OCCASION, occasion, None, message, *path)
                    yield attrs.evolve(problem, mend=self._guess(name))
                elif position >= index:
                    message = f"“{name}” does not come before this occasion."
                    yield _problem(p.NO_EFFECT, occasion, None, message, *path)
                elif not occasion.entries.keys() & other.entries.keys():
                    message = f"“{name}” tells of none of the records told of here."
                    yield _problem(p.NO_EFFECT, occasion, None, message, *path)

    def _guess(self, name: str) -> str:
        # Comparing thousands of names with thousands of others would take minutes.
        self._guesses += 1
        if self._guesses > _MOST_GUESSES:
            return ""
        return did_you_mean(closest(name.removesuffix(".yaml"), self._history.by_name))

    # tampering

    def _seals_without_entry(self, occasion: Occasion) -> Iterator[Problem]:
        for subject in occasion.seals:
            if subject not in occasion.entries and subject not in self._broken:
                self._broken.add(subject)
                message = f"The entry of {_said(subject)} is gone; its seal is still here."
                yield _problem(p.REMOVED, occasion, subject, message, group="sealed")

    def _tampering(self, subject: Subject) -> Iterator[Problem]:
        if subject in self._broken:
            return
        events = self._chains.get(subject, Chain()).events
        for event in self._history.of(subject):
            if event.seal is None:
                if event.entry.erased:
                    message = f"“erased” stands in an entry of {_said(subject)} without a seal."
                    yield _problem(p.EDITED, event.occasion, subject, message, "erased")
                continue
            if not self._is_true(event, event.seal):
                message = f"The entry of {_said(subject)} was changed after it was sealed."
                yield _problem(p.EDITED, event.occasion, subject, message)
            for digest in event.seal.after:
                if digest not in events:
                    message = (
                        f"What this entry of {_said(subject)} follows is gone, or was changed and "
                        "sealed anew."
                    )
                    yield _problem(p.REMOVED, event.occasion, subject, message)

    def _is_true(self, event: Event, seal: Seal) -> bool:
        ties = ties_of(self._history, event)
        if ties is None:
            return True  # that an occasion is not there, or its seal, is told elsewhere
        gone = {*event.entry.erased, *({SOURCE} & {*event.occasion.erased} & {*seal.erased})}
        if gone != {*seal.erased} or seal.texts.keys() != texts_of(event).keys():
            return False
        if gone & seal.texts.keys():
            return False
        return seal.digest == entry_digest(event, seal, ties)

    # order

    def _backwards(self, subject: Subject) -> Iterator[Problem]:
        """
        Yield the first entry that follows a later one.
        """
        chain = self._chains.get(subject, Chain())
        for event in self._history.of(subject):
            before = chain.tips if event.seal is None else event.seal.after
            for other in (chain.events[digest].occasion for digest in before):
                occasion = event.occasion
                if other.day > occasion.day:
                    message = (
                        f"This entry of {_said(subject)} is of {occasion.day}, but it follows "
                        f"“{other.name}”, which is of {other.day}."
                    )
                    yield _problem(p.BACKWARDS, occasion, subject, message)
                    return
                if self._position(other) > self._position(occasion):
                    message = (
                        f"For {_said(subject)} this occasion follows “{other.name}”, and for "
                        "another record it is the other way round."
                    )
                    yield _problem(p.CIRCLE, occasion, subject, message)
                    return

    def _position(self, occasion: Occasion) -> int:
        return self._history.by_name[occasion.name][0]

    # side by side

    def _forks(self) -> Iterator[Problem]:
        found: dict[tuple[str, ...], list[tuple[Subject, list[Event]]]] = {}
        for subject, chain in self._chains.items():
            if len(chain.tips) > 1 and subject not in self._broken:
                events = self._side_by_side(subject, chain)
                names = tuple(event.occasion.name for event in events)
                if events:
                    found.setdefault(names, []).append((subject, events))
        for names, forks in found.items():
            listed = " and ".join(f"“{name}”" for name in names)
            records = _listed(subject for subject, _ in forks)
            subject, events = forks[0]
            for event in events:
                message = (
                    f"{listed} follow the same entry of {records}; this one says {_gist(event)}."
                )
                yield _problem(p.FORK, event.occasion, subject, message)

    def _side_by_side(self, subject: Subject, chain: Chain) -> list[Event]:
        """
        Return the first entry of each branch, unless an occasion settles them.
        """
        if any(
            event.seal is None and chain.is_settled_by(event.occasion)
            for event in self._history.of(subject)
        ):
            return []
        branches = [chain.up_to([tip]) for tip in chain.tips]
        shared = set.intersection(*branches)
        firsts = {
            min(branch - shared, key=lambda one: self._position(chain.events[one].occasion))
            for branch in branches
        }
        events = [chain.events[digest] for digest in firsts]
        return sorted(events, key=lambda event: self._position(event.occasion))

    def _twice(self) -> Iterator[Problem]:
        found: dict[tuple[str, str], list[Subject]] = {}
        for subject in self._history.subjects:
            events = self._history.of(subject)
            by_digest: dict[object, Event] = {}
            by_title: dict[object, Event] = {}
            for event in events if len(events) > 1 else ():
                seal, told = event.seal, event.occasion
                same = None
                if seal is not None:
                    same = by_digest.setdefault(seal.digest, event)
                other = by_title.setdefault((told.day, told.by, told.title), event)
                if same in {None, event} and None in (seal, other.seal):
                    same = other
                if same is not None and same is not event:
                    found.setdefault((same.occasion.name, told.name), []).append(subject)
        for (first, second), subjects in found.items():
            occasion = self._history.by_name[second][1]
            message = f"“{first}” and “{second}” tell the same of {_listed(subjects)}."
            yield _problem(p.TWICE, occasion, subjects[0], message)

    # against what was kept elsewhere

    def _missing(self, subject: Subject, count: int, head: str) -> Iterator[Problem]:
        chain = self._chains.get(subject, Chain())
        if all(digest in chain.events for digest in head.split()):
            return
        here = len(chain.events)
        said = _said(subject)
        kind = p.CUT if here < count else p.REWRITTEN
        message = (
            f"{said[:1].upper()}{said[1:]} had {count} sealed entries when the paper was made; here are "
            f"{here or 'none'}."
            if kind is p.CUT
            else f"The entries of {said} are not those that the paper was made with."
        )
        events = [event for event in self._history.of(subject) if event.seal]
        if events:
            yield _problem(kind, events[-1].occasion, subject, message)
        else:
            yield Problem(kind=kind, message=message, address=Address(*subject))

    # advice

    def _unsealed(self, occasion: Occasion) -> Iterator[Problem]:
        missing = [one for one in occasion.entries if one not in occasion.seals]
        if missing:
            how_many = len(missing)
            message = (
                "No entry of this occasion is sealed yet."
                if how_many == len(occasion.entries)
                else f"The entry of {_listed(missing)} is not sealed yet."
                if how_many == 1
                else f"The entries of {_listed(missing)} are not sealed yet."
            )
            yield _problem(p.UNSEALED, occasion, missing[0], message)

    def _mended(
        self, subject: Subject, chain: Chain, record_digest: Callable[[Subject], str | None]
    ) -> Iterator[Problem]:
        seals = [chain.events[tip].seal for tip in chain.tips]
        digest = record_digest(subject)
        if digest is not None and all(seal and seal.record != digest for seal in seals):
            last = chain.events[next(reversed(chain.tips))].occasion
            message = (
                f"The words of {_said(subject)} were changed since its entry in “{last.name}”, "
                f"of {last.day}."
            )
            yield Problem(kind=p.MENDED, message=message, address=Address(*subject))


def _gist(event: Event) -> str:
    """
    Return the first thing an entry says, in its own words.
    """
    for spec in field_specs(Entry):
        value = getattr(event.entry, spec.name)
        if value:
            text = "yes" if value is True else " ".join(_words(value).split())
            text = text if len(text) <= _LONGEST_GIST else text[: _LONGEST_GIST - 1] + "…"
            return f"“{spec.key}: {text}”"
    return "nothing"


def _words(value: object) -> str:
    match value:
        case tuple():
            return "; ".join(value)
        case Mapping():
            return "; ".join(f"{key}: {one}" for key, one in value.items())
        case _:
            return str(value)
