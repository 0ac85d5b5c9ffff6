"""
Days that wait for a meeting, and what they come to once it is called.
"""

import datetime as dt
import importlib.metadata
import json
from types import SimpleNamespace
from typing import ClassVar

import attrs
import pytest

import peerkit
from peerkit import Action, Audience, Nest, Record, RecordKind, WaitingDay, fields
from peerkit.cli import main
from peerkit.cli.exits import Exit
from peerkit.errors import PluginError
from peerkit.history import heads
from peerkit.history.digests import record_digest
from peerkit.judging import changes, due_of, due_soon, overdue
from peerkit.model import Day, DayError, parse_day
from peerkit.plugins import NO_AUTOLOAD, gather
from peerkit.views import view

ON = dt.date(2024, 3, 4)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Board(Record):
    """
    A body, as far as it is needed here.
    """

    kind: ClassVar[str] = "body"

    name: str = fields.text("What it is called.", required=True)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Meeting(Record):
    """
    A meeting; its id is its day.
    """

    kind: ClassVar[str] = "meeting"

    body: str = fields.link("Who meets.", "body", required=True, by_position=True)
    place: str = fields.text("Where.")


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Resolution(Record):
    """
    A resolution, as far as it is needed here.
    """

    kind: ClassVar[str] = "resolution"

    text: str = fields.prose("What was resolved.", required=True)
    body: str = fields.link("Who resolved.", "body")
    day: Day | None = fields.day("When.")


KINDS = (
    RecordKind(
        name="body",
        plural="bodies",
        record=Board,
        doc="A body.",
        short="name",
        nests=(Nest(kind="meeting", key="meetings"),),
    ),
    RecordKind(
        name="meeting",
        plural="meetings",
        record=Meeting,
        doc="A meeting.",
        scope="body",
        short="place",
    ),
    RecordKind(
        name="resolution",
        plural="resolutions",
        record=Resolution,
        doc="A resolution.",
        short="text",
        nests=(Nest(kind="action", key="actions"),),
    ),
)


def next_meeting(record, register, said):
    """
    Return the first meeting of the body that resolved which comes after *said*.
    """
    resolution = register.records["resolution"].get(getattr(record, "arises_from", ""))
    if resolution is None or said is None:
        return None
    days = [parse_day(one.local_id) for one in register.linking("meeting", "body", resolution.body)]
    return min((day for day in days if day.first > said), key=lambda day: day.first, default=None)


def plugin(of=next_meeting):
    waiting = WaitingDay(words="next meeting", doc="The next meeting of the body.", of=of)
    return SimpleNamespace(
        peerkit_record_kinds=peerkit.hookimpl(lambda: KINDS),
        peerkit_waiting_days=peerkit.hookimpl(lambda: (waiting,)),
    )


def gathered(found):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(NO_AUTOLOAD, "1")
        return gather(extra=[("council", found)])


@pytest.fixture(name="offers", scope="module")
def _offers():
    """
    What the core offers, and a body whose next meeting is known once it is called.
    """
    return gathered(plugin())


FILES = {
    "peerkit.yaml": """\
peerkit: 1
organisation: {name: Northmere Borough Council}
extends: actions-in-four-words
rules:
  action: {soon: 14}
""",
    "parties.yaml": "parties: {head: {is: post, name: Head of Libraries}}\n",
    "resolutions.yaml": """\
resolutions:
  visit:
    text: That a presentation be given.
    body: board
    day: 2024-01-15
    actions:
      A1: {do: Give it., owner: head, due: next meeting}
""",
}
BODY = "bodies:\n  board:\n    name: The Board\n"
CALLED = BODY + "    meetings:\n"


def meetings(*days):
    called = "".join(f"      {day}: The hall\n" for day in days)
    return {"bodies.yaml": CALLED + called if days else BODY}


@pytest.fixture(name="council")
def _council(council):
    """
    Northmere's register: a board resolved in January that something be done by its next meeting.
    """
    council.on = ON
    return council.write(FILES | meetings())


def standing(council, files=None, record="visit/A1"):
    snapshot = council.judge(files)
    action = snapshot.register.get("action", record)
    return snapshot, action, snapshot.state(action)


