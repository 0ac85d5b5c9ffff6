"""
The action plan: an introduction and the table of actions.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import cast

import attrs

from peerkit import Action, Configuration, Finding, Party, Plan, Record, Review, Theme, View
from peerkit.document import Document, Section, Shape, Text
from peerkit_committee.configuration import ActionPlanPaper
from peerkit_committee.papers.appendices import appended_to, goes_with, meeting_day
from peerkit_committee.papers.common import Blocks, Composer, cell, in_order
from peerkit_committee.papers.names import columns_names, front_sheet_names, sections_names
from peerkit_committee.papers.parts import MORE, part_of
from peerkit_committee.papers.responses import response_words
from peerkit_committee.papers.tables import Lines, front_sheet, table

__all__ = ["COLUMNS", "FIELDS", "PARTS", "compose", "day", "shape"]

NAME = "action-plan"


@attrs.frozen
class _Plan:
    """
    One plan being composed.
    """

    composer: Composer
    plan: Plan
    settings: ActionPlanPaper

    def field(self, part: str) -> Lines:
        if part in FIELDS:
            yield "", "", FIELDS[part](self)

    def reviews(self) -> Blocks:
        at = self.plan.at("answers")
        return self.composer.of_each(
            Review, self.plan.answers, lambda review: cell(review.title, at), at
        )

    def lead(self) -> Blocks:
        at = self.plan.at("lead")
        return self.composer.of_one(Party, self.plan.lead, self.composer.person, at)

    def report(self) -> Blocks:
        return goes_with(self.composer, self.plan)

    def sections(self) -> Iterator[Section]:
        for key, settings in in_order(self.settings.sections, self.settings.order):
            if not self.composer.shows(self.plan, settings.when):
                continue
            part = part_of(key, settings.show)
            blocks = self.part(part, numbered=settings.numbered is not False)
            if blocks:
                yield Section(
                    key=key, heading=settings.heading, blocks=blocks, address=self.plan.address
                )

    def part(self, part: str, *, numbered: bool) -> Blocks:
        if part.startswith(MORE):
            return self.composer.more(self.plan, part, numbered=numbered)
        return PARTS[part](self, numbered) if part in PARTS else ()

    def introduction(self, numbered: bool) -> Blocks:  # noqa: FBT001 - as every part
        at = self.plan.at("introduction")
        return self.composer.prose(self.plan.introduction, at, numbered=numbered)

    def actions(self, _numbered: bool) -> Blocks:  # noqa: FBT001 - as every part
        actions = self.composer.linking(Action, "plan", self.plan)
        made = table(
            self.composer,
            "actions",
            self.settings.caption,
            in_order(self.settings.columns, self.settings.column_order),
            ((action.address, self.row(action)) for action in actions),
            empty=self.settings.no_actions,
            address=self.plan.address,
        )
        return (made,)

    def row(self, action: Action) -> Callable[[str], Blocks]:
        def cells(part: str) -> Blocks:
            if part.startswith(MORE):
                return self.composer.more(action, part)
            return COLUMNS[part](self, action) if part in COLUMNS else ()

        return cells

    # columns

    def answers(self, action: Action, blocks: Callable[[Finding], Blocks]) -> Blocks:
        """
        Return the *blocks* of each finding that an action answers.
        """
        return self.composer.of_each(Finding, action.answers, blocks, action.at("answers"))

    def answered(self, action: Action) -> Blocks:
        """
        Return what an action answers: each finding by its number, and by its review where
        that is not the first the plan answers.
        """

        def line(finding: Finding) -> Blocks:
            label = finding.ref or finding.local_id
            review = self.composer.find(Review, finding.review)
            if review and review.id not in self.plan.answers[:1]:
                label += f" ({review.title})"
            return self.composer.labelled(Text(f"{label}:"), finding.text, action.at("answers"))

        return self.answers(action, line)

    def responses(self, action: Action) -> Blocks:
        """
        Return the host's answer to each finding, by its number.
        """

        def line(finding: Finding) -> Blocks:
            said = response_words(self.composer, finding)
            label = Text(f"{finding.ref or finding.local_id}:")
            return self.composer.labelled(label, said, action.at("answers")) if said else ()

        return self.answers(action, line)

    def themes(self, action: Action) -> Blocks:
        told: set[str] = set()

        def lines(finding: Finding) -> Blocks:
            new = [theme for theme in finding.themes if theme not in told]
            told.update(new)
            return self.composer.of_each(Theme, new, lambda theme: cell(theme.title))

        return self.answers(action, lines)

    def what(self, action: Action) -> Blocks:
        return self.composer.marked(self.composer.prose(action.do, action.at("do")), action)


def _text(name: str) -> Callable[[_Plan, Action], Blocks]:
    return lambda _made, action: cell(getattr(action, name), action.at(name))


def _prose(name: str) -> Callable[[_Plan, Action], Blocks]:
    return lambda made, action: made.composer.prose(getattr(action, name), action.at(name))


def _day(name: str) -> Callable[[_Plan, Action], Blocks]:
    return lambda made, action: cell(made.composer.day(getattr(action, name)), action.at(name))


def _parties(name: str, key: str) -> Callable[[_Plan, Action], Blocks]:
    return lambda made, action: made.composer.names(getattr(action, name), action.at(key))


COLUMNS: dict[str, Callable[[_Plan, Action], Blocks]] = {
    "ref": lambda _made, action: cell(action.ref or action.local_id, action.at("ref")),
    "answers": _Plan.answered,
    "theme": _Plan.themes,
    "response": _Plan.responses,
    "do": _Plan.what,
    "owner": _parties("owners", "owner"),
    "partners": _parties("partners", "partners"),
    "start": _day("start"),
    "due": _day("due"),
    "success": _prose("success"),
    "baseline": _text("baseline"),
    "target": _text("target"),
    "resources": _prose("resources"),
}

FIELDS: dict[str, Callable[[_Plan], Blocks]] = {
    "reviews": _Plan.reviews,
    "lead": _Plan.lead,
    "report": _Plan.report,
}

PARTS: dict[str, Callable[[_Plan, bool], Blocks]] = {
    "introduction": _Plan.introduction,
    "actions": _Plan.actions,
}


def compose(view: View, record: Record, settings: ActionPlanPaper) -> Document:
    """
    Return the paper as a tree.
    """
    plan = cast("Plan", record)
    composer = Composer(view)
    made = _Plan(composer, plan, settings)
    return composer.document(
        NAME,
        plan,
        settings,
        title=plan.title,
        subject=composer.view.configuration.organisation.name,
        front=front_sheet(composer, settings.front_sheet, plan, made.field),
        sections=made.sections(),
    )


def shape(_configuration: Configuration, settings: ActionPlanPaper) -> Shape:
    """
    Return the names its templates may use.
    """
    return Shape(
        (
            *front_sheet_names(settings.front_sheet, {}),
            *sections_names(settings.sections, {}),
            *columns_names("actions", settings.columns),
        )
    )


def day(view: View, record: Record) -> dt.date | None:
    """
    Return the day it is made as of, if it has one.
    """
    plan = cast("Plan", record)
    if plan.day and plan.day.is_exact:
        return plan.day.last
    report = appended_to(view, record)
    return meeting_day(view, report) if report else None
