"""
Shows that a template prepared elsewhere is drawn with Jinja and the standard library alone.

`python bare.py prepare FOLDER` saves a prepared template and what it draws;
`python bare.py draw FOLDER` draws it where neither docxtpl nor lxml is installed, and
ends with 1 if one byte differs.
"""

import importlib.util
import json
import sys
from pathlib import Path

import peerkit_docx
from peerkit.document import Document, Paragraph, Properties, Section, Text
from peerkit_docx import RichText

ABSENT = ("docxtpl", "docx", "docxcompose", "lxml", "babel")
NAMES = {
    "title": "Review of the libraries",
    "rows": [{"ref": f"A{number}", "what": f"Open & mend {number}"} for number in range(20)],
}
DOCUMENT = Document(
    paper="letter",
    title="Review of the libraries",
    language="en-GB",
    properties=Properties(author="Northmere Borough Council"),
    sections=(
        Section(key="why", heading="Why", blocks=(Paragraph(inlines=(Text("Since it is due."),)),)),
    ),
)


def drawn(folder):
    """
    Return what the prepared template in *folder* and the base template draw.
    """
    prepared = peerkit_docx.loaded(
        (folder / "letter.prepared.json").read_text("utf-8"), "letter.docx"
    )
    note = RichText("Note", bold=True)
    letter = peerkit_docx.draw_names(prepared, NAMES | {"note": note})
    return letter, peerkit_docx.peerkit_formats()[0].draw(DOCUMENT, None)


def prepare(folder):
    """
    Save a template that has a loop of rows, and what is drawn.
    """
    from peerkit_docx.basefile import build, line  # noqa: PLC0415 - only here

    cells = "<w:tc><w:tcPr/>{}</w:tc><w:tc><w:tcPr/>{}</w:tc>"

    def row(first, second, marked=""):
        said = cells.format(line(first, "TableText"), line(second, "TableText"))
        return f"<w:tr>{marked}{said}</w:tr>"

    table = (
        '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="2000"/><w:gridCol w:w="7000"/></w:tblGrid>'
        + row("Ref", "Action", "<w:trPr><w:tblHeader/></w:trPr>")
        + row("{%tr for row in rows %}", "")
        + row("{{ row.ref }}", "{{ row.what }}")
        + row("{%tr endfor %}", "")
        + "</w:tbl>"
    )
    body = line("{{ title }}", "Heading1") + table + line("{{r note }}", "BodyText")
    content = build(body, header="", footer=line("Northmere", "Footer"))
    prepared = peerkit_docx.prepare(content, "letter.docx")
    (folder / "letter.prepared.json").write_text(peerkit_docx.dumped(prepared), "utf-8")
    for name, made in zip(("letter", "base"), drawn(folder), strict=True):
        (folder / f"{name}.docx").write_bytes(made)


def draw(folder):
    """
    Draw both where nothing heavy is installed; return whether they are as before.
    """
    installed = [one for one in ABSENT if _is_installed(one)]
    if installed:
        raise SystemExit(f"This shows nothing, since there are: {', '.join(installed)}")
    before = [(folder / f"{name}.docx").read_bytes() for name in ("letter", "base")]
    return list(drawn(folder)) == before


def _is_installed(module):
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:  # a finder that keeps it away says so
        return False


if __name__ == "__main__":
    _, what, where = sys.argv
    if what == "prepare":
        prepare(Path(where))
    else:
        same = draw(Path(where))
        print(json.dumps({"same": same, "loaded": sorted(set(ABSENT) & set(sys.modules))}))  # noqa: T201
        raise SystemExit(not same)
