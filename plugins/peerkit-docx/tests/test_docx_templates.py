from __future__ import annotations

import re

import pytest

from peerkit.errors import PeerkitError
from peerkit_docx.basefile import BODY, HEADER, build, line
from peerkit_docx.preparing import dumped, loaded, loaded_for, prepare
from peerkit_docx.word.properties import paper_of

REST = ("{{p front }}", "{%p for s in sections recursive %}", "{{p s.head }}", "{{p s.body }}",
        "{{p loop(s.sections) }}", "{%p endfor %}")  # fmt: skip


def body_of(papers, template, paper=None):
    data = papers.draw(paper or papers.document(papers.counted("Words.")), template)
    return papers.texts(data), papers.parts(data)["word/document.xml"]


def test_docxtpl_syntax_is_understood(papers):
    """
    Tags in text, paragraphs, rows and cells are filled as users of docxtpl know them.
    """
    row = (
        "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>"
        "<w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc>{0}</w:tc><w:tc>{6}</w:tc></w:tr>"
        "<w:tr><w:tc>{2}</w:tc><w:tc>{1}</w:tc></w:tr>"
        "<w:tr><w:tc>{3}</w:tc><w:tc>{4}</w:tc></w:tr>"
        "<w:tr><w:tc>{5}</w:tc><w:tc>{1}</w:tc></w:tr></w:tbl>"
    ).format(
        line("Key", "BodyText"),
        line("", "BodyText"),
        line("{%tr for s in sections %}", "BodyText"),
        line("{{ loop.index }}/{{ s.key }}", "BodyText"),
        line("{{ s.heading }}", "BodyText"),
        line("{%tr endfor %}", "BodyText"),
        line("Heading", "BodyText"),
    )
    template = papers.with_body(
        "{{ title }}",
        "{{ title }} of {{ author }}{% if day %}, {{ day }}{% else %}, undated{% endif %}",
        row,
        *REST,
    )

    found, body = body_of(papers, template)

    assert "Virtual School Peer Review of Middlesbrough Council, 2022-02-14" in found
    assert "1/s" in found
    assert 2 == body.count("<w:tr>")
    assert "{" not in body


def test_runs_that_word_has_split_are_one_tag(papers):
    """
    Word cuts a tag into runs as it likes; it is read as one.
    """
    runs = "".join(
        f"<w:r><w:t>{one}</w:t></w:r><w:proofErr w:type='spellStart'/>"
        for one in ("{", "{ ti", "tle }", "}")
    )

    found, _ = body_of(papers, papers.with_body("{{ title }}", f"<w:p>{runs}</w:p>", *REST))

    assert "Virtual School Peer Review" in found


def test_a_section_can_be_placed_by_its_key(papers):
    """
    Also a field and a table.
    """
    paper = papers.document(
        papers.table(("A1", "Train")), front=(papers.front_sheet(to="Executive"),)
    )
    template = papers.with_body(
        "{{ title }}", "{{p front }}", "For {{ fields.to.text }}", "{{p section.s.head }}",
        "{{ section.s.heading }}", "{{p section.s.body }}", "{{ tables.t.rows[0].c1.text }}",
    )  # fmt: skip

    found, _ = body_of(papers, template, paper)

    assert "For Executive" in found
    assert 2 == found.count("Train")


def test_every_part_is_filled_once(papers):
    """
    Header and footer are; what data says in them is never run.
    """
    paper = papers.document(title="{{ 7*7 }}")
    data = papers.draw(
        paper, papers.with_body("{{ title }}", *REST, header=line("In {{ title }}", "Header"))
    )

    assert "In {{ 7*7 }}" in papers.texts(data)
    assert not any("49" in text for text in papers.texts(data))


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("{{ titel }}", "The name “titel” is not known here"),
        ("{{ section.purpose.heading }}", "The name “section.purpose” is not known here"),
        ("{% if titel %}x{% endif %}", "The name “titel” is not known here"),
        ("{{ title + }}", "{{ title + }}: Something is missing at the end of the tag"),
        ("{% if title %}", "{% if title %}: It is never closed"),
        ("{{ title | shout }}", "There is no filter “shout”"),
        ("{{ sections }}", "Only a text can be printed, and this is a list"),
        ("{{ title", "never closed"),
        ("title }}", "never began"),
        ("{%p if title %} and more", "would be lost"),
        ("{{ title ~ sections }}", "“~” joins texts and numbers, and this is a list"),
        ("{% raw %}{{ x }}{% endraw %}", "raw"),
    ],
)
def test_a_fault_names_template_part_and_tag(papers, tag, said):
    """
    The user is told which file, which part of it, and which words.
    """
    with pytest.raises(PeerkitError) as caught:
        papers.draw(
            papers.document(), papers.with_body("{{ title }}", f"{{{{ title }}}} then {tag}", *REST)
        )

    message = str(caught.value)
    assert "own.docx" in message
    assert "body, paragraph 2" in message
    assert said in message


def test_a_property_of_the_template_is_never_run(papers):
    """
    It is refused, although what a template says of itself does not reach the paper at all.
    """
    template = papers.changed(
        core=lambda xml: xml.replace("peerkit template", "{{ cycler.__init__ }}")
    )

    with pytest.raises(PeerkitError, match=r"own\.docx, properties: .*__init__ is not allowed"):
        papers.draw(papers.document(), template)


