"""
Load, check and judge a register, or make one in Python; begin a new one from a pack.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from peerkit import judging
from peerkit.config import Configuration, Pack
from peerkit.errors import (
    PeerkitError,
    Problem,
    ProblemsError,
    Severity,
    UnknownNameError,
    closest,
    did_you_mean,
)
from peerkit.files.limits import TEMPLATE_BYTES
from peerkit.files.reading import list_files, read_bytes
from peerkit.history import Heads
from peerkit.hookspecs import Offers
from peerkit.judging import Snapshot
from peerkit.loading import load_register, register_of
from peerkit.model import Record
from peerkit.plugins import blaming, gather
from peerkit.register import Register

__all__ = [
    "check",
    "judge",
    "load",
    "make_register",
    "must_be_sound",
    "named",
    "offers_here",
    "starter",
    "starters",
]

_NONE = "There are none; install a plugin that offers one, such as peerkit-committee."


@functools.cache
def offers_here() -> Offers:
    """
    Return what all installed plugins offer, gathered once in a process.

    Raises:
        PluginError: If a plugin cannot be loaded.
    """
    return gather()


def load(folder: str | Path, *, offers: Offers | None = None) -> Register:
    """
    Return the register kept in *folder*, as what *offers* offer reads it.

    Without *offers*, what is installed is taken, here and below. What is wrong with it is in `register.problems`, all of it; a register with
    problems may be partial.

    Raises:
        PluginError: If a plugin cannot be loaded.
    """
    return load_register(Path(folder), offers or offers_here())


def make_register(
    records: Iterable[Record],
    configuration: Configuration | None = None,
    *,
    name: str = "register",
    offers: Offers | None = None,
) -> Register:
    """
    Return a register of *records* made in Python, with no file behind it.

    Links hold whole ids. *configuration* is what the organisation declares, nothing if
    left out; *name* is what messages call the register.
    """
    return register_of(records, configuration or Configuration(), offers or offers_here(), name)


def check(register: Register, *, on: dt.date, offers: Offers | None = None) -> tuple[Problem, ...]:
    """
    Return every problem of *register* as of the day *on*, those of loading included,
    sorted by place.

    Raises:
        PluginError: If a check of a plugin fails.
    """
    offers = offers or offers_here()
    snapshot = judging.judge(register, on, offers.facts)
    found = list(register.problems)
    for name, one in offers.checks.items():
        if not snapshot.configuration.broken.isdisjoint(one.sections):
            continue
        if one.needs_all and not register.is_whole:
            continue
        with blaming(offers.origins["peerkit_checks", name], f"running its check {name}"):
            found += one.find(snapshot)
    return register.located(found)


def judge(
    register: Register,
    *,
    on: dt.date,
    upto: Heads | None = None,
    offers: Offers | None = None,
) -> Snapshot:
    """
    Return *register* as it stands at the end of the day *on*.

    With *upto*, the heads that a manifest lists, only what had been recorded by then is
    taken into account.

    Raises:
        ProblemsError: If some of the register could not be taken in.
    """
    if not register.is_whole:
        raise ProblemsError(
            f"{register.name} could not be taken in whole, so it cannot be judged.",
            register.problems,
            mend="Mend its problems first; peerkit check lists them.",
        )
    return judging.judge(register, on, (offers or offers_here()).facts, upto)


def must_be_sound(problems: Iterable[Problem]) -> None:
    """
    Do nothing if papers may be made of a register with these problems.

    Raises:
        ProblemsError: If there is a fault or an error among them.
    """
    grave = tuple(
        problem for problem in problems if problem.severity in (Severity.FAULT, Severity.ERROR)
    )
    if grave:
        raise ProblemsError(
            f"{len(grave)} problem{'s' if len(grave) > 1 else ''} must be mended first; nothing was made.",
            grave,
        )


def named(found: Mapping[str, Any], name: str, what: str) -> Any:
    """
    Return what is *found* by that name; *what* it is, in the user's words.

    Raises:
        UnknownNameError: If there is none of that name.
    """
    try:
        return found[name]
    except KeyError:
        known = f"There are: {', '.join(sorted(found))}."
        mend = f"{did_you_mean(closest(name, found))} {known}".strip() if found else _NONE
        raise UnknownNameError(f"There is no {what} “{name}”.", mend=mend) from None


def starters(offers: Offers | None = None) -> tuple[Pack, ...]:
    """
    Return the packs a new register can begin with, by name.
    """
    packs = (offers or offers_here()).packs
    return tuple(pack for _, pack in sorted(packs.items()) if pack.starter)


def starter(pack: str = "", *, offers: Offers | None = None) -> tuple[Pack, dict[str, bytes]]:
    """
    Return the pack a new register begins with, and the register's first files.

    Raises:
        UnknownNameError: If no installed pack of that name has a starter.
    """
    found = {one.name: one for one in starters(offers)}
    if not found:
        raise UnknownNameError("No installed plugin offers a pack to begin with.", mend=_NONE)
    chosen: Pack = named(found, pack or next(iter(found)), "pack to begin with named")
    folder = chosen.folder / "starter"
    names, problems = list_files(folder, ("",))
    files: dict[str, bytes] = {}
    for name in names:
        raw, more = read_bytes(folder, name, TEMPLATE_BYTES)
        problems += more
        if raw is not None:
            files[name] = raw
    if problems:
        raise PeerkitError(f"The pack {chosen.name} cannot be read: {problems[0].message}")
    return chosen, files
