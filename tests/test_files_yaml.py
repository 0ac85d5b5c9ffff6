import re
import subprocess
import sys
import time

import pytest
import yaml as pyyaml
from hypothesis import given
from hypothesis import strategies as st

from peerkit.errors import Severity
from peerkit.files import yaml
from peerkit.files.text import decode
from peerkit.files.tree import (
    COLLECTION,
    DOUBLE,
    FOLDED,
    LITERAL,
    PLAIN,
    SINGLE,
    STYLE,
    Mapping,
    Sequence,
)
from peerkit.files.yaml import PROBLEM_KINDS, parse

LOADERS = {"libyaml": getattr(pyyaml, "CSafeLoader", None), "pure": pyyaml.SafeLoader}


@pytest.fixture(params=[name for name, loader in LOADERS.items() if loader], autouse=True)
def _loader(request, monkeypatch):
    monkeypatch.setattr(yaml, "LOADER", LOADERS[request.param])


def found(text):
    return [
        (problem.code, problem.place.line, problem.place.column)
        for problem in parse(text, "a.yaml").problems
    ]


@pytest.mark.parametrize(
    "text",
    ["No", "yes", "off", "1.10", "012", "1:30", "0x1F", "1e3", "2022-02-30", ".inf", "=", "True"],
)
def test_plain_values_stay_text(text):
    """
    Nothing is guessed: what is typed is what is read.
    """
    assert {"a": text} == parse(f"a: {text}\n", "a.yaml").root


@pytest.mark.parametrize("text", ["", "~", "null"])
def test_nothing_is_none_unless_it_is_quoted(text):
    """
    Only the plain words for nothing are None.
    """
    assert {"a": None, "b": text} == parse(f"a: {text}\nb: '{text}'\n", "a.yaml").root


def test_styles_and_brackets_are_remembered():
    """
    A type can tell prose that was put in brackets from prose that was not.
    """
    text = "a: b\nc: 'd'\ne: \"f\"\ng: |\n  h\ni: >\n  j\nk: [l]\nm: {n: o}\np:\n  - q\n"
    root = parse(text, "a.yaml").root
    styles = [mark[STYLE] for mark in root.marks.values()]

    assert [PLAIN, SINGLE, DOUBLE, LITERAL, FOLDED, *[COLLECTION] * 3] == styles
    assert [True, True, False] == [root[key].flow for key in "kmp"]


def test_marks_span_keys_and_values():
    """
    A mark says where the key and the value begin and end, from 1.
    """
    root = parse("title:  A plan\nlist:\n  - one\n", "a.yaml").root

    assert (1, 1, 6, 1, 9, 1, 15, PLAIN) == root.marks["title"]
    assert (2, 1, 5, 3, 3, 3, 8, COLLECTION) == root.marks["list"]
    assert [(3, 5, 8, 3, 5, 3, 8, PLAIN)] == root["list"].marks


