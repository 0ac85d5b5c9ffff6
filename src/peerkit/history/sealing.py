"""
Seals for what is not sealed yet, and texts taken out of what is.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

import attrs

from peerkit.errors import RefusedError
from peerkit.history.chains import Chain, Seals, chains, ordered, ties_of
from peerkit.history.digests import entry_digest, text_digest, texts_of
from peerkit.history.occasions import (
    FREE_TEXTS,
    SOURCE,
    Event,
    History,
    Occasion,
    Seal,
    Subject,
)
from peerkit.history.problems import BACKWARDS, FORK, UNKNOWN_OCCASION
from peerkit.model import Prose

__all__ = ["erased", "seal", "sealed"]


def seal(
    history: History,
    *,
    record_digest: Callable[[Subject], str],
    salt: Callable[[], str],
    only: Collection[str] | None = None,
) -> Seals:
    """
    Return a seal for every entry that has none, by the name of its occasion.

    *record_digest* tells the digest of a record as it stands; *salt* gives a new text
    that nobody can guess each time it is called. With *only*, occasions of other names
    are left as they are.

    Raises:
        RefusedError: If an entry cannot be sealed where it stands.
    """
    made: dict[str, dict[Subject, Seal]] = {}
    known = chains(history)
    for occasion in history.occasions:
        if only is not None and occasion.name not in only:
            continue
        for subject, entry in occasion.entries.items():
            if subject in occasion.seals:
                continue
            event = Event(occasion, subject, entry)
            chain = known.setdefault(subject, Chain())
            after = _tips(event, chain)
            ties = ties_of(history, event, made)
            if ties is None:
                names = ", ".join((*occasion.corrects, *occasion.settles))
                raise RefusedError(
                    f"What {occasion.name} corrects or settles of {' '.join(subject)} is not "
                    f"there, or not sealed: {names}.",
                    mend=UNKNOWN_OCCASION.mend,
                )
            one = Seal(
                after=after,
                record=record_digest(subject),
                texts={field: salt() for field in texts_of(event)},
                digest="",
            )
            one = attrs.evolve(one, digest=entry_digest(event, one, ties))
            made.setdefault(occasion.name, {})[subject] = one
            chain.add(event, one.digest, after)
    return made


def _tips(event: Event, chain: Chain) -> tuple[str, ...]:
    """
    Return what the entry is to follow in *chain*; raise if it cannot.
    """
    occasion = event.occasion
    record = " ".join(event.subject)
    tips = sorted(chain.tips, key=lambda tip: (_told(chain, tip).day, _told(chain, tip).name))
    if len(tips) > 1 and not chain.is_settled_by(occasion):
        names = " and ".join(_told(chain, tip).name for tip in tips)
        raise RefusedError(
            f"{occasion.name} cannot follow {names}, which stand side by side, for {record}.",
            mend=FORK.mend,
        )
    late = [_told(chain, tip) for tip in tips if _told(chain, tip).day > occasion.day]
    if late:
        raise RefusedError(
            f"{occasion.name} is of {occasion.day}, but the last entry of {record} is of "
            f"{late[0].day}, in {late[0].name}.",
            mend=BACKWARDS.mend,
        )
    return tuple(tips)


def _told(chain: Chain, digest: str) -> Occasion:
    return chain.events[digest].occasion


def sealed(history: History, seals: Seals) -> History:
    """
    Return *history* with *seals* on its entries.
    """
    return History(
        ordered(
            attrs.evolve(one, seals={**one.seals, **seals[one.name]}) if one.name in seals else one
            for one in history.occasions
        )
    )


def erased(occasion: Occasion, subject: Subject, *fields: str) -> Occasion:
    """
    Return *occasion* with texts of one entry taken out, and its seals still true.

    What is left of a text is its digest, which without the salt tells nothing. The
    field `source` is that of the whole occasion.

    Raises:
        RefusedError: If there is no such text, or the entry is not sealed.
    """
    for field in fields:
        subjects = tuple(occasion.entries) if field == SOURCE else (subject,)
        if not all(one in occasion.entries and one in occasion.seals for one in subjects):
            raise RefusedError(
                f"{occasion.name} has no sealed entry for {' '.join(subject)}.",
                mend="What is not sealed can be taken out of its file by hand.",
            )
        event = Event(occasion, subject, occasion.entries[subject])
        text = texts_of(event).get(field)
        if text is None:
            known = ", ".join((*FREE_TEXTS, SOURCE))
            raise RefusedError(
                f"{occasion.name} has no “{field}” for {' '.join(subject)} that could be erased.",
                mend=f"Texts that can be erased are {known}.",
            )
        seals = {one: _without(occasion.seals[one], field, text) for one in subjects}
        occasion = attrs.evolve(occasion, seals={**occasion.seals, **seals})
        if field == SOURCE:
            occasion = attrs.evolve(occasion, source=Prose(""), erased=(SOURCE,))
        else:
            blank: dict[str, Any] = {field: () if isinstance(text, tuple) else ""}
            gone = (*event.entry.erased, field)
            entry = attrs.evolve(event.entry, erased=gone, **blank)
            occasion = attrs.evolve(occasion, entries={**occasion.entries, subject: entry})
    return occasion


def _without(seal: Seal, field: str, text: object) -> Seal:
    salts = dict(seal.texts)
    digest = text_digest(salts.pop(field, ""), text)
    return attrs.evolve(seal, texts=salts, erased={**seal.erased, field: digest})
