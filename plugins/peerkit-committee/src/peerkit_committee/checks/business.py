"""
Checks of what a report says of itself, and of the verbs it proposes with.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from peerkit import Check, Snapshot
from peerkit.errors import Problem, ProblemKind, Severity
from peerkit_committee.checks.filling import listed
from peerkit_committee.checks.own_day import own_reports
from peerkit_committee.configuration import verbs_of

__all__ = ["CHECKS"]

REPORT_FOR_DISAGREES = ProblemKind(
    code="report-for-disagrees",
    severity=Severity.ERROR,
    meaning="A report says it is for something else than what it asks: for information, say, "
    "while it proposes a decision.",
    mend="Take “report_for” out: it follows from whether a decision is proposed.",
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


CHECKS: tuple[Check, ...] = (
    Check(
        name="report-agrees",
        doc="What a report says of itself agrees with what it asks.",
        finds=(REPORT_FOR_DISAGREES, URGENT_WITHOUT_REASON, UNKNOWN_VERB),
        sections=("decision_verbs",),
        find=_agreement,
    ),
)
