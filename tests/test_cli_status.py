import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import peerkit
from peerkit.cli import main
from peerkit.cli.exits import Exit

HERE = Path(__file__).parent / "northmere"
pytestmark = pytest.mark.usefixtures("only_northmere_is_installed")
ON = ("--on", "15 August 2022")


@pytest.fixture(name="judged")
def _judged(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)
    return Path(shutil.copytree(HERE / "judged", tmp_path / "judged"))


def status(capsys, *arguments):
    code = main(["status", *arguments])
    return code, capsys.readouterr().out


ACTIONS = """\
judged on 15 August 2022

Actions of plan: Plan for libraries
Id  Status       What            Owner            Due           Stage            Ratings
--  -----------  --------------  ---------------  ------------  ---------------  -----------
A1  Overdue      Count the       Head of          30 April      under way since
                 visitors.       Libraries        2022          14 March 2022
A2  Not started  Buy books.      Head of          December      agreed
                                 Libraries        2022
                                                  revised, was
                                                  July 2022
A3  Not started  Mend the roof.  Head of          next meeting  agreed
                                 Libraries
A4  Verified     Stay open       Head of          31 March      verified since   Confidence:
                 until eight.    Libraries        2022          9 May 2022       High

How many
  4 actions: 1 Overdue, 2 Not started, 1 Verified
    One in several themes counts in each of them, and once in all.
    Opening hours: 1 Overdue, 1 Verified
    Stock: 1 Overdue, 1 Not started
    no theme: 1 Not started

Overdue
  plan/A1: due 30 April 2022, 107 days past.

Asked, and not answered yet
  plan/A3: removal asked on 4 July 2022, by Head of Libraries, of The Cabinet: It has not
    rained.

To see 4 advice: peerkit check judged
To record what happened: peerkit record judged plan/A1 --to done
To see why it stands where it does, in judged: peerkit explain plan/A1
"""


@pytest.mark.usefixtures("judged")
@pytest.mark.parametrize("kind", ["action", "actions", "Actions"])
def test_status_reads_well(kind, capsys):
    """
    What is overdue comes first, with its working; and what to do next comes last.
    """
    assert (Exit.FINE, ACTIONS) == status(capsys, "judged", *ON, "--kind", kind)


@pytest.mark.usefixtures("judged")
def test_every_kind_with_rules_is_told(capsys):
    """
    Reviews, plans, findings and actions stand in that order.
    """
    _, out = status(capsys, "judged", *ON)

    headings = ["Reviews", "Plans", "Findings of libraries", "Actions of plan", "How many"]
    places = [out.index(f"\n{heading}") for heading in headings]
    assert sorted(places) == places
    assert "4 findings: 3 In hand, 1 Noted" in out
    assert "1 review: 1 Actions open" in out


@pytest.mark.usefixtures("judged")
def test_no_line_is_wider_than_can_be_read(capsys):
    """
    Only a command to be copied may be longer than 92 signs.
    """
    _, out = status(capsys, "judged", *ON)

    assert [] == [line for line in out.splitlines() if len(line) > 92 and "peerkit " not in line]


@pytest.mark.usefixtures("judged")
def test_before_everything_nothing_has_happened(capsys):
    """
    A day before all that is told finds all where it begins.
    """
    code, out = status(capsys, "judged", "--on", "1 January 1990")

    assert Exit.FINE == code
    assert "1 review: 1 Planned" in out
    assert "4 actions: 4 Not started" in out
    assert "\nOverdue\n" not in out


@pytest.mark.usefixtures("judged")
def test_due_soon_and_revisions_have_their_working(capsys):
    """
    A due day that was put off is told with its reason, and with the day it began with.
    """
    code, out = status(capsys, "judged", "--on", "2022-12-20")

    assert Exit.FINE == code
    assert (
        """\
Due soon
  plan/A2: due December 2022, 11 days left; was July 2022.
    July 2022 → December 2022, set on 9 May 2022, by The Cabinet: The supplier is late.
"""
        in out
    )


