from __future__ import annotations

import pytest

from peerkit import Trust
from peerkit.errors import PeerkitError
from peerkit_docx import basefile
from peerkit_docx.basefile import build, page_line
from peerkit_docx.drawing import draw_here
from peerkit_docx.word.fields import FIELDS
from peerkit_docx.word.packages import read_package, write_package

REST = ("{{ title }}", "{{p front }}", "{%p for s in sections recursive %}", "{{p s.head }}",
        "{{p s.body }}", "{{p loop(s.sections) }}", "{%p endfor %}")  # fmt: skip


def run(inside):
    return f"<w:r>{inside}</w:r>"


def mark(kind):
    return run(f'<w:fldChar w:fldCharType="{kind}"/>')


def code(text):
    return run(f'<w:instrText xml:space="preserve">{text}</w:instrText>')


def field(*pieces):
    inside = "".join(piece if piece.startswith("<") else code(piece) for piece in pieces)
    return f"{mark('begin')}{inside}{mark('separate')}{run('<w:t>1</w:t>')}{mark('end')}"


def line(*runs):
    return f"<w:p>{''.join(runs)}</w:p>"


@pytest.mark.parametrize(
    "code",
    [
        "PAGE",
        " PAGE \\* MERGEFORMAT ",
        "page\\* Arabic",
        'TOC \\o "1-3" \\h \\z \\u',
        "REF _Ref1 \\h",
        "STYLEREF Heading1",
        'DOCPROPERTY "peerkit.paper"',
        'HYPERLINK "https://a.example/?a=1"',
        'HYPERLINK "https://a.example/" \\o "a tip: more" \\t "_blank"',
        "HYPERLINK mailto:a@b.example",
        "HYPERLINK \\l _Toc1",
        'HYPERLINK \\l "_Toc1" \\h',
    ],
)
def test_fields_that_count_or_refer_are_kept(papers, code):
    """
    Page numbers, contents and references are what a template has fields for.
    """
    data = papers.draw(papers.document(), papers.with_body(line(field(code)), *REST))

    assert any(code in text for text in papers.texts(data))


@pytest.mark.parametrize(
    "code",
    [
        "DDEAUTO c:\\\\x", "dde x", "INCLUDEPICTURE http://t/x.png", "INCLUDETEXT x", "LINK Excel.Sheet",
        "DATABASE x", "MACROBUTTON x y", "QUOTE 68 68 69", "AUTOTEXT x", "IMPORT x", "RD x", "FILENAME \\p",
        "EMBED x", "\\* MERGEFORMAT DDE x", "{{ title }}", "= 1 + 1", "DATE", "ADDIN x", '"DDE" x',
    ],
)  # fmt: skip
@pytest.mark.parametrize("split", ["whole", "in runs", "in paragraphs", "simple", "deleted"])
def test_any_other_field_is_refused(papers, code, split):
    """
    However it is spread, and whatever Word may learn to fetch.
    """
    first, rest = code[:3], code[3:]
    quoted = code.replace('"', "&quot;")
    body = {
        "whole": line(field(code)),
        "in runs": line(field(first, rest)),
        "in paragraphs": line(mark("begin"), run(f"<w:instrText>{first}</w:instrText>"))
        + line(run(f"<w:instrText>{rest}</w:instrText>"), mark("end")),
        "simple": f'<w:p><w:fldSimple w:instr="{quoted}">{run("<w:t>1</w:t>")}</w:fldSimple></w:p>',
        "deleted": line(field(run(f"<w:delInstrText>{code}</w:delInstrText>"))),
    }[split]

    with pytest.raises(
        PeerkitError, match=r"own\.docx, body, paragraph \d(, under “.*”)?: .*[fF]ield"
    ) as caught:
        papers.draw(papers.document(), papers.with_body(body, *REST))
    if "{{" not in code:
        assert "A field is not allowed" in str(caught.value)


