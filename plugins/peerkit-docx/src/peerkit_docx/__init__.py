"""
Word documents for peerkit: the format `docx`, its base template, and reading Word.

Offers declarations; everything heavy is imported when a paper is drawn.
"""

from __future__ import annotations

import importlib.resources
from typing import TYPE_CHECKING

from peerkit import Format, Template, hookimpl

if TYPE_CHECKING:
    from peerkit.document import Document

__all__ = ["base_template", "peerkit_formats", "peerkit_templates"]


def _draw(document: Document, template: Template | None) -> bytes:
    from peerkit_docx.drawing import draw  # noqa: PLC0415 - heavy

    return draw(document, template)


def _texts(data: bytes) -> tuple[str, ...]:
    from peerkit_docx.drawing.verifying import texts  # noqa: PLC0415 - heavy

    return texts(data)


def _read_base() -> bytes:
    return (importlib.resources.files("peerkit_docx") / "templates" / "base.docx").read_bytes()


def base_template() -> Template:
    """
    Return the template that draws any document.
    """
    return Template(
        paper="*", format="docx", origin="the base template of peerkit-docx", read=_read_base
    )


@hookimpl
def peerkit_formats() -> list[Format]:
    """
    Offer the format `docx`.
    """
    return [
        Format(
            name="docx",
            doc="a Word document, filled into a template that can be restyled in Word",
            suffix=".docx",
            media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            draw=_draw,
            texts=_texts,
            takes_template=True,
        )
    ]


@hookimpl
def peerkit_templates() -> list[Template]:
    """
    Offer the base template for every paper.
    """
    return [base_template()]
