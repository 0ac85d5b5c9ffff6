"""
What users do: load, check, judge, record, render, work out deadlines, begin a register.

Wires what plugins offer to the rooms. Knows no clock; writes nothing but history. What
records or verifies history, or works out deadlines, is imported when it is first used: no
check needs it.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from peerkit.verbs.composing import compose
from peerkit.verbs.registers import (
    check,
    judge,
    load,
    make_register,
    must_be_sound,
    offers_here,
    starter,
    starters,
)
from peerkit.verbs.rendering import (
    Job,
    Rendered,
    file_names,
    jobs,
    manifest,
    render,
    render_job,
)

if TYPE_CHECKING:
    from peerkit.verbs.calendars import (
        WorkedOut,
        calendar_exports,
        deadlines_of,
        draw_calendar,
        must_not_leak,
        work_out,
    )
    from peerkit.verbs.recording import (
        ConflictError,
        DraftError,
        Opened,
        Proposal,
        Recorded,
        open_history,
        propose,
        record,
    )
    from peerkit.verbs.sealing import (
        Erased,
        erase,
        seal_history,
    )
    from peerkit.verbs.templating import CheckedTemplate, Workshop, workshop
    from peerkit.verbs.verifying import (
        Kept,
        Verified,
        heads_of,
        verify_history,
    )

__all__ = [
    "CheckedTemplate",
    "ConflictError",
    "DraftError",
    "Erased",
    "Job",
    "Kept",
    "Opened",
    "Proposal",
    "Recorded",
    "Rendered",
    "Verified",
    "WorkedOut",
    "Workshop",
    "calendar_exports",
    "check",
    "compose",
    "deadlines_of",
    "draw_calendar",
    "erase",
    "file_names",
    "heads_of",
    "jobs",
    "judge",
    "load",
    "make_register",
    "manifest",
    "must_be_sound",
    "must_not_leak",
    "offers_here",
    "open_history",
    "propose",
    "record",
    "render",
    "render_job",
    "seal_history",
    "starter",
    "starters",
    "verify_history",
    "work_out",
    "workshop",
]

_HOMES = {
    "calendars": (
        "WorkedOut",
        "calendar_exports",
        "deadlines_of",
        "draw_calendar",
        "must_not_leak",
        "work_out",
    ),
    "recording": (
        "ConflictError",
        "DraftError",
        "Opened",
        "Proposal",
        "Recorded",
        "open_history",
        "propose",
        "record",
    ),
    "sealing": ("Erased", "erase", "seal_history"),
    "templating": ("CheckedTemplate", "Workshop", "workshop"),
    "verifying": ("Kept", "Verified", "heads_of", "verify_history"),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    try:
        home = _HOME[name]
    except KeyError:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}") from None
    return getattr(importlib.import_module(f"{__name__}.{home}"), name)
