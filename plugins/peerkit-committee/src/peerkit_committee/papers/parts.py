"""
The parts papers can show, by name: what front sheets, sections and columns may ask for.

Only names; what each part prints is told where its paper is composed.
"""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from peerkit_committee.wording import Places

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


def _same(*names: str, **others: str) -> Mapping[str, str]:
    return {**{name: name for name in names}, **others}


_OF_ACTIONS = (
    "ref",
    "answers",
    "theme",
    "response",
    "arises_from",
    "made_on",
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
    "reason",
    "ratings",
    "progress",
    "evidence",
    "verified_by",
    "impact",
    "updated",
)

_OF_NOTICE = (
    "sort",
    "title",
    "description",
    "decision",
    "decision_maker",
    "due",
    "published",
    "key_decision",
    "restriction",
    "documents",
    "further_documents",
    "contact",
    "lead_member",
    "lead_director",
    "wards",
    "consultation",
    "in_framework",
    "against_framework",
    "exception_reason",
    "agreed_by",
)

_OF_RECORD = (
    "decision_maker",
    "day",
    "meeting",
    "item",
    "title",
    "decision",
    "difference",
    "refers",
    "reasons",
    "options",
    "interests",
    "dispensations",
    "vote",
    "key_decision",
    "wards",
    "lead_officer",
    "documents",
    "recommends_to",
    "published",
    "call_in",
    "effective",
    "recorded_as",
)

_OF_MEETING = (
    "body",
    "day",
    "time",
    "place",
    "chair",
    "present",
    "apologies",
    "attending",
    "standing",
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
            "ratings",
            "exempt",
            "late",
            "contact",
        ),
        sections=(
            "clearances",
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
            "clearances",
            "ratings",
            decision="decisions",
            urgent_reason="urgent",
            key_reason="key_decision",
            exempt_paragraphs="exempt",
            public_interest="exempt",
            late_reason="late",
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
            "clearances_columns": TableParts(
                columns=("clearance", "given"),
                section="clearances",
                kind="committee_report",
                needs="clearance",
                keeps=(),
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
        sections=("introduction", "movement", "actions", "key"),
        texts=_same("introduction", "lead", "actions"),
        tables={
            "columns": TableParts(
                columns=_OF_ACTIONS,
                section="actions",
                kind="action",
                needs="do",
                keeps=(),
                in_list=False,
            ),
            "movement_columns": TableParts(
                columns=("theme", "opening", "new", "reopened", "closed", "closing"),
                section="movement",
                kind="action",
                needs="closing",
                keeps=(),
            ),
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
    "decision-notice": PaperParts(
        subject="notice",
        fields=_OF_NOTICE,
        sections=_OF_NOTICE,
        texts=_same(
            "description",
            "restriction",
            "lead_member",
            "lead_director",
            "contact",
            "wards",
            "consultation",
            "documents",
            "further_documents",
            "in_framework",
            "against_framework",
            "exception_reason",
            "agreed_by",
            key_reason="key_decision",
        ),
        tells_gaps=True,
    ),
    "decision-record": PaperParts(
        subject="resolution",
        fields=_OF_RECORD,
        sections=_OF_RECORD,
        texts=_same(
            "reasons",
            "options",
            "interests",
            "dispensations",
            "vote",
            "recommends_to",
            "lead_officer",
            "recorded_as",
            parts="decision",
            refers_to="refers",
            decides_on="refers",
            not_callable="call_in",
        ),
        boxes=True,
        tells_gaps=True,
        sentences={"title": Places((), ("title",))},
    ),
    "minutes": PaperParts(
        subject="meeting",
        fields=_OF_MEETING,
        sections=("interests", "earlier", "items"),
        texts=_same(
            "time",
            "place",
            "chair",
            "present",
            "apologies",
            "attending",
            "interests",
        ),
        tells_gaps=True,
        sentences={
            "title": Places((), ("body", "day")),
            "item": Places(("title",), ("number",)),
        },
    ),
    "action-log": PaperParts(
        subject="meeting",
        fields=("body", "meeting", "chair"),
        sections=("actions", "commitments", "key"),
        texts={},
        tables={
            "columns": TableParts(
                columns=_OF_ACTIONS,
                section="actions",
                kind="action",
                needs="do",
                keeps=(),
                in_list=False,
            ),
            "commitments_columns": TableParts(
                columns=("arises_from", "what", "owner", "due"),
                section="commitments",
                kind="agenda_item",
                needs="what",
                keeps=(),
            ),
        },
        whole=False,
        sentences={"title": Places((), ("body", "day"))},
    ),
    "minute-extract": PaperParts(
        subject="agenda_item",
        fields=(*_OF_MEETING, "item", "title", "report"),
        sections=("items",),
        texts={},
        tells_gaps=True,
        sentences={
            "title": Places(("title",), ("body", "day", "number")),
            "item": Places(("title",), ("number",)),
        },
    ),
}


def part_of(key: str, show: str) -> str:
    """
    Return which part of a record a section, field or column shows.
    """
    return show or key
