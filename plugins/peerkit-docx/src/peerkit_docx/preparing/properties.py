"""
The properties of a template: put where papers keep theirs, and those that hold tags as
sources written by ourselves.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from peerkit_docx.filling.sources import TAG, Source
from peerkit_docx.preparing.delimiting import has_opener
from peerkit_docx.word.opc import (
    CONTENT_TYPES,
    content_types,
    relations_of,
    relations_part,
    with_overrides,
    with_relations,
    without_relations,
)
from peerkit_docx.word.properties import APP, CORE, CUSTOM, EMPTY, rewritten

if TYPE_CHECKING:
    from collections.abc import Mapping

    from peerkit_docx.word.opc import Relation

__all__ = ["in_place", "property_sources"]

_WORDS = {CORE: "properties", APP: "properties", CUSTOM: "custom properties"}
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata"


@attrs.frozen
class _Kind:
    """
    The properties that lie at *part*: what leads there, and of which type they are.
    """

    part: str
    relation: str
    type: str


_CORE = _Kind(
    CORE,
    f"{_PACKAGE}/core-properties",
    "application/vnd.openxmlformats-package.core-properties+xml",
)
_APP = _Kind(
    APP,
    f"{_OFFICE}/extended-properties",
    "application/vnd.openxmlformats-officedocument.extended-properties+xml",
)
_CUSTOM = _Kind(
    CUSTOM,
    f"{_OFFICE}/custom-properties",
    "application/vnd.openxmlformats-officedocument.custom-properties+xml",
)
# By the last word of what leads to them; the editions of the format write it differently.
_KINDS = {
    "core-properties": _CORE,
    "extended-properties": _APP,
    "extendedProperties": _APP,
    "custom-properties": _CUSTOM,
    "customProperties": _CUSTOM,
}


def in_place(package: Mapping[str, bytes], origin: str) -> dict[str, bytes]:
    """
    Return *package* with its properties where papers keep theirs, whatever they were called.

    Word finds them by what leads to them, and a paper's title must be what Word finds. Those
    that a paper always has are there, too. *origin* is what messages call it.

    Raises:
        PeerkitError: If relationships or content types are no XML that can be read.
    """
    names = {name.casefold(): name for name in package}
    types = content_types(package, origin)
    found: dict[_Kind, Relation] = {}
    leading: set[str] = set()
    for one in relations_of(package, "", origin):
        kind = _KINDS.get(one.kind)
        if kind is not None:
            leading.add(one.id)
            if types.get(names.get(one.target.casefold(), "")) == kind.type:
                found.setdefault(kind, one)
    needed = {_CORE, _APP, *(kind for kind in (_CUSTOM,) if CUSTOM in package)}
    if needed <= found.keys() and all(one.target == kind.part for kind, one in found.items()):
        return dict(package)
    moved = {names[one.target.casefold()]: kind.part for kind, one in found.items()}
    left = {name: one for name, one in package.items() if name not in _WORDS or name in moved}
    placed = {moved.get(name, name): one for name, one in left.items()}
    for kind in (_CORE, _APP):
        placed.setdefault(kind.part, EMPTY[kind.part])
    kinds = [one for one in (_CORE, _APP, _CUSTOM) if one.part in placed]
    where = relations_part("")
    placed[where] = with_relations(
        without_relations(placed[where], leading, f"{origin}, {where}"),
        {
            f"rIdProperties{at}": (kind.relation, kind.part, False)
            for at, kind in enumerate(kinds, start=1)
        },
        f"{origin}, {where}",
    )
    placed[CONTENT_TYPES] = with_overrides(
        placed[CONTENT_TYPES],
        dict.fromkeys((*_WORDS, *moved), "") | {kind.part: kind.type for kind in kinds},
        f"{origin}, {CONTENT_TYPES}",
    )
    return placed


def property_sources(package: Mapping[str, bytes]) -> dict[str, Source]:
    """
    Return a source for each part of properties of *package* that has a tag.
    """
    found: dict[str, Source] = {}
    for name, words in _WORDS.items():
        content = package.get(name, b"")
        if has_opener(content.decode("utf-8", "replace")):
            tags: list[str] = []

            def said(text: str, tags: list[str] = tags) -> str:
                def led(one: re.Match[str]) -> str:
                    tags.append(one[0])
                    return f"{one[1]}{one[2]}\n{' '.join(one[3].split())}{one[4]}"

                return TAG.sub(led, text)

            text = rewritten(content, name, said)
            found[name] = Source(
                part=words, text=text, tags=tuple(tags), spots=(words,) * len(tags)
            )
    return found
