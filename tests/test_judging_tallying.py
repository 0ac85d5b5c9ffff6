import datetime as dt
from pathlib import Path

import pytest

import peerkit
from peerkit.errors import UnknownNameError
from peerkit.judging import tally

FOLDER = Path(__file__).parent / "northmere" / "judged"


@pytest.fixture(name="snapshot", scope="module")
def _snapshot(offers):
    register = peerkit.load(FOLDER, offers=offers)
    return peerkit.judge(register, on=dt.date(2022, 8, 15), offers=offers)


def by_theme(found):
    return {one.theme.title if one.theme else "": dict(one.counts) for one in found.themes}


def test_every_word_of_the_table_is_counted(snapshot):
    """
    Words stand in the order of the table, also those that no record has.
    """
    found = tally(snapshot, "action")

    expected = [
        ("Overdue", 1),
        ("Awaiting evidence", 0),
        ("Not started", 2),
        ("In progress", 0),
        ("Complete", 0),
        ("Verified", 1),
        ("Cancelled", 0),
    ]
    assert expected == list(found.counts.items())
    assert (4, "action", "status") == (found.total, found.kind, found.axis)


def test_an_action_counts_in_each_theme_of_its_findings_and_once_in_all(snapshot):
    """
    A1 answers findings of two themes, A3 one of none; there are four actions all the same.
    """
    found = tally(snapshot, "action")

    assert [("Opening hours", 2), ("Stock", 2), ("", 1)] == [
        (one.theme.title if one.theme else "", one.total) for one in found.themes
    ]
    assert 1 == by_theme(found)["Stock"]["Overdue"] == by_theme(found)["Opening hours"]["Overdue"]
    assert 4 == found.total == sum(found.counts.values())


def test_findings_count_by_their_own_themes(snapshot):
    """
    A finding of no theme stands under none, last.
    """
    found = tally(snapshot, "finding")

    assert [2, 1, 1] == [one.total for one in found.themes]
    assert found.themes[-1].theme is None


def test_ratings_and_stages_are_counted_in_the_same_way(snapshot):
    """
    Who is not rated is counted too.
    """
    assert {"Low": 0, "High": 1, "not rated": 3} == tally(snapshot, "action", "confidence").counts
    assert {"agreed": 2, "under way": 1, "done": 0, "verified": 1, "cancelled": 0} == tally(
        snapshot, "action", "stage"
    ).counts


def test_only_the_records_that_are_given_are_counted(snapshot):
    """
    A paper may count the actions of one plan only.
    """
    one = snapshot.register.get("action", "plan/A3")
    found = tally(snapshot, "action", records=[one])

    assert (1, [None]) == (found.total, [each.theme for each in found.themes])


def test_kinds_outside_themes_have_none(snapshot):
    """
    A plan belongs to no theme, not even to “no theme”.
    """
    assert () == tally(snapshot, "plan").themes


@pytest.mark.parametrize(("kind", "axis"), [("party", "status"), ("action", "colour")])
def test_what_nothing_gives_cannot_be_counted(snapshot, kind, axis):
    """
    Without a table there is nothing to count.
    """
    with pytest.raises(UnknownNameError, match=f"No table gives a {kind} its {axis}"):
        tally(snapshot, kind, axis)
