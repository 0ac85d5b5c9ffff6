import datetime as dt
import json
import shutil

import pytest

from peerkit.cli import main
from peerkit.cli.exits import Exit, exit_for_error, exit_for_problems
from peerkit.cli.telling import counted, tell_problems
from peerkit.errors import (
    Address,
    PeerkitError,
    Place,
    PluginError,
    Problem,
    ProblemKind,
    ProblemsError,
    RefusedError,
    Severity,
    UnknownNameError,
    WriteError,
)

pytestmark = pytest.mark.usefixtures("only_northmere_is_installed")


def problem(severity, *, excerpt="", place=None, **more):
    kind = ProblemKind(code="odd", severity=severity, meaning="It is odd.", mend="Make it even")
    return Problem(kind=kind, message="This is odd", place=place, excerpt=excerpt, **more)


FAULTS = {
    "reviews/libraries-2023.yaml": """\
review: libraries-2023
kind: library review
title: Review of libraries
visit: 14 to 15 March 2023
report_received: 1 March 2023
themes:
  T1:
    titel: Opening hours
    strengths:
      S1: Every branch is open on Saturdays.
""",
    "reviews/museum-2023.yaml": """\
review: museum-2023
kind: library review
title: Review of the 博物館: what we saw
""",
    "plans/libraries-plan.yaml": """\
plan: libraries-plan
title: Plan for libraries
answers: libraries-2032
actions:
  A1:
    do: Count the visitors.
    due: 2023-02-30
    due: July 2023
	owner: nobody
""",
    "parties.yaml": "party: clerk\nname: The clerk\nis: persn\n",
    "plans/later.yaml": "\n",
}

AS_READ = """\
northmere/parties.yaml:3:5: fault: “persn” is not one of: person, post, group, partner. [not-a-choice]
     3 | is: persn
       |     ^^^^^
       = Did you mean “person”?

northmere/plans/later.yaml:1:1: advice: The file holds nothing that could be read. [yaml-empty]
       = Write something in it, or delete the file.

northmere/plans/libraries-plan.yaml:8:5: fault: The key 'due' stands in line 7 and again in line 8. [yaml-duplicate-key]
     8 |     due: July 2023
       |     ^^^
       = Rename one of the two, or take it away.

northmere/plans/libraries-plan.yaml:9:1: fault: A tab stands here instead of spaces. [yaml-tab]
     9 |     owner: nobody
       | ^^^^
       = Write spaces instead of the tab.

northmere/reviews/libraries-2023.yaml:5:18: error: “report_received” is 1 March 2023, before “visit” (14 to 15 March 2023) ended. [impossible-day]
     5 | report_received: 1 March 2023
       |                  ^^^^^^^^^^^^
       = Correct one of the two days.

northmere/reviews/libraries-2023.yaml:8:5: fault: “titel” is not a field of a theme. [unknown-key]
     8 |     titel: Opening hours
       |     ^^^^^
       = Did you mean “title”?

northmere/reviews/museum-2023.yaml:3:25: fault: Text with a second colon needs quotes round it. [yaml-colon]
     3 | title: Review of the 博物館: what we saw
       |                            ^
       = Put quotes round text that contains a colon.

northmere: 2 records, 5 faults, 1 error and 1 advice.
To learn more of a problem: peerkit explain not-a-choice
No paper can be made until this is mended. Then again: peerkit check northmere
"""


def test_problems_read_well(northmere, capsys):
    """
    Every problem comes with its place, its line, a caret under it, and how to mend it.
    """
    for name, text in FAULTS.items():
        (northmere / name).write_text(text, encoding="utf-8")

    code = main(["check", "northmere"])

    assert AS_READ == capsys.readouterr().out
    assert Exit.FAULT == code


def test_sound_register_says_what_to_do_next(northmere, capsys):
    """
    Without a problem, the last line is the next command.
    """
    code = main(["check", str(northmere.name)])

    expected = "northmere: 8 records, no problem.\nTo make the papers: peerkit render northmere\n"
    assert (Exit.FINE, expected) == (code, capsys.readouterr().out)


def test_register_without_papers_says_how_to_have_one(northmere, capsys):
    """
    Where `render` would make nothing, it is not what to do next.
    """
    (northmere / "peerkit.yaml").write_text("organisation: {name: Northmere}\n")
    shutil.rmtree(northmere / "reviews")
    shutil.rmtree(northmere / "plans")
    main(["check", "northmere"])

    assert capsys.readouterr().out.endswith("configured: peerkit explain papers\n")


def test_json_is_as_documented(northmere, capsys):
    """
    Programs are told the same as people, in a shape that stays.
    """
    plan = northmere / "plans/libraries-plan.yaml"
    plan.write_text(plan.read_text().replace("answers: D1", "answers: D9"))

    code = main(["check", "northmere", "--json", "--on", "14 February 2022"])

    expected = {
        "peerkit": "check/1",
        "register": "northmere",
        "folder": "northmere",
        "on": "2022-02-14",
        "records": 8,
        "counts": {"fault": 0, "error": 1, "warning": 0, "advice": 0},
        "problems": [
            {
                "code": "dangling-link",
                "severity": "error",
                "message": "There is no finding “D9”.",
                "mend": "Correct the id, or add the record.",
                "file": "plans/libraries-plan.yaml",
                "line": 6,
                "column": 14,
                "end_column": 16,
                "excerpt": "    answers: D9",
                "record": {"kind": "action", "id": "libraries-plan/A1", "field": ""},
            }
        ],
        "exit": 1,
    }
    told = json.loads(capsys.readouterr().out)
    assert expected == told
    assert Exit.ERROR == code


