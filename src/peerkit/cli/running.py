"""
Runs one command: finds it, and tells in a sentence or two what stopped it.
"""

from __future__ import annotations

import errno
import importlib
import os
import sys
import traceback
from collections.abc import Sequence

import click

import peerkit
from peerkit.cli.console import clean, hint, prepare, say_json, sentence, stop_tidily, wants_colour
from peerkit.cli.exits import MEANINGS, Exit, exit_for_error
from peerkit.cli.groups import LateGroup

__all__ = ["COMMANDS", "group", "main"]

COMMANDS = {
    "new": "peerkit.cli.new",
    "check": "peerkit.cli.check",
    "status": "peerkit.cli.status",
    "diff": "peerkit.cli.diff",
    "calendar": "peerkit.cli.calendar",
    "record": "peerkit.cli.record",
    "history": "peerkit.cli.history",
    "render": "peerkit.cli.render",
    "template": "peerkit.cli.template",
    "explain": "peerkit.cli.explain",
    "plugins": "peerkit.cli.plugins",
}

_CODES = "\n".join(f"  {code:>3}  {said}" for code, said in MEANINGS.items())
_EPILOG = f"""\b
Exit codes:
{_CODES}

\b
Environment:
  PEERKIT_NO_AUTOLOAD=1  load no installed plugin
  NO_COLOR=1             print without colours
"""


@click.group(
    cls=LateGroup,
    modules=COMMANDS,
    invoke_without_command=True,
    epilog=_EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 96},
)
@click.version_option(peerkit.__version__, message="peerkit %(version)s")
@click.pass_context
def group(ctx: click.Context) -> None:
    """
    Keep a review of a public service once, as text; make every committee paper from it.

    Alone, peerkit says what to do next.
    """
    ctx.color = wants_colour()
    if ctx.invoked_subcommand is None:
        welcome = importlib.import_module("peerkit.cli.welcome")
        ctx.exit(welcome.welcome())


def main(arguments: Sequence[str] | None = None) -> int:
    """
    Run the command line and return its exit code.
    """
    prepare()
    stop_tidily()
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        code = _run(given)
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError as error:
        # Whoever read has gone, or what is written to is full. Python would complain
        # once more when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            hint(clean(f"peerkit: What was said could not be written: {error.strerror or error}."))
        return Exit.UNWRITTEN
    return code


def _run(given: list[str]) -> int:
    try:
        return int(group.main(given, prog_name="peerkit", standalone_mode=False) or Exit.FINE)
    except click.Abort:
        found = ("Stopped.", "", Exit.STOPPED)
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        mend = f"To learn how it is used: {context.command_path} --help" if context else ""
        found = (error.format_message(), mend, Exit.FAULT)
    except SystemExit as error:
        # So click ends where nobody reads stdout any more.
        raise BrokenPipeError from error
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told
        found = _told(error)
    message, mend, code = found
    if "--json" in given:
        say_json({"peerkit": "error/1", "message": message, "mend": mend, "exit": int(code)})
    hint(clean(f"peerkit: {sentence(message)}"))
    if mend:
        hint(clean(f"  {sentence(mend)}"))
    return code


def _told(error: Exception) -> tuple[str, str, Exit]:
    """
    Return what to say of *error*, what to do, and the exit code.
    """
    from peerkit.errors import PeerkitError  # noqa: PLC0415 - `--version` needs no attrs

    if isinstance(error, PeerkitError):
        return error.message, error.mend, exit_for_error(error)
    if isinstance(error, OSError):
        where = f" ({error.filename})" if error.filename else ""
        code = Exit.UNWRITTEN if error.errno == errno.ENOSPC else Exit.FAULT
        return f"The system does not allow it: {error.strerror or error}{where}", "", code
    traceback.print_exception(error)
    return (
        "This is a fault of peerkit or of a plugin, not of your files",
        "Please report it, with the lines above, to those who look after it.",
        Exit.FAULT,
    )
