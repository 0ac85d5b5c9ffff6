"""
What is told of a paper's parts: their names, and what of a record each shows.
"""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from peerkit_committee.wording import Places

__all__ = ["MORE", "RATING", "PaperParts", "TableParts", "part_of", "same_names"]

MORE = "more."
"""Before the name of a field that an organisation added: such a part is its value."""

RATING = "rating."
"""Before the axis of a rating: such a part is the record's rating on it."""


@attrs.frozen(kw_only=True)
class TableParts:
    """
    The columns of one table, which the section *section* shows.

    *kind* is what its rows are, or that which holds them in a list; *needs* is the column
    without which a row says nothing; *keeps* are the fields of a row that only the column
    of that name shows, or those that *also* says show it.
    """

    columns: tuple[str, ...]
    section: str
    kind: str
    needs: str
    keeps: tuple[str, ...]
    also: Mapping[str, str] = attrs.field(factory=dict)
    in_list: bool = True


@attrs.frozen(kw_only=True)
class PaperParts:
    """
    The parts of one paper about a record of the kind *subject*.

    *tables* are by their configuration key. *texts* are the fields of the record, each
    with the part that shows it. Where *own_sections*, a section may also show a text of
    the council's own; where *boxes*, a proforma's box may show what a line may. *sentences* are
    those of its settings, with their places. One that *tells_gaps* is made where something
    that is required is missing, and says so in its place.
    """

    subject: str
    fields: tuple[str, ...]
    sections: tuple[str, ...]
    texts: Mapping[str, str]
    tables: Mapping[str, TableParts] = attrs.field(factory=dict)
    own_sections: bool = False
    whole: bool = True
    boxes: bool = False
    tells_gaps: bool = False
    sentences: Mapping[str, Places] = attrs.field(factory=lambda: {"title": Places(("title",))})

    @property
    def columns(self) -> Mapping[str, tuple[str, ...]]:
        """
        The columns of its tables, by the tables' configuration key.
        """
        return {key: table.columns for key, table in self.tables.items()}


def same_names(*names: str, **others: str) -> Mapping[str, str]:
    """
    Return fields by the part that shows each: *names* by parts of the same name.
    """
    return {**{name: name for name in names}, **others}


def part_of(key: str, show: str) -> str:
    """
    Return which part of a record a section, field or column shows.
    """
    return show or key
