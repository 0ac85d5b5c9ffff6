import datetime as dt
import subprocess
import sys
from pathlib import Path
from typing import ClassVar

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import peerkit
from peerkit import Action, Finding, Party, Plan, Record, Review, Theme
from peerkit import fields as f
from peerkit.history import Entry, History, Occasion
from peerkit.judging import changes
from peerkit.judging.comparing import first_days
from peerkit.model import Day, parse_day

FOLDER = Path(__file__).parent / "northmere" / "judged"
BEGIN = dt.date(2022, 1, 1)


@pytest.fixture(name="register", scope="module")
def _register(offers):
    return peerkit.load(FOLDER, offers=offers)


@pytest.fixture(name="compared")
def _compared(offers):
    def compared(register, since, until):
        before, after = (
            peerkit.judge(register, on=dt.date.fromisoformat(day), offers=offers)
            for day in (since, until)
        )
        return changes(before, after)

    return compared


def of(found, record_id):
    return next(one for one in found.records if one.record.id == record_id)


# what changed


def test_nothing_changes_on_one_day(register, compared):
    """
    Two equal days have no difference.
    """
    found = compared(register, "2022-08-01", "2022-08-01")

    assert () == found.records
    assert all(
        one.opening == one.closing and not one.new
        for balances in found.balances.values()
        for one in (balances.total, *balances.themes)
    )


def test_moves_are_told_with_day_source_and_reason(register, compared):
    """
    Every move between the two days is told, in order.
    """
    found = of(compared(register, "2022-02-28", "2022-09-30"), "plan/A4")

    assert [("agreed", "done", "head"), ("done", "verified", "cabinet")] == [
        (one.source, one.target, one.occasion.by) for one in found.moves
    ]
    assert "verified" == found.finished


def test_only_what_lies_between_is_told(register, compared):
    """
    What had happened by the end of the first day is no change; what happened on the last is.
    """
    found = compared(register, "2022-03-14", "2022-05-09")

    assert ["plan/A1", "plan/A2", "plan/A4"] == [one.record.id for one in found.records][-3:]
    assert [] == [one.day for one in of(found, "plan/A1").moves]
    assert [dt.date(2022, 5, 9)] == [one.day for one in of(found, "plan/A4").moves]


def test_a_new_due_day_is_told_with_its_reason(register, compared):
    """
    Asked in March, granted in May: both are told where both lie in between.
    """
    found = of(compared(register, "2022-02-28", "2022-09-30"), "plan/A2")

    assert [("July 2022", "December 2022", "The supplier is late.", "cabinet")] == [
        (one.old.words, one.new.words, one.reason, one.by) for one in found.revisions
    ]
    assert ["granted"] == [one.answer for one in found.asked]
    assert found.asked == found.answered


def test_what_was_asked_before_is_told_when_it_is_answered(register, compared):
    """
    A refusal is a change of its own.
    """
    found = of(compared(register, "2022-08-01", "2022-09-30"), "plan/A3")

    assert ["refused"] == [one.answer for one in found.answered]


def test_what_has_become_overdue_is_told_since_when(register, compared):
    """
    What was overdue before is no change.
    """
    since = of(compared(register, "2022-04-30", "2022-05-01"), "plan/A1").overdue.since

    assert dt.date(2022, 5, 1) == since
    assert () == compared(register, "2022-05-01", "2022-05-02").records


def test_what_was_not_permitted_is_no_change(register, compared):
    """
    An occasion that was refused changes nothing.
    """
    refused = Occasion(
        name="2022-10-01",
        day=dt.date(2022, 10, 1),
        by="head",
        entries={("action", "plan/A1"): Entry(to="verified")},
    )
    history = History((*register.history.occasions, refused))
    found = compared(attrs.evolve(register, history=history), "2022-09-30", "2022-10-31")

    assert () == found.records


# since when a record is there


@attrs.frozen(kw_only=True)
class _Resolution(Record):
    """
    A resolution, as far as it is needed here.
    """

    kind: ClassVar[str] = "resolution"

    day: Day | None = f.day("The day.")


def told(day, kind, record_id):
    return Occasion(
        name=day, day=dt.date.fromisoformat(day), by="head", entries={(kind, record_id): Entry()}
    )


