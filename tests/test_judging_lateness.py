import datetime as dt

import attrs
import pytest

import peerkit
from peerkit import Action, Configuration, Party, Plan
from peerkit.config import KindRules
from peerkit.history import Entry, History, Occasion
from peerkit.judging import due_of, due_soon, overdue
from peerkit.lifecycle import Lifecycle, Move
from peerkit.model import parse_day
from peerkit.rules import StatusTable

ON = dt.date(2022, 9, 14)
LIFECYCLE = Lifecycle(
    stages=("agreed", "done", "verified"),
    final=("verified",),
    moves=(
        Move(sources=("agreed",), target="done"),
        Move(sources=("done",), target="verified"),
    ),
)
BY_TABLE = StatusTable(
    statuses=("Overdue", "Done", "On track"),
    rows=(
        {"status": ("Done",), "stage": ("done", "verified")},
        {"status": ("Overdue",), "due": ("past",)},
        {"status": ("On track",)},
    ),
)
WITHOUT_DUE = StatusTable(
    statuses=("Open", "Done"),
    rows=({"status": ("Done",), "stage": ("done", "verified")}, {"status": ("Open",)}),
)


def occasion(day, **entries):
    told = {("action", f"plan/{name}"): Entry(**entry) for name, entry in entries.items()}
    return Occasion(name=str(day), day=dt.date.fromisoformat(day), by="head", entries=told)


@pytest.fixture(name="judged")
def _judged(offers):
    def judged(dues, *occasions, table=BY_TABLE, rules=True, on=ON):
        records = [
            Party(id="head", name="Head", is_a="post"),
            Plan(id="plan", title="Plan"),
            *(
                Action(id=f"plan/{name}", do=name, plan="plan", due=due and parse_day(due))
                for name, due in dues.items()
            ),
        ]
        kinds = {"action": KindRules(soon=28, lifecycle=LIFECYCLE, status=table)} if rules else {}
        register = peerkit.make_register(records, Configuration(rules=kinds), offers=offers)
        register = attrs.evolve(register, history=History(occasions))
        return peerkit.judge(register, on=on, offers=offers)

    return judged


def ids(found):
    return [one.record.local_id for one in found]


def test_the_longest_past_comes_first(judged):
    """
    What is overdue is told worst first, and equals stand in the order of the files.
    """
    dues = {"A": "July 2022", "B": "2022-04-30", "C": "31 July 2022", "D": "2022-12-31"}

    assert ["B", "A", "C"] == ids(overdue(judged(dues)))


@pytest.mark.parametrize(
    ("due", "late", "soon"),
    [
        (None, False, False),
        ("next meeting", False, False),
        ("13 September 2022", True, False),
        ("14 September 2022", False, True),
        ("September 2022", False, True),
        ("12 October 2022", False, True),
        ("13 October 2022", False, False),
        ("August 2022", True, False),
    ],
)
def test_a_due_day_counts_by_its_last_day(judged, due, late, soon):
    """
    What is due today is not overdue; a month is past when its last day is; soon is within
    the days that the rules say.
    """
    snapshot = judged({"A": due})

    assert (late, soon) == (bool(overdue(snapshot)), bool(due_soon(snapshot)))


@pytest.mark.parametrize(
    ("stages", "table", "expected"),
    [
        ([], BY_TABLE, True),
        (["done"], BY_TABLE, False),
        (["done", "verified"], BY_TABLE, False),
        (["done"], WITHOUT_DUE, True),
        (["done", "verified"], WITHOUT_DUE, False),
        (["done"], None, True),
    ],
    ids=["agreed", "done", "verified", "done, no row for due", "verified, no row", "no table"],
)
def test_the_table_decides_what_a_past_day_means(judged, stages, table, expected):
    """
    What is done is not overdue where the table says so; without a row for it, only final
    stages end a due day.
    """
    moves = [occasion(f"2022-05-0{day}", A={"to": to}) for day, to in enumerate(stages, 1)]
    snapshot = judged({"A": "July 2022"}, *moves, table=table)

    assert expected == bool(overdue(snapshot))


def test_what_is_done_is_not_due_soon(judged):
    """
    Only what would be overdue, were its day past, is due soon.
    """
    dues = {"A": "20 September 2022", "B": "20 September 2022"}
    snapshot = judged(dues, occasion("2022-05-01", A={"to": "done"}))

    assert ["B"] == ids(due_soon(snapshot))


def test_the_working_names_the_day_in_force_and_the_first_one(judged):
    """
    A revised day is told with the one it began with, and with its reasons.
    """
    revised = occasion("2022-05-01", A={"due": parse_day("July 2022"), "reason": "Snow."})
    (found,) = overdue(judged({"A": "30 April 2022"}, revised))

    assert "due July 2022, 45 days past; was 30 April 2022" == found.working
    assert (45, dt.date(2022, 8, 1)) == (found.past, found.since)
    assert ["Snow."] == [one.reason for one in found.revisions]


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        ("13 September 2022", "due 13 September 2022, 1 day past"),
        ("14 September 2022", "due 14 September 2022, its last day"),
        ("16 September 2022", "due 16 September 2022, 2 days left"),
        ("1 January 1990", "due 1 January 1990, 11,944 days past"),
    ],
)
def test_the_working_counts_days(judged, due, expected):
    """
    One day is one day.
    """
    snapshot = judged({"A": due})

    assert expected == due_of(snapshot.register.get("action", "plan/A"), snapshot).working


def test_without_rules_a_day_is_past_all_the_same(judged):
    """
    Where nothing says what is done, every day in the past is told.
    """
    assert ["A"] == ids(overdue(judged({"A": "July 2022", "B": "July 2023"}, rules=False)))
