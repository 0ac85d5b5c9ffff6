"""
Packages: the one zip reader and the one zip writer of this distribution.

A package is its parts by name. Reading is bounded before anything is inflated;
writing gives the same bytes for the same parts. Kept out: what parts mean.
"""

from __future__ import annotations

import hashlib
import io
import re
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

import attrs

from peerkit.errors import PeerkitError
from peerkit_docx.word.refusing import begun

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = [
    "MAX_PART",
    "MAX_PARTS",
    "MAX_TOTAL",
    "Packed",
    "Packing",
    "digest",
    "packed",
    "read_package",
    "write_package",
    "zipped",
]

MAX_PARTS = 1_000
MAX_PART = 32 * 1024 * 1024
MAX_TOTAL = 64 * 1024 * 1024

# What Python raises at a zip that is not as it should be: of names, of sizes, of packing.
_DAMAGED = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, EOFError, OSError,
    NotImplementedError, RuntimeError, ValueError, LookupError, OverflowError,
)  # fmt: skip
_PACKED_AS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

_ENCRYPTED = 0x1
_UNSAFE = re.compile(r"^/|\\|(^|/)\.\.?(/|$)|^[A-Za-z]:|[\x00-\x1f]|//")
_LOCKED, _UNLOCK = "is protected by a password", "Save it without one."
# What Word calls the stream in which it keeps a document that it has encrypted.
_PROTECTED = "EncryptedPackage".encode("utf-16-le")
_NOT_ZIP = (
    (b"\xd0\xcf\x11\xe0", "is a Word 97 file", "Save it as .docx."),
    (b"{\\rtf", "is a rich text file", "Save it as .docx."),
    (b"<", "is a web page or plain XML", "Open it in Word and save it as .docx."),
    (b"%PDF", "is a PDF", "Choose a file that ends in .docx."),
    (b"", "is not a Word document", "Save it as .docx, and check that it was copied whole."),
)


# -- reading -----------------------------------------------------------------------


def read_package(data: bytes, origin: str) -> dict[str, bytes]:
    """
    Return the parts of the package *data* by name, in its own order.

    *origin* is what messages call it.

    Raises:
        PeerkitError: If *data* is no package, is too large when unpacked, or has
            unsafe, doubled or encrypted parts.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [one for one in archive.infolist() if not one.is_dir()]
            _refuse_unsafe(members, origin)
            return {one.filename: _read(archive, one) for one in members}
    except _DAMAGED:
        if data.startswith(b"PK"):
            raise PeerkitError(
                f"{begun(origin)} is damaged, so it cannot be unpacked.",
                mend="Fetch or save it again.",
            ) from None
    if _PROTECTED in data:
        raise PeerkitError(f"{begun(origin)} {_LOCKED}.", mend=_UNLOCK)
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    said, mend = next((said, mend) for head, said, mend in _NOT_ZIP if start.startswith(head))
    raise PeerkitError(f"{begun(origin)} {said if data else 'is empty'}.", mend=mend)


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """
    Return a part of no more bytes than were told of it; one that has more is damaged.
    """
    with archive.open(member) as part:
        return part.read(member.file_size + 1)


def _refuse_unsafe(members: list[zipfile.ZipInfo], origin: str) -> None:
    origin = begun(origin)
    if len(members) > MAX_PARTS:
        raise PeerkitError(
            f"{origin} has {len(members):,} parts; {MAX_PARTS:,} are allowed.",
            mend="Begin from a copy of peerkit's base template.",
        )
    seen: set[str] = set()
    total = 0
    for member in members:
        name, size = member.filename, member.file_size
        if _UNSAFE.search(member.orig_filename):
            raise PeerkitError(
                f"{origin} has a part with an unsafe name, {member.orig_filename!r}.",
                mend="Open it in Word and save it.",
            )
        if name.casefold() in seen:
            raise PeerkitError(
                f"{origin} has two parts named {name}.", mend="Open it in Word and save it."
            )
        seen.add(name.casefold())
        if member.flag_bits & _ENCRYPTED:
            raise PeerkitError(f"{origin} {_LOCKED}.", mend=_UNLOCK)
        if member.compress_type not in _PACKED_AS:
            raise PeerkitError(
                f"{origin} is packed in a way that Word never uses ({name}).",
                mend="Open it in Word and save it.",
            )
        total += size
        if size > MAX_PART or total > MAX_TOTAL:
            raise PeerkitError(
                f"{origin} is too large when unpacked ({name}).",
                mend=f"A part may have {MAX_PART:,} bytes, all together {MAX_TOTAL:,}.",
            )


# -- writing -----------------------------------------------------------------------

_STORED, _DEFLATED = 0, 8
_LEVEL = 6
_VERSION = 20
_UTF8_NAMES = 0x800
_1980 = 0x21  # the first of January, in the way MS-DOS has it; there is no clock here
_UNIX = 3 << 8
_READABLE = 0o600 << 16
_HELD_AS_THEY_ARE = (".png", ".jpg", ".jpeg", ".gif")  # pictures are packed already


@attrs.frozen
class Packed:
    """
    One part as it lies in a package: *content* as *method* has made it.
    """

    name: str
    method: int
    crc: int
    size: int
    content: bytes

    def unpacked(self) -> bytes:
        """
        Return the part as it was before.
        """
        if self.method == _STORED:
            return self.content
        return zlib.decompress(self.content, -zlib.MAX_WBITS)


class Packing:
    """
    One part packed piece by piece, so that it is never held whole.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._deflating = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
        self._crc = 0
        self.size = 0
        self._made: list[bytes] = []

    def add(self, piece: bytes) -> None:
        """
        Pack the next *piece*.
        """
        self._crc = zlib.crc32(piece, self._crc)
        self.size += len(piece)
        self._made.append(self._deflating.compress(piece))

    def done(self) -> Packed:
        """
        Return the part, which is whole now.
        """
        content = b"".join((*self._made, self._deflating.flush()))
        return Packed(self._name, _DEFLATED, self._crc, self.size, content)


