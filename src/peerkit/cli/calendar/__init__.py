"""
`peerkit calendar`: what is to be done by when, and what was missed.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import click

from peerkit import verbs
from peerkit.cli import options
from peerkit.cli.calendar.files import draw, export_named
from peerkit.cli.calendar.plain import answer
from peerkit.cli.calendar.told import Asked, Told
from peerkit.cli.calendar.wording import tell, tell_drawn
from peerkit.cli.checking import Checked, checked
from peerkit.cli.console import clean, hint, say_json, sentence, stdout_is_ours, typed
from peerkit.cli.exits import Exit, exit_for_problems
from peerkit.cli.standing import tell_unread, title_of
from peerkit.cli.telling import counted
from peerkit.deadlines import Calendar, DeadlineState
from peerkit.views import Audience, view

__all__ = ["command"]

_DONE_WITH = (DeadlineState.MET, DeadlineState.OVER)


@click.command(short_help="Say what is to be done by when, and what was missed.")
@options.folder
@options.on
@click.option("--all", "with_all", is_flag=True, help="Also what was met, and what is over.")
@click.option("--public", is_flag=True, help="Only what the public may see.")
@click.option(
    "--as",
    "export",
    default="",
    metavar="FORMAT",
    help="Write a calendar file instead: ics, or what a plugin offers.",
)
@click.option(
    "--out",
    type=options.NAME,
    metavar="PATH",
    help="The file to write, or its folder. Without it: calendar.ics in papers, or in NAME-papers "
    "beside the register if you are inside it.",
)
@click.option("--overwrite", is_flag=True, help="Replace the file if it is there already.")
@options.as_json
@options.no_plugin
def command(
    as_json: bool,  # noqa: FBT001 - click passes it by name
    without: tuple[str, ...],
    **given: Any,
) -> Exit:
    """
    Say what is to be done by when in the register in FOLDER: what was missed, what was late,
    what lies ahead and what cannot be told; how each day was counted, and by which rule.

    Ends with 0, with 1 if the register holds an error, with 2 if something of it could
    not be taken in: then nothing is judged, and its problems are listed. What was missed is
    no error. No file is written while an error stands.
    """
    asked = Asked(**given)
    if asked.out and not asked.export:
        raise click.UsageError(
            "--out says where a calendar file goes, and none is asked for; add --as ics.",
            click.get_current_context(),
        )
    day = asked.on or options.today()
    found = checked(asked.folder, day, without)
    code = exit_for_problems(found.problems)
    if code is Exit.FAULT:
        if as_json:
            say_json(answer(found, asked, day))
        else:
            tell_unread(found, asked.folder)
        return code
    if asked.export:
        export_named(found, asked.export)
    with stdout_is_ours():
        told = _told(found, asked, day)
        drawn = draw(found, asked, told) if asked.export and code is Exit.FINE else None
    if as_json:
        say_json(answer(found, asked, day, told, drawn))
    elif drawn:
        tell_drawn(found, asked, told, drawn)
    else:
        tell(found, asked, told)
    if asked.export and drawn is None:
        _hint_unwritten(found, asked)
    return code


def _hint_unwritten(found: Checked, asked: Asked) -> None:
    hint(
        clean(f"peerkit: {sentence(f'No file was written, because of {counted(found.problems)}')}")
    )
    hint(f"  Mend the register first. To see what is wrong: peerkit check {typed(asked.folder)}")


def _told(found: Checked, asked: Asked, day: dt.date) -> Told:
    snapshot = verbs.judge(found.register, on=day, offers=found.offers)
    seen = view(snapshot, Audience(asked.audience))
    judged = seen.judged
    worked_out = verbs.work_out(judged, offers=found.offers)
    open_ones = tuple(one for one in worked_out.deadlines if one.state not in _DONE_WITH)
    configuration = judged.configuration
    every = Calendar(
        register=found.register.name,
        title=f"Deadlines of {configuration.organisation.name or found.register.name}",
        language=configuration.language,
        on=day,
        deadlines=worked_out.deadlines,
        titles={
            (one.record.kind, one.record.id): title_of(one.record, judged.register)
            for one in worked_out.deadlines
        },
        used=worked_out.used,
    )
    if seen.audience is Audience.PUBLIC:
        verbs.must_not_leak(every, seen)
    return Told(
        every=every,
        shown=worked_out.deadlines if asked.with_all or not open_ones else open_ones,
        # Why something is not permitted names whom it is about; that is for the house.
        refused=() if asked.public else judged.refusals,
    )
