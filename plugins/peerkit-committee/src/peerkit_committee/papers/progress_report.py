"""
The progress report: the actions of a plan as they stand, in the groups a council asks for.

It is made as the action plan is; its settings, its day, and the table of how many actions
came and went are its own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from peerkit import Configuration, Plan, Record, View
from peerkit.document import Document, Shape
from peerkit_committee.configuration import ProgressReportPaper
from peerkit_committee.papers import action_plan
from peerkit_committee.papers.action_plan import COLUMNS, FIELDS, PlanPaper, composed
from peerkit_committee.papers.common import Blocks, Composer
from peerkit_committee.papers.movement import movement
from peerkit_committee.papers.names import columns_names

__all__ = ["COLUMNS", "FIELDS", "PARTS", "compose", "shape"]

NAME = "progress-report"


def _movement(made: PlanPaper, numbered: bool) -> Blocks:  # noqa: FBT001 - as every part
    settings = cast("ProgressReportPaper", made.settings)
    return movement(made.composer, made.plan, settings, numbered=numbered)


PARTS: dict[str, Callable[[PlanPaper, bool], Blocks]] = {
    **action_plan.PARTS,
    "movement": _movement,
}


def compose(view: View, record: Record, settings: ProgressReportPaper) -> Document:
    """
    Return the paper as a tree.
    """
    composer, plan = Composer(view), cast("Plan", record)
    return composed(
        PlanPaper(name=NAME, composer=composer, plan=plan, settings=settings, parts=PARTS)
    )


def shape(configuration: Configuration, settings: ProgressReportPaper) -> Shape:
    """
    Return the names its templates may use.
    """
    return Shape(
        (
            *action_plan.shape(configuration, settings).own,
            *columns_names("movement", settings.movement_columns),
        )
    )