@pytest.mark.parametrize(
    ("kind", "name", "style"),
    [
        ("paragraph", "heading 2", "Heading 2"),
        ("paragraph", "List Bullet", "List Bullet"),
        ("list", "Peerkit Bullets", "Peerkit Bullets"),
        ("list", "Peerkit Paragraphs", "Peerkit Paragraphs"),
    ],
)
def test_a_missing_style_is_named(papers, kind, name, style):
    """
    With the template that lacks it.
    """
    template = papers.changed(
        styles=lambda xml: xml.replace(f'<w:name w:val="{name}"/>', '<w:name w:val="gone"/>')
    )

    with pytest.raises(PeerkitError, match=f"own.docx has no {kind} style named “{style}”"):
        papers.draw(papers.rich(), template)


@pytest.mark.parametrize(
    ("name", "drawn"),
    [
        ("Body Text", "<w:p><w:r>"),
        ("Table Heading", "<w:tc><w:tcPr>"),
        ("Hyperlink", '<w:rPr><w:u w:val="single"/></w:rPr>'),
        ("Strong", "<w:rPr><w:b/><w:bCs/></w:rPr>"),
        ("Peerkit Table", "<w:tbl><w:tblPr><w:tblW"),
    ],
)
def test_a_style_that_can_be_done_without_is(papers, name, drawn):
    """
    Normal stands for it, or what the style would have done.
    """
    template = papers.changed(
        styles=lambda xml: xml.replace(f'<w:name w:val="{name}"/>', '<w:name w:val="gone"/>')
    )

    body = papers.parts(papers.draw(papers.rich(), template))["word/document.xml"]

    assert drawn in body


def test_a_template_that_leaves_something_out_is_refused(papers):
    """
    Every text of the tree reaches the paper, or there is no paper.
    """
    with pytest.raises(PeerkitError, match=r"own\.docx leaves out a text of the paper: “Words\.”"):
        papers.draw(papers.document(), papers.with_body("{{ title }}", "{{ section.s.heading }}"))


def test_what_is_said_twice_must_be_there_twice(papers):
    """
    A lost paragraph is missed although another has the same words.
    """
    paper = papers.document(papers.said("Not applicable."), papers.table(("Not applicable.", "x")))
    template = papers.with_body("{{ title }}", "{{ section.s.heading }}", "{{ tables.t.caption }}",
                                "Ref", "Action", "x", "{{ tables.t.rows[0].c0.text }}")  # fmt: skip

    found = papers.texts(
        papers.draw(papers.document(papers.said("x")), papers.with_body("{{ title }}", *REST))
    )
    assert "x" in found
    with pytest.raises(PeerkitError, match="leaves out"):
        papers.draw(paper, template)


def test_blocks_need_a_paragraph_of_their_own(papers):
    """
    A block put into a line of text would be a damaged file.
    """
    with pytest.raises(PeerkitError, match="cannot stand in a line of text"):
        papers.draw(
            papers.document(),
            papers.with_body(
                "{{ title }}", "Here: {{ sections[0].body }}", "{{ s }}"[:0] or "x", *REST
            ),
        )


@pytest.mark.parametrize(
    ("sect", "parts"),
    [
        ("<w:titlePg/>", "first"),
        ("", "default"),
    ],
)
def test_a_page_without_the_notices_is_refused(papers, sect, parts):
    """
    Every kind of page must say them, the first too.
    """
    paper = papers.document(notices=("Draft",))

    def change(xml):
        xml = xml.replace("</w:sectPr>", f"{sect}</w:sectPr>")
        return xml if sect else re.sub(r"<w:headerReference[^>]*/>", "", xml)

    with pytest.raises(PeerkitError, match=f"has {parts} pages that do not say “Draft”"):
        papers.draw(paper, papers.changed(document=change))


def test_even_pages_count_too(papers):
    """
    Where the template has them.
    """
    template = papers.changed(
        settings=lambda xml: xml.replace("<w:defaultTab", "<w:evenAndOddHeaders/><w:defaultTab")
    )

    papers.draw(papers.document(), template)
    with pytest.raises(PeerkitError, match="has even pages that do not say"):
        papers.draw(papers.document(notices=("Draft",)), template)


def test_a_tag_where_none_is_filled_is_refused(papers):
    """
    Nothing of the template's syntax is ever published.
    """
    template = papers.changed(fontTable=lambda xml: xml.replace('"Arial"', '"{{ title }}"'))

    with pytest.raises(PeerkitError, match=r"word/fontTable\.xml: A tag stands in a part"):
        papers.draw(papers.document(), template)


def test_a_template_for_another_paper_is_refused(papers):
    """
    A template names its paper in a property.
    """
    content = build(BODY, paper="minutes")

    with pytest.raises(PeerkitError, match="is a template for the paper minutes, not for report"):
        papers.draw(papers.document(), papers.template(content))


def test_what_was_prepared_is_used_for_its_own_template_only(papers):
    """
    A digest ties what was prepared to the file; text brings it back whole.
    """
    content, other = build(BODY), build(BODY, header=HEADER + line("x", "Header"))
    prepared = prepare(content, "own.docx")
    parts = {name: one.encode() for name, one in papers.parts(content).items()}

    assert prepared == loaded(dumped(prepared), "it")
    assert prepared == loaded_for(dumped(prepared), content)
    assert loaded_for(dumped(prepared), other) is None
    assert "*" == paper_of(parts, "own.docx")


def test_a_name_that_is_a_method_elsewhere_is_only_a_name(papers):
    """
    Sections named as Python's own methods are reached like any other.
    """
    from peerkit.document import Section  # noqa: PLC0415 - only here

    sections = (Section(key="items", heading="Items", blocks=(papers.said("Words."),)),)
    template = papers.with_body(
        "{{ title }}", "{{ section.items.heading }}", "{{p section.items.body }}"
    )

    assert "Items" in papers.texts(papers.draw(papers.document(sections=sections), template))
