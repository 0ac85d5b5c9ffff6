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


def _kept(record: Record, moment: Moment, done: str) -> str:
    """
    Return how the deadlines of *record* stand that *done* meets: ``late``, ``not known``, or
    ``kept``; nothing if it has none.
    """
    from peerkit_committee.calendar.deadlines import deadlines_of  # noqa: PLC0415 - counts days

    configuration = moment.register.configuration
    met_by_it = {
        key
        for version in configuration.versions
        for key, rule in deadline_rules_of(version).items()
        if done in rule.done
    }
    states = {one.state.name for one in deadlines_of(record, moment) if one.rule in met_by_it}
    if not states:
        return ""
    return "late" if "LATE" in states else "not known" if "UNKNOWN" in states else "kept"


def _published(record: Record, moment: Moment) -> str:
    report = cast("CommitteeReport", record)
    if not has_come(report.published, moment.on):
        return "no"
    kept = _kept(report, moment, "published")
    return kept if kept in ("late", "not known") else "in time"


_ENOUGH = {"": "not needed", "late": "short", "not known": "not known", "kept": "enough"}


def _notice(record: Record, moment: Moment) -> str:
    enough = _ENOUGH[_kept(record, moment, "noticed")]
    published = [notice.published for notice in notices_of(record.id, moment.register)]
    is_there = any(has_come(day, moment.on) for day in published)
    return enough if is_there or enough == "not needed" else "none"


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
        answers=("no", "in time", "late", "not known"),
        doc="Whether it is published, and whether that was in time by the council's deadlines, as "
        "far as the days are known exactly.",
        ask=_published,
        source="SI 2012/2089, regs 6 and 7; Local Government Act 1972, s.100B",
    ),
    Fact(
        name="notice",
        kind="committee_report",
        answers=("not needed", "none", "short", "enough", "not known"),
        doc="Whether the decision it asks for was announced, and whether long enough before, as far "
        "as the days are known exactly.",
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
