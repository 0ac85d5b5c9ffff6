"""
The parts papers can show, by name: what front sheets, sections and columns may ask for.

Only names; what each part prints is told where its paper is composed.
"""

from __future__ import annotations

from collections.abc import Mapping

import attrs

__all__ = ["MORE", "PARTS", "RATING", "PaperParts", "TableParts", "part_of"]

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
    the council's own.
    """

    subject: str
    fields: tuple[str, ...]
    sections: tuple[str, ...]
    texts: Mapping[str, str]
    tables: Mapping[str, TableParts] = attrs.field(factory=dict)
    own_sections: bool = False
    whole: bool = True

    @property
    def columns(self) -> Mapping[str, tuple[str, ...]]:
        """
        The columns of its tables, by the tables' configuration key.
        """
        return {key: table.columns for key, table in self.tables.items()}


def _same(*names: str, **others: str) -> Mapping[str, str]:
    return {**{name: name for name in names}, **others}


_OF_ACTIONS = (
    "ref",
    "answers",
    "theme",
    "response",
    "do",
    "owner",
    "partners",
    "start",
    "due",
    "due_now",
    "original_due",
    "revisions",
    "asked",
    "success",
    "baseline",
    "target",
    "resources",
    "status",
    "stage",
    "since",
    "ratings",
    "progress",
    "evidence",
    "verified_by",
    "impact",
    "updated",
)

PARTS: dict[str, PaperParts] = {
    "committee-report": PaperParts(
        subject="committee_report",
        fields=(
            "report_of",
            "submitted_to",
            "subject",
            "decisions",
            "report_for",
            "key_decision",
            "access",
            "urgent",
            "strategic_plan",
            "wards",
            "contact",
        ),
        sections=(
            "summary",
            "purpose",
            "member_decision",
            "background",
            "consultation",
            "decisions",
            "reasons",
            "options",
            "impacts",
            "implementation",
            "appendices",
            "background_papers",
            "contact",
        ),
        texts=_same(
            "strategic_plan",
            "wards",
            "summary",
            "purpose",
            "member_decision",
            "background",
            "consultation",
            "reasons",
            "options",
            "impacts",
            "implementation",
            "appendices",
            "background_papers",
            "contact",
            decision="decisions",
            urgent_reason="urgent",
        ),
        tables={
            "implementation_columns": TableParts(
                columns=("do", "owner", "due"),
                section="implementation",
                kind="committee_report",
                needs="do",
                keeps=("owner", "due"),
            ),
            "background_columns": TableParts(
                columns=("body", "title", "day"),
                section="background_papers",
                kind="committee_report",
                needs="title",
                keeps=("body", "day"),
            ),
        },
        own_sections=True,
    ),
    "action-plan": PaperParts(
        subject="plan",
        fields=("reviews", "lead", "report"),
        sections=("introduction", "actions", "key"),
        texts=_same("introduction", "lead", "actions"),
        tables={
            "columns": TableParts(
                columns=_OF_ACTIONS,
                section="actions",
                kind="action",
                needs="do",
                keeps=(
                    "owner",
                    "partners",
                    "start",
                    "due",
                    "success",
                    "baseline",
                    "target",
                    "resources",
                ),
                also={"due_now": "due", "original_due": "due"},
                in_list=False,
            )
        },
    ),
    "progress-report": PaperParts(
        subject="plan",
        fields=("reviews", "lead", "report"),
        sections=("introduction", "actions", "key"),
        texts=_same("introduction", "lead", "actions"),
        tables={
            "columns": TableParts(
                columns=_OF_ACTIONS,
                section="actions",
                kind="action",
                needs="do",
                keeps=(),
                in_list=False,
            )
        },
        whole=False,
    ),
    "review-report": PaperParts(
        subject="review",
        fields=(
            "kind",
            "host",
            "reviewing_body",
            "team",
            "commissioned",
            "visit",
            "report_received",
            "published",
            "cost",
            "cost_met_by",
            "earlier",
        ),
        sections=(
            "statement",
            "scope",
            "method",
            "context",
            "overall",
            "findings",
            "next_steps",
            "source",
            "themes",
            "key",
        ),
        texts=_same(
            "team",
            "commissioned",
            "visit",
            "report_received",
            "published",
            "cost",
            "cost_met_by",
            "earlier",
            "scope",
            "method",
            "context",
            "overall",
            "findings",
            "next_steps",
            "source",
            "themes",
        ),
    ),
}


def part_of(key: str, show: str) -> str:
    """
    Return which part of a record a section, field or column shows.
    """
    return show or key
