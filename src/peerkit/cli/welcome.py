"""
`peerkit` alone: where things stand, and what to do next.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path

from peerkit import verbs
from peerkit.cli.checking import Checked, checked, register_around, shown
from peerkit.cli.console import say
from peerkit.cli.exits import Exit, exit_for_problems
from peerkit.cli.options import today
from peerkit.cli.telling import counted, plural
from peerkit.judging import due_soon, overdue

__all__ = ["welcome"]

_BEGIN = """\
peerkit keeps a review of a public service once, as text, and makes every committee paper from it.

This folder is not a register. To begin one:
  peerkit new my-review
  peerkit check my-review
  peerkit render my-review

To see what can be made: peerkit plugins
For help: peerkit --help, and peerkit explain for every name you can use."""


def welcome() -> Exit:
    """
    Say how things stand in the register around the current folder, or how to begin.
    """
    home = register_around(Path())
    if home is None:
        say(_BEGIN)
        return Exit.FINE
    folder = shown(home)
    day = today()
    found = checked(str(home), day)
    name = found.register.name
    say(f"{name}: {_records(found)}.")
    say(f"Problems: {counted(found.problems) or 'none'}.")
    late, soon = _due(found, day)
    if late or soon:
        say(f"Actions: {late} overdue, {soon} due soon.")
    say(f"Papers: {_papers(found) or 'none are configured'}.")
    say()
    if found.problems:
        say(f"Next: peerkit check {folder}")
    elif late or soon:
        say(f"Next: peerkit status {folder}")
    else:
        say(f"Next: peerkit render {folder}")
    return exit_for_problems(found.problems)


def _due(found: Checked, day: dt.date) -> tuple[int, int]:
    if not found.register.is_whole:
        return 0, 0
    snapshot = verbs.judge(found.register, on=day, offers=found.offers)
    if "action" not in snapshot.rules.kinds:
        return 0, 0
    return len(overdue(snapshot)), len(due_soon(snapshot))


def _records(found: Checked) -> str:
    kinds = found.register.kinds
    counts = Counter(record.kind for record in found.register)
    said = [plural(number, kinds[kind].name, kinds[kind].plural) for kind, number in counts.items()]
    return ", ".join(said).replace("_", " ") or "no records yet"


def _papers(found: Checked) -> str:
    counts = Counter(job.paper for job in verbs.jobs(found.register, offers=found.offers))
    return ", ".join(f"{paper} ({number})" for paper, number in counts.items())
