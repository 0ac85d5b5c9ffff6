"""
Tells of a register that could not be taken in whole, so that nothing is done with it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from peerkit.cli.checking import with_near
from peerkit.cli.console import hint, say_json, typed
from peerkit.cli.exits import Exit, exit_for_problems
from peerkit.cli.telling import counted, problem_json, tell_problems
from peerkit.errors import ProblemsError

__all__ = ["tell_unread"]

_NO_REGISTER = "no-register"


def tell_unread(
    error: ProblemsError, folder: str, done: str, answer: dict[str, Any] | None = None
) -> Exit:
    """
    Tell the problems that *error* lists, and that nothing was *done* because of them.

    With *answer*, what a program is told besides, they are told as JSON.
    """
    problems = tuple(with_near(one, Path(folder)) for one in error.problems)
    code = exit_for_problems(problems)
    if answer is not None:
        told = [problem_json(one) for one in problems]
        say_json({**answer, "problems": told, "exit": int(code)})
    else:
        tell_problems(problems, folder)
    hint(f"peerkit: Nothing was {done}, because of {counted(problems)} in the register.")
    if not any(one.code == _NO_REGISTER for one in problems):
        hint(f"  Mend what is listed here first. To see it again: peerkit check {typed(folder)}")
    return code
