"""
Checks that hold for any register of reviews.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from peerkit.builtin.references import BAD_REFERENCE, bad_references
from peerkit.checking import Check
from peerkit.errors import Problem, ProblemKind, Severity
from peerkit.judging import Snapshot
from peerkit.model import Day, Finding, Party, Record, Review

__all__ = ["CHECKS"]

IMPOSSIBLE_DAY = ProblemKind(
    code="impossible-day",
    severity=Severity.ERROR,
    meaning="Two days of one record cannot both be right, such as a report received before "
    "the visit ended.",
    mend="Correct one of the two days.",
)
UNKNOWN_FINDING = ProblemKind(
    code="unknown-finding-kind",
    severity=Severity.ERROR,
    meaning="A finding is of a kind that its kind of review does not have.",
    mend="Write one of the review kind's own words, or add the word to the configuration.",
)
NOT_A_PERSON = ProblemKind(
    code="post-held-by-no-person",
    severity=Severity.ERROR,
    meaning="A post is held by something that is not a person.",
    mend="Name a party whose “is” is person.",
)
UNSAID = ProblemKind(
    code="illustrative-unsaid",
    severity=Severity.ERROR,
    meaning="The register holds made-up records, and nothing on its papers says so.",
    mend="Add a sentence that says so under organisation, notices in peerkit.yaml.",
)

# kind of record, the earlier field, the later one, and whether the earlier one must be over
_IN_ORDER = (
    ("review", "commissioned", "visit", False),
    ("review", "visit", "report_received", True),
    ("review", "visit", "published", True),
    ("action", "start", "due", False),
)


def _days_in_order(snapshot: Snapshot) -> Iterator[Problem]:
    register = snapshot.register
    for kind, first, second, is_over in _IN_ORDER:
        for record in register.of_kind(kind):
            early: Day | None = getattr(record, first)
            late: Day | None = getattr(record, second)
            begin = (early.last if is_over else early.first) if early else None
            if begin and late and late.last and late.last < begin:
                yield Problem(
                    kind=IMPOSSIBLE_DAY,
                    message=f"“{second}” is {late}, before “{first}” "
                    f"({early}) {'ended' if is_over else 'began'}.",
                    address=record.at(second),
                )


def _finding_kinds(snapshot: Snapshot) -> Iterator[Problem]:
    register = snapshot.register
    kinds = register.configuration.widest.review_kinds
    reviews = register.records.get("review", {})
    for record in register.of_kind("finding"):
        finding = cast("Finding", record)
        review = cast("Review | None", reviews.get(finding.review))
        kind = kinds.get(review.review_kind) if review else None
        if kind and finding.finding_kind not in kind.findings:
            yield Problem(
                kind=UNKNOWN_FINDING,
                message=f"“{finding.finding_kind}” is not a kind of finding of a "
                f"{review.review_kind if review else ''}: {', '.join(kind.findings)}.",
                address=record.at("kind"),
            )


def _posts(snapshot: Snapshot) -> Iterator[Problem]:
    register = snapshot.register
    parties = register.records.get("party", {})
    for record in register.of_kind("party"):
        post = cast("Party", record)
        holder = cast("Party | None", parties.get(post.held_by))
        if holder and holder.is_a != "person":
            yield Problem(
                kind=NOT_A_PERSON,
                message=f"{post.name} is held by {holder.name}, which is a {holder.is_a}.",
                address=record.at("held_by"),
            )


def _illustrative(snapshot: Snapshot) -> Iterator[Problem]:
    register = snapshot.register
    made_up: list[Record] = [record for record in register if record.illustrative]
    versions = register.configuration.versions
    if made_up and not all(one.organisation.notices for one in versions):
        yield Problem(
            kind=UNSAID,
            message="A record is illustrative, and no notice says so on papers."
            if len(made_up) == 1
            else f"{len(made_up)} records are illustrative, and no notice says so on papers.",
            address=made_up[0].at("illustrative"),
        )


CHECKS: tuple[Check, ...] = (
    Check(
        name="references",
        doc="Cross-references lead to a part of the same record, and names are given once.",
        finds=(BAD_REFERENCE,),
        find=bad_references,
    ),
    Check(
        name="days-in-order",
        doc="Days that must follow one another do.",
        finds=(IMPOSSIBLE_DAY,),
        find=_days_in_order,
    ),
    Check(
        name="finding-kinds",
        doc="Every finding is of a kind its review has.",
        finds=(UNKNOWN_FINDING,),
        find=_finding_kinds,
        sections=("review_kinds",),
    ),
    Check(
        name="post-holders", doc="Posts are held by persons.", finds=(NOT_A_PERSON,), find=_posts
    ),
    Check(
        name="illustrative",
        doc="Made-up records are announced on every page.",
        finds=(UNSAID,),
        find=_illustrative,
        sections=("organisation",),
    ),
)
