"""
What stands where, as programs are told of it.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from peerkit.cli.checking import Checked
from peerkit.cli.exits import exit_for_problems
from peerkit.cli.standing import (
    asked_json,
    day_json,
    due_json,
    iso,
    owners_of,
    ratings_of,
    refusal_json,
    revision_json,
    title_of,
)
from peerkit.cli.status.told import Told, without_rules
from peerkit.cli.telling import problem_json
from peerkit.judging import Snapshot, tally
from peerkit.model import Record

__all__ = ["answer"]


def answer(
    found: Checked,
    folder: str,
    day: dt.date,
    *,
    snapshot: Snapshot | None = None,
    told: tuple[Told, ...] = (),
    wanted: str = "",
) -> dict[str, Any]:
    """
    Return the whole answer; without a *snapshot*, that of a register that cannot be judged.
    """
    without = without_rules(snapshot, wanted) if snapshot else ()
    refusals = snapshot.refusals if snapshot else ()
    return {
        "peerkit": "status/1",
        "register": found.register.name,
        "folder": folder,
        "on": day.isoformat(),
        "kinds": [_kind_json(snapshot, one) for one in told if snapshot],
        "overdue": [due_json(due) for one in told for due in one.late.values()],
        "due_soon": [due_json(due) for one in told for due in one.soon],
        "without_rules": [one.name for one in without],
        "refused": [refusal_json(one) for one in refusals if wanted in ("", one.subject[0])],
        "problems": [problem_json(problem) for problem in found.problems],
        "exit": int(exit_for_problems(found.problems)),
    }


def _kind_json(snapshot: Snapshot, told: Told) -> dict[str, Any]:
    rules = snapshot.rules.kinds[told.kind.name]
    axes = [axis for axis, _ in rules.tables] + (["stage"] if rules.lifecycle else [])
    tallies = {axis: tally(snapshot, told.kind.name, axis) for axis in axes}
    return {
        "kind": told.kind.name,
        "plural": told.kind.plural,
        "total": len(told.records),
        "counts": {axis: dict(one.counts) for axis, one in tallies.items()},
        "themes": [
            {
                "theme": one.theme.id if one.theme else None,
                "title": one.theme.title if one.theme else "",
                "total": one.total,
                "counts": dict(one.counts),
            }
            for one in (told.tally.themes if told.tally else ())
        ],
        "records": [_record_json(snapshot, told, record) for record in told.records],
    }


def _record_json(snapshot: Snapshot, told: Told, record: Record) -> dict[str, Any]:
    state = snapshot.state(record)
    return {
        "id": record.id,
        "what": title_of(record, snapshot.register),
        "owners": list(owners_of(record)),
        "due": day_json(state.due),
        "original_due": day_json(state.original_due),
        "revisions": [revision_json(one) for one in state.revisions],
        "asked": asked_json(state.open_request) if state.open_request else None,
        "stage": state.stage,
        "stage_since": iso(state.since),
        "status": snapshot.status(record),
        "ratings": ratings_of(record, snapshot),
        "overdue": record.id in told.late,
    }