@pytest.mark.parametrize(
    ("severities", "expected"),
    [
        ([], 0),
        ([Severity.ADVICE, Severity.WARNING], 0),
        ([Severity.WARNING, Severity.ERROR], 1),
        ([Severity.ERROR, Severity.FAULT, Severity.WARNING], 2),
    ],
)
def test_worst_problem_decides_the_exit_code(severities, expected):
    """
    Advice and warnings never stop anything; a fault weighs more than an error.
    """
    assert expected == exit_for_problems(map(problem, severities))


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (PeerkitError("x"), 2),
        (UnknownNameError("x"), 2),
        (PluginError("x"), 2),
        (RefusedError("x"), 3),
        (WriteError("x"), 4),
        (ProblemsError("x", (problem(Severity.ERROR),)), 1),
        (ProblemsError("x", (problem(Severity.ERROR), problem(Severity.FAULT))), 2),
    ],
    ids=lambda value: type(value).__name__,
)
def test_each_error_has_its_exit_code(error, expected):
    """
    Programs can tell what happened without reading the words.
    """
    assert expected == exit_for_error(error)


@pytest.mark.parametrize(
    ("excerpt", "columns", "line", "caret"),
    [
        ("due: soon", (6, 10), "due: soon", "     ^^^^"),
        ("due: soon", (6, 0), "due: soon", "     ^"),
        ("\tdue: soon", (2, 5), "    due: soon", "    ^^^"),
        ("日本: soon", (5, 9), "日本: soon", "      ^^^^"),
        ("cafe\u0301: x", (8, 9), "cafe\u0301: x", "      ^"),
        ("a: \x1b[2J", (4, 5), "a: \N{REPLACEMENT CHARACTER}[2J", "   ^"),
        ("a" * 300, (290, 300), "…" + "a" * 98, " " * 88 + "^" * 10),
        ("due:", (5, 0), "due:", "    ^"),
    ],
    ids=["span", "one", "tab", "wide", "combining", "steering", "long", "end"],
)
def test_caret_stands_under_its_word(excerpt, columns, line, caret, capsys):
    """
    Tabs, wide letters and letters without width do not push the caret away.
    """
    place = Place("plan.yaml", 3, *columns)
    tell_problems([problem(Severity.ERROR, excerpt=excerpt, place=place)], "plans")

    lines = capsys.readouterr().out.splitlines()
    assert [f"plan.yaml:3:{columns[0]}: error: This is odd. [odd]"] == lines[:1]
    assert ["     3 | " + line, "       | " + caret] == lines[1:3]


def test_problem_without_place_names_its_record(capsys):
    """
    What stands in no file is told by the record it is about.
    """
    tell_problems([problem(Severity.WARNING, address=Address("plan", "p", "title"))], "plans")

    assert "plans: warning: This is odd. (plan p, title) [odd]" in capsys.readouterr().out


def test_problems_are_counted_by_severity():
    """
    The worst comes first, and one is one.
    """
    several = [Severity.WARNING, Severity.FAULT, Severity.WARNING, Severity.ADVICE]

    assert "1 fault, 2 warnings and 1 advice" == counted(map(problem, several))


@pytest.mark.parametrize(
    ("folder", "said", "mend"),
    [
        ("nowhere", "There is no such folder.", "Name the folder that holds peerkit.yaml"),
        (".", "holds no peerkit.yaml.", "Did you mean northmere?"),
        ("northmere/plans", "holds no peerkit.yaml.", "Did you mean northmere?"),
        ("northmere/peerkit.yaml", "holds no peerkit.yaml.", "Did you mean northmere?"),
    ],
)
@pytest.mark.usefixtures("northmere")
def test_folder_that_is_no_register_is_told(folder, said, mend, capsys):
    """
    A register nearby is suggested.
    """
    code = main(["check", folder])

    out = capsys.readouterr().out
    assert Exit.FAULT == code
    assert said in out
    assert mend in out
    assert "records" not in out


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("July 2022", "one day is needed here, such as 2022-02-14, not “July 2022”"),
        ("2022-02-30", "February 2022 has 28 days"),
        ("next meeting", "one day is needed"),
        ("yesterday", "not a day"),
    ],
)
@pytest.mark.usefixtures("northmere")
def test_day_must_be_exact(day, said, capsys):
    """
    No day is guessed.
    """
    code = main(["check", "northmere", "--on", day])

    assert Exit.FAULT == code
    assert said in capsys.readouterr().err


@pytest.mark.usefixtures("northmere")
def test_day_is_todays_without_on(monkeypatch, capsys):
    """
    Only the command line knows what day it is.
    """
    monkeypatch.setattr("peerkit.cli.options.today", lambda: dt.date(2031, 5, 6))
    main(["check", "northmere", "--json"])

    assert "2031-05-06" == json.loads(capsys.readouterr().out)["on"]
