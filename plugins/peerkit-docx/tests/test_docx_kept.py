"""
What was prepared and kept as text is trusted no more than a Word file.
"""

from __future__ import annotations

import json

import pytest

from peerkit.errors import PeerkitError
from peerkit_docx import Prose, draw_names, dumped, loaded, prepare
from peerkit_docx.basefile import build, line

FIELD = '<w:p><w:fldSimple w:instr="DDEAUTO c:\\x cmd"><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p>'
# Between these, what looks like one tag is two, with markup between them.
AROUND = "<w:p><w:r><w:t>{% if 0 %}{% set q = ('%}', {{1:2}:3}) %}{% endif %}</w:t></w:r></w:p>"
CONTENT_TYPES = "[Content_Types].xml"


def kept():
    body = line("{{ title }}", "Heading1") + line("{{p x }}", "Normal")
    letter = build(body, header="", footer=line("Northmere", "Footer"))
    prepared = prepare(letter, "own.docx")
    return json.loads(dumped(prepared))


def source(plain):
    return plain["sources"][plain["main"]]


def with_field(plain, before=""):
    source(plain)["text"] = source(plain)["text"].replace(
        "<w:sectPr", f"{before}{FIELD}<w:sectPr", 1
    )


TAMPERED = {
    "no main part": lambda plain: plain.update(main="word/nothing.xml"),
    "a main part that is never filled": lambda plain: plain.update(main="word/styles.xml"),
    "no styles": lambda plain: plain.update(styles="x"),
    "styles that are gone": lambda plain: plain["parts"].pop("word/styles.xml"),
    "no content types": lambda plain: plain["parts"].pop(CONTENT_TYPES),
    "no kinds of styles": lambda plain: plain.update(ids={}),
    "no numbering": lambda plain: plain.update(numbering="nope"),
    "a width that is no number": lambda plain: plain.update(width=float("nan")),
    "an endless width": lambda plain: plain.update(width=float("inf")),
    "ids below 0": lambda plain: plain.update(next_id=-5),
    "ids beyond Word's": lambda plain: plain.update(next_id=10**400),
    "parts twice": lambda plain: plain.update(order=plain["order"] * 2),
    "a part nobody knows": lambda plain: plain["parts"].update({"../../etc/x": {"text": "a"}}),
    "pages of no parts": lambda plain: plain.update(pages=[{"kind": "default", "parts": ["x"]}]),
    "tags without places": lambda plain: source(plain).update(spots=[]),
    "half a character": lambda plain: plain["parts"].update({"word/a.xml": {"text": "\ud800"}}),
    "another edition": lambda plain: plain.update(edition=1),
    "no problem of ours": lambda plain: plain["problems"].append({"code": "x"}),
}  # fmt: skip


@pytest.mark.parametrize("tamper", TAMPERED.values(), ids=TAMPERED)
def test_what_could_not_have_been_prepared_is_refused(tamper):
    """
    It is one sentence, whatever does not fit.
    """
    plain = kept()
    tamper(plain)

    with pytest.raises(PeerkitError, match=r"its.json is not a template that this version"):
        loaded(json.dumps(plain), "its.json")


@pytest.mark.parametrize("text", ["", "[" * 200_000, "null", "[]", '{"edition": 2}', "{"])
def test_a_text_of_something_else_is_refused(text):
    """
    However deep it goes.
    """
    with pytest.raises(PeerkitError, match=r"its.json is not a template that this version"):
        loaded(text, "its.json")


@pytest.mark.parametrize("before", ["", AROUND], ids=["plainly", "behind a tag that misleads"])
def test_what_a_template_may_not_hold_is_found(before):
    """
    Jinja itself tells what is markup and what is inside of a tag.
    """
    plain = kept()
    with_field(plain, before)

    with pytest.raises(PeerkitError, match=r"A field is not allowed: DDEAUTO"):
        loaded(json.dumps(plain), "its.json")


def test_a_part_may_not_lead_out_of_the_package():
    """
    Names are looked at as those of a Word file are.
    """
    plain = kept()
    plain["parts"]["../x"] = {"text": "a"}
    plain["order"].append("../x")

    with pytest.raises(PeerkitError, match=r"has a part with an unsafe name"):
        loaded(json.dumps(plain), "its.json")


def test_a_tag_that_jinja_cannot_read_is_told_with_its_place():
    """
    It is a fault of the text, and not of peerkit.
    """
    plain = kept()
    text = source(plain)["text"]
    source(plain)["text"] = text.replace("title }}", "'title }}", 1)

    with pytest.raises(
        PeerkitError, match=r"json, body, paragraph 1: {{ title }}: A quotation mark"
    ):
        loaded(json.dumps(plain), "its.json")


def test_an_id_of_a_style_cannot_say_more_than_one(papers):
    """
    It is written as an attribute's value, wherever it comes from.
    """
    plain = kept()
    evil = f'x"/></w:pPr></w:p>{FIELD}<w:p><w:pPr><w:pStyle w:val="x'
    plain["ids"]["paragraph"]["body text"] = evil

    drawn = draw_names(loaded(json.dumps(plain), "its.json"), {"title": "T", "x": Prose("Words.")})

    assert FIELD not in papers.parts(drawn)["word/document.xml"]
