"""
The action plan: an introduction and the table of actions, or a table for each group.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import cast

import attrs

from peerkit import Action, Configuration, Party, Plan, Record, Review, View
from peerkit.document import Document, Section, Shape
from peerkit_committee.configuration import ActionPlanPaper
from peerkit_committee.papers.actions import COLUMNS, Actions, names_of
from peerkit_committee.papers.appendices import goes_with
from peerkit_committee.papers.common import Blocks, Composer, cell
from peerkit_committee.papers.names import front_sheet_names, sections_names
from peerkit_committee.papers.sections import sections_of
from peerkit_committee.papers.tables import Lines, front_sheet

__all__ = ["COLUMNS", "FIELDS", "PARTS", "PlanPaper", "compose", "composed", "shape"]

NAME = "action-plan"


@attrs.frozen(kw_only=True)
class PlanPaper:
    """
    One plan being composed as the paper of that *name*, which has the *parts*.
    """

    name: str
    composer: Composer
    plan: Plan
    settings: ActionPlanPaper
    parts: Mapping[str, Callable[[PlanPaper, bool], Blocks]]

    @property
    def actions(self) -> Actions:
        """
        The plan's actions that may be seen.
        """
        actions = self.composer.linking(Action, "plan", self.plan)
        every = self.composer.view.snapshot.register.linking("action", "plan", self.plan.id)
        return Actions(
            paper=self.name,
            composer=self.composer,
            settings=self.settings,
            actions=actions,
            shows_all=len(actions) == len(every),
            address=self.plan.address,
            ratings=self.plan.ratings,
        )

    def field(self, part: str) -> Lines:
        """
        Yield what a line of the front sheet says.
        """
        if part in FIELDS:
            yield "", "", FIELDS[part](self)

    def reviews(self) -> Blocks:
        """
        Return the reviews that the plan answers.
        """
        at = self.plan.at("answers")
        return self.composer.of_each(
            Review, self.plan.answers, lambda review: cell(review.title, at), at
        )

    def lead(self) -> Blocks:
        """
        Return who leads it.
        """
        at = self.plan.at("lead")
        return self.composer.of_one(Party, self.plan.lead, self.composer.person, at)

    def report(self) -> Blocks:
        """
        Return the reports that this paper goes with.
        """
        return goes_with(self.composer, self.plan, self.name)

    def sections(self) -> Iterator[Section]:
        """
        Yield the sections in their order; groups of actions stand inside theirs.
        """
        return sections_of(
            self.composer,
            self.plan,
            self.settings,
            self.part,
            inner={"actions": lambda _numbered: self.actions.groups()},
        )

    def part(self, part: str, numbered: bool) -> Blocks:  # noqa: FBT001 - as every part
        """
        Return what a section that shows *part* says.
        """
        return self.parts[part](self, numbered) if part in self.parts else ()

    def introduction(self, numbered: bool) -> Blocks:  # noqa: FBT001 - as every part
        """
        Return the plan's introduction.
        """
        at = self.plan.at("introduction")
        return self.composer.prose(self.plan.introduction, at, numbered=numbered)


FIELDS: dict[str, Callable[[PlanPaper], Blocks]] = {
    "reviews": PlanPaper.reviews,
    "lead": PlanPaper.lead,
    "report": PlanPaper.report,
}

PARTS: dict[str, Callable[[PlanPaper, bool], Blocks]] = {
    "introduction": PlanPaper.introduction,
    "actions": lambda made, _numbered: made.actions.blocks(),
    "key": lambda made, _numbered: made.actions.key(),
}


def compose(view: View, record: Record, settings: ActionPlanPaper) -> Document:
    """
    Return the paper as a tree.
    """
    composer, plan = Composer(view), cast("Plan", record)
    return composed(
        PlanPaper(name=NAME, composer=composer, plan=plan, settings=settings, parts=PARTS)
    )


def composed(made: PlanPaper) -> Document:
    """
    Return a paper about a plan as a tree.
    """
    composer, plan, settings = made.composer, made.plan, made.settings
    return composer.document(
        made.name,
        plan,
        settings,
        title=composer.say(settings.title, title=plan.title) if settings.title else plan.title,
        subject=composer.view.configuration.organisation.name,
        front=front_sheet(composer, settings.front_sheet, plan, made.field),
        sections=made.sections(),
    )


def shape(configuration: Configuration, settings: ActionPlanPaper) -> Shape:
    """
    Return the names its templates may use.
    """
    return Shape(
        (
            *front_sheet_names(settings.front_sheet, {}),
            *sections_names(settings.sections, {}),
            *names_of(configuration, settings),
        )
    )
