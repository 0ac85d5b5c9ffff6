import cProfile
import datetime as dt

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import peerkit
from peerkit.errors import RefusedError
from peerkit.history import Entry, History, Occasion, Seal, heads, ordered
from peerkit.judging import judge
from peerkit.model import parse_day

CONFIGURATION = """\
organisation: {name: Northmere Borough Council}
extends: [reviews, actions-by-evidence]
review_kinds:
  peer review:
    findings:
      development: {one: area for development, many: areas for development, needs_response: yes}
rules:
  action:
    lifecycle:
      moves:
        - {from: agreed, to: under way}
        - {from: under way, to: done, by: owner}
        - {from: done, to: verified, needs: {evidence: given, due: [past, soon]}, not_by: owner}
        - {from: done, to: under way, by: [lead, board], reason: required}
        - {from: [agreed, under way], to: cancelled, needs: {revised: [never, once]}, reason: required}
    ratings:
      progress: {scale: [Red, Amber, Green]}
"""

# A post is held by a person, and both may belong to a group.
PARTIES = (
    peerkit.Party(id="ann", name="Ann", is_a="person"),
    peerkit.Party(id="head", name="The head", is_a="post", held_by="ann"),
    peerkit.Party(id="ben", name="Ben", is_a="person"),
    peerkit.Party(id="team", name="The team", is_a="group", members=("head", "ben")),
    peerkit.Party(id="cara", name="Cara", is_a="person"),
    peerkit.Party(id="dan", name="Dan", is_a="person"),
    peerkit.Party(id="chair", name="The chair", is_a="post", held_by="dan"),
    peerkit.Party(id="board", name="The board", is_a="group", members=("cara", "chair")),
    peerkit.Party(id="eve", name="Eve", is_a="person"),
)
REVIEW = peerkit.Review(
    id="libraries",
    title="Libraries",
    review_kind="peer review",
    visit=parse_day("21 to 22 September 2021"),
    report_received=parse_day("October 2021"),
)
FINDING = peerkit.Finding(
    id="libraries/D1", text="Late.", finding_kind="development", review="libraries"
)
SUMMER = parse_day("July 2022")
AUTUMN = parse_day("30 September 2022")
ACTIONS = tuple(
    peerkit.Action(id=f"{plan}/A{number}", do="Do.", plan=plan, owners=("team",), due=SUMMER)
    for plan in ("plan", "free")
    for number in (1, 2)
)
PLANS = (
    peerkit.Plan(id="plan", title="Plan", approver="board"),
    peerkit.Plan(id="free", title="Free plan"),
)
RECORDS = (*PARTIES, REVIEW, FINDING, *PLANS, *ACTIONS)
SUBJECTS = {one.id: (one.kind, one.id) for one in RECORDS}
SUBJECTS |= {"A1": SUBJECTS["plan/A1"], "A2": SUBJECTS["plan/A2"], "F1": SUBJECTS["free/A1"]}
BEGIN = dt.date(2022, 7, 11)
ON = dt.date(2024, 1, 1)


@attrs.define(repr=False)
class Northmere:
    """
    A register of two plans, one of which somebody must approve; what happens is told later.
    """

    register: object
    facts: object

    def judge(self, *occasions, on=ON, upto=None):
        """
        Return what stands where after *occasions*.
        """
        register = attrs.evolve(self.register, history=History(ordered(occasions)))
        return judge(register, on, self.facts, upto)

    def under(self, configuration):
        """
        Return this register with another configuration.
        """
        return Northmere(attrs.evolve(self.register, configuration=configuration), self.facts)


def configured(folder, offers, text=CONFIGURATION):
    (folder / "peerkit.yaml").write_text(text, encoding="utf-8")
    register = peerkit.load(folder, offers=offers)

    assert () == register.problems

    return register.configuration


@pytest.fixture(scope="module")
def northmere(tmp_path_factory, offers):
    """
    Northmere with its rules.
    """
    configuration = configured(tmp_path_factory.mktemp("northmere"), offers)
    return Northmere(peerkit.make_register(RECORDS, configuration, offers=offers), offers.facts)


@pytest.fixture
def configured_as(northmere, tmp_path, offers):
    """
    Northmere with another configuration.
    """
    return lambda text: northmere.under(configured(tmp_path, offers, text))


def told(by, day=BEGIN, name="", says=None, *, sealed=True, **told_of):
    """
    Return an occasion of what is said of each record; its seals hold no true digests.
    """
    name = name or f"{day}-{by or 'nobody'}"
    entries = {SUBJECTS[key]: Entry(**of) for key, of in (says or {}).items()}
    seals = {subject: Seal(digest=f"{name}/{subject[1]}") for subject in entries} if sealed else {}
    return Occasion(name=name, day=day, by=by, entries=entries, seals=seals, **told_of)


def weekly(steps, record="A1"):
    """
    Return an occasion a week, each of whom and what they say of one record.
    """
    return tuple(
        told(by, BEGIN + dt.timedelta(weeks=week), f"week-{week}", {record: says})
        for week, (by, says) in enumerate(steps)
    )


def state_of(snapshot, record="A1"):
    kind, record_id = SUBJECTS[record]
    return snapshot.state(snapshot.register.get(kind, record_id))


def plain(snapshot):
    """
    Return where every record stands, as values that can be compared.
    """
    return {
        (record.kind, record.id): attrs.asdict(snapshot.state(record), recurse=False)
        for record in snapshot.register
    }


