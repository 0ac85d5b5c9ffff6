"""
Entries in words, as people read them on a console.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import click

from peerkit.cli.console import clean, filled, sentence
from peerkit.cli.explaining.entry import Entry
from peerkit.cli.tables import table
from peerkit.lifecycle.drawing import COLUMNS

__all__ = ["lines"]


def lines(entry: Entry) -> Iterator[str]:
    """
    Yield the lines that tell *entry*.
    """
    yield click.style(clean(entry.name), bold=True) + f": {entry.category}"
    yield filled(sentence(entry.doc), "  ")
    yield from entry.words
    for key, value in entry.details.items() if not entry.words else ():
        if value not in (None, [], {}, ""):
            yield from _TOLD.get(key, _one)(key, value)


def _one(key: str, value: Any) -> Iterator[str]:
    if isinstance(value, bool):
        value = "yes" if value else "no"
    yield filled(f"{key.replace('_', ' ')}: {value}", "  ", "  ")


def _many(key: str, value: list[str]) -> Iterator[str]:
    yield from _one(key, ", ".join(value))


def _mend(_key: str, value: str) -> Iterator[str]:
    yield filled(f"To mend it: {sentence(value)}", "  ", "  ")


def _text(_key: str, value: str) -> Iterator[str]:
    yield ""
    yield textwrap.indent(clean(value), "  ")


# declarations


def _fields(key: str, value: list[Mapping[str, Any]]) -> Iterator[str]:
    yield f"  {key}:"
    yield from _below(value, "    ")


def _below(fields: Iterable[Mapping[str, Any]], indent: str) -> Iterator[str]:
    for field in fields:
        said = f"{field['key']}: {_holds(field)}. {sentence(field['doc'])}"
        yield filled(said, indent, "    ")
        yield from _below(field.get("fields", ()), indent + "  ")


def _holds(field: Mapping[str, Any]) -> str:
    said = str(field["holds"])
    if "links_to" in field:
        said += f" {' or '.join(field['links_to'])}"
    elif "choices" in field and said == "one of":
        said += f" {', '.join(field['choices'])}"
    notes = {
        "required": "required",
        "by_position": "given by where it stands",
        "may_be_absent": "or none, or not applicable with a reason",
    }
    return ", ".join([said, *(note for key, note in notes.items() if field.get(key))])


def _field(_key: str, value: Mapping[str, Any]) -> Iterator[str]:
    yield filled(f"holds: {_holds(value)}", "  ", "  ")
    if "declared_in" in value:
        yield f"  must be declared in: {value['declared_in']}"
    if "fields" in value:
        yield from _fields("fields", value["fields"])


def _nests(_key: str, value: list[Mapping[str, str]]) -> Iterator[str]:
    said = ", ".join(f"{one['kind']} under {one['under']}" for one in value)
    yield filled(f"may hold: {said}", "  ", "  ")


def _facts(_key: str, value: list[Mapping[str, Any]]) -> Iterator[str]:
    yield "  facts:"
    for one in value:
        yield filled(f"{one['name']}: {', '.join(one['answers'])}", "    ", "  ")


def _names(_key: str, value: list[Mapping[str, Any]]) -> Iterator[str]:
    yield "  names a template may use:"
    for one in value:
        said = f"{one['path']}: {one['meaning']}, such as {one['example']}"
        yield filled(said + (" (may be missing)" if one["optional"] else ""), "    ", "  ")


# rules


def _stages(_key: str, value: list[str]) -> Iterator[str]:
    yield filled(f"stages: {', '.join(value)}; it begins at {value[0]}", "  ", "  ")


def _dated(_key: str, value: Mapping[str, str]) -> Iterator[str]:
    said = ", ".join(f"{stage} by the field {field}" for stage, field in value.items())
    yield filled(f"brought about by a day: {said}", "  ", "  ")


def _removed(_key: str, value: str) -> Iterator[str]:
    yield filled(f"a granted removal leads to: {value}", "  ", "  ")


def _moves(_key: str, value: list[Mapping[str, str]]) -> Iterator[str]:
    yield "  moves:"
    rows = [[one[column] for column in COLUMNS] for one in value]
    headings = [column.capitalize() for column in COLUMNS]
    yield from table(headings, rows, indent="    ")


def _lifecycle(_key: str, value: str) -> Iterator[str]:
    yield f"  to see it drawn: peerkit explain {value}"


def _mermaid(_key: str, value: str) -> Iterator[str]:
    yield "  drawn, as text for Mermaid:"
    yield textwrap.indent(clean(value), "    ")


def _words(_key: str, value: list[str]) -> Iterator[str]:
    yield filled(f"words, the worst first: {', '.join(value)}", "  ", "  ")


def _key(_key: str, value: Mapping[str, str]) -> Iterator[str]:
    told = {word: meaning for word, meaning in value.items() if meaning}
    if told:
        yield "  key:"
        for word, meaning in told.items():
            yield filled(f"{word}: {sentence(meaning)}", "    ", "  ")


def _rows(_key: str, value: list[Mapping[str, Any]]) -> Iterator[str]:
    yield "  rows, read downwards; the first that fits decides:"
    for number, row in enumerate(value, start=1):
        when = " and ".join(f"{fact} is {_or(each)}" for fact, each in row["when"].items())
        said = f"if {when}" if when else "in any other case" if number > 1 else "always"
        yield filled(f"{number}. {row['gives']}: {said}", "    ", "  ")


def _or(words: list[str]) -> str:
    return " or ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


_TOLD: Mapping[str, Callable[[str, Any], Iterator[str]]] = {
    "also_inside": _many,
    "answers": _many,
    "dated": _dated,
    "facts": _facts,
    "field": _field,
    "fields": _fields,
    "final": _many,
    "finds": _many,
    "holds": _nests,
    "key": _key,
    "keys": _fields,
    "lifecycle": _lifecycle,
    "mend": _mend,
    "mermaid": _mermaid,
    "moves": _moves,
    "names": _names,
    "nested_in": _many,
    "removed": _removed,
    "rows": _rows,
    "stages": _stages,
    "tables": _many,
    "text": _text,
    "there_are": _many,
    "verifying": _many,
    "words": _words,
}
