"""
The papers of council business, declared; how each is composed is imported when it is.
"""

from __future__ import annotations

from functools import partial

from peerkit import Paper, late
from peerkit_committee.configuration import (
    ActionPlanPaper,
    CommitteeReportPaper,
    ReviewReportPaper,
)

__all__ = ["PAPERS"]


def _paper(name: str, subject: str, configuration: type, doc: str) -> Paper:
    module = f"peerkit_committee.papers.{name.replace('-', '_')}"
    return Paper(
        name=name,
        doc=doc,
        subject=subject,
        configuration=configuration,
        compose=late(module, "compose"),
        shape=late(module, "shape"),
        day=partial(late("peerkit_committee.papers.days", "day_of"), name),
    )


PAPERS: tuple[Paper, ...] = (
    _paper(
        "committee-report",
        "committee_report",
        CommitteeReportPaper,
        "A report to a meeting, as the council's own headings and order ask for it.",
    ),
    _paper("action-plan", "plan", ActionPlanPaper, "A plan and its actions as a table."),
    _paper(
        "progress-report",
        "plan",
        ActionPlanPaper,
        "How far the actions of a plan have come, in the groups a council asks for.",
    ),
    _paper(
        "review-report",
        "review",
        ReviewReportPaper,
        "What a review looked at and found, theme by theme.",
    ),
)
