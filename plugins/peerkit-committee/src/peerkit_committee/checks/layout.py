"""
Checks of how papers are configured: parts, order, columns, front sheets.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from peerkit import Check, Configuration, Snapshot
from peerkit.errors import Address, Problem, ProblemKind, Severity
from peerkit_committee.checks.filling import has_text, listed, papers, reports, sheets
from peerkit_committee.configuration import PaperSettings
from peerkit_committee.papers.parts import MORE, PARTS, RATING, PaperParts, part_of

__all__ = ["CHECKS"]

WIDEST = 100

UNKNOWN_PART = ProblemKind(
    code="unknown-part",
    severity=Severity.ERROR,
    meaning="A front sheet, section or column is to show a part that its paper does not have, or "
    "an added field that its records do not have.",
    mend="Write one of the parts; peerkit explain tells them for each paper.",
)
NEVER_PRINTED = ProblemKind(
    code="section-never-printed",
    severity=Severity.ADVICE,
    meaning="A section of committee reports shows a text of the council's own, and no report of "
    "the register has it.",
    mend="Correct the key or “show” if a part of every report was meant, or write the text.",
)
BAD_ORDER = ProblemKind(
    code="order-without-effect",
    severity=Severity.WARNING,
    meaning="An order names a key that is not there, or one that it has named before.",
    mend="Correct the key, or take it out of the order.",
)
BAD_WIDTH = ProblemKind(
    code="column-width",
    severity=Severity.ERROR,
    meaning="A column has a width that no column can have.",
    mend=f"Write a whole number from 1 to {WIDEST}: its width beside the others.",
)
MISSING_COLUMN = ProblemKind(
    code="missing-column",
    severity=Severity.ERROR,
    meaning="A table lacks the column that says what each of its rows is about.",
    mend="Add the column in peerkit.yaml.",
)
MISSING_HEADING = ProblemKind(
    code="missing-heading",
    severity=Severity.ERROR,
    meaning="A column, or a group whose actions are printed, has no heading.",
    mend="Add the heading; only a column of statuses or ratings has one of its own.",
)
MISSING_KEY = ProblemKind(
    code="missing-key",
    severity=Severity.WARNING,
    meaning="A paper shows statuses or ratings, and no section of it says what their words mean.",
    mend="Add a section that shows “key”, such as key: What the words mean.",
)
UNKNOWN_STAGE = ProblemKind(
    code="unknown-stage",
    severity=Severity.ERROR,
    meaning="A paper is to leave actions out from a stage on that actions do not have.",
    mend="Correct the stage, or declare it in peerkit.yaml under rules, action, lifecycle.",
)
TWO_HEADINGS = ProblemKind(
    code="two-headings",
    severity=Severity.ERROR,
    meaning="A front sheet has two columns, and its headings are not two.",
    mend="Write two headings, such as [Item, Detail].",
)


def _at(paper: str, path: str) -> Address:
    return Address("configuration", f"papers/{paper}/{path}")


def _added(configuration: Configuration, kind: str) -> tuple[str, ...]:
    return tuple(f"{MORE}{key}" for key in configuration.fields.get(kind, {}))


def _parts(snapshot: Snapshot) -> Iterator[Problem]:
    configuration = snapshot.configuration
    rules = configuration.rules.get("action")
    ratings = tuple(f"{RATING}{axis}" for axis in (rules.ratings if rules else ()))
    for paper, settings in papers(snapshot):
        parts = PARTS[paper]
        added = _added(configuration, parts.subject)
        asked: dict[str, tuple[Mapping[str, Any], tuple[str, ...], tuple[str, ...]]] = {
            **{
                f"{name}/fields": (sheet.fields, parts.fields, added)
                for name, sheet in sheets(settings).items()
            },
            "sections": (settings.sections, parts.sections, added),
        }
        for key, table in parts.tables.items():
            more = () if table.in_list else (*_added(configuration, table.kind), *ratings)
            asked[key] = (getattr(settings, key), table.columns, more)
        for where, (named, known, more) in asked.items():
            is_open = where == "sections" and parts.own_sections
            for key, one in named.items():
                part = part_of(key, one.show)
                if part in known or part in more:
                    continue
                if part.startswith(MORE):
                    fields = listed(one for one in more if one.startswith(MORE))
                    message = f"“{part}” is no field added to these records: {fields}."
                elif part.startswith(RATING) and "ratings" in known:
                    message = f"“{part}” is no rating of an action: {listed(ratings)}."
                elif is_open:
                    continue
                else:
                    message = f"“{part}” is no part of a {paper} here; its parts: {listed(known)}."
                yield Problem(
                    kind=UNKNOWN_PART, message=message, address=_at(paper, f"{where}/{key}")
                )


def _own_sections(snapshot: Snapshot) -> Iterator[Problem]:
    found = reports(snapshot.register)
    for paper, settings in papers(snapshot) if found else ():
        parts = PARTS[paper]
        for key, section in settings.sections.items() if parts.own_sections else ():
            part = part_of(key, section.show)
            if part in parts.sections or part.startswith(MORE):
                continue
            if not any(has_text(report.text.get(part)) for report in found):
                yield Problem(
                    kind=NEVER_PRINTED,
                    message=f"The section “{section.heading}” shows the text “{part}”, and no "
                    "report has it.",
                    address=_at(paper, f"sections/{key}"),
                )


def _orders(settings: PaperSettings) -> Iterator[tuple[str, tuple[str, ...], Mapping[str, Any]]]:
    yield "order", settings.order, settings.sections
    for name, sheet in sheets(settings).items():
        yield f"{name}/order", sheet.order, sheet.fields
    yield "column_order", getattr(settings, "column_order", ()), getattr(settings, "columns", {})


def _order(snapshot: Snapshot) -> Iterator[Problem]:
    for paper, settings in papers(snapshot):
        for path, order, named in _orders(settings):
            for index, key in enumerate(order):
                if key in named and key not in order[:index]:
                    continue
                said = "is named twice" if key in named else f"is none of: {listed(named)}"
                yield Problem(
                    kind=BAD_ORDER,
                    message=f"“{key}” {said}.",
                    address=_at(paper, f"{path}/{index}"),
                )


def _tables(snapshot: Snapshot) -> Iterator[Problem]:
    for paper, settings in papers(snapshot):
        shown = {part_of(key, section.show) for key, section in settings.sections.items()}
        for name, sheet in sheets(settings).items():
            if len(sheet.headings) != 2:  # noqa: PLR2004 - a front sheet has two columns
                yield Problem(
                    kind=TWO_HEADINGS,
                    message=f"Two headings are needed; here is {len(sheet.headings)}.",
                    address=_at(paper, f"{name}/headings"),
                )
        for key, table in PARTS[paper].tables.items():
            columns = getattr(settings, key)
            parts = {part_of(name, column.show) for name, column in columns.items()}
            if table.section in shown and table.needs not in parts:
                yield Problem(
                    kind=MISSING_COLUMN,
                    message=f"No column of {key} shows “{table.needs}”.",
                    address=_at(paper, key),
                )
            for name, column in columns.items():
                if not 1 <= column.width <= WIDEST:
                    yield Problem(
                        kind=BAD_WIDTH,
                        message=f"A column cannot be {column.width} wide.",
                        address=_at(paper, f"{key}/{name}/width"),
                    )
                if not column.heading and not _is_judged(part_of(name, column.show)):
                    yield Problem(
                        kind=MISSING_HEADING,
                        message=f"The column “{name}” has no heading.",
                        address=_at(paper, f"{key}/{name}"),
                    )


def _is_judged(part: str) -> bool:
    return part in ("status", "ratings") or part.startswith(RATING)


def _groups(snapshot: Snapshot) -> Iterator[Problem]:
    for paper, settings in papers(snapshot):
        for key in ("groups", "usual_groups"):
            for name, group in getattr(settings, key, {}).items():
                if not group.heading and group.shown is not False:
                    yield Problem(
                        kind=MISSING_HEADING,
                        message=f"The group “{name}” has no heading.",
                        mend="Add the heading, or “shown: no” if its actions are not printed.",
                        address=_at(paper, f"{key}/{name}"),
                    )


def _keys(snapshot: Snapshot) -> Iterator[Problem]:
    for paper, settings in papers(snapshot):
        shown = {part_of(key, section.show) for key, section in settings.sections.items()}
        judged = [
            f"columns/{name}"
            for name, column in getattr(settings, "columns", {}).items()
            if _is_judged(part_of(name, column.show))
        ]
        if getattr(settings, "statuses", None):
            judged.append("statuses")
        if judged and "key" not in shown and any(_tables_of(snapshot, PARTS[paper])):
            yield Problem(
                kind=MISSING_KEY,
                message=f"No section of {paper} says what these words mean.",
                address=_at(paper, judged[0]),
            )


def _closed(snapshot: Snapshot) -> Iterator[Problem]:
    rules = snapshot.configuration.rules.get("action")
    stages = rules.lifecycle.stages if rules and rules.lifecycle else ()
    for paper, settings in papers(snapshot):
        for index, stage in enumerate(getattr(settings, "closed", ())):
            if stage not in stages:
                yield Problem(
                    kind=UNKNOWN_STAGE,
                    message=f"“{stage}” is no stage of an action; its stages: {listed(stages)}.",
                    address=_at(paper, f"closed/{index}"),
                )


def _tables_of(snapshot: Snapshot, parts: PaperParts) -> Iterator[object]:
    """
    Yield the tables whose words the paper can show.
    """
    kinds = {table.kind for table in parts.tables.values()} or {"finding"}
    for kind in kinds:
        rules = snapshot.configuration.rules.get(kind)
        yield from rules.tables if rules else ()


CHECKS: tuple[Check, ...] = (
    Check(
        name="paper-parts",
        doc="Front sheets, sections and columns show parts that their papers have.",
        finds=(UNKNOWN_PART,),
        sections=("papers", "fields"),
        find=_parts,
    ),
    Check(
        name="own-sections",
        doc="Every section of the council's own is filled by some report.",
        finds=(NEVER_PRINTED,),
        sections=("papers",),
        find=_own_sections,
    ),
    Check(
        name="paper-order",
        doc="Every order names keys that are there, each once.",
        finds=(BAD_ORDER,),
        sections=("papers",),
        find=_order,
    ),
    Check(
        name="paper-tables",
        doc="Tables and front sheets have the columns, widths and headings they need.",
        finds=(BAD_WIDTH, MISSING_COLUMN, MISSING_HEADING, TWO_HEADINGS),
        sections=("papers",),
        find=_tables,
    ),
    Check(
        name="paper-groups",
        doc="Every group of actions that is printed has a heading.",
        finds=(MISSING_HEADING,),
        sections=("papers",),
        find=_groups,
    ),
    Check(
        name="paper-stages",
        doc="Every stage at which a paper leaves actions out is one that they have.",
        finds=(UNKNOWN_STAGE,),
        sections=("papers", "rules"),
        find=_closed,
    ),
    Check(
        name="paper-keys",
        doc="Every paper that shows statuses or ratings says what their words mean.",
        finds=(MISSING_KEY,),
        sections=("papers", "rules"),
        find=_keys,
    ),
)
