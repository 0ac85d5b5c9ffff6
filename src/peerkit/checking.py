"""
Problems of a register that was read: what does not fit together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import attrs

from peerkit.errors import Problem, ProblemKind
from peerkit.judging import Snapshot

__all__ = ["Check", "run_checks"]


@attrs.frozen(kw_only=True)
class Check:
    """
    A question to a whole register, answered with problems.

    *finds* are the kinds of problem it can yield; *find* takes the register judged on
    a day, which may be partial. Problems carry an address; the place is filled in.
    """

    name: str
    doc: str
    finds: tuple[ProblemKind, ...]
    find: Callable[[Snapshot], Iterable[Problem]]


def run_checks(snapshot: Snapshot, checks: Iterable[Check]) -> tuple[Problem, ...]:
    """
    Return every problem of a register: those of loading, then what *checks* find.
    """
    register = snapshot.register
    found = [problem for check in checks for problem in check.find(snapshot)]
    return register.located([*register.problems, *found])
