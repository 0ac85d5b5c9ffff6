"""
What goes with a report: the titles of its appendices, and the report a paper goes with.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import cast

from peerkit import Plan, Record, Review, View
from peerkit_committee.papers.common import Blocks, Composer, cell
from peerkit_committee.papers.parts import PARTS
from peerkit_committee.records import Appendix, CommitteeReport, Meeting

__all__ = ["appended_to", "appendix_lines", "goes_with", "meeting_day"]

_KINDS: tuple[type[Plan | Review], ...] = (Plan, Review)


def meeting_day(view: View, report: CommitteeReport) -> dt.date | None:
    """
    Return the day of the first meeting a report goes to, if it is known exactly.
    """
    meeting = Composer(view).find(Meeting, next(iter(report.meetings), ""))
    held = meeting.held if meeting else None
    return held.last if held and held.is_exact else None


def appended_to(view: View, record: Record, paper: str) -> tuple[CommitteeReport, ...]:
    """
    Return the reports to be seen that have that paper of *record* as an appendix.
    """
    reports = cast("tuple[CommitteeReport, ...]", view.of_kind(CommitteeReport.kind))
    return tuple(report for report in reports if _holds(report, record, paper))


def goes_with(composer: Composer, record: Record, paper: str) -> Blocks:
    """
    Return the title of the report that has that paper of *record* as an appendix: of
    several, that to the meeting of the day.
    """
    view = composer.view
    reports = cast(
        "tuple[CommitteeReport, ...]", view.snapshot.register.of_kind("committee_report")
    )
    found = [report for report in reports if _holds(report, record, paper)]
    held = [one.id for one in sorted(found, key=lambda one: meeting_day(view, one) != view.on)]
    seen = [one for one in held if not composer.is_withheld(CommitteeReport, one)]
    return composer.of_each(
        CommitteeReport, seen[:1] or held[:1], lambda report: cell(report.title, report.at("title"))
    )


def _holds(report: CommitteeReport, record: Record, paper: str) -> bool:
    return any(
        appendix.of == record.id and appendix.paper == paper for appendix in report.appendices
    )


def _kinds(appendix: Appendix) -> tuple[type[Plan | Review], ...]:
    """
    Return what an appendix can be about: what its paper is, if that is ours.
    """
    parts = PARTS.get(appendix.paper)
    return tuple(kind for kind in _KINDS if parts is None or kind.kind == parts.subject)


def appendix_lines(composer: Composer, report: CommitteeReport) -> Iterator[str]:
    """
    Yield the appendices as they are listed. Each keeps its number, whatever is withheld.
    """
    for number, appendix in enumerate(report.appendices, 1):
        title = _title(composer, appendix)
        yield composer.say(composer.wording.appendix, number=str(number), title=title)


def _title(composer: Composer, appendix: Appendix) -> str:
    """
    Return the appended paper's own title, so that it has one name everywhere.
    """
    if appendix.title:
        return appendix.title
    for kind in _kinds(appendix):
        subject = composer.find(kind, appendix.of)
        if subject is not None:
            configured = composer.view.configuration.papers.get(appendix.paper)
            title = getattr(configured, "title", "") or "{title}"
            return composer.say(title, title=subject.title)
    return composer.wording.withheld_appendix
