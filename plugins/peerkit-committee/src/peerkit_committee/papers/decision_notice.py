"""
The notice of a decision to come: what is published before it may be made.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import attrs

from peerkit import Absence, Configuration, Party, Record, View
from peerkit.document import Block, Bullets, Document, Shape, plain_text
from peerkit_committee.configuration import DecisionNoticePaper
from peerkit_committee.matters import body_of, due_of_notice
from peerkit_committee.papers.appendices import appendix_lines
from peerkit_committee.papers.common import Blocks, Composer, cell
from peerkit_committee.papers.decisions import proposed_parts
from peerkit_committee.papers.names import front_sheet_names, sections_names
from peerkit_committee.papers.sections import sections_of
from peerkit_committee.papers.tables import Lines, front_sheet
from peerkit_committee.records import Body, CommitteeReport, Notice

__all__ = ["FIELDS", "PARTS", "compose", "shape"]

NAME = "decision-notice"


@attrs.frozen
class _Notice:
    """
    One notice being composed.
    """

    composer: Composer
    notice: Notice
    settings: DecisionNoticePaper

    def part(self, part: str, _numbered: bool) -> Blocks:  # noqa: FBT001 - as every part
        return PARTS[part](self) if part in PARTS else ()

    @property
    def report(self) -> CommitteeReport | None:
        """
        The report that is to ask for the decision, if the audience may see it.
        """
        return self.composer.find(CommitteeReport, self.notice.report)

    @property
    def title(self) -> str:
        report = self.report
        return self.notice.title or (report.title if report else self.composer.wording.not_public)

    def field(self, part: str) -> Lines:
        if part in PARTS:
            yield "", "", PARTS[part](self)

    def decision_maker(self) -> Blocks:
        composer, notice = self.composer, self.notice
        if notice.decided_by:
            at = notice.at("decided_by")
            return composer.of_one(Party, notice.decided_by, composer.person, at)
        body = body_of(notice, composer.view.snapshot.register)
        at = notice.at("body")
        named = composer.of_one(Body, body.id if body else "", lambda one: one.name, at)
        if body is None or not composer.view.shows(body):
            return named
        members = composer.of_each(
            Party, body.members, lambda party: cell(composer.person(party), at), at
        )
        return (*named, *members)

    def due(self) -> Blocks:
        day = due_of_notice(self.notice, self.composer.view.judged.register)
        return cell(self.composer.day(day), self.notice.at("due"))

    def published(self) -> Blocks:
        composer, notice = self.composer, self.notice
        said = composer.day(notice.published)
        if "published" in notice.assumed:
            said = composer.say(composer.wording.assumed, said=said)
        return cell(said, notice.at("published"))

    def sort(self) -> Blocks:
        words = self.composer.wording.notices
        return cell(words.get(self.notice.is_a, self.notice.is_a), self.notice.at("is"))

    def key_decision(self) -> Blocks:
        composer, report = self.composer, self.report
        is_key = self.notice.is_a == "key decision" or (
            report.key_decision if report is not None else None
        )
        reason = self.notice.key_reason or (report.key_reason if report is not None else "")
        said = cell(composer.yes_or_no(is_key), self.notice.at("is"))
        return (*said, *composer.prose(reason, self.notice.at("key_reason")))

    def decision(self) -> Blocks:
        """
        Return what the report proposes, in the form that notices have it.
        """
        composer, report = self.composer, self.report
        if report is None or not report.decision:
            return ()
        form, at = self.settings.decision_form, report.at("decision")
        parts = proposed_parts(report, form, composer.view.configuration)
        joined = composer.join(part.text for part in parts)
        said = {"parts": joined[:1].upper() + joined[1:]}
        return composer.prose(composer.sentence(composer.wording.notice_decision, said), at)

    def description(self) -> Blocks:
        return self.composer.prose(self.notice.description, self.notice.at("description"))

    def restriction(self) -> Blocks:
        composer, notice, report = self.composer, self.notice, self.report
        made = composer.prose(notice.restriction, notice.at("restriction"))
        access = report.access if report is not None else ""
        said = composer.wording.restrictions.get(access, access)
        return (*(cell(said, notice.at("restriction")) if said and not made else ()), *made)

    def party(self, field: str) -> Blocks:
        composer, at = self.composer, self.notice.at(field)
        return composer.of_one(Party, getattr(self.notice, field), composer.person, at)

    def contact(self) -> Blocks:
        composer, at = self.composer, self.notice.at("contact")
        report = self.report
        wanted = self.notice.contact or (report.contact if report is not None else "")

        def lines(party: Party) -> Blocks:
            said = (composer.person(party), party.email, party.telephone)
            return tuple(block for one in said if one for block in cell(one, at))

        return composer.of_each(Party, filter(None, (wanted,)), lines, at)

    def wards(self) -> Blocks:
        report = self.report
        value = self.notice.wards or (report.wards if report is not None else "")
        if not (value or isinstance(value, Absence)):
            return ()
        return cell(self.composer.stated(value), self.notice.at("wards"))

    def documents(self) -> Blocks:
        composer, report, at = self.composer, self.report, self.notice.at("documents")
        lines = list(self.notice.documents)
        if report is not None:
            lines += [report.title, *appendix_lines(composer, report)]
        made: Block = Bullets(items=tuple(cell(line, at) for line in lines), address=at)
        return (made,) if lines else ()

    def framework(self, field: str) -> Blocks:
        said = self.composer.yes_or_no(getattr(self.notice, field))
        return cell(said, self.notice.at(field))

    def prose(self, field: str) -> Blocks:
        return self.composer.prose(getattr(self.notice, field), self.notice.at(field))

    def agreed_by(self) -> Blocks:
        at = self.notice.at("agreed_by")
        return cell(self.notice.agreed_by, at) if self.notice.agreed_by else ()


PARTS: dict[str, Callable[[_Notice], Blocks]] = {
    "sort": _Notice.sort,
    "title": lambda made: cell(made.title, made.notice.at("title")),
    "description": _Notice.description,
    "decision": _Notice.decision,
    "decision_maker": _Notice.decision_maker,
    "due": _Notice.due,
    "published": _Notice.published,
    "key_decision": _Notice.key_decision,
    "restriction": _Notice.restriction,
    "documents": _Notice.documents,
    "further_documents": lambda made: made.prose("further_documents"),
    "contact": _Notice.contact,
    "lead_member": lambda made: made.party("lead_member"),
    "lead_director": lambda made: made.party("lead_director"),
    "wards": _Notice.wards,
    "consultation": lambda made: made.prose("consultation"),
    "in_framework": lambda made: made.framework("in_framework"),
    "against_framework": lambda made: made.framework("against_framework"),
    "exception_reason": lambda made: made.prose("exception_reason"),
    "agreed_by": _Notice.agreed_by,
}

FIELDS = PARTS
"""Any part may be a line of the front sheet or a section."""


def compose(view: View, record: Record, settings: DecisionNoticePaper) -> Document:
    """
    Return the paper as a tree.
    """
    notice = cast("Notice", record)
    composer = Composer(view)
    made = _Notice(composer, notice, settings)
    return composer.document(
        NAME,
        notice,
        settings,
        title=composer.say(settings.title, title=made.title),
        subject=plain_text(made.decision_maker()[:1]),
        front=front_sheet(composer, settings.front_sheet, notice, made.field),
        sections=sections_of(composer, notice, settings, made.part, says_gaps=True),
    )


def shape(_configuration: Configuration, settings: DecisionNoticePaper) -> Shape:
    """
    Return the names its templates may use.
    """
    return Shape(
        (
            *front_sheet_names(settings.front_sheet, {}),
            *sections_names(settings.sections, {}),
        )
    )
