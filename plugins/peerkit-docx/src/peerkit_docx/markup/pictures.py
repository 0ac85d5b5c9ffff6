"""
Pictures: how large one is, read from its first bytes, and the run that holds it.

Kept out: its pixels.
"""

from __future__ import annotations

import struct
from collections.abc import Callable

import attrs

from peerkit.errors import PeerkitError
from peerkit_docx.markup.relations import NAMESPACE
from peerkit_docx.word.xmlwriting import attribute, refuse_unfit

__all__ = ["SUFFIXES", "Size", "media_type_of", "picture_run", "size_of"]

EMU_PER_INCH = 914_400
DOTS_PER_INCH = 72  # of a picture that says nothing of it, as docxtpl takes it

SUFFIXES: dict[str, str] = {"image/png": "png", "image/jpeg": "jpeg"}

_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8"
_INCHES, _CENTIMETRES = 1, 2
_CM_PER_INCH = 2.54
_NO_DOTS = (DOTS_PER_INCH, DOTS_PER_INCH)
_EXIF_DOTS, _EXIF_UNIT, _FRACTION = (0x11A, 0x11B), 0x128, 5


def media_type_of(content: bytes) -> str:
    """
    Return the media type of a picture by how it begins.

    Raises:
        PeerkitError: If it is none that Word papers can hold.
    """
    if content.startswith(_PNG):
        return "image/png"
    if content.startswith(_JPEG):
        return "image/jpeg"
    raise PeerkitError("A picture is neither PNG nor JPEG.", mend="Save it as PNG or JPEG.")


