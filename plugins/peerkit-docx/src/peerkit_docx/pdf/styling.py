"""
Names of styles that LibreOffice would take into a PDF as something else.
"""

from __future__ import annotations

import re
from typing import Final

from peerkit_docx.word.packages import read_package, write_package

__all__ = ["without_types_of_pdf"]

# What PDF 1.7 itself calls its types of tag.
_TYPES: Final = (
    "Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index",
    "NonStruct", "Private", "P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl",
    "LBody", "Table", "TR", "TH", "TD", "THead", "TBody", "TFoot", "Span", "Quote", "Note",
    "Reference", "BibEntry", "Code", "Link", "Annot", "Ruby", "RB", "RT", "RP", "Warichu", "WT",
    "WP", "Figure", "Formula", "Form",
)  # fmt: skip
_NAME: Final = re.compile(rf'(<w:name\s+w:val=")({"|".join(_TYPES)})"'.encode())


def without_types_of_pdf(word: bytes) -> bytes:
    """
    Return the Word file *word* without styles that are called as a type of tag in PDF.

    LibreOffice makes a type of each style, and says which of PDF's own it is like. Of a
    type that is PDF's own, such as “Quote”, PDF/UA forbids to say so; and in the PDF nobody
    could tell paragraphs in a style called “Table” from tables.
    """
    package = dict(read_package(word, "the paper"))
    for part, content in package.items():
        if part.endswith("/styles.xml"):
            package[part] = _NAME.sub(rb'\1\2 style"', content)
    return write_package(package)