@pytest.mark.parametrize(
    "code",
    [
        'HYPERLINK "javascript:x"',
        'HYPERLINK "file:///x"',
        "HYPERLINK \\\\server\\share",
        'HYPERLINK \\o "https://a" "file://x"',
        'HYPERLINK "https://a" "file://x"',
        'HYPERLINK ""',
        "HYPERLINK",
        "HYPERLINK x",
        'HYPERLINK \\l "',
        'HYPERLINK \\q "https://a"',
    ],
)
def test_links_lead_to_the_web_to_mail_or_inside(papers, code):
    """
    A link of a field is as harmless as one of a relationship.
    """
    with pytest.raises(PeerkitError, match="A link leads neither to the web"):
        papers.draw(papers.document(), papers.with_body(line(field(code)), *REST))


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (line(field("D", field("QUOTE 1"), "DEAUTO x")), "A field stands inside the code of another"),
        (line(field("REF ", field("PAGE"))), "A field stands inside the code of another"),
        (line(mark("begin"), '<w:fldSimple w:instr="PAGE"/>', mark("end")), "A field stands inside the code of another"),
        (line(mark("begin"), code("PAGE")), "A field never ends"),
        (line(mark("end")), "A field ends or goes on that never began"),
        (line(code("DDEAUTO x")), "A piece of a field belongs to none"),
        (line(mark("begin"), code("PAGE"), mark("separate"), code("DDE"), mark("end")), "belongs to none"),
        (f'<w:p><w:fldSimple w:instr="PAGE">{mark("begin")}{code("DDE x")}</w:fldSimple></w:p>', "does not end where"),
        (f'<w:p><w:fldSimple w:instr="PAGE">{mark("end")}</w:fldSimple></w:p>', "does not end where"),
        ('<w:altChunk r:id="rId99"/>', "Another document is put in here (altChunk)"),
        ('<w:p><w:subDoc r:id="rId99"/></w:p>', "This is made of other documents (subDoc)"),
        ('<w:p><w:r><w:pict><v:imagedata xmlns:v="urn:v" src="http://t/x.png"/></w:pict></w:r></w:p>', "A picture is fetched"),
        ('<s:altChunk xmlns:s="http://purl.oclc.org/ooxml/wordprocessingml/main"/>', "(altChunk)"),
    ],
)  # fmt: skip
def test_what_could_become_a_fetching_field_is_refused(papers, body, said):
    """
    No field is put together from others, and no element fetches, in words of its own.
    """
    with pytest.raises(PeerkitError) as caught:
        papers.draw(papers.document(), papers.with_body(body, *REST))

    assert "own.docx, body" in str(caught.value)
    assert said in str(caught.value)


def test_a_result_may_hold_fields(papers):
    """
    A table of contents is a field with fields in its result.
    """
    contents = line(
        mark("begin"), code("TOC \\h"), mark("separate"), field("PAGEREF _Toc1")
    ) + line(mark("end"))

    data = papers.draw(papers.document(), papers.with_body(contents, *REST))

    assert "PAGEREF _Toc1" in papers.texts(data)


@pytest.mark.parametrize(
    "body",
    [
        line(field("{% if false %}", "PAGE ", "{% endif %}", "DDEAUTO x")),
        line(field("TITLE ", "{% if true %}", "x", "{% endif %}")).replace(
            "TITLE ", "{{ 'DDEAUTO' }} "
        ),
        line(mark("{{ 'begin' }}"), code("DDEAUTO x"), mark("{{ 'end' }}")),
        line(
            mark("begin"), run("<w:t>{%r if false %}</w:t>"), code("PAGE "),
            run("<w:t>{%r endif %}</w:t>"), code("DDEAUTO x"), mark("end"),
        ),
    ],
    ids=["half a code", "printed code", "printed marks", "left out"],
)  # fmt: skip
def test_no_field_is_made_by_filling(papers, body):
    """
    What was drawn is looked at again.
    """
    with pytest.raises(PeerkitError, match=r"own\.docx, body, paragraph \d.*: A "):
        papers.draw(papers.document(), papers.with_body(body, *REST))


def test_other_parts_are_looked_at_too(papers):
    """
    A footer's page number stays, another part's fetching does not.
    """
    papers.draw(papers.document(), papers.template(build(footer=page_line())))
    attached = papers.changed(
        settings=lambda xml: xml.replace("<w:zoom", '<w:attachedTemplate r:id="rId1"/><w:zoom')
    )

    with pytest.raises(
        PeerkitError, match=r"own\.docx, settings: It is attached to another template"
    ):
        papers.draw(papers.document(), attached)
    assert {"PAGE", "NUMPAGES", "TOC", "REF", "SEQ", "STYLEREF"} <= set(FIELDS)


