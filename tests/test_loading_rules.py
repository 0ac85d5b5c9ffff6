"""
Rules that organisations state: proven as they are read, and in force from their day.
"""

import datetime as dt

import pytest

PACKS = "extends: [reviews, actions-by-evidence]\n"
CONFIGURATION = """\
peerkit: 1
organisation: {name: Northmere Borough Council}
"""

# What councils print, from their own keys. Each is a table with cases beside it.
LOOKING_FORWARD = """\
rules:
  action:
    ratings:
      risk:
        title: Delivery
        scale: [Red, Amber, Green]
        key: {Red: Significant issues or risks., Amber: Issues or risks., Green: None.}
        rows:
          - {rating: Red, issues: significant}
          - {rating: Amber, issues: some}
          - {rating: Green}
        cases:
          - {issues: significant, is: Red}
          - {issues: some, is: Amber}
          - {issues: not stated, is: Green}
fields:
  action:
    issues: {type: one of, doc: Issues or risks., choices: [none, some, significant]}
"""
PER_CENT = """\
rules:
  action:
    ratings:
      progress:
        scale: [Red, Amber, Green]
        rows:
          - {rating: Red, due: past, per_cent: under 90}
          - {rating: Red, due: past, per_cent: no figure}
          - {rating: Green, per_cent: 76 or more}
          - {rating: Amber, per_cent: 26 to 75}
          - {rating: Red, per_cent: under 26}
          - {rating: Amber, per_cent: no figure}
        cases:
          - {due: past, per_cent: 80, is: Red}
          - {due: past, per_cent: 95, is: Green}
          - {due: past, per_cent: no figure, is: Red}
          - {due: soon, per_cent: 76, is: Green}
          - {due: none, per_cent: 75, is: Amber}
          - {due: later, per_cent: 25, is: Red}
          - {due: unfixed, per_cent: no figure, is: Amber}
fields:
  action:
    per_cent: {type: whole number, doc: How much of it is done.}
"""
STATUS_KEYS = """\
rules:
  action:
    lifecycle:
      stages: [not started, in progress, completed, cancelled]
      final: [completed, cancelled]
      moves:
        - {from: not started, to: in progress}
        - {from: [not started, in progress], to: completed}
        - {from: [not started, in progress], to: cancelled, reason: required}
    status:
      statuses: [Overdue, Unassigned, Not started, In progress, Completed, Cancelled]
      rows:
        - {status: Cancelled, stage: cancelled}
        - {status: Completed, stage: completed}
        - {status: Overdue, due: past}
        - {status: Unassigned, owner: none}
        - {status: Not started, stage: not started}
        - {status: In progress}
      cases:
        - {stage: cancelled, due: past, owner: none, is: Cancelled}
        - {stage: completed, due: past, owner: named, is: Completed}
        - {stage: not started, due: past, owner: none, is: Overdue}
        - {stage: not started, due: later, owner: none, is: Unassigned}
        - {stage: not started, due: none, owner: named, is: Not started}
        - {stage: in progress, due: soon, owner: named, is: In progress}
"""
BLUE_IS_COMPLETE = """\
extends: actions-by-evidence
rules:
  action:
    ratings:
      brag:
        scale: [Red, Amber, Green, Blue]
        key: {Blue: Complete and embedded; there is evidence.}
        rows:
          - {rating: Blue, stage: verified}
          - {rating: Green, stage: [done, cancelled]}
          - {rating: Red, due: past}
          - {rating: Amber, due: soon, stage: agreed}
          - {rating: Green}
        cases:
          - {stage: verified, due: past, is: Blue}
          - {stage: done, due: past, is: Green}
          - {stage: under way, due: past, is: Red}
          - {stage: agreed, due: soon, is: Amber}
          - {stage: under way, due: later, is: Green}
"""
BLUE_IS_NOT_DUE = """\
extends: actions-by-evidence
rules:
  action:
    ratings:
      brag:
        scale: [Red, Amber, Green, Blue]
        key: {Blue: Not due to begin.}
        rows:
          - {rating: Green, stage: [done, verified, cancelled]}
          - {rating: Red, due: past}
          - {rating: Blue, stage: agreed, due: [later, unfixed, none]}
          - {rating: Amber, stage: agreed}
          - {rating: Green}
        cases:
          - {stage: agreed, due: later, is: Blue}
          - {stage: agreed, due: soon, is: Amber}
          - {stage: done, due: past, is: Green}
"""
TWO_AXES = """\
extends: actions-by-evidence
rules:
  action:
    ratings:
      progress:
        title: Progress
        scale: [Late, In time]
        key: {Late: Past its day., In time: Not past its day.}
        rows:
          - {rating: In time, status: [Complete, Verified, Cancelled]}
          - {rating: Late, due: past}
          - {rating: In time}
        cases:
          - {status: Verified, due: past, is: In time}
          - {status: Overdue, due: past, is: Late}
      impact:
        title: Impact
        scale: [Not known, Seen]
        key: {Not known: Nobody has said what difference it made., Seen: Somebody has.}
        rows:
          - {rating: Seen, impact: given}
          - {rating: Not known}
        cases:
          - {impact: given, is: Seen}
"""
TABLES = {
    "looking forward": LOOKING_FORWARD,
    "per cent with a late override": PER_CENT,
    "status keys": STATUS_KEYS,
    "blue is complete and embedded": BLUE_IS_COMPLETE,
    "blue is not due": BLUE_IS_NOT_DUE,
    "two axes with two keys": TWO_AXES,
}
BROKEN = {"table-hole", "table-case", "table-dead-row", "table-unused-word", "rule-never-fits"}


