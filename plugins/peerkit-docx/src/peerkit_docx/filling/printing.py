"""
What happens when a tag prints: filters of our own, one for each place a tag can stand in.

All that reaches the paper goes through here, so here it is escaped, and what cannot
stand in its place is refused. The plain text of everyday is looked at once and copied.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar

import attrs
from jinja2.runtime import Undefined
from markupsafe import Markup

from peerkit.errors import PeerkitError
from peerkit_docx.filling.faults import TagError, kind_of
from peerkit_docx.filling.givens import defined
from peerkit_docx.filling.sandbox import Budget
from peerkit_docx.markup.looks import MINIMUM, WHITE, contrast, printed_ink
from peerkit_docx.markup.values import Value
from peerkit_docx.problems import (
    ACCESS_CONTRAST,
    ACCESS_KINDS,
    ACCESS_NO_PICTURE_TEXT,
    TEMPLATE_NO_CELLS,
    TEMPLATE_NO_ROWS,
    TEMPLATE_VALUE,
)
from peerkit_docx.word.xmlwriting import Around, attribute, escaped, in_line, refuse_unfit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from peerkit_docx.markup.blocks import Pen

__all__ = ["Printing"]

_COLOUR = re.compile(r"#?([0-9A-Fa-f]{6})")
_WIDEST = 63  # Word's own limit of columns
_LINE_BREAKS = re.compile(r"\r\n|\r|\x0b")
_NOWHERE = Around()
_LONG = 256  # characters that are not paid for before they are drawn
_KEPT = 64  # characters in a step
_KINDS = {one.code: one for one in (*ACCESS_KINDS, TEMPLATE_NO_ROWS, TEMPLATE_NO_CELLS)}
_EMPTY = {
    "access-empty-heading": "The heading has no words",
    "access-spacing": "The paragraph is empty",
    "access-empty-header": "The column has no heading",
    "access-colour": "The coloured cell has no words",
    "template-no-rows": "The table has no rows",
    "template-no-cells": "The row has no cells",
}
_WITHOUT = {
    "access-spacing": "Put the paragraph between {%p if … %} and {%p endif %}.",
}


@attrs.define(eq=False)
class Printing:
    """
    What one drawing prints. *said* are the texts that were printed into lines of text, and
    *drew* the kinds of values that are more than text.

    With *is_gated*, what could not be read by everyone is refused.
    """

    NAMES: ClassVar[tuple[str, ...]] = (
        " text", " plain", " runs", " blocks", " words", " code", " fill", " count", " picture id",
        " bookmark id", " bookmark end", " bookmark name", " heading", " begin", " mark", " said", " end",
        " hold", " ended", " last", " settle",
    )  # fmt: skip

    pen: Pen
    is_gated: bool = True
    budget: Budget = attrs.field(factory=Budget)
    said: list[str] = attrs.field(factory=list)
    drew: set[type[Value]] = attrs.field(factory=set)
    around: Mapping[int, Around] = attrs.field(factory=dict)
    _tallies: list[int] = attrs.field(factory=list)
    _ends: list[bool] = attrs.field(factory=list)
    _open_marks: dict[object, int] = attrs.field(factory=dict)
    _marked: dict[str, int] = attrs.field(factory=dict)
    _seen: dict[tuple[str, str], float] = attrs.field(factory=dict)

    def filters(self) -> dict[str, Callable[..., Any]]:
        """
        Return the filters, by the names that `placing` gives.
        """
        does = (
            self._text_filter(), self._elsewhere, self._runs, self._blocks, self._words, self._code,
            self._fill,
            self._count, self._picture_id, self._bookmark_id, self._bookmark_end, self._bookmark_name, self._heading,
            self._begin, self._mark, self._counted, self._end, self._hold, self._ended,
            self._last, self._settle,
        )  # fmt: skip
        return dict(zip(self.NAMES, does, strict=True))

    # -- texts ---------------------------------------------------------------------

    def _text_filter(self) -> Callable[[object, int], str]:
        """
        Return the filter that prints in a line of text, by far the busiest.
        """
        say, otherwise = self.said.append, self._text

        def text(value: object, line: int) -> str:
            if value.__class__ is not str or len(value) > _LONG or not value.isprintable():
                return otherwise(value, line)
            plain: str = value
            say(plain)
            if "&" in plain:
                plain = plain.replace("&", "&amp;")
            if "<" in plain:
                plain = plain.replace("<", "&lt;")
            return plain.replace(">", "&gt;") if ">" in plain else plain

        return text

    def _text(self, value: object, line: int) -> str:
        around = self.around.get(line, _NOWHERE)
        if isinstance(value, Value):
            return self._drawn(value, "in a line of text", line, value.in_line, around)
        if type(value) is Markup:  # of a loop that calls itself
            return value
        plain = self._plain(value, line)
        self.said.append(plain)
        return in_line(plain, around)

    def _elsewhere(self, value: object, line: int) -> str:
        """
        Return what is printed in a property or formula, which hold nothing but text.
        """
        if type(value) is Markup:
            return value
        return escaped(self._plain(value, line))

    def _plain(self, value: object, line: int) -> str:
        """
        Return *value*, which must be a text or number, with line breaks made alike.
        """
        value = defined(value)
        if type(value) in (int, float, bool):
            plain = str(value)
        elif isinstance(value, str):
            plain = _LINE_BREAKS.sub("\n", str(value))
        else:
            what = value.called if isinstance(value, Value) else kind_of(value)
            mend = value.instead if isinstance(value, Value) else ""
            raise TagError(
                f"Only a text can be printed, and this is {what}", mend, line, TEMPLATE_VALUE
            )
        self._pay(plain)
        _refuse_unfit(plain, line)
        return plain

    def _pay(self, drawn: str) -> None:
        # What a loop that calls itself has drawn is kept until it is through, and only then
        # counted; so is what stands between two blocks.
        if len(drawn) > _LONG:
            self.budget.spend(steps=len(drawn) // _KEPT)

    # -- what is more than text ----------------------------------------------------

    def _runs(self, value: object, line: int) -> str:
        if isinstance(value, Value):
            around = self.around.get(line, _NOWHERE)
            return self._drawn(value, "as rich text", line, value.as_runs, around)
        if type(value) is Markup:
            return value
        if type(value) is Undefined:  # of an `if` without `else`
            return ""
        raise self._misplaced(
            value, "Only rich text can be drawn by {{r … }}", "Write {{ … }}.", line
        )

    def _blocks(self, value: object, line: int, is_cell: bool) -> str:  # noqa: FBT001 - a filter
        if isinstance(value, Value):
            return self._drawn(
                value, "in place of a paragraph", line, value.as_blocks, is_cell=is_cell
            )
        if type(value) is Markup:
            return value
        if type(value) is Undefined:  # of an `if` without `else`
            return ""
        raise self._misplaced(
            value,
            "Only what is drawn whole can take the place of a paragraph",
            "Write {{ … }}.",
            line,
        )

    def _drawn(
        self, value: Value, where: str, line: int, draw: Callable[..., str | None], *given: Around,
        **named: bool,
    ) -> str:  # fmt: skip
        self.drew.add(type(value))
        try:
            drawn = draw(self.pen, *given, **named)
        except PeerkitError as error:
            if value.knows_place:
                raise
            problem = next(iter(getattr(error, "problems", ())), None)
            kind = problem.kind if problem else TEMPLATE_VALUE
            raise TagError(error.message.removesuffix("."), error.mend, line, kind) from None
        if drawn is None:
            raise TagError(
                f"This is {value.called}, which cannot stand {where}",
                value.instead,
                line,
                TEMPLATE_VALUE,
            )
        self._pay(drawn)
        return drawn

    def _misplaced(self, value: object, said: str, mend: str, line: int) -> TagError:
        defined(value)
        return TagError(f"{said}, and this is {kind_of(value)}", mend, line, TEMPLATE_VALUE)

    # -- inside of start tags and fields -------------------------------------------

    def _words(self, value: object, line: int) -> str:
        plain = self._plain(value, line)
        if self.is_gated and not plain.strip():
            raise TagError(
                "The picture has no alternative text", "Say what it shows.", line,
                ACCESS_NO_PICTURE_TEXT,
            )  # fmt: skip
        return attribute(plain)

    def _code(self, value: object, line: int) -> str:
        return escaped(self._plain(value, line))

    def _fill(self, value: object, line: int, inks: tuple[str, ...]) -> str:
        value = defined(value)
        is_none = value in ("", "auto")
        found = _COLOUR.fullmatch(WHITE if is_none else value) if type(value) is str else None
        if found is None:
            raise TagError(
                f"“{value}” is not a colour" if isinstance(value, str) else
                f"A colour is a text, and this is {kind_of(value)}",
                "Write six hexadecimal digits, such as C6E0B4.", line, TEMPLATE_VALUE,
            )  # fmt: skip
        if self.is_gated:
            for ink in inks:
                self._refuse_faint(ink, found[1], line)
        return "auto" if is_none else found[1]

    def _refuse_faint(self, ink: str, ground: str, line: int) -> None:
        seen = self._seen.get((ink, ground))
        if seen is None:
            known = _COLOUR.fullmatch(printed_ink(ink, ground))
            seen = contrast(known[1], ground) if known else MINIMUM
            self._seen[ink, ground] = seen
        if seen < MINIMUM:
            raise TagError(
                f"The text of the cell ({ink}) stands out from its colour ({ground}) by {seen} to 1 only",
                f"{MINIMUM} to 1 is the least. Use a lighter colour for the cell.",
                line,
                ACCESS_CONTRAST,
            )

    def _count(self, value: object, line: int) -> str:
        defined(value)
        is_digits = isinstance(value, str) and value.isdecimal() and len(value) <= len(str(_WIDEST))
        number = int(str(value)) if is_digits else value
        if type(number) is not int or not 1 <= number <= _WIDEST:
            raise TagError(
                f"A cell spans from 1 to {_WIDEST} columns, not “{value}”", "", line, TEMPLATE_VALUE
            )
        return str(number)

    # -- ids -----------------------------------------------------------------------

    def _picture_id(self, _: object, line: int) -> str:
        del line
        return str(self.pen.id())

    def _bookmark_id(self, key: object, line: int) -> str:
        del line
        self._open_marks[key] = number = self.pen.id()
        return str(number)

    def _bookmark_end(self, key: object, line: int) -> str:
        # One that began in a loop ends once, as its last.
        del line
        return str(self._open_marks.pop(key, None) or self.pen.id())

    def _bookmark_name(self, name: str, line: int) -> str:
        del line
        times = self._marked[name] = self._marked.get(name, 0) + 1
        return attribute(name if times == 1 else f"{name}_{times}")

    # -- what must not be empty ----------------------------------------------------

    def _heading(self, level: int, line: int) -> str:
        if found := self.pen.headings.fault(level):
            kind, message, mend = found
            raise TagError(message, mend, line, kind)
        return ""

    def _begin(self, _: object) -> str:
        self._tallies.append(0)
        return ""

    def _mark(self, _: object) -> str:
        self._tallies[-1] += 1
        return ""

    def _counted(self, drawn: str) -> str:
        """
        Return what was *drawn*, having taken notice if it says anything.
        """
        if drawn and not str(drawn).isspace():
            self._tallies[-1] += 1
        return drawn

    def _end(self, code: str, line: int) -> str:
        if not self._tallies.pop():
            raise TagError(_EMPTY[code], _WITHOUT.get(code, ""), line, _KINDS[code])
        return ""

    def _hold(self, _: object) -> str:
        self._ends.append(False)
        return ""

    def _ended(self, name: str) -> str:
        self._ends[-1] = name == "w:p"
        return ""

    def _last(self, drawn: str) -> str:
        if drawn:
            self._ends[-1] = drawn.endswith(("</w:p>", "<w:p/>"))
        return drawn

    def _settle(self, _: object) -> str:
        return "" if self._ends.pop() else "<w:p/>"


def _refuse_unfit(text: str, line: int) -> None:
    try:
        refuse_unfit(text, "the text")
    except PeerkitError as error:
        raise TagError(error.message.removesuffix("."), error.mend, line, TEMPLATE_VALUE) from None
