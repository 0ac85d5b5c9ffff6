"""
Which elements a part may not hold: those that fetch, run or put in what lies elsewhere.

An element is known by its local name, whatever its namespace is called and whichever
edition of the format it is from. Kept out: fields, and what relationships lead to.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from peerkit_docx.problems import WORD_FETCHES, WORD_PROGRAM

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from peerkit.errors import ProblemKind

__all__ = [
    "BINDINGS",
    "DRAWING",
    "NOTED",
    "RELATIONS",
    "WEB",
    "WORDS",
    "element_faults",
    "leads_away",
]

# The namespaces of Word, of drawings and of relationships: each in two editions.
WORDS = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
DRAWING = (
    "http://schemas.openxmlformats.org/drawingml/2006/main",
    "http://purl.oclc.org/ooxml/drawingml/main",
)
RELATIONS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
BINDINGS = (*WORDS, "http://schemas.microsoft.com/office/word/2012/wordml")
_OLD_DRAWING = "urn:schemas-microsoft-com:"

WEB = re.compile(r"(?:https?://|mailto:)[^\x00-\x1f\x7f]*\Z", re.IGNORECASE)

_SOUND = (WORD_PROGRAM, "It plays a sound or a film", "Take it out.")
_OBJECT = (WORD_PROGRAM, "It holds an object of another program", "Put in a picture of it.")
_MACRO = (WORD_PROGRAM, "A form field runs a macro", "Take the form field out.")
_ADD_IN = (WORD_PROGRAM, "It holds an add-in", "In Word, take the add-in out.")

# What an element is, and what to do about it, by its local name.
_ELEMENTS: Mapping[str, tuple[ProblemKind, str, str]] = {
    "altChunk": (
        WORD_FETCHES, "Another document is put in here", "Copy its text into the template.",
    ),
    "subDoc": (
        WORD_FETCHES, "This is made of other documents", "Copy their text into the template.",
    ),
    "attachedTemplate": (
        WORD_FETCHES, "It is attached to another template",
        "In Word, choose Developer, Document Template, and Normal.",
    ),
    "attachedSchema": (
        WORD_FETCHES, "It is attached to a schema",
        "In Word, choose Developer, Document Template, XML Schema, and clear the list.",
    ),
    "saveThroughXslt": (
        WORD_FETCHES, "It is saved through another file (XSLT)",
        "In Word, choose Save As, Word Document.",
    ),
    "mailMerge": (
        WORD_FETCHES, "It fetches letters from a list (mail merge)",
        "In Word, make it a normal document.",
    ),
    "frameset": (WORD_FETCHES, "It shows other files in frames", "Take the frames out."),
    "OLEObject": _OBJECT,
    "objectEmbed": _OBJECT,
    "objectLink": _OBJECT,
    "control": (WORD_PROGRAM, "It holds a control that runs a program", "Take it out."),
    "entryMacro": _MACRO,
    "exitMacro": _MACRO,
    "movie": (WORD_PROGRAM, "It holds a film", "Take it out."),
    "wavAudioFile": _SOUND,
    "audioFile": _SOUND,
    "videoFile": _SOUND,
    "quickTimeFile": _SOUND,
    "webextension": _ADD_IN,
    "webextensionref": _ADD_IN,
    "taskpane": _ADD_IN,
}  # fmt: skip

_BOUND = (
    WORD_FETCHES, "A content control takes its words from data in the file",
    "In Word, take its XML mapping out.",
)  # fmt: skip
_PICTURE = (WORD_FETCHES, "A picture is fetched", "Put it into the file itself.")
_SMART = (WORD_FETCHES, "A smart tag leads to something to fetch", "Take the smart tags out.")
_SCHEMA = (WORD_FETCHES, "A schema lies elsewhere", "Take it out of the schema library.")
_LIBRARY = "http://schemas.openxmlformats.org/schemaLibrary/2006/main schema"
_LIBRARY_KEYS = frozenset({"schemaLocation", "manifestLocation"})

# What leads away though no relationship says so: which attributes of an element may say nothing.
_PICTURES = ("imagedata", "fill", "stroke")
_BY_ATTRIBUTE: Mapping[str, tuple[frozenset[str], tuple[ProblemKind, str, str]]] = {
    **dict.fromkeys(_PICTURES, (frozenset({"src", "href", "althref"}), _PICTURE)),
    "smartTagType": (frozenset({"url"}), _SMART),
}
_NOTHING = (frozenset[str](), _PICTURE)
_LINKS = frozenset({"hlinkClick", "hlinkHover", "hlinkMouseOver"})

_NAMES = (*_ELEMENTS, *_BY_ATTRIBUTE, *sorted(_LINKS), "dataBinding", "schema")
# A part that has none of these elements, and no attribute href, has nothing that leads away.
NOTED = frozenset(_NAMES)


def element_faults(
    name: str, attributes: Mapping[str, str]
) -> Iterator[tuple[ProblemKind, str, str]]:
    """
    Yield what the element *name* brings along that it may not: kind, message and mend.
    """
    space, _, local = name.rpartition(" ")
    if local in _ELEMENTS:
        kind, said, mend = _ELEMENTS[local]
        yield kind, f"{said} ({local})", mend
    own = [(key.rpartition(" ")[2], value) for key, value in attributes.items() if value.strip()]
    keys, told = (
        (_LIBRARY_KEYS, _SCHEMA) if name == _LIBRARY else _BY_ATTRIBUTE.get(local, _NOTHING)
    )
    if any(key in keys for key, _ in own):
        yield told
    if local in _LINKS:
        yield from _link_faults(own)
    elif local == "dataBinding" and space in BINDINGS:
        yield _BOUND
    elif space.startswith(_OLD_DRAWING) and local not in _PICTURES:
        for key, value in own:
            if key == "href" and leads_away(value):
                yield (
                    WORD_FETCHES, f"A drawing leads to “{value[:80]}”, which is no web address",
                    "Take its link out, or begin it with https:// or mailto:.",
                )  # fmt: skip


def _link_faults(own: list[tuple[str, str]]) -> Iterator[tuple[ProblemKind, str, str]]:
    for key, value in own:
        if key == "action":
            yield WORD_PROGRAM, f"A click runs something ({value[:80]})", "Take the link out."
        elif key == "invalidUrl" and leads_away(value):
            yield WORD_FETCHES, f"A link leads to “{value[:80]}”", "Take the link out."


def leads_away(target: str) -> bool:
    """
    Tell whether *target* is neither a web or mail address nor a place in the file.

    >>> leads_away("https://northmere.example/"), leads_away("#annex"), leads_away("file:///x")
    (False, False, True)
    """
    return not target.startswith("#") and WEB.match(target) is None
