"""
The kinds of record of council business.

- `bodies`: body, meeting and agenda item, the last two with their minutes.
- `reports`: the committee report.
- `decisions`: notice and resolution, and transcripts of papers published elsewhere.
"""

from __future__ import annotations

from peerkit import Nest, RecordKind
from peerkit_committee.records.bodies import (
    AgendaItem,
    Body,
    CallIn,
    Commitment,
    LeadTime,
    Meeting,
)
from peerkit_committee.records.decisions import Notice, Resolution, Transcript
from peerkit_committee.records.reports import (
    Appendix,
    BackgroundPaper,
    Clearance,
    CommitteeReport,
    Option,
    Passage,
    Step,
)

__all__ = [
    "KINDS",
    "AgendaItem",
    "Appendix",
    "BackgroundPaper",
    "Body",
    "CallIn",
    "Clearance",
    "Commitment",
    "CommitteeReport",
    "LeadTime",
    "Meeting",
    "Notice",
    "Option",
    "Passage",
    "Resolution",
    "Step",
    "Transcript",
]

KINDS: tuple[RecordKind, ...] = (
    RecordKind(
        name="body",
        plural="bodies",
        record=Body,
        doc="A body that meets.",
        short="name",
        nests=(Nest(kind="meeting", key="meetings"),),
    ),
    RecordKind(
        name="meeting",
        plural="meetings",
        record=Meeting,
        doc="One meeting of a body.",
        scope="body",
        nests=(Nest(kind="agenda_item", key="agenda"),),
    ),
    RecordKind(
        name="agenda_item",
        plural="agenda_items",
        record=AgendaItem,
        doc="One item of a meeting's agenda.",
        scope="meeting",
        short="title",
        nests=(Nest(kind="resolution", key="resolutions"),),
    ),
    RecordKind(
        name="committee_report",
        plural="committee_reports",
        record=CommitteeReport,
        doc="A report to a meeting of a body.",
    ),
    RecordKind(
        name="notice",
        plural="notices",
        record=Notice,
        doc="A notice of a decision to come.",
    ),
    RecordKind(
        name="resolution",
        plural="resolutions",
        record=Resolution,
        doc="What a body, a member or an officer decided.",
        nests=(Nest(kind="action", key="actions"),),
    ),
    RecordKind(
        name="transcript",
        plural="transcripts",
        record=Transcript,
        doc="What a paper says that was published elsewhere.",
    ),
)
