from __future__ import annotations

import ast
import re
import time
from pathlib import Path

import pytest

from peerkit.errors import PeerkitError
from peerkit_docx import draw_names, prepare, texts
from peerkit_docx.basefile import build, line
from peerkit_docx.word.packages import read_package, write_package

SOURCE = Path(__file__).parents[1] / "src" / "peerkit_docx"
REST = ("{{ title }}", "{{p front }}", "{%p for s in sections recursive %}", "{{p s.head }}",
        "{{p s.body }}", "{{p loop(s.sections) }}", "{%p endfor %}")  # fmt: skip


def refused(papers, *tags, **named):
    # A paragraph of nothing but questions would be refused for being empty.
    tags = [one if one.startswith(("{%p", "{%tr")) else f"x {one}" for one in tags]
    with pytest.raises(PeerkitError) as caught:
        papers.draw(papers.document(), papers.with_body(*tags, *REST, **named))
    return caught.value


def round_three(inside):
    texts = ["a" * 900] * 3
    begun = "".join(
        f'{{% for {name} in "{one}" %}}' for name, one in zip("abc", texts, strict=True)
    )
    return begun + inside + "{% endfor %}" * 3


@pytest.mark.parametrize(
    "tags",
    [
        [round_three("{% set x = a %}")],
        [round_three("{% if a == 'b' %}x{% endif %}")],
        [round_three("{{ a[5:] }}")],
        ["{% set t = sections %}" + round_three("{% set y = loop.length %}")],
        ["{% for a in 'aaaaaaaa' recursive %}{% if loop.depth < 40 %}{{ loop('aaaaaaaa') }}{% endif %}{% endfor %}"],
        ["{% for a in [front] recursive %}" + "{{ loop([]) }}" * 900
         + "{% endfor %}" + round_three("{{ title }}")],
    ],
    ids=["nothing printed", "a question", "cuts", "lengths", "calling itself", "blocks"],
)  # fmt: skip
def test_a_template_that_never_ends_is_stopped(papers, tags):
    """
    Loops have a budget for each paper, whether or not anything is printed.
    """
    begun = time.monotonic()

    error = refused(papers, *tags)

    assert time.monotonic() - begun < 30
    assert re.match(r"own\.docx, body, paragraph [12]: ", error.message)
    assert "This template used too much time or memory" in error.message
    assert "2,000,000 steps" in error.mend


def test_the_budget_is_one_for_all_parts(papers):
    """
    What the body has used, the header does not get once more.
    """
    loops = (
        "{% for a in '"
        + "a" * 900
        + "' %}{% for b in '"
        + "b" * 900
        + "' %}{% endfor %}{% endfor %}"
    )
    one = papers.with_body(*REST, header=line(loops, "Header"))
    both = papers.with_body(f"x {loops}", f"x {loops}", *REST, header=line(loops, "Header"))

    papers.draw(papers.document(), one)
    with pytest.raises(PeerkitError, match=r"own\.docx, header1, .*too much time or memory"):
        papers.draw(papers.document(), both)


