"""
What one organisation declares: its names, its review kinds, its papers.

Holds the types of the core's own sections of the configuration, and the merge of
packs. Kept out: reading files, and what plugins' sections mean.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import attrs

from peerkit.files.tree import Mapping as LocatedMapping
from peerkit.files.tree import Source
from peerkit.lifecycle import Lifecycle
from peerkit.model import Prose
from peerkit.model import fields as f
from peerkit.rules import RatingTable, StatusTable

__all__ = [
    "CONFIGURATION",
    "CORE_SECTIONS",
    "OWN_KEYS",
    "ConfigSection",
    "Configuration",
    "DeclaredField",
    "FindingWords",
    "KindRules",
    "Layers",
    "Organisation",
    "Pack",
    "PaperBasics",
    "ReviewKind",
    "TemplateFolder",
]


CONFIGURATION = "configuration"
"""The kind of an address whose id is a path of keys in the configuration."""

OWN_KEYS: Mapping[str, str] = {
    "peerkit": "The version of the form the register is written in: 1.",
    "extends": "The packs that the register builds on; later ones win, its own words last.",
    "requires": "Plugins, by distribution, without which the register must not be used.",
    "papers": "How each paper is made, by the paper's name.",
    "fields": "Fields that the organisation adds, by kind of record.",
    "from": "What is otherwise from a day on: configuration like this one, by that day.",
}
"""The keys of peerkit.yaml that are no sections, with what they mean."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Organisation(f.ByFields):
    """
    Whose register this is.
    """

    name: str = f.text("The organisation's name, as papers print it.")
    language: str = f.text("The language of its papers, as a tag; en-GB if not given.")
    notices: tuple[str, ...] = f.texts("Sentences that every page of every paper carries.")


@attrs.frozen(kw_only=True, eq=False, repr=False)
class FindingWords(f.ByFields):
    """
    The words for one kind of finding.
    """

    one: str = f.text("The word for one, as in “area for development”.", required=True)
    many: str = f.text("The word for several, as a heading.", required=True)
    meaning: Prose = f.prose("What sort of finding it is.")
    needs_response: bool | None = f.flag("Whether the host is to answer it.")


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ReviewKind(f.ByFields):
    """
    What is common to all reviews of one kind.
    """

    name: str = f.text("The name in full, where the key is short.")
    is_inspection: bool | None = f.flag("Whether it is an inspection.")
    statement: Prose = f.prose("The sentence papers print on what such a review is and is not.")
    theme_word: str = f.text("The word for one theme.")
    themes_word: str = f.text("The word for several themes.")
    findings: Mapping[str, FindingWords] = f.named(
        "The kinds of finding, in the order papers print them.", FindingWords
    )
    scoping: tuple[Prose, ...] = f.proses("What to settle before the visit.")
    self_evaluation: tuple[Prose, ...] = f.proses("What the host says of itself beforehand.")
    sources: tuple[Prose, ...] = f.proses("The public sources of what is said here.")


@attrs.frozen(kw_only=True, eq=False, repr=False)
class DeclaredField(f.ByFields):
    """
    A field that an organisation adds to a kind of record, under `more`.
    """

    type: str = f.choice(
        "What it holds.",
        "text",
        "Markdown",
        "day",
        "one of",
        "yes or no",
        "whole number",
        required=True,
    )
    doc: str = f.text("What it means.", required=True)
    choices: tuple[str, ...] = f.keys("The words to choose from.")


@attrs.frozen(kw_only=True, eq=False, repr=False)
class KindRules:
    """
    The rules for records of one kind: their stages, statuses and ratings.
    """

    soon: int = f.number("Within how many days a due day is soon.", default=28)
    stale: int = f.number("After how many days the last update is stale.", default=92)
    lifecycle: Lifecycle | None = f.group("Its stages and the moves between them.", Lifecycle)
    status: StatusTable | None = f.group("The table that gives it a status.", StatusTable)
    ratings: Mapping[str, RatingTable] = f.named("Its ratings, by axis.", RatingTable)

    @property
    def tables(self) -> Iterator[tuple[str, StatusTable | RatingTable]]:
        """
        Every table with the name of its axis, that of the status first.
        """
        if self.status is not None:
            yield "status", self.status
        yield from self.ratings.items()


@attrs.frozen(kw_only=True, eq=False, repr=False)
class PaperBasics(f.ByFields):
    """
    What every paper's configuration has; a paper's own class derives from it.
    """

    template: str = f.text("The Word template to fill, a path inside the register or the pack.")
    public: Mapping[str, tuple[str, ...]] = f.cells(
        "What must hold before it may be made for the public; without it, it may not."
    )


@attrs.frozen(kw_only=True)
class ConfigSection:
    """
    One top-level key of the configuration, and the type it is read into.

    A section that is *by_name* holds one *type* for each name.
    """

    name: str
    type: type
    doc: str
    by_name: bool = False


@attrs.frozen(kw_only=True)
class Pack:
    """
    A folder of configuration and templates that a register can extend.

    *starter* tells whether `peerkit new --from` can begin a register with it.
    """

    name: str
    doc: str
    folder: Path
    starter: bool = False