def packed(name: str, content: bytes) -> Packed:
    """
    Return the part *name* with its *content* packed.
    """
    if name.casefold().endswith(_HELD_AS_THEY_ARE):
        return Packed(name, _STORED, zlib.crc32(content), len(content), content)
    packing = Packing(name)
    packing.add(content)
    return packing.done()


def zipped(parts: Iterable[Packed]) -> bytes:
    """
    Return a package of *parts* in their order, without a trace of clock or system.
    """
    written: list[bytes] = []
    directory: list[bytes] = []
    at = 0
    for part in parts:
        name = part.name.encode()
        shared = struct.pack(
            "<HHHHHLLLHH",
            _VERSION, _UTF8_NAMES, part.method, 0, _1980, part.crc,
            len(part.content), part.size, len(name), 0,
        )  # fmt: skip
        head = b"PK\3\4" + shared + name
        written += (head, part.content)
        directory.append(
            struct.pack("<4sH", b"PK\1\2", _UNIX | _VERSION)
            + shared
            + struct.pack("<HHHLL", 0, 0, 0, _READABLE, at)
            + name
        )
        at += len(head) + len(part.content)
    size = sum(map(len, directory))
    count = len(directory)
    end = struct.pack("<4sHHHHLLH", b"PK\5\6", 0, 0, count, count, size, at, 0)
    return b"".join((*written, *directory, end))


def write_package(parts: Mapping[str, bytes]) -> bytes:
    """
    Return a package of *parts* in their order, without a trace of clock or system.
    """
    return zipped(packed(name, content) for name, content in parts.items())


def digest(data: bytes) -> str:
    """
    Return the SHA-256 of what the package *data* holds, the same on every machine.

    Compression may differ from one computer to another; names and contents do not. It
    is taken of a line for each part, sorted by name: the SHA-256 of its content, two
    spaces, its name.

    Raises:
        PeerkitError: If *data* is not a package.
    """
    parts = read_package(data, "the file")
    lines = (
        f"{hashlib.sha256(content).hexdigest()}  {name}\n"
        for name, content in sorted(parts.items())
    )
    return hashlib.sha256("".join(lines).encode()).hexdigest()