def refused(snapshot):
    return [
        (one.occasion and one.occasion.name, one.subject[1], one.field, one.message, one.mend)
        for one in snapshot.refusals
    ]


BEGUN = ("ann", {"to": "under way"})
DONE = ("ann", {"to": "done", "evidence": ("a list",)})
ASKED = ("ann", {"asks_due": AUTUMN, "reason": "The county is late."})
REMOVAL = ("ann", {"asks_removal": True, "reason": "It is done elsewhere."})
BACK = {"to": "under way", "reason": "Not all of it is there."}


# moves


PERMITTED = [
    ("nothing", [], "agreed"),
    ("a move", [BEGUN], "under way"),
    ("a move by nobody", [("", {"to": "under way"})], "under way"),
    ("by an owner: the member of a group", [BEGUN, ("ben", {"to": "done"})], "done"),
    ("by an owner: the holder of a post in it", [BEGUN, ("ann", {"to": "done"})], "done"),
    ("by an owner: the post itself", [BEGUN, ("head", {"to": "done"})], "done"),
    ("by an owner: the group itself", [BEGUN, ("team", {"to": "done"})], "done"),
    ("by a party of the rule", [BEGUN, DONE, ("board", BACK)], "under way"),
    ("by its member", [BEGUN, DONE, ("cara", BACK)], "under way"),
    ("by the post of its member", [BEGUN, DONE, ("chair", BACK)], "under way"),
    ("by the person who holds that", [BEGUN, DONE, ("dan", BACK)], "under way"),
    ("evidence with the move before", [BEGUN, DONE, ("eve", {"to": "verified"})], "verified"),
    (
        "evidence with the move",
        [BEGUN, ("ann", {"to": "done"}), ("eve", {"to": "verified", "evidence": ("a list",)})],
        "verified",
    ),
    (
        "evidence before any move",
        [("ann", {"evidence": ("a list",)}), BEGUN, DONE, ("eve", {"to": "verified"})],
        "verified",
    ),
    (
        "evidence that was erased",
        [BEGUN, ("ann", {"to": "done", "erased": ("evidence",)}), ("eve", {"to": "verified"})],
        "verified",
    ),
    ("a reason", [("ann", {"to": "cancelled", "reason": "No money."})], "cancelled"),
    (
        "a reason that was erased",
        [("ann", {"to": "cancelled", "erased": ("reason",)})],
        "cancelled",
    ),
]

ALREADY = "Leave the move out."
SOMEBODY = "It must be recorded by somebody else."
WHO = "Add “by: …” to the occasion."
UNSAID = "and the occasion does not say who it is by."
WITH_IT = "Record that first, or with the move."
ONWARD = "From there it may move to under way, cancelled."
REASON = "Add “reason: …”."

# What happened before, who tells what, and what is said of that: message and mend.
REFUSED = [
    pytest.param(
        [],
        ("ann", {"to": "under-way"}),
        ("“under-way” is no stage.", "Stages are agreed, under way, done, verified, cancelled."),
        id="no stage",
    ),
    pytest.param(
        [BEGUN],
        ("ann", {"to": "under way"}),
        ("It is in the stage “under way” already.", ALREADY),
        id="told twice",
    ),
    pytest.param(
        [],
        ("ann", {"to": "agreed"}),
        ("It is in the stage “agreed” already.", ALREADY),
        id="the first stage again",
    ),
    pytest.param(
        [],
        ("ann", {"to": "done"}),
        ("No move leads from “agreed” to “done”.", ONWARD),
        id="38 born done",
    ),
    pytest.param(
        [],
        ("eve", {"to": "verified", "evidence": ("a list",)}),
        ("No move leads from “agreed” to “verified”.", ONWARD),
        id="38 born verified",
    ),
    pytest.param(
        [BEGUN],
        ("eve", {"to": "verified", "evidence": ("a list",)}),
        (
            "No move leads from “under way” to “verified”.",
            "From there it may move to done, cancelled.",
        ),
        id="a stage left out",
    ),
    pytest.param(
        [BEGUN, DONE, ("eve", {"to": "verified"})],
        ("ann", {"to": "under way"}),
        ("No move leads from “verified” to “under way”.", "“verified” is a final stage."),
        id="out of a final stage",
    ),
    pytest.param(
        [BEGUN, ("ann", {"to": "done"})],
        ("eve", {"to": "verified"}),
        ("A move from “done” to “verified” needs “evidence” to be given; it is missing.", WITH_IT),
        id="without what it needs",
    ),
    pytest.param(
        [BEGUN, DONE, ("board", {"due": parse_day("2030"), "reason": "Much later."})],
        ("eve", {"to": "verified"}),
        ("A move from “done” to “verified” needs “due” to be past or soon; it is later.", WITH_IT),
        id="one of several answers",
    ),
    pytest.param(
        [],
        ("ann", {"to": "cancelled"}),
        ("A move from “agreed” to “cancelled” needs a reason.", REASON),
        id="without its reason",
    ),
    pytest.param(
        [("ann", {"reason": "An earlier one."})],
        ("ann", {"to": "cancelled"}),
        ("A move from “agreed” to “cancelled” needs a reason.", REASON),
        id="an earlier reason is none",
    ),
    pytest.param(
        [BEGUN],
        ("eve", {"to": "done"}),
        ("A move to “done” must be recorded by owner, which eve is not.", SOMEBODY),
        id="by somebody else than its owner",
    ),
    pytest.param(
        [BEGUN],
        ("", {"to": "done"}),
        (f"A move to “done” must be recorded by owner, {UNSAID}", WHO),
        id="by nobody, where somebody must",
    ),
    pytest.param(
        [BEGUN, DONE],
        ("ann", BACK),
        ("A move to “under way” must be recorded by lead or board, which ann is not.", SOMEBODY),
        id="by neither",
    ),
    *(
        pytest.param(
            [BEGUN, DONE],
            (by, {"to": "verified"}),
            (f"A move to “verified” must not be recorded by owner, which {by} is.", SOMEBODY),
            id=f"by its owner: {what}",
        )
        for by, what in [
            ("team", "the group itself"),
            ("ben", "a member"),
            ("head", "a post that is a member"),
            ("ann", "who holds that post"),
        ]
    ),
    pytest.param(
        [BEGUN, DONE],
        ("", {"to": "verified"}),
        (f"A move to “verified” must not be recorded by owner, {UNSAID}", WHO),
        id="by nobody, where somebody must not",
    ),
]


