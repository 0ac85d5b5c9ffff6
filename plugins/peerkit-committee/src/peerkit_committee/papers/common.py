"""
What composing any committee paper needs: words filled in, names, prose, front sheets.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar, cast

import attrs

from peerkit import Absence, Day, Party, Record, Review, Theme, View, fits
from peerkit.document import (
    Block,
    Bullets,
    Column,
    Document,
    Field,
    Fields,
    Inline,
    Paragraph,
    Properties,
    Row,
    Section,
    Strong,
    Table,
    Text,
    blocks_from_markdown,
    inlines_from_markdown,
    plain_text,
    text_inlines,
)
from peerkit.errors import Address, PeerkitError
from peerkit_committee.configuration import ColumnSettings, FrontSheet, Wording
from peerkit_committee.records import Passage

__all__ = ["Composer", "cell", "in_order", "paragraph", "part_of", "same"]

_PLACE = re.compile(r"\{(\w+)\}")
R = TypeVar("R", bound=Record)
S = TypeVar("S")


def in_order(named: Mapping[str, S], order: Iterable[str]) -> Iterator[tuple[str, S]]:
    """
    Yield what is *named* in *order*, what the order leaves out behind it.
    """
    first = [key for key in order if key in named]
    for key in (*first, *(key for key in named if key not in first)):
        yield key, named[key]


def part_of(key: str, show: str) -> str:
    """
    Return which part of a record a section, field or column shows.
    """
    return show or key


def same(first: str, second: str) -> bool:
    """
    True if two texts say the same but for capitals and spacing.
    """
    return first.casefold().split() == second.casefold().split()


def paragraph(text: str, address: Address | None = None, **changes: Any) -> Paragraph:
    """
    Return plain *text* as one paragraph.
    """
    return Paragraph(inlines=text_inlines(text), address=address, **changes)


def cell(text: str, address: Address | None = None) -> tuple[Block, ...]:
    """
    Return plain *text* as the blocks of a table's cell or a field.
    """
    return (paragraph(text, address),)


@attrs.frozen
class Composer:
    """
    What a paper is composed from: what may be seen, and the council's words.
    """

    view: View

    @property
    def wording(self) -> Wording:
        """
        The council's words.
        """
        return cast("Wording", self.view.configuration.sections["wording"])

    def say(self, template: str, **values: str) -> str:
        """
        Return a sentence of the configuration with *values* put in.

        Raises:
            PeerkitError: If it asks for something that is not there.
        """

        def put(found: re.Match[str]) -> str:
            if found[1] not in values:
                raise PeerkitError(
                    f"The wording “{template}” asks for {{{found[1]}}}.",
                    mend=f"It can have {', '.join(f'{{{name}}}' for name in values)}.",
                )
            return values[found[1]]

        return _PLACE.sub(put, template)

    def find(self, kind: type[R], record_id: str) -> R | None:
        """
        Return a record of that class, or None if there is none to be seen.
        """
        return cast("R | None", self.view.find(kind.kind, record_id)) if record_id else None

    def linking(self, kind: type[R], field: str, record: Record) -> tuple[R, ...]:
        """
        Return the records of that class that link to *record* by *field*.
        """
        return cast("tuple[R, ...]", self.view.linking(kind.kind, field, record.id))

    def join(self, words: Iterable[str]) -> str:
        """
        Return *words* as a list inside a sentence.
        """
        *first, last = words
        if not first:
            return last
        return f"{', '.join(first)} {self.wording.joining} {last}"

    def count(self, number: int) -> str:
        """
        Return *number* in words where the configuration has one.
        """
        words = self.wording.numbers
        return words[number - 1] if 1 <= number <= len(words) else str(number)

    # parties

    def name(self, party_id: str) -> str:
        """
        Return the name of a party, or nothing.
        """
        party = self.find(Party, party_id)
        return party.name if party else ""

    def names(self, party_ids: Iterable[str]) -> str:
        """
        Return the names of parties as a list inside a sentence, or nothing.
        """
        found = [name for party_id in party_ids if (name := self.name(party_id))]
        return self.join(found) if found else ""

    def person(self, party_id: str) -> str:
        """
        Return a person with the posts they hold, or a post with who holds it.
        """
        party = self.find(Party, party_id)
        if party is None:
            return ""
        holder = self.find(Party, party.held_by)
        if holder is not None:
            return self.say(self.wording.name_and_post, name=holder.name, post=party.name)
        posts = [post.name for post in self.linking(Party, "held_by", party)]
        if not posts:
            return party.name
        return self.say(self.wording.name_and_post, name=party.name, post=self.join(posts))

    # text

    def absent(self, absence: Absence) -> str:
        """
        Return the words for something stated to be absent.
        """
        if not absence.reason:
            return self.wording.none
        return self.say(self.wording.not_applicable, reason=absence.reason)

    def stated(self, value: str | Absence) -> str:
        """
        Return a text, or the words for its absence or for its missing.
        """
        if isinstance(value, Absence):
            return self.absent(value)
        return value or self.wording.not_stated

    def yes_or_no(self, value: bool | None) -> str:  # noqa: FBT001 - it is the value itself
        """
        Return the word for yes, no, or not stated.
        """
        words = self.wording
        return {True: words.yes, False: words.no, None: words.not_stated}[value]

    def day(self, value: Day | None) -> str:
        """
        Return a day as it is printed, or the word for its missing.
        """
        return str(value) if value else self.wording.not_stated

    def prose(
        self, text: str, address: Address | None = None, *, numbered: bool = False, name: str = ""
    ) -> tuple[Block, ...]:
        """
        Return Markdown as blocks.
        """
        return blocks_from_markdown(text, is_numbered=numbered, address=address, name=name)

    def marked(self, blocks: tuple[Block, ...], record: Record) -> tuple[Block, ...]:
        """
        Return *blocks*, the last paragraph marked if *record* is made up.
        """
        if not record.illustrative or not self.wording.illustrative:
            return blocks
        mark: tuple[Inline, ...] = (Text(f" {self.wording.illustrative}"),)
        for index in range(len(blocks) - 1, -1, -1):
            block = blocks[index]
            if isinstance(block, Paragraph):
                marked = attrs.evolve(block, inlines=(*block.inlines, *mark))
                return (*blocks[:index], marked, *blocks[index + 1 :])
        return (*blocks, paragraph(self.wording.illustrative, record.address))

    def passages(
        self, passages: Iterable[Passage], address: Address, *, numbered: bool
    ) -> tuple[Block, ...]:
        """
        Return the passages of one section as blocks.
        """
        blocks: list[Block] = []
        for index, passage in enumerate(passages):
            at = attrs.evolve(address, field=f"{address.field}/{index}")
            blocks += self.passage(passage, at, numbered=numbered)
        return tuple(blocks)

    def passage(self, passage: Passage, address: Address, *, numbered: bool) -> Iterator[Block]:
        """
        Yield the blocks of one passage: its text, then what it shows.
        """
        text: str = passage.text
        if passage.not_applicable:
            text = self.say(self.wording.not_applicable, reason=passage.not_applicable)
        shown = self.themes(passage.of) if passage.show else ()
        if passage.show and not text:
            text = self.themes_lead(passage.of, len(shown))
        yield from self.prose(text, address, numbered=numbered, name=passage.name)
        if shown:
            items = tuple(self.theme_item(theme) for theme in shown)
            yield Bullets(items=items, address=address)

    def themes(self, review_id: str) -> tuple[Theme, ...]:
        """
        Return the themes of a review, in the order of the files.
        """
        themes = cast("tuple[Theme, ...]", self.view.of_kind("theme"))
        return tuple(theme for theme in themes if theme.review == review_id)

    def themes_lead(self, review_id: str, count: int) -> str:
        """
        Return the sentence before a list of themes.
        """
        review = self.find(Review, review_id)
        body = self.find(Party, review.reviewing_body) if review else None
        kinds = self.view.configuration.review_kinds
        kind = kinds.get(review.review_kind) if review else None
        return self.say(
            self.wording.themes_lead,
            body=(body.short or body.name) if body else "",
            count=self.count(count),
            themes=(kind.theme_word if count == 1 else kind.themes_word) if kind else "",
        )

    def theme_item(self, theme: Theme) -> tuple[Block, ...]:
        """
        Return a theme as an item of a list: its title, then its questions.
        """
        inlines: list[Inline] = [Strong((Text(f"{theme.title}:"),))]
        for question in theme.questions:
            inlines += [Text(" "), *inlines_from_markdown(question)]
        return (Paragraph(inlines=tuple(inlines), address=theme.address),)

    # parts of papers

    def shows(self, record: Record, when: Mapping[str, tuple[str, ...]]) -> bool:
        """
        True if the facts of *record* fit.
        """
        return fits(when, lambda fact: self.view.ask(record, fact))

    def front_sheet(
        self,
        sheet: FrontSheet | None,
        record: Record,
        value: Callable[[str], Iterable[tuple[str, str, tuple[Block, ...]]]],
    ) -> tuple[Block, ...]:
        """
        Return a front sheet as blocks; none if none is configured.

        *value* takes a part and gives its lines: what to add to the key, what to add to
        the label, and the blocks.
        """
        if sheet is None:
            return ()
        fields = [
            Field(
                key=f"{key}{more_key}",
                label=f"{settings.label}{more_label}",
                value=blocks,
                address=record.address,
            )
            for key, settings in in_order(sheet.fields, sheet.order)
            if self.shows(record, settings.when)
            for more_key, more_label, blocks in value(part_of(key, settings.show))
            if not (settings.if_stated and same(plain_text(blocks), self.wording.not_stated))
        ]
        return (
            Fields(
                key="front_sheet",
                caption=sheet.caption,
                headings=(sheet.headings[0], sheet.headings[1]),
                fields=tuple(fields),
                address=record.address,
            ),
        )

    def table(
        self,
        key: str,
        caption: str,
        columns: Iterable[tuple[str, ColumnSettings]],
        rows: Iterable[tuple[Address, Callable[[str], tuple[Block, ...]]]],
        *,
        empty: str,
        address: Address,
    ) -> Table:
        """
        Return a table; each row gives the blocks of a part. An empty cell is said to be.
        """
        shown = tuple(columns)

        def cells(part: Callable[[str], tuple[Block, ...]]) -> Iterator[tuple[Block, ...]]:
            for name, settings in shown:
                blocks = part(part_of(name, settings.show))
                yield blocks if plain_text(blocks).strip() else cell(self.wording.not_stated)

        return Table(
            key=key,
            caption=caption,
            columns=tuple(
                Column(key=name, heading=settings.heading, width=settings.width)
                for name, settings in shown
            ),
            rows=tuple(Row(cells=tuple(cells(part)), address=at) for at, part in rows),
            empty=empty,
            address=address,
        )

    def document(
        self,
        paper: str,
        record: Record,
        *,
        title: str,
        subject: str,
        numbering: str,
        front: tuple[Block, ...],
        sections: Iterable[Section],
    ) -> Document:
        """
        Return the whole paper, with the organisation's notices and properties.
        """
        configuration = self.view.configuration
        return Document(
            paper=paper,
            title=title,
            language=configuration.language,
            properties=Properties(
                author=configuration.organisation.name, subject=subject, day=self.view.on
            ),
            front=front,
            sections=tuple(sections),
            notices=configuration.organisation.notices,
            numbering=numbering,
            page_words=(self.wording.page, self.wording.page_of),
            address=record.address,
        )
