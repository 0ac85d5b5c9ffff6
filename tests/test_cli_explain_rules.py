import json
import shutil
from pathlib import Path

import pytest

from peerkit.cli import main
from peerkit.cli.exits import Exit

HERE = Path(__file__).parent / "northmere"
pytestmark = pytest.mark.usefixtures("only_northmere_is_installed")


@pytest.fixture(name="judged", autouse=True)
def _judged(tmp_path, monkeypatch):
    folder = Path(shutil.copytree(HERE / "judged", tmp_path / "judged"))
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture(name="explain")
def _explain(capsys):
    def run(*names):
        code = main(["explain", *names])
        said = capsys.readouterr()
        return code, said.out or said.err

    return run


LIFECYCLE = """\
action.lifecycle: lifecycle
  The stages of records of the kind action, and the moves between them.
  stages: agreed, under way, done, verified, cancelled; it begins at agreed
  final: verified, cancelled
  verifying: verified
  a granted removal leads to: cancelled
  moves:
    From                       To         Needs              By            Reason
    -------------------------  ---------  -----------------  ------------  --------
    agreed                     under way
    agreed or under way        done
    done                       verified   evidence is given  not by owner
    done                       under way                                   required
    agreed, under way or done  cancelled                                   required
  drawn, as text for Mermaid:
    stateDiagram-v2
        state "agreed" as s1
"""


def test_a_lifecycle_is_told_as_a_table_and_as_a_drawing(explain):
    """
    What a drawing shows can be read out as well.
    """
    code, out = explain("action.lifecycle")

    assert Exit.FINE == code
    assert out.startswith(LIFECYCLE)
    assert "        s3 --> s4 : evidence is given, not by owner\n" in out


STATUS = """\
action.status: table
  What decides the status of records of the kind action.
  words, the worst first: Overdue, Awaiting evidence, Not started, In progress, Complete,
    Verified, Cancelled
  key:
    Overdue: Its due day has passed, and it is not done.
"""


def test_a_table_is_told_in_words_with_its_key(explain):
    """
    Each row is a sentence; the last says when nothing else fits.
    """
    _, out = explain("action.status")

    assert out.startswith(STATUS)
    assert (
        """\
  rows, read downwards; the first that fits decides:
    1. Cancelled: if stage is cancelled
    2. Verified: if stage is verified
    3. Complete: if stage is done and evidence is given
    4. Awaiting evidence: if stage is done
    5. Overdue: if due is past
    6. Not started: if stage is agreed
    7. In progress: in any other case
"""
        in out
    )


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "action",
            ["moves:\n    From ", "drawn: peerkit explain action.lifecycle", "stage: agreed,"],
        ),
        ("action", ["tables: action.status, action.confidence"]),
        ("plan", ["drawn: peerkit explain plan.lifecycle"]),
        ("party", ["party: record kind"]),
        ("review.lifecycle", ["brought about by a day: commissioned by the field commissioned"]),
        ("action.confidence", ["people may give as the rating Confidence", "first: Low, High"]),
        ("action.stage", ["action.stage: fact", "answers: agreed,", "offered by: peerkit.yaml"]),
        ("action.due", ["action.due: field", "action.due: fact", "offered by: builtin"]),
        ("plan/A1", ["plan/A1: action", "written in: plans/plan.yaml, line 8"]),
        ("libraries", ["libraries: review", "Status: Actions open"]),
        ("head", ["head: party", "No rules are declared for records of the kind party"]),
        ("finding libraries/D1", ["libraries/D1: finding"]),
        ("findings libraries/D1", ["libraries/D1: finding"]),
    ],
)
def test_inside_a_register_its_own_names_are_known(explain, name, expected):
    """
    Rules, what follows from them, and records are told where they are declared.
    """
    code, out = explain(name)

    assert Exit.FINE == code
    for words in expected:
        assert words in out


WHY = """\
plan/A1: action
  Count the visitors.
  written in: plans/plan.yaml, line 8
  owner: Head of Libraries

  On 15 August 2022:
  stage: under way, since 14 March 2022
  due 30 April 2022, 107 days past

  Status: Overdue (Its due day has passed, and it is not done)
    Row 5 of 7 decides, because due is past.
    As written: {status: Overdue, due: past}
    The table asks: stage: under way, evidence: missing, due: past

  Confidence: not rated
    People rate it; no table decides.

  Answers of its facts:
"""


def test_a_record_is_told_why_it_has_its_status(explain):
    """
    The row that decides is named and shown as written, with what was answered.
    """
    code, out = explain("plan/A1", "--on", "15 August 2022")

    assert Exit.FINE == code
    assert out.startswith(WHY)
    assert "    revised: never\n" in out
    assert out.endswith("""\
  What happened:
    Agreed → under way on 14 March 2022, by Head of Libraries.
    Last note: Counters were bought.
    Last told of: 14 March 2022.
""")


