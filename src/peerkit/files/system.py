"""
The few operations on which systems differ, so that nothing else asks which it is on.

Tests put their own in place of `REAL`, one that refuses what a share, a synced
folder or a full disk refuses.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import secrets
import shutil
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Final, Protocol

import attrs

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["REAL", "RealSystem", "System"]


_MAY_ASK: Final = 0x1000  # PROCESS_QUERY_LIMITED_INFORMATION


class System(Protocol):
    """
    What the writer needs of a system. Everything may raise OSError.
    """

    def names(self, folder: Path) -> list[str]:
        """
        Return the names in a folder; none if it is not there.
        """

    def exists(self, path: Path) -> bool:
        """
        True if there is anything at *path*.
        """

    def is_folder(self, path: Path) -> bool:
        """
        True if there is a folder at *path*.
        """

    def make_folder(self, path: Path) -> None:
        """
        Make one folder, in one that is there.
        """

    def remove_folder(self, path: Path) -> None:
        """
        Remove an empty folder.
        """

    def create(self, path: Path) -> int:
        """
        Create a file that was not there, and return its descriptor.
        """

    def write(self, descriptor: int, content: bytes) -> None:
        """
        Write all of *content*.
        """

    def sync_file(self, descriptor: int) -> None:
        """
        Wait until what was written is on the disk.
        """

    def close(self, descriptor: int) -> None:
        """
        Close the file.
        """

    def read(self, path: Path) -> bytes:
        """
        Return what a file holds.
        """

    def copy_mode(self, source: Path, target: Path) -> None:
        """
        Give *target* the permissions of *source*.
        """

    def replace(self, source: Path, target: Path) -> None:
        """
        Put *source* in the place of *target*, at once.
        """

    def sync_folder(self, folder: Path) -> None:
        """
        Wait until the names in a folder are on the disk.
        """

    def remove(self, path: Path) -> None:
        """
        Remove a file.
        """

    def is_abandoned(self, path: Path, process: int) -> bool:
        """
        True if *process* of this computer, which made *path*, no longer runs.
        """

    def age(self, path: Path) -> float:
        """
        Return how many seconds ago a file was last written.
        """

    def open_path(self, path: Path) -> None:
        """
        Open a file in the program the user has chosen for its kind.
        """


@attrs.frozen
class RealSystem:
    """
    The system peerkit runs on.

    *session* tells this run from an earlier one that had the same process number.
    """

    session: str = attrs.field(factory=lambda: secrets.token_hex(4))

    def names(self, folder: Path) -> list[str]:
        """
        Return the names in a folder; none if it is not there.
        """
        try:
            return [path.name for path in folder.iterdir()]
        except FileNotFoundError:
            return []

    def exists(self, path: Path) -> bool:
        """
        True if there is anything at *path*, even a link to nowhere.
        """
        return os.path.lexists(path)

    def is_folder(self, path: Path) -> bool:
        """
        True if there is a folder at *path*.
        """
        return path.is_dir()

    def make_folder(self, path: Path) -> None:
        """
        Make one folder, in one that is there.
        """
        path.mkdir()

    def remove_folder(self, path: Path) -> None:
        """
        Remove an empty folder.
        """
        path.rmdir()

    def create(self, path: Path) -> int:
        """
        Create a file that was not there, and return its descriptor.
        """
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        return os.open(path, flags, 0o666)

    def write(self, descriptor: int, content: bytes) -> None:
        """
        Write all of *content*.
        """
        left = memoryview(content)
        while left:
            left = left[os.write(descriptor, left) :]

    def sync_file(self, descriptor: int) -> None:
        """
        Wait until what was written is on the disk.
        """
        os.fsync(descriptor)

    def close(self, descriptor: int) -> None:
        """
        Close the file.
        """
        os.close(descriptor)

    def read(self, path: Path) -> bytes:
        """
        Return what a file holds.
        """
        return path.read_bytes()

    def copy_mode(self, source: Path, target: Path) -> None:
        """
        Give *target* the permissions of *source*.
        """
        shutil.copymode(source, target)

    def replace(self, source: Path, target: Path) -> None:
        """
        Put *source* in the place of *target*, at once.
        """
        source.replace(target)

    def sync_folder(self, folder: Path) -> None:
        """
        Wait until the names in a folder are on the disk; Windows refuses.
        """
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def remove(self, path: Path) -> None:
        """
        Remove a file.
        """
        path.unlink()

    def is_abandoned(self, path: Path, process: int) -> bool:
        """
        True if *process* of this computer, which made *path*, no longer runs.
        """
        if process == os.getpid():
            return self.session not in path.name
        if sys.platform == "win32":
            # There, os.kill would end the process instead of asking for it.
            kernel = ctypes.windll.kernel32
            handle = kernel.OpenProcess(_MAY_ASK, 0, process)
            kernel.CloseHandle(handle)
            return not handle
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        except (PermissionError, OverflowError):
            return False
        return False

    def age(self, path: Path) -> float:
        """
        Return how many seconds ago a file was last written.
        """
        return time.time() - path.stat().st_mtime

    def open_path(self, path: Path) -> None:
        """
        Open a file in the program the user has chosen for its kind.
        """
        if sys.platform == "win32":
            os.startfile(path)  # noqa: S606 # the user asked for this very file
            return
        command = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
        if command is None:
            raise FileNotFoundError("no program to open files with")
        with contextlib.suppress(subprocess.TimeoutExpired):
            subprocess.run(  # noqa: S603 # no shell, and a path peerkit has written itself
                [command, str(path)], check=True, timeout=10, stdin=subprocess.DEVNULL
            )


REAL: Final = RealSystem()
