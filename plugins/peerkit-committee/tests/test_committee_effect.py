"""
From when a decision has effect, and until when it may be called in.
"""

import datetime as dt
import shutil
from pathlib import Path

import pytest

import peerkit

REGISTER = Path(__file__).parent / "councils" / "register"
NO_DAY = "Until when is not known: the day of the publication of the decision is not stated"
SCHEME = 'call_in: {count: 5 working days after, until: 5 pm, source: "Constitution, part 4"}\n'


@pytest.fixture
def northmere(tmp_path):
    """
    Make the register of the invented borough with another call-in, resolution or regime.
    """

    def make(call_in=SCHEME, resolution="", bodies=""):
        folder = tmp_path / "northmere"
        shutil.copytree(REGISTER, folder, dirs_exist_ok=True)
        settings = folder / "peerkit.yaml"
        settings.write_text(settings.read_text(encoding="utf-8").replace(SCHEME, call_in), "utf-8")
        if resolution:
            text = (folder / "resolutions.yaml").read_text(encoding="utf-8")
            text = text.replace("    published: 2025-05-02\n", resolution)
            (folder / "resolutions.yaml").write_text(text, encoding="utf-8")
        if bodies:
            text = (folder / "bodies.yaml").read_text(encoding="utf-8")
            text = text.replace("    regime: executive\n", bodies)
            (folder / "bodies.yaml").write_text(text, encoding="utf-8")
        return folder

    return make


def facts(folder, day):
    snapshot = peerkit.judge(peerkit.load(folder), on=dt.date.fromisoformat(day))
    assert () == snapshot.refusals
    record = snapshot.register.get("resolution", "libraries")
    names = ("call-in", "effective")
    return (*(snapshot.ask(record, name) for name in names), snapshot.status(record))


def line(folder, key, on="2025-05-02"):
    snapshot = peerkit.judge(peerkit.load(folder), on=dt.date.fromisoformat(on))
    document = peerkit.compose(snapshot, "decision-record", "libraries")
    (said,) = [one for one in document.front[0].fields if one.key == key]
    return "".join(inline.text for inline in said.value[0].inlines)


# Published on Friday 2 May 2025; Monday 5 May is a bank holiday.
A = "call_in: {count: 5 working days after, source: x}\n"
B = "call_in: {count: 5 clear working days after, source: x}\n"
FROM_MEETING = "call_in: {count: 5 working days after, counted_from: meeting, source: x}\n"
NONE = "call_in: {scheme: none, source: x}\n"


@pytest.mark.parametrize(
    ("scheme", "day", "expected"),
    [
        (A, "2025-05-12", ("running", "no", "Callable")),
        (A, "2025-05-13", ("over", "yes", "Effective")),
        (B, "2025-05-13", ("running", "no", "Callable")),
        (B, "2025-05-14", ("over", "yes", "Effective")),
        (FROM_MEETING, "2025-05-09", ("running", "no", "Callable")),
        (FROM_MEETING, "2025-05-10", ("over", "yes", "Effective")),
        (NONE, "2025-05-02", ("not open", "yes", "Effective")),
        ("", "2025-06-30", ("not known", "not known", "Made")),
    ],
    ids=[
        *("A on its last day", "A after it", "B on its last day", "B after it"),
        *("from the meeting", "after that", "no call-in", "no scheme stated"),
    ],
)
def test_a_decision_has_effect_when_call_in_is_over(northmere, scheme, day, expected):
    """
    The scheme of the council says until when; without one nobody can tell.
    """
    assert expected == facts(northmere(scheme), day)


@pytest.mark.parametrize(
    ("resolution", "expected"),
    [
        ("", ("running", "no", "Callable")),
        ("    recommends_to: council\n", ("not open", "no", "Recommended")),
        ("    not_callable: It was declared urgent.\n", ("not open", "yes", "Effective")),
        ("    published: May 2025\n", ("not known", "not known", "Made")),
        ("    effective: 2025-05-02\n", ("not known", "yes", "Effective")),
    ],
    ids=["published", "recommendation", "urgent", "inexact", "effect stated, day not"],
)
def test_what_is_not_open_or_not_stated(northmere, resolution, expected):
    """
    Recommendations and urgent decisions cannot be called in; a day that is not known is not
    guessed.
    """
    assert expected == facts(northmere(resolution=resolution), "2025-05-05")


