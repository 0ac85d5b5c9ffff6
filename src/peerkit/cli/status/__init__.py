"""
`peerkit status`: what stands where on a day, overdue first.
"""

from __future__ import annotations

import datetime as dt

import click

from peerkit import verbs
from peerkit.cli import options
from peerkit.cli.checking import checked
from peerkit.cli.console import say_json, stdout_is_ours
from peerkit.cli.exits import Exit, exit_for_problems
from peerkit.cli.standing import kind_named, tell_unread
from peerkit.cli.status.plain import answer
from peerkit.cli.status.told import told_of
from peerkit.cli.status.wording import tell

__all__ = ["command"]


@click.command(short_help="Say what stands where, overdue first.")
@options.folder
@options.on
@click.option("--kind", default="", metavar="KIND", help="Only records of this kind.")
@options.as_json
@options.no_plugin
def command(
    folder: str,
    on: dt.date | None,
    kind: str,
    as_json: bool,  # noqa: FBT001 - click passes it by name
    without: tuple[str, ...],
) -> Exit:
    """
    Say what stands where in the register in FOLDER: reviews, plans, findings, actions
    and all else that rules are declared for; what is overdue, and how that is worked out.

    Ends with 0, with 1 if the register holds an error, with 2 if something of it could
    not be taken in: then nothing is judged, and its problems are listed.
    """
    day = on or options.today()
    found = checked(folder, day, without)
    wanted = kind_named(kind, found.register.kinds) if kind else ""
    code = exit_for_problems(found.problems)
    if code is Exit.FAULT:
        if as_json:
            say_json(answer(found, folder, day))
        else:
            tell_unread(found, folder)
        return code
    with stdout_is_ours():
        snapshot = verbs.judge(found.register, on=day, offers=found.offers)
        told = tuple(told_of(snapshot, wanted))
        if as_json:
            answered = answer(found, folder, day, snapshot=snapshot, told=told, wanted=wanted)
    if as_json:
        say_json(answered)
    else:
        tell(found, snapshot, told, folder, wanted)
    return code
