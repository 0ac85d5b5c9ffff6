"""
The review report: what was looked at, and what was found under each theme.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import cast

import attrs

from peerkit import Configuration, Finding, Party, Record, Review, TeamMember, Theme, View
from peerkit.document import (
    Block,
    Bullets,
    Document,
    Heading,
    Section,
    Shape,
    Strong,
    Text,
    text_inlines,
)
from peerkit_committee.configuration import ReviewReportPaper
from peerkit_committee.papers.common import Blocks, Composer, cell, paragraph
from peerkit_committee.papers.judged import as_of, key_of, of_state
from peerkit_committee.papers.names import front_sheet_names, sections_names
from peerkit_committee.papers.passages import themes_of
from peerkit_committee.papers.responses import response_sentence
from peerkit_committee.papers.sections import sections_of
from peerkit_committee.papers.tables import Lines, front_sheet

__all__ = ["FIELDS", "PARTS", "compose", "shape"]

NAME = "review-report"


@attrs.frozen
class _Review:
    """
    One review being composed.
    """

    composer: Composer
    review: Review
    settings: ReviewReportPaper

    @property
    def kind(self) -> str:
        """
        The kind's name in full.
        """
        kind = self.composer.view.configuration.review_kinds.get(self.review.review_kind)
        return (kind.name if kind else "") or self.review.review_kind

    def field(self, part: str) -> Lines:
        if part in FIELDS:
            yield "", "", FIELDS[part](self)

    def team(self) -> Blocks:
        at = self.review.at("team")
        return tuple(paragraph(who, at) for who in map(self.member, self.review.team) if who)

    def member(self, member: TeamMember) -> str:
        say, words = self.composer.say, self.composer.wording
        who = member.name or member.post or member.role
        if member.name and member.post:
            who = say(words.name_and_post, name=member.name, post=member.post)
        if member.count and who:
            who = say(words.count_of_team, count=member.count, what=who)
        who = who or member.count
        if member.authority and who:
            who = say(words.member_of_team, what=who, authority=member.authority)
        return who or member.authority

    def cost(self) -> Blocks:
        said = self.composer.stated(self.review.cost)
        return cell(said, self.review.at("cost"))

    # sections

    def sections(self) -> Iterator[Section]:
        return sections_of(
            self.composer, self.review, self.settings, self.part, inner={"themes": self.themes}
        )

    def part(self, part: str, numbered: bool) -> Blocks:  # noqa: FBT001 - as every part
        return PARTS[part](self, numbered) if part in PARTS else ()

    def statement(self, numbered: bool) -> Blocks:  # noqa: FBT001 - as every part
        kind = self.composer.view.configuration.review_kinds.get(self.review.review_kind)
        statement = kind.statement if kind else ""
        return self.composer.prose(statement, self.review.at("kind"), numbered=numbered)

    def of_theme(self, theme: str) -> tuple[Finding, ...]:
        """
        Return the findings under one theme, or those under none for an empty id.
        """
        found = self.composer.linking(Finding, "review", self.review)
        return tuple(f for f in found if (theme in f.themes if theme else not f.themes))

    def themes(self, numbered: bool) -> Iterator[Section]:  # noqa: FBT001 - as every part
        for theme in themes_of(self.composer, self.review.id):
            title = f"{theme.ref} {theme.title}".strip()
            yield Section(
                key=theme.local_id,
                heading=title,
                blocks=tuple(self.theme(theme, numbered=numbered)),
                address=theme.address,
            )

    def theme(self, theme: Theme, *, numbered: bool) -> Iterator[Block]:
        composer = self.composer
        if theme.questions:
            yield paragraph(self.settings.questions, theme.at("questions"), is_numbered=numbered)
            items = tuple(composer.prose(q, theme.at("questions")) for q in theme.questions)
            yield Bullets(items=items, address=theme.at("questions"))
        yield from composer.prose(theme.summary, theme.at("summary"), numbered=numbered)
        yield from self.findings(self.of_theme(theme.id), 1)
        if theme.no_findings:
            said = composer.say(composer.wording.no_findings, reason=theme.no_findings)
            yield paragraph(said, theme.at("none_found"), is_numbered=numbered)

    def findings(self, findings: tuple[Finding, ...], depth: int) -> Iterator[Block]:
        """
        Yield findings by kind, in the order of the review kind's words.
        """
        kind = self.composer.view.configuration.review_kinds.get(self.review.review_kind)
        for key, words in kind.findings.items() if kind else ():
            of_kind = [finding for finding in findings if finding.finding_kind == key]
            if of_kind:
                heading = words.one if len(of_kind) == 1 else words.many
                yield Heading(
                    inlines=text_inlines(heading[:1].upper() + heading[1:]),
                    depth=depth,
                    address=self.review.address,
                )
                items = tuple(self.finding(finding) for finding in of_kind)
                yield Bullets(items=items, address=self.review.address)

    def finding(self, finding: Finding) -> Blocks:
        composer = self.composer
        label = Strong((Text(f"{finding.ref or finding.local_id}:"),))
        found = composer.labelled(label, finding.text, finding.at("text"))
        answer = composer.prose(response_sentence(composer, finding), finding.at("response"))
        return (*composer.marked(found, finding), *answer, *self.status(finding))

    @property
    def has_statuses(self) -> bool:
        """
        True if findings are printed with their status.
        """
        is_judged = self.composer.view.snapshot.table(Finding.kind) is not None
        return bool(self.settings.statuses) and is_judged

    def status(self, finding: Finding) -> Blocks:
        if not self.has_statuses:
            return ()
        composer, status = self.composer, self.composer.view.judged.status(finding)
        return of_state(
            composer, finding, composer.say(composer.wording.finding_status, status=status)
        )

    def key(self, _numbered: bool) -> Blocks:  # noqa: FBT001 - as every part
        if not self.has_statuses:
            return ()
        return (*as_of(self.composer), *key_of(self.composer, Finding.kind, ("status",)))


def _prose(name: str, key: str = "") -> Callable[[_Review, bool], Blocks]:
    return lambda made, numbered: made.composer.prose(
        getattr(made.review, name), made.review.at(key or name), numbered=numbered
    )


def _day(name: str) -> Callable[[_Review], Blocks]:
    return lambda made: cell(made.composer.day(getattr(made.review, name)), made.review.at(name))


def _party(name: str) -> Callable[[_Review], Blocks]:
    return lambda made: made.composer.of_one(
        Party, getattr(made.review, name), lambda party: party.name, made.review.at(name)
    )


def _earlier(made: _Review) -> Blocks:
    at = made.review.at("earlier")
    titles = made.composer.of_each(
        Review, made.review.earlier, lambda review: cell(review.title, at), at
    )
    return titles or cell(made.composer.wording.none, at)


FIELDS: dict[str, Callable[[_Review], Blocks]] = {
    "kind": lambda made: cell(made.kind, made.review.at("kind")),
    "host": _party("host"),
    "reviewing_body": _party("reviewing_body"),
    "team": _Review.team,
    "commissioned": _day("commissioned"),
    "visit": _day("visit"),
    "report_received": _day("report_received"),
    "published": _day("published"),
    "cost": _Review.cost,
    "cost_met_by": _party("cost_met_by"),
    "earlier": _earlier,
}

PARTS: dict[str, Callable[[_Review, bool], Blocks]] = {
    "statement": _Review.statement,
    "scope": _prose("scope_text", "scope"),
    "method": _prose("method"),
    "context": _prose("context"),
    "overall": _prose("overall"),
    "findings": lambda made, _numbered: tuple(made.findings(made.of_theme(""), 1)),
    "next_steps": _prose("next_steps"),
    "source": _prose("source"),
    "themes": lambda _made, _numbered: (),
    "key": _Review.key,
}


def compose(view: View, record: Record, settings: ReviewReportPaper) -> Document:
    """
    Return the paper as a tree.
    """
    review = cast("Review", record)
    composer = Composer(view)
    made = _Review(composer, review, settings)
    return composer.document(
        NAME,
        review,
        settings,
        title=composer.say(settings.title, title=review.title),
        subject=made.kind,
        front=front_sheet(composer, settings.front_sheet, review, made.field),
        sections=made.sections(),
    )


def shape(_configuration: Configuration, settings: ReviewReportPaper) -> Shape:
    """
    Return the names its templates may use.
    """
    return Shape(
        (
            *front_sheet_names(settings.front_sheet, {}),
            *sections_names(settings.sections, {"themes": {"*": "a theme"}}),
        )
    )
