"""
Commands under one name, each a module that is imported when it is asked for.
"""

from __future__ import annotations

import difflib
import importlib
from collections.abc import Mapping
from typing import Any

import click

__all__ = ["LateGroup"]


class LateGroup(click.Group):
    """
    Commands by name; *modules* says which module holds the `command` of each.
    """

    def __init__(self, *args: Any, modules: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.modules = modules

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """
        Return the names, in the order of the help.
        """
        return list(self.modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """
        Return the command of that name, if there is one.
        """
        if cmd_name not in self.modules:
            return None
        command = importlib.import_module(self.modules[cmd_name]).command
        return command if isinstance(command, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """
        Return the command that is meant; for one that is not there, say what may be meant.
        """
        if args and args[0] not in self.modules and not args[0].startswith("-"):
            meant = difflib.get_close_matches(args[0], self.modules, n=1)
            guess = f"Did you mean {ctx.command_path} {meant[0]}?" if meant else ""
            known = f"Commands are {', '.join(self.modules)}."
            raise click.UsageError(f"There is no command “{args[0]}”. {guess or known}", ctx)
        return super().resolve_command(ctx, args)
