"""
The action plan: an introduction and the table of actions.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import cast

import attrs

from peerkit import Action, Configuration, Finding, Plan, Record, Review, Theme, View
from peerkit.document import Block, Document, Section, Shape, escape_markdown
from peerkit_committee.configuration import ActionPlanPaper
from peerkit_committee.papers.committee_report import appended_to, meeting_day
from peerkit_committee.papers.common import Composer, cell, in_order, part_of
from peerkit_committee.papers.names import columns_names, front_sheet_names, sections_names

__all__ = ["COLUMNS", "FIELDS", "PARTS", "compose", "day", "shape"]

NAME = "action-plan"

Blocks = tuple[Block, ...]


@attrs.frozen
class _Plan:
    """
    One plan being composed.
    """

    composer: Composer
    plan: Plan
    settings: ActionPlanPaper

    def field(self, part: str) -> Iterable[tuple[str, str, Blocks]]:
        if part in FIELDS:
            yield "", "", FIELDS[part](self)

    def reviews(self) -> Blocks:
        found = (self.composer.find(Review, one) for one in self.plan.answers)
        return tuple(block for review in found if review for block in cell(review.title))

    def lead(self) -> Blocks:
        person = self.composer.person(self.plan.lead)
        return cell(person or self.composer.wording.not_stated, self.plan.at("lead"))

    def report(self) -> Blocks:
        report = appended_to(self.composer.view, self.plan)
        return cell(report.title if report else self.composer.wording.not_stated)

    def sections(self) -> Iterator[Section]:
        for key, settings in in_order(self.settings.sections, self.settings.order):
            if not self.composer.shows(self.plan, settings.when):
                continue
            part = PARTS.get(part_of(key, settings.show))
            blocks = part(self, settings.numbered is not False) if part else ()
            if blocks:
                yield Section(
                    key=key, heading=settings.heading, blocks=blocks, address=self.plan.address
                )

    def introduction(self, numbered: bool) -> Blocks:  # noqa: FBT001 - as every part
        at = self.plan.at("introduction")
        return self.composer.prose(self.plan.introduction, at, numbered=numbered)

    def actions(self, _numbered: bool) -> Blocks:  # noqa: FBT001 - as every part
        actions = self.composer.linking(Action, "plan", self.plan)
        table = self.composer.table(
            "actions",
            self.settings.caption,
            in_order(self.settings.columns, self.settings.column_order),
            ((action.address, self.row(action)) for action in actions),
            empty=self.settings.no_actions,
            address=self.plan.address,
        )
        return (table,)

    def row(self, action: Action) -> Callable[[str], Blocks]:
        return lambda part: COLUMNS[part](self, action) if part in COLUMNS else ()

    # columns

    def findings(self, action: Action) -> tuple[Finding, ...]:
        found = (self.composer.find(Finding, one) for one in action.answers)
        return tuple(finding for finding in found if finding)

    def answered(self, action: Action) -> Blocks:
        """
        Return what an action answers: each finding by its number, and by its review where
        that is not the first the plan answers.
        """
        blocks: list[Block] = []
        for finding in self.findings(action):
            label = escape_markdown(finding.ref or finding.local_id)
            review = self.composer.find(Review, finding.review)
            if review and review.id not in self.plan.answers[:1]:
                label += f" ({escape_markdown(review.title)})"
            blocks += self.composer.prose(f"{label}: {finding.text}", action.at("answers"))
        return tuple(blocks)

    def themes(self, action: Action) -> Blocks:
        ids = {theme: None for finding in self.findings(action) for theme in finding.themes}
        found = (self.composer.find(Theme, one) for one in ids)
        return tuple(block for theme in found if theme for block in cell(theme.title))

    def what(self, action: Action) -> Blocks:
        return self.composer.marked(self.composer.prose(action.do, action.at("do")), action)


def _text(name: str) -> Callable[[_Plan, Action], Blocks]:
    return lambda _made, action: cell(getattr(action, name), action.at(name))


def _prose(name: str) -> Callable[[_Plan, Action], Blocks]:
    return lambda made, action: made.composer.prose(getattr(action, name), action.at(name))


def _day(name: str) -> Callable[[_Plan, Action], Blocks]:
    return lambda made, action: cell(made.composer.day(getattr(action, name)), action.at(name))


def _parties(name: str, key: str) -> Callable[[_Plan, Action], Blocks]:
    return lambda made, action: cell(made.composer.names(getattr(action, name)), action.at(key))


COLUMNS: dict[str, Callable[[_Plan, Action], Blocks]] = {
    "ref": lambda _made, action: cell(action.ref or action.local_id, action.at("ref")),
    "answers": _Plan.answered,
    "theme": _Plan.themes,
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
        title=plan.title,
        subject=composer.view.configuration.organisation.name,
        numbering=settings.numbering,
        front=composer.front_sheet(settings.front_sheet, plan, made.field),
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
