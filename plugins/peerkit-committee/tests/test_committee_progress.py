import datetime as dt

import pytest

import peerkit
from peerkit.verbs import jobs, render_job

SEPTEMBER = dt.date(2022, 9, 30)

pytestmark = pytest.mark.usefixtures("history")


def test_the_progress_report_is_of_the_day_on_which_something_was_last_recorded(council):
    """
    Until it goes to a meeting, whose day it takes then.
    """

    def made():
        register = peerkit.load(council.folder)
        (job,) = [one for one in jobs(register) if one.paper == "progress-report"]
        (one,) = render_job(register, job, ["md"], today=dt.date(2030, 1, 1))
        return one

    first = made()
    council.change("bodies", "    power: decides\n", "    meetings: {2022-10-10: }\n")
    report = council.folder / "reports" / "virtual-school-peer-review.yaml"
    again = report.read_text(encoding="utf-8").replace("/2022-02-14", "/2022-10-10")
    again = again.replace("committee_report: virtual", "committee_report: progress-of-virtual")
    again = again.replace("action-plan,", "progress-report,")
    (report.parent / "progress.yaml").write_text(again, encoding="utf-8")
    second = made()

    assert (dt.date(2022, 7, 1), dt.date(2022, 10, 10)) == (first.on, second.on)
    assert b"Statuses as of 1 July 2022." in first.content
    assert b"# Virtual School Action Plan: progress\n" in second.content
    assert b"Statuses as of 10 October 2022." in second.content
    assert dt.date(2022, 2, 14) == council.document("action-plan").properties.day


def test_the_progress_report_of_the_example(council, tables):
    """
    Its groups are those that members are used to.
    """
    document = council.document("progress-report", on=dt.date(2022, 7, 15))
    found = tables(document)
    heads, themes = found.pop("movement")

    assert ["Theme", "Open before", "New (+)", "Closed (−)", "Open now (=)"] == heads
    assert "Total" == themes[-1]
    assert {"finished": ["A1"], "removal": ["A2"], "overdue": ["A4"], "on_track": ["A3"]} == {
        key: rows for key, (_, rows) in found.items()
    }
    assert "Asked for" in found["removal"][0]
    assert "Asked for" not in found["overdue"][0]


def test_finished_actions_are_new_once(council):
    """
    What members saw finished at a meeting is not shown as new at the next.
    """
    register = council.snapshot(SEPTEMBER).register
    facts = peerkit.gather().facts
    ask = {
        on: peerkit.judge(register, on=on).ask(
            register.get("action", "virtual-school-plan/A1"), "finished"
        )
        for on in (dt.date(2022, 6, 1), dt.date(2022, 6, 2), SEPTEMBER)
    }

    assert ("action", "finished") in facts
    assert ["no", "since the last report", "since the last report"] == [*ask.values()]
    council.change("bodies", "    power: decides\n", "    meetings: {2022-08-01: }\n")
    council.change("report", "executive/2022-02-14", "executive/2022-08-01")
    later = council.snapshot(SEPTEMBER)

    assert "before" == later.ask(later.register.get("action", "virtual-school-plan/A1"), "finished")
