"""
What is to be done by when, as programs are told of it.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from peerkit.cli.calendar.files import Drawn
from peerkit.cli.calendar.told import Asked, Told
from peerkit.cli.checking import Checked
from peerkit.cli.exits import Exit, exit_for_problems
from peerkit.cli.standing import iso, refusal_json
from peerkit.cli.telling import problem_json
from peerkit.deadlines import Deadline

__all__ = ["answer"]


def answer(
    found: Checked,
    asked: Asked,
    day: dt.date,
    told: Told | None = None,
    drawn: Drawn | None = None,
) -> dict[str, Any]:
    """
    Return the whole answer; without anything *told*, that of a register that cannot be judged.
    """
    code = exit_for_problems(found.problems)
    # An excerpt of a file may be just what is withheld; but of what cannot be judged
    # nothing else is told.
    problems = () if asked.public and code is not Exit.FAULT else found.problems
    return {
        "peerkit": "calendar/1",
        "register": found.register.name,
        "folder": asked.folder,
        "on": day.isoformat(),
        "audience": asked.audience,
        "counts": {state.value: number for state, number in told.counts.items()} if told else {},
        "deadlines": [_deadline_json(one, told) for one in told.every.deadlines] if told else [],
        "used": list(told.every.used) if told else [],
        "refused": [refusal_json(one) for one in told.refused] if told else [],
        "written": _drawn_json(drawn) if drawn else None,
        "problems": [problem_json(problem) for problem in problems],
        "exit": int(code),
    }


def _deadline_json(one: Deadline, told: Told) -> dict[str, Any]:
    return {
        "kind": one.record.kind,
        "id": one.record.id,
        "title": told.every.titles.get((one.record.kind, one.record.id), ""),
        "rule": one.rule,
        "what": one.what,
        "state": one.state.value,
        "day": iso(one.day),
        "time": one.time,
        "working_day": iso(one.working_day),
        "days_left": one.left(told.every.on),
        "done": iso(one.done),
        "counted": one.counted,
        "source": one.source,
        "missing": list(one.missing),
        "assumed": list(one.assumed),
        "duty": one.duty,
    }


def _drawn_json(drawn: Drawn) -> dict[str, Any]:
    return {
        "file": drawn.path.as_posix(),
        "format": drawn.export,
        "deadlines": drawn.number,
        "without_day": drawn.without,
    }
