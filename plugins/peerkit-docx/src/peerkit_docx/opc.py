"""
The parts of a package by what they are: content types and relationships.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

import attrs

from peerkit.errors import PeerkitError
from peerkit_docx.xmlreading import walk
from peerkit_docx.xmlwriting import DECLARATION, attribute

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "CONTENT_TYPES",
    "Relation",
    "content_types",
    "relations_of",
    "relations_part",
    "with_default_type",
    "with_relations",
]

CONTENT_TYPES = "[Content_Types].xml"

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


@attrs.frozen(kw_only=True)
class Relation:
    """
    One relationship: the last word of its *kind*, and where it leads.
    """

    id: str
    kind: str
    target: str
    external: bool


def content_types(package: Mapping[str, bytes]) -> dict[str, str]:
    """
    Return the content type of every part that has one of its own.
    """
    found: dict[str, str] = {}

    def start(name: str, attributes: Mapping[str, str]) -> None:
        if name == f"{_TYPES} Override":
            found[attributes.get("PartName", "").lstrip("/")] = attributes.get("ContentType", "")

    walk(package.get(CONTENT_TYPES, b""), CONTENT_TYPES, start=start)
    return found


def relations_part(part: str) -> str:
    """
    Return the name of the part that holds the relationships of *part*.

    >>> relations_part("word/document.xml")
    'word/_rels/document.xml.rels'
    """
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def relations_of(package: Mapping[str, bytes], part: str) -> tuple[Relation, ...]:
    """
    Return the relationships of *part*, or of the package for an empty one.
    """
    where = relations_part(part)
    found: list[Relation] = []

    def start(name: str, attributes: Mapping[str, str]) -> None:
        if name == f"{_RELATIONS} Relationship":
            external = attributes.get("TargetMode") == "External"
            target = attributes.get("Target", "")
            if not external:
                target = posixpath.normpath(
                    posixpath.join("/", posixpath.dirname(part), target)
                ).lstrip("/")
            kind = attributes.get("Type", "").rpartition("/")[2]
            found.append(
                Relation(id=attributes.get("Id", ""), kind=kind, target=target, external=external)
            )

    if where in package:
        walk(package[where], where, start=start)
    return tuple(found)


def with_relations(existing: bytes | None, added: Mapping[str, tuple[str, str, bool]]) -> bytes:
    """
    Return a part of relationships with *added*: type, target and externality by id.
    """
    lines = "".join(
        f'<Relationship Id="{one}" Type="{kind}" Target="{attribute(target)}"'
        + (' TargetMode="External"/>' if external else "/>")
        for one, (kind, target, external) in added.items()
    )
    if existing is None:
        return f'{DECLARATION}<Relationships xmlns="{_RELATIONS}">{lines}</Relationships>'.encode()
    return before_end(existing, "</Relationships>", lines)


def with_default_type(existing: bytes, suffix: str, media_type: str) -> bytes:
    """
    Return the content types with one for parts that end in *suffix*.
    """
    if f'Extension="{suffix}"'.encode() in existing:
        return existing
    return before_end(
        existing, "</Types>", f'<Default Extension="{suffix}" ContentType="{media_type}"/>'
    )


def before_end(existing: bytes, closing: str, lines: str) -> bytes:
    """
    Return the part *existing* with *lines* put in before its *closing* tag.
    """
    head, found, tail = existing.rpartition(closing.encode())
    if not found:
        raise PeerkitError(
            f"a part of the template does not end in {closing}",
            mend="open the template in Word and save it",
        )
    return head + lines.encode() + found + tail
