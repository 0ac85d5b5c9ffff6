"""
Whether Word would open what is made, as two validators of the file format see it.

One is openxml-audit, in Python; the other is Microsoft's own, as an npm package.
"""

from __future__ import annotations

import datetime as dt
import functools
import importlib.resources
import itertools
import re
import struct
from pathlib import Path

import pytest

import peerkit
from peerkit.cli import main
from peerkit.cli.exits import Exit
from peerkit.document import (
    LIST_STYLES,
    Column,
    Figure,
    Row,
    Shape,
    Table,
    field_names,
    section_names,
    table_names,
)
from peerkit.verbs import jobs
from peerkit_docx import (
    Listing,
    Picture,
    Prose,
    RichText,
    RichTextParagraph,
    base_template,
    draw_names,
    prepare,
)
from peerkit_docx.basefile import BODY, build, line
from peerkit_docx.checking import check_template
from peerkit_docx.checking.annotating import annotated
from peerkit_docx.checking.previewing import preview
from peerkit_docx.drawing.context import own_names
from peerkit_docx.word.packages import read_package, write_package

EXAMPLE = Path(__file__).parents[3] / "examples" / "middlesbrough"
DAYS = (dt.date(2022, 2, 14), dt.date(2022, 9, 26))
SHAPE = Shape(
    (
        *own_names(),
        *field_names("subject", "Subject", "Libraries"),
        *section_names("purpose", "Purpose", "Purpose"),
        *table_names("actions", {"do": "Action", "owner": "Owner"}, "actions"),
    )
)
TITLE = line("{{ title }}", "Heading1")


@pytest.fixture(
    name="faults",
    params=[("openxml-audit", "validated"), ("ooxml-validator", "sdk_validated")],
    ids=lambda one: one[0],
)
def _faults(request, tmp_path):
    """
    Return what one of the validators finds in a Word file.
    """
    validator = request.getfixturevalue(request.param[1])

    def found(content):
        path = tmp_path / "made.docx"
        path.write_bytes(content)
        return validator(path)

    return found


@functools.cache
def register():
    return peerkit.load(EXAMPLE)


def shipped():
    """
    Yield every template that a distribution brings along, by its name.
    """
    for package in ("peerkit_docx", "peerkit_committee"):
        for one in (importlib.resources.files(package) / "templates").iterdir():
            if one.name.endswith(".docx"):
                yield one.name, one.read_bytes()


# -- what is made of the example -----------------------------------------------------


@pytest.mark.parametrize("on", DAYS, ids=str)
def test_every_paper_of_the_example_is_valid(faults, on):
    """
    Each that can be made, as it is on the day of the meeting and half a year later.
    """
    snapshot = peerkit.judge(register(), on=on)

    found = {
        (job.paper, job.subject): faults(
            peerkit.render(snapshot, job.paper, job.subject, format="docx")
        )
        for job in jobs(register())
    }

    assert 5 <= len(found)
    assert [] == [one for one in found.items() if one[1]]


def test_lists_in_every_style_are_valid(faults, papers):
    """
    As deep as lists go, and in cells.
    """
    inside, styles = (papers.said("x"),), itertools.cycle(LIST_STYLES)
    for style in itertools.islice(styles, 9):
        inside = (papers.said("x"), papers.listed(inside, "y", ordered=True, style=style))
    lists = [papers.listed("a", "b", ordered=True, style=style) for style in LIST_STYLES]
    cells = Table(
        key="t", caption="", columns=(Column(key="a", heading="A"),), rows=(Row(cells=(lists,)),)
    )

    assert [] == faults(papers.draw(papers.document(*inside, *lists, cells)))


def test_every_template_that_is_shipped_is_valid(faults):
    """
    Word is the first to open them, since they are there to be restyled.
    """
    found = {name: faults(content) for name, content in shipped()}

    assert {"base.docx", "committee-report.docx", "action-plan.docx"} <= set(found)
    assert [] == [one for one in found.items() if one[1]]


@pytest.mark.parametrize("paper", ["committee-report", "action-plan", "review-report"])
def test_what_is_begun_and_its_preview_are_valid(faults, tmp_path, monkeypatch, paper):
    """
    A copy to be restyled, and that copy filled with examples.
    """
    monkeypatch.chdir(tmp_path)

    begun = main(["template", "new", paper, "own.docx"])
    looked_at = main(
        ["template", "check", "own.docx", "--register", str(EXAMPLE), "--paper", paper,
         "--preview", "seen.docx", "--annotate", "marked.docx"]
    )  # fmt: skip

    assert (Exit.FINE, Exit.FINE) == (begun, looked_at)
    for name in ("own.docx", "seen.docx", "marked.docx"):
        assert [] == faults(Path(name).read_bytes()), name


@pytest.mark.parametrize("name", [name for name, _ in shipped()])
def test_every_template_that_is_shipped_can_be_seen_without_a_register(name):
    """
    Whoever has just begun one can see what papers will look like.
    """
    content = dict(shipped())[name]

    assert preview(content, name, None)


# -- what is made of the engine's own samples ----------------------------------------


