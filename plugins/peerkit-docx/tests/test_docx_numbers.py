from __future__ import annotations

import re

import pytest

from peerkit.document import (
    LIST_STYLES,
    Column,
    Paragraph,
    Row,
    Section,
    Table,
    Text,
    list_label,
    plain_text,
    walk_blocks,
    walk_sections,
)
from peerkit.errors import PeerkitError
from peerkit_docx.word.xmlreading import tree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def value(element, path):
    found = element.find("/".join(f"{W}{one}" for one in path.split("/")))
    return None if found is None else found.get(f"{W}val")


class Counter:
    """
    Counts as a word processor does.

    In Word lists of one definition go on counting one another's numbers, in
    LibreOffice each list counts for itself; *shared* says which.
    """

    def __init__(self, numbering, *, shared):
        root = tree(numbering.encode(), "numbering")
        self.levels = {
            one.get(f"{W}abstractNumId"): {
                int(level.get(f"{W}ilvl")): (
                    int(value(level, "start")), value(level, "numFmt"), value(level, "lvlText")
                )
                for level in one.iterfind(f"{W}lvl")
            }
            for one in root.iterfind(f"{W}abstractNum")
        }  # fmt: skip
        self.nums = {
            one.get(f"{W}numId"): (
                value(one, "abstractNumId"),
                {
                    int(over.get(f"{W}ilvl")): int(value(over, "startOverride"))
                    for over in one.iterfind(f"{W}lvlOverride")
                },
                {
                    int(level.get(f"{W}ilvl")): (
                        int(value(level, "start")),
                        value(level, "numFmt"),
                        value(level, "lvlText"),
                    )
                    for level in one.iterfind(f"{W}lvlOverride/{W}lvl")
                },
            )
            for one in root.iterfind(f"{W}num")
        }
        self.shared = shared
        self.counts = {}
        self.used = set()

    def label(self, num, level):
        """
        Return what is printed before the next paragraph of *num* on *level*.
        """
        abstract, overrides, own = self.nums[num]
        levels = self.levels[abstract] | own
        counts = self.counts.setdefault(abstract if self.shared else num, {})
        fresh = (num, level) not in self.used
        self.used.add((num, level))
        # Where a list has a level of its own, Word goes by the start that is said in there.
        start = own[level][0] if level in own else overrides.get(level, levels[level][0])
        if (fresh and level in overrides) or level not in counts:
            counts[level] = start
        else:
            counts[level] += 1
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        for higher in range(level):
            counts.setdefault(higher, overrides.get(higher, levels[higher][0]))
        _, form, text = levels[level]
        if form == "bullet":
            return text
        sign = {"decimal": "1", "lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i"}[form]

        def counted(found):
            return list_label(f"{sign}.", counts[int(found[1]) - 1]).rstrip(".")

        return re.sub(r"%(\d)", counted, text)


def counted_lines(parts, *, shared):
    counter = Counter(parts["word/numbering.xml"], shared=shared)
    body = tree(parts["word/document.xml"].encode(), "document")
    for paragraph in body.iter(f"{W}p"):
        num = value(paragraph, "pPr/numPr/numId")
        if num is not None:
            said = "".join(one.text or "" for one in paragraph.iter(f"{W}t"))
            level = int(value(paragraph, "pPr/numPr/ilvl"))
            yield counter.label(num, level), said


def numbers_of_tree(paper):
    found = [(one.number, one.heading) for _, one in walk_sections(paper) if one.number]
    found += [
        (block.number, plain_text(block))
        for block in walk_blocks(paper)
        if isinstance(block, Paragraph) and block.number
    ]
    return sorted(found)


def numbers_of_word(parts, *, shared):
    lines = [
        (label.rstrip("."), said)
        for label, said in counted_lines(parts, shared=shared)
        if label[0].isdigit()
    ]
    return sorted(lines)


def plain(papers, *counts):
    """
    A paper of sections with so many numbered paragraphs each.
    """
    return tuple(
        Section(
            key=f"s{at}",
            heading=f"Section {at}",
            blocks=tuple(papers.counted(f"Words {at}/{one}") for one in range(count)),
        )
        for at, count in enumerate(counts, 1)
    )


@pytest.mark.parametrize("shared", [True, False], ids=["as Word", "as LibreOffice"])
@pytest.mark.parametrize("scheme", ["through", "decimal", "none"])
def test_numbers_are_the_trees(papers, scheme, shared):
    """
    What a word processor counts is what the tree says, around headings and tables.
    """
    paper = papers.document(sections=plain(papers, 3, 1, 0, 12, 2), numbering=scheme)

    parts = papers.parts(papers.draw(paper))

    assert numbers_of_tree(paper) == numbers_of_word(parts, shared=shared)


