"""
The minute of one item: its narrative, and what was decided, as its body's style tells it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import attrs

from peerkit import Action, Day, Party
from peerkit.document import Block, Heading, Paragraph, escape_markdown, plain_text, text_inlines
from peerkit.errors import Address
from peerkit_committee.configuration import MinutesPaper, MinuteStyle
from peerkit_committee.matters import body_of, decided_on, report_of
from peerkit_committee.papers.common import Blocks, Composer, cell, paragraph, same
from peerkit_committee.papers.decisions import (
    proposed_parts,
    resolved_parts,
    style_of,
    styled,
)
from peerkit_committee.papers.tables import table
from peerkit_committee.records import AgendaItem, Body, CommitteeReport, Meeting, Resolution
from peerkit_committee.verbs import without_stop

__all__ = ["ITEM_PARTS", "Minute", "difference", "made_by", "refers_to"]


@attrs.frozen
class Minute:
    """
    One item being minuted.
    """

    composer: Composer
    item: AgendaItem
    settings: MinutesPaper

    @property
    def resolutions(self) -> tuple[Resolution, ...]:
        """
        What was resolved under it and may be seen.
        """
        return self.composer.linking(Resolution, "item", self.item)

    @property
    def style(self) -> MinuteStyle:
        """
        The minute style of the body that met.
        """
        meeting = self.composer.find(Meeting, self.item.meeting)
        return style_of(self.composer, None, meeting.body if meeting is not None else "")

    def blocks(self, *, numbered: bool) -> Iterator[Block]:
        """
        Yield the whole minute, part by part in the style's order.
        """
        style = self.style
        for part in style.order:
            made = tuple(self.part(part, numbered=numbered))
            if not plain_text(made).strip():
                if part not in style.needs or not self.resolutions:
                    continue
                gap = style.gap or self.composer.wording.not_stated
                made = (paragraph(gap, self.item.at(part), is_numbered=numbered),)
            heading = self.heading(part, made)
            if heading:
                yield Heading(inlines=text_inlines(heading), address=self.item.at(part))
            yield from made

    def heading(self, part: str, made: Blocks) -> str:
        """
        Return the words over a part of the minute; none over a part that has none.
        """
        style = self.style
        if part == "reasons" and style.one_reason and len(made) == 1:
            return style.one_reason
        return style.headings.get(part, "")

    def part(self, part: str, *, numbered: bool) -> Iterator[Block]:
        """
        Yield one part of the minute.
        """
        if part == "decision":
            yield from self.decision(numbered=numbered)
        elif part in ITEM_PARTS:
            for block in ITEM_PARTS[part](self):
                if isinstance(block, Paragraph):
                    yield attrs.evolve(block, is_numbered=numbered)
                else:
                    yield block

    def decision(self, *, numbered: bool) -> Iterator[Block]:
        """
        Yield what was decided, each resolution under the words for it.
        """
        composer, style = self.composer, self.style
        for resolution in self.resolutions:
            at = resolution.at("text")
            yield Heading(inlines=text_inlines(self.words_over(resolution)), address=at)
            parts = resolved_parts(composer, resolution, style.verb_form)
            if parts:
                made = tuple(styled(composer, parts, style, at, numbered=numbered))
                yield from composer.marked(made, resolution)
            else:
                yield paragraph(composer.wording.not_public, at, is_numbered=numbered)

    def words_over(self, resolution: Resolution) -> str:
        """
        Return the words over a decision, or those over a recommendation.
        """
        composer, style = self.composer, self.style
        if not (resolution.recommends_to and style.recommended):
            return style.heading
        body = composer.find(Body, resolution.recommends_to)
        name = body.name if body is not None else composer.wording.not_public
        return composer.say(style.recommended, body=name)

    # parts that are texts

    def prose(self, field: str) -> Blocks:
        """
        Return a text of the item's.
        """
        return self.composer.prose(getattr(self.item, field), self.item.at(field))

    def either(self, field: str) -> Blocks:
        """
        Return the item's own text, or else those of its resolutions.
        """
        if getattr(self.item, field):
            return self.prose(field)
        return self.each(field)

    def each(self, field: str) -> Blocks:
        """
        Return a text of each of its resolutions.
        """
        composer = self.composer
        return tuple(
            block
            for one in self.resolutions
            for block in composer.prose(getattr(one, field), one.at(field))
        )

    def vote(self) -> Blocks:
        """
        Return how it was voted.
        """
        return tuple(paragraph(one.vote, one.at("vote")) for one in self.resolutions if one.vote)

    def report(self) -> Blocks:
        """
        Return the sentence that says which report was considered.
        """
        composer = self.composer

        def line(report: CommitteeReport) -> Blocks:
            said = composer.say(composer.wording.report_considered, title=report.title)
            return cell(said, self.item.at("report"))

        return composer.of_each(
            CommitteeReport, filter(None, (self.item.report,)), line, self.item.at("report")
        )

    def urgency(self) -> Blocks:
        """
        Return why an item that was not on the agenda was taken.
        """
        if self.item.on_agenda != "urgent":
            return ()
        composer, at = self.composer, self.item.at("urgent_reason")
        reason = without_stop(self.item.urgent_reason) or escape_markdown(
            composer.wording.not_stated
        )
        return composer.prose(
            composer.sentence(composer.wording.taken_urgent, {"reason": reason}), at
        )

    def left_room(self) -> Blocks:
        """
        Return who left the room for it.
        """
        composer, at = self.composer, self.item.at("left_room")
        names = plain_text(composer.names(self.item.left_room, at))
        return cell(composer.say(composer.wording.left_room, names=names), at) if names else ()

    def differences(self) -> Blocks:
        """
        Return where another wording was resolved than was proposed.
        """
        return tuple(block for one in self.resolutions for block in difference(self.composer, one))

    def refers(self) -> Blocks:
        """
        Return which earlier resolution each takes up again.
        """
        return tuple(block for one in self.resolutions for block in refers_to(self.composer, one))

    def actions(self) -> Blocks:
        """
        Return the table of actions arising, each with its owner and its day.
        """
        actions = [
            action
            for resolution in self.resolutions
            for action in self.composer.linking(Action, "arises_from", resolution)
        ]
        rows = [
            (action.address, self.row(action.do, action.owners, action.due, action.address))
            for action in actions
        ]
        return self.table(self.settings.actions_caption, rows)

    def commitments(self) -> Blocks:
        """
        Return the table of what was promised and no resolution carries.
        """
        rows = [
            (at, self.row(one.what, one.owners, one.due, at))
            for index, one in enumerate(self.item.commitments)
            for at in [self.item.at(f"commitments/{index}")]
        ]
        return self.table(self.settings.commitments_caption, rows)

    def row(
        self, what: str, owners: tuple[str, ...], due: Day | None, at: Address
    ) -> Callable[[str], Blocks]:
        """
        Return one row of a table of what is to be done.
        """
        composer = self.composer
        made = {
            "what": composer.prose(what, at),
            "owner": composer.names(owners, at),
            "due": cell(composer.day(due), at),
        }
        return lambda part: made.get(part, ())

    def table(self, caption: str, rows: list[tuple[Address, Callable[[str], Blocks]]]) -> Blocks:
        """
        Return a table of what is to be done; nothing without rows.
        """
        if not rows:
            return ()
        return (
            table(
                self.composer,
                "",  # templates place the item, not its tables
                caption,
                self.settings.actions_columns.items(),
                rows,
                empty=self.composer.wording.none,
                address=self.item.address,
            ),
        )


def difference(composer: Composer, resolution: Resolution) -> Blocks:
    """
    Return the sentence that gives the proposed wording, if another was resolved.
    """
    report = report_of(resolution, composer.view.snapshot.register)
    if resolution.as_proposed or report is None or not composer.view.shows(report):
        return ()
    style = style_of(composer, resolution)
    configuration = composer.view.configuration
    proposed = proposed_parts(report, style.verb_form, configuration)
    resolved = resolved_parts(composer, resolution, style.verb_form)
    if not proposed or not resolved:
        return ()
    texts = [composer.join(part.text for part in parts) for parts in (proposed, resolved)]
    if same(*texts):
        return ()
    at = resolution.at("text")
    return composer.prose(
        composer.sentence(composer.wording.resolved_otherwise, {"proposed": texts[0]}), at
    )


def refers_to(composer: Composer, resolution: Resolution) -> Blocks:
    """
    Return which earlier resolution one takes up again, or which recommendation it decides.
    """
    blocks: list[Block] = []
    words = composer.wording
    for field, sentence in (
        ("refers_to", words.refers_back),
        ("decides_on", words.decides_recommendation),
    ):
        earlier = composer.find(Resolution, getattr(resolution, field))
        if earlier is not None:
            text = composer.join(part.text for part in resolved_parts(composer, earlier, "passive"))
            blocks += composer.prose(
                composer.sentence(sentence, {"text": text}, made=made_by(composer, earlier)),
                resolution.at(field),
            )
    return tuple(blocks)


def made_by(composer: Composer, resolution: Resolution) -> str:
    """
    Return who decided, and when.
    """
    register, words = composer.view.snapshot.register, composer.wording
    party = composer.find(Party, resolution.decided_by)
    body = body_of(resolution, register)
    if party is not None:
        name = composer.person(party)
    elif body is not None and composer.view.shows(body):
        name = body.name
    else:
        name = words.not_public if body is not None or resolution.decided_by else words.not_stated
    # A meeting that is withheld tells nobody its day.
    day = decided_on(resolution, composer.view.judged.register)
    return composer.say(words.meeting, body=name, day=composer.day(day))


ITEM_PARTS: Mapping[str, Callable[[Minute], Blocks]] = {
    "report": Minute.report,
    "urgency": Minute.urgency,
    "narrative": lambda minute: minute.prose("narrative"),
    "interests": lambda minute: minute.either("interests"),
    "left_room": Minute.left_room,
    "options": lambda minute: minute.either("options"),
    "reasons": lambda minute: minute.either("reasons"),
    "dispensations": lambda minute: minute.each("dispensations"),
    "vote": Minute.vote,
    "difference": Minute.differences,
    "refers": Minute.refers,
    "actions": Minute.actions,
    "commitments": Minute.commitments,
}
"""The parts of a minute that a style can order, beside the decision itself."""