# the due day that was written


@pytest.mark.parametrize(
    ("days", "words", "last", "fact"),
    [
        ((), "next meeting", None, "unfixed"),
        (("2023-12-04", "2024-01-15"), "next meeting", None, "unfixed"),
        (("2024-02-12",), "next meeting (12 February 2024)", "2024-02-12", "past"),
        (("2024-05-06", "2024-02-12"), "next meeting (12 February 2024)", "2024-02-12", "past"),
        (("2024-01-15", "2024-03-11"), "next meeting (11 March 2024)", "2024-03-11", "soon"),
        (("2024-03-04",), "next meeting (4 March 2024)", "2024-03-04", "soon"),
        (("2024-05-06",), "next meeting (6 May 2024)", "2024-05-06", "later"),
    ],
    ids=["not called", "over", "past", "the first of two", "soon", "today", "ahead"],
)
def test_the_next_meeting_is_a_day_once_it_is_called(council, days, words, last, fact):
    """
    It is printed with what was written, and judged as the day it is; before, it waits.
    """
    snapshot, action, state = standing(council, meetings(*days))

    assert (words, words) == (str(state.due), str(state.original_due))
    assert last == (state.due.last.isoformat() if state.due.last else None)
    assert (fact, fact) == tuple(snapshot.ask(action, name) for name in ("due", "original due"))
    assert ("Overdue" if fact == "past" else "Not started") == snapshot.status(action)
    assert (last is None) == (due_of(action, snapshot) is None)


def test_what_was_written_stays(council):
    """
    The record says what its file says; a meeting that is called changes no digest.
    """
    _, before, _ = standing(council)
    _, after, state = standing(council, meetings("2024-02-12"))

    assert "next meeting" == str(after.due) == state.due.written
    assert before == after
    assert record_digest(before) == record_digest(after)
    assert record_digest(after) == record_digest(attrs.evolve(after, due=state.due))


def test_whether_it_is_called_does_not_depend_on_the_day(council):
    """
    A meeting in the register is called, on whatever day one looks.
    """
    register = council.load(meetings("2024-02-12"))
    action = register.get("action", "visit/A1")
    for day in ("2024-01-01", "2024-02-12", "2024-02-13"):
        on = dt.date.fromisoformat(day)
        snapshot = peerkit.judge(register, on=on, offers=council.offers)
        assert "next meeting (12 February 2024)" == str(snapshot.state(action).due)
        assert (on > dt.date(2024, 2, 12)) == bool(overdue(snapshot))


def test_overdue_and_due_soon_have_their_working(council):
    """
    What is late tells which meeting it was to be done by.
    """
    late, _, _ = standing(council, meetings("2024-02-12"))
    (due,) = overdue(late)

    assert "due next meeting (12 February 2024), 21 days past" == due.working
    assert dt.date(2024, 2, 13) == due.since
    soon, _, _ = standing(council, meetings("2024-03-11"))
    assert ["due next meeting (11 March 2024), 7 days left"] == [
        one.working for one in due_soon(soon)
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("plan/A1", "plan: plan\ntitle: P\nactions: {A1: {do: x, due: next meeting}}\n"),
        ("free/A1", "resolutions: {free: {text: x, actions: {A1: {do: x, due: next meeting}}}}\n"),
    ],
    ids=["in a plan", "of no day"],
)
def test_where_nobody_knows_when_it_was_said_it_waits(council, name, text):
    """
    What a plugin cannot tell is not known, and nothing is overdue for it.
    """
    snapshot, action, state = standing(council, {**meetings("2024-02-12"), "p.yaml": text}, name)

    assert ("next meeting", None) == (str(state.due), state.due.last)
    assert "unfixed" == snapshot.ask(action, "due")
    assert name not in [one.record.id for one in overdue(snapshot)]


def test_an_action_of_a_plan_waits_from_its_resolution_on(council):
    """
    Where it is kept makes no difference; where it arises from does.
    """
    text = "plan: p\ntitle: P\nactions: {A: {do: x, due: Next Meeting, arises_from: visit}}\n"
    _, _, state = standing(council, {**meetings("2024-02-12"), "p.yaml": text}, "p/A")

    assert "next meeting (12 February 2024)" == str(state.due)


