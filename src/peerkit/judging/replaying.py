"""
Replay: what happened, applied in order, as far as the rules of each day permit it.
"""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Callable, Iterable, Iterator

from peerkit.config import Configuration
from peerkit.errors import UnknownNameError
from peerkit.facts import Rules
from peerkit.history import Entry, Heads, Occasion, State, Subject
from peerkit.history.chains import effective
from peerkit.judging.moves import arrive, make_move
from peerkit.judging.requests import answer_request, ask_for, revise
from peerkit.judging.steps import ERASED, NotPermittedError, Refusal, Step, a_kind
from peerkit.judging.waiting import meant, said_in
from peerkit.model import Day, Record, field_specs
from peerkit.model.parties import standing_for
from peerkit.register import Register

__all__ = ["Replay"]


class Replay:
    """
    A register while what happened is applied to it; a moment that facts are asked of.

    *rules_on* gives the rules in force on a day.
    """

    def __init__(self, register: Register, rules_on: Callable[[dt.date], Rules]) -> None:
        self.register = register
        self.on = dt.date.min
        self.refusals: list[Refusal] = []
        self.rules = rules_on(self.on)
        self._rules_on = rules_on
        self._states: dict[str, dict[str, State]] = {}
        self._firsts: dict[str, str] = {}
        self._begin_anew()
        self._standing: dict[tuple[str, ...], frozenset[str]] = {}

    # a moment

    @property
    def configuration(self) -> Configuration:
        """
        What is in force on the day.
        """
        return self.register.configuration.on(self.on)

    def standing_for(self, wanted: tuple[str, ...]) -> frozenset[str]:
        """
        Return everyone who counts as one of the parties *wanted*.
        """
        found = self._standing.get(wanted)
        if found is None:
            parties = self.register.records.get("party", {})
            found = self._standing[wanted] = standing_for(wanted, parties)
        return found

    def state(self, record: Record) -> State:
        """
        Return where *record* stands by now.
        """
        states = self._states.get(record.kind)
        if states is None:
            states = self._states[record.kind] = {}
        found = states.get(record.id)
        if found is None:
            found = states[record.id] = self._begun(record)
        return found

    def _begun(self, record: Record) -> State:
        stage = self._firsts.get(record.kind, "")
        due = getattr(record, "due", None)
        if not isinstance(due, Day):
            return State(stage=stage)
        if due.last is None:
            due = meant(due, record, self.register, said_in(record, self.register))
        return State(stage=stage, due=due, original_due=due)

    def ask(self, record: Record, fact: str) -> str:
        """
        Return the answer of *record* to the fact of that name.

        Raises:
            UnknownNameError: If records of its kind have no such fact.
        """
        found = self.rules.facts.get((record.kind, fact))
        if found is None:
            raise UnknownNameError(f"{a_kind(record).capitalize()} has no fact “{fact}”.")
        return found.ask(record, self)

    def word(self, record: Record, axis: str) -> str:
        """
        Return what the table on *axis* gives *record*, or nothing if it has no such table.
        """
        table = self.rules.tables.get(record.kind, {}).get(axis)
        if table is None or not table.rows:
            return ""
        return table.decide(lambda name: self.ask(record, name)).result

    def day_of(self, record: Record, field: str) -> dt.date | None:
        """
        Return the day by which what *field* tells has certainly come.

        It may be a field of the record, or a day that its kind works out from others.
        """
        told = self.register.kinds[record.kind].days.get(field)
        names = (spec.name for spec in field_specs(type(record)) if spec.key == field)
        value = told.of(record, self.register) if told else getattr(record, next(names, ""), None)
        if isinstance(value, Day) and value.last is None:
            value = meant(value, record, self.register, said_in(record, self.register))
        return value.last if isinstance(value, Day) else None

    # what happened

    def run(self, until: dt.date, upto: Heads | None = None) -> None:
        """
        Apply all that happened up to the end of the day *until*.

        With *upto*, only what had been recorded when those were the heads of history.
        """
        # What is made here stays, and none of it goes round in circles. The garbage
        # collector would find nothing, and look through the whole register for it.
        was_on = gc.isenabled()
        gc.disable()
        try:
            self._run(until, upto)
        finally:
            if was_on:
                gc.enable()

    def _run(self, until: dt.date, upto: Heads | None) -> None:
        days = sorted(self._days(until), key=lambda one: one[0])
        done = 0
        for occasion, subjects in effective(self.register.history, upto):
            if occasion.day > until:
                continue  # one that was recorded later, but is of an earlier day, may follow
            while done < len(days) and days[done][0] <= occasion.day:
                self._arrive(*days[done])
                done += 1
            self._turn_to(occasion.day)
            self._apply(occasion, subjects)
        for one in days[done:]:
            self._arrive(*one)
        self._turn_to(until)

    def _turn_to(self, day: dt.date) -> None:
        if day != self.on:
            self.on = day
            before, self.rules = self.rules, self._rules_on(day)
            if before is not self.rules:
                self._begin_anew()

    def _begin_anew(self) -> None:
        """
        Let records of kinds that have a lifecycle now, and had none before, begin.

        All records of a kind begin at the first stage that was ever its first.
        """
        for begin, _ in ((dt.date.min, None), *self.register.configuration.later):
            for kind, rules in self._rules_on(begin).kinds.items() if begin <= self.on else ():
                if rules.lifecycle is not None and kind not in self._firsts:
                    self._firsts[kind] = rules.lifecycle.first
                    for state in self._states.get(kind, {}).values():
                        state.stage = rules.lifecycle.first

    def _apply(self, occasion: Occasion, subjects: Iterable[Subject]) -> None:
        """
        Apply one occasion, all of it or, if any of it is not permitted, none.
        """
        before: dict[Subject, State] = {}
        refused = len(self.refusals)
        for subject in subjects:
            record = self.register.records.get(subject[0], {}).get(subject[1])
            if record is None:
                continue  # it could not be taken in, which is a problem of its own
            before[subject] = self.state(record)
            self._states[subject[0]][subject[1]] = changed = before[subject].copy()
            step = Step(self, record, changed, occasion, occasion.entries[subject])
            try:
                _take(step)
            except NotPermittedError as error:
                self._refuse(error, subject, occasion)
        if len(self.refusals) > refused:
            for (kind, record_id), state in before.items():
                self._states[kind][record_id] = state

    def _refuse(
        self, error: NotPermittedError, subject: Subject, occasion: Occasion | None
    ) -> None:
        self.refusals.append(
            Refusal(
                occasion=occasion,
                subject=subject,
                field=error.field,
                message=error.message,
                mend=error.mend,
            )
        )

    # days of the records themselves

    def _days(self, until: dt.date) -> Iterator[tuple[dt.date, Record, str, str]]:
        """
        Yield every day that brings about a stage, with its record, the stage, the field.
        """
        whole = self.register.configuration
        known: set[tuple[str, str, str]] = set()
        for begin, version in ((dt.date.min, whole), *whole.later):
            for kind, rules in self._rules_on(begin).kinds.items():
                if rules.lifecycle is None or not rules.lifecycle.dated:
                    continue
                order = rules.lifecycle.stages.index
                dated = sorted(rules.lifecycle.dated.items(), key=lambda one: order(one[0]))
                for record in self.register.of_kind(kind):
                    for stage, field in dated:
                        day = self.day_of(record, field)
                        if day is not None and (kind, stage, field) not in known:
                            day = max(day, begin)  # what came before the rules comes with them
                        if day is not None and day <= until and whole.on(day) is version:
                            yield day, record, stage, field
                known.update((kind, stage, field) for stage, field in dated)

    def _arrive(self, day: dt.date, record: Record, stage: str, field: str) -> None:
        self._turn_to(day)
        try:
            arrive(self, record, self.state(record), stage, field)
        except NotPermittedError as error:
            self._refuse(error, (record.kind, record.id), None)


