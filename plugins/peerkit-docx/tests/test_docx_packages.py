from __future__ import annotations

import io
import struct
import zipfile

import pytest

from peerkit.errors import PeerkitError
from peerkit_docx import base_template
from peerkit_docx.preparing import prepare
from peerkit_docx.word.packages import read_package, write_package


def packed(*members, method=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Word 97"),
        (b"<html>", "web page"),
        (b"{\\rtf1", "rich text"),
        (b"%PDF-1.7", "is a PDF"),
        (b"hello", "is not a Word document"),
        (b"PK\x03\x04 cut off", "is damaged"),
        (packed(("a.xml", b"x"))[:-8], "is damaged"),
        (packed(("../../evil.xml", b"x")), "unsafe name"),
        (packed(("/x", b"x")), "unsafe name"),
        (packed(("a/..\\x", b"x")), "unsafe name"),
        (packed(("C:x", b"x")), "unsafe name"),
        (packed(("word/a.xml", b"x"), ("word/A.xml", b"x")), "two parts named word/A.xml"),
        (packed(*((f"p{at}", b"") for at in range(1_001))), "1,001 parts"),
        (packed(("a", bytes(33 * 1024 * 1024))), "too large when unpacked"),
        (
            packed(*((f"p{at}", bytes(30 * 1024 * 1024)) for at in range(3))),
            "too large when unpacked",
        ),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_what_is_no_safe_package_is_refused(content, message):
    """
    Each in its own words, before anything is unpacked.
    """
    with pytest.raises(PeerkitError, match=message):
        read_package(content, "it.docx")


def test_a_directory_that_lies_is_found_out():
    """
    A part larger than it says is not read to its end.
    """
    honest = packed(("a", bytes(40 * 1024 * 1024)))
    lying = honest.replace(struct.pack("<I", 40 * 1024 * 1024), struct.pack("<I", 1000))

    with pytest.raises(PeerkitError, match="is damaged"):
        read_package(lying, "it.docx")


def test_reading_and_writing_undo_each_other():
    """
    Parts, their order, and the bytes of the file.
    """
    parts = {"b": b"1" * 100, "a/c.xml": b"<x/>", "a/b.png": bytes(range(256))}

    data = write_package(parts)

    assert list(parts.items()) == list(read_package(data, "it").items())
    assert data == write_package(read_package(data, "it"))


def test_no_clock_and_no_system_show_in_a_package():
    """
    Every member is of 1980 and of one system.
    """
    with zipfile.ZipFile(io.BytesIO(write_package({"a": b"x"}))) as archive:
        (member,) = archive.infolist()

    assert ((1980, 1, 1, 0, 0, 0), 3, 0o600 << 16) == (
        member.date_time,
        member.create_system,
        member.external_attr,
    )


def altered(**changes):
    package = read_package(base_template().read(), "base")
    for name, change in changes.items():
        part = next(one for one in package if one.endswith(f"/{name}.xml"))
        package[part] = change(package[part])
    return package


@pytest.mark.parametrize(
    ("package", "message"),
    [
        (altered(document=lambda xml: xml.replace(b"<w:document", b'<!DOCTYPE x [<!ENTITY a "b">]><w:document', 1)),
         "declares a document type"),
        (altered(header1=lambda xml: xml.replace(b"<w:hdr", b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><w:hdr', 1)),
         "declares a document type"),
        (altered(document=lambda _: b'<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x><x/>'.decode().encode("utf-16")),
         "declares a document type"),
        (altered(document=lambda xml: xml.replace(b"<w:body>", b"<w:body>" + b"<a>" * 3000 + b"</a>" * 3000)),
         "more than 256 deep"),
        (altered(document=lambda xml: xml.replace(b"</w:p>", b"", 1)), "not well-formed"),
        (altered() | {"word/vbaProject.bin": b"x"}, "macros or embedded programs"),
        (altered() | {"word/embeddings/oleObject1.bin": b"x"}, "macros or embedded programs"),
        ({"[Content_Types].xml": b"<Types/>"}, "is not a Word document"),
        ({"word/document.xml": b"<x/>"}, "is not a Word document"),
        ({name: part for name, part in altered().items() if "styles" not in name}, "leads to a part that is not there"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)  # fmt: skip
def test_what_is_no_safe_template_is_refused(package, message):
    """
    Nothing of it is filled.
    """
    with pytest.raises(PeerkitError, match=message):
        prepare(write_package(package), "it.docx")


def test_braces_by_the_thousand_are_refused_at_once():
    """
    What would keep docxtpl busy for minutes never reaches it.
    """
    package = altered(document=lambda xml: xml.replace(b"{{ title }}", b"{" * 40_000))

    with pytest.raises(PeerkitError, match="more than 20,000 braces"):
        prepare(write_package(package), "it.docx")
