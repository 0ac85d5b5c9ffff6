"""
What goes with a report: the titles of its appendices, and the report a paper goes with.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from peerkit import Plan, Record, Review
from peerkit_committee.papers.common import Blocks, Composer, cell
from peerkit_committee.papers.days import holds, meeting_day
from peerkit_committee.papers.parts import PARTS
from peerkit_committee.records import Appendix, CommitteeReport

__all__ = ["appendix_lines", "goes_with"]

_KINDS: tuple[type[Plan | Review], ...] = (Plan, Review)


def goes_with(composer: Composer, record: Record, paper: str) -> Blocks:
    """
    Return the title of the report that has that paper of *record* as an appendix: of
    several, that to the meeting of the day.
    """
    view = composer.view
    reports = cast(
        "tuple[CommitteeReport, ...]", view.snapshot.register.of_kind("committee_report")
    )
    found = [report for report in reports if holds(report, record, paper)]
    held = [one.id for one in sorted(found, key=lambda one: meeting_day(view, one) != view.on)]
    seen = [one for one in held if not composer.is_withheld(CommitteeReport, one)]
    return composer.of_each(
        CommitteeReport, seen[:1] or held[:1], lambda report: cell(report.title, report.at("title"))
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