def test_a_long_paper_is_within_the_budget(papers):
    """
    What a council can write is drawn, row by row if need be.
    """
    rows = [(f"A{one}", "Train teachers " * 20) for one in range(1_500)]
    row = "{% for row in tables.t.rows %}{{ row.c0.text }}: {{ row.c1.text }}; {% endfor %}"
    template = papers.with_body("{% for again in [1, 2, 3] %}" + row + "{% endfor %}", *REST)

    found = papers.texts(papers.draw(papers.document(papers.table(*rows)), template))

    assert any("A1499: Train" in text for text in found)


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("{{ title[::0] }}", "cannot be taken in steps of 0"),
        ("{{ title['a':] }}", "is chosen by whole numbers"),
        ("{{ section[1:2] }}", "A part is cut out of a text or a list, and this is a group of names"),
        ("{{ 1[1:2] }}", "A part is cut out of a text or a list, and this is a number"),
        ("{{ title[x:2] }}", "The name “x” is not known here"),
        ("{{ notices[x] }}", "The name “x” is not known here"),
        ("{{ title 1 }}", "The tag should end before a number"),
        ("{% for k, v in title %}{% endfor %}", "another number of names than its items have parts"),
        ("{% for k, v in [1] %}{% endfor %}", "another number of names than its items have parts"),
        ("{{ " + "-" * 5_000 + "1 }}", "too deep"),
        ("{{ " + "not " * 3_000 + "1 }}", "too deep"),
        ("{{ " + "(" * 3_000 + "1" + ")" * 3_000 + " }}", "too deep"),
        ("{{ " + "-" * 60 + "1 }}", "too deep"),
        ("{% if 1 %}" * 300 + "{% endif %}" * 300, "too deep"),
        ("{% if 1 %}" * 60 + "{% endif %}" * 60, "too deep"),
        ("{% for a in [1] %}" * 25 + "{% endfor %}" * 25, "too deep"),
        ("{{ title" + ".x" * 5_000 + " }}", "too deep"),
        ("{{ 1" + "0" * 5_000 + " }}", "a number is too long"),
        ("{% if 1 %}" * 3_000 + "{% endif %}" * 3_000, "More than 4,000 tags"),
        ("{{ title }}" * 20_000, "more than 20,000 braces"),
        (("{{ title" + " " * 100 + "}}") * 1_000, "The tags of the template have more than 100,000 characters"),
        ("{{ " + " + ".join(["1"] * 40_000) + " }}", "too deep"),
        ("{{ title | default(a=1) }}", "does not take that"),
        ("{{ title | default(boolean=1, boolean=2) }}", "The filter “default”"),
        ("{{ title > 1 }}", "{{ title > 1 }}: A text, a number and a list cannot be compared"),
        ("{{ 1 in title }}", "cannot be compared"),
        ("{{ title in 5 }}", "cannot be compared"),
        ("{{ '%9d' is divisibleby(5) }}", "is for whole numbers, and not for 0"),
        ("{{ 5 is divisibleby(0) }}", "is for whole numbers, and not for 0"),
        ("{{ front | upper }}", "The filter “upper” is for texts, and this is a part of the paper"),
        ("{{ sections | upper }}", "is for texts, and this is a list"),
        ("{{ [] | first }}", "There is no first item in an empty list"),
        ("{% for x in 5 %}{% endfor %}", "A loop goes through a list, and this is a number"),
        ("{% for s in sections recursive %}{{ loop(sections) }}{% endfor %}", "calls itself more than 50"),
        ("{% for s in sections %}{{ loop(s.sections) }}{% endfor %}", "inside a loop that is recursive"),
        ("{{ loop(sections) }}", "inside a loop that is recursive"),
        ("{{ loop.index }}", "“loop” is known inside"),
    ],
    ids=lambda one: one[:30],
)  # fmt: skip
def test_a_fault_of_a_template_is_told_as_one(papers, tag, said):
    """
    What Python raises for what a template asks is never taken for a bug of ours.
    """
    error = refused(papers, tag)

    assert error.message.startswith("own.docx, body")
    assert said in error.message


def test_what_is_deep_enough_is_drawn(papers):
    """
    What is allowed is within what Python's own compiler takes.
    """
    papers.draw(
        papers.document(),
        papers.with_body(
            "{{ " + "-" * 45 + "1 }}",
            "{{ " + "(" * 45 + "1" + ")" * 45 + " }}",
            "{{ 1" + " + 1" * 45 + " }}",
            "{{ title" + " | upper" * 45 + " }}",
            "{{ " + "title if title else " * 40 + "title }}",
            "x{% if " + " and ".join(["title"] * 45) + " %}{% endif %}",
            "x" + "{% if 1 %}" * 45 + "{% endif %}" * 45,
            "{% for a in [1] %}" * 10 + "{{ a }}" + "{% endfor %}" * 10,
            "x" + "{% for a in [1] recursive %}" * 10 + "{{ loop([]) }}" + "{% endfor %}" * 10,
            *REST,
        ),
    )


def test_a_bug_of_ours_stays_one(papers, monkeypatch):
    """
    A fault in what draws for the template is not laid at its door.
    """

    def broken(*_):
        raise TypeError("ours")

    monkeypatch.setattr("peerkit_docx.markup.blocks.Pen.blocks", broken)

    with pytest.raises(TypeError, match="ours"):
        papers.draw(papers.document(), papers.with_body(*REST))


