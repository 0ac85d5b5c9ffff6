"""
A register judged on a day: what stands where.

Pure: the same register, day and head of history give the same snapshot. Knows no clock.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any

import attrs

from peerkit.config import Configuration
from peerkit.errors import UnknownNameError
from peerkit.facts import Fact, Rules, closed_rules
from peerkit.history import Heads, State
from peerkit.judging.parts import Part
from peerkit.judging.replaying import Replay
from peerkit.judging.steps import Refusal
from peerkit.model import Absence, Day, FieldKind, Pair, Record, field_specs
from peerkit.register import Register
from peerkit.rules import Row, Table

__all__ = ["Snapshot", "Working", "judge", "rules_by_day"]


@attrs.frozen(kw_only=True)
class Working:
    """
    Why a table decides as it does: the *row* that fits, its *number* from one, and the
    answers to all facts that the table names.
    """

    row: Row
    number: int
    answers: Mapping[str, str]


@attrs.frozen(kw_only=True, slots=False)
class Snapshot:
    """
    *register* as it stands at the end of the day *on*, as far as history *upto* some heads.

    *facts* are the questions that plugins offer. What is asked for is worked out when it
    is first asked for, and then stays.
    """

    register: Register
    on: dt.date
    facts: Mapping[tuple[str, str], Fact] = attrs.field(repr=False)
    upto: Heads | None = attrs.field(default=None, repr=False)

    @cached_property
    def configuration(self) -> Configuration:
        """
        What the organisation declares, as in force on the day.
        """
        return self.register.configuration.on(self.on)

    @cached_property
    def rules(self) -> Rules:
        """
        The rules in force on the day.
        """
        return self._rules_on(self.on)

    @cached_property
    def _rules_on(self) -> Callable[[dt.date], Rules]:
        return rules_by_day(self.register, self.facts)

    @cached_property
    def _replay(self) -> Replay | Part:
        replay = Replay(self.register, self._rules_on)
        replay.run(self.on, self.upto)
        return replay

    def within(self, register: Register) -> Snapshot:
        """
        Return this snapshot over *register*, a part of its own.

        What happened to each record stays; what facts and tables look at is the part, and
        so is what days that wait have come to.
        """
        made = attrs.evolve(self, register=register)
        replay = self._replay
        if register.waiting_days:
            replay = Part(replay.whole if isinstance(replay, Part) else replay, register)
        made.__dict__["_replay"] = replay
        return made

    @cached_property
    def _words(self) -> dict[tuple[str, str], dict[str, str]]:
        return {}

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        """
        What was told to have happened by that day and was not permitted.
        """
        return tuple(self._replay.refusals)

    def state(self, record: Record) -> State:
        """
        Return where *record* stands: its stage, due days, evidence.
        """
        return self._replay.state(record)

    def ask(self, record: Record, fact: str) -> str:
        """
        Return the answer of *record* to the fact of that name.

        Raises:
            UnknownNameError: If records of its kind have no such fact.
        """
        try:
            found = self.rules.facts[record.kind, fact]
        except KeyError:
            said = record.kind.replace("_", " ")
            raise UnknownNameError(f"A {said} has no fact “{fact}”.") from None
        return found.ask(record, self)

    def table(self, kind: str, axis: str = "status") -> Table | None:
        """
        Return the table on *axis* for records of *kind*, if there is one.
        """
        return self.rules.tables.get(kind, {}).get(axis)

    def word(self, record: Record, axis: str) -> str:
        """
        Return what the table on *axis* gives *record*, or nothing if it has no such table.
        """
        words = self._words.setdefault((record.kind, axis), {})
        found = words.get(record.id)
        if found is None:
            table = self.table(record.kind, axis)
            facts, kind = self.rules.facts, record.kind
            found = words[record.id] = (
                ""
                if table is None or not table.rows
                else table.decide(lambda name: facts[kind, name].ask(record, self)).result
            )
        return found

    def status(self, record: Record) -> str:
        """
        Return the status of *record*, or nothing if its kind has no table for it.
        """
        return self.word(record, "status")

    def rating(self, record: Record, axis: str) -> str:
        """
        Return the rating of *record* on *axis*: what the table gives, or else what people
        gave; nothing if it was not rated, or in a word that the scale has no more.
        """
        given = self.word(record, axis) or self.state(record).ratings.get(axis, "")
        table = self.table(record.kind, axis)
        return given if table is not None and given in table.words else ""

    def why(self, record: Record, axis: str = "status") -> Working:
        """
        Return why *record* has its status, or its rating on *axis*.

        Raises:
            UnknownNameError: If there is no such table with rows for its kind.
        """
        table = self.table(record.kind, axis)
        if table is None or not table.rows:
            said = record.kind.replace("_", " ")
            raise UnknownNameError(f"No table gives a {said} its {axis}.")
        answers = {name: self.ask(record, name) for name in table.facts}
        row = table.decide(answers.__getitem__)
        return Working(row=row, number=table.rows.index(row) + 1, answers=answers)

    def rows(self, plural: str) -> list[dict[str, Any]]:
        """
        Return all records of one kind as plain rows: text, numbers, yes/no, lists.

        *plural* is the kind's plural, such as ``actions``. Days come as their
        printed words, beside their first and last day in ISO 8601. Groups of fields
        come as lists of rows. Where rules are declared for the kind, its stage, status
        and ratings are among them, and for actions the due day in force.

        Raises:
            UnknownNameError: If no kind has that plural.
        """
        for kind in self.register.kinds.values():
            if kind.plural == plural:
                return [
                    {"id": r.id, **dict(_row(r)), **dict(self._judged(r))}
                    for r in self.register.of_kind(kind.name)
                ]
        known = ", ".join(sorted(kind.plural for kind in self.register.kinds.values()))
        raise UnknownNameError(f"There are no “{plural}”.", mend=f"There are {known}.")

    def _judged(self, record: Record) -> Iterator[tuple[str, Any]]:
        rules = self.rules.kinds.get(record.kind)
        if rules is None:
            return
        state = self.state(record)
        if rules.lifecycle is not None:
            yield "stage", state.stage
            yield "stage_since", state.since.isoformat() if state.since else ""
        for axis, _ in rules.tables:
            yield axis, self.rating(record, axis)
        if isinstance(state.due, Day) or state.original_due is not None:
            yield from _day("due_now", state.due)
            yield "revised", len(state.revisions)


def _plain(value: object) -> Any:
    match value:
        case Absence():
            return f"{value.words}: {value.reason}" if value.reason else value.words
        case Pair():
            return {"word": value.word, "text": value.text}
        case tuple():
            return [_plain(one) for one in value]
        case Mapping():
            return {key: _plain(one) for key, one in value.items()}
        case _ if attrs.has(type(value)):
            return dict(_row(value))
        case _:
            return value


def _day(key: str, value: Day | None) -> Iterator[tuple[str, str]]:
    first, last = (value.first, value.last) if isinstance(value, Day) else (None, None)
    yield key, str(value) if value else ""
    yield f"{key}_first", first.isoformat() if first else ""
    yield f"{key}_last", last.isoformat() if last else ""


def _row(record: object) -> Iterator[tuple[str, Any]]:
    for spec in field_specs(type(record)):
        value = getattr(record, spec.name)
        if spec.kind is FieldKind.DAY:
            yield from _day(spec.key, value)
        else:
            yield spec.key, _plain(value)
    for key, value in getattr(record, "more", {}).items():
        yield key, str(value) if isinstance(value, Day) else _plain(value)


def rules_by_day(
    register: Register, facts: Mapping[tuple[str, str], Fact]
) -> Callable[[dt.date], Rules]:
    """
    Return what gives the rules in force on a day, each set of rules made ready once.
    """
    ready: dict[int, Rules] = {}

    def rules_on(day: dt.date) -> Rules:
        configuration = register.configuration.on(day)
        found = ready.get(id(configuration))
        if found is None:
            found = ready[id(configuration)] = closed_rules(configuration, facts)
        return found

    return rules_on


def judge(
    register: Register,
    on: dt.date,
    facts: Mapping[tuple[str, str], Fact],
    upto: Heads | None = None,
) -> Snapshot:
    """
    Return *register* as it stands at the end of the day *on*.
    """
    return Snapshot(register=register, on=on, facts=facts, upto=upto)
