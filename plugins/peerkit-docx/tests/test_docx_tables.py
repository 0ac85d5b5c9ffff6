from __future__ import annotations

import re

import pytest

from peerkit.document import blocks_from_markdown
from peerkit.errors import PeerkitError


def typed(papers, markdown):
    return papers.document(papers.said("Before."), *blocks_from_markdown(markdown))


def cells(papers, paper):
    body = papers.parts(papers.draw(paper))["word/document.xml"]
    (table,) = re.findall(r"<w:tbl>.*?</w:tbl>", body)
    return [
        [
            "".join(re.findall(r"<w:t [^>]*>([^<]*)", cell))
            for cell in re.findall(r"<w:tc>.*?</w:tc>", row)
        ]
        for row in re.findall(r"<w:tr>.*?</w:tr>", table)
    ]


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("| a | b |\n|---|---|\n| x | |\n", [["a", "b"], ["x", ""]]),
        ("| a | b |\n|---|---|\n", [["a", "b"]]),
    ],
    ids=["empty cell", "no rows"],
)
def test_a_table_in_prose_is_drawn_as_it_was_typed(papers, markdown, expected):
    """
    What an officer left empty is empty in Word, as it is in Markdown; nothing is invented.
    """
    assert expected == cells(papers, typed(papers, markdown))


@pytest.mark.parametrize(
    "markdown",
    ["| a | |\n|---|---|\n| x | y |\n", "| | |\n|---|---|\n| x | y |\n", "| | |\n|---|---|\n"],
    ids=["a heading missing", "no headings", "nothing"],
)
def test_a_table_in_prose_has_a_heading_for_each_column(papers, markdown):
    """
    Whoever hears a table read hears the heading with each cell.
    """
    with pytest.raises(PeerkitError, match="A column or row of a table has no heading") as caught:
        papers.draw(typed(papers, markdown))

    assert ["access-empty-header"] == [one.code for one in caught.value.problems]


def test_an_empty_cell_holds_an_empty_paragraph(papers):
    """
    Word takes a cell without one for damage.
    """
    paper = typed(papers, "| a | b |\n|---|---|\n| x | |\n")

    body = papers.parts(papers.draw(paper))["word/document.xml"]

    assert body.count("</w:p></w:tc>") == body.count("</w:tc>") == 4
    assert '<w:p><w:pPr><w:pStyle w:val="TableText"/></w:pPr></w:p></w:tc>' in body


def test_headings_without_rows_are_looked_for(papers):
    """
    A template that leaves them out is refused, as for any other text.
    """
    paper = typed(papers, "| alpha | beta |\n|---|---|\n")
    template = papers.with_body("{{ title }}", "{{ section.s.heading }}", "Before.", "beta")

    with pytest.raises(PeerkitError, match="leaves out a text of the paper: “alpha”"):
        papers.draw(paper, template)


@pytest.mark.parametrize(
    ("block", "said"),
    [
        (lambda p: p.table(("A1", " ")), "A cell under “Action” is empty."),
        (lambda p: p.table(("A1", "x"), headings=("Ref", "")), "A column or row of a table has no heading."),
        (lambda p: p.table(), "A table has no rows, and no words to say so."),
    ],
)  # fmt: skip
def test_a_composed_table_is_never_empty(papers, block, said):
    """
    A paper's own tables say in words that there is nothing.
    """
    with pytest.raises(PeerkitError) as caught:
        papers.draw(papers.document(block(papers)))

    assert said == caught.value.message


def test_two_typed_tables_need_a_sentence_between_them(papers):
    """
    Word would make one of them, and an officer can type no caption.
    """
    one = "| a |\n|---|\n| x |\n"

    with pytest.raises(PeerkitError, match="Two tables follow one another") as caught:
        papers.draw(typed(papers, f"{one}\n{one}"))
    assert "Put a sentence between them" in caught.value.mend
