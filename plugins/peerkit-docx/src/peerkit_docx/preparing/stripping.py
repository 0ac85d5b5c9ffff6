"""
What no paper needs of a template, taken out and told.

Word attaches every document to a template, often on a share that is gone; nobody should
have to mend that before a paper can be made. A stranger's template is refused instead.
What a content control would put in place of the words that were filled in goes from both.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from peerkit.errors import PeerkitError, Problem
from peerkit_docx.preparing.tags import W
from peerkit_docx.problems import WORD_LEFT_OUT
from peerkit_docx.word.elements import BINDINGS, WORDS
from peerkit_docx.word.opc import relations_of, relations_part, without_relations
from peerkit_docx.word.spots import part_in_words
from peerkit_docx.word.xmlreading import is_markup, tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from lxml.etree import _Element

    from peerkit_docx.word.opc import Relation

__all__ = ["stripped", "unbound"]

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_SAID = {
    "attachedTemplate": "It is attached to another template",
    "image": "A picture lies elsewhere",
    "oleObject": "An object of another program lies elsewhere",
    "frame": "It shows another file in a frame",
    "transform": "It is saved through another file",
}
# What goes with a relationship: the element that names it, or what holds that element.
_ELEMENTS = tuple(f"{W}{one}" for one in ("attachedTemplate", "frameset", "saveThroughXslt"))
# What needs no relationship to lead out, in one's own template, and in anybody's.
_OWN_LOOSE = {
    f"{{{space}}}{name}": said
    for space in WORDS
    for name, said in (
        ("attachedSchema", "It is attached to a schema"),
        ("smartTagType", "It has smart tags"),
    )
}
_BOUND = {
    f"{{{space}}}dataBinding": "A content control takes its words from data in the file"
    for space in BINDINGS
}
# A mark of Word for Mac that must come after all lists, and so after those of the paper;
# it changes nothing that is seen, so nothing is told.
_MARKS = dict.fromkeys((f"{{{space}}}numIdMacAtCleanup" for space in WORDS), "")
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
            problems += [_told(f"{_SAID[one.kind]} ({one.target})", owner) for one in gone]
    problems += _without(kept, _OWN_LOOSE, origin)
    return kept, tuple(problems)


def unbound(
    package: Mapping[str, bytes], origin: str
) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """
    Return *package* without what would put other words in place of those that are filled in.

    *origin* is what messages call it. What was left out is told.
    """
    kept = dict(package)
    return kept, tuple(_without(kept, _BOUND | _MARKS, origin))


def _told(said: str, part: str) -> Problem:
    return Problem(
        kind=WORD_LEFT_OUT,
        message=f"{said}; that is left out of papers.",
        where=part_in_words(part),
    )


def _without(package: dict[str, bytes], loose: Mapping[str, str], origin: str) -> Iterator[Problem]:
    """
    Take the elements *loose* out of the parts of *package*, yielding what was said of them.
    """
    names = {name.rpartition("}")[2].encode() for name in loose}
    looked_for = re.compile(rb"[<:](?:%s)[\s/>]" % b"|".join(sorted(names)))

    def found(root: _Element) -> Iterator[_Element]:
        return root.iter(*loose)

    for part, content in list(package.items()):
        if is_markup(content) and looked_for.search(content):
            gone = dict.fromkeys(
                str(one.tag) for one in _changed(package, part, found, origin) or ()
            )
            yield from (_told(loose[name], part) for name in gone if loose[name])


def _take_out(package: dict[str, bytes], part: str, gone: list[Relation], origin: str) -> bool:
    ids = {one.id for one in gone}
    if _changed(package, part, lambda root: _naming(root, ids), origin) is None:
        return False
    where = relations_part(part)
    package[where] = without_relations(package[where], ids, f"{origin}, {where}")
    return True


def _changed(
    package: dict[str, bytes],
    part: str,
    found: Callable[[_Element], Iterator[_Element]],
    origin: str,
) -> list[_Element] | None:
    """
    Return the elements that were *found* in a *part*, and taken out; None if it cannot be read.
    """
    from lxml import etree  # noqa: PLC0415 - a heavy import that drawing does without

    try:
        root = tree(package[part], f"{origin}, {part}")
    except PeerkitError:
        return None  # it is told when the part is looked over
    gone = list(found(root))
    for element in gone:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    if gone:
        package[part] = etree.tostring(
            root, xml_declaration=True, encoding="UTF-8", standalone=True
        )
    return gone


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
