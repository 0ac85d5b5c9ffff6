from __future__ import annotations

import itertools
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import attrs
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from peerkit.document import (
    Figure,
    Heading,
    Link,
    Paragraph,
    Properties,
    Quote,
    Section,
    Text,
)
from peerkit.errors import PeerkitError
from peerkit_docx.word.packages import read_package, write_package

HOSTILE = [
    "R&D budget <5% & rising",
    "{{ 7*7 }}",
    "{% raw %}{# x #}",
    "{_{ x }_} {_% x %_}",
    "]]> <![CDATA[",
    "</w:t></w:r></w:p><w:p>",
    "<!-- -->",
    "&#60;&amp;lt;",
    "quotes \" and ' and “these”",
    "\U0001f600 \U0001f469\u200d\U0001f467 e\u0301 \u05d0\u0628",
    "two  spaces,   three, and one at the end ",
    " one before",
    "a\nb\n\nc",
    "a\tb",
    "\x7f\x85\u2028 stay",
    "_x000D_",
    "x" * 50_000,
]

# All that XML can hold, and not only white space.
SAYABLE = st.text(
    st.characters(blacklist_categories=["Cs"], blacklist_characters="\ufffe\uffff")
    .filter(lambda one: one >= " " or one in "\n\t"),
    min_size=1,
).filter(str.strip)  # fmt: skip


def everywhere(papers, text):
    return papers.document(
        papers.said(text),
        papers.counted(text),
        papers.listed(text, (papers.said(text), papers.listed(text, ordered=True))),
        Quote(blocks=(papers.said(text),)),
        Heading(inlines=(Text(text),)),
        papers.table((text, text), headings=(text, text), caption=text),
        papers.table(key="e", caption=text, empty=text),
        Figure(
            key="f", alternative=text, content=papers.png(), media_type="image/png", caption=text
        ),
        papers.said(Link((Text(text),), "https://a.example/")),
        title=text,
        front=(papers.front_sheet(a=text),),
        notices=(text,),
        properties=Properties(author=text, subject=text, keywords=(text,)),
    )


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:20]))
def test_text_arrives_as_it_is(papers, text):
    """
    No character is lost, added or executed, in body, header, footer and properties.
    """
    found = papers.texts(papers.draw(everywhere(papers, text)))

    # Paragraph, number, two bullets, one counted item, quote, heading, four cells,
    # three captions, empty words, two alternatives, link, title, field, notice, four
    # properties and the company; the footer has it with its page.
    assert 24 <= sum(one == text for one in found)
    assert any(one.startswith(f"{text}\tPage ") for one in found)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=SAYABLE)
@example(text="\u00a0x\u3000")
def test_any_sayable_text_arrives(papers, text):
    """
    What XML can hold comes back unchanged, whatever it is.
    """
    found = papers.texts(papers.draw(everywhere(papers, text)))

    assert 24 <= sum(one == text for one in found)


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\x00", "U+0000 (a control character)"),
        ("\x07", "U+0007 (a control character)"),
        ("\x0c", "U+000C (a control character)"),
        ("\r", "U+000D (a control character)"),
        ("\x1b", "U+001B (a control character)"),
        ("\ud800", "U+D800 (half of a surrogate pair)"),
        ("\uffff", "U+FFFF (not a character)"),
    ],
)
def test_what_no_document_can_hold_is_refused_by_name(papers, character, name):
    """
    A character is never dropped: the paper is refused, and the character named.
    """
    with pytest.raises(PeerkitError, match=re.escape(name)):
        papers.draw(papers.document(papers.said(f"before {character} after")))


@pytest.mark.parametrize(
    "found",
    [
        {"title": "\x08"},
        {"page_words": ("\x08", "of")},
        {"front": (Paragraph(inlines=(Link((Text("a"),), "https://a/\x08"),)),)},
        {"properties": Properties(author="a", keywords=("\x08",))},
    ],
    ids=["title", "page words", "link", "keywords"],
)  # fmt: skip
def test_properties_are_refused_too(papers, found):
    """
    Also what is not in the body.
    """
    with pytest.raises(PeerkitError, match="U\\+0008"):
        papers.draw(papers.document(**found))


