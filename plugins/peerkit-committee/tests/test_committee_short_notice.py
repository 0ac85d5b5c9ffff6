"""
What is called, announced or cleared otherwise than usual.
"""

import datetime as dt
import shutil
from pathlib import Path

import pytest

import peerkit

REGISTER = Path(__file__).parent / "councils" / "register"
ON = dt.date(2025, 4, 24)
CLEARANCES = """\
clearances:
  legal: {heading: Legal, required: yes}
  finance: {heading: Finance}
papers: {committee-report: {sections: {clearances: Clearances}}}
"""


@pytest.fixture
def northmere(tmp_path):
    return Path(shutil.copytree(REGISTER, tmp_path / "northmere"))


def change(folder, file, old, new):
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    path.write_text(text.replace(old, new), encoding="utf-8")


def told(folder, on=ON):
    snapshot = peerkit.judge(peerkit.load(folder), on=on)
    return {one.rule: (one.day, one.state.value) for one in peerkit.deadlines_of(snapshot)}


def test_a_meeting_called_late_is_announced_when_it_is_called(northmere):
    """
    Five clear days do not apply to a meeting that is called later than that: notice, agenda
    and reports are published from then on.
    """
    day = "2025-04-28"
    change(northmere, "meetings/cabinet.yaml", "agenda_published: 2025-04-23", f"convened: {day}")
    change(northmere, "reports/libraries.yaml", "published: 2025-04-23", f"published: {day}")
    found = told(northmere, dt.date(2025, 4, 29))

    assert {
        "agenda_at_short_notice": (dt.date(2025, 4, 28), "missed"),
        "report_at_short_notice": (dt.date(2025, 4, 28), "met"),
    } == {key: found[key] for key in found if key.startswith(("agenda", "report"))}


def test_a_meeting_called_in_time_has_five_clear_days(northmere):
    """
    The meeting of Thursday 1 May 2025: 24, 25, 28, 29 and 30 April lie between.
    """
    found = told(northmere)

    assert {
        "agenda": (dt.date(2025, 4, 23), "met"),
        "report": (dt.date(2025, 4, 23), "met"),
    } == {key: found[key] for key in found if key.startswith(("agenda", "report"))}


@pytest.mark.parametrize(
    ("sort", "given", "expected"),
    [
        ("general exception", "", ["exception_reason"]),
        ("general exception", "exception_reason: The roof fell in.\n", []),
        ("special urgency", "", ["exception_reason", "agreed_by"]),
        ("special urgency", "agreed_by: The chair of scrutiny\n", ["exception_reason"]),
        ("other decision", "", []),
    ],
)
def test_a_short_notice_says_why(northmere, sort, given, expected):
    """
    A notice of general exception or special urgency without its reason has a gap.
    """
    (northmere / "notice.yaml").write_text(
        f"notice: libraries\nis: {sort}\nreport: libraries\npublished: 2025-04-20\n{given}",
        encoding="utf-8",
    )
    found = peerkit.check(peerkit.load(northmere), on=ON)
    gaps = [one.message for one in found if one.code == "gap-in-record"]

    assert {f"A notice of {sort} needs “{field}”." for field in expected} == {*gaps}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("", ["Not given yet", "Not given yet"]),
        (
            "clearances: {legal: {by: solicitor, day: 2025-04-14}}\n",
            ["Borough Solicitor, 14 April 2025", "Not given yet"],
        ),
        (
            "clearances:\n  legal: {by: solicitor, day: 2025-05-14}\n"  # noqa: ISC004 - two lines
            "  finance: {not required: it costs nothing}\n",
            ["Not given yet", "Not required: it costs nothing"],
        ),
    ],
    ids=["open", "one given", "given later, not required"],
)
def test_clearances_are_a_table(northmere, given, expected):
    """
    Each clearance that the council asks for is given by somebody on a day, not required for a
    reason, or open; a council that shows them has a section for it.
    """
    settings = northmere / "peerkit.yaml"
    settings.write_text(
        settings.read_text(encoding="utf-8") + CLEARANCES,
        encoding="utf-8",
    )
    report = northmere / "reports" / "libraries.yaml"
    report.write_text(report.read_text(encoding="utf-8") + given, encoding="utf-8")
    register = peerkit.load(northmere)
    snapshot = peerkit.judge(register, on=ON)
    said = peerkit.render(snapshot, "committee-report", "libraries").decode()

    assert () == peerkit.check(register, on=ON)
    assert [f"| Legal | {expected[0]} |", f"| Finance | {expected[1]} |"] == [
        line for line in said.splitlines() if line.startswith(("| Legal", "| Finance"))
    ]
    is_open = "14 April" not in expected[0]
    assert ("open" if is_open else "complete") == snapshot.ask(
        register.get("committee_report", "libraries"), "clearances"
    )


def test_meetings_without_a_day_stand_where_they_are_written(northmere):
    """
    The next meeting of a body is found by days; one of which no day is known comes behind the
    one that is written before it.
    """
    from peerkit_committee.matters import meetings_of  # noqa: PLC0415 - of the plugin alone

    change(
        northmere,
        "bodies.yaml",
        "    regime: executive\n    power: decides\n",
        "    regime: executive\n    power: decides\n    meetings:\n      2025-09-01:\n"
        "      autumn: {source: Old minutes.}\n      2025-07-01:\n      summer: {day: July 2025}\n",
    )
    register = peerkit.load(northmere)

    assert ["2025-05-01", "2025-07-01", "summer", "2025-09-01", "autumn"] == [
        one.local_id for one in meetings_of("cabinet", register)
    ]
