"""
Days that resolutions tell of other records, for the lifecycles of those.
"""

from __future__ import annotations

import datetime as dt
from typing import cast

from peerkit import Day, Plan, Record, Register, ToldDay
from peerkit_committee.facts import resolutions_about

__all__ = ["DAYS"]


def _resolved(record: Record, register: Register) -> Day | None:
    days = [resolution.day for resolution in resolutions_about(record, register)]
    return min(days, key=lambda day: day.last or dt.date.max, default=None)


def _endorsed(record: Record, register: Register) -> Day | None:
    return cast("Plan", record).approved or _resolved(record, register)


DAYS: tuple[ToldDay, ...] = (
    ToldDay(
        kind="committee_report",
        name="resolution",
        doc="When a body first resolved on it.",
        of=_resolved,
    ),
    ToldDay(
        kind="plan",
        name="endorsed",
        doc="When it was approved, by its own words or by a resolution on a report about it.",
        of=_endorsed,
    ),
)
