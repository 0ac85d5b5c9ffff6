"""
An occasion as it would be recorded: judged by the rules, and then sealed and written.
"""

from __future__ import annotations

import datetime as dt
import itertools
import secrets
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from pathlib import Path, PurePath
from typing import Final

import attrs

from peerkit import judging
from peerkit.errors import Address, Problem, ProblemsError, RefusedError, Severity
from peerkit.files.text import clean, decode
from peerkit.files.tree import Tree
from peerkit.history import History, Occasion, Seal, Subject, ordered
from peerkit.history import problems as h
from peerkit.history.chains import ties_of
from peerkit.history.digests import entry_digest
from peerkit.history.occasions import OCCASION, Event, field_of
from peerkit.history.sealing import seal
from peerkit.history.verifying import verify
from peerkit.history.writing import occasion_name, occasion_text
from peerkit.hookspecs import Offers
from peerkit.judging import Refusal
from peerkit.loading import HistoryReader, open_register
from peerkit.loading.history import FOLDER
from peerkit.register import Register
from peerkit.store import FolderStore, NewerError, Store
from peerkit.verbs.recording.conflicts import ConflictError
from peerkit.verbs.recording.drafts import Draft, DraftError, moved, own_keys, tree_of
from peerkit.verbs.registers import offers_here

__all__ = ["Opened", "Proposal", "Recorded", "Salt", "new_salt", "open_history", "tampered"]

Salt = Callable[[], str]

_TRIES: Final = 100
_SALT_BYTES: Final = 16
_DRAFT: Final = "draft"
_GRAVE: Final = (Severity.FAULT, Severity.ERROR)
_NOT_WHOLE: Final = "Mend its problems first; peerkit check lists them."


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


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Opened:
    """
    A register and its history as they are now, to record in.

    *seen* are the names of the occasions it was read with.
    """

    folder: Path
    register: Register
    reader: HistoryReader
    offers: Offers
    store: Store
    seen: tuple[str, ...]
    _count: Iterator[int] = attrs.field(factory=itertools.count)

    def again(self) -> Opened:
        """
        Return it as it is by now.

        Where others only added to it, no more than that is read.
        """
        seen = self.store.names()
        added = [name for name in seen if name not in self.seen]
        if added and len(added) + len(self.seen) == len(seen):
            found = self._with(added)
            if found is not None:
                register = attrs.evolve(self.register, history=found)
                return attrs.evolve(self, register=register, seen=seen)
        return open_history(self.folder, offers=self.offers, store=self.store)

    def _with(self, files: list[str]) -> History | None:
        """
        Return history with what *files* tell besides, or None if not all can be taken in.
        """
        from peerkit.files.yaml import parse  # noqa: PLC0415 - only where others record, too

        known = self.register.history
        added = {clean(PurePath(file).stem)[0]: file for file in files}
        self.reader.problems.clear()
        for stem, file in added.items():
            if stem in known.by_name:
                continue  # it came between the names and the reading
            name = f"{FOLDER}/{file}"
            text, problems = decode(self.store.read(file), name)
            if text is None or problems:
                return None
            self.reader.add(parse(text, name, is_fit=True))
        if self.reader.problems:
            return None
        names = {*known.by_name, *added}
        # The reader has read drafts, too.
        found = tuple(one for one in self.reader.finish().occasions if one.name in names)
        return History(found) if len(found) == len(names) else None

    def file_of(self, occasion: str) -> str:
        """
        Return the name that the store knows the file of an occasion by.
        """
        return self.reader.file_of(occasion).removeprefix(f"{FOLDER}/")

    def taken_in(self, tree: Tree, shown: str = "") -> tuple[Occasion | None, tuple[Problem, ...]]:
        """
        Return the occasion that *tree* tells of, and every problem with it.

        The place of each is in the file *shown*; there is none if nothing is shown.
        """
        stem = tree.source.file
        self.reader.problems.clear()
        self.reader.add(tree)
        found = self.reader.finish().by_name.get(stem)
        problems = tuple(moved(one, shown) for one in self.reader.problems)
        is_faulty = any(one.severity in _GRAVE for one in problems)
        return (None if is_faulty or found is None else found[1]), problems

    def stem(self, wanted: str) -> str:
        """
        Return a name for what is no file of history, which nothing else has.
        """
        return self.free_name(f"{wanted} {next(self._count)}")

    def free_name(self, wanted: str) -> str:
        """
        Return *wanted* as the name of an occasion that is not there.
        """
        number, found = 1, wanted
        while found in self.register.history.by_name:
            number += 1
            found = f"{wanted}-{number}"
        return found

    def propose(self, draft: Draft, *, today: dt.date, file: str = "") -> Proposal:
        """
        Return *draft* as an occasion that may be recorded; nothing is written yet.

        The day may be left out and is then *today*; no later one is taken. *file* is
        what messages call a draft that is a text.

        Raises:
            DraftError: If the draft could not be taken in.
            RefusedError: If a rule forbids it; it says which.
        """
        made = self._proposal(draft, today, file)
        made.must_hold()
        return made

    def _proposal(self, draft: Draft, today: dt.date, file: str) -> Proposal:
        # A draft is no file of history, and must not be taken for one by its name.
        stem = self.stem(_DRAFT)
        tree, problems = tree_of(draft, stem, today)
        found, more = self.taken_in(tree, file if isinstance(draft, str) else "")
        problems += (*more, *own_keys(tree, file if isinstance(draft, str) else ""))
        if found is None or any(one.severity in _GRAVE for one in problems):
            raise DraftError("This cannot be recorded as it is written.", problems)
        if found.day > today:
            raise RefusedError(
                f"{found.day.isoformat()} is still to come; what happens then is recorded then.",
                mend="Leave the day out to record it as of today.",
            )
        name = occasion_name(found.day, found.title or next(iter(found.entries))[1])
        return Proposal(
            opened=self,
            draft=draft,
            today=today,
            file=file,
            stem=stem,
            occasion=attrs.evolve(found, name=self.free_name(name)),
        )


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
        self._must_follow_sealed()
        self._must_follow_truth()
        found = self._refusals()
        if found:
            raise RefusedError(" ".join(_sentences(found, self.occasion)), mend=found[0].mend)

    def _must_follow_sealed(self) -> None:
        """
        Refuse to go on from an entry that nobody has sealed: it could change unseen.
        """
        for subject in self.occasion.entries:
            for event in self.before.history.of(subject):
                if event.seal is None:
                    raise RefusedError(
                        f"The entry of {subject[1]} in {event.occasion.name} is not sealed yet.",
                        mend="Seal what was written by hand first: peerkit history seal FOLDER",
                    )

    def _must_follow_truth(self) -> None:
        """
        Refuse to go on from an entry that was changed, and to speak of what is not there.
        """
        problems = verify(_about(self._history, self.occasion))
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

    def _refusals(self) -> tuple[Refusal, ...]:
        """
        Return what the rules have against it that they had not without it.
        """
        horizon = max(one.day for one in self._history.occasions)
        facts = self.opened.offers.facts
        after = judging.judge(self.register, horizon, facts).refusals
        before = judging.judge(self.before, horizon, facts).refusals if after else ()
        known = {_identity(one) for one in before}
        return tuple(one for one in after if _identity(one) not in known)

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
        found = opened._proposal(self.draft, self.today, self.file)  # noqa: SLF001
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


