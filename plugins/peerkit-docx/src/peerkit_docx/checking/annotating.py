"""
Problems as comments in the margin of a copy of the template.

Word has comments in the body only; what is wrong elsewhere is told at its beginning.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from peerkit.errors import PeerkitError
from peerkit_docx.checking.places import Places
from peerkit_docx.preparing.examining import examine
from peerkit_docx.preparing.tags import W
from peerkit_docx.word.opc import (
    CONTENT_TYPES,
    relations_of,
    relations_part,
    with_override,
    with_relations,
)
from peerkit_docx.word.packages import write_package
from peerkit_docx.word.refusing import begun
from peerkit_docx.word.xmlreading import tree
from peerkit_docx.word.xmlwriting import DECLARATION, in_run

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element

    from peerkit.errors import Problem
    from peerkit_docx.preparing.examining import Examined

__all__ = ["annotated"]

_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_AUTHOR = 'w:author="peerkit" w:initials="pk"'


def annotated(content: bytes, origin: str, problems: Iterable[Problem]) -> bytes:
    """
    Return a copy of the template *content* with *problems* as comments.

    *origin* is what messages call it.

    Raises:
        PeerkitError: If it is no Word document that could be written anew.
    """
    from lxml import etree  # noqa: PLC0415 - a heavy import that drawing does without

    found = examine(content, origin)
    places, body = Places(found), found.body.root
    first = next(body.iter(f"{W}p"), None)
    if first is None:
        raise PeerkitError(
            f"{begun(origin)} has no paragraph that a comment could stand at.",
            mend="Open it in Word, type something and save it.",
        )
    package = dict(found.package)
    part = _comments_part(found, origin)
    number = _next(package.get(part), f"{origin}, {part}")
    written = []
    for at, problem in enumerate(problems, start=number):
        place = places.paragraph(problem)
        is_here = place is not None and place[0] == found.main
        _anchor(place[1] if place is not None and is_here else first, at)
        written.append(_comment(problem, at, is_here=is_here))
    if written:
        package[found.main] = etree.tostring(
            body, xml_declaration=True, encoding="UTF-8", standalone=True
        )
        _add(package, found.main, part, "".join(written), origin)
    return write_package(package)


def _anchor(paragraph: _Element, number: int) -> None:
    """
    Let the comment *number* stand at the whole *paragraph*.
    """
    mark = {f"{W}id": str(number)}
    at = 1 if paragraph.find(f"{W}pPr") is not None else 0
    paragraph.insert(at, paragraph.makeelement(f"{W}commentRangeStart", mark))
    paragraph.append(paragraph.makeelement(f"{W}commentRangeEnd", mark))
    run = paragraph.makeelement(f"{W}r")
    run.append(run.makeelement(f"{W}commentReference", mark))
    paragraph.append(run)


def _comment(problem: Problem, number: int, *, is_here: bool) -> str:
    where = "" if is_here or not problem.where else f"{begun(problem.where)}: "
    lines = (f"{where}{problem.message}", problem.advice, f"[{problem.code}]")
    said = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{in_run(line)}</w:t></w:r></w:p>'
        for line in lines
        if line
    )
    return f'<w:comment w:id="{number}" {_AUTHOR}>{said}</w:comment>'


# -- the part of comments ----------------------------------------------------------


def _comments_part(found: Examined, origin: str) -> str:
    related = {one.kind: one.target for one in relations_of(found.package, found.main, origin)}
    folder = found.main.rpartition("/")[0]
    return related.get("comments") or f"{folder}/comments.xml"


def _next(comments: bytes | None, where: str) -> int:
    if comments is None:
        return 0
    known = (str(one.get(f"{W}id", "")) for one in tree(comments, where).iter(f"{W}comment"))
    return 1 + max((int(one) for one in known if one.isdecimal()), default=-1)


def _add(package: dict[str, bytes], main: str, part: str, written: str, origin: str) -> None:
    comments = f'{DECLARATION}<w:comments xmlns:w="{_SPACE}">{written}</w:comments>'.encode()
    if part in package:
        from lxml import etree  # noqa: PLC0415 - a heavy import that drawing does without

        # Its root may be closed in itself, or have another prefix.
        root = tree(package[part], f"{origin}, {part}")
        root.extend(tree(comments, part))
        package[part] = etree.tostring(
            root, xml_declaration=True, encoding="UTF-8", standalone=True
        )
        return
    package[part] = comments
    package[CONTENT_TYPES] = with_override(
        package[CONTENT_TYPES], part, _TYPE, f"{origin}, {CONTENT_TYPES}"
    )
    where = relations_part(main)
    taken = {one.id for one in relations_of(package, main, origin)}
    free = next(
        one for one in (f"peerkitComments{at}" for at in range(len(taken) + 1)) if one not in taken
    )
    target = part.rpartition("/")[2]
    package[where] = with_relations(
        package.get(where), {free: (_KIND, target, False)}, f"{origin}, {where}"
    )
