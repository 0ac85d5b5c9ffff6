import re
import string
import subprocess
import sys
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from peerkit.document import (
    Break,
    Bullets,
    Emphasis,
    Heading,
    Link,
    Paragraph,
    Quote,
    Reference,
    Strong,
    Table,
    Text,
    blocks_from_markdown,
    escape_markdown,
    inlines_from_markdown,
    plain_text,
    text_inlines,
)
from peerkit.errors import Address

HERE = Address("finding", "r/D1", "text")


def outline(blocks):
    """
    Return blocks as nested names and words, to compare at a glance.
    """

    def one(block):
        match block:
            case Bullets():
                return ("ol" if block.ordered else "ul", block.start, *map(outline, block.items))
            case Quote():
                return ("quote", *outline(block.blocks))
            case Heading():
                return (f"h{block.depth}", plain_text(block))
            case Table():
                rows = [[plain_text(cell) for cell in row.cells] for row in block.rows]
                return ("table", [column.heading for column in block.columns], *rows)
            case _:
                return plain_text(block)

    return [one(block) for block in blocks]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("a\nb\n\nc", ["a b", "c"]),
        ("a  \nb\\\nc", ["a\nb\nc"]),
        ("    far in", ["far in"]),
        ("- a\n- b", [("ul", 1, ["a"], ["b"])]),
        ("- a\n\n  more\n  1. b", [("ul", 1, ["a", "more", ("ol", 1, ["b"])])]),
        ("3. a\n4. b", [("ol", 3, ["a"], ["b"])]),
        ("1. a\n1. b", [("ol", 1, ["a"], ["b"])]),
        ("1. a\n3. b\n4. c", [("ol", 1, ["a"]), ("ol", 3, ["b"], ["c"])]),
        ("# a\n\n### b ##", [("h1", "a"), ("h3", "b")]),
        ("> a\n> - b", [("quote", "a", ("ul", 1, ["b"]))]),
        ("|a|b|\n|-|-|\n|1|2|", [("table", ["a", "b"], ["1", "2"])]),
        ("|a|b|\n|-|-|\n|1\\|2|", [("table", ["a", "b"], ["1|2", ""])]),
        ("|a|b|\n|-|-|\n|1|2|3|4|", [("table", ["a", "b"], ["1", "2 | 3 | 4"])]),
        ("|[x](https://y)|\n|-|", [("table", ["x (https://y)"])]),
    ],
)
def test_blocks_are_what_the_author_meant(text, expected):
    """
    Each form of the module's description becomes its block, with nothing lost.
    """
    assert expected == outline(blocks_from_markdown(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("*a* _b_", (Emphasis((Text("a"),)), Text(" "), Emphasis((Text("b"),)))),
        ("**a *b***", (Strong((Text("a "), Emphasis((Text("b"),)))),)),
        ("[a](https://b.c?d=1&amp=2)", (Link((Text("a"),), "https://b.c?d=1&amp=2"),)),
        ("[a](HTTP://b)", (Link((Text("a"),), "HTTP://b"),)),
        ("[a](mailto:b@c.d)", (Link((Text("a"),), "mailto:b@c.d"),)),
        ("[](https://b)", (Link((Text("https://b"),), "https://b"),)),
        ('[a](https://b "c")', (Link((Text("a"),), "https://b"), Text(" (c)"))),
        ("[paragraph](#themes)", (Reference("paragraph", "themes"),)),
        ("1. a", (Text("1. a"),)),
        ("a\\\nb", (Text("a"), Break(), Text("b"))),
    ],
)
def test_inlines_are_what_the_author_meant(text, expected):
    """
    A field of one line knows emphasis, links and references, but no lists.
    """
    assert expected == inlines_from_markdown(text)


