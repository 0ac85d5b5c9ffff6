import datetime as dt
import subprocess
import sys
import zoneinfo

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

import peerkit
from peerkit import Calendar, Deadline, DeadlineState
from peerkit_committee.calendar.ics import draw

ON = dt.date(2022, 1, 31)
DAY = dt.date(2022, 2, 4)
PLAN = peerkit.Plan(id="libraries/plan", title="Plan")


def deadline(**given):
    whole = {
        "record": PLAN,
        "rule": "agenda",
        "what": "Publish the agenda",
        "state": DeadlineState.AHEAD,
        "day": DAY,
    }
    return Deadline(**{**whole, **given})


def calendar(*deadlines, **given):
    whole = {
        "register": "northmere",
        "title": "Deadlines of Northmere",
        "language": "en-GB",
        "on": ON,
        "titles": {("plan", PLAN.id): "Plan for libraries"},
    }
    return Calendar(deadlines=deadlines, **{**whole, **given})


def read(content):
    """
    Return the events of a file, having seen that it is one: whole lines, none too long.
    """
    assert content.endswith(b"\r\n")
    lines = content.removesuffix(b"\r\n").split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    # No sign may end a line to a program that is less strict than the standard.
    assert len(lines) == len(content.decode().splitlines())
    file = icalendar.Calendar.from_ical(content)
    assert () == tuple(file.errors)
    events = file.walk("VEVENT")
    assert len(file.subcomponents) == len(events)
    assert [] == [error for event in events for error in event.errors]
    return events


def event(**given):
    (found,) = read(draw(calendar(deadline(**given))))
    return found


def test_a_day_is_a_whole_day():
    """
    What is to be done by the end of a day stands there all day, and keeps nobody busy.
    """
    found = event()

    assert DAY == found["DTSTART"].dt
    assert "DTEND" not in found
    assert "Publish the agenda: Plan for libraries" == found["SUMMARY"]
    assert "TRANSPARENT" == found["TRANSP"]
    assert "en-GB" == found["SUMMARY"].params["LANGUAGE"]


@pytest.mark.parametrize(
    ("time", "clock"),
    [
        ("10 am", dt.time(10)),
        ("10am", dt.time(10)),
        ("12 am", dt.time(0)),
        ("12.30 pm", dt.time(12, 30)),
        ("5:15 PM", dt.time(17, 15)),
        ("5 p.m.", dt.time(17)),
        ("noon", dt.time(12)),
        ("17:00", dt.time(17)),
    ],
)
def test_a_time_is_that_of_the_clock(time, clock):
    """
    It stands without a zone, so that no summer time moves it.
    """
    found = event(time=time)["DTSTART"]

    assert dt.datetime.combine(DAY, clock) == found.dt
    assert "TZID" not in found.params


@pytest.mark.parametrize("time", ["midnight", "13 am", "0 pm", "25:00", "teatime", "10"])
def test_a_time_that_no_clock_shows_is_told_in_words(time):
    """
    A day that ends at midnight is the whole day.
    """
    found = event(time=time)

    assert DAY == found["DTSTART"].dt
    assert f"Publish the agenda, {time}: Plan for libraries" == found["SUMMARY"]


def test_what_is_to_be_known_is_described():
    """
    How a day was counted, by which rule, and what was assumed goes with it.
    """
    found = event(
        state=DeadlineState.LATE,
        done=dt.date(2022, 1, 28),
        working_day=dt.date(2022, 2, 3),
        counted="5 clear working days before the meeting (14 February 2022)",
        source="Local Government Act 1972, s. 100B.",
        assumed=("the day of the meeting",),
        missing=("when that was done", "by whom"),
    )

    assert [
        "plan libraries/plan: Plan for libraries",
        "On 31 January 2022: late, done on 28 January 2022.",
        "Working day: 3 February 2022.",
        "Counted: 5 clear working days before the meeting (14 February 2022).",
        "Source: Local Government Act 1972, s. 100B.",
        "Assumed: the day of the meeting.",
        "The register does not state when that was done and by whom.",
    ] == found["DESCRIPTION"].splitlines()
    assert ["Late"] == found["CATEGORIES"].cats


def test_what_is_planned_is_not_done_yet():
    """
    A day that lies ahead tells what is meant to happen.
    """
    found = event(done=dt.date(2022, 2, 3))

    assert "On 31 January 2022: ahead, to be done on 3 February 2022." in found["DESCRIPTION"]


@pytest.mark.parametrize("state", DeadlineState)
def test_every_state_is_a_category(state):
    """
    A calendar program can colour what was missed.
    """
    assert [state.value.capitalize()] == event(state=state)["CATEGORIES"].cats


def test_the_file_tells_what_it_is():
    """
    Whose deadlines they are, of which day, and by which calendar days were counted.
    """
    made = draw(calendar(used=("bank holidays of England by holidays 0.109",)))
    file = icalendar.Calendar.from_ical(made)

    assert "Deadlines of Northmere" == file["NAME"] == file["X-WR-CALNAME"]
    assert (
        "As judged on 31 January 2022.\n"
        "Days were counted by: bank holidays of England by holidays 0.109."
    ) == file["DESCRIPTION"]


