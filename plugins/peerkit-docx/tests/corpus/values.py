"""
What a template is filled with, said once and made for either engine.
"""

from __future__ import annotations

import io
import struct
import zlib

import attrs
import docxtpl
from docx.shared import Mm

from peerkit_docx import Listing, Picture, RichText, RichTextParagraph

ALTERNATIVE = "A picture of the corpus"


@attrs.frozen
class Lines:
    """
    A listing.
    """

    text: str

    def ours(self):
        """
        Return it as our engine is given it.
        """
        return Listing(self.text)

    def theirs(self, template):
        """
        Return it as docxtpl is given it, for its *template*.
        """
        del template
        return docxtpl.Listing(self.text)


class Rich:
    """
    Rich text: pairs of a text, or of other rich text, and how it is set.
    """

    def __init__(self, *pieces):
        self.pieces = [(one, {}) if isinstance(one, str | Rich) else one for one in pieces]

    def ours(self):
        """
        Return it as our engine is given it.
        """
        made = RichText()
        for text, set_as in self.pieces:
            made.add(text.ours() if isinstance(text, Rich) else text, **set_as)
        return made

    def theirs(self, template):
        """
        Return it as docxtpl is given it, for its *template*.
        """
        made = docxtpl.RichText()
        for text, set_as in self.pieces:
            given = dict(set_as)
            if url := given.pop("url", ""):
                given["url_id"] = template.build_url_id(url)
            made.add(text.theirs(template) if isinstance(text, Rich) else text, **given)
        return made


class RichParagraphs:
    """
    Paragraphs of rich text: pairs of a text or rich text, and the id of a style.
    """

    def __init__(self, *paragraphs):
        self.paragraphs = paragraphs

    def ours(self):
        """
        Return it as our engine is given it.
        """
        made = RichTextParagraph()
        for text, style in self.paragraphs:
            made.add(text.ours() if isinstance(text, Rich) else text, style)
        return made

    def theirs(self, template):
        """
        Return it as docxtpl is given it, for its *template*.
        """
        made = docxtpl.RichTextParagraph()
        for text, style in self.paragraphs:
            made.add(text.theirs(template) if isinstance(text, Rich) else text, style)
        return made


@attrs.frozen(kw_only=True)
class Image:
    """
    A picture, its measures in millimetres; *leads* is an address.
    """

    content: bytes = attrs.field(repr=False)
    width: int = 0
    height: int = 0
    leads: str = ""

    def ours(self):
        """
        Return it as our engine is given it.
        """
        return Picture(
            content=self.content,
            alternative=ALTERNATIVE,
            width=self.width,
            height=self.height,
            url=self.leads,
        )

    def theirs(self, template):
        """
        Return it as docxtpl is given it, for its *template*.
        """
        return docxtpl.InlineImage(
            template,
            io.BytesIO(self.content),
            width=Mm(self.width) if self.width else None,
            height=Mm(self.height) if self.height else None,
            anchor=self.leads or None,
        )


def ours(said):
    """
    Return *said* as our engine is given it.
    """
    return _made(said, lambda one: one.ours())


def theirs(said, template):
    """
    Return *said* as docxtpl is given it, for its *template*.
    """
    return _made(said, lambda one: one.theirs(template))


def _made(said, make):
    if isinstance(said, dict):
        return {key: _made(one, make) for key, one in said.items()}
    if isinstance(said, list | tuple):
        return type(said)(_made(one, make) for one in said)
    return make(said) if hasattr(said, "theirs") else said


def printed(said):
    """
    Yield every text in *said* that a template could print as it is.
    """
    if isinstance(said, str):
        yield said
    elif isinstance(said, dict):
        for one in said.values():
            yield from printed(one)
    elif isinstance(said, list | tuple):
        for one in said:
            yield from printed(one)


# -- pictures ------------------------------------------------------------------------


def png(width, height, *, dots=0, shade=0):
    """
    A grey picture, with so many *dots* to the metre if it says so.
    """

    def chunk(kind, content):
        crc = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + crc

    rows = (b"\0" + bytes([shade]) * width) * height
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
        + (chunk(b"pHYs", struct.pack(">IIB", dots, dots, 1)) if dots else b"")
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def jpeg(width, height, *, unit=0, dots=1, exif=0):
    """
    A grey picture, with so many *dots* to the inch (*unit* 1) or centimetre (2).

    With *exif*, it says its dots to the inch as cameras do.
    """

    def segment(marker, content):
        return bytes([0xFF, marker]) + struct.pack(">H", len(content) + 2) + content

    if exif:
        entries = b"".join(
            struct.pack(">HHII", tag, kind, 1, value)
            for tag, kind, value in ((0x011A, 5, 50), (0x011B, 5, 58), (0x0128, 3, 2 << 16))
        )
        tiff = b"MM\0*" + struct.pack(">IH", 8, 3) + entries + struct.pack(">I", 0)
        head = segment(0xE1, b"Exif\0\0" + tiff + struct.pack(">IIII", exif, 1, exif, 1))
    else:
        head = segment(0xE0, b"JFIF\0\1\1" + struct.pack(">BHHBB", unit, dots, dots, 0, 0))
    blocks = -(-width // 8) * -(-height // 8)
    bits = "0" * (2 * blocks)  # each block as grey as the one before
    bits += "1" * (-len(bits) % 8)
    return (
        b"\xff\xd8"
        + head
        + segment(0xDB, b"\0" + bytes([1]) * 64)
        + segment(0xC0, struct.pack(">BHHBBBB", 8, height, width, 1, 1, 0x11, 0))
        + segment(0xC4, b"\0" + bytes([1]) + bytes(15) + b"\0")
        + segment(0xC4, b"\x10" + bytes([1]) + bytes(15) + b"\0")
        + segment(0xDA, struct.pack(">BBBBBB", 1, 1, 0, 0, 63, 0))
        + int(bits, 2).to_bytes(len(bits) // 8, "big")
        + b"\xff\xd9"
    )
