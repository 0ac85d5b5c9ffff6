"""
The progress report: the actions of a plan as they stand, in the groups a council asks for.

It is made as the action plan is; only its settings and its day are its own.
"""

from __future__ import annotations

from peerkit import Record, View
from peerkit.document import Document
from peerkit_committee.configuration import ActionPlanPaper
from peerkit_committee.papers.action_plan import COLUMNS, FIELDS, PARTS, composed, shape

__all__ = ["COLUMNS", "FIELDS", "PARTS", "compose", "shape"]

NAME = "progress-report"


def compose(view: View, record: Record, settings: ActionPlanPaper) -> Document:
    """
    Return the paper as a tree.
    """
    return composed(NAME, view, record, settings)
