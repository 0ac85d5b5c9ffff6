import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerkit.errors import UnknownNameError
from peerkit.facts import NOT_STATED, choice_facts
from peerkit.model import CORE_KINDS, Finding, Party
from peerkit.rules import first_misfit, fits

CONFIGURATION = """\
peerkit: 1
organisation: {name: Northmere Borough Council}
review_kinds:
  peer review:
    findings:
      development: {one: area for development, many: areas for development}
"""
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

    assert expected == fact.ask(record, None)
    assert expected in fact.answers


REVIEW = """\
review: libraries
kind: peer review
title: Libraries
development: {D1: Opening hours are short.}
"""

FACTS = "Its facts are actions, done, illustrative, needs response, response."

RULES = [
    pytest.param("when: {response: accepted}", [], id="sound"),
    pytest.param("when: {response: [accepted, not stated]}", [], id="several answers"),
    pytest.param("when: {‹respones: accepted}", ["Did you mean “response”?"], id="a fact misspelt"),
    pytest.param(
        "when: {response: ‹acepted}", ["Did you mean “accepted”?"], id="an answer misspelt"
    ),
    pytest.param(
        "when: {response: [accepted, ‹not acepted]}",
        ["Did you mean “not accepted”?"],
        id="one answer of two misspelt",
    ),
    pytest.param(
        "when: {‹due: past, illustrative: ‹maybe}",
        [FACTS, "Its answers are yes, no, not stated."],
        id="nothing like it",
    ),
    pytest.param(
        "public: {‹respons: accepted}", ["Did you mean “response”?"], id="in the public gate"
    ),
    pytest.param(
        "first: {label: a, when: {illustrative: ‹yess}}", ["Did you mean “yes”?"], id="in a group"
    ),
    pytest.param(
        "more: [{label: a}, {label: b, when: {‹is: post}}]",
        [FACTS],
        id="in a list of groups",
    ),
    pytest.param(
        "lines: {a: A, b: {label: b, when: {response: [‹none]}}}",
        ["Its answers are accepted, partly accepted, not accepted, not stated."],
        id="in a named group",
    ),
]


@pytest.mark.parametrize(("rule", "mends"), RULES)
def test_rules_ask_only_what_can_be_answered(council, rule, mends):
    """
    A fact or an answer that does not exist is found where it is written, in every rule.
    """
    configured = f"{CONFIGURATION}papers:\n  note:\n    heading: Note\n    {rule}\n"
    problems = council.problems({"peerkit.yaml": configured, "libraries.yaml": REVIEW})

    assert mends == [problem.mend for problem in problems]
    assert council.marked == [
        (one.place.file, one.place.line, one.place.column) for one in problems
    ]
    assert {"unknown-fact", "unknown-answer"} >= {one.code for one in problems}


def test_a_fact_that_records_have_not_cannot_be_asked(council):
    """
    Asking for it from Python is an error that names the kind and the fact.
    """
    snapshot = council.judge({"libraries.yaml": REVIEW})
    record = snapshot.register.get("finding", "libraries/D1")

    assert NOT_STATED == snapshot.ask(record, "response")
    with pytest.raises(UnknownNameError, match="finding has no fact “due”"):
        snapshot.ask(record, "due")
