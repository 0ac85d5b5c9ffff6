"""
`peerkit check`: every problem of a register, with its place and how to mend it.
"""

from __future__ import annotations

import datetime as dt

import click

from peerkit import verbs
from peerkit.cli import options
from peerkit.cli.checking import Checked, checked
from peerkit.cli.console import say, say_json, typed
from peerkit.cli.exits import Exit, exit_for_problems
from peerkit.cli.telling import counted, plural, problem_json, tell_problems
from peerkit.errors import Severity

__all__ = ["command"]


@click.command(short_help="List every problem of a register.")
@options.folder
@options.on
@options.as_json
@options.no_plugin
def command(folder: str, on: dt.date | None, as_json: bool, without: tuple[str, ...]) -> Exit:  # noqa: FBT001 - click passes them by name
    """
    List every problem of the register in FOLDER, with its place and how to mend it.

    Ends with 0 if there are at most warnings and advice, with 1 if there is an error,
    with 2 if something could not be taken in.
    """
    day = on or options.today()
    found = checked(folder, day, without)
    if as_json:
        _answer(found, folder, day)
    else:
        tell_problems(found.problems, folder)
        if found.is_register:
            _sum_up(found, folder)
    return exit_for_problems(found.problems)


def _answer(found: Checked, folder: str, day: dt.date) -> None:
    severities = [problem.severity for problem in found.problems]
    say_json(
        {
            "peerkit": "check/1",
            "register": found.register.name,
            "folder": folder,
            "on": day.isoformat(),
            "records": sum(1 for _ in found.register),
            "counts": {one.value: severities.count(one) for one in Severity},
            "problems": [problem_json(problem) for problem in found.problems],
            "exit": int(exit_for_problems(found.problems)),
        }
    )


def _sum_up(found: Checked, folder: str) -> None:
    name, problems = found.register.name, found.problems
    records = plural(sum(1 for _ in found.register), "record")
    said = counted(problems) or "no problem"
    say(f"{name}: {records}, {said}.")
    if problems:
        worst = min(problems, key=lambda problem: list(Severity).index(problem.severity))
        say(f"To learn more of a problem: peerkit explain {worst.code}")
    if exit_for_problems(problems) is not Exit.FINE:
        say(f"No paper can be made until this is mended. Then again: peerkit check {typed(folder)}")
    elif verbs.jobs(found.register, offers=found.offers):
        say(f"To make the papers: peerkit render {typed(folder)}")
    else:
        say("There is no paper to make yet. To see how one is configured: peerkit explain papers")
