"""
Drawing: a document and a template become the bytes of a Word file, or an error.

The steps are: package, prepared template, markup, package, proof.
"""

from __future__ import annotations

import importlib.resources
import re
from typing import TYPE_CHECKING

from peerkit.errors import PeerkitError
from peerkit_docx.drawing.context import context
from peerkit_docx.drawing.verifying import (
    property_texts,
    refuse_loss,
    refuse_unseen_notices,
    targets,
    tree_texts,
)
from peerkit_docx.filling.parts import fill
from peerkit_docx.filling.sandbox import sandbox
from peerkit_docx.markup.blocks import Pen, Relations
from peerkit_docx.markup.lists import Numbering
from peerkit_docx.markup.pictures import SUFFIXES
from peerkit_docx.preparing import Prepared, loaded, prepare
from peerkit_docx.word.fields import refuse_fetching
from peerkit_docx.word.opc import (
    CONTENT_TYPES,
    before_end,
    decoded,
    relations_of,
    relations_part,
    with_default_type,
    with_relations,
)
from peerkit_docx.word.packages import read_package, write_package
from peerkit_docx.word.properties import APP, CORE, app_properties, core_properties
from peerkit_docx.word.refusing import begun
from peerkit_docx.word.xmlwriting import DECLARATION, attribute, refuse_unfit

if TYPE_CHECKING:
    from peerkit import Template
    from peerkit.document import Document

__all__ = ["draw"]

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PREFIX = "peerkit"
_LANGUAGE = re.compile(
    r'(<w:docDefaults>.*?<w:lang\b[^>]*?w:val=")[^"]*(".*?</w:docDefaults>)', re.DOTALL
)


def draw(document: Document, template: Template | None) -> bytes:
    """
    Return *document* drawn with *template*, or with the base template.

    Raises:
        PeerkitError: If anything in either cannot be drawn without loss.
    """
    if template is None:
        from peerkit_docx import base_template  # noqa: PLC0415 - it imports this module

        template = base_template()
    for tell in (tree_texts, property_texts, targets):
        for text in tell(document):
            refuse_unfit(text, "a text of the paper")
    for text in document.page_words:
        refuse_unfit(text, "the words of “page x of y”")
    content = template.read()
    package = read_package(content, template.origin)
    prepared = _prepared(content, template)
    if prepared.paper not in ("", "*", document.paper):
        raise PeerkitError(
            f"{begun(template.origin)} is a template for the paper {prepared.paper}, "
            f"not for {document.paper}.",
            mend="Choose another, or change its property peerkit.paper.",
        )
    pen = Pen(
        sheet=prepared.sheet(template.origin),
        numbering=Numbering(prepared.sheet(template.origin), prepared.next_num),
        width=prepared.width,
        next_id=prepared.next_id,
        relations=Relations(_PREFIX),
        taken=frozenset(package),
    )
    names, made = context(document, pen), sandbox()
    for part, source in prepared.sources.items():
        where = f"{template.origin}, {part}"
        pen.relations = Relations(_free_prefix(package, part, template.origin))
        package[part] = (DECLARATION + fill(source, names, where, made)).encode()
        # Again, since a tag may have stood in a field.
        refuse_fetching(package[part], where)
        _relate(package, part, pen.relations, template.origin)
    _share(package, prepared, pen, document)
    refuse_loss(document, package, template.origin)
    refuse_unseen_notices(document.notices, package, prepared.main, template.origin)
    return write_package(package)


def _prepared(content: bytes, template: Template) -> Prepared:
    """
    Return what was prepared beforehand, if it was made from these very bytes.
    """
    shipped = importlib.resources.files("peerkit_docx") / "templates" / "base.prepared.json"
    # A template of another plugin may bring its own along.
    for read in (lambda: shipped.read_text("utf-8"), getattr(template, "prepared", None)):
        if read is not None and (found := loaded(read(), content)):
            return found
    return prepare(content, template.origin)


# -- what the parts share ----------------------------------------------------------


def _free_prefix(package: dict[str, bytes], part: str, origin: str) -> str:
    """
    Return a beginning for ids that no relationship of *part* has.

    It would be taken if a paper we drew was made a template.
    """
    taken = [one.id for one in relations_of(package, part, origin)]
    prefix = _PREFIX
    while any(one.startswith(prefix) for one in taken):
        prefix += "_"
    return prefix


def _relate(package: dict[str, bytes], part: str, relations: Relations, origin: str) -> None:
    added = {one: (f"{_OFFICE}/hyperlink", href, True) for href, one in relations.links.items()}
    added |= {one: (f"{_OFFICE}/image", name, False) for name, one in relations.pictures.items()}
    if added:
        where = relations_part(part)
        package[where] = with_relations(package.get(where), added, f"{origin}, {where}")


def _share(package: dict[str, bytes], prepared: Prepared, pen: Pen, document: Document) -> None:
    folder, origin = prepared.main.rpartition("/")[0], pen.sheet.origin
    for picture in pen.pictures.values():
        package[f"{folder}/{picture.name}"] = picture.content
        package[CONTENT_TYPES] = with_default_type(
            package[CONTENT_TYPES],
            SUFFIXES[picture.media_type],
            picture.media_type,
            f"{origin}, {CONTENT_TYPES}",
        )
    if pen.numbering.made:
        package[prepared.numbering] = before_end(
            package[prepared.numbering],
            "</w:numbering>",
            "".join(pen.numbering.made),
            f"{origin}, {prepared.numbering}",
        )
    package[prepared.styles] = _in_language(
        decoded(package[prepared.styles], f"{origin}, {prepared.styles}"),
        document.language,
        origin,
    )
    package[CORE] = core_properties(document)
    package[APP] = app_properties(document)


def _in_language(styles: str, language: str, origin: str) -> bytes:
    """
    Return *styles* with *language* as that of all text.
    """
    said, count = _LANGUAGE.subn(
        lambda found: found[1] + attribute(language) + found[2], styles, count=1
    )
    if not count:
        raise PeerkitError(
            f"{begun(origin)} does not say which language its text is in.",
            mend="In Word, set the proofing language as default, and save.",
        )
    return said.encode()
