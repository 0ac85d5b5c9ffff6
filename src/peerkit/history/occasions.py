"""
What happened: occasions of one day and source, each with an entry for every record.

Holds the types as files hold them. Kept out: files, and whether a move was permitted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Final

import attrs

from peerkit.model import Day, Prose
from peerkit.model import fields as f

__all__ = [
    "FREE_TEXTS",
    "OCCASION",
    "SOURCE",
    "Entry",
    "Event",
    "Heads",
    "History",
    "Occasion",
    "Seal",
    "Subject",
    "Told",
    "field_of",
]

Subject = tuple[str, str]
"""The kind and the whole id of the record an entry is about."""

Heads = Mapping[Subject, tuple[int, str]]
"""
For each record, how many sealed entries it has and the digest of the last.

While two entries stand side by side, the digests of both, with a space between.
"""

OCCASION: Final = "occasion"
"""
The kind in the address of an occasion; no kind of record can have that name.
"""

SOURCE: Final = "source"
FREE_TEXTS: Final = ("note", "reason", "evidence", "impact")
"""
What people write in their own words, so that it can be erased without breaking a seal;
beside them, the `source` of an occasion.
"""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Entry:
    """
    What one occasion says of one record.
    """

    to: str = f.text("The stage it moves to.", is_name=True)
    note: Prose = f.prose("What is to be said of it, for readers of a progress report.")
    reason: Prose = f.prose("Why it moves, or why a new day or its removal is asked or granted.")
    evidence: tuple[str, ...] = f.texts("What shows that it was done.")
    impact: Prose = f.prose("What difference it made.")
    due: Day | None = f.day("The new due day, set by whoever may set it.")
    asks_due: Day | None = f.day("The new due day that is asked for.")
    asks_removal: bool | None = f.flag("Whether it is asked that the record be removed.")
    of: str = f.link(
        "Who is asked, if not the plan's approver or the resolution's body.", "party", "body"
    )
    grants: str = f.choice("What was asked and is granted.", "due", "removal")
    refuses: str = f.choice("What was asked and is refused.", "due", "removal")
    ratings: Mapping[str, str] = f.words("Ratings that people give, by axis.")
    erased: tuple[str, ...] = f.keys("Which of its texts were erased after they were sealed.")
    more: Mapping[str, object] = attrs.field(factory=dict)

    def gives(self, field: str) -> bool:
        """
        True if it has something to say in *field*, or had before that was erased.
        """
        return bool(getattr(self, field)) or field in self.erased


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Seal:
    """
    What `peerkit record` writes beside an entry, so that later changes show.
    """

    after: tuple[str, ...] = f.texts("The digest of the record's entry before, or of several.")
    record: str = f.text("The digest of the record's own text on that day.")
    texts: Mapping[str, str] = f.words("For each free text of the entry, its salt.")
    erased: Mapping[str, str] = f.words("For each free text that was erased, its salted digest.")
    digest: str = f.text("The digest of the whole entry.", required=True)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Told:
    """
    What an occasion says of itself, beside its day.
    """

    by: str = f.link(
        "Who says so: a person, a post, a group or a body.", "party", "body", required=True
    )
    title: str = f.text(
        "What the occasion was, such as “progress round, May 2022”.", key="occasion"
    )
    source: Prose = f.prose("Where it stands on the public record.")
    illustrative: bool | None = f.flag("Made up to show how a paper looks.")
    corrects: tuple[str, ...] = f.keys(
        "The occasions whose entries for the same records it replaces."
    )
    settles: tuple[str, ...] = f.keys(
        "Occasions that followed the same entry, both of which stand."
    )
    erased: tuple[str, ...] = f.keys("Whether its source was erased after it was sealed.")


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Occasion(Told):
    """
    What happened on one day and was told by one source: the text of one file.

    *name* is that of the file in its folder, without its suffix.
    """

    name: str = ""
    day: dt.date
    entries: Mapping[Subject, Entry] = attrs.field(factory=dict)
    seals: Mapping[Subject, Seal] = attrs.field(factory=dict)


@attrs.frozen
class Event:
    """
    One entry with the occasion it belongs to.
    """

    occasion: Occasion
    subject: Subject
    entry: Entry

    @property
    def seal(self) -> Seal | None:
        """
        Its seal, if it has one.
        """
        return self.occasion.seals.get(self.subject)


@attrs.frozen(eq=False, repr=False, slots=False)
class History:
    """
    All occasions, in the order in which they take effect.
    """

    occasions: tuple[Occasion, ...] = ()

    @cached_property
    def _events(self) -> Mapping[Subject, tuple[Event, ...]]:
        found: dict[Subject, list[Event]] = {}
        for occasion in self.occasions:
            for subject, entry in occasion.entries.items():
                found.setdefault(subject, []).append(Event(occasion, subject, entry))
        return {subject: tuple(events) for subject, events in found.items()}

    @cached_property
    def by_name(self) -> Mapping[str, tuple[int, Occasion]]:
        """
        Every occasion by its name, with how many come before it.
        """
        return {one.name: (index, one) for index, one in enumerate(self.occasions)}

    @property
    def subjects(self) -> Iterator[Subject]:
        """
        The records that anything happened to.
        """
        return iter(self._events)

    def of(self, subject: Subject) -> tuple[Event, ...]:
        """
        Return what happened to one record, in order.
        """
        return self._events.get(subject, ())


def field_of(subject: Subject, *path: str, group: str = "records") -> str:
    """
    Return the field that an entry is in the address of its occasion.

    >>> field_of(("action", "plan/A1"), "to")
    'records/action plan/A1/to'
    """
    return "/".join((group, " ".join(subject), *path))
