"""
Characters on their way into XML: what is escaped, and what is refused.

Kept out: what the elements mean; see `blocks` and `properties`.
"""

from __future__ import annotations

import re
import unicodedata

import attrs

from peerkit.errors import PeerkitError
from peerkit_docx.word.refusing import begun

__all__ = ["DECLARATION", "Around", "attribute", "escaped", "in_line", "in_run", "refuse_unfit"]

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


# A text of another class, such as markupsafe's, might say of itself that it is escaped, or fit.
_exact = str.__str__


def escaped(text: str) -> str:
    """
    Return *text* as the content of an element.

    >>> escaped("R&D <5%")
    'R&amp;D &lt;5%'
    """
    if text.__class__ is not str:
        text = _exact(text)
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    return text.replace(">", "&gt;") if ">" in text else text


def attribute(text: str) -> str:
    """
    Return *text* as the value of an attribute in double quotes, line breaks kept.
    """
    said = escaped(text).replace('"', "&quot;").replace("\r", "&#13;")
    return said.replace("\n", "&#10;").replace("\t", "&#9;")


def in_run(text: str) -> str:
    """
    Return *text* for the inside of a ``w:t``; line breaks and tabs become elements.

    >>> in_run("a & b")
    'a &amp; b'

    Raises:
        PeerkitError: If *text* holds a character that no Word document can hold.
    """
    if text.__class__ is not str:
        text = _exact(text)
    if text.isprintable():
        return escaped(text)
    refuse_unfit(text, "a text of the paper")
    return escaped(text).replace("\n", _BREAK).replace("\t", _TAB)


@attrs.frozen
class Around:
    """
    The properties of the paragraph and of the run that a text stands in, as markup.

    It *breaks* where another paragraph may begin: not inside of a link or a field. It
    *links* where a link may begin: not inside of another.
    """

    paragraph: str = ""
    run: str = ""
    breaks: bool = True
    links: bool = True


def in_line(text: str, around: Around, *, breaks: bool = False) -> str:
    """
    Return *text* for the inside of a ``w:t``, with line breaks and tabs as docxtpl sets them.

    With *breaks*, BEL begins a new paragraph like the one *around*, and FF a new page.

    Raises:
        PeerkitError: If *text* holds a character that no Word document can hold, or begins a
            paragraph where none can begin.
    """
    text = _exact(text)
    if breaks and not around.breaks and any(one in text for one in "\a\f"):
        raise PeerkitError(
            "A new paragraph cannot begin inside of a link, a field or tracked changes.",
            mend="Put the tag beside it, or leave out the signs that begin a paragraph or page.",
        )
    refuse_unfit(text.translate(_NO_BREAKS) if breaks else text, "a text of the paper")
    begun = f'<w:r>{around.run}<w:t xml:space="preserve">'
    said = escaped(text).replace("\t", f"</w:t></w:r><w:r>{around.run}<w:tab/></w:r>{begun}")
    if breaks:
        after = f"<w:p>{around.paragraph}{begun}"
        said = said.replace("\a", f"</w:t></w:r></w:p>{after}")
        said = said.replace("\f", f"</w:t></w:r></w:p>{_PAGE}{after}")
    return said.replace("\n", _BREAK)


_NO_BREAKS = {7: None, 12: None}
_PAGE = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
