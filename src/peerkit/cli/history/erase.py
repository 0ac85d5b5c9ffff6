"""
`peerkit history erase`: takes a text out of history for good, where the law wants that.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from peerkit import verbs
from peerkit.cli import options
from peerkit.cli.checking import shown
from peerkit.cli.console import clean, hint, say, say_json, stdout_is_ours, typed
from peerkit.cli.exits import Exit
from peerkit.cli.naming import occasion_named, subject_named
from peerkit.cli.record.asking import is_terminal
from peerkit.cli.unread import tell_unread
from peerkit.errors import ProblemsError
from peerkit.plugins import gather

__all__ = ["command"]

_ANSWER = {"peerkit": "history-erase/1"}


@click.command(short_help="Take a text out of history, for good.")
@options.folder
@click.argument("occasion", type=options.NAME)
@click.argument("record", type=options.NAME)
@click.argument("fields", type=options.NAME, nargs=-1, required=True, metavar="FIELD...")
@click.option("--yes", is_flag=True, help="Do it without asking.")
@options.as_json
@options.no_plugin
def command(
    folder: str,
    yes: bool,  # noqa: FBT001 - click passes them by name
    as_json: bool,  # noqa: FBT001
    without: tuple[str, ...],
    **what: Any,
) -> Exit:
    """
    Take texts of what OCCASION says of RECORD out of the history in FOLDER, for good.

    FIELD is note, reason, evidence or impact; source is that of the whole occasion. That
    there was a text stays, and every seal holds. Papers that were made, copies and backups
    are out of reach: look after them yourself.
    """
    is_asked = not yes and not as_json and is_terminal()
    if not yes and not is_asked:
        raise click.UsageError(
            "A text that is erased is gone for good. If that is meant, add --yes."
        )
    record, occasion, fields = what["record"], what["occasion"], what["fields"]
    try:
        with stdout_is_ours():
            offers = gather(without)
            register = verbs.open_history(folder, offers=offers).register
        subject = subject_named(record, register)
        name = occasion_named(occasion, register.history)
        if is_asked:
            words = " and ".join(fields)
            say(f"This takes {clean(words)} of {subject[1]} out of {clean(name)}, for good.")
            if not click.confirm("Erase it?", default=False):
                say("Nothing was erased.")
                return Exit.FINE
        with stdout_is_ours():
            done = verbs.erase(folder, name, subject, *fields, offers=offers)
    except ProblemsError as error:
        return tell_unread(
            error, folder, "erased", _ANSWER | {"folder": folder} if as_json else None
        )
    if as_json:
        say_json(
            {
                **_ANSWER,
                "folder": folder,
                "file": done.file,
                "record": {"kind": subject[0], "id": subject[1]},
                "fields": list(fields),
                "rewritten": done.is_rewritten,
                "remains": done.remains,
                "exit": 0,
            }
        )
    else:
        say(
            f"{shown(Path(folder) / done.file)}: {clean(', '.join(fields))} of {subject[1]} erased."
        )
        if done.is_rewritten:
            say("The file was written anew, as the text could not be cut out of its lines.")
        say("Papers, copies and backups that hold the text are out of reach of peerkit.")
        say(f"To see that every seal holds: peerkit history verify {typed(folder)}")
    if done.remains:
        hint("peerkit: The same words still stand elsewhere in that file; look at it.")
    return Exit.FINE
