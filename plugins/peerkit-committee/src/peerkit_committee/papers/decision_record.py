"""
The record of one decision: what the law asks of it, in sections or in numbered boxes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

import attrs

from peerkit import Absence, Configuration, Party, Record, View, parse_day
from peerkit.document import Document, Shape, plain_text
from peerkit_committee.calendar.call_in import period
from peerkit_committee.configuration import DecisionRecordPaper
from peerkit_committee.matters import body_of, decided_on, meeting_of, report_of
from peerkit_committee.papers.appendices import appendix_lines
from peerkit_committee.papers.common import Blocks, Composer, cell
from peerkit_committee.papers.decisions import resolved_parts, style_of, styled
from peerkit_committee.papers.items import difference, refers_to
from peerkit_committee.papers.names import front_sheet_names, sections_names
from peerkit_committee.papers.sections import sections_of
from peerkit_committee.papers.tables import Lines, front_sheet, in_boxes
from peerkit_committee.records import (
    AgendaItem,
    Body,
    CommitteeReport,
    Meeting,
    Resolution,
)

__all__ = ["FIELDS", "PARTS", "compose", "shape"]

NAME = "decision-record"


@attrs.frozen
class _Record:
    """
    One decision being recorded.
    """

    composer: Composer
    resolution: Resolution
    settings: DecisionRecordPaper

    def part(self, part: str, numbered: bool) -> Blocks:  # noqa: FBT001 - as every part
        return PARTS[part](self, numbered) if part in PARTS else ()

    # what several parts share

    @property
    def report(self) -> CommitteeReport | None:
        """
        The report it was made on, if the audience may see it.
        """
        report = report_of(self.resolution, self.composer.view.snapshot.register)
        return report if report is not None and self.composer.view.shows(report) else None

    @property
    def item(self) -> AgendaItem | None:
        return self.composer.find(AgendaItem, self.resolution.item)

    @property
    def title(self) -> str:
        source = self.report or self.item
        return source.title if source is not None else self.resolution.local_id

    def field(self, part: str) -> Lines:
        if part in PARTS:
            yield "", "", self.part(part, False)  # noqa: FBT003 - a line has no number

    def at(self, field: str) -> Blocks:
        return self.composer.prose(getattr(self.resolution, field), self.resolution.at(field))

    def or_of_item(self, field: str) -> Blocks:
        """
        Return the resolution's own text, or that of its item's minute.
        """
        if getattr(self.resolution, field):
            return self.at(field)
        item = self.item
        return self.composer.prose(getattr(item, field), item.at(field)) if item else ()

    # parts

    def decision_maker(self) -> Blocks:
        composer, resolution = self.composer, self.resolution
        if resolution.decided_by:
            at = resolution.at("decided_by")
            return composer.of_one(Party, resolution.decided_by, composer.person, at)
        body = body_of(resolution, composer.view.snapshot.register)
        at = resolution.at("body")
        return composer.of_one(Body, body.id if body else "", lambda one: one.name, at)

    def day(self) -> Blocks:
        day = decided_on(self.resolution, self.composer.view.judged.register)
        return cell(self.composer.day(day), self.resolution.at("day"))

    def number(self) -> Blocks:
        item = self.item
        return cell(item.printed, item.address) if item is not None and item.printed else ()

    def decision(self, *, numbered: bool) -> Blocks:
        composer, resolution = self.composer, self.resolution
        style = style_of(composer, resolution)
        parts = resolved_parts(composer, resolution, style.verb_form)
        at = resolution.at("text")
        if not parts:
            return cell(composer.wording.not_public, at)
        made = tuple(styled(composer, parts, style, at, numbered=numbered))
        return composer.marked(made, resolution)

    def differs(self) -> Blocks:
        return difference(self.composer, self.resolution)

    def key_decision(self) -> Blocks:
        report = self.report
        if report is None:
            return ()
        said = self.composer.yes_or_no(report.key_decision)
        reason = self.composer.prose(report.key_reason, report.at("key_reason"))
        return (*cell(said, report.at("key_decision")), *reason)

    def wards(self) -> Blocks:
        report = self.report
        if report is None or not (report.wards or isinstance(report.wards, Absence)):
            return ()
        return cell(self.composer.stated(report.wards), report.at("wards"))

    def documents(self) -> Blocks:
        composer, report = self.composer, self.report
        if report is None:
            return ()
        at = report.at("appendices")
        lines = (report.title, *appendix_lines(composer, report))
        return tuple(block for line in lines for block in cell(line, at))

    def lead_officer(self) -> Blocks:
        composer, at = self.composer, self.resolution.at("lead_officer")
        wanted = self.resolution.lead_officer
        return composer.of_one(Party, wanted, composer.person, at) if wanted else ()

    def recommends_to(self) -> Blocks:
        composer, at = self.composer, self.resolution.at("recommends_to")
        wanted = self.resolution.recommends_to
        return composer.of_one(Body, wanted, lambda body: body.name, at) if wanted else ()

    def meeting(self) -> Blocks:
        composer = self.composer
        meeting = meeting_of(self.resolution, composer.view.snapshot.register)
        if meeting is None:
            return ()
        at = meeting.address

        def said(one: Meeting) -> str:
            body = composer.find(Body, one.body)
            name = body.name if body is not None else composer.wording.not_public
            return composer.say(composer.wording.meeting, body=name, day=composer.day(one.held))

        return composer.of_one(Meeting, meeting.id, said, at)

    # call-in

    def call_in(self) -> Blocks:
        """
        Return whether it can be called in, until when, or why not.
        """
        composer, words, at = self.composer, self.composer.wording, self.resolution.address
        found_ = period(self.resolution, composer.view.judged)
        if not found_.is_open:
            return composer.prose(composer.sentence(words.not_callable, {"reason": found_.why}), at)
        if found_.ends is None:
            missing = composer.join(found_.missing) if found_.missing else words.not_stated
            return cell(composer.say(words.call_in_not_known, missing=missing), at)
        day = parse_day(found_.ends.isoformat()).words
        when = composer.say(words.day_at, day=day, time=found_.time) if found_.time else day
        return self.supposed(composer.say(words.callable_until, day=when), found_.assumed)

    def effective(self) -> Blocks:
        composer, words, at = self.composer, self.composer.wording, self.resolution.at("effective")
        found_ = period(self.resolution, composer.view.judged)
        if found_.effective is None:
            return cell(words.not_stated, at)
        return self.supposed(composer.day(found_.effective), found_.effect_assumed)

    def published(self) -> Blocks:
        resolution = self.resolution
        said = self.composer.day(resolution.published)
        return self.supposed(said, [one for one in resolution.assumed if one == "published"])

    def supposed(self, said: str, assumed: Sequence[str]) -> Blocks:
        """
        Return what is *said*, marked where anything it rests on is assumed.
        """
        if assumed:
            said = self.composer.say(self.composer.wording.assumed, said=said)
        return cell(said, self.resolution.address)

    def status(self) -> Blocks:
        at = self.resolution.at("recorded_as")
        return cell(self.resolution.recorded_as, at) if self.resolution.recorded_as else ()


def _of(make: Callable[[_Record], Blocks]) -> Callable[[_Record, bool], Blocks]:
    return lambda made, _numbered: make(made)


def _either(field: str) -> Callable[[_Record, bool], Blocks]:
    return lambda made, _numbered: made.or_of_item(field)


PARTS: dict[str, Callable[[_Record, bool], Blocks]] = {
    "decision_maker": _of(_Record.decision_maker),
    "day": _of(_Record.day),
    "meeting": _of(_Record.meeting),
    "item": _of(_Record.number),
    "title": _of(lambda made: cell(made.title, made.resolution.address)),
    "decision": lambda made, numbered: made.decision(numbered=numbered),
    "difference": _of(_Record.differs),
    "refers": _of(lambda made: refers_to(made.composer, made.resolution)),
    "reasons": _either("reasons"),
    "options": _either("options"),
    "interests": _either("interests"),
    "dispensations": _of(lambda made: made.at("dispensations")),
    "vote": _of(
        lambda made: (
            cell(made.resolution.vote, made.resolution.at("vote")) if made.resolution.vote else ()
        )
    ),
    "key_decision": _of(_Record.key_decision),
    "wards": _of(_Record.wards),
    "lead_officer": _of(_Record.lead_officer),
    "documents": _of(_Record.documents),
    "recommends_to": _of(_Record.recommends_to),
    "published": _of(_Record.published),
    "call_in": _of(_Record.call_in),
    "effective": _of(_Record.effective),
    "recorded_as": _of(_Record.status),
}

FIELDS = PARTS
"""Any part may be a line of the front sheet, a section or a box."""


def compose(view: View, record: Record, settings: DecisionRecordPaper) -> Document:
    """
    Return the paper as a tree.
    """
    resolution = cast("Resolution", record)
    composer = Composer(view)
    made = _Record(composer, resolution, settings)
    boxes = in_boxes(front_sheet(composer, settings.boxes, resolution, made.field, key="boxes"))
    return composer.document(
        NAME,
        resolution,
        settings,
        title=composer.say(settings.title, title=made.title),
        subject=plain_text(made.decision_maker()),
        front=(*front_sheet(composer, settings.front_sheet, resolution, made.field), *boxes),
        sections=sections_of(composer, resolution, settings, made.part, says_gaps=True),
    )


def shape(_configuration: Configuration, settings: DecisionRecordPaper) -> Shape:
    """
    Return the names its templates may use.
    """
    return Shape(
        (
            *front_sheet_names(settings.front_sheet, {}),
            *front_sheet_names(settings.boxes, {}),
            *sections_names(settings.sections, {}),
        )
    )
