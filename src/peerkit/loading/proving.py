"""
The rules of a configuration proven, over facts that are closed now.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from peerkit.config import Configuration, KindRules
from peerkit.errors import Fault, closest, did_you_mean
from peerkit.facts import Fact, axis_fact, closed_facts, number_fields
from peerkit.hookspecs import Offers
from peerkit.loading import problems as p
from peerkit.model import FieldKind, RecordKind, field_specs
from peerkit.rules.problems import TABLE_CIRCLE

__all__ = ["rule_faults"]

Path = tuple[str | int, ...]
_Facts = Mapping[tuple[str, str], Fact]


def rule_faults(configuration: Configuration, offers: Offers) -> Iterator[Fault]:
    """
    Yield what is wrong with the rules that *configuration* states, and with what its
    papers ask, each with the path to it in the whole configuration.
    """
    facts = closed_facts(configuration, offers.facts)
    for kind, rules in configuration.rules.items():
        known = offers.record_kinds.get(kind)
        if known is None:
            yield Fault(
                kind=p.UNKNOWN_KEY,
                message=f"“{kind}” is no kind of record.",
                mend=did_you_mean(closest(kind, offers.record_kinds))
                or f"Kinds are {', '.join(sorted(offers.record_kinds))}.",
                path=("rules", kind),
                on_key=True,
            )
            continue
        for fault in _kind_faults(known, rules, configuration, facts):
            yield attrs.evolve(fault, path=("rules", kind, *fault.path))
    if configuration.rules:
        yield from _circle_faults(configuration, facts)
    for name, configured in configuration.papers.items():
        asked = _Asked(offers.papers[name].subject, facts)
        yield from asked.faults_of(configured, ("papers", name))


def _kind_faults(
    kind: RecordKind, rules: KindRules, configuration: Configuration, facts: _Facts
) -> Iterator[Fault]:
    from peerkit.rules.proof import table_faults  # noqa: PLC0415 - not without rules

    asked = _Asked(kind.name, facts)
    numbers = number_fields(configuration, kind.name)
    for axis, table in rules.tables:
        path: Path = ("status",) if table is rules.status else ("ratings", axis)
        if path == ("ratings", "status"):
            message = "A rating cannot be called “status”, which is a table of its own."
            yield Fault(kind=p.UNKNOWN_WORD, message=message, path=path, on_key=True)
        own = axis_fact(axis)
        answers = {name: each for name, each in asked.answers.items() if name != own}
        for fault in table_faults(table, axis, answers, asked.never, numbers, kind=kind.name):
            yield attrs.evolve(fault, path=(*path, *fault.path))
    if rules.lifecycle is not None:
        yield from _lifecycle_faults(kind, rules, asked, numbers)


def _lifecycle_faults(
    kind: RecordKind, rules: KindRules, asked: _Asked, numbers: tuple[str, ...]
) -> Iterator[Fault]:
    from peerkit.lifecycle.proof import lifecycle_faults  # noqa: PLC0415 - not without rules

    assert rules.lifecycle is not None  # noqa: S101 - the caller has looked
    specs = field_specs(kind.record)
    for fault in lifecycle_faults(
        rules.lifecycle,
        asked.answers,
        asked.never,
        day_fields=(
            # A due day is what was promised, and it may be revised.
            *(spec.key for spec in specs if spec.kind is FieldKind.DAY and spec.key != "due"),
            *kind.days,
        ),
        numbers=numbers,
        kind=kind.name,
    ):
        yield attrs.evolve(fault, path=("lifecycle", *fault.path))


def _circle_faults(configuration: Configuration, facts: _Facts) -> Iterator[Fault]:
    from peerkit.rules.circles import circles  # noqa: PLC0415 - not without rules

    graph: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {
        key: fact.rests_on for key, fact in facts.items() if fact.rests_on
    }
    at: dict[tuple[str, str], Path] = {}
    for kind, rules in configuration.rules.items():
        for axis, table in rules.tables:
            named = dict.fromkeys(fact for row in table.rows for fact in row)
            own = axis_fact(axis)
            asked = [fact for fact in named if fact not in (table.result, own)]
            graph[kind, own] = tuple((kind, fact) for fact in asked)
            place = ("status",) if table is rules.status else ("ratings", axis)
            at[kind, own] = ("rules", kind, *place)
    for circle in circles(graph):
        said = " → ".join(f"{kind}, {name}" for kind, name in (*circle, circle[0]))
        path = next(at[node] for node in circle if node in at)
        message = f"Tables ask one another in a circle: {said}."
        yield Fault(kind=TABLE_CIRCLE, message=message, path=path, on_key=True)


class _Asked:
    """
    What may be asked of records of one kind.
    """

    def __init__(self, kind: str, facts: _Facts) -> None:
        self.kind = kind
        self._facts = facts
        self.answers = {name: fact.answers for (of, name), fact in facts.items() if of == kind}
        self.never = {
            (name, answer): {other: frozenset(answers) for other, answers in beside.items()}
            for (of, name), fact in facts.items()
            if of == kind
            for answer, beside in fact.never.items()
        }

    def faults_of(self, value: object, path: Path) -> Iterator[Fault]:
        """
        Yield what is wrong with every cell that *value*, settings of a paper, holds.
        """
        for spec in field_specs(type(value)) if attrs.has(type(value)) else ():
            held = getattr(value, spec.name)
            at = (*path, spec.key)
            if not held:
                continue
            if spec.kind is FieldKind.CELLS:
                from peerkit.rules.proof import cells_faults  # noqa: PLC0415 - where there are any

                yield from cells_faults(held, self.answers, self.never, at, kind=self.kind)
            elif spec.kind is FieldKind.GROUP:
                yield from self.faults_of(held, at)
            elif spec.kind is FieldKind.GROUPS:
                for index, one in enumerate(held):
                    yield from self.faults_of(one, (*at, index))
            elif spec.rows_of:
                yield from _Asked(spec.rows_of, self._facts).group_faults(held, at)
            elif spec.kind is FieldKind.NAMED:
                for name, one in held.items():
                    yield from self.faults_of(one, (*at, name))

    def group_faults(self, groups: Mapping[str, Any], path: Path) -> Iterator[Fault]:
        """
        Yield what is wrong with *groups* of records, each with its cells `when`.
        """
        from peerkit.rules.proof import group_faults  # noqa: PLC0415 - where there are any

        rows = [(name, one.when) for name, one in groups.items()]
        yield from group_faults(
            rows, self.answers, self.never, path, below=("when",), kind=self.kind
        )
