"""
`peerkit new`: begins a register.
"""

from __future__ import annotations

from pathlib import Path

import click

from peerkit import verbs
from peerkit.cli import options
from peerkit.cli.checking import register_around, shown
from peerkit.cli.console import say, say_json, stdout_is_ours
from peerkit.cli.exits import Exit
from peerkit.cli.telling import plural
from peerkit.errors import RefusedError, WriteError
from peerkit.files.names import name_warning
from peerkit.files.writing import new_files
from peerkit.plugins import gather

__all__ = ["command"]

_SHOWN = 5


@click.command(short_help="Begin a register.")
@options.folder
@click.option("--from", "pack", default="", metavar="PACK", help="The pack to begin with.")
@options.as_json
@options.no_plugin
def command(folder: str, pack: str, as_json: bool, without: tuple[str, ...]) -> Exit:  # noqa: FBT001 - click passes it by name
    """
    Begin a register in FOLDER: a few files that check clean and make papers.

    Nothing that is there already is overwritten.
    """
    path = Path(folder)
    _refuse_name(path)
    _refuse_taken(path)
    with stdout_is_ours():
        offers = gather(without)
        chosen, files = verbs.starter(pack, offers=offers)
    written = new_files(path, files)
    if as_json:
        names = [one.relative_to(path).as_posix() for one in written]
        say_json({"peerkit": "new/1", "folder": folder, "pack": chosen.name, "files": names})
        return Exit.FINE
    for one in written:
        say(shown(one))
    say()
    said = shown(path)
    say(f"{plural(len(written), 'file')} written into {said}, from the pack {chosen.name}.")
    others = [one.name for one in verbs.starters(offers) if one.name != chosen.name]
    if others and not pack:
        say(f"Other packs to begin with: {', '.join(others)} (peerkit new FOLDER --from NAME)")
    say(f"Next: open {shown(path / 'peerkit.yaml')}, then: peerkit check {said}")
    return Exit.FINE


def _refuse_name(path: Path) -> None:
    # Windows could not open such a folder; a dot leads to one that is there.
    warning = name_warning(path.name) if path.name not in ("", "..") else ""
    if warning:
        raise RefusedError(
            f"{path} cannot be used on Windows: {warning}.",
            mend="Choose a name of letters, digits and dashes.",
        )


def _refuse_taken(path: Path) -> None:
    around = register_around(path)
    if around is not None:
        what = "is a register already" if around == path.resolve() else "lies inside a register"
        raise WriteError(
            f"{path} {what}, so nothing was written.",
            mend=f"Choose another folder. To see what is there: peerkit check {shown(around)}",
        )
    if path.exists() and not path.is_dir():
        raise WriteError(f"{path} is a file, so nothing was written.", mend="Choose another name.")
    there = sorted(one.name for one in path.iterdir()) if path.is_dir() else []
    seen = [name for name in there if not name.startswith(".")]
    if seen:
        more = f" and {len(seen) - _SHOWN} more" if len(seen) > _SHOWN else ""
        raise WriteError(
            f"{path} is not empty, so nothing was written. It holds {', '.join(seen[:_SHOWN])}{more}.",
            mend="Choose another folder, or empty this one.",
        )
