"""
Packages: the one zip reader and the one zip writer of this distribution.

A package is its parts by name. Reading is bounded before anything is inflated;
writing gives the same bytes for the same parts. Kept out: what parts mean.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING

from peerkit.errors import PeerkitError
from peerkit_docx.word.refusing import begun

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["MAX_PART", "read_package", "write_package"]

MAX_PARTS = 1_000
MAX_PART = 32 * 1024 * 1024
MAX_TOTAL = 64 * 1024 * 1024

_ENCRYPTED = 0x1
_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNSAFE = re.compile(r"^/|\\|(^|/)\.\.?(/|$)|^[A-Za-z]:|[\x00-\x1f]|//")
_NOT_ZIP = (
    (
        b"\xd0\xcf\x11\xe0",
        "is a Word 97 file or is protected by a password",
        "Save it as .docx without one.",
    ),
    (b"{\\rtf", "is a rich text file", "Save it as .docx."),
    (b"<", "is a web page or plain XML", "Open it in Word and save it as .docx."),
    (b"%PDF", "is a PDF", "Choose a file that ends in .docx."),
    (b"", "is not a Word document", "Save it as .docx, and check that it was copied whole."),
)


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
            return {one.filename: archive.read(one) for one in members}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError):
        if data.startswith(b"PK"):
            raise PeerkitError(
                f"{begun(origin)} is damaged, so it cannot be unpacked.",
                mend="Fetch or save it again.",
            ) from None
    said, mend = next((said, mend) for head, said, mend in _NOT_ZIP if data.startswith(head))
    raise PeerkitError(f"{begun(origin)} {said if data else 'is empty'}.", mend=mend)


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
            raise PeerkitError(f"{origin} is protected by a password.", mend="Save it without one.")
        total += size
        if size > MAX_PART or total > MAX_TOTAL:
            raise PeerkitError(
                f"{origin} is too large when unpacked ({name}).",
                mend=f"A part may have {MAX_PART:,} bytes, all together {MAX_TOTAL:,}.",
            )


def write_package(parts: Mapping[str, bytes]) -> bytes:
    """
    Return a package of *parts* in their order, without a trace of clock or system.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in parts.items():
            member = zipfile.ZipInfo(name, _EPOCH)
            member.create_system = 3
            member.external_attr = 0o600 << 16
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, content)
    return buffer.getvalue()