def test_everything_is_drawn_through_named_styles(papers):
    """
    Nothing is set by hand but what a second character style would say.
    """
    body = papers.parts(papers.draw(papers.rich()))["word/document.xml"]
    drawn = body.partition("<w:body>")[2].partition("<w:sectPr")[0]

    assert set(re.findall(r"<w:(\w+)", drawn)) <= {
        "p", "pPr", "pStyle", "keepNext", "numPr", "ilvl", "numId", "r", "rPr", "rStyle", "i", "iCs", "t", "br", "tab",
        "hyperlink", "bookmarkStart", "bookmarkEnd", "drawing",
        "tbl", "tblPr", "tblStyle", "tblW", "tblLayout", "tblLook", "tblCaption", "tblGrid", "gridCol",
        "tr", "trPr", "cantSplit", "tblHeader", "tc", "tcPr", "tcW",
    }  # fmt: skip
    assert "<w:t></w:t>" not in drawn
    assert not re.search(r"<w:p><w:pPr>(?:(?!</w:pPr>).)*</w:pPr></w:p>", drawn)


def test_headings_descend_by_level(papers):
    """
    The title alone is a heading of level 1; no level is left out.
    """
    body = papers.parts(papers.draw(papers.rich()))["word/document.xml"]

    levels = [int(one) for one in re.findall(r'w:val="Heading(\d)"', body)]
    assert 1 == levels.count(1)
    assert 1 == levels[0]
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_every_table_says_which_row_is_its_header(papers):
    """
    One header row that repeats, rows that stay whole, no empty cell, a caption before.
    """
    body = papers.parts(papers.draw(papers.rich()))["word/document.xml"]

    tables = re.findall(r"<w:tbl>.*?</w:tbl>", body)
    assert 2 == len(tables)
    for one in tables:
        assert 1 == one.count("<w:tblHeader/>")
        assert one.count("<w:tr>") == one.count("<w:cantSplit/>")
        assert one.index("<w:tblHeader/>") < one.index("</w:tr>")
        assert one.count("</w:p></w:tc>") == one.count("</w:tc>")
        assert 'w:val="Caption"' in body[: body.index(one)].rpartition("<w:p>")[2]


def test_a_table_without_rows_is_said_in_words(papers):
    """
    Its caption stays, and its words stand for the rows.
    """
    data = papers.draw(
        papers.document(papers.table(caption="Open actions", empty="There are none."))
    )

    assert {"Open actions", "There are none."} <= set(papers.texts(data))
    assert "<w:tbl>" not in papers.parts(data)["word/document.xml"]


def test_columns_share_the_width(papers):
    """
    Widths are relative, and the grid fills the page between its margins.
    """
    plan = papers.table(("A1", "Train"))
    first, second = plan.columns
    plan = attrs.evolve(plan, columns=(first, attrs.evolve(second, width=4)))

    body = papers.parts(papers.draw(papers.document(plan)))["word/document.xml"]

    assert ["1814", "7257"] == re.findall(r'<w:gridCol w:w="(\d+)"', body)
    assert ["1000", "4000"] * 2 == re.findall(r'<w:tcW w:w="(\d+)" w:type="pct"', body)


def test_links_are_real(papers):
    """
    A link is a relationship, once for each address, and its address is found.
    """
    href = "https://a.example/?a=1&b=2"
    link = Link((Text("the plan"),), href)

    data = papers.draw(papers.document(papers.said(link, " and ", link)))

    assert href in papers.texts(data)
    relations = papers.parts(data)["word/_rels/document.xml.rels"]
    assert 1 == relations.count('TargetMode="External"')
    assert 'Target="https://a.example/?a=1&amp;b=2"' in relations


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "\\\\host\\share",
        "data:text/html,x",
        "http://",
        "#a",
        "",
    ],
)
def test_other_links_are_refused(papers, href):
    """
    Only web and mail addresses become links.
    """
    with pytest.raises(PeerkitError, match="neither a web nor a mail address"):
        papers.draw(papers.document(papers.said(Link((Text("here"),), href))))


def test_pictures_have_alternative_text_and_fit(papers):
    """
    A picture is inline, described, and never wider than the text; ids are unique.
    """
    figure = Figure(
        key="f",
        alternative='Rose to "9"\nthen fell',
        content=papers.png(2000, 500),
        media_type="image/png",
    )
    data = papers.draw(papers.document(figure, papers.said("Again"), figure))
    parts = papers.parts(data)
    body = parts["word/document.xml"]

    assert 2 == papers.texts(data).count('Rose to "9"\nthen fell') // 2
    widths = {int(one) for one in re.findall(r'<wp:extent cx="(\d+)"', body)}
    assert {9072 * 635} == widths
    ids = re.findall(r'<wp:docPr id="(\d+)"', body)
    assert 2 == len(set(ids))
    assert 1 == sum(name.startswith("word/media/") for name in parts)
    assert 'Extension="png"' in parts["[Content_Types].xml"]


