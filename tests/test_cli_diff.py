import datetime as dt
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
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)
    return Path(shutil.copytree(HERE / "judged", tmp_path / "judged"))


def diff(capsys, since, until, *arguments):
    code = main(["diff", "judged", "--from", since, "--to", until, *arguments])
    return code, capsys.readouterr().out


AS_READ = """\
judged, from 28 February 2022 to 30 September 2022

Moved
  plan/A1: agreed → under way on 14 March 2022, by Head of Libraries.
  plan/A4: agreed → done on 14 March 2022, by Head of Libraries.
  plan/A4: done → verified on 9 May 2022, by The Cabinet.

New due days
  plan/A2: July 2022 → December 2022, set on 9 May 2022, by The Cabinet: The supplier is
    late.

Asked
  plan/A2: new due day December 2022 asked on 14 March 2022, by Head of Libraries, of The
    Cabinet: The supplier is late. Granted on 9 May 2022.
  plan/A3: removal asked on 4 July 2022, by Head of Libraries, of The Cabinet: It has not
    rained. Refused on 5 September 2022.

Finished
  plan/A4: verified: Stay open until eight.

Overdue since then
  plan/A1: since 1 May 2022; due 30 April 2022, 153 days past.

Open findings
Theme          Opening  New  Closed  Closing
-------------  -------  ---  ------  -------
Opening hours        2    0       0        2
Stock                1    0       0        1
no theme             1    0       0        1
All                  4    0       0        4

Open actions
Theme          Opening  New  Closed  Closing
-------------  -------  ---  ------  -------
Opening hours        2    0       1        1
Stock                2    0       0        2
no theme             1    0       0        1
All                  4    0       1        3
One in several themes counts in each of them, and once in all.

To see 4 advice: peerkit check judged
To see what stands where: peerkit status judged --on 2022-09-30
"""


def test_changes_read_well(capsys):
    """
    What moved, what was put off and why, what is finished, what is overdue, and numbers
    that add up.
    """
    assert (Exit.FINE, AS_READ) == diff(capsys, "28 February 2022", "2022-09-30")


def test_what_is_new_is_told_since_when(capsys):
    """
    Actions are there since their plan was approved.
    """
    _, out = diff(capsys, "2022-02-13", "2022-02-14")

    assert (
        """\
New
  plan: Plan for libraries (first told of on 14 February 2022)
  plan/A1: Count the visitors. (first told of on 14 February 2022)
"""
        in out
    )
    assert "plan: draft → agreed on 14 February 2022, as its own day tells." in out
    assert "All                  0    4       0        4" in out


def test_an_undated_plan_is_told_how_to_say_since_when(judged, capsys):
    """
    Where only what was recorded shows that a plan is there, a day would tell more.
    """
    path = judged / "plans/plan.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("approved: 2022-02-14\n", ""), "utf-8")
    _, out = diff(capsys, "2022-02-13", "2022-03-31")

    assert (
        """\
  plan: Plan for libraries (first told of on 14 March 2022; to say since when it is there,
    write “day” or “approved” in it)
"""
        in out
    )


def test_nothing_changed_is_told(capsys):
    """
    A quiet week has its numbers all the same.
    """
    code, out = diff(capsys, "2022-08-01", "2022-08-08")

    assert Exit.FINE == code
    assert "Nothing changed." in out
    assert "All                  3    0       0        3" in out


def test_the_last_day_is_todays_without_to(monkeypatch, capsys):
    """
    Only the command line knows what day it is.
    """
    monkeypatch.setattr("peerkit.cli.options.today", lambda: dt.date(2022, 9, 30))
    main(["diff", "judged", "--from", "2022-02-28"])

    assert AS_READ == capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--from", "2022-03-01", "--to", "2022-02-01"], "--from 2022-03-01 lies after --to"),
        (["--to", "2022-02-01"], "Missing option '--from'"),
        (["--from", "July 2022"], "one day is needed here"),
    ],
)
def test_days_must_be_in_order(arguments, said, capsys):
    """
    No day is guessed, and none is turned round.
    """
    assert Exit.FAULT == main(["diff", "judged", *arguments])

    err = capsys.readouterr().err
    assert said in err
    assert "peerkit diff --help" in err


