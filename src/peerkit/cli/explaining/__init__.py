"""
What every name a user can write means: entries, looked up in what is declared.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from peerkit.cli.explaining.declared import declared, sections
from peerkit.cli.explaining.entry import Entry
from peerkit.cli.explaining.recorded import ids_like, recorded
from peerkit.cli.explaining.ruled import ruled
from peerkit.config import Configuration
from peerkit.errors import UnknownNameError, closest, did_you_mean
from peerkit.hookspecs import Offers
from peerkit.model import FieldKind, field_specs
from peerkit.register import Register

__all__ = ["Entry", "entries", "look_up"]

_MOST_GUESSES = 8


def look_up(
    name: str,
    offers: Offers,
    configuration: Configuration,
    register: Register | None = None,
    on: dt.date = dt.date.max,
) -> tuple[Entry, ...]:
    """
    Return every entry of that name; one name may mean several things.

    The names that templates may use, and rules, depend on the *configuration*. With a
    *register*, its records are found by their whole id, their kind perhaps before it, and
    told as they stand at the end of the day *on*.

    Raises:
        UnknownNameError: If there is none.
        ProblemsError: If a record is meant, and its register could not be taken in whole.
    """
    known = tuple(entries(offers, configuration))
    wanted = {name.casefold(), _without_names(name, offers).casefold()}
    found = [one for one in known if one.name.casefold() in wanted]
    if register is not None:
        found += recorded(name, register, offers, on)
    if not found:
        raise UnknownNameError(
            f"There is nothing named “{name}”.", mend=_guess(name, known, register)
        )
    return tuple(found)


def _guess(name: str, known: tuple[Entry, ...], register: Register | None) -> str:
    ending = [one.name for one in known if one.name.endswith(f".{name}")]
    ending += ids_like(name, register) if register is not None else ()
    if ending:
        several = list(dict.fromkeys(ending))[:_MOST_GUESSES]
        return f"Did you mean {' or '.join(f'“{one}”' for one in several)}?"
    categories = ", ".join(dict.fromkeys(one.category for one in known))
    names = [one.name for one in known]
    names += [record.id for record in register] if register is not None else ()
    guess = did_you_mean(closest(name, names))
    records = ", and records by id" if register is not None else ""
    return (
        f"{guess} What can be explained: {categories}{records}. peerkit explain lists every name."
    ).strip()


def _without_names(name: str, offers: Offers) -> str:
    """
    Return a path of the configuration without the names that an organisation chooses.

    `review_kinds.NAVSH.findings` becomes `review_kinds.findings`.
    """
    head, *steps = name.split(".")
    section = next((one for one in sections(offers) if one.name == head), None)
    if section is None or not steps:
        return name
    kept = [head]
    specs = {spec.key: spec for spec in field_specs(section.type)}
    may_be_name = section.by_name
    for step in steps:
        if step in specs:
            spec = specs[step]
            kept.append(step)
            specs = {one.key: one for one in field_specs(spec.inner)} if spec.inner else {}
            may_be_name = spec.kind in (FieldKind.NAMED, FieldKind.WORDS)
        elif may_be_name:
            may_be_name = False
        else:
            return name
    return ".".join(kept)


def entries(offers: Offers, configuration: Configuration) -> Iterator[Entry]:
    """
    Yield every entry that needs no record, by category.
    """
    yield from ruled(configuration)
    yield from declared(offers, configuration)
