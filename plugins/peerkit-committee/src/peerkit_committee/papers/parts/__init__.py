"""
The parts papers can show, by name: what front sheets, sections and columns may ask for.

Only names; what each part prints is told where its paper is composed.
"""

from __future__ import annotations

from peerkit_committee.papers.parts import decisions, plans, reports
from peerkit_committee.papers.parts.kinds import (
    MORE,
    RATING,
    PaperParts,
    TableParts,
    part_of,
)

__all__ = ["MORE", "PARTS", "RATING", "PaperParts", "TableParts", "part_of"]

PARTS: dict[str, PaperParts] = {**reports.PARTS, **plans.PARTS, **decisions.PARTS}
