"""
Deadlines of reports, meetings, notices and reviews: met, late, missed, ahead, or not known.
"""

import datetime as dt
import shutil
from pathlib import Path

import pytest

import peerkit

REGISTER = Path(__file__).parent / "councils" / "register"
LGA = ("lga_report", "lga_action_plan", "lga_progress_review", "lga_progress_report")


@pytest.fixture
def northmere(tmp_path):
    return Path(shutil.copytree(REGISTER, tmp_path / "northmere"))


def change(folder, file, old, new):
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    path.write_text(text.replace(old, new), encoding="utf-8")


def told(folder, on):
    """
    Return the deadlines of open matters by rule.
    """
    snapshot = peerkit.judge(peerkit.load(folder), on=dt.date.fromisoformat(on))
    return {one.rule: one for one in peerkit.deadlines_of(snapshot)}


def asked(folder, kind, record, fact, on):
    snapshot = peerkit.judge(peerkit.load(folder), on=dt.date.fromisoformat(on))
    return snapshot.ask(snapshot.register.get(kind, record), fact)


# The meeting is on Thursday 1 May 2025, so the report is due by Wednesday 23 April.
@pytest.mark.parametrize(
    ("published", "on", "state", "fact"),
    [
        ("published: 2025-04-23\n", "2025-04-24", "met", "in time"),
        ("published: 2025-04-24\n", "2025-04-24", "late", "late"),
        ("published: 2025-04-24\n", "2025-04-23", "ahead", "no"),
        ("", "2025-04-23", "ahead", "no"),
        ("", "2025-04-24", "missed", "no"),
        ("published: April 2025\n", "2025-04-30", "not known", "not known"),
    ],
    ids=["in time", "late", "planned", "not yet", "missed", "inexact"],
)
def test_a_report_is_published_five_clear_days_before(northmere, published, on, state, fact):
    """
    What is planned is not done, what nobody recorded is missed, what is inexact is not known.
    """
    change(northmere, "reports/libraries.yaml", "published: 2025-04-23\n", published)

    found = told(northmere, on)["report"]
    assert (state, dt.date(2025, 4, 23)) == (found.state.value, found.day)
    assert fact == asked(northmere, "committee_report", "libraries", "published", on)


@pytest.mark.parametrize(
    ("meeting", "day", "state"),
    [
        ("2025-05-01", dt.date(2025, 4, 23), "met"),
        ("2025-04-24", dt.date(2025, 4, 14), "late"),
        ("2025-05-08", dt.date(2025, 4, 29), "met"),
    ],
    ids=["as planned", "a week earlier, over Easter", "a week later, with a bank holiday"],
)
def test_a_meeting_that_moves_counts_all_anew(northmere, meeting, day, state):
    """
    Every deadline of the meeting and its report follows its day, and what was missed is told.
    """
    change(northmere, "meetings/cabinet.yaml", "time: 6.30 pm", f"day: {meeting}\ntime: 6.30 pm")
    found = told(northmere, "2025-04-23")
    problems = peerkit.check(peerkit.load(northmere), on=dt.date(2025, 4, 23))

    assert (day, state) == (found["report"].day, found["report"].state.value)
    assert (day, state) == (found["agenda"].day, found["agenda"].state.value)
    missed = ["deadline-missed"] * 2 if state == "late" else []
    assert missed == [one.code for one in problems if one.code == "deadline-missed"]


def test_a_meeting_that_is_over_has_no_deadlines(northmere):
    """
    What nobody wrote down of an old meeting is no matter that is open.
    """
    assert not {"agenda", "report"} & told(northmere, "2025-05-02").keys()


@pytest.mark.parametrize(
    ("published", "on", "state", "fact"),
    [
        ("2025-04-02", "2025-04-10", "met", "enough"),
        ("2025-04-03", "2025-04-10", "late", "short"),
        ("", "2025-04-02", "ahead", "none"),
        ("", "2025-04-03", "missed", "none"),
    ],
)
def test_a_key_decision_is_announced_28_clear_days_before(northmere, published, on, state, fact):
    """
    Twenty-eight days lie between 2 April and 1 May 2025.
    """
    change(northmere, "reports/libraries.yaml", "key_decision: no", "key_decision: yes")
    if published:
        (northmere / "notice.yaml").write_text(
            f"notice: libraries\nis: key decision\nreport: libraries\npublished: {published}\n"
        )

    found = told(northmere, on)["key_decision"]
    assert (dt.date(2025, 4, 2), state) == (found.day, found.state.value)
    assert fact == asked(northmere, "committee_report", "libraries", "notice", on)