def test_a_record_may_be_named_with_its_kind(explain):
    """
    With or without quotes, the same is told.
    """
    told = explain("plan/A1", "--on", "2022-08-15")

    assert told == explain("action plan/A1", "--on", "2022-08-15")
    assert told == explain("action", "plan/A1", "--on", "2022-08-15")


def test_a_record_is_told_as_of_a_day(explain):
    """
    What was put off is told with the day before, what was asked with its answer.
    """
    _, out = explain("plan/A2", "--on", "2022-05-31")

    assert "due December 2022, 214 days left; was July 2022" in out
    assert "Due July 2022 → December 2022, set on 9 May 2022, by The Cabinet" in out
    assert "Granted on 9 May 2022." in out
    _, before = explain("plan/A2", "--on", "2022-03-01")
    assert "due July 2022, 152 days left\n" in before
    assert "Nothing has been recorded of it." in before


def test_what_was_not_permitted_is_told_with_its_record(explain, judged):
    """
    Why something did not count is found where it is looked for.
    """
    path = judged / "history/2022-05-09-cabinet.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("by: cabinet", "by: head"), "utf-8")
    _, out = explain("plan/A2", "--on", "2022-06-01")

    assert "Not permitted: plan/A2 (2022-05-09-cabinet): It was asked of cabinet" in out


def test_json_tells_why(explain):
    """
    A program can draw what a person reads.
    """
    (found,) = json.loads(explain("plan/A1", "--on", "2022-08-15", "--json")[1])["found"]

    assert ("action", "plan/A1", "plans/plan.yaml:8", True) == tuple(
        found[key] for key in ("category", "name", "written_in", "has_rules")
    )
    assert {
        "axis": "status",
        "title": "Status",
        "is": "Overdue",
        "meaning": "Its due day has passed, and it is not done.",
        "given_by": "rows",
        "row": 5,
        "of_rows": 7,
        "as_written": "{status: Overdue, due: past}",
        "because": {"due": "past"},
        "asked": {"stage": "under way", "evidence": "missing", "due": "past"},
        "people_rated": "",
    } == found["decided"][0]
    assert "past" == found["fact_answers"]["due"]
    assert [("agreed", "under way")] == [(one["from"], one["to"]) for one in found["moved"]]


def test_json_has_a_lifecycle_as_data(explain):
    """
    Moves are rows, the drawing is text.
    """
    (found,) = json.loads(explain("action.lifecycle", "--json")[1])["found"]

    assert {
        "from": "done",
        "to": "verified",
        "needs": "evidence is given",
        "by": "not by owner",
        "reason": "",
    } == found["moves"][2]
    assert found["mermaid"].startswith("stateDiagram-v2\n")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("A1", "Did you mean “plan/A1”?"),
        ("plan/A11", "Did you mean “plan/A1”?"),
        ("action.lifecyle", "Did you mean “action.lifecycle”?"),
        ("lifecycle", "“action.lifecycle”"),
        ("review plan/A1", "There is nothing named “review plan/A1”."),
        ("zzzz", "and records by id"),
    ],
)
def test_unknown_name_is_answered_with_what_was_meant(explain, name, expected):
    """
    Records and rules are suggested like all other names.
    """
    code, err = explain(name)

    assert Exit.FAULT == code
    assert expected in err


def test_the_list_says_how_to_explain_a_record(explain):
    """
    Every name of the rules is listed; records are named by id.
    """
    _, out = explain()

    assert "action.lifecycle" in out
    assert "action.stage" in out
    assert "To learn why a record stands where it does: peerkit explain ID" in out


def test_rules_are_those_of_the_day(explain, judged):
    """
    Rules that change are told as they are in force.
    """
    path = judged / "peerkit.yaml"
    later = "from:\n  2023-01-01:\n    rules:\n      plan: {soon: 7}\n      action:\n"
    later += "        ratings:\n          confidence: {title: Trust, scale: [Low, Middle, High]}\n"
    path.write_text(path.read_text(encoding="utf-8") + later, encoding="utf-8")

    assert "first: Low, High" in explain("action.confidence", "--on", "2022-12-31")[1]
    assert "first: Low, Middle, High" in explain("action.confidence", "--on", "2023-01-01")[1]


def test_broken_rules_leave_all_else_explained(explain, judged):
    """
    Names are told although the register is at fault; records are not.
    """
    path = judged / "peerkit.yaml"
    text = path.read_text(encoding="utf-8").replace("scale: [Low, High]", "scale: []")
    path.write_text(text + "  acton: {soon: 1}\n", encoding="utf-8")

    assert Exit.FINE == explain("action.due")[0]
    code, err = explain("plan/A1")
    assert Exit.FAULT == code
    assert "could not be taken in whole" in err
