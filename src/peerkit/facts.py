"""
Questions about a record in its register on a day, with every answer they can give.

A fact has a closed list of answers, all words, so that rules over facts can be
checked before anything happens. Every field with choices is a fact by itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping

import attrs

from peerkit.model import FieldKind, FieldSpec, Record, RecordKind, field_specs
from peerkit.register import Register

__all__ = ["NOT_STATED", "Fact", "choice_facts"]

NOT_STATED = "not stated"


@attrs.frozen(kw_only=True)
class Fact:
    """
    A question about records of *kind*, with every answer that *ask* can give.

    *ask* takes the record, its register and the day; *source* names the rule the
    fact comes from, if any.
    """

    name: str
    kind: str
    answers: tuple[str, ...]
    doc: str
    ask: Callable[[Record, Register, dt.date], str]
    source: str = ""


def _ask_field(spec: FieldSpec) -> Callable[[Record, Register, dt.date], str]:
    words: Mapping[bool | None, str] = {True: "yes", False: "no", None: NOT_STATED}

    def ask(record: Record, _register: Register, _on: dt.date) -> str:
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