REFUSED = [
    pytest.param("title: Review: a report\n", ("yaml-colon", 1, 14), id="second-colon"),
    pytest.param("a: b: c\n", ("yaml-colon", 1, 5), id="two-colons"),
    pytest.param("a: b\n  c: d\n", ("yaml-indentation", 2, 4), id="too-far-right"),
    pytest.param("a:\n   b: c\n  d: e\n", ("yaml-indentation", 3, 3), id="too-far-left"),
    pytest.param("a: |\n    foo\n  bar\n", ("yaml-indentation", 3, 3), id="block-text"),
    pytest.param("a: foo\n  # x\n  bar\n", ("yaml-indentation", 3, 3), id="comment-in-text"),
    pytest.param("a: b\n\tc: d\n", ("yaml-tab", 2, 1), id="tab"),
    pytest.param("a:\n\tb: c\n", ("yaml-tab", 2, 1), id="tab-below-key"),
    pytest.param("a: |\n\tfoo\n", ("yaml-tab", 2, 1), id="tab-in-block"),
    pytest.param("a: 'foo\nb: c\n", ("yaml-quote", 1, 4), id="open-quote"),
    pytest.param('a: "foo\n', ("yaml-quote", 1, 4), id="open-double-quote"),
    pytest.param('a: "x\n---\n"\n', ("yaml-quote", 1, 4), id="dashes-in-quote"),
    pytest.param('a: "Good" is\n', ("yaml-quote", 1, 11), id="text-behind-quote"),
    pytest.param("a: 'twas Anne's\n", ("yaml-quote", 1, 15), id="apostrophes"),
    pytest.param('a: "C:\\Users"\n', ("yaml-escape", 1, 7), id="backslash"),
    pytest.param('a: "\\q"\n', ("yaml-escape", 1, 5), id="unknown-backslash"),
    pytest.param("a: *Very* good\n", ("yaml-first-character", 1, 4), id="star"),
    pytest.param("a: *very good\n", ("yaml-first-character", 1, 4), id="star-word"),
    pytest.param("a: *very\n", ("yaml-first-character", 1, 4), id="star-alone"),
    pytest.param("a: * x\n", ("yaml-first-character", 1, 4), id="star-bullet"),
    pytest.param("- **Bold** x\n", ("yaml-first-character", 1, 3), id="star-in-list"),
    pytest.param("a: &c. foo\n", ("yaml-first-character", 1, 4), id="ampersand"),
    pytest.param("a: &Co foo\n", ("yaml-first-character", 1, 4), id="ampersand-word"),
    pytest.param("a: >40% of\n", ("yaml-first-character", 1, 4), id="more-than"),
    pytest.param("a: | foo\n", ("yaml-first-character", 1, 4), id="bar"),
    pytest.param("a: [A, b] and c\n", ("yaml-first-character", 1, 4), id="bracket"),
    pytest.param("a: {x} y\n", ("yaml-first-character", 1, 4), id="brace"),
    pytest.param("a: {{ x }}\n", ("yaml-first-character", 1, 5), id="braces"),
    pytest.param('a: "\\n x\n  \\t\\xzz"\n', ("yaml-escape", 2, 5), id="half-a-code"),
    pytest.param("a: @foo\n", ("yaml-first-character", 1, 4), id="at"),
    pytest.param("a: `foo\n", ("yaml-first-character", 1, 4), id="backtick"),
    pytest.param("a: %foo\n", ("yaml-first-character", 1, 4), id="percent"),
    pytest.param("a: !urgent foo\n", ("yaml-first-character", 1, 4), id="exclamation"),
    pytest.param("a: !x!y foo\n", ("yaml-first-character", 1, 4), id="exclamations"),
    pytest.param("a: ,x\n", ("yaml-first-character", 1, 4), id="comma"),
    pytest.param("a: ? b\n", ("yaml-first-character", 1, 4), id="question"),
    pytest.param("a: [A, b\nc: d\n", ("yaml-bracket", 1, 4), id="open-bracket"),
    pytest.param("{a: b", ("yaml-bracket", 1, 1), id="open-brace"),
    pytest.param("a: ] x\n", ("yaml-bracket", 1, 4), id="stray-bracket"),
    pytest.param("a: b\n} c\n", ("yaml-bracket", 2, 1), id="stray-brace"),
    pytest.param("a: b\ntitle:foo\nc: d\n", ("yaml-colon-space", 2, 6), id="no-space"),
    pytest.param("title:foo\n", ("yaml-colon-space", 1, 6), id="only-no-space"),
    pytest.param("a: b\nfoo\n", ("yaml-no-colon", 2, 1), id="no-colon"),
    pytest.param("a: b\n- c\n", ("yaml-list-item", 2, 1), id="dash-among-keys"),
    pytest.param("- c\na: b\n", ("yaml-list-item", 2, 1), id="key-among-dashes"),
    pytest.param("a: - b\n", ("yaml-list-item", 1, 4), id="dash-behind-key"),
    pytest.param("%foo\na: b\n", ("yaml-directive", 1, 1), id="percent-line"),
    pytest.param("%YAML 1.1\n---\na: b\n", ("yaml-directive", 1, 1), id="version"),
    pytest.param("a: b\n---\nc: d\n", ("yaml-second-document", 2, 1), id="second-document"),
    pytest.param("a: b\n...\nfoo: x\n", ("yaml-second-document", 3, 1), id="behind-the-end"),
    pytest.param("a: !!str x\n", ("yaml-tag", 1, 4), id="tag"),
    pytest.param("a: !<x> foo\n", ("yaml-tag", 1, 4), id="whole-tag"),
    pytest.param("a: !x [foo]\n", ("yaml-tag", 1, 4), id="tag-on-list"),
    pytest.param("a: &b\n", ("yaml-anchor", 1, 4), id="anchor"),
    pytest.param("- : b\n", ("yaml-key", 1, 3), id="no-key-in-list"),
    pytest.param(": b\n", ("yaml-key", 1, 1), id="no-key"),
    pytest.param("[a]: b\n", ("yaml-key", 1, 1), id="list-as-key"),
    pytest.param("<<: x\n", ("yaml-merge", 1, 1), id="merge"),
    pytest.param("a: x\na: y\n", ("yaml-duplicate-key", 2, 1), id="duplicate"),
    pytest.param("- a\n", ("yaml-not-keys", 1, 1), id="list"),
    pytest.param("words\n", ("yaml-not-keys", 1, 1), id="words"),
    pytest.param('a: "\\0"\n', ("yaml-control-character", 1, 4), id="escaped-control"),
    pytest.param('a: "\\uFFFF"\n', ("yaml-control-character", 1, 4), id="escaped-noncharacter"),
    pytest.param("a: b\x07\n", ("text-control-character", 1, 5), id="control"),
]


