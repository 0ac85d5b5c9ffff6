"""
Call-in when things happen: what begins, stops and settles it, and what nobody can tell.
"""

import datetime as dt
import shutil
from pathlib import Path

import pytest

import peerkit
from peerkit.document import plain_text

REGISTER = Path(__file__).parent / "councils" / "register"
SETTINGS, BODIES, RESOLUTIONS = "peerkit.yaml", "bodies.yaml", "resolutions.yaml"
MEETING, REPORT = "meetings/cabinet.yaml", "reports/libraries.yaml"
SCHEME = 'call_in: {count: 5 working days after, until: 5 pm, source: "Constitution, part 4"}\n'
PUBLISHED = "    published: 2025-05-02\n"
REGIME = "    regime: executive\n"


@pytest.fixture
def northmere(tmp_path):
    """
    The register of the invented borough; its report has an id that no resolution has.
    """
    folder = Path(shutil.copytree(REGISTER, tmp_path / "northmere"))
    for file in (REPORT, MEETING):
        change(folder, file, "report: libraries\n", "report: peer-review\n")
    return folder


def change(folder, file, old, new):
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    path.write_text(text.replace(old, new), encoding="utf-8")


def happen(folder, moves):
    (folder / "history").mkdir()
    for day, entry in moves.items():
        (folder / "history" / f"{day}.yaml").write_text(
            f"day: {day}\nby: leader\nrecords:\n  libraries: {{{entry}}}\n", encoding="utf-8"
        )


def judged(folder, on):
    return peerkit.judge(peerkit.load(folder), on=dt.date.fromisoformat(on))


def facts(folder, on, record="libraries"):
    snapshot = judged(folder, on)
    found = snapshot.register.get("resolution", record)
    return (snapshot.ask(found, "call-in"), snapshot.ask(found, "effective"))


def lines(folder, on="2025-05-05", record="libraries"):
    """
    Return what the record of the decision says of call-in and of effect.
    """
    document = peerkit.compose(judged(folder, on), "decision-record", record)
    said = {one.key: plain_text(one.value) for one in document.front[0].fields}
    return said["call_in"], said["effective"]


def deadlines(folder, on):
    return {one.rule: one for one in peerkit.deadlines_of(judged(folder, on))}


def codes(folder, on="2025-05-05"):
    return [one.code for one in peerkit.check(peerkit.load(folder), on=dt.date.fromisoformat(on))]


# when it begins


@pytest.mark.parametrize(
    ("on", "call_in", "status"),
    [
        ("2025-04-20", "not open", "Made"),
        ("2025-05-01", "not open", "Made"),
        ("2025-05-02", "running", "Callable"),
        ("2025-05-12", "running", "Callable"),
        ("2025-05-13", "over", "Effective"),
    ],
    ids=["before the meeting", "at the meeting", "when published", "the last day", "after it"],
)
def test_nothing_is_open_to_call_in_before_it_is_published(northmere, on, call_in, status):
    """
    Days are counted from publication, and before that nobody can call the decision in.
    """
    snapshot = judged(northmere, on)

    assert call_in == facts(northmere, on)[0]
    assert status == snapshot.status(snapshot.register.get("resolution", "libraries"))


def test_counted_from_the_meeting_it_begins_there(northmere):
    """
    Under a scheme that counts from the meeting, it is open from that day on.
    """
    change(northmere, SETTINGS, "count: 5", "counted_from: meeting, count: 5")

    assert ["not open", "running", "running", "over"] == [
        facts(northmere, on)[0] for on in ("2025-04-30", "2025-05-01", "2025-05-09", "2025-05-10")
    ]


# what happens to it

CALLED_IN = {"2025-05-06": "to: called in, reason: No options were looked at."}
BACK = {**CALLED_IN, "2025-05-15": "to: referred back, reason: It asks again."}
COUNCIL = {**CALLED_IN, "2025-05-15": "to: referred to council, reason: It is against the budget."}


