"""
Days that wait for something, such as `next meeting`, and what they have come to.

What a plugin says of them counts wherever a `State` is looked at. What was written stays as
it is, so that neither records nor seals change when a meeting is called.
"""

from __future__ import annotations

import datetime as dt

from peerkit.judging.arising import resolved
from peerkit.model import Day, Record
from peerkit.register import Register

__all__ = ["meant", "said_in"]


def meant(day: Day, record: Record, register: Register, said: dt.date | None) -> Day:
    """
    Return what *day* of *record* has come to as far as *register* tells, or as it was written.

    *said* is the day on which it was said, if that is known.
    """
    waiting = register.waiting_days.get(day.written)
    if waiting is None:
        return day
    found = waiting.of(record, register, said)
    plain = Day(day.written)
    return plain.come_to(found) if isinstance(found, Day) and found.is_fixed else plain


def said_in(record: Record, register: Register) -> dt.date | None:
    """
    Return the day on which what stands in *record* itself was said: that of the resolution
    it arises from.
    """
    day = resolved(record, register)
    return day.last if day is not None else None
