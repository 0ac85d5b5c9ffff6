"""
What a stranger's template may hold, judged as Word and LibreOffice read it.

Where a guard could be led to read one thing while they read another, the file is refused.
What Word itself writes into an ordinary document is kept.
"""

from __future__ import annotations

import contextlib
import io
import zipfile

import docx
import pytest

from peerkit import Trust
from peerkit.errors import PeerkitError
from peerkit_docx import RichText, draw_names, prepare
from peerkit_docx.basefile import BODY, build, line
from peerkit_docx.checking import check_template
from peerkit_docx.drawing import draw_here
from peerkit_docx.word.foreign import foreign_problems
from peerkit_docx.word.opc import with_relations
from peerkit_docx.word.packages import read_package, write_package
from peerkit_docx.word.seeing import Hiding, seen_in
from peerkit_docx.word.xmlreading import tree

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MICROSOFT = "http://schemas.microsoft.com/office"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OF_BODY = "word/_rels/document.xml.rels"
TYPES = "[Content_Types].xml"
TITLE = line("{{ title }}", "Heading1")
FOREIGN = 'xmlns:n="urn:northmere"'


def run(inside):
    return f"<w:r>{inside}</w:r>"


def mark(kind, more=""):
    return run(f'<w:fldChar w:fldCharType="{kind}"{more}/>')


def code(text):
    return run(f'<w:instrText xml:space="preserve">{text}</w:instrText>')


def words(text):
    return run(f"<w:t>{text}</w:t>")


def field(*pieces):
    return f"{mark('begin')}{''.join(pieces)}{mark('separate')}{words('1')}{mark('end')}"


def with_body(xml):
    """
    Return a template for plain names with *xml* in its body.
    """
    return build(TITLE + (xml if xml.startswith(("<w:p>", "<w:tbl>")) else f"<w:p>{xml}</w:p>"))


def changed(change, content=None):
    package = read_package(content or build(), "it")
    change(package)
    return write_package(package)


def related(package, kind, target, *, part=OF_BODY, external=False, name="rX"):
    """
    Put a relationship into *package*; what leads there is of OFFICE unless it is whole.
    """
    kind = kind if "/" in kind else f"{OFFICE}/{kind}"
    package[part] = with_relations(package.get(part), {name: (kind, target, external)}, part)


def declared(package, name, content, media_type):
    package[name] = content
    said = f'<Override PartName="/{name}" ContentType="{media_type}"/></Types>'
    package[TYPES] = package[TYPES].replace(b"</Types>", said.encode())


def refused(content, message, *, code=""):
    """
    Assert that *content* is refused when it is checked and when it is prepared.
    """
    told = check_template(content, "bad.docx", None)
    assert any(message in one.message and code in one.code for one in told), told
    with pytest.raises(PeerkitError) as caught:
        prepare(content, "bad.docx")
    assert message in str(caught.value)
    assert "bad.docx" in str(caught.value)
    assert caught.value.mend


NAMES = {
    "title": "A letter", "x": "Words", "notices": [], "page_words": ["Page", "of"],
    "author": "Northmere",
}  # fmt: skip


def drawn(content, **names):
    return read_package(draw_names(prepare(content, "own.docx"), NAMES | names), "it")


# -- fields --------------------------------------------------------------------------

