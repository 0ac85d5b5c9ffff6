"""
The order in which Word wants the properties of a run, a paragraph or a cell.

docxtpl puts what it adds in front, and Word's own validator calls that a fault.
"""

from __future__ import annotations

import re

__all__ = ["CELL", "RUN", "in_order", "ordered"]

# ISO/IEC 29500-1, CT_RPr, CT_TcPr: the elements in the order of the schema.
RUN = (
    "rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike",
    "outline", "shadow", "emboss", "imprint", "noProof", "snapToGrid", "vanish", "webHidden",
    "color", "spacing", "w", "kern", "position", "sz", "szCs", "highlight", "u", "effect", "bdr",
    "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang", "eastAsianLayout", "specVanish",
    "oMath",
)  # fmt: skip
CELL = (
    "cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd", "noWrap", "tcMar",
    "textDirection", "tcFitText", "vAlign", "hideMark",
)  # fmt: skip
_ORDERS = {"rPr": RUN, "tcPr": CELL}

_GROUP = re.compile(r"<w:(rPr|tcPr)>(.*?)</w:\1>", re.DOTALL)
# One child, whole: empty, or with content in which none of the same name lies.
_CHILD = re.compile(r"<([\w:]+)(?:\s[^<>]*)?(?:/>|(?<!/)>.*?</\1>)", re.DOTALL)


def ordered(children: list[tuple[str, str]], order: tuple[str, ...]) -> str:
    """
    Return *children*, each a local name and its markup, in *order*; what it lacks comes last.
    """
    places = {name: at for at, name in enumerate(order)}
    return "".join(
        markup for _, markup in sorted(children, key=lambda one: places.get(one[0], len(places)))
    )


def in_order(markup: str) -> str:
    """
    Return *markup* with the properties of its runs and cells in the order of the schema.

    Properties with anything but elements between them, such as a tag, stay as they are.

    >>> in_order('<w:tcPr><w:shd w:val="clear"/><w:tcW w:w="9"/></w:tcPr>')
    '<w:tcPr><w:tcW w:w="9"/><w:shd w:val="clear"/></w:tcPr>'
    """

    def group(found: re.Match[str]) -> str:
        name, inside = found[1], found[2]
        children = [(one[1].rpartition(":")[2], one[0]) for one in _CHILD.finditer(inside)]
        if "".join(markup for _, markup in children) != inside:
            return found[0]
        return f"<w:{name}>{ordered(children, _ORDERS[name])}</w:{name}>"

    return _GROUP.sub(group, markup)