@pytest.mark.parametrize(
    ("moves", "on", "expected", "effect"),
    [
        (CALLED_IN, "2025-05-20", ("called in", "no"), "Not stated"),
        ({**CALLED_IN, "2025-05-08": "to: released"}, "2025-05-09", ("over", "yes"), "8 May 2025"),
        (BACK, "2025-05-20", ("called in", "no"), "Not stated"),
        ({**BACK, "2025-06-03": "to: confirmed"}, "2025-06-03", ("over", "yes"), "3 June 2025"),
        (
            {**BACK, "2025-06-03": "to: confirmed", "2025-06-05": "to: implemented"},
            *("2025-06-05", ("over", "yes"), "3 June 2025"),
        ),
        (
            {**BACK, "2025-06-03": "to: amended, reason: Other words."},
            *("2025-07-01", ("over", "no"), "Not stated"),
        ),
        (COUNCIL, "2025-05-20", ("called in", "no"), "Not stated"),
        ({**COUNCIL, "2025-06-03": "to: confirmed"}, "2025-06-03", ("over", "yes"), "3 June 2025"),
        (
            {"2025-05-06": "to: rescinded, reason: It rested on an error."},
            *("2025-07-01", ("over", "no"), "Not stated"),
        ),
        (
            {"2025-06-06": "to: rescinded, reason: It rested on an error."},
            *("2025-07-01", ("over", "yes"), "13 May 2025"),
        ),
    ],
    ids=[
        *("called in", "released within the period", "referred back", "confirmed"),
        *("confirmed and implemented", "amended", "at the council", "confirmed by the council"),
        *("rescinded before it had effect", "rescinded later"),
    ],
)
def test_a_call_in_that_is_settled_is_settled(northmere, moves, on, expected, effect):
    """
    While it is called in it has no effect; released or confirmed it has from that day on and is
    not open again; amended, or taken back before, it never has.
    """
    happen(northmere, moves)

    assert () == judged(northmere, on).refusals
    assert expected == facts(northmere, on)
    assert effect == lines(northmere, on)[1]


@pytest.mark.parametrize(
    ("moves", "refused"),
    [
        ({"2025-05-01": "to: called in, reason: Early."}, "No move leads from “made”"),
        ({"2025-05-13": "to: called in, reason: Late."}, "it is over"),
        ({"2025-05-06": "to: called in"}, "reason"),
        ({"2025-05-06": "to: released"}, "No move leads from “published”"),
        ({"2025-05-06": "to: confirmed"}, "No move leads from “published”"),
        ({"2025-05-06": "to: implemented"}, "it is no"),
        (
            {**CALLED_IN, "2025-05-07": "to: called in, reason: Again."},
            "It is in the stage “called in” already.",
        ),
        (
            {**CALLED_IN, "2025-05-07": "to: released", "2025-05-08": "to: called in, reason: X."},
            "No move leads from “released”",
        ),
        ({**CALLED_IN, "2025-05-20": "to: implemented"}, "No move leads from “called in”"),
    ],
    ids=[
        *("before publication", "too late", "without a reason", "not called in", "nor confirmed"),
        *("implemented before it has effect", "twice", "after release", "while called in"),
    ],
)
def test_what_may_not_happen_is_refused(northmere, moves, refused):
    """
    A call-in needs a published decision, its time and its reason, and nothing has effect first.
    """
    happen(northmere, moves)

    (refusal,) = judged(northmere, "2025-06-30").refusals
    assert refused in f"{refusal.message} {refusal.mend}"


@pytest.mark.parametrize(
    ("change_to", "why"),
    [
        ("    not_callable: It was declared urgent.\n", "it is not open"),
        ("    recommends_to: council\n", "it is not open"),
        ("    published: May 2025\n", "it is not known"),
    ],
    ids=["urgent", "a recommendation", "an inexact day"],
)
def test_what_is_not_open_is_not_called_in(northmere, change_to, why):
    """
    History cannot hold a call-in of what is not open to it, or of which nobody can tell.
    """
    change(northmere, RESOLUTIONS, PUBLISHED, change_to)
    happen(
        northmere,
        {
            "2025-05-03": "to: published",
            "2025-06-06": "to: called in, reason: No options were looked at.",
        },
    )

    assert why in " ".join(one.message for one in judged(northmere, "2025-06-30").refusals)


def test_a_calendar_tells_no_end_of_a_call_in_that_was_used(northmere):
    """
    Once it is called in there is no last day for that, nor a day of effect; when it is settled
    there is nothing left to wait for.
    """
    happen(northmere, {**CALLED_IN, "2025-05-20": "to: released"})

    assert {"call_in", "effective"} == {*deadlines(northmere, "2025-05-05")}
    assert set() == {*deadlines(northmere, "2025-05-07")}
    assert dt.date(2025, 5, 20) == deadlines(northmere, "2025-05-20")["effective"].day
    assert set() == {*deadlines(northmere, "2025-05-21")}


# which scheme


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ("{count: 3 working days after}", "Yes, until 8 May 2025"),
        ("{count: 5 clear working days after, until: noon}", "Yes, until 13 May 2025, noon"),
        ("{count: '4 pm, 5 working days after'}", "Yes, until 12 May 2025, 4 pm"),
        ("{count: 5 working days after, counted_from: meeting}", "Yes, until 9 May 2025"),
        ("{scheme: none}", "No: the council has no call-in"),
        ("{count: 3 working days after, from: 2025-05-02}", "Yes, until 12 May 2025, 5 pm"),
    ],
    ids=["shorter", "B", "its own time", "from the meeting", "none", "not begun, the council's"],
)
def test_a_body_has_its_own_scheme(northmere, own, expected):
    """
    The scheme of the body that decided comes before the council's, from its day on.
    """
    change(northmere, BODIES, REGIME, f"{REGIME}    call_in: {own}\n")

    assert expected == lines(northmere)[0]


