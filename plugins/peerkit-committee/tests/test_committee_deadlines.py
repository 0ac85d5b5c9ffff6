"""
Deadlines of every rule: whose, from which day, met by what; and rules that cannot be applied.
"""

import datetime as dt
import json
import shutil
from pathlib import Path

import pytest

import peerkit
from peerkit.cli import main

REGISTER = Path(__file__).parent / "councils" / "register"
SETTINGS, BODIES, RESOLUTIONS = "peerkit.yaml", "bodies.yaml", "resolutions.yaml"
MEETING, REPORT = "meetings/cabinet.yaml", "reports/libraries.yaml"
DECIDES = "    power: decides\n  council"
TIME = "time: 6.30 pm\n"


@pytest.fixture
def northmere(tmp_path):
    return Path(shutil.copytree(REGISTER, tmp_path / "northmere"))


def change(folder, file, old, new):
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    path.write_text(text.replace(old, new), encoding="utf-8")


def add(folder, file, text):
    path = folder / file
    old = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(old + text, encoding="utf-8")


def judged(folder, on):
    return peerkit.judge(peerkit.load(folder), on=dt.date.fromisoformat(on))


def told(folder, on):
    return {one.rule: one for one in peerkit.deadlines_of(judged(folder, on))}


def stands(folder, on):
    """
    Return each deadline of an open matter by its rule: the day, and how it stands.
    """
    return {rule: (str(one.day), one.state.value) for rule, one in told(folder, on).items()}


def found(folder, on="2025-04-24"):
    return peerkit.check(peerkit.load(folder), on=dt.date.fromisoformat(on))


def codes(folder, on="2025-04-24"):
    return [one.code for one in found(folder, on)]


# the law's rules


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("", {}),
        ("private: no\n", {}),
        ("private: yes\n", {
            "private_meeting": ("2025-04-02", "missed"),
            "private_meeting_again": ("2025-04-23", "missed"),
        }),
        ("private: yes\nprivate_notice: 2025-04-02\nsecond_private_notice: 2025-04-24\n", {
            "private_meeting": ("2025-04-02", "met"),
            "private_meeting_again": ("2025-04-23", "late"),
        }),
    ],
    ids=["nothing said", "public", "no notice", "the second too late"],
)  # fmt: skip
def test_a_private_meeting_has_two_notices(northmere, given, expected):
    """
    The first is 28 clear days before, the second five clear working days.
    """
    change(northmere, MEETING, TIME, f"{given}{TIME}")
    private = {k: v for k, v in stands(northmere, "2025-04-24").items() if "private" in k}

    assert expected == private


NOTICE = (
    "notice: n\nis: {}\nreport: libraries\npublished: {}\nexception_reason: Fire.\nagreed_by: X\n"
)


@pytest.mark.parametrize(
    ("sort", "published", "expected"),
    [
        ("key decision", "2025-04-02", {"key_decision": ("2025-04-02", "met")}),
        ("key decision", "2025-04-03", {"key_decision": ("2025-04-02", "late")}),
        ("general exception", "2025-04-23", {"general_exception": ("2025-04-23", "met")}),
        ("general exception", "2025-04-24", {"general_exception": ("2025-04-23", "late")}),
        ("special urgency", "2025-04-24", {}),
        ("other decision", "2025-04-24", {"key_decision": ("2025-04-02", "late")}),
    ],
)
@pytest.mark.parametrize("regime", ["executive", "combined authority"])
def test_each_sort_of_notice_has_its_time(northmere, regime, sort, published, expected):
    """
    General exception replaces 28 days by five working ones, special urgency has none; what is
    late is a problem.
    """
    change(northmere, BODIES, "regime: executive", f"regime: {regime}")
    change(northmere, REPORT, "key_decision: no", "key_decision: yes")
    add(northmere, "notice.yaml", NOTICE.format(sort, published))
    noticed = {
        rule: one
        for rule, one in stands(northmere, "2025-04-24").items()
        if rule not in ("agenda", "report")
    }

    assert expected == noticed
    late = [one for one in expected.values() if one[1] == "late"]
    assert ["deadline-missed"] * len(late) == codes(northmere)


