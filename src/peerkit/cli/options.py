"""
Arguments and options that several commands share, and what day it is.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import click

from peerkit.model import DayError, parse_day

__all__ = ["DAY", "NAME", "as_json", "folder", "no_plugin", "on", "today"]


def today() -> dt.date:
    """
    Return what day it is where the user sits. Nothing else in peerkit looks.
    """
    return dt.date.today()  # noqa: DTZ011 - the user's own day is meant


class _ExactDay(click.ParamType):  # type: ignore[type-arg] # not generic before click 8.2
    """
    A day that is known exactly, in any way a register may write it.
    """

    name = "day"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.date:
        if isinstance(value, dt.date):
            return value
        try:
            day = parse_day(value)
        except DayError as error:
            self.fail(f"{error}; {error.mend}.", param, ctx)
        if day.first is None or day.first != day.last:
            self.fail(f"one day is needed here, such as 2022-02-14, not “{value}”.", param, ctx)
        return day.first


class _Name(click.ParamType):  # type: ignore[type-arg] # not generic before click 8.2
    """
    The name of a folder or file, which cannot be nothing.
    """

    name = "name"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if not str(value).strip():
            self.fail("it is empty.", param, ctx)
        return str(value)


NAME = _Name()
DAY = _ExactDay()
folder = click.argument("folder", type=NAME, metavar="FOLDER")
on = click.option("--on", type=DAY, metavar="DAY", help="Judge as of this day, such as 2022-02-14.")
as_json = click.option("--json", "as_json", is_flag=True, help="Answer in JSON, on stdout.")
no_plugin = click.option(
    "--no-plugin",
    "without",
    metavar="NAME",
    multiple=True,
    help="Leave an installed plugin out; may be repeated. PEERKIT_NO_AUTOLOAD=1 leaves all out.",
)