@pytest.mark.parametrize(
    ("steps", "stage"), [pytest.param(steps, stage, id=name) for name, steps, stage in PERMITTED]
)
def test_what_is_permitted_happens(northmere, steps, stage):
    """
    A move that the rules permit is made, by whoever may make it.
    """
    snapshot = northmere.judge(*weekly(steps))

    assert [] == refused(snapshot)
    assert stage == state_of(snapshot).stage


@pytest.mark.parametrize(("before", "step", "expected"), REFUSED)
def test_what_is_not_permitted_does_not_happen(northmere, before, step, expected):
    """
    A move that the rules do not permit is told with its reason, and changes nothing.
    """
    occasions = weekly([*before, step])
    snapshot = northmere.judge(*occasions)

    assert [(occasions[-1].name, "plan/A1", "to", *expected)] == refused(snapshot)
    assert plain(northmere.judge(*occasions[:-1])) == plain(snapshot)


def test_a_move_tells_who_made_it_when_and_why(northmere):
    """
    Of every move it is kept when, by which occasion and why; and who accepted the evidence.
    """
    steps = [BEGUN, DONE, ("dan", BACK), DONE, ("eve", {"to": "verified", "reason": "All there."})]
    occasions = weekly(steps)
    state = state_of(northmere.judge(*occasions))

    assert [
        (one.day, one.name, reason)
        for one, reason in zip(
            occasions, ("", "", "Not all of it is there.", "", "All there."), strict=True
        )
    ] == [(one.day, one.occasion.name, one.reason) for one in state.moves]
    assert ("eve", occasions[-1].day) == (state.accepted_by, state.since)
    assert ("a list", "a list") == state.evidence
    assert "" == state_of(northmere.judge(*occasions[:-1])).accepted_by


def test_a_record_of_a_kind_without_rules_cannot_move(northmere):
    """
    What has no stages keeps what is said of it, and does not move.
    """
    noted = told("ann", says={"eve": {"note": "She has left."}})
    moved = told("ann", BEGIN + dt.timedelta(1), says={"eve": {"to": "gone"}})
    snapshot = northmere.judge(noted, moved)

    assert ("She has left.", "") == (
        state_of(snapshot, "eve").note,
        state_of(snapshot, "eve").stage,
    )
    assert [
        (
            moved.name,
            "eve",
            "to",
            "A party has no stages, so it cannot move.",
            "State them in peerkit.yaml under rules, party, lifecycle, or extend a pack that does.",
        )
    ] == refused(snapshot)


# days of the records themselves


def test_a_day_of_the_record_brings_its_stage_about(northmere):
    """
    A dated field moves the record on its last day, over the stages whose day nobody knows;
    so does a day that another record tells.
    """
    visited = dt.date(2021, 9, 22)
    reported = dt.date(2021, 10, 31)
    stages = [
        tuple(
            state_of(northmere.judge(on=day), record).stage
            for record in ("libraries", "libraries/D1")
        )
        for day in (visited - dt.timedelta(1), visited, reported - dt.timedelta(1), reported)
    ]

    assert [
        ("proposed", "draft"),
        ("visited", "draft"),
        ("visited", "draft"),
        ("reported", "confirmed"),
    ] == stages
    assert [("proposed", "visited", None), ("visited", "reported", None)] == [
        (one.source, one.target, one.occasion)
        for one in state_of(northmere.judge(), "libraries").moves
    ]


DATED = [
    pytest.param(
        {"published": parse_day("5 October 2021")},
        [],
        [
            (
                None,
                "published",
                "Its day makes it “published”, but no move leads there from “visited”.",
                "Correct the day, or what was recorded before it.",
            )
        ],
        "reported",
        id="a stage between whose day is still to come",
    ),
    pytest.param(
        {"report_received": None, "published": parse_day("5 October 2021")},
        [],
        [],
        "published",
        id="a stage between whose day nobody knows",
    ),
    pytest.param(
        {"visit": parse_day("next meeting"), "report_received": None},
        [("2021-09-01", {"to": "commissioned"}), ("2021-09-02", {"to": "visited"})],
        [],
        "visited",
        id="a day that is not fixed is not known",
    ),
    pytest.param(
        {},
        [("2021-11-02", {"to": "reported"})],
        [
            (
                "2021-11-02",
                "to",
                "The day of “reported” stands in the record itself, in its field report_received.",
                "Leave the move out.",
            )
        ],
        "reported",
        id="typed twice",
    ),
    pytest.param(
        {},
        [("2021-09-01", {"to": "cancelled", "reason": "No money."})],
        [],
        "cancelled",
        id="planned days of what was cancelled",
    ),
    pytest.param(
        {},
        [
            ("2021-09-01", {"to": "commissioned"}),
            ("2021-09-02", {"to": "postponed", "reason": "No money."}),
        ],
        [],
        "reported",
        id="what was put off and took place",
    ),
]


