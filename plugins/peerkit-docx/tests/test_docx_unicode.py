"""
Any text in any place: what was typed is what a Word file says, or it is refused by name.

A paper is drawn twice, with a marker and with the text. What two readers find in the second
file is what they find in the first, with the text where the marker was, and nothing else.
"""

from __future__ import annotations

import functools
import io
import re
import unicodedata
from collections.abc import Callable

import attrs
import docx
import pytest
from docx.text.paragraph import Paragraph as WordParagraph
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from peerkit.document import (
    Break,
    Emphasis,
    Field,
    Figure,
    Heading,
    Link,
    Properties,
    Quote,
    Reference,
    Section,
    Strong,
    Text,
)
from peerkit.errors import PeerkitError
from peerkit_docx import Listing, Picture, RichText, draw_names, prepare
from peerkit_docx.basefile import build, line
from peerkit_docx.word.packages import read_package, write_package

MARKER = "Northmere\u2042Marker"
MARKED: dict[object, list[str]] = {}
EXAMPLES = 50  # for each place

# What is most often lost or changed on the way: blanks, breaks, controls, what is no
# character, marks of direction, joiners, what XML, Word and templates have a meaning for,
# and the private characters that a template is prepared with.
PIECES = (
    *" \t\n\r\x0b\x0c\x07\x00\x1b\x1f\x7f\x85\xa0\xad\u1680\u200b\u200d\u2028\u2029\u202e\u2060",
    *"\u2066\u2069\u3000\u200e\u200f\u2011\ufeff\ufdd0\ufffd\ufffe\uffff\u0301\u05d0\u0628\ue000",
    *"\U0001f600\U0001fffe\U0010ffff\U000f7000\U000f7001\U000f7002\U000f7010\U000f7012",
    *("  ", "   ", "\r\n", "\n\n", "e\u0301", "\U0001f469\u200d\U0001f467", "&", "<", ">", '"', "'"),
    *("]]>", "&amp;", "&#10;", "</w:t>", "<!--", "{{", "}}", "{%", "%}", "{#", "{{ 7*7 }}", "_x000D_"),
)  # fmt: skip
TEXTS = st.lists(st.text(max_size=12) | st.sampled_from(PIECES), max_size=6).map("".join)

# What XML 1.0 has no way to write; a carriage return would come back as a line feed.
UNFIT = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
BREAKS = re.compile("\r\n|\r|\x0b")
EVERY_PIECE = "x".join(one for one in PIECES if not UNFIT.search(one))

often = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


def read_by_python_docx(data):
    """
    Return what python-docx finds in *data*: paragraphs, headers, footers and properties.
    """
    document = docx.Document(io.BytesIO(data))
    section, core = document.sections[0], document.core_properties
    parts = (document.element.body, section.header._element, section.footer._element)
    return [
        *(WordParagraph(one, None).text for part in parts for one in part.xpath(".//w:p")),
        *(str(one) for one in document.element.body.xpath(".//wp:docPr/@descr")),
        *(core.title, core.author, core.subject, core.keywords, core.identifier),
    ]


def read(papers, data):
    """
    Return what either reader finds, without what is blank.
    """
    found = [*papers.texts(data), *read_by_python_docx(data)]
    # python-docx has a hyphen for one that does not break; so it is for both.
    return [one.replace("\u2011", "-") for one in found if one.strip()]


def refused(error, text):
    """
    Assert that *error* names the first character of *text* that no Word file can hold.
    """
    found = UNFIT.search(text)
    assert found, error
    assert f"U+{ord(found[0]):04X}" in str(error)
    before = text[max(0, found.start() - 30) : found.start()]
    assert f"{before}”".replace("\n", " ") in error.mend.replace("\n", " ")


def matches(papers, place, drawn, text, said):
    """
    Assert that what is *drawn* with *text* says it as *said*, or is refused for good reason.

    What the *place* says of the marker is kept. A text that nobody could see need not be drawn.
    """
    try:
        data = drawn(text)
    except PeerkitError as error:
        if text.strip():
            refused(error, said)
        return
    assert not UNFIT.search(said)
    if place not in MARKED:
        MARKED[place] = read(papers, drawn(MARKER))
    expected = [one.replace(MARKER, said) for one in MARKED[place]]
    if text.strip():
        assert [one.replace("\u2011", "-") for one in expected if one.strip()] == read(papers, data)


# -- papers --------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Place:
    """
    One place of a paper: how it is *made* of a text, and what of the text stands there.
    """

    made: Callable[..., object]
    said: Callable[[str], str] = str


def in_prose(*inlines):
    return Place(made=lambda p, t: p.document(p.said("a ", *(one(t) for one in inlines), " b")))


