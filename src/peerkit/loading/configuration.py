"""
peerkit.yaml and the packs it extends: read, merged, given their types, facts closed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import attrs
from cattrs import BaseValidationError

from peerkit.config import (
    CORE_SECTIONS,
    OWN_KEYS,
    ConfigSection,
    Configuration,
    DeclaredField,
    Layers,
    Pack,
    TemplateFolder,
)
from peerkit.errors import Place, Problem, ProblemKind
from peerkit.files.limits import FOLDER_DEPTH
from peerkit.files.reading import OUTSIDE, is_file, outside_reason, read_yaml
from peerkit.files.tree import Mapping as LocatedMapping
from peerkit.files.tree import Source, Tree, place_of
from peerkit.hookspecs import Offers
from peerkit.loading import problems as p
from peerkit.loading.brackets import cut_texts
from peerkit.loading.converter import Unfit, closest, did_you_mean, hook_for, short, structure
from peerkit.loading.faults import Fault, faults
from peerkit.model import FieldKind, FieldSpec, field_specs

__all__ = ["NAME", "PACK_NAME", "VERSION", "ConfigurationReader"]

NAME = "peerkit.yaml"
PACK_NAME = "pack.yaml"
VERSION = "1"
_DISTRIBUTION = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?")
_PLUGIN_NAME = "Write the name of its distribution, such as peerkit-committee."

_LIST = FieldSpec(kind=FieldKind.TEXTS, doc="")


class ConfigurationReader:
    """
    Reads the configuration of one register; *problems* lists all that was wrong.
    """

    def __init__(self, folder: Path, offers: Offers) -> None:
        self.problems: list[Problem] = []
        self._folder = folder
        self._offers = offers
        self._layers = Layers()
        self._packs: list[Pack] = []
        self._homes: dict[str, TemplateFolder] = {}
        self._broken: set[str] = set()

    def read(self) -> Configuration:
        """
        Return the configuration, its broken sections left out.
        """
        own = TemplateFolder(path=self._folder, label="the register", is_own=True)
        tree = read_yaml(self._folder, NAME)
        self.problems.extend(tree.problems)
        if tree.root is not None:
            self._lay(tree, own, ())
        if tree.root is None or tree.faulty:
            self._break_all()
        root = self._layers.root
        self._own_keys(root)
        sections = {name: self._section(section) for name, section in self._sections().items()}
        papers = self._papers()
        templates = {
            paper: found
            for paper, configured in papers.items()
            if (found := self._template(paper, configured))
        }
        core = {section.name for section in CORE_SECTIONS}
        return Configuration(
            **{name: value for name, value in sections.items() if name in core},
            fields=self._fields(),
            papers=papers,
            sections={name: value for name, value in sections.items() if name not in core},
            packs=tuple(self._packs),
            templates=templates,
            folders=tuple(reversed(self._homes.values())),
            broken=frozenset(self._broken),
        )

    def _sections(self) -> dict[str, ConfigSection]:
        return {
            **{section.name: section for section in CORE_SECTIONS},
            **self._offers.config_sections,
        }

    def _break_all(self) -> None:
        self._broken.update((*self._sections(), "fields", "papers"))

    # layers

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
        self._homes.pop(tree.source.file, None)
        self._homes[tree.source.file] = home
        rest = LocatedMapping((k, v) for k, v in root.items() if k not in ("requires", "extends"))
        rest.marks = root.marks
        self._layers.add(rest, tree.source)

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
            self._broken.add("requires")
            self._break_all()
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
                self._break_all()
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
        if any(one.folder.resolve() == folder for one in self._packs):
            return
        if len(path) >= FOLDER_DEPTH:
            message = f"Packs extend one another more than {FOLDER_DEPTH} deep."
            self._found(tree.source, tree.root, p.PACK_CIRCLE, message, "", path=at)
            self._break_all()
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
            self._break_all()
        self._lay(
            attrs.evolve(inner, source=source),
            TemplateFolder(path=pack.folder, label=f"the pack {name}", is_own=False),
            (*path, pack),
        )
        self._packs.append(pack)

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
        if "requires" in self._broken:
            return  # it may be a pack of the plugin that is missing
        self._break_all()
        installed = ", ".join(sorted(self._offers.packs)) or "none"
        mend = did_you_mean(closest(name, self._offers.packs)) or f"Packs installed: {installed}."
        if "/" in name:
            mend = "Name a folder of the register that holds pack.yaml, or a pack installed."
        elif self._folder_pack(f"./{name}", home)[0]:
            mend = did_you_mean(f"./{name}")
        self._found(
            tree.source, tree.root, p.UNKNOWN_PACK, f"There is no pack “{name}”.", mend, path=at
        )

    # sections

    def _own_keys(self, root: LocatedMapping) -> None:
        known = {*OWN_KEYS, *self._sections()}
        for key in root:
            if key not in known and "requires" not in self._broken:
                self._problem(
                    p.UNKNOWN_KEY,
                    f"“{key}” is no section of the configuration.",
                    did_you_mean(closest(key, known))
                    or f"Its sections are {', '.join(sorted(known))}.",
                    (key,),
                    on_key=True,
                )
        version = root.get("peerkit")
        if version is not None and version != VERSION:
            self._problem(
                p.UNKNOWN_VERSION,
                f"This register is of form {version}, not {VERSION}."
                if isinstance(version, str)
                else f"The form of this register is {VERSION}, a number alone.",
                "" if isinstance(version, str) and version.isdecimal() else f"Write {VERSION}.",
                ("peerkit",),
            )

    def _section(self, section: ConfigSection) -> Any:
        if section.by_name:
            return self._by_name((section.name,), section.name, lambda _name: section.type)
        value = self._layers.root.get(section.name)
        if value is None:
            return section.type()
        made = self._structured(value, section.type, (section.name,), section.name)
        return section.type() if made is None else made

    def _papers(self) -> dict[str, Any]:
        offered = self._offers.papers

        def type_of(name: str) -> type | None:
            if name in offered:
                return offered[name].configuration
            if "requires" in self._broken:
                return None
            self._problem(
                p.UNKNOWN_KEY,
                f"No plugin offers a paper “{name}”.",
                did_you_mean(closest(name, offered))
                or f"Papers: {', '.join(sorted(offered)) or 'none'}.",
                ("papers", name),
                on_key=True,
            )
            return None

        made = self._by_name(("papers",), "papers", type_of)
        for name, configured in made.items():
            self._close_facts(configured, offered[name].subject, ("papers", name))
        return made

    def _fields(self) -> dict[str, Mapping[str, DeclaredField]]:
        value = self._layers.root.get("fields")
        kinds = self._offers.record_kinds
        made: dict[str, Mapping[str, DeclaredField]] = {}
        for kind in value if isinstance(value, LocatedMapping) else ():
            if kind not in kinds and "requires" in self._broken:
                continue
            if kind not in kinds:
                self._broken.add("fields")
                self._problem(
                    p.UNKNOWN_KEY,
                    f"“{kind}” is no kind of record.",
                    did_you_mean(closest(kind, kinds)) or f"Kinds are {', '.join(sorted(kinds))}.",
                    ("fields", kind),
                    on_key=True,
                )
            else:
                found = self._by_name(("fields", kind), "fields", lambda _name: DeclaredField)
                made[kind] = dict(self._with_choices(kind, found))
        if value is not None and not isinstance(value, LocatedMapping):
            self._broken.add("fields")
            self._problem(
                p.WRONG_SHAPE, "Kinds of record are needed here, each with fields.", "", ("fields",)
            )
        return made

    def _with_choices(
        self, kind: str, declared: Mapping[str, DeclaredField]
    ) -> Iterator[tuple[str, DeclaredField]]:
        for name, field in declared.items():
            if field.type == FieldKind.CHOICE.value and not field.choices:
                self._broken.add("fields")
                self._problem(
                    p.MISSING_FIELD,
                    f"“choices” is missing; a field that is “{field.type}” needs it.",
                    "Add “choices: [this, that]”. The words to choose from.",
                    ("fields", kind, name),
                    on_key=True,
                )
            else:
                yield name, field

    def _by_name(
        self, path: tuple[str, ...], section: str, type_of: Callable[[str], type | None]
    ) -> dict[str, Any]:
        found: Any = self._layers.root
        for step in path:
            found = found.get(step) if isinstance(found, LocatedMapping) else None
        if found is None:
            return {}
        if not isinstance(found, LocatedMapping):
            self._broken.add(section)
            self._problem(
                p.WRONG_SHAPE, "Names are needed here, each with its fields below.", "", path
            )
            return {}
        made: dict[str, Any] = {}
        for name, value in found.items():
            cls = type_of(name)
            if cls is not None:
                one = self._structured(value, cls, (*path, name), section)
                if one is not None:
                    made[name] = one
        return made

    def _structured(self, value: object, cls: type, path: tuple[str, ...], section: str) -> Any:
        if not isinstance(value, LocatedMapping):
            self._broken.add(section)
            keys = ", ".join(spec.key for spec in field_specs(cls))
            self._problem(
                p.WRONG_SHAPE, "A group of fields is needed here.", f"Its fields are {keys}.", path
            )
            return None
        try:
            return structure(_without_nothing(value), cls)
        except BaseValidationError as error:
            self._broken.add(section)
            for fault in faults(error, path):
                self._fault(fault)
            return None

    # facts and templates

    def _close_facts(self, value: object, kind: str, path: tuple[str | int, ...]) -> None:
        for spec in field_specs(type(value)) if attrs.has(type(value)) else ():
            held = getattr(value, spec.name)
            at = (*path, spec.key)
            if spec.kind is FieldKind.CELLS:
                self._cells(held, kind, at)
            elif spec.kind is FieldKind.GROUP and held is not None:
                self._close_facts(held, kind, at)
            elif spec.kind is FieldKind.GROUPS:
                for index, one in enumerate(held):
                    self._close_facts(one, kind, (*at, index))
            elif spec.kind is FieldKind.NAMED:
                for name, one in held.items():
                    self._close_facts(one, kind, (*at, name))

    def _cells(
        self, cells: Mapping[str, tuple[str, ...]], kind: str, path: tuple[str | int, ...]
    ) -> None:
        known = {name for of, name in self._offers.facts if of == kind}
        for name, answers in cells.items():
            fact = self._offers.facts.get((kind, name))
            if fact is None:
                self._problem(
                    p.UNKNOWN_FACT,
                    f"“{name}” is not a fact of a {kind.replace('_', ' ')}.",
                    did_you_mean(closest(name, known))
                    or f"Its facts are {', '.join(sorted(known))}.",
                    (*path, name),
                    on_key=True,
                )
                continue
            for index, answer in enumerate(answers):
                if answer not in fact.answers:
                    self._problem(
                        p.UNKNOWN_ANSWER,
                        f"“{name}” is never “{answer}”.",
                        did_you_mean(closest(answer, fact.answers))
                        or f"Its answers are {', '.join(fact.answers)}.",
                        (*path, name, index),
                    )

    def _template(self, paper: str, configured: Any) -> tuple[TemplateFolder, str] | None:
        relative = getattr(configured, "template", "")
        if not relative:
            return None
        path = ("papers", paper, "template")
        source = self._layers.source_of(path)
        home = self._homes[source.file] if source else next(iter(self._homes.values()))
        reason = outside_reason(home.path, relative)
        if not reason and not is_file(home.path / relative):
            reason = "it is not there"
        if reason:
            self._problem(OUTSIDE, f"“{relative}” cannot be the template: {reason}.", "", path)
            return None
        return home, relative

    def locate(self, path: str) -> tuple[Place, str]:
        """
        Return the place and the line of what stands in the configuration at *path*.
        """
        steps: tuple[str | int, ...] = tuple(
            int(step) if step.isdecimal() else step for step in path.split("/")
        )
        source = self._layers.source_of(steps) or Source(NAME, "")
        place = place_of(self._layers.root, steps, source.file)
        return place, source.excerpt(place.line)

    # telling

    def _fault(self, fault: Fault) -> None:
        self._problem(fault.kind, fault.message, fault.mend, fault.path, on_key=fault.on_key)

    def _problem(
        self,
        kind: ProblemKind,
        message: str,
        mend: str,
        path: tuple[str | int, ...],
        *,
        on_key: bool = False,
    ) -> None:
        source = self._layers.source_of(path) or Source(NAME, "")
        self._found(source, self._layers.root, kind, message, mend, path=path, on_key=on_key)

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
        place = place_of(root, path, source.file, key=on_key)
        excerpt = source.excerpt(place.line)
        self.problems.append(
            Problem(kind=kind, message=message, mend=mend, place=place, excerpt=excerpt)
        )


def _folded(distribution: str) -> str:
    # Packaging takes peerkit_docx and Peerkit-Docx for one distribution.
    return distribution.replace("_", "-").replace(".", "-").casefold()


def _without_nothing(value: LocatedMapping) -> dict[str, Any]:
    return dict(_given(value))


def _given(value: LocatedMapping) -> Iterator[tuple[str, Any]]:
    for key, one in value.items():
        if one is not None:
            yield key, one