@pytest.mark.parametrize(
    ("tag", "message", "mend"),
    [
        ("{{ title – x }}", "{{ title – x }}: An en dash (–) stands inside the tag", "Type a hyphen there."),
        ("{{ title…x }}", "An ellipsis (…) stands inside the tag", "Type what it stands for there."),
        ("{{ title $ }}", "The sign “$” (dollar sign) cannot stand inside a tag", "Take it out."),
        ("{{ title's }}", "A quotation mark inside the tag has no partner", "Put one behind the text, too."),

        ("{{ title’s }}", "A quotation mark inside the tag has no partner", ""),
        ("{% endfor %}", "{% endfor %}: It closes nothing", "Put {% for … %} before it"),
        ("{% else %}", "{% else %}: It belongs to no question", "Put {% if … %} before it"),
        ("{% for s in notices %}{% if title %}{% endfor %}", "{% if title %}: It is still open where {% endfor %} stands",
         "Put {% endif %} before that"),
        ("{% for s in sections %}", "{% for s in sections %}: It is never closed", "Put {% endfor %} behind"),
        ("{%tr for x in sections %}", "{%tr for x in sections %}: A tr tag stands outside a table", "Put it into the row it stands for"),
        ("{% esle %}", "There is no tag “esle” in a template", "Did you mean “else”?"),
        ("{% do x %}", "There is no tag “do” in a template", "Allowed are if, "),
        ("{% for %}", "{% for %}: Something is missing at the end of the tag", ""),
        ("{% for x sections %}", "“sections” stands where “in” is needed", ""),
        ("{% 1 %}", "The tag does not say what it does", "Allowed are if, "),
        ("{{ title. }}", "No name stands behind a point", ""),
        ("{{ title if }}", "{{ title if }}: Something is missing at the end of the tag", ""),
        ("{{ title x }}", "{{ title x }}: The tag should end before “x”", "Take the rest out."),
        ("{{ title) }}", "“)”", ""),
        ("{{ (title] }}", "“]” stands where “)” is needed", ""),
        ("{{ title|upper(1) }}", "The filter “upper” takes no value in brackets, not 1", ""),
        ("{{ title|default(1,2,3,4) }}", "The filter “default” takes up to 2 values in brackets, not 4", ""),
        ("{{ title|uper }}", "There is no filter “uper”", "Did you mean “upper”?"),
        ("{{ title is evn }}", "There is no question “evn”", "Did you mean “even”?"),
        ("{{ 9 ** 9 }}", "A power (**) is not allowed in a template", "Only +, -, *, /, // and % are allowed."),
        ("{% set ns.x = 1 %}", "Giving a value to a part of a name is not allowed in a template", "Choose a name"),
        ("{{ titel }}", "The name “titel” is not known here", "Did you mean “title”?"),
        ("{{ section.s.hedding }}", "The name “section.s.hedding” is not known here",
         "Did you mean “section.s.heading”?"),
        ("{% for part in sections %}{{ part.levle }}{% endfor %}", "The name “part.levle” is not known here",
         "Did you mean “part.level”?"),
        ("{% for part in sections %}{{ prat }}{% endfor %}", "The name “prat” is not known here",
         "Did you mean “part”?"),
        ("{{ zzz }}", "The name “zzz” is not known here", "peerkit explain"),
        ("{{ title.x }}", "A text has no part named “x”", "peerkit explain"),
        ("{{ sections[99].heading }}", "A list has no item 99", "The first item is 0."),
        ("{{ 1 + x }}", "The name “x” is not known here", ""),
        ("{{ None }}", "Only a text can be printed, and this is nothing", ""),
        ("{{ (1, 2) }}", "Only a text can be printed, and this is a list", ""),
        ("{{ self }}", "self is not allowed in a template", ""),
    ],
    ids=lambda one: one[:30],
)  # fmt: skip
def test_a_fault_is_said_in_plain_words(papers, tag, message, mend):
    """
    Neither Jinja's words nor Python's reach an officer; a likely name is suggested.
    """
    error = refused(papers, "Before it", tag)

    assert error.message.startswith("own.docx, body, paragraph 2: ")
    assert message in error.message
    assert mend in error.mend
    assert not re.search(
        r"jinja|token|undefined|unexpected|positional|iterable|attribute|object|statement",
        error.message,
        re.IGNORECASE,
    )


def test_a_tag_is_told_with_its_place(papers):
    """
    The same tag may stand in many places.
    """
    error = refused(
        papers, "{{ title }} one", "and {{ author }} then {{ titel }} more {{ subject }}"
    )

    assert "own.docx, body, paragraph 2: {{ titel }}: " in error.message