def _rows():
    for name, text in TABLES.items():
        for number, line in enumerate(text.splitlines()):
            if line.strip().startswith(("- {rating:", "- {status:")) and " is:" not in line:
                yield pytest.param(name, number, id=f"{name}, {line.strip()[3:-1]}")


def _without(text, number):
    lines = text.splitlines(keepends=True)
    return "".join(lines[:number] + lines[number + 1 :])


@pytest.mark.parametrize("name", TABLES)
def test_a_key_that_councils_use_can_be_stated(council, name):
    """
    Its table is proven and its cases come out as they say, with not a line of Python.
    """
    assert () == council.problems({"peerkit.yaml": CONFIGURATION + TABLES[name]})


@pytest.mark.parametrize(("name", "number"), [*_rows()])
def test_a_table_that_lacks_a_row_is_not_taken(council, name, number):
    """
    What falls through, comes out otherwise or is never given any more is named.
    """
    text = CONFIGURATION + _without(TABLES[name], number)
    problems = council.problems({"peerkit.yaml": text})

    assert problems
    assert {one.code for one in problems} <= BROKEN
    assert all("peerkit.yaml" == one.place.file for one in problems)


FAULTS = [
    pytest.param("  actoin: {soon: 14}", "unknown-key", "Did you mean “action”?", id="a kind"),
    pytest.param("  action: {son: 14}", "unknown-key", "Did you mean “soon”?", id="a key"),
    pytest.param("  action: {soon: two}", "not-a-number", "", id="a number in words"),
    pytest.param(
        "  action: {ratings: {status: {scale: [A, B]}}}", "unknown-word", "", id="a second status"
    ),
    pytest.param(
        "  action: {ratings: {risk: {scale: [A], rows: [{rating: A, owner: nobody}]}}}",
        "unknown-answer",
        "Its answers are none, named.",
        id="an answer",
    ),
    pytest.param(
        "  action: {ratings: {risk: {scale: [A], rows: [{rating: A, ower: none}]}}}",
        "unknown-fact",
        "Did you mean “owner”?",
        id="a fact",
    ),
    pytest.param(
        "  finding: {lifecycle: {moves: [{from: draft, to: confrmed}]}}",
        "lifecycle-stage",
        "Did you mean “confirmed”?",
        id="a stage",
    ),
    pytest.param(
        "  finding: {lifecycle: {dated: {confirmed: reprt}}}",
        "lifecycle-day",
        "Did you mean “report”?",
        id="a day of the record",
    ),
    pytest.param(
        "  action:\n    ratings:\n      a: {scale: [x], rows: [{rating: x, b rating: [y]}]}\n"
        "      b: {scale: [y], rows: [{rating: y, a rating: [x]}]}",
        "table-circle",
        "",
        id="a circle",
    ),
    pytest.param(
        "  finding: {status: {rows: [{status: Noted, worst status: Verified}, {status: Draft}]}}\n"
        "  action: {status: {rows: [{status: Verified, on finding: x}, {status: Overdue}]}}",
        "unknown-fact",
        "",
        id="a fact of another kind",
    ),
]


