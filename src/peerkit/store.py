"""
Where the files of the history are kept: one for each occasion, only ever added to.

Knows names and bytes, and nothing of what they mean. An occasion that was added is
kept, whole, whatever happens to the computer afterwards; one that was not
acknowledged is there wholly or not at all.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import Final, Protocol

import attrs

from peerkit.errors import PeerkitError, Problem, ProblemsError, UnknownNameError, WriteError
from peerkit.files.limits import FILE_BYTES
from peerkit.files.names import name_warning, unique_names
from peerkit.files.reading import UNREADABLE, outside_reason
from peerkit.files.system import REAL, System
from peerkit.files.writing import Turn, in_turn, new_files, write_files

__all__ = ["FolderStore", "MemoryStore", "NewerError", "Store"]

_SUFFIXES: Final = (".yaml", ".yml")
_SPELLING: Final = "Check how its name is spelt in the history folder."


class NewerError(PeerkitError):
    """
    The history is no longer what was read; nothing was written.

    *names* are the occasions that came meanwhile, or whose file was changed; *gone*
    those that are no longer there. Read it again, judge again and try again.
    """

    def __init__(self, names: Iterable[str], gone: Iterable[str] = ()) -> None:
        self.names = tuple(sorted(names))
        self.gone = tuple(sorted(gone))
        changes = [("new or changed", self.names), ("no longer there", self.gone)]
        said = "; ".join(f"{what}: {', '.join(found)}" for what, found in changes if found)
        super().__init__(
            f"The history has changed since it was read. It is {said}.",
            mend="Look at what was changed, then try again.",
        )


class Store(Protocol):
    """
    What the history needs of the place where it is kept.

    Names are those of files in one folder; those `names` gives are the history.
    `peerkit.testing.store_faults` says which of these promises a store breaks.
    """

    def names(self) -> tuple[str, ...]:
        """
        Return the names of the occasions that are there, sorted.
        """

    def read(self, name: str) -> bytes:
        """
        Return what the file of an occasion holds.

        Raises:
            UnknownNameError: If there is none of that name.
            ProblemsError: If it cannot be read.
        """

    def append(self, name: str, content: bytes, *, seen: Collection[str]) -> str:
        """
        Add an occasion, and return the name it got once it is kept for good.

        A name that is taken is given `-2`, `-3` and so on. *seen* are the names of
        the occasions, as `names` gave them, on which it was judged to be permitted.

        Raises:
            NewerError: If the names that are there are not those of *seen*.
            WriteError: If it could not be written; all is as it was.
        """

    def replace(self, name: str, content: bytes, *, was: bytes) -> None:
        """
        Let the file of an occasion hold *content* instead of *was*, for good.

        Raises:
            NewerError: If it does not hold *was*.
            UnknownNameError: If there is none of that name.
            WriteError: If it could not be written; all is as it was.
        """


@attrs.frozen(eq=False, repr=False)
class FolderStore:
    """
    A store that keeps each occasion as a file in *folder*, which is made when needed.

    It works on network shares and synced folders, and asks of no writer to leave
    anything running. Of writers on computers that sync their folders later, neither
    sees the other; both files are kept, and the history has to be settled by a person.

    An append writes the new file and an empty one that goes again, however long the
    history is; only the list of names it looks at grows.
    """

    folder: Path
    system: System = REAL

    def names(self) -> tuple[str, ...]:
        """
        Return the names of the occasions that are there, sorted.

        Hidden files and those of other kinds, which sync tools and programs leave
        about, are not among them.
        """
        try:
            return _occasions(self.system.names(self.folder))
        except OSError as error:
            raise _unreadable(self.folder.name) from error

    def read(self, name: str) -> bytes:
        """
        Return what the file of an occasion holds.
        """
        reason = self._wrong(name)
        if reason:
            raise UnknownNameError(f"{name} is no occasion: {reason}.", mend=_SPELLING)
        try:
            # A folder is no occasion, and reading a pipe may wait for ever.
            if self.system.is_file(self.folder / name):
                return self.system.read(self.folder / name)
        except FileNotFoundError:
            pass
        except OSError as error:
            raise _unreadable(name) from error
        raise _unknown(name)

    def append(self, name: str, content: bytes, *, seen: Collection[str]) -> str:
        """
        Add an occasion, and return the name it got once it is kept for good.
        """
        _check(name, content)
        look = _comparing(seen)
        with in_turn(self.folder, name, look, system=self.system) as turn:
            free = self._free(name, turn)
            new_files(self.folder, {free: content}, turn=turn, system=self.system)
        return free

    def replace(self, name: str, content: bytes, *, was: bytes) -> None:
        """
        Let the file of an occasion hold *content* instead of *was*, for good.
        """
        self.read(name)  # what is not there needs no turn
        _check(name, content)
        with in_turn(self.folder, name, system=self.system) as turn:
            if self.read(name) != was:
                raise NewerError([name])
            write_files(self.folder, {name: content}, turn=turn, system=self.system)

    def _free(self, name: str, turn: Turn) -> str:
        taken = list(turn.names)
        while True:
            free = unique_names([*taken, name])[-1]
            # A folder may have the name, and systems differ in which names are one.
            if not self.system.exists(self.folder / free):
                return free
            taken.append(free)

    def _wrong(self, name: str) -> str:
        return _wrong_name(name) or outside_reason(self.folder, name)


@attrs.frozen(eq=False, repr=False)
class MemoryStore:
    """
    A store that is gone with the program, to try things out and for tests.
    """

    _held: dict[str, bytes] = attrs.field(factory=dict, init=False)
    _lock: threading.Lock = attrs.field(factory=threading.Lock, init=False)

    def names(self) -> tuple[str, ...]:
        """
        Return the names of the occasions that are there, sorted.
        """
        with self._lock:
            return _occasions(self._held)

    def read(self, name: str) -> bytes:
        """
        Return what the file of an occasion holds.
        """
        with self._lock:
            if name not in self._held:
                raise _unknown(name)
            return self._held[name]

    def append(self, name: str, content: bytes, *, seen: Collection[str]) -> str:
        """
        Add an occasion, and return the name it got.
        """
        _check(name, content)
        with self._lock:
            _comparing(seen)(frozenset(self._held))
            free = unique_names([*self._held, name])[-1]
            self._held[free] = content
            return free

    def replace(self, name: str, content: bytes, *, was: bytes) -> None:
        """
        Let the file of an occasion hold *content* instead of *was*.
        """
        with self._lock:
            if name not in self._held:
                raise _unknown(name)
            _check(name, content)
            if self._held[name] != was:
                raise NewerError([name])
            self._held[name] = content


def _occasions(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(name for name in names if not _is_passed_over(name)))


def _is_passed_over(name: str) -> bool:
    return name.startswith(".") or not name.lower().endswith(_SUFFIXES)


def _comparing(seen: Collection[str]) -> Callable[[frozenset[str]], None]:
    expected = frozenset(seen)

    def look(names: frozenset[str]) -> None:
        there = frozenset(_occasions(names))
        if there != expected:
            raise NewerError(there - expected, expected - there)

    return look


def _wrong_name(name: str) -> str:
    if "/" in name:
        return "it is not the name of a file in this very folder"
    if _is_passed_over(name):
        return "the name of an occasion ends in .yaml and begins with no dot"
    return ""


def _check(name: str, content: bytes) -> None:
    reason = _wrong_name(name) or name_warning(name)
    if reason:
        raise WriteError(f"{name} was not written: {reason}.", mend="Choose another name.")
    if len(content) > FILE_BYTES:
        raise WriteError(
            f"{name} was not written: it would hold more than {FILE_BYTES:,} bytes.",
            mend="Record it in several occasions.",
        )


def _unknown(name: str) -> UnknownNameError:
    return UnknownNameError(f"There is no occasion {name}.", mend=_SPELLING)


def _unreadable(name: str) -> ProblemsError:
    message = f"{name} cannot be read."
    return ProblemsError(
        message, (Problem(kind=UNREADABLE, message=message),), mend=UNREADABLE.mend
    )
