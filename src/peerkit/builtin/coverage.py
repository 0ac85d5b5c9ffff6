"""
Checks of coverage: everything that was found is answered, and every promise can be kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from peerkit.checking import Check
from peerkit.errors import Problem, ProblemKind, Severity
from peerkit.judging import Snapshot
from peerkit.model import Action, Finding, Record, Review, Theme

__all__ = ["CHECKS"]

UNCOVERED_THEME = ProblemKind(
    code="uncovered-theme",
    severity=Severity.ERROR,
    meaning="The report of a review has come, and one of its themes has no finding.",
    mend="Add the findings, or say why there is none with “none_found: …”.",
)
UNANSWERED_FINDING = ProblemKind(
    code="unanswered-finding",
    severity=Severity.WARNING,
    meaning="A finding that asks for a response has neither an action nor a reason for none.",
    mend="Let an action answer it, or write “response” and “response_reason”.",
)
NO_OWNER = ProblemKind(
    code="action-without-owner",
    severity=Severity.WARNING,
    meaning="Nobody answers for an action.",
    mend="Add “owner: …”: a post, a person, a group or a partner body.",
)
NO_DUE_DAY = ProblemKind(
    code="action-without-day",
    severity=Severity.WARNING,
    meaning="An action has no day by which it is to be done.",
    mend="Add “due: …”, as exactly as it is known: a day, a month, or next meeting.",
)
CLOSED_TOO_EARLY = ProblemKind(
    code="closed-with-open-actions",
    severity=Severity.ERROR,
    meaning="A finding is closed although an action that answers it is open.",
    mend="Record that the action is done, or correct what closed the finding.",
)


def _themes(snapshot: Snapshot) -> Iterator[Problem]:
    register = snapshot.register
    for record in register.of_kind("theme"):
        theme = cast("Theme", record)
        review = register.records["review"].get(theme.review)
        if (
            review is not None
            and _is_told(cast("Review", review), snapshot)
            and not theme.no_findings
            and not register.linking("finding", "themes", theme.id)
        ):
            yield Problem(
                kind=UNCOVERED_THEME,
                message=f"The theme “{theme.title}” has no finding.",
                address=theme.address,
            )


def _is_told(review: Review, snapshot: Snapshot) -> bool:
    told = review.report_received or review.published
    return told is not None and told.last is not None and told.last <= snapshot.on


def _findings(snapshot: Snapshot) -> Iterator[Problem]:
    register = snapshot.register
    for record in register.of_kind("finding"):
        finding = cast("Finding", record)
        review = register.records["review"].get(finding.review)
        if review is None or not _is_told(cast("Review", review), snapshot):
            continue
        if finding.response_reason or register.linking("action", "answers", finding.id):
            continue
        if snapshot.ask(finding, "needs response") == "yes":
            said = f"{finding.finding_kind} {finding.ref or finding.local_id}"
            yield Problem(
                kind=UNANSWERED_FINDING,
                message=f"No action answers {said}, and no reason is given for that.",
                address=finding.address,
            )


def _actions(snapshot: Snapshot) -> Iterator[Problem]:
    for record in snapshot.register.of_kind("action"):
        action = cast("Action", record)
        for is_missing, kind, message in (
            (not action.owners, NO_OWNER, "Nobody answers for this action."),
            (action.due is None, NO_DUE_DAY, "This action has no due day."),
        ):
            if is_missing:
                yield Problem(kind=kind, message=message, address=action.address)


def _closed(snapshot: Snapshot) -> Iterator[Problem]:
    rules = snapshot.rules.kinds.get("finding")
    if rules is None or rules.lifecycle is None:
        return
    for finding in snapshot.register.of_kind("finding"):
        stage = snapshot.state(finding).stage
        if stage not in rules.lifecycle.final or snapshot.ask(finding, "done") == "all":
            continue
        open_ones = [
            action
            for action in snapshot.register.linking("action", "answers", finding.id)
            if not _is_final(action, snapshot)
        ]
        named = ", ".join(action.local_id for action in open_ones)
        yield Problem(
            kind=CLOSED_TOO_EARLY,
            message=f"This finding is {stage}, and these actions that answer it are open: {named}.",
            address=finding.address,
        )


def _is_final(action: Record, snapshot: Snapshot) -> bool:
    rules = snapshot.rules.kinds.get("action")
    final = rules.lifecycle.final if rules and rules.lifecycle else ()
    return snapshot.state(action).stage in final


CHECKS: tuple[Check, ...] = (
    Check(
        name="covered-themes",
        doc="Every theme of a review whose report has come has a finding, or says why not.",
        finds=(UNCOVERED_THEME,),
        find=_themes,
        needs_all=True,
    ),
    Check(
        name="answered-findings",
        doc="Every finding that asks for a response has an action or a reason.",
        finds=(UNANSWERED_FINDING,),
        find=_findings,
        needs_all=True,
        sections=("review_kinds",),
    ),
    Check(
        name="complete-actions",
        doc="Every action has an owner and a day.",
        finds=(NO_OWNER, NO_DUE_DAY),
        find=_actions,
        needs_all=True,
    ),
    Check(
        name="closed-findings",
        doc="No finding is closed while an action that answers it is open.",
        finds=(CLOSED_TOO_EARLY,),
        find=_closed,
        needs_all=True,
        sections=("rules",),
    ),
)
