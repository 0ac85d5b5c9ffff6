"""
Files of the folder `history` into occasions: types given, short ids made whole.

An occasion is taken in whole or not at all, as what it tells of was. Kept out: whether
it was permitted, and whether its seals are true.

- `places` is one file as it was read, and tells where something stands in it.
- `subjects` tells which record is meant by what a file calls it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any, Final

import attrs

from peerkit.config import Configuration
from peerkit.errors import Address, Place, Problem, ProblemKind, Severity, short
from peerkit.files.reading import OUTSIDE, list_files, outside_reason, read_yaml
from peerkit.files.text import clean
from peerkit.files.tree import Mapping as LocatedMapping
from peerkit.files.tree import Tree
from peerkit.files.yaml import EMPTY
from peerkit.history import Entry, History, Occasion, Seal, Subject, ordered
from peerkit.history import problems as h
from peerkit.history.occasions import OCCASION, Told
from peerkit.loading import problems as p
from peerkit.loading.brackets import cut_texts
from peerkit.loading.converter import UnstructuredError, structure
from peerkit.loading.declared import MORE, structure_more
from peerkit.loading.history.places import RECORDS, SEALED, HistoryFile, Steps
from peerkit.loading.history.subjects import Subjects
from peerkit.model import Day, RecordKind, field_specs
from peerkit.model import fields as f

__all__ = ["FOLDER", "HistoryReader", "OccasionFile"]

FOLDER: Final = "history"
_SUFFIXES: Final = (".yaml", ".yml")


@attrs.frozen(kw_only=True, eq=False, repr=False)
class OccasionFile(Told):
    """
    What stands in a file beside the records it tells of.
    """

    day: Day = f.day("The one day on which it happened.", required=True)
    within: str = f.text("The record that the ids below belong to, so that they can be short.")


class HistoryReader:
    """
    Reads what happened to the records of one register; *problems* lists what was wrong.

    *records* are all ids by kind, those of broken records included; *may_be_unread*
    tells whether an id can be that of a record which could not be read, so that a
    second problem would only distract.
    """

    def __init__(
        self,
        kinds: Mapping[str, RecordKind],
        configuration: Configuration,
        records: Mapping[str, Iterable[str]],
        may_be_unread: Callable[[str], bool] = lambda _written: False,
    ) -> None:
        self.problems: list[Problem] = []
        self._configuration = configuration
        self._subjects = Subjects(kinds, records, may_be_unread)
        self._files: dict[str, HistoryFile] = {}
        self._occasions: list[Occasion] = []

    @property
    def is_whole(self) -> bool:
        """
        True if all of it could be taken in; only then does verifying it make sense.
        """
        return not self._subjects.is_left_out and not self._has_faults()

    def _has_faults(self, since: int = 0) -> bool:
        return any(one.severity is Severity.FAULT for one in self.problems[since:])

    def read(self, folder: Path) -> History:
        """
        Return what happened to the records of the register in *folder*.
        """
        if not (folder / FOLDER).is_dir():
            return History()
        reason = outside_reason(folder, FOLDER)
        if reason:
            message = f"The folder {FOLDER} is not read: {reason}."
            self.problems.append(Problem(kind=OUTSIDE, message=message, place=Place(FOLDER)))
            return History()
        files, problems = list_files(folder / FOLDER, _SUFFIXES)
        self.problems.extend(map(_in_folder, problems))
        for file in files:
            tree = read_yaml(folder, f"{FOLDER}/{file}")
            if "/" in file:
                self._at_start(tree, h.IN_A_FOLDER, f"{file} lies in a folder inside {FOLDER}.")
            else:
                self.add(tree)
        return self.finish()

    def add(self, tree: Tree) -> None:
        """
        Take in the occasion of one file.
        """
        self.problems.extend(one for one in tree.problems if one.kind is not EMPTY)
        path = PurePosixPath(tree.source.file)
        path = path.relative_to(FOLDER) if path.is_relative_to(FOLDER) else path
        name = clean(path.with_suffix("").as_posix())[0]
        file = self._files.setdefault(name, HistoryFile(name, tree, self.problems))
        if file.tree is not tree:
            message = f"{file.tree.source.file} is the same occasion by its name."
            self._at_start(tree, h.SAME_RECORD, message, "Rename one of the two files.")
        elif not tree.root:
            if not tree.faulty:  # else what is wrong has been told
                self._at_start(tree, h.NO_OCCASION, "The file holds nothing that could be read.")
        else:
            self._take_in(file, tree.root)

    def _at_start(self, tree: Tree, kind: ProblemKind, message: str, mend: str = "") -> None:
        self.problems.append(tree.source.problem(kind, message, 1, 1, mend=mend))

    def finish(self) -> History:
        """
        Return all that was taken in, in order.
        """
        return History(ordered(self._occasions))

    def names(self, subjects: Iterable[Subject]) -> tuple[str, dict[Subject, str]]:
        """
        Return what *subjects* can be called in a new file, as short as is clear.

        The first is the record within which the names hold, or nothing.
        """
        return self._subjects.names(subjects)

    def file_of(self, name: str) -> str:
        """
        Return the path, in the folder of the register, of the file of an occasion.
        """
        return self._files[name].tree.source.file

    def names_in(self, name: str) -> Mapping[Subject, str]:
        """
        Return what each record is called in the file of an occasion.
        """
        return self._files[name].records

    def locate(self, address: Address) -> tuple[Place, str] | None:
        """
        Return the place and the line of what an address of kind `occasion` names.
        """
        file = self._files.get(address.id) if address.kind == OCCASION else None
        return None if file is None else file.locate(address.field)

    # one file

    def _take_in(self, file: HistoryFile, root: LocatedMapping) -> None:
        before = len(self.problems)
        self.problems.extend(cut_texts(file.tree))
        told = self._structured(
            file,
            {key: one for key, one in root.items() if key not in (RECORDS, SEALED)},
            OccasionFile,
            also=(RECORDS, SEALED),
        )
        if told is not None and not told.day.is_exact:
            message = f"“{told.day}” is not one single day."
            file.found(p.NOT_A_DAY, message, "Write it like 2022-05-09.", ("day",))
        if told is not None:
            told = attrs.evolve(told, by=self._subjects.linked(file, told, "by", ()))
        within = self._subjects.within(file, root.get("within"))
        entries = self._entries(file, root, within)
        seals = self._seals(file, root, within)
        if told is None or entries is None or file.tree.faulty or self._has_faults(before):
            return
        own = {spec.name: getattr(told, spec.name) for spec in field_specs(Told)}
        occasion = Occasion(**own, name=file.name, day=told.day.first, entries=entries, seals=seals)
        self._occasions.append(occasion)

    def _structured(
        self,
        file: HistoryFile,
        values: Mapping[str, Any],
        cls: type,
        path: Steps = (),
        also: tuple[str, ...] = (),
    ) -> Any:
        given = values
        if None in values.values():
            known = {spec.key for spec in field_specs(cls)}
            given = {k: v for k, v in values.items() if v is not None or k not in known}
        try:
            return structure(given, cls)
        except UnstructuredError as error:
            from peerkit.loading.faults import faults  # noqa: PLC0415 - needs cattrs

            for fault in faults(error.error, path, also):
                file.fault(fault)
            return None

    def _entries(
        self, file: HistoryFile, root: LocatedMapping, within: tuple[str, ...] | None
    ) -> dict[Subject, Entry] | None:
        """
        Return what is said of each record, or nothing if some of it is left out.
        """
        given = root.get(RECORDS)
        if not isinstance(given, LocatedMapping) or not given:
            key = RECORDS if RECORDS in root else ""
            message = (
                "Records are needed here, each behind its id."
                if key
                else "The file does not say what happened to which records."
            )
            file.found(h.NO_OCCASION, message, "", (key,) if key else (), on_key=True)
            return None
        found: dict[Subject, Entry] = {}
        is_whole = True
        for written, value in given.items():
            path: Steps = (RECORDS, written)
            subject = self._subjects.subject(file, written, within, path)
            if subject is None:
                is_whole = False
                continue
            if subject in file.records:
                first = file.records[subject]
                message = f"“{written}” and “{first}” are the same record."
                file.found(h.SAME_RECORD, message, "", path, on_key=True)
                continue
            file.records[subject] = written
            entry = self._entry(file, subject, value, path)
            if entry is not None:
                found[subject] = entry
        return found if is_whole else None

    def _entry(
        self, file: HistoryFile, subject: Subject, value: object, path: Steps
    ) -> Entry | None:
        if value is None or value == {}:
            message = f"Nothing is said of {path[-1]}."
            file.found(h.NOTHING_SAID, message, "", path, on_key=True)
            return None
        if not isinstance(value, LocatedMapping):
            message = "A group of fields is needed here."
            mend = f"Write what it is: “note: {short(value)}”." if isinstance(value, str) else ""
            file.found(p.WRONG_SHAPE, message, mend, path)
            return None
        if not any(one is not None for one in value.values()):
            message = f"Nothing is said of {path[-1]}."
            file.found(h.NOTHING_SAID, message, "", path, on_key=True)
            return None
        values: dict[str, Any] = dict(value)
        if values.get(MORE) is not None:
            values[MORE] = self._more(file, subject[0], values[MORE], path)
        else:
            values.pop(MORE, None)
        entry: Entry | None = self._structured(file, values, Entry, path)
        if entry is not None and entry.of:
            entry = attrs.evolve(entry, of=self._subjects.linked(file, entry, "of", path))
        return entry

    def _more(self, file: HistoryFile, kind: str, given: object, path: Steps) -> object:
        if "fields" in self._configuration.broken:
            return {}
        declared = self._configuration.fields.get(kind, {})
        made, found = structure_more(given, declared, kind)
        for fault in found:
            file.fault(attrs.evolve(fault, path=(*path, MORE, *fault.path)))
        return made

    def _seals(
        self, file: HistoryFile, root: LocatedMapping, within: tuple[str, ...] | None
    ) -> dict[Subject, Seal]:
        given = root.get(SEALED)
        if given is None:
            return {}
        if not isinstance(given, LocatedMapping):
            message = "Seals are needed here, each behind the id of its record."
            file.found(p.WRONG_SHAPE, message, "", (SEALED,))
            return {}
        found: dict[Subject, Seal] = {}
        for written, value in given.items():
            path: Steps = (SEALED, written)
            subject = self._subjects.subject(file, written, within, path)
            if subject is None:
                continue
            file.seals.setdefault(subject, written)
            if not isinstance(value, LocatedMapping) or subject in found:
                message = (
                    "A seal is a group of fields."
                    if subject not in found
                    else f"“{written}” is sealed twice."
                )
                file.found(p.WRONG_SHAPE, message, "", path, on_key=True)
                continue
            seal = self._structured(file, value, Seal, path)
            if seal is not None:
                found[subject] = seal
        return found


def _in_folder(problem: Problem) -> Problem:
    place = problem.place
    if place is None:
        return problem
    return attrs.evolve(problem, place=attrs.evolve(place, file=f"{FOLDER}/{place.file}"))