def test_what_has_no_day_is_left_out():
    """
    No day is made up for it.
    """
    assert [] == read(draw(calendar(deadline(day=None, state=DeadlineState.UNKNOWN))))


def test_a_calendar_without_deadlines_is_a_file():
    """
    So that one with nothing left to do takes the place of one that had.
    """
    assert [] == read(draw(calendar()))


HOSTILE = {
    'comma, semicolon; colon: quote"': 'comma, semicolon; colon: quote"',
    r"backslash \n, \; \, \\ and \\NORTHMERE": r"backslash \n, \; \, \\ and \\NORTHMERE",
    "x" * 300: "x" * 300,
    "\U0001f4c5" * 80: "\U0001f4c5" * 80,
    "é" * 151: "é" * 151,
    "“Côte d’Ivoire” – 日本": "“Côte d’Ivoire” – 日本",
    "a\nb": "a\nb",
    "a\rb": "a\nb",
    "a\r\nEND:VEVENT\r\nBEGIN:VALARM\r\nACTION:EMAIL": "a\nEND:VEVENT\nBEGIN:VALARM\nACTION:EMAIL",
    "a\u2028b\u2029c\x85d\x0be\x0cf": "a\nb\nc\nd\ne\nf",
    "a\r\n b": "a\n b",
    "bell \x07 nul \x00 half \ud83d": "bell \ufffd nul \ufffd half \ufffd",
}


@pytest.mark.parametrize(("written", "wanted"), HOSTILE.items(), ids=map(ascii, HOSTILE))
def test_hostile_texts_come_out_right(written, wanted):
    """
    Whatever people wrote is text of one event, and never a line of the file.
    """
    found = event(counted=f"{written} end", what=f"begin {written} end")

    assert f"Counted: {wanted} end." in found["DESCRIPTION"]
    assert f"begin {' '.join(wanted.split())} end: Plan for libraries" == found["SUMMARY"]


@pytest.mark.parametrize("written", HOSTILE, ids=map(ascii, HOSTILE))
def test_hostile_names_come_out_right(written):
    """
    The names of registers, calendars, languages, rules and records are no lines either.
    """
    plan = peerkit.Plan(id=written, title="Plan")
    made = calendar(
        deadline(record=plan, rule=written, time=written),
        register=written,
        title=written,
        used=(written,),
        language=written,
        titles={("plan", written): written},
    )

    (found,) = read(draw(made))
    assert found["UID"].endswith("@peerkit")
    assert 44 == len(found["UID"])
    assert "LANGUAGE" not in found["SUMMARY"].params


@given(st.text(), st.text(), st.text())
def test_any_text_is_text(what, source, title):
    """
    One deadline is one event, whatever is written.
    """
    made = calendar(deadline(what=what, source=source), title=title)

    assert 1 == len(read(draw(made)))


def test_the_same_calendar_gives_the_same_bytes():
    """
    No clock and no chance is in it, in this process or another.
    """
    code = (
        "import datetime as dt, sys, peerkit; from peerkit_committee.calendar.ics import draw\n"
        "one = peerkit.Deadline(record=peerkit.Plan(id='libraries/plan', title='Plan'),\n"
        "    rule='agenda', what='Publish the agenda', state=peerkit.DeadlineState.AHEAD,\n"
        "    day=dt.date(2022, 2, 4))\n"
        "made = peerkit.Calendar(register='northmere', title='Deadlines of Northmere',\n"
        "    language='en-GB', on=dt.date(2022, 1, 31), deadlines=(one,),\n"
        "    titles={('plan', 'libraries/plan'): 'Plan for libraries'})\n"
        "sys.stdout.buffer.write(draw(made))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)

    assert draw(calendar(deadline())) == ran.stdout


def test_an_event_keeps_its_id_and_tells_when_it_was_judged():
    """
    A program that knows it from last week changes it, and adds no other.
    """
    first = event()
    (later,) = read(draw(calendar(deadline(day=dt.date(2022, 2, 7)), on=dt.date(2022, 2, 1))))

    assert first["UID"] == later["UID"]
    assert dt.datetime(2022, 1, 31, tzinfo=zoneinfo.ZoneInfo("UTC")) == first["DTSTAMP"].dt
    assert dt.datetime(2022, 2, 1, tzinfo=zoneinfo.ZoneInfo("UTC")) == later["DTSTAMP"].dt


def test_two_deadlines_never_share_an_id():
    """
    Another record, rule or register is another event; so is a second of one rule.
    """
    other = peerkit.Plan(id="other", title="Plan")
    several = (deadline(), deadline(), deadline(rule="minutes"), deadline(record=other))
    found = [*read(draw(calendar(*several))), *read(draw(calendar(*several, register="south")))]

    assert 8 == len({one["UID"] for one in found})


@pytest.mark.parametrize("day", [dt.date(1000, 1, 1), dt.date.max])
def test_the_first_and_the_last_day_can_be_drawn(day):
    """
    No day is reckoned with that does not exist.
    """
    assert day == event(day=day)["DTSTART"].dt
