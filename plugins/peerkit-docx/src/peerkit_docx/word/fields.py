"""
Which fields a part may bring with it: those that fetch and run nothing.

A field is read as Word reads it, over runs and paragraphs. Where Word and others could
read it otherwise than it is read here, it is refused. Looks at a template when it is
prepared, and again at what was drawn where a tag stands in the code of a field.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from peerkit.errors import Problem
from peerkit_docx.problems import WORD_FIELD
from peerkit_docx.word.elements import NOTED, WEB, WORDS, element_faults
from peerkit_docx.word.spots import Spots
from peerkit_docx.word.xmlreading import walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from peerkit.errors import ProblemKind

__all__ = ["FIELDS", "WEB", "field_problems"]

# Numbers, references and what the file says of itself. Left out on purpose: all that
# fetch, run or make other fields, and clocks, since a paper does not change by itself.
FIELDS = (
    "AUTHOR", "DOCPROPERTY", "HYPERLINK", "KEYWORDS", "LISTNUM", "NOTEREF", "NUMPAGES", "PAGE",
    "PAGEREF", "REF", "SECTION", "SECTIONPAGES", "SEQ", "STYLEREF", "SUBJECT", "TC", "TITLE", "TOC",
)  # fmt: skip

_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*)"|(\\[^\s"])|([^\s"\\]+)|\S')
_TAG = re.compile(r"\{[{%]")
_WITH_WORD = frozenset("lotsLOTS*@#")
_ALONE = frozenset("hmnHMN")
_MARKS = frozenset({"begin", "separate", "end"})

_CODES = frozenset({"instrText", "delInstrText"})
_PIECES = frozenset({"fldSimple", "fldChar", *_CODES})
_SHOWN = frozenset({"t", "delText"})
_BLANKS = frozenset({"tab", "br", "cr"})
_DELETED = frozenset({"del", "moveFrom"})
_INSERTED = frozenset({"ins", "moveTo"})
_CHOICES = frozenset({"Choice", "Fallback"})

# What has none of these elements need not be looked at one by one.
_OF_NOTE = re.compile(
    rb"[<:](?:%s)[\s/>]" % b"|".join(name.encode() for name in sorted({*_PIECES, *NOTED}))
)
_LEADS = re.compile(rb"href\s*=")

# What a field may stand in. Word passes over the elements of namespaces that it does not
# know, with all that is in them, if the file says so; then a field would be another one.
_CHOOSING = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_AROUND = frozenset({
    *WORDS,
    _CHOOSING,
    "http://schemas.openxmlformats.org/drawingml/2006/main",
    "http://schemas.openxmlformats.org/drawingml/2006/lockedCanvas",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "http://purl.oclc.org/ooxml/drawingml/main",
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "urn:schemas-microsoft-com:office:office",
    "urn:schemas-microsoft-com:vml",
})  # fmt: skip


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
    if not _is_of_note(content):
        walk(content, file)
        return ()
    reading = _Part(Spots(part), is_template)
    walk(content, file, start=reading.start, end=reading.end, text=reading.text)
    if reading.fields:
        reading.tell("A field never ends")
    return tuple(reading.found)


def _is_of_note(content: bytes) -> bool:
    # A NUL tells of two bytes to a letter, where names would not be seen. Each is looked
    # for alone: one expression for all takes four times as long.
    return bool(b"\0" in content or _OF_NOTE.search(content) or _LEADS.search(content))


@attrs.frozen
class _Changed:
    """
    Whether something is tracked as deleted, and as inserted.
    """

    deleted: bool
    inserted: bool


@attrs.define
class _Field:
    """
    A field that has begun, its *code* in pieces. Once its result is read, *is_coded*.

    One that *is_simple* is an element, and not marks in the text.
    """

    is_simple: bool
    changed: _Changed
    code: list[tuple[str, _Changed]] = attrs.field(factory=list)
    is_coded: bool = False


@attrs.define
class _Part:
    """
    One pass over one part.

    *said* is the text of the piece of code that is being read. *unknown* counts the open
    elements that Word may pass over, *changes* those of tracked changes. *choices* are
    what was open where each choice began.
    """

    spots: Spots
    is_template: bool = False
    fields: list[_Field] = attrs.field(factory=list)
    said: list[str] | None = None
    shown: bool = False
    unknown: int = 0
    changes: dict[str, int] = attrs.field(factory=lambda: dict.fromkeys((*_DELETED, *_INSERTED), 0))
    choices: list[tuple[int, bool]] = attrs.field(factory=list)
    found: list[Problem] = attrs.field(factory=list)

    # -- elements as they come by --------------------------------------------------

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        self.spots.enter(local)
        if local == "pStyle":
            self.spots.style(next(_values(attributes, "val"), ""))
        for kind, said, mend in element_faults(name, attributes):
            self.tell(said, mend, kind)
        if self.said is not None:
            self.tell("Something else stands inside the code of a field", excerpt=local)
        if local in self.changes:
            self.changes[local] += 1
        is_word = space in WORDS
        if local in _PIECES:
            self._piece(local, attributes)
        elif self.in_code and is_word and local in _SHOWN:
            self.said = []
        elif self.in_code and is_word:
            self._sign(local)
        if (local in _PIECES or self.said is not None) and (self.unknown or not is_word):
            self.tell("A piece of a field stands where Word may pass over it", excerpt=local)
        if space == _CHOOSING:
            self._choose(local)
        self.unknown += space not in _AROUND
        self.shown = local in _SHOWN

    def text(self, text: str) -> None:
        if self.said is not None:
            self.said.append(text)
        elif self.shown:
            self.spots.text(text)

    def end(self, name: str) -> None:
        space, _, local = name.rpartition(" ")
        self.shown = False
        self.spots.leave(local)
        self.unknown -= space not in _AROUND
        if local == "fldSimple":
            self._end(is_simple=True)
        elif self.said is not None and (local in _CODES or local in _SHOWN):
            self._said(local)
        if local in self.changes:
            self.changes[local] -= 1
        if space == _CHOOSING and local in _CHOICES and self.choices.pop() != self._open:
            self.tell("A field begins in one of several choices and ends outside of it")

    # -- fields --------------------------------------------------------------------

    @property
    def in_code(self) -> bool:
        """
        Whether the code of a field is open; all text is code then, however it is marked.
        """
        return bool(self.fields) and not self.fields[-1].is_coded

    @property
    def _open(self) -> tuple[int, bool]:
        return len(self.fields), self.in_code

    @property
    def _changed(self) -> _Changed:
        return _Changed(
            any(self.changes[one] for one in _DELETED), any(self.changes[one] for one in _INSERTED)
        )

    def _piece(self, local: str, attributes: Mapping[str, str]) -> None:
        if local == "fldSimple":
            self._begin(is_simple=True)
            for code in _values(attributes, "instr"):
                self._judge(code, is_filled=False)
            self.fields[-1].is_coded = True
        elif local == "fldChar":
            kinds = set(_values(attributes, "fldCharType"))
            if len(kinds) == 1 and kinds <= _MARKS:
                self._mark(kinds.pop())
            else:
                self.tell("A field has a mark that Word does not write")
        else:
            self.said = []

    def _sign(self, local: str) -> None:
        if local in _BLANKS:
            self.fields[-1].code.append((" ", self._changed))
        elif local == "sym":
            self.tell("A sign of another font stands in the code of a field")

    def _said(self, local: str) -> None:
        said, self.said = "".join(self.said or ()), None
        changed = self._changed
        if local.startswith("del"):
            changed = attrs.evolve(changed, deleted=True)
        if self.in_code:
            self.fields[-1].code.append((said, changed))
        elif said.strip():
            self.tell("A piece of a field belongs to none", excerpt=said)

    def _choose(self, local: str) -> None:
        if local in _CHOICES:
            self.choices.append(self._open)
        if self.in_code:
            self.tell("The code of a field has several choices")

    def _begin(self, *, is_simple: bool) -> None:
        if self.in_code:
            self.tell("A field stands inside the code of another field")
        self.fields.append(_Field(is_simple, self._changed))

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
        if field.changed != self._changed:
            self.tell("A field is changed in part", "In Word, accept or reject all changes.")
        if not field.is_coded:
            field.is_coded = True
            for code in _codes(field):
                self._judge(code, is_filled=not any(one.deleted for _, one in field.code))
        elif kind == "separate":
            self.tell("The result of a field begins twice")
        if kind == "end":
            self._end(is_simple=False)

    def _judge(self, code: str, *, is_filled: bool) -> None:
        words = list(_TOKEN.finditer(code))
        if not words:
            return
        name = (words[0][3] or "").upper()
        if name not in FIELDS:
            self.tell("A field is not allowed", _ALLOWED, excerpt=code)
        elif self.is_template and is_filled and _TAG.search(code):
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


def _values(attributes: Mapping[str, str], name: str) -> Iterator[str]:
    """
    Yield every value that is given for *name*, in whichever namespace.

    Whoever reads the file may take the one or the other.
    """
    return (value for key, value in attributes.items() if key.rpartition(" ")[2] == name)


def _codes(field: _Field) -> dict[str, None]:
    """
    Return what the code of *field* is, and would be without tracked changes.
    """
    code = field.code
    return dict.fromkeys((
        "".join(said for said, _ in code),
        "".join(said for said, one in code if not one.deleted),
        "".join(said for said, one in code if not one.inserted),
    ))  # fmt: skip


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
