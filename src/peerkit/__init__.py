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
    from peerkit.facts import Fact
    from peerkit.hookspecs import Offers, hookimpl, late
    from peerkit.judging import Snapshot
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
        fields,
        parse_day,
    )
    from peerkit.papers import Format, Paper, Template, Trust
    from peerkit.plugins import gather
    from peerkit.register import Register
    from peerkit.rules import fits
    from peerkit.verbs import check, compose, judge, load, make_register, render
    from peerkit.views import Audience, View

__version__ = "0.1.0"

_HOMES = {
    "peerkit.checking": ("Check",),
    "peerkit.config": ("ConfigSection", "Configuration", "Pack", "PaperBasics"),
    "peerkit.facts": ("Fact",),
    "peerkit.hookspecs": ("Offers", "hookimpl", "late"),
    "peerkit.judging": ("Snapshot",),
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
        "fields",
        "parse_day",
    ),
    "peerkit.papers": ("Format", "Paper", "Template", "Trust"),
    "peerkit.plugins": ("gather",),
    "peerkit.register": ("Register",),
    "peerkit.rules": ("fits",),
    "peerkit.verbs": ("check", "compose", "judge", "load", "make_register", "render"),
    "peerkit.views": ("Audience", "View"),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Absence",
    "Action",
    "Audience",
    "Check",
    "ConfigSection",
    "Configuration",
    "Day",
    "Evidence",
    "Fact",
    "Finding",
    "Format",
    "Nest",
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
    "TeamMember",
    "Template",
    "Theme",
    "Trust",
    "View",
    "__version__",
    "check",
    "compose",
    "fields",
    "fits",
    "gather",
    "hookimpl",
    "judge",
    "late",
    "load",
    "make_register",
    "parse_day",
    "render",
]


def __getattr__(name: str) -> Any:
    try:
        home = _HOME[name]
    except KeyError:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}") from None
    return getattr(importlib.import_module(home), name)


def __dir__() -> list[str]:
    return sorted(__all__)
