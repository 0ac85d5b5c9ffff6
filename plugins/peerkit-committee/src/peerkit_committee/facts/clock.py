"""
Facts that depend on counted days: whether something is in time, runs or has effect.

Which days are working days is learnt from a library, so all that is imported when asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, cast

from peerkit import Fact, Moment, Record
from peerkit_committee.configuration import deadline_rules_of
from peerkit_committee.matters import has_come, notices_of
from peerkit_committee.records import CommitteeReport, Resolution

if TYPE_CHECKING:
    from peerkit import Deadline

__all__ = ["FACTS"]


def _is_late(record: Record, moment: Moment, done: str) -> bool | None:
    """
    True if one of the deadlines of *record* that *done* meets was not kept; None if it has
    no such deadline.
    """
    from peerkit_committee.calendar.deadlines import deadlines_of  # noqa: PLC0415 - counts days

    configuration = moment.register.configuration
    met_by_it = {
        key
        for version in configuration.versions
        for key, rule in deadline_rules_of(version).items()
        if done in rule.done
    }
    found = [one for one in deadlines_of(record, moment) if one.rule in met_by_it]
    return any(one.state.name == "LATE" for one in found) if found else None


def _published(record: Record, moment: Moment) -> str:
    report = cast("CommitteeReport", record)
    if not has_come(report.published, moment.on):
        return "no"
    return "late" if _is_late(report, moment, "published") else "in time"


def _notice(record: Record, moment: Moment) -> str:
    is_late = _is_late(record, moment, "noticed")
    if is_late is None:
        return "not needed"
    published = [notice.published for notice in notices_of(record.id, moment.register)]
    if not any(has_come(day, moment.on) for day in published):
        return "none"
    return "short" if is_late else "enough"


def _call_in(record: Record, moment: Moment) -> str:
    from peerkit_committee.calendar.call_in import period  # noqa: PLC0415 - counts days

    return period(cast("Resolution", record), moment).answer(moment.on)


def _effective(record: Record, moment: Moment) -> str:
    from peerkit_committee.calendar.call_in import period  # noqa: PLC0415 - counts days

    return period(cast("Resolution", record), moment).is_effective(moment.on)


def _clock(record: Record, moment: Moment) -> str:
    from peerkit_committee.calendar.deadlines import deadlines_of  # noqa: PLC0415 - counts days

    rules = moment.configuration.rules.get(record.kind)
    soon = rules.soon if rules is not None else 0
    return next(_clocks(deadlines_of(record, moment), moment, soon), "none")


def _clocks(found: Sequence[Deadline], moment: Moment, soon: int) -> Iterator[str]:
    states = {one.state.name for one in found}
    if "MISSED" in states:
        yield "past"
    left = [one.left(moment.on) for one in found if one.state.name == "AHEAD"]
    if any(days is not None and days <= soon for days in left):
        yield "soon"
    if left or "UNKNOWN" in states:
        yield "running"


FACTS: tuple[Fact, ...] = (
    Fact(
        name="published",
        kind="committee_report",
        answers=("no", "in time", "late"),
        doc="Whether it is published, and whether that was in time by the council's deadlines.",
        ask=_published,
        source="SI 2012/2089, regs 6 and 7; Local Government Act 1972, s.100B",
    ),
    Fact(
        name="notice",
        kind="committee_report",
        answers=("not needed", "none", "short", "enough"),
        doc="Whether the decision it asks for was announced, and whether long enough before.",
        ask=_notice,
        source="SI 2012/2089, reg 9",
    ),
    Fact(
        name="call-in",
        kind="resolution",
        answers=("not open", "not known", "running", "called in", "over"),
        doc="Whether it can be called in, as far as the register states the scheme and the day "
        "it is counted from.",
        ask=_call_in,
        source="the council's constitution",
        rests_on=(("resolution", "stage"),),
    ),
    Fact(
        name="effective",
        kind="resolution",
        answers=("no", "yes", "not known"),
        doc="Whether it has taken effect, as far as the register states the days.",
        ask=_effective,
        source="the council's constitution",
        rests_on=(("resolution", "stage"),),
    ),
    Fact(
        name="clock",
        kind="review",
        answers=("none", "running", "soon", "past"),
        doc="Whether a deadline that its kind sets is running, is soon (within the days that "
        "rules, soon says) or was missed.",
        ask=_clock,
    ),
)