@pytest.mark.parametrize(
    ("kind", "target", "mode", "said"),
    [
        ("image", "http://tracker.example/x.png", "External", "would fetch something when it is opened"),
        ("frame", "http://tracker.example/", "External", "would fetch something when it is opened"),
        ("attachedTemplate", "file:///x.dotm", "External", "is attached to another template"),
        ("hyperlink", "javascript:alert(1)", "External", "neither a web nor a mail address"),
        ("aFChunk", "x.html", "Internal", "Another document is put into it"),
        ("subDocument", "x.docx", "Internal", "is made of other documents"),
        ("oleObject", "x.bin", "Internal", "holds an object of another program"),
        ("image", "../../../etc/passwd", "Internal", "leads out of the file"),
        ("image", "/etc/passwd", "Internal", "leads to a part that is not there"),
        ("image", "media/none.png", "Internal", "leads to a part that is not there"),
    ],
)  # fmt: skip
def test_relationships_that_fetch_or_embed_are_refused(papers, kind, target, mode, said):
    """
    A stranger's template brings nothing with it, and is told each in its own words.
    """
    relation = f'<Relationship Id="rX" Type="http://x/{kind}" Target="{target}" TargetMode="{mode}"/></Relationships>'
    package = read_package(build(), "it")
    part = "word/_rels/document.xml.rels"
    package[part] = package[part].replace(b"</Relationships>", relation.encode())

    with pytest.raises(PeerkitError) as caught:
        draw_here(papers.document(), papers.template(write_package(package), trust=Trust.STRANGER))

    assert f"own.docx, {part}" in str(caught.value)
    assert said in str(caught.value)


def renamed(package, old, new):
    """
    Return *package* with the part *old* called *new* wherever it is named.
    """
    for part in ("[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels"):
        content = package[part].replace(old.encode(), new.encode())
        package[part] = content.replace(
            old.removeprefix("word/").encode(), new.removeprefix("word/").encode()
        )
    return {(new if name == old else name): content for name, content in package.items()}


@pytest.mark.parametrize("name", ["word/document.dat", "word/document", "word/Document.XML"])
def test_a_part_is_looked_at_whatever_it_is_called(papers, name):
    """
    Word goes by the type that is declared for a part, not by the end of its name.
    """
    body = "".join(
        f"<w:r>{one}</w:r>"
        for one in (
            '<w:fldChar w:fldCharType="begin"/>',
            "<w:instrText>DDEAUTO c:\\\\cmd.exe</w:instrText>",
            '<w:fldChar w:fldCharType="end"/>',
        )
    )
    package = read_package(build(f"<w:p>{body}</w:p>"), "it")
    moved = renamed(package, "word/document.xml", name)
    rels = moved.pop("word/_rels/document.xml.rels")
    moved[f"word/_rels/{name.removeprefix('word/')}.rels"] = rels

    with pytest.raises(PeerkitError, match="A field is not allowed: DDEAUTO"):
        papers.draw(papers.document(), papers.template(write_package(moved)))


@pytest.mark.parametrize("name", ["word/_rels/document.xml.RELS", "word/_RELS/header1.xml.rels"])
def test_relationships_by_another_name_are_refused(papers, name):
    package = read_package(build(header=basefile.line("x", "Header")), "it")
    relation = '<Relationship Id="rX" Type="http://x/image" Target="http://x.example/" TargetMode="External"/>'
    package[name] = f"<Relationships>{relation}</Relationships>".encode()
    package.pop(name.replace("RELS", "rels"), None)

    with pytest.raises(PeerkitError, match="a name that Word never writes"):
        papers.draw(papers.document(), papers.template(write_package(package)))


def test_a_part_in_letters_of_two_bytes_is_looked_at(papers):
    """
    The names of elements are found in any encoding that XML may be in.
    """
    field = '<w:p xmlns:w="x"><w:fldSimple w:instr="INCLUDETEXT x"/></w:p>'
    for encoding in ("utf-16", "utf-16-le", "utf-16-be"):
        head = f'<?xml version="1.0" encoding="{encoding[:6]}"?>'
        package = read_package(build(), "it") | {"customXml/x.dat": (head + field).encode(encoding)}

        with pytest.raises(PeerkitError, match=r"A field is not allowed|not well-formed"):
            papers.draw(papers.document(), papers.template(write_package(package)))
