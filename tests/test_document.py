import attrs
import pytest

from peerkit.document import (
    LIST_STYLES,
    Bullets,
    Column,
    Document,
    Field,
    Fields,
    Figure,
    Heading,
    Link,
    Name,
    Paragraph,
    Properties,
    Quote,
    Reference,
    Row,
    Section,
    Shape,
    Strong,
    Table,
    Text,
    field_names,
    list_label,
    numbered,
    plain_text,
    project,
    section_names,
    shape_problems,
    table_names,
    walk_blocks,
    walk_sections,
)
from peerkit.document.numbering import ReferenceProblem
from peerkit.errors import Address

HERE = Address("report", "r", "background")


def paragraph(words="words", **rest):
    return Paragraph(inlines=(Text(words),), is_numbered=True, **rest)


def reference(to="target"):
    return Paragraph(inlines=(Strong((Link((Reference("see", to),), "https://a.b"),)),))


def table(*cells, **rest):
    columns = tuple(Column(key=f"c{i}", heading=f"C{i}") for i, _ in enumerate(cells))
    rest = {"key": "t", "caption": "Cap", "rows": (Row(cells=cells),), **rest}
    return Table(columns=columns, **rest)


def fields(*blocks):
    field = Field(key="to", label="To", value=blocks)
    return Fields(key="front", caption="Front", headings=("Item", "Detail"), fields=(field,))


def document(*sections, **rest):
    rest = {"paper": "p", "title": "T", "language": "en-GB", **rest}
    return Document(properties=Properties(author="A"), sections=sections, **rest)


def section(key, *blocks, **rest):
    return Section(key=key, heading=key.title(), blocks=blocks, **rest)


@pytest.fixture(name="two_sections")
def _two_sections():
    inner = section("c", paragraph())
    return (
        section("a", paragraph(), Heading(inlines=()), paragraph(), sections=(inner,)),
        section("b", Paragraph(inlines=()), paragraph()),
    )


# Numbers


@pytest.mark.parametrize(
    ("scheme", "headings", "paragraphs"),
    [
        ("through", ["", "", ""], ["1", "2", "3", "", "4"]),
        ("decimal", ["1", "", "2"], ["1.1", "1.2", "1.3", "", "2.1"]),
        ("none", ["", "", ""], ["", "", "", "", ""]),
    ],
)
def test_scheme_numbers_headings_and_paragraphs(two_sections, scheme, headings, paragraphs):
    """
    Numbers follow reading order, inner sections included, and skip plain paragraphs.
    """
    done = numbered(document(*two_sections, numbering=scheme))

    blocks = [block for block in walk_blocks(done) if isinstance(block, Paragraph)]
    assert headings == [one.number for _, one in walk_sections(done)]
    assert paragraphs == [block.number for block in blocks]


def test_numbering_twice_changes_nothing(two_sections):
    """
    A numbered document stays as it is when it is numbered again.
    """
    done = numbered(document(*two_sections))

    assert done == numbered(done)


# References


@pytest.mark.parametrize(
    "holder",
    [
        pytest.param(reference(), id="paragraph"),
        pytest.param(Heading(inlines=reference().inlines), id="heading"),
        pytest.param(Bullets(items=((Bullets(items=((reference(),),)),),)), id="nested list"),
        pytest.param(Quote(blocks=(reference(),)), id="quote"),
        pytest.param(table((reference(),)), id="cell"),
        pytest.param(fields(reference()), id="front sheet"),
    ],
)
def test_reference_gets_its_number_wherever_it_stands(holder):
    """
    A reference inside any block, and before its target, is resolved.
    """
    target = paragraph(name="target")
    done = numbered(document(section("a", holder, paragraph(), target), front=(holder,)))

    assert "see 2" in plain_text(done.front)
    assert "see 2" in plain_text(done.sections[0].blocks[:1])


def test_reference_to_section_prints_its_number():
    """
    Under the decimal scheme a section can be cited by its number.
    """
    done = numbered(document(section("a", reference(), name="target"), numbering="decimal"))

    assert "see 1" == plain_text(done.sections[0].blocks)


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        pytest.param((), "“#target” is the name of no part of this paper.", id="nobody"),
        pytest.param(
            (table(name="target"),),
            "“#target” is the name of a part without a number.",
            id="table",
        ),
        pytest.param(
            (Quote(blocks=(paragraph(name="target"),)),),
            "“#target” is the name of a part without a number.",
            id="inside a quote",
        ),
    ],
)
def test_dangling_reference_is_refused_with_address(blocks, expected):
    """
    A reference that can print no number names the block it stands in.
    """
    holder = attrs.evolve(reference(), address=HERE)

    with pytest.raises(ReferenceProblem) as refused:
        numbered(document(section("a", holder, *blocks)))

    assert (expected, HERE) == (refused.value.message, refused.value.address)


FIGURE = Figure(key="f", alternative="Alt", content=b"", media_type="image/png", name="twin")


@pytest.mark.parametrize(
    "first",
    [
        paragraph(name="twin"),
        table(name="twin"),
        FIGURE,
        Bullets(items=((paragraph(name="twin"),),)),
        table((paragraph(name="twin"),)),
    ],
    ids=["paragraph", "table", "figure", "item", "cell"],
)
def test_double_name_is_refused_with_address(first):
    """
    Two blocks of one name are an error at the second, wherever they lie.
    """
    second = paragraph(name="twin", address=HERE)

    with pytest.raises(
        ReferenceProblem, match="Two parts of the paper are named “twin”"
    ) as refused:
        numbered(document(section("a", first), section("b", second)))

    assert HERE == refused.value.address


