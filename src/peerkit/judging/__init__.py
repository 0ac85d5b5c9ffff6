"""
What stands where on a day; and whether a move may be made.

What looks over a whole register, or at two days, is imported when it is first used:
no check needs it.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from peerkit.judging.replaying import Replay
from peerkit.judging.snapshot import Snapshot, Working, judge, rules_by_day
from peerkit.judging.steps import Refusal

if TYPE_CHECKING:
    from peerkit.judging.comparing import Balance, Balances, Change, Changes, changes
    from peerkit.judging.lateness import Due, due_counts, due_of, due_soon, overdue
    from peerkit.judging.tallying import Tally, ThemeTally, tally, themes_of

__all__ = [
    "Balance",
    "Balances",
    "Change",
    "Changes",
    "Due",
    "Refusal",
    "Replay",
    "Snapshot",
    "Tally",
    "ThemeTally",
    "Working",
    "changes",
    "due_counts",
    "due_of",
    "due_soon",
    "judge",
    "overdue",
    "rules_by_day",
    "tally",
    "themes_of",
]

_HOMES = {
    "comparing": ("Balance", "Balances", "Change", "Changes", "changes"),
    "lateness": ("Due", "due_counts", "due_of", "due_soon", "overdue"),
    "tallying": ("Tally", "ThemeTally", "tally", "themes_of"),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    try:
        home = _HOME[name]
    except KeyError:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}") from None
    return getattr(importlib.import_module(f"{__name__}.{home}"), name)
