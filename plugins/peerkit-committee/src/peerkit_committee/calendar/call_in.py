"""
Call-in: until when members may call a decision in, and from when it has effect.

The scheme is local (no law states one); decisions of committees under the Local Government
Act 1972, recommendations, and what is declared urgent are not open to it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import attrs

from peerkit import Day, Moment, Register, parse_day
from peerkit_committee.calendar.counts import CountError, parse_count
from peerkit_committee.calendar.working_days import working_days_of
from peerkit_committee.configuration import call_in_of
from peerkit_committee.matters import body_of, decided_on, meeting_of
from peerkit_committee.records import Body, CallIn, Resolution

__all__ = ["CALL_INS", "NO_CALL_IN", "Period", "period", "scheme_of"]

CALL_INS = ("not open", "not known", "running", "called in", "over")

NO_CALL_IN = ("committee", "none")
"""The regimes under which no decision is open to call-in."""

_STOPPED = ("called in", "referred back", "referred to council")
_FREED = ("released", "confirmed")
_DAY = dt.timedelta(days=1)


@attrs.frozen(kw_only=True)
class Period:
    """
    Whether one decision is open to call-in, *ends* telling the last day on which it is.

    *effective* is the day from which it has effect. *why* says why it is not open;
    *missing* names what the register does not state, *assumed* what nobody knows for sure.
    *counted* tells how the end was worked out.
    """

    scheme: CallIn | None = None
    ends: dt.date | None = None
    effective: Day | None = None
    why: str = ""
    missing: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()
    counted: str = ""
    is_stopped: bool = False

    @property
    def is_open(self) -> bool:
        """
        True if such a decision can be called in at all.
        """
        return not self.why

    def answer(self, on: dt.date) -> str:
        """
        Return how it stands on a day: one of `CALL_INS`.
        """
        if not self.is_open:
            return "not open"
        if self.is_stopped:
            return "called in"
        if self.ends is None:
            return "not known"
        return "running" if on <= self.ends else "over"

    def is_effective(self, on: dt.date) -> str:
        """
        Return whether it has effect on a day: ``yes``, ``no`` or ``not known``.
        """
        day = self.effective
        if day is None or day.first is None or day.last is None:
            return "not known" if self.missing else "no"
        return "yes" if day.last <= on else "no" if day.first > on else "not known"


def scheme_of(body: Body | None, day: Day | None, moment: Moment) -> CallIn | None:
    """
    Return the scheme in force for a body on a day: its own, or the council's; None if
    neither states one.
    """
    on = day.last if day is not None and day.last is not None else moment.on
    own = _in_force(body.call_in if body is not None else (), on)
    return own or call_in_of(moment.register.configuration.on(on))


def _in_force(schemes: Iterable[CallIn], on: dt.date) -> CallIn | None:
    begun = [
        (one.since.first if one.since and one.since.first else dt.date.min, index, one)
        for index, one in enumerate(schemes)
    ]
    return max((one for one in begun if one[0] <= on), default=(None, 0, None))[2]


def period(resolution: Resolution, moment: Moment) -> Period:
    """
    Return until when a decision may be called in, as far as the register states it.
    """
    register = moment.register
    decided = decided_on(resolution, register)
    body = body_of(resolution, register)
    why = _why_not(resolution, body)
    if why:
        is_decision = not resolution.recommends_to
        begins = (resolution.effective or resolution.published or decided) if is_decision else None
        if body is not None and body.regime in NO_CALL_IN and is_decision:
            begins = resolution.effective or decided
        missing = () if begins is not None or not is_decision else ("the day of the decision",)
        return Period(why=why, effective=begins, missing=missing)
    found = _counted(resolution, body, decided, moment)
    state = moment.state(resolution)
    if state.stage in _STOPPED:
        return attrs.evolve(found, is_stopped=True, effective=None, missing=())
    if state.stage in _FREED:
        return attrs.evolve(found, effective=_exactly(state.since), missing=())
    if state.stage == "amended":
        return attrs.evolve(found, effective=None, missing=())
    if resolution.effective is not None:
        return attrs.evolve(found, effective=resolution.effective)
    return found


def _why_not(resolution: Resolution, body: Body | None) -> str:
    if resolution.recommends_to:
        return "it is a recommendation"
    if resolution.not_callable:
        return " ".join(resolution.not_callable.split())
    if body is not None and body.regime in NO_CALL_IN:
        return "no decision of this body is"
    return ""


def _counted(
    resolution: Resolution, body: Body | None, decided: Day | None, moment: Moment
) -> Period:
    scheme = scheme_of(body, decided, moment)
    if scheme is None:
        whose = body.name if body is not None else "the council"
        return Period(missing=(f"the call-in scheme of {whose}",))
    if scheme.scheme == "none":
        return Period(scheme=scheme, why="the council has no call-in", effective=decided)
    from_meeting = scheme.counted_from == "meeting"
    begins = decided if from_meeting else resolution.published
    said = "the meeting" if from_meeting else "the publication of the decision"
    if begins is None or not begins.is_exact or begins.last is None:
        exactly = "the exact day of " if begins is not None else "the day of "
        return Period(scheme=scheme, missing=(f"{exactly}{said}",))
    try:
        count = parse_count(scheme.count)
        ends = count.day(begins.last, working_days_of(moment.configuration))
    except (CountError, OverflowError):
        return Period(scheme=scheme, missing=("a call-in scheme that can be read",))
    return Period(
        scheme=scheme,
        ends=ends,
        effective=_exactly(_next(ends)),
        counted=f"{count} {said} ({begins})",
        assumed=tuple(_assumed(resolution, scheme, moment.register, from_meeting=from_meeting)),
    )


def _assumed(
    resolution: Resolution, scheme: CallIn, register: Register, *, from_meeting: bool
) -> Iterable[str]:
    if scheme.assumed:
        yield "the call-in scheme"
    if not from_meeting and "published" in resolution.assumed:
        yield "the day of publication"
    meeting = meeting_of(resolution, register)
    if from_meeting and meeting is not None and "day" in meeting.assumed:
        yield "the day of the meeting"


def _next(day: dt.date) -> dt.date:
    return min(day, dt.date.max - _DAY) + _DAY


def _exactly(day: dt.date | None) -> Day | None:
    return parse_day(day.isoformat()) if day is not None else None
