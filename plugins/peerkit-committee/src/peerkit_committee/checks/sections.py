"""
Checks of what stands in a report's sections: what must be there, and under which key.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import cast

import attrs

from peerkit import Check, Configuration, Record, Snapshot
from peerkit.errors import Address, Problem, ProblemKind, Severity
from peerkit_committee.checks.filling import (
    is_filled,
    listed,
    misfit,
    reports,
    value_of,
)
from peerkit_committee.checks.own_day import own_papers, own_reports
from peerkit_committee.configuration import PaperSettings, impacts_of, strategic_plan_of
from peerkit_committee.papers.parts import MORE, PARTS, part_of
from peerkit_committee.records import CommitteeReport, Passage

__all__ = ["CHECKS", "GAP"]

_BUILT_IN = PARTS["committee-report"].sections

# A table of actions says itself that there are none, as do those of how many came and went and
# of what else was promised; a key is of rules, not of records.
_TOLD_ELSEWHERE = ("actions", "movement", "commitments", "key", "items", "decision")

MISSING_SECTION = ProblemKind(
    code="missing-section",
    severity=Severity.ERROR,
    meaning="A section that the council requires of every such paper has no text.",
    mend="Write the section, or say under “not applicable” why it does not apply.",
)
GAP = ProblemKind(
    code="gap-in-record",
    severity=Severity.WARNING,
    meaning="A notice, a minute or the record of a decision lacks something that it needs, such "
    "as the reasons (SI 2012/2089, regs 12 and 13). The paper says so in its place.",
    mend="Write what is missing, from what was said and decided; nothing is made up for you.",
)
UNKNOWN_KEY = ProblemKind(
    code="unknown-heading",
    severity=Severity.ERROR,
    meaning="A report has text for an impact, pillar or section that the council does not have, "
    "so it would not be printed.",
    mend="Correct the key, or declare it in peerkit.yaml.",
)
BOTH_STATED = ProblemKind(
    code="text-beside-not-applicable",
    severity=Severity.ERROR,
    meaning="A passage says why it does not apply, and has a text or something to show besides; "
    "only one of the two would be printed.",
    mend="Take one of the two out.",
)
NOTHING_TO_SHOW = ProblemKind(
    code="nothing-to-show",
    severity=Severity.ERROR,
    meaning="A passage is to show something and does not say of which record, or names a record "
    "and does not say what to show.",
    mend="Write both “show” and “of”, such as show: themes and of: the id of a review.",
)


def _required(snapshot: Snapshot) -> Iterator[Problem]:
    for paper, record, configuration, settings in own_papers(snapshot):
        for key, section in settings.sections.items():
            part = part_of(key, section.show)
            if (
                section.required
                and not misfit(snapshot, record, section.when)
                and not _says(snapshot, paper, record, part)
            ):
                yield Problem(
                    kind=GAP if PARTS[paper].tells_gaps else MISSING_SECTION,
                    message=f"The section “{section.heading}” ({part}) has no text.",
                    address=record.address,
                )
        if isinstance(record, CommitteeReport):
            for key, impact in impacts_of(configuration).items():
                if impact.required and not is_filled(record.impacts.get(key)):
                    yield Problem(
                        kind=MISSING_SECTION,
                        message=f"The impact “{impact.heading}” (impacts, {key}) has no text.",
                        address=record.at("impacts"),
                    )


def _says(snapshot: Snapshot, paper: str, record: Record, part: str) -> bool:
    """
    True if *record* has something for a section that shows *part*.
    """
    parts = PARTS[paper]
    if (
        isinstance(record, CommitteeReport)
        and part not in parts.sections
        and not part.startswith(MORE)
    ):
        return is_filled(record.text.get(part))
    field = next((field for field, by in parts.texts.items() if by == part), part)
    return part in _TOLD_ELSEWHERE or is_filled(value_of(snapshot, record, field))


def _known(configuration: Configuration) -> Mapping[str, Collection[str]]:
    """
    Return the keys that there are for what a report says under keys of the council's.
    """
    settings = cast("PaperSettings | None", configuration.papers.get("committee-report"))
    sections = settings.sections.items() if settings else ()
    shown = (part_of(key, section.show) for key, section in sections)
    return {
        "impacts": impacts_of(configuration),
        "strategic_plan": strategic_plan_of(configuration).pillars,
        "text": [part for part in shown if part not in _BUILT_IN and not part.startswith(MORE)],
    }


def _headings(snapshot: Snapshot) -> Iterator[Problem]:
    for report, configuration in own_reports(snapshot):
        known = _known(configuration)
        for field, keys in known.items():
            for key in getattr(report, field):
                if key not in keys:
                    is_ours = field == "text" and key in _BUILT_IN
                    yield Problem(
                        kind=UNKNOWN_KEY,
                        message=f"“{key}” is a part of any report, no text of the council's own."
                        if is_ours
                        else f"“{key}” is none of the council's under {field}: {listed(keys)}.",
                        mend=f"Write it as “{key}” of the report, not under “text”."
                        if is_ours
                        else "",
                        address=report.at(f"{field}/{key}"),
                    )


def _passages(snapshot: Snapshot) -> Iterator[Problem]:
    for report in reports(snapshot.register):
        for address, passage in _all_passages(report):
            if passage.not_applicable and (passage.text or passage.show):
                beside = "“text”" if passage.text else "“show”"
                yield Problem(
                    kind=BOTH_STATED,
                    message=f"“not applicable” stands beside {beside}.",
                    address=address,
                )
            if bool(passage.show) is not bool(passage.of):
                yield Problem(
                    kind=NOTHING_TO_SHOW,
                    message=f"“show” is {passage.show}, and “of” is missing."
                    if passage.show
                    else f"“of” is {passage.of}, and “show” is missing.",
                    address=address,
                )


def _all_passages(report: CommitteeReport) -> Iterator[tuple[Address, Passage]]:
    for field in attrs.fields_dict(CommitteeReport):
        value = getattr(report, field)
        if isinstance(value, Mapping):
            steps = [*value.items()]
        else:
            steps = [*enumerate(value)] if isinstance(value, tuple) else []
        for step, passage in steps:
            if isinstance(passage, Passage):
                yield report.at(f"{field}/{step}"), passage


CHECKS: tuple[Check, ...] = (
    Check(
        name="required-sections",
        doc="Every section and impact a council requires of a paper has text.",
        finds=(MISSING_SECTION, GAP),
        sections=("papers", "impacts", "review_kinds", "fields"),
        find=_required,
    ),
    Check(
        name="report-headings",
        doc="Every text of a report has a heading it is printed under.",
        finds=(UNKNOWN_KEY,),
        sections=("papers", "impacts", "strategic_plan"),
        find=_headings,
    ),
    Check(
        name="passages",
        doc="Every passage of a report says one thing, and shows something if it is to.",
        finds=(BOTH_STATED, NOTHING_TO_SHOW),
        find=_passages,
    ),
)
