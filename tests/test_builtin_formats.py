import datetime as dt
import json
import os
import pathlib
import string
import subprocess
import sys

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from peerkit.builtin.formats import JSON, MARKDOWN
from peerkit.builtin.json import document_from_json
from peerkit.document import (
    LIST_STYLES,
    Break,
    Bullets,
    Column,
    Document,
    Emphasis,
    Field,
    Fields,
    Figure,
    Heading,
    Link,
    Paragraph,
    Properties,
    Quote,
    Reference,
    Row,
    Section,
    Strong,
    Table,
    Text,
    blocks_from_markdown,
    list_label,
    numbered,
    plain_text,
    text_inlines,
)
from peerkit.errors import Address, PeerkitError
from peerkit.papers import losses

GOLDEN = pathlib.Path(__file__).parent / "golden"
FRAME = "# Frame title\n\nFrame author\n\n## Frame section\n\n"
HERE = Address("report", "secret-report", "background")


def of(*blocks, **rest):
    rest = {"title": "Frame title", **rest}
    own = {"paper": "p", "language": "en-GB", "properties": Properties(author="Frame author")}
    section = Section(key="s", heading="Frame section", blocks=blocks)
    return Document(**own, sections=(section,), **rest)


def paragraph(words):
    return Paragraph(inlines=text_inlines(words))


def table(*cells, heading="Frame", **rest):
    rest = {"key": "t", "caption": "", "rows": (Row(cells=cells),), **rest}
    columns = tuple(Column(key=f"c{i}", heading=heading) for i, _ in enumerate(cells or "a"))
    return Table(columns=columns, **rest)


def lettered(*items, **rest):
    return Bullets(items=items, **{"ordered": True, "style": "(a)", **rest})


PROSE = r"""
The review took place in *September*; see [paragraph](#themes). It was **strong\
and _plain_** work. [Read it](https://example.org/a_(b)?c=1&d=2).

- Plans are on time

  and read.
- Targets
  1. vary
  2. by school

* A second list

3. Three
4. Four

> Not *always* measurable.
> - Leaders said so

| Measure | 2021 |
| --- | ---: |
| A \| B | **94**% |

### Hostile

1\. `{{ 7*7 }}` {% raw %} </w:t> ]]> &#60; R&D <b>x</b> ~~y~~ $z$ \# + - = | a_b _c
"""


@pytest.fixture(name="rich", scope="module")
def _rich():
    """
    A document that has every kind of block in every place.
    """
    front = Fields(
        key="front",
        caption="Front sheet",
        headings=("Item", "Detail"),
        fields=(
            Field(key="of", label="Report of", value=(paragraph("Director & Mayor"),)),
            Field(key="to", label="Submitted to", value=blocks_from_markdown("- One\n- Two")),
        ),
    )
    plan = Table(
        key="plan",
        caption="Action plan",
        columns=(
            Column(key="do", heading="What we will do"),
            Column(key="by", heading="By"),
        ),
        rows=(
            Row(cells=((paragraph("Train\nteachers"), paragraph("A|B")), (paragraph("July"),))),
            Row(cells=((), blocks_from_markdown("[paragraph](#themes)"))),
        ),
    )
    document = Document(
        paper="committee-report",
        title="Virtual School: peer review & plan",
        language="en-GB",
        properties=Properties(author="A Council", keywords=("a", "b"), day=dt.date(2022, 2, 14)),
        notices=("Illustrative: not the council’s document", "Draft"),
        front=(front,),
        numbering="decimal",
        address=HERE,
        sections=(
            Section(
                key="purpose",
                heading="Purpose",
                blocks=blocks_from_markdown(PROSE, is_numbered=True, address=HERE),
                sections=(Section(key="inner", heading="#1: An inner one", blocks=(plan,)),),
            ),
            Section(
                key="themes",
                heading="Themes",
                blocks=(
                    Heading(inlines=(Text("Below"),)),
                    attrs.evolve(paragraph("Line\n- and line"), is_numbered=True, name="themes"),
                    lettered(
                        (
                            paragraph("the outcomes be noted"),
                            lettered((paragraph("at once"),), style="i."),
                        ),
                        (paragraph("the plan be endorsed"),),
                    ),
                    table(key="e", caption="Risks", rows=(), empty="No risks."),
                    Figure(
                        key="f",
                        alternative="A chart that rises",
                        content=b"\x89PNG",
                        media_type="image/png",
                        caption="Attendance",
                    ),
                ),
            ),
        ),
    )
    return numbered(document)