@attrs.frozen(kw_only=True)
class TemplateFolder:
    """
    A folder whose ``templates`` may be filled; *is_own* if it is the register's,
    *is_installed* if it came with a plugin.
    """

    path: Path
    label: str
    is_own: bool
    is_installed: bool = False


@attrs.frozen(kw_only=True, slots=False)
class Configuration:
    """
    What one organisation declares, packs merged and every section in its type.

    *broken* names the sections that could not be taken in whole. *folders* are where
    templates may lie, the register's own first; *templates* are those that papers'
    configuration names, each with the folder its path starts from. *later* is what is
    in force from a day on, the earliest first; `on` gives what is in force on a day.
    """

    organisation: Organisation = Organisation()
    review_kinds: Mapping[str, ReviewKind] = attrs.field(factory=dict)
    rules: Mapping[str, KindRules] = attrs.field(factory=dict)
    fields: Mapping[str, Mapping[str, DeclaredField]] = attrs.field(factory=dict)
    papers: Mapping[str, Any] = attrs.field(factory=dict)
    sections: Mapping[str, Any] = attrs.field(factory=dict)
    packs: tuple[Pack, ...] = ()
    templates: Mapping[str, tuple[TemplateFolder, str]] = attrs.field(factory=dict)
    folders: tuple[TemplateFolder, ...] = ()
    broken: frozenset[str] = frozenset()
    later: tuple[tuple[dt.date, Configuration], ...] = ()

    def on(self, day: dt.date) -> Configuration:
        """
        Return the configuration that is in force on *day*.
        """
        found = self
        for begin, one in self.later:
            if begin > day:
                break
            found = one
        return found

    @cached_property
    def widest(self) -> Configuration:
        """
        This configuration with every review kind, field and paper that is declared on any
        day, as last declared: by it records are read, for they outlive their words.
        """
        if not self.later:
            return self
        versions = self.versions
        fields: dict[str, dict[str, DeclaredField]] = {}
        for one in versions:
            for kind, declared in one.fields.items():
                known = fields.setdefault(kind, {})
                for name, field in declared.items():
                    before = known[name].choices if name in known else ()
                    choices = tuple(dict.fromkeys((*before, *field.choices)))
                    known[name] = attrs.evolve(field, choices=choices)
        return attrs.evolve(
            self,
            review_kinds={k: v for one in versions for k, v in one.review_kinds.items()},
            fields=fields,
            papers={k: v for one in versions for k, v in one.papers.items()},
            broken=frozenset().union(*(one.broken for one in versions)),
            later=(),
        )

    @property
    def versions(self) -> tuple[Configuration, ...]:
        """
        This configuration and all that are in force later.
        """
        return (self, *(one for _, one in self.later))

    @property
    def language(self) -> str:
        """
        The language tag of its papers.
        """
        return self.organisation.language or "en-GB"


CORE_SECTIONS: tuple[ConfigSection, ...] = (
    ConfigSection(name="organisation", type=Organisation, doc="Whose register this is."),
    ConfigSection(
        name="review_kinds", type=ReviewKind, doc="The kinds of review, by name.", by_name=True
    ),
    ConfigSection(
        name="rules",
        type=KindRules,
        doc="Stages, statuses and ratings, by kind of record.",
        by_name=True,
    ),
)


class Layers:
    """
    Raw configuration in layers, merged: mappings by key, all else whole.

    A later layer wins; a key with nothing behind it takes the earlier one away. Keys
    keep the earlier order, unless the later layer writes them all out in its own.
    Every leaf keeps the source it came from.
    """

    def __init__(self) -> None:
        self.root = LocatedMapping()
        self._sources: dict[tuple[int, str], Source] = {}

    def add(self, layer: LocatedMapping, source: Source) -> None:
        """
        Lay *layer*, read from *source*, over what is there.
        """
        self._merge(self.root, layer, source)

    def _merge(self, below: LocatedMapping, above: LocatedMapping, source: Source) -> None:
        is_whole = below.keys() <= above.keys()
        for key, value in above.items():
            if value is None:
                below.pop(key, None)
                continue
            found = below.get(key)
            if isinstance(value, LocatedMapping):
                if not isinstance(found, LocatedMapping):
                    found = LocatedMapping(line=value.line, column=value.column, flow=value.flow)
                    below[key] = found
                self._merge(found, value, source)
            else:
                below[key] = value
            below.marks[key] = above.marks[key]
            self._sources[id(below), key] = source
        if is_whole:
            for key in above:
                if key in below:
                    below[key] = below.pop(key)

    def source_of(self, path: tuple[str | int, ...]) -> Source | None:
        """
        Return the source of the deepest part of *path* that any layer gave.
        """
        node: Any = self.root
        found: Source | None = None
        for step in path:
            if isinstance(node, LocatedMapping) and step in node and isinstance(step, str):
                found = self._sources.get((id(node), step), found)
                node = node.get(step)
            elif isinstance(node, list) and isinstance(step, int) and step < len(node):
                node = node[step]
            else:
                break
        return found
