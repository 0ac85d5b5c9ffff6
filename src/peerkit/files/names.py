"""
File names that are safe on every system, and what makes others unsafe.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["LONGEST_NAME", "is_device_name", "name_warning", "safe_name", "unique_names"]

LONGEST_NAME: Final = 100
_LONGEST_NAME_BYTES: Final = 240  # most file systems count 255 bytes, not letters
_HASH_LETTERS: Final = 8

_DEVICE: Final = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])[ ]*(\..*)?", re.IGNORECASE
)
_WORD: Final = re.compile(r"[^\W_]+")
_APOSTROPHES: Final = re.compile("['’ʼ`]")
_ACCENTS_OF_LATIN: Final = re.compile("(?<=[a-z0-9])[\u0300-\u036f]+")
_LETTERS: Final = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
_FORBIDDEN: Final = re.compile(r'[<>:"|?*\\\x00-\x1f]')


def is_device_name(name: str) -> bool:
    """
    True if Windows takes *name* for a device, whatever its suffix.

    >>> is_device_name("CON.yaml"), is_device_name("contents.yaml")
    (True, False)
    """
    return _DEVICE.fullmatch(name) is not None


def name_warning(name: str) -> str:
    """
    Say why *name* cannot be used on Windows; nothing if it can.

    >>> name_warning("plan.")
    'its name ends in a dot or a space'
    """
    if is_device_name(name):
        return "its name is that of a device"
    if name.endswith((".", " ")):
        return "its name ends in a dot or a space"
    found = _FORBIDDEN.search(name)
    return f"its name holds {found[0]!r}" if found else ""


def safe_name(*words: str, suffix: str) -> str:
    """
    Return a file name made of *words*: the same words always give the same name.

    >>> safe_name("Vulnerable Children’s Review: 2021/22", "v1.10", suffix=".docx")
    'vulnerable-childrens-review-2021-22-v1-10.docx'

    A name that is too long is cut and given a hash of the whole, so that two long
    titles do not collapse into one name.
    """
    whole = " ".join(words)
    plain = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", whole).lower()).lower()
    plain = _ACCENTS_OF_LATIN.sub("", plain).translate(_LETTERS)
    stem = "-".join(_WORD.findall(unicodedata.normalize("NFC", plain)))
    if not stem:
        stem = f"file-{_hash(whole)}"
    if is_device_name(stem):
        stem += "-file"
    if _fits(stem + suffix):
        return stem + suffix
    return _cut(stem, f"-{_hash(whole)}{suffix}")


def unique_names(wanted: Iterable[str]) -> list[str]:
    """
    Return the names with `-2`, `-3` and so on where one would be used twice.

    Names that differ only by case are one name on some systems, so also here.

    >>> unique_names(["plan.docx", "Plan.docx", "plan-2.docx"])
    ['plan.docx', 'Plan-3.docx', 'plan-2.docx']
    """
    names = list(wanted)
    reserved = {name.casefold() for name in names}
    given: set[str] = set()
    unique = []
    for name in names:
        stem, dot, suffix = name.rpartition(".")
        stem, suffix = (stem, dot + suffix) if stem else (name, "")
        candidate, number = name, 1
        while candidate.casefold() in (given if number == 1 else given | reserved):
            number += 1
            candidate = _cut(stem, f"-{number}{suffix}")
        given.add(candidate.casefold())
        unique.append(candidate)
    return unique


def _hash(text: str) -> str:
    import hashlib  # noqa: PLC0415 - loads OpenSSL, and few names are too long

    digest = hashlib.blake2s(text.encode("utf-8", "surrogatepass")).hexdigest()
    return digest[:_HASH_LETTERS]


def _fits(name: str) -> bool:
    size = len(name.encode("utf-8", "surrogatepass"))
    return len(name) <= LONGEST_NAME and size <= _LONGEST_NAME_BYTES


def _cut(stem: str, end: str) -> str:
    while stem and not _fits(stem + end):
        stem = stem[:-1]
    return stem.rstrip("-") + end