BROKEN = [
    ("word/styles.xml", lambda xml: xml.decode().encode("utf-16"), "is not w"),
    ("word/styles.xml", lambda xml: xml.replace(b"UTF-8", b"UTF-16").decode().replace("UTF-16", "utf-16").encode("utf-16"),
     "word/styles.xml is not written in UTF-8"),
    ("word/numbering.xml", lambda xml: xml.decode().replace("UTF-8", "UTF-16").encode("utf-16"),
     "word/numbering.xml is not written in UTF-8"),
    ("word/_rels/document.xml.rels", lambda xml: xml.decode().replace("UTF-8", "UTF-16").encode("utf-16"),
     "word/_rels/document.xml.rels is not written in UTF-8"),
    ("word/document.xml", lambda xml: xml.replace(b'w:left="', b'w:left="abc'), "says “abc1417” where a whole number is needed (left)"),
    ("word/document.xml", lambda xml: xml.replace(b'w:w="11906"', b'w:w="wide"'), "says “wide” where a whole number"),
    ("word/document.xml", lambda xml: re.sub(rb'w:left="\d+"', b'w:left="99999"', xml), "leave no room for text"),
    ("word/numbering.xml", lambda xml: xml.replace(b'<w:num w:numId="1"', b'<w:num w:numId="abc"'),
     "word/numbering.xml says “abc” where a whole number is needed (numId)"),
    ("word/numbering.xml", lambda xml: xml.replace(b'<w:abstractNumId w:val="1"', b'<w:abstractNumId w:val="abc"'),
     "word/numbering.xml says “abc” where a whole number is needed (abstractNumId)"),
    ("[Content_Types].xml", lambda _: b"", "own.docx, [Content_Types].xml is not well-formed"),
    ("_rels/.rels", lambda _: b"<a><b></a>", "own.docx, _rels/.rels is not well-formed"),
    ("word/_rels/document.xml.rels", lambda _: b"<a>", "own.docx, word/_rels/document.xml.rels is not well-formed"),
    ("word/styles.xml", lambda _: b"<a>", "own.docx, word/styles.xml is not well-formed"),
    ("word/numbering.xml", lambda _: b"", "own.docx, word/numbering.xml is not well-formed"),
    ("word/settings.xml", lambda _: b"<a>", "own.docx, word/settings.xml is not well-formed"),
    ("docProps/custom.xml", lambda _: b"<!DOCTYPE a><a/>", "own.docx, docProps/custom.xml declares a document type"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("part", "change", "said"), BROKEN, ids=lambda one: one if isinstance(one, str) else ""
)
def test_a_broken_part_is_named_with_its_template(papers, part, change, said):
    """
    A part alone says nothing to one who has ten templates.
    """
    package = read_package(build(), "it")
    package[part] = change(package[part])
    template = papers.template(write_package(package))
    paper = papers.rich() if "styles.xml is not w" not in said else papers.document()

    with pytest.raises(PeerkitError) as caught:
        papers.draw(paper, template)

    assert caught.value.message.startswith("own.docx, ")
    assert said in caught.value.message


def test_large_ids_of_word_do_not_disturb_ours(papers):
    """
    Word gives random ids; ours begin after the small ones.
    """
    marks = '<w:p><w:r><w:t>x</w:t></w:r><w:bookmarkStart w:id="99999999999999999999" w:name="a"/><w:bookmarkEnd w:id="9"/></w:p>'
    paper = papers.document(papers.said("Words.", name="n"))

    body = papers.parts(papers.draw(paper, papers.with_body(marks, *REST)))["word/document.xml"]

    assert '<w:bookmarkStart w:id="1" w:name="peerkit_1"/>' in body


def literal(node):
    """
    The text of a string or f-string, with … for what is put in.
    """
    if isinstance(node, ast.JoinedStr):
        return "".join(
            "…" if isinstance(one, ast.FormattedValue) else one.value for one in node.values
        )
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def calls(name):
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == name:
                yield node


def test_every_refusal_is_a_sentence():
    """
    It begins with a capital or the name of a file, and it and its mend end with a stop.
    """
    found = [
        (literal(one.args[0]), [literal(key.value) for key in one.keywords if key.arg == "mend"])
        for one in calls("PeerkitError")
    ]
    messages = [message for message, _ in found if message]
    mends = [mend for _, all_mends in found for mend in all_mends if mend]

    assert 25 < len(messages)
    assert [] == [
        one for one in messages if not re.match(r"[A-Z…“]", one) or not one.endswith((".", "…."))
    ]
    assert [] == [
        one for one in mends if not re.match(r"[A-Z…]", one) or not one.endswith((".", "?", "…"))
    ]
    for refusal in calls("refusal"):
        message, mend = literal(refusal.args[0]), literal(refusal.args[2])
        assert message is None or (re.match(r"[A-Z…]", message) and not message.endswith("."))
        assert mend is None or (mend[0].isupper() and mend.endswith("."))


@pytest.mark.parametrize("sign", ["\U000f7000", "\U000f7013", "\U000f7017"], ids=ascii)
@pytest.mark.parametrize("tag", ["a SIGN b {{ x }}", "{{ 'SIGN' }}", "SIGN"])
def test_signs_that_stand_for_something_here_are_no_template(tag, sign):
    """
    Otherwise they would come out as something else; data may have them.
    """
    plain = draw_names(
        prepare(build(line("{{ x }}", "BodyText"), header="", footer=""), "own.docx"),
        {"x": sign},
        accessible=False,
    )
    template = build(line(tag.replace("SIGN", sign), "BodyText"), header="", footer="")

    assert sign in texts(plain)
    with pytest.raises(PeerkitError, match=r"paragraph 1: It holds the private character U\+F70"):
        prepare(template, "own.docx")