def test_json_is_as_documented(capsys):
    """
    Programs are told the same as people, in a shape that stays.
    """
    code, out = diff(capsys, "2022-02-28", "2022-09-30", "--json")
    told = json.loads(out)

    assert Exit.FINE == code
    assert {
        "peerkit": "diff/1",
        "register": "judged",
        "folder": "judged",
        "from": "2022-02-28",
        "to": "2022-09-30",
        "refused": [],
        "exit": 0,
    } == {key: told[key] for key in told if key not in ("records", "balances", "problems")}
    assert ["plan/A1", "plan/A2", "plan/A3", "plan/A4"] == [one["id"] for one in told["records"]]
    assert {
        "kind": "action",
        "id": "plan/A4",
        "what": "Stay open until eight.",
        "new": None,
        "moved": [
            {
                "day": "2022-03-14",
                "from": "agreed",
                "to": "done",
                "by": "head",
                "reason": "",
                "occasion": "2022-03-14-progress-round",
            },
            {
                "day": "2022-05-09",
                "from": "done",
                "to": "verified",
                "by": "cabinet",
                "reason": "",
                "occasion": "2022-05-09-cabinet",
            },
        ],
        "revised": [],
        "asked": [],
        "answered": [],
        "finished": "verified",
        "overdue": None,
    } == told["records"][3]
    assert {
        "what": "removal",
        "due": None,
        "day": "2022-07-04",
        "by": "head",
        "of": "cabinet",
        "reason": "It has not rained.",
        "answer": "refused",
        "answered": "2022-09-05",
    } == told["records"][2]["asked"][0]
    assert {
        "total": {"opening": 4, "new": 0, "reopened": 0, "closed": 1, "closing": 3},
        "themes": [
            {
                "theme": "libraries/opening",
                "title": "Opening hours",
                "opening": 2,
                "new": 0,
                "reopened": 0,
                "closed": 1,
                "closing": 1,
            },
            {
                "theme": "libraries/stock",
                "title": "Stock",
                "opening": 2,
                "new": 0,
                "reopened": 0,
                "closed": 0,
                "closing": 2,
            },
            {
                "theme": None,
                "title": "",
                "opening": 1,
                "new": 0,
                "reopened": 0,
                "closed": 0,
                "closing": 1,
            },
        ],
    } == told["balances"]["action"]


def test_faults_are_told_as_check_tells_them(judged, capsys):
    """
    What could not be taken in is not compared.
    """
    path = judged / "plans/plan.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("due: July", "due: Juli"), "utf-8")
    code, out = diff(capsys, "2022-02-28", "2022-09-30")

    assert Exit.FAULT == code
    assert "“Juli 2022” is not a day" in out
    assert "Open actions" not in out
    told = json.loads(diff(capsys, "2022-02-28", "2022-09-30", "--json")[1])
    assert ([], {}, 2) == (told["records"], told["balances"], told["exit"])


def test_an_error_does_not_hide_the_changes(judged, capsys):
    """
    What was not permitted is no change, and is told.
    """
    path = judged / "history/2022-05-09-cabinet.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("by: cabinet", "by: head"), "utf-8")
    code, out = diff(capsys, "2022-02-28", "2022-06-30")

    assert Exit.ERROR == code
    assert "Not permitted, and so not counted" in out
    assert "done → verified" not in out


def test_without_rules_nothing_can_change(judged, capsys):
    """
    A register without rules is told so.
    """
    shutil.rmtree(judged / "history")
    path = judged / "peerkit.yaml"
    text = path.read_text(encoding="utf-8").partition("rules:")[0]
    path.write_text(text.replace("extends: [reviews, actions-by-evidence]\n", ""), encoding="utf-8")
    code, out = diff(capsys, "2022-02-28", "2022-06-30")

    assert Exit.FINE == code
    assert "No rules are declared, so nothing has stages." in out
