"""
What a record is: fields, links, kinds, inexact days; and the core's own kinds.

Types know nothing of files; how text becomes a value is told in `loading`.
"""

from __future__ import annotations

from peerkit.model import fields
from peerkit.model.days import Day, DayError, parse_day
from peerkit.model.fields import (
    ANY_NAME,
    Absence,
    FieldKind,
    FieldSpec,
    LinkPath,
    Pair,
    Prose,
    field_specs,
    link_paths,
)
from peerkit.model.kinds import Nest, Record, RecordKind, ToldDay, WaitingDay
from peerkit.model.records import (
    CORE_KINDS,
    Action,
    Evidence,
    Finding,
    Party,
    Plan,
    Review,
    TeamMember,
    Theme,
)

__all__ = [
    "ANY_NAME",
    "CORE_KINDS",
    "Absence",
    "Action",
    "Day",
    "DayError",
    "Evidence",
    "FieldKind",
    "FieldSpec",
    "Finding",
    "LinkPath",
    "Nest",
    "Pair",
    "Party",
    "Plan",
    "Prose",
    "Record",
    "RecordKind",
    "Review",
    "TeamMember",
    "Theme",
    "ToldDay",
    "WaitingDay",
    "field_specs",
    "fields",
    "link_paths",
    "parse_day",
]
