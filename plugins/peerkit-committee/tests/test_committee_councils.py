"""
How five councils print what was decided, by configuration alone.
"""

import datetime as dt
import shutil
from pathlib import Path

import pytest

import peerkit

HERE = Path(__file__).parent / "councils"
MEETING = dt.date(2025, 5, 1)
STYLES = [path.stem for path in sorted((HERE / "styles").glob("*.yaml"))]


@pytest.fixture
def northmere(tmp_path):
    """
    Make the register of an invented borough, its settings followed by those of a style.
    """

    def make(style=""):
        folder = tmp_path / "northmere"
        shutil.copytree(HERE / "register", folder, dirs_exist_ok=True)
        if style:
            added = (HERE / "styles" / f"{style}.yaml").read_text(encoding="utf-8")
            settings = folder / "peerkit.yaml"
            settings.write_text(settings.read_text(encoding="utf-8") + added, encoding="utf-8")
        return folder

    return make


def problems(folder, on=MEETING):
    return [str(one.code) for one in peerkit.check(peerkit.load(folder), on=on)]


def paper(folder, name, subject, on=dt.date(2025, 5, 2)):
    snapshot = peerkit.judge(peerkit.load(folder), on=on)
    return peerkit.render(snapshot, name, subject).decode()


MINUTES = {
    "ordered": """\
#### OPTIONS

The Cabinet could have left the plan unendorsed; work on it would have been slower.

#### ORDERED

That the outcomes of the peer review be noted, the action plan be endorsed and the plan's costs \
be referred to the Council.

#### REASON

The plan answered what the peers had found.
""",
    "resolved": """\
#### RESOLVED:

- (a) That the outcomes of the peer review be noted;
- (b) That the action plan be endorsed; and
- (c) That the plan's costs be referred to the Council.

#### Reasons

The plan answered what the peers had found.
""",
    "proforma": """\
#### Decision

That the outcomes of the peer review be noted.

That the action plan be endorsed.

That the plan's costs be referred to the Council.

The plan answered what the peers had found.
""",
    "decision-made": """\
#### Decision Made:

That:

- (1) the outcomes of the peer review be noted;
- (2) the action plan be endorsed; and
- (3) the plan's costs be referred to the Council.

#### Reasons for decision

The plan answered what the peers had found.

#### Alternative options considered

The Cabinet could have left the plan unendorsed; work on it would have been slower.
""",
    "agreed": """\
#### AGREED-

That the outcomes of the peer review be noted.

That the action plan be endorsed.

That the plan's costs be referred to the Council.
""",
}


@pytest.mark.parametrize("style", STYLES)
def test_a_style_is_configuration(northmere, style):
    """
    A council's style of minutes is data: the register checks clean, and minute and extract
    print the decision in its words, its list and its order.
    """
    folder = northmere(style)

    assert [] == problems(folder)
    for name, subject in (
        ("minutes", "cabinet/2025-05-01"),
        ("minute-extract", "cabinet/2025-05-01/7"),
    ):
        assert paper(folder, name, subject).rstrip().endswith(MINUTES[style].rstrip())


def test_a_proforma_has_numbered_boxes(northmere):
    """
    A record in boxes prints each box with its number, and nothing beside them.
    """
    said = paper(northmere("proforma"), "decision-record", "libraries")

    rows = [line for line in said.splitlines() if line.startswith("| ")][2:]
    assert [
        "| 1. Subject | Peer Review of Libraries |",
        "| 2. Decision maker | Cabinet |",
        "| 3. Date of the decision | 1 May 2025 |",
        (
            "| 4. Decision | That the outcomes of the peer review be noted. / That the action plan "
            "be endorsed. / That the plan's costs be referred to the Council. |"
        ),
        "| 5. Reasons for the decision | The plan answered what the peers had found. |",
        (
            "| 6. Alternatives considered and rejected | The Cabinet could have left the plan "
            "unendorsed; work on it would have been slower. |"
        ),
        "| 7. Conflicts of interest and dispensations | There were none. |",
    ] == rows
    assert "\n## " not in said


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", ["minutes", "minute-extract", "decision-record"])
def test_every_style_is_drawn_in_word(northmere, style, name):
    """
    Word and JSON hold what Markdown does: a format that lost a part would be refused.
    """
    pytest.importorskip("peerkit_docx")
    subjects = {
        "minutes": "cabinet/2025-05-01",
        "minute-extract": "cabinet/2025-05-01/7",
        "decision-record": "libraries",
    }
    snapshot = peerkit.judge(peerkit.load(northmere(style)), on=dt.date(2025, 5, 2))

    for format_ in ("docx", "json"):
        once, again = (
            peerkit.render(snapshot, name, subjects[name], format=format_) for _ in range(2)
        )
        assert once == again


# four papers, one text


def test_four_papers_print_one_decision(northmere):
    """
    Report, notice, minute and record print the same decision, each in the form of its verbs.
    """
    folder = northmere("ordered")
    (folder / "notice.yaml").write_text(
        "notice: libraries\nis: other decision\nreport: libraries\npublished: 2025-04-01\n",
        encoding="utf-8",
    )

    said = {
        "committee-report": "That Cabinet notes the outcomes of the peer review, endorses the "
        "action plan and refers the plan's costs to the Council.",
        "decision-notice": "To note the outcomes of the peer review, to endorse the action plan "
        "and to refer the plan's costs to the Council.",
        "minute-extract": "That the outcomes of the peer review be noted, the action plan be "
        "endorsed and the plan's costs be referred to the Council.",
        "decision-record": "That the outcomes of the peer review be noted, the action plan be "
        "endorsed and the plan's costs be referred to the Council.",
    }
    subjects = {"minute-extract": "cabinet/2025-05-01/7"}
    for name, sentence in said.items():
        assert sentence in paper(folder, name, subjects.get(name, "libraries")), name


