"""
Problems of a register that was read: what does not fit together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import attrs

from peerkit.errors import Problem, ProblemKind
from peerkit.judging import Snapshot

__all__ = ["Check"]


@attrs.frozen(kw_only=True)
class Check:
    """
    A question to a whole register, answered with problems.

    *finds* are the kinds of problem it can yield; *find* takes the register judged on
    a day, which may be partial. Problems carry an address; the place is filled in.
    *sections* are those of the configuration it goes by: while one of them could not
    be taken in, the check is passed over, for all it found would be about that. One that
    *needs_all* is passed over while any record could not be taken in.
    """

    name: str
    doc: str
    finds: tuple[ProblemKind, ...]
    find: Callable[[Snapshot], Iterable[Problem]]
    sections: tuple[str, ...] = ()
    needs_all: bool = False