def test_the_notice_of_a_decision_without_a_report_is_counted_itself(northmere):
    """
    Where no report is written yet, the notice's own day is what 28 days lie before.
    """
    add(northmere, "notice.yaml", "notice: n\nis: key decision\ntitle: Depot\nbody: cabinet\n"
        "due: 2025-06-10\npublished: 2025-05-12\n")  # fmt: skip

    assert ("2025-05-12", "met") == stands(northmere, "2025-05-12")["key_decision_notice"]
    assert [] == codes(northmere, "2025-05-12")


@pytest.mark.parametrize(
    ("sent", "on", "state"),
    [
        ("", "2025-03-03", "ahead"),
        ("", "2025-03-04", "missed"),
        ("more: {statement_sent: 2025-03-03}\n", "2025-03-04", "met"),
        ("more: {statement_sent: 2025-03-04}\n", "2025-03-04", "late"),
    ],
)
def test_a_priority_action_plan_is_due_after_35_working_days(northmere, sent, on, state):
    """
    From Monday 13 January 2025 seven weeks without a bank holiday end on Monday 3 March.
    """
    change(northmere, SETTINGS, "english-committee", "send-area-inspection")
    add(northmere, "review.yaml", "review: send\ntitle: Area inspection\nkind: SEND area inspection\n"
        f"report_received: 2025-01-13\n{sent}")  # fmt: skip

    assert ("2025-03-03", state) == stands(northmere, on)["priority_action_plan"]
    missed = [one for one in codes(northmere, on) if one == "deadline-missed"]
    assert (["deadline-missed"] if state in ("missed", "late") else []) == missed


# what the council and its bodies add


def test_lead_times_hold_from_day_to_day(northmere):
    """
    A lead time is that of the day of the meeting: not one that has ended, nor one to come.
    """
    change(northmere, BODIES, DECIDES, DECIDES.replace("\n", """
    lead_times:
      - {what: Old, count: 3 days before, until: 2025-04-30}
      - {what: Its last day, count: 4 days before, until: 2025-05-01}
      - {what: Its first day, count: '10 am, 5 days before', from: 2025-05-01, done: submitted}
      - {what: To come, count: 6 days before, from: 2025-05-02}
"""))  # fmt: skip

    leads = {k: v for k, v in stands(northmere, "2025-04-27").items() if k.startswith("lead")}
    assert {
        "lead_time_2": ("2025-04-27", "ahead"),
        "lead_time_3": ("2025-04-26", "missed"),
    } == leads
    assert "10 am" == told(northmere, "2025-04-27")["lead_time_3"].time


def test_a_rule_may_be_of_some_bodies_only(northmere):
    """
    Before other bodies it says nothing.
    """
    add(northmere, SETTINGS, """\
deadlines:
  ours: {of: committee_report, what: X, count: 3 days before, from: meeting, bodies: cabinet, source: s}
  theirs: {of: committee_report, what: X, count: 3 days before, from: meeting, bodies: council, source: s}
""")  # fmt: skip

    assert {"report", "agenda", "ours"} == stands(northmere, "2025-04-24").keys()


@pytest.mark.parametrize(
    ("published", "on", "state"),
    [
        ("", "2025-05-06", "ahead"),
        ("", "2025-05-07", "missed"),
        ("    published: 2025-05-07\n", "2025-05-07", "late"),
        ("    published: 2025-05-02\n", "2025-05-07", "met"),
    ],
)
def test_a_rule_of_resolutions_is_a_duty(northmere, published, on, state):
    """
    A council that publishes its decisions within two working days is told when it did not,
    though no meeting is ahead.
    """
    add(northmere, SETTINGS, "deadlines:\n  record: {of: resolution, what: Publish it, "
        "count: 2 working days after, from: decided, done: published, source: us}\n")  # fmt: skip
    change(northmere, RESOLUTIONS, "    published: 2025-05-02\n", published)

    assert ("2025-05-06", state) == stands(northmere, on)["record"]
    assert (["deadline-missed"] if state in ("missed", "late") else []) == codes(northmere, on)


