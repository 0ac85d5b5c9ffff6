"""
What a file says of itself: docProps/core.xml and docProps/app.xml.

Written from the document alone; a template's author, dates and program never reach
a paper, and no property comes from a clock.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from peerkit_docx.word.xmlreading import walk
from peerkit_docx.word.xmlwriting import DECLARATION, attribute, escaped

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from peerkit.document import Document

__all__ = [
    "APP",
    "CORE",
    "CUSTOM",
    "EMPTY",
    "FORMAT",
    "PAPER",
    "app_properties",
    "core_properties",
    "custom_properties",
    "paper_of",
    "rewritten",
    "title_of",
]

CORE = "docProps/core.xml"
APP = "docProps/app.xml"
CUSTOM = "docProps/custom.xml"

PAPER = "peerkit.paper"
FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


def _core(lines: str) -> bytes:
    return (
        f"{DECLARATION}<cp:coreProperties"
        ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{lines}</cp:coreProperties>"
    ).encode()


def _app(lines: str) -> bytes:
    return (
        f"{DECLARATION}<Properties"
        ' xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        f"{lines}</Properties>"
    ).encode()


EMPTY = {CORE: _core(""), APP: _app("")}


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
    return _core(lines)


def app_properties(document: Document) -> bytes:
    """
    Return the extended properties of *document*.
    """
    return _app(
        f"<Application>peerkit</Application><Company>{escaped(document.properties.author)}</Company>"
    )


def custom_properties(said: Mapping[str, str]) -> bytes:
    """
    Return custom properties that are texts, by name.
    """
    lines = "".join(
        f'<property fmtid="{FORMAT}" pid="{number}" name="{attribute(name)}">'
        f"<vt:lpwstr>{escaped(text)}</vt:lpwstr></property>"
        for number, (name, text) in enumerate(said.items(), start=2)
    )
    return (
        f"{DECLARATION}<Properties"
        ' xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
        ' xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        f"{lines}</Properties>"
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
        if names and names[-1] == PAPER:
            said.append(text)

    if CUSTOM in package:
        walk(package[CUSTOM], f"{origin}, {CUSTOM}", start=start, text=text)
    return "".join(said).strip()


def title_of(content: bytes, part: str) -> str:
    """
    Return the title that the core properties *content* tell, empty if they tell none.

    Raises:
        PeerkitError: If it is no XML that can be read; it names *part*.
    """
    names: list[str] = []
    said: list[str] = []

    def start(name: str, _: Mapping[str, str]) -> None:
        names.append(name)

    def end(_: str) -> None:
        names.pop()

    def text(text: str) -> None:
        if names and names[-1] == "http://purl.org/dc/elements/1.1/ title":
            said.append(text)

    if content:
        walk(content, part, start=start, end=end, text=text)
    return "".join(said)


def rewritten(content: bytes, part: str, said: Callable[[str], str]) -> str:
    """
    Return the properties *content* written anew, without a declaration.

    Their texts are escaped, but for the tags that *said* returns of them.

    Raises:
        PeerkitError: If it is no XML that can be read; it names *part*.
    """
    written: list[str] = []
    spaces = _Spaces()

    def start(name: str, attributes: Mapping[str, str]) -> None:
        shown = spaces.tag(name, is_root=not written)
        rest = "".join(
            f' {spaces.attribute(key)}="{attribute(value)}"' for key, value in attributes.items()
        )
        written.append(f"<{shown}{rest}>")

    def end(name: str) -> None:
        written.append(f"</{spaces.name(name)}>")

    def text(text: str) -> None:
        # A tag is not text: what is escaped is what stands around it.
        written.append(_TAGS.sub(lambda one: escaped(one[1]) + said(one[2]), text))

    walk(content, part, start=start, end=end, text=text)
    return "".join(written)


_TAGS = re.compile(r"(.*?)(\{\{.*?\}\}|\{%.*?%\}|\Z)", re.DOTALL)


class _Spaces:
    """
    The prefixes that properties are written with.
    """

    KNOWN: ClassVar[Mapping[str, str]] = {
        "http://schemas.openxmlformats.org/package/2006/metadata/core-properties": "cp",
        "http://purl.org/dc/elements/1.1/": "dc",
        "http://purl.org/dc/terms/": "dcterms",
        "http://purl.org/dc/dcmitype/": "dcmitype",
        "http://www.w3.org/2001/XMLSchema-instance": "xsi",
        "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties": "",
        "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties": "",
        "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes": "vt",
    }

    def name(self, name: str) -> str:
        space, _, local = name.rpartition(" ")
        prefix = self.KNOWN.get(space, "")
        return f"{prefix}:{local}" if prefix else local

    def attribute(self, name: str) -> str:
        return self.name(name) if " " in name else name

    def tag(self, name: str, *, is_root: bool) -> str:
        if not is_root:
            return self.name(name)
        space = name.rpartition(" ")[0]
        declared = "".join(
            f' xmlns:{prefix}="{one}"' for one, prefix in self.KNOWN.items() if prefix
        )
        default = "" if self.KNOWN.get(space) else f' xmlns="{space}"'
        return f"{self.name(name)}{default}{declared}"