@pytest.mark.parametrize(("days", "steps", "expected", "stage"), DATED)
def test_days_and_what_is_recorded_make_one_life(northmere, days, steps, expected, stage):
    """
    Days of the record and recorded moves are one lifecycle, and nothing is told twice.
    """
    review = attrs.evolve(REVIEW, commissioned=None, **days)
    known = {**northmere.register.records, "review": {review.id: review}}
    changed = Northmere(attrs.evolve(northmere.register, records=known), northmere.facts)
    occasions = [
        told("ann", dt.date.fromisoformat(day), day, {"libraries": says}) for day, says in steps
    ]
    snapshot = changed.judge(*occasions)

    assert expected == [
        (name, field, message, mend) for name, _, field, message, mend in refused(snapshot)
    ]
    assert stage == state_of(snapshot, "libraries").stage


def test_the_report_does_not_bring_back_a_finding_that_was_withdrawn(northmere):
    """
    A day that other records tell leaves alone what has come to its end.
    """
    day = dt.date(2021, 10, 5)
    says = {"libraries/D1": {"to": "withdrawn", "reason": "Not so."}}
    snapshot = northmere.judge(told("eve", day, says=says))

    assert [] == refused(snapshot)
    assert ("withdrawn", day) == (
        state_of(snapshot, "libraries/D1").stage,
        state_of(snapshot, "libraries/D1").since,
    )


# due days


GRANTS = {"grants": "due"}
REFUSES = {"refuses": "due"}
ASK_ONE = "Record “asks_due” or “asks_removal” first."
WHOEVER = "What is asked is answered by whoever was asked."

DUES = [
    ("asked", "A1", [ASKED], SUMMER, ["asked "]),
    ("granted by the board", "A1", [ASKED, ("board", GRANTS)], AUTUMN, ["asked granted"]),
    ("granted by a member", "A1", [ASKED, ("cara", GRANTS)], AUTUMN, ["asked granted"]),
    ("granted by its chair", "A1", [ASKED, ("dan", GRANTS)], AUTUMN, ["asked granted"]),
    ("refused", "A1", [ASKED, ("board", REFUSES)], SUMMER, ["asked refused"]),
    (
        "refused, then asked again and granted",
        "A1",
        [ASKED, ("board", REFUSES), ASKED, ("board", GRANTS)],
        AUTUMN,
        ["asked refused", "asked granted"],
    ),
    (
        "answered and asked anew at once",
        "A1",
        [ASKED, ("board", {**REFUSES, **ASKED[1]})],
        SUMMER,
        ["asked refused", "asked "],
    ),
    (
        "asked of somebody, where nobody approves",
        "F1",
        [("ann", {**ASKED[1], "of": "eve"}), ("eve", GRANTS)],
        AUTUMN,
        ["asked granted"],
    ),
    ("set by the board", "A1", [("chair", {"due": AUTUMN, "reason": "Late."})], AUTUMN, []),
    ("set where nobody approves", "F1", [("ann", {"due": AUTUMN, "reason": "Late."})], AUTUMN, []),
    (
        "a reason that was erased",
        "F1",
        [("ann", {"due": AUTUMN, "erased": ("reason",)})],
        AUTUMN,
        [],
    ),
    (
        "not needed any more",
        "A1",
        [ASKED, ("ann", {"to": "cancelled", "reason": "No money."})],
        SUMMER,
        ["asked no longer needed"],
    ),
    ("still needed when done", "A1", [BEGUN, ASKED, DONE], SUMMER, ["asked "]),
]


@pytest.mark.parametrize(
    ("record", "steps", "due", "asked"),
    [pytest.param(*rest, id=name) for name, *rest in DUES],
)
def test_a_new_day_is_in_force_once_it_may_be(northmere, record, steps, due, asked):
    """
    A due day that is asked for is in force once it is granted; the original one stays.
    """
    snapshot = northmere.judge(*weekly(steps, record))
    state = state_of(snapshot, record)

    assert [] == refused(snapshot)
    assert (due, SUMMER) == (state.due, state.original_due)
    assert asked == [f"asked {one.answer}" for one in state.asked]
    assert [(SUMMER, AUTUMN)] * (due == AUTUMN) == [(one.old, one.new) for one in state.revisions]


def test_a_revision_tells_why_and_by_whom(northmere):
    """
    Who granted a new day is told, with the reason for which it was asked; one that was
    erased is told as erased.
    """
    erased = ("ann", {"asks_due": SUMMER, "erased": ("reason",)})
    state = state_of(northmere.judge(*weekly([ASKED, ("cara", GRANTS), erased, ("dan", GRANTS)])))

    assert [("The county is late.", "cara"), ("erased", "dan")] == [
        (one.reason, one.by) for one in state.revisions
    ]
    assert [("board", "ann", BEGIN, BEGIN + dt.timedelta(weeks=1))] == [
        (one.of, one.by, one.day, one.answered) for one in state.asked[:1]
    ]