DDE = "DDEAUTO c:\\\\x"
CHOICES = (
    '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    '<mc:Choice Requires="wps">{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>'
)
NOT_ALLOWED = "A field is not allowed: DDEAUTO"
PASSED_OVER = "A piece of a field stands where Word may pass over it"
DISGUISED = {
    "another attribute first": (
        f'<w:fldSimple {FOREIGN} n:instr="PAGE" w:instr="{DDE}"/>', NOT_ALLOWED),
    "another attribute last": (
        f'<w:fldSimple {FOREIGN} w:instr="{DDE}" n:instr="PAGE"/>', NOT_ALLOWED),
    "an attribute without a namespace": (
        f'<w:fldSimple w:instr="PAGE" instr="{DDE}"/>', NOT_ALLOWED),
    "an attribute of the other edition": (
        f'<w:fldSimple xmlns:s="http://purl.oclc.org/ooxml/wordprocessingml/main" w:instr="PAGE" s:instr="{DDE}"/>',
        NOT_ALLOWED),
    "words as code": (field(words(DDE)), NOT_ALLOWED),
    "words behind a blank code": (field(code(" "), words(DDE)), NOT_ALLOWED),
    "words that are deleted": (field(run(f"<w:delText>{DDE}</w:delText>")), NOT_ALLOWED),
    "half in words": (field(code("DDE"), words("AUTO x")), NOT_ALLOWED),
    "behind a tab": (field(run("<w:tab/>"), code(DDE)), NOT_ALLOWED),
    "a mark that says two things": (
        field(code("PAGE ")) + mark("begin", f' {FOREIGN} n:fldCharType="end"') + words(DDE) + mark("end"),
        "A field has a mark that Word does not write"),
    "a mark that says nothing": (
        run("<w:fldChar/>") + code(DDE), "A field has a mark that Word does not write"),
    "a mark of nobody's": (
        mark("begin") + code("PAGE ") + run(f'<n:fldChar {FOREIGN} n:fldCharType="separate"/>')
        + words(DDE) + mark("separate") + mark("end"), PASSED_OVER),
    "a code of nobody's": (
        field(run(f"<n:instrText {FOREIGN}>PAGE </n:instrText>"), code(DDE)), PASSED_OVER),
    "a mark in an element of nobody's": (
        mark("begin") + code("PAGE ") + f"<n:x {FOREIGN}>{mark('separate')}</n:x>"
        + words(DDE) + mark("end"), PASSED_OVER),
    "words in an element of nobody's": (
        field(f"<n:x {FOREIGN}>{words('PAGE ')}</n:x>", words(DDE)), PASSED_OVER),
    "a code in a code": (
        field(run(f"<w:instrText>{DDE}<w:instrText>PAGE</w:instrText></w:instrText>")),
        "Something else stands inside the code of a field"),
    "a sign of a font": (
        field(run('<w:sym w:font="Symbol" w:char="F044"/>'), code("PAGE")), "A sign of another font"),
    "a choice of codes": (
        field(CHOICES.format(code("PAGE "), ""), words(DDE)), "The code of a field has several choices"),
    "a choice of marks": (
        mark("begin") + CHOICES.format(code("PAGE ") + mark("separate"), "") + words(DDE) + mark("end"),
        "The code of a field has several choices"),
    "a field that begins in a choice": (
        CHOICES.format(mark("begin"), "") + words(DDE) + mark("end"), "begins in one of several choices"),
    "a name that is deleted": (
        field(f"<w:del>{run('<w:delInstrText>PAGE </w:delInstrText>')}</w:del>", code(DDE)), NOT_ALLOWED),
    "a name that is inserted": (field(f"<w:ins>{code('PAGE ')}</w:ins>", code(DDE)), NOT_ALLOWED),
    "a mark that is deleted": (
        mark("begin") + code("PAGE ") + f"<w:del>{mark('separate')}</w:del>" + words("x") + mark("end"),
        "A field is changed in part"),
    "two results": (field(code("PAGE"), mark("separate"), words(DDE)), "The result of a field begins twice"),
    "a brace that is no tag": (
        field(code('HYPERLINK "file:///c:/{northmere}"')), "A link leads neither to the web"),
    "a tag in an attribute": (
        '<w:fldSimple w:instr="HYPERLINK &quot;file:///x&quot; \\o {{ x }}"/>', "A link leads neither to the web"),
    "a tag that is deleted": (
        field(run('<w:delInstrText>HYPERLINK "file:///x" \\o "{{ x }}"</w:delInstrText>')),
        "A link leads neither to the web"),
    "an address of two lines": (
        field(code('HYPERLINK "https://northmere.example/&#10;file:///x"')), "A link leads neither to the web"),
}  # fmt: skip


@pytest.mark.parametrize(("body", "message"), DISGUISED.values(), ids=DISGUISED)
def test_no_field_passes_for_another(body, message):
    """
    Whatever Word and LibreOffice may make of it, it is judged, or it is refused.
    """
    refused(with_body(body), message, code="word-field")


@pytest.mark.parametrize(
    "body",
    [
        field(code("PAGE"), run("<w:tab/>")),
        field(code("TOC "), words("\\h")),
        f"<w:del>{field(run('<w:delInstrText>PAGE</w:delInstrText>'))}</w:del>",
        f"<w:ins>{field(code('PAGE'))}</w:ins>",
        CHOICES.format(field(code("PAGE")), field(code("PAGE"))),
        f'<w:hyperlink w:anchor="x">{field(code("PAGEREF _Toc1"))}</w:hyperlink>',
    ],
    ids=["a tab", "words", "deleted", "inserted", "in each choice", "in a link"],
)
def test_fields_as_word_writes_them_are_kept(body):
    """
    In tracked changes, in text boxes and in links, too.
    """
    prepare(with_body(body), "own.docx")


OUTSIDE = '"file:///c:/x"'


@pytest.mark.parametrize(
    ("piece", "value"),
    [
        (words("{{ x }}"), OUTSIDE),
        (words("{{ x }}"), RichText(OUTSIDE)),
        (words("{{r x }}"), RichText(OUTSIDE)),
        (code("{{ x }}"), OUTSIDE),
    ],
    ids=["words", "rich in words", "rich", "code"],
)
def test_what_is_printed_between_the_marks_of_a_field_is_its_code(piece, value):
    """
    However the text is marked, what came of it is judged again.
    """
    letter = prepare(with_body(words("See ") + field(code("HYPERLINK "), piece)), "own.docx")

    with pytest.raises(PeerkitError, match=r"A link leads neither to the web|Only a text"):
        draw_names(letter, NAMES | {"x": value})


def test_a_link_that_is_printed_into_words_of_a_code_is_kept():
    """
    What is harmless stays, as where it stands in code that is marked as such.
    """
    body = words("See ") + field(code("HYPERLINK "), words('"{{ x }}"'))

    package = drawn(with_body(body), x="https://northmere.example/")

    assert b"https://northmere.example/" in package["word/document.xml"]


# -- what leads out, or runs -----------------------------------------------------------

PICTURE = (
    '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:extent cx="9" cy="9"/><wp:docPr id="1" name="n" descr="The crest">{}</wp:docPr>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="x">{}'
    "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
)
CLICK = (
    '<a:hlinkClick xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" r:id="{}"{}/>'
)
OLD = (
    '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'alt="The crest"{}>{}</v:shape></w:pict></w:r>'
)
FETCHED = "It would fetch “https://northmere.example/x.png”"
FETCHING = {
    "a picture that is linked": PICTURE.format("", '<a:blip r:link="rX"/>'),
    "a picture that is embedded": PICTURE.format("", '<a:blip r:embed="rX"/>'),
    "an old picture": OLD.format("", '<v:imagedata r:id="rX"/>'),
    "an old picture by its other id": OLD.format("", '<v:imagedata o:relid="rX"/>'),
    "a link of nobody's": f'<n:hyperlink {FOREIGN} r:id="rX"/>',
    "a link by another attribute": f'<w:hyperlink r:embed="rX">{words("it")}</w:hyperlink>',
}


@pytest.mark.parametrize("xml", FETCHING.values(), ids=FETCHING)
def test_only_links_refer_to_addresses(xml):
    """
    What else refers to one is fetched as soon as the file is opened.
    """

    def change(package):
        related(package, "hyperlink", "https://northmere.example/x.png", external=True)

    refused(changed(change, with_body(words("x") + xml)), FETCHED, code="word-fetches")


def test_links_may_refer_to_addresses():
    """
    A link in the text and a picture that is one; a picture may lead to a place in the file.
    """
    body = (
        f'<w:hyperlink r:id="rX">{words("the plan")}</w:hyperlink>'
        + PICTURE.format(CLICK.format("rX", ""), "")
        + PICTURE.format(CLICK.format("rY", ""), "").replace('id="1"', 'id="2"')
    )

    def change(package):
        related(package, "hyperlink", "https://northmere.example/plan", external=True)
        related(package, "hyperlink", "#annex", name="rY")

    prepare(changed(change, with_body(body)), "own.docx")


REACHING = {
    "a link to a script": (OLD.format(' href="javascript:alert(1)"', ""), "A drawing leads to “javascript:"),
    "a link to a share": (OLD.format(' href="\\\\northmere\\x"', ""), "A drawing leads to"),
    "a picture beside the file": (OLD.format("", '<v:imagedata src="x.png"/>'), "A picture is fetched"),
    "a picture by another attribute": (
        OLD.format("", f'<v:imagedata {FOREIGN} src="http://northmere.example/x" n:src=""/>'), "A picture is fetched"),
    "a click that runs": (PICTURE.format(CLICK.format("", ' action="ppaction://program?file=x"'), ""),
                          "A click runs something (ppaction://program"),
    "an object": ("<w:r><w:object><w:objectEmbed/></w:object></w:r>", "an object of another program (objectEmbed)"),
    "a linked object": ("<w:r><w:object><w:objectLink/></w:object></w:r>", "an object of another program (objectLink)"),
    "a form field": (
        run('<w:fldChar w:fldCharType="begin"><w:ffData><w:exitMacro w:val="X"/></w:ffData></w:fldChar>')
        + code("PAGE") + mark("end"), "A form field runs a macro (exitMacro)"),
}  # fmt: skip


@pytest.mark.parametrize(("xml", "message"), REACHING.values(), ids=REACHING)
def test_what_runs_or_fetches_without_a_relationship_is_refused(xml, message):
    refused(with_body(words("x") + xml), message)


@pytest.mark.parametrize(
    ("element", "message"),
    [
        ('<w:saveThroughXslt w:solutionID="x"/>', "saved through another file"),
        ('<w:attachedSchema w:val="urn:northmere"/>', "attached to a schema"),
        ('<w:smartTagType w:name="y" w:url="http://northmere.example/"/>', "A smart tag leads to"),
    ],
)
def test_settings_that_lead_out_are_refused_of_strangers_and_left_out_of_ones_own(element, message):
    """
    Nobody has to mend the settings of a template that is old.
    """

    def change(package):
        settings = package["word/settings.xml"].replace(b"<w:zoom", element.encode() + b"<w:zoom")
        package["word/settings.xml"] = settings

    content = changed(change)

    refused(content, message, code="word-fetches")
    if "saveThrough" not in element:  # that comes with a relationship, and goes with it
        own = prepare(content, "own.docx", is_own=True)
        assert ["word-left-out"] == [one.code for one in own.problems]
        assert b"northmere" not in own.parts["word/settings.xml"]


COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64)


