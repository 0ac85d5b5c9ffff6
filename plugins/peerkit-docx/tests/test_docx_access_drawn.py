from __future__ import annotations

import re

import attrs
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from peerkit.errors import PeerkitError, ProblemsError
from peerkit_docx import (
    Listing,
    Picture,
    Prose,
    RichText,
    RichTextParagraph,
    draw_names,
    prepare,
)
from peerkit_docx.access import access_problems
from peerkit_docx.basefile import build, line
from peerkit_docx.preparing.styling import styling_of
from peerkit_docx.problems import ACCESS_FLOATING
from peerkit_docx.word.packages import read_package, write_package
from peerkit_docx.word.xmlreading import tree

TITLE = line("{{ title }}", "Heading1")
SPACES = "".join(
    f' xmlns:{name}="{space}"'
    for name, space in {
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "d": "http://schemas.microsoft.com/office/drawing/2017/decorative",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "v": "urn:schemas-microsoft-com:vml",
    }.items()
)
DECORATIVE = '<a:extLst><a:ext uri="x"><d:decorative val="1"/></a:ext></a:extLst>'
OLD = '<w:pPrChange w:id="9" w:author="An officer"><w:pPr><w:pStyle w:val="{}"/></w:pPr></w:pPrChange>'


def p(text, properties="", run=""):
    said = f'<w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'
    return f"<w:p><w:pPr>{properties}</w:pPr>{said}</w:p>"


def shade(fill):
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>'


def ink(colour):
    return f'<w:color w:val="{colour}"/>'


