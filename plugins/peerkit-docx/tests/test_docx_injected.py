"""
Whatever a stranger or a careless caller gives, it stays a value and becomes no markup.
"""

from __future__ import annotations

import math
import struct
import zlib
from html import escape

import attrs
import pytest
from markupsafe import Markup

from peerkit.document import Column, Figure, Link, Paragraph, Properties, Row, Section, Table, Text
from peerkit.errors import PeerkitError
from peerkit.papers import Trust
from peerkit_docx import Picture, Prose, RichText, RichTextParagraph, draw_names, prepare
from peerkit_docx.basefile import build, line
from peerkit_docx.drawing import draw_here
from peerkit_docx.word.xmlreading import walk

FIELD = '<w:fldSimple w:instr="DDEAUTO c:\\x"><w:r><w:t>z</w:t></w:r></w:fldSimple>'
EVIL = f'x"/></w:pPr>{FIELD}<w:pPr><w:rPr w:x="'
TITLE = line("{{ title }}", "Heading1")
STYLES = {"paragraph": "BodyText", "character": "Emphasis", "table": "PeerkitTable"}


def letter(*lines):
    body = "".join(one if one.startswith("<") else line(one, "Normal") for one in lines)
    return build(TITLE + body, header="", footer=line("Northmere", "Footer"))


class Unescaped(str):
    """
    A text that says of itself that it needs no care.
    """

    __slots__ = ()

    def isprintable(self):
        """
        Say so of everything.
        """
        return True

    def replace(self, *_):
        """
        Replace nothing.
        """
        return self

    def __contains__(self, _):
        return False


def with_evil_id(papers, style):
    package = papers.package(letter("{{p x }}", "{{p y }}"))
    styles = package["word/styles.xml"].decode()
    assert f'"{style}"' in styles
    package["word/styles.xml"] = styles.replace(f'"{style}"', f'"{escape(EVIL)}"').encode()
    return papers.packed(package)


def is_sound(papers, data):
    parts = papers.package(data)
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")):
            walk(content, name)
    return FIELD.encode() not in parts["word/document.xml"]


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
def test_the_id_of_a_style_is_no_markup(papers, style):
    """
    Paragraphs, words and tables that are drawn name it as a value.
    """
    prose = Prose("Words *and more*.\n\n| A |\n|---|\n| x |\n")
    rich = RichTextParagraph(RichText("x", style="Strong"), parastyle="Body Text")
    prepared = prepare(with_evil_id(papers, style), "evil.docx")

    data = draw_names(prepared, {"title": "T", "x": prose, "y": rich})

    assert is_sound(papers, data)


@pytest.mark.parametrize("kind", [Markup, Unescaped])
def test_a_text_of_another_class_is_a_text(papers, kind):
    """
    In the tree of a paper, in names, and in what is drawn whole.
    """
    said = kind("R&D <b>")
    paper = papers.document(
        papers.said(said),
        Table(key="t", caption=said, columns=(Column(key="a", heading=said),), rows=(Row(cells=((papers.said(said),),)),)),
        properties=Properties(author=said),
    )  # fmt: skip
    paper = attrs.evolve(
        paper, title=said, sections=(*paper.sections, Section(key="w", heading=said))
    )

    data = draw_here(paper, papers.template(whole(), trust=Trust.STRANGER))

    assert is_sound(papers, data)
    assert 5 <= papers.texts(data).count("R&D <b>")


def whole():
    loop = (
        "{%p for s in sections recursive %}", "{{p s.head }}", "{{p s.body }}",
        "{{p loop(s.sections) }}", "{%p endfor %}",
    )  # fmt: skip
    return letter("{{p front }}", *loop)


def test_a_character_that_no_file_can_hold_is_found_in_any_class(papers):
    """
    Whatever the class says of what it holds.
    """
    with pytest.raises(PeerkitError, match=r"U\+0001"):
        papers.draw(papers.document(papers.said(Unescaped("a\x01b"))))


# -- links ---------------------------------------------------------------------------

LINKED = '<w:p><w:hyperlink w:anchor="x"><w:r><w:t>{{r x }}</w:t></w:r></w:hyperlink></w:p>'


@pytest.mark.parametrize(
    "value",
    [RichText("a", url="https://northmere.example/"), Prose("[the plan](https://northmere.example/)")],
    ids=["rich text", "prose"],
)  # fmt: skip
def test_a_link_stands_in_no_other(value):
    """
    Word would take the file for damaged.
    """
    with pytest.raises(PeerkitError, match=r"paragraph 2.*A link cannot stand inside another"):
        draw_names(prepare(letter(LINKED), "own.docx"), {"title": "T", "x": value})


