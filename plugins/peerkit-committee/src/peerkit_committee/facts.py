"""
Facts of council business: questions about a report that rules may ask.
"""

from __future__ import annotations

import datetime as dt
from typing import cast

from peerkit import Fact, Record, Register
from peerkit_committee.records import Body, CommitteeReport, Meeting

__all__ = ["FACTS"]

REGIMES = ("executive", "committee", "combined authority", "none", "not stated")


def _regime(record: Record, register: Register, _on: dt.date) -> str:
    report = cast("CommitteeReport", record)
    for meeting_id in report.meetings:
        meeting = cast("Meeting | None", register.records.get("meeting", {}).get(meeting_id))
        body = meeting and register.records.get("body", {}).get(meeting.body)
        if body is not None:
            return cast("Body", body).regime
    return "not stated"


def _asks(record: Record, _register: Register, _on: dt.date) -> str:
    return "decision" if cast("CommitteeReport", record).decision else "nothing"


FACTS: tuple[Fact, ...] = (
    Fact(
        name="regime",
        kind="committee_report",
        answers=REGIMES,
        doc="The law that the body it goes to first meets under.",
        ask=_regime,
        source="SI 2012/2089; Local Government Act 1972, Part VA; SI 2017/68",
    ),
    Fact(
        name="asks",
        kind="committee_report",
        answers=("decision", "nothing"),
        doc="Whether it proposes a decision.",
        ask=_asks,
    ),
)
