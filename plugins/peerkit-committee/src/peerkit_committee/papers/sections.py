"""
Sections as a council configures them: in its order, where their facts hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType

from peerkit import Record
from peerkit.document import Section, plain_text
from peerkit_committee.configuration import PaperSettings
from peerkit_committee.papers.common import Blocks, Composer, cell, in_order
from peerkit_committee.papers.parts import MORE, part_of

__all__ = ["sections_of"]

_NONE: Mapping[str, Callable[[bool], Iterable[Section]]] = MappingProxyType({})


def sections_of(
    composer: Composer,
    record: Record,
    settings: PaperSettings,
    blocks_of: Callable[[str, bool], Blocks],
    *,
    inner: Mapping[str, Callable[[bool], Iterable[Section]]] = _NONE,
    says_gaps: bool = False,
) -> Iterator[Section]:
    """
    Yield the sections that have something to show; where the paper *says gaps*, those too
    that are required and empty.

    *blocks_of* takes a part and whether its paragraphs are numbered; *inner* gives, by part,
    what gives the sections inside it.
    """
    for key, one in in_order(settings.sections, settings.order):
        if not composer.shows(record, one.when):
            continue
        part, numbered = part_of(key, one.show), one.numbered is not False
        sections = tuple(inner[part](numbered)) if part in inner else ()
        blocks = (
            composer.more(record, part, numbered=numbered)
            if part.startswith(MORE)
            else blocks_of(part, numbered)
        )
        if not sections and not plain_text(blocks).strip():
            if not (one.required and says_gaps):
                continue
            blocks = cell(composer.wording.not_stated, record.address)
        yield Section(
            key=key,
            heading=one.heading,
            blocks=blocks,
            sections=sections,
            address=record.at(part),
        )
