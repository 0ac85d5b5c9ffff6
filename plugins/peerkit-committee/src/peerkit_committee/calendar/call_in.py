"""
Call-in: until when members may call a decision in, and from when it has effect.

The scheme is local (no law states one); decisions of committees under the Local Government
Act 1972, recommendations, and what is declared urgent are not open to it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import attrs

from peerkit import Day, Moment
from peerkit_committee.calendar.anchors import Anchor, anchor
from peerkit_committee.calendar.counts import CountError, parse_count
from peerkit_committee.calendar.working_days import working_days_of
from peerkit_committee.configuration import call_in_of
from peerkit_committee.matters import NOT_EXECUTIVE, body_of, exactly, has_begun, regime_of
from peerkit_committee.records import Body, CallIn, Resolution

__all__ = ["CALL_INS", "Period", "period", "scheme_of"]

CALL_INS = ("not open", "not known", "running", "called in", "over")

_STOPPED = ("called in", "referred back", "referred to council")
_FREED = ("released", "confirmed")
_DAY = dt.timedelta(days=1)
_SAID = {"decided": "the meeting", "published": "the publication of the decision"}


@attrs.frozen(kw_only=True)
class Period:
    """
    Whether one decision is open to call-in, *ends* telling the last day on which it is.

    *effective* is the day from which it has effect, and *since* says which day that is. *why*
    says why it is not open; *missing* names what the register does not state. *assumed* and
    *effect_assumed* name what nobody knows for sure of the end and of the effect. *counted*
    tells how the end was worked out, from the day on which it *begins*; *time* is that of the
    last day, if there is one. *is_stopped* while a call-in is not settled, and *is_settled*
    once that is, or once no decision is left.
    """

    scheme: CallIn | None = None
    begins: dt.date = dt.date.min
    ends: dt.date | None = None
    effective: Day | None = None
    since: str = "the day after call-in ends"
    why: str = ""
    missing: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()
    effect_assumed: tuple[str, ...] = ()
    counted: str = ""
    time: str = ""
    is_stopped: bool = False
    is_settled: bool = False

    @property
    def is_open(self) -> bool:
        """
        True if such a decision can be called in at all.
        """
        return not self.why

    def answer(self, on: dt.date) -> str:
        """
        Return how it stands on a day: one of `CALL_INS`; nothing is open before it begins.
        """
        if not self.is_open or on < self.begins:
            return "not open"
        if self.is_stopped:
            return "called in"
        if self.is_settled:
            return "over"
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
    found = _stated(resolution, _by_scheme(resolution, moment))
    state = moment.state(resolution)
    if state.stage in _STOPPED:
        return attrs.evolve(found, is_stopped=True, effective=None, missing=())
    freed = [move.day for move in state.moves if move.target in _FREED]
    if freed:
        found = attrs.evolve(
            found,
            is_settled=True,
            effective=exactly(freed[-1]),
            since="the day it was released or confirmed",
            missing=(),
            effect_assumed=(),
        )
    if state.stage == "amended" or (
        state.stage == "rescinded" and state.since and not has_begun(found.effective, state.since)
    ):
        return attrs.evolve(found, is_settled=True, effective=None, missing=())
    return found


def _stated(resolution: Resolution, found: Period) -> Period:
    """
    Return a period with the day of effect that the resolution states, if it states one.
    """
    if resolution.effective is None or resolution.recommends_to:
        return found
    return attrs.evolve(
        found,
        effective=resolution.effective,
        since="as stated",
        effect_assumed=("the day it takes effect",) if "effective" in resolution.assumed else (),
    )


def _by_scheme(resolution: Resolution, moment: Moment) -> Period:
    decided = anchor("decided", resolution, moment)
    body = body_of(resolution, moment.register)
    is_of_law = regime_of(resolution, moment.register) in NOT_EXECUTIVE
    why = _why_not(resolution, is_of_law=is_of_law)
    if not why:
        return _counted(resolution, body, decided, moment)
    if resolution.recommends_to:
        return Period(why=why)
    published = anchor("published", resolution, moment)
    return _at_once(decided if is_of_law or published.day is None else published, why)


def _at_once(begins: Anchor, why: str) -> Period:
    """
    Return the period of a decision that has effect from the day *begins*, without call-in.
    """
    return Period(
        why=why,
        effective=begins.day,
        since=f"at once: {why}",
        missing=("the day of the decision",) if begins.day is None else (),
        effect_assumed=(f"the day of {_SAID[begins.name]}",) if begins.is_assumed else (),
    )


def _why_not(resolution: Resolution, *, is_of_law: bool) -> str:
    if resolution.recommends_to:
        return "it is a recommendation"
    if resolution.not_callable:
        return " ".join(resolution.not_callable.split())
    if is_of_law:
        return "no decision under these arrangements is"
    return ""


def _counted(resolution: Resolution, body: Body | None, decided: Anchor, moment: Moment) -> Period:
    missing = _missing(body, decided.day, moment)
    scheme = scheme_of(body, decided.day, moment)
    if missing or scheme is None:
        return Period(missing=(missing,))
    if scheme.scheme == "none":
        return attrs.evolve(_at_once(decided, "the council has no call-in"), scheme=scheme)
    begins = decided
    if scheme.counted_from != "meeting":
        begins = anchor("published", resolution, moment)
    said = _SAID[begins.name]
    if begins.day is None or not begins.day.is_exact or begins.day.last is None:
        which = "the exact day of " if begins.day is not None else "the day of "
        return Period(scheme=scheme, missing=(f"{which}{said}",))
    first = begins.day.last
    try:
        count = parse_count(scheme.count)
        # The closures are those that were declared then, on whatever day one looks.
        ends = count.day(first, working_days_of(moment.register.configuration.on(first)))
    except (CountError, OverflowError):
        return Period(scheme=scheme, missing=("a call-in scheme that can be read",))
    assumed = (
        *(("the call-in scheme",) if scheme.assumed else ()),
        *((f"the day of {said}",) if begins.is_assumed else ()),
    )
    return Period(
        scheme=scheme,
        begins=first,
        ends=ends,
        effective=exactly(_next(ends)),
        counted=f"{attrs.evolve(count, time='')} {said} ({begins.day})",
        time=scheme.until or count.time,
        assumed=assumed,
        effect_assumed=assumed,
    )


def _missing(body: Body | None, day: Day | None, moment: Moment) -> str:
    """
    Return what the register does not state, so that no scheme can be told; or nothing.
    """
    if day is None or day.first is None:
        return "the day of the decision"
    first, last = (scheme_of(body, one, moment) for one in (exactly(day.first), day))
    if _terms(first) != _terms(last):
        return "the exact day of the decision"  # the scheme changed in between
    whose = body.name if body is not None else "the council"
    return "" if last is not None else f"the call-in scheme of {whose}"


def _terms(scheme: CallIn | None) -> tuple[str, ...]:
    return (scheme.scheme, scheme.count, scheme.counted_from) if scheme is not None else ()


def _next(day: dt.date) -> dt.date:
    return min(day, dt.date.max - _DAY) + _DAY
