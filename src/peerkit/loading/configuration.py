"""
The configuration of a register: its sections given their types, its rules proven.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

from peerkit.config import (
    CORE_SECTIONS,
    OWN_KEYS,
    ConfigSection,
    Configuration,
    DeclaredField,
    Layers,
    TemplateFolder,
)
from peerkit.errors import Fault, Place, Problem, ProblemKind, Severity, closest, did_you_mean
from peerkit.files.reading import OUTSIDE, is_file, outside_reason
from peerkit.files.tree import Mapping as LocatedMapping
from peerkit.files.tree import Source, place_of
from peerkit.hookspecs import Offers
from peerkit.lifecycle.problems import LIFECYCLE_GONE
from peerkit.loading import problems as p
from peerkit.loading.converter import UnstructuredError, structure
from peerkit.loading.packs import NAME, PackReader, problem_at
from peerkit.loading.proving import rule_faults
from peerkit.model import FieldKind, field_specs

__all__ = ["VERSION", "ConfigurationReader"]

VERSION = "1"


class ConfigurationReader:
    """
    Reads the configuration of one register; *problems* lists all that was wrong.
    """

    def __init__(self, folder: Path, offers: Offers) -> None:
        self.problems: list[Problem] = []
        self._offers = offers
        self._laid = PackReader(folder, offers)
        self._versions: list[tuple[dt.date, Layers]] = []

    def read(self) -> Configuration:
        """
        Return the configuration, its broken sections left out.
        """
        self._laid.read()
        self._versions = list(self._laid.versions())
        made: list[tuple[dt.date, Configuration]] = []
        found = dict.fromkeys(self._laid.problems)
        for begin, layers in self._versions:
            one = _Version(layers, self._laid, self._offers)
            made.append((begin, one.read()))
            found.update(dict.fromkeys(one.problems))  # what is in several is told once
        self.problems = list(found)
        self._keep_stages(made)
        return attrs.evolve(made[0][1], later=tuple(made[1:]))

    def _keep_stages(self, made: list[tuple[dt.date, Configuration]]) -> None:
        """
        Tell of stages that a later version lacks: a record that is in one would be lost.
        """
        known: dict[str, dict[str, None]] = {}
        for begin, one_version in made:
            for kind, rules in one_version.rules.items():
                if rules.lifecycle is None:
                    continue
                before = known.setdefault(kind, {})
                gone = [one for one in before if one not in rules.lifecycle.stages]
                before.update(dict.fromkeys(rules.lifecycle.stages))
                if gone:
                    path = f"rules/{kind}/lifecycle/stages"
                    place, excerpt = self._locate(path, dict(self._versions)[begin])
                    self.problems.append(
                        Problem(
                            kind=LIFECYCLE_GONE,
                            message=f"From {begin.isoformat()} there is no stage “{gone[0]}” any "
                            "more, and a record may be in it.",
                            place=place,
                            excerpt=excerpt,
                        )
                    )

    def locate(self, path: str) -> tuple[Place, str]:
        """
        Return the place and the line of what stands in the configuration at *path*.
        """
        steps = _steps(path)
        versions = (layers for _, layers in self._versions)
        known = (layers for layers in versions if layers.source_of(steps) is not None)
        return self._locate(path, next(known, self._versions[0][1]))

    def _locate(self, path: str, layers: Layers) -> tuple[Place, str]:
        steps = _steps(path)
        source = layers.source_of(steps) or Source(NAME, "")
        place = place_of(layers.root, steps, source.file)
        return place, source.excerpt(place.line)


def _steps(path: str) -> tuple[str | int, ...]:
    return tuple(int(step) if step.isdecimal() else step for step in path.split("/"))


class _Version:
    """
    The configuration as one set of layers says it.
    """

    def __init__(self, layers: Layers, laid: PackReader, offers: Offers) -> None:
        self.problems: list[Problem] = []
        self._layers = layers
        self._laid = laid
        self._offers = offers
        self._broken: set[str] = set()

    def read(self) -> Configuration:
        if self._laid.lacks_plugin:
            self._broken.add("requires")
        if not self._laid.is_whole:
            self._broken.update((*self._sections(), "fields", "papers"))
        self._own_keys(self._layers.root)
        sections = {name: self._section(section) for name, section in self._sections().items()}
        papers = self._papers()
        templates = {
            paper: found
            for paper, configured in papers.items()
            if (found := self._template(paper, configured))
        }
        core = {section.name for section in CORE_SECTIONS}
        configuration = Configuration(
            **{name: value for name, value in sections.items() if name in core},
            fields=self._fields(),
            papers=papers,
            sections={name: value for name, value in sections.items() if name not in core},
            packs=tuple(self._laid.packs),
            templates=templates,
            folders=tuple(reversed(self._laid.homes.values())),
        )
        self._prove(configuration)
        is_sound = "rules" not in self._broken
        # Tables that were not proven cannot be asked.
        rules = configuration.rules if is_sound else {}
        return attrs.evolve(configuration, rules=rules, broken=frozenset(self._broken))

    def _prove(self, configuration: Configuration) -> None:
        if not self._broken.isdisjoint(("rules", "fields")):
            self._broken.add("rules")
            return
        for fault in rule_faults(configuration, self._offers):
            self._fault(fault)
            if fault.kind.severity is Severity.FAULT:
                self._broken.add(str(fault.path[0]))

    def _sections(self) -> dict[str, ConfigSection]:
        return {
            **{section.name: section for section in CORE_SECTIONS},
            **self._offers.config_sections,
        }

    def _own_keys(self, root: LocatedMapping) -> None:
        known = {*OWN_KEYS, *self._sections()}
        for key in root:
            if key not in known and not self._laid.lacks_plugin:
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
            if self._laid.lacks_plugin:
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

        return self._by_name(("papers",), "papers", type_of)

    def _fields(self) -> dict[str, Mapping[str, DeclaredField]]:
        value = self._layers.root.get("fields")
        kinds = self._offers.record_kinds
        made: dict[str, Mapping[str, DeclaredField]] = {}
        for kind in value if isinstance(value, LocatedMapping) else ():
            if kind not in kinds and self._laid.lacks_plugin:
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
        except UnstructuredError as error:
            from peerkit.loading.faults import faults  # noqa: PLC0415 - only where there are some

            self._broken.add(section)
            for fault in faults(error.error, path):
                self._fault(fault)
            return None

    def _template(self, paper: str, configured: Any) -> tuple[TemplateFolder, str] | None:
        relative = getattr(configured, "template", "")
        if not relative:
            return None
        path = ("papers", paper, "template")
        source = self._layers.source_of(path)
        home = self._laid.homes[source.file] if source else next(iter(self._laid.homes.values()))
        reason = outside_reason(home.path, relative)
        if not reason and not is_file(home.path / relative):
            reason = "it is not there"
        if reason:
            self._problem(OUTSIDE, f"“{relative}” cannot be the template: {reason}.", "", path)
            return None
        return home, relative

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
        self.problems.append(
            problem_at(source, self._layers.root, kind, message, mend, path=path, on_key=on_key)
        )


def _without_nothing(value: LocatedMapping) -> dict[str, Any]:
    return dict(_given(value))


def _given(value: LocatedMapping) -> Iterator[tuple[str, Any]]:
    for key, one in value.items():
        if one is not None:
            yield key, one
