"""
What the user says happened: options, or answers, as the draft of an occasion.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

import attrs
import click

from peerkit.cli.naming import plain_name
from peerkit.errors import Problem

__all__ = ["PAIR", "Wish"]

_RECORDS = "records"
_RECORD = "RECORD"
_OPTIONS: Mapping[str, str] = {"ratings": "--rate", "more": "--set"}
"""Options that are not called like the field they fill."""


class _Pair(click.ParamType):  # type: ignore[type-arg] # not generic before click 8.2
    """
    Two words with = between them.
    """

    name = "pair"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        if isinstance(value, tuple):
            return value
        before, sign, after = (part.strip() for part in str(value).partition("="))
        if not (before and sign and after):
            self.fail(f"“{value}” has no = between a name and what is said of it.", param, ctx)
        return before, after


PAIR = _Pair()


@attrs.frozen(kw_only=True)
class Wish:
    """
    What is to be recorded of one record, and of the occasion itself.
    """

    record: str = ""
    by: str | None = None
    day: dt.date | None = None
    occasion: str | None = None
    source: str | None = None
    within: str | None = None
    corrects: tuple[str, ...] = ()
    settles: tuple[str, ...] = ()
    entry: Mapping[str, Any] = attrs.field(factory=dict)

    @classmethod
    def of(cls, **given: Any) -> Wish:
        """
        Return what was said by options, of which those not given are None, empty or false.
        """
        own = {one.name: given.pop(one.name) for one in attrs.fields(cls) if one.name in given}
        for name, option in _OPTIONS.items():
            given[name] = _by_name(given[name], option)
        entry = {key: value for key, value in given.items() if value}
        return cls(entry=entry, **own)

    @property
    def given(self) -> tuple[str, ...]:
        """
        The options that were given, as they are typed.
        """
        own = (name for name in attrs.asdict(self, recurse=False) if name != "entry")
        return tuple(map(_option, (*(one for one in own if getattr(self, one)), *self.entry)))

    @property
    def missing(self) -> tuple[str, ...]:
        """
        What is missing to record it, in words.
        """
        return tuple(self._missing())

    def _missing(self) -> Iterator[str]:
        if not self.record:
            yield "which record (RECORD)"
        if not self.entry:
            yield "what happened to it (such as --to STAGE or --note TEXT)"
        if not self.by:
            yield "who says so (--by PARTY)"

    def draft(self, written: str) -> dict[str, Any]:
        """
        Return the occasion as a file would say it, the record called *written*.
        """
        told = {
            "day": self.day.isoformat() if self.day else None,
            "by": self.by,
            "occasion": self.occasion,
            "source": self.source,
            "within": self.within,
            "corrects": [plain_name(one) for one in self.corrects],
            "settles": [plain_name(one) for one in self.settles],
            _RECORDS: {written: dict(self.entry)},
        }
        return {key: value for key, value in told.items() if value}

    def option(self, problem: Problem) -> str:
        """
        Return the option that *problem* is about, as it is typed.
        """
        field = problem.address.field if problem.address is not None else ""
        group, _, rest = field.partition("/")
        if group != _RECORDS:
            return _option(group) if group else "peerkit record"
        step = next((key for key in self.entry if f"/{rest}/".endswith(f"/{key}/")), "")
        step = step or next((key for key in self.entry if f"/{key}/" in f"/{rest}/"), "")
        return _option(step) if step else _RECORD


def _option(name: str) -> str:
    if name in ("record", _RECORDS):
        return _RECORD
    return _OPTIONS.get(name, f"--{name.replace('_', '-')}")


def _by_name(pairs: tuple[tuple[str, str], ...], option: str) -> dict[str, str]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise click.UsageError(f"{option} is given twice for the same name.")
    return found
