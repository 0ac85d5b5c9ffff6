"""
Text as an officer would write it in YAML, and as the strict reader reads it back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from peerkit.errors import RefusedError
from peerkit.files.text import clean

__all__ = ["key", "listed", "scalar"]

# What begins with a letter or digit, and holds nothing that YAML would read in its own way.
_PLAIN: Final = re.compile(r"[^\W_](?:[\w.,;()/%£€&'’‘“”!?+*=@–—-]| (?=[^ ])|:(?=[^ ]))*", re.ASCII)
_LETTERS: Final = re.compile(r"[^\x00-\x7f\W]")
_ESCAPES: Final = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"})
_WIDTH: Final = 96
_LONGEST: Final = 88
_LONGEST_KEY: Final = 500
_STEP: Final = "  "


def _checked(text: str) -> str:
    cleaned, refused = clean(text)
    if cleaned != text:
        names = ", ".join(refused) or "an unusual line break"
        raise RefusedError(
            f"A text holds what a file cannot keep: {names}.",
            mend="Delete what stands there and type it again.",
        )
    return text


def _is_plain(text: str) -> bool:
    ascii_only = _LETTERS.sub("x", text)
    return _PLAIN.fullmatch(ascii_only) is not None and text != "null"


def _quoted(text: str) -> str:
    if "\n" in text or ("'" in text and not {'"', "\\"} & {*text}):
        return f'"{text.translate(_ESCAPES)}"'
    return "'" + text.replace("'", "''") + "'"


def key(text: str) -> str:
    """
    Return *text* as it stands before a colon.

    >>> key("A1"), key("risk: high")
    ('A1', "'risk: high'")
    """
    if len(_checked(text)) > _LONGEST_KEY:
        raise RefusedError("A name is too long to be a key.", mend="Use a shorter one.")
    return text if _is_plain(text) and ":" not in text else _quoted(text)


def scalar(text: str, indent: str = "") -> str:
    r"""
    Return *text* as it stands behind a colon or dash, in a group that *indent* sets in.

    >>> print(scalar("First day held; 31 came."))
    First day held; 31 came.
    >>> print("note: " + scalar("One: two\nThree\n"))
    note: |
      One: two
      Three
    """
    if "\n" in _checked(text):
        return _block(text, indent + _STEP)
    if len(text) > _LONGEST:
        folded = _folded(text, indent + _STEP)
        if folded:
            return folded
    return text if _is_plain(text) else _quoted(text)


def _block(text: str, indent: str) -> str:
    body = text.rstrip("\n")
    if not body or body.isspace() or body.startswith("\n"):
        return _quoted(text)
    ends = len(text) - len(body)
    sign = {0: "-", 1: ""}.get(ends, "+")
    # An indent that cannot be told from the first line is stated.
    stated = str(len(_STEP)) if body[0] in " \t" else ""
    lines = "".join(f"\n{indent}{line}" if line else "\n" for line in body.split("\n"))
    return f"|{stated}{sign}{lines}" + "\n" * (ends - 1)


def _folded(text: str, indent: str) -> str:
    """
    Return a long line as a block of several, or nothing where its blanks would suffer.
    """
    if "  " in text or "\t" in text or text != text.strip():
        return ""
    lines = "".join(f"\n{indent}{line}" for line in _wrapped(text, _WIDTH - len(indent)))
    return f">-{lines}"


def _wrapped(text: str, width: int) -> Iterator[str]:
    line = ""
    for word in text.split(" "):
        if line and len(line) + 1 + len(word) > width:
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield line


def listed(texts: tuple[str, ...], indent: str) -> str:
    """
    Return *texts* as a list below a key that *indent* sets in.
    """
    return "".join(f"\n{indent}{_STEP}- {scalar(text, indent + _STEP)}" for text in texts)