SPAN = "day: May 2025\ntime: 6.30 pm"


@pytest.mark.parametrize(
    ("layer", "expected"),
    [
        ("{call_in: {count: 10 working days after}}", ("not known", "not known")),
        ("{call_in: {members: any six}}", ("running", "no")),
        ("{organisation: {name: Northmere}}", ("running", "no")),
    ],
    ids=["another count", "other members", "no other scheme"],
)
def test_a_day_that_is_not_exact_chooses_no_scheme(northmere, layer, expected):
    """
    Decided some day in May, while the scheme changed on the 15th: nobody can tell which applies.
    """
    change(northmere, MEETING, "time: 6.30 pm", SPAN)
    change(northmere, RESOLUTIONS, "2025-05-02", "2025-05-29")
    path = northmere / SETTINGS
    path.write_text(f"{path.read_text(encoding='utf-8')}from:\n  2025-05-15: {layer}\n", "utf-8")

    assert expected == facts(northmere, "2025-05-30")
    missing = {one for rule in deadlines(northmere, "2025-05-30").values() for one in rule.missing}
    assert missing == ({"the exact day of the decision"} if "not known" in expected else set())


def test_closures_are_those_of_the_day(northmere):
    """
    What is declared as closed later does not move the end of a call-in that was counted before.
    """
    path = northmere / SETTINGS
    path.write_text(
        path.read_text(encoding="utf-8") + "working_days: {closures: {8 May 2025: Election}}\n"
        "from:\n  2025-05-13: {working_days: {closures: {8 May 2025: , 9 June 2025: Fair}}}\n",
        encoding="utf-8",
    )

    assert ["running", "running", "over"] == [
        facts(northmere, on)[0] for on in ("2025-05-12", "2025-05-13", "2025-05-14")
    ]


@pytest.mark.parametrize(
    "count", ["5 working days BEFORE", "5 days before", "soon", "5", "-1 days"]
)
@pytest.mark.parametrize("where", ["council", "body"])
def test_a_scheme_that_cannot_be_counted_is_told(northmere, where, count):
    """
    A call-in lies behind the day it is counted from; a problem says where one does not.
    """
    if where == "council":
        change(northmere, SETTINGS, "count: 5 working days after", f"count: {count}")
    else:
        change(northmere, BODIES, REGIME, f"{REGIME}    call_in: {{count: {count}}}\n")

    assert ["bad-deadline"] == codes(northmere)


@pytest.mark.parametrize("count", ["9999 years after", "9999 months after"])
def test_an_absurd_scheme_is_not_known(northmere, count):
    """
    Where no calendar has the day, the record says that it is not known.
    """
    change(northmere, SETTINGS, "count: 5 working days after", f"count: {count}")
    change(northmere, RESOLUTIONS, "2025-05-02", "9500-05-02")

    assert [] == codes(northmere)
    assert "not known" == facts(northmere, "9500-05-05")[0]
    assert lines(northmere, "9500-05-05")[0].startswith("Until when is not known")


# what is stated or assumed


