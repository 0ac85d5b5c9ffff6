"""
What each paper is checked by: the configuration in force on its own day.

By that it is printed. The days are told again here and not taken from where papers are
composed, because checking must not import that.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple, cast

from peerkit import Action, Configuration, Day, Plan, Record, Review, Snapshot
from peerkit_committee.configuration import PaperSettings
from peerkit_committee.papers.parts import PARTS
from peerkit_committee.records import CommitteeReport, Meeting

__all__ = ["OwnPaper", "in_force", "own_papers", "own_reports"]


class OwnPaper(NamedTuple):
    """
    A paper about a record, and how it is configured on its own day.
    """

    paper: str
    record: Record
    configuration: Configuration
    settings: PaperSettings


def in_force(snapshot: Snapshot, paper: str, record: Record) -> Configuration:
    """
    Return the configuration of the own day of a paper about *record*, or else the snapshot's.
    """
    whole = snapshot.register.configuration
    day = _DAYS[paper](snapshot, record) if whole.later else None
    return whole.on(day) if day is not None else snapshot.configuration


def own_papers(snapshot: Snapshot) -> Iterator[OwnPaper]:
    """
    Yield each of our papers that is configured on its own day.
    """
    for paper, parts in PARTS.items():
        for record in snapshot.register.of_kind(parts.subject):
            configuration = in_force(snapshot, paper, record)
            settings = configuration.papers.get(paper)
            if settings is not None and _is_read(snapshot, configuration):
                yield OwnPaper(paper, record, configuration, cast("PaperSettings", settings))


def own_reports(snapshot: Snapshot) -> Iterator[tuple[CommitteeReport, Configuration]]:
    """
    Yield each report with the configuration of its own day, whether it has the paper or not.
    """
    for record in snapshot.register.of_kind(CommitteeReport.kind):
        configuration = in_force(snapshot, "committee-report", record)
        if _is_read(snapshot, configuration):
            yield cast("CommitteeReport", record), configuration


def _is_read(snapshot: Snapshot, configuration: Configuration) -> bool:
    # A check is passed over for what is broken in the snapshot's configuration alone.
    return configuration.broken <= snapshot.configuration.broken


def _held(snapshot: Snapshot, report: CommitteeReport) -> Day | None:
    first = next(iter(report.meetings), "")
    meeting = cast("Meeting | None", snapshot.register.records[Meeting.kind].get(first))
    return meeting.held if meeting else None


def _exact(day: Day | None) -> dt.date | None:
    return day.last if day and day.is_exact else None


def _taken(snapshot: Snapshot, record: Record, paper: str) -> list[dt.date | None]:
    """
    Return the day of the meeting of each report that has that paper of *record* with it.
    """
    return [
        _exact(_held(snapshot, report))
        for report in cast(
            "tuple[CommitteeReport, ...]", snapshot.register.of_kind(CommitteeReport.kind)
        )
        if any(one.of == record.id and one.paper == paper for one in report.appendices)
    ]


def _last_recorded(snapshot: Snapshot, plan: Record) -> dt.date | None:
    records = (plan, *snapshot.register.linking(Action.kind, "plan", plan.id))
    days = (snapshot.state(one).updated for one in records)
    return max(filter(None, days), default=None)


def _of_report(snapshot: Snapshot, record: Record) -> dt.date | None:
    return _exact(_held(snapshot, cast("CommitteeReport", record)))


def _of_plan(snapshot: Snapshot, record: Record) -> dt.date | None:
    return (
        _exact(cast("Plan", record).day)
        or next(iter(_taken(snapshot, record, "action-plan")), None)
        or _last_recorded(snapshot, record)
    )


def _of_progress(snapshot: Snapshot, record: Record) -> dt.date | None:
    last = max(filter(None, _taken(snapshot, record, "progress-report")), default=None)
    return last or _last_recorded(snapshot, record) or _of_plan(snapshot, record)


def _of_review(snapshot: Snapshot, record: Record) -> dt.date | None:
    review = cast("Review", record)
    taken = _taken(snapshot, record, "review-report")
    return taken[0] if taken else _exact(review.report_received or review.published)


_DAYS: Mapping[str, Callable[[Snapshot, Record], dt.date | None]] = {
    "committee-report": _of_report,
    "action-plan": _of_plan,
    "progress-report": _of_progress,
    "review-report": _of_review,
}