def test_closures_push_days_back(northmere):
    """
    The council's own closures are no working days, in rules and lead times alike.
    """
    change(northmere, BODIES, DECIDES, DECIDES.replace(
        "\n", "\n    lead_times: [{what: Send it, count: 7 working days before}]\n"))  # fmt: skip
    before = stands(northmere, "2025-04-10")
    add(northmere, SETTINGS, "working_days: {closures: {28 to 29 April 2025: Works}}\n")
    after = stands(northmere, "2025-04-10")

    assert ["2025-04-23", "2025-04-22"] == [before[one][0] for one in ("report", "lead_time_1")]
    assert ["2025-04-21", "2025-04-16"] == [after[one][0] for one in ("report", "lead_time_1")]


def test_a_rule_is_that_of_the_day_it_counts_from(northmere):
    """
    A rule that changes on the day of a meeting counts anew for that meeting, on whatever day
    one looks.
    """
    add(northmere, SETTINGS, "from:\n  2025-05-01: {deadlines: {report: {count: 8 days before}}}\n")

    assert ("2025-04-23", "met") == stands(northmere, "2025-04-24")["report"]
    change(northmere, SETTINGS, "8 days", "9 days")
    assert ("2025-04-22", "late") == stands(northmere, "2025-04-24")["report"]
    change(northmere, SETTINGS, "  2025-05-01: {dead", "  2025-05-02: {dead")
    assert ("2025-04-23", "met") == stands(northmere, "2025-04-24")["report"]


# a meeting that moves

MOVED = {
    "2025-05-01": {"agenda": "met", "report": "met", "key_decision": "met", "lead_time_1": "ahead"},
    "2025-05-08": {"agenda": "met", "report": "met", "key_decision": "met", "lead_time_1": "ahead"},
    "2025-04-29": dict.fromkeys(("agenda", "report", "key_decision"), "late")
    | {"lead_time_1": "missed"},
}


@pytest.mark.parametrize("day", MOVED)
def test_what_a_moved_meeting_misses_is_told(northmere, capsys, day):
    """
    Whoever changes the day of a meeting sees in calendar and check all that is now missed.
    """
    change(northmere, MEETING, TIME, f"day: {day}\n{TIME}")
    change(northmere, REPORT, "key_decision: no", "key_decision: yes")
    change(northmere, BODIES, DECIDES, DECIDES.replace(
        "\n", "\n    lead_times: [{what: Send it, count: 7 days before, done: submitted}]\n"))  # fmt: skip
    add(northmere, "notice.yaml", NOTICE.format("key decision", "2025-04-02"))

    main(["calendar", str(northmere), "--on", "2025-04-23", "--all", "--json"])
    answer = json.loads(capsys.readouterr().out)
    states = {one["rule"]: one["state"] for one in answer["deadlines"] if one["rule"] in MOVED[day]}
    assert MOVED[day] == states
    failed = [one for one in states.values() if one in ("late", "missed")]
    missed = [one for one in codes(northmere, "2025-04-23") if one == "deadline-missed"]
    assert ["deadline-missed"] * len(failed) == missed


