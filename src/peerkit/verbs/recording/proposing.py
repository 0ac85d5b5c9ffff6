"""
An occasion as it would be recorded: judged by the rules, and then sealed and written.

Kept out: what exactly can stand against it, which is told in `objections`.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Final

import attrs

from peerkit.errors import Address, Problem, RefusedError
from peerkit.history import History, Occasion, Seal, Subject, ordered
from peerkit.history import problems as h
from peerkit.history.chains import ties_of
from peerkit.history.digests import entry_digest
from peerkit.history.occasions import OCCASION, Event
from peerkit.history.sealing import seal
from peerkit.history.writing import occasion_name, occasion_text
from peerkit.loading.history import FOLDER
from peerkit.register import Register
from peerkit.store import NewerError
from peerkit.verbs.recording.conflicts import ConflictError
from peerkit.verbs.recording.drafts import Draft, DraftError, moved, own_keys, tree_of
from peerkit.verbs.recording.objections import (
    must_be_permitted,
    must_follow_sealed,
    problems_around,
    tampered,
)
from peerkit.verbs.recording.opening import GRAVE, Opened

__all__ = ["Proposal", "Recorded", "Salt", "new_salt", "propose"]

Salt = Callable[[], str]

_TRIES: Final = 100
_SALT_BYTES: Final = 16
_DRAFT: Final = "draft"


def new_salt() -> str:
    """
    Return a text that nobody can guess.
    """
    return secrets.token_hex(_SALT_BYTES)


@attrs.frozen(kw_only=True)
class Recorded:
    """
    An occasion that was recorded: the *name* of its file, and the register with it and
    as it was *before*.
    """

    name: str
    occasion: Occasion
    before: Register
    register: Register


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class Proposal:
    """
    An *occasion* as it would be recorded in what is *opened*.
    """

    opened: Opened
    draft: Draft
    today: dt.date
    file: str
    stem: str
    occasion: Occasion

    @property
    def before(self) -> Register:
        """
        The register as it is.
        """
        return self.opened.register

    @property
    def register(self) -> Register:
        """
        The register as it would be.
        """
        return attrs.evolve(self.before, history=self._history)

    @cached_property
    def _history(self) -> History:
        return History(ordered((*self.before.history.occasions, self.occasion)))

    @property
    def text(self) -> str:
        """
        The text of its file, but for the seals.
        """
        within, names = self.opened.reader.names(self.occasion.entries)
        return occasion_text(self.occasion, within=within, names=names)

    def must_hold(self) -> None:
        """
        Do nothing if it may be recorded.

        Raises:
            DraftError: If it names occasions that are not there.
            RefusedError: If a rule forbids it, or what it would follow is not in order.
        """
        must_follow_sealed(self.before.history, self.occasion)
        self._must_follow_truth()
        must_be_permitted(self.register, self.before, self.occasion, self.opened.offers.facts)

    def _must_follow_truth(self) -> None:
        """
        Refuse to go on from an entry that was changed, and to speak of what is not there.
        """
        problems = problems_around(self._history, self.occasion)
        unknown = tuple(
            self._located(one)
            for one in problems
            if one.kind in (h.UNKNOWN_OCCASION, h.NO_EFFECT)
            and one.address is not None
            and one.address.id == self.occasion.name
        )
        if unknown:
            raise DraftError("This cannot be recorded as it is written.", unknown)
        broken = tampered(problems, self.occasion.entries)
        if broken is not None:
            raise RefusedError(
                f"What it would follow is not in order. {broken.message}", mend=broken.advice
            )
        self._seals(str)

    def _located(self, problem: Problem) -> Problem:
        """
        Return *problem* with its place in the draft, where that is a text.
        """
        field = problem.address.field if problem.address is not None else ""
        problem = attrs.evolve(problem, address=Address(OCCASION, self.stem, field))
        if not isinstance(self.draft, str):
            return problem
        found = self.opened.reader.locate(Address(OCCASION, self.stem, field))
        if found is None:
            return problem
        return moved(attrs.evolve(problem, place=found[0], excerpt=found[1]), self.file)

    def record(self, *, salt: Salt = new_salt) -> Recorded:
        """
        Record it, all of it or nothing.

        What others recorded since it was proposed is taken into account.

        Raises:
            ConflictError: If with that it is no longer permitted.
            WriteError: If it could not be written.
        """
        now = self
        for _ in range(_TRIES):
            occasion, text = now.sealed(salt)
            opened = now.opened
            name = f"{occasion.name}.yaml"
            try:
                given = opened.store.append(name, text.encode(), seen=opened.seen)
            except NewerError:
                now = self._in(opened.again())
                continue
            occasion = attrs.evolve(occasion, name=given.rpartition(".")[0])
            history = History(ordered((*now.before.history.occasions, occasion)))
            return Recorded(
                name=f"{FOLDER}/{given}",
                occasion=occasion,
                before=now.before,
                register=attrs.evolve(now.before, history=history),
            )
        raise RefusedError(
            "Others kept recording, so that this could not be fitted in.", mend="Try again."
        )

    def _in(self, opened: Opened) -> Proposal:
        """
        Return it as it is after what others recorded, which *opened* has.
        """
        found = _proposal(opened, self.draft, self.today, self.file)
        try:
            found.must_hold()
        except RefusedError as error:
            known = self.before.history.by_name
            theirs = tuple(one for one in found.before.history.occasions if one.name not in known)
            if not theirs:
                raise
            mine = self.occasion
            about = tuple(one for one in theirs if one.entries.keys() & mine.entries.keys())
            raise ConflictError(error, about or theirs, mine) from error
        return found

    def sealed(self, salt: Salt) -> tuple[Occasion, str]:
        """
        Return the occasion with its seals, and the text of its file.

        Raises:
            RefusedError: If it cannot be sealed, or no file can hold it unchanged.
        """
        occasion = attrs.evolve(self.occasion, seals=self._seals(salt))
        within, names = self.opened.reader.names(occasion.entries)
        text = occasion_text(occasion, within=within, names=names)
        if not self._reads_back(occasion, text):
            raise RefusedError("This cannot be kept as text so that it reads back as it is.")
        return occasion, text

    def _seals(self, salt: Salt) -> Mapping[Subject, Seal]:
        """
        Return its seals.

        Raises:
            RefusedError: If it cannot follow what it would have to follow.
        """
        name = self.occasion.name
        digest = self.before.digest
        return seal(self._history, record_digest=digest, salt=salt, only=(name,))[name]

    def _reads_back(self, occasion: Occasion, text: str) -> bool:
        from peerkit.files.yaml import parse  # noqa: PLC0415 - as the file will be read

        stem = self.opened.stem("read back")
        back, _ = self.opened.taken_in(parse(text, stem))
        if back is None or {*back.entries} != {*occasion.entries}:
            return False
        events = [Event(back, subject, back.entries[subject]) for subject in back.entries]
        return all(
            event.seal is not None
            and (ties := ties_of(self._history, event)) is not None
            and entry_digest(event, event.seal, ties) == occasion.seals[event.subject].digest
            for event in events
        )


def propose(opened: Opened, draft: Draft, *, today: dt.date, file: str = "") -> Proposal:
    """
    Return *draft* as an occasion that may be recorded in what is *opened*.

    Nothing is written yet. The day may be left out and is then *today*; no later one is
    taken. *file* is what messages call a draft that is a text.

    Raises:
        DraftError: If the draft could not be taken in.
        RefusedError: If a rule forbids it; it says which.
    """
    made = _proposal(opened, draft, today, file)
    made.must_hold()
    return made


def _proposal(opened: Opened, draft: Draft, today: dt.date, file: str) -> Proposal:
    # A draft is no file of history, and must not be taken for one by its name.
    stem = opened.stem(_DRAFT)
    tree, problems = tree_of(draft, stem, today)
    found, more = opened.taken_in(tree, file if isinstance(draft, str) else "")
    problems += (*more, *own_keys(tree, file if isinstance(draft, str) else ""))
    if found is None or any(one.severity in GRAVE for one in problems):
        raise DraftError("This cannot be recorded as it is written.", problems)
    if found.day > today:
        raise RefusedError(
            f"{found.day.isoformat()} is still to come; what happens then is recorded then.",
            mend="Leave the day out to record it as of today.",
        )
    name = occasion_name(found.day, found.title or next(iter(found.entries))[1])
    return Proposal(
        opened=opened,
        draft=draft,
        today=today,
        file=file,
        stem=stem,
        occasion=attrs.evolve(found, name=opened.free_name(name)),
    )
