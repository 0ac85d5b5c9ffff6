"""
The files that commands about templates read and write.
"""

from __future__ import annotations

from pathlib import Path

from peerkit.cli.checking import shown
from peerkit.errors import UnknownNameError, WriteError
from peerkit.files.limits import TEMPLATE_BYTES
from peerkit.files.reading import read_bytes
from peerkit.files.writing import write_files

__all__ = ["read_template", "refuse_same", "write_beside"]


def read_template(file: str) -> bytes:
    """
    Return what is in *file*.

    Raises:
        UnknownNameError: If it is not there or cannot be read.
    """
    path = Path(file)
    raw, problems = read_bytes(path.parent, path.name, TEMPLATE_BYTES)
    if raw is None:
        raise UnknownNameError(problems[0].message, mend=problems[0].advice)
    return raw


def refuse_same(file: str, *written: str | None) -> None:
    """
    Refuse to write where the template itself lies, or two things into one file.

    Raises:
        WriteError: If that was asked for.
    """
    places = [Path(one).resolve() for one in written if one]
    if Path(file).resolve() in places:
        raise WriteError(f"{file} is the template itself.", mend="Name another file to write.")
    if len(places) != len(set(places)):
        raise WriteError(
            "The comments and the preview cannot be written into one file.",
            mend="Name another file for one of them.",
        )


def write_beside(name: str, content: bytes, *, overwrite: bool) -> str:
    """
    Write *content* into the file *name*, and return how it is shown.

    Raises:
        WriteError: If it is there already, unless *overwrite*; or cannot be written.
    """
    path = Path(name)
    if path.exists() and not overwrite:
        raise WriteError(
            f"{shown(path)} is there already, so nothing was written.",
            mend="Name another file, or add --overwrite.",
        )
    write_files(path.parent, {path.name: content})
    return shown(path)