@pytest.mark.parametrize(
    ("blocks", "message"),
    [
        (lambda p: [p.table(("A1", " "))], "A cell under “Action” is empty"),
        (lambda p: [p.table(("A1", "x"), headings=("Ref", ""))], "has no heading"),
        (lambda p: [p.table()], "no words to say so"),
        (lambda p: [p.said("")], "A paragraph is empty"),
        (lambda p: [p.said(" \n ")], "A paragraph is empty"),
        (lambda p: [p.listed(())], "A list has an empty item"),
        (lambda p: [p.table(("a", "b"), caption=""), p.table(("a", "b"), key="u", caption="")], "Two tables follow"),
        (lambda p: [Figure(key="f", alternative=" ", content=p.png(), media_type="image/png")], "alternative text"),
        (lambda _: [Figure(key="f", alternative="a", content=b"GIF89a", media_type="image/png")], "is damaged"),
        (lambda _: [Figure(key="f", alternative="a", content=b"<svg/>", media_type="image/svg+xml")], "cannot be put"),
        (lambda _: [Heading(inlines=(Text("a"),), depth=9)], "A heading of level 11 follows a heading of level 2"),
        (lambda p: [p.said(Link((Text("click here"),), "https://a.example/"))], "do not say where it leads"),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_well_is_refused(papers, blocks, message):
    """
    A paper that a reader could stumble over is not made.
    """
    with pytest.raises(PeerkitError, match=message):
        papers.draw(papers.document(*blocks(papers)))


def test_a_table_in_a_cell_is_refused(papers):
    """
    No table lies inside another.
    """
    plan = papers.table(("A1", "x"))
    row = attrs.evolve(
        plan.rows[0], cells=((papers.said("a"),), (papers.table(("b", "c"), key="i"),))
    )

    with pytest.raises(PeerkitError, match="inside another table"):
        papers.draw(papers.document(attrs.evolve(plan, rows=(row,))))


def test_jpeg_pictures_are_measured(papers):
    """
    A JPEG's size is read from its frame, whatever comes before it.
    """
    content = (
        b"\xff\xd8\xff\xe0\x00\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xc0\x00\x11\x08\x00\x30\x00\x60\x03"
        + bytes(9)
    )
    figure = Figure(key="f", alternative="a", content=content, media_type="image/jpeg")

    body = papers.parts(papers.draw(papers.document(figure)))["word/document.xml"]

    assert 'cx="1219200" cy="609600"' in body


def test_properties_come_from_the_document(papers):
    """
    Title, council, language, day: nothing of the template, a person or the clock.
    """
    core = papers.parts(papers.draw(papers.document()))["docProps/core.xml"]

    assert "<dc:title>Virtual School Peer Review</dc:title>" in core
    assert "<dc:creator>Middlesbrough Council</dc:creator>" in core
    assert "<dc:language>en-GB</dc:language>" in core
    assert 2 == core.count("2022-02-14T00:00:00Z")
    undated = papers.document(properties=Properties(author="A"))
    assert "dcterms:created" not in papers.parts(papers.draw(undated))["docProps/core.xml"]


def test_language_is_the_papers(papers):
    """
    A reader's voice is chosen by the paper's language, not the template's.
    """
    styles = papers.parts(papers.draw(papers.document(language="cy-GB")))["word/styles.xml"]

    assert ["cy-GB"] == re.findall(r'<w:lang w:val="([^"]*)"', styles)


def test_sections_lie_as_deep_as_they_like(papers):
    """
    Each level has its heading style; what no style is left for is refused.
    """

    def deep(levels):
        inner = (deep(levels - 1),) if levels > 1 else ()
        return Section(
            key="s", heading=f"Level {levels}", blocks=(papers.said("Words"),), sections=inner
        )

    data = papers.draw(papers.document(sections=(deep(8),)))

    assert 'w:val="Heading9"' in papers.parts(data)["word/document.xml"]
    with pytest.raises(PeerkitError, match="no paragraph style named “Heading 10”"):
        papers.draw(papers.document(sections=(deep(9),)))


def test_same_paper_same_bytes(papers):
    """
    Twice in one process.
    """
    assert papers.draw(papers.rich()) == papers.draw(papers.rich())


def test_same_bytes_anywhere(tmp_path):
    """
    Time zone, hash seed, locale and folder leave no trace.
    """
    script = (
        "import hashlib, importlib.util;"
        f"spec = importlib.util.spec_from_file_location('made', {str(Path(__file__).with_name('conftest.py'))!r});"
        "made = importlib.util.module_from_spec(spec); spec.loader.exec_module(made);"
        "print(hashlib.sha256(made.draw(made.rich('decimal'), None)).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", script],
            check=True,
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env=os.environ | changed | {"PYTHONPATH": os.pathsep.join(sys.path)},
        ).stdout
        for changed in (
            {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1"},
            {"TZ": "America/New_York", "PYTHONHASHSEED": "2", "LC_ALL": "C"},
        )
    }

    assert 1 == len(digests)


def test_drawing_a_shipped_template_needs_neither_docxtpl_nor_lxml():
    """
    What was prepared beforehand is used, so a cold command stays quick.
    """
    script = (
        "import sys, peerkit_docx; from peerkit.document import Document, Properties;"
        "d = Document(paper='p', title='T', language='en-GB', properties=Properties(author='A'), sections=());"
        "peerkit_docx.peerkit_formats()[0].draw(d, None);"
        "print(sorted({'docxtpl', 'docx', 'lxml', 'babel', 'docxcompose'} & set(sys.modules)))"
    )
    found = subprocess.run(
        [sys.executable, "-c", script],
        check=True,
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )

    assert "[]" == found.stdout.strip()


def test_what_was_prepared_elsewhere_is_drawn_without_docxtpl_and_lxml(tmp_path):
    """
    A saved template needs Jinja and the standard library; here the rest cannot be imported.

    That it holds where the rest is not installed is shown by `.ci/run`.
    """
    script = Path(__file__).with_name("bare.py")
    keeping_away = (
        "import runpy, sys\n"
        "class Finder:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.partition('.')[0] in ('docxtpl', 'docx', 'docxcompose', 'lxml', 'babel'):\n"
        "            raise ModuleNotFoundError(name)\n"
        "sys.meta_path.insert(0, Finder())\n"
        "runpy.run_path(sys.argv[0], run_name='__main__')\n"
    )
    code = f"import sys; sys.argv = [{str(script)!r}, 'draw', {str(tmp_path)!r}]\n{keeping_away}"
    env = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}

    subprocess.run([sys.executable, script, "prepare", tmp_path], check=True, env=env)
    found = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, env=env
    )

    assert {"same": True, "loaded": []} == json.loads(found.stdout)


