"""
What every name a user can write means: entries, looked up in what plugins offer.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import attrs

from peerkit import hookspecs
from peerkit.config import CORE_SECTIONS, OWN_KEYS, ConfigSection, Configuration, DeclaredField
from peerkit.document import Name, Shape
from peerkit.errors import UnknownNameError
from peerkit.hookspecs import Offers
from peerkit.loading.converter import closest, did_you_mean
from peerkit.model import FieldKind, FieldSpec, field_specs
from peerkit.papers import Paper

__all__ = ["Entry", "entries", "look_up"]

_MOST_GUESSES = 8


@attrs.frozen(kw_only=True)
class Entry:
    """
    What is known of one name: its *category*, and the rest as plain data.

    *details* is what programs are given; *doc* is the first thing people read.
    """

    category: str
    name: str
    doc: str
    details: Mapping[str, Any] = attrs.field(factory=dict)


def look_up(name: str, offers: Offers, configuration: Configuration) -> tuple[Entry, ...]:
    """
    Return every entry of that name; one name may mean several things.

    The names that templates may use depend on the *configuration*.

    Raises:
        UnknownNameError: If there is none.
    """
    known = tuple(entries(offers, configuration))
    wanted = {name.casefold(), _without_names(name, offers).casefold()}
    found = tuple(one for one in known if one.name.casefold() in wanted)
    if not found:
        raise UnknownNameError(f"There is nothing named “{name}”.", mend=_guess(name, known))
    return found


def _guess(name: str, known: tuple[Entry, ...]) -> str:
    ending = [one.name for one in known if one.name.endswith(f".{name}")]
    if ending:
        several = list(dict.fromkeys(ending))[:_MOST_GUESSES]
        return f"Did you mean {' or '.join(f'“{one}”' for one in several)}?"
    categories = ", ".join(dict.fromkeys(one.category for one in known))
    guess = did_you_mean(closest(name, (one.name for one in known)))
    return f"{guess} What can be explained: {categories}. peerkit explain lists every name.".strip()


def _without_names(name: str, offers: Offers) -> str:
    """
    Return a path of the configuration without the names that an organisation chooses.

    `review_kinds.NAVSH.findings` becomes `review_kinds.findings`.
    """
    head, *steps = name.split(".")
    section = next((one for one in _sections(offers) if one.name == head), None)
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
    Yield every entry, by category.
    """
    for explain in _CATEGORIES:
        yield from explain(offers)
    yield from _papers(offers, configuration)
    yield from _hooks()


def _sections(offers: Offers) -> tuple[ConfigSection, ...]:
    return (*CORE_SECTIONS, *offers.config_sections.values())


def _origin(offers: Offers, hook: str, name: str) -> str:
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
                "offered_by": _origin(offers, "peerkit_problem_kinds", code),
            },
        )


def _record_kinds(offers: Offers) -> Iterator[Entry]:
    for name, kind in offers.record_kinds.items():
        details = {
            "plural": kind.plural,
            "inside": kind.scope or None,
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
                _fact(fact.name, fact.answers)
                for fact in offers.facts.values()
                if fact.kind == name
            ],
            "offered_by": _origin(offers, "peerkit_record_kinds", name),
        }
        yield Entry(category="record kind", name=name, doc=kind.doc, details=details)
        if kind.plural != name:
            yield Entry(category="record kind", name=kind.plural, doc=kind.doc, details=details)


def _fact(name: str, answers: tuple[str, ...]) -> dict[str, Any]:
    return {"name": name, "answers": list(answers)}


def _record_fields(offers: Offers) -> Iterator[Entry]:
    for name, kind in offers.record_kinds.items():
        yield from _field_entries("field", kind.record, name)


def _facts(offers: Offers) -> Iterator[Entry]:
    for (kind, name), fact in offers.facts.items():
        yield Entry(
            category="fact",
            name=f"{kind}.{name}",
            doc=fact.doc,
            details={
                "of": kind,
                "answers": list(fact.answers),
                "offered_by": _origin(offers, "peerkit_facts", f"{kind} of {name}"),
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
    for section in _sections(offers):
        about = {
            "by_name": section.by_name,
            "fields": _fields(section.type, (section.type,)),
            "offered_by": _origin(offers, "peerkit_config_sections", section.name),
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
                "offered_by": _origin(offers, "peerkit_papers", name),
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
                "offered_by": _origin(offers, "peerkit_formats", name),
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
                "offered_by": _origin(offers, "peerkit_packs", name),
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
                "offered_by": _origin(offers, "peerkit_checks", name),
            },
        )


def _hooks() -> Iterator[Entry]:
    for name, function in vars(hookspecs).items():
        if name.startswith("peerkit_"):
            first, _, rest = (inspect.getdoc(function) or "").partition("\n")
            signature = f"{name}{inspect.signature(function)}"
            details = {"signature": signature, "text": rest.strip()}
            yield Entry(category="hook", name=name, doc=first, details=details)


_CATEGORIES: tuple[Callable[[Offers], Iterator[Entry]], ...] = (
    _problem_codes,
    _record_kinds,
    _record_fields,
    _facts,
    _configuration,
    _formats,
    _packs,
    _checks,
)
