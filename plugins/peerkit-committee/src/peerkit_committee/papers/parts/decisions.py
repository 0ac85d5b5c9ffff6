"""
Parts of the papers about decisions: announced, minuted, recorded.
"""

from __future__ import annotations

from peerkit_committee.papers.parts.kinds import PaperParts, same_names
from peerkit_committee.wording import Places

__all__ = ["PARTS"]

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
    "decision-notice": PaperParts(
        subject="notice",
        fields=_OF_NOTICE,
        sections=_OF_NOTICE,
        texts=same_names(
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
        texts=same_names(
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
        texts=same_names(
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
