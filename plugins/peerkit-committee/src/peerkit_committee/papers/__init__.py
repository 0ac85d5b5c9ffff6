"""
The papers of council business, declared; how each is composed is imported when it is.
"""

from __future__ import annotations

from functools import partial

from peerkit import Paper, late
from peerkit_committee.configuration import (
    ActionLogPaper,
    ActionPlanPaper,
    CommitteeReportPaper,
    DecisionNoticePaper,
    DecisionRecordPaper,
    MinutesPaper,
    ProgressReportPaper,
    ReviewReportPaper,
)

__all__ = ["PAPERS"]


def _paper(
    name: str,
    subject: str,
    configuration: type,
    doc: str,
    *,
    home: str = "",
    made_by: str = "",
    wanted: str = "",
) -> Paper:
    module = f"peerkit_committee.papers.{home or name.replace('-', '_')}"
    return Paper(
        name=name,
        doc=doc,
        subject=subject,
        configuration=configuration,
        compose=late(module, made_by or "compose"),
        shape=late(module, "shape"),
        day=partial(late("peerkit_committee.papers.days", "day_of"), name),
        wanted=late("peerkit_committee.matters", wanted) if wanted else None,
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
        ProgressReportPaper,
        "How far the actions of a plan have come, in the groups a council asks for.",
    ),
    _paper(
        "review-report",
        "review",
        ReviewReportPaper,
        "What a review looked at and found, theme by theme.",
    ),
    _paper(
        "decision-notice",
        "notice",
        DecisionNoticePaper,
        "The notice of a decision to come, or its entry in a forward plan.",
    ),
    _paper(
        "minutes",
        "meeting",
        MinutesPaper,
        "The minutes of a meeting, item by item.",
        wanted="has_minutes",
    ),
    _paper(
        "minute-extract",
        "agenda_item",
        MinutesPaper,
        "The minute of one item, as it stands in the minutes.",
        home="minutes",
        made_by="compose_extract",
        wanted="is_minuted",
    ),
    _paper(
        "decision-record",
        "resolution",
        DecisionRecordPaper,
        "The record of one decision, in sections or in numbered boxes.",
    ),
    _paper(
        "action-log",
        "meeting",
        ActionLogPaper,
        "The log of the actions that arise from a body's earlier meetings, as it goes to one.",
        wanted="has_log",
    ),
)
