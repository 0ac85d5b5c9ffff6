"""
The files that exist only while peerkit writes: their names, and how they go again.
"""

from __future__ import annotations

import contextlib
import os
import re
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Final

from peerkit.files.system import REAL, System

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "is_left_over",
    "is_temporary",
    "patiently",
    "sweep",
    "temporary_name",
    "this_computer",
]

_TEMPORARY: Final = re.compile(r"\.peerkit-([0-9a-f]{8})-(\d+)-[0-9a-f]+-\d+\.tmp")
_DAY: Final = 24 * 60 * 60
_TRIES: Final = 10
_MOMENT: Final = 0.05
_NUMBERS = count()


def temporary_name() -> str:
    """
    Return a name that no other file has, and that tells whose it is.
    """
    return f".peerkit-{this_computer()}-{os.getpid()}-{REAL.session}-{next(_NUMBERS)}.tmp"


def is_temporary(name: str) -> bool:
    """
    True if it is one of those names.
    """
    return _TEMPORARY.fullmatch(name) is not None


def is_left_over(path: Path, system: System) -> bool:
    """
    True if the run that made this temporary file has been killed.

    Nobody can ask whether a run of another computer goes on; there, a day decides.
    """
    found = _TEMPORARY.fullmatch(path.name)
    if found is None:
        return False
    ours = found[1] == this_computer()
    return system.age(path) > _DAY or (ours and system.is_abandoned(path, int(found[2])))


def sweep(folder: Path, system: System) -> None:
    """
    Remove what killed runs have left in *folder*, but nothing another run is using.
    """
    for name in filter(is_temporary, system.names(folder)):
        with contextlib.suppress(OSError):
            if is_left_over(folder / name, system):
                system.remove(folder / name)


def patiently(system: System, step: Callable[..., None], *arguments: Path) -> None:
    """
    Take *step*, again and again for a moment where permission is denied.

    On Windows, whoever looks at a new file, such as a virus scanner or the program
    that syncs the folder, is in the way until it has done.
    """
    for _ in range(_TRIES):
        try:
            return step(*arguments)
        except PermissionError:
            system.pause(_MOMENT)
    return step(*arguments)


def this_computer() -> str:
    """
    Return what tells this computer from others.
    """
    import hashlib  # noqa: PLC0415 - neither is needed to read
    import platform  # noqa: PLC0415

    return hashlib.blake2s(platform.node().encode("utf-8", "replace"), digest_size=4).hexdigest()
