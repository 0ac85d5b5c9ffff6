"""
What the parts of a Word file may be, by their content type and by what leads to them.

The lists say what is allowed: what Word itself writes into an ordinary document. What
they lack is refused, since nobody can tell what it would do.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from peerkit_docx.problems import WORD_FETCHES, WORD_PROGRAM

if TYPE_CHECKING:
    from collections.abc import Mapping

    from peerkit.errors import ProblemKind

__all__ = ["FORBIDDEN", "ONCE", "is_known_relation", "is_known_type", "is_program_type"]

_MACROS = (WORD_PROGRAM, "It holds macros", "In Word, save it as .docx.")
_OBJECT = (WORD_PROGRAM, "It holds an object of another program", "Put in a picture of it.")
_CONTROL = (WORD_PROGRAM, "It holds a control that runs a program", "Take it out.")
_ADD_IN = (WORD_PROGRAM, "It holds an add-in", "In Word, take the add-in out.")
_BUTTONS = (
    WORD_PROGRAM, "It brings its own keys, buttons or ribbon", "In Word, make it anew from a blank document.",
)  # fmt: skip

# What a relationship may not lead to, and what to do about it, by the last word of its
# type in small letters.
FORBIDDEN: Mapping[str, tuple[ProblemKind, str, str]] = {
    "afchunk": (
        WORD_FETCHES, "Another document is put into it", "Copy its text into the template.",
    ),
    "subdocument": (
        WORD_FETCHES, "It is made of other documents", "Copy their text into the template.",
    ),
    "attachedtemplate": (
        WORD_FETCHES, "It is attached to another template",
        "In Word, choose Developer, Document Template, and Normal.",
    ),
    "oleobject": _OBJECT,
    "package": _OBJECT,
    "control": _CONTROL,
    "activexcontrolbinary": _CONTROL,
    "vbaproject": _MACROS,
    "vbaprojectsignature": _MACROS,
    "vbaprojectsignatureagile": _MACROS,
    "wordvbadata": _MACROS,
    "attachedtoolbars": (
        WORD_PROGRAM, "It holds toolbars with macros", "In Word, save it as .docx.",
    ),
    "keymapcustomizations": _BUTTONS,
    "extensibility": _BUTTONS,
    "usercustomization": _BUTTONS,
    "webextension": _ADD_IN,
    "webextensiontaskpanes": _ADD_IN,
    "transform": (
        WORD_FETCHES, "It is saved through another file (XSLT)",
        "In Word, choose Save As, Word Document.",
    ),
}  # fmt: skip

# What relationships lead to in ordinary documents.
_KNOWN = frozenset({
    "officedocument", "core-properties", "extended-properties", "extendedproperties",
    "custom-properties", "customproperties", "thumbnail", "classificationlabels",
    "styles", "styleswitheffects", "numbering", "settings", "websettings", "fonttable", "font",
    "theme", "themeoverride", "header", "footer", "footnotes", "endnotes", "glossarydocument",
    "comments", "commentsextended", "commentsids", "commentsextensible", "people",
    "documenttasks", "intelligence", "customxml", "customxmlprops", "printersettings",
    "hyperlink", "image", "hdphoto",
    "chart", "chartex", "chartstyle", "chartcolorstyle", "chartusershapes",
    "diagramdata", "diagramlayout", "diagramquickstyle", "diagramcolors", "diagramdrawing",
})  # fmt: skip
_FROM = (
    "http://schemas.openxmlformats.org/",
    "http://purl.oclc.org/ooxml/",
    "http://schemas.microsoft.com/office/",
)
# What a part has one of; whoever reads the file would take the first, or the last.
ONCE = frozenset({
    "officedocument", "core-properties", "extended-properties", "extendedproperties",
    "custom-properties", "customproperties", "styles", "numbering", "settings", "footnotes",
    "endnotes", "comments",
})  # fmt: skip

_TYPE = re.compile(
    r"(?:application|text)/xml"
    r"|image/[\w.+-]+"
    r"|application/(?:x-font[\w.-]*|font[\w.-]*|vnd\.ms-fontobject)|font/[\w.+-]+"
    r"|application/vnd\.openxmlformats-package\.(?:relationships|core-properties)\+xml"
    r"|application/vnd\.openxmlformats-officedocument\.(?:"
    r"obfuscatedfont|theme\+xml|themeoverride\+xml|custom-properties\+xml"
    r"|extended-properties\+xml|customxmlproperties\+xml"
    r"|drawingml\.(?:chart|chartshapes|diagram(?:data|layout|style|colors))\+xml"
    r"|wordprocessingml\.(?:printersettings|(?:document\.main|document\.glossary|template\.main"
    r"|styles|numbering|settings|websettings|fonttable|header|footer|footnotes|endnotes"
    r"|comments|commentsextended|commentsids|commentsextensible|people)\+xml))"
    r"|application/vnd\.ms-word\.styleswitheffects\+xml"
    r"|application/vnd\.ms-office\.(?:chartstyle|chartcolorstyle|chartex|drawingml\.diagramdrawing"
    r"|classificationlabels|intelligence\d*|documenttasks)\+xml"
)
_PROGRAM_TYPE = re.compile(
    r"vba|activex|oleobject|macroenabled|attachedtoolbars|keymapcustomizations|webextension"
)


def is_known_relation(kind: str) -> bool:
    """
    Tell whether ordinary documents have relationships whose type is *kind*.

    >>> is_known_relation("http://schemas.microsoft.com/office/2011/relationships/people")
    True
    """
    return kind.startswith(_FROM) and kind.rpartition("/")[2].casefold() in _KNOWN


def is_known_type(said: str) -> bool:
    """
    Tell whether parts of ordinary documents have the content type *said*.

    >>> is_known_type("image/png"), is_known_type("application/vnd.ms-office.vbaProject")
    (True, False)
    """
    return _TYPE.fullmatch(_bare(said)) is not None


def is_program_type(said: str) -> bool:
    """
    Tell whether parts of the content type *said* run something.
    """
    return _PROGRAM_TYPE.search(_bare(said)) is not None


def _bare(said: str) -> str:
    return said.partition(";")[0].strip().casefold()
