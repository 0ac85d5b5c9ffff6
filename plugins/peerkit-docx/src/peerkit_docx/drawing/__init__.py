"""
Drawing: a document, or names, and a template become the bytes of a Word file, or an error.

Kept out: how one part is filled; see `filling`.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.resources
import re
from typing import TYPE_CHECKING

from peerkit import Trust
from peerkit.errors import PeerkitError
from peerkit_docx.drawing.context import context
from peerkit_docx.drawing.drawn import drawn
from peerkit_docx.drawing.keeping import remembered
from peerkit_docx.drawing.losing import property_texts, refuse_loss, targets
from peerkit_docx.drawing.noticing import refuse_unseen_notices
from peerkit_docx.drawing.proving import is_proven
from peerkit_docx.drawing.sight import sight_of
from peerkit_docx.preparing.prepared import loaded_for
from peerkit_docx.problems import (
    ACCESS_ONE_TITLE,
    ACCESS_TITLE,
    ACCESS_TYPED_LIST,
    WORD_LEFT_OUT,
)
from peerkit_docx.word.opc import decoded
from peerkit_docx.word.packages import packed, read_package, zipped
from peerkit_docx.word.properties import APP, CORE, app_properties, core_properties
from peerkit_docx.word.refusing import begun, refuse
from peerkit_docx.word.xmlwriting import attribute, refuse_unfit

if TYPE_CHECKING:
    from peerkit import Template
    from peerkit.document import Document
    from peerkit.errors import Problem
    from peerkit_docx.drawing.drawn import Drawn
    from peerkit_docx.preparing.prepared import Prepared

__all__ = ["draw", "draw_document", "draw_here", "left_out", "prepared_for"]

_LANGUAGE = re.compile(
    r'(<w:docDefaults>.*?<w:lang\b[^>]*?w:val=")[^"]*(".*?</w:docDefaults>)', re.DOTALL
)

# What officers type into a paper is set as it was typed: resolutions are often lettered by hand.
_AS_TYPED = (ACCESS_TYPED_LIST,)


def draw(document: Document, template: Template | None) -> bytes:
    """
    Return *document* drawn with *template*, or with the base template.

    A stranger's template is drawn by a process of its own, which can be ended.

    Raises:
        PeerkitError: If anything in either cannot be drawn without loss, or read by everyone.
    """
    if template is None:
        from peerkit_docx import base_template  # noqa: PLC0415 - it imports this module

        template = base_template()
    if template.trust is Trust.STRANGER:
        from peerkit_docx.drawing.child import draw_apart  # noqa: PLC0415 - it imports this module

        return draw_apart(document, template)
    return draw_here(document, template)


def draw_here(document: Document, template: Template) -> bytes:
    """
    Return *document* drawn with *template* in this process, whosever it is.

    Raises:
        PeerkitError: As `draw`.
    """
    return draw_document(prepared_for(template), document, origin=template.origin)


def draw_document(prepared: Prepared, document: Document, *, origin: str = "the template") -> bytes:
    """
    Return *document* drawn with a template that is *prepared*; messages call it *origin*.

    Raises:
        PeerkitError: If anything in either cannot be drawn without loss, or read by everyone.
    """
    for text in (*property_texts(document), *targets(document), *document.page_words):
        refuse_unfit(text, "a text of the paper")
    for text in document.notices:
        refuse_unfit(text, "a notice")
    if prepared.paper not in ("", "*", document.paper):
        raise PeerkitError(
            f"{begun(origin)} is a template for the paper {prepared.paper}, "
            f"not for {document.paper}.",
            mend="Choose another, or change its property peerkit.paper.",
        )
    refuse(prepared.problems, origin)
    made = drawn(
        prepared, context(document), origin, is_gated=True, without=(CORE, APP), spared=_AS_TYPED
    )
    _refuse_untitled(made, document, origin)
    for name, content in (
        (prepared.styles, _in_language(prepared, document.language, origin)),
        (CORE, core_properties(document)),
        (APP, app_properties(document)),
    ):
        made.parts[name] = packed(name, content)
    order = dict.fromkeys((*prepared.order, *made.parts))
    content = zipped(made.parts[name] for name in order if name in made.parts)
    sight = remembered(("sight", prepared.key), functools.partial(sight_of, prepared, origin))
    heads = {**prepared.parts, **made.texts}
    refuse_unseen_notices(document.notices, prepared.pages, heads, sight.hiding, origin)
    if not (sight.is_whole and is_proven(document, made)):
        package = read_package(content, origin)
        refuse_loss(document, package, origin, parts=sight.parts, hiding=sight.hiding)
    return content


def left_out(template: Template) -> tuple[Problem, ...]:
    """
    Return what *template* would have Word fetch, and papers are made without.

    Raises:
        PeerkitError: As `prepared_for`.
    """
    if template.trust is not Trust.OWN:
        return ()
    return tuple(one for one in prepared_for(template).problems if one.kind is WORD_LEFT_OUT)


def prepared_for(template: Template) -> Prepared:
    """
    Return *template* prepared: from memory, or beforehand, or now.

    Raises:
        PeerkitError: If it is no Word document, or holds what a template may not.
    """
    content = template.read()
    key = ("prepared", hashlib.sha256(content).hexdigest(), template.origin, template.trust)
    return remembered(key, functools.partial(_prepared, content, template))


def _prepared(content: bytes, template: Template) -> Prepared:
    shipped = importlib.resources.files("peerkit_docx") / "templates" / "base.prepared.json"
    # A template of another plugin may bring its own along.
    for read in (lambda: shipped.read_text("utf-8"), getattr(template, "prepared", None)):
        if read is not None and (found := loaded_for(read(), content)):
            return found
    from peerkit_docx.preparing import prepare  # noqa: PLC0415 - drawing does without

    return prepare(content, template.origin, is_own=template.trust is Trust.OWN)


def _refuse_untitled(made: Drawn, document: Document, origin: str) -> None:
    if not document.title.strip():
        raise PeerkitError("The paper has no title.", mend=ACCESS_TITLE.mend)
    if not made.pen.headings.has_title:
        raise PeerkitError(
            f"{begun(origin)} draws no heading of level 1.", mend=ACCESS_ONE_TITLE.mend
        )


def _in_language(prepared: Prepared, language: str, origin: str) -> bytes:
    """
    Return the styles with *language* as that of all text.
    """
    styles = decoded(prepared.parts[prepared.styles], f"{origin}, {prepared.styles}")
    said, count = _LANGUAGE.subn(
        lambda found: found[1] + attribute(language) + found[2], styles, count=1
    )
    if not count:
        raise PeerkitError(
            f"{begun(origin)} does not say which language its text is in.",
            mend="In Word, set the proofing language as default, and save.",
        )
    return said.encode()
