"""
What a Word file as a whole may bring with it: no programs, no other files, no far places.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from peerkit.errors import Problem
from peerkit_docx.problems import WORD_FETCHES, WORD_PACKAGE, WORD_PROGRAM, WORD_XML
from peerkit_docx.word.elements import WEB
from peerkit_docx.word.kinds import (
    FORBIDDEN,
    ONCE,
    is_known_relation,
    is_known_type,
    is_program_type,
)
from peerkit_docx.word.opc import CONTENT_TYPES, content_types, relations_of
from peerkit_docx.word.references import reference_problems
from peerkit_docx.word.xmlreading import is_markup

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from peerkit_docx.word.opc import Relation

__all__ = ["foreign_problems"]

_PROGRAMS = ("vbaproject", "/activex/", "/embeddings/", "vbadata")
# What a part may not begin with, whatever it is called and wherever it is from.
_BEGIN = {
    b"PK\x03\x04": "It holds another package",
    b"\xd0\xcf\x11\xe0": "It holds a file of another program, or macros",
    b"MZ": "It holds a program",
    b"\x7fELF": "It holds a program",
}
_ENCODED = re.compile(r"%([0-9A-Fa-f]{2})")
# What need not be written as %XX, and would be another name if it was: RFC 3986, 2.3.
_PLAIN = re.compile(r"[\w.~/\\\x00-]", re.ASCII)
_SAVE = "Open it in Word and save it."


def foreign_problems(package: Mapping[str, bytes], origin: str) -> Iterator[Problem]:
    """
    Yield what the parts of *package* bring with them that a template may not.

    *origin* is what messages call it.

    Raises:
        PeerkitError: If relationships, or what refers to them, are no XML that can be read.
    """
    there = {name.casefold() for name in package}
    types = content_types(package, origin) if CONTENT_TYPES in package else {}
    for name, content in package.items():
        yield from _part_problems(name, content, types.get(name, ""))
        folded = name.casefold()
        if not (folded.endswith(".rels") and "_rels/" in folded):
            continue
        if not name.endswith(".rels") or "_rels/" not in name:
            continue  # it is told that its name is odd
        folder, _, part = name.rpartition("_rels/")
        owner = folder + part.removesuffix(".rels")
        relations = relations_of(package, owner, origin)
        yield from _ambiguous(relations, name)
        for relation in relations:
            yield from _relation_problems(relation, there, name)
        yield from reference_problems(
            package.get(owner, b""), owner, relations, f"{origin}, {owner}"
        )


def _part_problems(name: str, content: bytes, said: str) -> Iterator[Problem]:
    """
    Yield what is wrong with a part by its name, its beginning and its content type.
    """
    folded = name.casefold()
    begun = next((told for head, told in _BEGIN.items() if content.startswith(head)), "")
    if any(one in folded for one in _PROGRAMS) or is_program_type(said):
        yield Problem(
            kind=WORD_PROGRAM,
            message=f"It contains macros or embedded programs ({name}).",
            where=name,
        )
    elif begun:
        yield Problem(kind=WORD_PROGRAM, message=f"{begun} ({name}).", where=name)
    elif said and not is_known_type(said):
        yield Problem(
            kind=WORD_PROGRAM,
            message=f"It brings something along that papers do not need ({name}: {said}).",
            mend="In Word, copy its text into a blank document, and save that as .docx.",
            where=name,
        )
    elif said.endswith(("+xml", "/xml")) and not is_markup(content):
        yield Problem(
            kind=WORD_XML, message="It is said to be XML, and is not.", mend=_SAVE, where=name
        )
    if _is_odd(name):
        # Word takes it for what it is all the same.
        yield Problem(
            kind=WORD_PACKAGE,
            message=f"A part has a name that Word never writes ({name}).",
            where=name,
        )


def _is_odd(name: str) -> bool:
    """
    Tell whether the part *name* is called in a way that others may take for another name.
    """
    folded = name.casefold()
    if folded.endswith(".rels") and "_rels/" in folded:
        return not name.endswith(".rels") or "_rels/" not in name
    return any(_PLAIN.match(chr(int(one, 16))) for one in _ENCODED.findall(name))


def _ambiguous(relations: tuple[Relation, ...], where: str) -> Iterator[Problem]:
    """
    Yield what could lead one reader of the file here, and another there.
    """
    seen: set[str] = set()
    for one in relations:
        kind = one.kind.casefold()
        for name in (f"id {one.id}", f"kind {kind}" if kind in ONCE else ""):
            if name and name in seen:
                yield Problem(
                    kind=WORD_PACKAGE,
                    message=f"Two relationships are the same ({one.id}: {one.kind}).",
                    mend=_SAVE,
                    where=where,
                )
            seen.add(name)


def _relation_problems(relation: Relation, there: set[str], where: str) -> Iterator[Problem]:
    target, kind = relation.target, relation.kind
    if kind.casefold() in FORBIDDEN:
        code, said, mend = FORBIDDEN[kind.casefold()]
        yield Problem(kind=code, message=f"{said} ({target}).", mend=mend, where=where)
    elif relation.external and kind == "hyperlink":
        if not WEB.match(target):
            yield Problem(
                kind=WORD_FETCHES,
                message=f"A link leads to “{target}”, which is neither a web nor a mail address.",
                mend="Take the link out, or begin it with https:// or mailto:.",
                where=where,
            )
    elif relation.external:
        yield Problem(
            kind=WORD_FETCHES,
            message=f"It would fetch something when it is opened ({kind}: {target}).",
            mend="Put pictures into the file itself.",
            where=where,
        )
    elif kind == "hyperlink" and target.startswith("#"):
        return  # to a bookmark
    elif target.startswith(".."):
        yield Problem(
            kind=WORD_FETCHES,
            message=f"It leads out of the file ({kind}: {target}).",
            mend=_SAVE,
            where=where,
        )
    elif target.casefold() not in there:
        yield Problem(
            kind=WORD_FETCHES,
            message=f"It leads to a part that is not there ({kind}: {target}).",
            mend="Open it in Word, take out what is broken, and save it.",
            where=where,
        )
    elif not is_known_relation(relation.type):
        yield Problem(
            kind=WORD_PROGRAM,
            message=f"It brings something along that papers do not need ({relation.type}).",
            mend="In Word, copy its text into a blank document, and save that as .docx.",
            where=where,
        )
