import datetime as dt

import attrs
import pytest

import peerkit
from peerkit import testing
from peerkit.builtin.formats import JSON, MARKDOWN


@pytest.mark.parametrize("format_", [MARKDOWN, JSON], ids=lambda format_: format_.name)
def test_our_own_formats_keep_what_they_ask_of_others(format_):
    """
    Markdown and JSON pass the suite that plugin authors are given.
    """
    assert [] == list(testing.format_faults(format_))


def test_a_format_that_loses_text_is_named():
    """
    A format that drops what it cannot write fails the suite.
    """
    careless = attrs.evolve(
        MARKDOWN, name="careless", draw=lambda document, _template: document.title.encode()
    )

    assert any("careless loses" in fault for fault in testing.format_faults(careless))


def test_a_format_that_uses_a_clock_is_named():
    """
    A format whose bytes differ from run to run fails the suite.
    """
    runs = iter(range(1000))
    restless = attrs.evolve(
        JSON,
        name="restless",
        draw=lambda document, template: JSON.draw(document, template) + b" " * next(runs),
    )

    assert any("other bytes" in fault for fault in testing.format_faults(restless))


def _without(word):
    """
    A format that drops every line with *word* in it.
    """

    def draw(document, template):
        lines = MARKDOWN.draw(document, template).decode().splitlines()
        return "\n".join(line for line in lines if word not in line).encode()

    return draw


@pytest.mark.parametrize(
    "word", ["item", "inner", "cell", "notice", "value", "alternative", "quote", "empty", "link"]
)
def test_a_format_that_loses_one_kind_of_thing_is_named(word):
    """
    What is lost is missed though the same text stands elsewhere.
    """
    careless = attrs.evolve(MARKDOWN, name="careless", draw=_without(word))

    assert any(f"careless loses '{word}" in fault for fault in testing.format_faults(careless))


def test_a_format_that_turns_things_round_is_named():
    """
    A reader finds the paragraphs in the order of the document.
    """

    def draw(document, template):
        parts = MARKDOWN.draw(document, template).decode().split("\n\n")
        return "\n\n".join(reversed(parts)).encode()

    turned = attrs.evolve(MARKDOWN, name="turned", draw=draw)

    assert any("before what stands above it" in fault for fault in testing.format_faults(turned))


def test_papers_of_the_example_fit_their_shapes():
    """
    What a paper says a template may use is what its documents have.
    """
    register = peerkit.load("examples/middlesbrough")

    assert [] == list(testing.paper_faults(register, dt.date(2022, 2, 14)))


def test_the_sample_register_is_sound():
    """
    Plugin authors begin with a register that has no problem.
    """
    register = testing.sample_register()

    assert () == peerkit.check(register, on=dt.date(2026, 2, 1))