@pytest.mark.parametrize(("text", "code", "mend"), FAULTS)
def test_what_a_rule_gets_wrong_is_told_with_its_place(council, text, code, mend):
    """
    Each is found when the rules are read, before anything happens.
    """
    problems = council.problems({"peerkit.yaml": f"{CONFIGURATION}{PACKS}rules:\n{text}\n"})
    found = [one for one in problems if one.code == code]

    assert found
    assert all(one.place and one.advice for one in problems)
    assert any(mend in one.advice for one in found)


def test_rules_that_are_not_proven_decide_nothing(council):
    """
    Nothing can be judged by them, and no check stumbles over them.
    """
    files = {
        "peerkit.yaml": CONFIGURATION + _without(STATUS_KEYS, 11),
        "p.yaml": "plan: p\ntitle: P\nactions: {A1: Begin.}\n",
        "history/2023-01-09-begun.yaml": "day: 2023-01-09\nrecords: {p/A1: {to: completed}}\n",
    }
    register = council.load(files)

    assert not register.is_whole
    assert {} == register.configuration.rules


FROM = """\
from:
  2023-06-01:
    organisation: {name: Northmere City Council}
    rules:
      action:
        soon: 90
        lifecycle:
          moves:
            - {from: agreed, to: under way}
            - {from: [agreed, under way], to: done}
            - {from: done, to: verified, needs: {evidence: given}}
            - {from: [agreed, under way, done], to: cancelled, reason: required}
"""
PLAN = """\
plan: p
title: Plan
actions:
  A1: {do: Begin., owner: head, due: 2023-08-15}
"""
PARTIES = "parties:\n  head: {is: post, name: Head}\n"


def _entry(day, told):
    return f"day: {day}\nby: head\nwithin: p\nrecords:\n  A1: {{{told}}}\n"


@pytest.mark.parametrize(
    ("day", "name", "soon"),
    [
        ("2023-05-31", "Northmere Borough Council", "later"),
        ("2023-06-01", "Northmere City Council", "soon"),
    ],
)
def test_what_is_declared_from_a_day_is_in_force_from_it(council, day, name, soon):
    """
    Papers and rules of a day are those of the configuration in force on that day.
    """
    council.on = dt.date.fromisoformat(day)
    snapshot = council.judge(
        {"peerkit.yaml": CONFIGURATION + PACKS + FROM, "p.yaml": PLAN, "x.yaml": PARTIES}
    )
    (action,) = snapshot.register.of_kind("action")

    assert name == snapshot.configuration.organisation.name
    assert soon == snapshot.ask(action, "due")


@pytest.mark.parametrize(
    ("day", "codes"),
    [("2023-05-31", ["history-unsealed", "not-permitted"]), ("2023-06-01", ["history-unsealed"])],
)
def test_an_event_is_judged_by_the_rules_of_its_day(council, day, codes):
    """
    Until June nobody could verify an action of their own.
    """
    council.on = dt.date(2024, 1, 1)
    problems = council.problems(
        {
            "peerkit.yaml": CONFIGURATION + PACKS + FROM,
            "p.yaml": PLAN,
            "x.yaml": PARTIES,
            "history/a.yaml": _entry("2023-03-01", "to: done, evidence: A list"),
            "history/b.yaml": _entry(day, "to: verified"),
        }
    )

    assert codes == [one.code for one in problems if one.place.file == "history/b.yaml"]


LATER_FAULTS = [
    pytest.param("from: {June 2023: {}}", "not-a-day", id="a month"),
    pytest.param("from: {soon: {}}", "not-a-day", id="no day"),
    pytest.param("from: tomorrow", "wrong-shape", id="a text"),
    pytest.param("from: {2023-06-01: new rules}", "wrong-shape", id="a text behind a day"),
    pytest.param("from: {2023-06-01: {extends: reviews}}", "unknown-key", id="a pack"),
    pytest.param("from: {2023-06-01: {orgnisation: {name: N}}}", "unknown-key", id="a section"),
    pytest.param(
        "from: {2023-06-01: {rules: {action: {ratings: {r: {scale: [A]}, s: {rows: []}}}}}}",
        "missing-field",
        id="a fault in what is later",
    ),
]


@pytest.mark.parametrize(("text", "code"), LATER_FAULTS)
def test_what_is_wrong_with_a_later_configuration_is_told_with_its_place(council, text, code):
    """
    And what is wrong in all of them is told once.
    """
    text = f"{CONFIGURATION}orgnisations: {{}}\n{text}\n"
    problems = council.problems({"peerkit.yaml": text})
    found = [one for one in problems if "orgnisations" not in one.message]

    assert 1 == len(problems) - len(found)
    assert [code] == [one.code for one in found]
    assert 4 == found[0].place.line


