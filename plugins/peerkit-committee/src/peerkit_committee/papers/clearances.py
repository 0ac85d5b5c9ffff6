"""
The table of clearances of a report: who gave each, or why it is not required.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from peerkit import Party
from peerkit.document import Table
from peerkit.errors import Address
from peerkit_committee.configuration import CommitteeReportPaper, clearances_of
from peerkit_committee.facts.business import is_cleared
from peerkit_committee.papers.common import Blocks, Composer, cell
from peerkit_committee.papers.tables import table
from peerkit_committee.records import Clearance, CommitteeReport

__all__ = ["clearances_table"]


def clearances_table(
    composer: Composer, report: CommitteeReport, settings: CommitteeReportPaper
) -> Iterator[Table]:
    """
    Yield the clearances that the council asks for, then the report's others; nothing if
    there are none.
    """
    declared = clearances_of(composer.view.configuration)
    wanted = dict.fromkeys((*declared, *report.clearances))

    def row(key: str) -> tuple[Address, Callable[[str], Blocks]]:
        here = report.at(f"clearances/{key}")
        heading = declared[key].heading if key in declared else key
        parts: dict[str, Blocks] = {
            "clearance": cell(heading, here),
            "given": _cleared(composer, report.clearances.get(key), here),
        }
        return here, parts.__getitem__

    if wanted:
        yield table(
            composer,
            "clearances",
            settings.clearances_caption,
            settings.clearances_columns.items(),
            map(row, wanted),
            empty=composer.wording.none,
            address=report.at("clearances"),
        )


def _cleared(composer: Composer, clearance: Clearance | None, at: Address) -> Blocks:
    """
    Return whether a clearance was given, by whom and when, or why it is not required.
    """
    words = composer.wording
    if clearance is not None and clearance.not_required:
        said = {"reason": clearance.not_required}
        return composer.prose(composer.sentence(words.clearance_not_required, said), at)
    if clearance is None or not is_cleared(clearance, composer.view.judged):
        return cell(words.clearance_open, at)
    given = composer.find(Party, clearance.given_by)
    unnamed = words.not_public if clearance.given_by else words.not_stated
    by = composer.person(given) if given is not None else unnamed
    return cell(composer.say(words.clearance_given, by=by, day=composer.day(clearance.day)), at)
