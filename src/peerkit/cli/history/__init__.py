"""
`peerkit history`: what happened, whether it is as it was recorded, seals, erasure.

Each of its commands is a module of its own.
"""

from __future__ import annotations

import click

from peerkit.cli.console import say
from peerkit.cli.groups import LateGroup

__all__ = ["COMMANDS", "command"]

COMMANDS = {
    "log": "peerkit.cli.history.log",
    "verify": "peerkit.cli.history.verify",
    "seal": "peerkit.cli.history.seal",
    "erase": "peerkit.cli.history.erase",
}


@click.group(
    cls=LateGroup,
    modules=COMMANDS,
    invoke_without_command=True,
    short_help="Tell, verify, seal or erase what was recorded.",
    epilog="Each of them takes --json, and --no-plugin NAME to leave an installed plugin out.",
)
@click.pass_context
def command(ctx: click.Context) -> None:
    """
    Tell what happened to the records of a register; prove that it is as it was recorded.
    """
    if ctx.invoked_subcommand is None:
        say(ctx.get_help())
