"""
The committee report: front sheet, then the sections a council asks for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import cast

import attrs

from peerkit import Absence, Configuration, Party, Record, View
from peerkit.document import (
    Block,
    Bullets,
    Document,
    Link,
    Paragraph,
    Section,
    Shape,
    Text,
)
from peerkit.errors import Address
from peerkit_committee.configuration import (
    CommitteeReportPaper,
    impacts_of,
    strategic_plan_of,
)
from peerkit_committee.papers.appendices import appendix_lines
from peerkit_committee.papers.clearances import clearances_table
from peerkit_committee.papers.common import Blocks, Composer, cell, paragraph
from peerkit_committee.papers.decisions import decision_list, proposed_parts
from peerkit_committee.papers.names import columns_names, front_sheet_names, sections_names
from peerkit_committee.papers.passages import passage, passages
from peerkit_committee.papers.sections import sections_of
from peerkit_committee.papers.tables import Lines, front_sheet, table
from peerkit_committee.records import (
    BackgroundPaper,
    Body,
    CommitteeReport,
    Meeting,
    Passage,
    Step,
)

__all__ = ["FIELDS", "PARTS", "REPORT_FOR", "compose", "shape"]

NAME = "committee-report"
REPORT_FOR = {True: "decision", False: "information"}

_ADDRESS = re.compile(r"[^\s<>()\[\]{}\\^`|\"@]+@[^\s<>()\[\]{}\\^`|\"@]+")


@attrs.frozen
class _Report:
    """
    One report being composed.
    """

    composer: Composer
    report: CommitteeReport
    settings: CommitteeReportPaper

    # what several parts share

    def body(self) -> str:
        """
        The name of the body it goes to first.
        """
        composer = self.composer
        first = next(iter(self.report.meetings), "")
        meeting = composer.find(Meeting, first)
        body = composer.find(Body, meeting.body) if meeting else None
        unseen = composer.wording.not_public if first else composer.wording.not_stated
        return body.name if body else unseen

    def decision(self, *, numbered: bool) -> Iterator[Block]:
        """
        Yield the proposed decision: the one text that front sheet and section print.
        """
        composer, address = self.composer, self.report.at("decision")
        form, style = self.settings.decision_form, self.settings.list_style
        parts = [
            part.text for part in proposed_parts(self.report, form, composer.view.configuration)
        ]
        if not parts:
            yield paragraph(composer.wording.none, address, is_numbered=numbered)
        elif self.settings.decision_style == "sentence":
            said = composer.sentence(
                composer.wording.decision, {"parts": composer.join(parts)}, body=self.body()
            )
            yield from composer.prose(said, address, numbered=numbered)
        else:
            lead = composer.say(composer.wording.decision_lead, body=self.body())
            yield paragraph(lead, address, is_numbered=numbered)
            items = tuple(composer.prose(part, address) for part in parts)
            yield decision_list(items, style, address)

    # the front sheet

    def field(self, part: str) -> Lines:
        return FIELDS[part](self) if part in FIELDS else ()

    def report_of(self) -> Lines:
        composer, at = self.composer, self.report.at("from")

        def line(party: Party) -> Blocks:
            return cell(composer.person(party), at)

        yield "", "", composer.of_each(Party, self.report.authors, line, at)

    def submitted_to(self) -> Lines:
        at = self.report.at("to")

        def line(meeting: Meeting) -> Blocks:
            return cell(self.meeting(meeting), at)

        yield "", "", self.composer.of_each(Meeting, self.report.meetings, line, at)

    def meeting(self, meeting: Meeting) -> str:
        composer, words = self.composer, self.composer.wording
        body = composer.find(Body, meeting.body)
        said = {"body": body.name if body else words.not_public, "day": composer.day(meeting.held)}
        if meeting.place:
            return composer.say(words.meeting_at, place=meeting.place, **said)
        return composer.say(words.meeting, **said)

    def subject(self) -> Lines:
        yield "", "", cell(self.report.title, self.report.at("title"))

    def decisions(self) -> Lines:
        yield "", "", tuple(self.decision(numbered=False))

    def report_for(self) -> Lines:
        purpose = self.report.report_for or REPORT_FOR[bool(self.report.decision)]
        words = self.composer.wording.report_for
        yield "", "", cell(words.get(purpose, purpose), self.report.at("report_for"))

    def key_decision(self) -> Lines:
        said = cell(
            self.composer.yes_or_no(self.report.key_decision), self.report.at("key_decision")
        )
        reason = self.composer.prose(self.report.key_reason, self.report.at("key_reason"))
        yield "", "", (*said, *reason)

    def ratings(self) -> Lines:
        for key, word in self.report.ratings.items():
            yield f"_{key}", f": {key}", cell(word, self.report.at(f"ratings/{key}"))

    def exempt(self) -> Lines:
        """
        Yield the paragraphs by which it is exempt, and why the public interest asks for it
        (Local Government Act 1972, Schedule 12A).
        """
        composer, report = self.composer, self.report
        at = report.at("exempt_paragraphs")
        said: Blocks = ()
        if report.exempt_paragraphs:
            paragraphs = composer.join(report.exempt_paragraphs)
            said = cell(composer.say(composer.wording.exempt, paragraphs=paragraphs), at)
        reason = composer.prose(report.public_interest, report.at("public_interest"))
        yield "", "", (*said, *reason)

    def late(self) -> Lines:
        yield "", "", self.composer.prose(self.report.late_reason, self.report.at("late_reason"))

    def access(self) -> Lines:
        access, words = self.report.access, self.composer.wording
        said = words.access.get(access, access) or words.not_stated
        yield "", "", cell(said, self.report.at("access"))

    def urgent(self) -> Lines:
        said = cell(self.composer.yes_or_no(self.report.urgent), self.report.at("urgent"))
        yield (
            "",
            "",
            (
                *said,
                *self.composer.prose(self.report.urgent_reason, self.report.at("urgent_reason")),
            ),
        )

    def strategic_plan(self) -> Lines:
        composer = self.composer
        for pillar, word in strategic_plan_of(composer.view.configuration).pillars.items():
            blocks = self.passage(
                self.report.strategic_plan.get(pillar), f"strategic_plan/{pillar}", numbered=False
            )
            yield f"_{pillar}", f": {word}", blocks

    def wards(self) -> Lines:
        yield "", "", cell(self.composer.stated(self.report.wards), self.report.at("wards"))

    def contact_line(self) -> Lines:
        yield "", "", self.contact(numbered=False)

    # the sections

    def sections(self) -> Iterator[Section]:
        return sections_of(
            self.composer, self.report, self.settings, self.part, inner={"impacts": self.impacts}
        )

    def part(self, part: str, numbered: bool) -> Blocks:  # noqa: FBT001 - as every part
        if part in PARTS:
            return tuple(PARTS[part](self, numbered))
        return self.passage(self.report.text.get(part), f"text/{part}", numbered=numbered)

    def passage(self, one: Passage | None, field: str, *, numbered: bool) -> Blocks:
        at = self.report.at(field)
        return tuple(passage(self.composer, one, at, numbered=numbered)) if one else ()

    def prose(self, field: str, *, numbered: bool) -> Blocks:
        several: tuple[Passage, ...] = getattr(self.report, field)
        return passages(self.composer, several, self.report.at(field), numbered=numbered)

    def impacts(self, numbered: bool) -> Iterator[Section]:  # noqa: FBT001 - as every part
        for key, impact in impacts_of(self.composer.view.configuration).items():
            field = f"impacts/{key}"
            blocks = self.passage(self.report.impacts.get(key), field, numbered=numbered)
            if blocks:
                at = self.report.at(field)
                yield Section(key=key, heading=impact.heading, blocks=blocks, address=at)

    def options(self, *, numbered: bool) -> Iterator[Block]:
        composer = self.composer
        if len(self.report.options) > 1 and composer.wording.options_lead:
            yield paragraph(
                composer.wording.options_lead, self.report.at("options"), is_numbered=numbered
            )
        for index, option in enumerate(self.report.options):
            at = self.report.at(f"options/{index}")
            yield from composer.prose(f"{option.option} {option.why_not}", at, numbered=numbered)

    def implementation(self, *, numbered: bool) -> Iterator[Block]:
        composer, steps = self.composer, self.report.implementation
        at = self.report.at("implementation")
        if not steps:
            return
        lead = composer.wording.implementation_lead
        if lead:
            yield paragraph(lead, at, is_numbered=numbered)

        def row(index: int, step: Step) -> tuple[Address, Callable[[str], Blocks]]:
            here = self.report.at(f"implementation/{index}")
            parts: dict[str, Blocks] = {
                "do": composer.prose(step.do, here),
                "owner": composer.names(step.owners, here),
                "due": cell(composer.day(step.due), here),
            }
            return here, parts.__getitem__

        yield table(
            composer,
            "implementation",
            self.settings.implementation_caption,
            self.settings.implementation_columns.items(),
            (row(index, step) for index, step in enumerate(steps)),
            empty=composer.wording.none,
            address=at,
        )

    def appendices(self, *, numbered: bool) -> Iterator[Block]:
        composer, at = self.composer, self.report.at("appendices")
        lines = tuple(appendix_lines(composer, self.report))
        yield paragraph(
            composer.wording.appendices_lead if lines else composer.wording.none,
            at,
            is_numbered=numbered,
        )
        if lines:
            yield Bullets(items=tuple(cell(line, at) for line in lines), address=at)

    def background_papers(self, *, numbered: bool) -> Iterator[Block]:
        composer, papers = self.composer, self.report.background_papers
        at = self.report.at("background_papers")
        if isinstance(papers, Absence):
            yield paragraph(composer.absent(papers), at, is_numbered=numbered)
            return

        def row(index: int, paper: BackgroundPaper) -> tuple[Address, Callable[[str], Blocks]]:
            texts = {"body": paper.body, "title": paper.title, "day": str(paper.day)}
            here = self.report.at(f"background_papers/{index}")
            return here, lambda part: cell(texts[part], here)

        yield table(
            composer,
            "background_papers",
            self.settings.background_caption,
            self.settings.background_columns.items(),
            (row(index, paper) for index, paper in enumerate(papers)),
            empty=composer.wording.not_stated,
            address=at,
        )

    def contact(self, *, numbered: bool) -> Blocks:
        at = self.report.at("contact")

        def lines(party: Party) -> Iterator[Block]:
            yield paragraph(self.composer.person(party), at, is_numbered=numbered)
            if _ADDRESS.fullmatch(party.email):
                link = Link((Text(party.email),), f"mailto:{party.email}")
                yield Paragraph(inlines=(link,), is_numbered=numbered, address=at)
            elif party.email:
                yield paragraph(party.email, at, is_numbered=numbered)
            if party.telephone:
                yield paragraph(party.telephone, at, is_numbered=numbered)

        contacts = (self.report.contact,)
        return self.composer.of_each(Party, contacts, lambda party: tuple(lines(party)), at)


FIELDS: dict[str, Callable[[_Report], Lines]] = {
    "report_of": _Report.report_of,
    "submitted_to": _Report.submitted_to,
    "subject": _Report.subject,
    "decisions": _Report.decisions,
    "report_for": _Report.report_for,
    "key_decision": _Report.key_decision,
    "access": _Report.access,
    "urgent": _Report.urgent,
    "strategic_plan": _Report.strategic_plan,
    "wards": _Report.wards,
    "ratings": _Report.ratings,
    "exempt": _Report.exempt,
    "late": _Report.late,
    "contact": _Report.contact_line,
}


def _field(name: str) -> Callable[[_Report, bool], Iterable[Block]]:
    return lambda report, numbered: report.prose(name, numbered=numbered)


PARTS: dict[str, Callable[[_Report, bool], Iterable[Block]]] = {
    **{
        name: _field(name)
        for name in (
            "summary",
            "purpose",
            "member_decision",
            "background",
            "consultation",
            "reasons",
        )
    },
    "clearances": lambda report, _numbered: clearances_table(
        report.composer, report.report, report.settings
    ),
    "decisions": lambda report, numbered: report.decision(numbered=numbered),
    "options": lambda report, numbered: report.options(numbered=numbered),
    "implementation": lambda report, numbered: report.implementation(numbered=numbered),
    "appendices": lambda report, numbered: report.appendices(numbered=numbered),
    "background_papers": lambda report, numbered: report.background_papers(numbered=numbered),
    "contact": lambda report, numbered: report.contact(numbered=numbered),
}


def compose(view: View, record: Record, settings: CommitteeReportPaper) -> Document:
    """
    Return the paper as a tree.
    """
    report = cast("CommitteeReport", record)
    composer = Composer(view)
    made = _Report(composer, report, settings)
    return composer.document(
        NAME,
        report,
        settings,
        title=report.title,
        subject=made.body(),
        front=front_sheet(composer, settings.front_sheet, report, made.field),
        sections=made.sections(),
    )


def shape(configuration: Configuration, settings: CommitteeReportPaper) -> Shape:
    """
    Return the names its templates may use.
    """
    more = {"strategic_plan": strategic_plan_of(configuration).pillars}
    inner = {"impacts": {k: i.heading for k, i in impacts_of(configuration).items()}}
    return Shape(
        (
            *front_sheet_names(settings.front_sheet, more),
            *sections_names(settings.sections, inner),
            *columns_names("implementation", settings.implementation_columns),
            *columns_names("background_papers", settings.background_columns),
            *columns_names("clearances", settings.clearances_columns),
        )
    )
