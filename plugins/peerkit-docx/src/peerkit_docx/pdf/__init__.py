"""
The format `pdf`: a paper drawn as a Word file, which LibreOffice sets as PDF/UA.

Kept out: what is changed before, see `styling`, and mended behind, see `mending`; how a
program is run, see `system`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from peerkit.errors import PeerkitError
from peerkit_docx.drawing import draw as draw_word
from peerkit_docx.pdf.styling import without_types_of_pdf
from peerkit_docx.system import HERE, libreoffice, run, temporary_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from peerkit import Template
    from peerkit.document import Document

__all__ = ["SECONDS", "draw"]

SECONDS: Final = 120.0  # a LibreOffice that starts for the first time may want most of it

_OPTIONS: Final[Mapping[str, bool]] = {
    "PDFUACompliance": True,
    "UseTaggedPDF": True,
    "ExportBookmarks": True,
    "ExportNotes": False,  # what someone wrote into the margin of a template is no part of it
    "UseLosslessCompression": True,  # letters in a chart stay sharp
    "ReduceImageResolution": False,
}
_CONVERT: Final = (
    "--headless",
    "--norestore",
    "--nolockcheck",
    "--convert-to",
    "pdf:writer_pdf_Export:"
    + json.dumps(
        {key: {"type": "boolean", "value": str(on).lower()} for key, on in _OPTIONS.items()},
        separators=(",", ":"),  # Windows would want a space within quotes, and these within more
    ),
)
# The zone and the language of the computer have no say in what is set.
_ALIKE: Final = {"TZ": "UTC", "LC_ALL": "C.UTF-8"}
_AS_WORD: Final = "Or make it with --as docx, and let Word save it: File, Save As, PDF."


def draw(document: Document, template: Template | None) -> bytes:
    """
    Return *document* as PDF/UA, drawn with *template*, or with the base template.

    Raises:
        PeerkitError: As when it is drawn as a Word file; or if LibreOffice or pikepdf is
            not there, or LibreOffice makes no such file of it.
    """
    soffice, mended = _libreoffice(), _mended()
    word = without_types_of_pdf(draw_word(document, template))
    return mended(_converted(word, soffice), document)


def _libreoffice() -> Path:
    found = libreoffice()
    if found is None:
        raise PeerkitError(
            "A PDF is set by LibreOffice, which was not found on this computer.",
            mend=f"Install LibreOffice {HERE.install}; or, if it is there, let the variable "
            f"PEERKIT_SOFFICE name its program soffice. {_AS_WORD}",
        )
    return found


def _mended() -> Callable[[bytes, Document], bytes]:
    try:
        from peerkit_docx.pdf.mending import mended  # noqa: PLC0415 - pikepdf is an extra
    except ModuleNotFoundError as error:
        if error.name != "pikepdf":
            raise
        raise PeerkitError(
            "A PDF is finished with pikepdf, which is not installed here.",
            mend=f'To get it: python -m pip install "peerkit-docx[pdf]". {_AS_WORD}',
        ) from None
    return mended


def _converted(word: bytes, soffice: Path) -> bytes:
    """
    Return the PDF that LibreOffice makes of the file *word*.
    """
    with temporary_folder() as folder:
        # A profile of its own: with that of a LibreOffice that is open, or of another run,
        # nothing would be made, and nothing said.
        ran = run(
            [
                str(soffice),
                f"-env:UserInstallation={folder.address('profile')}",
                *_CONVERT,
                "--outdir",
                str(folder.path),
                str(folder.write("paper.docx", word)),
            ],
            seconds=SECONDS,
            environment=_ALIKE,
        )
        made = folder.read("paper.pdf")
    if ran.code == 0 and made is not None:
        return made
    why = "took too long" if ran.code is None else f"failed (code {ran.code}): {ran.last_words}"
    raise PeerkitError(
        f"LibreOffice was to set the paper as PDF, but {why}.",
        mend=f"See that {soffice} opens a Word file and exports it as PDF. {_AS_WORD}",
    )
