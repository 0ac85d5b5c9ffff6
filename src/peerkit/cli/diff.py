"""
`peerkit diff`: what changed between two days.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import click

from peerkit import verbs
from peerkit.cli import options
from peerkit.cli.checking import Checked, checked
from peerkit.cli.console import clean, filled, say, say_json, stdout_is_ours, typed
from peerkit.cli.exits import Exit, exit_for_problems
from peerkit.cli.standing import (
    asked_json,
    asked_words,
    due_json,
    iso,
    move_json,
    move_words,
    refusal_json,
    revision_json,
    revision_words,
    said,
    tell_refused,
    tell_unread,
    title_of,
)
from peerkit.cli.tables import table
from peerkit.cli.telling import counted, problem_json
from peerkit.judging import Balance, Balances, Change, Changes, Snapshot, changes
from peerkit.model import Plan, Record
from peerkit.register import Register

__all__ = ["command"]

_HEADINGS = ("Theme", "Opening", "New", "Reopened", "Closed", "Closing")


@click.command(short_help="Say what changed between two days.")
@options.folder
@click.option(
    "--from",
    "since",
    type=options.DAY,
    metavar="DAY",
    required=True,
    help="What had happened by the end of this day is no change.",
)
@click.option(
    "--to", "until", type=options.DAY, metavar="DAY", help="Up to the end of this day, or today."
)
@options.as_json
@options.no_plugin
def command(
    folder: str,
    since: dt.date,
    until: dt.date | None,
    as_json: bool,  # noqa: FBT001 - click passes it by name
    without: tuple[str, ...],
) -> Exit:
    """
    Say what changed in the register in FOLDER between two days: what is new, moved, put
    off and why, finished, overdue; and how many findings and actions of each theme were
    open, came, were closed, and are open.

    Ends with 0, with 1 if the register holds an error, with 2 if something of it could
    not be taken in: then nothing is judged, and its problems are listed.
    """
    last = until or options.today()
    if since > last:
        raise click.UsageError(
            f"--from {since} lies after --to {last}; the earlier day comes first.",
            click.get_current_context(),
        )
    found = checked(folder, last, without)
    code = exit_for_problems(found.problems)
    if code is Exit.FAULT:
        if as_json:
            say_json(_answer(found, folder, since, last))
        else:
            tell_unread(found, folder)
        return code
    with stdout_is_ours():
        before = verbs.judge(found.register, on=since, offers=found.offers)
        after = verbs.judge(found.register, on=last, offers=found.offers)
        made = changes(before, after)
        refused = after.refusals
    if as_json:
        answer = _answer(found, folder, since, last)
        answer["records"] = [_change_json(one, found.register) for one in made.records]
        answer["balances"] = {kind: _balances_json(one) for kind, one in made.balances.items()}
        answer["refused"] = [refusal_json(one) for one in refused]
        say_json(answer)
    else:
        _tell(found, made, after, folder)
    return code


# for people


def _tell(found: Checked, made: Changes, after: Snapshot, folder: str) -> None:
    register = found.register
    days = f"from {said(made.since)} to {said(made.until)}"
    say(click.style(clean(f"{register.name}, {days}"), bold=True))
    say()
    for heading, lines in _PARTS.items():
        _tell_part(heading, made, register, lines)
    if not made.records:
        say("Nothing changed.")
        say()
    for kind, balances in made.balances.items():
        _tell_balances(register.kinds[kind].plural, balances)
    tell_refused(after.refusals)
    if not after.rules.kinds:
        say(
            "No rules are declared, so nothing has stages. To see how some are: peerkit explain rules"
        )
    if found.problems:
        say(f"To see {counted(found.problems)}: peerkit check {typed(folder)}")
    say(f"To see what stands where: peerkit status {typed(folder)} --on {made.until}")


def _tell_part(
    heading: str,
    made: Changes,
    register: Register,
    lines: Callable[[Change, Register], Iterator[str]],
) -> None:
    told = [f"{one.record.id}: {line}" for one in made.records for line in lines(one, register)]
    if told:
        say(click.style(heading, bold=True))
        for line in told:
            say(filled(line, "  ", "  "))
        say()


def _is_undated(record: Record) -> bool:
    return isinstance(record, Plan) and not (record.day or record.approved)


def _new(change: Change, register: Register) -> Iterator[str]:
    if change.new:
        since = f"first told of on {said(change.new)}"
        if _is_undated(change.record):
            since += "; to say since when it is there, write “day” or “approved” in it"
        yield f"{title_of(change.record, register)} ({since})"


def _moved(change: Change, register: Register) -> Iterator[str]:
    for move in change.moves:
        yield move_words(move, register)


def _revised(change: Change, register: Register) -> Iterator[str]:
    for revision in change.revisions:
        yield revision_words(revision, register)


def _asked(change: Change, register: Register) -> Iterator[str]:
    told = {(one.day, one.what): one for one in (*change.asked, *change.answered)}
    for one in told.values():
        yield asked_words(one, register)


def _finished(change: Change, register: Register) -> Iterator[str]:
    if change.finished:
        yield f"{change.finished}: {title_of(change.record, register)}"


def _overdue(change: Change, _register: Register) -> Iterator[str]:
    if change.overdue and change.overdue.since:
        yield f"since {said(change.overdue.since)}; {change.overdue.working}."


_PARTS: dict[str, Callable[[Change, Register], Iterator[str]]] = {
    "New": _new,
    "Moved": _moved,
    "New due days": _revised,
    "Asked": _asked,
    "Finished": _finished,
    "Overdue since then": _overdue,
}


def _tell_balances(plural: str, balances: Balances) -> None:
    say(click.style(f"Open {plural}", bold=True))
    rows = [
        *(_row(one.theme.title if one.theme else "no theme", one) for one in balances.themes),
        _row("All", balances.total),
    ]
    for line in table(_HEADINGS, rows, numbers=_HEADINGS[1:]):
        say(line)
    if sum(one.opening + one.new for one in balances.themes) != (
        balances.total.opening + balances.total.new
    ):
        say("One in several themes counts in each of them, and once in all.")
    say()


def _row(name: str, one: Balance) -> tuple[str, ...]:
    reopened = str(one.reopened) if one.reopened else ""
    return (name, str(one.opening), str(one.new), reopened, str(one.closed), str(one.closing))


# for programs


def _answer(found: Checked, folder: str, since: dt.date, until: dt.date) -> dict[str, Any]:
    return {
        "peerkit": "diff/1",
        "register": found.register.name,
        "folder": folder,
        "from": since.isoformat(),
        "to": until.isoformat(),
        "records": [],
        "balances": {},
        "refused": [],
        "problems": [problem_json(problem) for problem in found.problems],
        "exit": int(exit_for_problems(found.problems)),
    }


def _change_json(change: Change, register: Register) -> dict[str, Any]:
    record = change.record
    return {
        "kind": record.kind,
        "id": record.id,
        "what": title_of(record, register),
        "new": iso(change.new),
        "moved": [move_json(one) for one in change.moves],
        "revised": [revision_json(one) for one in change.revisions],
        "asked": [asked_json(one) for one in change.asked],
        "answered": [asked_json(one) for one in change.answered],
        "finished": change.finished or None,
        "overdue": due_json(change.overdue) if change.overdue else None,
    }


def _balances_json(balances: Balances) -> dict[str, Any]:
    return {
        "total": _balance_json(balances.total),
        "themes": [
            {
                "theme": one.theme.id if one.theme else None,
                "title": one.theme.title if one.theme else "",
                **_balance_json(one),
            }
            for one in balances.themes
        ],
    }


def _balance_json(one: Balance) -> dict[str, int]:
    return {
        "opening": one.opening,
        "new": one.new,
        "reopened": one.reopened,
        "closed": one.closed,
        "closing": one.closing,
    }
