"""
Occasions as the text of files: new ones as an officer would write them, and seals
added to the end of what an officer wrote.
"""

from __future__ import annotations

import codecs
import datetime as dt
from collections.abc import Collection, Iterator, Mapping

from peerkit.errors import RefusedError
from peerkit.files.names import safe_name
from peerkit.files.tree import Mapping as LocatedMapping
from peerkit.history.occasions import Occasion, Seal, Subject
from peerkit.history.scalars import key, listed, scalar
from peerkit.model import FieldKind, field_specs

__all__ = ["occasion_name", "occasion_text", "sealed_block", "with_seals"]

SEALED = "sealed"
_STEP = "  "
_MARKS = (
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def occasion_name(day: dt.date, title: str) -> str:
    """
    Return the name for the file of an occasion, without its suffix.

    >>> occasion_name(dt.date(2022, 5, 9), "progress round, May 2022")
    '2022-05-09-progress-round-may-2022'
    """
    return safe_name(day.isoformat(), title, suffix=".yaml").removesuffix(".yaml")


def occasion_text(
    occasion: Occasion, *, within: str = "", names: Mapping[Subject, str] | None = None
) -> str:
    """
    Return the text of a file that holds *occasion*, its seals included.

    *names* are what records are called in it, seen from *within* a record; without them
    each is called by its kind and whole id, which is clear anywhere.

    Raises:
        RefusedError: If it holds a character that no file can keep.
    """
    names = names or {}
    lines = [f"day: {occasion.day.isoformat()}\n"]
    lines += _fields(occasion, "")
    if within:
        lines.append(f"within: {scalar(within)}\n")
    lines.append("records:\n")
    for subject, entry in occasion.entries.items():
        lines.append(f"{_STEP}{key(names.get(subject, ' '.join(subject)))}:\n")
        lines += _fields(entry, _STEP * 2)
        if entry.more:
            lines.append(f"{_STEP * 2}more:{_value(entry.more, _STEP * 2)}\n")
    return "".join(lines) + sealed_block(occasion.seals, names)


def _fields(value: object, indent: str) -> Iterator[str]:
    for spec in field_specs(type(value)):
        one = getattr(value, spec.name)
        if one is None or (isinstance(one, str | tuple | Mapping) and not one):
            continue
        if isinstance(one, tuple) and (len(one) > 1 or spec.kind is FieldKind.KEYS):
            yield f"{indent}{spec.key}:{listed(one, indent)}\n"
        else:
            one = one[0] if isinstance(one, tuple) else one
            yield f"{indent}{spec.key}:{_value(one, indent)}\n"


def _value(value: object, indent: str) -> str:
    """
    Return what stands behind a colon, its blank or line break included.
    """
    match value:
        case bool():
            return " yes" if value else " no"
        case Mapping():
            return _group(value, indent)
        case _:
            return f" {scalar(str(value), indent)}"


def _group(values: Mapping[str, object], indent: str) -> str:
    inner = indent + _STEP
    return "".join(f"\n{inner}{key(name)}:{_value(one, inner)}" for name, one in values.items())


def sealed_block(
    seals: Mapping[Subject, Seal], names: Mapping[Subject, str] | None = None, indent: str = ""
) -> str:
    """
    Return the lines that seal entries, to stand at the end of a file; none without *seals*.
    """
    if not seals:
        return ""
    return f"{indent}{SEALED}:\n" + _seals(seals, names or {}, indent + _STEP, indent + _STEP * 2)


def _seals(
    seals: Mapping[Subject, Seal], names: Mapping[Subject, str], indent: str, inner: str
) -> str:
    return "".join(
        line
        for subject, seal in seals.items()
        for line in (
            f"{indent}{key(names.get(subject, ' '.join(subject)))}:\n",
            *_fields(seal, inner),
        )
    )


def with_seals(raw: bytes, seals: Mapping[Subject, Seal], names: Mapping[Subject, str]) -> bytes:
    """
    Return the bytes of a file with *seals* behind them, every byte there was in its place.

    *names* are what the records are called in the file.

    Raises:
        RefusedError: If nothing can be added to the file so that it reads as before.
    """
    # Late, so that what seals nothing needs no YAML parser.
    from peerkit.files.text import decode  # noqa: PLC0415
    from peerkit.files.yaml import parse  # noqa: PLC0415

    text, _ = decode(raw, SEALED)
    root = parse(text, SEALED, is_fit=True).root if text is not None else None
    if text is None or root is None:
        raise RefusedError("The file cannot be read, so nothing was sealed in it.")
    known = root.get(SEALED)
    if isinstance(known, LocatedMapping):
        indent = " " * (known.column - 1)
        block = _seals(seals, names, indent, indent + _STEP)
    else:
        block = sealed_block(seals, names, " " * (root.column - 1))
    made = raw + _in_form_of(raw, block)
    again, _ = decode(made, SEALED)
    tree = parse(again or "", SEALED, is_fit=True)
    if tree.faulty or not _is_added(root, tree.root, [names[one] for one in seals]):
        raise RefusedError(
            "Seals cannot be added at the end of the file so that the rest reads as before.",
            mend="Write it as keys one below the other, without brackets around the whole, and "
            "with “sealed” last.",
        )
    return made


def _in_form_of(raw: bytes, block: str) -> bytes:
    """
    Return *block* with the line breaks and in the encoding of *raw*, to go behind it.
    """
    codec = next((codec for mark, codec in _MARKS if raw.startswith(mark)), "utf-8")
    text = raw.decode(codec)
    newline = "\r\n" if "\r\n" in text else "\n" if "\n" in text or "\r" not in text else "\r"
    begin = "" if text.endswith(("\n", "\r")) else newline
    return (begin + block.replace("\n", newline)).encode(codec)


def _is_added(before: LocatedMapping, after: LocatedMapping | None, names: Collection[str]) -> bool:
    """
    True if *after* is *before* with *names* added to what is sealed, and nothing else.
    """
    old, new = dict(before), dict(after or {})
    were, are = old.pop(SEALED, None), new.pop(SEALED, None)
    were = were if isinstance(were, LocatedMapping) else LocatedMapping()
    return (
        old == new
        and isinstance(are, LocatedMapping)
        and are.keys() == {*were, *names}
        and all(are[name] == one for name, one in were.items())
    )