def cell(inside, properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def row(*cells, header=False):
    marked = "<w:trPr><w:tblHeader/></w:trPr>" if header else ""
    return f"<w:tr>{marked}{''.join(cells)}</w:tr>"


def table(*rows):
    grid = '<w:tblGrid><w:gridCol w:w="4000"/></w:tblGrid>'
    return f"<w:tbl><w:tblPr/>{grid}{''.join(rows)}</w:tbl>"


def headed(*cells):
    """
    A table of one column whose rows are *cells*.
    """
    return table(row(cell(p("Ward")), header=True), *map(row, cells))


def link(inside):
    return f'<w:p><w:hyperlink w:anchor="a"><w:r><w:t>{inside}</w:t></w:r></w:hyperlink></w:p>'


def field_link(inside):
    sign = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    code = r'<w:r><w:instrText xml:space="preserve"> HYPERLINK \l "a" </w:instrText></w:r>'
    said = f"<w:r><w:t>{inside}</w:t></w:r>"
    return f"<w:p>{sign.format('begin')}{code}{sign.format('separate')}{said}{sign.format('end')}</w:p>"


def picture(said, inside=""):
    frame = f'<wp:inline{SPACES}><wp:docPr id="1" name="x"{said}>{inside}</wp:docPr></wp:inline>'
    return f"<w:p><w:r><w:drawing>{frame}</w:drawing></w:r></w:p>"


def twice(inside):
    """
    A text box said in two ways.
    """
    box = f"<w:txbxContent>{inside}</w:txbxContent>"
    new = f'<w:drawing><wp:inline><wp:docPr id="1" name="x"/><wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp></wp:inline></w:drawing>'
    older = f"<w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict>"
    ways = f'<mc:Choice Requires="wps">{new}</mc:Choice><mc:Fallback>{older}</mc:Fallback>'
    return f"<w:p><w:r><mc:AlternateContent{SPACES}>{ways}</mc:AlternateContent></w:r></w:p>"


def template(body, header="", change=str):
    package = read_package(build(body, header=header, footer=line("x", "Footer")), "it")
    styles = "word/styles.xml"
    package[styles] = change(package[styles].decode()).encode()
    return write_package(package)


WHITE, DARK, PALE = "FFFFFF", "1F3864", "FFD0D0"
WEB = "https://northmere.example"
FOR, END = line("{%p for x in said %}", "BodyText"), line("{%p endfor %}", "BodyText")
IF, FI = line("{%p if said %}", "BodyText"), line("{%p endif %}", "BodyText")
ROW_IF, ROW_FI = row(cell(p("{%tr if said %}"))), row(cell(p("{%tr endif %}")))
CONTRAST, LINK, PICTURE, SKIP, TYPED = (
    "access-contrast", "access-link-text", "access-picture-text", "access-heading-skip", "access-typed-list",
)  # fmt: skip


def deeper(level):
    return RichTextParagraph("One", parastyle="Heading 2").add(RichText("Two"), f"Heading {level}")


REFUSED = {
    "rich text in a pale colour": (CONTRAST, TITLE + p("{{r said }}"), RichText("Late", color=PALE)),
    "rich text in a pale paragraph style": (CONTRAST, TITLE + p("{{r said }}", shade("404040")), RichText("Late", color="303030")),
    "rich text that is marked dark": (CONTRAST, TITLE + p("{{r said }}"), RichText("Late", highlight="303030")),
    "rich text on a dark cell": (CONTRAST, TITLE + headed(cell(p("x", run=ink(WHITE)) + p("{{r said }}"), shade(DARK))), RichText("Late", color="203050")),
    "rich text on a cell whose colour is printed": (CONTRAST, TITLE + headed(cell(p("{% cellbg 'C0C0C0' %}x") + p("{{r said }}"))), RichText("Late", color="B00020")),
    "a paragraph of rich text": (CONTRAST, TITLE + p("{{p said }}"), RichTextParagraph("Late", color=PALE)),
    "rich text in a faint style of runs": (CONTRAST, TITLE + p("{{r said }}"), RichText("Late", style="Faint")),
    "prose in a faint style": (CONTRAST, TITLE + p("{{p said }}"), Prose("Said\n\n> Quoted")),
    "text left white where no colour is printed": (CONTRAST, TITLE + headed(cell(p("{% cellbg said %}Late", run=ink(WHITE)))), ""),
    "words of a link": (LINK, TITLE + link("{{ said }}"), "Click here"),
    "words of a link in part": (LINK, TITLE + link("Click {{ said }}"), "here"),
    "words of a link in one branch": (LINK, TITLE + link("{% if said %}the plan{% else %}here{% endif %}"), ""),
    "words of a link that is a field": (LINK, TITLE + field_link("{{ said }}"), "more"),
    "no words of a link": (LINK, TITLE + "<w:p><w:r><w:t>x</w:t></w:r>" + link("{{ said }}").removeprefix("<w:p>"), " "),
    "rich text that leads somewhere": (LINK, TITLE + p("{{r said }}"), RichText("here", url=WEB)),
    "words for a picture in one branch": (PICTURE, TITLE + picture(' descr="{% if said %}{{ said }}{% endif %}"'), ""),
    "words for a picture of two tags": (PICTURE, TITLE + picture(' descr="{{ said }}{{ said }}"'), " "),
    "a level left out": (SKIP, TITLE + p("{{p said }}"), deeper(4)),
    "a level left out in prose": (SKIP, TITLE + p("{{p said }}"), Prose("## Deep")),
    "a second title": ("access-one-title", TITLE + p("{{p said }}"), RichTextParagraph("x", parastyle="Heading 1")),
    "a heading that becomes two": ("access-one-title", "".join((line("{{ said }}", "Heading1"),)), Listing("One\aTwo")),
    "a heading by its outline": (SKIP, TITLE + IF + p("x", '<w:outlineLvl w:val="1"/>') + FI + p("y", '<w:outlineLvl w:val="2"/>'), ""),
    "an empty heading by its outline": ("access-empty-heading", TITLE + p("{{ said }}", '<w:outlineLvl w:val="1"/>'), " "),
    "items of a list that is typed": (TYPED, TITLE + FOR + p("- {{ x }}") + END, ["one", "two"]),
    "items that are counted": (TYPED, TITLE + FOR + p("{{ loop.index }}. {{ x }}") + END, ["one", "two"]),
    "items that say it themselves": (TYPED, TITLE + FOR + p("{{ x }}") + END, ["(a) one", "(b) two"]),
    "items whose signs are printed": (TYPED, TITLE + FOR + p("{{ x }} one") + END, ["-", "-"]),
    "a header row that is left out": ("access-header-row", TITLE + table(ROW_IF, row(cell(p("Ward")), header=True), ROW_FI, row(cell(p("x")))), ""),
    "a column whose heading is left out": ("access-empty-header", TITLE + table(row(cell(IF + p("Ward") + FI), header=True), row(cell(p("x")))), ""),
    "a coloured cell whose words are left out": ("access-colour", TITLE + headed(cell(IF + p("x") + FI, shade(PALE))), ""),
    "prose with a column without heading": ("access-empty-header", TITLE + p("{{p said }}"), Prose("| | b |\n| --- | --- |\n| 1 | 2 |")),
    "the first of two paragraphs of a cell": ("access-spacing", TITLE + headed(cell(p("{{ said }}") + p("x"))), ""),
    "a paragraph of nothing but a tab": ("access-spacing", TITLE + p("{{ said }}"), "\t"),
}  # fmt: skip
FAINT = '<w:style w:type="character" w:styleId="Faint"><w:name w:val="Faint"/><w:rPr><w:color w:val="D0D0D0"/></w:rPr></w:style>'


def faint(styles):
    """
    A style of runs that is faint, and quotes that are.
    """
    quote = re.search(r'<w:style [^>]*w:styleId="Quote".*?</w:style>', styles)[0]
    plain = re.sub(r"<w:rPr>.*?</w:rPr>|<w:rPr/>", "", quote)
    pale = plain.replace("</w:style>", f"<w:rPr>{ink('D0D0D0')}</w:rPr></w:style>")
    return styles.replace(quote, pale).replace("</w:styles>", f"{FAINT}</w:styles>")


@pytest.mark.parametrize(("code", "body", "said"), REFUSED.values(), ids=REFUSED)
def test_what_a_caller_gives_is_read_as_it_was_drawn(code, body, said):
    """
    The template is in order; what is given for it is not, and is refused with its place.
    """
    prepared = prepare(template(body, change=faint), "own.docx")
    names = {"title": "Northmere", "said": said}

    with pytest.raises(ProblemsError) as caught:
        draw_names(prepared, names, origin="own.docx")

    assert code in [one.code for one in caught.value.problems]
    assert caught.value.message.startswith("own.docx, body")
    assert caught.value.mend
    assert draw_names(prepared, names, accessible=False)


def test_a_table_in_a_header_is_read_too():
    """
    Not only the body has tables.
    """
    body = table(row(cell(p("{{ said }}")), header=True), row(cell(p("x"))))
    prepared = prepare(template(TITLE, header=body + p("x")), "own.docx")

    with pytest.raises(ProblemsError, match=r"own\.docx, header1, table 1, row 1, column 1"):
        draw_names(prepared, {"title": "Northmere", "said": ""}, origin="own.docx")


def test_a_link_in_prose_is_told_by_its_tag():
    """
    It is refused where it is drawn, before anything is read.
    """
    prepared = prepare(template(TITLE + p("{{p said }}")), "own.docx")

    with pytest.raises(ProblemsError, match=r"\{\{p said \}\}: The words of a link") as caught:
        draw_names(prepared, {"title": "Northmere", "said": Prose(f"[here]({WEB})")})

    assert [LINK] == [one.code for one in caught.value.problems]


OUTLINED = p("{{ title }}", '<w:outlineLvl w:val="0"/>')
HEADING = p("{{ title }}", '<w:pStyle w:val="Heading1"/>')
DRAWN = {
    "words for a picture of two tags, one of them empty": (TITLE + picture(' descr="{{ said }}{{ title }}"'), ""),
    "words for a picture as its title": (TITLE + picture(' descr="{{ said }}" title="A map"'), ""),
    "no words for a picture that decorates": (TITLE + picture(' descr="{{ said }}"', DECORATIVE), ""),
    "no words for a tip": (TITLE + link("the plan").replace("<w:hyperlink", '<w:hyperlink w:tooltip="{{ said }}"'), ""),
    "a title said in two ways": (twice(HEADING), ""),
    "a title that was another heading": (p("{{ title }}", '<w:pStyle w:val="Heading1"/>' + OLD.format("Heading4")), ""),
    "a paragraph that was the title": (TITLE + p("x", OLD.format("Heading1")), ""),
    "a title by its outline": (OUTLINED + p("{{p said }}"), Prose("# Deeper")),
    "a heading's style that is none here": (TITLE + p("{{ said }}", '<w:pStyle w:val="Heading4"/><w:outlineLvl w:val="9"/>'), "x"),
    "a title of rich text": (p("{{p said }}"), RichTextParagraph("Northmere", parastyle="Heading 1")),
    "no colour and no words": (TITLE + headed(cell(p("{% cellbg said %}{{ said }}"))), ""),
    "white on dark that is printed": (TITLE + headed(cell(p("{% cellbg said %}Late", run=ink(WHITE)))), DARK),
    "rich text in white on a dark cell": (TITLE + headed(cell(p("{{r said }}", run=ink(WHITE)), shade(DARK))), RichText("Late", color=WHITE)),
    "rich text in white that is marked dark": (TITLE + p("{{r said }}"), RichText("Late", color=WHITE, highlight=DARK)),
    "rich text that says where it leads": (TITLE + p("{{r said }}"), RichText("the plan", url=WEB)),
    "an entry of the contents": (TITLE + link("{{ said }}").replace('"a"', '"_Toc1"'), "Details"),
    "one of two paragraphs of a cell": (TITLE + headed(cell(IF + p("x") + FI + p("{{ said }}"))), ""),
    "a dash for nothing": (TITLE + headed(cell(p("{{ said }}")), cell(p("{{ said }}"))), "-"),
    "numbers alone": (TITLE + FOR + p("{{ x }}") + END, ["1", "2"]),
    "a dot alone": (TITLE + p("{{ said }}"), "\u00b7"),
    "headings that are counted": (TITLE + FOR + line("{{ loop.index }}. {{ x }}", "Heading2") + END, ["one", "two"]),
}  # fmt: skip


@pytest.mark.parametrize(("body", "said"), DRAWN.values(), ids=DRAWN)
def test_what_everyone_can_read_is_drawn(body, said):
    """
    Nothing is refused because of what is not shown, is no more, or is said twice.
    """
    prepared = prepare(template(body), "own.docx")

    data = draw_names(prepared, {"title": "Northmere", "said": said}, origin="own.docx")

    assert [] == grave(data)


def grave(data):
    """
    What is wrong with the finished file, read whole.
    """
    package = read_package(data, "it")
    styling = styling_of(package, "word/styles.xml", "word/numbering.xml", "it")
    return [
        one.code
        for part in ("document", "header1", "footer1")
        if f"word/{part}.xml" in package
        for one in access_problems(
            tree(package[f"word/{part}.xml"], part), part, styling.palette,
            is_main=part == "document", is_template=False,
        )
        if one.kind is not ACCESS_FLOATING
    ]  # fmt: skip


# -- the gate and the reading agree ---------------------------------------------------

PIECES = (
    p("{{ a }}"), p("{{ a }}{{ b }}"), p("{{ a }} {{ b }}"), p("{{ a }}. Ward"), p("({{ a }}) Ward"),
    p("- {{ a }}"), p("{% if a %}{{ b }}{% endif %}"), p("{% if a %}{{ b }}{% else %}Ward{% endif %}"),
    p("{% for x in several %}{{ x }}{% endfor %}"),
    FOR.replace("said", "several") + p("{{ x }}") + END,
    FOR.replace("said", "several") + p("{{ loop.index }}. {{ x }}") + END,
    IF.replace("said", "a") + p("- x") + FI, IF.replace("said", "a") + p("x") + FI,
    line("{{ a }}", "Heading2"), IF.replace("said", "a") + line("{{ b }}", "Heading2") + FI,
    IF.replace("said", "a") + line("x", "Heading3") + FI,
    p("{{ a }}", '<w:outlineLvl w:val="1"/>'), p("x", OLD.format("Heading2")),
    p("{{ a }}", '<w:pStyle w:val="Heading3"/><w:outlineLvl w:val="9"/>'),
    headed(cell(p("{{ a }}"))), headed(cell(p("{{ a }}"), shade(PALE))),
    headed(cell(p("{{ a }}") + p("{{ b }}"))), headed(cell(p("{% cellbg colour %}{{ a }}"))),
    headed(cell(p("{% cellbg colour %}{{ a }}", run=ink(WHITE)))),
    headed(cell(IF.replace("said", "a") + p("{{ b }}") + FI, shade(PALE))),
    headed(cell(FOR.replace("said", "several") + p("{{ x }}") + END)),
    headed(cell(p("{{p value }}"))), headed(cell(p("x") + p("{{p value }}"), shade(PALE))),
    table(row(cell(p("{{ a }}")), header=True), row(cell(p("x")))),
    table(row(cell(p("Ward")), header=True), row(cell(p("{%tr for x in several %}"))), row(cell(p("{{ x }}"))), row(cell(p("{%tr endfor %}")))),
    table(ROW_IF.replace("said", "a"), row(cell(p("Ward")), header=True), ROW_FI, row(cell(p("x")))),
    link("{{ a }}"), link("{% if a %}{{ a }}{% else %}here{% endif %}"), field_link("{{ a }}"),
    picture(' descr="{{ a }}"'), picture(' descr="{{ a }}{{ b }}"'), picture(' descr="{{ a }}" title="x"'),
    picture(' descr="{% if a %}{{ b }}{% endif %}"'), picture(' descr="{{ a }}"', DECORATIVE),
    p("{{r rich }}"), p("{{r rich }}", shade(PALE)), p("{{p value }}"), p("{{ listing }}"),
    twice(line("{{ a }}", "Heading2")),
)  # fmt: skip
WORDS = st.sampled_from((
    "", " ", "\t", "\u00a0", "Ward", "here", "Click here", "- a", "-", "\u2022 b", "\u00b7", "1", "1.", "2. x", "(a) x", "a)", "i",
))  # fmt: skip
COLOURED = st.sampled_from(("", PALE, DARK, "777777", "B00020", WHITE))
RICH = st.builds(
    lambda text, colour, mark, url: RichText(text, color=colour, highlight=mark, url=url),
    WORDS, COLOURED, COLOURED, st.sampled_from(("", WEB)),
)  # fmt: skip
VALUES = st.one_of(
    st.builds(Prose, st.sampled_from(("x", "## x", "#### x", "- a\n- b", "| | b |\n|-|-|\n| 1 | 2 |", "> q", ""))),
    st.builds(lambda rich, style: RichTextParagraph(rich, parastyle=style), RICH, st.sampled_from(("", "Heading 1", "Heading 3", "Quote"))),
    st.builds(lambda: Picture(content=PNG, alternative="A map")),
)  # fmt: skip
NAMES = st.fixed_dictionaries({
    "title": st.just("Northmere"), "a": WORDS, "b": WORDS, "several": st.lists(WORDS, max_size=3), "colour": COLOURED,
    "rich": RICH, "value": VALUES, "listing": st.builds(Listing, st.sampled_from(("", "x", "x\ay", "x\a", "- a\a- b", "x\fy"))),
})  # fmt: skip
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)


