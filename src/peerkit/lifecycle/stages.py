"""
Stages, and the moves between them that are permitted, as an organisation declares them.

What the clock or another record decides is no stage but a fact or a status.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

import attrs

from peerkit.model import fields as f
from peerkit.rules import Cells

__all__ = ["Lifecycle", "Move"]


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Move:
    """
    A permitted step between stages.
    """

    sources: tuple[str, ...] = f.names(
        "The stage it leads out of, or several.", required=True, key="from"
    )
    target: str = f.text("The stage it leads to.", required=True, key="to")
    needs: Cells = f.cells("Facts that must hold on the day of the move.")
    by: tuple[str, ...] = f.names(
        "Who may record it: a field of the record that names parties, such as owner, or the "
        "id of a party; a post stands for who holds it, a group for its members."
    )
    not_by: tuple[str, ...] = f.names("Who may not record it, named in the same way.")
    reason: str = f.choice("Whether it must say why.", "required")


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class Lifecycle:
    """
    The stages of one kind of record; it begins at the first.
    """

    stages: tuple[str, ...] = f.keys("The stages; a record begins at the first.", required=True)
    final: tuple[str, ...] = f.keys("The stages that no move leads out of.")
    moves: tuple[Move, ...] = f.groups("The permitted moves.", Move)
    dated: Mapping[str, str] = f.words(
        "Stages that a day of the record brings about, by stage: the field that holds the day."
    )
    verifying: tuple[str, ...] = f.keys("The stages which say that somebody accepted the evidence.")
    removed: str = f.text("The stage that a granted removal leads to.")

    @property
    def first(self) -> str:
        """
        The stage a record begins at.
        """
        return self.stages[0]

    @cached_property
    def by_pair(self) -> Mapping[tuple[str, str], Move]:
        """
        The permitted moves by the stages they lead from and to.
        """
        return {(source, move.target): move for move in self.moves for source in move.sources}

    def next(self, stage: str) -> tuple[str, ...]:
        """
        Return the stages that a move out of *stage* may lead to.
        """
        return tuple(target for source, target in self.by_pair if source == stage)

    def follow(self, stages: Iterable[str]) -> str:
        """
        Return where a new record is after moving to each of *stages* in turn.

        Raises:
            KeyError: If a step is not permitted: the pair of stages.
        """
        permitted = self.by_pair
        here = self.stages[0]
        for there in stages:
            permitted[here, there]
            here = there
        return here