def in_front(**changed):
    def made(p, t):
        sheet = p.front_sheet(a="x")
        told = {name: change(p, t) for name, change in changed.items()}
        return p.document(front=(attrs.evolve(sheet, **told),))

    return Place(made=made)


def in_properties(**changed):
    def made(p, t):
        told = {name: change(t) for name, change in changed.items()}
        return p.document(properties=Properties(**({"author": "Northmere"} | told)))

    return Place(made=made)


def figure(p, **named):
    given = {"key": "f", "alternative": "A crest", "content": p.png(), "media_type": "image/png"}
    return p.document(p.said("x"), Figure(**(given | named)))


PLACES = {
    "title": Place(made=lambda p, t: p.document(title=t)),
    "notice": Place(made=lambda p, t: p.document(notices=(t, "Draft"))),
    "page words": Place(made=lambda p, t: p.document(page_words=(t, t))),
    "heading of a section": Place(made=lambda p, t: p.document(
        sections=(Section(key="s", heading=t, blocks=(p.said("x"),)),))),
    "numbered heading": Place(made=lambda p, t: p.document(
        sections=(Section(key="s", heading=t, blocks=(p.counted("x"),)),), numbering="decimal")),
    "heading in prose": Place(made=lambda p, t: p.document(p.said("x"), Heading(inlines=(Text(t),)), p.said("y"))),
    "paragraph": Place(made=lambda p, t: p.document(p.said(t))),
    "numbered paragraph": Place(made=lambda p, t: p.document(p.counted(t))),
    "named paragraph": Place(made=lambda p, t: p.document(p.said(t, name="n"))),
    "beside a break": in_prose(Text, lambda _: Break(), Text),
    "stressed": in_prose(lambda t: Emphasis((Text(t),))),
    "strong": in_prose(lambda t: Strong((Text(t), Text(" and on")))),
    "strong and stressed": in_prose(lambda t: Strong((Emphasis((Text(t),)),))),
    "words of a link": in_prose(lambda t: Link((Text("see "), Text(t)), "https://northmere.example/")),
    "address of a link": Place(
        made=lambda p, t: p.document(p.said(Link((Text("the plan"),), "https://northmere.example/" + "".join(t.split())))),
        said=lambda t: "".join(t.split())),
    "words of a reference": Place(
        made=lambda p, t: p.document(p.counted("x", name="n"), p.said("see ", Reference(t, "n"), ".")), said=str.lstrip),
    "item": Place(made=lambda p, t: p.document(p.listed(t, "x"))),
    "item inside an item": Place(made=lambda p, t: p.document(p.listed((p.said("x"), p.listed(t))))),
    "counted item": Place(made=lambda p, t: p.document(p.listed(t, "x", ordered=True))),
    "second paragraph of an item": Place(made=lambda p, t: p.document(p.listed((p.said("x"), p.said(t))))),
    "quote": Place(made=lambda p, t: p.document(Quote(blocks=(p.said(t),)))),
    "heading of a column": Place(made=lambda p, t: p.document(p.table(("a", "b"), headings=(t, "y")))),
    "cell": Place(made=lambda p, t: p.document(p.table((t, "b"), ("a", t)))),
    "list in a cell": Place(made=lambda p, t: p.document(attrs.evolve(
        p.table(("a", "b")), rows=(attrs.evolve(p.table(("a", "b")).rows[0], cells=((p.said("a"),), (p.listed(t),))),)))),
    "caption of a table": Place(made=lambda p, t: p.document(p.table(("a", "b"), caption=t))),
    "words for no rows": Place(made=lambda p, t: p.document(p.table(empty=t))),
    "caption of a picture": Place(made=lambda p, t: figure(p, caption=t)),
    "alternative text": Place(made=lambda p, t: figure(p, alternative=t)),
    "label": in_front(fields=lambda p, t: (Field(key="a", label=t, value=(p.said("x"),)),)),
    "value": in_front(fields=lambda p, t: (Field(key="a", label="A", value=(p.said(t),)),)),
    "caption of a front sheet": in_front(caption=lambda _, t: t),
    "headings of a front sheet": in_front(headings=lambda _, t: (t, "y")),
    "author": in_properties(author=str),
    "subject": in_properties(subject=str),
    "keywords": in_properties(keywords=lambda t: (t, "libraries")),
    "history": in_properties(history=str),
}  # fmt: skip

# Where a character that no Word file can hold is not refused by name, as it should be; each
# is the subject of a test below.
UNWATCHED = {
    "alternative text": UNFIT,
    "notice": re.compile("[\r\x0b]"),
    "page words": re.compile("[\r\x0b]"),
}


