"""
The parts of a package by what they are: content types and relationships.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

import attrs

from peerkit.errors import PeerkitError
from peerkit_docx.word.refusing import begun
from peerkit_docx.word.xmlreading import walk
from peerkit_docx.word.xmlwriting import DECLARATION, attribute

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

__all__ = [
    "CONTENT_TYPES",
    "Relation",
    "before_end",
    "content_types",
    "decoded",
    "relations_of",
    "relations_part",
    "with_default_type",
    "with_override",
    "with_overrides",
    "with_relations",
    "without_relations",
]

CONTENT_TYPES = "[Content_Types].xml"

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


@attrs.frozen(kw_only=True)
class Relation:
    """
    One relationship: its *type*, the last word of that, its *kind*, and where it leads.

    A *target* inside the package is the name of a part, or begins with ``..`` if it
    leads out of it, or with ``#`` if it is a place in the part itself.
    """

    id: str
    type: str
    kind: str
    target: str
    external: bool


def content_types(package: Mapping[str, bytes], origin: str) -> dict[str, str]:
    """
    Return the content type of every part that has one, its own or that of its ending.

    *origin* is what messages call the package. Names are compared as Word compares them,
    whatever their case.
    """
    own: dict[str, str] = {}
    by_ending: dict[str, str] = {}

    def start(name: str, attributes: Mapping[str, str]) -> None:
        said = attributes.get("ContentType", "")
        if name == f"{_TYPES} Override":
            own[attributes.get("PartName", "").lstrip("/").casefold()] = said
        elif name == f"{_TYPES} Default":
            by_ending[attributes.get("Extension", "").casefold()] = said

    walk(package.get(CONTENT_TYPES, b""), f"{origin}, {CONTENT_TYPES}", start=start)
    found = (
        (name, own.get(name.casefold()) or by_ending.get(name.casefold().rpartition(".")[2]))
        for name in package
    )
    return {name: said for name, said in found if said}


def relations_part(part: str) -> str:
    """
    Return the name of the part that holds the relationships of *part*.

    >>> relations_part("word/document.xml")
    'word/_rels/document.xml.rels'
    """
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def relations_of(package: Mapping[str, bytes], part: str, origin: str) -> tuple[Relation, ...]:
    """
    Return the relationships of *part*, or of the package for an empty one.

    *origin* is what messages call the package.
    """
    where = relations_part(part)
    found: list[Relation] = []

    def start(name: str, attributes: Mapping[str, str]) -> None:
        if name == f"{_RELATIONS} Relationship":
            # Who knows how a reader takes a mode that there is not?
            external = attributes.get("TargetMode", "Internal") != "Internal"
            target = attributes.get("Target", "")
            if not external and not target.startswith("#"):
                above = "" if target.startswith("/") else posixpath.dirname(part)
                target = posixpath.normpath(posixpath.join(above, target.lstrip("/")))
            said = attributes.get("Type", "").strip()
            found.append(
                Relation(
                    id=attributes.get("Id", ""),
                    type=said,
                    kind=said.rstrip("/").rpartition("/")[2],
                    target=target,
                    external=external,
                )
            )

    if where in package:
        walk(package[where], f"{origin}, {where}", start=start)
    return tuple(found)


def with_relations(
    existing: bytes | None, added: Mapping[str, tuple[str, str, bool]], where: str
) -> bytes:
    """
    Return a part of relationships with *added*: type, target and externality by id.

    *where* is what messages call the part.
    """
    lines = "".join(
        f'<Relationship Id="{one}" Type="{kind}" Target="{attribute(target)}"'
        + (' TargetMode="External"/>' if external else "/>")
        for one, (kind, target, external) in added.items()
    )
    if existing is None:
        return f'{DECLARATION}<Relationships xmlns="{_RELATIONS}">{lines}</Relationships>'.encode()
    return before_end(existing, "</Relationships>", lines, where)


def without_relations(existing: bytes, gone: Collection[str], where: str) -> bytes:
    """
    Return a part of relationships without those whose ids are in *gone*.

    *where* is what messages call the part.
    """
    kept: list[str] = []

    def start(name: str, attributes: Mapping[str, str]) -> None:
        if name == f"{_RELATIONS} Relationship" and attributes.get("Id", "") not in gone:
            kept.append(_written("Relationship", attributes))

    walk(existing, where, start=start)
    return (
        f'{DECLARATION}<Relationships xmlns="{_RELATIONS}">{"".join(kept)}</Relationships>'.encode()
    )


def with_default_type(existing: bytes, suffix: str, media_type: str, where: str) -> bytes:
    """
    Return the content types with one for parts that end in *suffix*.
    """
    endings: set[str] = set()

    def start(name: str, attributes: Mapping[str, str]) -> None:
        if name == f"{_TYPES} Default":
            endings.add(attributes.get("Extension", "").casefold())

    walk(existing, where, start=start)
    if suffix.casefold() in endings:
        return existing
    return before_end(
        existing, "</Types>", f'<Default Extension="{suffix}" ContentType="{media_type}"/>', where
    )


def with_override(existing: bytes, part: str, media_type: str, where: str) -> bytes:
    """
    Return the content types with one for *part* alone.
    """
    said = f'<Override PartName="/{part}" ContentType="{media_type}"/>'
    return before_end(existing, "</Types>", said, where)


def with_overrides(existing: bytes, types: Mapping[str, str], where: str) -> bytes:
    """
    Return the content types written anew, with *types* by name of part, and each said once.

    A part whose type is empty has none of its own. *where* is what messages call it.
    """
    told: dict[tuple[str, str], str] = {}
    gone = {part.casefold() for part in types}

    def start(name: str, attributes: Mapping[str, str]) -> None:
        local = name.removeprefix(f"{_TYPES} ")
        key = attributes.get("PartName" if local == "Override" else "Extension", "").casefold()
        if local == "Default" or (local == "Override" and key.lstrip("/") not in gone):
            told.setdefault((local, key), _written(local, attributes))

    walk(existing, where, start=start)
    lines = "".join(told.values()) + "".join(
        _written("Override", {"PartName": f"/{part}", "ContentType": said})
        for part, said in types.items()
        if said
    )
    return f'{DECLARATION}<Types xmlns="{_TYPES}">{lines}</Types>'.encode()


def _written(name: str, attributes: Mapping[str, str]) -> str:
    """
    Return an element with those of its *attributes* that the format itself knows.
    """
    said = "".join(
        f' {key}="{attribute(value)}"' for key, value in attributes.items() if " " not in key
    )
    return f"<{name}{said}/>"


def before_end(existing: bytes, closing: str, lines: str, where: str) -> bytes:
    """
    Return the part *existing* with *lines* put in before its *closing* tag.

    Raises:
        PeerkitError: If there is none; *where* is what it calls the part.
    """
    head, found, tail = decoded(existing, where).rpartition(closing)
    if not found:
        raise PeerkitError(
            f"{begun(where)} does not end in {closing}.", mend="Open it in Word and save it."
        )
    return f"{head}{lines}{found}{tail}".encode()


def decoded(part: bytes, where: str) -> str:
    """
    Return *part* as text, which must be written in UTF-8.

    Raises:
        PeerkitError: If it is not; *where* is what it calls the part.
    """
    try:
        return part.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise PeerkitError(
            f"{begun(where)} is not written in UTF-8, as Word writes it.",
            mend="Open it in Word and save it.",
        ) from None
