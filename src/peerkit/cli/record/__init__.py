"""
`peerkit record`: what happened to a record, judged by the rules and kept for good.

- `wish` is what the user says happened, as options or as answers.
- `asking` asks on a terminal for what is missing.
- `telling` says what was recorded, and what that changed.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import attrs
import click

from peerkit import verbs
from peerkit.cli import options
from peerkit.cli.console import clean, hint, say, say_json, sentence, stdout_is_ours
from peerkit.cli.exits import Exit, exit_for_error, exit_for_problems
from peerkit.cli.naming import subject_named
from peerkit.cli.record.asking import asked, is_sure, is_terminal
from peerkit.cli.record.telling import Told, answer, tell, tell_proposal
from peerkit.cli.record.wish import PAIR, Wish
from peerkit.cli.telling import counted, tell_problems
from peerkit.cli.unread import tell_unread
from peerkit.errors import ProblemsError, RefusedError, UnknownNameError
from peerkit.files.limits import FILE_BYTES
from peerkit.files.reading import read_bytes
from peerkit.files.text import decode
from peerkit.plugins import gather

__all__ = ["command"]

_STDIN = "-"
_GRANTED = click.Choice(["due", "removal"])


@click.command(short_help="Record what happened, where the rules permit it.")
@options.folder
@click.argument("record", default="", metavar="[RECORD]")
@click.option("--to", type=options.NAME, metavar="STAGE", help="The stage it moves to.")
@click.option(
    "--by", type=options.NAME, metavar="PARTY", help="Who says so: the id of a party or body."
)
@click.option(
    "--day", type=options.DAY, metavar="DAY", help="The day on which it happened, or today."
)
@click.option("--note", type=options.NAME, metavar="TEXT", help="What is to be said of it.")
@click.option(
    "--reason", type=options.NAME, metavar="TEXT", help="Why it moves, or why it is asked."
)
@click.option(
    "--evidence",
    type=options.NAME,
    metavar="TEXT",
    multiple=True,
    help="What shows that it was done; may be repeated.",
)
@click.option("--impact", type=options.NAME, metavar="TEXT", help="What difference it made.")
@click.option(
    "--due", type=options.NAME, metavar="DAY", help="The new due day, from whoever may set it."
)
@click.option(
    "--asks-due", type=options.NAME, metavar="DAY", help="The new due day that is asked for."
)
@click.option("--asks-removal", is_flag=True, help="It is asked that the record be removed.")
@click.option(
    "--of",
    type=options.NAME,
    metavar="PARTY",
    help="Who is asked, if not the plan's approver or the resolution's body.",
)
@click.option("--grants", type=_GRANTED, help="What was asked, and is granted.")
@click.option("--refuses", type=_GRANTED, help="What was asked, and is refused.")
@click.option(
    "--rate",
    "ratings",
    type=PAIR,
    metavar="AXIS=WORD",
    multiple=True,
    help="A rating that people give; may be repeated.",
)
@click.option(
    "--set",
    "more",
    type=PAIR,
    metavar="FIELD=VALUE",
    multiple=True,
    help="A field that your organisation has added; may be repeated.",
)
@click.option("--occasion", type=options.NAME, metavar="TITLE", help="What the occasion was.")
@click.option(
    "--source", type=options.NAME, metavar="TEXT", help="Where it stands on the public record."
)
@click.option(
    "--within",
    type=options.NAME,
    metavar="ID",
    help="The record that RECORD is in, such as a plan.",
)
@click.option(
    "--corrects",
    type=options.NAME,
    metavar="NAME",
    multiple=True,
    help="An earlier occasion that this corrects; may be repeated.",
)
@click.option(
    "--settles",
    type=options.NAME,
    metavar="NAME",
    multiple=True,
    help="One of the occasions that stand side by side; to be repeated for each.",
)
@click.option(
    "--file",
    type=options.NAME,
    metavar="DRAFT",
    help="A whole occasion as it would stand in history, perhaps of many records; - for stdin.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be recorded; write nothing.")
@options.as_json
@options.no_plugin
def command(
    folder: str,
    file: str | None,
    dry_run: bool,  # noqa: FBT001 - click passes them by name
    as_json: bool,  # noqa: FBT001
    without: tuple[str, ...],
    **given: Any,
) -> Exit:
    """
    Record what happened to RECORD of the register in FOLDER, and seal it.

    RECORD is an id, as short as is clear: A1, libraries-plan/A1 or "action A1". Nothing is
    written that the rules of the day do not permit. On a terminal, peerkit asks for what is
    missing.
    """
    wish = Wish.of(**given)
    if file and wish.given:
        raise click.UsageError(
            f"--file tells of a whole occasion, so leave out {' and '.join(wish.given)}."
        )
    asks = not file and bool(wish.missing) and not as_json and is_terminal()
    if not file and wish.missing and not asks:
        raise click.UsageError(f"Something is missing: {', '.join(wish.missing)}.")
    told = Told(folder=folder, today=options.today(), dry_run=dry_run, as_json=as_json)
    try:
        draft = _draft_of(file) if file else None
        return _record(told, wish, draft, without, asks=asks)
    except verbs.DraftError as error:
        return _tell_draft(error, told, wish, is_file=bool(file))
    except ProblemsError as error:
        return tell_unread(error, folder, "recorded", answer(told) if as_json else None)
    except RefusedError as error:
        if not as_json:
            raise
        return _tell_refused(error, told)


@attrs.frozen
class _Draft:
    """
    The *text* of a draft file, and what messages call it.
    """

    text: str
    shown: str


def _draft_of(file: str) -> _Draft:
    if file == _STDIN:
        stream = getattr(sys.stdin, "buffer", None)
        raw = stream.read(FILE_BYTES + 1) if stream is not None else b""
        shown = "stdin"
        if len(raw) > FILE_BYTES:
            raise UnknownNameError(f"More than {FILE_BYTES:,} bytes came from stdin.")
    else:
        path = Path(file)
        found, problems = read_bytes(path.parent, path.name)
        if found is None:
            raise UnknownNameError(problems[0].message, mend=problems[0].advice)
        raw, shown = found, path.as_posix()
    text, faults = decode(raw, shown)
    grave = exit_for_problems(faults) is not Exit.FINE
    if text is None or grave:
        raise verbs.DraftError("This cannot be recorded as it is written.", tuple(faults))
    return _Draft(text, shown)


def _record(
    told: Told, wish: Wish, draft: _Draft | None, without: tuple[str, ...], *, asks: bool
) -> Exit:
    with stdout_is_ours():
        offers = gather(without)
        opened = verbs.open_history(told.folder, offers=offers)
    if asks:
        wish = asked(wish, opened, told.today)
    with stdout_is_ours():
        if draft is not None:
            proposal = verbs.propose(opened, draft.text, today=told.today, file=draft.shown)
        else:
            proposal = verbs.propose(opened, _said(wish, opened), today=told.today)
    if told.dry_run or asks:
        tell_proposal(told, proposal)
    if told.dry_run:
        return Exit.FINE
    if asks and not is_sure():
        say("Nothing was recorded.")
        return Exit.FINE
    with stdout_is_ours():
        recorded = proposal.record()
    tell(told, recorded, offers, is_new=not asks)
    return Exit.FINE


def _said(wish: Wish, opened: verbs.Opened) -> dict[str, Any]:
    if wish.within:
        return wish.draft(wish.record)  # read as in a file
    return wish.draft(" ".join(subject_named(wish.record, opened.register)))


# what stops it


def _tell_draft(error: verbs.DraftError, told: Told, wish: Wish, *, is_file: bool) -> Exit:
    if told.as_json:
        say_json(answer(told, problems=error.problems, code=Exit.FAULT))
    elif is_file:
        tell_problems(error.problems, ".")
    else:
        for problem in error.problems:
            plain = attrs.evolve(problem, place=None, address=None, excerpt="")
            tell_problems([plain], wish.option(problem))
    hint(f"peerkit: Nothing was recorded, because of {counted(error.problems)}.")
    return Exit.FAULT


def _tell_refused(error: RefusedError, told: Told) -> Exit:
    code = exit_for_error(error)
    theirs = error.theirs if isinstance(error, verbs.ConflictError) else ()
    say_json(answer(told, refused=error, theirs=theirs, code=code))
    hint(clean(f"peerkit: {sentence(error.message)}"))
    if error.mend:
        hint(clean(f"  {sentence(error.mend)}"))
    return code
