"""
Where each tag of a source stands, and by that what it may print.

Works on Jinja's tree. It proves that whatever a loop repeats and a question leaves out,
every element that begins also ends; that is why what was drawn need not be parsed
again. Where a paragraph, a table or a cell may turn out empty, marks are put in that
tell so when it does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
from jinja2 import nodes

from peerkit_docx.filling.costing import through
from peerkit_docx.filling.faults import TagError, both_ends
from peerkit_docx.filling.scanning import (
    Close,
    Open,
    Position,
    Scanner,
    Words,
    attribute_of,
)
from peerkit_docx.filling.sources import BRACES_BACK
from peerkit_docx.filling.surveying import HOLDERS, Survey, survey
from peerkit_docx.problems import TEMPLATE_BRANCHES, TEMPLATE_PLACE
from peerkit_docx.word.xmlreading import walk
from peerkit_docx.word.xmlwriting import Around, attribute

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from peerkit_docx.filling.scanning import Element
    from peerkit_docx.markup.looks import Looks

__all__ = ["BLOCKS", "Placed", "place"]

BLOCKS = ("w:body", *HOLDERS)
_RUNS = ("w:p", "w:hyperlink", "w:ins", "w:fldSimple", "w:smartTag")
_TEXTS = ("w:t", "m:t", "a:t")
_PROPERTIES = ("cp:coreProperties", "Properties")
_FIELDS = ("w:fldChar", "w:fldSimple", "w:instrText", "w:delInstrText")
_THROUGH = ("w:sdtContent", "w:sdt", "w:customXml")

# What is printed inside start tags, by element and attribute.
_ATTRIBUTES = {
    ("w:shd", "w:fill"): " fill",
    ("w:gridSpan", "w:val"): " count",
    ("wp:docPr", "id"): " picture id",
    ("w:bookmarkStart", "w:id"): " bookmark id",
    ("w:bookmarkEnd", "w:id"): " bookmark end",
    ("w:bookmarkStart", "w:name"): " bookmark name",
    ("wp:docPr", "descr"): " words",
    ("wp:docPr", "title"): " words",
    ("pic:cNvPr", "descr"): " words",
    ("pic:cNvPr", "title"): " words",
    ("v:shape", "alt"): " words",
    ("w:hyperlink", "w:tooltip"): " words",
    ("w:tblCaption", "w:val"): " words",
    ("w:tblDescription", "w:val"): " words",
}
_LEVELS = ("w:pStyle", "w:outlineLvl")
_ONCE = (" bookmark id", " bookmark end", " bookmark name")


@attrs.frozen
class Placed:
    """
    A tree in which every tag prints what can stand in its place.

    *around* are the properties that surround the tag of a line. *is_grid_loose* tells
    whether columns of a table may have to be counted again, *has_code* whether a field
    may turn out another than it is. *always* are the paragraphs without tags that are drawn
    whatever happens.
    """

    tree: nodes.Template
    around: Mapping[int, Around]
    is_grid_loose: bool
    has_code: bool
    always: tuple[str, ...]


def place(parsed: nodes.Template, looks: Looks, *, is_main: bool, is_gated: bool) -> Placed:
    """
    Return *parsed*, which has no costs yet, with its tags placed.

    With *is_gated*, what must not be empty for the sake of its readers is watched in the part
    that *is_main*. There, headings are counted.

    Raises:
        TagError: If a tag or block stands where it would damage the file.
    """
    is_watched = is_main and is_gated
    found = survey(parsed, looks, is_watched=is_watched)
    placing = _Placing(found, looks, is_counted=is_main)
    placing.body(parsed.body)
    if placing.scanner.stack or placing.scanner.pending:
        raise TagError("The tags leave something open", "", 1, TEMPLATE_BRANCHES)
    # Every block once, one behind the other, read by the real parser: then any choice and
    # any number of them is well-formed, too, since each ends as it began.
    walk("".join(placing.seen).encode(), "the template, filled")
    return Placed(
        parsed, placing.around, found.is_grid_loose, placing.has_code, tuple(found.always)
    )


@attrs.define(eq=False)
class _Placing:
    """
    The pass that puts filters of our own round whatever is printed.
    """

    survey: Survey
    looks: Looks
    is_counted: bool
    scanner: Scanner = attrs.field(factory=Scanner)
    around: dict[int, Around] = attrs.field(factory=dict)
    loops: list[tuple[nodes.For, tuple[object, ...]]] = attrs.field(factory=list)
    properties: dict[str, str] = attrs.field(factory=lambda: {"w:pPr": "", "w:rPr": ""})
    collecting: list[tuple[str, list[str]]] = attrs.field(factory=list)
    seen: list[str] = attrs.field(factory=list)
    codes: list[bool] = attrs.field(factory=list)
    line: int = 1
    level: int = 0
    has_code: bool = False

    # -- blocks --------------------------------------------------------------------

    def body(self, several: Iterable[nodes.Node]) -> None:
        for node in several:
            match node:
                case nodes.Output():
                    self.line = node.lineno
                    placed = [one for child in node.nodes for one in self._child(child)]
                    node.nodes = placed
                case nodes.For():
                    self._loop(node)
                case nodes.If():
                    for arm in (node.body, *(one.body for one in node.elif_), node.else_):
                        self._arm(node, arm)
                case nodes.With():
                    self.body(node.body)

    def _loop(self, node: nodes.For) -> None:
        self.loops.append((node, self.scanner.state))
        self._arm(node, node.body)
        self.loops.pop()
        self._arm(node, node.else_)

    def _arm(self, node: nodes.Node, several: list[nodes.Node]) -> None:
        """
        Place what may be left out or repeated, which must end as it began.
        """
        before = self.scanner.state
        value = self.scanner.pending
        self.scanner.depth += 1
        self.body(several)
        self.scanner.depth -= 1
        after = self.scanner.state
        if before != after or (value and not self.scanner.pending.startswith(value)):
            word = "for" if isinstance(node, nodes.For) else "if"
            raise TagError(
                f"The block ends in another place than it begins, so {{% end{word} %}} does "
                "not fit it",
                both_ends(before[0], after[0]),
                node.lineno,
                TEMPLATE_BRANCHES,
            )

    # -- what an output holds ------------------------------------------------------

    def _child(self, child: nodes.Expr) -> Iterator[nodes.Expr]:
        if isinstance(child, nodes.TemplateData):
            yield from self._data(child)
        else:
            self.line = child.lineno
            yield self._print(child)
            self.seen.append("1" if self.scanner.pending else "")
            self.scanner.printed()

    def _print(self, expression: nodes.Expr) -> nodes.Expr:
        position, line = self.scanner.position, expression.lineno
        name, args = self._way(position, line)
        if name in _ONCE and not self.loops and isinstance(expression, nodes.Const):
            return nodes.TemplateData(attribute(str(expression.value)), lineno=line)
        if isinstance(expression, nodes.Call):
            self._refuse_elsewhere(expression)
        printed: nodes.Expr = through(name, expression, (line, *args))
        if name == " blocks" and self._is_marked(*HOLDERS):
            return through(" last", printed)
        if not position.attribute and self._is_marked("w:p"):
            return through(" said", printed)
        return printed

    def _way(self, position: Position, line: int) -> tuple[str, tuple[object, ...]]:
        """
        Return the filter through which a tag at *position* prints, and what it is told.
        """
        if position.attribute:
            name = _ATTRIBUTES.get((position.element, position.attribute), "")
            if not name:
                raise _nowhere(line)
            return name, self._inks() if name == " fill" else ()
        if position.names[:1] and position.names[0] in _PROPERTIES:
            return " plain", ()
        # Between the marks of a field all text is code, however it is marked.
        self.has_code |= position.element == "w:instrText" or any(self.codes)
        if position.element == "w:instrText" or (position.element == "w:t" and any(self.codes)):
            return " code", ()
        if position.element == "w:t":
            breaks = position.names[-3:] == ("w:p", "w:r", "w:t")
            self.around[line] = Around(
                self.properties["w:pPr"], self.properties["w:rPr"], breaks=breaks
            )
            return " text", ()
        if position.element in _TEXTS:
            return " plain", ()
        return self._between(position, line)

    def _between(self, position: Position, line: int) -> tuple[str, tuple[object, ...]]:
        """
        Return the filter for a tag that stands between elements, and what it is told.
        """
        for name in reversed(position.names):
            if name in _RUNS:
                self.around[line] = Around(
                    self.properties["w:pPr"],
                    breaks=name == "w:p" == position.element,
                    links="w:hyperlink" not in position.names,
                )
                return " runs", ()
            if name in BLOCKS:
                return " blocks", ("w:tc" in position.names,)
            if name not in _THROUGH:
                break
        raise _nowhere(line, "For rows and cells, write a loop: {%tr for … %} or {%tc for … %}.")

    def _inks(self) -> tuple[object, ...]:
        cell = next((one for one in reversed(self.scanner.stack) if one.name == "w:tc"), None)
        found = self.survey.inks(cell.serial) if cell is not None else ()
        return (nodes.Tuple([nodes.Const(one) for one in found], "load"),)

    def _refuse_elsewhere(self, call: nodes.Call) -> None:
        """
        Refuse a loop that calls itself in another place than it stands.
        """
        is_loop = isinstance(call.node, nodes.Name) and call.node.name == "loop"
        if is_loop and self.loops and self.loops[-1][1] != self.scanner.state:
            raise TagError(
                "The loop calls itself in another place than it begins",
                "Write {{p loop(…) }} in a loop that begins with {%p for … %}.",
                call.lineno,
                TEMPLATE_BRANCHES,
            )

    # -- what stands between the tags ----------------------------------------------

    def _data(self, data: nodes.TemplateData) -> Iterator[nodes.Expr]:
        """
        Yield *data*, cut where marks are put in.
        """
        piece, cut = data.data, 0
        self.seen.append(piece)
        try:
            for at, mark in self._marks(piece):
                if piece[cut:at]:
                    yield nodes.TemplateData(_printed(piece[cut:at]), lineno=data.lineno)
                yield mark
                cut = at
        except ValueError:
            raise TagError(
                "The tags before this leave something open", "", self.line, TEMPLATE_BRANCHES
            ) from None
        if piece[cut:]:
            yield nodes.TemplateData(_printed(piece[cut:]), lineno=data.lineno)

    def _marks(self, piece: str) -> Iterator[tuple[int, nodes.Expr]]:
        for event in self.scanner.feed(piece):
            match event:
                case Open():
                    self._collect(event)
                    for mark in self._opened(event):
                        yield event.end, mark
                case Close():
                    for mark in self._closed(event):
                        yield event.start, mark
                    self._collected(event.element.name)
                case Words():
                    for _, collected in self.collecting:
                        collected.append(event.text)
                    if event.text.strip() and self._is_watched_text():
                        yield event.end, self._mark(" mark")

    def _is_watched_text(self) -> bool:
        stack = self.scanner.stack
        return bool(stack) and stack[-1].name in _TEXTS and self._is_marked("w:p")

    def _is_marked(self, *names: str) -> bool:
        """
        Tell whether the innermost element of one of *names* may turn out empty.
        """
        found = (one for one in reversed(self.scanner.stack) if one.name in names)
        innermost = next(found, None)
        return innermost is not None and self.survey.is_marked(innermost.serial)

    def _opened(self, event: Open) -> Iterator[nodes.Expr]:
        element = event.element
        if self.is_counted and element.name in _LEVELS:
            self._level(element)
        if event.empty:
            if element.name == "w:p" and self._is_marked(*HOLDERS):
                yield through(" ended", self._const("w:p"))
        elif self.survey.is_marked(element.serial):
            yield self._mark(" hold" if element.name in HOLDERS else " begin")

    def _level(self, element: Element) -> None:
        around = [one.name for one in self.scanner.stack]
        if around[-2:] == ["w:p", "w:pPr"] and "mc:Fallback" not in around:
            self.level = self.looks.level(
                self.level, element.name, attribute_of(element.raw, "w:val")
            )

    def _closed(self, event: Close) -> Iterator[nodes.Expr]:
        element = event.element
        if element.name == "w:pPr" and self.level:
            # Only now: what a paragraph says of its own outline comes behind its style.
            yield through(" heading", self._const(self.level), (self.line,))
            self.level = 0
        if self.survey.is_marked(element.serial):
            if element.name in HOLDERS:
                yield self._mark(" settle")
            else:
                kind = self.survey.kind(element.serial)
                yield through(" end", self._const(kind.code if kind else ""), (self.line,))
        if (element.name == "w:tr" and self._is_marked("w:tbl")) or (
            element.name == "w:tc" and self._is_marked("w:tr")
        ):
            yield self._mark(" mark")
        elif element.name in ("w:p", "w:tbl") and self._is_marked(*HOLDERS):
            yield through(" ended", self._const(element.name))

    def _mark(self, name: str) -> nodes.Expr:
        return through(name, self._const(""))

    def _const(self, value: object) -> nodes.Const:
        return nodes.Const(value, lineno=self.line)

    # -- properties ----------------------------------------------------------------

    def _collect(self, event: Open) -> None:
        element, stack = event.element, self.scanner.stack
        # What may be left out of a field could make it another one.
        self.has_code |= element.depth > 0 and element.name in _FIELDS
        if element.name == "w:fldChar":
            self._mark_code(attribute_of(element.raw, "w:fldCharType"))
        for _, collected in self.collecting:
            collected.append(element.raw)
        if event.empty:
            return
        if element.name in ("w:p", "w:r"):
            self.properties["w:rPr"] = ""
        if element.name == "w:p":
            self.properties["w:pPr"] = ""
        parent = stack[-2].name if len(stack) > 1 else ""
        if (element.name, parent) in (("w:pPr", "w:p"), ("w:rPr", "w:r")):
            self.collecting.append((element.name, [element.raw]))

    def _mark_code(self, kind: str) -> None:
        if kind == "begin":
            self.codes.append(True)
        elif self.codes:
            self.codes[-1] = False
            if kind == "end":
                self.codes.pop()

    def _collected(self, name: str) -> None:
        for _, collected in self.collecting:
            collected.append(f"</{name}>")
        if self.collecting and self.collecting[-1][0] == name:
            _, collected = self.collecting.pop()
            self.properties[name] = "".join(collected)


def _nowhere(line: int, mend: str = "") -> TagError:
    return TagError("The tag stands where it cannot be filled", mend, line, TEMPLATE_PLACE)


def _printed(piece: str) -> str:
    """
    Return what stands in a template as it is printed: delimiters that were kept apart joined.
    """
    piece = piece.translate(BRACES_BACK)
    if "_" not in piece:
        return piece
    return piece.replace("{_{", "{{").replace("}_}", "}}").replace("{_%", "{%").replace("%_}", "%}")