JSON = {
    "kind": "action",
    "plural": "actions",
    "total": 4,
    "counts": {
        "status": {
            "Overdue": 1,
            "Awaiting evidence": 0,
            "Not started": 2,
            "In progress": 0,
            "Complete": 0,
            "Verified": 1,
            "Cancelled": 0,
        },
        "confidence": {"Low": 0, "High": 1, "not rated": 3},
        "stage": {"agreed": 2, "under way": 1, "done": 0, "verified": 1, "cancelled": 0},
    },
}
RECORD = {
    "id": "plan/A2",
    "what": "Buy books.",
    "owners": ["head"],
    "due": {"words": "December 2022", "first": "2022-12-01", "last": "2022-12-31"},
    "original_due": {"words": "July 2022", "first": "2022-07-01", "last": "2022-07-31"},
    "revisions": [
        {
            "day": "2022-05-09",
            "old": {"words": "July 2022", "first": "2022-07-01", "last": "2022-07-31"},
            "new": {"words": "December 2022", "first": "2022-12-01", "last": "2022-12-31"},
            "by": "cabinet",
            "reason": "The supplier is late.",
        }
    ],
    "asked": None,
    "stage": "agreed",
    "stage_since": None,
    "status": "Not started",
    "ratings": {},
    "overdue": False,
}


@pytest.mark.usefixtures("judged")
def test_json_is_as_documented(capsys):
    """
    Programs are told the same as people, in a shape that stays.
    """
    code, out = status(capsys, "judged", *ON, "--kind", "action", "--json")
    told = json.loads(out)
    (actions,) = told["kinds"]

    assert Exit.FINE == code
    assert {
        "peerkit": "status/1",
        "register": "judged",
        "folder": "judged",
        "on": "2022-08-15",
        "without_rules": [],
        "refused": [],
        "due_soon": [],
        "exit": 0,
    } == {key: told[key] for key in told if key not in ("kinds", "overdue", "problems")}
    assert JSON == {key: actions[key] for key in JSON}
    assert ["libraries/opening", "libraries/stock", None] == [
        one["theme"] for one in actions["themes"]
    ]
    assert RECORD == actions["records"][1]
    assert [
        {
            "kind": "action",
            "id": "plan/A1",
            "due": {"words": "30 April 2022", "first": "2022-04-30", "last": "2022-04-30"},
            "original_due": {"words": "30 April 2022", "first": "2022-04-30", "last": "2022-04-30"},
            "days_left": -107,
            "overdue_since": "2022-05-01",
            "revisions": [],
            "working": "due 30 April 2022, 107 days past",
        }
    ] == told["overdue"]
    assert "removal" == actions["records"][2]["asked"]["what"]


@pytest.mark.usefixtures("judged")
@pytest.mark.parametrize(
    ("kind", "message", "mend"),
    [
        ("actoin", "There is no kind of record “actoin”.", "Did you mean “action”?"),
        ("zzz", "There is no kind of record “zzz”.", "Kinds are review, theme,"),
    ],
)
def test_unknown_kind_is_answered_with_what_was_meant(kind, message, mend, capsys):
    """
    A kind that is not known is answered with those that are.
    """
    assert Exit.FAULT == main(["status", "judged", "--kind", kind])

    err = capsys.readouterr().err
    assert message in err
    assert mend in err


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("party", "There are no rules for parties, so they have no status."),
        ("evidence", "There are no evidence yet."),
    ],
)
@pytest.mark.usefixtures("judged")
def test_kinds_without_rules_or_records_are_told(kind, expected, capsys):
    """
    Nothing to tell is told.
    """
    code, out = status(capsys, "judged", *ON, "--kind", kind)

    assert Exit.FINE == code
    assert expected in out


def test_register_without_rules_is_told_how_to_have_some(judged, capsys):
    """
    The packs that have rules are named, with the line to write.
    """
    shutil.rmtree(judged / "history")
    path = judged / "peerkit.yaml"
    text = path.read_text(encoding="utf-8").partition("rules:")[0]
    path.write_text(text.replace("extends: [reviews, actions-by-evidence]\n", ""), encoding="utf-8")
    code, out = status(capsys, "judged", *ON)

    expected = """\
judged on 15 August 2022

There are no rules for reviews, plans, findings and actions, so they have no status.
To have some, extend reviews and one of actions-in-four-words, actions-by-evidence,
actions-looking-ahead, such as: extends: [reviews, actions-in-four-words]

"""
    assert (Exit.FINE, expected) == (code, out)


def test_rules_for_some_kinds_leave_the_others_to_be_told(judged, capsys):
    """
    Where only actions have rules, the rest is said to have none.
    """
    path = judged / "peerkit.yaml"
    text = path.read_text(encoding="utf-8").replace("[reviews, actions-by", "[actions-by")
    path.write_text(text, encoding="utf-8")
    _, out = status(capsys, "judged", *ON)

    assert "There are no rules for reviews, plans and findings, so they have no status." in out
    assert "4 actions: 1 Overdue" in out
    assert ["review", "plan", "finding"] == json.loads(status(capsys, "judged", *ON, "--json")[1])[
        "without_rules"
    ]