@attrs.frozen
class Size:
    """
    Width and height in Word's unit, 914,400 to the inch.
    """

    width: int
    height: int

    def within(self, width: int) -> Size:
        """
        Return the size, shrunk if need be so that it is no wider than *width*.
        """
        if self.width <= width:
            return self
        return Size(width, max(1, self.height * width // self.width))

    def asked(self, width: int, height: int) -> Size:
        """
        Return the size with *width* or *height*, if they are not 0, the other following.
        """
        if width and height:
            return Size(width, height)
        if width:
            return Size(width, max(1, round(self.height * width / self.width)))
        if height:
            return Size(max(1, round(self.width * height / self.height)), height)
        return self


def size_of(content: bytes, media_type: str) -> Size:
    """
    Return the size at which a picture is shown, by what it says of its dots to the inch.

    Raises:
        PeerkitError: If *content* is not a picture of *media_type*, or of a type
            that Word papers cannot hold.
    """
    reader = _READERS.get(media_type)
    if reader is None:
        raise PeerkitError(
            f"A picture of the type {media_type} cannot be put into a Word document.",
            mend="Save it as PNG or JPEG.",
        )
    found = reader(content)
    if found is None or not all(found):
        raise PeerkitError(
            f"A picture that should be {media_type} is not, or is damaged.", mend="Save it again."
        )
    width, height, across, down = found
    return Size(max(1, width * EMU_PER_INCH // across), max(1, height * EMU_PER_INCH // down))


_Found = tuple[int, int, int, int]


def _png(content: bytes) -> _Found | None:
    if not content.startswith(_PNG) or content[12:16] != b"IHDR" or len(content) < 24:  # noqa: PLR2004
        return None
    width, height = struct.unpack(">II", content[16:24])
    return width, height, *_png_dots(content)


def _png_dots(content: bytes) -> tuple[int, int]:
    at = 8
    while at + 12 <= len(content):
        (length,) = struct.unpack(">I", content[at : at + 4])
        kind = content[at + 4 : at + 8]
        if kind in (b"IDAT", b"IEND"):
            break
        if kind == b"pHYs" and length == 9 and at + 17 <= len(content):  # noqa: PLR2004 - two numbers and a unit
            across, down, unit = struct.unpack(">IIB", content[at + 8 : at + 17])
            if unit == 1 and across and down:  # to the metre
                return _dots(across * 0.0254), _dots(down * 0.0254)
        at += 12 + length
    return _NO_DOTS


def _dots(number: float) -> int:
    return round(number) or DOTS_PER_INCH


def _jpeg(content: bytes) -> _Found | None:
    if not content.startswith(_JPEG):
        return None
    at = 2
    dots = _NO_DOTS
    while at + 10 <= len(content) and content[at] == 0xFF:  # noqa: PLR2004 - a marker
        marker = content[at + 1]
        if content[at + 4 : at + 9] == b"JFIF\0" and at + 16 <= len(content):
            unit, across, down = struct.unpack(">BHH", content[at + 11 : at + 16])
            times = {_INCHES: 1.0, _CENTIMETRES: _CM_PER_INCH}.get(unit)
            if times is not None and across and down:
                dots = (_dots(across * times), _dots(down * times))
        if content[at + 4 : at + 10] == b"Exif\0\0" and dots == _NO_DOTS:
            dots = _exif_dots(content[at + 10 : at + 2 + int.from_bytes(content[at + 2 : at + 4])])
        # The frame headers; C4, C8 and CC lie among them and are something else.
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):  # noqa: PLR2004
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height, *dots
        at += 2 + struct.unpack(">H", content[at + 2 : at + 4])[0]
    return None


def _exif_dots(said: bytes) -> tuple[int, int]:
    """
    Return the dots to the inch that a camera has noted, as a TIFF would.
    """
    order = {b"II": "<", b"MM": ">"}.get(said[:2])
    if order is None:
        return _NO_DOTS
    found: dict[int, float] = {}
    try:
        (at,) = struct.unpack_from(f"{order}I", said, 4)
        (count,) = struct.unpack_from(f"{order}H", said, at)
        for entry in range(at + 2, at + 2 + 12 * count, 12):
            tag, kind, _, value = struct.unpack_from(f"{order}HHII", said, entry)
            if tag in _EXIF_DOTS and kind == _FRACTION:
                above, below = struct.unpack_from(f"{order}II", said, value)
                found[tag] = above / below
            elif tag == _EXIF_UNIT:
                (found[tag],) = struct.unpack_from(f"{order}H", said, entry + 8)
    except (struct.error, ZeroDivisionError):
        return _NO_DOTS
    times = {_INCHES + 1: 1.0, _CENTIMETRES + 1: _CM_PER_INCH}.get(int(found.get(_EXIF_UNIT, 2)))
    across, down = (found.get(tag, 0) for tag in _EXIF_DOTS)
    if times is None or not across or not down:
        return _NO_DOTS
    return _dots(across * times), _dots(down * times)


_READERS: dict[str, Callable[[bytes], _Found | None]] = {
    "image/png": _png,
    "image/jpeg": _jpeg,
}


def picture_run(relation: str, number: int, alternative: str, shown: Size, link: str = "") -> str:
    """
    Return a run with the picture that *relation* leads to, as large as *shown*.

    *number* is its own in the document, *alternative* what it shows; *link* is the
    relation to where it leads, empty if nowhere.

    Raises:
        PeerkitError: If *alternative* holds a character that no Word document can hold.
    """
    refuse_unfit(alternative, "the alternative text of a picture")
    extent = f'cx="{shown.width}" cy="{shown.height}"'
    described = f'id="{number}" name="Picture {number}" descr="{attribute(alternative)}"'
    leads = f'<a:hlinkClick xmlns:a="{_A}" xmlns:r="{NAMESPACE}" r:id="{link}"/>' if link else ""
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{_WP}" distT="0" distB="0" distL="0" distR="0">'
        f"<wp:extent {extent}/><wp:docPr {described}>{leads}</wp:docPr>"
        f'<wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a="{_A}" noChangeAspect="1"/>'
        "</wp:cNvGraphicFramePr>"
        f'<a:graphic xmlns:a="{_A}"><a:graphicData uri="{_PIC}"><pic:pic xmlns:pic="{_PIC}">'
        f"<pic:nvPicPr><pic:cNvPr {described}>{leads}</pic:cNvPr><pic:cNvPicPr/></pic:nvPicPr>"
        f'<pic:blipFill><a:blip xmlns:r="{NAMESPACE}" r:embed="{relation}"/>'
        "<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm>'
        '<a:prstGeom prst="rect"/></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
