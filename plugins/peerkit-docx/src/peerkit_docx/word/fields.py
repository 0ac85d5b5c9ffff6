"""
Which fields, parts and links a Word file may bring with it: those that fetch nothing.

A field is read as Word reads it, over runs and paragraphs, wherever its namespace is
from. Looks at a template when it is prepared, and again at what was drawn with it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from peerkit.errors import PeerkitError
from peerkit_docx.word.opc import relations_of
from peerkit_docx.word.refusing import begun
from peerkit_docx.word.xmlreading import walk

if TYPE_CHECKING:
    from collections.abc import Mapping

    from peerkit_docx.word.opc import Relation

__all__ = ["FIELDS", "refuse_fetching", "refuse_foreign"]

# Numbers, references and what the file says of itself. Left out on purpose: all that
# fetch, run or make other fields, and clocks, since a paper does not change by itself.
FIELDS = (
    "AUTHOR", "DOCPROPERTY", "HYPERLINK", "KEYWORDS", "LISTNUM", "NOTEREF", "NUMPAGES", "PAGE",
    "PAGEREF", "REF", "SECTION", "SECTIONPAGES", "SEQ", "STYLEREF", "SUBJECT", "TC", "TITLE", "TOC",
)  # fmt: skip

_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*)"|(\\[^\s"])|([^\s"\\]+)|\S')
_WEB = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
_WITH_WORD = frozenset("lotsLOTS*@#")
_ALONE = frozenset("hmnHMN")

_FETCHING = {
    "altChunk": ("puts another document into itself", "Copy its text into the template."),
    "subDoc": ("is made of other documents", "Copy their text into the template."),
    "attachedTemplate": (
        "is attached to another template",
        "In Word, choose Developer, Document Template, and Normal.",
    ),
    "mailMerge": (
        "fetches letters from a list (mail merge)",
        "In Word, make it a normal document.",
    ),
    "OLEObject": ("holds an object of another program", "Put in a picture of it."),
    "control": ("holds a control that runs a program", "Take it out."),
    "movie": ("holds a film", "Take it out."),
}
_DRAWN_OLD = frozenset({"imagedata", "fill", "stroke"})
_KINDS = {
    "aFChunk": _FETCHING["altChunk"],
    "subDocument": _FETCHING["subDoc"],
    "attachedTemplate": _FETCHING["attachedTemplate"],
    "oleObject": _FETCHING["OLEObject"],
    "package": _FETCHING["OLEObject"],
    "control": _FETCHING["control"],
}


def refuse_foreign(package: Mapping[str, bytes], origin: str) -> None:
    """
    Refuse a template with programs, other documents, or links to what is not in it.

    Raises:
        PeerkitError: If so; *origin* is what it calls the template.
    """
    there = {name.casefold() for name in package}
    for name in package:
        folded = name.casefold()
        if "vbaproject" in folded or "/activex/" in folded or "/embeddings/" in folded:
            raise PeerkitError(
                f"{begun(origin)} contains macros or embedded programs ({name}).",
                mend="Take them out; in Word, save it as .docx.",
            )
        if folded.endswith(".rels"):
            folder, _, part = name.rpartition("_rels/")
            for relation in relations_of(package, folder + part.removesuffix(".rels"), origin):
                _refuse_relation(relation, there, f"{origin}, {name}")


def _refuse_relation(relation: Relation, there: set[str], where: str) -> None:
    where, target = begun(where), relation.target
    if relation.kind in _KINDS:
        said, mend = _KINDS[relation.kind]
        raise PeerkitError(f"{where} {said} ({target}).", mend=mend)
    if relation.external and relation.kind == "hyperlink":
        if not _WEB.match(target):
            raise PeerkitError(
                f"{where} has a link to “{target}”, which is neither a web nor a mail address.",
                mend="Take the link out, or begin it with https:// or mailto:.",
            )
    elif relation.external:
        raise PeerkitError(
            f"{where} would fetch something when it is opened ({relation.kind}: {target}).",
            mend="Put pictures into the file itself.",
        )
    elif target.startswith(".."):
        raise PeerkitError(
            f"{where} leads out of the file ({relation.kind}: {target}).",
            mend="Open it in Word and save it.",
        )
    elif target.casefold() not in there:
        raise PeerkitError(
            f"{where} leads to a part that is not there ({relation.kind}: {target}).",
            mend="Open it in Word, take out what is broken, and save it.",
        )


def refuse_fetching(content: bytes, where: str) -> None:
    """
    Refuse a part with a field or an element that fetches, runs or embeds something.

    Raises:
        PeerkitError: If so; *where* is what it calls the part.
    """
    _Part(begun(where)).read(content)


@attrs.define
class _Field:
    """
    A field that has begun; *code* is None once its result is being read.

    One that *is_simple* is an element, and not marks in the text.
    """

    is_simple: bool
    code: list[str] | None = attrs.field(factory=list)


@attrs.define
class _Part:
    """
    One pass over one part.
    """

    where: str
    fields: list[_Field] = attrs.field(factory=list)
    said: list[str] | None = None

    def read(self, content: bytes) -> None:
        walk(content, self.where, start=self.start, end=self.end, text=self.text)
        if self.fields:
            raise self._fault("has a field that never ends")

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        local = name.rpartition(" ")[2]
        own = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        if local in _FETCHING:
            said, mend = _FETCHING[local]
            raise self._fault(f"{said} ({local})", mend)
        if local in _DRAWN_OLD and any(_leads_out(own.get(key, "")) for key in ("src", "href")):
            raise self._fault("has a picture that is fetched", "Put it into the file itself.")
        if local == "fldSimple":
            self._begin(is_simple=True)
            self._refuse(own.get("instr", ""))
            self.fields[-1].code = None
        elif local == "fldChar":
            self._mark(own.get("fldCharType", ""))
        elif local in ("instrText", "delInstrText"):
            self.said = []

    def text(self, text: str) -> None:
        if self.said is not None:
            self.said.append(text)

    def end(self, name: str) -> None:
        local = name.rpartition(" ")[2]
        if local == "fldSimple":
            self._end(is_simple=True)
        elif self.said is not None and local in ("instrText", "delInstrText"):
            said, self.said = "".join(self.said), None
            code = self.fields[-1].code if self.fields else None
            if code is not None:
                code.append(said)
            elif said.strip():
                raise self._fault(f"has a piece of a field that belongs to none: {said.strip()}")

    def _begin(self, *, is_simple: bool) -> None:
        if self.fields and self.fields[-1].code is not None:
            raise self._fault("has a field inside the code of another field")
        self.fields.append(_Field(is_simple))

    def _end(self, *, is_simple: bool) -> None:
        if not self.fields or self.fields[-1].is_simple != is_simple:
            raise self._fault("has a field that does not end where it began")
        self.fields.pop()

    def _mark(self, kind: str) -> None:
        if kind == "begin":
            self._begin(is_simple=False)
            return
        if not self.fields:
            raise self._fault("has a field that never begins")
        field = self.fields[-1]
        if field.code is not None:
            self._refuse("".join(field.code))
            field.code = None
        if kind == "end":
            self._end(is_simple=False)

    def _refuse(self, code: str) -> None:
        words = list(_TOKEN.finditer(code))
        if not words:
            return
        name = (words[0][3] or "").upper()
        if name not in FIELDS:
            raise self._fault(f"has a field that is not allowed: {code.strip()[:80]}", _ALLOWED)
        if name == "HYPERLINK" and not _is_harmless(words[1:]):
            raise self._fault(
                f"has a link that is neither to the web, to mail nor inside the file: {code.strip()[:80]}",
                "Begin it with https:// or mailto:, or take it out.",
            )

    def _fault(self, said: str, mend: str = "In Word, take the field out.") -> PeerkitError:
        return PeerkitError(f"{self.where} {said}.", mend=mend)


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
    return all(target is not None and _WEB.match(target) for target in targets)
