"""
The kinds of problem that the proof of a lifecycle can find.
"""

from __future__ import annotations

from typing import Final

from peerkit.errors import ProblemKind, Severity

__all__ = [
    "LIFECYCLE_DAY",
    "LIFECYCLE_FINAL",
    "LIFECYCLE_GONE",
    "LIFECYCLE_MOVE",
    "LIFECYCLE_NO_WAY_OUT",
    "LIFECYCLE_PARTY",
    "LIFECYCLE_STAGE",
    "LIFECYCLE_TWO_MOVES",
    "LIFECYCLE_UNREACHABLE",
    "PROBLEM_KINDS",
]


def _fault(code: str, meaning: str, mend: str) -> ProblemKind:
    return ProblemKind(code=code, severity=Severity.FAULT, meaning=meaning, mend=mend)


LIFECYCLE_STAGE: Final = _fault(
    "lifecycle-stage",
    "A lifecycle has no stages, has one twice, or names one that it does not have.",
    "List each stage once under stages, the first one first, and name only those.",
)
LIFECYCLE_MOVE: Final = _fault(
    "lifecycle-move",
    "A move leads out of no stage, or back to the stage that it leads out of.",
    "Correct from or to, or take the move out.",
)
LIFECYCLE_TWO_MOVES: Final = _fault(
    "lifecycle-two-moves",
    "Two moves lead from the same stage to the same stage, so that it is not clear which "
    "needs hold.",
    "Take one of them out, or write what both need into one.",
)
LIFECYCLE_UNREACHABLE: Final = _fault(
    "lifecycle-unreachable",
    "No moves lead from the first stage to a stage, so that nothing can ever be there.",
    "Add a move that leads there, or take the stage out.",
)
LIFECYCLE_NO_WAY_OUT: Final = _fault(
    "lifecycle-no-way-out",
    "What has come to a stage that is not final can never come to an end.",
    "List the stage under final, or add a move that leads on.",
)
LIFECYCLE_FINAL: Final = _fault(
    "lifecycle-final",
    "A move leads out of a stage that is listed as final.",
    "Take the stage out of final, or take the move out.",
)
LIFECYCLE_DAY: Final = _fault(
    "lifecycle-day",
    "A stage is to be brought about by a field that holds no day.",
    "Name a field of the record that holds a day.",
)
LIFECYCLE_PARTY: Final = _fault(
    "lifecycle-party",
    "A move says by whom it may be made in a way that nobody can: a party is unknown, or "
    "whoever may make it may also not.",
    "Name a field of the record that names parties, such as owner, or the id of a party.",
)

LIFECYCLE_GONE: Final = _fault(
    "lifecycle-stage-gone",
    "Rules that are in force from a day on lack a stage that there was before.",
    "Keep the stage, and let a move lead from it to the one that takes its place.",
)

PROBLEM_KINDS: Final = (
    LIFECYCLE_GONE,
    LIFECYCLE_STAGE,
    LIFECYCLE_MOVE,
    LIFECYCLE_TWO_MOVES,
    LIFECYCLE_UNREACHABLE,
    LIFECYCLE_NO_WAY_OUT,
    LIFECYCLE_FINAL,
    LIFECYCLE_DAY,
    LIFECYCLE_PARTY,
)
