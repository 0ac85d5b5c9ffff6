import pytest

from peerkit.errors import Place
from peerkit.files.tree import Mapping, Sequence, Source, around, place_of
from peerkit.files.yaml import parse

TEXT = """\
plan: vs
actions:
  A1:
    do: Train them.
    answers: [D1, R1]
  A2:
    do: |
      Long
      text.
notes:
  - one
  - two: 2
"""


@pytest.fixture(name="root")
def _root():
    return parse(TEXT, "a.yaml").root


@pytest.mark.parametrize(
    ("path", "key", "expected"),
    [
        pytest.param([], False, (1, 1, 0), id="root"),
        pytest.param(["plan"], False, (1, 7, 9), id="value"),
        pytest.param(["plan"], True, (1, 1, 5), id="key"),
        pytest.param(["actions", "A1", "answers", 1], False, (5, 19, 21), id="item"),
        pytest.param(["actions", "A1", "answers"], False, (5, 14, 22), id="flow-list"),
        pytest.param(["actions", "A2", "do"], False, (7, 9, 0), id="block-text"),
        pytest.param(["actions", "A1"], True, (3, 3, 5), id="key-of-mapping"),
        pytest.param(["actions", "A1", "due"], False, (4, 5, 0), id="missing-key"),
        pytest.param(["actions", "A1", "due"], True, (4, 5, 0), id="missing-key-asked-for"),
        pytest.param(["plan", "deeper", 3], False, (1, 7, 9), id="below-a-value"),
        pytest.param(["notes", 7], False, (11, 3, 0), id="missing-item"),
        pytest.param(["notes", "one"], False, (11, 3, 0), id="word-into-list"),
        pytest.param(["notes", 1, "two"], True, (12, 5, 8), id="mapping-in-list"),
    ],
)
def test_every_path_has_its_place(root, path, key, expected):
    """
    A path leads to its value or key, or to the deepest part of it that exists.
    """
    assert Place("a.yaml", *expected) == place_of(root, path, "a.yaml", key=key)


def test_trees_are_plain_values(root):
    """
    A tree equals the dicts, lists and strings it stands for.
    """
    expected = {
        "plan": "vs",
        "actions": {
            "A1": {"do": "Train them.", "answers": ["D1", "R1"]},
            "A2": {"do": "Long\ntext.\n"},
        },
        "notes": ["one", {"two": "2"}],
    }

    assert expected == root
    assert root["actions"]["A1"]["answers"].flow
    assert not root["actions"].flow


def test_trees_made_by_hand_have_places():
    """
    Without marks, everything stands at the start.
    """
    root = Mapping({"a": Sequence(["b"])})

    assert Place("x", 1, 1) == place_of(root, ["a", 0], "x")


@pytest.mark.parametrize(
    ("line", "column", "expected"),
    [(1, 3, (1, 3)), (1, 99, (1, 5)), (2, 1, (1, 5)), (9, 9, (1, 5)), (1, 0, (1, 1))],
)
def test_places_lie_inside_the_file(line, column, expected):
    """
    Behind the end of the file is the end of its last line.
    """
    place = Source("a.yaml", "a: b\n").place(line, column)

    assert expected == (place.line, place.column)


@pytest.mark.parametrize("line", [0, -1, 3])
def test_lines_that_are_not_there_have_no_excerpt(line):
    """
    An excerpt is a line of the file or nothing.
    """
    assert not Source("a.yaml", "a: b\n").excerpt(line)


@pytest.mark.parametrize("column", [1, 50, 100, 250, 499, 500, 501])
def test_long_lines_are_cut_round_their_column(column):
    """
    The character a caret points to is still the same one.
    """
    line = "".join(chr(0x4E00 + number) for number in range(500))
    short, at = around(line, column)

    assert 100 >= len(short)
    assert line[column - 1 : column] == short[at - 1 : at]