@pytest.mark.parametrize(
    ("scheme", "resolution", "expected"),
    [
        (SCHEME, PUBLISHED, ("Yes, until 12 May 2025, 5 pm", "13 May 2025")),
        (
            *(SCHEME, f"{PUBLISHED}    assumed: [published]\n"),
            ("Yes, until 12 May 2025, 5 pm (assumed)", "13 May 2025 (assumed)"),
        ),
        (
            *(SCHEME.replace("{count", "{assumed: yes, count"), PUBLISHED),
            ("Yes, until 12 May 2025, 5 pm (assumed)", "13 May 2025 (assumed)"),
        ),
        (
            *(SCHEME.replace("{count", "{assumed: yes, count"), f"{PUBLISHED}    effective: 2025-05-20\n"),
            ("Yes, until 12 May 2025, 5 pm (assumed)", "20 May 2025"),
        ),
        (
            *(SCHEME, f"{PUBLISHED}    effective: 2025-05-20\n    assumed: [effective]\n"),
            ("Yes, until 12 May 2025, 5 pm", "20 May 2025 (assumed)"),
        ),
        (
            *(SCHEME, f"{PUBLISHED}    not_callable: It *cannot* wait.\n    assumed: [published]\n"),
            ("No: It cannot wait.", "2 May 2025 (assumed)"),
        ),
        (
            *(SCHEME.replace("{count", "{counted_from: meeting, count"), PUBLISHED),
            ("Yes, until 9 May 2025, 5 pm (assumed)", "10 May 2025 (assumed)"),
        ),
        (
            *(SCHEME.replace("{count", "{counted_from: meeting, count"),
              f"{PUBLISHED}    day: 2025-05-01\n"),
            ("Yes, until 9 May 2025, 5 pm", "10 May 2025"),
        ),
    ],
    ids=[
        *("nothing assumed", "publication", "scheme", "scheme, but effect is stated"),
        *("effect", "urgent", "day of the meeting", "day stated by the resolution"),
    ],
)  # fmt: skip
def test_what_is_assumed_is_marked_where_it_is_used(northmere, scheme, resolution, expected):
    """
    The end of call-in and the day of effect are marked by what each rests on, and no more.
    """
    change(northmere, SETTINGS, SCHEME, scheme)
    change(northmere, RESOLUTIONS, PUBLISHED, resolution)
    change(northmere, MEETING, "time: 6.30 pm", "assumed: [day]\ntime: 6.30 pm")

    assert expected == lines(northmere)
    said = {rule: one.assumed for rule, one in deadlines(northmere, "2025-05-05").items()}
    marked = {rule for rule, assumed in said.items() if assumed}
    wanted = {"call_in": expected[0], "effective": expected[1]}
    open_ = {rule for rule, text in wanted.items() if "(assumed)" in text and rule in said}
    assert open_ == marked


def test_an_inexact_day_of_effect_is_no_day(northmere):
    """
    Of a decision that took effect some day in May nobody can say by the calendar when.
    """
    change(northmere, RESOLUTIONS, PUBLISHED, f"{PUBLISHED}    effective: May 2025\n")

    found = deadlines(northmere, "2025-05-20")["effective"]
    assert (None, ("the exact day on which it takes effect",)) == (found.day, found.missing)
    assert ["no", "not known", "yes"] == [
        facts(northmere, on)[1] for on in ("2025-04-30", "2025-05-20", "2025-05-31")
    ]


def test_a_decision_without_a_day_is_not_known(northmere):
    """
    Which scheme applies to a decision that has no day is said to be unknown, not chosen by
    the day one looks.
    """
    for file in (MEETING, RESOLUTIONS, REPORT):
        text = (northmere / file).read_text(encoding="utf-8")
        text = text.replace("cabinet/2025-05-01", "cabinet/first")
        (northmere / file).write_text(text, encoding="utf-8")

    assert ("not known", "not known") == facts(northmere, "2025-06-30")
    assert ("the day of the decision",) == deadlines(northmere, "2025-06-30")["effective"].missing


@pytest.mark.parametrize(
    ("maker", "expected"),
    [("leader", "Leader of the Council"), ("head-of-libraries", "Head of Libraries")],
    ids=["a member", "an officer"],
)
def test_one_who_decides_alone_is_called_in_alike(northmere, maker, expected):
    """
    What a member or an officer decided is under the council's scheme, and says who decided.
    """
    path = northmere / RESOLUTIONS
    path.write_text(
        path.read_text(encoding="utf-8") + f"  alone:\n    decided_by: {maker}\n"
        "    day: 2025-05-06\n    published: 2025-05-07\n    text: That it be done.\n"
        "    reasons: It is needed.\n    options: There were none.\n",
        encoding="utf-8",
    )

    assert [] == codes(northmere)
    assert ("Yes, until 14 May 2025, 5 pm", "15 May 2025") == lines(
        northmere, "2025-05-08", record="alone"
    )
    document = peerkit.compose(judged(northmere, "2025-05-08"), "decision-record", "alone")
    assert expected == plain_text(document.front[0].fields[0].value)


def test_the_public_learns_no_withheld_body_from_its_scheme(northmere):
    """
    A body that is withheld is not named where its scheme is missing.
    """
    path = northmere / BODIES
    path.write_text(
        path.read_text(encoding="utf-8")
        + "  golden-heron: {name: Golden Heron Board, regime: executive, withheld: exempt}\n",
        encoding="utf-8",
    )
    change(northmere, SETTINGS, SCHEME, "papers: {decision-record: {public: {gives: decision}}}\n")
    change(northmere, RESOLUTIONS, "resolutions:\n", "resolutions:\n  hidden:\n"
        "    body: golden-heron\n    day: 2025-05-01\n    text: That it be done.\n")  # fmt: skip

    assert "Golden Heron Board" in lines(northmere, record="hidden")[0]
    snapshot = judged(northmere, "2025-05-05")
    public = peerkit.render(snapshot, "decision-record", "hidden", audience="public").decode()
    assert "| Decision made by | Not for publication |" in public
    assert "Golden Heron" not in public
