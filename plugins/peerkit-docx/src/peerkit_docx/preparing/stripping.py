"""
What leads out of a template of the organisation's own, taken out and told.

Word attaches every document to a template, often on a share that is gone; nobody should
have to mend that before a paper can be made. A stranger's template is refused instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from peerkit.errors import PeerkitError, Problem
from peerkit_docx.preparing.tags import W
from peerkit_docx.problems import WORD_LEFT_OUT
from peerkit_docx.word.opc import relations_of, relations_part, without_relations
from peerkit_docx.word.spots import part_in_words
from peerkit_docx.word.xmlreading import tree

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element

    from peerkit_docx.word.opc import Relation

__all__ = ["stripped"]

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_SAID = {
    "attachedTemplate": "It is attached to another template",
    "image": "A picture lies elsewhere",
    "oleObject": "An object of another program lies elsewhere",
    "frame": "It shows another file in a frame",
}
# What goes with a relationship: the element that names it, or what holds that element.
_ELEMENTS = tuple(f"{W}{one}" for one in ("attachedTemplate", "frameset"))
_HOLDERS = tuple(f"{W}{one}" for one in ("drawing", "pict", "object"))


def stripped(
    package: Mapping[str, bytes], origin: str
) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """
    Return *package* without what it would fetch, and what was left out.

    *origin* is what messages call it. What cannot be taken out stays, and is refused later.

    Raises:
        PeerkitError: If relationships are no XML that can be read.
    """
    kept, problems = dict(package), []
    for name in package:
        folder, found, part = name.rpartition("_rels/")
        owner = folder + part.removesuffix(".rels")
        if not found or owner not in package:
            continue
        gone = [
            one
            for one in relations_of(package, owner, origin)
            if one.external and one.kind in _SAID
        ]
        if gone and _take_out(kept, owner, gone, origin):
            problems += [_told(one, owner) for one in gone]
    return kept, tuple(problems)


def _told(relation: Relation, part: str) -> Problem:
    return Problem(
        kind=WORD_LEFT_OUT,
        message=f"{_SAID[relation.kind]} ({relation.target}); that is left out of papers.",
        where=part_in_words(part),
    )


def _take_out(package: dict[str, bytes], part: str, gone: list[Relation], origin: str) -> bool:
    from lxml import etree  # noqa: PLC0415 - a heavy import that drawing does without

    try:
        root = tree(package[part], f"{origin}, {part}")
    except PeerkitError:
        return False  # it is told when the part is looked over
    ids = {one.id for one in gone}
    for element in list(_naming(root, ids)):
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    package[part] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    where = relations_part(part)
    package[where] = without_relations(package[where], ids, f"{origin}, {where}")
    return True


def _naming(root: _Element, ids: set[str]) -> Iterator[_Element]:
    """
    Yield the elements to be taken out with the relationships *ids*.
    """
    for element in root.iter():
        named = {value for key, value in element.attrib.items() if str(key).startswith(_R)}
        if not named & ids:
            continue
        if element.tag in _ELEMENTS:
            yield element
            continue
        yield next((one for one in element.iterancestors(*_HOLDERS)), element)
