import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerkit.errors import Severity
from peerkit.files.text import accept, character_name, clean, decode, is_clean, is_fit
from peerkit.files.tree import SOFT_BREAK


def found(problems):
    return [(problem.code, problem.place.line, problem.place.column) for problem in problems]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        pytest.param(b"title: Caf\xc3\xa9\n", "title: Café\n", id="utf-8"),
        pytest.param(b"\xef\xbb\xbftitle: A\n", "title: A\n", id="utf-8-with-mark"),
        pytest.param(b"\xef\xbb\xbf\xef\xbb\xbfa: b", "a: b", id="two-marks"),
        pytest.param("title: Café\n".encode("utf-16"), "title: Café\n", id="utf-16"),
        pytest.param(b"\xfe\xff" + "a: é".encode("utf-16-be"), "a: é", id="utf-16-big-endian"),
        pytest.param(b"a: b\r\nc: d\r\n", "a: b\nc: d\n", id="crlf"),
        pytest.param("e\u0301".encode(), "é", id="composed"),
        pytest.param("😀 – “x”".encode(), "😀 – “x”", id="beyond-the-first-plane"),
        pytest.param(b"", "", id="empty"),
        pytest.param(b"a:\tb", "a:\tb", id="tab"),
    ],
)
def test_usual_encodings_are_read_without_a_word(raw, expected):
    """
    Whatever an editor on any system saves as text arrives as the same text.
    """
    assert (expected, []) == decode(raw, "a.yaml")


@pytest.mark.parametrize(
    ("raw", "place", "words"),
    [
        pytest.param(b"a: b\ntitle: caf\xe9\n", (2, 11), "Windows-1252", id="cp1252"),
        pytest.param(b"a: b\r\n\r\nc: \x92", (3, 4), "Windows-1252", id="after-crlf"),
        pytest.param(b"a\rb: \xc3\xa9\x92", (2, 5), "Windows-1252", id="after-cr-and-letter"),
        pytest.param("a: b".encode("utf-16-le"), (1, 1), "UTF-16 without", id="utf-16-no-mark"),
        pytest.param("a: b".encode("utf-16-be"), (1, 1), "UTF-16 without", id="utf-16-be-no-mark"),
        pytest.param("a: b".encode("utf-32"), (1, 1), "UTF-32", id="utf-32"),
        pytest.param(b"\xff\xfea\x00b", (1, 2), "damaged UTF-16", id="half-a-letter"),
        pytest.param(b"a: \x81\xff", (1, 4), "no encoding", id="unknown"),
        pytest.param(b"a: \xed\xa0\x80", (1, 4), "not UTF-8", id="surrogate-in-utf-8"),
    ],
)
def test_other_encodings_are_refused_where_they_first_differ(raw, place, words):
    """
    The officer reads which encoding it likely is, and where it was noticed.
    """
    text, (problem,) = decode(raw, "a.yaml")

    assert text is None
    assert ("text-encoding", *place) == found([problem])[0]
    assert words in problem.message
    assert "UTF-8" in problem.advice


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (b"PK\x03\x04rest", "Word"),
        (b"\xd0\xcf\x11\xe0", "old Word"),
        (b"%PDF-1.7", "PDF"),
        (b"{\\rtf1", "rich text"),
        (b"\x89PNG\r\n", "picture"),
    ],
)
def test_documents_called_text_are_named_for_what_they_are(raw, what):
    """
    A Word file renamed .yaml is told to be one, not to be badly encoded.
    """
    text, (problem,) = decode(raw, "a.yaml")

    assert text is None
    assert "text-not-text" == problem.code
    assert what in problem.message


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\x00", "U+0000 NUL"),
        ("\x07", "U+0007 BEL"),
        ("\x08", "U+0008 BS"),
        ("\x0c", "U+000C FF"),
        ("\x1b", "U+001B ESC"),
        ("\x7f", "U+007F DEL"),
        ("\x80", "U+0080 PAD"),
        ("\x9f", "U+009F APC"),
        ("\ufdd0", "U+FDD0 not a character"),
        ("\ufffe", "U+FFFE byte order mark the wrong way round"),
        ("\uffff", "U+FFFF not a character"),
        ("\U0010ffff", "U+10FFFF not a character"),
        ("\ud800", "U+D800 half a character"),
    ],
)
def test_control_characters_are_refused_by_name(character, name):
    """
    An invisible character is refused in a file and in a string, and named.
    """
    text, problems = accept(f"a: b\nc: d{character}e\n", "a.yaml")

    assert "a: b\nc: d\ufffde\n" == text
    assert [("text-control-character", 2, 5)] == found(problems)
    assert name in problems[0].message
    assert ("de", (name,)) == clean(f"d{character}e")
    assert name == character_name(character)


def test_every_control_character_is_listed_up_to_fifty():
    """
    One run shows them all, but a file of nothing else does not fill the screen.
    """
    few = decode(b"\x07\n\x07 \x1b", "a.yaml")[1]
    many = decode(b"\x07" * 1000, "a.yaml")[1]

    assert [(1, 1), (2, 1), (2, 3)] == [place[1:] for place in found(few)]
    assert 50 == len(many)


@pytest.mark.parametrize("mark", ["\x0b", "\x85", "\u2028", "\u2029"])
def test_soft_line_breaks_stay_in_their_value(mark):
    """
    Word’s soft return breaks a line of text, never the structure of the file.
    """
    text, (problem,) = accept(f"a: b\nc: d{mark}e: f{mark}g\n", "a.yaml")

    assert f"a: b\nc: d{SOFT_BREAK}e: f{SOFT_BREAK}g\n" == text
    assert ("text-line-break", 2, 5) == found([problem])[0]
    assert Severity.ADVICE is problem.severity
    assert "2 unusual" in problem.message
    assert ("d\ne", ()) == clean(f"d{mark}e")


def test_old_mac_line_ends_are_line_ends():
    """
    A lone CR ends a line, and is mentioned.
    """
    text, problems = accept("a: b\rc: d\n", "a.yaml")

    assert "a: b\nc: d\n" == text
    assert [("text-line-break", 1, 5)] == found(problems)


@given(st.text(st.characters(codec=None, categories=None)))
def test_text_becomes_fit_whatever_it_holds(text):
    """
    What comes out of the normaliser needs no normalising, and is composed.
    """
    fit, problems = accept(text, "a.yaml")
    cleaned, _ = clean(text)

    assert is_fit(fit)
    assert is_clean(cleaned)
    assert unicodedata.is_normalized("NFC", fit)
    assert all(problem.place for problem in problems)


@given(st.binary(max_size=300))
def test_bytes_are_read_or_refused_with_a_place(raw):
    """
    No bytes raise; those that are no text are a problem inside the file.
    """
    text, problems = decode(raw, "a.yaml")

    assert text is not None or problems
    assert all(problem.place.line >= 1 and problem.place.column >= 1 for problem in problems)
