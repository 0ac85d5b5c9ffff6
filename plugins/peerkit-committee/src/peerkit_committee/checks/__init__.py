"""
The checks of council business: its reports, what papers print of them, and how.
"""

from __future__ import annotations

from peerkit import Check
from peerkit_committee.checks import appendices, business, layout, printing, sections, words

__all__ = ["CHECKS"]

CHECKS: tuple[Check, ...] = (
    *sections.CHECKS,
    *printing.CHECKS,
    *appendices.CHECKS,
    *business.CHECKS,
    *layout.CHECKS,
    *words.CHECKS,
)
