"""
Sections as a council configures them: in its order, where their facts hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from peerkit import Record
from peerkit.document import Section, plain_text
from peerkit_committee.configuration import PaperSettings
from peerkit_committee.papers.common import Blocks, Composer, cell, in_order
from peerkit_committee.papers.parts import MORE, part_of

__all__ = ["sections_of"]


def sections_of(
    composer: Composer,
    record: Record,
    settings: PaperSettings,
    blocks_of: Callable[[str, bool], Blocks],
) -> Iterator[Section]:
    """
    Yield the sections that have something to show; one that is required says so if not.

    *blocks_of* takes a part and whether its paragraphs are numbered.
    """
    for key, one in in_order(settings.sections, settings.order):
        if not composer.shows(record, one.when):
            continue
        part, numbered = part_of(key, one.show), one.numbered is not False
        blocks = (
            composer.more(record, part, numbered=numbered)
            if part.startswith(MORE)
            else blocks_of(part, numbered)
        )
        if not plain_text(blocks).strip():
            if not one.required:
                continue
            blocks = cell(composer.wording.not_stated, record.address)
        yield Section(key=key, heading=one.heading, blocks=blocks, address=record.at(part))