def puts(name, content, *, kind="", media_type=""):
    """
    Return a change that puts in a part, of *media_type*, to which the body leads by *kind*.
    """

    def change(package):
        if media_type:
            declared(package, name, content, media_type)
        package[name] = content
        if kind:
            related(package, kind, f"/{name}")

    return change


def doubled(package):
    related(package, "styles", "styles.xml")


def same_id(package):
    related(package, "hyperlink", "https://northmere.example/", external=True)
    related(package, "image", "styles.xml")


def strange_mode(package):
    related(package, "image", "https://northmere.example/x.png", external=True)
    package[OF_BODY] = package[OF_BODY].replace(b'"External"', b'"external"')


BROUGHT = {
    "keys": (puts("word/customizations.xml", b"<x/>", kind=f"{MICROSOFT}/2006/relationships/keyMapCustomizations"),
             "its own keys, buttons or ribbon"),
    "a ribbon": (puts("customUI/customUI.xml", b"<x/>", kind=f"{MICROSOFT}/2007/relationships/ui/extensibility"),
                 "its own keys, buttons or ribbon"),
    "an add-in": (puts("word/webextensions/taskpanes.xml", b"<x/>",
                       kind=f"{MICROSOFT}/2011/relationships/webextensiontaskpanes"), "It holds an add-in"),
    "macros by a name in other letters": (puts("word/vba%50roject.bin", b"x"), "a name that Word never writes"),
    "macros by a kind in other letters": (puts("word/x.dat", b"x", kind=f"{MICROSOFT}/2006/relationships/VBAPROJECT"),
                                          "It holds macros"),
    "a kind that ends otherwise": (puts("word/x.dat", b"x", kind=f"{OFFICE}/attachedTemplate/"),
                                   "It is attached to another template"),
    "an object that nothing leads to": (puts("word/media/x.dat", COMPOUND), "a file of another program, or macros"),
    "an object said to be a picture": (puts("word/media/x.png", COMPOUND, kind="image", media_type="image/png"),
                                       "a file of another program, or macros"),
    "a program": (puts("word/media/x.png", b"MZ\x90\0"), "It holds a program"),
    "a kind nobody knows": (puts("word/x.dat", b"x", kind="http://northmere.example/new"), "papers do not need"),
    "a kind that sounds known": (puts("word/x.dat", b"x", kind="http://northmere.example/image"), "papers do not need"),
    "a type nobody knows": (puts("word/x.dat", b"x", media_type="application/x-northmere"), "papers do not need"),
    "XML that is none": (puts("word/x.xml", "<!DOCTYPE x><x/>".encode("cp037")), "said to be XML, and is not"),
    "two parts of styles": (doubled, "Two relationships are the same"),
    "an id for two": (same_id, "Two relationships are the same (rX: image)"),
    "a mode that there is not": (strange_mode, "It would fetch something when it is opened"),
    "an address of two lines": (
        lambda package: related(package, "hyperlink", "https://northmere.example/\nfile:///x", external=True),
        "neither a web nor a mail address"),
}  # fmt: skip


