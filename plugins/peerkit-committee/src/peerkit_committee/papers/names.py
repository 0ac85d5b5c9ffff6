"""
The names templates of committee papers may use, from how the papers are configured.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from peerkit.document import Name, field_names, section_names, table_names
from peerkit_committee.configuration import ColumnSettings, FrontSheet, SectionSettings
from peerkit_committee.papers.parts import part_of

__all__ = ["columns_names", "front_sheet_names", "sections_names", "template_key"]


def front_sheet_names(
    sheet: FrontSheet | None, more: Mapping[str, Mapping[str, str]]
) -> Iterator[Name]:
    """
    Yield the names of a front sheet; parts in *more* have a line for each of its keys.
    """
    for key, settings in sheet.fields.items() if sheet else ():
        lines = more.get(part_of(key, settings.show))
        if lines is None:
            yield from field_names(
                key,
                settings.label,
                settings.label,
                optional=bool(settings.when or settings.if_stated),
            )
            continue
        for line, word in lines.items():
            label = f"{settings.label}: {word}"
            yield from field_names(
                f"{key}_{line}", label, label, optional=bool(settings.when or settings.if_stated)
            )


def sections_names(
    sections: Mapping[str, SectionSettings], inner: Mapping[str, Mapping[str, str]]
) -> Iterator[Name]:
    """
    Yield the names of sections; parts in *inner* have sections of their own.

    Only what is required, whatever the facts, is sure to be there.
    """
    for key, settings in sections.items():
        optional = not settings.required or bool(settings.when)
        yield from section_names(key, settings.heading, settings.heading, optional=optional)
        for inside, heading in inner.get(part_of(key, settings.show), {}).items():
            yield from section_names(f"{key}/{inside}", heading, heading, optional=True)


def columns_names(
    key: str, columns: Mapping[str, ColumnSettings], meaning: str = ""
) -> Iterator[Name]:
    """
    Yield the names of a table that may be missing.
    """
    said = {template_key(name): settings.heading for name, settings in columns.items()}
    yield from table_names(key, said, meaning or key.replace("_", " "), optional=True)


def template_key(name: str) -> str:
    """
    Return what templates call what is called *name* elsewhere: a column, an item of a meeting.

    >>> template_key("rating.progress")
    'rating_progress'
    """
    return name.replace(".", "_")
