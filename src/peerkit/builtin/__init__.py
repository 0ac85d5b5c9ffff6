"""
The core's own offers, through the same door as anyone's.
"""

from __future__ import annotations

from collections.abc import Iterable

from peerkit.builtin.checks import CHECKS
from peerkit.builtin.formats import FORMATS
from peerkit.checking import Check
from peerkit.errors import ProblemKind
from peerkit.files import reading, text, yaml
from peerkit.hookspecs import hookimpl
from peerkit.model import CORE_KINDS, RecordKind
from peerkit.papers import Format

__all__: list[str] = []


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
    return CHECKS


@hookimpl
def peerkit_problem_kinds() -> Iterable[ProblemKind]:
    """
    Offer the kinds of problem of reading files.
    """
    return (*text.PROBLEM_KINDS, *reading.PROBLEM_KINDS, *yaml.PROBLEM_KINDS)
