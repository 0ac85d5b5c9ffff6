from __future__ import annotations

import pytest

from peerkit.errors import ProblemsError
from peerkit_docx import draw_names, prepare
from peerkit_docx.access import access_problems
from peerkit_docx.basefile import build, line
from peerkit_docx.preparing.examining import examine
from peerkit_docx.preparing.styling import styling_of
from peerkit_docx.problems import ACCESS_KINDS, ACCESS_TITLE
from peerkit_docx.word.packages import read_package, write_package
from peerkit_docx.word.xmlreading import tree

TITLE = line("{{ title }}", "Heading1")
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def cell(inside, properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def row(*cells, header=False):
    marked = "<w:trPr><w:tblHeader/></w:trPr>" if header else ""
    return f"<w:tr>{marked}{''.join(cells)}</w:tr>"


def table(*rows, columns=2):
    grid = '<w:gridCol w:w="4000"/>' * columns
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def words(text):
    return line(text, "TableText")


HEAD = row(cell(words("Ref")), cell(words("What")), header=True)
ROW = row(cell(words("A1")), cell(words("{{ said }}")))
SHADE = '<w:shd w:val="clear" w:color="auto" w:fill="{}"/>'
RED = '<w:p><w:r><w:rPr><w:color w:val="FF8080"/></w:rPr><w:t>Late</w:t></w:r></w:p>'
LINK = '<w:p><w:hyperlink w:anchor="a"><w:r><w:t>click here</w:t></w:r></w:hyperlink></w:p>'
DRAWING = (
    '<w:p><w:r><w:drawing><wp:{0} xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
    'wordprocessingDrawing"><wp:docPr id="1" name="Picture 1"{1}/></wp:{0}></w:drawing></w:r></w:p>'
)

INACCESSIBLE = [
    ("access-language", {"styles": lambda xml: xml.replace('w:lang w:val="en-GB"', 'w:lang w:val=""')}, TITLE, "styles"),
    ("access-one-title", {}, line("{{ title }}", "BodyText"), "body"),
    ("access-one-title", {}, TITLE + line("x", "BodyText") + line("Again", "Heading1"), "body, paragraph 3"),
    ("access-heading-skip", {}, TITLE + line("Deep", "Heading3"), "body, paragraph 2"),
    ("access-empty-heading", {}, TITLE + line("", "Heading2"), "body, paragraph 2"),
    ("access-typed-list", {}, TITLE + line("- one", "BodyText") + line("- two", "BodyText"), "body, paragraph 2"),
    ("access-typed-list", {}, TITLE + line("• one", "BodyText"), "body, paragraph 2"),
    ("access-typed-list", {}, TITLE + line("1. one", "BodyText") + line("2. two", "BodyText"), "body, paragraph 2"),
    ("access-header-row", {}, TITLE + table(ROW, ROW), "body, table 1"),
    ("access-merged", {}, TITLE + table(HEAD, row(cell(words("x"), '<w:gridSpan w:val="2"/>'))), "row 2, column 1"),
    ("access-merged", {}, TITLE + table(HEAD, row(cell(words("x"), '<w:vMerge w:val="restart"/>'), cell(words("y")))), "row 2"),
    ("access-merged", {}, TITLE + table(HEAD, row(cell(words("{% colspan said %}x")))), "row 2, column 1"),
    ("access-nested", {}, TITLE + table(HEAD, row(cell(words("x")), cell(table(HEAD, ROW) + words("y")))), "table 1, row 2, column 2, table 1"),
    ("access-empty-header", {}, TITLE + table(row(cell(words("Ref")), cell(words("")), header=True), ROW), "row 1, column 2"),
    ("access-picture-text", {}, TITLE + DRAWING.format("inline", ""), "body, paragraph 2"),
    ("access-link-text", {}, TITLE + LINK, "body, paragraph 2"),
    ("access-contrast", {}, TITLE + RED, "body, paragraph 2"),
    ("access-contrast", {}, TITLE + table(HEAD, row(cell(words("x"), SHADE.format("333333")), cell(words("y")))), "row 2, column 1"),
    ("access-colour", {}, TITLE + table(HEAD, row(cell(words("")), cell(words(""), SHADE.format("FF0000")))), "row 2, column 2"),
    ("access-spacing", {}, TITLE + line("", "BodyText") + line("x", "BodyText"), "body, paragraph 2"),
    ("access-spacing", {}, TITLE + line("{% set x = 1 %}", "BodyText"), "body, paragraph 2"),
    ("access-spacing", {}, TITLE + table(HEAD, row(cell(words("x")), cell(words("y") + words("")))), "row 2, column 2, paragraph 2"),
]  # fmt: skip


def changed(body, **changes):
    package = read_package(build(body, header="", footer=line("x", "Footer")), "it")
    for name, change in changes.items():
        part = f"word/{name}.xml"
        package[part] = change(package[part].decode()).encode()
    return write_package(package)


@pytest.mark.parametrize(
    ("code", "changes", "body", "where"), INACCESSIBLE, ids=lambda one: one if isinstance(one, str) and one.startswith("access") else ""
)  # fmt: skip
def test_what_not_everyone_can_read_is_refused_by_name(code, changes, body, where):
    """
    Each rule by its code, with the place; and drawn if somebody says so.
    """
    prepared = prepare(changed(body, **changes), "own.docx")
    names = {"title": "A title", "said": "2"}

    with pytest.raises(ProblemsError) as caught:
        draw_names(prepared, names, origin="own.docx")

    assert [code] == [one.code for one in caught.value.problems]
    assert where in caught.value.message
    assert caught.value.message.startswith("own.docx, ")
    assert draw_names(prepared, names, accessible=False)


def test_every_rule_has_a_template_that_breaks_it():
    """
    But for the title, which is none of the template's, and what is only warned of.
    """
    tried = {code for code, *_ in INACCESSIBLE}

    assert {one.code for one in ACCESS_KINDS} - tried == {"access-title", "access-floating"}


def test_a_file_without_a_title_is_refused():
    """
    The title in its properties is what a screen reader says first.
    """
    template = read_package(changed(TITLE), "it")
    template["docProps/core.xml"] = template["docProps/core.xml"].replace(b"peerkit template", b" ")

    with pytest.raises(ProblemsError) as caught:
        draw_names(prepare(write_package(template), "own.docx"), {"title": "x"})

    assert [ACCESS_TITLE.code] == [one.code for one in caught.value.problems]


# What only the names decide: a template in order, and names with which it is not.
WHILE_DRAWN = [
    ("access-spacing", TITLE + line("{{ said }}", "BodyText"), {"said": " "}),
    ("access-spacing", TITLE + line("{% if said %}x{% endif %}", "BodyText"), {"said": ""}),
    ("access-spacing", TITLE + line("{% for x in said %}x{% endfor %}", "BodyText"), {"said": []}),
    ("access-empty-heading", TITLE + line("{{ said }}", "Heading2"), {"said": ""}),
    ("access-empty-header", TITLE + table(row(cell(words("Ref")), cell(words("{{ said }}")), header=True), ROW), {"said": ""}),
    ("access-colour", TITLE + table(HEAD, row(cell(words("x")), cell(words("{% cellbg 'FFD0D0' %}{{ said }}")))), {"said": ""}),
    ("access-contrast", TITLE + table(HEAD, row(cell(words("x")), cell(words("{% cellbg said %}Late")))), {"said": "331111"}),
    ("access-heading-skip", TITLE + line("{%p if said %}", "BodyText") + line("x", "Heading2") + line("{%p endif %}", "BodyText")
     + line("y", "Heading3"), {"said": ""}),
    ("access-one-title", line("{%p for x in said %}", "BodyText") + line("{{ x }}", "Heading1") + line("{%p endfor %}", "BodyText"),
     {"said": ["a", "b"]}),
    ("access-one-title", line("{%p for x in said %}", "BodyText") + line("{{ x }}", "Heading1") + line("{%p endfor %}", "BodyText"),
     {"said": []}),
    ("access-picture-text", TITLE + DRAWING.format("inline", ' descr="{{ said }}"'), {"said": ""}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "body", "names"), WHILE_DRAWN, ids=lambda one: one if isinstance(one, str) and one.startswith("access") else "")  # fmt: skip
def test_what_names_make_hard_to_read_is_refused_while_drawn(code, body, names):
    """
    The template is in order; with these names, and only with such, it is refused.
    """
    prepared = prepare(changed(body), "own.docx")

    with pytest.raises(ProblemsError) as caught:
        draw_names(prepared, {"title": "A title", **names}, origin="own.docx")

    assert code in [one.code for one in caught.value.problems]
    assert caught.value.message.startswith("own.docx, ")
    assert draw_names(prepared, {"title": "A title", **names}, accessible=False)


def found(data):
    """
    The problems of a finished file, read whole.
    """
    package = read_package(data, "it")
    styling = styling_of(package, "word/styles.xml", "word/numbering.xml", "it")
    return [
        (one.code, one.where)
        for part in ("document", "header1", "footer1")
        if f"word/{part}.xml" in package
        for one in access_problems(
            tree(package[f"word/{part}.xml"], part), part, styling.palette,
            is_main=part == "document", is_template=False,
        )
    ]  # fmt: skip


@pytest.mark.parametrize(("code", "body", "names"), WHILE_DRAWN, ids=lambda one: one if isinstance(one, str) and one.startswith("access") else "")  # fmt: skip
def test_watching_finds_what_reading_the_whole_file_finds(code, body, names):
    """
    The cheap way and the thorough way say the same of the same file.
    """
    data = draw_names(prepare(changed(body), "own.docx"), {"title": "T", **names}, accessible=False)

    assert code in [one for one, _ in found(data)]


@pytest.mark.parametrize("scheme", ["through", "decimal"])
def test_what_is_drawn_can_be_read_by_everyone(papers, scheme):
    """
    A paper with everything in it, read whole, breaks no rule.
    """
    assert [] == found(papers.draw(papers.rich(scheme)))


def test_all_places_are_told_at_once():
    """
    Several rules broken in several places are several problems.
    """
    body = (
        line("- a", "BodyText") + line("- b", "BodyText") + line("", "BodyText")
        + line("Deep", "Heading4") + table(ROW) + line("x", "BodyText") + RED
    )  # fmt: skip

    codes = sorted(
        one.code for one in examine(changed(body), "own.docx").problems if "access" in one.code
    )

    assert [
        "access-contrast", "access-header-row", "access-heading-skip", "access-one-title",
        "access-spacing", "access-typed-list",
    ] == codes  # fmt: skip
