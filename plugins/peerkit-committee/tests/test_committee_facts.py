"""
Every answer of every fact of council business, and the day on which it is given.
"""

import datetime as dt
import shutil
from pathlib import Path

import pytest

import peerkit
from peerkit_committee.facts import FACTS

REGISTER = Path(__file__).parent / "councils" / "register"
SETTINGS, BODIES, RESOLUTIONS = "peerkit.yaml", "bodies.yaml", "resolutions.yaml"
MEETING, REPORT = "meetings/cabinet.yaml", "reports/libraries.yaml"
OF = {
    "resolution": "libraries",
    "committee_report": "libraries",
    "meeting": "cabinet/2025-05-01",
    "notice": "libraries",
    "review": "peers",
    "plan": "answers",
}
KEY = (REPORT, "key_decision: no", "key_decision: yes")
PUBLISHED = (REPORT, "published: 2025-04-23\n", "")
NOTICE = "notice: libraries\nis: {sort}\nreport: libraries\npublished: {day}\n"
REVIEW = (
    "review: peers\ntitle: Peer challenge\nkind: LGA corporate peer challenge\n"
    "visit: 10 to 12 March 2025\n"
)
PLAN = "plan: answers\ntitle: Plan\nanswers: peers\n"
ABOUT = (REPORT, "from: director\n", "from: director\nabout: [peers, answers]\n")
MINUTED = (
    MEETING,
    "time: 6.30 pm\n",
    "minutes_published: 2025-05-12\napproved_at: cabinet/2025-06-05\n",
)
DECIDES = "    power: decides\n  council"
NEXT = (BODIES, DECIDES, DECIDES.replace("\n", "\n    meetings: {2025-06-05: }\n"))
PROPOSED = """\
decision:
  - note: the outcomes of the peer review
  - endorse: the action plan
  - refer: the plan's costs to the Council
"""


