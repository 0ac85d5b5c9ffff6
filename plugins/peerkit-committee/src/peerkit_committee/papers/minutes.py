"""
The minutes of a meeting, and the extract of one item: the same text by the same means.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import cast

import attrs

from peerkit import Configuration, Party, Record, View
from peerkit.document import Block, Document, Section, Shape, escape_markdown
from peerkit_committee.configuration import MinutesPaper
from peerkit_committee.papers.common import Blocks, Composer, cell, paragraph
from peerkit_committee.papers.items import Minute
from peerkit_committee.papers.names import front_sheet_names, sections_names, template_key
from peerkit_committee.papers.sections import sections_of
from peerkit_committee.papers.tables import Lines, front_sheet
from peerkit_committee.records import AgendaItem, Body, CommitteeReport, Meeting

__all__ = ["FIELDS", "PARTS", "compose", "compose_extract", "shape"]

NAME = "minutes"
EXTRACT = "minute-extract"


@attrs.frozen
class _Minutes:
    """
    The minutes of one meeting, or of one *item* of it, being composed.
    """

    composer: Composer
    meeting: Meeting
    settings: MinutesPaper
    item: AgendaItem | None = None

    @property
    def body(self) -> str:
        body = self.composer.find(Body, self.meeting.body)
        return body.name if body is not None else self.composer.wording.not_public

    @property
    def said(self) -> Mapping[str, str]:
        """
        What titles can say of the meeting and the item.
        """
        said = {"body": self.body, "day": self.composer.day(self.meeting.held)}
        if self.item is not None:
            said |= {"number": self.item.printed, "title": self.item.title}
        return said

    @property
    def items(self) -> tuple[AgendaItem, ...]:
        if self.item is not None:
            return (self.item,)
        return self.composer.linking(AgendaItem, "meeting", self.meeting)

    # the front sheet

    def field(self, part: str) -> Lines:
        if part in FIELDS:
            yield "", "", FIELDS[part](self)

    def people(self, field: str) -> Blocks:
        """
        Return persons, each with their post, one to a line.
        """
        composer, at = self.composer, self.meeting.at(field)

        def line(party: Party) -> Blocks:
            return cell(composer.person(party), at)

        return composer.of_each(Party, getattr(self.meeting, field), line, at)

    def chair(self) -> Blocks:
        at = self.meeting.at("chair")
        return self.composer.of_one(Party, self.meeting.chair, self.composer.person, at)

    def report(self) -> Blocks:
        at = self.meeting.address
        wanted = self.item.report if self.item is not None else ""
        return self.composer.of_one(CommitteeReport, wanted, lambda one: one.title, at)

    def standing(self) -> Blocks:
        """
        Return whether these minutes are a draft, or approved and where.
        """
        composer, at, words = self.composer, self.meeting.at("approved_at"), self.composer.wording
        answer = composer.view.ask(self.meeting, "minutes")
        later = composer.find(Meeting, self.meeting.approved_at)
        day = composer.day(later.held if later is not None else None)
        sentences = {
            "none": words.minutes_none,
            "draft": words.minutes_draft,
            "approved": words.minutes_approved,
        }
        return cell(composer.say(sentences[answer], day=day), at)

    # sections

    def sections(self) -> Iterator[Section]:
        """
        Yield the sections in their order; that of the items holds one for each.
        """
        return sections_of(
            self.composer,
            self.meeting,
            self.settings,
            self.part,
            inner={"items": self.minuted},
            says_gaps=True,
        )

    def part(self, part: str, numbered: bool) -> Blocks:  # noqa: FBT001 - as every part
        return PARTS[part](self, numbered) if part in PARTS else ()

    def minuted(self, numbered: bool) -> Iterator[Section]:  # noqa: FBT001 - as every part
        composer = self.composer
        for item in self.items:
            said = composer.say(self.settings.item, number=item.printed, title=item.title)
            heading = " ".join(said.split())  # of an item without a number
            blocks = tuple(Minute(composer, item, self.settings).blocks(numbered=numbered))
            yield Section(
                key=template_key(item.local_id),  # of 10.1, too, templates know the name
                heading=heading,
                blocks=blocks or (paragraph(composer.wording.not_stated, item.address),),
                address=item.address,
            )

    def interests(self, numbered: bool) -> Blocks:  # noqa: FBT001 - as every part
        at = self.meeting.at("interests")
        return self.composer.prose(self.meeting.interests, at, numbered=numbered)

    def earlier(self, numbered: bool) -> Blocks:  # noqa: FBT001 - as every part
        """
        Return which earlier minutes were approved at this meeting, with what was corrected.
        """
        composer, words = self.composer, self.composer.wording
        blocks: list[Block] = []
        for meeting in composer.linking(Meeting, "approved_at", self.meeting):
            day = composer.day(meeting.held)
            said = words.corrected if meeting.corrections else words.correct_record
            at = meeting.at("corrections")
            blocks += composer.prose(
                escape_markdown(composer.say(said, day=day)), at, numbered=numbered
            )
            for one in meeting.corrections:
                blocks += composer.prose(one, at, numbered=numbered)
        return tuple(blocks)


FIELDS: dict[str, Callable[[_Minutes], Blocks]] = {
    "body": lambda made: cell(made.body, made.meeting.at("body")),
    "day": lambda made: cell(made.composer.day(made.meeting.held), made.meeting.at("day")),
    "time": lambda made: cell(made.meeting.time, made.meeting.at("time")),
    "place": lambda made: cell(made.meeting.place, made.meeting.at("place")),
    "chair": _Minutes.chair,
    "present": lambda made: made.people("present"),
    "apologies": lambda made: made.people("apologies"),
    "attending": lambda made: made.people("attending"),
    "standing": _Minutes.standing,
    "item": lambda made: cell(made.said.get("number", ""), made.meeting.address),
    "title": lambda made: cell(made.said.get("title", ""), made.meeting.address),
    "report": _Minutes.report,
}

PARTS: dict[str, Callable[[_Minutes, bool], Blocks]] = {
    "interests": _Minutes.interests,
    "earlier": _Minutes.earlier,
    "items": lambda _made, _numbered: (),  # sections of their own
}


def _composed(name: str, made: _Minutes, record: Record, settings: MinutesPaper) -> Document:
    composer = made.composer
    return composer.document(
        name,
        record,
        settings,
        title=composer.say(settings.title, **made.said),
        subject=made.body,
        front=front_sheet(composer, settings.front_sheet, record, made.field),
        sections=made.sections(),
    )


def compose(view: View, record: Record, settings: MinutesPaper) -> Document:
    """
    Return the minutes of a meeting as a tree.
    """
    meeting = cast("Meeting", record)
    return _composed(NAME, _Minutes(Composer(view), meeting, settings), record, settings)


def compose_extract(view: View, record: Record, settings: MinutesPaper) -> Document:
    """
    Return the minute of one item as a tree.
    """
    item = cast("AgendaItem", record)
    composer = Composer(view)
    meeting = cast("Meeting", view.snapshot.register.get(Meeting.kind, item.meeting))
    return _composed(EXTRACT, _Minutes(composer, meeting, settings, item), record, settings)


def shape(_configuration: Configuration, settings: MinutesPaper) -> Shape:
    """
    Return the names its templates may use.
    """
    return Shape(
        (
            *front_sheet_names(settings.front_sheet, {}),
            *sections_names(settings.sections, {"items": {"*": "an item"}}),
        )
    )