@pytest.mark.parametrize(("text", "expected"), REFUSED)
def test_what_cannot_be_read_is_named_at_its_place(text, expected):
    """
    The first problem says what is wrong and points to where it is mended.
    """
    assert expected == found(text)[0]


@pytest.mark.parametrize(("text", "expected"), REFUSED)
def test_messages_are_for_officers(text, expected):
    """
    No word of the parser's reaches the user, and prose is not called machinery.
    """
    problem = parse(text, "a.yaml").problems[0]
    words = f"{problem.message} {problem.advice}".lower()

    assert not [word for word in ("scalar", "token", "node", "block mapping") if word in words]
    assert Severity.FAULT is problem.severity
    if expected[0] == "yaml-first-character":
        assert "put quotes round" in words
        assert not [word for word in ("alias", "anchor", "tag") if word in words]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("title: Review: a report\n", "Put quotes round text that contains a colon"),
        ("a: !!python/object/apply:os.system ['x']\n", "tags are not allowed"),
        ("a: x\nb: y\na: z\n", "stands in line 1 and again in line 3"),
        ("a: 1\nb: &lol [x]\nc: [*lol, *lol]\n", "Line 2 names an anchor"),
        ("a: foo #3\n", "two spaces before it and one after it"),
    ],
)
def test_messages_say_how_to_mend(text, words):
    """
    A problem's message or advice holds what the officer needs to do.
    """
    problem = parse(text, "a.yaml").problems[0]

    assert words in f"{problem.message} {problem.advice}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a: Answer recommendation #3 by July\n", [(1, 26)], id="prose"),
        pytest.param("a: foo\n  bar #3 baz\n", [(2, 7)], id="second-line"),
        pytest.param("a: foo\n  #3 bar\n", [(2, 3)], id="wrapped"),
        pytest.param("a: #3 foo\n", [(1, 4)], id="first"),
        pytest.param("a:\n  #3 foo\n", [(2, 3)], id="first-in-next-line"),
        pytest.param("a:\n  - foo #3\n  - #4 bar\n", [(2, 9), (3, 5)], id="items"),
        pytest.param("a: foo # bar\n", [(1, 8)], id="one-space-before"),
        pytest.param("a: foo  #bar\n", [(1, 9)], id="no-space-behind"),
        pytest.param("a: [D1, D2 #3]\n  \n", [(1, 12)], id="in-brackets"),
        pytest.param("a: [b, c] #3\n", [(1, 11)], id="behind-brackets"),
        pytest.param("a: 'foo' #3 bar\n", [(1, 10)], id="behind-quotes"),
        pytest.param("a: 'foo'#3\n", [(1, 9)], id="right-behind-quotes"),
        pytest.param("a: [b]#3\nc: {}# d\n", [(1, 7), (2, 6)], id="right-behind-brackets"),
        pytest.param("a: [b,#3\n  c]\n", [(1, 7)], id="behind-comma"),
        pytest.param("a: | #3\n  foo\n", [(1, 6)], id="behind-bar"),
        pytest.param("a: 'x #1'\nb: c #2 d #3\ne: f #4\n", [(2, 6), (3, 6)], id="several"),
        pytest.param("a: foo  # bar\n", [], id="comment"),
        pytest.param("a: foo   #\n", [], id="empty-comment"),
        pytest.param("a:  # foo\n  b: c\n", [], id="comment-on-group"),
        pytest.param("a: # foo\n  b: c\n", [], id="near-comment-on-group"),
        pytest.param("a: 'foo' # bar #3\n", [], id="comment-behind-quotes"),
        pytest.param("#x\na: b\n#c: d\n  # e\nf: g\n#h", [], id="lines"),
        pytest.param("a:\n  b: c\n  #d: e\n  f: g\n", [], id="key-put-out-of-use"),
        pytest.param("a: |  # foo\n  x #3\n  #4 y\nb: >\n  z #5\n", [], id="in-blocks"),
        pytest.param("a: 'x #3\n  #4 y'\nb: \"z #5\"\n", [], id="in-quotes"),
        pytest.param("a: b#3\nc: d:#4\ne: f]#5\n", [], id="inside-a-word"),
    ],
)
def test_text_is_never_dropped_as_a_comment(text, expected):
    """
    A # that would shorten text is refused; one that begins a comment is not.
    """
    comments = [place[1:] for place in found(text) if place[0] == "yaml-comment"]

    assert expected == comments


