"""
English council business for peerkit: its records, rules, papers and packs.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from peerkit import (
    Check,
    ConfigSection,
    Export,
    Fact,
    Pack,
    Paper,
    RecordKind,
    Template,
    ToldDay,
    WaitingDay,
    hookimpl,
    late,
)

if TYPE_CHECKING:
    from peerkit import DeadlineSource

__all__: list[str] = []

_HERE = Path(__file__).parent
_PACKS = (
    ("english-committee", "Words, sections and impacts of English committee papers.", False),
    ("navsh-peer-review", "Peer reviews of virtual schools by NAVSH.", True),
    ("ofsted-focused-visit", "Ofsted focused visits to children's services.", False),
    ("ofsted-inspection", "Ofsted inspections of children's services, with their clock.", False),
    ("send-area-inspection", "Area SEND inspections, with their clock.", False),
    (
        "lga-corporate-peer-challenge",
        "Corporate peer challenges of the LGA, with their clocks.",
        False,
    ),
)


def _prepared(template: Path) -> str:
    return template.with_suffix(".prepared.json").read_text(encoding="utf-8")


@hookimpl
def peerkit_record_kinds() -> Iterable[RecordKind]:
    """
    Offer body, meeting and agenda item, committee report, notice, resolution, transcript.
    """
    from peerkit_committee.records import KINDS  # noqa: PLC0415 - hooks import late

    return KINDS


@hookimpl
def peerkit_days() -> Iterable[ToldDay]:
    """
    Offer the days that records of council business tell of others.
    """
    from peerkit_committee.days import DAYS  # noqa: PLC0415 - hooks import late

    return DAYS


@hookimpl
def peerkit_waiting_days() -> Iterable[WaitingDay]:
    """
    Offer what the next meeting is.
    """
    from peerkit_committee.days import WAITING_DAYS  # noqa: PLC0415 - hooks import late

    return WAITING_DAYS


@hookimpl
def peerkit_facts() -> Iterable[Fact]:
    """
    Offer the facts of council business.
    """
    from peerkit_committee.facts import FACTS  # noqa: PLC0415 - hooks import late

    return FACTS


@hookimpl
def peerkit_checks() -> Iterable[Check]:
    """
    Offer the checks of council business.
    """
    from peerkit_committee.checks import CHECKS  # noqa: PLC0415 - hooks import late

    return CHECKS


@hookimpl
def peerkit_config_sections() -> Iterable[ConfigSection]:
    """
    Offer what a council declares of its business: words, verbs, deadlines, minute styles.
    """
    from peerkit_committee.configuration import SECTIONS  # noqa: PLC0415 - hooks import late

    return SECTIONS


@hookimpl
def peerkit_papers() -> Iterable[Paper]:
    """
    Offer the papers of council business.
    """
    from peerkit_committee.papers import PAPERS  # noqa: PLC0415 - hooks import late

    return PAPERS


@hookimpl
def peerkit_deadlines() -> Iterable[DeadlineSource]:
    """
    Offer the deadlines that the council's rules state, and call-in.
    """
    from peerkit import DeadlineSource  # noqa: PLC0415 - only a calendar needs it

    return (
        DeadlineSource(
            name="council-business",
            doc="What the law, the constitution and a review's kind want done by when; call-in.",
            find=late("peerkit_committee.calendar.deadlines", "deadlines"),
            used=late("peerkit_committee.calendar.working_days", "calendar_used"),
        ),
    )


@hookimpl
def peerkit_exports() -> Iterable[Export]:
    """
    Offer the calendar that other programs read.
    """
    return (
        Export(
            name="ics",
            doc="A calendar in the iCalendar format (RFC 5545), for Outlook and phones.",
            suffix=".ics",
            media_type="text/calendar",
            draw=late("peerkit_committee.calendar.ics", "draw"),
        ),
    )


@hookimpl
def peerkit_packs() -> Iterable[Pack]:
    """
    Offer the packs that lie in this package.
    """
    return tuple(
        Pack(name=name, doc=doc, folder=_HERE / "packs" / name, starter=starter)
        for name, doc, starter in _PACKS
    )


@hookimpl
def peerkit_templates() -> Iterable[Template]:
    """
    Offer the Word templates that lie in this package.
    """
    return tuple(
        Template(
            paper=path.stem,
            format="docx",
            origin=f"{path.name} of peerkit-committee",
            read=path.read_bytes,
            prepared=partial(_prepared, path),
        )
        for path in sorted((_HERE / "templates").glob("*.docx"))
    )