def test_a_day_that_spans_is_counted_from_both_ends(northmere):
    """
    Of a meeting some day in July 2021 the earliest day is the deadline; what lies between the
    two that it could be is not known.
    """
    change(northmere, MEETING, TIME, f"day: July 2021\n{TIME}")
    change(northmere, MEETING, "agenda_published: 2025-04-23\n", "")
    states = [stands(northmere, f"2021-{on}")["agenda"] for on in ("06-23", "06-24", "07-25")]

    assert [("2021-06-23", "ahead"), *[("2021-06-23", "not known")] * 2] == states
    assert ("the exact day of the meeting",) == told(northmere, "2021-06-24")["agenda"].missing
    assert ("2021-06-23", "missed") == stands(northmere, "2021-07-26")["agenda"]


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (MEETING, TIME, f"assumed: [day]\n{TIME}", {
            "agenda": ("the day of the meeting",),
            "key_decision": ("the day of the meeting",),
            "report": ("the day of the meeting",),
        }),
        (MEETING, TIME, f"assumed: [agenda_published]\n{TIME}", {
            "agenda": ("the day of the publication of the agenda",),
        }),
        ("notice.yaml", "agreed_by: X\n", "agreed_by: X\nassumed: [published]\n", {
            "key_decision": ("the day of the publication of the notice",),
        }),
    ],
    ids=["the meeting", "the agenda", "the notice"],
)  # fmt: skip
def test_what_a_deadline_rests_on_may_be_assumed(northmere, file, old, new, expected):
    """
    An assumed day marks every deadline that it is counted from or met by, and no other.
    """
    change(northmere, REPORT, "key_decision: no", "key_decision: yes")
    add(northmere, "notice.yaml", NOTICE.format("key decision", "2025-04-02"))
    change(northmere, file, old, new)

    assumed = {rule: one.assumed for rule, one in told(northmere, "2025-04-24").items()}
    assert expected == {rule: marks for rule, marks in assumed.items() if marks}


# rules that cannot be applied


@pytest.mark.parametrize("field", ["of", "what", "count", "from", "source"])
def test_a_rule_with_an_empty_text_is_located(northmere, field):
    """
    Each of these texts is needed, and an empty one is told where it stands.
    """
    rule = {"of": "meeting", "what": "X", "count": "1 days before", "from": "held", "source": "s"}
    rule[field] = "''"
    body = ", ".join(f"{key}: {text}" for key, text in rule.items())
    add(northmere, SETTINGS, f"deadlines:\n  ours: {{{body}}}\n")

    (problem,) = found(northmere)
    assert ("missing-field", "peerkit.yaml") == (problem.code, problem.place.file)
    assert f"“{field}” is empty" in problem.message


CIRCLES = [
    ("committee_report", "meeting", "published", "'no'", ""),
    ("committee_report", "meeting", "notice", "none", ""),
    ("committee_report", "meeting", "published", "late", "published"),
    ("committee_report", "meeting", "status", "Published", "published"),
    ("review", "visit", "clock", "past", "published"),
    ("review", "visit", "status", "Planned", "published"),
]
TABLES = """\
rules:
  committee_report:
    status:
      rows:
        - {status: Withdrawn, stage: withdrawn}
        - {status: Decided, decision: [made, effective]}
        - {status: Considered, stage: considered}
        - {status: Published, published: [in time, late]}
        - {status: Deferred, stage: deferred}
        - {status: In preparation}
      cases:
  review:
    status:
      rows:
        - {status: Cancelled, stage: cancelled}
        - {status: Postponed, stage: postponed}
        - {status: Closed, stage: closed}
        - {status: Reported, stage: [reported, published], decision: none}
        - {status: Actions open, stage: [reported, published], open actions: some}
        - {status: Considered, stage: [reported, published]}
        - {status: On site, visit: under way}
        - {status: Awaiting report, clock: [running, soon, past]}
        - {status: Planned}
      cases:
"""


@pytest.mark.parametrize("case", CIRCLES, ids=lambda case: f"{case[0]} {case[2]} {case[3]}")
def test_a_rule_that_asks_what_follows_from_it_is_told(northmere, case):
    """
    Whether something is in time follows from deadlines: a rule that asked that, itself or
    through a table, would turn in a circle. It is told, and all else is counted.
    """
    of, begins, fact, answer, done = case
    change(northmere, SETTINGS, "english-committee", "lga-corporate-peer-challenge")
    add(northmere, "review.yaml", "review: peers\ntitle: Challenge\n"
        "kind: LGA corporate peer challenge\nvisit: 10 to 12 March 2025\n")  # fmt: skip
    add(northmere, SETTINGS, f"{TABLES}deadlines:\n  ours: {{of: {of}, what: X, source: s, "
        f"count: 5 days before, from: {begins}, when: {{{fact}: {answer}}}, done: [{done}]}}\n")  # fmt: skip

    (problem,) = [one for one in found(northmere) if one.code == "bad-deadline"]
    assert f"deadlines/ours/when/{fact}" == problem.address.id
    assert {"agenda", "report", "lga_report"} <= stands(northmere, "2025-04-24").keys()
    review = judged(northmere, "2025-04-24").register.get("review", "peers")
    assert "running" == judged(northmere, "2025-04-24").ask(review, "clock")