@pytest.mark.parametrize(
    ("plan", "action", "occasions", "expected"),
    [
        ({}, {}, [], None),
        ({"approved": "14 February 2022"}, {}, [], "2022-02-14"),
        ({"day": "January 2022"}, {}, [], "2022-01-31"),
        ({"approved": "14 February 2022", "day": "1 March 2022"}, {}, [], "2022-02-14"),
        ({}, {}, [told("2022-05-09", "action", "plan/A")], "2022-05-09"),
        ({}, {}, [told("2022-05-09", "action", "plan/B")], "2022-05-09"),
        ({}, {}, [told("2022-05-09", "plan", "plan")], "2022-05-09"),
        ({"approved": "1 June 2022"}, {}, [told("2022-05-09", "action", "plan/A")], "2022-05-09"),
        ({"approved": "1 June 2022"}, {"arises_from": "r"}, [], "2022-07-01"),
        (
            {"approved": "1 June 2022"},
            {"arises_from": "r"},
            [told("2022-06-09", "action", "plan/A")],
            "2022-06-09",
        ),
        ({"approved": "1 June 2022"}, {"arises_from": "gone"}, [], "2022-06-01"),
        ({"approved": "1 June 2022"}, {"start": "May 2022", "due": "1 May 2022"}, [], "2022-06-01"),
    ],
    ids=[
        "nothing",
        "approved",
        "day of the plan",
        "the earlier",
        "its own entry",
        "another's entry",
        "the plan's entry",
        "entry before approval",
        "resolution",
        "entry before the resolution",
        "no such resolution",
        "promised days",
    ],
)
def test_an_action_is_there_since_the_first_day_that_is_told(
    offers, plan, action, occasions, expected
):
    """
    Promised days tell nothing; the resolution it arises from tells more than its plan.
    """
    words = {
        key: value if key == "arises_from" else parse_day(value) for key, value in action.items()
    }
    days = {key: parse_day(value) for key, value in plan.items()}
    record = Action(id="plan/A", do="It.", plan="plan", **words)
    register = peerkit.make_register(
        [Plan(id="plan", title="Plan", **days), record, Action(id="plan/B", do="B", plan="plan")],
        offers=offers,
    )
    resolution = _Resolution(id="r", day=parse_day("1 July 2022"))
    register = attrs.evolve(
        register,
        history=History(tuple(occasions)),
        records={**register.records, "resolution": {"r": resolution}},
    )

    found = first_days(register)(record)
    assert expected == (found.isoformat() if found else None)


def test_a_finding_is_there_since_its_report_came(register):
    """
    Before the report has come there is nothing to answer.
    """
    first = first_days(register)

    assert dt.date(2022, 1, 31) == first(register.get("finding", "libraries/D1"))
    assert dt.date(2022, 1, 11) == first(register.get("review", "libraries"))


def test_what_leads_to_a_plan_tells_since_when_it_is_there(offers):
    """
    A plan without a day was there when a dated record led to it.
    """
    plan = Plan(id="plan", title="Plan", answers=("r",))
    review = Review(
        id="r", title="R", review_kind="x", earlier=("old",), visit=parse_day("May 2022")
    )
    old = Review(id="old", title="Old", review_kind="x")
    register = peerkit.make_register([plan, review, old], offers=offers)

    first = first_days(register)
    assert (None, dt.date(2022, 5, 31)) == (first(plan), first(old))


# opening + new - closed = closing


STAGES = ("under way", "done", "verified", "cancelled")
ACTIONS = ("one/A1", "one/A2", "one/A3", "two/B1", "two/B2")
_ENTRY = st.builds(
    Entry,
    to=st.sampled_from(("", *STAGES)),
    reason=st.sampled_from(("", "Because.")),
    evidence=st.sampled_from(((), ("A list.",))),
)
_OCCASION = st.tuples(
    st.integers(0, 400),
    st.sampled_from(("head", "cabinet")),
    st.dictionaries(st.sampled_from(ACTIONS), _ENTRY, min_size=1, max_size=3),
)
_DAYS = st.lists(st.integers(-30, 430), min_size=3, max_size=3).map(sorted)


def records(one, two):
    finding = {"finding_kind": "development", "review": "r"}
    answers = {"one/A1": "12", "one/A2": "1", "one/A3": "3", "two/B1": "23", "two/B2": ""}
    return [
        Party(id="head", name="Head", is_a="post"),
        Party(id="cabinet", name="Cabinet", is_a="group"),
        Review(id="r", title="R", review_kind="library review"),
        Theme(id="r/t1", title="First", review="r"),
        Theme(id="r/t2", title="Second", review="r"),
        Finding(id="r/1", text="1", themes=("r/t1",), **finding),
        Finding(id="r/2", text="2", themes=("r/t1", "r/t2"), **finding),
        Finding(id="r/3", text="3", **finding),
        Plan(id="one", title="One", approved=one),
        Plan(id="two", title="Two", day=two),
        *(
            Action(
                id=name,
                do=name,
                plan=name[:3],
                owners=("head",),
                answers=tuple(f"r/{each}" for each in answered),
            )
            for name, answered in answers.items()
        ),
    ]


