"""
The kinds of problem that loading can find, beside those of reading a file.
"""

from __future__ import annotations

from peerkit.errors import ProblemKind, Severity

__all__ = ["PROBLEM_KINDS"]


def _fault(code: str, meaning: str, mend: str) -> ProblemKind:
    return ProblemKind(code=code, severity=Severity.FAULT, meaning=meaning, mend=mend)


NO_REGISTER = _fault(
    "no-register",
    "The folder holds no peerkit.yaml, so it is not a register.",
    "Name the folder that holds peerkit.yaml, or begin one with peerkit new FOLDER.",
)
UNKNOWN_KEY = _fault(
    "unknown-key",
    "A key that no field, section or kind of record has. It is often misspelt, and what "
    "stands behind it would otherwise be lost.",
    "Correct the key, or take it out.",
)
MISSING_FIELD = _fault(
    "missing-field",
    "A record or section lacks a field that it cannot do without.",
    "Add the field.",
)
WRONG_SHAPE = _fault(
    "wrong-shape",
    "Text stands where a list or a group of fields is needed, or the other way round.",
    "Write a list with a dash before each item, fields below the key, or a text: the message "
    "says which.",
)
PROSE_IN_BRACKETS = _fault(
    "prose-in-brackets",
    "A text in square or curly brackets is cut at every comma.",
    "Put quotes round each text, or write one to a line behind a dash.",
)
TEXT_BECAME_GROUP = _fault(
    "text-became-group",
    "A text was taken for a field, because it holds a colon.",
    "Put quotes round text that contains a colon.",
)
NOT_A_DAY = _fault(
    "not-a-day",
    "A day that does not exist, or one that could be read in two ways.",
    "Write a day like 2022-07-31, 31 July 2022, July 2022 or 21 to 22 September 2021.",
)
NOT_A_CHOICE = _fault(
    "not-a-choice",
    "A word that is not one of those this field can hold.",
    "Write one of the words.",
)
NOT_A_NUMBER = _fault(
    "not-a-number", "Something that is not a whole number.", "Write it in digits, such as 12."
)
NOT_YES_OR_NO = _fault(
    "not-yes-or-no", "A field that is either yes or no says something else.", "Write yes or no."
)
NO_REASON = _fault(
    "no-reason",
    "“Not applicable” without the reason tells a reader nothing.",
    "Write the reason on a line of its own: not applicable: because ….",
)
TEXT_TOO_LONG = _fault(
    "text-too-long",
    "A single text of more than 100,000 characters, or with more than 500 square brackets "
    "in one paragraph.",
    "Split it, or keep it as a document of its own and link to that.",
)
UNKNOWN_WORD = _fault(
    "unknown-word",
    "A name that the configuration does not declare, such as a kind of review or of finding.",
    "Correct it, or declare it in the configuration.",
)
BAD_ID = _fault(
    "bad-id",
    "An id holds characters that cannot be cited.",
    "Use letters, digits, dots, hyphens and underscores, beginning with a letter or digit.",
)
DUPLICATE_ID = _fault(
    "duplicate-id",
    "Two records of one kind have the same id; capital letters make no difference.",
    "Give one of them another id.",
)
TYPED_TWICE = _fault(
    "typed-twice",
    "A link is written out although the place where the record stands already gives it.",
    "Take the line out.",
)
NO_SCOPE = _fault(
    "no-scope",
    "A record that belongs inside another stands alone, and its id does not say inside which.",
    "Write it inside that record, or begin its id with that record's id and a slash.",
)
UNKNOWN_PACK = _fault(
    "unknown-pack",
    "The configuration extends a pack that is neither installed nor a folder of the register.",
    "Correct the name, or install what offers the pack.",
)
PACK_CIRCLE = _fault(
    "pack-circle",
    "Packs extend one another in a circle, or too deeply.",
    "Take one of the links out.",
)
MISSING_PLUGIN = _fault(
    "missing-plugin",
    "The register or a pack of it requires a plugin that is not installed.",
    "Install it with pip.",
)
UNKNOWN_VERSION = _fault(
    "unknown-version",
    "The register is written in a later form than this peerkit reads.",
    "Install a later peerkit.",
)
DANGLING_LINK = ProblemKind(
    code="dangling-link",
    severity=Severity.ERROR,
    meaning="A link leads to a record that is not there.",
    mend="Correct the id, or add the record.",
)
WRONG_LINK = ProblemKind(
    code="wrong-link",
    severity=Severity.ERROR,
    meaning="A link leads to a record of another kind than the field is for.",
    mend="Name a record of the right kind.",
)
UNCLEAR_LINK = ProblemKind(
    code="unclear-link",
    severity=Severity.ERROR,
    meaning="A short id could mean several records.",
    mend="Write the whole id, with that of the record around it and a slash.",
)

PROBLEM_KINDS: tuple[ProblemKind, ...] = (
    NO_REGISTER,
    UNKNOWN_KEY,
    MISSING_FIELD,
    WRONG_SHAPE,
    PROSE_IN_BRACKETS,
    TEXT_BECAME_GROUP,
    NOT_A_DAY,
    NOT_A_CHOICE,
    NOT_A_NUMBER,
    NOT_YES_OR_NO,
    NO_REASON,
    TEXT_TOO_LONG,
    UNKNOWN_WORD,
    BAD_ID,
    DUPLICATE_ID,
    TYPED_TWICE,
    NO_SCOPE,
    UNKNOWN_PACK,
    PACK_CIRCLE,
    MISSING_PLUGIN,
    UNKNOWN_VERSION,
    DANGLING_LINK,
    WRONG_LINK,
    UNCLEAR_LINK,
)
