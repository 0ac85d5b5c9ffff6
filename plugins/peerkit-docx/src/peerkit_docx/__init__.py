"""
Word documents for peerkit: the formats `docx` and `pdf`, the base template, and reading Word.

Offers declarations, and to those who fill templates of their own a few functions and
values; everything heavy is imported when it is used.
"""

from __future__ import annotations

import importlib
import importlib.resources
from typing import TYPE_CHECKING, Any

from peerkit import Format, Template, hookimpl

if TYPE_CHECKING:
    from peerkit.document import Document
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
    "RichText",
    "RichTextParagraph",
    "base_template",
    "digest",
    "draw_names",
    "dumped",
    "loaded",
    "peerkit_formats",
    "peerkit_templates",
    "prepare",
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


def _draw(document: Document, template: Template | None) -> bytes:
    from peerkit_docx.drawing import draw  # noqa: PLC0415 - heavy

    return draw(document, template)


def _texts(data: bytes) -> tuple[str, ...]:
    from peerkit_docx.word.texts import texts  # noqa: PLC0415 - heavy

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