NOT_GRANTED = [
    pytest.param(
        "A1",
        [],
        ("ann", {"due": AUTUMN, "reason": "Late."}),
        (
            "due",
            "A new due day is granted by board, which ann is not.",
            "Write “asks_due” instead, and record what is answered.",
        ),
        id="set by its owner",
    ),
    pytest.param(
        "A1",
        [],
        ("", {"due": AUTUMN, "reason": "Late."}),
        (
            "due",
            "A new due day is granted by board, and the occasion does not say who it is by.",
            "Write “asks_due” instead, and record what is answered.",
        ),
        id="set by nobody",
    ),
    pytest.param(
        "A1",
        [],
        ("board", {"due": AUTUMN}),
        ("due", "A new due day needs a reason.", REASON),
        id="set without a reason",
    ),
    pytest.param(
        "A1",
        [],
        ("ann", {"asks_due": AUTUMN}),
        ("asks_due", "What is asked needs a reason.", REASON),
        id="asked without a reason",
    ),
    pytest.param(
        "A1",
        [],
        ("ann", {"asks_due": AUTUMN, "asks_removal": True, "reason": "Late."}),
        ("asks_removal", "It asks for a new day and for removal at once.", "Ask for one."),
        id="asked for both",
    ),
    pytest.param(
        "F1",
        [],
        ASKED,
        (
            "asks_due",
            "It does not say who is asked, and the plan names no approver.",
            "Add “of: …” here, or “approver: …” to the plan.",
        ),
        id="asked of nobody",
    ),
    pytest.param(
        "A1",
        [("cara", {**ASKED[1]})],
        ("cara", GRANTS),
        (
            "grants",
            "cara asked for it and cannot grant it, too.",
            "It is granted by somebody else who acts for whoever was asked.",
        ),
        id="granted by whoever asked",
    ),
    pytest.param(
        "F1",
        [("ann", {**ASKED[1], "of": "head"})],
        ("head", GRANTS),
        (
            "grants",
            "head asked for it and cannot grant it, too.",
            "It is granted by somebody else who acts for whoever was asked.",
        ),
        id="granted by whoever asked, in another post",
    ),
    pytest.param(
        "F1",
        [("ann", {"to": "cancelled", "reason": "No money."})],
        ("ann", {"due": AUTUMN, "reason": "Late."}),
        (
            "due",
            "It is in the final stage “cancelled”, so its due day stays as it is.",
            "Leave it out.",
        ),
        id="set when all is over",
    ),
    pytest.param(
        "A1",
        [ASKED],
        REMOVAL,
        (
            "asks_removal",
            "What was asked on 11 July 2022 is not answered yet.",
            "Record “grants” or “refuses” first.",
        ),
        id="asked twice",
    ),
    pytest.param(
        "A1",
        [("ann", {"to": "cancelled", "reason": "No money."})],
        ASKED,
        (
            "asks_due",
            "It is in the final stage “cancelled”, so nothing is asked for it.",
            "Leave it out.",
        ),
        id="asked at its end",
    ),
    pytest.param(
        "A1",
        [],
        ("board", GRANTS),
        ("grants", "It grants “due”, and nothing is asked.", ASK_ONE),
        id="granted unasked",
    ),
    pytest.param(
        "A1",
        [ASKED, ("board", REFUSES)],
        ("board", GRANTS),
        ("grants", "It grants “due”, and nothing is asked.", ASK_ONE),
        id="granted once refused",
    ),
    pytest.param(
        "A1",
        [ASKED],
        ("board", {"refuses": "removal"}),
        ("refuses", "It refuses “removal”, and what is asked is due.", ASK_ONE),
        id="something else refused",
    ),
    pytest.param(
        "A1",
        [ASKED],
        ("board", {**GRANTS, "refuses": "removal"}),
        ("refuses", "It grants and refuses at once.", "Write one of them."),
        id="granted and refused",
    ),
    pytest.param(
        "A1",
        [ASKED],
        ("ann", GRANTS),
        ("grants", "It was asked of board, which ann is not.", WHOEVER),
        id="granted by who asked",
    ),
    pytest.param(
        "A1",
        [ASKED],
        ("", REFUSES),
        ("refuses", "It was asked of board, and the occasion does not say who it is by.", WHOEVER),
        id="refused by nobody",
    ),
    pytest.param(
        "F1",
        [("ann", {**ASKED[1], "of": "eve"})],
        ("board", GRANTS),
        ("grants", "It was asked of eve, which board is not.", WHOEVER),
        id="granted by the wrong body",
    ),
    pytest.param(
        "A1",
        [ASKED, ("ann", {"to": "cancelled", "reason": "No money."})],
        ("board", GRANTS),
        ("grants", "It grants “due”, and nothing is asked.", ASK_ONE),
        id="granted too late",
    ),
    pytest.param(
        "libraries",
        [],
        ("ann", {"asks_due": AUTUMN, "reason": "Late."}),
        ("asks_due", "A review has no due day.", "Record this of an action."),
        id="of a review",
    ),
    pytest.param(
        "libraries",
        [],
        ("ann", {"due": AUTUMN, "reason": "Late."}),
        ("due", "A review has no due day.", "Record this of an action."),
        id="set for a review",
    ),
]


