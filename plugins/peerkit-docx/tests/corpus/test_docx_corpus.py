from __future__ import annotations

import functools
import io
import re
from collections import Counter

import attrs
import docxtpl
import pytest
from jinja2 import Environment
from lxml import etree

from peerkit.errors import PeerkitError
from peerkit_docx import draw_names, dumped, loaded, prepare, texts

from . import faults, images, lines, loops, places, refusals, rich, tables
from .likeness import common_form, drawn_by_us, told, unsound
from .markup import everywhere
from .values import ours, printed, theirs

MODULES = (lines, loops, tables, rich, places, images, refusals, faults)
TEMPLATES = {one.name: one for module in MODULES for one in module.TEMPLATES}
FEATURES = tuple(
    one.name
    for module in MODULES
    for one in module.TEMPLATES
    if module not in (refusals, faults) and not one.wrong
)
REFUSED = tuple(name for name, one in TEMPLATES.items() if one.refused)
WRONG = tuple(name for name, one in TEMPLATES.items() if one.wrong)
VARIANTS = {"whole": None, "cut": everywhere}

each_variant = pytest.mark.parametrize("variant", VARIANTS)


@attrs.frozen(kw_only=True)
class Drawn:
    """
    What came of a template: bytes or what was raised, of either engine.

    *said* is what docxtpl printed.
    """

    data: bytes = attrs.field(repr=False)
    ours: object = attrs.field(repr=False)
    theirs: object = attrs.field(repr=False)
    said: tuple[str, ...]


@functools.cache
def drawn(name, variant):
    """
    The template *name*, its runs cut as *variant* says, drawn by both engines.
    """
    one = TEMPLATES[name]
    data = one.made(VARIANTS[variant])
    said = []

    def heard(value):
        if type(value) is str:
            said.append(value)
        return value

    template = docxtpl.DocxTemplate(io.BytesIO(data))
    template.init_docx()
    made = io.BytesIO()
    try:
        environment = Environment(autoescape=True, finalize=heard)
        template.render(theirs(one.names, template), environment, autoescape=True)
        template.save(made)
        other = made.getvalue()
    except Exception as error:  # noqa: BLE001 - docxtpl lets anything out
        other = error
    try:
        own = drawn_by_us(data, one.names)
    except PeerkitError as error:
        own = error
    return Drawn(data=data, ours=own, theirs=other, said=tuple(said))


def are_same(found):
    """
    Tell whether both engines drew, and drew the same.
    """
    both = (found.theirs, found.ours)
    if not all(isinstance(one, bytes) for one in both):
        return False
    try:
        expected = common_form(found.theirs)
    except etree.XMLSyntaxError:  # lxml, asked to recover, keeps an attribute that stands twice
        return False
    return expected == common_form(found.ours)


def ours_of(found):
    """
    Return what our engine drew, raising what it raised.
    """
    if isinstance(found.ours, Exception):
        raise found.ours
    return found.ours


# -- as docxtpl draws ------------------------------------------------------------------


@each_variant
@pytest.mark.parametrize("name", FEATURES)
def test_a_template_is_drawn_as_docxtpl_draws_it(name, variant):
    """
    What docxtpl draws rightly comes out the same, however Word has cut its runs.
    """
    found = drawn(name, variant)
    assert isinstance(found.theirs, bytes), found.theirs
    expected, actual = common_form(found.theirs), common_form(ours_of(found))

    assert expected == actual, told(expected, actual)


@each_variant
def test_nine_in_ten_are_drawn_the_same(variant):
    """
    Of what docxtpl's documentation shows, nine in ten or more come out the same.
    """
    same = [name for name in FEATURES if are_same(drawn(name, variant))]

    assert 9 * len(FEATURES) <= 10 * len(same), sorted(set(FEATURES) - set(same))


@each_variant
@pytest.mark.parametrize("name", WRONG)
def test_what_docxtpl_draws_wrongly_is_drawn(name, variant):
    """
    Where docxtpl stops or goes wrong, all of the words arrive.
    """
    found = drawn(name, variant)
    shown = Counter(texts(ours_of(found)))

    assert variant == "cut" or not are_same(found)  # some it draws wrongly in one run only
    assert {} == Counter(TEMPLATES[name].shows) - shown


# -- refused ---------------------------------------------------------------------------


@each_variant
@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_says_where_and_why(name, variant):
    """
    What cannot be drawn is refused with its place and the reason, in words and not in XML.
    """
    one = TEMPLATES[name]
    error = drawn(name, variant).ours

    assert isinstance(error, PeerkitError)
    assert error.message.startswith(f"own.docx, {one.at}")
    assert one.refused in error.message
    assert not re.search(r"</?\w+:|/>", error.message)


def test_every_other_template_is_drawn():
    """
    Nothing is refused that is not said to be.
    """
    refused = {name for name in TEMPLATES if isinstance(drawn(name, "whole").ours, PeerkitError)}

    assert set() == refused - set(REFUSED)


# -- sound -----------------------------------------------------------------------------

DRAWN = tuple(name for name, one in TEMPLATES.items() if not one.refused)


@each_variant
@pytest.mark.parametrize("name", TEMPLATES)
def test_what_is_drawn_is_sound(name, variant):
    """
    Every part of what is drawn is XML, and no tag of the template is left.
    """
    found = drawn(name, variant)
    if isinstance(found.ours, bytes):
        assert () == tuple(unsound(found.ours, found.data, TEMPLATES[name].names))


@each_variant
@pytest.mark.parametrize("name", DRAWN)
def test_every_text_that_was_printed_arrives(name, variant):
    """
    Each text of the data that docxtpl prints can be read in what we draw.
    """
    found = drawn(name, variant)
    if not isinstance(found.ours, bytes):
        return  # another test tells
    shown = texts(found.ours)
    given = set(printed(TEMPLATES[name].names))
    # A colour is printed into an attribute that nobody reads; a carriage return as a line break.
    wanted = {
        re.sub(r"\r\n?", "\n", one)
        for one in found.said
        if one in given and one.strip() and not re.fullmatch("#?[0-9A-F]{6}", one)
    }

    assert set() == {one for one in wanted if not any(one in text for text in shown)}


@each_variant
@pytest.mark.parametrize("name", DRAWN)
def test_what_was_kept_draws_the_same(name, variant):
    """
    A template draws the same bytes each time, and as well from the text it is kept in.
    """
    found = drawn(name, variant)
    if not isinstance(found.ours, bytes):
        return  # another test tells
    expected = found.ours
    prepared = prepare(found.data, "own.docx")
    kept = loaded(dumped(prepared), "x")
    given = ours(TEMPLATES[name].names)

    assert expected == draw_names(prepared, given, origin="own.docx", accessible=False)
    assert expected == draw_names(prepared, given, origin="own.docx", accessible=False)
    assert expected == draw_names(kept, given, origin="own.docx", accessible=False)
