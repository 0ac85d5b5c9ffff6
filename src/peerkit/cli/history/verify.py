"""
`peerkit history verify`: proves that history is as it was sealed.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import attrs
import click

from peerkit import verbs
from peerkit.cli import options
from peerkit.cli.checking import with_near
from peerkit.cli.console import clean, filled, hint, say, say_json, stdout_is_ours, typed
from peerkit.cli.exits import Exit, exit_for_problems
from peerkit.cli.telling import counted, plural, problem_json, tell_problems
from peerkit.history.digests import heads_digest
from peerkit.plugins import gather
from peerkit.verbs import Verified

__all__ = ["command"]


@click.command(short_help="Prove that nothing recorded was changed or lost.")
@options.folder
@click.option(
    "--against",
    type=options.NAME,
    metavar="FILE",
    help="A paper that peerkit made, or the manifest.json beside some: all that was recorded "
    "when they were made must still be there.",
)
@options.as_json
@options.no_plugin
def command(folder: str, against: str | None, as_json: bool, without: tuple[str, ...]) -> Exit:  # noqa: FBT001 - click passes it by name
    """
    Prove that the history of the register in FOLDER is as it was sealed.

    Of each record the first entry is told that was changed, taken out or put in. That the
    last ones are not gone, or all of them written anew, only a paper can prove that was
    made before: name it with --against.

    Ends with 0 if all is in order, with 1 if not, with 2 if something could not be read.
    """
    with stdout_is_ours():
        offers = gather(without)
        found = verbs.verify_history(folder, against=against, offers=offers)
    problems = tuple(with_near(one, Path(folder)) for one in found.problems)
    found = attrs.evolve(found, problems=problems)
    code = exit_for_problems(problems)
    if as_json:
        say_json(_answer(found, folder, code))
        return code
    tell_problems(problems, folder)
    if code is Exit.FAULT:
        hint(f"peerkit: History cannot be verified, because of {counted(problems)}.")
        return code
    _sum_up(found, folder, code)
    return code


def _sum_up(found: Verified, folder: str, code: Exit) -> None:
    name = clean(found.register.name)
    if not found.occasions:
        say(f"{name}: Nothing is recorded yet.")
    else:
        say(
            f"{name}: {plural(found.entries, 'entry', 'entries')} in "
            f"{plural(found.occasions, 'occasion')}, {found.sealed:,} of them sealed; "
            f"{plural(len(found.heads), 'record has a head', 'records have heads')}."
        )
    if found.heads:
        say(f"All heads together: history sha256:{heads_digest(found.heads)}")
    for one in found.against:
        what = f"{len(one.heads):,} heads" if len(one.heads) > 1 else "one head"
        edited = " It was edited since, but not in what it tells of history."
        said = f"Compared with {clean(one.paper)}, which was made with {what}."
        say(filled(said + (edited if one.is_edited else "")))
    if code is Exit.FINE:
        said = f", but for {counted(found.problems)}" if found.problems else ""
        say(f"History is in order{said}.")
    else:
        say(f"History is not in order: {counted(found.problems)}.")
    if found.sealed < found.entries:
        say(f"To seal what was written by hand: peerkit history seal {typed(folder)}")


def _answer(found: Verified, folder: str, code: Exit) -> dict[str, Any]:
    return {
        "peerkit": "history-verify/1",
        "register": found.register.name,
        "folder": folder,
        "occasions": found.occasions,
        "entries": found.entries,
        "sealed": found.sealed,
        "heads": sorted([*subject, *head] for subject, head in found.heads.items()),
        "digest": heads_digest(found.heads) if found.heads else None,
        "against": [
            {
                "paper": one.paper,
                "heads": len(one.heads),
                "digest": one.digest or None,
                "edited": one.is_edited,
            }
            for one in found.against
        ],
        "problems": [problem_json(one) for one in found.problems],
        "exit": int(code),
    }