def _take(step: Step) -> None:
    """
    Apply one entry.

    What it tells besides a move comes first, so that a move may need it.
    """
    entry, state = step.entry, step.state
    if entry.grants or entry.refuses:
        answer_request(step)
    if entry.due is not None:
        revise(step)
    if entry.asks_due is not None or entry.asks_removal:
        ask_for(step)
    _note(state, entry)
    if entry.ratings:
        _must_be_rated(step)
        state.ratings = {**state.ratings, **entry.ratings}
    state.updated = step.occasion.day
    if step.occasion.illustrative:
        state.illustrative = True
    if entry.to:
        make_move(step)


def _note(state: State, entry: Entry) -> None:
    if entry.evidence or "evidence" in entry.erased:
        state.evidence = (*state.evidence, *(entry.evidence or (ERASED,)))
    if entry.to:
        state.reason = ""  # a move needs a reason of its own
    for field in ("reason", "impact", "note"):
        text = getattr(entry, field)
        if text or field in entry.erased:
            setattr(state, field, text or ERASED)
    if entry.more:
        state.more = {**state.more, **entry.more}


def _must_be_rated(step: Step) -> None:
    known = step.rules.ratings if step.rules is not None else {}
    for axis, word in step.entry.ratings.items():
        if axis not in known:
            raise NotPermittedError(
                f"ratings/{axis}",
                f"“{axis}” is no rating of {a_kind(step.record)}.",
                f"Its ratings are {', '.join(known) or 'none'}.",
            )
        if word not in known[axis].scale:
            raise NotPermittedError(
                f"ratings/{axis}",
                f"“{word}” is not on the scale of “{axis}”.",
                f"The scale is {', '.join(known[axis].scale)}.",
            )