def test_register_without_records_says_so(judged, capsys):
    """
    An empty register has no table and no problem.
    """
    for name in ("reviews", "plans", "history"):
        shutil.rmtree(judged / name)
    (judged / "parties.yaml").unlink()
    code, out = status(capsys, "judged", *ON)

    assert (Exit.FINE, "judged on 15 August 2022\n\nThere are no records yet.\n") == (code, out)


def test_faults_are_told_as_check_tells_them(judged, capsys):
    """
    What could not be taken in is not judged; it is told with its place.
    """
    path = judged / "plans/plan.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("due: July", "due: Juli"), "utf-8")
    code, out = status(capsys, "judged", *ON)

    assert Exit.FAULT == code
    assert "judged/plans/plan.yaml:17:10: fault: “Juli 2022” is not a day" in out
    assert "Nothing is judged until this is mended." in out
    assert "How many" not in out
    told = json.loads(status(capsys, "judged", *ON, "--json")[1])
    assert ([], 2) == (told["kinds"], told["exit"])
    assert "not-a-day" in {problem["code"] for problem in told["problems"]}


def test_an_error_does_not_hide_what_stands_where(judged, capsys):
    """
    What was not permitted is told beside what counts.
    """
    path = judged / "history/2022-05-09-cabinet.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("by: cabinet", "by: head"), "utf-8")
    code, out = status(capsys, "judged", *ON)

    assert Exit.ERROR == code
    assert "\nNot permitted, and so not counted\n  plan/A2 (2022-05-09-cabinet): " in out
    assert "4 actions: " in out
    refused = json.loads(status(capsys, "judged", *ON, "--json")[1])["refused"]
    assert ("plan/A2", "2022-05-09-cabinet", "grants") == tuple(
        refused[0][key] for key in ("id", "occasion", "field")
    )


def test_a_folder_that_is_no_register_is_told(tmp_path, monkeypatch, capsys):
    """
    There is nothing to judge, and nothing to judge again.
    """
    monkeypatch.chdir(tmp_path)
    code, out = status(capsys, "nowhere", *ON)

    assert Exit.FAULT == code
    assert "There is no such folder." in out
    assert "judged" not in out


# on any console


@pytest.mark.usefixtures("judged")
def test_a_narrow_console_has_a_line_for_each_column(monkeypatch, capsys):
    """
    Where columns have no room, each record is told line by line, in the same words.
    """
    monkeypatch.setenv("COLUMNS", "40")
    _, out = status(capsys, "judged", *ON, "--kind", "action")

    assert (
        """\
Id: A2
  Status: Not started
  What: Buy books.
  Owner: Head of Libraries
  Due: December 2022, revised, was July
    2022
  Stage: agreed
Id: A3
"""
        in out
    )


@pytest.mark.usefixtures("judged")
def test_status_is_never_told_by_colour_alone(capsys):
    """
    Without a terminal there is no colour, and every word is there.
    """
    _, out = status(capsys, "judged", *ON)

    assert "\x1b" not in out
    assert "Overdue" in out


def alone(folder, *arguments, **environment):
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "PATH") if name in os.environ}
    return subprocess.run(
        [sys.executable, str(HERE / "alone.py"), *arguments],
        cwd=folder,
        env={"PYTHONPATH": str(Path(peerkit.__file__).parents[1]), **kept, **environment},
        capture_output=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "utf-8"])
def test_columns_stay_in_line_on_every_console(judged, encoding):
    """
    What a console cannot show is put into plainer letters before columns are laid out.
    """
    path = judged / "plans/plan.yaml"
    text = path.read_text(encoding="utf-8").replace("Buy books.", "“Buy” – 本 … → 2 books.")
    path.write_text(text, encoding="utf-8")
    ran = alone(judged.parent, "status", "judged", *ON, PYTHONIOENCODING=encoding)

    assert (0, b"") == (ran.returncode, ran.stderr)
    lines = ran.stdout.decode(encoding).splitlines()
    begin = next(index for index, line in enumerate(lines) if line.startswith("Actions of"))
    where = lines[begin + 1].index("Owner")
    wide = sum(letter == "本" for letter in lines[begin + 5])
    assert lines[begin + 5].startswith("A2")
    assert "Head of" == lines[begin + 5][where - wide :].lstrip()[:7]