@pytest.mark.parametrize(("record", "before", "step", "expected"), NOT_GRANTED)
def test_a_new_day_must_be_granted(northmere, record, before, step, expected):
    """
    A due day is never changed by whoever may not, nor without a reason, nor unasked.
    """
    occasions = weekly([*before, step], record)
    snapshot = northmere.judge(*occasions)

    assert [(occasions[-1].name, SUBJECTS[record][1], *expected)] == refused(snapshot)
    assert plain(northmere.judge(*occasions[:-1])) == plain(snapshot)


def test_a_granted_removal_moves_the_record(northmere):
    """
    What is granted to be removed is at the stage that the rules name, for the reason asked.
    """
    occasions = weekly([BEGUN, REMOVAL, ("dan", {"grants": "removal"})])
    state = state_of(northmere.judge(*occasions))

    assert ("cancelled", "granted") == (state.stage, state.asked[-1].answer)
    assert ("It is done elsewhere.", "week-2") == (
        state.moves[-1].reason,
        state.moves[-1].occasion.name,
    )


@pytest.mark.parametrize(
    ("rules", "before", "expected"),
    [
        pytest.param(
            "removed: verified",
            [],
            (
                "No move leads from “agreed” to “verified”.",
                "From there it may move to under way, cancelled.",
            ),
            id="no move leads there",
        ),
        pytest.param(
            "removed: ",
            [],
            (
                "The rules do not say which stage a granted removal leads to.",
                "State it in peerkit.yaml under rules, action, lifecycle, removed.",
            ),
            id="there is no such stage",
        ),
        pytest.param(
            "removed: cancelled",
            [("board", {"due": AUTUMN, "reason": "Late."})] * 2,
            (
                "A move from “agreed” to “cancelled” needs “revised” to be never or once; it is more.",
                WITH_IT,
            ),
            id="it needs something else",
        ),
    ],
)
def test_a_removal_is_a_move(configured_as, rules, before, expected):
    """
    A removal that is granted is a move like others, and needs what that move needs.
    """
    text = CONFIGURATION.replace("    lifecycle:\n", f"    lifecycle:\n      {rules}\n")
    steps = [*before, REMOVAL, ("board", {"grants": "removal"})]
    snapshot = configured_as(text).judge(*weekly(steps))

    assert [("grants", *expected)] == [one[2:] for one in refused(snapshot)]
    assert ("agreed", "") == (state_of(snapshot).stage, state_of(snapshot).asked[-1].answer)


# ratings


@pytest.mark.parametrize(
    ("ratings", "field", "message", "mend"),
    [
        (
            {"impact": "High"},
            "ratings/impact",
            "“impact” is no rating of an action.",
            "Its ratings are progress.",
        ),
        (
            {"progress": "green"},
            "ratings/progress",
            "“green” is not on the scale of “progress”.",
            "The scale is Red, Amber, Green.",
        ),
    ],
)
def test_a_rating_is_one_of_the_rules(northmere, ratings, field, message, mend):
    """
    People rate on the axes and in the words that the rules have.
    """
    before = ("ann", {"ratings": {"progress": "Red"}})
    occasions = weekly([before, ("ann", {"ratings": {"progress": "Green", **ratings}})])
    snapshot = northmere.judge(*occasions)

    assert [("week-1", "plan/A1", field, message, mend)] == refused(snapshot)
    assert {"progress": "Red"} == state_of(snapshot).ratings
    assert "Red" == snapshot.rating(ACTIONS[0], "progress")


def test_a_review_has_no_ratings(northmere):
    """
    A kind that no rule rates is not rated, and the message says so.
    """
    occasion = told("ann", says={"libraries": {"ratings": {"progress": "Red"}}})

    assert [
        (
            occasion.name,
            "libraries",
            "ratings/progress",
            "“progress” is no rating of a review.",
            "Its ratings are none.",
        )
    ] == refused(northmere.judge(occasion))


# occasions


def test_an_occasion_counts_whole_or_not_at_all(northmere):
    """
    Where one entry is not permitted, none of the occasion counts; all that is wrong is told.
    """
    mixed = told(
        "ann",
        says={
            "A1": {"to": "under way", "note": "Begun."},
            "A2": {"to": "done"},
            "F1": {"to": "verified"},
        },
    )
    after = told("ann", BEGIN + dt.timedelta(1), says={"A1": {"to": "under way"}})
    snapshot = northmere.judge(mixed, after)

    assert ["plan/A2", "free/A1"] == [subject for _, subject, *_ in refused(snapshot)]
    assert plain(northmere.judge(after)) == plain(snapshot)


def test_a_record_that_is_not_there_holds_up_nothing(northmere):
    """
    An entry for a record that could not be taken in is passed over.
    """
    occasion = told("ann", says={"A1": {"to": "under way"}})
    entries = {("action", "plan/A9"): Entry(to="verified"), **occasion.entries}
    snapshot = northmere.judge(attrs.evolve(occasion, entries=entries))

    assert [] == refused(snapshot)
    assert "under way" == state_of(snapshot).stage