def test_words_without_a_link_stand_in_one(papers):
    """
    Only links are refused there.
    """
    names = {"title": "T", "x": RichText("the plan", bold=True)}

    data = draw_names(prepare(letter(LINKED), "own.docx"), names)

    assert "the plan" in papers.texts(data)


# -- bookmarks -----------------------------------------------------------------------


def test_what_is_drawn_twice_has_one_bookmark(papers):
    """
    A name stands once in a file.
    """
    paper = papers.document(
        Paragraph(inlines=(Text("The plan."),), name="plan"), Paragraph(inlines=(Text("See it."),)),
    )  # fmt: skip
    key = paper.sections[0].key
    template = papers.with_body(
        "{{ title }}",
        f"{{{{p section.{key}.body }}}}",
        f"{{{{p section.{key}.body }}}}",
        f"{{{{p section.{key}.head }}}}",
    )

    body = papers.parts(papers.draw(paper, template))["word/document.xml"]

    assert 2 == body.count("The plan.")
    assert 1 == body.count("<w:bookmarkStart")


def test_a_bookmark_of_the_template_is_no_other(papers):
    """
    A paper we have drawn may become a template.
    """
    marked = '<w:p><w:bookmarkStart w:id="7" w:name="peerkit_1"/><w:r><w:t>x</w:t></w:r><w:bookmarkEnd w:id="7"/></w:p>'
    paper = papers.document(Paragraph(inlines=(Text("The plan."),), name="plan"))
    key = paper.sections[0].key
    template = papers.with_body(
        "{{ title }}", marked, f"{{{{p section.{key}.head }}}}", f"{{{{p section.{key}.body }}}}"
    )

    body = papers.parts(papers.draw(paper, template))["word/document.xml"]

    assert 'w:name="peerkit_1"' in body
    assert 'w:name="peerkit2_1"' in body


# -- pictures ------------------------------------------------------------------------


def chunk(kind, content):
    whole = kind + content
    return struct.pack(">I", len(content)) + whole + struct.pack(">I", zlib.crc32(whole))


def with_dots(png, across):
    at = 8 + 25  # behind the header
    return png[:at] + chunk(b"pHYs", struct.pack(">IIB", across, across, 1)) + png[at:]


@pytest.mark.parametrize("side", ["width", "height"])
@pytest.mark.parametrize("value", [-5, math.nan, math.inf, 1e300])
def test_a_picture_has_a_size_that_word_can_show(papers, side, value):
    """
    It is refused where it is made.
    """
    with pytest.raises(PeerkitError, match=f"mm in {side}"):
        Picture(content=papers.png(), alternative="x", **{side: value})


@pytest.mark.parametrize("size", [{}, {"width": 10}, {"height": 10}])
def test_a_picture_with_more_dots_than_there_are_has_a_size(papers, size):
    """
    No side is 0, which Word takes for damage.
    """
    picture = Picture(content=with_dots(papers.png(), 2**32 - 1), alternative="A crest", **size)
    names = {"title": "T", "x": picture}

    data = draw_names(prepare(letter("{{p x }}"), "own.docx"), names)

    assert 'cx="0"' not in (body := papers.parts(data)["word/document.xml"])
    assert 'cy="0"' not in body


def test_a_picture_that_is_cut_off_is_drawn_or_refused(papers):
    """
    Wherever it ends.
    """
    whole = with_dots(papers.png(), 2835)
    prepared = prepare(letter("{{p x }}"), "own.docx")
    for end in range(len(whole)):
        picture = Picture(content=whole[:end], alternative="A crest")
        try:
            draw_names(prepared, {"title": "T", "x": picture})
        except PeerkitError as error:
            assert "picture" in error.message.lower()  # noqa: PT017 - either is right


def test_an_address_is_text_wherever_it_leads(papers):
    """
    Quotes and brackets in it end nothing.
    """
    href = 'https://northmere.example/?a="><w:p/>'
    paper = papers.document(Paragraph(inlines=(Link((Text("the plan"),), href),)))

    assert is_sound(papers, papers.draw(paper))


def test_the_words_of_a_picture_are_text(papers):
    """
    In an attribute, too.
    """
    figure = Figure(
        key="f", alternative='"/><w:p>', content=papers.png(), media_type="image/png", caption="<b>"
    )

    assert is_sound(papers, papers.draw(papers.document(figure)))
