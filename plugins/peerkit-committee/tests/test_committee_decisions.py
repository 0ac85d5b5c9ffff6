import datetime as dt

import pytest


@pytest.mark.parametrize(
    ("day", "effective", "expected"),
    [
        (dt.date(2022, 2, 13), "", "none"),
        (dt.date(2022, 2, 14), "", "made"),
        (dt.date(2022, 2, 21), "2022-02-22", "made"),
        (dt.date(2022, 2, 22), "2022-02-22", "effective"),
        (dt.date(2022, 2, 27), "February 2022", "made"),
        (dt.date(2022, 2, 28), "February 2022", "effective"),
    ],
)
@pytest.mark.parametrize(
    "subject",
    [
        ("committee_report", "virtual-school-peer-review"),
        ("plan", "virtual-school-plan"),
        ("review", "virtual-school-2021"),
    ],
)
def test_whether_it_was_decided(council, subject, day, effective, expected):
    """
    A report, and all that it is about, is decided on the day of the resolution, and its
    resolution in force on a day of its own.
    """
    if effective:
        council.change(
            "resolutions",
            "    recorded_as: Recommendations Approved\n",
            f"    recorded_as: Recommendations Approved\n    effective: {effective}\n",
        )
    snapshot = council.snapshot(day)

    assert expected == snapshot.ask(snapshot.register.get(*subject), "decision")


def test_what_no_report_is_about_was_not_decided(council):
    """
    The Ofsted letter was noted by a board, and no report about it is kept.
    """
    snapshot = council.snapshot()
    review = snapshot.register.get("review", "focused-visit-2021")

    assert "none" == snapshot.ask(review, "decision")


@pytest.mark.parametrize(
    ("kind", "subject", "before", "after"),
    [
        ("committee_report", "virtual-school-peer-review", "Published", "Decided"),
        ("plan", "virtual-school-plan", "Draft", "In progress"),
        ("review", "virtual-school-2021", "Reported", "Actions open"),
    ],
)
def test_a_decision_gives_another_status(council, kind, subject, before, after):
    """
    The rules of the pack know what a resolution means.
    """
    found = [
        (snapshot := council.snapshot(day)).status(snapshot.register.get(kind, subject))
        for day in (dt.date(2022, 2, 13), dt.date(2022, 2, 14))
    ]

    assert [before, after] == found
