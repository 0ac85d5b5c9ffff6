"""
What stands against an occasion that would be recorded, and against what it would follow.

Kept out: what the rules say, and how a chain is verified; here it is asked for one
occasion alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from peerkit import judging
from peerkit.errors import Problem, RefusedError
from peerkit.facts import Fact
from peerkit.history import History, Occasion, Subject
from peerkit.history import problems as h
from peerkit.history.occasions import field_of
from peerkit.history.verifying import verify
from peerkit.judging import Refusal
from peerkit.register import Register

__all__ = ["must_be_permitted", "must_follow_sealed", "problems_around", "tampered"]


def must_be_permitted(
    register: Register, before: Register, mine: Occasion, facts: Mapping[tuple[str, str], Fact]
) -> None:
    """
    Refuse *mine*, which *register* has more than *before*, if a rule forbids it.

    Raises:
        RefusedError: If it does; it says which.
    """
    horizon = max(one.day for one in register.history.occasions)
    found = judging.judge(register, horizon, facts).refusals
    if not found:
        return
    known = {_identity(one) for one in judging.judge(before, horizon, facts).refusals}
    new = [one for one in found if _identity(one) not in known]
    if new:
        raise RefusedError(" ".join(_sentences(new, mine)), mend=new[0].mend)


def _identity(refusal: Refusal) -> tuple[str, Subject | None, str]:
    # An occasion is refused as a whole, whatever the reason is said to be.
    if refusal.occasion is not None:
        return refusal.occasion.name, None, ""
    return "", refusal.subject, refusal.field


def _sentences(found: list[Refusal], mine: Occasion) -> Iterator[str]:
    for one in found:
        if one.occasion is None or one.occasion.name == mine.name:
            yield f"{one.subject[1]}: {one.message}"
        else:
            yield (
                f"{one.subject[1]}: With this, what {one.occasion.name} recorded would no longer "
                f"be permitted. {one.message}"
            )


def must_follow_sealed(history: History, mine: Occasion) -> None:
    """
    Refuse to go on from an entry that nobody has sealed: it could change unseen.

    Raises:
        RefusedError: If *mine* would follow such an entry in *history*.
    """
    for subject in mine.entries:
        for event in history.of(subject):
            if event.seal is None:
                raise RefusedError(
                    f"The entry of {subject[1]} in {event.occasion.name} is not sealed yet.",
                    mend="Seal what was written by hand first: peerkit history seal FOLDER",
                )


def problems_around(history: History, mine: Occasion) -> tuple[Problem, ...]:
    """
    Return what is wrong in *history* with the records of *mine*, and what this names.
    """
    return verify(_about(history, mine))


def _about(history: History, mine: Occasion) -> History:
    """
    Return what *history* tells of the records of *mine*, and the occasions that this names.
    """
    named = {mine.name}
    for one in history.occasions:
        if one.entries.keys() & mine.entries.keys():
            named.update((*one.corrects, *one.settles))
    found: list[Occasion] = []
    for one in history.occasions:
        entries = {who: entry for who, entry in one.entries.items() if who in mine.entries}
        seals = {who: each for who, each in one.seals.items() if who in mine.entries}
        if entries or seals or one.name in named:
            found.append(attrs.evolve(one, entries=entries, seals=seals))
    return History(tuple(found))


def tampered(problems: tuple[Problem, ...], subjects: Mapping[Subject, object]) -> Problem | None:
    """
    Return the first of *problems* that says an entry of one of *subjects* is not true.
    """
    begins = tuple(
        field_of(subject, group=group) for subject in subjects for group in ("records", "sealed")
    )
    for one in problems:
        field = one.address.field if one.address is not None else ""
        is_about = any(field == begin or field.startswith(f"{begin}/") for begin in begins)
        if one.kind in (h.EDITED, h.REMOVED) and is_about:
            return one
    return None
