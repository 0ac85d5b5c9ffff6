"""
States of records as a part of their register tells of them.
"""

from __future__ import annotations

import attrs

from peerkit.history import State, Subject
from peerkit.judging.replaying import Replay
from peerkit.judging.steps import Refusal
from peerkit.judging.waiting import meant, said_in
from peerkit.model import Record
from peerkit.register import Register

__all__ = ["Part"]


class Part:
    """
    What a replay of a *whole* register has come to, seen over *register*, a part of it.

    What happened to each record stays. A day that waits comes to what the part tells: that
    of a meeting which is not in it is not known.
    """

    def __init__(self, whole: Replay, register: Register) -> None:
        self.whole = whole
        self._register = register
        self._states: dict[Subject, State] = {}

    @property
    def refusals(self) -> list[Refusal]:
        """
        What was not permitted.
        """
        return self.whole.refusals

    def state(self, record: Record) -> State:
        """
        Return where *record* stands.
        """
        subject = (record.kind, record.id)
        found = self._states.get(subject)
        if found is None:
            found = self._states[subject] = self._seen(record)
        return found

    def _seen(self, record: Record) -> State:
        register, state = self._register, self.whole.state(record).copy()
        due = state.original_due
        if due is not None:
            due = meant(due, record, register, said_in(record, register))
        state.original_due = due
        revisions = []
        for one in state.revisions:
            new = meant(one.new, record, register, one.day)
            revisions.append(attrs.evolve(one, old=due, new=new))
            due = new
        state.due = due
        state.revisions = tuple(revisions)
        state.asked = tuple(
            attrs.evolve(one, due=meant(one.due, record, register, one.day)) if one.due else one
            for one in state.asked
        )
        return state
