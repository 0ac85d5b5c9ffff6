"""
What a reader sees in a Word file: its paragraphs, without hidden text and codes of fields.

Kept out: all else that can be found in a file; see `texts`.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import attrs

from peerkit_docx.word.elements import WORDS
from peerkit_docx.word.texts import PARAGRAPHS, SIGNS, TEXTS
from peerkit_docx.word.xmlreading import is_markup, walk

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

__all__ = ["Hiding", "hiding_of", "is_on", "seen_in"]

_OFF = ("0", "false", "off")
_W = WORDS[0]
_CHOICES = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_GONE = frozenset(f"{_W} {name}" for name in ("del", "moveFrom"))


def is_on(attributes: Mapping[str, str]) -> bool:
    """
    Tell whether a property that is there is on: it is, unless it says otherwise.
    """
    values = (attributes.get(f"{space} val") for space in WORDS)
    return next((one for one in values if one is not None), "1") not in _OFF


@attrs.frozen
class Hiding:
    """
    The ids of the *styles* whose text is hidden. *is_default* if text without a style is.
    """

    styles: frozenset[str] = frozenset()
    is_default: bool = False


def hiding_of(styles: bytes, where: str) -> Hiding:
    """
    Return which of *styles*, a whole part, hide their text; messages call it *where*.

    Raises:
        PeerkitError: If it is no XML that can be read.
    """
    if b"vanish" not in styles and b"\0" not in styles:
        return Hiding()
    reading = _Styles()
    walk(styles, where, start=reading.start, end=reading.end)
    hidden = frozenset(one for one in reading.above if reading.hides(one))
    return Hiding(hidden, reading.hides(reading.default))


@attrs.define
class _Styles:
    """
    One pass over the styles: what each is based on, and whether it says that text is hidden.
    """

    above: dict[str, str] = attrs.field(factory=dict)
    said: dict[str, bool] = attrs.field(factory=dict)
    default: str = ""
    current: str = ""
    names: list[str] = attrs.field(factory=list)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        local = name.rpartition(" ")[2]
        own = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        if local == "style":
            self.current = own.get("styleId", "")
            self.above[self.current] = ""
            if own.get("type") == "paragraph" and own.get("default", "0") not in _OFF:
                self.default = self.current
        elif local == "basedOn" and self.current:
            self.above[self.current] = own.get("val", "")
        elif local == "vanish" and self.names[-1:] == ["rPr"] and self.names[-2:-1] != ["pPr"]:
            self.said[self.current] = is_on(attributes)
        self.names.append(local)

    def end(self, name: str) -> None:
        self.names.pop()
        if name.endswith(" style"):
            self.current = ""

    def hides(self, style: str) -> bool:
        """
        Tell whether *style*, or what it is based on, hides text; the defaults come last.
        """
        seen: set[str] = set()
        while style and style not in seen:
            if style in self.said:
                return self.said[style]
            seen.add(style)
            style = self.above.get(style, "")
        return self.said.get("", False)


def seen_in(
    package: Mapping[str, bytes], parts: Iterable[str], hiding: Hiding, origin: str
) -> tuple[str, ...]:
    """
    Return the paragraphs that a reader sees in *parts* of *package*, which all are shown.

    Line breaks and tabs are characters. *origin* is what messages call the package.

    Raises:
        PeerkitError: If a part is no XML that can be read.
    """
    found: list[str] = []
    for part in dict.fromkeys(parts):
        content = package.get(part, b"")
        if is_markup(content):
            reading = _Reading(hiding, [found])
            walk(
                content,
                f"{origin}, {part}",
                start=reading.start,
                end=reading.end,
                text=reading.text,
            )
    return tuple(found)


@attrs.define
class _Paragraph:
    is_hidden: bool
    choices: int
    words: list[str] = attrs.field(factory=list)


@attrs.define
class _Choice:
    """
    Several choices for one thing, of which a reader sees one.
    """

    found: list[list[str]] = attrs.field(factory=list)
    has_fallback: bool = False

    def seen(self) -> Collection[str]:
        """
        Return what is seen whichever is chosen: what all have in common.
        """
        if not self.has_fallback:
            return ()
        common = Counter(self.found[0])
        for one in self.found[1:]:
            common &= Counter(one)
        return tuple(common.elements())


@attrs.define
class _Reading:
    """
    One pass over one part. *found* are the lists that are being filled, the innermost last.
    """

    hiding: Hiding
    found: list[list[str]]
    paragraphs: list[_Paragraph] = attrs.field(factory=list)
    names: list[str] = attrs.field(factory=list)
    said: list[str] = attrs.field(factory=list)
    is_run_hidden: list[bool] = attrs.field(factory=list)
    tables: list[bool] = attrs.field(factory=list)
    codes: list[bool] = attrs.field(factory=list)
    choices: list[_Choice] = attrs.field(factory=list)
    gone: int = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        above = self.names[-1] if self.names else ""
        self.names.append(name)
        self.said.clear()
        if name in PARAGRAPHS:
            is_word = name.startswith(_W)
            self.paragraphs.append(
                _Paragraph(is_word and self.hiding.is_default, len(self.choices))
            )
        elif name in _GONE and not above.endswith("Pr"):
            self.gone += 1
        elif name in SIGNS and not above.endswith(" tabs"):
            self._add(SIGNS[name])
        elif space == _CHOICES:
            self._choose(local)
        elif space == _W:
            self._word(local, above.rpartition(" ")[2], attributes)

    def _word(self, local: str, above: str, attributes: Mapping[str, str]) -> None:
        value = attributes.get(f"{_W} val", "")
        if local == "r":
            hidden = self.paragraphs[-1].is_hidden if self.paragraphs else False
            self.is_run_hidden.append(hidden)
        elif local == "tbl":
            self.tables.append(False)
        elif (local, above) == ("tblStyle", "tblPr") and self.tables:
            self.tables[-1] = value in self.hiding.styles
        elif (local, above) == ("pStyle", "pPr") and self.paragraphs:
            if self.names[-3:-2] and self.names[-3] in PARAGRAPHS:
                self.paragraphs[-1].is_hidden = value in self.hiding.styles
        elif above == "rPr" and self.names[-3:-2] == [f"{_W} r"]:
            self._look(local, value, attributes)
        elif local == "fldChar":
            self._mark(attributes.get(f"{_W} fldCharType", ""))

    def _look(self, local: str, value: str, attributes: Mapping[str, str]) -> None:
        """
        Take notice of a property of a run; what it says itself goes before its style.
        """
        if local == "rStyle":
            self.is_run_hidden[-1] |= value in self.hiding.styles
        elif local == "vanish":
            self.is_run_hidden[-1] = is_on(attributes)

    def _mark(self, kind: str) -> None:
        if kind == "begin":
            self.codes.append(True)
        elif self.codes and kind == "separate":
            self.codes[-1] = False
        elif self.codes and kind == "end":
            self.codes.pop()

    def _choose(self, local: str) -> None:
        if local == "AlternateContent":
            self.choices.append(_Choice())
        elif self.choices:
            self.choices[-1].has_fallback |= local == "Fallback"
            self.found.append([])

    def text(self, text: str) -> None:
        self.said.append(text)

    def end(self, name: str) -> None:
        above = self.names[-2] if len(self.names) > 1 else ""
        if name in TEXTS and self.said:
            self._add("".join(self.said))
        elif name.endswith("/math t") and self.said and self._is_seen:
            self.found[-1].append("".join(self.said))
        self.names.pop()
        self.said.clear()
        if name in PARAGRAPHS:
            if whole := "".join(self.paragraphs.pop().words):
                self.found[-1].append(whole)
        elif name in _GONE and not above.endswith("Pr"):
            self.gone -= 1
        elif name == f"{_W} r":
            self.is_run_hidden.pop()
        elif name == f"{_W} tbl":
            self.tables.pop()
        elif name == f"{_CHOICES} AlternateContent":
            self.found[-1].extend(self.choices.pop().seen())
        elif name.startswith(_CHOICES) and self.choices:
            self.choices[-1].found.append(self.found.pop())

    @property
    def _is_seen(self) -> bool:
        hidden = any((*self.is_run_hidden, *self.tables, *self.codes))
        return not hidden and not self.gone

    def _add(self, words: str) -> None:
        if not self.paragraphs or not self._is_seen:
            return
        if self.paragraphs[-1].choices == len(self.choices):  # else it may be seen, or not
            self.paragraphs[-1].words.append(words)
