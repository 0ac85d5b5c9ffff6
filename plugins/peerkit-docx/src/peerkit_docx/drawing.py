"""
Drawing: a document and a template become the bytes of a Word file, or an error.

The steps are: package, prepared template, markup, package, proof.
"""

from __future__ import annotations

import importlib.resources
import re
import traceback
from collections.abc import Iterator

import attrs
from jinja2 import TemplateError, TemplateSyntaxError

from peerkit.document import Document
from peerkit.errors import PeerkitError
from peerkit.papers import Template
from peerkit_docx.blocks import Pen, Relations
from peerkit_docx.context import context
from peerkit_docx.lists import Numbering
from peerkit_docx.opc import CONTENT_TYPES, before_end, relations_part, with_default_type, with_relations
from peerkit_docx.packages import read_package, write_package
from peerkit_docx.pictures import SUFFIXES
from peerkit_docx.preparing import Prepared, loaded, prepare
from peerkit_docx.properties import APP, CORE, app_properties, core_properties
from peerkit_docx.sandbox import environment, refuse_forbidden
from peerkit_docx.verifying import refuse_loss, texts_of, tree_texts
from peerkit_docx.xmlwriting import DECLARATION, attribute, refuse_unfit

__all__ = ["draw"]

MAX_DRAWN = 50_000_000

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PREFIX = "peerkit"
_LANGUAGE = re.compile(r'(<w:docDefaults>.*?<w:lang\b[^>]*?w:val=")[^"]*(".*?</w:docDefaults>)', re.DOTALL)


def draw(document: Document, template: Template | None) -> bytes:
    """
    Return *document* drawn with *template*, or with the base template.

    Raises:
        PeerkitError: If anything in either cannot be drawn without loss.
    """
    if template is None:
        from peerkit_docx import base_template  # noqa: PLC0415 - it imports this module

        template = base_template()
    for text in tree_texts(document):
        refuse_unfit(text, f"“{text[:40]!a}”" if not text.isprintable() else f"“{text[:40]}”")
    content = template.read()
    package = read_package(content, template.origin)
    prepared = _prepared(content, template)
    pen = Pen(
        sheet=prepared.sheet(template.origin),
        numbering=Numbering(prepared.sheet(template.origin), prepared.next_num),
        width=prepared.width,
        next_id=prepared.next_id,
        relations=Relations(_PREFIX),
    )
    names = context(document, pen)
    for part, source in prepared.sources.items():
        pen.relations = Relations(_PREFIX)
        filled = _filled(source, names, f"{template.origin}, {part}")
        package[part] = (DECLARATION + filled).encode()
        _relate(package, part, pen.relations)
    _share(package, prepared, pen, document)
    refuse_loss(document, texts_of(package), template.origin)
    return write_package(package)


def _prepared(content: bytes, template: Template) -> Prepared:
    """
    Return what was prepared beforehand, if it was made from these very bytes.
    """
    shipped = importlib.resources.files("peerkit_docx") / "templates" / "base.prepared.json"
    return loaded(shipped.read_text("utf-8"), content) or prepare(content, template.origin)


# -- filling one part --------------------------------------------------------------


def _filled(source: str, names: dict[str, object], where: str) -> str:
    made = environment()
    try:
        parsed = made.parse(source)
        refuse_forbidden(parsed)
        drawn: list[str] = []
        length = 0
        for piece in made.from_string(parsed).generate(names):
            length += len(piece)
            if length > MAX_DRAWN:
                raise PeerkitError(f"{where}: the template draws more than {MAX_DRAWN:,} characters")
            drawn.append(piece)
    except (TemplateError, TypeError, RecursionError) as error:
        if not (isinstance(error, TemplateError) or _is_of_template(error)):
            raise
        raise _located(error, source, where) from None
    return "".join(drawn)


def _is_of_template(error: Exception) -> bool:
    *_, last = traceback.walk_tb(error.__traceback__)
    return "jinja2" in last[0].f_code.co_filename or last[0].f_code.co_filename == "<template>"


def _located(error: Exception, source: str, where: str) -> PeerkitError:
    line = getattr(error, "lineno", None)
    if line is None:
        frames = list(_template_lines(error))
        line = frames[-1] if frames else None
    said = error.message if isinstance(error, TemplateSyntaxError) else str(error)
    if line is None:
        return PeerkitError(f"{where}: {said}")
    lines = source.split("\n")
    current = lines[min(line, len(lines)) - 1]
    begun = max(current.rfind("{{"), current.rfind("{%"))
    tag = current[begun:].strip() + (" }}" if current[begun : begun + 2] == "{{" else " %}")
    before = re.sub(r"<[^>]*>", " ", "".join(lines[max(0, line - 3) : line - 1]) + current[: max(begun, 0)])
    near = " ".join(before.split())[-80:]
    return PeerkitError(f"{where}: {tag}: {said}" + (f" (after “{near}”)" if near else ""))


def _template_lines(error: Exception) -> Iterator[int]:
    for frame, line in traceback.walk_tb(error.__traceback__):
        if frame.f_code.co_filename == "<template>":
            yield line


# -- what the parts share ----------------------------------------------------------


def _relate(package: dict[str, bytes], part: str, relations: Relations) -> None:
    added = {one: (f"{_OFFICE}/hyperlink", href, True) for href, one in relations.links.items()}
    added |= {one: (f"{_OFFICE}/image", name, False) for name, one in relations.pictures.items()}
    if added:
        where = relations_part(part)
        package[where] = with_relations(package.get(where), added)


def _share(package: dict[str, bytes], prepared: Prepared, pen: Pen, document: Document) -> None:
    folder = prepared.main.rpartition("/")[0]
    for picture in pen.pictures.values():
        package[f"{folder}/{picture.name}"] = picture.content
        package[CONTENT_TYPES] = with_default_type(
            package[CONTENT_TYPES], SUFFIXES[picture.media_type], picture.media_type
        )
    if pen.numbering.made:
        numbering = package[prepared.numbering]
        package[prepared.numbering] = before_end(numbering, "</w:numbering>", "".join(pen.numbering.made))
    styles = package[prepared.styles].decode("utf-8")
    language = attribute(document.language)
    package[prepared.styles] = _LANGUAGE.sub(
        lambda found: found[1] + language + found[2], styles, count=1
    ).encode()
    package[CORE] = core_properties(document)
    package[APP] = app_properties(document)
