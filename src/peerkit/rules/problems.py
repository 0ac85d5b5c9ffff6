"""
The kinds of problem that the proof of rules can find.
"""

from __future__ import annotations

from typing import Final

from peerkit.errors import ProblemKind, Severity

__all__ = [
    "NEVER_FITS",
    "NOT_A_RANGE",
    "PROBLEM_KINDS",
    "TABLE_CASE",
    "TABLE_CIRCLE",
    "TABLE_DEAD_ROW",
    "TABLE_HOLE",
    "TABLE_RESULT",
    "TABLE_TOO_LARGE",
    "TABLE_UNUSED_WORD",
    "TABLE_WORD",
    "UNKNOWN_ANSWER",
    "UNKNOWN_FACT",
]


def _fault(code: str, meaning: str, mend: str) -> ProblemKind:
    return ProblemKind(code=code, severity=Severity.FAULT, meaning=meaning, mend=mend)


UNKNOWN_FACT: Final = _fault(
    "unknown-fact",
    "A rule asks a fact that records of this kind do not have.",
    "Peerkit explain KIND lists the facts of a kind of record.",
)
UNKNOWN_ANSWER: Final = _fault(
    "unknown-answer",
    "A rule waits for an answer that the fact never gives.",
    "Write one of the answers of that fact.",
)
NOT_A_RANGE: Final = _fault(
    "not-a-range",
    "A rule compares a number with something that is no range of whole numbers.",
    "Write it like “under 50”, “26 to 75”, “at most 25”, “50 or more”, “over 75”, “50” or "
    "“no figure”.",
)
NEVER_FITS: Final = _fault(
    "rule-never-fits",
    "No record can ever fit a rule: a fact stands there without an answer, or with answers "
    "that another part of the rule rules out.",
    "Correct the answers, or take the rule out.",
)
TABLE_WORD: Final = _fault(
    "table-word",
    "The words of a table are not in order: there is none, one stands there twice, or a "
    "meaning is given for a word that the table does not have.",
    "Write each word once, the worst first, and meanings only for those words.",
)
TABLE_RESULT: Final = _fault(
    "table-result",
    "A row of a table does not give exactly one of the table's words.",
    "Write one word of the table as the row's status, or as its rating.",
)
TABLE_UNUSED_WORD: Final = ProblemKind(
    code="table-unused-word",
    severity=Severity.WARNING,
    meaning="A table has a word that none of its rows gives.",
    mend="Take the word out, or add the row that gives it.",
)
TABLE_HOLE: Final = _fault(
    "table-hole",
    "A table has no row for something that can happen, so that it could not be said what "
    "such a record is.",
    "Add a row for it, or end with a row without facts, which fits all that is left.",
)
TABLE_DEAD_ROW: Final = _fault(
    "table-dead-row",
    "A row can never decide, because earlier rows take everything that fits it, or nothing "
    "ever fits it.",
    "Move the row up, correct it, or take it out.",
)
TABLE_TOO_LARGE: Final = _fault(
    "table-too-large",
    "The facts that a table names can be combined in more than 100,000 ways, too many to "
    "prove that each has its row.",
    "Name fewer facts in one table: let another table decide a part, and name its result.",
)
TABLE_CASE: Final = _fault(
    "table-case",
    "A worked example beside a table is incomplete, can never happen, or comes out "
    "otherwise than it says.",
    "Correct the example, or the rows.",
)
TABLE_CIRCLE: Final = _fault(
    "table-circle",
    "Tables ask one another in a circle, so that none of them could begin.",
    "Take one of the facts out of its table.",
)

PROBLEM_KINDS: Final = (
    UNKNOWN_FACT,
    UNKNOWN_ANSWER,
    NOT_A_RANGE,
    NEVER_FITS,
    TABLE_WORD,
    TABLE_RESULT,
    TABLE_UNUSED_WORD,
    TABLE_HOLE,
    TABLE_DEAD_ROW,
    TABLE_TOO_LARGE,
    TABLE_CASE,
    TABLE_CIRCLE,
)
