"""
Who decides by which law, what a report asks and lacks, what was decided.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from peerkit import Fact, Moment, Record
from peerkit_committee.configuration import clearances_of
from peerkit_committee.matters import (
    decided_on,
    found,
    has_come,
    meeting_of,
    notices_of,
    regime_of,
    resolutions_about,
)
from peerkit_committee.records import Clearance, CommitteeReport, Meeting, Notice, Resolution

__all__ = ["FACTS", "is_cleared"]

REGIMES = ("executive", "committee", "combined authority", "none", "not stated")
_LAWS = "SI 2012/2089; Local Government Act 1972, Part VA; SI 2017/68"
_SPECIAL = ("general exception", "special urgency")


def _regime(record: Record, moment: Moment) -> str:
    return regime_of(record, moment.register)


def _asks(record: Record, _moment: Moment) -> str:
    return "decision" if cast("CommitteeReport", record).decision else "nothing"


def _urgency(record: Record, moment: Moment) -> str:
    sorts = {notice.is_a for notice in notices_of(record.id, moment.register)}
    return next((one for one in _SPECIAL if one in sorts), "none")


def _appendices(record: Record, _moment: Moment) -> str:
    appendices = cast("CommitteeReport", record).appendices
    if not appendices:
        return "none"
    return "to follow" if any(one.to_follow for one in appendices) else "complete"


def is_cleared(clearance: Clearance | None, moment: Moment) -> bool:
    """
    True if a clearance was given by the moment's day, or is said not to be required.
    """
    if clearance is None:
        return False
    return bool(clearance.not_required) or has_come(clearance.day, moment.on)


def _clearances(record: Record, moment: Moment) -> str:
    report = cast("CommitteeReport", record)
    wanted = [key for key, one in clearances_of(moment.configuration).items() if one.required]
    asked = dict.fromkeys((*wanted, *report.clearances))
    cleared = all(is_cleared(report.clearances.get(key), moment) for key in asked)
    return "complete" if cleared else "open"


def _decision(record: Record, moment: Moment) -> str:
    made = [
        one
        for one in resolutions_about(record, moment.register)
        if not one.recommends_to and has_come(decided_on(one, moment.register), moment.on)
    ]
    if not made:
        return "none"
    from peerkit_committee.calendar.call_in import period  # noqa: PLC0415 - counts days

    effective = any(period(one, moment).is_effective(moment.on) == "yes" for one in made)
    return "effective" if effective else "made"


def _minutes(record: Record, moment: Moment) -> str:
    meeting = cast("Meeting", record)
    approved = found(Meeting, meeting.approved_at, moment.register)
    if approved is not None and has_come(approved.held, moment.on):
        return "approved"
    return "draft" if has_come(meeting.minutes_published, moment.on) else "none"


def _short_notice(record: Record, moment: Moment) -> str:
    meeting = meeting_of(record, moment.register)
    return "yes" if meeting is not None and meeting.convened is not None else "no"


def _has_report(record: Record, moment: Moment) -> str:
    report = found(CommitteeReport, cast("Notice", record).report, moment.register)
    return "no" if report is None else "yes"


def _gives(record: Record, _moment: Moment) -> str:
    return "recommendation" if cast("Resolution", record).recommends_to else "decision"


def _regimes() -> Iterator[Fact]:
    for kind, body in (
        ("committee_report", "the body it goes to first"),
        ("meeting", "the body that meets"),
        ("notice", "the body that is to decide"),
        ("resolution", "whoever decided"),
    ):
        yield Fact(
            name="regime",
            kind=kind,
            answers=REGIMES,
            doc=f"The law that {body} acts under.",
            ask=_regime,
            source=_LAWS,
        )


def _short_notices() -> Iterator[Fact]:
    for kind, which in (("meeting", "it"), ("committee_report", "the first meeting it goes to")):
        yield Fact(
            name="short notice",
            kind=kind,
            answers=("no", "yes"),
            doc=f"Whether {which} was called later than five clear days before, which it is where "
            "the register says when.",
            ask=_short_notice,
            source="SI 2012/2089, regs 6 and 7; Local Government Act 1972, s.100A and s.100B",
        )


def _decisions() -> Iterator[Fact]:
    for kind, about in (
        ("review", "a report about it"),
        ("plan", "a report about it"),
        ("committee_report", "it"),
    ):
        yield Fact(
            name="decision",
            kind=kind,
            answers=("none", "made", "effective"),
            doc=f"Whether a body has decided on {about}, and whether its decision has taken "
            "effect, as far as the register states the days; a recommendation is no decision.",
            ask=_decision,
            rests_on=(("resolution", "stage"),),
        )


FACTS: tuple[Fact, ...] = (
    *_regimes(),
    *_decisions(),
    *_short_notices(),
    Fact(
        name="asks",
        kind="committee_report",
        answers=("decision", "nothing"),
        doc="Whether it proposes a decision.",
        ask=_asks,
    ),
    Fact(
        name="urgency",
        kind="committee_report",
        answers=("none", *_SPECIAL),
        doc="Whether its notice says that notice in full time was impracticable, or that the "
        "decision cannot wait even for that.",
        ask=_urgency,
        source="SI 2012/2089, regs 10 and 11",
    ),
    Fact(
        name="appendices",
        kind="committee_report",
        answers=("none", "to follow", "complete"),
        doc="Whether all of its appendices are there.",
        ask=_appendices,
    ),
    Fact(
        name="clearances",
        kind="committee_report",
        answers=("open", "complete"),
        doc="Whether every clearance it needs was given or is said not to be required.",
        ask=_clearances,
    ),
    Fact(
        name="minutes",
        kind="meeting",
        answers=("none", "draft", "approved"),
        doc="How far its minutes are: not published, published as a draft, approved.",
        ask=_minutes,
    ),
    Fact(
        name="has report",
        kind="notice",
        answers=("no", "yes"),
        doc="Whether there is a report yet that asks for the decision it announces.",
        ask=_has_report,
    ),
    Fact(
        name="gives",
        kind="resolution",
        answers=("decision", "recommendation"),
        doc="Whether it decides, or recommends to another body.",
        ask=_gives,
    ),
)