def test_several_problems_are_found_in_one_run():
    """
    Nothing but broken syntax keeps the rest of a file from being looked at.
    """
    text = "a: b #1\nc: &x [d]\ne: *x\na: f\ng: !!str h\ni: j: k\n"

    assert [
        ("yaml-comment", 1),
        ("yaml-anchor", 2),
        ("yaml-alias", 3),
        ("yaml-duplicate-key", 4),
        ("yaml-tag", 5),
        ("yaml-colon", 6),
    ] == [place[:2] for place in found(text)]


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n", "~\n"])
def test_empty_files_are_mentioned(text):
    """
    A file with nothing in it is no fault.
    """
    tree = parse(text, "a.yaml")

    assert tree.root is None
    assert not tree.faulty
    assert ["yaml-empty"] == [problem.code for problem in tree.problems]


@pytest.mark.parametrize(
    "text", ["a: " + "[" * 100_000, "[" * 100_000, "- " * 5_000, "{a: " * 5_000]
)
def test_deep_nesting_is_refused_at_once(text):
    """
    The thirty-third bracket ends the reading, before the parser can suffer.
    """
    begun = time.perf_counter()
    (problem,) = parse(text, "a.yaml").problems
    took = time.perf_counter() - begun

    assert "yaml-depth" == problem.code
    assert "nested too deeply" in problem.message
    assert 1 > took


def test_brackets_are_refused_at_column_33():
    """
    A file of nothing but brackets is refused where the limit is passed.
    """
    assert [("yaml-depth", 1, 33)] == found("[" * 100_000)


def test_nesting_up_to_the_limit_is_read():
    """
    Thirty-two are allowed.
    """
    assert not parse("a: " + "[" * 31 + "x" + "]" * 31, "a.yaml").faulty


def test_long_files_are_refused():
    """
    Neither many values nor many letters are read past their limit.
    """
    many = parse("a: [" + "x," * 200_001 + "]", "a.yaml")
    large = parse("a: " + "x" * 4_300_000, "a.yaml")

    assert ["yaml-too-long"] == [problem.code for problem in many.problems]
    assert ["yaml-too-long"] == [problem.code for problem in large.problems]


def test_a_flood_of_problems_is_cut():
    """
    After fifty the reading stops.
    """
    assert 50 == len(found("a: b #1\n" * 500))


def test_soft_breaks_come_back_in_values():
    """
    A soft return is a line break of the value it stands in, and of nothing else.
    """
    text, _ = decode(b"a: b\x0bc d\n'e\x0bf': g\x0b\n\x0b\nh: \"i\x0bj\"\n", "a.yaml")

    assert {"a": "b\nc d", "e\nf": "g", "h": "i\nj"} == parse(text, "a.yaml").root


@pytest.mark.parametrize("mark", ["\r", "\x85", "\u2028", "\u2029"])
def test_places_hold_behind_unusual_line_breaks(mark):
    """
    Text that has not been through the normaliser gets the places of what it shows.
    """
    tree = parse(f"a: b{mark}\nc: d: e\n", "a.yaml")
    place = tree.problems[-1].place

    assert "c: d: e" == tree.problems[-1].excerpt
    assert 5 == place.column


def test_codes_are_one_of_a_kind():
    """
    Every kind of problem has a code of its own, and says how to mend it.
    """
    codes = [kind.code for kind in PROBLEM_KINDS]

    assert sorted(set(codes)) == sorted(codes)
    assert all(kind.meaning.endswith(".") and kind.mend.endswith(".") for kind in PROBLEM_KINDS)


