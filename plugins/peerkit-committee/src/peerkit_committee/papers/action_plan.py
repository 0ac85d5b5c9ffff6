"""
The action plan: an introduction and the table of actions, or a table for each group.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import cast

import attrs

from peerkit import Action, Configuration, Finding, Party, Plan, Record, Review, Theme, View
from peerkit.document import Document, Name, Section, Shape, Table, Text, section_names
from peerkit.errors import PeerkitError
from peerkit_committee.configuration import ActionPlanPaper, ColumnSettings, GroupSettings
from peerkit_committee.papers.appendices import goes_with
from peerkit_committee.papers.common import Blocks, Composer, cell, in_order
from peerkit_committee.papers.judged import JUDGED, as_of, key_of, word_of
from peerkit_committee.papers.names import columns_names, front_sheet_names, sections_names
from peerkit_committee.papers.parts import MORE, RATING, part_of
from peerkit_committee.papers.responses import response_words
from peerkit_committee.papers.tables import Lines, front_sheet, table

__all__ = ["COLUMNS", "FIELDS", "PARTS", "compose", "composed", "shape"]

NAME = "action-plan"


@attrs.frozen
class _Plan:
    """
    One plan being composed as the paper of that *name*.
    """

    name: str
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
        return goes_with(self.composer, self.plan, self.name)

    def sections(self) -> Iterator[Section]:
        for key, settings in in_order(self.settings.sections, self.settings.order):
            if not self.composer.shows(self.plan, settings.when):
                continue
            part = part_of(key, settings.show)
            inner = tuple(self.groups()) if part == "actions" else ()
            blocks = self.part(part, numbered=settings.numbered is not False)
            if blocks or inner:
                yield Section(
                    key=key,
                    heading=settings.heading,
                    blocks=blocks,
                    sections=inner,
                    address=self.plan.address,
                )

    def part(self, part: str, *, numbered: bool) -> Blocks:
        if part.startswith(MORE):
            return self.composer.more(self.plan, part, numbered=numbered)
        return PARTS[part](self, numbered) if part in PARTS else ()

    def introduction(self, numbered: bool) -> Blocks:  # noqa: FBT001 - as every part
        at = self.plan.at("introduction")
        return self.composer.prose(self.plan.introduction, at, numbered=numbered)

    def key(self, _numbered: bool) -> Blocks:  # noqa: FBT001 - as every part
        return key_of(self.composer, Action.kind, self.axes) if self.every else ()

    # the actions

    @property
    def every(self) -> tuple[Action, ...]:
        """
        The plan's actions that may be seen.
        """
        return self.composer.linking(Action, "plan", self.plan)

    @property
    def shows_all(self) -> bool:
        """
        False if an action of the plan is withheld: that there is none may not be said then.
        """
        register = self.composer.view.snapshot.register
        return len(self.every) == len(register.linking("action", "plan", self.plan.id))

    def actions(self, _numbered: bool) -> Blocks:  # noqa: FBT001 - as every part
        actions, groups = self.every, self.settings.groups
        judged = as_of(self.composer) if actions and (self.axes or groups) else ()
        if actions and groups:
            return judged
        return (*judged, self.table("actions", self.settings.caption, actions))

    def groups(self) -> Iterator[Section]:
        """
        Yield a section for each group; an action belongs to the first that fits it.
        """
        groups = self.settings.groups
        members: dict[str, list[Action]] = {key: [] for key in groups}
        for action in self.every if groups else ():
            members[self.group_of(action)].append(action)
        for key, actions in members.items() if any(members.values()) else ():
            one = groups[key]
            if one.shown is False or not (actions or (one.empty and self.shows_all)):
                continue
            yield Section(
                key=key,
                heading=one.heading,
                blocks=self.group(key, one, tuple(actions)),
                address=self.plan.address,
            )

    def group_of(self, action: Action) -> str:
        for key, one in self.settings.groups.items():
            if self.composer.shows(action, one.when):
                return key
        raise PeerkitError(
            f"The action {action.id} belongs to none of the groups of {self.name}.",
            mend=f"Add a group without “when” at the end (papers, {self.name}, groups).",
        )

    def group(self, key: str, settings: GroupSettings, actions: tuple[Action, ...]) -> Blocks:
        if not actions:
            return cell(settings.empty, self.plan.address)
        caption = self.composer.say(
            self.composer.wording.group_caption,
            caption=self.settings.caption,
            group=settings.heading,
        )
        return (self.table(f"actions_{key}", caption, actions),)

    def table(self, key: str, caption: str, actions: Iterable[Action]) -> Table:
        return table(
            self.composer,
            key,
            caption,
            self.columns,
            ((action.address, self.row(action)) for action in actions),
            empty=self.settings.no_actions if self.shows_all else self.composer.wording.not_public,
            address=self.plan.address,
        )

    @property
    def columns(self) -> tuple[tuple[str, ColumnSettings], ...]:
        """
        The columns in their order, each with its heading; of ratings those the plan has.
        """
        ordered = dict(in_order(self.settings.columns, self.settings.column_order))
        configuration = self.composer.view.configuration
        return tuple(_expanded(ordered, _titles(configuration, self.plan.ratings)))

    @property
    def axes(self) -> tuple[str, ...]:
        """
        The axes whose words the columns show.
        """
        parts = [part_of(name, settings.show) for name, settings in self.columns]
        axes = [
            one.removeprefix(RATING) for one in parts if one == "status" or one.startswith(RATING)
        ]
        return tuple(dict.fromkeys(axes))

    def row(self, action: Action) -> Callable[[str], Blocks]:
        def cells(part: str) -> Blocks:
            if part.startswith(MORE):
                return self.composer.more(action, part)
            if part.startswith(RATING):
                return word_of(self.composer, action, part.removeprefix(RATING))
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


def _titles(configuration: Configuration, ratings: tuple[str, ...] = ()) -> Mapping[str, str]:
    """
    Return the titles of what actions are judged on, by axis: of ratings only those of the
    plan, if it names any.
    """
    rules = configuration.rules.get(Action.kind)
    titles = {
        axis: one.title or axis
        for axis, one in (rules.tables if rules else ())
        if axis == "status" or not ratings or axis in ratings
    }
    return {axis: title[:1].upper() + title[1:] for axis, title in titles.items()}


def _expanded(
    columns: Mapping[str, ColumnSettings], titles: Mapping[str, str]
) -> Iterator[tuple[str, ColumnSettings]]:
    """
    Yield the columns of statuses and ratings that have a title, and all others: `ratings`
    as one for each, all with their headings.
    """
    for name, settings in columns.items():
        part = part_of(name, settings.show)
        if part == "ratings":
            for axis, title in titles.items():
                show = f"{RATING}{axis}"
                if axis != "status":
                    yield show, attrs.evolve(settings, show=show, heading=title)
        elif part == "status" or part.startswith(RATING):
            title = titles.get(part.removeprefix(RATING), "")
            if title:
                yield name, attrs.evolve(settings, heading=settings.heading or title)
        else:
            yield name, settings


def _text(name: str) -> Callable[[_Plan, Action], Blocks]:
    return lambda _made, action: cell(getattr(action, name), action.at(name))


def _prose(name: str) -> Callable[[_Plan, Action], Blocks]:
    return lambda made, action: made.composer.prose(getattr(action, name), action.at(name))


def _day(name: str) -> Callable[[_Plan, Action], Blocks]:
    return lambda made, action: cell(made.composer.day(getattr(action, name)), action.at(name))


def _parties(name: str, key: str) -> Callable[[_Plan, Action], Blocks]:
    return lambda made, action: made.composer.names(getattr(action, name), action.at(key))


def _judged(said: Callable[[Composer, Action], Blocks]) -> Callable[[_Plan, Action], Blocks]:
    return lambda made, action: said(made.composer, action)


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
    "ratings": lambda _made, _action: (),  # one column for each, when a paper is made
    **{name: _judged(said) for name, said in JUDGED.items()},
}

FIELDS: dict[str, Callable[[_Plan], Blocks]] = {
    "reviews": _Plan.reviews,
    "lead": _Plan.lead,
    "report": _Plan.report,
}

PARTS: dict[str, Callable[[_Plan, bool], Blocks]] = {
    "introduction": _Plan.introduction,
    "actions": _Plan.actions,
    "key": _Plan.key,
}


def compose(view: View, record: Record, settings: ActionPlanPaper) -> Document:
    """
    Return the paper as a tree.
    """
    return composed(NAME, view, record, settings)


def composed(name: str, view: View, record: Record, settings: ActionPlanPaper) -> Document:
    """
    Return the paper of that *name* as a tree.
    """
    plan = cast("Plan", record)
    composer = Composer(view)
    made = _Plan(name, composer, plan, settings)
    return composer.document(
        name,
        plan,
        settings,
        title=composer.say(settings.title, title=plan.title) if settings.title else plan.title,
        subject=view.configuration.organisation.name,
        front=front_sheet(composer, settings.front_sheet, plan, made.field),
        sections=made.sections(),
    )


def shape(configuration: Configuration, settings: ActionPlanPaper) -> Shape:
    """
    Return the names its templates may use.
    """
    columns = dict(_expanded(settings.columns, _titles(configuration)))
    return Shape(
        (
            *front_sheet_names(settings.front_sheet, {}),
            *sections_names(settings.sections, {}),
            *columns_names("actions", columns),
            *_group_names(settings, columns),
        )
    )


def _group_names(
    settings: ActionPlanPaper, columns: Mapping[str, ColumnSettings]
) -> Iterator[Name]:
    """
    Yield the names of the groups: a section and a table for each that is shown.
    """
    shown = {k: one.heading for k, one in settings.groups.items() if one.shown is not False}
    for key, section in settings.sections.items():
        if part_of(key, section.show) == "actions":
            for group, heading in shown.items():
                yield from section_names(f"{key}/{group}", heading, heading, optional=True)
    for group, heading in shown.items():
        yield from columns_names(f"actions_{group}", columns, heading)
