"""
Which fields and elements a part may bring with it: those that fetch and run nothing.

A field is read as Word reads it, over runs and paragraphs, wherever its namespace is
from. Looks at a template when it is prepared, and again at what was drawn where a tag
stands in the code of a field.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from peerkit.errors import Problem
from peerkit_docx.problems import WORD_FETCHES, WORD_FIELD, WORD_PROGRAM
from peerkit_docx.word.spots import Spots
from peerkit_docx.word.xmlreading import walk

if TYPE_CHECKING:
    from collections.abc import Mapping

    from peerkit.errors import ProblemKind

__all__ = ["FIELDS", "WEB", "field_problems"]

# Numbers, references and what the file says of itself. Left out on purpose: all that
# fetch, run or make other fields, and clocks, since a paper does not change by itself.
FIELDS = (
    "AUTHOR", "DOCPROPERTY", "HYPERLINK", "KEYWORDS", "LISTNUM", "NOTEREF", "NUMPAGES", "PAGE",
    "PAGEREF", "REF", "SECTION", "SECTIONPAGES", "SEQ", "STYLEREF", "SUBJECT", "TC", "TITLE", "TOC",
)  # fmt: skip

_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*)"|(\\[^\s"])|([^\s"\\]+)|\S')
WEB = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
_WITH_WORD = frozenset("lotsLOTS*@#")
_ALONE = frozenset("hmnHMN")

# What an element is, and what to do about it, by its local name.
_ELEMENTS: Mapping[str, tuple[ProblemKind, str, str]] = {
    "altChunk": (
        WORD_FETCHES, "Another document is put in here", "Copy its text into the template.",
    ),
    "subDoc": (
        WORD_FETCHES, "This is made of other documents", "Copy their text into the template.",
    ),
    "attachedTemplate": (
        WORD_FETCHES, "It is attached to another template",
        "In Word, choose Developer, Document Template, and Normal.",
    ),
    "mailMerge": (
        WORD_FETCHES, "It fetches letters from a list (mail merge)",
        "In Word, make it a normal document.",
    ),
    "frameset": (WORD_FETCHES, "It shows other files in frames", "Take the frames out."),
    "OLEObject": (WORD_PROGRAM, "It holds an object of another program", "Put in a picture of it."),
    "control": (WORD_PROGRAM, "It holds a control that runs a program", "Take it out."),
    "movie": (WORD_PROGRAM, "It holds a film", "Take it out."),
}  # fmt: skip
_DRAWN_OLD = frozenset({"imagedata", "fill", "stroke"})
_CODES = ("fldSimple", "fldChar", "instrText", "delInstrText")
# What has none of these elements need not be looked at one by one. A NUL tells of two
# bytes to a letter, where the names would not be seen.
_OF_NOTE = re.compile(
    rb"[<:](?:%s)[\s/>]|\0"
    % b"|".join(name.encode() for name in (*_ELEMENTS, *_DRAWN_OLD, *_CODES))
)
_WORDS = frozenset({"t", "delText"})


@attrs.define
class _Field:
    """
    A field that has begun; *code* is None once its result is being read.

    One that *is_simple* is an element, and not marks in the text.
    """

    is_simple: bool
    code: list[str] | None = attrs.field(factory=list)


def field_problems(
    content: bytes, part: str, file: str, *, is_template: bool = False
) -> tuple[Problem, ...]:
    """
    Return what is wrong with the fields and elements of the part *content*.

    *part* is what places call it, *file* what a fault of its XML calls it. Of a template,
    a field's code may have tags; what they make of it is seen when it was drawn.

    Raises:
        PeerkitError: If it is no XML that can be read.
    """
    if not _OF_NOTE.search(content):
        walk(content, file)
        return ()
    reading = _Part(Spots(part), is_template)
    walk(content, file, start=reading.start, end=reading.end, text=reading.text)
    if reading.fields:
        reading.tell("A field never ends")
    return tuple(reading.found)


@attrs.define
class _Part:
    """
    One pass over one part.
    """

    spots: Spots
    is_template: bool = False
    fields: list[_Field] = attrs.field(factory=list)
    said: list[str] | None = None
    shown: bool = False
    found: list[Problem] = attrs.field(factory=list)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        local = name.rpartition(" ")[2]
        own = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        self.spots.enter(local)
        if local == "pStyle":
            self.spots.style(own.get("val", ""))
        if local in _ELEMENTS:
            kind, said, mend = _ELEMENTS[local]
            self.tell(f"{said} ({local})", mend, kind)
        if local in _DRAWN_OLD and any(_leads_out(own.get(key, "")) for key in ("src", "href")):
            self.tell("A picture is fetched", "Put it into the file itself.", WORD_FETCHES)
        if local == "fldSimple":
            self._begin(is_simple=True)
            self._judge(own.get("instr", ""))
            self.fields[-1].code = None
        elif local == "fldChar":
            self._mark(own.get("fldCharType", ""))
        elif local in ("instrText", "delInstrText"):
            self.said = []
        self.shown = local in _WORDS

    def text(self, text: str) -> None:
        if self.said is not None:
            self.said.append(text)
        elif self.shown:
            self.spots.text(text)

    def end(self, name: str) -> None:
        local = name.rpartition(" ")[2]
        self.shown = False
        self.spots.leave(local)
        if local == "fldSimple":
            self._end(is_simple=True)
        elif self.said is not None and local in ("instrText", "delInstrText"):
            said, self.said = "".join(self.said), None
            code = self.fields[-1].code if self.fields else None
            if code is not None:
                code.append(said)
            elif said.strip():
                self.tell("A piece of a field belongs to none", excerpt=said)

    def _begin(self, *, is_simple: bool) -> None:
        if self.fields and self.fields[-1].code is not None:
            self.tell("A field stands inside the code of another field")
        self.fields.append(_Field(is_simple))

    def _end(self, *, is_simple: bool) -> None:
        if not self.fields or self.fields[-1].is_simple != is_simple:
            self.tell("A field does not end where it began")
        if self.fields:
            self.fields.pop()

    def _mark(self, kind: str) -> None:
        if kind == "begin":
            self._begin(is_simple=False)
            return
        if not self.fields:
            self.tell("A field ends or goes on that never began")
            return
        field = self.fields[-1]
        if field.code is not None:
            self._judge("".join(field.code))
            field.code = None
        if kind == "end":
            self._end(is_simple=False)

    def _judge(self, code: str) -> None:
        words = list(_TOKEN.finditer(code))
        if not words:
            return
        name = (words[0][3] or "").upper()
        if name not in FIELDS:
            self.tell("A field is not allowed", _ALLOWED, excerpt=code)
        elif self.is_template and "{" in code:
            return
        elif name == "HYPERLINK" and not _is_harmless(words[1:]):
            self.tell(
                "A link leads neither to the web, to mail nor inside the file",
                "Begin it with https:// or mailto:, or take it out.",
                excerpt=code,
            )

    def tell(
        self, message: str, mend: str = "", kind: ProblemKind = WORD_FIELD, *, excerpt: str = ""
    ) -> None:
        shown = " ".join(excerpt.split())[:80]
        about = f": {shown}" if shown else ""
        self.found.append(
            Problem(
                kind=kind, message=f"{message}{about}.", mend=mend, where=self.spots.spot,
                excerpt=shown,
            )
        )  # fmt: skip


_ALLOWED = f"Allowed are {', '.join(FIELDS)}."


def _leads_out(target: str) -> bool:
    return ":" in target or target.startswith(("/", "\\"))


def _is_harmless(words: list[re.Match[str]]) -> bool:
    """
    Tell whether the *words* behind HYPERLINK lead to the web, to mail or to a bookmark.
    """
    targets: list[str | None] = []
    is_inside = False
    waiting = iter(words)
    for word in waiting:
        quoted, switch, bare = word.groups()
        if switch and switch[1] in _WITH_WORD:
            value = next(waiting, None)
            if value is None or value[2] or value[0] == '"':
                return False
            is_inside = is_inside or switch[1] in "lL"
        elif switch and switch[1] not in _ALONE:
            return False
        elif not switch:
            targets.append(bare if quoted is None else quoted)
    if len(targets) > 1 or not (targets or is_inside):
        return False
    return all(target is not None and WEB.match(target) for target in targets)