def test_a_body_has_a_scheme_of_its_own_from_a_day_on(northmere):
    """
    Decisions keep the scheme of their day, whatever is in force when one looks.
    """
    bodies = (
        "    regime: executive\n    call_in:\n"
        "      - {count: 3 working days after, from: 2020-01-01}\n"
        "      - {count: 10 working days after, from: 2025-05-02}\n"
    )
    folder = northmere(bodies=bodies)

    assert "running" == facts(folder, "2025-05-08")[0]
    assert "over" == facts(folder, "2025-05-09")[0]


def test_a_scheme_of_the_council_changes_from_a_day_on(northmere):
    """
    A scheme declared from a later day on is not that of an earlier decision.
    """
    folder = northmere(f"{A}from:\n  2025-05-02: {{call_in: {{count: 30 working days after}}}}\n")

    assert ("over", "yes", "Effective") == facts(folder, "2025-05-13")


@pytest.mark.parametrize("regime", ["committee", "none"])
def test_committees_decide_at_once(northmere, regime):
    """
    Decisions of bodies under those regimes have effect on the day they are made.
    """
    folder = northmere(bodies=f"    regime: {regime}\n")

    assert ("not open", "yes", "Effective") == facts(folder, "2025-05-01")


def happen(folder, day, entry):
    (folder / "history").mkdir(exist_ok=True)
    (folder / "history" / f"{day}.yaml").write_text(
        f"day: {day}\nby: leader\nrecords:\n  libraries: {{{entry}}}\n", encoding="utf-8"
    )


def test_a_decision_that_is_called_in_waits(northmere):
    """
    From the day it is called in it has no effect, until it is released or confirmed.
    """
    folder = northmere()
    (folder / "reports" / "libraries.yaml").write_text(
        (folder / "reports" / "libraries.yaml")
        .read_text(encoding="utf-8")
        .replace("committee_report: libraries", "committee_report: peer-review"),
        encoding="utf-8",
    )
    meeting = folder / "meetings" / "cabinet.yaml"
    text = meeting.read_text(encoding="utf-8")
    meeting.write_text(text.replace("report: libraries", "report: peer-review"), encoding="utf-8")
    happen(folder, "2025-05-07", "to: called in, reason: No options were looked at.")
    happen(folder, "2025-05-20", "to: referred back, reason: The committee asks again.")
    happen(folder, "2025-06-03", "to: confirmed")

    assert ("called in", "no", "Called in") == facts(folder, "2025-05-13")
    assert ("called in", "no", "Referred back") == facts(folder, "2025-05-20")
    assert ("over", "yes", "Effective") == facts(folder, "2025-06-03")


def test_nothing_is_called_in_too_late(northmere):
    """
    A call-in after the last day is refused with the reason.
    """
    folder = northmere()
    report = folder / "reports" / "libraries.yaml"
    report.write_text(report.read_text("utf-8").replace("report: libraries", "report: pr"), "utf-8")
    meeting = folder / "meetings" / "cabinet.yaml"
    meeting.write_text(
        meeting.read_text("utf-8").replace("report: libraries", "report: pr"), "utf-8"
    )
    happen(folder, "2025-05-13", "to: called in, reason: Too late.")
    snapshot = peerkit.judge(peerkit.load(folder), on=dt.date(2025, 5, 20))

    (refusal,) = snapshot.refusals
    assert "call-in" in refusal.message
    assert "over" in refusal.message


@pytest.mark.parametrize(
    ("scheme", "resolution", "call_in", "effective"),
    [
        (SCHEME, "", "Yes, until 12 May 2025, 5 pm", "13 May 2025"),
        (
            "",
            "",
            "Until when is not known: the call-in scheme of Cabinet is not stated",
            "Not stated",
        ),
        (SCHEME, "    vote: For 5\n", NO_DAY, "Not stated"),
        (
            SCHEME.replace("source", "assumed: yes, source"),
            "",
            "Yes, until 12 May 2025, 5 pm (assumed)",
            "13 May 2025 (assumed)",
        ),
        (
            SCHEME,
            "    not_callable: It cannot wait.\n    published: 2025-05-02\n",
            "No: It cannot wait.",
            "2 May 2025",
        ),
    ],
    ids=["scheme", "no scheme", "no day", "assumed", "urgent"],
)
def test_the_record_says_so(northmere, scheme, resolution, call_in, effective):
    """
    The record of a decision prints until when and from when, what is missing, what is assumed.
    """
    folder = northmere(scheme, resolution)

    assert call_in == line(folder, "call_in")
    assert effective == line(folder, "effective")