FORMATS = [MARKDOWN, JSON]


@pytest.mark.parametrize("form", FORMATS, ids=["md", "json"])
def test_rich_document_is_drawn_as_agreed(rich, form):
    """
    The drawn file is the golden one; PEERKIT_UPDATE_GOLDEN=1 writes it anew.
    """
    path = GOLDEN / f"rich{form.suffix}"
    drawn = form.draw(rich, None)
    if os.environ.get("PEERKIT_UPDATE_GOLDEN") == "1":
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(drawn)

    assert path.read_bytes() == drawn


@pytest.mark.parametrize("form", FORMATS, ids=["md", "json"])
def test_files_end_in_one_line_end_and_tell_no_address(rich, form):
    """
    Files have LF ends only, one at the last, and nothing of the folder they came from.
    """
    drawn = form.draw(rich, None)

    assert drawn.endswith(b"\n")
    assert not drawn.endswith(b"\n\n")
    assert b"\r" not in drawn
    assert b"secret-report" not in drawn
    assert b"address" not in drawn


@pytest.mark.parametrize("form", FORMATS, ids=["md", "json"])
def test_texts_hold_what_a_reader_finds(rich, form):
    """
    Every word of the document is among the texts of its file.
    """
    found = " ".join(form.texts(form.draw(rich, None)))
    words = """
        Illustrative: Draft Virtual Purpose Front sheet Director Two Item Detail strong and plain
        Three measurable. Measure 94 {{ 7*7 }} </w:t> &#60; <b>x</b> teachers A|B July Risks
        risks. rises Attendance https://example.org/a_(b)?c=1&d=2
    """

    assert set() == {word for word in words.split() if word not in found}


@pytest.mark.parametrize("form", FORMATS, ids=["md", "json"])
def test_nothing_is_lost_in_drawing(rich, form):
    """
    What is verified before a file is handed out holds for each format.
    """
    assert () == losses(rich, form.texts(form.draw(rich, None)))


def test_drawing_needs_no_luck(rich):
    """
    Another process, with other hashes and another locale, draws the same bytes.
    """
    code = (
        "import sys\n"
        "from peerkit.builtin.formats import JSON, MARKDOWN\n"
        "from peerkit.builtin.json import document_from_json\n"
        "tree = document_from_json(sys.stdin.buffer.read())\n"
        "sys.stdout.buffer.write(MARKDOWN.draw(tree, None) + JSON.draw(tree, None))"
    )
    drawn = JSON.draw(rich, None)
    changes = {"PYTHONHASHSEED": "7", "LC_ALL": "tr_TR.UTF-8", "TZ": "Pacific/Kiritimati"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        input=drawn,
        env={**os.environ, **changes},
        capture_output=True,
        check=True,
    )

    assert MARKDOWN.draw(rich, None) + drawn == done.stdout


