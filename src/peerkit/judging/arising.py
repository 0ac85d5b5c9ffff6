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
    plan names or, where it is in none, the body that resolved on it.
    """
    if not isinstance(record, Action):
        return ""
    if record.plan:
        plan = register.records.get(Plan.kind, {}).get(record.plan)
        return plan.approver if isinstance(plan, Plan) else ""
    body = getattr(_resolution(record, register), "body", "")
    return body if isinstance(body, str) else ""
