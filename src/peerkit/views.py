"""
What one audience may see of a snapshot: what is withheld is not there, not hidden.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterator

import attrs

from peerkit.config import Configuration
from peerkit.judging import Snapshot
from peerkit.model import FieldKind, Record, field_specs

__all__ = ["Audience", "View", "texts_of", "view"]


class Audience(enum.Enum):
    """
    Who a paper is for.
    """

    INTERNAL = "internal"
    PUBLIC = "public"


@attrs.frozen(kw_only=True)
class View:
    """
    *snapshot* as *audience* may see it. Papers are composed from views alone.
    """

    snapshot: Snapshot
    audience: Audience

    @property
    def configuration(self) -> Configuration:
        """
        What the organisation declares.
        """
        return self.snapshot.register.configuration

    @property
    def on(self) -> dt.date:
        """
        The day on which it was judged.
        """
        return self.snapshot.on

    def shows(self, record: Record) -> bool:
        """
        True if this audience may see *record*: neither it nor what holds it is withheld.
        """
        if self.audience is Audience.INTERNAL:
            return True
        register = self.snapshot.register
        inside: Record | None = record
        while inside is not None:
            if inside.withheld:
                return False
            scope = register.kinds[inside.kind].scope
            inside = register.records.get(scope, {}).get(inside.scope) if scope else None
        return True

    def of_kind(self, kind: str) -> tuple[Record, ...]:
        """
        Return the records of *kind* that may be seen.
        """
        return tuple(filter(self.shows, self.snapshot.register.of_kind(kind)))

    def find(self, kind: str, record_id: str) -> Record | None:
        """
        Return one record, or None if there is none that may be seen.
        """
        record = self.snapshot.register.records.get(kind, {}).get(record_id)
        return record if record is not None and self.shows(record) else None

    def linking(self, kind: str, field: str, record_id: str) -> tuple[Record, ...]:
        """
        Return the records of *kind* that link to *record_id* by *field* and may be seen.
        """
        found = self.snapshot.register.linking(kind, field, record_id)
        return tuple(filter(self.shows, found))

    def ask(self, record: Record, fact: str) -> str:
        """
        Return the answer of *record* to a fact.
        """
        return self.snapshot.ask(record, fact)

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


def texts_of(record: object) -> Iterator[str]:
    """
    Yield every free text of *record*, for proving that none of it was shown.
    """
    for spec in field_specs(type(record)):
        value = getattr(record, spec.name)
        if spec.kind in (FieldKind.TEXT, FieldKind.PROSE):
            yield str(value)
        elif spec.kind in (FieldKind.TEXTS, FieldKind.PROSES):
            yield from map(str, value)
        elif spec.kind is FieldKind.GROUPS:
            for one in value:
                yield from texts_of(one)
