"""
Checks of council business: days, verbs, and what a report says of itself.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import cast

from peerkit import Check, Snapshot
from peerkit.errors import Problem, ProblemKind, Severity
from peerkit_committee.checks.filling import listed
from peerkit_committee.checks.own_day import own_reports
from peerkit_committee.configuration import verbs_of
from peerkit_committee.records import CommitteeReport, Meeting, Resolution

__all__ = ["CHECKS"]

REPORT_FOR_DISAGREES = ProblemKind(
    code="report-for-disagrees",
    severity=Severity.ERROR,
    meaning="A report says it is for something else than what it asks: for information, say, "
    "while it proposes a decision.",
    mend="Take “report_for” out: it follows from whether a decision is proposed.",
)
NO_MEETING_DAY = ProblemKind(
    code="meeting-without-day",
    severity=Severity.ERROR,
    meaning="A meeting says no day.",
    mend="Make its id the day, such as 2022-02-14, or add “day”.",
)
UNKNOWN_VERB = ProblemKind(
    code="unknown-verb",
    severity=Severity.ERROR,
    meaning="A proposed decision begins with a verb whose forms are not configured, so that it "
    "could only be printed as it is written: misspelt, or in the wrong form.",
    mend="Use one of the configured verbs, or add its forms under decision_verbs.",
)
URGENT_WITHOUT_REASON = ProblemKind(
    code="urgent-without-reason",
    severity=Severity.ERROR,
    meaning="A report is urgent and does not say why; the reason must be stated "
    "(Local Government Act 1972, s.100B(4)(b); SI 2012/2089, regs 10 and 11).",
    mend="Add “urgent_reason”.",
)
DECIDED_BEFORE = ProblemKind(
    code="decided-before-meeting",
    severity=Severity.ERROR,
    meaning="A resolution is dated before the meeting of the report it was made on.",
    mend="Correct the day of the resolution or of the meeting.",
)


def _agreement(snapshot: Snapshot) -> Iterator[Problem]:
    for report, configuration in own_reports(snapshot):
        verbs = verbs_of(configuration)
        derived = "decision" if report.decision else "information"
        if report.report_for and (report.report_for == "decision") != (derived == "decision"):
            yield Problem(
                kind=REPORT_FOR_DISAGREES,
                message=f"“report_for” is {report.report_for}, but the report "
                + ("proposes a decision." if report.decision else "proposes no decision."),
                address=report.at("report_for"),
            )
        if report.urgent and not report.urgent_reason:
            yield Problem(
                kind=URGENT_WITHOUT_REASON,
                message="The report is urgent and does not say why.",
                address=report.at("urgent"),
            )
        for index, pair in enumerate(report.decision):
            if pair.word and pair.word not in verbs:
                likely = difflib.get_close_matches(pair.word, verbs, n=1)
                yield Problem(
                    kind=UNKNOWN_VERB,
                    message=f"“{pair.word}” has no forms; configured verbs: {listed(verbs)}.",
                    mend=f"Did you mean “{likely[0]}”?" if likely else "",
                    address=report.at(f"decision/{index}"),
                )


def _meetings(snapshot: Snapshot) -> Iterator[Problem]:
    register = snapshot.register
    for record in register.of_kind(Meeting.kind):
        if cast("Meeting", record).held is None:
            yield Problem(
                kind=NO_MEETING_DAY,
                message=f"The id “{record.local_id}” is not a day, and “day” is missing.",
                address=record.address,
            )


def _resolutions(snapshot: Snapshot) -> Iterator[Problem]:
    register = snapshot.register
    for record in register.of_kind(Resolution.kind):
        resolution = cast("Resolution", record)
        report = register.records[CommitteeReport.kind].get(resolution.report)
        meetings = cast("CommitteeReport", report).meetings if report else ()
        meeting = register.records[Meeting.kind].get(meetings[0]) if meetings else None
        held = cast("Meeting", meeting).held if meeting else None
        if held and held.first and resolution.day.last and resolution.day.last < held.first:
            yield Problem(
                kind=DECIDED_BEFORE,
                message=f"The resolution is of {resolution.day}, the meeting of {held}.",
                address=resolution.at("day"),
            )


CHECKS: tuple[Check, ...] = (
    Check(
        name="report-agrees",
        doc="What a report says of itself agrees with what it asks.",
        finds=(REPORT_FOR_DISAGREES, URGENT_WITHOUT_REASON, UNKNOWN_VERB),
        sections=("decision_verbs",),
        find=_agreement,
    ),
    Check(
        name="meeting-days", doc="Every meeting has a day.", finds=(NO_MEETING_DAY,), find=_meetings
    ),
    Check(
        name="resolutions",
        doc="No decision is dated before its meeting.",
        finds=(DECIDED_BEFORE,),
        find=_resolutions,
    ),
)