@pytest.mark.parametrize(("change", "message"), BROUGHT.values(), ids=BROUGHT)
def test_what_ordinary_documents_do_not_have_is_refused(change, message):
    """
    By its name, its beginning, its type, and what leads to it: what is known is allowed.
    """
    refused(changed(change), message, code="word-")


ORDINARY = {
    "word/theme/theme1.xml": ("theme", "application/vnd.openxmlformats-officedocument.theme+xml"),
    "word/fontTable2.xml": ("fontTable", "application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml"),
    "word/fonts/font1.odttf": ("font", "application/vnd.openxmlformats-officedocument.obfuscatedFont"),
    "word/webSettings.xml": ("webSettings", "application/vnd.openxmlformats-officedocument.wordprocessingml.webSettings+xml"),
    "word/glossary/document.xml": (
        "glossaryDocument", "application/vnd.openxmlformats-officedocument.wordprocessingml.document.glossary+xml"),
    "customXml/item1.xml": ("customXml", "application/xml"),
    "customXml/itemProps1.xml": ("customXmlProps", "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"),
    "word/people.xml": (f"{MICROSOFT}/2011/relationships/people",
                        "application/vnd.openxmlformats-officedocument.wordprocessingml.people+xml"),
    "word/commentsExtended.xml": (f"{MICROSOFT}/2011/relationships/commentsExtended",
                                  "application/vnd.openxmlformats-officedocument.wordprocessingml.commentsExtended+xml"),
    "word/commentsIds.xml": (f"{MICROSOFT}/2016/09/relationships/commentsIds",
                             "application/vnd.openxmlformats-officedocument.wordprocessingml.commentsIds+xml"),
    "word/commentsExtensible.xml": (f"{MICROSOFT}/2018/08/relationships/commentsExtensible",
                                    "application/vnd.openxmlformats-officedocument.wordprocessingml.commentsExtensible+xml"),
    "word/stylesWithEffects.xml": (f"{MICROSOFT}/2007/relationships/stylesWithEffects",
                                   "application/vnd.ms-word.stylesWithEffects+xml"),
    "word/charts/chart1.xml": ("chart", "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"),
    "word/charts/style1.xml": (f"{MICROSOFT}/2011/relationships/chartStyle", "application/vnd.ms-office.chartstyle+xml"),
    "word/diagrams/data1.xml": ("diagramData", "application/vnd.openxmlformats-officedocument.drawingml.diagramData+xml"),
    "word/diagrams/drawing1.xml": (f"{MICROSOFT}/2007/relationships/diagramDrawing",
                                   "application/vnd.ms-office.drawingml.diagramDrawing+xml"),
    "word/media/image1.emf": ("image", "image/x-emf"),
    "word/media/image2.svg": ("image", "image/svg+xml"),
    "docProps/thumbnail.jpeg": (
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail", "image/jpeg"),
    "docMetadata/LabelInfo.xml": (f"{MICROSOFT}/2020/02/relationships/classificationlabels",
                                  "application/vnd.ms-office.classificationlabels+xml"),
    "word/printerSettings1.bin": ("printerSettings",
                                  "application/vnd.openxmlformats-officedocument.wordprocessingml.printerSettings"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "said"), ORDINARY.items(), ids=ORDINARY)
def test_what_ordinary_documents_have_is_kept(name, said):
    """
    As Word, on whichever system and of whichever year, writes it.
    """
    kind, media_type = said
    content = b"<x/>" if name.endswith((".xml", ".svg")) else bytes(8)

    made = prepare(changed(puts(name, content, kind=kind, media_type=media_type)), "own.docx")

    assert content == made.parts[name]


def test_a_file_that_word_has_made_is_no_threat():
    """
    With its thumbnail, its data and the styles of another Word.
    """
    buffer = io.BytesIO()
    docx.Document().save(buffer)

    assert [] == list(foreign_problems(read_package(buffer.getvalue(), "it"), "it"))


# -- data, properties, pages -------------------------------------------------------------

BOUND = (
    '<w:sdt><w:sdtPr><w:id w:val="5"/>BINDING<w:text/></w:sdtPr><w:sdtContent>' + words("{{ x }}")
    + "</w:sdtContent></w:sdt>"
)  # fmt: skip
BINDINGS = {
    "of Word": '<w:dataBinding w:xpath="/a" w:storeItemID="{1}"/>',
    "of Word 2013": '<v:dataBinding xmlns:v="http://schemas.microsoft.com/office/word/2012/wordml" w:xpath="/a"/>',
}


@pytest.mark.parametrize("trust", [Trust.OWN, Trust.STRANGER], ids=["own", "stranger"])
@pytest.mark.parametrize("binding", BINDINGS.values(), ids=BINDINGS)
def test_words_that_are_filled_in_are_not_replaced_by_data(papers, trust, binding):
    """
    Word would show what the file's data says in place of what a tag has printed.
    """
    content = with_body(BOUND.replace("BINDING", binding))

    made = prepare(content, "own.docx", is_own=trust is Trust.OWN)

    told = [one for one in made.problems if one.code == "word-left-out"]
    assert ["body"] == [one.where for one in told]
    assert "A content control takes its words from data in the file" in told[0].message
    package = read_package(draw_names(made, NAMES), "it")
    assert not any(b"dataBinding" in one for one in package.values())
    assert b"<w:text/>" in package["word/document.xml"]
    assert "Words" in papers.texts(write_package(package))


def moved(name):
    def change(package):
        package[name] = package.pop("docProps/core.xml").replace(
            b"peerkit template", b"An old title"
        )
        for part in ("_rels/.rels", TYPES):
            package[part] = package[part].replace(b"docProps/core.xml", name.encode())

    return change


def bare(package):
    """
    Take all properties out, as Google Docs writes files.
    """
    for part in [one for one in package if one.startswith("docProps/")]:
        del package[part]
    rels = tree(package["_rels/.rels"], "it")
    main = next(one.get("Target") for one in rels if one.get("Type").endswith("/officeDocument"))
    package["_rels/.rels"] = with_relations(
        None, {"rId1": (f"{OFFICE}/officeDocument", main, False)}, "it"
    )
    types = package[TYPES].decode()
    for part in ("core", "app", "custom"):
        head, _, rest = types.partition(f'<Override PartName="/docProps/{part}.xml"')
        types = head + rest.partition("/>")[2]
    package[TYPES] = types.encode()


PLACES = {
    "Open XML SDK": moved("package/services/metadata/core-properties/ab.psmdcp"),
    "other letters": moved("docProps/Core.xml"),
    "none": bare,
}


@pytest.mark.parametrize("change", PLACES.values(), ids=PLACES)
def test_a_papers_title_is_where_word_looks_for_it(papers, change, validated, tmp_path):
    """
    Whatever the template calls its properties, and if it has none.
    """
    template = papers.template(changed(change, build(BODY)))

    data = papers.draw(papers.document(title="Plan for the libraries"), template)

    path = tmp_path / "northmere.docx"
    path.write_bytes(data)
    properties = docx.Document(path).core_properties
    assert ("Plan for the libraries", "Middlesbrough Council") == (
        properties.title,
        properties.author,
    )
    assert not any(b"An old title" in one for one in read_package(data, "it").values())
    assert [] == validated(path)


def test_properties_that_lead_to_the_body_do_not_move_it():
    """
    What is of another type is not taken for properties.
    """

    def change(package):
        old = package["_rels/.rels"]
        package["_rels/.rels"] = old.replace(b"docProps/core.xml", b"word/document.xml")

    made = prepare(changed(change), "own.docx")

    assert "word/document.xml" == made.main
    assert b"An" not in made.parts["docProps/core.xml"]


def test_a_title_may_be_a_tag():
    """
    What counts is what the paper says.
    """

    def change(package):
        core = package["docProps/core.xml"].replace(b"peerkit template", b"{{ title }}")
        package["docProps/core.xml"] = core

    letter = prepare(changed(change, with_body(words("x"))), "own.docx")

    package = read_package(draw_names(letter, NAMES | {"title": "R&D in Northmere"}), "it")

    assert b"<dc:title>R&amp;D in Northmere</dc:title>" in package["docProps/core.xml"]
    with pytest.raises(PeerkitError, match="It has no title"):
        draw_names(
            prepare(changed(change, build(line("x", "Heading1"))), "own.docx"),
            NAMES | {"title": " "},
        )


def with_settings(element, encoding="utf-8", prefix="w"):
    def change(package):
        said = element.replace("w:", f"{prefix}:")
        if prefix != "w":
            said = said.replace("/>", f' xmlns:{prefix}="{WORD}"/>', 1)
        text = package["word/settings.xml"].decode().replace("<w:zoom", f"{said}<w:zoom")
        text = text.replace("UTF-8", encoding.upper())
        package["word/settings.xml"] = text.encode(encoding)

    return change


EVEN = "<w:evenAndOddHeaders/>"


@pytest.mark.parametrize(
    "change",
    [with_settings(EVEN), with_settings(EVEN, "utf-16"), with_settings(EVEN, prefix="q")],
    ids=["as Word writes it", "two bytes to a letter", "another prefix"],
)
def test_even_pages_must_say_the_notices(papers, change):
    """
    However the settings are written.
    """
    paper = papers.document(notices=("Not for publication",))

    with pytest.raises(PeerkitError, match="has even pages that do not say"):
        papers.draw(paper, papers.template(changed(change)))


def test_even_pages_that_are_switched_off_need_no_notices(papers):
    off = with_settings('<w:evenAndOddHeaders w:val="0"/>')

    papers.draw(papers.document(notices=("Draft",)), papers.template(changed(off)))


# -- what is seen ------------------------------------------------------------------------


def in_header(old, new):
    def change(package):
        assert old in package["word/header1.xml"]
        package["word/header1.xml"] = package["word/header1.xml"].replace(old, new)

    return change


def hidden_style(package):
    style = b'<w:style w:type="%s" w:styleId="%s"><w:name w:val="%s"/>%s</w:style>'
    vanish = b"<w:rPr><w:vanish/></w:rPr>"
    added = style % (b"character", b"Gone", b"Gone", vanish)
    added += style % (b"character", b"Below", b"Below", b'<w:basedOn w:val="Gone"/>')
    added += style % (b"paragraph", b"Away", b"Away", vanish)
    package["word/styles.xml"] = package["word/styles.xml"].replace(
        b"</w:styles>", added + b"</w:styles>"
    )


def hidden_by(properties):
    change = in_header(b"<w:r><w:t", b"<w:r><w:rPr>%s</w:rPr><w:t" % properties)

    def both(package):
        hidden_style(package)
        change(package)

    return both


@pytest.mark.parametrize(
    "properties",
    [b"<w:vanish/>", b'<w:rStyle w:val="Gone"/>', b'<w:rStyle w:val="Below"/>'],
    ids=["by itself", "by its style", "by what its style is based on"],
)
def test_a_notice_that_is_hidden_is_not_on_the_page(papers, properties):
    paper = papers.document(notices=("Draft",))

    with pytest.raises(PeerkitError, match="has default pages that do not say “Draft”"):
        papers.draw(paper, papers.template(changed(hidden_by(properties))))


def test_a_notice_that_says_it_is_not_hidden_is_on_the_page(papers):
    """
    A run goes before its style.
    """
    change = hidden_by(b'<w:rStyle w:val="Gone"/><w:vanish w:val="0"/>')

    papers.draw(papers.document(notices=("Draft",)), papers.template(changed(change)))


HEADING = "{{ section.s.heading }}"
UNSEEN = {
    "hidden": run(f"<w:rPr><w:vanish/></w:rPr><w:t>{HEADING}</w:t>"),
    "hidden by its style": run(f'<w:rPr><w:rStyle w:val="Below"/></w:rPr><w:t>{HEADING}</w:t>'),
    "in a field's code": mark("begin") + code(f'TC "{HEADING}"') + mark("end"),
    "words in a field's code": mark("begin") + code("TC ") + words(f'"{HEADING}"') + mark("end"),
    "an alternative text": PICTURE.format("", "").replace("The crest", HEADING),
    "a tip": f'<w:hyperlink w:anchor="x" w:tooltip="{HEADING}">{words("the plan")}</w:hyperlink>',
    "a choice that is not made": CHOICES.format(words(HEADING), words("x")),
    "a paragraph that is hidden": f'</w:p><w:p><w:pPr><w:pStyle w:val="Away"/></w:pPr>{words(HEADING)}',
}


@pytest.mark.parametrize("xml", UNSEEN.values(), ids=UNSEEN)
def test_a_text_that_nobody_sees_is_lost(papers, xml):
    """
    It reached the file, and not the paper.
    """
    body = TITLE + line("{{p section.s.body }}", "BodyText") + f"<w:p>{words('x')}{xml}</w:p>"
    template = papers.template(changed(hidden_style, build(body)))

    with pytest.raises(PeerkitError, match="leaves out a text of the paper: “Purpose”"):
        papers.draw(papers.document(), template)


def test_a_text_in_a_header_that_no_page_has_is_lost(papers):
    """
    First pages have none of their own unless the section says so.
    """
    body = TITLE + line("{{p section.s.body }}", "BodyText")

    def change(package):
        header = package["word/header1.xml"].decode()
        said = header[: header.index("<w:p>")] + line(HEADING, "Header") + "</w:hdr>"
        declared(
            package, "word/header9.xml", said.encode(),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml",
        )  # fmt: skip
        related(package, "header", "header9.xml")

    with pytest.raises(PeerkitError, match="leaves out a text of the paper: “Purpose”"):
        papers.draw(papers.document(), papers.template(changed(change, build(body))))


def test_what_is_seen_is_told_apart_from_what_is_not():
    """
    Of several choices, what all of them show is seen.
    """
    space = f'xmlns:w="{WORD}"'
    inside = "<w:p>{}</w:p>".format
    body = (
        inside(words("plain"))
        + inside(words("half ") + run("<w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t>"))
        + inside(field(code("PAGE")) + words(" of it"))
        + inside(f"<w:del>{run('<w:delText>gone</w:delText>')}</w:del>" + words("kept"))
        + inside(f"<w:moveFrom>{words('moved')}</w:moveFrom>")
        + CHOICES.format(inside(words("both")), inside(words("both")) + inside(words("one")))
        + inside(
            run(
                "<w:rPr><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>now</w:t>"
            )
        )
    )
    part = f"<w:body {space}>{body}</w:body>".encode()

    found = seen_in({"a": part}, ["a", "a", "b"], Hiding(), "it")

    assert ("plain", "half ", "1 of it", "kept", "both", "now") == found


# -- what breaks -------------------------------------------------------------------------


def packed_as(method):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in read_package(build(), "it").items():
            archive.writestr(name, content)
    return buffer.getvalue()


def long_text(package):
    package["word/document.xml"] = package["word/document.xml"].replace(
        b"{{ title }}", b"{{ title }}" + b"x" * 10_000_001
    )


BROKEN = {
    "a name that is no UTF-8": (
        lambda: build().replace(b"word/numbering.xml", b"word/num\xff\xfering.xml"),
        "is damaged",
    ),
    "LZMA": (lambda: packed_as(zipfile.ZIP_LZMA), "is packed in a way that Word never uses"),
    "BZIP2": (lambda: packed_as(zipfile.ZIP_BZIP2), "is packed in a way that Word never uses"),
    "a text of ten million letters": (lambda: changed(long_text), "cannot be read"),
}


@pytest.mark.parametrize(("made", "message"), BROKEN.values(), ids=BROKEN)
def test_what_cannot_be_read_is_a_fault_of_the_file(made, message):
    """
    It is told in a sentence, never as one of peerkit's own.
    """
    content = made()

    with pytest.raises(PeerkitError, match=message):
        prepare(content, "bad.docx")


def test_a_zip_that_was_changed_anywhere_is_read_or_refused():
    """
    Each byte of its directory, one after the other.
    """
    content = build()
    begin = content.rindex(b"PK\x01\x02", 0, content.index(b"PK\x05\x06"))

    for at in range(begin, len(content)):
        for value in (0, 255, content[at] ^ 8):
            bad = content[:at] + bytes([value]) + content[at + 1 :]
            with contextlib.suppress(PeerkitError):
                read_package(bad, "bad.docx")


def test_a_document_type_in_data_is_told_as_bad_xml():
    """
    At the part that has it, among all else that is wrong.
    """
    typed = puts("customXml/item1.xml", b"\n<!DOCTYPE a [<!ENTITY b 'c'>]><a/>")

    told = check_template(changed(typed), "bad.docx", None)

    assert [("word-xml", "customXml/item1.xml")] == [(one.code, one.where) for one in told]
    assert "It declares a document type, which Word never writes." == told[0].message


CHANGED_GRID = (
    '<w:tblGridChange w:id="7"><w:tblGrid><w:gridCol w:w="4000"/></w:tblGrid></w:tblGridChange>'
)
LOOP = "".join(
    f"<w:tc><w:tcPr/>{line(one, 'TableText')}</w:tc>"
    for one in ("{%tc for x in xs %}", "{{ x }}", "{%tc endfor %}")
)


@pytest.mark.parametrize(
    ("grid", "expected"),
    [
        ('<w:gridCol w:w="12.5cm"/>', b'<w:gridCol w:w="2362"/>' * 3),
        ('<w:gridCol w:w="wide"/>', b'<w:gridCol w:w="wide"/>'),
        (
            '<w:gridCol w:w="3000"/>' + CHANGED_GRID,
            b'<w:gridCol w:w="1000"/>' * 3,
        ),
    ],
    ids=["centimetres", "nonsense", "changed before"],
)
def test_columns_are_counted_whatever_their_widths_say(grid, expected):
    """
    In any unit, and of the grid as it is, not as it was before a tracked change.
    """
    table = (
        f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>"
        f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{LOOP}</w:tr></w:tbl>"
    )

    body = drawn(with_body(table + line("x", "BodyText")), xs=["a", "b", "c"])["word/document.xml"]

    written = body[body.index(b"<w:tblGrid>") : body.index(b"</w:tblGrid>")]
    assert written.startswith(b"<w:tblGrid>" + expected)
    assert b"tblGridChange" not in body


@pytest.mark.parametrize(
    "default",
    [b'<Default Extension="PNG" ContentType="image/png"/>', b"<Default Extension='png' ContentType='image/png'/>"],
    ids=["in capitals", "in other quotes"],
)  # fmt: skip
def test_the_type_of_pictures_is_said_once(papers, default):
    """
    Word takes a file that says it twice for damaged.
    """

    def change(package):
        package[TYPES] = package[TYPES].replace(b"<Override", default + b"<Override", 1)

    data = papers.draw(papers.rich(), papers.template(changed(change)))

    assert 1 == read_package(data, "it")[TYPES].lower().count(b"image/png")


def test_lists_come_before_the_mark_of_word_for_mac(papers, validated, tmp_path):
    """
    The schema wants it last, and it says nothing to anybody.
    """

    def change(package):
        package["word/numbering.xml"] = package["word/numbering.xml"].replace(
            b"</w:numbering>", b'<w:numIdMacAtCleanup w:val="5"/></w:numbering>'
        )

    path = tmp_path / "northmere.docx"
    path.write_bytes(papers.draw(papers.rich(), papers.template(changed(change))))

    assert [] == validated(path)


def test_a_strangers_template_is_guarded_where_it_is_drawn(papers):
    """
    What is refused when it is checked is refused when nobody has checked.
    """

    def change(package):
        related(package, "hyperlink", "https://northmere.example/x.png", external=True)

    content = changed(change, build(BODY + f"<w:p>{FETCHING['a picture that is linked']}</w:p>"))

    with pytest.raises(PeerkitError, match="It would fetch"):
        draw_here(papers.document(), papers.template(content, trust=Trust.STRANGER))