ANSWERS = [
    pytest.param(None, "next meeting", id="nothing"),
    pytest.param("9 March 2022", "next meeting", id="a text"),
    pytest.param(dt.date(2022, 3, 9), "next meeting", id="a date"),
    pytest.param(Day("some time"), "next meeting", id="another that waits"),
    pytest.param(parse_day("21 to 22 March 2022"), "next meeting (21 to 22 March 2022)", id="span"),
    pytest.param(parse_day("March 2022"), "next meeting (March 2022)", id="month"),
]


@pytest.mark.parametrize(("answer", "words"), ANSWERS)
def test_it_waits_unless_a_plugin_gives_a_day(council, answer, words):
    """
    Whatever a plugin answers, there is a due day; it may be as inexact as any.
    """
    council.offers = gathered(plugin(lambda *_: answer))
    _, _, state = standing(council)

    assert words == str(state.due)
    assert (words != "next meeting") == state.due.is_fixed


def test_without_a_plugin_it_waits(council):
    """
    The core knows no meeting.
    """
    council.offers = gathered(SimpleNamespace())
    council.write({"resolutions.yaml": "", "bodies.yaml": ""})
    text = "plan: plan\ntitle: P\nactions: {A1: {do: x, due: next meeting}}\n"
    _, _, state = standing(council, {"p.yaml": text}, "plan/A1")

    assert "next meeting" == str(state.due)


# new days


def recorded(council, day, by, **entry):
    said = {"day": day, "by": by, "records": {"visit/A1": entry}}
    return peerkit.record(council.folder, said, today=ON, offers=council.offers)


LATER = {"reason": "It takes longer."}
IN_SPRING = meetings("2024-02-12", "2024-02-26", "2024-04-08")


def test_a_new_day_is_counted_from_its_occasion(council):
    """
    The board puts it off at one meeting to the next; both days are known by what was said.
    """
    council.write(IN_SPRING)
    recorded(council, "2024-02-12", "board", due="next meeting", **LATER)
    recorded(council, "2024-02-26", "board", due="next meeting", **LATER)
    snapshot, _, state = standing(council)

    first, second, third = (
        f"next meeting ({day} 2024)" for day in ("12 February", "26 February", "8 April")
    )
    assert (first, third) == (str(state.original_due), str(state.due))
    assert [(first, second), (second, third)] == [
        (str(one.old), str(one.new)) for one in state.revisions
    ]
    assert () == overdue(snapshot)
    assert "more" == snapshot.ask(snapshot.register.get("action", "visit/A1"), "revised")


def test_a_day_that_is_asked_for_is_counted_from_the_asking_and_granted_from_the_granting(council):
    """
    What the head asks for before a meeting is granted there, until the one after it.
    """
    council.write(IN_SPRING)
    recorded(council, "2024-02-01", "head", asks_due="next meeting", **LATER)
    _, _, state = standing(council)
    assert "next meeting (12 February 2024)" == str(state.open_request.due)
    recorded(council, "2024-02-12", "board", grants="due")
    _, _, state = standing(council)

    assert ["next meeting (12 February 2024)"] == [str(one.due) for one in state.asked]
    assert "next meeting (26 February 2024)" == str(state.due)


def test_a_fixed_day_may_become_the_next_meeting_and_back(council):
    """
    Days that never waited are as they were written.
    """
    council.write(IN_SPRING)
    recorded(council, "2024-02-01", "board", due="30 June 2024", **LATER)
    recorded(council, "2024-03-01", "board", due="next meeting", **LATER)
    _, _, state = standing(council)

    assert ["30 June 2024", "next meeting (8 April 2024)"] == [str(o.new) for o in state.revisions]
    assert "" == state.revisions[0].new.waited


def test_seals_hold_when_a_meeting_is_called(council):
    """
    History seals what was written, and no day that follows from it.
    """
    recorded(council, "2024-02-01", "board", due="next meeting", **LATER)
    before = council.load()
    problems = council.problems(IN_SPRING)
    snapshot, _, state = standing(council)

    assert "next meeting (12 February 2024)" == str(state.due)
    assert () == problems
    assert heads(before.history) == heads(snapshot.register.history)


