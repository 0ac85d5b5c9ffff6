"""
The one normaliser of text: what may stand in a value, and what becomes of the rest.

Files go through `decode` before they are parsed; strings from anywhere else go
through `clean`. Both follow the same tables.
"""

from __future__ import annotations

import codecs
import functools
import re
import unicodedata
from typing import TYPE_CHECKING, Final

import attrs

from peerkit.errors import Problem, ProblemKind, Severity
from peerkit.files.limits import PROBLEMS
from peerkit.files.tree import SOFT_BREAK, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "PROBLEM_KINDS",
    "accept",
    "character_name",
    "clean",
    "decode",
    "is_clean",
    "is_fit",
]

ENCODING: Final = ProblemKind(
    code="text-encoding",
    severity=Severity.FAULT,
    meaning="The file is not saved as UTF-8, so its letters cannot be told for certain.",
    mend=(
        "Open the file in the program that wrote it, choose “Save as”, and pick UTF-8 as the"
        " encoding. In Notepad the choice is beside the Save button."
    ),
)
NOT_TEXT: Final = ProblemKind(
    code="text-not-text",
    severity=Severity.FAULT,
    meaning="The file is called a text file, but holds something else, such as a Word document.",
    mend="Copy the words into a new text file, or take the file out of this folder.",
)
CONTROL: Final = ProblemKind(
    code="text-control-character",
    severity=Severity.FAULT,
    meaning=(
        "The file holds an invisible character that no paper can print. It usually comes"
        " with text copied from another program."
    ),
    mend="Delete the character: remove what stands at this place and type it again.",
)
LINE_BREAK: Final = ProblemKind(
    code="text-line-break",
    severity=Severity.ADVICE,
    meaning=(
        "The file holds line breaks of an unusual kind, such as Word’s soft return. They were"
        " read as ordinary line breaks."
    ),
    mend="Nothing needs to be done. To be rid of the advice, type these line breaks again.",
)

PROBLEM_KINDS: Final = (ENCODING, NOT_TEXT, CONTROL, LINE_BREAK)

_CONTROLS = """
    NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB
    CAN EM SUB ESC FS GS RS US
"""
_C1_CONTROLS = """
    PAD HOP BPH NBH IND NEL SSA ESA HTS HTJ VTS PLD PLU RI SS2 SS3 DCS PU1 PU2 STS CCH MW SPA
    EPA SOS SGC SCI CSI ST OSC PM APC
"""
_NAMES: Final = {
    **dict(enumerate(_CONTROLS.split())),
    0x7F: "DEL",
    **dict(enumerate(_C1_CONTROLS.split(), start=0x80)),
    0xFFFE: "byte order mark the wrong way round",
}
_CATEGORIES: Final = {"Cs": "half a character", "Cn": "not a character", "Cc": "control"}

_BREAKS = "\x0b\x85\u2028\u2029"
_ALLOWED_RANGES: Final = (
    ("\xa0", "\u2027"),
    ("\u202a", "\ud7ff"),
    ("\ue000", "\ufdcf"),
    ("\ufdf0", "\ufffd"),
)
_PLAIN_BYTES: Final = b"\t\n" + bytes(range(0x20, 0x7F))
_UNUSUAL_BREAK: Final = re.compile(f"[\r{_BREAKS}]")
_ONLY_SOFT_BREAKS: Final = re.compile(
    f"^[ \t{SOFT_BREAK}]*{SOFT_BREAK}[ \t{SOFT_BREAK}]*$", re.MULTILINE
)

# What stands for a refused character, so that the rest of the file can still be read
# for more problems, with every column where it was.
_REPLACEMENT: Final = "\ufffd"
_IN_VALUES: Final = str.maketrans(dict.fromkeys("\r" + _BREAKS, "\n"))
_IN_FILES: Final = str.maketrans({"\r": "\n", **dict.fromkeys(_BREAKS, SOFT_BREAK)})

# The longer marks first: that of UTF-16 is how that of UTF-32 begins.
_BYTE_ORDER_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "UTF-32", ""),
    (codecs.BOM_UTF32_BE, "UTF-32", ""),
    (codecs.BOM_UTF8, "UTF-8", "utf-8"),
    (codecs.BOM_UTF16_LE, "UTF-16", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "UTF-16", "utf-16-be"),
)
_FOREIGN: Final = (
    (b"PK\x03\x04", "a Word or Excel document, or another zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel document"),
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "a rich text document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a packed file"),
)
_SAMPLE: Final = 4_096


@attrs.frozen
class _Guess:
    """
    What an encoding that is not UTF-8 most likely is, and how to show its text.
    """

    name: str
    codec: str


def decode(raw: bytes, file: str) -> tuple[str | None, list[Problem]]:
    r"""
    Return the text of *raw*, fit for parsing, and what was wrong with it.

    UTF-8 is read with or without its mark, UTF-16 with it. No text comes back if
    the encoding cannot be told.

    >>> decode(b"title: A plan\r\n", "a.yaml")
    ('title: A plan\n', [])
    """
    for start, what in _FOREIGN:
        if raw.startswith(start):
            source = Source(file, "")
            return None, [source.problem(NOT_TEXT, f"This file is {what}, not text.", 1, 1)]
    mark, name, codec = next(
        (row for row in _BYTE_ORDER_MARKS if raw.startswith(row[0])), (b"", "UTF-8", "utf-8")
    )
    if not codec or (not mark and _is_wide(raw)):
        name = name if mark else "UTF-16 without its mark"
        guess = _Guess(name, codec or "utf-32")
        return None, [_encoding_problem(raw, 0, file, guess)]
    body = raw[len(mark) :]
    try:
        text = body.decode(codec, "strict" if codec == "utf-8" else "surrogatepass")
    except UnicodeDecodeError as error:
        guess = _guess(body) if codec == "utf-8" else _Guess(f"damaged {name}", codec)
        return None, [_encoding_problem(body, error.start, file, guess, codec)]
    return accept(text, file)


