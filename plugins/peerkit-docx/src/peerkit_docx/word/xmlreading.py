"""
The one door through which XML is read in this distribution.

No parser here takes a document type, fetches anything or mends what is broken.
`walk` needs the standard library alone; `tree` needs lxml and is for preparing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.parsers import expat

from peerkit.errors import PeerkitError
from peerkit_docx.word.refusing import begun

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lxml.etree import _Element

__all__ = ["is_markup", "tree", "walk"]

MAX_DEPTH = 256

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
# What may stand before the first tag; a NUL where letters have two bytes.
_BEFORE = b"\xef\xbb\xbf \t\r\n\0"

# Those that XML itself knows; Python would offer expat many more, and fail at some.
_ENCODINGS = (b"utf-8", b"utf-16", b"us-ascii", b"iso-8859-1")
_ENCODING = re.compile(
    rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?<\?xml[^>]*?\sencoding\s*=\s*[\"']([^\"']*)[\"']"
)
_DECLARATION = 4096

_SAVE = "Open it in Word and save it."


def _nothing(*_: object) -> None:
    return None


def walk(
    data: bytes,
    part: str,
    *,
    start: Callable[[str, Mapping[str, str]], None] = _nothing,
    end: Callable[[str], None] = _nothing,
    text: Callable[[str], None] | None = None,
    at: Callable[[int], None] | None = None,
) -> None:
    """
    Read *data*, calling *start*, *end* and *text* as elements come by.

    Names arrive as ``namespace local``. Before *start* and *end*, *at* is told where in
    *data* the tag begins. Called without handlers, it proves that
    *data* is well-formed.

    Raises:
        PeerkitError: If it is not, declares a document type, or is too deep; it
            names *part*, which is the file's name and the part's.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    depth = _Depth(begun(part))
    parser.StartDoctypeDeclHandler = depth.refuse_type
    parser.StartElementHandler = depth.deeper
    parser.EndElementHandler = depth.back
    if start is not _nothing or end is not _nothing or at is not None:
        told = at or _nothing

        def opened(name: str, attributes: Mapping[str, str]) -> None:
            told(parser.CurrentByteIndex)
            depth.deeper()
            start(name, attributes)

        def closed(name: str) -> None:
            told(parser.CurrentByteIndex)
            depth.back()
            end(name)

        parser.StartElementHandler, parser.EndElementHandler = opened, closed
    if text is not None:
        parser.CharacterDataHandler = text
    encoding = _ENCODING.match(data[:_DECLARATION].replace(b"\0", b""))
    if encoding and encoding[1].lower() not in _ENCODINGS:
        raise PeerkitError(
            f"{depth.where} says that it is written in {encoding[1].decode('ascii', 'replace')}, "
            "which Word never writes.",
            mend=_SAVE,
        )
    try:
        parser.Parse(data, True)  # noqa: FBT003 - expat takes it by position
    except expat.ExpatError as error:
        raise _broken(error, depth.where) from None


class _Depth:
    """
    How deep a parser is in elements, and what it may not come by.
    """

    __slots__ = ("now", "where")

    def __init__(self, where: str) -> None:
        self.now = 0
        self.where = where

    def deeper(self, *_: object) -> None:
        self.now += 1
        if self.now > MAX_DEPTH:
            raise PeerkitError(
                f"{self.where} nests elements more than {MAX_DEPTH} deep.", mend=_SAVE
            )

    def back(self, *_: object) -> None:
        self.now -= 1

    def refuse_type(self, *_: object) -> None:
        raise PeerkitError(
            f"{self.where} declares a document type, which Word never writes.", mend=_SAVE
        )


def _broken(error: expat.ExpatError, where: str) -> PeerkitError:
    return PeerkitError(
        f"{where} is not well-formed XML: {expat.ErrorString(error.code)} "
        f"at line {error.lineno}, column {error.offset + 1}.",
        mend=_SAVE,
    )


def is_markup(content: bytes) -> bool:
    r"""
    Tell whether a part is XML, whatever its name ends in: Word goes by its declared type.

    >>> is_markup(b"\xef\xbb\xbf<w:hdr/>"), is_markup(b"\x89PNG")
    (True, False)
    """
    return content.startswith(_UTF16) or content.lstrip(_BEFORE).startswith(b"<")


def tree(data: bytes, part: str, *, is_walked: bool = False) -> _Element:
    """
    Return *data* as a tree without comments, processing instructions and white space between
    elements.

    What *is_walked* has been through `walk` already, and was found sound.

    Raises:
        PeerkitError: As `walk` does.
    """
    from lxml import etree  # noqa: PLC0415 - a heavy import that drawing does without

    if not is_walked:
        walk(data, part)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        remove_blank_text=True,
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        # It has its limits where `walk` has none: a text, or a value, of ten million letters.
        raise PeerkitError(
            f"{begun(part)} cannot be read: {str(error).partition(', line')[0]}.", mend=_SAVE
        ) from None