def test_a_move_may_wait_for_the_meeting(council):
    """
    A stage that a day of the record brings about comes with the meeting.
    """
    lifecycle = """
rules:
  action:
    lifecycle:
      stages: [agreed, begun]
      final: [begun]
      dated: {begun: start}
      moves: [{from: agreed, to: begun}]
"""
    council.write(
        {
            "peerkit.yaml": FILES["peerkit.yaml"].partition("extends")[0] + lifecycle,
            "resolutions.yaml": FILES["resolutions.yaml"].replace("due:", "start:"),
        }
    )
    _, _, waiting = standing(council)
    _, _, told = standing(council, meetings("2024-02-12"))

    assert ("agreed", "begun") == (waiting.stage, told.stage)
    assert dt.date(2024, 2, 12) == told.since


# what the public may know


WITHHELD = CALLED + "      2024-02-12: {withheld: exempt}\n      2024-04-08: The hall\n"


def test_the_day_of_a_withheld_meeting_is_not_told(council):
    """
    For the public all is as if that meeting were not called.
    """
    council.write({"bodies.yaml": WITHHELD})
    recorded(council, "2024-02-01", "head", asks_due="next meeting", **LATER)
    recorded(council, "2024-02-02", "board", grants="due")
    snapshot, action, state = standing(council)
    internal, public = (view(snapshot, one) for one in (Audience.INTERNAL, Audience.PUBLIC))

    assert "next meeting (12 February 2024)" == str(state.due) == str(internal.state(action).due)
    seen = public.state(action)
    every = [seen.due, seen.original_due, *(one.due for one in seen.asked)]
    every += [day for one in seen.revisions for day in (one.old, one.new)]
    assert {"next meeting (8 April 2024)"} == {str(day) for day in every}
    assert ("past", "later") == (internal.ask(action, "due"), public.ask(action, "due"))
    assert "12 February" in repr(state)
    assert "12 February" not in repr(seen)
    assert snapshot.refusals == public.judged.refusals


def test_a_part_of_a_part_is_a_part_of_the_whole(council):
    """
    A snapshot can be narrowed twice; without plugins nothing is worked out again.
    """
    snapshot, action, state = standing(council, {"bodies.yaml": WITHHELD})
    none = attrs.evolve(snapshot.register, records={**snapshot.register.records, "meeting": {}})
    narrow = snapshot.within(snapshot.register).within(none)

    assert "next meeting" == str(narrow.state(action).due)
    assert narrow.state(action) is narrow.state(action)
    assert str(state.due) == str(narrow.within(snapshot.register).state(action).due)
    plain = attrs.evolve(none, waiting_days={})
    assert state is snapshot.within(plain).state(action)


# what changed


def test_that_a_meeting_was_called_puts_nothing_off(council):
    """
    Between a register before the call and one after it, only what it made overdue is told.
    """
    recorded(council, "2024-01-20", "head", asks_due="next meeting", **LATER)
    recorded(council, "2024-01-22", "board", grants="due")
    before = peerkit.judge(council.load(), on=dt.date(2024, 2, 1), offers=council.offers)
    after = council.judge(meetings("2024-02-12"))
    (found,) = changes(before, after).records

    assert ((), (), ()) == (found.revisions, found.asked, found.answered)
    assert "due next meeting (12 February 2024), 21 days past" in found.overdue.working


# what commands and rows say


@pytest.fixture(name="installed")
def _installed(council, monkeypatch):
    point = SimpleNamespace(name="council", dist=None, load=plugin)
    monkeypatch.setattr(importlib.metadata, "entry_points", lambda **_: [point])
    monkeypatch.setattr("peerkit.cli.options.today", lambda: ON)
    monkeypatch.chdir(council.folder.parent)
    monkeypatch.delenv("COLUMNS", raising=False)
    return council.write(IN_SPRING)


def test_rows_have_the_day_it_has_come_to(council):
    """
    `due` says what was written, `due_now` what it has come to.
    """
    (row,) = council.judge(meetings("2024-02-12")).rows("actions")

    assert ("next meeting", "") == (row["due"], row["due_last"])
    assert ("next meeting (12 February 2024)", "2024-02-12", "2024-02-12") == (
        row["due_now"],
        row["due_now_first"],
        row["due_now_last"],
    )


