"""
The kinds of problem that history can have, in its files and in its chains.
"""

from __future__ import annotations

from typing import Final

from peerkit.errors import ProblemKind, Severity

__all__ = ["PROBLEM_KINDS", "VERIFIED"]


def _kind(severity: Severity, code: str, meaning: str, mend: str) -> ProblemKind:
    return ProblemKind(code=f"history-{code}", severity=severity, meaning=meaning, mend=mend)


NO_OCCASION: Final = _kind(
    Severity.FAULT,
    "no-occasion",
    "A file in the folder history tells of no occasion: it is empty, or has no records.",
    "Write the day, who says so, and under “records” what happened to each; or put back what was "
    "there, if a program that syncs files emptied it.",
)
IN_A_FOLDER: Final = _kind(
    Severity.FAULT,
    "in-a-folder",
    "A file lies in a folder inside history. Occasions lie directly in it, where everybody who "
    "records sees them.",
    "Move the file into the folder history itself.",
)
NOTHING_SAID: Final = _kind(
    Severity.FAULT,
    "nothing-said",
    "An occasion names a record and says nothing of it.",
    "Say what happened to it, such as “note: …” or “to: …”, or take its line out.",
)
UNKNOWN_RECORD: Final = _kind(
    Severity.FAULT,
    "unknown-record",
    "An occasion tells of a record that is not there.",
    "Correct the id, or put the record back: what happened to a record stays, and so must it.",
)
UNCLEAR_RECORD: Final = _kind(
    Severity.FAULT,
    "unclear-record",
    "An id in an occasion could mean several records.",
    "Write the kind of record in front of it, such as “finding virtual-school-2021/D1”.",
)
SAME_RECORD: Final = _kind(
    Severity.FAULT,
    "same-record",
    "An occasion tells of the same record twice, or two files are the same occasion by name.",
    "Put what is said of the record into one group, or rename one of the files.",
)
EDITED: Final = _kind(
    Severity.ERROR,
    "edited",
    "An entry no longer says what it said when it was sealed, or its seal was changed.",
    "Put the file back as it was, from a copy. To mend a mistake, record a new occasion that says "
    "“corrects:” and the name of the old one.",
)
REMOVED: Final = _kind(
    Severity.ERROR,
    "removed",
    "An entry is gone that others still speak of: a later one that follows it, or its own seal.",
    "Put the file with that entry back as it was, from a copy.",
)
CUT: Final = _kind(
    Severity.ERROR,
    "cut",
    "The last entries of a record are gone: a paper was made when there were more of them.",
    "Put the files with those entries back as they were, from a copy.",
)
REWRITTEN: Final = _kind(
    Severity.ERROR,
    "rewritten",
    "The entries of a record agree with one another, but not with what a paper knew of them: "
    "they were replaced and sealed anew.",
    "Put the files with those entries back as they were, from a copy.",
)
FORK: Final = _kind(
    Severity.ERROR,
    "fork",
    "Two occasions follow the same entry of a record: two people recorded at the same time, or a "
    "program that syncs files kept two copies of one.",
    "Look at both. Then record what holds in an occasion that names both under “settles:” "
    "(--settles), and under “corrects:” the one that is not to count, if only one can be true; "
    "nothing is deleted.",
)
TWICE: Final = _kind(
    Severity.ERROR,
    "twice",
    "Two files tell the same of a record: the same day, person and occasion.",
    "Keep one of the two files, or give the occasions different titles if they are two.",
)
BACKWARDS: Final = _kind(
    Severity.ERROR,
    "backwards",
    "An entry is of an earlier day than the entry it follows.",
    "Record it with the day on which it became known, and say in a note when it happened.",
)
CIRCLE: Final = _kind(
    Severity.ERROR,
    "circle",
    "Of two occasions on one day each follows the other, for different records.",
    "Take the entry that was added last out of its file, and record it as an occasion of its own.",
)
UNKNOWN_OCCASION: Final = _kind(
    Severity.ERROR,
    "unknown-occasion",
    "An occasion corrects or settles one that is not there.",
    "Write the name of its file in the folder history, without .yaml.",
)
NO_EFFECT: Final = _kind(
    Severity.ERROR,
    "no-effect",
    "An occasion corrects or settles another, but not for any record that both tell of.",
    "Name an earlier occasion that tells of one of the same records, or take the name out.",
)
MANIFEST: Final = _kind(
    Severity.FAULT,
    "manifest",
    "A list of papers, such as manifest.json, cannot be read, or does not list heads of history "
    "as peerkit writes them.",
    "Take it as peerkit render wrote it, from a copy.",
)
PAPER_CHANGED: Final = _kind(
    Severity.ERROR,
    "paper-changed",
    "A paper, or the list of papers beside it, is not as peerkit made it, so it proves nothing of "
    "the history it was made with.",
    "Take the paper and the list as they were made, from a copy, or as they were published.",
)
UNSEALED: Final = _kind(
    Severity.ADVICE,
    "unsealed",
    "Entries are not sealed yet, so a change to them would not show and no paper can rest on them.",
    "Seal them with peerkit history seal.",
)
MENDED: Final = _kind(
    Severity.ADVICE,
    "mended",
    "The words of a record were changed since its last entry was sealed.",
    "Nothing needs to be done if that was meant; the next entry takes the new words as they are.",
)

VERIFIED: Final = (
    EDITED,
    REMOVED,
    FORK,
    TWICE,
    BACKWARDS,
    CIRCLE,
    UNKNOWN_OCCASION,
    NO_EFFECT,
    UNSEALED,
    MENDED,
)
"""What verifying history by itself can find."""

PROBLEM_KINDS: Final = (
    NO_OCCASION,
    IN_A_FOLDER,
    NOTHING_SAID,
    UNKNOWN_RECORD,
    UNCLEAR_RECORD,
    SAME_RECORD,
    EDITED,
    REMOVED,
    CUT,
    REWRITTEN,
    FORK,
    TWICE,
    BACKWARDS,
    CIRCLE,
    UNKNOWN_OCCASION,
    NO_EFFECT,
    MANIFEST,
    PAPER_CHANGED,
    UNSEALED,
    MENDED,
)