def test_other_words_than_proposed_are_told(northmere):
    """
    Where other words were resolved than proposed, minute and record say which.
    """
    folder = northmere("ordered")
    path = folder / "resolutions.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("as_proposed: yes", "text: That the outcomes be noted"), encoding="utf-8"
    )

    said = paper(folder, "decision-record", "libraries")
    assert "That the outcomes be noted." in said
    assert "The report had proposed other words: that the outcomes of the peer review be" in said


# the committee system


@pytest.fixture
def committees(northmere):
    """
    The same borough under the committee system: its committee recommends to the Council.
    """
    folder = northmere()
    shutil.copy(HERE / "committee-system.yaml", folder / "bodies.yaml")
    settings = folder / "peerkit.yaml"
    text = settings.read_text(encoding="utf-8")
    begin = text.index("call_in:")
    settings.write_text(text[:begin], encoding="utf-8")
    report = folder / "reports" / "libraries.yaml"
    text = report.read_text(encoding="utf-8")
    report.write_text(text.replace("key_decision: no\n", ""), encoding="utf-8")
    path = folder / "resolutions.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace(
            "    as_proposed: yes\n", "    as_proposed: yes\n    recommends_to: council\n"
        )
        + "  council:\n    item: council/2025-05-15/4\n    decides_on: libraries\n"
        "    text: That the recommendation of the Communities Committee be adopted\n",
        encoding="utf-8",
    )
    (folder / "meetings" / "council.yaml").write_text(
        "meeting: council/2025-05-15\nagenda_published: 2025-05-07\n"
        "agenda:\n  4:\n    title: Peer Review of Libraries\n    on_agenda: published\n"
        "    narrative: The Council considered what the committee had recommended.\n"
        "    reasons: The committee had recommended it.\n",
        encoding="utf-8",
    )
    return folder


def test_committees_know_no_key_decision_and_no_call_in(committees):
    """
    Under the committee system neither checks nor papers nor deadlines speak of key decisions
    or call-in.
    """
    register = peerkit.load(committees)
    said = [str(one) for one in peerkit.check(register, on=dt.date(2025, 4, 1))]
    for day in (dt.date(2025, 4, 1), dt.date(2025, 5, 2), dt.date(2025, 5, 16)):
        snapshot = peerkit.judge(register, on=day)
        for one in peerkit.deadlines_of(snapshot):
            said += [one.what, one.counted, one.source, *one.missing, *one.assumed]
        said += [snapshot.status(one) for one in register.of_kind("resolution")]
        for job in peerkit.verbs.jobs(register):
            said.append(peerkit.render(snapshot, job.paper, job.subject).decode())

    assert [] == problems(committees)
    for word in ("call-in", "called in", "callable", "key decision"):
        assert not any(word in one.casefold() for one in said), word


def test_a_recommendation_becomes_a_decision_of_another_day(committees):
    """
    What a committee recommends is no decision and takes no effect; the Council decides on it
    on a later day, and its record says whose recommendation that was.
    """
    register = peerkit.load(committees)
    statuses = {
        day: [snapshot.status(one) for one in register.of_kind("resolution")]
        for day in (dt.date(2025, 5, 1), dt.date(2025, 5, 15))
        for snapshot in [peerkit.judge(register, on=day)]
    }

    assert "Recommended" == statuses[dt.date(2025, 5, 1)][0]
    assert ["Recommended", "Effective"] == statuses[dt.date(2025, 5, 15)]
    said = paper(committees, "minute-extract", "cabinet/2025-05-01/7")
    assert "#### Recommended to Council:" in said
    said = paper(committees, "decision-record", "council", on=dt.date(2025, 5, 15))
    assert "| Decision made by | Council |" in said
    assert "the recommendation of Communities Committee, 1 May 2025" in said


def test_officers_of_a_committee_system_council_decide_at_once(committees):
    """
    What one officer decides is no more open to call-in there than what a committee does.
    """
    path = committees / "resolutions.yaml"
    path.write_text(
        path.read_text(encoding="utf-8")
        + "  officer: {decided_by: director, day: 2025-05-20, text: That it be done}\n",
        encoding="utf-8",
    )
    snapshot = peerkit.judge(peerkit.load(committees), on=dt.date(2025, 5, 20))
    record = snapshot.register.get("resolution", "officer")
    said = peerkit.render(snapshot, "decision-record", "officer").decode()

    assert ("committee", "not open", "yes") == tuple(
        snapshot.ask(record, fact) for fact in ("regime", "call-in", "effective")
    )
    assert "call-in" not in said
    assert "call_in" not in {one.rule for one in peerkit.deadlines_of(snapshot)}


def test_a_key_decision_is_refused_of_a_committee(committees):
    """
    Only executives and combined authorities make key decisions.
    """
    report = committees / "reports" / "libraries.yaml"
    text = report.read_text(encoding="utf-8")
    report.write_text(f"{text}key_decision: yes\n", encoding="utf-8")

    assert "no-key-decisions" in problems(committees)
