"""
How many actions of a plan came and went since it was last reported on, theme by theme.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

import attrs

from peerkit import Action, Plan, Record, Review, Snapshot, Theme, View, changes
from peerkit.document import Block, Paragraph
from peerkit.errors import Address
from peerkit_committee.configuration import ProgressReportPaper
from peerkit_committee.facts.actions import last_reported
from peerkit_committee.papers.common import Blocks, Composer, cell, paragraph
from peerkit_committee.papers.judged import printed
from peerkit_committee.papers.parts import part_of
from peerkit_committee.papers.tables import table

__all__ = ["movement"]

_COUNTS = ("opening", "new", "reopened", "closed", "closing")


@attrs.frozen(kw_only=True)
class _Line:
    """
    One line of the table: a theme or the total, and how many actions it *counts* of each.
    """

    name: str
    counts: Mapping[str, int]
    address: Address

    def cells(self, part: str) -> Blocks:
        """
        Return what the column *part* says.
        """
        said = self.name if part == "theme" else str(self.counts.get(part, ""))
        return cell(said, self.address)


def movement(
    composer: Composer, plan: Plan, settings: ProgressReportPaper, *, numbered: bool
) -> Blocks:
    """
    Return the table of each theme with a total, behind a sentence that balances.

    Only what the audience may see is counted. Where nothing was reported before, a sentence
    says so.
    """
    if Action.kind not in composer.view.configuration.rules:
        return ()  # nothing tells what is finished
    if not composer.linking(Action, "plan", plan):
        return ()
    since = last_reported(plan.id, composer.view.judged)
    if since is None:
        said = composer.wording.movement_first
        return (paragraph(said, plan.address, is_numbered=numbered),)
    lines = _lines(composer, plan, since)
    made = _blocks(composer, plan, settings, lines, since) if lines else ()
    return tuple(
        attrs.evolve(block, is_numbered=numbered) if isinstance(block, Paragraph) else block
        for block in made
    )


def _lines(composer: Composer, plan: Plan, since: dt.date) -> tuple[_Line, ...]:
    """
    Return a line for each theme, the total last; none where no stage of an action is final.
    """
    before, after = _snapshots(composer.view, plan, since)
    balances = changes(before, after).balances.get(Action.kind)
    if balances is None:
        return ()

    def line(name: str, balance: object, record: Record) -> _Line:
        counts = {one: getattr(balance, one) for one in _COUNTS}
        return _Line(name=name, counts=counts, address=record.address)

    return (
        *(
            line(_named(composer, plan, one.theme), one, one.theme or plan)
            for one in balances.themes
        ),
        line(composer.wording.total, balances.total, plan),
    )


def _snapshots(view: View, plan: Plan, since: dt.date) -> tuple[Snapshot, Snapshot]:
    """
    Return how the plan's actions that may be seen stood at the end of the day *since*, and
    how they stand now.
    """
    seen = view.judged.register
    actions = {one.id: one for one in view.linking(Action.kind, "plan", plan.id)}
    part = attrs.evolve(seen, records={**seen.records, Action.kind: actions})
    return attrs.evolve(view.snapshot, on=since).within(part), view.snapshot.within(part)


def _named(composer: Composer, plan: Plan, theme: Theme | None) -> str:
    """
    Return the title of a theme, with its review where that is not the first the plan answers.
    """
    if theme is None:
        return composer.wording.no_theme
    review = composer.find(Review, theme.review)
    if review is None or review.id in plan.answers[:1]:
        return theme.title
    return f"{theme.title} ({review.title})"


def _blocks(
    composer: Composer,
    plan: Plan,
    settings: ProgressReportPaper,
    lines: tuple[_Line, ...],
    since: dt.date,
) -> Iterator[Block]:
    words, at = composer.wording, plan.address
    *themes, total = lines
    reopened = any(one.counts["reopened"] for one in lines)
    said = {"since": printed(since), "until": printed(composer.view.on)}
    said |= {one: str(number) for one, number in total.counts.items()}
    sentence = words.movement_reopened if reopened else words.movement
    yield paragraph(composer.say(sentence, **said), at)
    if any(sum(one.counts[part] for one in themes) != total.counts[part] for part in _COUNTS):
        yield paragraph(words.movement_shared, at)
    yield table(
        composer,
        "movement",
        settings.movement_caption,
        (
            (name, column)
            for name, column in settings.movement_columns.items()
            if reopened or part_of(name, column.show) != "reopened"
        ),
        ((one.address, one.cells) for one in lines),
        empty=words.none,
        address=at,
    )
