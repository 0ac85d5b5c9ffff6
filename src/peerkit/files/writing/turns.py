"""
Lets one writer at a time into a folder, on shares and synced folders, too.

Locks of the system are refused by some shares, and work on one computer only by
others, so turns are made of what every folder can do: whoever wants to write puts a
flag there, a file of a name nobody else has, and then looks. Of two writers, the one
that put its flag second sees the first one's, and goes. Nobody therefore has the
turn while another has it; and a writer that was killed leaves a flag behind, no lock.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import attrs

from peerkit.files.system import REAL, System
from peerkit.files.writing.refusals import busy, explained
from peerkit.files.writing.staging import (
    is_left_over,
    is_temporary,
    patiently,
    temporary_name,
)

__all__ = ["Turn", "in_turn"]

_LONGEST_WAIT: Final = 20.0
_STALLED: Final = 60.0
_FIRST_PAUSE: Final = 0.004
_LONGEST_PAUSE: Final = 0.1


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Turn:
    """
    The right to write in a folder: the *names* of its files, and our *flag*.
    """

    names: frozenset[str]
    flag: Path
    system: System

    def is_lost(self) -> bool:
        """
        True if it took us so long that somebody else has removed our flag.

        Who asks this after staging a file, and before putting it in place, never
        writes together with somebody else: while both files were there, nobody else
        had the turn, and who takes it later removes what was staged, too.
        """
        return not self.system.exists(self.flag)


@contextlib.contextmanager
def in_turn(
    folder: Path,
    what: str,
    look: Callable[[frozenset[str]], None] = lambda _: None,
    *,
    system: System = REAL,
) -> Iterator[Turn]:
    """
    Have the turn to write *what* in *folder*, which is made if it is missing.

    *look* is shown the names of the files each time we look whose turn it is, so
    that it can raise at once what would be no use to wait for.

    Raises:
        WriteError: If the folder cannot be written in, or others do not finish.
    """
    line = _Line(folder=folder, what=what, look=look, system=system)
    try:
        try:
            names = line.front()
        except OSError as error:
            raise explained(what, error) from error
        yield Turn(names=names, flag=line.flag, system=system)
    finally:
        line.leave()


@attrs.define(kw_only=True, eq=False, repr=False)
class _Line:
    """
    Those who wait for their turn, as seen by one of them.
    """

    folder: Path
    what: str
    look: Callable[[frozenset[str]], None]
    system: System
    flag: Path = attrs.field(init=False)
    has_flag: bool = False
    has_made: bool = False

    def front(self) -> frozenset[str]:
        """
        Wait until it is our turn, and return the names of the files that are there.
        """
        waited, longest = 0.0, _FIRST_PAUSE
        while True:
            if not self.has_flag:
                self.join()
            # A file that is renamed while a folder is listed may be in the list by
            # neither name. It cannot be missing from two lists, one after the other.
            names = frozenset(self.system.names(self.folder))
            names |= frozenset(self.system.names(self.folder))
            flags = frozenset(filter(is_temporary, names))
            self.look(names - flags)
            mine = self.flag.name
            others = [name for name in flags if name != mine and not self.removed(name)]
            if mine in flags and not others:
                return names - flags
            if waited > _LONGEST_WAIT:
                raise busy(self.what)
            # If everybody went, nobody would get on; if nobody went, neither.
            if mine not in flags or min(others) < mine:
                self.withdraw()
            pause = longest * (0.5 + os.urandom(1)[0] / 512)
            self.system.pause(pause)
            waited += pause
            longest = min(longest * 1.5, _LONGEST_PAUSE)

    def join(self) -> None:
        """
        Put our flag into the folder.
        """
        # Only this one: what should be above it may be a drive that is not connected.
        if not self.system.is_folder(self.folder):
            with contextlib.suppress(FileExistsError):
                self.system.make_folder(self.folder)
                self.has_made = True
        self.flag = self.folder / temporary_name()
        self.has_flag = True
        self.system.close(self.system.create(self.flag))

    def removed(self, name: str) -> bool:
        """
        True if *name* was of no use to anybody any more, and is no longer there.

        Ages are compared with that of our own flag, which the same server has dated;
        its clock may differ from ours.
        """
        path = self.folder / name
        try:
            if not is_left_over(path, self.system):
                older = self.system.age(path) - self.system.age(self.flag)
                if older < _STALLED:
                    return False
            self.system.remove(path)
        except OSError:  # gone by itself, perhaps to be an occasion: we look again
            return False
        return True

    def withdraw(self) -> None:
        """
        Take our flag away.
        """
        if self.has_flag:
            with contextlib.suppress(OSError):
                patiently(self.system, self.system.remove, self.flag)
            self.has_flag = False

    def leave(self) -> None:
        """
        Take away what was only needed to have the turn.
        """
        self.withdraw()
        if self.has_made:
            # A folder that somebody has written in stays: it is not empty.
            with contextlib.suppress(OSError):
                self.system.remove_folder(self.folder)
