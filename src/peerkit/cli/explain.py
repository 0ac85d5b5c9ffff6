"""
`peerkit explain`: what a name means, from the declarations themselves.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from peerkit import verbs
from peerkit.cli import options
from peerkit.cli.checking import register_around
from peerkit.cli.console import clean, filled, say, say_json, sentence, stdout_is_ours
from peerkit.cli.exits import Exit
from peerkit.cli.explaining import Entry, entries, look_up
from peerkit.config import Configuration
from peerkit.hookspecs import Offers
from peerkit.plugins import gather

__all__ = ["command"]


@click.command(short_help="Say what a name means: a code, a field, a paper …")
@click.argument("name", default="")
@options.as_json
@options.no_plugin
def command(name: str, as_json: bool, without: tuple[str, ...]) -> Exit:  # noqa: FBT001 - click passes it by name
    """
    Explain NAME: a problem's code, a record kind, a field such as action.due, a fact, a
    section or key of peerkit.yaml, a paper, a format, a pack, a check or a hook.

    Without NAME, list every name there is. Inside a register, a paper is explained with
    every name that its templates may use there.
    """
    with stdout_is_ours():
        offers = gather(without)
        known = _configuration(offers)
        found = look_up(name, offers, known) if name else tuple(entries(offers, known))
    if as_json:
        say_json({"peerkit": "explain/1", "name": name, "found": [_plain(one) for one in found]})
    elif name:
        for index, one in enumerate(found):
            say("\n" * bool(index) + "\n".join(_lines(one)))
    else:
        _list(found)
    return Exit.FINE


def _configuration(offers: Offers) -> Configuration:
    home = register_around(Path())
    return verbs.load(home, offers=offers).configuration if home else Configuration()


def _plain(entry: Entry) -> dict[str, Any]:
    return {
        "category": entry.category,
        "name": entry.name,
        "doc": entry.doc,
        **entry.details,
    }


def _list(found: Iterable[Entry]) -> None:
    names: dict[str, list[str]] = {}
    for one in found:
        names.setdefault(one.category, []).append(one.name)
    for category, several in names.items():
        say(click.style(category, bold=True))
        say(filled(", ".join(dict.fromkeys(several)), "  "))
    say()
    say("To learn more: peerkit explain NAME")


def _lines(entry: Entry) -> Iterator[str]:
    yield click.style(clean(entry.name), bold=True) + f": {entry.category}"
    yield filled(sentence(entry.doc), "  ")
    for key, value in entry.details.items():
        if value not in (None, [], ""):
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


_TOLD: Mapping[str, Callable[[str, Any], Iterator[str]]] = {
    "answers": _many,
    "facts": _facts,
    "field": _field,
    "fields": _fields,
    "finds": _many,
    "holds": _nests,
    "keys": _fields,
    "mend": _mend,
    "names": _names,
    "nested_in": _many,
    "text": _text,
    "there_are": _many,
}