# The tree


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (paragraph("a"), "a"),
        ((paragraph("a"), paragraph("b")), "a\nb"),
        ((), ""),
        (Reference("", "x", "5"), "5"),
        (table((paragraph("a"),), ()), "Cap\nC0\nC1\na\n"),
        (table(caption="Cap", rows=(), empty="None"), "Cap\nNone"),
        (fields(paragraph("a")), "To\na"),
        (FIGURE, "Alt"),
    ],
)
def test_plain_text_holds_the_words(part, expected):
    """
    Every word of a part is in its plain text, in reading order.
    """
    assert expected == plain_text(part)


# Shapes


SHAPE = Shape(
    (
        *section_names("risk", "risks", "Risk"),
        *section_names("risk/legal", "legal risks", "Legal", optional=True),
        *field_names("to", "the body", "Executive"),
        *table_names("t", {"c0": "the action"}, "actions"),
    )
)


@pytest.mark.parametrize(
    ("blocks", "front", "expected"),
    [
        pytest.param((table(()),), (fields(),), set(), id="fits"),
        pytest.param((table(()), table((), key="")), (fields(),), set(), id="table of prose"),
        pytest.param(
            (table(()),), (), {"fields.to.body", "fields.to.label", "fields.to.text"}, id="lacks"
        ),
        pytest.param(
            (table((), ()),),
            (fields(),),
            {"tables.t.rows[].c1.body", "tables.t.rows[].c1.text"},
            id="has more",
        ),
    ],
)
def test_misfit_of_shape_is_told(blocks, front, expected):
    """
    A document has the names of its shape and no others; optional ones may lack.
    """
    problems = shape_problems(SHAPE, document(section("risk", *blocks), front=front))

    assert expected == {
        word for problem in problems for word in problem.replace(",", "").split() if "." in word
    }


def test_every_name_of_a_shape_can_be_reached():
    """
    The dotted paths of a shape lead somewhere in the projection.
    """
    inner = section("legal", paragraph())
    context = project(document(section("risk", table(()), sections=(inner,)), front=(fields(),)))

    def reach(found, step):
        key, is_list = step.removesuffix("[]"), step.endswith("[]")
        return next(iter(found[key]), {}) if is_list else found[key]

    for name in SHAPE.names:
        found = context
        for step in name.path.split("."):
            found = reach(found, step)


def test_name_is_not_optional_unless_told():
    """
    What a shape names must be in the document.
    """
    assert not Name(path="a", meaning="b", example="c").optional


def test_a_row_has_a_cell_for_each_column():
    """
    Whoever composes a paper is told which row has another number.
    """
    columns = (Column(key="a", heading="A"), Column(key="b", heading="B"))
    short = Row(cells=((),))

    with pytest.raises(ValueError, match="row 2 of the table “t” has 1 cells, and there are 2"):
        Table(key="t", caption="", columns=columns, rows=(Row(cells=((), ())), short))


@pytest.mark.parametrize("width", [0, -1])
def test_a_column_has_a_width(width):
    """
    Widths are shares of the whole.
    """
    with pytest.raises(ValueError, match="width"):
        Column(key="a", heading="A", width=width)


# Labels of lists


@pytest.mark.parametrize(
    ("style", "number", "expected"),
    [
        ("1.", 0, "0."),
        ("(1)", 1_000, "(1000)"),
        ("a)", 26, "z)"),
        ("(a)", 27, "(aa)"),
        ("(a)", 53, "(aaa)"),
        ("A.", 28, "BB."),
        ("a.", 780, f"{'z' * 30}."),
        ("(i)", 3, "(iii)"),
        ("i.", 4, "iv."),
        ("i)", 1_949, "mcmxlix)"),
        ("(i)", 3_999, "(mmmcmxcix)"),
    ],
)
def test_label_is_printed_as_word_counts(style, number, expected):
    """
    A letter behind z is repeated, as Word and LibreOffice do; romans are those of a clock.
    """
    assert expected == list_label(style, number)


@pytest.mark.parametrize("style", LIST_STYLES)
def test_first_label_is_the_name_of_its_style(style):
    """
    Whoever chooses a style sees what the first item is called.
    """
    assert style == list_label(style, 1)


@pytest.mark.parametrize(
    ("style", "number", "expected"),
    [
        ("(a)", 0, "the style “(a)” counts from 1 to 780, and not to 0"),
        ("A.", 781, "the style “A.” counts from 1 to 780, and not to 781"),
        ("i)", 4_000, "the style “i)” counts from 1 to 3999, and not to 4000"),
        ("α", 1, "a list is counted in the style “α”, which is none of: 1., 1), (1), a., "),
    ],
)
def test_label_that_nobody_could_read_is_refused(style, number, expected):
    """
    A list is refused where it is made, whether its first or its last item has no label.
    """
    with pytest.raises(ValueError, match="style") as refused:
        list_label(style, number)
    with pytest.raises(ValueError, match="style") as made:
        Bullets(items=((), ()), ordered=True, start=number - (number > 1), style=style)

    assert str(refused.value).startswith(expected)
    assert str(made.value) == str(refused.value)


def test_list_without_numbers_needs_no_label():
    """
    Its style says nothing, but has to be one.
    """
    assert 0 == Bullets(items=((),), start=0, style="(a)").start
    with pytest.raises(ValueError, match="none of"):
        Bullets(items=((),), style="*")