def faulty():
    """
    Return a template that has faults in its body, a table, a text box and its header.
    """
    width = '<w:tcPr><w:tcW w:w="2500" w:type="pct"/></w:tcPr>'
    cell = f"<w:tc>{width}{line('{{ titel }}', 'TableText')}</w:tc>"
    grid = '<w:tblGrid><w:gridCol w:w="4000"/><w:gridCol w:w="4000"/></w:tblGrid>'
    table = f"<w:tbl><w:tblPr/>{grid}<w:tr>{cell * 2}</w:tr></w:tbl>"
    body = TITLE + line("{{ titel }} and {{ title + }}", "BodyText") + table
    body += line("", "BodyText") + line("{%p if title %}", "BodyText") + line("x", "BodyText")
    return build(body, header=line("{{ titel }}", "Header"), footer=line("x", "Footer"))


def values(papers):
    """
    Return a letter with all the values that are more than text.
    """
    body = TITLE + "".join(
        line(one, "BodyText")
        for one in ("A {{r rich }} thing", "{{ listing }}", "{{ crest }}", "{{p prose }}",
                    "{{p lines }}", "{%p for one in several %}", "{{ loop.index }}: {{ one }}", "{%p endfor %}")
    )  # fmt: skip
    rich = RichText("very ", bold=True, color="B00020", size=28, font="Arial", underline="double")
    rich.add("plain ").add("linked", url="https://northmere.example/?a=1&b=2", italic=True)
    names = {
        "title": "A letter from Northmere",
        "rich": rich.add("small", subscript=True, strike=True, lang="cy-GB", rtl=True),
        "listing": Listing("one\ntwo\tthree\afour\ffive"),
        "crest": Picture(content=papers.png(), alternative="A crest", width=30),
        "prose": Prose("# Under it\n\nOne *two* **three**.\n\n- a\n  1. b\n\n> c\n\n| a | b |\n| - | - |\n| 1 | 2 |\n"),
        "lines": RichTextParagraph(RichText("A line", italic=True)).add("Another", "Quote"),
        "several": ["North & Mere", "]]>", "\u00a0\u202e\U0001f600"],
    }  # fmt: skip
    return draw_names(
        prepare(build(body, header="", footer=line("f", "Footer")), "own.docx"), names
    )


def pictures(papers):
    """
    Return a paper with both kinds of picture, one of them twice, in prose and in the appendix.
    """
    frame = b"\xff\xd8\xff\xc0\x00\x11\x08\x00\x30\x00\x60\x03" + bytes(9)
    jpeg = Figure(key="j", alternative='A "view"', content=frame, media_type="image/jpeg")
    png = Figure(
        key="p",
        alternative="A crest",
        content=papers.png(),
        media_type="image/png",
        caption="Crest",
    )
    return papers.draw(papers.document(jpeg, papers.said("x"), png, papers.said("y"), png))


SAMPLES = {
    "rich, numbered through": lambda papers: papers.draw(papers.rich("through")),
    "rich, numbered by section": lambda papers: papers.draw(papers.rich("decimal")),
    "rich, on its side": lambda papers: papers.draw(
        papers.rich(), papers.template(build(BODY, landscape=True))
    ),
    "plain": lambda papers: papers.draw(papers.document()),
    "pictures": pictures,
    "values": values,
    "preview": lambda _: preview(build(), "base.docx", SHAPE),
    "annotated": lambda _: annotated(
        faulty(), "own.docx", check_template(faulty(), "own.docx", None)
    ),
    "annotated twice": lambda _: annotated(
        annotated(faulty(), "own.docx", check_template(faulty(), "own.docx", None)),
        "own.docx",
        check_template(faulty(), "own.docx", None)[:2],
    ),
}


@pytest.mark.parametrize("made", SAMPLES.values(), ids=SAMPLES)
def test_what_is_drawn_is_valid(papers, faults, made):
    """
    A paper or letter with everything in it, a preview, and notes in the margin.
    """
    assert [] == faults(made(papers))


# -- that the validators see anything ------------------------------------------------


def broken(part, old, new):
    """
    Return the base template with the first *old* of a *part* replaced.
    """
    package = read_package(base_template().read(), "base")
    content, count = re.subn(old, new, package[part], count=1)
    assert count
    return write_package(package | {part: content})


BROKEN = {
    "an unknown element": lambda: broken("word/document.xml", b"<w:body>", b"<w:body><w:nonsense/>"),
    "a paragraph in a paragraph": lambda: broken("word/document.xml", b"<w:body>", b"<w:body><w:p><w:p/></w:p>"),
    "properties behind the text": lambda: broken("word/document.xml", b"<w:body>", b"<w:body><w:p><w:r/><w:pPr/></w:p>"),
    "a table without a grid": lambda: broken("word/document.xml", b"<w:body>", b"<w:body><w:tbl><w:tr/></w:tbl>"),
    "a width that is no number": lambda: broken("word/document.xml", rb'w:w="11906"', b'w:w="wide"'),
    "a missing part": lambda: broken("word/_rels/document.xml.rels", rb'Target="styles\.xml"', b'Target="gone.xml"'),
    "not well-formed": lambda: broken("word/document.xml", b"</w:p>", b""),
    "cut off": lambda: base_template().read()[:-100],
    "no zip": lambda: struct.pack("<L", 7) * 100,
}  # fmt: skip


@pytest.mark.parametrize("made", BROKEN.values(), ids=BROKEN)
def test_what_is_broken_is_seen(faults, made):
    """
    So that nothing found is more than nothing looked for.
    """
    assert [] != faults(made())