@settings(max_examples=400, deadline=None)
@given(pieces=st.lists(st.sampled_from(PIECES), min_size=1, max_size=4), names=NAMES)
def test_the_gate_lets_pass_what_reading_lets_pass(pieces, names):
    """
    Whatever is drawn, the cheap way and the thorough way come to the same.
    """
    prepared = prepare(template(TITLE + "".join(pieces) + p("The end.")), "own.docx")
    assume(all(one.kind is ACCESS_FLOATING for one in prepared.problems))
    try:
        data = draw_names(prepared, names, accessible=False)
    except PeerkitError:
        assume(False)

    found = grave(data)

    if not found:
        assert draw_names(prepared, names) == data
        return
    with pytest.raises(PeerkitError) as caught:
        draw_names(prepared, names)
    if isinstance(caught.value, ProblemsError):
        assert set(found) & {one.code for one in caught.value.problems}


def test_what_officers_typed_is_spared_though_the_paper_was_read_whole(papers):
    """
    Watching doubts the picture, whose second tag is empty here; reading has no doubt of it.
    """
    crest = picture(' descr="{{ title }}{{ day }}"')
    loop = ("{%p for s in sections %}", "{{p s.head }}", "{{p s.body }}", "{%p endfor %}")
    template = papers.with_body("{{ title }}", crest, "{{p front }}", *loop)
    typed = ("(a) That the report be noted.", "(b) That the plan be approved.")
    paper = papers.document(*map(papers.said, typed))
    paper = attrs.evolve(paper, properties=attrs.evolve(paper.properties, day=None))

    assert set(typed) <= set(papers.texts(papers.draw(paper, template)))
