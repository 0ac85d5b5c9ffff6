"""
Word documents for peerkit: the formats `docx` and `pdf`, the base template, and reading Word.

Offers declarations, and to those who fill templates of their own a few functions and
values; everything heavy is imported when it is used.
"""

from __future__ import annotations

import importlib
import importlib.resources
from typing import TYPE_CHECKING, Any

from peerkit import Format, Template, TemplateTools, Trust, hookimpl, late

if TYPE_CHECKING:
    from peerkit.errors import ProblemKind
    from peerkit_docx.drawing import draw_document
    from peerkit_docx.drawing.many import Rendered, RenderJob, render_many
    from peerkit_docx.drawing.plain import draw_names
    from peerkit_docx.markup.values import (
        Listing,
        Picture,
        Prose,
        RichText,
        RichTextParagraph,
    )
    from peerkit_docx.preparing import prepare
    from peerkit_docx.preparing.prepared import Prepared, dumped, loaded
    from peerkit_docx.word.packages import digest
    from peerkit_docx.word.texts import texts

_HOMES = {
    "peerkit_docx.drawing": ("draw_document",),
    "peerkit_docx.drawing.many": ("RenderJob", "Rendered", "render_many"),
    "peerkit_docx.drawing.plain": ("draw_names",),
    "peerkit_docx.markup.values": (
        "Listing",
        "Picture",
        "Prose",
        "RichText",
        "RichTextParagraph",
    ),
    "peerkit_docx.preparing": ("prepare",),
    "peerkit_docx.preparing.prepared": ("Prepared", "dumped", "loaded"),
    "peerkit_docx.word.packages": ("digest",),
    "peerkit_docx.word.texts": ("texts",),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Listing",
    "Picture",
    "Prepared",
    "Prose",
    "RenderJob",
    "Rendered",
    "RichText",
    "RichTextParagraph",
    "base_template",
    "digest",
    "draw_document",
    "draw_names",
    "dumped",
    "loaded",
    "peerkit_formats",
    "peerkit_problem_kinds",
    "peerkit_templates",
    "prepare",
    "render_many",
    "texts",
]


def __getattr__(name: str) -> Any:
    try:
        home = _HOME[name]
    except KeyError:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}") from None
    return getattr(importlib.import_module(home), name)


def __dir__() -> list[str]:
    return sorted(__all__)


def _read_base() -> bytes:
    return (importlib.resources.files("peerkit_docx") / "templates" / "base.docx").read_bytes()


def base_template() -> Template:
    """
    Return the template that draws any document.
    """
    return Template(
        paper="*",
        format="docx",
        origin="the base template of peerkit-docx",
        read=_read_base,
        trust=Trust.INSTALLED,
    )


@hookimpl
def peerkit_formats() -> list[Format]:
    """
    Offer the formats `docx` and `pdf`.
    """
    return [
        Format(
            name="docx",
            doc="a Word document, filled into a template that can be restyled in Word",
            suffix=".docx",
            media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            draw=late("peerkit_docx.drawing", "draw"),
            texts=late("peerkit_docx.word.texts", "texts"),
            takes_template=True,
            is_proven=True,
            digest=late("peerkit_docx.word.packages", "digest"),
            advice=late("peerkit_docx.drawing", "left_out"),
            tools=TemplateTools(
                check=late("peerkit_docx.checking", "check_template"),
                annotated=late("peerkit_docx.checking.annotating", "annotated"),
                preview=late("peerkit_docx.checking.previewing", "preview"),
                paper_of=late("peerkit_docx.checking.labelling", "paper_of_template"),
                labelled=late("peerkit_docx.checking.labelling", "labelled"),
                names=late("peerkit_docx.drawing.context", "own_names"),
            ),
        ),
        Format(
            name="pdf",
            doc="an accessible PDF (PDF/UA) of the Word document, which LibreOffice makes",
            suffix=".pdf",
            media_type="application/pdf",
            draw=late("peerkit_docx.pdf", "draw"),
            texts=None,
            takes_template=True,
            is_proven=True,
            fills="docx",
            advice=late("peerkit_docx.drawing", "left_out"),
        ),
    ]


@hookimpl
def peerkit_problem_kinds() -> list[ProblemKind]:
    """
    Offer the kinds of problem that templates, and papers drawn with them, can have.
    """
    from peerkit_docx.problems import PROBLEM_KINDS  # noqa: PLC0415 - drawing does not need them

    return list(PROBLEM_KINDS)


@hookimpl
def peerkit_templates() -> list[Template]:
    """
    Offer the base template for every paper.
    """
    return [base_template()]