# Markdown


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (attrs.evolve(paragraph("a"), number="5"), "**5.** a"),
        (attrs.evolve(paragraph("a"), number="2.3"), "**2.3** a"),
        (paragraph("5. a\n- b\n# c"), "5\\. a\\\n\\- b\\\n\\# c"),
        (Paragraph(inlines=(Text("un"), Strong((Text("like"),)), Text("ly"))), "un**like**ly"),
        (Paragraph(inlines=(Text("a"), Emphasis((Text("b"),)))), "ab"),
        (Paragraph(inlines=(Strong((Text(" a "),)), Text("b"))), "**a** b"),
        (Paragraph(inlines=(Strong((Text("a"),)), Strong((Text("b"),)))), "**ab**"),
        (Paragraph(inlines=(Emphasis((Text("a"),)), Strong((Emphasis((Text("!"),)),)))), "_a\\!_"),
        (paragraph("see https://a.b/c_d?e=1&f."), "see https://a.b/c_d?e=1&f."),
        (paragraph("see https://a.b/~c, www.a.b/_c"), "see https\\://a.b/\\~c, www\\.a.b/\\_c"),
        (Heading(inlines=(Text("#1 in C #"),)), "### #1 in C \\#"),
        (Paragraph(inlines=(Reference("paragraph", "x", "7"),)), "paragraph 7"),
        (Paragraph(inlines=(Link((Text("a"),), "javascript:b"),)), "a (javascript:b)"),
        (Bullets(items=((paragraph("a"),), ())), "- a\n-"),
        (Bullets(items=((paragraph("a"),),), ordered=True, start=7), "7. a"),
        (lettered((paragraph("a"),), (paragraph("b"),)), "- (a) a\n- (b) b"),
        (lettered((paragraph("5. a\n- b"),), (), style="1)"), "- 1\\) 5. a\\\n  \\- b\n- 2\\)"),
        (lettered((paragraph("a"),), start=27, style="A."), "- AA. a"),
        (lettered((paragraph(""),), (Heading(inlines=(Text("b"),)),)), "- (a)\n- ### (b) b"),
        (
            lettered((paragraph("a"), lettered((paragraph("b"),), style="i.")), (paragraph("c"),)),
            "- (a) a\n  - i. b\n- (b) c",
        ),
        (
            lettered((lettered((paragraph("a"),), style="1)"),), (paragraph("b"), paragraph("c"))),
            "- (a)\n  - 1\\) a\n\n- (b) b\n\n  c",
        ),
        (lettered((table((paragraph("a"),)),)), "- (a)\n\n  | Frame |\n  | --- |\n  | a |"),
        (table((paragraph("a\nb"), paragraph("c"))), "| Frame |\n| --- |\n| a / b / c |"),
        (
            table((Bullets(items=((paragraph("a"),), (paragraph("b"),))),)),
            "| Frame |\n| --- |\n| a; b |",
        ),
        (
            table(
                (paragraph("a"), lettered((paragraph("b"),), (paragraph("c|d"), paragraph("e"))))
            ),
            "| Frame |\n| --- |\n| a / (a) b; (b) c\\|d / e |",
        ),
        (
            table((lettered((paragraph("a"), lettered((paragraph("b"),), style="1)"))),)),
            "| Frame |\n| --- |\n| (a) a / 1) b |",
        ),
        (table(caption="C", rows=(), empty="None."), "**C**\n\nNone."),
    ],
)
def test_block_is_drawn_so(block, expected):
    """
    Each block has its form, chosen to read well without a program too.
    """
    drawn = MARKDOWN.draw(of(block), None).decode()

    assert f"{FRAME}{expected}\n" == drawn


def test_lists_in_a_row_stay_apart():
    """
    Neighbouring lists change their marks, so that no program makes them one.
    """
    items = ((paragraph("a"),), (paragraph("b"),))
    lists = [
        Bullets(items=items, ordered=o, start=s, style=style)
        for o, s, style in [
            *((False, 1, "1."), (False, 1, "1."), (True, 3, "1."), (True, 3, "1.")),
            *((True, 3, "1)"), (True, 3, "(a)"), (True, 3, "1."), (True, 3, "1)")),
        ]
    ]
    drawn = MARKDOWN.draw(of(*lists), None).decode()
    tokens = MarkdownIt().parse(drawn)

    starts = [t.attrs.get("start") for t in tokens if t.type.endswith("list_open")]
    assert [None, None, 3, 3, None, None, 3, None] == starts


@pytest.mark.parametrize("style", LIST_STYLES)
def test_label_is_read_as_it_is_printed(style):
    """
    No program takes a label for a list of its own, in a list or in a cell.
    """
    words = (Paragraph(inlines=(Strong((Text("a"),)),)),)
    listed = lettered(words, words, start=2, style=style)
    labels = [list_label(style, number) for number in (2, 3)]

    inside = MARKDOWN.draw(of(listed), None)
    cell = MARKDOWN.draw(of(table((listed,))), None)

    own = [""] if style == "1." else [f"{label} " for label in labels]
    assert [("p", f"{label}a") for label in (own * 2)[:2]] == read(inside)[3:]
    assert ("td", "; ".join(f"{label} a" for label in labels)) == read(cell)[-1]
    tokens = MarkdownIt("commonmark").parse(inside.decode())
    assert 1 == sum(token.type.endswith("list_open") for token in tokens)


def test_list_that_begins_below_zero_is_refused():
    """
    What Markdown cannot say is refused, not altered.
    """
    with pytest.raises(PeerkitError, match="no list that begins at -1"):
        MARKDOWN.draw(of(Bullets(items=((),), ordered=True, start=-1)), None)


