"""
English council business for peerkit: its records, rules, papers and packs.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from peerkit import Check, ConfigSection, Fact, Pack, Paper, RecordKind, Template, ToldDay, hookimpl

__all__: list[str] = []

_HERE = Path(__file__).parent
_PACKS = (
    ("english-committee", "Words, sections and impacts of English committee papers.", False),
    ("navsh-peer-review", "Peer reviews of virtual schools by NAVSH.", True),
    ("ofsted-focused-visit", "Ofsted focused visits to children's services.", False),
)


def _prepared(template: Path) -> str:
    return template.with_suffix(".prepared.json").read_text(encoding="utf-8")


@hookimpl
def peerkit_record_kinds() -> Iterable[RecordKind]:
    """
    Offer body, meeting, agenda item, committee report and resolution.
    """
    from peerkit_committee.records import KINDS  # noqa: PLC0415 - hooks import late

    return KINDS


@hookimpl
def peerkit_days() -> Iterable[ToldDay]:
    """
    Offer the days on which bodies resolved.
    """
    from peerkit_committee.days import DAYS  # noqa: PLC0415 - hooks import late

    return DAYS


@hookimpl
def peerkit_facts() -> Iterable[Fact]:
    """
    Offer the facts of a committee report.
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
    Offer the words, pillars, impacts and verbs a council declares.
    """
    from peerkit_committee.configuration import SECTIONS  # noqa: PLC0415 - hooks import late

    return SECTIONS


@hookimpl
def peerkit_papers() -> Iterable[Paper]:
    """
    Offer the committee report, the action plan and the review report.
    """
    from peerkit_committee.papers import PAPERS  # noqa: PLC0415 - hooks import late

    return PAPERS


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
