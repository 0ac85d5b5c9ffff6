import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerkit.rules.numbers import (
    NO_FIGURE,
    NumberCellError,
    answer_around,
    answer_for,
    answers_in,
    cut,
)

MOST = 12
NUMBERS = st.integers(min_value=0, max_value=MOST)

# every form of a cell, and the numbers it says
FORMS = {
    "under {}": lambda n, _: range(n),
    "at most {}": lambda n, _: range(n + 1),
    "{} or more": lambda n, _: range(n, 99),
    "over {}": lambda n, _: range(n + 1, 99),
    "{}": lambda n, _: (n,),
    "{} to {}": lambda n, m: range(n, m + 1),
    "any figure": lambda *_: range(99),
}


@st.composite
def cells(draw):
    """
    A cell, and the numbers it says.
    """
    form = draw(st.sampled_from([*FORMS]))
    first, last = sorted((draw(NUMBERS), draw(NUMBERS)))
    first += form == "under {}"
    sign = draw(st.sampled_from(["", "%", " %"]))
    said = form.format(f"{first}{sign}", f"{last}{sign}")
    return draw(st.sampled_from([said, said.upper()])), FORMS[form](first, last)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param([], ("any figure", "no figure"), id="no edges"),
        pytest.param(["no figure"], ("any figure", "no figure"), id="no figure cuts nothing"),
        pytest.param(["0 or more"], ("any figure", "no figure"), id="all figures cut nothing"),
        pytest.param(
            ["under 50", "26 to 75"],
            ("under 26", "26 to 49", "50 to 75", "76 or more", "no figure"),
            id="overlapping",
        ),
        pytest.param(["0"], ("0", "1 or more", "no figure"), id="nought alone"),
        pytest.param(["100%"], ("under 100", "100", "101 or more", "no figure"), id="one figure"),
        pytest.param(
            ["at most 25%", "over 25 %"], ("under 26", "26 or more", "no figure"), id="per cent"
        ),
        pytest.param(
            ["half", "50 or more"], ("under 50", "50 or more", "no figure"), id="no range"
        ),
    ],
)
def test_the_line_is_cut_at_every_edge(written, expected):
    """
    A number has as many answers as the cells can tell apart, and no more.
    """
    assert expected == cut(written)


@given(st.lists(cells()))
def test_every_number_has_exactly_one_answer(written):
    """
    Whatever the cells, no number falls between two answers or into both.
    """
    answers = cut(cell for cell, _ in written)

    for number in range(2 * MOST):
        around = [one for one in answers if _says(one, number)]
        assert [answer_for(number, answers)] == around
        assert answer_for(number, answers) == answer_around(str(number), answers)
    assert (
        NO_FIGURE == answers[-1] == answer_for(None, answers) == answer_around("No figure", answers)
    )


def _says(answer, number):
    if answer == NO_FIGURE:
        return False
    digits = [int(word) for word in answer.split() if word.isdecimal()]
    form = answer
    for digit in digits:
        form = form.replace(str(digit), "{}", 1)
    return number in FORMS[form](*digits, *[None] * (2 - len(digits)))


@given(st.lists(cells(), min_size=1))
def test_a_cell_covers_exactly_the_numbers_it_says(written):
    """
    Written out in answers, a cell has lost no number and gained none.
    """
    answers = cut(cell for cell, _ in written)

    for cell, numbers in written:
        covered = answers_in(cell, answers)
        said = [number for number in range(2 * MOST) if answer_for(number, answers) in covered]
        assert [number for number in range(2 * MOST) if number in numbers] == said
        assert NO_FIGURE not in covered


@given(st.lists(cells()))
def test_answers_are_cells_too(written):
    """
    Whoever writes an answer as it is printed means just that.
    """
    answers = cut(cell for cell, _ in written)

    assert [(answer,) for answer in answers] == [answers_in(answer, answers) for answer in answers]
    assert answers == cut(answers)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("half", "“half” is no range of whole numbers, such as under 50, "),
        ("", "is no range"),
        ("-5", "is no range"),
        ("1.5 or more", "is no range"),
        ("٣ or more", "is no range"),
        ("1" * 5000, "is no range"),
        ("under 0", "“under 0” holds no number."),
        ("75 to 26", "“75 to 26” holds no number."),
        ("under 30", "“under 30” covers only a part of “26 to 49”."),
    ],
)
def test_what_is_no_range_is_refused(cell, reason):
    """
    The refusal is a sentence that names the cell and shows how one is written.
    """
    with pytest.raises(NumberCellError) as refused:
        answers_in(cell, cut(["under 50", "26 to 75"]))

    assert reason in str(refused.value)
    assert len(str(refused.value)) < 200


def test_a_figure_lies_in_one_answer():
    """
    A range that spans several answers is no figure; nothing is below nought.
    """
    answers = cut(["under 50"])

    with pytest.raises(NumberCellError, match="leaves open which it is of: under 50, 50 or more"):
        answer_around("26 to 75", answers)
    with pytest.raises(ValueError, match="below nought"):
        answer_for(-1, answers)


def test_many_edges_are_no_burden():
    """
    Forty bands are forty-one answers, and the one of a figure is found by halves.
    """
    answers = cut(f"under {edge}" for edge in range(10, 410, 10))

    assert 42 == len(answers)
    assert {"under 10", "400 or more", "10 to 19"} < set(answers)
    found = [answer for answer, _ in itertools.groupby(answer_for(n, answers) for n in range(500))]
    assert [*answers[:-1]] == found
