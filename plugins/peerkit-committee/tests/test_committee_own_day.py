import datetime as dt

import pytest

import peerkit
from peerkit_committee.checks.own_day import in_force
from peerkit_committee.papers import PAPERS
from peerkit_committee.papers.parts import PARTS

TODAY = dt.date(2026, 7, 1)
BEGIN = dt.date(2025, 4, 1)
LATER = f"""
from:
  {BEGIN}:
    strategic_plan: {{pillars: {{homes: Homes}}}}
    impacts:
      climate: {{heading: Climate, required: yes}}
    papers:
      committee-report:
        sections:
          carbon: {{heading: Carbon, required: yes}}
"""
ROUND = "occasion: progress round\n"
DAYS = {paper.name: paper.day for paper in PAPERS}


@pytest.fixture
def today(council):
    """
    What checking the register finds long after the meeting, leaving out advice.
    """

    def today():
        found = peerkit.check(peerkit.load(council.folder), on=TODAY)
        return [(one.code, one.message) for one in found if one.severity.value != "advice"]

    return today


def moved(council, day):
    """
    Put the meeting of the report on another day.
    """
    for file in ("meeting", "resolutions", "report", "plan", "review"):
        _replace(council, file, "2022-02-14", day)


def _replace(council, file, old, new):
    path = (
        council.folder
        / {
            "meeting": "meetings/executive-2022-02-14.yaml",
            "resolutions": "resolutions.yaml",
            "report": "reports/virtual-school-peer-review.yaml",
            "plan": "plans/virtual-school-plan.yaml",
            "review": "reviews/virtual-school-2021.yaml",
        }[file]
    )
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def test_a_report_is_checked_by_what_was_in_force_on_the_day_of_its_meeting(council, today):
    """
    What a council asks for from a day on finds nothing in a report to a meeting before.
    """
    before = today()
    council.add("settings", LATER)
    assert today() == before


@pytest.mark.parametrize("day", ["2025-04-01", "2025-06-10"])
def test_a_report_to_a_later_meeting_is_told_what_it_lacks(council, today, day):
    """
    From its first day on, what is newly required must be there.
    """
    moved(council, day)
    before = today()
    council.add("settings", LATER)
    assert sorted(set(today()) - set(before)) == [
        ("missing-section", "The impact “Climate” (impacts, climate) has no text."),
        ("missing-section", "The section “Carbon” (carbon) has no text."),
    ]


def test_a_heading_that_came_later_is_unknown_to_an_earlier_report(council, today):
    """
    A report before the day would not print what only a later configuration has.
    """
    council.add("settings", LATER)
    council.change("report", "strategic_plan:\n", "strategic_plan:\n  homes: It mends homes.\n")
    council.add("report", "\ntext: {carbon: It saves carbon.}\n")
    found = [code for code, _ in today()]
    assert found.count("unknown-heading") == 2
    assert "written-but-not-printed" not in found


def test_a_verb_and_a_paper_that_go_later_stay_known_to_an_earlier_report(council, today):
    """
    Neither the verbs nor the appendices of an old report turn into errors.
    """
    before = today()
    council.add(
        "settings",
        f"\nfrom:\n  {BEGIN}:\n    decision_verbs: {{endorse: }}\n"
        "    papers: {review-report: , action-plan: }\n",
    )
    assert today() == before
    moved(council, "2025-06-10")
    assert {"unknown-verb", "bad-appendix"} <= {code for code, _ in today()}


def test_a_report_without_a_day_is_checked_by_the_day_of_the_check(council, today):
    """
    While its meeting has no day, the configuration is that of the day it is checked on.
    """
    council.change("meeting", "agenda_published:", "day: next meeting\nagenda_published:")
    council.add("settings", LATER)
    found = [message for code, message in today() if code == "missing-section"]
    assert "The section “Carbon” (carbon) has no text." in found


def test_what_is_broken_from_a_day_on_says_nothing_of_reports(council, today):
    """
    A configuration that could not be read is told of, and no report is blamed for it.
    """
    moved(council, "2025-06-10")
    before = {code for code, _ in today()}
    council.add(
        "settings",
        f"\nfrom:\n  {BEGIN}:\n    impacts: [climate]\n  2026-01-01:\n"
        "    impacts: {risk: {heading: Risks}}\n",
    )
    assert not {code for code, _ in today()} - before & {"unknown-heading", "missing-section"}


@pytest.mark.parametrize("case", ["with the report", "of itself", "of history", "of none"])
def test_a_paper_is_checked_by_the_configuration_it_is_printed_by(council, case):
    """
    The day each is checked as of is the day it is made as of.
    """
    days = ("2021-10-04", "2022-01-20", "2022-02-14", "2022-05-01", "2023-01-01")
    council.add("settings", "\nfrom:\n" + "".join(f"  {day}: {{impacts: {{}}}}\n" for day in days))
    if case != "with the report":
        _replace(council, "report", "paper: action-plan, of: virtual-school-plan", "title: A plan")
        _replace(council, "report", "paper: review-report, of: virtual-school-2021", "title: It")
    if case == "of itself":
        council.add("plan", "\nday: 2022-01-20\n")
        council.change("review", "report_received: October 2021", "report_received: 2021-10-04")
    if case == "of history":
        council.happens("2022-05-01", ROUND, A1="to: under way")
    snapshot = council.snapshot(TODAY)
    seen = peerkit.View(snapshot=snapshot, audience=peerkit.Audience.INTERNAL)
    for paper, day_of in DAYS.items():
        for record in snapshot.register.of_kind(PARTS[paper].subject):
            printed_by = snapshot.register.configuration.on(day_of(seen, record) or TODAY)
            assert in_force(snapshot, paper, record) is printed_by, (paper, record.id)
