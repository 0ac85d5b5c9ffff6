"""
The parts papers can show, by name: what front sheets, sections and columns may ask for.

Only names; what each part prints is told where its paper is composed.
"""

from __future__ import annotations

from collections.abc import Mapping

import attrs

__all__ = ["PARTS", "PaperParts"]


@attrs.frozen(kw_only=True)
class PaperParts:
    """
    The parts of one paper; *columns* are those of its tables, by their configuration key.

    Where *own_sections*, a section may also show a text of the council's own.
    """

    fields: tuple[str, ...]
    sections: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]
    own_sections: bool = False


PARTS: dict[str, PaperParts] = {
    "committee-report": PaperParts(
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
        columns={
            "implementation_columns": ("do", "owner", "due"),
            "background_columns": ("body", "title", "day"),
        },
        own_sections=True,
    ),
    "action-plan": PaperParts(
        fields=("reviews", "lead", "report"),
        sections=("introduction", "actions"),
        columns={
            "columns": (
                "ref",
                "answers",
                "theme",
                "do",
                "owner",
                "partners",
                "start",
                "due",
                "success",
                "baseline",
                "target",
                "resources",
            )
        },
    ),
    "review-report": PaperParts(
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
        ),
        columns={},
    ),
}
