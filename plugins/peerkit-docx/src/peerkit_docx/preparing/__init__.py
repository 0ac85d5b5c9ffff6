"""
Preparing a template: all that can be done before there is a document to draw.

Needs docxtpl and lxml, which drawing does not. What was prepared is plain text, with
the digest of the template it was made from; shipped templates carry it beside them.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any

import attrs

from peerkit.errors import PeerkitError
from peerkit_docx.markup.styles import ListStyle, StyleSheet
from peerkit_docx.preparing.patching import patched
from peerkit_docx.word.fields import refuse_fetching, refuse_foreign
from peerkit_docx.word.opc import content_types, decoded, relations_of
from peerkit_docx.word.packages import read_package
from peerkit_docx.word.properties import APP, CORE, paper_of
from peerkit_docx.word.refusing import begun
from peerkit_docx.word.xmlreading import tree

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element

__all__ = ["Prepared", "dumped", "loaded", "prepare"]

EDITION = 1

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_WML = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_FILLED = tuple(
    f"{_WML}{kind}+xml" for kind in ("header", "footer", "footnotes", "endnotes", "comments")
)

_OPENER = re.compile(r"\{\{|\{%|\{#|\}\}|%\}|#\}")
_CLOSER = {"{{": "}}", "{%": "%}", "{#": "#}"}
_CURLY = re.compile("[\u2018-\u201f\u00ab\u00bb]")
_WHOLE = re.compile(r"\{[{%#]p\s")
_TAG = re.compile(r"(\{\{.*?)(-?\}\})|(\{%.*?)(-?%\})", re.DOTALL)
_WIDEST = 31_681  # Word's widest page, 22 inches
_DEFAULT_WIDTH = 9_072  # A4 less two margins of 2.5 cm


@attrs.frozen(kw_only=True)
class Prepared:
    """
    A template ready to be drawn.

    *sources* are Jinja templates by part. In them every tag ends its line, so that
    a line number leads to the tag. *next_id* and *next_num* are free ids of pictures
    and bookmarks, and of lists.
    """

    digest: str
    paper: str
    main: str
    styles: str
    numbering: str
    sources: Mapping[str, str]
    ids: Mapping[str, Mapping[str, str]]
    lists: Mapping[str, tuple[int, int]]
    width: int
    next_id: int
    next_num: int

    def sheet(self, origin: str) -> StyleSheet:
        """
        Return the template's styles; *origin* is what messages call it.
        """
        lists = {name: ListStyle(*found) for name, found in self.lists.items()}
        return StyleSheet(origin=origin, ids=self.ids, lists=lists)


def dumped(prepared: Prepared) -> str:
    """
    Return *prepared* as text to be kept beside its template.
    """
    plain = {"edition": EDITION} | attrs.asdict(prepared)
    return json.dumps(plain, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def loaded(text: str, template: bytes) -> Prepared | None:
    """
    Return what *text* holds if it was made from *template*, else None.
    """
    plain: dict[str, Any] = json.loads(text)
    if plain.pop("edition") != EDITION or plain["digest"] != hashlib.sha256(template).hexdigest():
        return None
    plain["lists"] = {name: tuple(found) for name, found in plain["lists"].items()}
    return Prepared(**plain)


def prepare(template: bytes, origin: str) -> Prepared:
    """
    Return *template* made ready; *origin* is what messages call it.

    Raises:
        PeerkitError: If it is no Word document, holds programs or distant parts,
            or has a tag that could never be filled.
    """
    package = read_package(template, origin)
    types = content_types(package, origin) if "[Content_Types].xml" in package else {}
    main = next((part for part, kind in types.items() if kind == _MAIN), "")
    if main not in package:
        raise PeerkitError(
            f"{begun(origin)} is not a Word document.", mend="Save it as .docx, without macros."
        )
    refuse_foreign(package, origin)
    for part, content in package.items():
        if part.casefold().endswith((".xml", ".vml")):
            refuse_fetching(content, f"{origin}, {part}")
    filled = [main, *(part for part, kind in types.items() if kind in _FILLED and part in package)]
    trees = {part: tree(package[part], f"{origin}, {part}") for part in filled}
    for part, root in trees.items():
        _refuse_broken_tags(root, f"{origin}, {part}")
    _refuse_lost_tags(package, filled, origin)
    related = {one.kind: one.target for one in relations_of(package, main, origin)}
    styles, numbering = related.get("styles", ""), related.get("numbering", "")
    if styles not in package:
        raise PeerkitError(f"{begun(origin)} has no styles.", mend="Open it in Word and save it.")
    numbers = None
    if numbering in package:
        numbers = tree(package[numbering], f"{origin}, {numbering}")
        decoded(package[numbering], f"{origin}, {numbering}")
    decoded(package[styles], f"{origin}, {styles}")
    ids, lists = _styles(
        tree(package[styles], f"{origin}, {styles}"), numbers, f"{origin}, {numbering}"
    )
    return Prepared(
        digest=hashlib.sha256(template).hexdigest(),
        paper=paper_of(package, origin),
        main=main,
        styles=styles,
        numbering=numbering,
        sources={part: _lined(patched(_source(root))) for part, root in trees.items()},
        ids=ids,
        lists=lists,
        width=_width(trees[main], f"{origin}, {main}"),
        next_id=_next_id(trees),
        next_num=1
        + max(
            (_number(one, "numId", f"{origin}, {numbering}") for one in _all(numbers, "num")),
            default=0,
        ),
    )


def _all(root: _Element | None, name: str) -> Iterator[_Element]:
    if root is not None:
        yield from root.iter(f"{_W}{name}")


def _source(root: _Element) -> str:
    from lxml import etree  # noqa: PLC0415 - a heavy import that drawing does without

    return str(etree.tostring(root, encoding="unicode"))


def _lined(source: str) -> str:
    """
    Return *source* with a line break at the end of every tag, inside it.
    """

    def ended(found: re.Match[str]) -> str:
        tag, closer = found[1] or found[3], found[2] or found[4]
        return tag.replace("\n", " ") + "\n" + closer

    return _TAG.sub(ended, source)


# -- what is refused -------------------------------------------------------------


def _refuse_broken_tags(root: _Element, where: str) -> None:
    for paragraph in _all(root, "p"):
        said = _own_text(paragraph)
        if "{" not in said and "}" not in said:
            continue
        at = 0
        while opener := _OPENER.search(said, at):
            opening = opener.group()
            if opening not in _CLOSER:
                raise _fault(
                    f"{opening} closes a tag that never began",
                    said,
                    where,
                    "Begin the tag, or take this out.",
                )
            end = said.find(_CLOSER[opening], opener.end())
            if end < 0:
                raise _fault(
                    f"A tag that begins with {opening} is never closed",
                    said,
                    where,
                    f"Put {_CLOSER[opening]} at its end, in the same paragraph.",
                )
            _refuse_curly(said[opener.end() : end], said, where)
            at = end + 2
        if _WHOLE.search(said):
            alone = said.strip()
            if alone.find(_CLOSER.get(alone[:2], "\x00")) != len(alone) - 2:
                raise _fault(
                    "Text beside a p tag would be lost",
                    said,
                    where,
                    "Give the tag a paragraph of its own.",
                )
            if next(_all(paragraph, "sectPr"), None) is not None:
                raise _fault(
                    "A p tag stands in the paragraph that ends a section",
                    said,
                    where,
                    "Give the tag a paragraph before it.",
                )


def _refuse_curly(tag: str, said: str, where: str) -> None:
    if found := _CURLY.search(tag):
        raise _fault(
            f"Curly quotes ({found.group()}) stand inside a tag",
            said,
            where,
            "Type straight ones; in Word, undo right after it has made them curly.",
        )


def _own_text(paragraph: _Element) -> str:
    found: list[str] = []
    waiting = list(reversed(paragraph))
    while waiting:
        one = waiting.pop()
        if one.tag == f"{_W}t":
            found.append(one.text or "")
        elif one.tag != f"{_W}p":
            waiting.extend(reversed(one))
    return "".join(found)


def _refuse_lost_tags(package: Mapping[str, bytes], filled: list[str], origin: str) -> None:
    for part, content in package.items():
        if not part.endswith(".xml") or part in filled or part in (CORE, APP):
            continue
        if b"{{" in content or b"{%" in content:
            raise PeerkitError(
                f"{begun(origin)} has a tag in {part}, which is never filled.", mend="Take it out."
            )


def _fault(message: str, said: str, where: str, mend: str) -> PeerkitError:
    return PeerkitError(f"{begun(where)}: {message}, in the paragraph “{said[:200]}”.", mend=mend)


# -- what is found ---------------------------------------------------------------


def _styles(
    styles: _Element, numbers: _Element | None, where: str
) -> tuple[dict[str, dict[str, str]], dict[str, tuple[int, int]]]:
    ids: dict[str, dict[str, str]] = {"paragraph": {}, "character": {}, "table": {}}
    lists: dict[str, tuple[int, int]] = {}
    abstracts = {
        one.get(f"{_W}numId"): _value(one, "abstractNumId") for one in _all(numbers, "num")
    }
    for style in _all(styles, "style"):
        kind, name = style.get(f"{_W}type", ""), _value(style, "name").casefold()
        if kind in ids:
            ids[kind][name] = style.get(f"{_W}styleId", "")
        elif kind == "numbering" and (abstract := abstracts.get(num := _value(style, "numId"))):
            lists[name] = (_whole(num, "numId", where), _whole(abstract, "abstractNumId", where))
    return ids, lists


def _value(element: _Element, name: str) -> str:
    found = next(_all(element, name), None)
    return "" if found is None else str(found.get(f"{_W}val", ""))


def _width(root: _Element, where: str) -> int:
    for section in root.iterfind(f"{_W}body/{_W}sectPr"):
        size, margins = section.find(f"{_W}pgSz"), section.find(f"{_W}pgMar")
        if size is not None and margins is not None:
            sides = (_number(margins, side, where) for side in ("left", "right", "gutter"))
            width = _number(size, "w", where) - sum(sides)
            if not 0 < width < _WIDEST:
                raise PeerkitError(
                    f"{begun(where)} has a page whose margins leave no room for text.",
                    mend="Set the page's size and margins in Word.",
                )
            return width
    return _DEFAULT_WIDTH


def _number(element: _Element, name: str, where: str) -> int:
    return _whole(str(element.get(f"{_W}{name}", "0")), name, where)


def _whole(said: str, name: str, where: str) -> int:
    if not re.fullmatch(r"[-+]?[0-9]{1,10}", said):
        raise PeerkitError(
            f"{begun(where)} says “{said[:40]}” where a whole number is needed ({name}).",
            mend="Open it in Word and save it.",
        )
    return int(said)


def _next_id(trees: Mapping[str, _Element]) -> int:
    found = [0]
    for root in trees.values():
        for element in root.iter("{*}docPr", f"{_W}bookmarkStart"):
            number = element.get("id") or element.get(f"{_W}id") or ""
            # Larger ones are Word's random numbers, which ours do not come near.
            found.append(int(number) if re.fullmatch("[0-9]{1,9}", number) else 0)
    return max(found) + 1
