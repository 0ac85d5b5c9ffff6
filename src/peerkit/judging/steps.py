"""
One entry about to be applied to one record, and why it may not be.
"""

from __future__ import annotations

import datetime as dt
from typing import Protocol

import attrs

from peerkit.config import KindRules
from peerkit.errors import with_article
from peerkit.facts import Moment, Rules
from peerkit.history import Entry, Occasion, State, Subject
from peerkit.lifecycle import Lifecycle
from peerkit.model import Day, Record, parse_day
from peerkit.model.parties import acting_as

__all__ = ["ERASED", "Changing", "NotPermittedError", "Refusal", "Step", "a_kind", "in_words"]

ERASED = "erased"
"""What stands for a text that was erased from history: that there was one still counts."""


@attrs.frozen(kw_only=True)
class Refusal:
    """
    Something that was told to have happened and was not permitted.

    *field* is the part of the entry it is about; *occasion* is None for a day of the
    record itself, whose field it is then.
    """

    occasion: Occasion | None
    subject: Subject
    field: str
    message: str
    mend: str = ""


class NotPermittedError(Exception):
    """
    A part of an entry that the rules do not permit; it becomes a `Refusal`.
    """

    def __init__(self, field: str, message: str, mend: str = "") -> None:
        super().__init__(message)
        self.field = field
        self.message = message
        self.mend = mend


class Changing(Moment, Protocol):
    """
    A moment at which something is applied: it knows the rules of the day.
    """

    @property
    def rules(self) -> Rules:
        """
        The rules in force.
        """

    def day_of(self, record: Record, field: str) -> dt.date | None:
        """
        Return the day by which what *field* tells has certainly come.
        """

    def standing_for(self, wanted: tuple[str, ...]) -> frozenset[str]:
        """
        Return everyone who counts as one of the parties *wanted*.
        """


@attrs.define(eq=False, repr=False)
class Step:
    """
    One *entry* of an *occasion*, about to be applied to the *state* of a *record*.
    """

    moment: Changing
    record: Record
    state: State
    occasion: Occasion
    entry: Entry

    @property
    def rules(self) -> KindRules | None:
        """
        The rules for records of this kind.
        """
        return self.moment.rules.kinds.get(self.record.kind)

    def lifecycle(self, field: str) -> Lifecycle:
        """
        Return the lifecycle of the record, which *field* needs.

        Raises:
            NotPermittedError: If its kind has none.
        """
        rules = self.rules
        if rules is None or rules.lifecycle is None:
            raise NotPermittedError(
                field,
                f"{a_kind(self.record).capitalize()} has no stages, so it cannot move.",
                f"State them in peerkit.yaml under rules, {self.record.kind}, lifecycle, or "
                "extend a pack that does.",
            )
        return rules.lifecycle

    def is_by(self, wanted: tuple[str, ...]) -> bool:
        """
        True if whoever says so is one of *wanted*, or acts for one of them.
        """
        acting = self.acting_as(self.occasion.by)
        return not acting.isdisjoint(self.moment.standing_for(wanted))

    def acting_as(self, party: str) -> frozenset[str]:
        """
        Return who acts when *party* does.
        """
        return acting_as(party, self.moment.register.records.get("party", {}))

    @property
    def but_is_not(self) -> str:
        """
        The end of a sentence on who must say so, for an occasion that is not by them.
        """
        by = self.occasion.by
        return f"which {by} is not" if by else "and the occasion does not say who it is by"

    @property
    def reason(self) -> str:
        """
        The reason that the entry gives.
        """
        return self.entry.reason or (ERASED if self.entry.gives("reason") else "")


def a_kind(record: Record) -> str:
    """
    Return the kind of *record* as it is said, behind its article.
    """
    return with_article(record.kind)


def in_words(day: dt.date | Day) -> str:
    """
    Return *day* as it is printed.
    """
    return str(day) if isinstance(day, Day) else parse_day(day.isoformat()).words