def on(offset):
    return BEGIN + dt.timedelta(days=offset)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    occasions=st.lists(_OCCASION, max_size=8),
    days=_DAYS,
    plans=st.tuples(st.sampled_from((None, "2022-02-14")), st.sampled_from((None, "2022-06-30"))),
)
def test_opening_and_new_less_closed_is_closing(offers, register, occasions, days, plans):
    """
    Whatever happened, the numbers of every theme add up, and follow on from one another.
    """
    made = peerkit.make_register(
        records(*(day and parse_day(day) for day in plans)),
        register.configuration,
        offers=offers,
    )
    history = [
        Occasion(
            name=f"{on(day)}-{index}",
            day=on(day),
            by=by,
            entries={("action", name): entry for name, entry in entries.items()},
        )
        for index, (day, by, entries) in enumerate(occasions)
    ]
    made = attrs.evolve(made, history=History(tuple(sorted(history, key=lambda x: x.day))))
    first, second, third = (peerkit.judge(made, on=on(day), offers=offers) for day in days)
    early, late, whole = changes(first, second), changes(second, third), changes(first, third)

    for found in (early, late, whole):
        for balances in found.balances.values():
            for each in (balances.total, *balances.themes):
                assert each.opening + each.new - each.closed == each.closing
                assert 0 == each.reopened
            assert balances.total.closing <= sum(each.closing for each in balances.themes)
    action = [found.balances["action"] for found in (early, late, whole)]
    assert action[0].total.closing == action[1].total.opening
    assert action[0].total.opening == action[2].total.opening
    assert action[1].total.closing == action[2].total.closing
    assert action[0].total.closed + action[1].total.closed == action[2].total.closed
    finished = {each.record.id for each in whole.records if each.finished}
    assert len(finished) == action[2].total.closed
    started = first_days(made)
    open_at_last = [
        each
        for each in made.of_kind("action")
        if ((day := started(each)) is None or day <= third.on)
        and third.ask(each, "stage") not in ("verified", "cancelled")
    ]
    assert len(open_at_last) == action[2].total.closing


def test_rules_that_change_what_is_final_reopen(register, compared):
    """
    What was finished and is open again under new rules is told apart, so that the numbers
    add up all the same.
    """
    rules = register.configuration.rules
    lifecycle = attrs.evolve(rules["action"].lifecycle, final=("cancelled",))
    later = attrs.evolve(
        register.configuration,
        rules={**rules, "action": attrs.evolve(rules["action"], lifecycle=lifecycle)},
    )
    changed = attrs.evolve(register.configuration, later=((dt.date(2022, 6, 1), later),))
    found = compared(attrs.evolve(register, configuration=changed), "2022-05-31", "2022-06-30")
    total = found.balances["action"].total

    assert (3, 0, 1, 0, 4) == (
        total.opening,
        total.new,
        total.reopened,
        total.closed,
        total.closing,
    )


def test_a_record_that_is_gone_was_closed(offers, register):
    """
    Of two registers the later may lack a record; it is no longer open.
    """
    kept = {k: v for k, v in register.records["action"].items() if k != "plan/A3"}
    less = attrs.evolve(register, records={**register.records, "action": kept}, history=History())
    day = dt.date(2022, 3, 1)
    before = peerkit.judge(register, on=day, offers=offers)
    after = peerkit.judge(less, on=day, offers=offers)
    total = changes(before, after).balances["action"].total

    assert (4, 0, 1, 3) == (total.opening, total.new, total.closed, total.closing)


def test_without_final_stages_there_is_no_balance(register, compared):
    """
    Where nothing can be closed, nothing is balanced.
    """
    bare = attrs.evolve(register, configuration=attrs.evolve(register.configuration, rules={}))
    found = compared(attrs.evolve(bare, history=History()), "2022-01-01", "2022-12-31")

    assert ((), {}) == (found.records, found.balances)


def test_checking_needs_none_of_it():
    """
    What looks over a whole register is not imported to check one.
    """
    code = (
        "import sys; from peerkit.cli import main; main(['check', sys.argv[1]])\n"
        "late = ('judging.comparing', 'judging.lateness', 'judging.tallying', 'cli.tables',\n"
        "        'cli.standing', 'cli.explaining', 'lifecycle.drawing')\n"
        "print([one for one in late if f'peerkit.{one}' in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(FOLDER)], capture_output=True, text=True, check=True
    )

    assert "[]" == done.stdout.splitlines()[-1]
