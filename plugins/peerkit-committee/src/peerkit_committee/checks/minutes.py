"""
Checks of meetings and their minutes: days, gaps, urgent items, approvals.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from peerkit import Check, Configuration, Snapshot
from peerkit.errors import Address, Problem, ProblemKind, Severity, closest, did_you_mean
from peerkit_committee.checks.filling import listed
from peerkit_committee.checks.own_day import in_force
from peerkit_committee.checks.sections import GAP
from peerkit_committee.configuration import MinuteStyle, minute_style_of, minute_styles_of
from peerkit_committee.matters import body_of, found, resolutions_of
from peerkit_committee.records import AgendaItem, Body, Meeting

__all__ = ["CHECKS"]

_OF_LAW = ("executive", "committee", "combined authority")
_FIELDS = (
    *("report", "narrative", "interests", "left_room", "options", "reasons"),
    *("dispensations", "vote", "commitments"),
)
"""The parts of a minute that are fields of the item or of what was resolved under it."""

PARTS = (
    "report",
    "urgency",
    "narrative",
    "interests",
    "left_room",
    "options",
    "reasons",
    "dispensations",
    "decision",
    "vote",
    "difference",
    "refers",
    "actions",
    "commitments",
)

NO_MEETING_DAY = ProblemKind(
    code="meeting-without-day",
    severity=Severity.ERROR,
    meaning="A meeting says no day, and neither its place among the others nor a paper needs one.",
    mend="Make its id the day, such as 2022-02-14, or add “day”.",
)
BAD_STYLE = ProblemKind(
    code="bad-minute-style",
    severity=Severity.ERROR,
    meaning="A body names a style of minutes that there is not, or a style orders a part that "
    "minutes do not have.",
    mend="Write one of the styles under minute_styles, or one of the parts of a minute.",
)
URGENT_ITEM = ProblemKind(
    code="urgent-item-without-reason",
    severity=Severity.WARNING,
    meaning="An item that was not on the published agenda was taken, and the minute does not "
    "state the special circumstances for which the chair held it urgent "
    "(Local Government Act 1972, s.100B(4)(b)).",
    mend="Add “urgent_reason”, as the chair gave it.",
)
BAD_APPROVAL = ProblemKind(
    code="bad-approval",
    severity=Severity.ERROR,
    meaning="Minutes are said to be approved by a meeting of another body, or by one that was "
    "not later.",
    mend="Name a later meeting of the same body under “approved_at”.",
)


def _meetings(snapshot: Snapshot) -> Iterator[Problem]:
    for record in snapshot.register.of_kind(Meeting.kind):
        meeting = cast("Meeting", record)
        if meeting.held is None and not meeting.source:
            yield Problem(
                kind=NO_MEETING_DAY,
                message=f"The id “{record.local_id}” is not a day, and “day” is missing.",
                mend="Add “day”; of an old meeting whose day nobody knows, say under “source” "
                "where it stands on record.",
                address=record.address,
            )
        later = found(Meeting, meeting.approved_at, snapshot.register)
        if later is None:
            continue
        held, then = meeting.held, later.held
        is_early = held and then and held.last and then.last and then.last <= held.last
        if later.body != meeting.body or is_early:
            said = "is of another body" if later.body != meeting.body else "was not later"
            yield Problem(
                kind=BAD_APPROVAL,
                message=f"The meeting {later.id} {said}.",
                address=meeting.at("approved_at"),
            )


def _styles(snapshot: Snapshot) -> Iterator[Problem]:
    styles = minute_styles_of(snapshot.configuration)
    for name, style in styles.items():
        for field in ("order", "needs"):
            for index, part in enumerate(getattr(style, field)):
                if part not in PARTS:
                    yield Problem(
                        kind=BAD_STYLE,
                        message=f"“{part}” is no part of a minute: {listed(PARTS)}.",
                        mend=did_you_mean(closest(part, PARTS)),
                        address=Address("configuration", f"minute_styles/{name}/{field}/{index}"),
                    )
        if "decision" not in style.order:
            yield Problem(
                kind=BAD_STYLE,
                message=f"The style “{name}” does not print the decision.",
                mend="Put “decision” into its order.",
                address=Address("configuration", f"minute_styles/{name}/order"),
            )
    for record in snapshot.register.of_kind(Body.kind):
        named = cast("Body", record).style
        if named and not any(
            named in minute_styles_of(one) for one in snapshot.register.configuration.versions
        ):
            yield Problem(
                kind=BAD_STYLE,
                message=f"There is no minute style “{named}”: {listed(styles)}.",
                mend=did_you_mean(closest(named, styles)),
                address=record.at("minute_style"),
            )


def _style_of(item: AgendaItem, configuration: Configuration, snapshot: Snapshot) -> MinuteStyle:
    body = body_of(item, snapshot.register)
    return minute_style_of(configuration, body)


def _items(snapshot: Snapshot) -> Iterator[Problem]:
    register = snapshot.register
    for record in register.of_kind(AgendaItem.kind):
        item = cast("AgendaItem", record)
        resolutions = resolutions_of(item, register)
        style = _style_of(item, in_force(snapshot, "minute-extract", item), snapshot)
        for part in style.needs if resolutions else ():
            said = getattr(item, part, "") or any(getattr(one, part, "") for one in resolutions)
            if part in _FIELDS and not said:
                yield Problem(
                    kind=GAP,
                    message=f"The minute of “{item.title}” has no {part}.",
                    address=item.address,
                )
        body = body_of(item, register)
        is_law = body is not None and body.regime in _OF_LAW
        if item.on_agenda == "urgent" and not item.urgent_reason and is_law:
            yield Problem(
                kind=URGENT_ITEM,
                message=f"“{item.title}” was not on the agenda, and no reason is given.",
                address=item.at("on_agenda"),
            )


CHECKS: tuple[Check, ...] = (
    Check(
        name="meetings",
        doc="Every meeting has a day, and its minutes are approved by a later one of its body.",
        finds=(NO_MEETING_DAY, BAD_APPROVAL),
        find=_meetings,
        needs_all=True,
    ),
    Check(
        name="minute-styles",
        doc="Every body’s style of minutes is there and orders parts that there are.",
        finds=(BAD_STYLE,),
        sections=("minute_styles",),
        find=_styles,
    ),
    Check(
        name="minuted-items",
        doc="Every minute has what its style needs, and urgent items their reason.",
        finds=(GAP, URGENT_ITEM),
        sections=("minute_styles",),
        find=_items,
        needs_all=True,
    ),
)