def test_status_tells_it(installed, capsys):
    """
    In words and as JSON, the day stands behind what was written.
    """
    assert Exit.FINE == main(["status", "northmere"])
    said = " ".join(capsys.readouterr().out.split())
    main(["status", "northmere", "--json"])
    (due,) = json.loads(capsys.readouterr().out)["overdue"]

    assert "visit/A1: due next meeting (12 February 2024), 21 days past." in said
    assert {
        "words": "next meeting (12 February 2024)",
        "first": "2024-02-12",
        "last": "2024-02-12",
    } == due["due"]
    assert installed


def test_recording_tells_it(installed, capsys):
    """
    Whoever puts it off is told to which day.
    """
    arguments = ["--due", "next meeting", "--reason", "Late.", "--by", "board"]
    code = main(["record", "northmere", "visit/A1", *arguments])
    said = " ".join(capsys.readouterr().out.split())
    (written,) = (installed.folder / "history").iterdir()

    assert Exit.FINE == code
    assert "next meeting (12 February 2024) → next meeting (8 April 2024)" in said
    assert "due: next meeting\n" in written.read_text("utf-8")


def test_explain_says_what_the_words_mean(installed, capsys):
    """
    The words are a name like any other, and the hook is listed with who offers it.
    """
    assert Exit.FINE == main(["explain", "next meeting"])
    assert "The next meeting of the body." in capsys.readouterr().out
    main(["plugins"])
    assert "  peerkit_waiting_days: next meeting\n" in capsys.readouterr().out
    assert installed


# what plugins may offer


def test_two_plugins_cannot_tell_the_same_words(monkeypatch):
    """
    A day has one meaning; capitals and spaces make no second.
    """
    monkeypatch.setenv(NO_AUTOLOAD, "1")
    other = WaitingDay(words="Next  Meeting", doc="Another.", of=next_meeting)
    second = SimpleNamespace(peerkit_waiting_days=peerkit.hookimpl(lambda: (other,)))

    with pytest.raises(PluginError, match="Both council and second offer “next meeting”"):
        gather(extra=[("council", plugin()), ("second", second)])


@pytest.mark.parametrize(
    ("words", "said"),
    [("when it rains", "is not a day"), ("July 2022", "waits for nothing"), ("", "is not a day")],
)
def test_words_that_no_day_can_be_are_refused(monkeypatch, words, said):
    """
    What no file can say would never be asked; the plugin is named.
    """
    monkeypatch.setenv(NO_AUTOLOAD, "1")
    with pytest.raises(DayError, match=said):
        WaitingDay(words=words, doc="d", of=next_meeting)
    odd = SimpleNamespace(
        peerkit_waiting_days=peerkit.hookimpl(
            lambda: (WaitingDay(words=words, doc="d", of=next_meeting),)
        )
    )

    with pytest.raises(PluginError, match=r"odd failed while answering peerkit_waiting_days"):
        gather(extra=[("odd", odd)])


def test_a_day_knows_what_was_written():
    """
    However often it is told anew, it says what was written once.
    """
    waiting = parse_day("next meeting")
    known = waiting.come_to(parse_day("9 March 2022"))
    again = known.come_to(parse_day("8 April 2022"))

    assert ("next meeting", "next meeting (9 March 2022)") == (known.written, str(known))
    assert "next meeting (8 April 2022)" == str(again)
    assert "July 2022" == parse_day("July 2022").written
    assert known.is_exact


def test_a_register_made_in_python_knows_it_too(offers):
    """
    What plugins offer holds wherever records come from.
    """
    records = (
        Board(id="board", name="The Board"),
        Meeting(id="board/2024-02-12", body="board"),
        Resolution(id="r", text="x", body="board", day=parse_day("January 2024")),
        Action(id="r/A", do="x", arises_from="r", due=parse_day("next meeting")),
    )
    register = peerkit.make_register(records, offers=offers)
    snapshot = peerkit.judge(register, on=ON, offers=offers)

    assert "next meeting (12 February 2024)" == str(snapshot.state(records[-1]).due)
