"""
Raw trees and what plugins offer → a register, perhaps partial, with its problems.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import attrs

from peerkit.config import CONFIGURATION, Configuration
from peerkit.errors import Address, Place, Problem, Severity
from peerkit.files.reading import is_file, list_files, read_yaml
from peerkit.history.occasions import OCCASION
from peerkit.hookspecs import Offers
from peerkit.loading import problems as p
from peerkit.loading.configuration import ConfigurationReader
from peerkit.loading.history import HistoryReader
from peerkit.loading.packs import NAME
from peerkit.loading.problems import PROBLEM_KINDS
from peerkit.loading.records import RecordReader
from peerkit.model import Record
from peerkit.register import Register

__all__ = [
    "NAME",
    "PROBLEM_KINDS",
    "SKIPPED",
    "HistoryReader",
    "load_register",
    "open_register",
    "register_of",
]

SKIPPED = ("templates", "packs", "history", "issued", NAME)


@contextmanager
def _no_collection() -> Iterator[None]:
    """
    Put the garbage collector off: loading makes many values and no garbage in circles.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            # Everything counts as old now: else the collector would look through all of it.
            gc.freeze()
            gc.unfreeze()
            gc.enable()


def load_register(folder: Path, offers: Offers) -> Register:
    """
    Return the register in *folder*, with all that is wrong in it as problems.

    Nothing a folder can hold makes it raise; the caller looks at the problems.
    """
    return open_register(folder, offers)[0]


def open_register(folder: Path, offers: Offers) -> tuple[Register, HistoryReader]:
    """
    Return the register in *folder*, and what has read its history and can read more of it.
    """
    if not is_file(folder / NAME):
        missing = Problem(kind=p.NO_REGISTER, message=f"{folder} holds no {NAME}.")
        empty = register_of((), Configuration(), offers, folder.name)
        register = attrs.evolve(empty, problems=(missing,))
        return register, HistoryReader(offers.record_kinds, register.configuration, {})
    with _no_collection():
        reader = ConfigurationReader(folder, offers)
        configuration = reader.read()
        records = RecordReader(offers.record_kinds, configuration.widest)
        files, problems = list_files(folder, (".yaml", ".yml"), skip=SKIPPED)
        if any(problem.severity is Severity.FAULT for problem in problems):
            records.miss()
        packs = tuple(
            f"{pack.folder.relative_to(folder).as_posix()}/"
            for pack in configuration.packs
            if pack.folder.is_relative_to(folder)
        )
        for file in files:
            if file.startswith(packs):
                continue
            tree = read_yaml(folder, file)
            problems.extend(tree.problems)
            records.add(tree)
        made = records.finish()
        happened = HistoryReader(
            offers.record_kinds, configuration.widest, records.ids(), records.may_be_unread
        )
        history = happened.read(folder)
    found = (*reader.problems, *problems, *records.problems, *happened.problems)
    register = Register(
        name=folder.resolve().name,
        configuration=configuration,
        kinds=offers.record_kinds,
        records=made,
        history=history,
        waiting_days=offers.waiting_days,
        problems=tuple(sorted(found, key=lambda problem: problem.order)),
        locate=_locator(reader, records, happened),
    )
    return register, happened


def _locator(
    configuration: ConfigurationReader, records: RecordReader, happened: HistoryReader
) -> Callable[[Address], tuple[Place, str] | None]:
    in_records = records.locator()

    def locate(address: Address) -> tuple[Place, str] | None:
        if address.kind == CONFIGURATION:
            return configuration.locate(address.id)
        if address.kind == OCCASION:
            return happened.locate(address)
        return in_records(address)

    return locate


def register_of(
    records: Iterable[Record], configuration: Configuration, offers: Offers, name: str = "register"
) -> Register:
    """
    Return a register of *records* made in Python, whole ids in every link.
    """
    given = {
        name: {} if section.by_name else section.type()
        for name, section in offers.config_sections.items()
    }
    configuration = attrs.evolve(configuration, sections={**given, **configuration.sections})
    by_kind: dict[str, dict[str, Record]] = {kind: {} for kind in offers.record_kinds}
    for record in records:
        by_kind[record.kind][record.id] = record
    return Register(
        name=name,
        configuration=configuration,
        kinds=offers.record_kinds,
        records=by_kind,
        waiting_days=offers.waiting_days,
    )
