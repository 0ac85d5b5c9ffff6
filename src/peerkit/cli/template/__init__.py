"""
`peerkit template`: help for those who make the templates that papers are filled into.

Each of its commands is a module of its own.
"""

from __future__ import annotations

import click

from peerkit.cli.console import say
from peerkit.cli.groups import LateGroup

__all__ = ["COMMANDS", "command"]

COMMANDS = {
    "check": "peerkit.cli.template.check",
    "new": "peerkit.cli.template.new",
}


@click.group(
    cls=LateGroup,
    modules=COMMANDS,
    invoke_without_command=True,
    short_help="Check a Word template, or begin one.",
    epilog="Each of them takes --json, and --no-plugin NAME to leave an installed plugin out.",
)
@click.pass_context
def command(ctx: click.Context) -> None:
    """
    Check a Word template without any data, see what papers will look like, or begin one.
    """
    if ctx.invoked_subcommand is None:
        say(ctx.get_help())