def accept(text: str, file: str) -> tuple[str, list[Problem]]:
    """
    Return *text* with every character in it fit for parsing, and what was refused.
    """
    # Files that were joined together may carry more marks than the first.
    text = _composed(text.lstrip("\ufeff").replace("\r\n", "\n"))
    if is_clean(text):
        return text, []
    refused = [match.start() for match in _some(_refused(), text)]
    breaks = [match.start() for match in _UNUSUAL_BREAK.finditer(text)]
    names = [character_name(text[index]) for index in refused]
    text = _refused().sub(_REPLACEMENT, text).translate(_IN_FILES)
    source = Source(file, text)
    problems = [
        _problem_at(source, index, CONTROL, f"The character {name} stands here.")
        for index, name in zip(refused, names, strict=True)
    ]
    if breaks:
        one = len(breaks) == 1
        found = "An unusual line break was" if one else f"{len(breaks)} unusual line breaks were"
        read = "an ordinary one" if one else "ordinary ones, of which the first stands here"
        message = f"{found} read as {read}."
        problems.append(_problem_at(source, breaks[0], LINE_BREAK, message))
        text = _ONLY_SOFT_BREAKS.sub(lambda match: " " * len(match[0]), text)
    return text, problems


def clean(text: str) -> tuple[str, tuple[str, ...]]:
    r"""
    Return *text* as a value may hold it, and the names of the characters refused.

    For text that comes from no file: every kind of line break is an ordinary one,
    and a refused character is left out.

    >>> clean("Ring the bell\x07 twice\x0bThen wait")
    ('Ring the bell twice\nThen wait', ('U+0007 BEL',))
    """
    text = _composed(text.replace("\r\n", "\n"))
    if is_clean(text):
        return text, ()
    names = tuple(dict.fromkeys(character_name(match[0]) for match in _some(_refused(), text)))
    return _refused().sub("", text).translate(_IN_VALUES), names


def is_clean(text: str) -> bool:
    """
    True if no character of *text* would be refused or replaced.
    """
    if text.isascii():
        return not text.encode("ascii").translate(None, _PLAIN_BYTES)
    # Few characters are different ones, however long the text is.
    return all(map(_is_allowed, set(text)))


def is_fit(text: str) -> bool:
    """
    True if *text* could have come from `decode`, so that it can be parsed.
    """
    return all(map(_is_allowed, set(text) - {SOFT_BREAK}))


def character_name(character: str) -> str:
    r"""
    Name a character that cannot be seen.

    >>> character_name("\x1b")
    'U+001B ESC'
    """
    code = ord(character)
    name = _NAMES.get(code) or unicodedata.name(character, "")
    return f"U+{code:04X} {name or _CATEGORIES.get(unicodedata.category(character), '')}".rstrip()


def _is_allowed(character: str) -> bool:
    if character <= "~":
        return character >= " " or character in "\t\n"
    if character > "\uffff":
        return ord(character) & 0xFFFE != 0xFFFE  # noqa: PLR2004 - the last two of each plane
    return any(first <= character <= last for first, last in _ALLOWED_RANGES)


@functools.cache
def _refused() -> re.Pattern[str]:
    """
    Return what finds refused characters; compiled late, since nearly no file has one.
    """
    planes = "".join(
        f"{chr(plane * 0x10000)}-{chr(plane * 0x10000 + 0xFFFD)}" for plane in range(1, 17)
    )
    ranges = "".join(f"{first}-{last}" for first, last in _ALLOWED_RANGES)
    return re.compile(f"[^\t\n -~{ranges}{planes}\r{_BREAKS}]")


def _composed(text: str) -> str:
    # Asking first is many times faster than composing, and nearly every text is composed.
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return text
    return unicodedata.normalize("NFC", text)


def _some(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    return (match for match, _ in zip(pattern.finditer(text), range(PROBLEMS), strict=False))


def _problem_at(source: Source, index: int, kind: ProblemKind, message: str) -> Problem:
    line = source.text.count("\n", 0, index) + 1
    column = index - source.text.rfind("\n", 0, index)
    return source.problem(kind, message, line, column, end_column=column + 1)


def _is_wide(raw: bytes) -> bool:
    """
    True if every other byte is zero, as in UTF-16 that holds English.
    """
    sample = raw[:_SAMPLE]
    half = max(len(sample) // 2, 1)
    return any(sample[odd::2].count(0) * 10 > half * 7 for odd in (0, 1)) and len(sample) > 1


def _guess(raw: bytes) -> _Guess:
    try:
        raw.decode("cp1252")
    except UnicodeDecodeError:
        return _Guess("no encoding peerkit knows", "latin-1")
    return _Guess("Windows-1252, also called ANSI", "cp1252")


def _encoding_problem(
    raw: bytes, start: int, file: str, guess: _Guess, codec: str = "utf-8"
) -> Problem:
    """
    Return the problem at byte *start*, up to which *raw* can be read in *codec*.
    """
    before = raw[:start].decode(codec, "replace").replace("\r\n", "\n").translate(_IN_FILES)
    after = raw[start : start + _SAMPLE].decode(guess.codec, "replace")
    text = _refused().sub(_REPLACEMENT, before + re.split("[\r\n]", after, maxsplit=1)[0])
    byte = f"The byte {raw[start]:02X} here is not UTF-8" if start else "This file is not UTF-8"
    return _problem_at(
        Source(file, text), len(before), ENCODING, f"{byte}; the file is likely {guess.name}."
    )
