"""
The days that deadlines are counted from and met by, by their names.

A name is that of a day which the record holds, of one that other records tell of it, of one
that the organisation added (behind “more.”), or of a stage: the day on which the record came
to it.
"""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from peerkit import Day, Moment, Record
from peerkit import fields as f
from peerkit_committee.matters import exactly, meeting_of, notices_of

__all__ = ["Anchor", "anchor", "anchors_of", "first_known"]

_LASTING = frozenset((("review", "visit"), ("review", "followed up")))
"""Days that go on from the first to the last, and are not one of those between."""

_MORE = "more."
"""Before the name of a day that an organisation added to records of a kind."""

_OWN = {("resolution", "decided"): "day", ("notice", "decision"): "due"}
"""The field in which a record states such a day itself, perhaps without knowing."""

_OF_MEETING = frozenset(("meeting", "held", "decision", "decided"))
"""Days that are those of a meeting, which may be assumed where the meeting says so."""


@attrs.frozen
class Anchor:
    """
    The day *name* tells of a record, as exactly as it is known; None if it is not told.

    *is_assumed* if the record says that nobody knows it for sure.
    """

    name: str
    day: Day | None
    is_assumed: bool = False


def anchors_of(kind: str, moment: Moment) -> tuple[str, ...]:
    """
    Return the names of all days that records of *kind* can tell.
    """
    declared = moment.register.kinds[kind]
    specs = f.field_specs(declared.record)
    rules = moment.configuration.rules.get(kind)
    stages = rules.lifecycle.stages if rules is not None and rules.lifecycle is not None else ()
    own = (spec.key for spec in specs if spec.kind is f.FieldKind.DAY)
    added = moment.configuration.fields.get(kind, {}).items()
    more = (f"{_MORE}{name}" for name, field in added if field.type == "day")
    return tuple(dict.fromkeys((*own, *declared.days, *more, *stages)))


def anchor(name: str, record: Record, moment: Moment) -> Anchor:
    """
    Return the day that *name* tells of *record*.
    """
    day = _told(name, record, moment)
    if (record.kind, name) in _LASTING and day is not None and day.last is not None:
        day = exactly(day.last)
    return Anchor(name, day, _is_assumed(name, record, moment))


def first_known(names: Iterable[str], record: Record, moment: Moment) -> Anchor | None:
    """
    Return the first of the days *names* that is told, or None if none is.
    """
    told = (anchor(name, record, moment) for name in names)
    return next((one for one in told if one.day is not None), None)


def _told(name: str, record: Record, moment: Moment) -> Day | None:
    register = moment.register
    if name.startswith(_MORE):
        key = name.removeprefix(_MORE)
        value = moment.state(record).more.get(key, record.more.get(key))
        return value if isinstance(value, Day) else None
    for spec in f.field_specs(type(record)):
        if spec.key == name and spec.kind is f.FieldKind.DAY:
            value = getattr(record, spec.name)
            if value is not None:
                return value if isinstance(value, Day) else None
    told = register.kinds[record.kind].days.get(name)
    if told is not None:
        return told.of(record, register)
    came = [move.day for move in moment.state(record).moves if move.target == name]
    return exactly(came[-1]) if came else None


def _is_assumed(name: str, record: Record, moment: Moment) -> bool:
    register = moment.register
    if name in getattr(record, "assumed", ()):
        return True
    if name == "noticed":
        notices = notices_of(record.id, register)
        told = _told(name, record, moment)
        return any("published" in one.assumed for one in notices if one.published == told)
    own = _OWN.get((record.kind, name), "")
    if own and getattr(record, own) is not None:
        return own in getattr(record, "assumed", ())
    meeting = meeting_of(record, register) if name in _OF_MEETING else None
    return meeting is not None and "day" in meeting.assumed
