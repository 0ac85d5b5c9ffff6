"""
Looking a template over: its parts as trees, their tags, and all that is wrong with them.

Nothing is decided here; `prepare` refuses what it must, `checking` tells everything.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from peerkit.errors import PeerkitError, Problem, ProblemsError
from peerkit_docx.access import access_problems
from peerkit_docx.preparing.delimiting import has_opener
from peerkit_docx.preparing.nesting import nesting_problems, rowless_problems, statements_of
from peerkit_docx.preparing.properties import in_place
from peerkit_docx.preparing.repairing import split_signs
from peerkit_docx.preparing.stripping import stripped, unbound
from peerkit_docx.preparing.styling import Styling, styling_of
from peerkit_docx.preparing.tags import Tagged, tags_of
from peerkit_docx.problems import (
    ACCESS_LANGUAGE,
    TEMPLATE_DELIMITER,
    TEMPLATE_PLACE,
    WORD_PACKAGE,
    WORD_XML,
)
from peerkit_docx.word.fields import field_problems
from peerkit_docx.word.foreign import foreign_problems
from peerkit_docx.word.opc import CONTENT_TYPES, content_types, decoded, relations_of
from peerkit_docx.word.packages import read_package
from peerkit_docx.word.properties import APP, CORE, CUSTOM
from peerkit_docx.word.refusing import begun, refuse
from peerkit_docx.word.spots import part_in_words
from peerkit_docx.word.xmlreading import is_markup, tree

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element

    from peerkit_docx.preparing.nesting import Statement

__all__ = ["Examined", "Part", "examine"]

_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_WML = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_FILLED = tuple(
    f"{_WML}{kind}+xml" for kind in ("header", "footer", "footnotes", "endnotes", "comments")
)
_PROPERTIES = (CORE, APP, CUSTOM)
_LOOKS = ("styles", "numbering")
# More of these cannot be meant, and would keep docxtpl busy for minutes.
_MOST_BRACES = 20_000
_BRACE = re.compile(rb"\{|&#(?:0*123|[xX]0*7[bB]);")


@attrs.frozen(kw_only=True, eq=False)
class Part:
    """
    A part that can hold tags: its tree, its tags, and what they say.
    """

    name: str
    words: str
    root: _Element
    tagged: Tagged
    statements: tuple[Statement, ...]


@attrs.frozen(kw_only=True, eq=False)
class Examined:
    """
    A template that was looked over; *problems* are in the order of its parts.
    """

    package: Mapping[str, bytes]
    main: str
    parts: tuple[Part, ...]
    styles: str
    numbering: str
    styling: Styling
    problems: tuple[Problem, ...]

    @property
    def body(self) -> Part:
        """
        The part that holds the body.
        """
        return next(one for one in self.parts if one.name == self.main)


def examine(template: bytes, origin: str, *, is_own: bool = False) -> Examined:
    """
    Return *template* looked over; *origin* is what messages call it.

    What leads out of one that *is_own* is left out, and told.

    Raises:
        PeerkitError: If it is no Word document, or so broken that nothing can be told of it.
    """
    package = read_package(template, origin)
    problems: list[Problem] = []
    if is_own:
        package, left_out = stripped(package, origin)
        problems += left_out
    package, left_out = unbound(package, origin)
    problems += left_out
    types = content_types(package, origin) if CONTENT_TYPES in package else {}
    related = relations_of(package, "", origin)
    main = next((one.target for one in related if one.kind == "officeDocument"), "")
    problems += foreign_problems(package, origin)
    if main not in package or types.get(main) != _MAIN:
        refuse(problems, origin)
        raise PeerkitError(f"{begun(origin)} is not a Word document.", mend="Save it as .docx.")
    package = in_place(package, origin)
    filled = [main, *(part for part, kind in types.items() if kind in _FILLED)]
    problems += _part_problems(package, origin)
    problems += _lost_tags(package, filled)
    styles, numbering = _looks_of(package, main, origin)
    if not styles:
        refuse(problems, origin)
        raise PeerkitError(f"{begun(origin)} has no styles.", mend="Open it in Word and save it.")
    styling = styling_of(package, styles, numbering, origin)
    if styling.language in ("", "x-none"):
        problems.append(
            Problem(kind=ACCESS_LANGUAGE, message="No language is set.", where="styles")
        )
    parts: list[Part] = []
    for name in filled:
        try:
            part, found = _part(package[name], name, origin, styling, is_main=name == main)
        except PeerkitError as error:
            if name == main:
                raise
            problems.append(_unreadable(error, name, package[name], origin))
        else:
            parts.append(part)
            problems += found
    return Examined(
        package=package,
        main=main,
        parts=tuple(parts),
        styles=styles,
        numbering=numbering,
        styling=styling,
        problems=tuple(problems),
    )


def _looks_of(package: Mapping[str, bytes], main: str, origin: str) -> tuple[str, str]:
    """
    Return the names of the parts of styles and of lists, empty for one that is not there.
    """
    related = {one.kind: one.target for one in relations_of(package, main, origin)}
    found = [one if (one := related.get(kind, "")) in package else "" for kind in _LOOKS]
    for name in filter(None, found):
        decoded(package[name], f"{origin}, {name}")
    return found[0], found[1]


def _part(
    content: bytes, name: str, origin: str, styling: Styling, *, is_main: bool
) -> tuple[Part, tuple[Problem, ...]]:
    words = part_in_words(name)
    if len(_BRACE.findall(content)) > _MOST_BRACES:
        refuse(
            [
                Problem(
                    kind=TEMPLATE_DELIMITER,
                    message=f"There are more than {_MOST_BRACES:,} braces, enough for 5,000 tags.",
                    mend="Say with loops what is said again and again, and take lone braces out.",
                    where=words,
                )
            ],
            origin,
        )
    root = tree(content, f"{origin}, {name}", is_walked=is_markup(content))
    split_signs(root)
    tagged = tags_of(root, words, styling.looks.headings.__contains__)
    statements, unclear = statements_of(tagged.tags)
    found = (
        *tagged.problems,
        *unclear,
        *nesting_problems(statements),
        *rowless_problems(tagged.tags),
        *access_problems(root, words, styling.palette, is_main=is_main, is_template=True),
    )
    part = Part(name=name, words=words, root=root, tagged=tagged, statements=statements)
    return part, found


def _part_problems(package: Mapping[str, bytes], origin: str) -> Iterator[Problem]:
    """
    Yield what no part may hold, whether it is filled or not.

    Raises:
        ProblemsError: If a part is no XML that can be read.
    """
    for name, content in package.items():
        if is_markup(content):
            where = f"{origin}, {name}"
            try:
                yield from field_problems(content, part_in_words(name), where, is_template=True)
            except PeerkitError as error:
                problem = _unreadable(error, name, content, origin)
                raise ProblemsError(error.message, (problem,), mend=error.mend) from None


def _lost_tags(package: Mapping[str, bytes], filled: list[str]) -> Iterator[Problem]:
    """
    Yield a problem for every part that has tags and is never filled.
    """
    for name, content in package.items():
        if name in filled or name in _PROPERTIES or not is_markup(content):
            continue
        # Without NULs, letters of two bytes are seen, too.
        if has_opener(content.replace(b"\0", b"").decode("utf-8", "replace")):
            yield Problem(
                kind=TEMPLATE_PLACE,
                message="A tag stands in a part that is never filled.",
                mend="Take it out.",
                where=name,
            )


def _unreadable(error: PeerkitError, name: str, content: bytes, origin: str) -> Problem:
    kind = WORD_XML if is_markup(content) else WORD_PACKAGE
    said = error.message.removeprefix(f"{begun(f'{origin}, {name}')} ")
    told = error.message if said == error.message else f"It {said}"
    return Problem(kind=kind, message=told, mend=error.mend, where=name)
