from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import warnings
from pathlib import Path

import pytest

from peerkit.errors import PeerkitError
from peerkit_docx import Prose, draw_names, prepare
from peerkit_docx.basefile import build, line
from peerkit_docx.checking import check_template

TITLE = line("Northmere", "Heading1")


def escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;")


def template(*texts):
    body = "".join(line(escaped(one), "BodyText") for one in texts)
    return build(TITLE + body, header="", footer=line("x", "Footer"))


def drawn(content, **names):
    return draw_names(prepare(content, "own.docx"), names, origin="own.docx", accessible=False)


def refused(content, **names):
    with pytest.raises(PeerkitError) as caught:
        drawn(content, **names)
    return caught.value


# -- what looks small and costs much -----------------------------------------------

# A text of 100,000 characters, lists of as many items, and half a million rounds.
TEXT = "{% set s = 'a b c d e ' %}" + "{% set s = s ~ s ~ s ~ s ~ s ~ s ~ s ~ s ~ s ~ s %}" * 4
LIST = "{% set a = range(10000) | list %}{% set b = a+a+a+a+a+a+a+a+a+a %}"
TWINS = "{% set x = [1] %}{% set y = [1] %}" + "{% set x = [x, x] %}{% set y = [y, y] %}" * 40
TUPLES = "{% set x = (1, 2) %}" + "{% set x = (x, x) %}" * 40
MANY = "{% set m = m + m %}" * 16


def rounds(tag):
    return "{% for i in range(10000) %}{% for j in range(50) %}" + tag + "{% endfor %}{% endfor %}"


BOMBS = {
    "sum": LIST + rounds("{% set q = b | sum %}"),
    "in": LIST + rounds("{% if -1 in b %}x{% endif %}"),
    "not in a text": TEXT + rounds("{% if 'aa' not in s %}{% endif %}"),
    "unlike": LIST + "{% set c = b + [] %}" + rounds("{% if b != c %}x{% endif %}"),
    "a text like another": TEXT + "{% set t = s ~ '' %}" + rounds("{% if s == t %}{% endif %}"),
    "lists of lists": LIST + "{% set m = [b] %}" + MANY + "{{ m | map('list') | list | length }}",
    "lists of sums": LIST + "{% set m = [b] %}" + MANY + "{{ m | map('sum') | list | length }}",
    "batches": LIST + rounds("{% set q = b | batch(1) %}"),
    "empty slices": rounds("{% set q = [1] | slice(1000) %}"),
    "letters": TEXT + rounds("{% set q = s | list %}"),
    "upper": TEXT + rounds("{% if s | upper == 'b' %}x{% endif %}"),
    "title": TEXT + rounds("{% set q = s | title %}"),
    "words": TEXT + rounds("{% set q = s | wordcount %}"),
    "texts kept": TEXT + "{% set m = [s] %}" + MANY + "{% set q = m | map('upper') | list %}",
    "turned round": LIST + rounds("{% set q = b | reverse %}"),
    "joined lists": LIST + rounds("{% set q = a + a %}"),
    "joined texts": TEXT + rounds("{% set q = s ~ '' %}"),
    "doubled and compared": TWINS + "{% if x == y %}x{% endif %}",
    "doubled, in a row": TWINS + "{% if x == y == x %}x{% endif %}",
    "doubled, in order": TWINS + "{{ [x, y] | sort | length }}",
    "doubled, by a name": TWINS + "{{ [{'a': x}, {'a': y}] | groupby('a') | length }}",
    "doubled, the least": TWINS + "{{ [x, y] | min | length }}",
    "doubled, sorted by value": TWINS + "{{ {'a': x, 'b': y} | dictsort(by='value') | length }}",
    "doubled, among": TWINS + "{% if x in [y] %}x{% endif %}",
    "doubled, asked": TWINS + "{% if x is eq(y) %}x{% endif %}",
    "doubled, chosen": TWINS + "{{ [x] | select('in', [y]) | list | length }}",
    "doubled, changed": TWINS + "{% for i in [x, y] %}{% if loop.changed(i) %}x{% endif %}{% endfor %}",
    "doubled and unique": TUPLES + "{{ [x] | unique | length }}",
    "a default in order": LIST + "{% set m = [{}] %}" + MANY + "{{ m | groupby('a', default=b) | length }}",
    "a long way": "{% set m = ['a'] %}" + MANY + f"{{% set q = m | map(attribute='{'0.' * 400}0') | list %}}" * 9,
    "what a loop keeps": "{% for i in range(10000) recursive %}" + "x" * 20_000 + "{% endfor %}",
    "what is printed side by side": TEXT + "{{ s }}" * 3_000,
}  # fmt: skip