@pytest.mark.parametrize("name", PLACES)
@often
@given(text=TEXTS)
@example(text=EVERY_PIECE)
@example(text="\u00a0 x \u3000")
@example(text=" two  blanks, a\ttab,\n\n a break\n")
@example(text="a\U000f7000\U000f7002\U000f7001{{ b }}\U000f7010")
def test_any_text_of_a_paper_is_said_or_refused(papers, name, text):
    """
    In every place; two readers find the same, and nothing else of the paper has changed.
    """
    place = PLACES[name]
    if name in UNWATCHED:
        text = UNWATCHED[name].sub("", text)

    matches(papers, name, lambda one: papers.draw(place.made(papers, one)), text, place.said(text))


@often
@given(text=TEXTS)
@example(text=EVERY_PIECE)
def test_any_text_is_said_everywhere_at_once(papers, text):
    """
    Wherever it stands, and in whatever is drawn with it, it stays the same.
    """
    text = UNFIT.sub("", text)

    def drawn(one):
        return papers.draw(
            papers.document(
                papers.counted(one),
                papers.listed(one),
                papers.table((one, one), caption=one),
                title=one,
                notices=(one,),
                front=(papers.front_sheet(a=one),),
                properties=Properties(author=one, subject=one, keywords=(one, one)),
            )
        )

    matches(papers, "everywhere", drawn, text, text)


CANNOT_BE_HELD = ["\x00", "\x08", "\x0b", "\x0c", "\r", "\x1b", "\ud800", "\udfff", "\ufffe", "\uffff"]  # fmt: skip


@pytest.mark.parametrize("character", CANNOT_BE_HELD, ids=ascii)
@pytest.mark.parametrize("name", [one for one in PLACES if one not in UNWATCHED])
def test_what_no_word_file_can_hold_is_named(papers, name, character):
    """
    In every place, halves of a surrogate pair included, with the words before it.
    """
    text = "North" + character + "mere"
    place = PLACES[name]
    if place.said(text) != text:
        return  # the address lost it with the blanks

    with pytest.raises(PeerkitError) as caught:
        papers.draw(place.made(papers, text))

    refused(caught.value, text)


@pytest.mark.parametrize("character", CANNOT_BE_HELD, ids=ascii)
def test_an_alternative_text_that_word_cannot_hold_is_named(papers, character):
    """
    Otherwise the file is damaged, has another character, or peerkit breaks off.
    """
    text = "North" + character + "mere"

    with pytest.raises(PeerkitError) as caught:
        papers.draw(PLACES["alternative text"].made(papers, text))

    refused(caught.value, text)


@pytest.mark.parametrize("character", ["\r", "\x0b"], ids=ascii)
@pytest.mark.parametrize("name", ["notice", "page words"])
def test_a_break_that_is_refused_elsewhere_is_refused_in_headers(papers, name, character):
    """
    And the template is not blamed for leaving the text out.
    """
    text = "North" + character + "mere"

    with pytest.raises(PeerkitError) as caught:
        papers.draw(PLACES[name].made(papers, text))

    refused(caught.value, text)


# -- templates of no paper -----------------------------------------------------------

TAG = "{{ words }}"
TITLE = line("{{ title }}", "Heading1")
WML = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
SHAPE = '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"{}><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>'
ONE_CELL = '<w:tbl><w:tblPr>{}</w:tblPr><w:tblGrid><w:gridCol w:w="900"/></w:tblGrid><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>'


def with_body(xml, header="", footer=""):
    # A table or a text box is no end of a body.
    return build(TITLE + xml + line("The end.", "BodyText"), header=header, footer=footer)


def described(attribute):
    inside = f'<wp:inline xmlns:wp="{DRAWING}/wordprocessingDrawing"><wp:docPr id="1" name="P" {attribute}/></wp:inline>'
    return with_body(f"<w:p><w:r><w:drawing>{inside}</w:drawing></w:r></w:p>")


def in_footnotes():
    """
    Return a template of three sections with a footnote in the middle one.
    """
    section = "<w:p><w:pPr><w:sectPr/></w:pPr><w:r><w:t>A section.</w:t></w:r></w:p>"
    mark = '<w:p><w:r><w:t>See</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    package = read_package(with_body(section + mark + section), "it")
    note = f'<w:footnote w:id="2">{line(TAG, "BodyText")}</w:footnote>'
    package["word/footnotes.xml"] = f"<w:footnotes {WML}>{note}</w:footnotes>".encode()
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    said = f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'
    types = package["[Content_Types].xml"]
    package["[Content_Types].xml"] = types.replace(b"</Types>", said.encode())
    return write_package(package)


def in_part(part, old, new):
    package = read_package(with_body(""), "it")
    assert old in package[part]
    return write_package(package | {part: package[part].replace(old, new)})


@functools.cache
def ready(made):
    return prepare(made(), "own.docx")


def plain(text):
    """
    Return *text* as a tag prints it: a carriage return or Word's soft return breaks the line.
    """
    return BREAKS.sub("\n", text)