def test_the_entry_module_imports_nothing_heavy():
    """
    A command that draws nothing does not pay for drawing.
    """
    script = (
        "import sys, peerkit_docx;"
        "print(sorted({'jinja2', 'docxtpl', 'lxml', 'zipfile', 'peerkit_docx.drawing'} & set(sys.modules)"
        " - {'zipfile'}))"
    )
    found = subprocess.run(
        [sys.executable, "-c", script],
        check=True,
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )

    assert "[]" == found.stdout.strip()


def test_a_template_without_a_language_is_refused(papers):
    """
    A reader's voice would have to guess.
    """
    template = papers.changed(styles=lambda xml: re.sub("<w:lang [^>]*/>", "", xml))

    with pytest.raises(PeerkitError, match="styles: No language is set"):
        papers.draw(papers.document(), template)


def test_a_paper_can_become_a_template(papers):
    """
    Ids of links and pictures already in a template are not given again.
    """
    figure = Figure(key="f", alternative="a", content=papers.png(), media_type="image/png")
    link = Link((Text("the plan"),), "https://a.example/")
    paper = papers.document(figure, papers.said(link))
    parts = papers.parts(papers.draw(paper, papers.with_body("{{ title }}", "{{p sections[0].head }}",
                                                             "{{p sections[0].body }}")))  # fmt: skip
    assert "word/media/peerkit1.png" in parts

    package = read_package(papers.draw(paper), "drawn")
    body = package["word/document.xml"].decode()
    tags = "".join(
        papers.line(one, "BodyText")
        for one in ("{{p sections[0].head }}", "{{p sections[0].body }}")
    )
    package["word/document.xml"] = body.replace("<w:sectPr", f"{tags}<w:sectPr").encode()
    again = papers.parts(papers.draw(paper, papers.template(write_package(package))))

    assert {"word/media/peerkit1.png", "word/media/peerkit2.png"} <= again.keys()
    ids = re.findall(r'<Relationship Id="([^"]+)"', again["word/_rels/document.xml.rels"])
    assert len(ids) == len(set(ids))
    pictures = re.findall(r'<wp:docPr id="(\d+)"', again["word/document.xml"])
    assert 2 == len(set(pictures))
