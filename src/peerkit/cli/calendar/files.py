"""
The calendar as a file for other programs: where it goes, and that it replaces nothing unasked.
"""

from __future__ import annotations

from pathlib import Path

import attrs

from peerkit import verbs
from peerkit.cli.calendar.told import Asked, Told
from peerkit.cli.checking import Checked, shown
from peerkit.cli.folders import out_folder
from peerkit.errors import UnknownNameError, WriteError
from peerkit.files.names import safe_name
from peerkit.files.writing import write_files
from peerkit.papers import Export

__all__ = ["Drawn", "draw", "export_named"]

_ELSEWHERE = {"ics": "peerkit-committee"}
_NAME = "calendar"


@attrs.frozen(kw_only=True)
class Drawn:
    """
    The *path* that was written by an *export*, and how many deadlines are in it; *without*
    are those that have no day.
    """

    path: Path
    export: str
    number: int
    without: int


def export_named(found: Checked, name: str) -> Export:
    """
    Return the export of that *name* that draws calendars.

    Raises:
        UnknownNameError: If no installed plugin offers it.
    """
    known = verbs.calendar_exports(found.offers)
    if name not in known:
        plugin = _ELSEWHERE.get(name)
        more = f"To get it: python -m pip install {plugin}. " if plugin else ""
        there = f"There are: {', '.join(sorted(known))}." if known else ""
        raise UnknownNameError(
            f"There is no calendar file “{name}” here.",
            mend=f"{more}{there}".strip() or "No installed plugin offers one.",
        )
    return known[name]


def draw(found: Checked, asked: Asked, told: Told) -> Drawn:
    """
    Write the deadlines that are shown as a file, and return what was written.

    Raises:
        RefusedError: If it would lie among the register's own files.
        WriteError: If another file is there already, unless that may be overwritten.
    """
    export = export_named(found, asked.export)
    path = _path(found, asked, export)
    content = verbs.draw_calendar(
        attrs.evolve(told.every, deadlines=told.shown), export.name, offers=found.offers
    )
    if not asked.overwrite and path.exists() and _read(path) != content:
        raise WriteError(
            f"{shown(path)} is there already, and holds something else, so nothing was written.",
            mend="To replace it, add --overwrite; or name another file with --out.",
        )
    write_files(path.parent, {path.name: content})
    dated = sum(1 for one in told.shown if one.day is not None)
    return Drawn(path=path, export=export.name, number=dated, without=len(told.shown) - dated)


def _path(found: Checked, asked: Asked, export: Export) -> Path:
    # A public calendar never takes the place of the internal one, nor it that of a public one.
    public = ["public"] if asked.public else []
    name = safe_name(_NAME, *public, suffix=export.suffix)
    folder = Path(asked.out) if asked.out else None
    is_file = folder is not None and folder.suffix.casefold() == export.suffix
    if folder is not None and is_file and not folder.is_dir():
        folder, name = folder.parent, folder.name
    given = str(folder) if folder is not None else ""
    return out_folder(given, Path(asked.folder), found.register.name) / name


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:  # a folder, or not to be read: the same as any other file
        return None
