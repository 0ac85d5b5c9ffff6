"""
Questions about a record in its register at a moment, with every answer they can give.

A fact has a closed list of answers, all words, so that rules over facts can be
proven before anything happens. Some facts follow from what an organisation declares:
the stages of a lifecycle, fields with choices, the words of a table.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Protocol

import attrs

from peerkit.config import Configuration, DeclaredField, KindRules
from peerkit.history import State
from peerkit.model import FieldKind, FieldSpec, Record, RecordKind, field_specs
from peerkit.register import Register
from peerkit.rules import StatusTable, Table, table_of
from peerkit.rules.numbers import answer_for, cut

__all__ = [
    "NOT_RATED",
    "NOT_STATED",
    "Fact",
    "Moment",
    "Rules",
    "axis_fact",
    "choice_facts",
    "closed_facts",
    "closed_rules",
    "number_fields",
]

NOT_RATED = "not rated"
NOT_STATED = "not stated"
_NO_PAIRS: Mapping[str, Mapping[str, tuple[str, ...]]] = MappingProxyType({})


class Moment(Protocol):
    """
    A register at a moment, as far as facts may look at it.

    It may be the end of a day, or lie between two things that happened on one.
    """

    @property
    def register(self) -> Register:
        """
        The register.
        """

    @property
    def on(self) -> dt.date:
        """
        The day.
        """

    @property
    def configuration(self) -> Configuration:
        """
        What is in force on that day.
        """

    def state(self, record: Record) -> State:
        """
        Return where *record* stands.
        """

    def ask(self, record: Record, fact: str) -> str:
        """
        Return the answer of *record* to the fact of that name.
        """

    def word(self, record: Record, axis: str) -> str:
        """
        Return what the table on *axis* gives *record*, or nothing if it has no such table.
        """


Ask = Callable[[Record, Moment], str]


@attrs.frozen(kw_only=True)
class Fact:
    """
    A question about records of *kind*, with every answer that *ask* can give.

    *ask* takes the record and the moment; *source* names the rule the fact comes from,
    if any. Where *like* names a fact of another kind, its answers are that fact's, before
    its own; without rules that make that fact, there is none. *rests_on* are facts of
    other kinds of record that *ask* asks, so that no table may turn in a circle. *never*
    tells, by answer, which answers of other facts cannot occur beside it; those are left
    out when rules are proven.
    """

    name: str
    kind: str
    answers: tuple[str, ...]
    doc: str
    ask: Ask
    source: str = ""
    like: tuple[str, str] | None = None
    rests_on: tuple[tuple[str, str], ...] = ()
    never: Mapping[str, Mapping[str, tuple[str, ...]]] = _NO_PAIRS


@attrs.frozen(kw_only=True, eq=False)
class Rules:
    """
    The rules of one configuration, made ready: *tables* by kind and axis, and all *facts*.

    *numbers* are the facts among them that are numbers, with their answers, by kind.
    """

    kinds: Mapping[str, KindRules]
    tables: Mapping[str, Mapping[str, Table]]
    facts: Mapping[tuple[str, str], Fact]
    numbers: Mapping[str, Mapping[str, tuple[str, ...]]]


def _ask_field(spec: FieldSpec) -> Ask:
    words: Mapping[bool | None, str] = {True: "yes", False: "no", None: NOT_STATED}

    def ask(record: Record, _moment: Moment) -> str:
        value = getattr(record, spec.name)
        return words[value] if spec.kind is FieldKind.FLAG else value or NOT_STATED

    return ask


def choice_facts(kind: RecordKind) -> Iterator[Fact]:
    """
    Yield a fact for every field of *kind* that has choices.
    """
    for spec in field_specs(kind.record):
        if spec.kind in (FieldKind.CHOICE, FieldKind.FLAG):
            yield Fact(
                name=spec.key,
                kind=kind.name,
                answers=spec.choices if spec.required else (*spec.choices, NOT_STATED),
                doc=spec.doc,
                ask=_ask_field(spec),
            )


# Facts that follow from a configuration. Its own words come first: a council that calls
# a field “due” means its own.


def closed_rules(configuration: Configuration, offered: Mapping[tuple[str, str], Fact]) -> Rules:
    """
    Return the rules of *configuration*, which were proven, made ready over the facts
    *offered* and those that it makes itself.
    """
    facts = closed_facts(configuration, offered)
    numbers = {
        kind: {name: facts[kind, name].answers for name in number_fields(configuration, kind)}
        for kind in configuration.rules
    }
    tables = {
        kind: {axis: table_of(table, axis, numbers[kind]) for axis, table in rules.tables}
        for kind, rules in configuration.rules.items()
    }
    return Rules(kinds=configuration.rules, tables=tables, facts=facts, numbers=numbers)


def closed_facts(
    configuration: Configuration, offered: Mapping[tuple[str, str], Fact]
) -> Mapping[tuple[str, str], Fact]:
    """
    Return the facts *offered* and those that *configuration* makes: its fields with
    choices, its numbers, the stages of its lifecycles, the words of its tables.
    """
    facts = dict(offered)
    for kind, declared in configuration.fields.items():
        for name, field in declared.items():
            if (fact := _declared_fact(kind, name, field, configuration)) is not None:
                facts[kind, name] = fact
    for kind, rules in configuration.rules.items():
        facts.update({(kind, fact.name): fact for fact in _rule_facts(kind, rules)})
    for key, fact in offered.items():
        if fact.like is None:
            continue
        if fact.like in facts:
            answers = (*facts[fact.like].answers, *fact.answers)
            facts[key] = attrs.evolve(fact, answers=answers)
        else:
            del facts[key]
    return facts


def number_fields(configuration: Configuration, kind: str) -> tuple[str, ...]:
    """
    Return the names of the fields that *configuration* adds to *kind* and are numbers.
    """
    return tuple(
        name
        for name, field in configuration.fields.get(kind, {}).items()
        if field.type == FieldKind.NUMBER.value
    )


def _declared_fact(
    kind: str, name: str, field: DeclaredField, configuration: Configuration
) -> Fact | None:
    def value(record: Record, moment: Moment) -> object:
        return moment.state(record).more.get(name, record.more.get(name))

    if field.type == FieldKind.NUMBER.value:
        answers = cut(_cells_of(kind, name, configuration))

        def ask(record: Record, moment: Moment) -> str:
            figure = value(record, moment)
            return answer_for(figure if isinstance(figure, int) else None, answers)

    elif field.type == FieldKind.FLAG.value:
        answers = ("yes", "no", NOT_STATED)
        words = {True: "yes", False: "no"}

        def ask(record: Record, moment: Moment) -> str:
            return words.get(value(record, moment), NOT_STATED)  # type: ignore[call-overload,no-any-return]

    elif field.type == FieldKind.CHOICE.value:
        answers = (*field.choices, NOT_STATED)

        def ask(record: Record, moment: Moment) -> str:
            given = str(value(record, moment))
            return given if given in answers else NOT_STATED  # it may be of another day's choices

    else:
        return None
    return Fact(name=name, kind=kind, answers=answers, doc=field.doc, ask=ask)


def _cells_of(kind: str, name: str, configuration: Configuration) -> Iterator[str]:
    """
    Yield every cell that any rule for *kind* has about the number field *name*.
    """
    rules = configuration.rules.get(kind)
    if rules is None:
        return
    for _, table in rules.tables:
        for row in table.rows:
            yield from row.get(name, ())
    for move in rules.lifecycle.moves if rules.lifecycle else ():
        yield from move.needs.get(name, ())


def axis_fact(axis: str) -> str:
    """
    Return the name of the fact that tells what the table on *axis* gives.

    >>> axis_fact("status"), axis_fact("impact")
    ('status', 'impact rating')
    """
    return axis if axis == "status" else f"{axis} rating"


def _rule_facts(kind: str, rules: KindRules) -> Iterable[Fact]:
    if rules.lifecycle is not None:
        yield Fact(
            name="stage",
            kind=kind,
            answers=rules.lifecycle.stages,
            doc="Where it is in its life.",
            ask=lambda record, moment: moment.state(record).stage,
        )
    for name, answers, doc, ask in _OF_HISTORY:
        yield Fact(name=name, kind=kind, answers=answers, doc=doc, ask=ask)
    for axis, table in rules.tables:
        is_status = isinstance(table, StatusTable)
        yield Fact(
            name=axis_fact(axis),
            kind=kind,
            answers=table.words if table.rows else (*table.words, NOT_RATED),
            doc="Its status." if is_status else f"Its rating: {table.title or axis}.",
            ask=_ask_table(axis) if table.rows else _ask_people(axis, table.words),
        )


def _ask_table(axis: str) -> Ask:
    return lambda record, moment: moment.word(record, axis)


def _ask_people(axis: str, words: tuple[str, ...]) -> Ask:
    def ask(record: Record, moment: Moment) -> str:
        given = moment.state(record).ratings.get(axis, NOT_RATED)
        return given if given in words else NOT_RATED  # it may be of an earlier scale

    return ask


def _evidence(record: Record, moment: Moment) -> str:
    return "given" if moment.state(record).evidence else "missing"


def _reason(record: Record, moment: Moment) -> str:
    return "given" if moment.state(record).reason else "missing"


def _impact(record: Record, moment: Moment) -> str:
    return "given" if moment.state(record).impact else "not assessed"


def _update(record: Record, moment: Moment) -> str:
    updated = moment.state(record).updated
    if updated is None:
        return "none"
    rules = moment.configuration.rules[record.kind]
    return "fresh" if (moment.on - updated).days <= rules.stale else "stale"


_OF_HISTORY: tuple[tuple[str, tuple[str, ...], str, Ask], ...] = (
    ("evidence", ("missing", "given"), "Whether anything recorded shows it.", _evidence),
    (
        "reason",
        ("missing", "given"),
        "Whether a reason was given with its last move, or since.",
        _reason,
    ),
    ("impact", ("not assessed", "given"), "Whether it is said what difference it made.", _impact),
    (
        "update",
        ("none", "stale", "fresh"),
        "Whether anything was recorded of it, and within the days that rules, stale says.",
        _update,
    ),
)
"""What may be asked of records of every kind that has rules."""
