"""
What composing any committee paper needs: what may be seen, and the council's words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar, cast

import attrs

from peerkit import Absence, Day, Party, Record, View, fits
from peerkit.document import (
    Block,
    Document,
    Inline,
    Paragraph,
    Properties,
    Section,
    Text,
    blocks_from_markdown,
    text_inlines,
)
from peerkit.errors import Address
from peerkit_committee.configuration import PaperSettings, wording_of
from peerkit_committee.papers.parts import MORE, part_of
from peerkit_committee.wording import Wording, filled, filled_markdown

__all__ = ["Blocks", "Composer", "cell", "in_order", "paragraph", "part_of", "same"]

Blocks = tuple[Block, ...]
R = TypeVar("R", bound=Record)
S = TypeVar("S")


def in_order(named: Mapping[str, S], order: Iterable[str]) -> Iterator[tuple[str, S]]:
    """
    Yield what is *named* in *order*, what the order leaves out behind it.
    """
    first = [key for key in dict.fromkeys(order) if key in named]
    for key in (*first, *(key for key in named if key not in first)):
        yield key, named[key]


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


def cell(text: str, address: Address | None = None) -> Blocks:
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
        return wording_of(self.view.configuration)

    def say(self, sentence: str, **values: str) -> str:
        """
        Return a sentence of the configuration with *values* put in, all plain text.

        Raises:
            PeerkitError: If it asks for something that is not there.
        """
        return filled(sentence, values)

    def sentence(
        self, sentence: str, markdown: Mapping[str, str] | None = None, **plain: str
    ) -> str:
        """
        Return the same as Markdown, where what is put in as *markdown* is Markdown already.

        Raises:
            PeerkitError: If it asks for something that is not there.
        """
        return filled_markdown(sentence, plain, markdown)

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

    # what may be seen

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

    def is_withheld(self, kind: type[Record], record_id: str) -> bool:
        """
        True if there is such a record, and this audience may not see it.
        """
        records = self.view.snapshot.register.records.get(kind.kind, {})
        return record_id in records and not self.view.shows(records[record_id])

    def of_each(
        self,
        kind: type[R],
        ids: Iterable[str],
        blocks: Callable[[R], Blocks],
        address: Address | None = None,
    ) -> Blocks:
        """
        Return the *blocks* of each record that may be seen, and one line if some may not.
        """
        ids = tuple(ids)
        seen = (self.find(kind, one) for one in ids)
        made = tuple(block for record in seen if record for block in blocks(record))
        if any(self.is_withheld(kind, one) for one in ids):
            made += cell(self.wording.not_public, address)
        return made

    def of_one(
        self,
        kind: type[R],
        record_id: str,
        text: Callable[[R], str],
        address: Address | None = None,
    ) -> Blocks:
        """
        Return a text of one record, or the words for its missing or being withheld.
        """
        made = self.of_each(kind, (record_id,), lambda one: cell(text(one), address), address)
        return made or cell(self.wording.not_stated, address)

    def shows(self, record: Record, when: Mapping[str, tuple[str, ...]]) -> bool:
        """
        True if the facts of *record* fit.
        """
        return fits(when, lambda fact: self.view.ask(record, fact))

    # parties

    def names(self, party_ids: Iterable[str], address: Address | None = None) -> Blocks:
        """
        Return the names of parties as a list inside a sentence, or nothing.
        """
        ids = tuple(party_ids)
        found = [party.name for one in ids if (party := self.find(Party, one))]
        made = cell(self.join(found), address) if found else ()
        return made + self.of_each(Party, ids, lambda _party: (), address)

    def person(self, party: Party) -> str:
        """
        Return a person with the posts they hold, or a post with who holds it.
        """
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
    ) -> Blocks:
        """
        Return Markdown as blocks.
        """
        return blocks_from_markdown(text, is_numbered=numbered, address=address, name=name)

    def more(self, record: Record, part: str, *, numbered: bool = False) -> Blocks:
        """
        Return a field that the organisation added as blocks, as last recorded; none if it
        is not filled.
        """
        key = part.removeprefix(MORE)
        recorded = self.view.state(record).more
        value, at = recorded.get(key, record.more.get(key)), record.at(f"more/{key}")
        declared = self.view.configuration.fields.get(record.kind, {}).get(key)
        if value is None or value == "":
            return ()
        if isinstance(value, str) and declared and declared.type == "Markdown":
            return self.prose(value, at, numbered=numbered)
        said = self.yes_or_no(value) if isinstance(value, bool) else str(value)
        return (paragraph(said, at, is_numbered=numbered),)

    def marked(self, blocks: Blocks, record: Record) -> Blocks:
        """
        Return *blocks*, the last paragraph marked if *record* is made up.
        """
        return self.mark(blocks, record.address) if record.illustrative else blocks

    def mark(self, blocks: Blocks, address: Address) -> Blocks:
        """
        Return *blocks*, the last paragraph marked as made up.
        """
        if not self.wording.illustrative:
            return blocks
        mark: tuple[Inline, ...] = (Text(f" {self.wording.illustrative}"),)
        for index in range(len(blocks) - 1, -1, -1):
            block = blocks[index]
            if isinstance(block, Paragraph):
                marked = attrs.evolve(block, inlines=(*block.inlines, *mark))
                return (*blocks[:index], marked, *blocks[index + 1 :])
        return (*blocks, paragraph(self.wording.illustrative, address))

    def labelled(self, label: Inline, text: str, address: Address) -> Blocks:
        """
        Return Markdown as blocks, the first paragraph behind *label*.
        """
        blocks = self.prose(text, address)
        first = blocks[0] if blocks else None
        if isinstance(first, Paragraph):
            inlines = (label, Text(" "), *first.inlines)
            return (attrs.evolve(first, inlines=inlines), *blocks[1:])
        return (Paragraph(inlines=(label,), address=address), *blocks)

    # the whole

    def document(
        self,
        paper: str,
        record: Record,
        settings: PaperSettings,
        *,
        title: str,
        subject: str,
        front: Blocks,
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
            numbering=settings.numbering,
            page_words=(self.wording.page, self.wording.page_of),
            address=record.address,
        )
