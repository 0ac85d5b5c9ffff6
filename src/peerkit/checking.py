"""
Problems of a register that was read: what does not fit together.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

import attrs

from peerkit.errors import Problem, ProblemKind
from peerkit.register import Register

__all__ = ["Check", "run_checks"]


@attrs.frozen(kw_only=True)
class Check:
    """
    A question to a whole register, answered with problems.

    *finds* are the kinds of problem it can yield; *find* takes the register and
    the day. Problems carry an address; the place is filled in for them.
    """

    name: str
    doc: str
    finds: tuple[ProblemKind, ...]
    find: Callable[[Register, dt.date], Iterable[Problem]]


def run_checks(register: Register, checks: Iterable[Check], on: dt.date) -> tuple[Problem, ...]:
    """
    Return every problem of *register*: those of loading, then what *checks* find.
    """
    found = [problem for check in checks for problem in check.find(register, on)]
    return register.located([*register.problems, *found])
