"""
Keep a review of a public service once, as text; make every committee paper from it.

Everything here is imported when it is first used, so that importing `peerkit` alone
costs nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from peerkit.checking import Check
    from peerkit.config import ConfigSection, Configuration, Pack, PaperBasics
    from peerkit.deadlines import Calendar, Deadline, DeadlineSource, DeadlineState
    from peerkit.facts import Fact, Moment
    from peerkit.history import State
    from peerkit.hookspecs import Offers, hookimpl, late
    from peerkit.judging import Snapshot, changes, due_soon, overdue, tally
    from peerkit.model import (
        Absence,
        Action,
        Day,
        Evidence,
        Finding,
        Nest,
        Pair,
        Party,
        Plan,
        Prose,
        Record,
        RecordKind,
        Review,
        TeamMember,
        Theme,
        ToldDay,
        WaitingDay,
        fields,
        parse_day,
    )
    from peerkit.papers import Export, Format, Paper, Template, TemplateTools, Trust
    from peerkit.plugins import gather
    from peerkit.register import Register
    from peerkit.rules import fits
    from peerkit.store import NewerError, Store
    from peerkit.verbs import check, compose, deadlines_of, judge, load, make_register, render
    from peerkit.verbs.recording import record
    from peerkit.views import Audience, View

__version__ = "0.1.0"

_HOMES = {
    "peerkit.checking": ("Check",),
    "peerkit.config": ("ConfigSection", "Configuration", "Pack", "PaperBasics"),
    "peerkit.deadlines": ("Calendar", "Deadline", "DeadlineSource", "DeadlineState"),
    "peerkit.facts": ("Fact", "Moment"),
    "peerkit.history": ("State",),
    "peerkit.hookspecs": ("Offers", "hookimpl", "late"),
    "peerkit.judging": ("Snapshot", "changes", "due_soon", "overdue", "tally"),
    "peerkit.model": (
        "Absence",
        "Action",
        "Day",
        "Evidence",
        "Finding",
        "Nest",
        "Pair",
        "Party",
        "Plan",
        "Prose",
        "Record",
        "RecordKind",
        "Review",
        "TeamMember",
        "Theme",
        "ToldDay",
        "WaitingDay",
        "fields",
        "parse_day",
    ),
    "peerkit.papers": ("Export", "Format", "Paper", "Template", "TemplateTools", "Trust"),
    "peerkit.plugins": ("gather",),
    "peerkit.register": ("Register",),
    "peerkit.rules": ("fits",),
    "peerkit.store": ("NewerError", "Store"),
    "peerkit.verbs": (
        "check",
        "compose",
        "deadlines_of",
        "judge",
        "load",
        "make_register",
        "render",
    ),
    "peerkit.verbs.recording": ("record",),
    "peerkit.views": ("Audience", "View"),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Absence",
    "Action",
    "Audience",
    "Calendar",
    "Check",
    "ConfigSection",
    "Configuration",
    "Day",
    "Deadline",
    "DeadlineSource",
    "DeadlineState",
    "Evidence",
    "Export",
    "Fact",
    "Finding",
    "Format",
    "Moment",
    "Nest",
    "NewerError",
    "Offers",
    "Pack",
    "Pair",
    "Paper",
    "PaperBasics",
    "Party",
    "Plan",
    "Prose",
    "Record",
    "RecordKind",
    "Register",
    "Review",
    "Snapshot",
    "State",
    "Store",
    "TeamMember",
    "Template",
    "TemplateTools",
    "Theme",
    "ToldDay",
    "Trust",
    "View",
    "WaitingDay",
    "__version__",
    "changes",
    "check",
    "compose",
    "deadlines_of",
    "due_soon",
    "fields",
    "fits",
    "gather",
    "hookimpl",
    "judge",
    "late",
    "load",
    "make_register",
    "overdue",
    "parse_day",
    "record",
    "render",
    "tally",
]


def __getattr__(name: str) -> Any:
    try:
        home = _HOME[name]
    except KeyError:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}") from None
    return getattr(importlib.import_module(home), name)


def __dir__() -> list[str]:
    return sorted(__all__)