@pytest.fixture
def northmere(tmp_path):
    """
    Make the register of the invented borough with changes and with files beside.
    """

    def make(changes=(), **files):
        folder = Path(shutil.copytree(REGISTER, tmp_path / "northmere"))
        for file, old, new in changes:
            path = folder / file
            text = path.read_text(encoding="utf-8")
            assert old in text, old
            path.write_text(text.replace(old, new), encoding="utf-8")
        for name, text in files.items():
            (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
        return folder

    return make


def regime(answer):
    return (BODIES, "regime: executive", f"regime: {answer}")


def notice(sort="key decision", day="2025-04-02"):
    return {"notice": NOTICE.format(sort=sort, day=day)}


LGA = ((SETTINGS, "extends: english-committee", "extends: lga-corporate-peer-challenge"),)
REVIEWED = {"review": REVIEW, "plan": PLAN}
NO_BODY = {"notice": "notice: libraries\nis: other decision\ntitle: Libraries\ndue: 2025-05-01\n"}
ALONE = {"notice": NO_BODY["notice"] + "decided_by: leader\n"}
BY_LEADER = (
    RESOLUTIONS,
    "    item: cabinet/2025-05-01/7\n    as_proposed: yes\n",
    "    decided_by: leader\n    day: 2025-05-01\n    text: That it be done.\n",
)
BY_NOBODY = (BY_LEADER[0], BY_LEADER[1], BY_LEADER[2].replace("    decided_by: leader\n", ""))
TO_FOLLOW = "appendices: [{{title: Costs, to_follow: {}}}, {{title: Map}}]\n"
CLEARED = "clearances: {legal: {by: solicitor, day: 2025-04-14}}\n"
NEEDED = (SETTINGS, "call_in:", "clearances: {legal: {heading: Legal, required: yes}}\ncall_in:")

ASKED = [
    # by which law
    *(
        (kind, "regime", "2025-05-05", answer, ((regime(answer)),), notice("other decision"))
        for kind in ("committee_report", "meeting", "notice", "resolution")
        for answer in ("executive", "committee", "combined authority", "none")
    ),
    ("resolution", "regime", "2025-05-05", "executive", (BY_LEADER,), {}),
    ("resolution", "regime", "2025-05-05", "not stated", (BY_NOBODY,), {}),
    ("notice", "regime", "2025-05-05", "not stated", (), NO_BODY),
    ("notice", "regime", "2025-05-05", "executive", (), ALONE),
    # what a report asks and lacks
    ("committee_report", "asks", "2025-04-24", "decision", (), {}),
    (
        *("committee_report", "asks", "2025-04-24", "nothing"),
        ((REPORT, PROPOSED, ""),),
        {},
    ),
    ("committee_report", "urgency", "2025-04-24", "none", (), notice()),
    *(
        ("committee_report", "urgency", "2025-04-24", sort, (), notice(sort))
        for sort in ("general exception", "special urgency")
    ),
    ("committee_report", "appendices", "2025-04-24", "none", (), {}),
    *(
        ("committee_report", "appendices", "2025-04-24", answer,
         ((REPORT, "urgent: no\n", "urgent: no\n" + TO_FOLLOW.format(flag)),), {})
        for flag, answer in (("yes", "to follow"), ("no", "complete"))
    ),
    ("committee_report", "clearances", "2025-04-13", "complete", (), {}),
    ("committee_report", "clearances", "2025-04-13", "open", (NEEDED,), {}),
    *(
        ("committee_report", "clearances", day, answer,
         (NEEDED, (REPORT, "urgent: no\n", f"urgent: no\n{CLEARED}")), {})
        for day, answer in (("2025-04-13", "open"), ("2025-04-14", "complete"))
    ),
    (
        *("committee_report", "clearances", "2025-04-13", "complete"),
        (NEEDED, (REPORT, "urgent: no\n",
                  "urgent: no\nclearances: {legal: {not required: It is for noting.}}\n")),
        {},
    ),
    (
        *("committee_report", "clearances", "2025-04-30", "open"),
        ((REPORT, "urgent: no\n", "urgent: no\nclearances: {finance: {by: solicitor}}\n"),),
        {},
    ),
    # called, published and announced in time
    *(
        (kind, "short notice", "2025-04-24", answer, changes, {})
        for kind in ("committee_report", "meeting")
        for answer, changes in (
            ("no", ()),
            ("yes", ((MEETING, "time: 6.30 pm\n", "convened: 2025-04-28\n"),)),
        )
    ),
    *(
        ("committee_report", "published", day, answer, changes, {})
        for day, answer, changes in (
            ("2025-04-22", "no", ()),
            ("2025-04-23", "in time", ()),
            ("2025-05-30", "no", (PUBLISHED,)),
            ("2025-04-24", "late", ((REPORT, "published: 2025-04-23", "published: 2025-04-24"),)),
            ("2025-06-24", "late", ((REPORT, "published: 2025-04-23", "published: 2025-04-24"),)),
        )
    ),
    *(
        ("committee_report", "notice", day, answer, changes, files)
        for day, answer, changes, files in (
            ("2025-04-24", "not needed", (), {}),
            ("2025-04-24", "not needed", (KEY, regime("committee")), {}),
            ("2025-04-24", "not needed", (KEY,), notice("special urgency")),
            ("2025-04-24", "none", (KEY,), {}),
            ("2025-04-01", "none", (KEY,), notice()),
            ("2025-04-02", "enough", (KEY,), notice()),
            ("2025-06-02", "enough", (KEY, regime("combined authority")), notice()),
            ("2025-04-03", "short", (KEY,), notice(day="2025-04-03")),
        )
    ),
    (
        *("committee_report", "published", "2025-04-30", "not known"),
        ((REPORT, "published: 2025-04-23", "published: April 2025"),),
        {},
    ),
    (
        *("committee_report", "notice", "2025-04-30", "not known"),
        ((REPORT, "key_decision: no", "key_decision: yes"),),
        notice(day="April 2025"),
    ),
    ("notice", "has report", "2025-04-24", "yes", (), notice()),
    ("notice", "has report", "2025-04-24", "no", (), NO_BODY),
    # minutes
    *(
        ("meeting", "minutes", day, answer, (MINUTED, NEXT), {})
        for day, answer in (
            ("2025-05-11", "none"),
            ("2025-05-12", "draft"),
            ("2025-06-04", "draft"),
            ("2025-06-05", "approved"),
        )
    ),
    # what was decided
    *(
        (kind, "decision", day, answer, (*LGA, ABOUT), REVIEWED)
        for kind in ("review", "plan", "committee_report")
        for day, answer in (
            ("2025-04-30", "none"),
            ("2025-05-01", "made"),
            ("2025-05-12", "made"),
            ("2025-05-13", "effective"),
        )
    ),
    (
        *("committee_report", "decision", "2025-06-30", "none"),
        ((RESOLUTIONS, "    as_proposed: yes\n", "    as_proposed: yes\n    recommends_to: council\n"),),
        {},
    ),
    ("resolution", "gives", "2025-05-05", "decision", (), {}),
    (
        *("resolution", "gives", "2025-05-05", "recommendation"),
        ((RESOLUTIONS, "    as_proposed: yes\n", "    as_proposed: yes\n    recommends_to: council\n"),),
        {},
    ),
    *(
        ("resolution", fact, day, answer, changes, {})
        for day, call_in, effective, changes in (
            ("2025-05-01", "not open", "no", ()),
            ("2025-05-12", "running", "no", ()),
            ("2025-05-13", "over", "yes", ()),
            ("2025-05-13", "not known", "not known", ((RESOLUTIONS, "2025-05-02", "May 2025"),)),
        )
        for fact, answer in (("call-in", call_in), ("effective", effective))
    ),
    # the clocks of a review
    *(
        ("review", "clock", day, answer, LGA, {"review": REVIEW + published, "plan": PLAN})
        for day, answer, published in (
            ("2025-03-12", "running", ""),
            ("2025-05-14", "running", ""),
            ("2025-05-15", "soon", ""),
            ("2025-06-12", "soon", ""),
            ("2025-06-13", "past", ""),
            ("2025-06-13", "running", "published: 2025-06-13\n"),
        )
    ),
    (
        *("review", "clock", "2025-06-13", "none"),
        ((SETTINGS, "extends: english-committee", "extends: navsh-peer-review"),),
        {"review": REVIEW.replace("LGA corporate peer challenge", "NAVSH peer review")},
    ),
]  # fmt: skip


def _id(case):
    kind, fact, day, answer, *_ = case
    return f"{kind} {fact} {day} {answer}"


@pytest.mark.parametrize("case", ASKED, ids=_id)
def test_a_fact_has_that_answer_on_that_day(northmere, case):
    """
    What holds on a day is answered by what had come by its end, and by nothing later.
    """
    kind, fact, day, answer, changes, files = case
    register = peerkit.load(northmere(changes, **files))
    snapshot = peerkit.judge(register, on=dt.date.fromisoformat(day))

    assert answer == snapshot.ask(register.get(kind, OF[kind]), fact)


def test_every_answer_is_asked_for():
    """
    The table above holds every answer of every fact, but for what other files of tests hold.
    """
    elsewhere = {("resolution", "call-in", "called in"), ("committee_report", "regime", "not stated"),
                 ("meeting", "regime", "not stated")}  # fmt: skip
    declared = {
        (one.kind, one.name, answer) for one in FACTS if one.kind in OF for answer in one.answers
    }
    asked = {(kind, fact, answer) for kind, fact, _, answer, *_ in ASKED}

    assert declared - elsewhere == asked


@pytest.mark.parametrize("kind", ["committee_report", "meeting"])
def test_what_the_public_may_not_know_is_not_stated(northmere, kind):
    """
    Of a body that is withheld the public learns no regime.
    """
    folder = northmere(((BODIES, "    name: Cabinet\n", "    name: Cabinet\n    withheld: x\n"),))
    snapshot = peerkit.judge(peerkit.load(folder), on=dt.date(2025, 5, 5))
    view = peerkit.View(snapshot=snapshot, audience=peerkit.Audience.PUBLIC)
    record = snapshot.register.get(kind, OF[kind])

    assert ["executive", "not stated"] == [
        snapshot.ask(record, "regime"),
        view.ask(record, "regime"),
    ]


def test_a_meeting_that_moves_moves_what_is_in_time(northmere):
    """
    Put off by a week, the report that was late is in time; brought forward, it is late.
    """
    answers = []
    for day in ("2025-05-01", "2025-05-08", "2025-04-30"):
        folder = northmere(((MEETING, "time: 6.30 pm\n", f"day: {day}\n"),))
        snapshot = peerkit.judge(peerkit.load(folder), on=dt.date(2025, 4, 24))
        report = snapshot.register.get("committee_report", "libraries")
        answers.append(snapshot.ask(report, "published"))
        shutil.rmtree(folder)

    assert ["in time", "in time", "late"] == answers
