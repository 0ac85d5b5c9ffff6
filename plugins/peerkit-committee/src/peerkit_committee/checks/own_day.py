"""
What each paper is checked by: the configuration in force on its own day.

By that it is printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, cast

from peerkit import Audience, Configuration, Record, Snapshot, View
from peerkit_committee.configuration import PaperSettings
from peerkit_committee.papers.days import day_of
from peerkit_committee.papers.parts import PARTS
from peerkit_committee.records import CommitteeReport

__all__ = ["OwnPaper", "in_force", "own_papers", "own_reports"]


class OwnPaper(NamedTuple):
    """
    A paper about a record, and how it is configured on its own day.
    """

    paper: str
    record: Record
    configuration: Configuration
    settings: PaperSettings


def in_force(snapshot: Snapshot, paper: str, record: Record) -> Configuration:
    """
    Return the configuration of the own day of a paper about *record*, or else the snapshot's.
    """
    whole = snapshot.register.configuration
    seen = View(snapshot=snapshot, audience=Audience.INTERNAL)
    day = day_of(paper, seen, record) if whole.later else None
    return whole.on(day) if day is not None else snapshot.configuration


def own_papers(snapshot: Snapshot) -> Iterator[OwnPaper]:
    """
    Yield each of our papers that is configured on its own day.
    """
    for paper, parts in PARTS.items():
        for record in snapshot.register.of_kind(parts.subject):
            configuration = in_force(snapshot, paper, record)
            settings = configuration.papers.get(paper)
            if settings is not None and _is_read(snapshot, configuration):
                yield OwnPaper(paper, record, configuration, cast("PaperSettings", settings))


def own_reports(snapshot: Snapshot) -> Iterator[tuple[CommitteeReport, Configuration]]:
    """
    Yield each report with the configuration of its own day, whether it has the paper or not.
    """
    for record in snapshot.register.of_kind(CommitteeReport.kind):
        configuration = in_force(snapshot, "committee-report", record)
        if _is_read(snapshot, configuration):
            yield cast("CommitteeReport", record), configuration


def _is_read(snapshot: Snapshot, configuration: Configuration) -> bool:
    # A check is passed over for what is broken in the snapshot's configuration alone.
    return configuration.broken <= snapshot.configuration.broken
