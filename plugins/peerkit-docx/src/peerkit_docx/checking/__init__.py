"""
Checking a template without any data: everything that is wrong with it, and where.

Kept out: what a paper's names are; the core hands over their shape.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from peerkit import Trust
from peerkit.errors import PeerkitError, Problem, ProblemsError, Severity
from peerkit_docx.checking.kinds import kinds_of
from peerkit_docx.checking.looking import note_problems, revision_problems, style_problems
from peerkit_docx.checking.naming import name_problems
from peerkit_docx.checking.places import Places
from peerkit_docx.filling.ready import refuse_unready
from peerkit_docx.filling.sandbox import Budget
from peerkit_docx.preparing import sources_of
from peerkit_docx.preparing.examining import examine
from peerkit_docx.problems import TEMPLATE_VALUE, WORD_PACKAGE, WORD_XML

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from peerkit.document import Shape
    from peerkit_docx.preparing.examining import Examined

__all__ = ["check_template"]


def check_template(
    content: bytes, origin: str, shape: Shape | None, trust: Trust = Trust.STRANGER
) -> tuple[Problem, ...]:
    """
    Return all problems of the template *content*, in the order of its text.

    *origin* is what messages call it, *trust* tells whose it is. Names are held against
    the *shape* of its paper, if there is one.
    """
    try:
        found = examine(content, origin, is_own=trust is Trust.OWN)
    except ProblemsError as error:
        return error.problems
    except PeerkitError as error:
        kind = WORD_XML if "XML" in error.message else WORD_PACKAGE
        return (Problem(kind=kind, message=error.message, mend=error.mend),)
    problems = [*found.problems, *style_problems(found), *note_problems(found)]
    problems += revision_problems(found)
    if shape is not None:
        names = kinds_of(shape.names)
        for part in found.parts:
            problems += name_problems(part.statements, names)
    places = Places(found)
    problems += _taken_together(found, problems, origin)
    return tuple(sorted(_once(problems), key=places.order))


def _taken_together(found: Examined, problems: Iterable[Problem], origin: str) -> Iterator[Problem]:
    """
    Yield what shows only when the tags of a part are taken together.

    Where one of them is wrong by itself, nothing can be told of all of them.
    """
    faulty = {one.where.partition(",")[0] for one in problems if one.severity is Severity.FAULT}
    budget = Budget()
    try:
        sources = sources_of(found, faulty)
    except PeerkitError as error:
        yield from _problems_of(error, origin)
        return
    for name, source in sources.items():
        if source.part in faulty:
            continue
        try:
            refuse_unready(source, found.styling.looks, budget, is_main=name == found.main)
        except PeerkitError as error:
            yield from _problems_of(error, source.part)


def _problems_of(error: PeerkitError, where: str) -> tuple[Problem, ...]:
    if isinstance(error, ProblemsError):
        return error.problems
    return (Problem(kind=TEMPLATE_VALUE, message=error.message, mend=error.mend, where=where),)


def _once(problems: Iterable[Problem]) -> list[Problem]:
    """
    Return *problems* without what was said before of the same place.
    """
    seen = {(one.code, one.where, one.message): one for one in reversed(list(problems))}
    return list(reversed(seen.values()))