def test_a_stage_stays_when_the_rules_change(council):
    """
    A record that is in it would otherwise stand nowhere from that day on.
    """
    files = {"peerkit.yaml": CONFIGURATION + PACKS + WITHOUT_WITHDRAWN}
    (gone,) = [one for one in council.problems(files) if one.code == "lifecycle-stage-gone"]

    assert council.marked == [(gone.place.file, gone.place.line, gone.place.column)]
    assert "“withdrawn”" in gone.message


WITHOUT_WITHDRAWN = """\
from:
  2023-06-01:
    rules:
      finding:
        lifecycle:
          stages: ‹[draft, confirmed, closed]
          final: [closed]
          moves:
            - {from: draft, to: confirmed}
            - {from: confirmed, to: closed}
        status:
          statuses: [Open, Closed]
          key:
            Awaiting response:
            Draft:
            Accepted:
            In hand:
            Not accepted:
            Addressed:
            Noted:
            Withdrawn:
          rows: [{status: Closed, stage: closed}, {status: Open}]
          cases: []
"""


NARROWER = """\
fields:
  action:
    mood: {type: one of, doc: How it feels., choices: [calm, tense]}
rules:
  action:
    ratings:
      worth: {scale: [Low, High]}
      view:
        scale: [Bad, Good]
        rows:
          - {rating: Bad, mood: tense}
          - {rating: Bad, worth rating: Low}
          - {rating: Good}
from:
  2023-06-01:
    fields: {action: {mood: {choices: [calm, merry]}}}
    rules:
      action:
        ratings:
          worth: {scale: [Fair, High]}
          view:
            rows:
              - {rating: Good, mood: [calm, merry], worth rating: [Fair, High]}
              - {rating: Bad, mood: [calm, merry]}
              - {rating: Bad}
"""


def test_a_record_outlives_the_words_it_was_given(council):
    """
    What was said of it in words that are no longer to choose from counts as not said.
    """
    files = {
        "peerkit.yaml": CONFIGURATION + PACKS + NARROWER,
        "p.yaml": PLAN.replace("}", ", more: {mood: tense}}"),
        "x.yaml": PARTIES,
        "history/a.yaml": _entry("2023-03-01", "ratings: {worth: Low}"),
    }
    register = council.load(files)
    (action,) = register.of_kind("action")
    told = []
    for day in (dt.date(2023, 5, 31), dt.date(2023, 6, 1)):
        council.on = day
        snapshot = council.judge()
        told.append([snapshot.ask(action, one) for one in ("mood", "worth rating", "view rating")])

    assert register.is_whole
    assert [["tense", "Low", "Bad"], ["not stated", "not rated", "Bad"]] == told


SLIPS = """\
extends: actions-by-evidence
rules:
  action:
    lifecycle:
      stages: [agreed, under way, done, verified, cancelled, ‹forgotten, ‹stuck]
      moves:
        - {from: agreed, to: under way}
        - {from: agreed, to: stuck}
        - {from: ‹agreed, to: under way, reason: required}
        - {from: under way, to: done}
        - {from: done, to: verified}
        - {from: agreed, to: cancelled, reason: required}
"""


def test_10_every_slip_of_a_lifecycle_is_told_in_one_run(council):
    """
    Hostile case 10: two moves for one pair, a stage nothing leads to, one nothing leads out of.
    """
    files = {"peerkit.yaml": CONFIGURATION + SLIPS}
    problems = council.problems(files)

    places = {(one.place.file, one.place.line, one.place.column) for one in problems}
    assert {*council.marked} == places
    expected = ["lifecycle-no-way-out", "lifecycle-two-moves", "lifecycle-unreachable"]
    assert expected == sorted({one.code for one in problems})


def test_10_a_rule_that_names_nobody_is_told(council):
    """
    Hostile case 10: who may make a move is looked up once all parties are known.
    """
    files = {
        "peerkit.yaml": CONFIGURATION
        + "extends: actions-by-evidence\nrules:\n  action:\n    lifecycle:\n      moves:\n"
        "        - {from: agreed, to: under way, by: owner}\n"
        "        - {from: under way, to: done, by: head}\n"
        "        - {from: done, to: verified, not_by: ‹onwer}\n"
        "        - {from: [agreed, under way, done], to: cancelled, reason: required}\n",
        "x.yaml": PARTIES,
    }

    assert ["lifecycle-party"] == council.codes(files)
