"""
The progress report: the actions of a plan as they stand, in the groups a council asks for.

It is made as the action plan is; only its settings and its day are its own.
"""

from __future__ import annotations

import datetime as dt
from typing import cast

from peerkit import Plan, Record, View
from peerkit.document import Document
from peerkit_committee.configuration import ActionPlanPaper
from peerkit_committee.papers.action_plan import COLUMNS, FIELDS, PARTS, composed, shape
from peerkit_committee.papers.action_plan import day as day_of_plan
from peerkit_committee.papers.appendices import appended_to, meeting_day
from peerkit_committee.papers.judged import last_recorded

__all__ = ["COLUMNS", "FIELDS", "PARTS", "compose", "day", "shape"]

NAME = "progress-report"


def compose(view: View, record: Record, settings: ActionPlanPaper) -> Document:
    """
    Return the paper as a tree.
    """
    return composed(NAME, view, record, settings)


def day(view: View, record: Record) -> dt.date | None:
    """
    Return the day of the last meeting it goes to; or else that on which anything was last
    recorded of the plan or its actions; or else that of the plan itself.
    """
    plan = cast("Plan", record)
    days = [meeting_day(view, report) for report in appended_to(view, plan, NAME)]
    last = max(filter(None, days), default=None)
    return last or last_recorded(view, plan) or day_of_plan(view, plan)
