"""
What the user asked for of a calendar, and what there is to tell, before it is put into words.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping

import attrs

from peerkit.cli.console import typed
from peerkit.deadlines import Calendar, Deadline, DeadlineState
from peerkit.judging import Refusal

__all__ = ["Asked", "Told"]


@attrs.frozen(kw_only=True)
class Asked:
    """
    What the user asked for.
    """

    folder: str
    on: dt.date | None
    with_all: bool
    public: bool
    export: str
    out: str | None
    overwrite: bool

    @property
    def audience(self) -> str:
        """
        For whom it is: ``public`` or ``internal``.
        """
        return "public" if self.public else "internal"

    def again(self, more: str = "") -> str:
        """
        Return the command that asks for the same of the same day, and for *more*.
        """
        day = f" --on {self.on}" if self.on else ""
        public = " --public" if self.public else ""
        every = " --all" if self.with_all else ""
        return f"peerkit calendar {typed(self.folder)}{day}{public}{every}{more}"


@attrs.frozen(kw_only=True)
class Told:
    """
    *every* deadline, and those to be *shown*.

    *refused* is what was told to have happened and does not count.
    """

    every: Calendar
    shown: tuple[Deadline, ...]
    refused: tuple[Refusal, ...]

    @property
    def counts(self) -> Mapping[DeadlineState, int]:
        """
        How many deadlines stand in each way.
        """
        counts = Counter(one.state for one in self.every.deadlines)
        return {state: counts[state] for state in DeadlineState}

    @property
    def hidden(self) -> Mapping[DeadlineState, int]:
        """
        How many are left out of those shown, by how they stand.
        """
        shown = Counter(one.state for one in self.shown)
        return {
            state: number - shown[state]
            for state, number in self.counts.items()
            if number > shown[state]
        }