def test_a_decision_that_is_no_key_decision_needs_no_notice(northmere):
    """
    The fact says that none is needed, and no deadline is told.
    """
    assert "key_decision" not in told(northmere, "2025-04-10")
    assert "not needed" == asked(northmere, "committee_report", "libraries", "notice", "2025-04-10")


def test_a_lead_time_is_the_body_s_own(northmere):
    """
    Ten in the morning, seven working days before: Easter Monday is none of them. It counts
    from a day on, and is met by a stage.
    """
    change(
        northmere,
        "bodies.yaml",
        "    regime: executive\n",
        "    regime: executive\n    lead_times:\n"
        "      - {what: Send it, count: '10 am, 7 working days before', done: submitted}\n"
        "      - {what: Call, count: 1 working days before, from: 2026-01-01}\n",
    )
    found = told(northmere, "2025-04-16")

    assert (dt.date(2025, 4, 22), "10 am", "ahead") == (
        found["lead_time_1"].day,
        found["lead_time_1"].time,
        found["lead_time_1"].state.value,
    )
    assert "lead_time_2" not in found


# reviews


def review(folder, pack, text):
    change(folder, "peerkit.yaml", "extends: english-committee", f"extends: [{pack}]")
    (folder / "review.yaml").write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("published", "on", "states", "clock"),
    [
        ("", "2025-02-01", ["ahead"] * 4, "running"),
        ("", "2025-05-20", ["ahead"] * 4, "soon"),
        ("", "2025-06-13", ["missed", "ahead", "ahead", "ahead"], "past"),
        ("published: 2025-06-12\n", "2025-06-13", ["met", "ahead", "ahead", "ahead"], "running"),
        ("published: 2025-06-13\n", "2025-06-13", ["late", "ahead", "ahead", "ahead"], "running"),
    ],
)
def test_a_peer_challenge_has_four_clocks(northmere, published, on, states, clock):
    """
    Three, five, ten and twelve months after the last day on site, 12 March 2025.
    """
    review(
        northmere,
        "lga-corporate-peer-challenge",
        "review: cpc\ntitle: Peer challenge\nkind: LGA corporate peer challenge\n"
        f"visit: 10 to 12 March 2025\n{published}",
    )
    found = told(northmere, on)

    assert [(6, 12), (8, 12), (1, 12), (3, 12)] == [
        (found[rule].day.month, found[rule].day.day) for rule in LGA
    ]
    assert states == [found[rule].state.value for rule in LGA]
    assert clock == asked(northmere, "review", "cpc", "clock", on)


@pytest.mark.parametrize(
    ("received", "sent", "state"),
    [
        ("2024-12-02", "", "missed"),
        ("2024-12-02", "more: {statement_sent: 2025-03-13}\n", "met"),
        ("2024-12-02", "more: {statement_sent: 2025-03-14}\n", "late"),
        ("December 2024", "", "not known"),
    ],
)
def test_a_statement_of_action_is_due_after_seventy_working_days(northmere, received, sent, state):
    """
    Counted from receipt. From 2 December 2024 there are 19 in that month, which has two bank
    holidays, 22 in January, which has one, 20 in February, and nine up to 13 March 2025.
    """
    review(
        northmere,
        "ofsted-inspection",
        "review: ilacs\ntitle: Inspection\nkind: Ofsted inspection of children's services\n"
        f"report_received: {received}\n{sent}",
    )
    found = told(northmere, "2025-03-20")["statement_of_action"]

    assert state == found.state.value
    if received == "2024-12-02":
        assert dt.date(2025, 3, 13) == found.day
    else:
        assert ("the exact day of the receipt of the report",) == found.missing


def test_what_is_assumed_is_said(northmere):
    """
    A deadline that rests on a day which nobody knows for sure says so.
    """
    change(
        northmere,
        "reports/libraries.yaml",
        "published: 2025-04-23\n",
        "published: 2025-04-23\nassumed: [published]\n",
    )

    assert ("the day of publication",) == told(northmere, "2025-04-24")["report"].assumed


