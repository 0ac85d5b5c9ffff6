"""
What a file says of itself: docProps/core.xml and docProps/app.xml.

Written from the document alone; a template's author, dates and program never reach
a paper, and no property comes from a clock.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from peerkit_docx.word.xmlreading import walk
from peerkit_docx.word.xmlwriting import DECLARATION, escaped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from peerkit.document import Document

__all__ = ["APP", "CORE", "CUSTOM", "app_properties", "core_properties", "paper_of"]

CORE = "docProps/core.xml"
APP = "docProps/app.xml"
CUSTOM = "docProps/custom.xml"

_PAPER = "peerkit.paper"


def core_properties(document: Document) -> bytes:
    """
    Return the core properties of *document*; without a day there are no dates.
    """
    properties = document.properties
    said = {
        "dc:title": document.title,
        "dc:subject": properties.subject,
        "dc:creator": properties.author,
        "dc:identifier": properties.history,
        "cp:keywords": ", ".join(properties.keywords),
        "cp:lastModifiedBy": properties.author,
        "dc:language": document.language,
    }
    lines = "".join(f"<{name}>{escaped(text)}</{name}>" for name, text in said.items() if text)
    if properties.day:
        lines += "".join(
            f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{properties.day.isoformat()}T00:00:00Z</dcterms:{name}>'
            for name in ("created", "modified")
        )
    return (
        f"{DECLARATION}<cp:coreProperties"
        ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{lines}</cp:coreProperties>"
    ).encode()


def app_properties(document: Document) -> bytes:
    """
    Return the extended properties of *document*.
    """
    return (
        f"{DECLARATION}<Properties"
        ' xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        f"<Application>peerkit</Application><Company>{escaped(document.properties.author)}</Company>"
        "</Properties>"
    ).encode()


def paper_of(package: Mapping[str, bytes], origin: str) -> str:
    """
    Return the paper that a template says it draws, ``*`` for any, empty if it says none.

    *origin* is what messages call the template.
    """
    names: list[str] = []
    said: list[str] = []

    def start(name: str, attributes: Mapping[str, str]) -> None:
        if name.endswith(" property"):
            names.append(attributes.get("name", ""))

    def text(text: str) -> None:
        if names and names[-1] == _PAPER:
            said.append(text)

    if CUSTOM in package:
        walk(package[CUSTOM], f"{origin}, {CUSTOM}", start=start, text=text)
    return "".join(said).strip()
