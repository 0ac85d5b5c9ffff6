"""
What is declared: problems, kinds of record, fields, facts, sections, papers, packs, hooks.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from peerkit import hookspecs
from peerkit.cli.explaining.entry import Entry
from peerkit.cli.explaining.ruled import kind_details
from peerkit.config import CORE_SECTIONS, OWN_KEYS, ConfigSection, Configuration, DeclaredField
from peerkit.document import Name, Shape
from peerkit.facts import Fact, closed_facts
from peerkit.hookspecs import Offers
from peerkit.model import FieldSpec, field_specs
from peerkit.papers import Paper

__all__ = ["declared", "origin", "sections"]

_OWN = "peerkit.yaml"
_Facts = Mapping[tuple[str, str], Fact]


def declared(offers: Offers, configuration: Configuration) -> Iterator[Entry]:
    """
    Yield every entry that needs no record, by category.

    Facts that follow from the *configuration*, such as the stages of a lifecycle, are
    among them.
    """
    facts = closed_facts(configuration, offers.facts)
    yield from _problem_codes(offers)
    yield from _record_kinds(offers, configuration, facts)
    yield from _record_fields(offers)
    yield from _declared_fields(configuration)
    yield from _waiting_days(offers)
    yield from _facts(offers, facts)
    yield from _configuration(offers)
    yield from _formats(offers)
    yield from _packs(offers)
    yield from _checks(offers)
    yield from _deadlines(offers)
    yield from _exports(offers)
    yield from _papers(offers, configuration)
    yield from _hooks()


def sections(offers: Offers) -> tuple[ConfigSection, ...]:
    """
    Return the sections of peerkit.yaml.
    """
    return (*CORE_SECTIONS, *offers.config_sections.values())


def origin(offers: Offers, hook: str, name: str) -> str:
    """
    Return which plugin offers *name* through *hook*.
    """
    return offers.origins.get((hook, name), "builtin")


# fields


def _field(spec: FieldSpec, *, around: tuple[type, ...] = ()) -> dict[str, Any]:
    told: dict[str, Any] = {"key": spec.key, "holds": spec.kind.value, "doc": spec.doc}
    told["required"] = spec.required
    if spec.choices:
        told["choices"] = list(spec.choices)
    if spec.kinds:
        told["links_to"] = list(spec.kinds)
    if spec.by_position:
        told["by_position"] = True
    if spec.may_be_absent:
        told["may_be_absent"] = True
    if spec.declared_in:
        told["declared_in"] = spec.declared_in
    if spec.inner is not None and spec.inner not in around:
        told["fields"] = _fields(spec.inner, (*around, spec.inner))
    return told


def _fields(record: type, around: tuple[type, ...] = ()) -> list[dict[str, Any]]:
    return [_field(spec, around=around) for spec in field_specs(record)]


def _below(record: type, head: str, around: tuple[type, ...]) -> Iterator[tuple[str, FieldSpec]]:
    for spec in field_specs(record):
        path = f"{head}.{spec.key}"
        yield path, spec
        if spec.inner is not None and spec.inner not in around:
            yield from _below(spec.inner, path, (*around, spec.inner))


def _field_entries(category: str, record: type, head: str) -> Iterator[Entry]:
    for path, spec in _below(record, head, (record,)):
        yield Entry(category=category, name=path, doc=spec.doc, details={"field": _field(spec)})


# categories


def _problem_codes(offers: Offers) -> Iterator[Entry]:
    for code, kind in sorted(offers.problem_kinds.items()):
        yield Entry(
            category="problem",
            name=code,
            doc=kind.meaning,
            details={
                "severity": kind.severity.value,
                "mend": kind.mend,
                "offered_by": origin(offers, "peerkit_problem_kinds", code),
            },
        )


def _record_kinds(offers: Offers, configuration: Configuration, facts: _Facts) -> Iterator[Entry]:
    for name, kind in offers.record_kinds.items():
        details = {
            "plural": kind.plural,
            "inside": kind.scope or None,
            "also_inside": [one for one in kind.also_in if one in offers.record_kinds],
            "short": kind.short or None,
            "fields": _fields(kind.record),
            "holds": [
                {"kind": nest.kind, "under": nest.key or "its kind, a word of the configuration"}
                for nest in kind.nests
            ],
            "nested_in": [
                other.name
                for other in offers.record_kinds.values()
                if any(nest.kind == name for nest in other.nests)
            ],
            "facts": [
                {"name": fact.name, "answers": list(fact.answers)}
                for fact in facts.values()
                if fact.kind == name
            ],
            **kind_details(name, configuration),
            "offered_by": origin(offers, "peerkit_record_kinds", name),
        }
        yield Entry(category="record kind", name=name, doc=kind.doc, details=details)
        if kind.plural != name:
            yield Entry(category="record kind", name=kind.plural, doc=kind.doc, details=details)


def _record_fields(offers: Offers) -> Iterator[Entry]:
    for name, kind in offers.record_kinds.items():
        yield from _field_entries("field", kind.record, name)


def _declared_fields(configuration: Configuration) -> Iterator[Entry]:
    for kind, fields in configuration.fields.items():
        for name, field in fields.items():
            told: dict[str, Any] = {"key": name, "holds": field.type, "doc": field.doc}
            if field.choices:
                told["choices"] = list(field.choices)
            yield Entry(
                category="field",
                name=f"{kind}.{name}",
                doc=field.doc,
                details={"field": told, "offered_by": _OWN},
            )


def _waiting_days(offers: Offers) -> Iterator[Entry]:
    for words, day in offers.waiting_days.items():
        offered_by = origin(offers, "peerkit_waiting_days", words)
        details = {"offered_by": offered_by}
        yield Entry(category="day that waits", name=words, doc=day.doc, details=details)


def _facts(offers: Offers, facts: _Facts) -> Iterator[Entry]:
    for (kind, name), fact in facts.items():
        is_offered = (kind, name) in offers.facts
        yield Entry(
            category="fact",
            name=f"{kind}.{name}",
            doc=fact.doc,
            details={
                "of": kind,
                "answers": list(fact.answers),
                "offered_by": origin(offers, "peerkit_facts", f"{name} of {kind}")
                if is_offered
                else _OWN,
            },
        )


def _configuration(offers: Offers) -> Iterator[Entry]:
    there: dict[str, Iterable[str]] = {
        "extends": offers.packs,
        "papers": offers.papers,
        "fields": offers.record_kinds,
    }
    for name, doc in OWN_KEYS.items():
        details = {"there_are": sorted(there[name])} if name in there else {}
        yield Entry(category="section of peerkit.yaml", name=name, doc=doc, details=details)
    for section in sections(offers):
        about = {
            "by_name": section.by_name,
            "fields": _fields(section.type, (section.type,)),
            "offered_by": origin(offers, "peerkit_config_sections", section.name),
        }
        yield Entry(
            category="section of peerkit.yaml", name=section.name, doc=section.doc, details=about
        )
        yield from _field_entries("key of peerkit.yaml", section.type, section.name)
    yield from _field_entries("key of peerkit.yaml", DeclaredField, "fields")
    for name, paper in offers.papers.items():
        yield Entry(
            category="key of peerkit.yaml",
            name=f"papers.{name}",
            doc=f"How {name} is made. {paper.doc}",
            details={"fields": _fields(paper.configuration, (paper.configuration,))},
        )
        yield from _field_entries("key of peerkit.yaml", paper.configuration, f"papers.{name}")


def _papers(offers: Offers, configuration: Configuration) -> Iterator[Entry]:
    for name, paper in offers.papers.items():
        yield Entry(
            category="paper",
            name=name,
            doc=paper.doc,
            details={
                "subject": paper.subject,
                "keys": _fields(paper.configuration, (paper.configuration,)),
                "names": [attrs.asdict(one) for one in _shape(paper, configuration)],
                "offered_by": origin(offers, "peerkit_papers", name),
            },
        )


def _shape(paper: Paper, configuration: Configuration) -> tuple[Name, ...]:
    configured = configuration.papers.get(paper.name)
    if configured is None:
        # Which names there are depends on what the organisation configures.
        return Shape(()).names
    return paper.shape(configuration, configured).names


def _formats(offers: Offers) -> Iterator[Entry]:
    for name, one in offers.formats.items():
        yield Entry(
            category="format",
            name=name,
            doc=one.doc,
            details={
                "suffix": one.suffix,
                "media_type": one.media_type,
                "takes_template": one.takes_template,
                "offered_by": origin(offers, "peerkit_formats", name),
            },
        )


def _packs(offers: Offers) -> Iterator[Entry]:
    for name, pack in offers.packs.items():
        yield Entry(
            category="pack",
            name=name,
            doc=pack.doc,
            details={
                "starter": pack.starter,
                "offered_by": origin(offers, "peerkit_packs", name),
            },
        )


def _checks(offers: Offers) -> Iterator[Entry]:
    for name, check in offers.checks.items():
        yield Entry(
            category="check",
            name=name,
            doc=check.doc,
            details={
                "finds": [kind.code for kind in check.finds],
                "offered_by": origin(offers, "peerkit_checks", name),
            },
        )


def _deadlines(offers: Offers) -> Iterator[Entry]:
    for name, source in offers.deadlines.items():
        yield Entry(
            category="source of deadlines",
            name=name,
            doc=source.doc,
            details={"offered_by": origin(offers, "peerkit_deadlines", name)},
        )


def _exports(offers: Offers) -> Iterator[Entry]:
    for name, export in offers.exports.items():
        yield Entry(
            category="export",
            name=name,
            doc=export.doc,
            details={
                "of": export.of,
                "suffix": export.suffix,
                "media_type": export.media_type,
                "offered_by": origin(offers, "peerkit_exports", name),
            },
        )


def _hooks() -> Iterator[Entry]:
    for name, function in vars(hookspecs).items():
        if name.startswith("peerkit_"):
            first, _, rest = (inspect.getdoc(function) or "").partition("\n")
            signature = f"{name}{inspect.signature(function)}"
            details = {"signature": signature, "text": rest.strip()}
            yield Entry(category="hook", name=name, doc=first, details=details)
