import click
import pytest

from peerkit.cli.console import prepare
from peerkit.cli.tables import table
from peerkit.cli.telling import width

HEADINGS = ("Id", "What", "Number")


@pytest.fixture(autouse=True)
def _console(monkeypatch):
    prepare()
    monkeypatch.setenv("COLUMNS", "40")


def lines(rows, **more):
    return [click.unstyle(line) for line in table(HEADINGS, rows, **more)]


def test_columns_are_as_wide_as_what_they_hold():
    """
    A heading counts, and no line ends in blanks.
    """
    assert ["Id  What   Number", "--  -----  ------", "A   Books  1", "BB  Hat    22"] == lines(
        [("A", "Books", "1"), ("BB", "Hat", "22")]
    )


def test_numbers_stand_to_the_right():
    """
    Units stand under units.
    """
    assert ["A   Books       1", "BB  Hat        22"] == lines(
        [("A", "Books", "1"), ("BB", "Hat", "22")], numbers=("Number",)
    )[2:]


def test_empty_columns_are_left_out():
    """
    A column in which no row says anything takes no room.
    """
    assert ["Id  Number", "--  ------", "A   1"] == lines([("A", "", "1")])


def test_texts_are_wrapped_and_names_are_not():
    """
    A long text takes several lines; a name that is to be copied takes one.
    """
    rows = [("a/very/long/name", "The words go on.", "1")]

    assert [
        "Id                What            Number",
        "----------------  --------------  ------",
        "a/very/long/name  The words go    1",
        "                  on.",
    ] == lines(rows, whole=("Id",))


def test_too_little_room_gives_lines_instead_of_columns(monkeypatch):
    """
    Each row is told column by column.
    """
    monkeypatch.setenv("COLUMNS", "24")

    assert [
        "Id: a/rather/long/name",
        "  What: Some words that",
        "    go on",
        "  Number: 1",
    ] == lines([("a/rather/long/name", "Some words that go on", "1")], whole=("Id",))


def test_a_line_break_in_a_cell_stays():
    """
    What stands on two lines is one cell.
    """
    assert ["A   one   1", "    two"] == lines([("A", "one\ntwo", "1")])[2:]


@pytest.mark.parametrize(
    "text",
    ["x" * 90, "本" * 40, "cafe\u0301 " * 20, "a\x1b[2Jb " * 9],
    ids=["long word", "wide", "combining", "steering"],
)
def test_no_line_is_wider_than_the_console(text):
    """
    Words longer than their column are broken; wide letters count twice; nothing steers.
    """
    told = lines([("A", text, "1")])

    assert max(map(width, told)) <= 40
    assert "\x1b" not in "".join(told)


def test_colour_is_beside_the_word():
    """
    A coloured cell says the same.
    """
    rows = [("A", "Late", "1")]
    told = [*table(HEADINGS, rows, colour=lambda _row, column: "red" if column == 1 else None)]

    assert "\x1b[31m\x1b[1mLate\x1b[0m" in told[2]
    assert lines(rows) == [click.unstyle(line) for line in told]


def test_indent_is_taken_off_the_room():
    """
    A table inside something stays inside.
    """
    told = lines([("A", "words " * 12, "1")], indent="    ")

    assert all(line.startswith("    ") for line in told)
    assert max(map(len, told)) <= 40