@pytest.mark.parametrize("shared", [True, False], ids=["as Word", "as LibreOffice"])
@pytest.mark.parametrize(
    ("scheme", "numbers"),
    [
        ("through", ["1", "2", "5", "6", "7", "3"]),
        ("through", ["4", "5", "6", "7", "8", "9"]),
        ("decimal", ["1", "1.1", "1.2", "1.5", "2", "2.1", "2.2", "3", "3.1"]),
        ("decimal", ["1", "1.2", "1.3", "1.4", "3", "3.1", "3.2", "4", "4.1"]),
        ("decimal", ["2", "2.1", "2.3", "2.4", "5", "5.2", "5.3", "9", "9.9"]),
    ],
)
def test_numbers_that_jump_are_counted_too(papers, with_number, scheme, numbers, shared):
    """
    Where something was withheld a list starts again at the right number.
    """
    paper = with_number(papers.document(sections=plain(papers, 3, 2, 1), numbering=scheme), numbers)

    parts = papers.parts(papers.draw(paper))

    assert numbers_of_tree(paper) == numbers_of_word(parts, shared=shared)


def test_a_number_word_cannot_count_is_refused(papers, with_number):
    """
    Rather than typed.
    """
    paper = with_number(papers.document(sections=plain(papers, 1)), ["4a"])

    with pytest.raises(PeerkitError, match="“4a” is not a number"):
        papers.draw(paper)


@pytest.mark.parametrize("shared", [True, False], ids=["as Word", "as LibreOffice"])
def test_lists_count_from_their_start(papers, shared):
    """
    Every list is one of its own, nested ones too, and bullets are real bullets.
    """
    paper = papers.document(
        papers.listed(
            "a", (papers.said("b"), papers.listed("b1", "b2", ordered=True)), ordered=True
        ),
        papers.said("Between."),
        papers.listed("c", (papers.said("d"), papers.listed("e")), ordered=True, start=7),
        papers.listed("f", (papers.said("g"), papers.listed("h"))),
    )

    found = list(counted_lines(papers.parts(papers.draw(paper)), shared=shared))

    assert [
        ("1.", "a"), ("2.", "b"), ("1.", "b1"), ("2.", "b2"),
        ("7.", "c"), ("8.", "d"), ("–", "e"), ("•", "f"), ("•", "g"), ("–", "h"),
    ] == found  # fmt: skip


@pytest.mark.parametrize("shared", [True, False], ids=["as Word", "as LibreOffice"])
@pytest.mark.parametrize("style", LIST_STYLES)
def test_lists_count_in_their_style(papers, style, shared):
    """
    Each begins anew, at any depth and in a cell, and one in the usual style is as it was.
    """

    def listed(*items, **named):
        return papers.listed(*items, **({"ordered": True, "style": style} | named))

    columns = (Column(key="a", heading="A"),)
    cell = (listed("j", (papers.said("k"), listed("l", "m"))),)
    paper = papers.document(
        listed("a", (papers.said("b"), listed("c", (papers.said("d"), listed("e")))), "f"),
        papers.said("Between."),
        listed("g", "h", start=25),
        papers.listed("i", ordered=True),
        Table(key="t", caption="T", columns=columns, rows=(Row(cells=(cell,)),)),
    )

    found = list(counted_lines(papers.parts(papers.draw(paper)), shared=shared))

    numbers = [("a", 1), ("b", 2), ("c", 1), ("d", 2), ("e", 1), ("f", 3), ("g", 25), ("h", 26)]
    numbers += [("i", 0), ("j", 1), ("k", 2), ("l", 1), ("m", 2)]
    wanted = [(list_label(style, number) if number else "1.", said) for said, number in numbers]
    assert wanted == found


@pytest.mark.parametrize("name", ["Peerkit List", "Peerkit Table List"])
def test_a_list_in_another_style_looks_like_the_templates(papers, name):
    """
    However the template indents and prints a number, which may be with more than Word knows.
    """
    more = (
        '<w:suff w:val="space"/><w:lvlText w:val="%1."/><w:lvlJc w:val="right"/><w:pPr>'
        '<w:ind w:left="999" w:hanging="333"/></w:pPr><w:rPr><w:b x:of="1"/><x:glow x:rad="1"/>'
        '<w:rPrChange w:id="7" w:author="Ann"><w:rPr/></w:rPrChange></w:rPr>'
    )
    wanted = (
        '<w:numFmt w:val="lowerLetter"/><w:suff w:val="space"></w:suff><w:lvlText w:val="(%1)"/>'
        '<w:lvlJc w:val="right"></w:lvlJc><w:pPr><w:ind w:left="999" w:hanging="333"></w:ind>'
        "</w:pPr><w:rPr><w:b></w:b></w:rPr></w:lvl>"
    )

    def changed(numbering):
        head, link, tail = numbering.partition(f'<w:styleLink w:val="{name.replace(" ", "")}"/>')
        tail = re.sub(
            r'(?<=decimal"/>)<w:lvlText w:val="%1\."/>.*?(?=</w:lvl>)', more, tail, count=1
        )
        return head.replace("<w:numbering ", '<w:numbering xmlns:x="urn:x" ') + link + tail

    block = papers.listed("a", ordered=True, style="(a)")
    cell = Table(
        key="t", caption="", columns=(Column(key="a", heading="A"),), rows=(Row(cells=((block,),)),)
    )
    paper = papers.document(cell if "Table" in name else block)

    made = papers.parts(papers.draw(paper, papers.changed(numbering=changed)))

    assert wanted in made["word/numbering.xml"]


