"""
`peerkit template new`: begins a template of one's own with a copy.
"""

from __future__ import annotations

from pathlib import Path

import click

from peerkit import verbs
from peerkit.cli import options
from peerkit.cli.checking import register_around
from peerkit.cli.console import clean, say, say_json, stdout_is_ours
from peerkit.cli.exits import Exit
from peerkit.cli.template.files import write_beside
from peerkit.plugins import gather

__all__ = ["command"]


@click.command(short_help="Begin a template with a copy to be restyled.")
@click.argument("paper", metavar="PAPER")
@click.argument("out", type=options.NAME, metavar="OUT")
@click.option("--overwrite", is_flag=True, help="Replace OUT if it is there already.")
@options.as_json
@options.no_plugin
def command(paper: str, out: str, overwrite: bool, as_json: bool, without: tuple[str, ...]) -> Exit:  # noqa: FBT001 - click passes them by name
    """
    Write into OUT a template for PAPER that can be restyled in Word.

    It is a copy of the one that is used where a register has none of its own.
    """
    with stdout_is_ours():
        shop = verbs.workshop(out, gather(without))
        content, origin = shop.begin(paper)
    shown = write_beside(out, content, overwrite=overwrite)
    if as_json:
        say_json({"peerkit": "template-new/1", "file": out, "paper": paper, "copy_of": origin})
        return Exit.FINE
    say(f"{shown} was written, a copy of {clean(origin)}, for {clean(paper)}.")
    home = register_around(Path(out).parent)
    if home is None or Path(out).resolve().parent != home / "templates":
        name = f"templates/{paper}{shop.format.suffix}"
        say(f"It is used when it lies in your register as {name}")
    say(f"Next: restyle it in Word, then: peerkit template check {shown}")
    return Exit.FINE
