"""
Parts of the papers about actions.
"""

from __future__ import annotations

from peerkit_committee.papers.parts.kinds import PaperParts, TableParts, same_names
from peerkit_committee.wording import Places

__all__ = ["PARTS"]

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

PARTS: dict[str, PaperParts] = {
    "action-plan": PaperParts(
        subject="plan",
        fields=("reviews", "lead", "report"),
        sections=("introduction", "actions", "key"),
        texts=same_names("introduction", "lead", "actions"),
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
        texts=same_names("introduction", "lead", "actions"),
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
}
