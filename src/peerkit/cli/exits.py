"""
Exit codes: one table, for programs that call peerkit and for its help.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from peerkit.errors import PeerkitError, Problem

__all__ = ["MEANINGS", "Exit", "exit_for_error", "exit_for_problems"]


class Exit(enum.IntEnum):
    """
    How a command ended.
    """

    FINE = 0
    ERROR = 1
    FAULT = 2
    REFUSED = 3
    UNWRITTEN = 4
    STOPPED = 130


MEANINGS = {
    Exit.FINE: "all is well; there may be warnings and advice",
    Exit.ERROR: "all was read, and an error must be mended",
    Exit.FAULT: "a file, a name, a plugin or the command itself could not be taken in",
    Exit.REFUSED: "a rule forbids it",
    Exit.UNWRITTEN: "files could not be written; what was there before is still there",
    Exit.STOPPED: "stopped from the keyboard or by the system",
}


def exit_for_problems(problems: Iterable[Problem]) -> Exit:
    """
    Return the exit code for *problems*: the worst of them decides.
    """
    by_severity = {"fault": Exit.FAULT, "error": Exit.ERROR}
    found = (by_severity.get(problem.severity.value, Exit.FINE) for problem in problems)
    return max(found, default=Exit.FINE)


def exit_for_error(error: PeerkitError) -> Exit:
    """
    Return the exit code for *error*, by its class.
    """
    from peerkit import errors  # noqa: PLC0415 - `peerkit --version` needs no attrs

    if isinstance(error, errors.ProblemsError):
        return exit_for_problems(error.problems)
    rows = ((errors.RefusedError, Exit.REFUSED), (errors.WriteError, Exit.UNWRITTEN))
    return next((code for cls, code in rows if isinstance(error, cls)), Exit.FAULT)
