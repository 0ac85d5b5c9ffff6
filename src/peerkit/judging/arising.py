"""
What an action owes to the resolution it arises from: since when it is there, who grants.

No kind of resolution belongs to the core; what a plugin's has in its fields is looked for.
"""

from __future__ import annotations

from peerkit.model import Action, Day, Plan, Record
from peerkit.register import Register

__all__ = ["approver_of", "resolved"]

_KIND = "resolution"


def _resolution(record: Record, register: Register) -> Record | None:
    arises_from = record.arises_from if isinstance(record, Action) else ""
    return register.records.get(_KIND, {}).get(arises_from) if arises_from else None


def resolved(record: Record, register: Register) -> Day | None:
    """
    Return the day of the resolution that *record* arises from: that in its own field `day`,
    or else the first day that others tell of it.
    """
    resolution = _resolution(record, register)
    if resolution is None:
        return None
    day = getattr(resolution, "day", None)
    if isinstance(day, Day):
        return day
    told = register.kinds[_KIND].days if _KIND in register.kinds else {}
    days = [day for one in told.values() if isinstance(day := one.of(resolution, register), Day)]
    return min(days, key=lambda day: (day.last is None, day.last), default=None)


def approver_of(record: Record, register: Register) -> str:
    """
    Return who alone grants new due days to *record* and its removal, or nothing: whom its
    plan names or, where it is in none, whoever resolved on it.
    """
    if not isinstance(record, Action):
        return ""
    if record.plan:
        plan = register.records.get(Plan.kind, {}).get(record.plan)
        return plan.approver if isinstance(plan, Plan) else ""
    resolution = _resolution(record, register)
    named = (getattr(resolution, field, "") for field in ("body", "decided_by"))
    return next((one for one in named if one), "") or _body_met(resolution, register)


def _body_met(resolution: Record | None, register: Register) -> str:
    """
    Return the body at whose meeting a resolution was made, by the item it names, or nothing.
    """
    items = register.records.get("agenda_item", {})
    held = items.get(getattr(resolution, "item", ""))
    while held is not None and held.kind != "body":
        held = register.holder(held)
    return held.id if held is not None else ""