def test_everything_told_is_kept(northmere):
    """
    Notes, reasons, impact and further fields are the last that were told, evidence is all.
    """
    steps = [
        ("ann", {"note": "One.", "impact": "Much.", "evidence": ("a", "b"), "more": {"x": 1}}),
        ("ann", {"note": "Two.", "evidence": ("c",), "more": {"y": 2}}),
        ("ann", {"erased": ("note", "evidence", "impact", "reason")}),
    ]
    first, second, third = (
        attrs.asdict(state_of(northmere.judge(*weekly(steps[:count])))) for count in (1, 2, 3)
    )
    told_of = ("note", "impact", "reason", "evidence", "updated")

    assert ("One.", "Much.", "", ("a", "b"), BEGIN) == tuple(first[key] for key in told_of)
    assert ("Two.", "Much.", "", ("a", "b", "c"), BEGIN + dt.timedelta(weeks=1)) == tuple(
        second[key] for key in told_of
    )
    assert {"x": 1, "y": 2} == second["more"] == third["more"]
    assert ("erased", "erased", "erased", ("a", "b", "c", "erased")) == tuple(
        third[key] for key in told_of[:4]
    )


def test_what_is_illustrative_stays_so(northmere):
    """
    A record that something made up happened to is known by that from then on.
    """
    made_up = told("ann", says={"A1": {"note": "So it would look."}}, illustrative=True)
    real = told("ann", BEGIN + dt.timedelta(1), says={"A1": BEGUN[1], "A2": BEGUN[1]})
    snapshot = northmere.judge(made_up, real)

    assert (True, False) == (state_of(snapshot).illustrative, state_of(snapshot, "A2").illustrative)


def test_nothing_counts_before_its_day(northmere):
    """
    An occasion counts at the end of its day, and not on the day before.
    """
    occasions = weekly([BEGUN, DONE])
    days = [BEGIN - dt.timedelta(1), BEGIN, BEGIN + dt.timedelta(6), BEGIN + dt.timedelta(7)]

    assert ["agreed", "under way", "under way", "done"] == [
        state_of(northmere.judge(*occasions, on=day)).stage for day in days
    ]


def test_what_was_told_late_counts_from_its_day(northmere):
    """
    Although a chain has an earlier day behind a later one, each counts from its own.
    """
    late = told("ann", BEGIN + dt.timedelta(9), "late", {"A1": {"note": "Late."}})
    early = told("ann", BEGIN, "early", {"A1": {"evidence": ("a list",)}})
    after = (late.seals[SUBJECTS["A1"]].digest,)
    early = attrs.evolve(early, seals={SUBJECTS["A1"]: Seal(digest="early", after=after)})
    state = state_of(northmere.judge(late, early, on=BEGIN))

    assert (("a list",), "") == (state.evidence, state.note)


# corrections, and what was known


def test_a_correction_takes_the_place_of_what_it_corrects(northmere):
    """
    A corrected entry counts for no day; what else the corrected occasion told stays.
    """
    wrong = told("ann", name="wrong", says={"A1": {"to": "under way"}, "A2": {"to": "under way"}})
    right = told(
        "ann",
        BEGIN + dt.timedelta(7),
        "right",
        {"A1": {"note": "It has not begun."}},
        corrects=("wrong",),
    )
    snapshot = northmere.judge(wrong, right)

    assert [] == refused(snapshot)
    assert ("agreed", "It has not begun.") == (
        state_of(snapshot).stage,
        state_of(snapshot).note,
    )
    assert "under way" == state_of(snapshot, "A2").stage
    assert "agreed" == state_of(northmere.judge(wrong, right, on=BEGIN)).stage


def test_a_correction_mends_what_was_not_permitted(northmere):
    """
    What was refused, and held up its whole occasion, does so no longer once it is corrected.
    """
    wrong = told("ann", name="wrong", says={"A1": {"to": "done"}, "A2": {"to": "under way"}})
    right = told(
        "ann", BEGIN + dt.timedelta(7), "right", {"A1": {"to": "under way"}}, corrects=("wrong",)
    )

    assert ["plan/A1"] == [one[1] for one in refused(northmere.judge(wrong))]

    snapshot = northmere.judge(wrong, right)

    assert [] == refused(snapshot)
    assert ("under way", "under way") == (
        state_of(snapshot).stage,
        state_of(snapshot, "A2").stage,
    )


def test_judged_up_to_earlier_heads_only_what_was_known_then_counts(northmere):
    """
    A snapshot up to the heads of a day is the same after more was recorded: later entries
    of an earlier day, and corrections.
    """
    wrong = told("ann", name="wrong", says={"A1": {"to": "under way"}, "A2": {"to": "under way"}})
    known = northmere.judge(wrong)
    upto = heads(known.register.history)
    late = told("ann", BEGIN, "late", {"F1": {"to": "under way"}})
    right = told("ann", BEGIN, "x-right", {"A1": {"note": "Not so."}}, corrects=("wrong",))
    unsealed = told("ann", BEGIN, "unsealed", {"A2": DONE[1]}, sealed=False)
    more = (wrong, late, right, unsealed)

    assert plain(known) == plain(northmere.judge(*more, upto=upto))
    assert plain(known) != plain(northmere.judge(*more))
    assert plain(northmere.judge()) == plain(northmere.judge(*more, upto={}))


def test_heads_that_are_gone_are_refused(northmere):
    """
    What can no longer be judged as it was is refused, not judged as something else.
    """
    snapshot = northmere.judge(*weekly([BEGUN]), upto={SUBJECTS["A1"]: (1, "gone")})

    with pytest.raises(RefusedError, match="no longer holds the entry of action plan/A1"):
        state_of(snapshot)


# rules of the day


LATER = """\
from:
  2022-09-01:
    rules:
      action:
        lifecycle:
          moves:
            - {from: agreed, to: done}
            - {from: under way, to: done}
            - {from: done, to: verified}
            - {from: agreed, to: under way}
            - {from: under way, to: cancelled}
"""


