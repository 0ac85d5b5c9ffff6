"""
The deadlines that the core works out: the due days of actions, and of what else has one.
"""

from __future__ import annotations

from collections.abc import Iterator

from peerkit.deadlines import Deadline, DeadlineSource, DeadlineState
from peerkit.history import State
from peerkit.judging import Snapshot
from peerkit.model import Day, Record, parse_day

__all__ = ["SOURCES"]

_ACTION = "action"
_RULE = "due"


def _find(snapshot: Snapshot) -> Iterator[Deadline]:
    from peerkit.judging import due_counts  # noqa: PLC0415 - no check asks what is overdue

    for kind in snapshot.register.kinds:
        if kind != _ACTION and kind not in snapshot.rules.kinds:
            continue
        counts = due_counts(snapshot, kind)
        for record in snapshot.register.of_kind(kind):
            if snapshot.state(record).due is not None and counts(record):
                yield _deadline(record, snapshot)


def _deadline(record: Record, snapshot: Snapshot) -> Deadline:
    state = snapshot.state(record)
    due = state.due
    assert due is not None  # noqa: S101 - just looked at
    standing = DeadlineState.UNKNOWN
    if due.last is not None:
        standing = DeadlineState.MISSED if due.last < snapshot.on else DeadlineState.AHEAD
    return Deadline(
        record=record,
        rule=_RULE,
        what=f"The {record.kind.replace('_', ' ')} is due",
        state=standing,
        day=due.last,
        counted=_counted(state, due),
        missing=() if due.is_fixed else (f"the day of the {due}",),
    )


def _counted(state: State, due: Day) -> str:
    """
    Return what there is to say of a due day besides the day itself.
    """
    is_span = due.is_fixed and not due.is_exact
    last = f"the last day of {due}" if is_span else f"due {due}"
    if state.revisions:
        return f"{last}; was {state.original_due or 'without a day'}"
    # Such as a next meeting: which day that has come to is not all.
    is_more = due.last is not None and str(due) != parse_day(due.last.isoformat()).words
    return last if is_more else ""


SOURCES: tuple[DeadlineSource, ...] = (
    DeadlineSource(
        name="due-days",
        doc="The due days of open actions, and of other open records whose kind has rules.",
        find=_find,
    ),
)
