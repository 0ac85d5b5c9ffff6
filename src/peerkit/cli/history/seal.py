"""
`peerkit history seal`: seals what was written by hand.
"""

from __future__ import annotations

from pathlib import Path

import click

from peerkit import verbs
from peerkit.cli import options
from peerkit.cli.checking import shown
from peerkit.cli.console import say, say_json, stdout_is_ours, typed
from peerkit.cli.exits import Exit
from peerkit.cli.telling import plural
from peerkit.cli.unread import tell_unread
from peerkit.errors import ProblemsError
from peerkit.plugins import gather

__all__ = ["command"]

_ANSWER = {"peerkit": "history-seal/1"}


@click.command(short_help="Seal what was written by hand.")
@options.folder
@options.as_json
@options.no_plugin
def command(folder: str, as_json: bool, without: tuple[str, ...]) -> Exit:  # noqa: FBT001 - click passes it by name
    """
    Seal every entry in the history of the register in FOLDER that was written by hand.

    Seals go behind what a file holds; nothing before them is touched. What the rules did
    not permit is not sealed, and then nothing is.
    """
    try:
        with stdout_is_ours():
            files = verbs.seal_history(folder, offers=gather(without))
    except ProblemsError as error:
        return tell_unread(
            error, folder, "sealed", _ANSWER | {"folder": folder} if as_json else None
        )
    if as_json:
        say_json({**_ANSWER, "folder": folder, "files": list(files), "exit": 0})
        return Exit.FINE
    for file in files:
        say(shown(Path(folder) / file))
    if files:
        say()
        say(
            f"{plural(len(files), 'file')} sealed. A change to what they say will show from now on."
        )
        say(f"To prove it: peerkit history verify {typed(folder)}")
    else:
        say("Nothing was to be sealed: all that is recorded is sealed already.")
    return Exit.FINE