TEMPLATES = {
    "body": (lambda: with_body(line(TAG, "BodyText")), plain),
    "in words": (lambda: with_body(line(f"To {TAG}, and {TAG}.", "BodyText")), plain),
    "in a loop": (lambda: with_body(line(f"{{% for x in [1, 2] %}}{TAG};{{% endfor %}}", "BodyText")), plain),
    "in a cell": (lambda: with_body(ONE_CELL.format("", line(TAG, "BodyText"))), plain),
    "header": (lambda: with_body("", header=line(TAG, "Header")), plain),
    "footer": (lambda: with_body("", footer=line(TAG, "Footer")), plain),
    "footnote": (in_footnotes, plain),
    "text box": (lambda: with_body(SHAPE.format("", line(TAG, "BodyText"))), plain),
    "alternative of a picture": (lambda: described(f'descr="{TAG}"'), plain),
    "title of a picture": (lambda: described(f'title="{TAG}"'), plain),
    "alternative of a shape": (lambda: with_body(SHAPE.format(f' alt="{TAG}"', line("x", "BodyText"))), plain),
    "caption of a table": (lambda: with_body(ONE_CELL.format(f'<w:tblCaption w:val="{TAG}"/>', line("x", "BodyText"))), plain),
    "tip of a link": (lambda: with_body(f'<w:p><w:hyperlink w:anchor="a" w:tooltip="{TAG}"><w:r><w:t>Words</w:t></w:r></w:hyperlink></w:p>'), plain),
    "title of the file": (lambda: in_part("docProps/core.xml", b"peerkit template", TAG.encode()), plain),
    "company": (lambda: in_part("docProps/app.xml", b"</Properties>", f"<Company>{TAG}</Company></Properties>".encode()), plain),
    "property of one's own": (lambda: in_part("docProps/custom.xml", b"<vt:lpwstr>*", f"<vt:lpwstr>{TAG}".encode()), plain),
}  # fmt: skip


@pytest.mark.parametrize(("made", "printed"), TEMPLATES.values(), ids=TEMPLATES)
@often
@given(text=TEXTS)
@example(text=EVERY_PIECE)
@example(text="\u00a0 x \u3000")
@example(text="one\r\ntwo\rthree\x0bfour\nfive\x85six\u2028seven")
@example(text="a\U000f7000\U000f7002\U000f7001{{ b }}\U000f7010")
def test_any_name_is_printed_or_refused(papers, made, printed, text):
    """
    In every place of a template; line breaks are made alike, and become blanks in properties.
    """

    def drawn(one):
        return draw_names(
            ready(made), {"title": "Northmere", "words": one}, origin="own.docx", accessible=False
        )

    matches(papers, made, drawn, text, printed(text))


def in_rich_text():
    return with_body(line("{{r words }}", "BodyText"))


VALUES = {
    "rich text": (in_rich_text, lambda t: RichText("due ").add(t, bold=True).add(".")),
    "rich text of a link": (in_rich_text, lambda t: RichText("see ").add(t, url="https://northmere.example/")),
    "listing": (TEMPLATES["body"][0], Listing),
}  # fmt: skip


@pytest.mark.parametrize(("template", "value"), VALUES.values(), ids=VALUES)
@often
@given(text=TEXTS)
@example(text=EVERY_PIECE)
def test_any_text_of_a_value_is_drawn_or_refused(papers, template, value, text):
    """
    Whatever it is set like; only the signs for a new paragraph and page mean more.
    """
    text = re.sub("[\a\f]", "", text)

    def drawn(one):
        names = {"title": "Northmere", "words": value(one)}
        return draw_names(ready(template), names, accessible=False)

    matches(papers, value, drawn, text, text)


@pytest.mark.parametrize("character", ["\x08", "\ud800", "\uffff"], ids=ascii)
@pytest.mark.parametrize("name", ["picture", "address", "address of a picture"])
def test_what_word_cannot_hold_is_named_in_values_too(papers, name, character):
    """
    Otherwise the file is damaged, or peerkit breaks off.
    """
    text = "North" + character + "mere"
    address = f"https://northmere.example/{text}"

    with pytest.raises(PeerkitError) as caught:
        draw_names(
            ready(in_rich_text),
            {"title": "Northmere", "words": {
                "picture": lambda: Picture(content=papers.png(), alternative=text),
                "address": lambda: RichText("the plan", url=address),
                "address of a picture": lambda: Picture(content=papers.png(), alternative="x", url=address),
            }[name]()},
        )  # fmt: skip

    assert f"U+{ord(character):04X}" in str(caught.value)


def test_texts_are_not_composed(papers):
    """
    Letters arrive in the form they have; it is the register that brings them into one.
    """
    text = unicodedata.normalize("NFD", "Élan vital, Ångström")

    assert text in papers.texts(papers.draw(papers.document(papers.said(text))))
