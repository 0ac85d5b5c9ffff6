"""
How large a picture is, read from its first bytes. Kept out: its pixels.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import attrs

from peerkit.errors import PeerkitError

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["SUFFIXES", "Size", "size_of"]

EMU_PER_INCH = 914_400
DOTS_PER_INCH = 96

SUFFIXES: dict[str, str] = {"image/png": "png", "image/jpeg": "jpeg"}


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


def size_of(content: bytes, media_type: str) -> Size:
    """
    Return the size at which a picture is shown, 96 dots to the inch.

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
    width, height = found
    return Size(width * EMU_PER_INCH // DOTS_PER_INCH, height * EMU_PER_INCH // DOTS_PER_INCH)


def _png(content: bytes) -> tuple[int, int] | None:
    if content[:8] != b"\x89PNG\r\n\x1a\n" or content[12:16] != b"IHDR" or len(content) < 24:  # noqa: PLR2004
        return None
    width, height = struct.unpack(">II", content[16:24])
    return width, height


def _jpeg(content: bytes) -> tuple[int, int] | None:
    if content[:2] != b"\xff\xd8":
        return None
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:  # noqa: PLR2004 - a marker
        marker = content[at + 1]
        # The frame headers; C4, C8 and CC lie among them and are something else.
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):  # noqa: PLR2004
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + struct.unpack(">H", content[at + 2 : at + 4])[0]
    return None


_READERS: dict[str, Callable[[bytes], tuple[int, int] | None]] = {
    "image/png": _png,
    "image/jpeg": _jpeg,
}
