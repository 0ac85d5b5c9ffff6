"""
Characters on their way into XML: what is escaped, and what is refused.

Kept out: what the elements mean; see `blocks` and `properties`.
"""

from __future__ import annotations

import re
import unicodedata

from peerkit.errors import PeerkitError
from peerkit_docx.word.refusing import begun

__all__ = ["DECLARATION", "attribute", "escaped", "in_run", "refuse_unfit"]

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

# XML 1.0 has no way to write these, not even as references; a carriage return
# would come back as a line feed.
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")

_BETWEEN = '</w:t>{}<w:t xml:space="preserve">'
_BREAK = _BETWEEN.format("<w:br/>")
_TAB = _BETWEEN.format("<w:tab/>")


def refuse_unfit(text: str, where: str) -> None:
    """
    Refuse *text* if it holds a character that no Word document can hold.

    Raises:
        PeerkitError: If so; it names the character and *where*.
    """
    if found := _UNFIT.search(text):
        character = found.group()
        name = unicodedata.name(character, "") or {
            "Cc": "a control character",
            "Cs": "half of a surrogate pair",
        }.get(unicodedata.category(character), "not a character")
        raise PeerkitError(
            f"{begun(where)} holds U+{ord(character):04X} ({name}), which a Word document cannot hold.",
            mend=f"Take it out; it follows “{text[max(0, found.start() - 30) : found.start()]}”.",
        )


def escaped(text: str) -> str:
    """
    Return *text* as the content of an element.

    >>> escaped("R&D <5%")
    'R&amp;D &lt;5%'
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def attribute(text: str) -> str:
    """
    Return *text* as the value of an attribute in double quotes, line breaks kept.
    """
    return escaped(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")


def in_run(text: str) -> str:
    """
    Return *text* for the inside of a ``w:t``; line breaks and tabs become elements.

    >>> in_run("a & b")
    'a &amp; b'
    """
    marked = escaped(text).replace('"', "&quot;")
    if "\n" in marked:
        marked = marked.replace("\n", _BREAK)
    return marked.replace("\t", _TAB) if "\t" in marked else marked
