"""
The own day of each paper, by which it is judged, printed and checked.

Light, because checks ask for it too; what papers contain is composed elsewhere.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import cast

from peerkit import Action, Day, Plan, Record, Review, View
from peerkit_committee.matters import decided_on, meeting_of
from peerkit_committee.records import CommitteeReport, Meeting, Notice, Resolution

__all__ = ["day_of", "holds", "meeting_day"]


def _exact(day: Day | None) -> dt.date | None:
    return day.last if day is not None and day.is_exact else None


def meeting_day(view: View, report: CommitteeReport) -> dt.date | None:
    """
    Return the day of the first meeting a report goes to, if it is known exactly.
    """
    meeting = view.find(Meeting.kind, next(iter(report.meetings), ""))
    return _exact(cast("Meeting", meeting).held) if meeting is not None else None


def holds(report: CommitteeReport, record: Record, paper: str) -> bool:
    """
    True if that paper of *record* is an appendix of *report*.
    """
    return any(
        appendix.of == record.id and appendix.paper == paper for appendix in report.appendices
    )


def _taken(view: View, record: Record, paper: str) -> list[dt.date | None]:
    """
    Return the day of the meeting of each report that has that paper of *record* with it.
    """
    reports = cast("tuple[CommitteeReport, ...]", view.of_kind(CommitteeReport.kind))
    return [meeting_day(view, one) for one in reports if holds(one, record, paper)]


def _last_recorded(view: View, plan: Record) -> dt.date | None:
    """
    Return the day on which anything was last recorded of a plan or one of its actions.
    """
    records = (plan, *view.linking(Action.kind, "plan", plan.id))
    days = (view.state(one).updated for one in records)
    return max(filter(None, days), default=None)


def _of_report(view: View, record: Record) -> dt.date | None:
    """
    Return the day of the meeting.
    """
    return meeting_day(view, cast("CommitteeReport", record))


def _of_plan(view: View, record: Record) -> dt.date | None:
    """
    Return the plan's own day; or else that of the first meeting it goes to, or on which
    anything was last recorded of it.
    """
    taken = _taken(view, record, "action-plan")[:1]
    return (
        _exact(cast("Plan", record).day) or next(iter(taken), None) or _last_recorded(view, record)
    )


def _of_progress(view: View, record: Record) -> dt.date | None:
    """
    Return the day of the last meeting it goes to; or else that on which anything was last
    recorded of the plan or its actions; or else that of the plan itself.
    """
    last = max(filter(None, _taken(view, record, "progress-report")), default=None)
    return last or _last_recorded(view, record) or _of_plan(view, record)


def _of_review(view: View, record: Record) -> dt.date | None:
    """
    Return the day of the first meeting it goes to; or else that on which its report came.
    """
    taken = _taken(view, record, "review-report")
    review = cast("Review", record)
    return taken[0] if taken else _exact(review.report_received or review.published)


def _of_notice(_view: View, record: Record) -> dt.date | None:
    """
    Return the day on which the notice was published.
    """
    return _exact(cast("Notice", record).published)


def _of_meeting(view: View, record: Record) -> dt.date | None:
    """
    Return the day of the meeting that a record is of.
    """
    meeting = meeting_of(record, view.judged.register)
    return _exact(meeting.held) if meeting is not None else None


def _of_resolution(view: View, record: Record) -> dt.date | None:
    """
    Return the day on which the record of a decision was published, or that of the decision.
    """
    resolution = cast("Resolution", record)
    decided = decided_on(resolution, view.judged.register)
    return _exact(resolution.published) or _exact(decided)


_DAYS: Mapping[str, Callable[[View, Record], dt.date | None]] = {
    "committee-report": _of_report,
    "action-plan": _of_plan,
    "progress-report": _of_progress,
    "review-report": _of_review,
    "decision-notice": _of_notice,
    "minutes": _of_meeting,
    "action-log": _of_meeting,
    "minute-extract": _of_meeting,
    "decision-record": _of_resolution,
}


def day_of(paper: str, view: View, record: Record) -> dt.date | None:
    """
    Return the own day of a *paper* about *record*, if it has one.
    """
    return _DAYS[paper](view, record)
