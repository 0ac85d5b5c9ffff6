from __future__ import annotations

import re

import pytest

from peerkit_docx.basefile import build, line
from peerkit_docx.preparing.examining import examine
from peerkit_docx.word.packages import read_package, write_package

TITLE = line("Northmere Borough Council", "Heading1")
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
SPACES = {
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "m": MATH,
}
NAMED = "".join(f' xmlns:{name}="{space}"' for name, space in SPACES.items())
CHANGE = 'w:id="9" w:author="An officer" w:date="2022-02-14T00:00:00Z"'


def p(inside, properties=""):
    return f"<w:p>{properties and f'<w:pPr>{properties}</w:pPr>'}{inside}</w:p>"


def r(words, properties="", more=""):
    said = words and f'<w:t xml:space="preserve">{words}</w:t>'
    return f"<w:r>{properties and f'<w:rPr>{properties}</w:rPr>'}{said}{more}</w:r>"


def shade(fill, pattern="clear", over="auto"):
    return f'<w:shd w:val="{pattern}" w:color="{over}" w:fill="{fill}"/>'


def ink(colour):
    return f'<w:color w:val="{colour}"/>'


def cell(inside, properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def table(*rows, style="", look=""):
    styled = style and f'<w:tblStyle w:val="{style}"/>'
    marked = "<w:trPr><w:tblHeader/></w:trPr>"
    drawn = (f"<w:tr>{'' if at else marked}{one}</w:tr>" for at, one in enumerate(rows))
    grid = '<w:tblGrid><w:gridCol w:w="4000"/></w:tblGrid>'
    return f"<w:tbl><w:tblPr>{styled}{look}</w:tblPr>{grid}{''.join(drawn)}</w:tbl>"


def link(inside, said='w:anchor="a"'):
    return f"<w:hyperlink {said}>{inside}</w:hyperlink>"


def field(code, *result):
    sign = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    coded = f'<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>'
    shown = sign.format("separate") + "".join(result)
    return sign.format("begin") + coded + shown + sign.format("end")


def frame(inside="", said="", kind="inline"):
    return f'<w:r><w:drawing><wp:{kind}{NAMED}><wp:docPr id="1" name="x"{said}/>{inside}</wp:{kind}></w:drawing></w:r>'


def box(words, fill="", said=""):
    inside = f"<wps:wsp><wps:spPr>{fill}</wps:spPr><wps:txbx><w:txbxContent>{words}</w:txbxContent></wps:txbx></wps:wsp>"
    return frame(inside, said)


def solid(colour):
    return f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'


def vml(shape):
    return f"<w:r><w:pict{NAMED}>{shape}</w:pict></w:r>"


def both(choice, fallback):
    """
    A run said in two ways, as Word says text boxes.
    """
    inside = f'<mc:Choice Requires="wps">{choice}</mc:Choice><mc:Fallback>{fallback}</mc:Fallback>'
    return f"<w:r><mc:AlternateContent{NAMED}>{inside}</mc:AlternateContent></w:r>"


def unwrapped(run):
    return run.removeprefix("<w:r>").removesuffix("</w:r>")


STYLES = "".join((
    '<w:style w:type="paragraph" w:styleId="Dark"><w:name w:val="Dark"/><w:pPr>', shade("222222"), "</w:pPr></w:style>",
    '<w:style w:type="paragraph" w:styleId="Banner"><w:name w:val="Banner"/><w:basedOn w:val="Dark"/><w:rPr>', ink("FFFFFF"), "</w:rPr></w:style>",
    '<w:style w:type="paragraph" w:styleId="Outlined"><w:name w:val="Northmere Heading"/><w:pPr><w:outlineLvl w:val="3"/></w:pPr></w:style>',
    '<w:style w:type="character" w:styleId="Marked"><w:name w:val="Marked"/><w:rPr>', shade("222222"), "</w:rPr></w:style>",
    '<w:style w:type="table" w:styleId="Grid"><w:name w:val="Grid Table 4"/>',
    '<w:tblStylePr w:type="firstRow"><w:rPr>', ink("FFFFFF"), "</w:rPr><w:tcPr>", shade("1F3864"), "</w:tcPr></w:tblStylePr>",
    '<w:tblStylePr w:type="firstCol"><w:rPr>', ink("FFFFFF"), "</w:rPr></w:tblStylePr></w:style>",
    '<w:style w:type="table" w:styleId="Faint"><w:name w:val="Faint"/><w:rPr>', ink("F0F0F0"), "</w:rPr></w:style>",
    '<w:style w:type="table" w:styleId="Night"><w:name w:val="Night"/><w:tcPr>', shade("1F3864"), "</w:tcPr></w:style>",
))  # fmt: skip


def codes(body):
    """
    The codes of what is hard to read in a template with *body*, by a file whose text has
    the colour that Word chooses.
    """
    package = read_package(build(TITLE + body, header="", footer=line("x", "Footer")), "it")
    styles = re.sub("<w:color [^>]*/>", "", package["word/styles.xml"].decode())
    package["word/styles.xml"] = styles.replace("</w:styles>", f"{STYLES}</w:styles>").encode()
    problems = examine(write_package(package), "own.docx").problems
    return [one.code for one in problems if one.code.startswith("access-")]


CONTRAST, LINK, PICTURE, FLOATING = "access-contrast", "access-link-text", "access-picture-text", "access-floating"  # fmt: skip
COVER = '<w:tblLook w:val="0000" w:firstRow="0" w:noHBand="1" w:noVBand="1"/>'
FIRST_COLUMN = '<w:tblLook w:val="04A0"/>'

COLOURS = {
    "automatic on a dark cell": (table(cell(p(r("Ward")), shade("1F3864"))), []),
    "automatic on what is dark and not dark enough": (table(cell(p(r("Ward")), shade("595959"))), [CONTRAST]),
    "said to be automatic on a dark cell": (table(cell(p(r("Ward", ink("auto"))), shade("1F3864"))), []),
    "white on a cell of white": (table(cell(p(r("Ward", ink("FFFFFF"))), shade("FFFFFF"))), [CONTRAST]),
    "a white run in a dark cell": (table(cell(p(r("Ward", ink("FFFFFF") + shade("FFFFFF"))), shade("1F3864"))), [CONTRAST]),
    "white on the first row of a table's style": (table(cell(p(r("Ward"))), cell(p(r("Mere"))), style="Grid"), []),
    "the same where the table does not show it": (table(cell(p(r("Ward"))), cell(p(r("Mere"))), style="Grid", look=COVER), []),
    "a first column that is shown": (table(cell(p(r("Ward"))), cell(p(r("Mere"))), style="Grid", look=FIRST_COLUMN), [CONTRAST]),
    "black on the first row of a table's style": (table(cell(p(r("Ward", ink("000000")))), style="Grid"), [CONTRAST]),
    "a cell that takes the style's colour away": (table(cell(p(r("Ward")), shade("auto")), style="Grid"), [CONTRAST]),
    "faint by a table's style": (table(cell(p(r("Ward"))), style="Faint"), [CONTRAST]),
    "automatic in a dark table": (table(cell(p(r("Ward"))), cell(p(r("Mere"))), style="Night"), []),
    "black in a dark paragraph by its style": (p(r("x", ink("000000")), '<w:pStyle w:val="Dark"/>'), [CONTRAST]),
    "automatic in a dark paragraph": (p(r("x"), '<w:pStyle w:val="Dark"/>'), []),
    "white in a dark paragraph by its style": (p(r("x"), '<w:pStyle w:val="Banner"/>'), []),
    "white in a dark paragraph that is made light": (p(r("x"), f'<w:pStyle w:val="Banner"/>{shade("FFFFFF")}'), [CONTRAST]),
    "black on a run's style": (p(r("x", '<w:rStyle w:val="Marked"/>' + ink("000000"))), [CONTRAST]),
    "a solid pattern": (p(r("x", ink("000000")), shade("FFFFFF", "solid", "000000")), [CONTRAST]),
    "a pattern of dots": (p(r("x", ink("000000")), shade("FFFFFF", "pct75", "000000")), [CONTRAST]),
    "a pattern of few dots": (p(r("x", ink("000000")), shade("FFFFFF", "pct10", "000000")), []),
    "white by its theme": (p(r("x", '<w:color w:val="000000" w:themeColor="background1"/>')), [CONTRAST]),
    "hidden": (p(r("x") + r("x", f"<w:vanish/>{ink('FFFFFF')}")), []),
    "a colour that is no more": (p(r("x", f'{ink("000000")}<w:rPrChange {CHANGE}><w:rPr>{ink("EEEEEE")}</w:rPr></w:rPrChange>')), []),
    "white in a dark box": (p(box(p(r("x", ink("FFFFFF"))), solid("1F3864"))), [FLOATING]),
    "white in a clear box": (p(box(p(r("x", ink("FFFFFF"))), "<a:noFill/>")), [CONTRAST, FLOATING]),
    "white in a box on a picture": (p(box(p(r("x", ink("FFFFFF"))), "<a:blipFill/>")), [FLOATING]),
}  # fmt: skip

DRAWINGS = {
    "an oblong": (p(vml('<v:rect style="width:9pt"/>')), [PICTURE]),
    "an oblong with words for it": (p(vml('<v:rect alt="A bar"/>')), []),
    "a line across the page": (p(vml('<v:rect o:hr="t"/>')), []),
    "an oval in a group": (p(vml("<v:group><v:oval/></v:group>")), [PICTURE]),
    "a group with words for it": (p(vml('<v:group alt="A plan"><v:oval/><v:line/></v:group>')), []),
    "the kind of a shape": (p(r("x") + vml("<v:shapetype/>")), []),
    "words set as a shape": (p(vml('<v:shape><v:textpath string="DRAFT"/></v:shape>')), []),
    "a box of words": (p(vml(f"<v:shape><v:textbox><w:txbxContent>{p(r('Said'))}</w:txbxContent></v:textbox></v:shape>")), [FLOATING]),
    "a box without words": (p(vml("<v:rect><v:textbox><w:txbxContent><w:p/></w:txbxContent></v:textbox></v:rect>")), [FLOATING, PICTURE]),
    "a shape": (p(frame("<wps:wsp/>")), [PICTURE]),
    "a shape with words for it": (p(frame("<wps:wsp/>", ' descr="A bar"')), []),
    "a shape whose words are spaces": (p(frame("<wps:wsp/>", ' descr="  "')), [PICTURE]),
    "a shape that is hidden": (p(r("x") + frame("<wps:wsp/>", ' hidden="1"')), []),
    "a picture beside words in a box": (p(frame(f"<pic:pic/><wps:wsp><wps:txbx><w:txbxContent>{p(r('x'))}</w:txbxContent></wps:txbx></wps:wsp>")), [FLOATING, PICTURE]),
    "words for it that a tag never prints": (p(frame("<pic:pic/>", ' descr="{% if a %}{% endif %}"')), [PICTURE]),
    "words for it of two tags": (p(frame("<pic:pic/>", ' descr="{{a}}{{b}}"')), []),
    "a picture inside a box, once": (p(box(p(r("x") + frame("<pic:pic/>")))), [FLOATING, PICTURE]),
    "said in two ways, once": (p(both(unwrapped(frame("<wps:wsp/>")), unwrapped(vml("<v:rect/>")))), [PICTURE]),
    "said in two ways outside of a run": (p(f'<mc:AlternateContent{NAMED}><mc:Choice Requires="wps">{r("x")}</mc:Choice><mc:Fallback>{vml("<v:rect/>")}</mc:Fallback></mc:AlternateContent>'), []),
    "a picture that was deleted": (p(r("x") + f"<w:del {CHANGE}>{frame('<pic:pic/>')}</w:del>"), []),
}  # fmt: skip

HEADED = p(r("Northmere"), '<w:pStyle w:val="Heading1"/>')
LINKS = {
    "an entry of the contents": (p(link(r("More information"), 'w:anchor="_Toc1"')), []),
    "an entry of the contents as a field": (p(field(r' HYPERLINK \l "_Toc1" ', r("Details"))), []),
    "a field": (p(field(' HYPERLINK "https://northmere.example" ', r("click "), r("here"))), [LINK]),
    "a field that says where": (p(field(' HYPERLINK "https://northmere.example" ', r("the plan"))), []),
    "a simple field": (p(f'<w:fldSimple w:instr="HYPERLINK https://northmere.example">{r("here")}</w:fldSimple>'), [LINK]),
    "another field": (p(field(" STYLEREF x ", r("here"))), []),
    "nothing": (p(r("x") + link("")), [LINK]),
    "a picture with words for it": (p(link(frame("<pic:pic/>", ' descr="The plan"'))), []),
    "a picture without": (p(link(frame("<pic:pic/>"))), [PICTURE, LINK]),
}  # fmt: skip

BLOCKS = {
    "only a formula": (p(f"<m:oMath{NAMED}><m:r><m:t>x</m:t></m:r></m:oMath>"), []),
    "only formulas": (p(f"<m:oMathPara{NAMED}><m:oMath><m:r><m:t>x</m:t></m:r></m:oMath></m:oMathPara>"), []),
    "a heading by its outline": (p(r("Deep"), '<w:outlineLvl w:val="2"/>'), ["access-heading-skip"]),
    "a heading by its style's outline": (p(r("Deep"), '<w:pStyle w:val="Outlined"/>'), ["access-heading-skip"]),
    "an empty heading by its outline": (p("", '<w:outlineLvl w:val="1"/>'), ["access-empty-heading"]),
    "a style of headings that is none here": (p(r("x"), '<w:pStyle w:val="Heading4"/><w:outlineLvl w:val="9"/>'), []),
    "a heading that was": (p(r("x"), f'<w:pPrChange {CHANGE}><w:pPr><w:pStyle w:val="Heading4"/></w:pPr></w:pPrChange>'), []),
    "a title said in two ways": (
        p(both(unwrapped(box(HEADED)), unwrapped(vml(f"<v:shape><v:textbox><w:txbxContent>{HEADED}</w:txbxContent></v:textbox></v:shape>")))),
        [FLOATING, "access-one-title"],
    ),
    "a table said in two ways": (f'<mc:AlternateContent{NAMED}><mc:Choice Requires="wps">{table(cell("<w:p/>"))}</mc:Choice><mc:Fallback/></mc:AlternateContent>', ["access-empty-header"]),
    "reading aids": (p("<w:r><w:ruby><w:rt><w:r><w:t>x</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>y</w:t></w:r></w:rubyBase></w:ruby></w:r>"), []),
}  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), COLOURS.values(), ids=COLOURS)
def test_text_is_judged_on_what_is_behind_it(body, expected):
    """
    By the run, the paragraph, the cell, the box and their styles, as Word paints them.
    """
    assert expected == sorted(codes(body))


@pytest.mark.parametrize(("body", "expected"), DRAWINGS.values(), ids=DRAWINGS)
def test_all_that_is_drawn_says_what_it_shows(body, expected):
    """
    Shapes as well as pictures, said in either way, once each.
    """
    assert expected == sorted(codes(body))


@pytest.mark.parametrize(("body", "expected"), LINKS.values(), ids=LINKS)
def test_links_are_found_however_they_are_said(body, expected):
    """
    As an element or as a field; what a picture says counts as words.
    """
    assert sorted(expected) == sorted(codes(body))


@pytest.mark.parametrize(("body", "expected"), BLOCKS.values(), ids=BLOCKS)
def test_what_counts_is_what_is_there(body, expected):
    """
    Not what was there before a change, nor the same thing said again for older programs.
    """
    assert expected == sorted(codes(body))
