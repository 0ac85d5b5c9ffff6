"""
What one audience may see of a snapshot: what is withheld is not there, not hidden.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterator, Mapping
from functools import cached_property

import attrs

from peerkit.config import Configuration
from peerkit.history import Entry, State
from peerkit.history.occasions import FREE_TEXTS
from peerkit.judging import Snapshot
from peerkit.model import Absence, Day, FieldKind, Record, field_specs
from peerkit.register import linked_ids

__all__ = ["Audience", "View", "secrets", "texts_of", "view"]


class Audience(enum.Enum):
    """
    Who a paper is for.
    """

    INTERNAL = "internal"
    PUBLIC = "public"


@attrs.frozen(kw_only=True, slots=False)
class View:
    """
    *snapshot* as *audience* may see it. Papers are composed from views alone.

    The snapshot itself knows all; `judged` gives statuses as the audience may know them.
    """

    snapshot: Snapshot
    audience: Audience

    @property
    def configuration(self) -> Configuration:
        """
        What the organisation declares.
        """
        return self.snapshot.configuration

    @property
    def on(self) -> dt.date:
        """
        The day on which it was judged.
        """
        return self.snapshot.on

    @cached_property
    def judged(self) -> Snapshot:
        """
        The snapshot as if what is withheld were not there: what is decided of a record
        tells nothing of others that may not be seen.
        """
        if self.audience is Audience.INTERNAL:
            return self.snapshot
        register = self.snapshot.register
        records = {
            kind: {one: record for one, record in known.items() if self.shows(record)}
            for kind, known in register.records.items()
        }
        return self.snapshot.within(attrs.evolve(register, records=records))

    def shows(self, record: Record) -> bool:
        """
        True if this audience may see *record*: neither it nor what holds it is withheld.

        What holds a record is what it can be written inside: a finding is held by its
        review and by each of its themes, an action by its plan and by the resolution it
        arises from.
        """
        if self.audience is Audience.INTERNAL:
            return True
        return not record.withheld and all(map(self.shows, self._holders(record)))

    def _holders(self, record: Record) -> Iterator[Record]:
        register = self.snapshot.register
        known = register.kinds[record.kind]
        # Of a kind that is kept in one of several, the links by position tell in which.
        ids = [(known.scope, record.scope)] if known.scope and not known.also_in else []
        ids += [
            (kind, one)
            for spec in field_specs(type(record))
            if spec.by_position
            for kind in spec.kinds
            for one in linked_ids(record, spec.name)
        ]
        for kind, one in dict.fromkeys(ids):
            holder = register.records.get(kind, {}).get(one)
            if holder is not None:
                yield holder

    def of_kind(self, kind: str) -> tuple[Record, ...]:
        """
        Return the records of *kind* that may be seen.
        """
        return tuple(filter(self.shows, self.snapshot.register.of_kind(kind)))

    def find(self, kind: str, record_id: str) -> Record | None:
        """
        Return the record of *kind* with the id *record_id*, or None if it may not be seen.
        """
        record = self.snapshot.register.records.get(kind, {}).get(record_id)
        return record if record is not None and self.shows(record) else None

    def linking(self, kind: str, field: str, record_id: str) -> tuple[Record, ...]:
        """
        Return the records of *kind* that link to *record_id* by *field* and may be seen.
        """
        found = self.snapshot.register.linking(kind, field, record_id)
        return tuple(filter(self.shows, found))

    def state(self, record: Record) -> State:
        """
        Return where *record* stands, as far as this audience may know it.
        """
        return self.judged.state(record)

    def ask(self, record: Record, fact: str) -> str:
        """
        Return the answer of *record* to a fact.
        """
        return self.judged.ask(record, fact)

    def withheld(self) -> Iterator[Record]:
        """
        Yield every record this audience may not see.
        """
        for record in self.snapshot.register:
            if not self.shows(record):
                yield record


def view(snapshot: Snapshot, audience: Audience) -> View:
    """
    Return what *audience* may see of *snapshot*.
    """
    return View(snapshot=snapshot, audience=audience)


_FREE = (
    FieldKind.TEXT,
    FieldKind.TEXTS,
    FieldKind.GROUP,
    FieldKind.GROUPS,
    FieldKind.NAMED,
    FieldKind.WORDS,
)
_MARKDOWN = (FieldKind.PROSE, FieldKind.PROSES, FieldKind.PAIRS)


def secrets(seen: View) -> set[str]:
    """
    Return every text that what *seen* is shown of must not hold.

    A short plain text, such as a name or title, may stand in a record that is shown
    too, and is none then; prose is one wherever else it stands. What was recorded of a
    record, on whatever day, is its text too.
    """
    shown = {
        text
        for record in seen.snapshot.register
        if seen.shows(record)
        for is_prose, text in _all_texts(seen, record)
        if not is_prose
    }
    return {
        text
        for record in seen.withheld()
        for is_prose, text in _all_texts(seen, record)
        if is_prose or text not in shown
    }


def _all_texts(seen: View, record: Record) -> Iterator[tuple[bool, str]]:
    yield from _texts_of(record)
    for event in seen.snapshot.register.history.of((record.kind, record.id)):
        yield from _texts_of_entry(event.entry)


def _texts_of_entry(entry: Entry) -> Iterator[tuple[bool, str]]:
    """
    Yield what people wrote in an entry in their own words.
    """
    for name in FREE_TEXTS:
        given = getattr(entry, name)
        if isinstance(given, str):
            yield from ((True, one) for one in _printed(given))
        else:
            yield from _texts(given)
    yield from _texts(entry.more)


def texts_of(record: object) -> Iterator[str]:
    """
    Yield every free text of *record*, for proving that none of it was shown.
    """
    yield from (text for _, text in _texts_of(record))


def _texts_of(record: object) -> Iterator[tuple[bool, str]]:
    """
    Yield every free text with whether it is prose.
    """
    for spec in field_specs(type(record)):
        value = getattr(record, spec.name)
        if isinstance(value, Absence):
            yield False, value.reason
        elif spec.kind in _MARKDOWN:
            for text in (value,) if isinstance(value, str) else value:
                yield from ((True, one) for one in _printed(getattr(text, "text", text)))
        elif spec.kind in _FREE and not spec.is_name:
            yield from _texts(value)
    yield from _texts(getattr(record, "more", {}))


def _printed(prose: str) -> Iterator[str]:
    """
    Yield Markdown as it is written, then each of its blocks as it is printed.
    """
    from peerkit.document import blocks_from_markdown, plain_text  # noqa: PLC0415 - for the public

    yield prose
    for block in blocks_from_markdown(prose):
        yield plain_text(block)


def _texts(value: object) -> Iterator[tuple[bool, str]]:
    if isinstance(value, str):
        yield False, value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, tuple):
        for one in value:
            yield from _texts(one)
    elif attrs.has(type(value)) and not isinstance(value, Day):
        yield from _texts_of(value)
