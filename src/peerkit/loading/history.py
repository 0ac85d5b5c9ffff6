"""
Files of the folder `history` into occasions: types given, short ids made whole.

An occasion is taken in whole or not at all, as what it tells of was. Kept out: whether
it was permitted, and whether its seals are true.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any, Final

import attrs

from peerkit.config import Configuration
from peerkit.errors import (
    Address,
    Fault,
    Place,
    Problem,
    ProblemKind,
    Severity,
    closest,
    did_you_mean,
    short,
)
from peerkit.files.reading import OUTSIDE, list_files, outside_reason, read_yaml
from peerkit.files.text import clean
from peerkit.files.tree import Mapping as LocatedMapping
from peerkit.files.tree import Tree, place_of
from peerkit.files.yaml import EMPTY
from peerkit.history import Entry, History, Occasion, Seal, Subject, ordered
from peerkit.history import problems as h
from peerkit.history.occasions import OCCASION, Told
from peerkit.loading import problems as p
from peerkit.loading.brackets import cut_texts
from peerkit.loading.converter import UnstructuredError, structure
from peerkit.loading.declared import structure_more
from peerkit.model import Day, RecordKind, field_specs
from peerkit.model import fields as f

__all__ = ["FOLDER", "HistoryReader", "OccasionFile"]

FOLDER: Final = "history"
_SUFFIXES: Final = (".yaml", ".yml")
_RECORDS: Final = "records"
_SEALED: Final = "sealed"
_MORE: Final = "more"
_MOST_GUESSES: Final = 50
_ANYWHERE: Final = ("",)

Path_ = tuple[str | int, ...]


@attrs.frozen(kw_only=True, eq=False, repr=False)
class OccasionFile(Told):
    """
    What stands in a file beside the records it tells of.
    """

    day: Day = f.day("The one day on which it happened.", required=True)
    within: str = f.text("The record that the ids below belong to, so that they can be short.")


@attrs.frozen
class _File:
    """
    One file as it was read: its tree, and what each record is called in it.
    """

    tree: Tree
    records: dict[Subject, str] = attrs.Factory(dict)
    seals: dict[Subject, str] = attrs.Factory(dict)


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
        self._kinds = kinds
        self._configuration = configuration
        self._records = records
        self._may_be_unread = may_be_unread
        self._index: dict[str, list[Subject]] = {}
        self._files: dict[str, _File] = {}
        self._occasions: list[Occasion] = []
        self._guesses = 0
        self._is_left_out = False

    @property
    def is_whole(self) -> bool:
        """
        True if all of it could be taken in; only then does verifying it make sense.
        """
        return not self._is_left_out and not self._has_faults()

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
        other = self._files.setdefault(name, _File(tree))
        if other.tree is not tree:
            message = f"{other.tree.source.file} is the same occasion by its name."
            self._at_start(tree, h.SAME_RECORD, message, "Rename one of the two files.")
        elif not tree.root:
            if not tree.faulty:  # else what is wrong has been told
                self._at_start(tree, h.NO_OCCASION, "The file holds nothing that could be read.")
        else:
            self._take_in(name, tree, tree.root)

    def finish(self) -> History:
        """
        Return all that was taken in, in order.
        """
        return History(ordered(self._occasions))

    def _make_index(self) -> None:
        if not self._index:
            for kind, ids in self._records.items():
                for one in ids:
                    self._index.setdefault(one.casefold(), []).append((kind, one))

    # one file

    def _take_in(self, name: str, tree: Tree, root: LocatedMapping) -> None:
        self._make_index()
        before = len(self.problems)
        self.problems.extend(cut_texts(tree))
        told = self._structured(
            name,
            {key: one for key, one in root.items() if key not in (_RECORDS, _SEALED)},
            OccasionFile,
            also=(_RECORDS, _SEALED),
        )
        if told is not None and not told.day.is_exact:
            message = f"“{told.day}” is not one single day."
            self._found(name, p.NOT_A_DAY, message, "Write it like 2022-05-09.", ("day",))
        if told is not None:
            told = attrs.evolve(told, by=self._linked(name, told, "by", ()))
        within = self._within(name, root)
        entries = self._entries(name, root, within)
        seals = self._seals(name, root, within)
        if told is None or entries is None or tree.faulty or self._has_faults(before):
            return
        own = {spec.name: getattr(told, spec.name) for spec in field_specs(Told)}
        occasion = Occasion(**own, name=name, day=told.day.first, entries=entries, seals=seals)
        self._occasions.append(occasion)

    def _structured(
        self,
        name: str,
        values: Mapping[str, Any],
        cls: type,
        path: Path_ = (),
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
                self._fault(name, fault)
            return None

    def _entries(
        self, name: str, root: LocatedMapping, within: tuple[str, ...] | None
    ) -> dict[Subject, Entry] | None:
        """
        Return what is said of each record, or nothing if some of it is left out.
        """
        given = root.get(_RECORDS)
        if not isinstance(given, LocatedMapping) or not given:
            key = _RECORDS if _RECORDS in root else ""
            message = (
                "Records are needed here, each behind its id."
                if key
                else "The file does not say what happened to which records."
            )
            self._found(name, h.NO_OCCASION, message, "", (key,) if key else (), on_key=True)
            return None
        found: dict[Subject, Entry] = {}
        is_whole = True
        for written, value in given.items():
            path: Path_ = (_RECORDS, written)
            subject = self._subject(name, written, within, path)
            if subject is None:
                is_whole = False
                continue
            if subject in self._files[name].records:
                first = self._files[name].records[subject]
                message = f"“{written}” and “{first}” are the same record."
                self._found(name, h.SAME_RECORD, message, "", path, on_key=True)
                continue
            self._files[name].records[subject] = written
            entry = self._entry(name, subject, value, path)
            if entry is not None:
                found[subject] = entry
        return found if is_whole else None

    def _entry(self, name: str, subject: Subject, value: object, path: Path_) -> Entry | None:
        if value is None or value == {}:
            message = f"Nothing is said of {path[-1]}."
            self._found(name, h.NOTHING_SAID, message, "", path, on_key=True)
            return None
        if not isinstance(value, LocatedMapping):
            message = "A group of fields is needed here."
            mend = f"Write what it is: “note: {short(value)}”." if isinstance(value, str) else ""
            self._found(name, p.WRONG_SHAPE, message, mend, path)
            return None
        if not any(one is not None for one in value.values()):
            message = f"Nothing is said of {path[-1]}."
            self._found(name, h.NOTHING_SAID, message, "", path, on_key=True)
            return None
        values: dict[str, Any] = dict(value)
        if values.get(_MORE) is not None:
            values[_MORE] = self._more(name, subject[0], values[_MORE], path)
        else:
            values.pop(_MORE, None)
        entry: Entry | None = self._structured(name, values, Entry, path)
        if entry is not None and entry.of:
            entry = attrs.evolve(entry, of=self._linked(name, entry, "of", path))
        return entry

    def _more(self, name: str, kind: str, given: object, path: Path_) -> object:
        if "fields" in self._configuration.broken:
            return {}
        declared = self._configuration.fields.get(kind, {})
        made, found = structure_more(given, declared, kind)
        for fault in found:
            self._fault(name, attrs.evolve(fault, path=(*path, _MORE, *fault.path)))
        return made

    def _seals(
        self, name: str, root: LocatedMapping, within: tuple[str, ...] | None
    ) -> dict[Subject, Seal]:
        given = root.get(_SEALED)
        if given is None:
            return {}
        if not isinstance(given, LocatedMapping):
            message = "Seals are needed here, each behind the id of its record."
            self._found(name, p.WRONG_SHAPE, message, "", (_SEALED,))
            return {}
        found: dict[Subject, Seal] = {}
        for written, value in given.items():
            path: Path_ = (_SEALED, written)
            subject = self._subject(name, written, within, path)
            if subject is None:
                continue
            self._files[name].seals.setdefault(subject, written)
            if not isinstance(value, LocatedMapping) or subject in found:
                message = (
                    "A seal is a group of fields."
                    if subject not in found
                    else f"“{written}” is sealed twice."
                )
                self._found(name, p.WRONG_SHAPE, message, "", path, on_key=True)
                continue
            seal = self._structured(name, value, Seal, path)
            if seal is not None:
                found[subject] = seal
        return found

    # ids

    def _within(self, name: str, root: LocatedMapping) -> tuple[str, ...] | None:
        """
        Return what may stand before a short id in a file, or nothing if that is unknown.
        """
        written = root.get("within")
        if not isinstance(written, str):
            return _ANYWHERE
        known = {one[1] for one in self._find(written, _ANYWHERE)}
        if known:
            return _prefixes(known.pop())
        if not self._may_be_unread(written):
            message = f"There is no record “{short(written)}”."
            self._found(
                name, h.UNKNOWN_RECORD, message, self._guess(written, _ANYWHERE), ("within",)
            )
        self._is_left_out = True
        return None

    def _find(
        self, written: str, prefixes: tuple[str, ...], kinds: tuple[str, ...] = ()
    ) -> list[Subject]:
        """
        Return the records that *written* can mean, behind the first prefix that fits.
        """
        before, _, local = written.rpartition(" ")
        if before:
            said = before.strip().replace(" ", "_").casefold()
            kinds = tuple(one for one in kinds or self._kinds if one.casefold() == said)
            if not kinds:
                return []
        folded = local.casefold()
        for prefix in prefixes:
            found = self._index.get(prefix + folded, ())
            if kinds:
                found = [one for one in found if one[0] in kinds]
            if found:
                return [*found]
        return []

    def _subject(
        self, name: str, written: str, within: tuple[str, ...] | None, path: Path_
    ) -> Subject | None:
        found = self._find(written, within or _ANYWHERE)
        if len(found) == 1:
            return found[0]
        if found:
            names = " or ".join(f"“{' '.join(one)}”" for one in found)
            message = f"“{written}” could be {names}."
            self._found(name, h.UNCLEAR_RECORD, message, f"Write {names}.", path, on_key=True)
        elif within is not None and not self._may_be_unread(written.rpartition(" ")[2]):
            message = f"There is no record “{short(written)}”."
            self._found(
                name, h.UNKNOWN_RECORD, message, self._guess(written, within), path, on_key=True
            )
        else:
            self._is_left_out = True
        return None

    def _linked(self, name: str, holder: Any, field: str, path: Path_) -> str:
        """
        Return the whole id of what a link leads to, or what is written if it leads nowhere.
        """
        written: str = getattr(holder, field)
        spec = next(one for one in field_specs(type(holder)) if one.name == field)
        found = self._find(written, _ANYWHERE, spec.kinds) if written else []
        if found or not written:
            return found[0][1] if found else written
        wanted = " or ".join(kind for kind in spec.kinds if kind in self._kinds)
        path = (*path, spec.key)
        others = self._find(written, _ANYWHERE)
        if others:
            message = f"“{written}” is of the kind {others[0][0]}; here a {wanted} is needed."
            self._found(name, p.WRONG_LINK, message, "", path)
        elif not self._may_be_unread(written):
            message = f"There is no {wanted} “{short(written)}”."
            mend = self._guess(written, _ANYWHERE, spec.kinds)
            self._found(name, p.DANGLING_LINK, message, mend, path)
        return written

    def _guess(self, written: str, prefixes: tuple[str, ...], kinds: tuple[str, ...] = ()) -> str:
        # Comparing thousands of ids with thousands of ids would take minutes, and help nobody.
        self._guesses += 1
        if self._guesses > _MOST_GUESSES:
            return ""
        ids = [
            one
            for kind, known in self._records.items()
            if not kinds or kind in kinds
            for one in known
        ]
        local = [one.rpartition("/")[2] for one in ids if one.casefold().startswith(prefixes)]
        return did_you_mean(closest(written, local) or closest(written, ids))

    def names(self, subjects: Iterable[Subject]) -> tuple[str, dict[Subject, str]]:
        """
        Return what *subjects* can be called in a new file, as short as is clear.

        The first is the record within which the names hold, or nothing.
        """
        self._make_index()
        wanted = [*subjects]
        scopes = {one[1].rpartition("/")[0] for one in wanted}
        within = scopes.pop() if len(scopes) == 1 else ""
        within = within if within.casefold() in self._index else ""
        prefixes = _prefixes(within)
        made: dict[Subject, str] = {}
        for subject in wanted:
            name = subject[1].rpartition("/")[2] if within else subject[1]
            is_clear = self._find(name, prefixes) == [subject]
            made[subject] = name if is_clear else f"{subject[0]} {name}"
        return within, made

    # telling

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
        if file is None or file.tree.root is None:
            return None
        path = _path(file, address.field)
        place = self._place(file.tree, path, on_key=len(path) <= 2)  # noqa: PLR2004 - a record's key
        return place, file.tree.source.excerpt(place.line)

    def _place(self, tree: Tree, path: Path_, *, on_key: bool) -> Place:
        root = tree.root
        if root is None:
            return Place(tree.source.file)
        return place_of(root, path, tree.source.file, key=on_key)

    def _fault(self, name: str, fault: Fault) -> None:
        self._found(name, fault.kind, fault.message, fault.mend, fault.path, on_key=fault.on_key)

    def _found(
        self,
        name: str,
        kind: ProblemKind,
        message: str,
        mend: str = "",
        path: Path_ = (),
        *,
        on_key: bool = False,
    ) -> None:
        tree = self._files[name].tree
        place = self._place(tree, path, on_key=on_key)
        self.problems.append(
            Problem(
                kind=kind,
                message=message,
                mend=mend,
                place=place,
                address=Address(OCCASION, name, "/".join(map(str, path))),
                excerpt=tree.source.excerpt(place.line),
            )
        )

    def _at_start(self, tree: Tree, kind: ProblemKind, message: str, mend: str = "") -> None:
        self.problems.append(tree.source.problem(kind, message, 1, 1, mend=mend))


def _in_folder(problem: Problem) -> Problem:
    place = problem.place
    if place is None:
        return problem
    return attrs.evolve(problem, place=attrs.evolve(place, file=f"{FOLDER}/{place.file}"))


def _prefixes(within: str) -> tuple[str, ...]:
    """
    Return what may stand before an id written within a record, the longest first.
    """
    parts = within.casefold().split("/") if within else []
    return (*("/".join(parts[:count]) + "/" for count in range(len(parts), 0, -1)), "")


def _path(file: _File, field: str) -> Path_:
    """
    Return the steps to *field* in a file, where records may have ids with slashes.
    """
    group, _, rest = field.partition("/")
    known = {_RECORDS: file.records, _SEALED: file.seals}.get(group)
    steps: Path_ = (group,) if group else ()
    for subject, written in (known or {}).items():
        for label in (written, " ".join(subject)):
            if rest == label or rest.startswith(f"{label}/"):
                steps = (group, written)
                rest = rest[len(label) + 1 :]
                return (*steps, *_steps(rest))
    return (*steps, *_steps(rest))


def _steps(rest: str) -> Iterator[str | int]:
    for step in rest.split("/") if rest else ():
        yield int(step) if step.isdecimal() else step
