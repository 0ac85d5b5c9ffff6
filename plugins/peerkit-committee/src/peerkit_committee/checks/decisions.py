"""
Checks of decisions: who made them, what was resolved, whether it could be.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from peerkit import Check, Configuration, Day, Pair, Snapshot
from peerkit.errors import Address, Problem, ProblemKind, Severity
from peerkit_committee.checks.filling import listed
from peerkit_committee.checks.own_day import in_force, own_reports
from peerkit_committee.checks.sections import GAP
from peerkit_committee.configuration import minute_style_of, verbs_of
from peerkit_committee.matters import (
    NOT_EXECUTIVE,
    body_of,
    decided_on,
    found,
    meeting_of,
    regime_of,
    report_of,
)
from peerkit_committee.records import Body, CommitteeReport, Notice, Resolution

__all__ = ["CHECKS"]

_NEEDED = {
    "general exception": ("exception_reason",),
    "special urgency": ("exception_reason", "agreed_by"),
}
"""What notices must say (SI 2012/2089, regs 10 and 11)."""

WITHOUT_TEXT = ProblemKind(
    code="decision-without-text",
    severity=Severity.ERROR,
    meaning="A resolution has no text, or both a text of its own and “as_proposed”; or it was "
    "resolved as proposed and no report proposes anything.",
    mend="Write “text”, or “as_proposed: yes” on a report that proposes a decision.",
)
WITHOUT_MAKER = ProblemKind(
    code="decision-without-maker",
    severity=Severity.ERROR,
    meaning="It is not told who made a decision and when: neither by the resolution nor by the "
    "item it was made under; or it is told twice.",
    mend="Link the item of the agenda, or write “body” or “decided_by”, and “day”.",
)
DECIDED_BEFORE = ProblemKind(
    code="decided-before-meeting",
    severity=Severity.ERROR,
    meaning="A resolution is dated before the meeting of the report it was made on.",
    mend="Correct the day of the resolution or of the meeting.",
)
PUBLISHED_BEFORE = ProblemKind(
    code="published-before-decided",
    severity=Severity.ERROR,
    meaning="The record of a decision is dated as published before the decision was made.",
    mend="Correct the day of the decision or of its publication.",
)
NO_KEY_DECISIONS = ProblemKind(
    code="no-key-decisions",
    severity=Severity.ERROR,
    meaning="A key decision is asked of a body that makes none: only executives and combined "
    "authorities do (SI 2012/2089, reg 8; SI 2017/68, art 11).",
    mend="Take “key_decision” out, or correct the body or its regime.",
)
MISSING_FORM = ProblemKind(
    code="missing-verb-form",
    severity=Severity.ERROR,
    meaning="A decision is to be printed in a form of its verb that is not configured.",
    mend="Add the form under decision_verbs.",
)
BAD_FOLLOWING = ProblemKind(
    code="recommendation-not-followed",
    severity=Severity.ERROR,
    meaning="A resolution decides on another that recommends nothing, recommends it to another "
    "body, or was made later.",
    mend="Correct “decides_on”, or “recommends_to” of the earlier resolution.",
)


def _resolutions(snapshot: Snapshot) -> Iterator[tuple[Resolution, Configuration]]:
    for record in snapshot.register.of_kind(Resolution.kind):
        yield cast("Resolution", record), in_force(snapshot, "decision-record", record)


def _texts(snapshot: Snapshot) -> Iterator[Problem]:
    for one, _ in _resolutions(snapshot):
        report = report_of(one, snapshot.register)
        faults = (
            (one.as_proposed and one.parts, "as_proposed", "It has a text, and is as proposed."),
            (not one.as_proposed and not one.parts, "", "It says nothing of what was resolved."),
            (
                any(_is_empty(pair) for pair in one.parts),
                "text",
                "A part of its text says nothing of what was resolved.",
            ),
            (
                one.as_proposed and not (report and report.decision),
                "as_proposed",
                "It is as proposed, and its report proposes no decision."
                if report
                else "It is as proposed, and it names no report and no item that takes one.",
            ),
        )
        for is_so, field, message in faults:
            if is_so:
                at = one.at(field) if field else one.address
                yield Problem(kind=WITHOUT_TEXT, message=message, address=at)


def _is_empty(pair: Pair) -> bool:
    said = pair.text.strip(" .")
    return not said or (not pair.word and said.casefold() == "that")


def _makers(snapshot: Snapshot) -> Iterator[Problem]:
    register = snapshot.register
    for one, _ in _resolutions(snapshot):
        meeting = meeting_of(one, register)
        decided = decided_on(one, register)
        other = bool(one.body and meeting is not None and meeting.body != one.body)
        faults = (
            (one.body and one.decided_by, "It names a body and one who decided alone."),
            (
                body_of(one, register) is None and not one.decided_by,
                "It names no body, nobody who decided, and no item.",
            ),
            (decided is None, "It has no day, and no meeting that has one."),
            (other, "It names another body than the one whose item it was made under."),
        )
        for is_so, message in faults:
            if is_so:
                yield Problem(kind=WITHOUT_MAKER, message=message, address=one.address)
        if decided is not None and _is_before(one.published, decided):
            yield Problem(
                kind=PUBLISHED_BEFORE,
                message=f"It was made on {decided}, and published on {one.published}.",
                address=one.at("published"),
            )


def _is_before(day: Day | None, other: Day | None) -> bool:
    """
    True if *day* was certainly over before *other* began.
    """
    if day is None or other is None or day.last is None or other.first is None:
        return False
    return day.last < other.first


def _days(snapshot: Snapshot) -> Iterator[Problem]:
    register = snapshot.register
    for one, _ in _resolutions(snapshot):
        report = report_of(one, register)
        meeting = meeting_of(report, register) if report is not None else None
        held, decided = meeting.held if meeting else None, decided_on(one, register)
        if _is_before(decided, held):
            yield Problem(
                kind=DECIDED_BEFORE,
                message=f"The resolution is of {decided}, the meeting of {held}.",
                address=one.at("day") if one.day else one.address,
            )


def _keys(snapshot: Snapshot) -> Iterator[Problem]:
    register = snapshot.register
    asked = [
        *((one, "key_decision") for one, _ in own_reports(snapshot) if one.key_decision),
        *(
            (one, "is")
            for one in cast("tuple[Notice, ...]", register.of_kind(Notice.kind))
            if one.is_a != "other decision"
        ),
    ]
    for record, field in asked:
        regime = regime_of(record, register)
        if regime in NOT_EXECUTIVE:
            yield Problem(
                kind=NO_KEY_DECISIONS,
                message=f"Whoever is to decide acts under the regime “{regime}”.",
                address=record.at(field),
            )


def _notices(snapshot: Snapshot) -> Iterator[Problem]:
    for record in snapshot.register.of_kind(Notice.kind):
        notice = cast("Notice", record)
        for field in _NEEDED.get(notice.is_a, ()):
            if not getattr(notice, field):
                yield Problem(
                    kind=GAP,
                    message=f"A notice of {notice.is_a} needs “{field}”.",
                    address=notice.at("is"),
                )


def _forms(snapshot: Snapshot) -> Iterator[Problem]:
    for report, configuration in own_reports(snapshot):
        for paper in ("committee-report", "decision-notice"):
            settings = configuration.papers.get(paper)
            form = getattr(settings, "decision_form", "")
            if form and (paper != "decision-notice" or _is_announced(report, snapshot)):
                yield from _missing(report.decision, form, configuration, report.at("decision"))
    for one, configuration in _resolutions(snapshot):
        body = body_of(one, snapshot.register)
        style = minute_style_of(configuration, body)
        proposal = report_of(one, snapshot.register) if one.as_proposed else None
        pairs, at = (
            (proposal.decision, one.at("as_proposed")) if proposal else (one.parts, one.at("text"))
        )
        yield from _missing(pairs, style.verb_form, configuration, at)


def _is_announced(report: CommitteeReport, snapshot: Snapshot) -> bool:
    return bool(snapshot.register.linking("notice", "report", report.id))


def _missing(
    pairs: tuple[Pair, ...], form: str, configuration: Configuration, at: Address
) -> Iterator[Problem]:
    verbs = verbs_of(configuration)
    for pair in pairs:
        if not pair.word:
            continue
        if pair.word not in verbs:
            message = f"“{pair.word}” has no forms; configured verbs: {listed(verbs)}."
            if at.kind == Resolution.kind:  # of a report another check says so
                yield Problem(kind=MISSING_FORM, message=message, address=at)
        elif not getattr(verbs[pair.word], form):
            message = f"“{pair.word}” has no form “{form}”."
            yield Problem(kind=MISSING_FORM, message=message, address=at)


def _followed(snapshot: Snapshot) -> Iterator[Problem]:
    register = snapshot.register
    for one, _ in _resolutions(snapshot):
        earlier = found(Resolution, one.decides_on, register)
        if earlier is None:
            continue
        body = body_of(one, register)
        wanted = found(Body, earlier.recommends_to, register)
        before, now = decided_on(earlier, register), decided_on(one, register)
        if wanted is None:
            message = f"{earlier.id} recommends nothing to anybody."
        elif body is not None and body.id != wanted.id:
            message = f"{earlier.id} recommends to {wanted.name}, and {body.name} decided."
        elif _is_before(now, before):
            message = f"{earlier.id} was made later, on {before}."
        else:
            continue
        yield Problem(kind=BAD_FOLLOWING, message=message, address=one.at("decides_on"))


CHECKS: tuple[Check, ...] = (
    Check(
        name="decision-texts",
        doc="Every resolution says what was resolved, once.",
        finds=(WITHOUT_TEXT,),
        find=_texts,
        needs_all=True,
    ),
    Check(
        name="decision-makers",
        doc="Of every decision it is told who made it and when, and it was published later.",
        finds=(WITHOUT_MAKER, PUBLISHED_BEFORE),
        find=_makers,
        needs_all=True,
    ),
    Check(
        name="resolutions",
        doc="No decision is dated before its meeting.",
        finds=(DECIDED_BEFORE,),
        find=_days,
        needs_all=True,
    ),
    Check(
        name="key-decisions",
        doc="Key decisions are asked only of bodies that can make them.",
        finds=(NO_KEY_DECISIONS,),
        find=_keys,
        needs_all=True,
    ),
    Check(
        name="notices",
        doc="Notices that are short say why, and who agreed.",
        finds=(GAP,),
        find=_notices,
        needs_all=True,
    ),
    Check(
        name="verb-forms",
        doc="Every verb of a decision has the forms that papers print.",
        finds=(MISSING_FORM,),
        sections=("decision_verbs", "papers", "minute_styles"),
        find=_forms,
        needs_all=True,
    ),
    Check(
        name="recommendations",
        doc="Who decides on a recommendation is whom it was made to, and decides later.",
        finds=(BAD_FOLLOWING,),
        find=_followed,
        needs_all=True,
    ),
)