ABSURD = [
    *("9999 years before", "9999 years after", "9999 weeks before", "9999 months after"),
    *("9999 clear working days before", "9999 working days after", "0 days before"),
]


@pytest.mark.parametrize("count", ABSURD)
@pytest.mark.parametrize("day", ["1000-01-01", "2025-05-01", "9999-12-31"])
def test_absurd_counts_stop_nothing(northmere, count, day):
    """
    Whatever a rule, a lead time or a meeting says, and on the first and the last of all days,
    checks, calendars and papers are made.
    """
    change(northmere, MEETING, TIME, f"day: {day}\n{TIME}")
    change(northmere, BODIES, DECIDES, DECIDES.replace(
        "\n", f"\n    lead_times: [{{what: Send it, count: {count}}}]\n"))  # fmt: skip
    add(northmere, SETTINGS, "deadlines:\n  ours: {of: meeting, what: X, from: held, source: s, "
        f"count: {count}}}\n")  # fmt: skip
    register = peerkit.load(northmere)

    for on in (dt.date.min, dt.date(2025, 4, 24), dt.date.max):
        assert "bad-deadline" not in [one.code for one in peerkit.check(register, on=on)]
        snapshot = peerkit.judge(register, on=on)
        assert all(one.what for one in peerkit.deadlines_of(snapshot))
        assert peerkit.compose(snapshot, "decision-record", "libraries").title


@pytest.mark.parametrize(
    "count", ["soon", "99999 days before", "-1 days before", "5 days", "５ days before"]
)
def test_a_lead_time_that_cannot_be_counted_is_located(northmere, count):
    """
    Its line is told, and the law's deadlines are counted all the same.
    """
    change(northmere, BODIES, DECIDES, DECIDES.replace(
        "\n", f"\n    lead_times: [{{what: Send it, count: {count}}}]\n"))  # fmt: skip

    (problem,) = found(northmere)
    assert ("bad-deadline", "bodies.yaml") == (problem.code, problem.place.file)
    assert {"agenda", "report"} == stands(northmere, "2025-04-24").keys()


# what the public may see

CANARY = "Golden Heron"


@pytest.mark.parametrize("ending", [[], ["--json"], ["--as", "ics", "--out", "here.ics"]])
def test_the_public_calendar_holds_nothing_that_is_withheld(northmere, capsys, monkeypatch, ending):
    """
    Neither a withheld body, whose lead time an open report keeps, nor what it is to decide.
    """
    monkeypatch.chdir(northmere.parent)
    add(northmere, BODIES, f"  heron:\n    name: {CANARY} Board\n    regime: executive\n"
        f"    withheld: exempt\n    lead_times: [{{what: Tell the {CANARY}, count: 3 days before}}]\n"
        "    meetings:\n      2025-05-07: {agenda: {1: {title: " + CANARY + "}}}\n")  # fmt: skip
    text = (northmere / REPORT).read_text(encoding="utf-8")
    text = text.replace("report: libraries", "report: heron").replace(
        "cabinet/2025-05-01", "heron/2025-05-07"
    )
    (northmere / "reports" / "heron.yaml").write_text(text, encoding="utf-8")
    made = []
    for public in ([], ["--public"]):
        main(["calendar", str(northmere), "--on", "2025-04-24", "--all", *public, *ending])
        file = Path("here.ics")
        made.append(capsys.readouterr().out + (file.read_text("utf-8") if file.exists() else ""))
        file.unlink(missing_ok=True)

    assert [True, False] == [CANARY in one.replace("\r\n ", "").replace("\n ", "") for one in made]
