"""
Writes files: each whole beside its target first, then all are put in place.

A run that is killed leaves at most such a file behind; the next write removes it.
"""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Mapping
from pathlib import Path

import attrs

from peerkit.errors import WriteError
from peerkit.files.reading import outside_reason
from peerkit.files.system import REAL, System
from peerkit.files.writing.refusals import busy, explained
from peerkit.files.writing.staging import patiently, sweep, temporary_name
from peerkit.files.writing.turns import Turn

__all__ = ["new_files", "write_files"]


def write_files(
    folder: Path,
    files: Mapping[str, bytes],
    *,
    overwrite: bool = True,
    turn: Turn | None = None,
    system: System = REAL,
) -> tuple[Path, ...]:
    """
    Write *files*, by their names in *folder*, and return their paths.

    Folders that are missing are made. If anything fails, every file is again what
    it was before. With *overwrite* false, a file that is there already is a refusal.
    With *turn*, files are written only while it lasts, and are on the disk for good,
    under their names, when this returns.

    Raises:
        WriteError: If a file could not be written; it says which, and why.
    """
    job = _Job(folder=folder, overwrite=overwrite, turn=turn, system=system)
    with contextlib.ExitStack() as stack:  # Ctrl+C, too, leaves everything as it was
        stack.callback(job.undo)
        try:
            for name, content in files.items():
                job.prepare(name, content)
            job.put_in_place()
        except OSError as error:
            raise explained(job.current, error, placing=job.placing) from error
        stack.pop_all()
    job.finish()
    return tuple(job.targets)


def new_files(
    folder: Path,
    files: Mapping[str, bytes],
    *,
    turn: Turn | None = None,
    system: System = REAL,
) -> tuple[Path, ...]:
    """
    Write *files* that must not be there yet, otherwise as `write_files` does.

    Raises:
        WriteError: If one is there already, or could not be written.
    """
    return write_files(folder, files, overwrite=False, turn=turn, system=system)


@attrs.define(kw_only=True, eq=False, repr=False)
class _Job:
    """
    One call of `write_files`: what has been done so far, so that it can be undone.

    *staged* maps each target to the file that is to take its place, *backups* to a
    copy of what it held; *placed* are the targets that hold something new.
    """

    folder: Path
    overwrite: bool
    turn: Turn | None
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
        if target.parent not in self.swept:
            self.swept.add(target.parent)
            sweep(target.parent, self.system)
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

    def stage(self, where: dict[Path, Path], target: Path, content: bytes) -> None:
        """
        Write *content* to a file beside *target*, down to the disk.
        """
        where[target] = path = target.parent / temporary_name()
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
        if self.turn and self.turn.is_lost():
            raise busy(self.current)
        # What is not to be overwritten is refused even if it came in the meantime.
        step = self.system.replace if self.overwrite else self.system.rename_new
        for target, staged in self.staged.items():
            self.current = target.name
            patiently(self.system, step, staged, target)
            self.placed.append(target)
        if self.turn:
            self.settle()

    def settle(self) -> None:
        """
        Wait until the names of the files are on the disk, too, not only what they hold.

        That a folder lies in the one above it counts as such a name: whoever made it
        may have been killed before this was on the disk.
        """
        folders = {folder for target in self.staged for folder in self.above(target)}
        try:
            for folder in sorted(folders, reverse=True):
                self.system.sync_folder(folder)
        except OSError:
            # Windows and many shares refuse this; there, a synced file keeps its name.
            for target in self.staged:
                patiently(self.system, self.system.sync_path, target)

    def above(self, target: Path) -> list[Path]:
        """
        Return the folders of *target*, up to the one that the folder lies in.
        """
        base = Path(os.path.realpath(self.folder)).parent
        return [path for path in target.parents if path == base or base in path.parents]

    def finish(self) -> None:
        """
        Tidy up behind files that are all in place; nothing here can undo them.
        """
        for path in self.backups.values():
            with contextlib.suppress(OSError):
                self.system.remove(path)
        if not self.turn:
            # Nothing is built on these files, so they need not be waited for.
            with contextlib.suppress(OSError):
                self.settle()

    def undo(self) -> None:
        """
        Make everything as it was.
        """
        for target in self.placed:
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
