from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from jinja2 import TemplateSyntaxError

from peerkit.errors import PeerkitError

from . import composing
from .likeness import common_form, drawn_by_docxtpl, drawn_by_us, told, unsound

# Behind what these print, docxtpl lets go of how the run was set.
LOSES_LOOKS = re.compile(r"\{\{\s*r|picture")
PLACE = re.compile(r"own\.docx, (?:body|header1|footer1|footnotes), (?:paragraph|table) \d")


@pytest.mark.timeout(1200)  # to make a template that fails a small one takes minutes
@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(made=composing.templates())
def test_any_template_is_drawn_as_docxtpl_draws_it_or_refused_with_its_place(made):
    """
    Whatever a template is composed of, what is drawn is sound and the same as docxtpl's.
    """
    template, cut = made
    data = template.made(cut)
    try:
        drawn = drawn_by_us(data, template.names)
    except PeerkitError as error:
        assert PLACE.match(error.message), error.message  # noqa: PT017 - either is right
        return
    assert () == tuple(unsound(drawn, data, template.names))
    written = (
        template.body,
        template.header,
        template.footer,
        *(p.content for p in template.parts),
    )
    looks = not any(LOSES_LOOKS.search(str(one)) for one in written)
    try:
        other = drawn_by_docxtpl(data, template.names)
    except TemplateSyntaxError:
        return  # docxtpl has cut a tag in two, and there is nothing to compare with
    expected, actual = common_form(other, looks=looks), common_form(drawn, looks=looks)

    assert expected == actual, told(expected, actual)


@pytest.mark.parametrize(
    ("often", "expected"), [(0, []), (100, [1, 2, 3])], ids=["never", "everywhere"]
)
def test_runs_are_cut_as_often_as_asked(often, expected):
    """
    A text is cut in so many of a hundred places, the same each time.
    """
    cut = composing.cutting(1, often)

    assert expected == cut("text") == cut("text")