def open_history(
    folder: str | Path, *, offers: Offers | None = None, store: Store | None = None
) -> Opened:
    """
    Return the register in *folder*, to record in.

    *store* is what writes into its folder `history`, if not the usual one.

    Raises:
        ProblemsError: If the register could not be taken in whole.
    """
    offers = offers or offers_here()
    folder = Path(folder)
    store = store or FolderStore(folder / FOLDER)
    seen = store.names()
    register, reader = open_register(folder, offers)
    if not register.is_whole:
        raise ProblemsError(
            f"{register.name} could not be taken in whole, so nothing can be recorded in it.",
            register.problems,
            mend=_NOT_WHOLE,
        )
    return Opened(
        folder=folder, register=register, reader=reader, offers=offers, store=store, seen=seen
    )


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


def _identity(refusal: Refusal) -> tuple[str, Subject | None, str]:
    # An occasion is refused as a whole, whatever the reason is said to be.
    if refusal.occasion is not None:
        return refusal.occasion.name, None, ""
    return "", refusal.subject, refusal.field


def _sentences(found: tuple[Refusal, ...], mine: Occasion) -> Iterator[str]:
    for one in found:
        if one.occasion is None or one.occasion.name == mine.name:
            yield f"{one.subject[1]}: {one.message}"
        else:
            yield (
                f"{one.subject[1]}: With this, what {one.occasion.name} recorded would no longer "
                f"be permitted. {one.message}"
            )