def quoted(text):
    escaped = "".join(
        character if character.isalnum() and character.isascii() else f"\\U{ord(character):08X}"
        for character in text
    )
    return f'"{escaped}"'


def dumped(value, depth=0):
    pad = "  " * depth
    if isinstance(value, dict) and value:
        return "".join(f"\n{pad}{quoted(key)}: {dumped(v, depth + 1)}" for key, v in value.items())
    if isinstance(value, list) and value:
        return "".join(f"\n{pad}- {dumped(item, depth + 1)}" for item in value)
    return {dict: "{}", list: "[]", type(None): "~"}.get(type(value)) or quoted(value)


words = st.text(st.characters(codec="ascii", exclude_categories=["Cc"]))
values = st.recursive(
    st.none() | words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=12,
)
pieces = st.sampled_from(
    [
        "a",
        "b",
        ": ",
        "- ",
        "\n",
        "\n  ",
        " ",
        "#",
        "'",
        '"',
        "[",
        "]",
        "{",
        "}",
        ",",
        "|",
        ">",
        "&",
        "*",
        "!",
        "%",
        "@",
        "\t",
        "\\",
        "?",
        "---",
        "...",
        "\x0b",
        "\r",
        "\x85",
        "\x07",
        "é",
    ]
)


@given(st.dictionaries(words, values, min_size=1, max_size=5))
def test_registers_read_back_as_they_were(value):
    """
    Quoted and laid out, any nested values come back equal.
    """
    tree = parse(dumped(value), "a.yaml")

    assert () == tree.problems
    assert value == tree.root


@given(st.text() | st.lists(pieces, max_size=25).map("".join))
def test_any_text_gives_a_tree_or_places(text):
    """
    Nothing raises, every place is inside the file, and every value has a mark.
    """
    decoded, problems = decode(text.encode("utf-8", "surrogatepass"), "a.yaml")
    tree = parse(text if decoded is None else decoded, "a.yaml")
    lines = tree.source.lines

    assert all(problem.place for problem in problems)
    for problem in tree.problems:
        assert 1 <= problem.place.line <= len(lines)
        assert 1 <= problem.place.column <= len(lines[problem.place.line - 1]) + 1
    check_marks(tree.root, lines)


def letters_in(node):
    if isinstance(node, Mapping):
        return sum(letters_in(key) + letters_in(value) for key, value in node.items())
    if isinstance(node, Sequence):
        return sum(map(letters_in, node))
    return sum(character in "ab#" for character in node or "")


@given(st.lists(pieces, max_size=20).map(lambda parts: "a: " + "".join(parts)))
def test_no_letter_is_lost_without_a_word(text):
    """
    What is read without a problem is all there: only lines that are comments are not.
    """
    comments = re.search(r"(?m)^\s*#|#($|[ \n#])", text)
    tree = parse(text, "a.yaml")

    assert comments or tree.problems or letters_in(tree.root) == letters_in(text)


def check_marks(node, lines):
    if isinstance(node, Mapping):
        assert node.keys() == node.marks.keys()
    if isinstance(node, Sequence):
        assert len(node) == len(node.marks)
    if isinstance(node, Mapping | Sequence):
        items = node.items() if isinstance(node, Mapping) else enumerate(node)
        for key, value in items:
            mark = node.marks[key]
            assert 1 <= mark[0] <= mark[3] <= mark[5] <= len(lines)
            check_marks(value, lines)


@pytest.mark.parametrize("loader", ["CSafeLoader", "SafeLoader"])
def test_hostile_brackets_leave_the_process_alive(loader):
    """
    100 kB of brackets end in a problem, not in the end of the process.
    """
    code = (
        "import yaml as y\nfrom peerkit.files import yaml\n"
        f"yaml.LOADER = getattr(y, {loader!r}, y.SafeLoader)\n"
        "print(yaml.parse('[' * 100_000, 'a').problems[0].place)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert (0, "a:1:33\n") == (run.returncode, run.stdout)


@pytest.mark.parametrize("header", ["|", ">", "|-", ">+", "|2", ">2-"])
def test_a_mark_behind_a_block_of_text_is_no_comment(header):
    """
    A # that touches the sign of a block would be dropped, and what follows it too.
    """
    tree = parse(f"text: {header}#3 of July\n    Answer it.\n", "a.yaml")

    assert tree.faulty
    assert [1] == [problem.place.line for problem in tree.problems]