def test_an_item_that_shows_no_number_counts_all_the_same(papers):
    """
    What begins with a list or table has no words to put a number before.
    """
    paper = papers.document(
        papers.listed("a", (papers.table(("x", "y")),), "c", ordered=True, style="(a)")
    )

    assert [("(a)", "a"), ("(c)", "c")] == list(
        counted_lines(papers.parts(papers.draw(paper)), shared=True)
    )


def test_no_number_is_typed(papers):
    """
    Numbers are Word's: the text holds none.
    """
    found = papers.texts(
        papers.draw(papers.document(sections=plain(papers, 2), numbering="decimal"))
    )

    assert "Section 1" in found
    assert "Words 1/0" in found


@pytest.mark.parametrize("scheme", ["through", "decimal"])
def test_a_reader_of_the_pdf_sees_the_trees_numbers(papers, pdf_pages, scheme):
    """
    LibreOffice counts the same, on paper.
    """
    paper = papers.rich(scheme)
    pages = pdf_pages(papers.draw(paper), f"rich-{scheme}")

    printed = re.sub(r"\s+", " ", " ".join(pages))
    for number, said in numbers_of_tree(paper):
        begun = " ".join(said.split()[:3])
        assert re.search(rf"(?<![\d.]){re.escape(number)}\.? {re.escape(begun)}", printed), number


def test_a_reader_of_the_pdf_sees_where_numbers_jump(papers, pdf_pages, with_number):
    """
    The same when something is withheld.
    """
    numbers = ["1", "1.2", "1.4", "1.5", "3", "3.1", "3.2", "4", "4.1"]
    paper = with_number(
        papers.document(sections=plain(papers, 3, 2, 1), numbering="decimal"), numbers
    )
    printed = re.sub(r"\s+", " ", " ".join(pdf_pages(papers.draw(paper), "jump")))

    for number, said in numbers_of_tree(paper):
        assert f"{number} {said}" in printed


def test_a_reader_of_the_pdf_sees_lists_in_their_style(papers, pdf_pages):
    """
    As many letters as there are items, and each list from its beginning.
    """
    starts = {style: 26 if style.strip("().") in "aA" else 1 for style in LIST_STYLES}
    lists = (
        papers.listed(
            f"First {at}", (papers.said(f"Second {at}"), papers.listed(f"Inner {at}", **named)),
            start=start, **named,
        )
        for at, (style, start) in enumerate(starts.items())
        for named in [{"ordered": True, "style": style}]
    )  # fmt: skip

    printed = re.sub(
        r"\s+", " ", " ".join(pdf_pages(papers.draw(papers.document(*lists)), "styles"))
    )

    for at, (style, start) in enumerate(starts.items()):
        assert f" {list_label(style, start)} First {at} " in printed
        assert (
            f" {list_label(style, start + 1)} Second {at} {list_label(style, 1)} Inner {at} "
            in printed
        )


def test_every_page_says_the_notices(papers, pdf_pages):
    """
    Also the first and the last.
    """
    pages = pdf_pages(papers.draw(papers.rich()), "notices")

    assert 3 <= len(pages)
    assert all("Draft, not for publication" in page for page in pages)
    assert all(f"Page {at} of {len(pages)}" in page for at, page in enumerate(pages, 1))


def test_a_reference_leads_to_its_paragraph(papers):
    """
    A cross-reference is a link inside the paper to what it names.
    """
    body = papers.parts(papers.draw(papers.rich()))["word/document.xml"]

    anchors = set(re.findall(r'<w:hyperlink w:anchor="([^"]+)"', body))
    assert anchors
    assert anchors == set(re.findall(r'<w:bookmarkStart w:id="\d+" w:name="([^"]+)"', body))


def test_numbered_headings_are_words_own(papers):
    """
    A heading's text is the heading; its number is counted.
    """
    sections = (Section(key="s", heading="Purpose", blocks=(papers.counted(Text("a")),)),)
    found = papers.texts(papers.draw(papers.document(sections=sections, numbering="decimal")))

    assert "Purpose" in found