def read(drawn):
    """
    Return what another program finds: (block type, text with hard breaks) of each.
    """
    tokens = MarkdownIt("commonmark").enable("table").parse(drawn.decode())
    found = []
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type == "inline":
            breaks = {"hardbreak": "\n", "softbreak": "?"}
            text = "".join(breaks.get(c.type, c.content) for c in token.children)
            found.append((before.tag, text))
        elif token.nesting == 0:
            found.append((token.type, token.content))
    return found


ANY = st.text(
    st.one_of(
        st.sampled_from(string.punctuation + " 1a\n\u00a0é"),
        st.characters(exclude_categories=("Cs", "Cc")),
    ),
    max_size=40,
)


def tidy(text, line="\n"):
    """
    Return *text* without the space that Markdown cannot keep.
    """
    text = "\n".join(part.lstrip(" \t") for part in text.strip().split("\n"))
    return text if line == "\n" else line.join(filter(None, map(str.strip, text.split("\n"))))


POSITIONS = {
    "paragraph": (lambda t: of(paragraph(t)), "p", "\n"),
    "numbered": (lambda t: of(attrs.evolve(paragraph(t), number="5")), "p", "\n"),
    "title": (lambda t: of(title=t), "h1", " "),
    "notice": (lambda t: of(notices=(t,)), "p", "\n"),
    "heading": (lambda t: of(Heading(inlines=text_inlines(t))), "h3", " "),
    "lettered": (lambda t: of(lettered((paragraph(t),))), "p", "\n"),
    "bracketed": (lambda t: of(lettered((paragraph(t),), style="1)")), "p", "\n"),
    "item": (lambda t: of(Bullets(items=((paragraph(t),), (paragraph(t),)))), "p", "\n"),
    "quote": (lambda t: of(Quote(blocks=(paragraph(t),))), "p", "\n"),
    "cell": (lambda t: of(table((paragraph(t),), (paragraph(t),))), "td", " / "),
    "column": (lambda t: of(table((), heading=t)), "th", " / "),
    "caption": (lambda t: of(table(caption=t, rows=())), "p", "\n"),
    "empty": (lambda t: of(table(empty=t, rows=())), "p", "\n"),
    "link": (
        lambda t: of(Paragraph(inlines=(Text("!"), Link((Text(t),), "https://a")))),
        "p",
        "\n",
    ),
    "strong": (lambda t: of(Paragraph(inlines=(Strong(text_inlines(t)),))), "p", "\n"),
    "figure": (
        lambda t: of(Figure(key="f", alternative=t, content=b"", media_type="image/png")),
        "p",
        "\n",
    ),
}


@pytest.mark.parametrize("position", POSITIONS)
@given(text=ANY)
@example(text="&amp; &#60; <b> [a](b) ![c](d) `e` *f* _g_ ~h~ a|b \\| \\ # 1.")
@example(text="\n 2. a\n\n")
@example(text="a|b\n---|---\n===\n1) c\n+ d\n> e\n    f")
def test_any_text_survives_in_any_position(position, text):
    """
    A CommonMark program finds the very characters of the tree, and no other block.
    """
    compose, tag, line = POSITIONS[position]
    leads = {"numbered": "5. ", "lettered": "(a) ", "bracketed": "1) ", "link": "!"}
    lead = leads.get(position, "")
    words = tidy(text, line) or ("https://a" if position == "link" else "")
    if position == "link" and words != "https://a":
        words = "\n".join(part.lstrip(" \t") for part in text.rstrip().split("\n"))
        words = words if text.lstrip() == text else None
    found = read(MARKDOWN.draw(compose(text), None))

    rest = [(kind, told) for kind, told in found if told and not told.startswith("Frame")]
    assert {tag} >= {kind for kind, _ in rest}
    if words is not None:
        assert {(lead + words).strip()} - {""} == {told.strip() for _, told in rest}


STYLED = st.recursive(
    st.builds(Text, st.text('ab *_[]!&("é\n', max_size=6)) | st.just(Break()),
    lambda inner: st.one_of(
        st.builds(Strong, st.lists(inner, max_size=3).map(tuple)),
        st.builds(Emphasis, st.lists(inner, max_size=3).map(tuple)),
        st.builds(Link, st.lists(inner, max_size=3).map(tuple), st.just("https://a")),
    ),
    max_leaves=8,
)