@pytest.mark.parametrize(
    ("rule", "field", "message"),
    [
        ("of: meetings, from: held, count: 1 days before", "of", "“meetings” is no kind"),
        ("of: meeting, from: holding, count: 1 days before", "from", "no day “holding”"),
        ("of: meeting, from: held, count: soon", "count", "“soon” is no count of days."),
        (
            "of: meeting, from: held, count: 1 days before, done: printed",
            "done",
            "no day “printed”",
        ),
        (
            "of: meeting, from: held, count: 1 days before, when: {colour: red}",
            "when/colour",
            "“colour” is no fact",
        ),
        (
            "of: meeting, from: held, count: 1 days before, when: {regime: royal}",
            "when/regime",
            "“regime” is never “royal”",
        ),
        ("of: meeting, from: held, count: 1 days before, bodies: court", "bodies", "“court”"),
        ("of: review, from: visit, count: 1 days after, kinds: Audit", "kinds", "“Audit”"),
    ],
)
def test_a_rule_that_cannot_be_applied_is_located(northmere, rule, field, message):
    """
    What is wrong with a rule is told at its line, and the others count on.
    """
    settings = northmere / "peerkit.yaml"
    settings.write_text(
        settings.read_text(encoding="utf-8")
        + f"deadlines:\n  ours: {{what: Do it, source: us, {rule}}}\n",
        encoding="utf-8",
    )
    found = peerkit.check(peerkit.load(northmere), on=dt.date(2025, 4, 24))

    (problem,) = [one for one in found if one.code == "bad-deadline"]
    assert message in problem.message
    assert f"deadlines/ours/{field}" == problem.address.id
    assert "peerkit.yaml" == problem.place.file
    assert "report" in told(northmere, "2025-04-24")


@pytest.mark.parametrize("count", ["9999 years before", "9999 years after"])
def test_absurd_counts_end_in_no_traceback(northmere, count):
    """
    A day that no calendar has is not known.
    """
    settings = northmere / "peerkit.yaml"
    settings.write_text(
        settings.read_text(encoding="utf-8") + "deadlines:\n"
        f"  ours: {{what: Do it, source: us, of: meeting, from: held, count: {count}}}\n",
        encoding="utf-8",
    )
    found = told(northmere, "2025-04-24")["ours"]

    assert ("not known", None) == (found.state.value, found.day)


DRAFTS = """\
deadlines:
  drafts:
    of: meeting
    what: Publish the draft minutes
    count: 10 working days after
    from: held
    done: minutes_published
    source: Constitution
"""


@pytest.mark.parametrize(
    ("minutes", "on", "state"),
    [
        ("", "2025-05-02", "ahead"),
        ("", "2025-05-17", "missed"),
        ("minutes_published: 2025-05-16\n", "2025-05-17", None),
    ],
    ids=["ahead", "missed", "met, and so settled"],
)
def test_what_is_counted_on_from_a_meeting_outlives_it(northmere, minutes, on, state):
    """
    Ten working days after 1 May 2025, with a bank holiday among them, end on 16 May; until
    the minutes are published, that is to be done, and checking warns once it is missed.
    """
    settings = northmere / "peerkit.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + DRAFTS, encoding="utf-8")
    change(northmere, "meetings/cabinet.yaml", "time: 6.30 pm\n", f"time: 6.30 pm\n{minutes}")
    found = told(northmere, on)
    problems = peerkit.check(peerkit.load(northmere), on=dt.date.fromisoformat(on))

    assert (None if state is None else (dt.date(2025, 5, 16), state)) == (
        (found["drafts"].day, found["drafts"].state.value) if "drafts" in found else None
    )
    assert (state == "missed") is ("deadline-missed" in [one.code for one in problems])
    assert "agenda" not in found


def test_a_report_to_a_cancelled_meeting_has_no_deadlines(northmere):
    """
    Nothing need be published for a meeting that does not take place.
    """
    (northmere / "history").mkdir()
    change(northmere, "meetings/cabinet.yaml", "agenda_published: 2025-04-23\n", "")
    change(northmere, "reports/libraries.yaml", "published: 2025-04-23\n", "")
    (northmere / "history" / "2025-04-10.yaml").write_text(
        "day: 2025-04-10\nby: leader\nrecords:\n"
        "  cabinet/2025-05-01: {to: cancelled, reason: Too few can come.}\n",
        encoding="utf-8",
    )

    assert {"agenda", "report"} <= told(northmere, "2025-04-09").keys()
    assert not {"agenda", "report"} & told(northmere, "2025-04-10").keys()
