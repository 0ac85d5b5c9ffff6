"""
What may stand before a colon, and what is said of anything else.
"""

from __future__ import annotations

from typing import Final

from peerkit.errors import ProblemKind, Severity
from peerkit.files.tree import KEY_LINE, PLAIN, Mapping

__all__ = ["KEY", "PLAIN_KEYS", "PROBLEM_KINDS", "key_problem"]

DUPLICATE_KEY: Final = ProblemKind(
    code="yaml-duplicate-key",
    severity=Severity.FAULT,
    meaning="The same key stands twice in one group, so one of its two values would be lost.",
    mend="Rename one of the two, or take it away.",
)
KEY: Final = ProblemKind(
    code="yaml-key",
    severity=Severity.FAULT,
    meaning="Something other than plain words stands where a key belongs, before a colon.",
    mend="Write a word before the colon. Put quotes round text that holds brackets.",
)
MERGE: Final = ProblemKind(
    code="yaml-merge",
    severity=Severity.FAULT,
    meaning="The file takes over the values of another part with <<; this is not allowed.",
    mend="Write out the keys and values that are meant.",
)

PROBLEM_KINDS: Final = (DUPLICATE_KEY, KEY, MERGE)

PLAIN_KEYS: Final = {
    "": (KEY, "There is no key before this colon."),
    "<<": (MERGE, "<< takes over the values of another part; this is not allowed."),
}


def key_problem(key: str, style: str, line: int, holder: Mapping) -> tuple[ProblemKind, str] | None:
    """
    Return what forbids *key* in its *holder*: the kind of problem and a message.
    """
    if style == PLAIN and key in PLAIN_KEYS:
        return PLAIN_KEYS[key]
    if key in holder.marks:
        first = holder.marks[key][KEY_LINE]
        return DUPLICATE_KEY, f"The key {key!r} stands in line {first} and again in line {line}."
    return None
