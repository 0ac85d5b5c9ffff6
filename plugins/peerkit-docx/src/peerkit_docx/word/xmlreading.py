"""
The one door through which XML is read in this distribution.

No parser here takes a document type, fetches anything or mends what is broken.
`walk` needs the standard library alone; `tree` needs lxml and is for preparing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.parsers import expat

from peerkit.errors import PeerkitError
from peerkit_docx.word.refusing import begun

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lxml.etree import _Element

__all__ = ["tree", "walk"]

MAX_DEPTH = 256

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
    depth = 0
    where = begun(part)

    def doctype(*_: object) -> None:
        raise PeerkitError(
            f"{where} declares a document type, which Word never writes.", mend=_SAVE
        )

    def opened(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise PeerkitError(f"{where} nests elements more than {MAX_DEPTH} deep.", mend=_SAVE)
        start(name, attributes)

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(name)

    def opened_at(name: str, attributes: Mapping[str, str]) -> None:
        told(parser.CurrentByteIndex)
        opened(name, attributes)

    def closed_at(name: str) -> None:
        told(parser.CurrentByteIndex)
        closed(name)

    told = at or _nothing
    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = opened_at if at else opened
    parser.EndElementHandler = closed_at if at else closed
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        parser.Parse(data, True)  # noqa: FBT003 - expat takes it by position
    except expat.ExpatError as error:
        raise _broken(error, where) from None


def _broken(error: expat.ExpatError, where: str) -> PeerkitError:
    return PeerkitError(
        f"{where} is not well-formed XML: {expat.ErrorString(error.code)} "
        f"at line {error.lineno}, column {error.offset + 1}.",
        mend=_SAVE,
    )


def tree(data: bytes, part: str) -> _Element:
    """
    Return *data* as a tree without comments, processing instructions and white space between
    elements.

    Raises:
        PeerkitError: As `walk` does.
    """
    from lxml import etree  # noqa: PLC0415 - a heavy import that drawing does without

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
    return etree.fromstring(data, parser)
