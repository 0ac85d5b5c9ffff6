"""
The few operations on which systems differ, so that nothing else asks which it is on.

Tests put their own in place of `REAL`, one that refuses what a share, a synced
folder or a full disk refuses.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import time
from typing import TYPE_CHECKING, Final, Protocol

import attrs

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["REAL", "RealSystem", "System"]


_MAY_ASK: Final = 0x1000  # PROCESS_QUERY_LIMITED_INFORMATION

# What Linux and macOS call renaming that never overwrites, and what they want besides
# the two names: AT_FDCWD and RENAME_NOREPLACE, RENAME_EXCL.
_CAREFUL_RENAMES: Final = (("renameat2", (-100,), (1,)), ("renamex_np", (), (4,)))
_NO_SUCH_CALL: Final = frozenset((errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP))


class System(Protocol):
    """
    What the writer needs of a system. Everything may raise OSError.
    """

    def names(self, folder: Path) -> list[str]:
        """
        Return the names of the files in a folder; none if it is not there.
        """

    def exists(self, path: Path) -> bool:
        """
        True if there is anything at *path*.
        """

    def is_file(self, path: Path) -> bool:
        """
        True if there is a file at *path*.
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

    def rename_new(self, source: Path, target: Path) -> None:
        """
        Give *source* the name *target*, at once, unless there is anything of that name.
        """

    def sync_folder(self, folder: Path) -> None:
        """
        Wait until the names in a folder are on the disk.
        """

    def sync_path(self, path: Path) -> None:
        """
        Wait until a file is on the disk, which also keeps its name where folders refuse.
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

    def pause(self, seconds: float) -> None:
        """
        Let others go on for a moment.
        """

    def open_path(self, path: Path) -> None:
        """
        Open a file in the program the user has chosen for its kind.
        """


@attrs.frozen(eq=False, repr=False)
class RealSystem:
    """
    The system peerkit runs on.

    *session* tells this run from an earlier one that had the same process number.
    """

    session: str = attrs.field(factory=lambda: os.urandom(4).hex())

    def names(self, folder: Path) -> list[str]:
        """
        Return the names of the files in a folder; none if it is not there.
        """
        try:
            with os.scandir(folder) as entries:
                return [entry.name for entry in entries if _is_file(entry)]
        except FileNotFoundError:
            return []

    def exists(self, path: Path) -> bool:
        """
        True if there is anything at *path*, even a link to nowhere.
        """
        return os.path.lexists(path)

    def is_file(self, path: Path) -> bool:
        """
        True if there is a file at *path*.
        """
        return path.is_file()

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
        _sync(descriptor)

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
        import shutil  # noqa: PLC0415 - only when a file is replaced

        shutil.copymode(source, target)

    def replace(self, source: Path, target: Path) -> None:
        """
        Put *source* in the place of *target*, at once.
        """
        source.replace(target)

    def rename_new(self, source: Path, target: Path) -> None:
        """
        Give *source* the name *target*, at once, unless there is anything of that name.

        A file system that cannot do so at once, such as NFS, is asked first instead.
        """
        # Windows refuses by itself what would overwrite something.
        if sys.platform != "win32":
            if _renamed_carefully(source, target):
                return
            if os.path.lexists(target):
                raise FileExistsError(errno.EEXIST, "exists", str(target))
        source.rename(target)

    def sync_folder(self, folder: Path) -> None:
        """
        Wait until the names in a folder are on the disk; Windows refuses.
        """
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            _sync(descriptor)
        finally:
            os.close(descriptor)

    def sync_path(self, path: Path) -> None:
        """
        Wait until a file is on the disk, which also keeps its name where folders refuse.
        """
        # Windows syncs only what may be written, other systems also what may not.
        descriptor = os.open(path, os.O_RDWR if sys.platform == "win32" else os.O_RDONLY)
        try:
            _sync(descriptor)
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
            import ctypes  # noqa: PLC0415 - only when something was left over

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

    def pause(self, seconds: float) -> None:
        """
        Let others go on for a moment.
        """
        time.sleep(seconds)

    def open_path(self, path: Path) -> None:
        """
        Open a file in the program the user has chosen for its kind.
        """
        if sys.platform == "win32":
            os.startfile(path)  # noqa: S606 # the user asked for this very file
            return
        import shutil  # noqa: PLC0415 - starting programs is rare, and both are slow to load
        import subprocess  # noqa: PLC0415

        command = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
        if command is None:
            raise FileNotFoundError("no program to open files with")
        with contextlib.suppress(subprocess.TimeoutExpired):
            subprocess.run(  # noqa: S603 # no shell, and a path peerkit has written itself
                [command, str(path)], check=True, timeout=10, stdin=subprocess.DEVNULL
            )


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:  # a link that leads round in a circle
        return False


def _sync(descriptor: int) -> None:
    if sys.platform == "darwin":
        # There, fsync leaves it to the disk when it writes down what it was given.
        import fcntl  # noqa: PLC0415 - not on Windows

        with contextlib.suppress(OSError):
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
            return
    os.fsync(descriptor)


def _renamed_carefully(source: Path, target: Path) -> bool:
    """
    Rename by the call that never overwrites; false if there is none here.
    """
    import ctypes  # noqa: PLC0415 - only to add a file

    library = ctypes.CDLL(None, use_errno=True)
    for name, here, flag in _CAREFUL_RENAMES:
        rename = getattr(library, name, None)
        if rename is None:
            continue
        if not rename(*here, os.fsencode(source), *here, os.fsencode(target), *flag):
            return True
        number = ctypes.get_errno()
        if number not in _NO_SUCH_CALL:
            raise OSError(number, os.strerror(number), str(target))
    return False


REAL: Final = RealSystem()
