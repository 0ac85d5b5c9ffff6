"""
The one writer of files: all of them are written, or none is.

Every file is first written whole beside its target, then all are put in place. A
run that is killed leaves at most such a file behind; the next write removes it.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Final

import attrs

from peerkit.errors import WriteError
from peerkit.files.reading import outside_reason
from peerkit.files.system import REAL, System

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["new_files", "write_files"]

_CLOSE_IT: Final = "Close it in Word or any other program that shows it, then try again."
_OTHER_FOLDER: Final = "Choose another folder, or ask who looks after this one to let you write."

# What the system said, and what that means to the person at the keyboard.
_REFUSALS: Final = {
    "ENOSPC": ("the disk is full", "Make room on the disk, then try again."),
    "EDQUOT": ("your share of the disk is used up", "Make room on it, then try again."),
    "EROFS": ("the folder is read-only", _OTHER_FOLDER),
    "EACCES": ("you have no permission to write there", _OTHER_FOLDER),
    "EPERM": ("you have no permission to write there", _OTHER_FOLDER),
    "ENAMETOOLONG": ("its path is too long", "Use a shorter name, or a folder nearer the top."),
    "EISDIR": ("there is a folder of that name", "Rename the folder, or choose another name."),
    "ENOTDIR": ("a file is where a folder is needed", "Rename that file, or choose another."),
    "EEXIST": ("it is there already", "Choose another name, or move what is there away."),
    "ENOENT": ("its folder is no longer there", "Check the folder, then try again."),
    "EBUSY": ("another program is using it", _CLOSE_IT),
    "ETXTBSY": ("another program is using it", _CLOSE_IT),
}
_UNKNOWN: Final = ("the system refused", "Check the disk and the folder, then try again.")
_IN_USE: Final = ("it is open in another program", _CLOSE_IT)
_DENIED: Final = frozenset((errno.EACCES, errno.EPERM))
_WINDOWS_SHARING: Final = frozenset((32, 33))
_WINDOWS_TOO_LONG: Final = 206

_LEFTOVER: Final = re.compile(r"\.peerkit-([0-9a-f]{8})-(\d+)-[0-9a-f]+-\d+\.tmp")
_DAY: Final = 24 * 60 * 60
_NUMBERS = count()


def write_files(
    folder: Path, files: Mapping[str, bytes], *, overwrite: bool = True, system: System = REAL
) -> tuple[Path, ...]:
    """
    Write *files*, by their names in *folder*, and return their paths.

    Folders that are missing are made. If anything fails, every file is again what
    it was before. With *overwrite* false, a file that is there already is a refusal.

    Raises:
        WriteError: If a file could not be written; it says which, and why.
    """
    job = _Job(folder=folder, overwrite=overwrite, system=system)
    try:
        for name, content in files.items():
            job.prepare(name, content)
        job.put_in_place()
    except OSError as error:
        job.undo()
        raise job.explained(error) from error
    except BaseException:  # Ctrl+C, too, leaves everything as it was
        job.undo()
        raise
    job.finish()
    return tuple(job.targets)


def new_files(
    folder: Path, files: Mapping[str, bytes], *, system: System = REAL
) -> tuple[Path, ...]:
    """
    Write *files* that must not be there yet.

    Raises:
        WriteError: If one is there already, or could not be written.
    """
    return write_files(folder, files, overwrite=False, system=system)


@attrs.define
class _Job:
    """
    One call of `write_files`: what has been done so far, so that it can be undone.

    *staged* maps each target to the file that is to take its place, *backups* to a
    copy of what it held; *placed* are the targets that hold something new.
    """

    folder: Path
    overwrite: bool
    system: System
    current: str = ""
    placing: bool = False
    targets: list[Path] = attrs.Factory(list)
    folders: list[Path] = attrs.Factory(list)
    staged: dict[Path, Path] = attrs.Factory(dict)
    backups: dict[Path, Path] = attrs.Factory(dict)
    placed: list[Path] = attrs.Factory(list)
    swept: set[Path] = attrs.Factory(set)

    def prepare(self, name: str, content: bytes) -> None:
        """
        Write one file whole beside its target.
        """
        self.current = name
        reason = outside_reason(self.folder, name)
        if reason:
            raise WriteError(f"{name} was not written: {reason}.", mend="Choose another name.")
        # A link inside the folder is written through, not replaced by a file.
        target = Path(os.path.realpath(self.folder / name))
        self.make_folders(target.parent)
        self.sweep(target.parent)
        if self.system.is_folder(target):
            raise IsADirectoryError(errno.EISDIR, "folder", str(target))
        there = self.system.exists(target)
        if there and not self.overwrite:
            raise FileExistsError(errno.EEXIST, "exists", str(target))
        self.targets.append(self.folder / name)
        self.stage(self.staged, target, content)
        if there:
            with contextlib.suppress(OSError):
                self.system.copy_mode(target, self.staged[target])
            self.stage(self.backups, target, self.system.read(target))

    def stage(self, where: dict[Path, Path], target: Path, content: bytes) -> None:
        """
        Write *content* to a file beside *target*, down to the disk.
        """
        where[target] = path = target.parent / _temporary_name()
        descriptor = self.system.create(path)
        try:
            self.system.write(descriptor, content)
            self.system.sync_file(descriptor)
        finally:
            self.system.close(descriptor)

    def put_in_place(self) -> None:
        """
        Put every file in the place of its target.
        """
        self.placing = True
        for target, staged in self.staged.items():
            self.current = target.name
            if not self.overwrite:
                # Taking the name first refuses a file that came in the meantime.
                self.system.close(self.system.create(target))
                self.placed.append(target)
            self.system.replace(staged, target)
            self.placed.append(target)

    def finish(self) -> None:
        """
        Tidy up behind files that are all in place; nothing here can undo them.
        """
        for path in self.backups.values():
            with contextlib.suppress(OSError):
                self.system.remove(path)
        for folder in {target.parent for target in self.staged}:
            # Shares and Windows refuse this, and the files are safe without it.
            with contextlib.suppress(OSError):
                self.system.sync_folder(folder)

    def undo(self) -> None:
        """
        Make everything as it was.
        """
        for target in dict.fromkeys(self.placed):
            with contextlib.suppress(OSError):
                if target in self.backups:
                    self.system.replace(self.backups[target], target)
                else:
                    self.system.remove(target)
        for path in (*self.staged.values(), *self.backups.values()):
            with contextlib.suppress(OSError):
                self.system.remove(path)
        for folder in reversed(self.folders):
            with contextlib.suppress(OSError):
                self.system.remove_folder(folder)

    def make_folders(self, folder: Path) -> None:
        """
        Make the folders that are missing, the outermost first.
        """
        missing = []
        while not self.system.is_folder(folder):
            missing.append(folder)
            folder = folder.parent
        for path in reversed(missing):
            try:
                self.system.make_folder(path)
            except FileExistsError:
                if not self.system.is_folder(path):
                    raise NotADirectoryError(errno.ENOTDIR, "file", str(path)) from None
            else:
                self.folders.append(path)

    def sweep(self, folder: Path) -> None:
        """
        Remove what killed runs have left in *folder*, but nothing another run is using.
        """
        if folder in self.swept:
            return
        self.swept.add(folder)
        for path in _leftovers(folder, self.system):
            with contextlib.suppress(OSError):
                self.system.remove(path)

    def explained(self, error: OSError) -> WriteError:
        """
        Return what the system said as one sentence for the user.
        """
        reason, mend = _REFUSALS.get(errno.errorcode.get(error.errno or 0, ""), _UNKNOWN)
        code = getattr(error, "winerror", None)
        if code in _WINDOWS_SHARING or (self.placing and error.errno in _DENIED):
            reason, mend = _IN_USE
        elif code == _WINDOWS_TOO_LONG:
            reason, mend = _REFUSALS["ENAMETOOLONG"]
        return WriteError(f"{self.current} was not written: {reason}.", mend=mend)


def _leftovers(folder: Path, system: System) -> Iterable[Path]:
    for name in system.names(folder):
        found = _LEFTOVER.fullmatch(name)
        if found is None:
            continue
        path = folder / name
        with contextlib.suppress(OSError):
            ours = found[1] == _computer()
            if system.age(path) > _DAY or (ours and system.is_abandoned(path, int(found[2]))):
                yield path


def _temporary_name() -> str:
    return f".peerkit-{_computer()}-{os.getpid()}-{REAL.session}-{next(_NUMBERS)}.tmp"


def _computer() -> str:
    import hashlib  # noqa: PLC0415 - neither is needed to read
    import platform  # noqa: PLC0415

    return hashlib.blake2s(platform.node().encode("utf-8", "replace"), digest_size=4).hexdigest()
