"""
Opens and checks the register that a command is about.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path

import attrs

from peerkit import verbs
from peerkit.cli.console import stdout_is_ours, typed
from peerkit.errors import Problem
from peerkit.files.reading import is_file
from peerkit.hookspecs import Offers
from peerkit.loading import NAME
from peerkit.plugins import gather
from peerkit.register import Register

__all__ = ["Checked", "checked", "register_around", "shown", "with_near"]

_NO_REGISTER = "no-register"


@attrs.frozen(kw_only=True)
class Checked:
    """
    A register that was loaded and checked, with what the plugins of this run offer.
    """

    register: Register
    offers: Offers
    problems: tuple[Problem, ...]

    @property
    def is_register(self) -> bool:
        """
        True if the folder is a register at all.
        """
        return not any(problem.code == _NO_REGISTER for problem in self.problems)


def register_around(path: Path) -> Path | None:
    """
    Return the folder of the register that *path* is, or lies in; None if in none.
    """
    whole = path.resolve()
    return next((one for one in (whole, *whole.parents) if is_file(one / NAME)), None)


def shown(path: Path) -> str:
    """
    Return *path* as short as it can be written from where the user is.
    """
    try:
        relative = os.path.relpath(path)
    except (OSError, ValueError):  # another drive, or a current folder that is gone
        return typed(str(path))
    is_far = Path(relative).parts[:2] == ("..", "..")
    return typed(str(path) if is_far else relative)


def checked(folder: str, on: dt.date, without: tuple[str, ...] = ()) -> Checked:
    """
    Return the register in *folder*, checked as of a day.
    """
    with stdout_is_ours():
        offers = gather(without)
        register = verbs.load(folder, offers=offers)
        problems = verbs.check(register, on=on, offers=offers)
    helped = tuple(with_near(problem, Path(folder)) for problem in problems)
    return Checked(register=register, offers=offers, problems=helped)


def with_near(problem: Problem, folder: Path) -> Problem:
    """
    Return *problem* with the register that was meant, if it is that *folder* is none.
    """
    if problem.code != _NO_REGISTER:
        return problem
    near = next(_near(folder), None)
    is_there = folder.exists()
    return attrs.evolve(
        problem,
        message=problem.message if is_there else "There is no such folder.",
        mend=f"Did you mean {shown(near)}?" if near else "",
    )


def _near(folder: Path) -> Iterator[Path]:
    around = register_around(folder)
    if around is not None:
        yield around
    if folder.is_dir():
        yield from sorted(found.parent for found in folder.glob(f"*/{NAME}"))
