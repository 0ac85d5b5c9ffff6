"""
Who meets and when: bodies, their meetings, and the items of an agenda with their minute.
"""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

import attrs

from peerkit import Day, Prose, Record, parse_day
from peerkit import fields as f

__all__ = ["AgendaItem", "Body", "CallIn", "Commitment", "LeadTime", "Meeting"]


@attrs.frozen(kw_only=True, eq=False, repr=False)
class CallIn(f.ByFields):
    """
    Until when the decisions of a body, or of a council, may be called in.
    """

    since: Day | None = f.day("From which day on; from ever if left out.", key="from")
    scheme: str = f.choice(
        "Whether there is any call-in; councils under the committee system have none.",
        "open",
        "none",
        default="open",
    )
    count: str = f.text("How long: “5 working days after”, or “5 clear working days after”.")
    counted_from: str = f.choice(
        "What the days are counted from.", "publication", "meeting", default="publication"
    )
    until: str = f.text("The time of the last day at which it ends, such as “5 pm”.")
    members: str = f.text("How many members it takes, and which.")
    grounds: tuple[Prose, ...] = f.proses("The grounds on which it may be.")
    source: str = f.text("Where the constitution says so.")
    assumed: bool | None = f.flag("Whether this is assumed, not known.")


@attrs.frozen(kw_only=True, eq=False, repr=False)
class LeadTime(f.ByFields):
    """
    How long before its meetings a body wants something.
    """

    what: str = f.text("What is to be done by then.", required=True)
    count: str = f.text("By when: “10 am, 7 working days before”.", required=True)
    since: Day | None = f.day("From which day on; from ever if left out.", key="from")
    until: Day | None = f.day("Up to which day; without end if left out.")
    done: str = f.text(
        "The stage of a report, or the day it tells, that shows it was done.", is_name=True
    )
    source: str = f.text("Where the council says so.")


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Body(Record):
    """
    A body that meets: an executive, a committee, a board.
    """

    kind: ClassVar[str] = "body"

    name: str = f.text("The name as papers print it.", required=True)
    regime: str = f.choice(
        "The law it meets under: executive (SI 2012/2089), committee (Local Government Act "
        "1972, Part VA), combined authority (SI 2017/68), or none.",
        "executive",
        "committee",
        "combined authority",
        "none",
        required=True,
    )
    power: str = f.choice(
        "What it can do at most: advise, recommend to another body, or decide.",
        "advises",
        "recommends",
        "decides",
    )
    organisation: str = f.link("Whose body it is, where that is not the register's owner.", "party")
    members: tuple[str, ...] = f.links("Its members.", "party")
    style: str = f.text(
        "In which of `minute_styles` its decisions are printed.", is_name=True, key="minute_style"
    )
    contact: str = f.link("Whom to ask for its papers.", "party")
    call_in: tuple[CallIn, ...] = f.groups(
        "Its own call-in, where that is not the council's.", CallIn, short="count"
    )
    lead_times: tuple[LeadTime, ...] = f.groups(
        "What it wants of reports, and by when before a meeting.", LeadTime
    )


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Meeting(Record):
    """
    One meeting of a body, and its minutes. Its id is its day, unless `day` says another.

    A meeting of which no day is known comes behind the one that is written before it.
    """

    kind: ClassVar[str] = "meeting"

    body: str = f.link("The body that meets.", "body", required=True, by_position=True)
    day: Day | None = f.day("The day, where the id is not the day.")
    time: str = f.text("When it begins, such as “10.30 am”.")
    place: str = f.text("Where it is held; printed beside the day.")
    convened: Day | None = f.day("When it was called, if that is less than five clear days before.")
    agenda_published: Day | None = f.day("When its notice and agenda were published.")
    private: bool | None = f.flag("Whether any of it is held in private.")
    private_notice: Day | None = f.day("When the first notice of a private meeting was published.")
    second_private_notice: Day | None = f.day(
        "When the second was, with the representations received and the response."
    )
    chair: str = f.link("Who took the chair.", "party")
    present: tuple[str, ...] = f.links("The members who came.", "party")
    apologies: tuple[str, ...] = f.links("Who could not come.", "party")
    attending: tuple[str, ...] = f.links("Officers and others who came.", "party")
    interests: Prose = f.prose("What interests were declared.")
    minutes_published: Day | None = f.day("When its minutes were published as a draft.")
    approved_at: str = f.link(
        "The later meeting that approved its minutes as a correct record.", "meeting"
    )
    signed: Day | None = f.day("When they were signed.")
    corrections: tuple[Prose, ...] = f.proses("What that meeting corrected in them.")
    assumed: tuple[str, ...] = f.keys("Which of these days nobody knows for sure.")
    source: Prose = f.prose("Where the facts of this record were published.")

    @property
    def held(self) -> Day | None:
        """
        The day it is held, from `day` or from the id; None if neither tells.
        """
        if self.day is not None:
            return self.day
        try:
            dt.date.fromisoformat(self.local_id)
        except ValueError:
            return None
        return parse_day(self.local_id)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Commitment(f.ByFields):
    """
    Something that was promised in a meeting and that no resolution carries.
    """

    what: Prose = f.prose("What was promised.", required=True)
    owners: tuple[str, ...] = f.links("Who promised it.", "party", key="owner")
    due: Day | None = f.day("By when.")


@attrs.frozen(kw_only=True, eq=False, repr=False)
class AgendaItem(Record):
    """
    One item of a meeting's agenda, in the order of the file, and its minute.
    """

    kind: ClassVar[str] = "agenda_item"

    title: str = f.text("The title as the agenda prints it.", required=True)
    meeting: str = f.link("The meeting.", "meeting", required=True, by_position=True)
    number: str = f.text(
        "The printed number; left out, it is the id, if that begins with a figure."
    )
    report: str = f.link("The report it takes.", "committee_report")
    on_agenda: str = f.choice(
        "Whether it was on the published agenda, or taken as urgent.", "published", "urgent"
    )
    urgent_reason: Prose = f.prose(
        "The special circumstances for which the chair held it to be urgent."
    )
    access: str = f.choice(
        "Who may hear it (Local Government Act 1972, Schedule 12A).",
        "public",
        "part exempt",
        "exempt",
        "confidential",
    )
    narrative: Prose = f.prose("What was said, in the past tense.")
    options: Prose = f.prose("Which other decisions were considered, in the past tense.")
    reasons: Prose = f.prose("Why it was so decided, in the past tense.")
    interests: Prose = f.prose("What interests were declared on it.")
    left_room: tuple[str, ...] = f.links("Who left the room for it.", "party")
    commitments: tuple[Commitment, ...] = f.groups(
        "What was promised and no resolution carries.", Commitment, short="what"
    )
    note: Prose = f.prose("What the public record says of it.")

    @property
    def printed(self) -> str:
        """
        The number papers print before it, or nothing if it is not known.
        """
        return self.number or (self.local_id if self.local_id[:1].isdecimal() else "")
