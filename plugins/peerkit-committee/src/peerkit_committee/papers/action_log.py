"""
The log of a body's actions as it goes to one of its meetings: what earlier ones asked for.

An action stands in it until it has left it by the end of the day before; so what is done at
a meeting still stands in that meeting's log, and in no later one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import cast

import attrs

from peerkit import Action, Configuration, Day, Party, Record, View
from peerkit.document import Document, Section, Shape
from peerkit.errors import Address
from peerkit_committee.configuration import ActionLogPaper
from peerkit_committee.matters import (
    arising_before,
    commitments_before,
    decided_on,
    found,
    meeting_of,
)
from peerkit_committee.papers.actions import COLUMNS, Actions, names_of
from peerkit_committee.papers.arising import of_item
from peerkit_committee.papers.common import Blocks, Composer, cell
from peerkit_committee.papers.names import columns_names, front_sheet_names, sections_names
from peerkit_committee.papers.sections import sections_of
from peerkit_committee.papers.tables import Lines, front_sheet, table
from peerkit_committee.records import AgendaItem, Body, Commitment, Meeting, Resolution

__all__ = ["COLUMNS", "FIELDS", "PARTS", "compose", "has_left", "shape"]

NAME = "action-log"


def has_left(targets: Sequence[str], stages: Sequence[str], closed: Collection[str]) -> bool:
    """
    True if moves to *targets*, in that order, have led to one of the *closed* stages, and then
    back to no stage before it.

    >>> stages = ("agreed", "under way", "done", "verified")
    >>> has_left(("done", "verified"), stages, {"done"})
    True
    >>> has_left(("done", "under way"), stages, {"done"})
    False
    """
    order = {stage: number for number, stage in enumerate(stages)}
    at: int | None = None
    for target in targets:
        number = order.get(target, len(stages))
        if target in closed:
            at = number
        elif at is not None and number < at:
            at = None
    return at is not None


@attrs.frozen
class _Log:
    """
    The log that goes to one *meeting*, being composed, with its *actions*.
    """

    composer: Composer
    meeting: Meeting
    settings: ActionLogPaper
    actions: Actions

    @property
    def body(self) -> str:
        body = self.composer.find(Body, self.meeting.body)
        return body.name if body is not None else self.composer.wording.not_public

    def field(self, part: str) -> Lines:
        if part in FIELDS:
            yield "", "", FIELDS[part](self)

    def where(self) -> Blocks:
        composer, words, place = self.composer, self.composer.wording, self.meeting.place
        said = {"body": self.body, "day": composer.day(self.meeting.held)}
        if place:
            return cell(composer.say(words.meeting_at, place=place, **said), self.meeting.address)
        return cell(composer.say(words.meeting, **said), self.meeting.address)

    def chair(self) -> Blocks:
        at = self.meeting.at("chair")
        return self.composer.of_one(Party, self.meeting.chair, self.composer.person, at)

    def sections(self) -> Iterator[Section]:
        """
        Yield the sections in their order; groups of actions stand inside theirs.
        """
        return sections_of(
            self.composer,
            self.meeting,
            self.settings,
            self.part,
            inner={"actions": lambda _numbered: self.actions.groups()},
            says_gaps=True,
        )

    def part(self, part: str, _numbered: bool) -> Blocks:  # noqa: FBT001 - as every part
        return PARTS[part](self) if part in PARTS else ()

    def commitments(self) -> Blocks:
        """
        Return the table of what was promised in earlier meetings and no resolution carries.
        """
        composer, register = self.composer, self.composer.view.snapshot.register
        rows = [
            self.promise(item, index, one)
            for item, index, one in commitments_before(self.meeting, register)
            if composer.view.shows(item) and not _is_to_come(_held(item, composer.view), composer)
        ]
        if not rows:
            return ()
        return (
            table(
                composer,
                "commitments",
                self.settings.commitments_caption,
                self.settings.commitments_columns.items(),
                rows,
                empty=composer.wording.none,
                address=self.meeting.address,
            ),
        )

    def promise(
        self, item: AgendaItem, index: int, one: Commitment
    ) -> tuple[Address, Callable[[str], Blocks]]:
        composer, at = self.composer, item.at(f"commitments/{index}")
        made: dict[str, Blocks] = {
            "arises_from": cell(of_item(composer, item), at),
            "what": composer.prose(one.what, at),
            "owner": composer.names(one.owners, at),
            "due": cell(composer.day(one.due), at),
        }
        return at, lambda part: made.get(part, ())


FIELDS: dict[str, Callable[[_Log], Blocks]] = {
    "body": lambda made: cell(made.body, made.meeting.at("body")),
    "meeting": _Log.where,
    "chair": _Log.chair,
}

PARTS: dict[str, Callable[[_Log], Blocks]] = {
    "actions": lambda made: made.actions.blocks(),
    "commitments": _Log.commitments,
    "key": lambda made: made.actions.key(),
}


def _held(item: AgendaItem, view: View) -> Day | None:
    meeting = meeting_of(item, view.snapshot.register)
    return meeting.held if meeting is not None else None


def _is_to_come(day: Day | None, composer: Composer) -> bool:
    return day is not None and day.last is not None and day.last > composer.view.on


def _standing(composer: Composer, meeting: Meeting, settings: ActionLogPaper) -> tuple[Action, ...]:
    """
    Return the actions that stand in the log of *meeting*, whoever may see them.
    """
    view = composer.view
    register, rules = view.snapshot.register, view.configuration.rules.get(Action.kind)
    lifecycle = rules.lifecycle if rules is not None else None
    stages = lifecycle.stages if lifecycle is not None else ()
    closed = {*settings.closed, *(lifecycle.final if lifecycle is not None else ())}
    first = meeting.held.first if meeting.held is not None else None
    before = view.on if first is None else min(view.on, first - dt.timedelta(days=1))
    then = attrs.evolve(view.snapshot, on=before)

    def stands(action: Action) -> bool:
        resolution = found(Resolution, action.arises_from, register)
        made = decided_on(resolution, register) if resolution is not None else None
        targets = [move.target for move in then.state(action).moves]
        return not _is_to_come(made, composer) and not has_left(targets, stages, closed)

    return tuple(filter(stands, arising_before(meeting, register)))


def compose(view: View, record: Record, settings: ActionLogPaper) -> Document:
    """
    Return the paper as a tree.
    """
    composer, meeting = Composer(view), cast("Meeting", record)
    every = _standing(composer, meeting, settings)
    seen = tuple(filter(view.shows, every))
    actions = Actions(
        paper=NAME,
        composer=composer,
        settings=settings,
        actions=seen,
        shows_all=len(seen) == len(every),
        address=meeting.address,
    )
    made = _Log(composer, meeting, settings, actions)
    return composer.document(
        NAME,
        meeting,
        settings,
        title=composer.say(settings.title, body=made.body, day=composer.day(meeting.held)),
        subject=made.body,
        front=front_sheet(composer, settings.front_sheet, meeting, made.field),
        sections=made.sections(),
    )


def shape(configuration: Configuration, settings: ActionLogPaper) -> Shape:
    """
    Return the names its templates may use.
    """
    return Shape(
        (
            *front_sheet_names(settings.front_sheet, {}),
            *sections_names(settings.sections, {}),
            *names_of(configuration, settings),
            *columns_names("commitments", settings.commitments_columns),
        )
    )
