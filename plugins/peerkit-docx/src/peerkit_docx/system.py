"""
The only place that runs programs and keeps files, and that knows on which system it is.

A program is given an end: its time is limited, and nothing it started outlives it. Kept
out: what programs are run for.
"""

from __future__ import annotations

import contextlib
import math
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, BinaryIO, Final

import attrs

from peerkit.errors import PeerkitError

if TYPE_CHECKING:
    from io import BufferedReader

__all__ = [
    "HERE",
    "LINUX",
    "MACOS",
    "WINDOWS",
    "Folder",
    "Ran",
    "System",
    "answer_alone",
    "end_with_parent",
    "libreoffice",
    "limit_memory",
    "run",
    "run_module",
    "temporary_folder",
]

_SOFFICE: Final = "PEERKIT_SOFFICE"
_MOST: Final = 2**27  # bytes that are kept of what a program says
_LOOK: Final = 0.5  # seconds between looks at whether one is still wanted
_ENDED: Final = 70  # exit code of what has ended itself
_GRACE: Final = 5.0  # seconds for what was ended to be gone
# CREATE_NO_WINDOW and CREATE_NEW_PROCESS_GROUP, which Python knows on Windows alone.
_NO_WINDOW: Final = 0x0800_0000
_NEW_GROUP: Final = 0x0000_0200


# -- what systems differ in --------------------------------------------------------


@attrs.frozen(kw_only=True)
class System:
    """
    What systems differ in.

    *started* is how a program is started so that all it starts can be ended with it, which
    *ended* does. LibreOffice's program has one of *names* and may lie in one of *places*,
    though the path does not lead there; *install* says how to get it. Tests put their own
    in place of *popen*.
    """

    started: Mapping[str, Any]
    ended: Callable[[System, subprocess.Popen[bytes]], None]
    names: tuple[str, ...]
    places: tuple[str, ...]
    install: str
    popen: Callable[..., subprocess.Popen[bytes]] = subprocess.Popen

    def start(self, command: Sequence[str], **named: Any) -> subprocess.Popen[bytes]:
        """
        Start *command* as the first of a tree of its own.
        """
        return self.popen(command, **self.started, **named)

    def end(self, process: subprocess.Popen[bytes]) -> None:
        """
        End *process*, if it still runs, and whatever it has started.
        """
        self.ended(self, process)
        process.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_GRACE)  # or it would stay behind as a zombie


def _end_group(_system: System, process: subprocess.Popen[bytes]) -> None:
    # The group has the number of its first process, also when that one is gone already.
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def _end_tree(system: System, process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:
        return
    # By its whole name: Windows would look for it in the current folder first.
    taskkill = Path(os.environ.get("SYSTEMROOT", r"C:\Windows")) / "System32" / "taskkill.exe"
    nowhere = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL)
    with contextlib.suppress(OSError, subprocess.TimeoutExpired):
        ending = system.start([str(taskkill), "/T", "/F", "/PID", str(process.pid)], **nowhere)
        ending.wait(_GRACE)


LINUX: Final = System(
    started={"start_new_session": True},
    ended=_end_group,
    names=("soffice", "libreoffice"),
    places=(),
    install="with your package manager (on Debian and Ubuntu: sudo apt install libreoffice-writer)",
)
MACOS: Final = attrs.evolve(
    LINUX,
    places=(
        "/Applications/LibreOffice.app/Contents/MacOS/soffice",
        "{HOME}/Applications/LibreOffice.app/Contents/MacOS/soffice",
    ),
    install="from https://www.libreoffice.org/download",
)
WINDOWS: Final = System(
    started={"creationflags": _NO_WINDOW | _NEW_GROUP},
    ended=_end_tree,
    names=("soffice.com", "soffice.exe"),
    places=(
        "{ProgramFiles}/LibreOffice/program/soffice.exe",
        "{ProgramW6432}/LibreOffice/program/soffice.exe",
        "{ProgramFiles(x86)}/LibreOffice/program/soffice.exe",
    ),
    install="from https://www.libreoffice.org/download",
)
HERE: Final = {"win32": WINDOWS, "darwin": MACOS}.get(sys.platform, LINUX)


# -- running -----------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Ran:
    """
    How a program came to its end.

    *code* is its exit code, or None if its time ran out or it said more than can be kept.
    *out* and *err* are what it said on standard output and standard error.
    """

    code: int | None
    out: bytes
    err: bytes

    @property
    def last_words(self) -> str:
        """
        The last line it said on standard error or, for want of one, on standard output.
        """
        lines = (self.err.strip() or self.out.strip()).decode("utf-8", "replace").splitlines()
        return lines[-1].strip()[:200] if lines else ""


