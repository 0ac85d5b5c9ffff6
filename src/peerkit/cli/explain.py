"""
`peerkit explain`: what a name means, from the declarations themselves.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import attrs
import click

from peerkit import verbs
from peerkit.cli import options
from peerkit.cli.checking import register_around
from peerkit.cli.console import filled, say, say_json, stdout_is_ours
from peerkit.cli.exits import Exit
from peerkit.cli.explaining import Entry, entries, look_up
from peerkit.cli.explaining.wording import lines
from peerkit.config import Configuration
from peerkit.plugins import gather
from peerkit.register import Register

__all__ = ["command"]


@click.command(short_help="Say what a name means: a code, a field, a paper, a record …")
@click.argument("name", nargs=-1)
@options.on
@options.as_json
@options.no_plugin
def command(
    name: tuple[str, ...],
    on: dt.date | None,
    as_json: bool,  # noqa: FBT001 - click passes it by name
    without: tuple[str, ...],
) -> Exit:
    """
    Explain NAME: a problem's code, a record kind, a field such as action.due, a fact, a
    section or key of peerkit.yaml, a paper, a format, a pack, a check or a hook.

    Without NAME, list every name there is. Inside a register, its own rules are known too:
    action.lifecycle as a table and as a drawing, action.status and each rating as a table;
    a paper is explained with every name that its templates may use there; and a record,
    such as virtual-school-plan/A1, with why it has its status.
    """
    wanted = " ".join(name)
    day = on or options.today()
    with stdout_is_ours():
        offers = gather(without)
        home = register_around(Path())
        register = verbs.load(home, offers=offers) if home else None
        known = _configuration(register, day)
        found = (
            look_up(wanted, offers, known, register, day)
            if wanted
            else tuple(entries(offers, known))
        )
    if as_json:
        say_json({"peerkit": "explain/1", "name": wanted, "found": [_plain(one) for one in found]})
    elif wanted:
        for index, one in enumerate(found):
            say("\n" * bool(index) + "\n".join(lines(one)))
    else:
        _list(found, is_inside=register is not None)
    return Exit.FINE


def _configuration(register: Register | None, day: dt.date) -> Configuration:
    """
    Return what is declared, with the rules in force on *day*.
    """
    if register is None:
        return Configuration()
    declared = register.configuration
    return attrs.evolve(declared.widest, rules=declared.on(day).rules)


def _plain(entry: Entry) -> dict[str, Any]:
    return {
        "category": entry.category,
        "name": entry.name,
        "doc": entry.doc,
        **entry.details,
    }


def _list(found: Iterable[Entry], *, is_inside: bool) -> None:
    names: dict[str, list[str]] = {}
    for one in found:
        names.setdefault(one.category, []).append(one.name)
    for category, several in names.items():
        say(click.style(category, bold=True))
        say(filled(", ".join(dict.fromkeys(several)), "  "))
    say()
    say("To learn more: peerkit explain NAME")
    if is_inside:
        say("To learn why a record stands where it does: peerkit explain ID")
