"""
Checks of council business: what a report must have, and what must agree.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import partial
from typing import cast

from peerkit import Absence, Check, Register, Snapshot, fits
from peerkit.errors import Address, Problem, ProblemKind, Severity
from peerkit_committee.configuration import CommitteeReportPaper, FrontSheet, Wording
from peerkit_committee.papers.parts import PARTS
from peerkit_committee.records import CommitteeReport, Meeting, Resolution

__all__ = ["CHECKS"]

MISSING_SECTION = ProblemKind(
    code="missing-section",
    severity=Severity.ERROR,
    meaning="A section that the council requires of every such report has no text.",
    mend="Write the section, or say under “not applicable” why it does not apply.",
)
REPORT_FOR_DISAGREES = ProblemKind(
    code="report-for-disagrees",
    severity=Severity.ERROR,
    meaning="A report says it is for something else than what it asks: for information, say, "
    "while it proposes a decision.",
    mend="Take “report_for” out: it follows from whether a decision is proposed.",
)
UNKNOWN_KEY = ProblemKind(
    code="unknown-heading",
    severity=Severity.ERROR,
    meaning="A report has text for an impact, pillar or section that the council does not have, "
    "so it would not be printed.",
    mend="Correct the key, or declare it in peerkit.yaml.",
)
UNKNOWN_PART = ProblemKind(
    code="unknown-part",
    severity=Severity.ERROR,
    meaning="A front sheet, section or column is to show a part that its paper does not have.",
    mend="Write one of the parts; peerkit explain tells them for each paper.",
)
NO_MEETING_DAY = ProblemKind(
    code="meeting-without-day",
    severity=Severity.ERROR,
    meaning="A meeting says no day.",
    mend="Make its id the day, such as 2022-02-14, or add “day”.",
)
MISSING_WORDING = ProblemKind(
    code="missing-wording",
    severity=Severity.ERROR,
    meaning="A word or sentence that papers print is not configured.",
    mend="Extend the pack english-committee, or add the word under wording in peerkit.yaml.",
)
UNKNOWN_VERB = ProblemKind(
    code="unknown-verb",
    severity=Severity.WARNING,
    meaning="A proposed decision begins with a verb whose forms are not configured, so it is "
    "printed as it is written.",
    mend="Use one of the configured verbs, or add its forms under decision_verbs.",
)
URGENT_WITHOUT_REASON = ProblemKind(
    code="urgent-without-reason",
    severity=Severity.ERROR,
    meaning="A report is urgent and does not say why; the reason must be stated "
    "(Local Government Act 1972, s.100B(4)(b); SI 2012/2089, regs 10 and 11).",
    mend="Add “urgent_reason”.",
)
DECIDED_BEFORE = ProblemKind(
    code="decided-before-meeting",
    severity=Severity.ERROR,
    meaning="A resolution is dated before the meeting of the report it was made on.",
    mend="Correct the day of the resolution or of the meeting.",
)

_EMPTY: tuple[object, ...] = (None, "", (), {})


def _reports(register: Register) -> tuple[CommitteeReport, ...]:
    return cast("tuple[CommitteeReport, ...]", register.of_kind(CommitteeReport.kind))


def _settings(register: Register) -> CommitteeReportPaper | None:
    return cast(
        "CommitteeReportPaper | None",
        register.configuration.papers.get("committee-report"),
    )


def _filled(report: CommitteeReport, part: str) -> bool:
    names = {"decisions": "decision"}
    held = getattr(report, names.get(part, part), None)
    held = report.text.get(part) if held is None else held
    return isinstance(held, Absence) or held not in _EMPTY


def _sections(snapshot: Snapshot) -> Iterator[Problem]:
    register = snapshot.register
    settings = _settings(register)
    for report in _reports(register) if settings else ():
        assert settings is not None  # noqa: S101 - the loop would not run
        for key, section in settings.sections.items():
            part = section.show or key
            applies = fits(section.when, partial(snapshot.ask, report))
            if section.required and applies and not _filled(report, part):
                yield Problem(
                    kind=MISSING_SECTION,
                    message=f"The section “{section.heading}” ({part}) has no text.",
                    address=report.address,
                )
        for key, impact in register.configuration.sections["impacts"].items():
            if impact.required and key not in report.impacts:
                yield Problem(
                    kind=MISSING_SECTION,
                    message=f"The impact “{impact.heading}” (impacts, {key}) has no text.",
                    address=report.at("impacts"),
                )


def _agreement(snapshot: Snapshot) -> Iterator[Problem]:
    register = snapshot.register
    for report in _reports(register):
        derived = "decision" if report.decision else "information"
        if report.report_for and (report.report_for == "decision") != (derived == "decision"):
            yield Problem(
                kind=REPORT_FOR_DISAGREES,
                message=f"“report_for” is {report.report_for}, but the report "
                + ("proposes a decision." if report.decision else "proposes no decision."),
                address=report.at("report_for"),
            )
        if report.urgent and not report.urgent_reason:
            yield Problem(
                kind=URGENT_WITHOUT_REASON,
                message="The report is urgent and does not say why.",
                address=report.at("urgent"),
            )
        verbs = register.configuration.sections["decision_verbs"]
        for index, pair in enumerate(report.decision):
            if pair.word and pair.word not in verbs:
                yield Problem(
                    kind=UNKNOWN_VERB,
                    message=f"“{pair.word}” has no forms; known are {', '.join(verbs)}.",
                    address=report.at(f"decision/{index}"),
                )


def _headings(snapshot: Snapshot) -> Iterator[Problem]:
    register = snapshot.register
    sections = register.configuration.sections
    settings = _settings(register)
    known: dict[str, Collection[str]] = {
        "impacts": sections["impacts"],
        "strategic_plan": sections["strategic_plan"].pillars,
        "text": {s.show or k for k, s in settings.sections.items()} if settings else (),
    }
    for report in _reports(register):
        for field, keys in known.items():
            for key in getattr(report, field):
                if key not in keys:
                    yield Problem(
                        kind=UNKNOWN_KEY,
                        message=f"“{key}” is none of the council's under {field}: "
                        f"{', '.join(keys) or 'there are none'}.",
                        address=report.at(f"{field}/{key}"),
                    )


def _meetings(snapshot: Snapshot) -> Iterator[Problem]:
    register = snapshot.register
    for record in register.of_kind(Meeting.kind):
        if cast("Meeting", record).held is None:
            yield Problem(
                kind=NO_MEETING_DAY,
                message=f"The id “{record.local_id}” is not a day, and “day” is missing.",
                address=record.address,
            )


def _resolutions(snapshot: Snapshot) -> Iterator[Problem]:
    register = snapshot.register
    for record in register.of_kind(Resolution.kind):
        resolution = cast("Resolution", record)
        report = register.records[CommitteeReport.kind].get(resolution.report)
        meetings = cast("CommitteeReport", report).meetings if report else ()
        meeting = register.records[Meeting.kind].get(meetings[0]) if meetings else None
        held = cast("Meeting", meeting).held if meeting else None
        if held and held.first and resolution.day.last and resolution.day.last < held.first:
            yield Problem(
                kind=DECIDED_BEFORE,
                message=f"The resolution is of {resolution.day}, the meeting of {held}.",
                address=resolution.at("day"),
            )


def _parts(snapshot: Snapshot) -> Iterator[Problem]:
    for paper, parts in PARTS.items():
        settings = snapshot.register.configuration.papers.get(paper)
        if settings is None:
            continue
        sheet = cast("FrontSheet | None", settings.front_sheet)
        asked = {"front_sheet/fields": (sheet.fields if sheet else {}, parts.fields)}
        if not parts.own_sections:
            asked["sections"] = (settings.sections, parts.sections)
        for table, columns in parts.columns.items():
            asked[table] = (getattr(settings, table), columns)
        for where, (named, known) in asked.items():
            for key, one in named.items():
                if (part := one.show or key) not in known:
                    yield Problem(
                        kind=UNKNOWN_PART,
                        message=f"“{part}” is no part of a {paper} here; "
                        f"its parts are {', '.join(known)}.",
                        address=Address("configuration", f"papers/{paper}/{where}/{key}"),
                    )


def _wording(snapshot: Snapshot) -> Iterator[Problem]:
    register = snapshot.register
    import attrs  # noqa: PLC0415 - used here alone

    wording = cast("Wording", register.configuration.sections["wording"])
    optional = {"options_lead", "implementation_lead", "illustrative"}
    missing = [
        field.name
        for field in attrs.fields(Wording)
        if field.name not in optional and not getattr(wording, field.name)
    ]
    if missing and register.configuration.papers:
        yield Problem(
            kind=MISSING_WORDING,
            message=f"No words are configured for {', '.join(missing)}.",
            address=Address("configuration", "wording"),
        )


CHECKS: tuple[Check, ...] = (
    Check(
        name="required-sections",
        doc="Every section and impact a council requires of a report has text.",
        finds=(MISSING_SECTION,),
        sections=("papers", "impacts"),
        find=_sections,
    ),
    Check(
        name="report-agrees",
        doc="What a report says of itself agrees with what it asks.",
        finds=(REPORT_FOR_DISAGREES, URGENT_WITHOUT_REASON, UNKNOWN_VERB),
        sections=("decision_verbs",),
        find=_agreement,
    ),
    Check(
        name="report-headings",
        doc="Every text of a report has a heading it is printed under.",
        finds=(UNKNOWN_KEY,),
        sections=("papers", "impacts", "strategic_plan"),
        find=_headings,
    ),
    Check(
        name="meeting-days", doc="Every meeting has a day.", finds=(NO_MEETING_DAY,), find=_meetings
    ),
    Check(
        name="resolutions",
        doc="No decision is dated before its meeting.",
        finds=(DECIDED_BEFORE,),
        find=_resolutions,
    ),
    Check(
        name="paper-parts",
        doc="Front sheets, sections and columns show parts that their papers have.",
        finds=(UNKNOWN_PART,),
        sections=("papers",),
        find=_parts,
    ),
    Check(
        name="wording",
        doc="Every word that papers print is configured.",
        finds=(MISSING_WORDING,),
        sections=("wording", "papers"),
        find=_wording,
    ),
)