def run(
    command: Sequence[str],
    *,
    seconds: float,
    given: bytes = b"",
    environment: Mapping[str, str] | None = None,
    system: System = HERE,
) -> Ran:
    """
    Run *command*, *given* bytes on standard input, for *seconds* at most.

    When it has ended or its time has run out, all that it started is ended. *environment*
    holds variables besides those it has anyway.

    Raises:
        OSError: If it cannot be started.
    """
    process = system.start(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, **(environment or {})},
    )
    out, err = bytearray(), bytearray()
    pumps = [
        threading.Thread(target=work, args=arguments, daemon=True)
        for work, *arguments in (
            (_feed, process.stdin, given),
            (_gather, process.stdout, out),
            (_gather, process.stderr, err),
        )
    ]
    code = None
    try:
        for pump in pumps:
            pump.start()
        with contextlib.suppress(subprocess.TimeoutExpired):
            code = process.wait(seconds)
    finally:
        system.end(process)
        for pump in pumps:
            pump.join(_GRACE)
    if max(len(out), len(err)) >= _MOST:
        code = None
    return Ran(code=code, out=bytes(out), err=bytes(err))


def _feed(stream: IO[bytes], given: bytes) -> None:
    # Whoever does not want to hear all of it has its reasons, and a code to tell them.
    with contextlib.suppress(OSError), stream:
        stream.write(given)


def _gather(stream: BufferedReader, said: bytearray) -> None:
    with stream:
        while len(said) < _MOST and (more := stream.read1(2**16)):
            said += more


def run_module(module: str, *, seconds: float, given: bytes, system: System = HERE) -> Ran:
    """
    Run *module* in a Python of its own, as `run` does, with the modules that are found here.
    """
    # Without -P, a module that lies in the current folder would come before all of them.
    return run(
        [sys.executable, "-P", "-m", module],
        seconds=seconds,
        given=given,
        environment={"PYTHONPATH": os.pathsep.join(one or str(Path.cwd()) for one in sys.path)},
        system=system,
    )


def limit_memory(most: int) -> None:
    """
    Let this process have *most* bytes of memory, on systems that have such a limit.
    """
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    # macOS refuses, and so does every system that allows us even less.
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def end_with_parent(seconds: float) -> None:
    """
    Let this process end after *seconds*, or as soon as the one that started it has gone.

    Whoever started it ends it in good time, but one that was killed ends nothing.
    """
    parent = os.getppid()

    def watch() -> None:
        waiting, left = threading.Event(), seconds
        while left > 0 and os.getppid() == parent:
            waiting.wait(min(_LOOK, left))
            left -= _LOOK
        os._exit(_ENDED)

    threading.Thread(target=watch, daemon=True).start()
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    # One long step of Python's own would not let the watch have its turn.
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(seconds), math.ceil(seconds) + 1))


def answer_alone() -> BinaryIO:
    """
    Return standard output for one answer; what anything else prints goes to standard error.
    """
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answer


# -- finding and keeping -----------------------------------------------------------


def libreoffice(system: System = HERE) -> Path | None:
    """
    Return the program of LibreOffice, or None if there is none.

    It is the one that the variable PEERKIT_SOFFICE names, or lies on the path, or where
    it is usually installed.

    Raises:
        PeerkitError: If PEERKIT_SOFFICE names no program.
    """
    named = os.environ.get(_SOFFICE)
    if named:
        if _is_program(Path(named)):
            return Path(named)
        raise PeerkitError(
            f"The variable {_SOFFICE} names {named}, and there is no such program.",
            mend="Set it to the whole name of LibreOffice’s program soffice, or leave it out.",
        )
    # Python's own search begins in the current folder on Windows, where anyone may have
    # laid a program of this name.
    path = (Path(folder, name) for folder in os.get_exec_path() for name in system.names)
    return next(filter(_is_program, (*path, *_usual(system.places))), None)


def _usual(places: Sequence[str]) -> Iterator[Path]:
    for place in places:
        with contextlib.suppress(KeyError):  # a variable that is not set here
            yield Path(place.format_map(os.environ))


def _is_program(path: Path) -> bool:
    return path.is_absolute() and path.is_file() and os.access(path, os.X_OK)


@attrs.frozen
class Folder:
    """
    A folder at *path* that is gone when its work is done.
    """

    path: Path

    def write(self, name: str, content: bytes) -> Path:
        """
        Keep *content* as the file *name*, and return its whole name.
        """
        kept = self.path / name
        kept.write_bytes(content)
        return kept

    def read(self, name: str) -> bytes | None:
        """
        Return what the file *name* holds, or None if there is none.
        """
        try:
            return (self.path / name).read_bytes()
        except FileNotFoundError:
            return None

    def address(self, name: str) -> str:
        """
        Return the file URL of *name*.
        """
        return (self.path / name).as_uri()


@contextlib.contextmanager
def temporary_folder() -> Iterator[Folder]:
    """
    Lend a folder that nobody else uses.
    """
    # Windows may hold a file a moment longer than the program that had it open.
    with tempfile.TemporaryDirectory(prefix="peerkit-", ignore_cleanup_errors=True) as path:
        yield Folder(Path(path))
