"""
Checks of deadlines: that their rules can be read, and that none of an open matter is missed.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from typing import cast

from peerkit import Check, Review, Snapshot
from peerkit.errors import Address, Problem, ProblemKind, Severity, closest, did_you_mean
from peerkit_committee.calendar.anchors import anchor, anchors_of
from peerkit_committee.calendar.circles import turning
from peerkit_committee.calendar.counts import CountError, parse_count
from peerkit_committee.calendar.working_days import LONGEST, closure
from peerkit_committee.checks.filling import listed
from peerkit_committee.configuration import (
    Closures,
    DeadlineRule,
    call_in_of,
    deadline_rules_of,
)
from peerkit_committee.matters import NOT_EXECUTIVE, exactly
from peerkit_committee.records import Body, CallIn, CommitteeReport, Meeting, Notice

__all__ = ["CHECKS"]

_CONFIGURATION = "configuration"
_FAILED = ("MISSED", "LATE")

_Fault = tuple[str, str, str]
"""The field that is wrong, what is wrong with it, and how to mend it."""

_OF_MEETINGS = ("meeting", "committee_report", "notice")

BAD_DEADLINE = ProblemKind(
    code="bad-deadline",
    severity=Severity.ERROR,
    meaning="A rule for a deadline, a lead time or a call-in cannot be applied: its count cannot "
    "be read, or it names a kind of record, a day or a fact that there is not.",
    mend="Correct it; peerkit explain tells the facts and days of each kind of record.",
)
BAD_CLOSURE = ProblemKind(
    code="bad-closure",
    severity=Severity.ERROR,
    meaning="A closure of the council's offices is no day or span of days.",
    mend="Write a day or a span before the colon, such as 28 to 30 December 2022.",
)
CALL_IN_NOT_OPEN = ProblemKind(
    code="call-in-not-open",
    severity=Severity.ERROR,
    meaning="A body has a call-in, and under its regime no decision can be called in.",
    mend="Take its call-in out, or correct its regime.",
)
DEADLINE_MISSED = ProblemKind(
    code="deadline-missed",
    severity=Severity.WARNING,
    meaning="What must be done by a day, for a matter that is still open, was not done by then, "
    "or nothing tells that it was.",
    mend="Record the day on which it was done; if it was not, see what the rule allows: general "
    "exception, special urgency, another meeting.",
)


def _rules(snapshot: Snapshot) -> Iterator[Problem]:
    for key, rule in deadline_rules_of(snapshot.configuration).items():
        for field, message, mend in _rule_faults(rule, snapshot):
            yield Problem(
                kind=BAD_DEADLINE,
                message=message,
                mend=mend,
                address=Address(_CONFIGURATION, f"deadlines/{key}/{field}"),
            )


def _rule_faults(rule: DeadlineRule, snapshot: Snapshot) -> Iterator[_Fault]:
    yield from _count_faults("count", rule.count)
    kinds = snapshot.register.kinds
    if rule.of not in kinds:
        yield "of", f"“{rule.of}” is no kind of record.", did_you_mean(closest(rule.of, kinds))
        return
    yield from _day_faults(rule, anchors_of(rule.of, snapshot))
    facts = {
        name: fact.answers for (kind, name), fact in snapshot.rules.facts.items() if kind == rule.of
    }
    yield from _fact_faults(rule, facts, {*turning(rule, snapshot.configuration)})
    named = (
        ("kinds", rule.kinds, snapshot.register.configuration.widest.review_kinds),
        ("bodies", rule.bodies, snapshot.register.records[Body.kind]),
    )
    for field, names, known in named:
        for name in names:
            if name not in known:
                said = f"“{name}” is none of the {field} here: {listed(known)}."
                yield field, said, did_you_mean(closest(name, known))


def _day_faults(rule: DeadlineRule, days: tuple[str, ...]) -> Iterator[_Fault]:
    for field, names in (("from", (rule.counted_from,)), ("done", rule.done)):
        for name in names:
            if name not in days:
                said = f"There is no day “{name}” of such records: {listed(days)}."
                yield field, said, did_you_mean(closest(name, days))


def _fact_faults(
    rule: DeadlineRule, facts: Mapping[str, tuple[str, ...]], turning: Container[str]
) -> Iterator[_Fault]:
    for fact, wanted in rule.when.items():
        if fact in turning:
            said = f"“{fact}” follows from deadlines itself, and no rule for one may ask it."
            yield f"when/{fact}", said, "Ask what it rests on."
            continue
        if fact not in facts:
            said = f"“{fact}” is no fact of such records."
            yield f"when/{fact}", said, did_you_mean(closest(fact, facts))
            continue
        for answer in wanted:
            if answer not in facts[fact]:
                said = f"“{fact}” is never “{answer}”; it is {' or '.join(facts[fact])}."
                yield f"when/{fact}", said, ""


def _count_faults(field: str, count: str) -> Iterator[_Fault]:
    try:
        parse_count(count)
    except CountError as error:
        yield field, str(error), error.mend


def _closures(snapshot: Snapshot) -> Iterator[Problem]:
    declared = cast("Closures | None", snapshot.configuration.sections.get("working_days"))
    for written in declared.closures if declared is not None else ():
        if closure(written) is None:
            yield Problem(
                kind=BAD_CLOSURE,
                message=f"“{written}” is no day, and no span of at most {LONGEST} days.",
                address=Address(_CONFIGURATION, f"working_days/closures/{written}"),
            )


def _schemes(snapshot: Snapshot) -> Iterator[Problem]:
    scheme = call_in_of(snapshot.configuration)
    if scheme is not None:
        for field, message, mend in _scheme_faults(scheme):
            at = Address(_CONFIGURATION, f"call_in/{field}")
            yield Problem(kind=BAD_DEADLINE, message=message, mend=mend, address=at)
    for record in snapshot.register.of_kind(Body.kind):
        body = cast("Body", record)
        for index, own in enumerate(body.call_in):
            at = body.at(f"call_in/{index}")
            if body.regime in NOT_EXECUTIVE and own.scheme == "open":
                yield Problem(
                    kind=CALL_IN_NOT_OPEN,
                    message=f"The regime of {body.name} is “{body.regime}”.",
                    address=at,
                )
            for _, message, mend in _scheme_faults(own):
                yield Problem(kind=BAD_DEADLINE, message=message, mend=mend, address=at)
        yield from _lead_times(body, snapshot)


def _scheme_faults(scheme: CallIn) -> Iterator[_Fault]:
    if scheme.scheme == "none":
        return
    faults = [*_count_faults("count", scheme.count)]
    if not faults and parse_count(scheme.count).is_before:
        said = "Call-in is counted from a day on, not before one."
        faults.append(("count", said, "Write “after”."))
    yield from faults


def _lead_times(body: Body, snapshot: Snapshot) -> Iterator[Problem]:
    days = anchors_of(CommitteeReport.kind, snapshot)
    for index, one in enumerate(body.lead_times):
        faults = [*_count_faults("count", one.count)]
        if one.done and one.done not in days:
            said = f"A report tells no day “{one.done}”: {listed(days)}."
            faults.append(("done", said, did_you_mean(closest(one.done, days))))
        for field, message, mend in faults:
            at = body.at(f"lead_times/{index}/{field}")
            yield Problem(kind=BAD_DEADLINE, message=message, mend=mend, address=at)


def _missed(snapshot: Snapshot) -> Iterator[Problem]:
    if not _may_miss(snapshot):
        return
    from peerkit_committee.calendar.deadlines import duties  # noqa: PLC0415 - counts days

    for one in duties(snapshot):
        if one.state.name in _FAILED and one.day is not None:
            done = f"; it was done on {exactly(one.done)}" if one.done is not None else ""
            yield Problem(
                kind=DEADLINE_MISSED,
                message=f"“{one.what}” was due by {exactly(one.day)}, {one.counted}{done} "
                f"({one.source}).",
                address=one.record.address,
            )


def _may_miss(snapshot: Snapshot) -> bool:
    """
    False if nothing is ahead, nothing is counted on from what is past and no review has a
    clock: then no day need be counted.
    """
    register, on = snapshot.register, snapshot.on
    meetings = cast("tuple[Meeting, ...]", register.of_kind(Meeting.kind))
    notices = cast("tuple[Notice, ...]", register.of_kind(Notice.kind))
    days = [one.held for one in meetings] + [one.due for one in notices if one.due is not None]
    if any(day is None or day.last is None or day.last >= on for day in days):
        return True
    every = [
        rule
        for version in register.configuration.versions
        for rule in deadline_rules_of(version).values()
    ]
    if any(rule.of in _OF_MEETINGS and _counts_on(rule, snapshot) for rule in every):
        return True
    rules = [rule for rule in every if rule.of not in _OF_MEETINGS]
    clocks = {kind for rule in rules for kind in rule.kinds}
    is_any = any(not rule.kinds for rule in rules)
    reviews = cast("tuple[Review, ...]", register.of_kind(Review.kind))
    return is_any or any(review.review_kind in clocks for review in reviews)


def _counts_on(rule: DeadlineRule, snapshot: Snapshot) -> bool:
    """
    True if a rule counts on from a day that some record tells.
    """
    try:
        is_before = parse_count(rule.count).is_before
    except CountError:
        return False
    return not is_before and any(
        anchor(rule.counted_from, record, snapshot).day is not None
        for record in snapshot.register.of_kind(rule.of)
    )


CHECKS: tuple[Check, ...] = (
    Check(
        name="deadline-rules",
        doc="Every rule for a deadline can be applied.",
        finds=(BAD_DEADLINE,),
        sections=("deadlines", "rules", "review_kinds"),
        find=_rules,
    ),
    Check(
        name="closures",
        doc="Every closure is a day or a span of days.",
        finds=(BAD_CLOSURE,),
        sections=("working_days",),
        find=_closures,
    ),
    Check(
        name="call-in-schemes",
        doc="Every call-in and lead time can be counted, and stands where there can be one.",
        finds=(BAD_DEADLINE, CALL_IN_NOT_OPEN),
        sections=("call_in", "rules"),
        find=_schemes,
    ),
    Check(
        name="deadlines",
        doc="No deadline of an open matter is missed.",
        finds=(DEADLINE_MISSED,),
        sections=("deadlines", "rules", "working_days"),
        find=_missed,
        needs_all=True,
    ),
)
