"""
peerkit.yaml and the packs it extends: read, and laid over one another.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import attrs

from peerkit.config import Layers, Pack, TemplateFolder
from peerkit.errors import Problem, ProblemKind, closest, did_you_mean, short
from peerkit.files.limits import FOLDER_DEPTH
from peerkit.files.reading import OUTSIDE, outside_reason, read_yaml
from peerkit.files.tree import Mapping as LocatedMapping
from peerkit.files.tree import Source, Tree, place_of
from peerkit.hookspecs import Offers
from peerkit.loading import problems as p
from peerkit.loading.brackets import cut_texts
from peerkit.loading.converter import hook_for
from peerkit.loading.values import Unfit
from peerkit.model import DayError, FieldKind, FieldSpec, parse_day

__all__ = ["NAME", "PACK_NAME", "PackReader", "problem_at"]

NAME = "peerkit.yaml"
PACK_NAME = "pack.yaml"
_DISTRIBUTION = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?")
_PLUGIN_NAME = "Write the name of its distribution, such as peerkit-committee."
_NOT_LAID = ("requires", "extends", "from")

_LIST = FieldSpec(kind=FieldKind.TEXTS, doc="")


def problem_at(
    source: Source,
    root: LocatedMapping,
    kind: ProblemKind,
    message: str,
    mend: str,
    *,
    path: tuple[str | int, ...],
    on_key: bool = False,
) -> Problem:
    """
    Return a problem at *path* of what stands in *root*, read from *source*.
    """
    place = place_of(root, path, source.file, key=on_key)
    excerpt = source.excerpt(place.line)
    return Problem(kind=kind, message=message, mend=mend, place=place, excerpt=excerpt)


class PackReader:
    """
    Reads the configuration of one register, and every pack that it extends.

    *problems* lists all that was wrong. *is_whole* is false if some of it could not be
    read; *lacks_plugin* is true if a plugin that it requires is missing. *homes* are where
    the files lie, by file, the register's own last.
    """

    def __init__(self, folder: Path, offers: Offers) -> None:
        self.problems: list[Problem] = []
        self.packs: list[Pack] = []
        self.homes: dict[str, TemplateFolder] = {}
        self.is_whole = True
        self.lacks_plugin = False
        self._folder = folder
        self._offers = offers
        self._laid: list[tuple[LocatedMapping, Source, list[tuple[dt.date, LocatedMapping]]]] = []

    def read(self) -> None:
        """
        Read peerkit.yaml and what it extends.
        """
        own = TemplateFolder(path=self._folder, label="the register", is_own=True)
        tree = read_yaml(self._folder, NAME)
        self.problems.extend(tree.problems)
        if tree.root is not None:
            self._lay(tree, own, ())
        if tree.root is None or tree.faulty:
            self.is_whole = False

    def versions(self) -> Iterator[tuple[dt.date, Layers]]:
        """
        Yield what is in force from the beginning, and from each day on which it changes.
        """
        days = {day for _, _, later in self._laid for day, _ in later}
        for begin in sorted({dt.date.min, *days}):
            layers = Layers()
            # What a pack says from a day on comes before what the register says itself.
            for layer, source, later in self._laid:
                layers.add(layer, source)
                for day, changed in sorted(later, key=lambda one: one[0]):
                    if day <= begin:
                        layers.add(changed, source)
            yield begin, layers

    def _lay(self, tree: Tree, home: TemplateFolder, path: tuple[Pack, ...]) -> None:
        root = tree.root
        if root is None:
            return
        self.problems.extend(cut_texts(tree))
        for key, act in (("requires", self._require), ("extends", self._extend)):
            if root.get(key) is not None:
                try:
                    names = hook_for(_LIST)(root[key], None)
                except Unfit as unfit:
                    self._found(
                        tree.source,
                        root,
                        unfit.kind,
                        unfit.message,
                        unfit.mend,
                        path=(key, *unfit.step),
                    )
                    continue
                for index, name in enumerate(names):
                    at: tuple[str | int, ...] = (
                        (key, index) if isinstance(root[key], list) else (key,)
                    )
                    act(name, tree, at, home, path)
        self.homes.pop(tree.source.file, None)
        self.homes[tree.source.file] = home
        rest = LocatedMapping((k, v) for k, v in root.items() if k not in _NOT_LAID)
        rest.marks = root.marks
        self._laid.append((rest, tree.source, []))
        if root.get("from") is not None:
            self._lay_later(tree)

    def _lay_later(self, tree: Tree) -> None:
        assert tree.root is not None  # noqa: S101 - _lay has looked
        given = tree.root["from"]
        if not isinstance(given, LocatedMapping):
            message = "Days are needed here, each with what is otherwise from that day on."
            self._found(tree.source, tree.root, p.WRONG_SHAPE, message, "", path=("from",))
            self.is_whole = False
            return
        for written, layer in given.items():
            path = ("from", written)
            try:
                day = parse_day(written)
            except DayError as error:
                message, mend = f"{error}.", f"{error.mend[:1].upper()}{error.mend[1:]}."
                self._found(tree.source, tree.root, p.NOT_A_DAY, message, mend, path=path)
                continue
            if day.first is None or not day.is_exact:
                message = f"One day is needed here, not “{written}”."
                self._found(tree.source, tree.root, p.NOT_A_DAY, message, "", path=path)
            elif not isinstance(layer, LocatedMapping):
                message = "Sections of the configuration are needed here."
                self._found(tree.source, tree.root, p.WRONG_SHAPE, message, "", path=path)
            else:
                self._later_sections(day.first, layer, tree, path)

    def _later_sections(
        self, day: dt.date, layer: LocatedMapping, tree: Tree, path: tuple[str, ...]
    ) -> None:
        assert tree.root is not None  # noqa: S101 - _lay has looked
        for key in ("peerkit", *_NOT_LAID):
            if key in layer:
                message = f"“{key}” cannot change from a day on."
                at = (*path, key)
                self._found(
                    tree.source,
                    tree.root,
                    p.UNKNOWN_KEY,
                    message,
                    "Take it out.",
                    path=at,
                    on_key=True,
                )
                self.is_whole = False
        self._laid[-1][2].append((day, layer))

    def _require(
        self,
        name: str,
        tree: Tree,
        at: tuple[str | int, ...],
        _home: TemplateFolder,
        _path: tuple[Pack, ...],
    ) -> None:
        here = {_folded(origin) for origin in self._offers.origins.values()}
        if tree.root is not None and not _DISTRIBUTION.fullmatch(name):
            message = f"“{short(name)}” cannot be the name of a plugin."
            self._found(tree.source, tree.root, p.UNKNOWN_WORD, message, _PLUGIN_NAME, path=at)
        elif _folded(name) not in here and tree.root is not None:
            # What it would offer is unknown, and each use of it would look like a mistake.
            self.lacks_plugin = True
            self.is_whole = False
            self._found(
                tree.source,
                tree.root,
                p.MISSING_PLUGIN,
                f"The plugin {name} is required here, but it is not installed, or was left out.",
                f"Install it: python -m pip install {name}",
                path=at,
            )

    def _extend(
        self,
        name: str,
        tree: Tree,
        at: tuple[str | int, ...],
        home: TemplateFolder,
        path: tuple[Pack, ...],
    ) -> None:
        assert tree.root is not None  # noqa: S101 - _lay has looked
        pack = self._offers.packs.get(name)
        if pack is None and "/" in name:
            pack, reason = self._folder_pack(name, home)
            if reason:
                message = f"“{name}” is not a pack: {reason}."
                self._found(tree.source, tree.root, OUTSIDE, message, "", path=at)
                self.is_whole = False
                return
        if pack is None:
            self._unknown_pack(name, tree, at, home)
            return
        folder = pack.folder.resolve()
        known = [one.folder.resolve() for one in path]
        if folder in known:
            names = [one.name for one in path[known.index(folder) :]]
            chain = " → ".join([*names, name])
            self._found(
                tree.source,
                tree.root,
                p.PACK_CIRCLE,
                f"Packs extend in a circle: {chain}.",
                "",
                path=at,
            )
            return
        if any(one.folder.resolve() == folder for one in self.packs):
            return
        if len(path) >= FOLDER_DEPTH:
            message = f"Packs extend one another more than {FOLDER_DEPTH} deep."
            self._found(tree.source, tree.root, p.PACK_CIRCLE, message, "", path=at)
            self.is_whole = False
            return
        inner = read_yaml(pack.folder, PACK_NAME)
        around = "" if name in self._offers.packs else PurePosixPath(tree.source.file).parent
        label = str(PurePosixPath(around, name, PACK_NAME))
        source = Source(label, inner.source.text)
        self.problems.extend(
            attrs.evolve(
                problem, place=attrs.evolve(problem.place, file=label) if problem.place else None
            )
            for problem in inner.problems
        )
        if inner.faulty or inner.root is None:
            self.is_whole = False
        self._lay(
            attrs.evolve(inner, source=source),
            TemplateFolder(
                path=pack.folder,
                label=f"the pack {name}",
                is_own=False,
                is_installed=name in self._offers.packs,
            ),
            (*path, pack),
        )
        self.packs.append(pack)

    def _folder_pack(self, name: str, home: TemplateFolder) -> tuple[Pack | None, str]:
        """
        Return the pack in that folder inside *home*, if there is one, or why none can be.
        """
        reason = outside_reason(home.path, name)
        folder = home.path / name
        if reason or not folder.is_dir():
            return None, reason
        return Pack(name=name, doc="", folder=folder), ""

    def _unknown_pack(
        self, name: str, tree: Tree, at: tuple[str | int, ...], home: TemplateFolder
    ) -> None:
        assert tree.root is not None  # noqa: S101 - _lay has looked
        if self.lacks_plugin:
            return  # it may be a pack of the plugin that is missing
        self.is_whole = False
        installed = ", ".join(sorted(self._offers.packs)) or "none"
        mend = did_you_mean(closest(name, self._offers.packs)) or f"Packs installed: {installed}."
        if "/" in name:
            mend = "Name a folder of the register that holds pack.yaml, or a pack installed."
        elif self._folder_pack(f"./{name}", home)[0]:
            mend = did_you_mean(f"./{name}")
        self._found(
            tree.source, tree.root, p.UNKNOWN_PACK, f"There is no pack “{name}”.", mend, path=at
        )

    def _found(
        self,
        source: Source,
        root: LocatedMapping,
        kind: ProblemKind,
        message: str,
        mend: str,
        *,
        path: tuple[str | int, ...],
        on_key: bool = False,
    ) -> None:
        self.problems.append(
            problem_at(source, root, kind, message, mend, path=path, on_key=on_key)
        )


def _folded(distribution: str) -> str:
    # Packaging takes peerkit_docx and Peerkit-Docx for one distribution.
    return distribution.replace("_", "-").replace(".", "-").casefold()
