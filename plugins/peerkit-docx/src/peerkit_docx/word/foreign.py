"""
What a Word file as a whole may bring with it: no programs, no other files, no far places.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from peerkit.errors import Problem
from peerkit_docx.problems import WORD_FETCHES, WORD_PACKAGE, WORD_PROGRAM
from peerkit_docx.word.fields import WEB
from peerkit_docx.word.opc import CONTENT_TYPES, content_types, relations_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from peerkit.errors import ProblemKind
    from peerkit_docx.word.opc import Relation

__all__ = ["foreign_problems"]

# What a relationship leads to, and what to do about it, by the last word of its kind.
_KINDS: Mapping[str, tuple[ProblemKind, str, str]] = {
    "aFChunk": (
        WORD_FETCHES, "Another document is put into it", "Copy its text into the template.",
    ),
    "subDocument": (
        WORD_FETCHES, "It is made of other documents", "Copy their text into the template.",
    ),
    "attachedTemplate": (
        WORD_FETCHES, "It is attached to another template",
        "In Word, choose Developer, Document Template, and Normal.",
    ),
    "oleObject": (WORD_PROGRAM, "It holds an object of another program", "Put in a picture of it."),
    "package": (WORD_PROGRAM, "It holds an object of another program", "Put in a picture of it."),
    "control": (WORD_PROGRAM, "It holds a control that runs a program", "Take it out."),
    "vbaProject": (WORD_PROGRAM, "It holds macros", "In Word, save it as .docx."),
    "wordVbaData": (WORD_PROGRAM, "It holds macros", "In Word, save it as .docx."),
    "attachedToolbars": (WORD_PROGRAM, "It holds toolbars with macros", "In Word, save it as .docx."),
    "activeXControlBinary": (WORD_PROGRAM, "It holds a control that runs a program", "Take it out."),
}  # fmt: skip
_PROGRAMS = ("vbaproject", "/activex/", "/embeddings/", "vbadata")
_PROGRAM_TYPES = ("vba", "activex", "oleobject", "macroenabled", "attachedtoolbars")
_ZIP = b"PK\x03\x04"


def foreign_problems(package: Mapping[str, bytes], origin: str) -> Iterator[Problem]:
    """
    Yield what the parts of *package* bring with them that a template may not.

    *origin* is what messages call it.

    Raises:
        PeerkitError: If relationships are no XML that can be read.
    """
    there = {name.casefold() for name in package}
    types = content_types(package, origin) if CONTENT_TYPES in package else {}
    for name, content in package.items():
        folded = name.casefold()
        said = types.get(name, "").casefold()
        if any(one in folded for one in _PROGRAMS) or any(one in said for one in _PROGRAM_TYPES):
            yield Problem(
                kind=WORD_PROGRAM,
                message=f"It contains macros or embedded programs ({name}).",
                where=name,
            )
        elif content.startswith(_ZIP):
            yield Problem(
                kind=WORD_PROGRAM, message=f"It holds another package ({name}).", where=name
            )
        if folded.endswith(".rels") and "_rels/" in folded:
            if not name.endswith(".rels") or "_rels/" not in name:
                # Word takes it for what it is all the same.
                yield Problem(
                    kind=WORD_PACKAGE,
                    message=f"A part has a name that Word never writes ({name}).",
                    where=name,
                )
                continue
            folder, _, part = name.rpartition("_rels/")
            for relation in relations_of(package, folder + part.removesuffix(".rels"), origin):
                yield from _relation_problems(relation, there, name)


def _relation_problems(relation: Relation, there: set[str], where: str) -> Iterator[Problem]:
    target = relation.target
    if relation.kind in _KINDS:
        kind, said, mend = _KINDS[relation.kind]
        yield Problem(kind=kind, message=f"{said} ({target}).", mend=mend, where=where)
    elif relation.external and relation.kind == "hyperlink":
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
            message=f"It would fetch something when it is opened ({relation.kind}: {target}).",
            mend="Put pictures into the file itself.",
            where=where,
        )
    elif target.startswith(".."):
        yield Problem(
            kind=WORD_FETCHES,
            message=f"It leads out of the file ({relation.kind}: {target}).",
            mend="Open it in Word and save it.",
            where=where,
        )
    elif target.casefold() not in there:
        yield Problem(
            kind=WORD_FETCHES,
            message=f"It leads to a part that is not there ({relation.kind}: {target}).",
            mend="Open it in Word, take out what is broken, and save it.",
            where=where,
        )