_ALONE = """
import json, pathlib, re, resource, sys, time
sys.path.insert(0, {folder!r})
import test_docx_costs as tests
told = {{}}
for name, tags in tests.BOMBS.items():
    prepared = tests.prepare(tests.template(tags), "own.docx")
    begun = time.monotonic()
    try:
        tests.draw_names(prepared, {{}}, origin="own.docx", accessible=False)
    except tests.PeerkitError as error:
        told[name] = [error.message[-60:], error.mend, time.monotonic() - begun]
    else:
        told[name] = ["drawn", "", 0]
status = pathlib.Path("/proc/self/status")
if status.exists():  # the other counts what the process had before it became this one
    most = int(re.search(r"VmHWM:\\s*(\\d+)", status.read_text())[1]) * 1024
else:
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps([told, most // 1024 // 1024]))
"""


def test_what_is_small_to_write_is_not_endless_to_draw():
    """
    Long lists and texts are paid for where they are compared, copied or made, and in time.
    """
    pytest.importorskip("resource")
    done = subprocess.run(
        [sys.executable, "-c", _ALONE.format(folder=str(Path(__file__).parent))],
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    told, megabytes = json.loads(done.stdout.splitlines()[-1])

    for name, (said, mend, seconds) in told.items():
        assert "This template used too much time or memory." in said, name
        assert "2,000,000 steps" in mend
        assert seconds < 5, name  # on a slow machine; half of one elsewhere
    assert megabytes < 300


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("{{ '%1000000000d' is even }}", "The question “even” is for numbers"),
        (TWINS + "{% if x is lower %}x{% endif %}", "The question “lower” is for texts"),
        (TUPLES + "{% set q = {x: 1} %}", "A name or place is a text or a number"),
        (TUPLES + "{% set q = {'a': 1} %}{{ q[x] }}", "A name or place is a text or a number"),
        (TEXT + "{{ s | trim(s) }}", "takes up to 1,000 characters"),
        ("{{ [['x']] | map('map', ' last') | list | length }}", "There is no filter “ last”"),
        ("{{ [['x']] | map('select', ' x') | list | length }}", "There is no question “ x”"),
        ("{{ 1 is lt('a') }}", "cannot be compared"),
        ("{{ x | sum(attribute='²') }}", "is not the number of an item"),
        ("{{ x | join(',', attribute='²') }}", "is not the number of an item"),
        ("{{ x | map(attribute='²') | list | length }}", "is not the number of an item"),
        ("{{ x | sort(attribute='a,²') | length }}", "is not the number of an item"),
        ("{{ x | selectattr('" + "9" * 900 + "') | list | length }}", "is not the number of an item"),
        ("{% if x %}a" + "{% elif x %}b" * 3_000 + "{% endif %}", "more than 200 {% elif … %}"),
    ],
    ids=lambda one: one[-30:],
)  # fmt: skip
def test_what_has_no_price_is_refused(tag, said):
    """
    So is what would reach a filter that no template may name.
    """
    error = refused(template(tag), x=[{"a": 1}])

    assert error.message.startswith("own.docx, body, paragraph 2")
    assert said in error.message


def test_the_usual_is_paid_for_with_ease():
    """
    What a long plan does with its texts, row by row, is far within the budget.
    """
    rows = [{"do": f"{one}. Train teachers " * 20, "owner": "Northmere"} for one in range(5_000)]
    content = template(
        "{% for r in rows | sort(attribute='owner') %}{% if r.owner in ['a', 'b'] or r.do != r.owner %}"
        "{{ r.do | trim | replace('Train', 'Teach') }} {{ r.owner | upper }}; {% endif %}{% endfor %}"
    )
    begun = time.monotonic()

    assert len(drawn(content, rows=rows)) > 10_000
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize("digits", [101, 5_000])
def test_a_number_that_nobody_can_read_is_refused(digits):
    """
    Where it is given, before a filter stumbles over it.
    """
    error = refused(template("{{ rows }}"), rows=[{"a": 10**digits}])

    assert "rows[0].a holds a number of more than 100 digits." == error.message


def test_a_width_of_many_digits_is_refused():
    """
    As any other that no table has.
    """
    cell = f"<w:tc><w:tcPr/>{line('{% colspan n %}x', 'TableText')}</w:tc>"
    table = f'<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="9000"/></w:tblGrid><w:tr>{cell}</w:tr></w:tbl>'
    content = build(TITLE + table + line("x", "BodyText"), header="", footer=line("x", "Footer"))

    error = refused(content, n="9" * 5_000)

    assert "A cell spans from 1 to 63 columns" in error.message


