import json

import pytest

import peerkit
from peerkit.cli import main
from peerkit.cli.exits import Exit

pytestmark = pytest.mark.usefixtures("only_northmere_is_installed")


@pytest.fixture(name="explain", autouse=True)
def _explain(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)

    def run(*names):
        code = main(["explain", *names])
        said = capsys.readouterr()
        return code, said.out or said.err

    return run


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("not-a-day", ["not-a-day: problem", "severity: fault", "To mend it: Write a day like"]),
        ("yaml-duplicate-key", ["yaml-duplicate-key: problem"]),
        ("action", ["action: record kind", "plural: actions", "due: day.", "nested in: plan"]),
        ("actions", ["actions: record kind"]),
        ("review", ["may hold: theme under themes", "illustrative: yes, no, not stated"]),
        ("action.due", ["action.due: field", "holds: day"]),
        ("action.owner", ["holds: links to party"]),
        ("theme.review", ["required, given by where it stands"]),
        ("review.team.role", ["holds: one of lead, peer, inspector"]),
        ("review.kind", ["must be declared in: review_kinds"]),
        ("finding.response", ["finding.response: field", "finding.response: fact", "not stated"]),
        ("organisation", ["organisation: section of peerkit.yaml", "name: text."]),
        ("extends", ["extends: section of peerkit.yaml", "there are: Northmere"]),
        ("review_kinds", ["findings: group of fields for each name", "one: text, required"]),
        ("review_kinds.statement", ["review_kinds.statement: key of peerkit.yaml"]),
        ("review_kinds.library review.findings.strengths.one", ["review_kinds.findings.one: key"]),
        ("fields.choices", ["The words to choose from."]),
        ("seal.motto", ["The words under the arms."]),
        ("papers.letter", ["How letter is made.", "greeting: text.", "    heading: text."]),
        ("papers.letter.parts.order", ["holds: whole number"]),
        ("letter", ["letter: paper", "subject: review", "sections[].heading", "northmere-papers"]),
        ("form", ["form: format", "suffix: .form", "takes template: yes"]),
        ("northmere", ["Northmere: pack", "starter: yes"]),
        ("days-in-order", ["days-in-order: check", "finds: impossible-day"]),
        ("peerkit_papers", ["peerkit_papers: hook", "Offer papers", "Returns:"]),
    ],
)
def test_each_sort_of_name_is_explained(explain, name, expected):
    """
    What a user can name is told from the declarations themselves.
    """
    code, out = explain(name)

    assert Exit.FINE == code
    for words in expected:
        assert words in out


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("not-a-dya", "Did you mean “not-a-day”?"),
        ("due", "Did you mean “action.due”?"),
        ("title", "“review.title” or “theme.title”"),
        ("review_kinds.x.y.z", "There is nothing named “review_kinds.x.y.z”."),
        ("zzz", "What can be explained: problem, record kind, field, fact,"),
    ],
)
def test_unknown_name_is_answered_with_what_was_meant(explain, name, expected):
    """
    A name that is not known is answered with those that are.
    """
    code, err = explain(name)

    assert Exit.FAULT == code
    assert expected in err


def test_every_name_in_the_list_is_explained(explain):
    """
    Without a name all are listed, and each of them can be explained.
    """
    code, listed = explain()
    told = json.loads(explain("--json")[1])

    assert Exit.FINE == code
    assert "explain/1" == told["peerkit"]
    squeezed = " ".join(listed.split())
    for one in told["found"]:
        assert one["name"] in squeezed
        assert one["doc"], one["name"]


def test_every_problem_code_is_explained(explain):
    """
    `check` sends people to `explain CODE`, so there is an answer for each code.
    """
    told = json.loads(explain("--json")[1])["found"]
    explained = {one["name"]: one for one in told if one["category"] == "problem"}
    offers = peerkit.gather()

    assert set(offers.problem_kinds) == set(explained)
    assert all(one["mend"] for one in explained.values())


def test_json_has_the_fields_of_a_kind(explain):
    """
    A program can build a form from it.
    """
    (found,) = json.loads(explain("finding", "--json")[1])["found"]
    response = next(field for field in found["fields"] if field["key"] == "response")

    assert {
        "key": "response",
        "holds": "one of",
        "doc": "The host's answer to it.",
        "required": False,
        "choices": ["accepted", "partly accepted", "not accepted"],
    } == response


def test_inside_a_register_a_paper_tells_its_own_names(explain, northmere, monkeypatch):
    """
    What a template may use depends on what the organisation configures.
    """
    assert "section.body.heading" not in explain("letter")[1]
    monkeypatch.chdir(northmere)

    assert "section.body.heading" in explain("letter")[1]
