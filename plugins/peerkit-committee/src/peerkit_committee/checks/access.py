"""
Checks of who may see a report: exempt ones name their paragraphs and the public interest.
"""

from __future__ import annotations

from collections.abc import Iterator

from peerkit import Check, Snapshot
from peerkit.errors import Problem, ProblemKind, Severity
from peerkit_committee.checks.filling import reports

__all__ = ["CHECKS", "PARAGRAPHS"]

PARAGRAPHS = ("1", "2", "3", "4", "5", "6", "6a", "6b", "7")
"""The paragraphs of Schedule 12A, Part 1; the sixth has two limbs."""

EXEMPT_WITHOUT_REASON = ProblemKind(
    code="exempt-without-reason",
    severity=Severity.ERROR,
    meaning="A report is exempt, wholly or in part, and does not name a paragraph of Schedule "
    "12A, Part 1, or does not say why the public interest in keeping it exempt outweighs that in "
    "disclosing it (Local Government Act 1972, s.100I and Schedule 12A, paragraph 10).",
    mend="Add “exempt_paragraphs” and “public_interest”, or correct “access”.",
)


def _exempt(snapshot: Snapshot) -> Iterator[Problem]:
    for report in reports(snapshot.register):
        is_exempt = report.access in ("exempt", "part exempt")
        if is_exempt and not report.exempt_paragraphs:
            yield Problem(
                kind=EXEMPT_WITHOUT_REASON,
                message="It names no paragraph by which it is exempt.",
                address=report.at("access"),
            )
        if is_exempt and not report.public_interest:
            yield Problem(
                kind=EXEMPT_WITHOUT_REASON,
                message="It does not say why the public interest is in keeping it exempt.",
                address=report.at("access"),
            )
        for index, paragraph in enumerate(report.exempt_paragraphs):
            if paragraph.casefold().strip(" ()") not in PARAGRAPHS:
                yield Problem(
                    kind=EXEMPT_WITHOUT_REASON,
                    message=f"“{paragraph}” is no paragraph of Schedule 12A, Part 1.",
                    mend=f"Write one of {', '.join(PARAGRAPHS)}.",
                    address=report.at(f"exempt_paragraphs/{index}"),
                )
        if report.exempt_paragraphs and not is_exempt:
            yield Problem(
                kind=EXEMPT_WITHOUT_REASON,
                message="It names paragraphs by which it is exempt, and “access” does not say so.",
                address=report.at("exempt_paragraphs"),
            )


CHECKS: tuple[Check, ...] = (
    Check(
        name="exempt-reports",
        doc="Every exempt report names its paragraphs and weighs the public interest.",
        finds=(EXEMPT_WITHOUT_REASON,),
        find=_exempt,
    ),
)
