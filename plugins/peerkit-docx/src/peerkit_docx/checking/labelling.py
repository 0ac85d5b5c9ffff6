"""
A template that says which paper it is for: in a property that Word shows and keeps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from peerkit_docx.word.opc import CONTENT_TYPES, relations_of, with_override, with_relations
from peerkit_docx.word.packages import read_package, write_package
from peerkit_docx.word.properties import CUSTOM, FORMAT, PAPER, custom_properties, paper_of
from peerkit_docx.word.xmlreading import tree

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["labelled", "paper_of_template"]

_SPACE = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}"
_TYPES = "{http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes}"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_CONTENT = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_FIRST = 2  # Word's own first number of a property


def paper_of_template(content: bytes, origin: str) -> str:
    """
    Return the paper that a template says it is for, ``*`` for any, empty if it says none.

    Raises:
        PeerkitError: If it is no package; *origin* is what it calls it.
    """
    return paper_of(read_package(content, origin), origin)


def labelled(content: bytes, paper: str) -> bytes:
    """
    Return the template *content* with *paper* as the one it is for.

    Raises:
        PeerkitError: If it is no package.
    """
    from lxml import etree  # noqa: PLC0415 - a heavy import that drawing does without

    package = read_package(content, "the template")
    if CUSTOM not in package:
        package[CUSTOM] = custom_properties({PAPER: paper})
        package[CONTENT_TYPES] = with_override(
            package[CONTENT_TYPES], CUSTOM, _CONTENT, CONTENT_TYPES
        )
        taken = {one.id for one in relations_of(package, "", "the template")}
        free = next(
            one for one in (f"peerkit{at}" for at in range(len(taken) + 1)) if one not in taken
        )
        package["_rels/.rels"] = with_relations(
            package.get("_rels/.rels"), {free: (_KIND, CUSTOM, False)}, "_rels/.rels"
        )
        return write_package(package)
    root = tree(package[CUSTOM], CUSTOM)
    _set(root, paper)
    package[CUSTOM] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return write_package(package)


def _set(root: _Element, paper: str) -> None:
    known = [one for one in root.iter(f"{_SPACE}property") if one.get("name") == PAPER]
    for one in known:
        for child in list(one):
            one.remove(child)
    if not known:
        numbers = (int(str(one.get("pid", "0"))) for one in root.iter(f"{_SPACE}property"))
        number = max(numbers, default=_FIRST - 1) + 1
        one = root.makeelement(
            f"{_SPACE}property", {"fmtid": FORMAT, "pid": str(number), "name": PAPER}
        )
        root.append(one)
        known = [one]
    value = known[0].makeelement(f"{_TYPES}lpwstr")
    value.text = paper
    known[0].append(value)