@given(st.lists(STYLED, max_size=4).map(tuple))
def test_styles_never_eat_or_print_a_mark(inlines):
    """
    However emphasis, strong and links are nested and joined, the words stay.
    """
    inlines = (Text("a"), *inlines, Text("a"))
    found = read(MARKDOWN.draw(of(Paragraph(inlines=inlines)), None))
    expected = "".join(plain_text(inlines).split())

    actual = "".join(found[3][1].split()).replace("https://a", "")
    assert (4, expected) == (len(found), actual)


# JSON


def test_json_tells_the_tree_in_its_order(rich):
    """
    The head of a file is stable; each block bears its type, days are ISO 8601.
    """
    plain = json.loads(JSON.draw(rich, None))

    assert ["peerkit", *(f.name for f in attrs.fields(Document) if f.name != "address")] == list(
        plain
    )
    assert ("document/1", "2022-02-14") == (plain["peerkit"], plain["properties"]["day"])
    assert "fields" == plain["front"][0]["type"]
    assert "1.1" == plain["sections"][0]["blocks"][0]["number"]


def test_json_reads_back_as_it_was_drawn(rich):
    """
    Reading undoes drawing, but for addresses, which are not told.
    """
    drawn = JSON.draw(rich, None)

    assert drawn == JSON.draw(document_from_json(drawn), None)
    assert MARKDOWN.draw(rich, None) == MARKDOWN.draw(document_from_json(drawn), None)


@given(st.lists(STYLED, max_size=4).map(tuple), ANY)
def test_json_keeps_every_inline(inlines, title):
    """
    A tree without addresses is read back equal.
    """
    document = of(Paragraph(inlines=inlines), title=title)

    assert document == document_from_json(JSON.draw(document, None))


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        (("peerkit",), "document/2", "it does not say “peerkit”: “document/1”"),
        (("title",), 1, "title must be text"),
        (("paper",), None, "paper must be text"),
        (("extra",), 1, "it has “extra”, which is not known"),
        (("properties",), {}, "properties lacks “author”"),
        (("properties", "day"), "soon", "properties.day must be a day, such as 2022-02-14"),
        (("page_words",), ["a"], "page_words must be a list of 2"),
        (("sections",), {}, "sections must be a list"),
        (("sections", 0), "a", "sections[0] must be an object"),
        (("sections", 0, "blocks", 0, "type"), "text", "sections[0].blocks[0] must have a “type”"),
        (("sections", 0, "blocks", 0, "type"), [], "sections[0].blocks[0] must have a “type”"),
        (("sections", 0, "blocks", 0, "is_numbered"), 1, "is_numbered must be true or false"),
        (
            ("sections", 1, "blocks", 2, "style"),
            "α",
            "[1].blocks[2] cannot be: a list is counted in",
        ),
        (("sections", 1, "blocks", 2, "start"), 0, "the style “(a)” counts from 1 to 780"),
        (("sections", 1, "blocks", 4, "content"), "?", "content must be base64"),
        (("sections", 1, "blocks", 3, "columns", 0, "width"), True, "width must be a whole number"),
    ],
)
def test_malformed_json_is_refused_in_a_sentence(rich, path, value, expected):
    """
    What is wrong is told with its path in the file.
    """
    plain = json.loads(JSON.draw(rich, None))
    *way, last = path
    inside = plain
    for step in way:
        inside = inside[step]
    inside[last] = value

    with pytest.raises(PeerkitError) as refused:
        document_from_json(json.dumps(plain).encode())

    assert expected in refused.value.message


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff", b"[]", b"null", b"[" * 100_000, b'{"a":' * 100_000],
    ids=["empty", "cut", "not UTF-8", "list", "null", "deep list", "deep object"],
)
def test_what_is_no_json_is_refused(content):
    """
    Bytes of any kind end in a sentence, never in a traceback.
    """
    with pytest.raises(PeerkitError, match="The file is not"):
        document_from_json(content)


def test_json_that_is_nested_too_deeply_is_refused(rich):
    """
    A tree deeper than anyone writes is refused while it is read.
    """
    plain = json.loads(JSON.draw(rich, None))
    quote = []
    for _ in range(120):
        quote = [{"type": "quote", "blocks": quote}]
    plain["front"] = quote

    with pytest.raises(PeerkitError, match="is nested too deeply"):
        document_from_json(json.dumps(plain).encode())
