"""
The core's own offers, through the same door as anyone's.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from peerkit.builtin import coverage, happenings
from peerkit.builtin.checks import CHECKS
from peerkit.builtin.deadlines import SOURCES
from peerkit.builtin.facts import DAYS, FACTS
from peerkit.builtin.formats import FORMATS
from peerkit.checking import Check
from peerkit.config import Pack
from peerkit.deadlines import DeadlineSource
from peerkit.errors import ProblemKind
from peerkit.facts import Fact
from peerkit.files import reading, text, yaml
from peerkit.history import problems as history
from peerkit.hookspecs import hookimpl
from peerkit.lifecycle import problems as lifecycle
from peerkit.model import CORE_KINDS, RecordKind, ToldDay
from peerkit.papers import Format
from peerkit.rules import problems as rules

__all__: list[str] = []

_PACKS = Path(__file__).parent.parent / "packs"
_DOCS = (
    ("reviews", "What reviews, findings and plans go through, and their statuses."),
    ("actions-in-four-words", "Actions: not started, in progress, complete, overdue."),
    ("actions-by-evidence", "Actions that await evidence and are verified by another."),
    ("actions-looking-ahead", "Actions: on track, at risk, off track, complete."),
)


@hookimpl
def peerkit_record_kinds() -> Iterable[RecordKind]:
    """
    Offer review, theme, finding, plan, action, evidence and party.
    """
    return CORE_KINDS


@hookimpl
def peerkit_formats() -> Iterable[Format]:
    """
    Offer Markdown and JSON.
    """
    return FORMATS


@hookimpl
def peerkit_checks() -> Iterable[Check]:
    """
    Offer the checks that hold for any review.
    """
    return (*CHECKS, *coverage.CHECKS, *happenings.CHECKS)


@hookimpl
def peerkit_days() -> Iterable[ToldDay]:
    """
    Offer the day on which the report that holds a finding came.
    """
    return DAYS


@hookimpl
def peerkit_facts() -> Iterable[Fact]:
    """
    Offer the facts of actions, findings, reviews and plans.
    """
    return FACTS


@hookimpl
def peerkit_packs() -> Iterable[Pack]:
    """
    Offer lifecycles of reviews, and three sets of statuses for actions to choose from.
    """
    return tuple(Pack(name=name, doc=doc, folder=_PACKS / name) for name, doc in _DOCS)


@hookimpl
def peerkit_deadlines() -> Iterable[DeadlineSource]:
    """
    Offer the due days of what is open.
    """
    return SOURCES


@hookimpl
def peerkit_problem_kinds() -> Iterable[ProblemKind]:
    """
    Offer the kinds of problem of reading files.
    """
    return (
        *text.PROBLEM_KINDS,
        *reading.PROBLEM_KINDS,
        *yaml.PROBLEM_KINDS,
        *rules.PROBLEM_KINDS,
        *history.PROBLEM_KINDS,
        *lifecycle.PROBLEM_KINDS,
    )