def test_what_happened_is_judged_by_the_rules_of_its_day(configured_as):
    """
    A rule that is in force later neither permits nor forbids what happened before.
    """
    changed = configured_as(CONFIGURATION + LATER)
    before, after = dt.date(2022, 8, 31), dt.date(2022, 9, 1)
    leap = {"A1": {"to": "done"}}
    cancel = {"A1": {"to": "cancelled", "reason": "No money."}}

    assert [
        (["to"], "agreed"),
        ([], "done"),
        ([], "cancelled"),
        (["to"], "agreed"),
    ] == [
        ([one.field for one in snapshot.refusals], state_of(snapshot).stage)
        for day, says in ((before, leap), (after, leap), (before, cancel), (after, cancel))
        for snapshot in [changed.judge(told("eve", day, says=says))]
    ]


def test_a_day_brings_about_what_the_rules_of_that_day_say(configured_as):
    """
    Stages that days bring about follow the rules in force on each day, too.
    """
    later = "from:\n  2021-10-01:\n    rules: {review: {lifecycle: {dated: {visited: }}}}\n"
    earlier = "rules:\n  review: {lifecycle: {dated: {visited: }}}\n"
    text = CONFIGURATION.replace("rules:\n", earlier, 1)
    begin = "from:\n  2021-09-01:\n    rules: {review: {lifecycle: {dated: {visited: visit}}}}\n"
    stages = [
        [one.target for one in state_of(configured_as(each).judge(), "libraries").moves]
        for each in (CONFIGURATION + later, text + begin, text)
    ]

    assert [["visited", "reported"], ["visited", "reported"], ["reported"]] == stages


# purity


STEPS = st.tuples(
    st.sampled_from(["ann", "board", "dan", "eve", ""]),
    st.sampled_from(["A1", "A2", "F1", "libraries", "libraries/D1"]),
    st.sampled_from(
        [
            *(
                {"to": stage, "reason": "So."}
                for stage in ("under way", "done", "verified", "cancelled", "withdrawn")
            ),
            {"evidence": ("a list",)},
            ASKED[1],
            REMOVAL[1],
            GRANTS,
            REFUSES,
            {"grants": "removal"},
            {"due": AUTUMN, "reason": "Late."},
            {"ratings": {"progress": "Amber"}},
            {"more": {"x": 1}},
        ]
    ),
)


@settings(deadline=None)
@given(st.lists(STEPS, max_size=20))
def test_judging_twice_gives_the_same(northmere, steps):
    """
    Whatever happened, the same register, day and heads give the same; judging changes nothing.
    """
    occasions = [
        told(by, BEGIN + dt.timedelta(index), f"step-{index:02}", {record: says})
        for index, (by, record, says) in enumerate(steps)
    ]
    first = northmere.judge(*occasions)
    register = first.register
    before = repr(register)
    second = judge(register, ON, northmere.facts)
    upto = judge(register, ON, northmere.facts, heads(register.history))

    assert plain(first) == plain(second) == plain(upto)
    assert refused(first) == refused(second) == refused(upto)
    assert before == repr(register)


@settings(deadline=None)
@given(st.lists(STEPS, max_size=20))
def test_a_stage_is_only_reached_by_moves(northmere, steps):
    """
    Whatever is told, each record begins at the first stage, and every later one was reached
    by a move that the rules have, from the stage before.
    """
    occasions = [
        told(by, BEGIN + dt.timedelta(index), f"step-{index:02}", {record: says})
        for index, (by, record, says) in enumerate(steps)
    ]
    snapshot = northmere.judge(*occasions)
    for kind, rules in snapshot.rules.kinds.items():
        for record in snapshot.register.of_kind(kind):
            state = snapshot.state(record)
            here = rules.lifecycle.first
            for move in state.moves:
                assert here == move.source
                assert move.occasion is None or (here, move.target) in rules.lifecycle.by_pair
                here = move.target

            assert here == state.stage
            assert bool(state.moves) == bool(state.since)


# work


def calls_for(northmere, actions, rounds):
    """
    Return how many functions are called to judge *actions*, each told of in *rounds*.
    """
    made = {
        f"plan/B{number}": attrs.evolve(ACTIONS[0], id=f"plan/B{number}")
        for number in range(actions)
    }
    known = {**northmere.register.records, "action": made}
    changed = Northmere(attrs.evolve(northmere.register, records=known), northmere.facts)
    steps = [BEGUN, DONE, ASKED, ("board", REFUSES), ("dan", BACK), DONE]
    occasions = [
        Occasion(
            name=f"round-{index:04}",
            day=BEGIN + dt.timedelta(index),
            by=steps[index % len(steps)][0],
            entries={("action", one): Entry(**steps[index % len(steps)][1]) for one in made},
        )
        for index in range(rounds)
    ]
    changed.judge(*occasions)  # what is worked out once, is
    with cProfile.Profile() as profile:
        snapshot = changed.judge(*occasions)
        for action in made.values():
            snapshot.status(action)
    return sum(entry.callcount for entry in profile.getstats())


@pytest.mark.parametrize("twice", [{"actions": 80}, {"rounds": 80}])
def test_twice_the_work_takes_twice_the_calls(northmere, twice):
    """
    Judging takes as much more as there is more to judge: records, or what happened to them.
    """
    size = {"actions": 40, "rounds": 40}

    assert 2.1 * calls_for(northmere, **size) >= calls_for(northmere, **{**size, **twice})
