"""
The checks of council business, each module those of one thing.
"""

from __future__ import annotations

from peerkit import Check
from peerkit_committee.checks import (
    access,
    appendices,
    business,
    deadlines,
    decisions,
    layout,
    minutes,
    printing,
    sections,
    transcripts,
    words,
)

__all__ = ["CHECKS"]

CHECKS: tuple[Check, ...] = (
    *sections.CHECKS,
    *printing.CHECKS,
    *appendices.CHECKS,
    *business.CHECKS,
    *access.CHECKS,
    *decisions.CHECKS,
    *minutes.CHECKS,
    *deadlines.CHECKS,
    *transcripts.CHECKS,
    *layout.CHECKS,
    *words.CHECKS,
)