@pytest.mark.parametrize(
    "text",
    [
        "{{ 7*7 }}",
        "{{7*7}} {{*a*}}",
        "{% raw %}",
        "{_{ x }_}",
        "{#",
        "]]>",
        "</w:t></w:r></w:p><w:p>",
        "<!-- a -->",
        "<img onerror=alert(1)> <svg/onload>",
        "<https://a.b> <wp:anchor>",
        "https://a.b www.a.b",
        "&#60; &amp; & R&D",
        "~~a~~ `b` ``` c",
        "```\na",
        "---",
        "***",
        "* * *",
        "- - -",
        "-",
        "5.",
        "2022.",
        ">",
        "#",
        "#3 by July",
        "a\n---",
        "a\n===",
        "[a]: https://b",
        "[a] [b][c]",
        "[a]()",
        "[a](#)",
        "![a *b*](http://tracker)",
        "![](data:image/png;base64,AA)",
        '"a" -- (c) ...',
        "snake_case_word 2*3",
        "NOTE:\t\\",
        "=HYPERLINK(a)",
    ],
)
def test_what_is_not_markdown_prints_as_typed(text):
    """
    Code, entities, pictures, rules and lonely marks lose no character.
    """
    blocks = blocks_from_markdown(text)

    assert re.sub(r"[ \n]+", " ", text) == plain_text(blocks)
    assert all(isinstance(block, Paragraph) for block in blocks)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[x](javascript:alert(1))", "x (javascript:alert(1))"),
        ("[x](JavaScript&colon;a)", "x (JavaScript:a)"),
        (r"[x](\\\\host\\share)", r"x (\\host\share)"),
        ("[x](file:///etc)", "x (file:///etc)"),
        ("[x](data:text/html,a)", "x (data:text/html,a)"),
        ("[x](//host/a)", "x (//host/a)"),
        ("[x](<https://a b>)", "x (https://a b)"),
        ("[x](https://a/{{b}})", "x (https://a/{{b}})"),
        ("[x](x)", "x"),
        ("[](x)", "(x)"),
    ],
)
def test_other_addresses_are_text(text, expected):
    """
    An address that is neither web nor mail makes no link, but stays readable.
    """
    (paragraph,) = blocks_from_markdown(text)

    assert expected == plain_text(paragraph)
    assert {Text} == {type(inline) for inline in paragraph.inlines}


def test_only_outer_paragraphs_are_numbered_and_the_first_is_named():
    """
    Lists and quotes hold plain paragraphs; every block bears its address.
    """
    blocks = blocks_from_markdown("# h\n\na\n\n- b\n\nc", is_numbered=True, address=HERE, name="n")

    told = [(b.is_numbered, b.name) for b in blocks if isinstance(b, Paragraph)]
    assert [(True, "n"), (True, "")] == told
    assert {HERE} == {block.address for block in blocks}
    assert not blocks[2].items[0][0].is_numbered


@pytest.mark.parametrize(
    "text",
    ["- " * 20 + "deep", "> " * 20 + "deep", "1. > " * 20 + "deep", "*" * 90 + "deep" + "*" * 90],
    ids=["lists", "quotes", "both", "emphasis"],
)
def test_deep_nesting_keeps_the_text(text):
    """
    Beyond the limit of nesting, marks and words print as typed.
    """
    assert plain_text(blocks_from_markdown(text)).rstrip("*").endswith("deep")


@pytest.mark.parametrize(
    "text",
    [
        "[" * 50_000,
        "![" * 25_000,
        "(" + "[]" * 25_000,
        "*a_ " * 12_000,
        "> " * 25_000,
        "-" * 50_000,
        "\\" * 50_000,
        "\n" * 100_000,
        "a|" * 1_000 + "\n" + "-|" * 1_000,
        "word " * 10_000,
    ],
    ids=lambda text: repr(text[:6]),
)
def test_hostile_length_is_read_in_time(text):
    """
    No run of one mark keeps the reader busy, and none of it is lost.
    """
    start = time.perf_counter()
    blocks = blocks_from_markdown(text)

    assert time.perf_counter() - start < 3
    assert plain_text(blocks).count("[") == text.count("[")


def test_plain_text_field_is_not_markdown():
    """
    Only line ends mean something in a field that is not prose.
    """
    assert (Text("*a*"), Break(), Break(), Text("- b")) == text_inlines("*a*\r\n\n- b")


WORDS = st.text(alphabet="ab *_>#-+|`~<&;:\\![{}=\"'\n\t", max_size=60)


@given(WORDS)
@example("a|b\n-|-\na|b|a")
@example("- a\n-\n- b")
def test_no_word_is_lost(text):
    """
    Whatever marks surround them, words arrive in their order.
    """
    found = plain_text(blocks_from_markdown(text))

    assert re.findall("[ab]", text) == re.findall("[ab]", found)


PLAIN = st.text(
    st.one_of(
        st.sampled_from(string.punctuation + " 1a\n\t\u00a0é"),
        st.characters(exclude_categories=("Cs", "Cc")),
    ),
    max_size=40,
)


@given(PLAIN)
@example("a|b\n---")
@example("a\n\n:-|")
def test_escaped_text_arrives_as_it_was(text):
    """
    Escaped, any text is one paragraph of the very same characters.
    """
    expected = "\n".join(line.lstrip(" \t") for line in text.strip().split("\n"))
    blocks = blocks_from_markdown(escape_markdown(text))

    assert expected == plain_text(blocks)
    assert [Paragraph] * bool(expected) == [type(block) for block in blocks]


def test_parser_is_not_loaded_before_it_is_needed():
    """
    Importing the room costs no Markdown parser.
    """
    code = "import sys, peerkit.document, peerkit.builtin.markdown; print('markdown_it' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert "False\n" == done.stdout
