"""
Texts cut out of the file of an occasion, so that what else stands there stays as it is.

Whole lines go, and so do comments on them. Kept out: what stands for a text that is
gone (sealing), and whether the file then reads as it should.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final, TypeAlias

from peerkit.files.text import decode
from peerkit.files.tree import END_COLUMN, END_LINE, KEY_COLUMN, KEY_LINE
from peerkit.files.tree import Mapping as LocatedMapping
from peerkit.history.occasions import Entry, Occasion, Seal, Subject
from peerkit.history.scalars import listed
from peerkit.history.writing import occasion_text, sealed_block
from peerkit.model import field_specs

__all__ = ["without_texts"]

_RECORDS: Final = "records"
_SEALED: Final = "sealed"
_ERASED: Final = "erased"
_BREAK: Final = re.compile(r"\r\n|\n|\r")
_STEP: Final = 2
_MARKS: Final = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))

Edit: TypeAlias = tuple[int, int, str]
"""Lines from the first up to the second, counted from nought, and what takes their place."""


class _CannotCutError(Exception):
    """
    The file is laid out so that no whole lines can be cut out of it.
    """


def without_texts(
    raw: bytes, before: Occasion, now: Occasion, names: Mapping[Subject, str]
) -> bytes | None:
    """
    Return the bytes of the file of *before* changed so that it tells of *now*.

    *names* are what the records are called in it. None is returned where no lines can be
    cut out, as in a file that stands in brackets as a whole.
    """
    from peerkit.files.yaml import parse  # noqa: PLC0415 - late, so that others need no YAML

    text, _ = decode(raw, before.name)
    root = parse(text or "", before.name, is_fit=True).root
    if root is None:
        return None
    codec = next((codec for mark, codec in _MARKS if raw.startswith(mark)), "utf-8")
    lines = _lines(raw.decode(codec, "strict" if codec == "utf-8" else "surrogatepass"))
    try:
        edits = [*_edits(root, lines, before, now, names)]
    except _CannotCutError:
        return None
    newline = next((found[0] for line in lines if (found := _BREAK.search(line))), "\n")
    for start, end, new in sorted(edits, reverse=True):
        lines[start:end] = [new.replace("\n", newline)]
    return "".join(lines).encode(codec, "strict" if codec == "utf-8" else "surrogatepass")


def _lines(text: str) -> list[str]:
    """
    Return the lines of *text*, each with its line break, as the reader counts them.
    """
    found, begin = [], 0
    for one in _BREAK.finditer(text):
        found.append(text[begin : one.end()])
        begin = one.end()
    return [*found, text[begin:]] if begin < len(text) else found


def _edits(
    root: LocatedMapping,
    lines: list[str],
    before: Occasion,
    now: Occasion,
    names: Mapping[Subject, str],
) -> Iterator[Edit]:
    if now.erased != before.erased:
        yield from _without(root, lines, _gone(before, now), now.erased)
    records, seals = root.get(_RECORDS), root.get(_SEALED)
    if not isinstance(records, LocatedMapping) or not isinstance(seals, LocatedMapping):
        raise _CannotCutError
    for subject, entry in now.entries.items():
        was, written = before.entries[subject], names[subject]
        group = records.get(written)
        if entry is was or not isinstance(group, LocatedMapping):
            continue
        if group.flow:
            yield (*_span(records, written, lines), _entry(now, subject, written, records.column))
        else:
            yield from _without(group, lines, _gone(was, entry), entry.erased)
    for subject, seal in now.seals.items():
        if seal is not before.seals[subject]:
            written = names[subject]
            yield (*_span(seals, written, lines), _seal(subject, seal, written, seals.column))


def _gone(was: Occasion | Entry, now: Occasion | Entry) -> list[str]:
    """
    Return the keys under which *now* says nothing any more.
    """
    specs = field_specs(type(now))
    return [
        one.key
        for one in specs
        if one.key != _ERASED and getattr(was, one.name) and not getattr(now, one.name)
    ]


def _without(
    group: LocatedMapping, lines: list[str], gone: list[str], erased: tuple[str, ...]
) -> Iterator[Edit]:
    """
    Yield the edits that take keys out of *group*, and tell what was *erased* from it.
    """
    indent = " " * (group.column - 1)
    told = f"{indent}{_ERASED}:{listed(erased, indent)}\n"
    for key in (*gone, *((_ERASED,) if _ERASED in group else ())):
        yield (*_span(group, key, lines), told)
        told = ""


def _span(group: LocatedMapping, key: str, lines: list[str]) -> tuple[int, int]:
    """
    Return from which line up to which *key* and its value stand in *group*.
    """
    if group.flow or key not in group.marks:
        raise _CannotCutError
    mark = group.marks[key]
    start = mark[KEY_LINE] - 1
    if lines[start].lstrip("\ufeff")[: mark[KEY_COLUMN] - 1].strip():
        raise _CannotCutError
    # A block of text ends where the line behind it begins.
    is_block = mark[END_COLUMN] == 1 and mark[END_LINE] > mark[KEY_LINE]
    return start, mark[END_LINE] - 1 if is_block else mark[END_LINE]


def _entry(now: Occasion, subject: Subject, written: str, column: int) -> str:
    alone = Occasion(day=now.day, by=now.by, entries={subject: now.entries[subject]})
    text = occasion_text(alone, names={subject: written})
    return _set_in(text.partition(f"{_RECORDS}:\n")[2], column)


def _seal(subject: Subject, seal: Seal, written: str, column: int) -> str:
    text = sealed_block({subject: seal}, {subject: written})
    return _set_in(text.partition("\n")[2], column)


def _set_in(text: str, column: int) -> str:
    """
    Return lines that are set in by one step, set in so far that they begin in *column*.
    """
    indent = " " * (column - 1)
    return "".join(
        indent + line[_STEP:] if line.strip() else line for line in text.splitlines(keepends=True)
    )
