"""
Actions in a paper: one table of them, or one for each group, in the columns a council asks for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

import attrs

from peerkit import Action, Configuration, Finding, Plan, Review, Theme
from peerkit.document import Name, Section, Table, Text, section_names
from peerkit.errors import Address, PeerkitError
from peerkit_committee.configuration import ActionsPaper, ColumnSettings, GroupSettings
from peerkit_committee.matters import decided_on
from peerkit_committee.papers.arising import said_of
from peerkit_committee.papers.common import Blocks, Composer, cell, in_order
from peerkit_committee.papers.judged import JUDGED, as_of, key_of, word_of
from peerkit_committee.papers.names import columns_names
from peerkit_committee.papers.parts import MORE, RATING, part_of
from peerkit_committee.papers.responses import response_words
from peerkit_committee.papers.tables import table
from peerkit_committee.records import Resolution

__all__ = ["COLUMNS", "Actions", "names_of"]


@attrs.frozen(kw_only=True)
class Actions:
    """
    The *actions* of one *paper*, being printed as *settings* ask.

    Unless *shows_all*, some may not be seen: that there is none is not said then. *ratings*
    are the axes that a plan names, all if none. What is of no action has the *address*.
    """

    paper: str
    composer: Composer
    settings: ActionsPaper
    actions: tuple[Action, ...]
    shows_all: bool
    address: Address
    ratings: tuple[str, ...] = ()

    def blocks(self) -> Blocks:
        """
        Return the day of the statuses, and the table unless there are groups.
        """
        actions, groups = self.actions, self._groups
        judged = as_of(self.composer) if actions and (self.axes or groups) else ()
        if actions and groups:
            return judged
        return (*judged, self.table("actions", self.settings.caption, actions))

    def key(self) -> Blocks:
        """
        Return what the words in the columns mean.
        """
        return key_of(self.composer, Action.kind, self.axes) if self.actions else ()

    def groups(self) -> Iterator[Section]:
        """
        Yield a section for each group; an action belongs to the first that fits it.
        """
        groups = self._groups
        members: dict[str, list[Action]] = {key: [] for key in groups}
        for action in self.actions if groups else ():
            members[self._group_of(action)].append(action)
        for key, actions in members.items() if any(members.values()) else ():
            one = groups[key]
            if one.shown is False or not (actions or (one.empty and self.shows_all)):
                continue
            yield Section(
                key=key,
                heading=one.heading,
                blocks=self._group(key, one, tuple(actions)),
                address=self.address,
            )

    @property
    def _groups(self) -> Mapping[str, GroupSettings]:
        """
        The groups; none where no rules tell how far actions have come.
        """
        rules = self.composer.view.configuration.rules
        return self.settings.grouping if Action.kind in rules else {}

    def _group_of(self, action: Action) -> str:
        for key, one in self._groups.items():
            if self.composer.shows(action, one.when):
                return key
        raise PeerkitError(
            f"The action {action.id} belongs to none of the groups of {self.paper}.",
            mend=f"Add a group without “when” at the end (papers, {self.paper}, groups).",
        )

    def _group(self, key: str, settings: GroupSettings, actions: tuple[Action, ...]) -> Blocks:
        if not actions:
            return cell(settings.empty, self.address)
        caption = self.composer.say(
            self.composer.wording.group_caption,
            caption=self.settings.caption,
            group=settings.heading,
        )
        return (self.table(f"actions_{key}", caption, actions),)

    def table(self, key: str, caption: str, actions: Iterable[Action]) -> Table:
        """
        Return some of the actions as a table.
        """
        return table(
            self.composer,
            key,
            caption,
            self.columns,
            ((action.address, self._row(action)) for action in actions),
            empty=self.settings.no_actions if self.shows_all else self.composer.wording.not_public,
            address=self.address,
        )

    def _row(self, action: Action) -> Callable[[str], Blocks]:
        composer = self.composer

        def cells(part: str) -> Blocks:
            if part.startswith(MORE):
                return composer.more(action, part)
            if part.startswith(RATING):
                return word_of(composer, action, part.removeprefix(RATING))
            return COLUMNS[part](composer, action) if part in COLUMNS else ()

        return cells

    @property
    def columns(self) -> tuple[tuple[str, ColumnSettings], ...]:
        """
        The columns in their order, each with its heading; of ratings those the plan has.
        """
        ordered = dict(in_order(self.settings.columns, self.settings.column_order))
        configuration = self.composer.view.configuration
        return tuple(_expanded(ordered, _titles(configuration, self.ratings)))

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


# names for templates


def names_of(configuration: Configuration, settings: ActionsPaper) -> Iterator[Name]:
    """
    Yield the names of the table of actions and of the groups: a section and a table for
    each that is shown.
    """
    columns = dict(_expanded(settings.columns, _titles(configuration)))
    yield from columns_names("actions", columns)
    shown = {k: one.heading for k, one in settings.grouping.items() if one.shown is not False}
    for key, section in settings.sections.items():
        if part_of(key, section.show) == "actions":
            for group, heading in shown.items():
                yield from section_names(f"{key}/{group}", heading, heading, optional=True)
    for group, heading in shown.items():
        yield from columns_names(f"actions_{group}", columns, heading)


# columns


def _findings(composer: Composer, action: Action, blocks: Callable[[Finding], Blocks]) -> Blocks:
    return composer.of_each(Finding, action.answers, blocks, action.at("answers"))


def _answers(composer: Composer, action: Action) -> Blocks:
    """
    Return what an action answers: each finding by its number, and by its review where
    that is not the first the plan answers.
    """
    plan = composer.find(Plan, action.plan)
    first = plan.answers[:1] if plan is not None else ()

    def line(finding: Finding) -> Blocks:
        label = finding.ref or finding.local_id
        review = composer.find(Review, finding.review)
        if review and review.id not in first:
            label += f" ({review.title})"
        return composer.labelled(Text(f"{label}:"), finding.text, action.at("answers"))

    return _findings(composer, action, line)


def _responses(composer: Composer, action: Action) -> Blocks:
    """
    Return the host's answer to each finding, by its number.
    """

    def line(finding: Finding) -> Blocks:
        said = response_words(composer, finding)
        label = Text(f"{finding.ref or finding.local_id}:")
        return composer.labelled(label, said, action.at("answers")) if said else ()

    return _findings(composer, action, line)


def _themes(composer: Composer, action: Action) -> Blocks:
    told: set[str] = set()

    def lines(finding: Finding) -> Blocks:
        new = [theme for theme in finding.themes if theme not in told]
        told.update(new)
        return composer.of_each(Theme, new, lambda theme: cell(theme.title))

    return _findings(composer, action, lines)


def _do(composer: Composer, action: Action) -> Blocks:
    return composer.marked(composer.prose(action.do, action.at("do")), action)


def _resolution(composer: Composer, action: Action, said: Callable[[Resolution], str]) -> Blocks:
    ids = (action.arises_from,) if action.arises_from else ()
    at = action.at("arises_from")
    return composer.of_each(Resolution, ids, lambda one: cell(said(one), at), at)


def _arises_from(composer: Composer, action: Action) -> Blocks:
    return _resolution(composer, action, lambda one: said_of(composer, one))


def _made_on(composer: Composer, action: Action) -> Blocks:
    seen = composer.view.judged.register
    return _resolution(composer, action, lambda one: composer.day(decided_on(one, seen)))


_Column = Callable[[Composer, Action], Blocks]


def _text(name: str) -> _Column:
    return lambda _composer, action: cell(getattr(action, name), action.at(name))


def _prose(name: str) -> _Column:
    return lambda composer, action: composer.prose(getattr(action, name), action.at(name))


def _day(name: str) -> _Column:
    return lambda composer, action: cell(composer.day(getattr(action, name)), action.at(name))


def _parties(name: str, key: str) -> _Column:
    return lambda composer, action: composer.names(getattr(action, name), action.at(key))


COLUMNS: Mapping[str, _Column] = {
    "ref": lambda _composer, action: cell(action.ref or action.local_id, action.at("ref")),
    "answers": _answers,
    "theme": _themes,
    "response": _responses,
    "arises_from": _arises_from,
    "made_on": _made_on,
    "do": _do,
    "owner": _parties("owners", "owner"),
    "partners": _parties("partners", "partners"),
    "start": _day("start"),
    "due": _day("due"),
    "success": _prose("success"),
    "baseline": _text("baseline"),
    "target": _text("target"),
    "resources": _prose("resources"),
    "ratings": lambda _composer, _action: (),  # one column for each, when a paper is made
    **JUDGED,
}