# -- loops that call themselves ----------------------------------------------------


@pytest.mark.parametrize(
    "tag",
    [
        "{%p set x = loop(s.below) %}",
        "{%p if loop(s.below) %}",
        "{{ loop(s.below) | upper }}",
        "{{ loop(s.below) | length }}",
        "{{ loop(s.below) if s.below }}",
        "{{ loop(s.below) ~ '' }}",
        "{{ [loop(s.below)] | join }}",
        "{%p for x in loop(s.below) %}",
    ],
)
def test_what_a_loop_draws_inside_itself_is_printed_or_refused(tag):
    """
    It is markup, and kept or changed it would be lost, or damage the file.
    """
    closer = {"{%p if": "{%p endif %}", "{%p fo": "{%p endfor %}"}.get(tag[:6], "x")
    content = template(
        "{%p for s in tree recursive %}", "{{ s.name }}", tag, closer, "{%p endfor %}"
    )

    (found,) = [
        one for one in check_template(content, "own.docx", None) if one.code != "access-spacing"
    ]

    assert "template-not-allowed" == found.code
    assert "can only be printed by itself" in found.message
    assert "own.docx, body, paragraph 4" in refused(content, tree=[]).message


@pytest.mark.parametrize("tag", ["{% with loop = 1 %}{% endwith %}", "{% set loop = 1 %}"])
def test_no_other_thing_is_called_a_loop(tag):
    """
    Or a loop could call another one from where that does not stand.
    """
    assert "Choose another name" in refused(template("x" + tag)).mend


# -- an if without an else ---------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("[{{ 'a' if no }}]", "[]"),
        ("[{{ 'a' if yes }}]", "[a]"),
        ("[{{ ('a' if no) | default('b') }}]", "[b]"),
        ("[{{ 'x' ~ ('a' if no) }}]", "[x]"),
        ("[{{ ('a' if no) | upper }}]", "[]"),
        ("[{% set x = 'a' if no %}{{ x }}]", "[]"),
        ("[{% for x in ['a'] if no %}{{ x }}{% endfor %}]", "[]"),
        ("[{% for x in (['a'] if no) %}{{ x }}{% endfor %}]", "[]"),
        ("[{{ ['a', 'b' if no] | join('-') }}]", "[a-]"),
        ("[{{r rich if no }}]", "[]"),
    ],
)
def test_an_if_without_else_prints_nothing(papers, tag, expected):
    """
    As it does in Jinja.
    """
    assert expected in papers.texts(drawn(template(tag), no=False, yes=True))


def test_an_if_without_else_leaves_out_a_block(papers):
    """
    A part that is drawn whole is there or not.
    """
    content = template("{{p note if no }}", "{{p note if yes }}")

    assert "A note" in papers.texts(drawn(content, no=False, yes=True, note=Prose("A note")))


def test_a_name_that_is_missing_is_still_told():
    """
    Only what the question itself leaves out prints as nothing.
    """
    assert (
        "“nobody” is not known here" in refused(template("{{ nobody if yes }}"), yes=True).message
    )


def test_python_has_nothing_to_say():
    """
    What it thinks of how a tag was written goes to nobody.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        drawn(template("{{ 1 if 1 is eq(1) else 2 }}{% if 'a' is defined %}x{% endif %}"))


# -- templates that are slow to look over ------------------------------------------


def nested(levels):
    begun = "<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc><w:tcPr/>"
    return begun * levels + line("{{ x }}", "BodyText") + "<w:p/></w:tc></w:tr></w:tbl>" * levels


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (nested(40), ""),
        (line("}} " * 20_000, "BodyText"), "More than 4,000 tags"),
        (line("{{p " * 8_500, "BodyText"), "More than 4,000 tags"),
        (line("{{ x }}" * 9_000, "BodyText"), "More than 4,000 tags"),
        (line("{{ x }}" + "a" * 1_000_001, "BodyText"), "1,000,000 characters with tags"),
        (
            line("", "BodyText", runs="<w:r><w:t>" + "&#123;&#x7B;p " * 11_000 + "</w:t></w:r>"),
            "more than 20,000 braces",
        ),
        (line("{{ x }}" + "}} " * 900, "BodyText"), "closes a tag that never began"),
    ],
    ids=["tables", "closers", "openers", "tags", "a long text", "entities", "some closers"],
)
def test_a_template_is_looked_over_in_time(body, said):
    """
    However deep its tables and however many braces it has.
    """
    content = build(TITLE + body, header="", footer=line("x", "Footer"))
    begun = time.monotonic()

    found = check_template(content, "own.docx", None)

    assert time.monotonic() - begun < 5
    assert not said or any(said in one.message for one in found)
