"""
A register with its history as they are now, opened to record in.

Kept out: what is to be recorded, and whether it may be.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import Final

import attrs

from peerkit.errors import Problem, ProblemsError, Severity
from peerkit.files.text import clean, decode
from peerkit.files.tree import Tree
from peerkit.history import History, Occasion
from peerkit.hookspecs import Offers
from peerkit.loading import HistoryReader, open_register
from peerkit.loading.history import FOLDER
from peerkit.register import Register
from peerkit.store import FolderStore, Store
from peerkit.verbs.recording.drafts import moved
from peerkit.verbs.registers import offers_here

__all__ = ["GRAVE", "Opened", "open_history"]

GRAVE: Final = (Severity.FAULT, Severity.ERROR)
_NOT_WHOLE: Final = "Mend its problems first; peerkit check lists them."


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
        is_faulty = any(one.severity in GRAVE for one in problems)
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
