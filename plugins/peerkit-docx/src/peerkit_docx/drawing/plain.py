"""
A template filled with plain names: for templates that belong to no paper.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from peerkit.errors import Problem
from peerkit_docx.drawing.drawn import drawn
from peerkit_docx.filling.naming import refuse_names
from peerkit_docx.problems import ACCESS_KINDS, ACCESS_ONE_TITLE, ACCESS_TITLE
from peerkit_docx.word.packages import zipped
from peerkit_docx.word.properties import CORE, title_of
from peerkit_docx.word.refusing import refuse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from peerkit_docx.drawing.drawn import Drawn
    from peerkit_docx.preparing.prepared import Prepared

__all__ = ["draw_names"]

_ACCESS = frozenset(one.code for one in ACCESS_KINDS)


def draw_names(
    prepared: Prepared,
    names: Mapping[str, object],
    *,
    origin: str = "the template",
    accessible: bool = True,
) -> bytes:
    """
    Return the Word file that *prepared* gives, filled with *names*.

    *names* are plain data (texts, numbers, yes or no, lists, dicts) and the values of this
    package, such as `RichText`. *origin* is what messages call the template. Unless it
    need not be *accessible*, what could not be read by everyone is refused.

    >>> from peerkit_docx import draw_names, prepare
    >>> from peerkit_docx.basefile import build, line
    >>> letter = build(line("{{ title }}", "Heading1"), header="", footer=line("Northmere", "Footer"))
    >>> draw_names(prepare(letter, "letter.docx"), {"title": "R&D"})[:2]
    b'PK'

    Raises:
        PeerkitError: If *names* hold anything else, or something in them cannot be drawn.
        ProblemsError: If the template asks for what is not there, or what was drawn could
            not be read by everyone; it holds the problems, each with its place.
    """
    refuse_names(names)
    if accessible:
        refuse(prepared.problems, origin)
    else:
        refuse((one for one in prepared.problems if one.code not in _ACCESS), origin)
    made = drawn(prepared, names, origin, is_gated=accessible)
    if accessible:
        refuse(_access_problems(made, origin), origin)
    order = dict.fromkeys((*prepared.order, *made.parts))
    return zipped(made.parts[name] for name in order if name in made.parts)


def _access_problems(made: Drawn, origin: str) -> tuple[Problem, ...]:
    core = made.parts[CORE].unpacked() if CORE in made.parts else b""
    found = []
    if not title_of(core, f"{origin}, {CORE}").strip():
        found.append(Problem(kind=ACCESS_TITLE, message="It has no title.", where="properties"))
    if not made.pen.headings.has_title:
        found.append(
            Problem(kind=ACCESS_ONE_TITLE, message="There is no heading of level 1.", where="body")
        )
    return tuple(found)
