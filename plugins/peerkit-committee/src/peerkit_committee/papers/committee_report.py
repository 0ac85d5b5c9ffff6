"""
The committee report: front sheet, then the sections a council asks for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import cast

import attrs

from peerkit import Absence, Configuration, Party, Plan, Record, Review, View
from peerkit.document import (
    Block,
    Bullets,
    Document,
    Section,
    Shape,
)
from peerkit.errors import Address
from peerkit_committee.configuration import CommitteeReportPaper, StrategicPlan, VerbForms
from peerkit_committee.papers.common import Composer, cell, in_order, paragraph, part_of
from peerkit_committee.papers.names import columns_names, front_sheet_names, sections_names
from peerkit_committee.records import (
    Appendix,
    BackgroundPaper,
    Body,
    CommitteeReport,
    Meeting,
    Passage,
    Step,
)

__all__ = ["FIELDS", "PARTS", "REPORT_FOR", "appended_to", "compose", "day", "meeting_day", "shape"]

NAME = "committee-report"
REPORT_FOR = {True: "decision", False: "information"}

Blocks = tuple[Block, ...]
Lines = Iterable[tuple[str, str, Blocks]]


def meeting_day(view: View, report: CommitteeReport) -> dt.date | None:
    """
    Return the day of the first meeting a report goes to, if it is known exactly.
    """
    composer = Composer(view)
    meeting = composer.find(Meeting, report.meetings[0])
    held = meeting.held if meeting else None
    return held.last if held and held.is_exact else None


def appended_to(view: View, record: Record) -> CommitteeReport | None:
    """
    Return the first report that *record* is appended to.
    """
    for report in cast("tuple[CommitteeReport, ...]", view.of_kind(CommitteeReport.kind)):
        if any(appendix.of == record.id for appendix in report.appendices):
            return report
    return None


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
        meeting = self.composer.find(Meeting, self.report.meetings[0])
        body = self.composer.find(Body, meeting.body) if meeting else None
        return body.name if body else ""

    def decision(self, *, numbered: bool) -> Iterator[Block]:
        """
        Yield the proposed decision: the one text that front sheet and section print.
        """
        composer, address = self.composer, self.report.at("decision")
        verbs = cast(
            "Mapping[str, VerbForms]", composer.view.configuration.sections["decision_verbs"]
        )
        parts = [
            f"{verbs[pair.word].proposed if pair.word in verbs else pair.word} {pair.text}".strip()
            for pair in self.report.decision
        ]
        if not parts:
            yield paragraph(composer.wording.none, address, is_numbered=numbered)
        elif self.settings.decision_style == "sentence":
            said = composer.say(
                composer.wording.decision, body=self.body(), parts=composer.join(parts)
            )
            yield from composer.prose(said, address, numbered=numbered)
        else:
            lead = composer.say(composer.wording.decision_lead, body=self.body())
            yield paragraph(lead, address, is_numbered=numbered)
            items = tuple(composer.prose(part, address) for part in parts)
            yield Bullets(items=items, ordered=True, address=address)

    # the front sheet

    def field(self, part: str) -> Lines:
        return FIELDS[part](self) if part in FIELDS else ()

    def report_of(self) -> Lines:
        people = (self.composer.person(author) for author in self.report.authors)
        at = self.report.at("from")
        yield "", "", tuple(paragraph(person, at) for person in people if person)

    def submitted_to(self) -> Lines:
        lines = []
        for meeting_id in self.report.meetings:
            meeting = self.composer.find(Meeting, meeting_id)
            body = self.composer.find(Body, meeting.body) if meeting else None
            if meeting and body:
                said = self.composer.say(
                    self.composer.wording.meeting,
                    body=body.name,
                    day=self.composer.day(meeting.held),
                )
                lines.append(paragraph(said, self.report.at("to")))
        yield "", "", tuple(lines)

    def subject(self) -> Lines:
        yield "", "", cell(self.report.title, self.report.at("title"))

    def decisions(self) -> Lines:
        yield "", "", tuple(self.decision(numbered=False))

    def report_for(self) -> Lines:
        purpose = self.report.report_for or REPORT_FOR[bool(self.report.decision)]
        words = self.composer.wording.report_for
        yield "", "", cell(words.get(purpose, purpose), self.report.at("report_for"))

    def key_decision(self) -> Lines:
        said = self.composer.yes_or_no(self.report.key_decision)
        yield "", "", cell(said, self.report.at("key_decision"))

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
        plan = cast("StrategicPlan", composer.view.configuration.sections["strategic_plan"])
        for pillar, word in plan.pillars.items():
            passage = self.report.strategic_plan.get(pillar)
            at = self.report.at(f"strategic_plan/{pillar}")
            blocks = tuple(composer.passage(passage, at, numbered=False)) if passage else ()
            yield f"_{pillar}", f": {word}", blocks or cell(composer.wording.not_stated, at)

    def wards(self) -> Lines:
        yield "", "", cell(self.composer.stated(self.report.wards), self.report.at("wards"))

    def contact_line(self) -> Lines:
        yield "", "", self.contact(numbered=False)

    # the sections

    def sections(self) -> Iterator[Section]:
        settings = self.settings
        for key, section in in_order(settings.sections, settings.order):
            if not self.composer.shows(self.report, section.when):
                continue
            part = part_of(key, section.show)
            blocks, inner = self.part(part, numbered=section.numbered is not False)
            if blocks or inner:
                yield Section(
                    key=key,
                    heading=section.heading,
                    blocks=blocks,
                    sections=inner,
                    address=self.report.at(part),
                )

    def part(self, part: str, *, numbered: bool) -> tuple[Blocks, tuple[Section, ...]]:
        if part == "impacts":
            return (), tuple(self.impacts(numbered=numbered))
        if part in PARTS:
            return tuple(PARTS[part](self, numbered)), ()
        own = self.report.text.get(part)
        at = self.report.at(f"text/{part}")
        return (tuple(self.composer.passage(own, at, numbered=numbered)) if own else ()), ()

    def prose(self, field: str, *, numbered: bool) -> Blocks:
        passages: tuple[Passage, ...] = getattr(self.report, field)
        return self.composer.passages(passages, self.report.at(field), numbered=numbered)

    def impacts(self, *, numbered: bool) -> Iterator[Section]:
        headings = self.composer.view.configuration.sections["impacts"]
        for key, impact in headings.items():
            passage = self.report.impacts.get(key)
            if passage is not None:
                at = self.report.at(f"impacts/{key}")
                blocks = tuple(self.composer.passage(passage, at, numbered=numbered))
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
                "owner": cell(composer.names(step.owners), here),
                "due": cell(composer.day(step.due), here),
            }
            return here, parts.__getitem__

        yield composer.table(
            "implementation",
            self.settings.implementation_caption,
            self.settings.implementation_columns.items(),
            (row(index, step) for index, step in enumerate(steps)),
            empty=composer.wording.none,
            address=at,
        )

    def appendices(self, *, numbered: bool) -> Iterator[Block]:
        composer, at = self.composer, self.report.at("appendices")
        lines = [
            composer.say(
                composer.wording.appendix, number=str(number), title=self.appendix_title(appendix)
            )
            for number, appendix in enumerate(self.report.appendices, 1)
        ]
        yield paragraph(
            composer.wording.appendices_lead if lines else composer.wording.none,
            at,
            is_numbered=numbered,
        )
        if lines:
            yield Bullets(items=tuple(cell(line, at) for line in lines), address=at)

    def appendix_title(self, appendix: Appendix) -> str:
        """
        Return the appended paper's own title, so that it has one name everywhere.
        """
        plan = self.composer.find(Plan, appendix.of)
        review = self.composer.find(Review, appendix.of)
        configured = self.composer.view.configuration.papers.get(appendix.paper)
        title = getattr(configured, "title", "") or "{title}"
        own = plan.title if plan else review.title if review else ""
        return appendix.title or self.composer.say(title, title=own)

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

        yield composer.table(
            "background_papers",
            self.settings.background_caption,
            self.settings.background_columns.items(),
            (row(index, paper) for index, paper in enumerate(papers)),
            empty=composer.wording.not_stated,
            address=at,
        )

    def contact(self, *, numbered: bool) -> Blocks:
        party = self.composer.find(Party, self.report.contact)
        if party is None:
            return ()
        at = self.report.at("contact")
        lines = [self.composer.person(party.id)]
        lines += [f"[{party.email}](mailto:{party.email})"] if party.email else []
        lines += [party.telephone] if party.telephone else []
        return tuple(
            block for line in lines for block in self.composer.prose(line, at, numbered=numbered)
        )


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
        title=report.title,
        subject=made.body(),
        numbering=settings.numbering,
        front=composer.front_sheet(settings.front_sheet, report, made.field),
        sections=made.sections(),
    )


def shape(configuration: Configuration, settings: CommitteeReportPaper) -> Shape:
    """
    Return the names its templates may use.
    """
    more = {"strategic_plan": configuration.sections["strategic_plan"].pillars}
    inner = {"impacts": {k: i.heading for k, i in configuration.sections["impacts"].items()}}
    return Shape(
        (
            *front_sheet_names(settings.front_sheet, more),
            *sections_names(settings.sections, inner),
            *columns_names("implementation", settings.implementation_columns),
            *columns_names("background_papers", settings.background_columns),
        )
    )


def day(view: View, record: Record) -> dt.date | None:
    """
    Return the day of the meeting.
    """
    return meeting_day(view, cast("CommitteeReport", record))
