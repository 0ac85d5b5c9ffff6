import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerkit.facts import NOT_STATED, choice_facts
from peerkit.model import CORE_KINDS, Finding, Party
from peerkit.rules import first_misfit, fits

ON = dt.date(2024, 1, 1)
ANSWERS = {"urgent": "no", "access": "public", "regime": NOT_STATED}


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        pytest.param({}, None, id="no cells"),
        pytest.param({"urgent": ("no",)}, None, id="the only answer"),
        pytest.param({"urgent": ("yes", "no")}, None, id="one of two answers"),
        pytest.param({"urgent": ("yes",)}, ("urgent", "no"), id="another answer"),
        pytest.param(
            {"access": ("public",), "urgent": ("yes",)}, ("urgent", "no"), id="the second misfits"
        ),
        pytest.param(
            {"access": ("exempt",), "urgent": ("yes",)}, ("access", "public"), id="both misfit"
        ),
        pytest.param({"regime": ("executive",)}, ("regime", NOT_STATED), id="not stated"),
        pytest.param({"regime": ("executive", NOT_STATED)}, None, id="not stated and allowed"),
        pytest.param({"urgent": ()}, ("urgent", "no"), id="no answer fits"),
    ],
)
def test_cells_fit_if_each_does(cells, expected):
    """
    The first cell that does not fit is told, with the answer that was given.
    """
    assert expected == first_misfit(cells, ANSWERS.__getitem__)
    assert (expected is None) == fits(cells, ANSWERS.__getitem__)


def test_facts_behind_a_misfit_are_not_asked():
    """
    What comes after the first misfit makes no difference.
    """
    asked = []

    def ask(fact):
        asked.append(fact)
        return "no"

    assert not fits({"a": ("yes",), "b": ("yes",)}, ask)
    assert ["a"] == asked


@given(st.dictionaries(st.sampled_from("abc"), st.lists(st.sampled_from("xyz")).map(tuple)))
def test_cells_fit_exactly_if_there_is_no_misfit(cells):
    """
    The two questions never disagree.
    """
    answers = {"a": "x", "b": "y", "c": "z"}

    assert fits(cells, answers.__getitem__) == all(answers[key] in cells[key] for key in cells)


def facts_of(name):
    kind = next(kind for kind in CORE_KINDS if kind.name == name)
    return {fact.name: fact for fact in choice_facts(kind)}


def finding(**fields):
    return Finding(id="r/D1", text="x", finding_kind="development", review="r", **fields)


@pytest.mark.parametrize(
    ("kind", "name", "answers"),
    [
        ("party", "is", ("person", "post", "group", "partner")),
        ("finding", "response", ("accepted", "partly accepted", "not accepted", NOT_STATED)),
        ("finding", "illustrative", ("yes", "no", NOT_STATED)),
    ],
)
def test_choices_and_flags_are_facts(kind, name, answers):
    """
    Their answers are closed; “not stated” is one of them unless the field is required.
    """
    fact = facts_of(kind)[name]

    assert (kind, answers) == (fact.kind, fact.answers)
    assert fact.doc


def test_texts_links_and_days_are_no_facts():
    """
    Only what has few answers can be asked.
    """
    assert {"illustrative", "response"} == {*facts_of("finding")}


@pytest.mark.parametrize(
    ("record", "name", "expected"),
    [
        (finding(), "response", NOT_STATED),
        (finding(response="accepted"), "response", "accepted"),
        (finding(), "illustrative", NOT_STATED),
        (finding(illustrative=True), "illustrative", "yes"),
        (finding(illustrative=False), "illustrative", "no"),
        (Party(id="p", name="P", is_a="post"), "is", "post"),
    ],
)
def test_a_record_answers_in_words(record, name, expected):
    """
    What is not written is not stated; it is never taken for no.
    """
    fact = facts_of(record.kind)[name]

    assert expected == fact.ask(record, None, ON)
    assert expected in fact.answers


WHEN = [
    pytest.param("{response: accepted}", [], id="sound"),
    pytest.param("{response: [accepted, not stated]}", [], id="several answers"),
    pytest.param(
        "{respones: accepted}",
        [("peerkit.yaml:14:{0}", "unknown-fact", "Did you mean “response”?")],
        id="unknown fact",
    ),
    pytest.param(
        "{response: acepted}",
        [("peerkit.yaml:14:{10}", "unknown-answer", "Did you mean “accepted”?")],
        id="unknown answer",
    ),
    pytest.param(
        "{response: [accepted, no]}",
        [("peerkit.yaml:14:{21}", "unknown-answer", "Did you mean “not accepted”?")],
        id="one unknown answer of two",
    ),
    pytest.param(
        "{due: past, illustrative: maybe}",
        [
            ("peerkit.yaml:14:{0}", "unknown-fact", "Its facts are illustrative, response."),
            ("peerkit.yaml:14:{25}", "unknown-answer", "Its answers are yes, no, not stated."),
        ],
        id="nothing like it",
    ),
]
