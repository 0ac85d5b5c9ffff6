import datetime as dt

import attrs
import pytest

import peerkit
from peerkit import Action, Audience, Configuration, Finding, Party, Plan, Review, Theme, verbs
from peerkit.config import Organisation
from peerkit.errors import Address, Place, Problem, ProblemsError, RefusedError, UnknownNameError
from peerkit.model import Absence, Evidence, TeamMember, parse_day
from peerkit.views import texts_of, view

ON = dt.date(2024, 1, 1)
CANARY = "Names of three children were left on a bus."


@pytest.fixture(name="records")
def _records():
    """
    One review with two themes, the plan that answers it, and who is named.
    """
    return (
        Party(id="head", name="Head of Libraries", is_a="post"),
        Review(
            id="libraries",
            title="Libraries",
            review_kind="peer review",
            visit=parse_day("20 to 21 January 2023"),
            cost=Absence("not applicable", "the peers came for nothing"),
            team=(TeamMember(name="Anne Other", role="lead"), TeamMember(count="Two")),
            illustrative=True,
        ),
        Theme(id="libraries/opening", title="Opening", review="libraries"),
        Theme(id="libraries/stock", title="Stock", review="libraries"),
        Finding(
            id="libraries/D1",
            text="Hours are short.",
            finding_kind="development",
            review="libraries",
            themes=("libraries/opening",),
        ),
        Finding(
            id="libraries/D2",
            text=CANARY,
            finding_kind="development",
            review="libraries",
            themes=("libraries/stock",),
        ),
        Plan(id="plan", title="Plan", answers=("libraries",), lead="head"),
        Action(
            id="plan/A1",
            do="Open later.",
            plan="plan",
            answers=("libraries/D1", "libraries/D2"),
            due=parse_day("July 2023"),
            more={"begun": parse_day("May 2023"), "mood": "calm"},
        ),
    )


@pytest.fixture(name="register")
def _register(records, offers):
    """
    A register made in Python.
    """
    return peerkit.make_register(records, name="northmere", offers=offers)


def changed(records, kind, **fields):
    """
    Return the records with *fields* of the first one of *kind* set.
    """
    first = next(one for one in records if one.kind == kind)
    return tuple(attrs.evolve(one, **fields) if one is first else one for one in records)


def test_a_register_is_made_of_plain_objects(register, records, offers):
    """
    It has every record by kind and id, no problem and no file.
    """
    assert [*records] == sorted(register, key=records.index)
    assert register.is_whole
    assert () == peerkit.check(
        peerkit.make_register(records[:1], offers=offers), on=ON, offers=offers
    )
    assert {*offers.record_kinds} == {*register.records}
    assert register.locate(Address("finding", "libraries/D1")) is None


def test_problems_of_a_register_made_in_python_have_no_place(register, offers):
    """
    They name the record by its address instead.
    """
    problems = peerkit.check(register, on=ON, offers=offers)

    expected = [(None, "action-without-owner"), (None, "illustrative-unsaid")]
    assert expected == [(one.place, one.code) for one in problems]
    assert Address("review", "libraries", "illustrative") == problems[1].address


def test_a_configuration_goes_with_it(records, offers):
    """
    What would be declared in peerkit.yaml is given as an object.
    """
    configuration = Configuration(organisation=Organisation(notices=("Illustrative",)))
    register = peerkit.make_register(records, configuration, offers=offers)
    problems = peerkit.check(register, on=ON, offers=offers)

    assert ["action-without-owner"] == [one.code for one in problems]
    assert "" == register.configuration.sections["crest"].motto


@pytest.mark.parametrize(
    ("kind", "field", "target", "expected"),
    [
        ("plan", "answers", "libraries", ["plan"]),
        ("action", "answers", "libraries/D2", ["plan/A1"]),
        ("finding", "review", "libraries", ["libraries/D1", "libraries/D2"]),
        ("finding", "themes", "libraries/stock", ["libraries/D2"]),
        ("plan", "lead", "head", ["plan"]),
        ("action", "owners", "head", []),
        ("action", "answers", "nothing", []),
    ],
)
def test_links_are_followed_backwards(register, kind, field, target, expected):
    """
    A link is typed at one end and found from the other.
    """
    assert expected == [record.id for record in register.linking(kind, field, target)]


@pytest.mark.parametrize(
    ("kind", "record_id", "mend"),
    [
        ("finding", "libraries/D3", "Did you mean “libraries/D"),
        ("finding", "zebra", "Look for its id"),
        ("tram", "t", "Look for its id"),
    ],
)
def test_a_record_that_is_not_there_is_told_with_the_nearest(register, kind, record_id, mend):
    """
    The error names the kind, the id and the register.
    """
    with pytest.raises(UnknownNameError, match=f"no {kind} “{record_id}” in northmere") as caught:
        register.get(kind, record_id)

    assert mend in caught.value.mend


def test_rows_are_plain(register, offers):
    """
    Groups are rows, days are words beside their bounds, what is absent says why.
    """
    snapshot = peerkit.judge(register, on=ON, offers=offers)
    (review,) = snapshot.rows("reviews")
    (action,) = snapshot.rows("actions")

    assert ("20 to 21 January 2023", "2023-01-20", "2023-01-21") == tuple(
        review[key] for key in ("visit", "visit_first", "visit_last")
    )
    assert ("", "", "") == tuple(review[f"published{end}"] for end in ("", "_first", "_last"))
    assert "not applicable: the peers came for nothing" == review["cost"]
    assert "peer review" == review["kind"]
    assert review["illustrative"] is True
    assert {"name": "Anne Other", "role": "lead"}.items() <= review["team"][0].items()
    assert ["libraries/D1", "libraries/D2"] == action["answers"]
    assert ("May 2023", "calm") == (action["begun"], action["mood"])
    assert [] == snapshot.rows("evidence")


def test_rows_of_an_unknown_plural_are_refused(register, offers):
    """
    The error lists what there is.
    """
    with pytest.raises(UnknownNameError, match="no “finding”") as caught:
        peerkit.judge(register, on=ON, offers=offers).rows("finding")

    assert "findings" in caught.value.mend


@pytest.fixture(name="broken")
def _broken(council):
    """
    A register of which a part could not be taken in.
    """
    return council.load({"a.yaml": "review: libraries\ntitle: Libraries\nkind: pear review\n"})


def test_a_register_with_faults_is_not_judged(broken, offers):
    """
    Nothing is made of a part as if it were the whole; the problems come with the error.
    """
    assert not broken.is_whole
    with pytest.raises(ProblemsError, match="could not be taken in whole") as caught:
        peerkit.judge(broken, on=ON, offers=offers)

    assert broken.problems == caught.value.problems


def test_judging_twice_gives_the_same(register, offers):
    """
    A snapshot depends on the register and the day alone.
    """
    first, second = (peerkit.judge(register, on=ON, offers=offers) for _ in "ab")

    assert first == second
    assert first.rows("reviews") == second.rows("reviews")
    assert first != peerkit.judge(register, on=dt.date(2024, 1, 2), offers=offers)


WITHHELD = [
    pytest.param("finding", {"libraries/D1"}, id="a finding alone"),
    pytest.param("theme", {"libraries/opening", "libraries/D1"}, id="a theme, so its findings"),
    pytest.param(
        "review",
        {"libraries", "libraries/opening", "libraries/stock", "libraries/D1", "libraries/D2"},
        id="a review, so all inside it",
    ),
    pytest.param("plan", {"plan", "plan/A1"}, id="a plan, so its actions"),
    pytest.param("party", {"head"}, id="a party alone"),
]


@pytest.mark.parametrize(("kind", "hidden"), WITHHELD)
def test_what_is_withheld_is_not_there(records, offers, kind, hidden):
    """
    Nor is anything that stands inside it; for those inside the council all is there.
    """
    register = peerkit.make_register(changed(records, kind, withheld="legal"), offers=offers)
    snapshot = peerkit.judge(register, on=ON, offers=offers)
    public, internal = view(snapshot, Audience.PUBLIC), view(snapshot, Audience.INTERNAL)

    assert hidden == {record.id for record in public.withheld()}
    assert [] == [*internal.withheld()]
    for record in register:
        shown = record.id not in hidden
        assert shown == (public.find(record.kind, record.id) is not None)
        assert shown == (record in public.of_kind(record.kind))
        assert internal.find(record.kind, record.id) == record
    assert ("libraries/D1" not in hidden) == any(
        public.linking("finding", "themes", "libraries/opening")
    )


def test_every_text_of_a_record_can_be_looked_for():
    """
    What must not leak is found in groups, lists, reasons and added fields too.
    """
    review = Review(
        id="r",
        title="A title",
        review_kind="k",
        withheld="A reason",
        cost=Absence("not applicable", "An absence"),
        context="A context",
        team=(TeamMember(name="A name"),),
        more={"extra": "An extra", "day": parse_day("July 2022"), "flag": True},
    )
    theme = Theme(id="r/t", title="A theme", review="r", questions=("One?", "Two?"))

    assert {"A title", "A reason", "An absence", "A context", "A name", "An extra"} <= {
        *texts_of(review)
    }
    assert {"One?", "Two?"} <= {*texts_of(theme)}
    assert "July 2022" not in {*texts_of(review)}


CONFIGURED = """\
peerkit: 1
organisation: {name: Northmere Borough Council}
review_kinds:
  peer review:
    findings:
      development: {one: area for development, many: areas for development}
papers:
  note: {heading: Note, PUBLIC}
  gossip: {heading: Gossip, public: {response: [accepted, partly accepted]}}
"""
FINDINGS = f"""\
review: libraries
title: Libraries
kind: peer review
development:
  D1: {{text: Hours are short., response: accepted}}
  D2: {{text: {CANARY}, withheld: It names children.}}
"""


@pytest.fixture(name="published")
def _published(council):
    """
    A register with one finding withheld, and papers that may be public.
    """
    public = CONFIGURED.replace("PUBLIC", "public: {response: accepted}")
    return council.judge({"peerkit.yaml": public, "a.yaml": FINDINGS})


def test_a_public_paper_does_not_show_what_is_withheld(published, offers):
    """
    A paper composed from the view cannot print it; the internal one does.
    """
    public = peerkit.render(
        published, "note", "libraries/D1", audience="public", offers=offers
    ).decode()
    internal = peerkit.render(published, "note", "libraries/D1", offers=offers).decode()

    assert "Hours are short." in public
    assert CANARY not in public
    assert CANARY in internal


def test_a_paper_that_leaks_is_not_made(published, offers):
    """
    A paper that reaches behind the view is caught, and the message repeats nothing.
    """
    with pytest.raises(RefusedError, match="withheld") as caught:
        peerkit.render(published, "gossip", "libraries/D1", audience="public", offers=offers)

    assert CANARY not in str(caught.value) + caught.value.mend
    assert peerkit.render(published, "gossip", "libraries/D1", offers=offers)


@pytest.mark.parametrize(
    ("withheld", "typed"),
    [
        ("The *only* child placed abroad", "the only child PLACED abroad"),
        ("Nothing else.\n\nThe only child placed abroad", "The only child placed abroad"),
    ],
    ids=["emphasis and capitals", "one of two paragraphs"],
)
def test_what_is_withheld_is_found_however_it_is_marked(council, offers, withheld, typed):
    """
    What a reader would find is looked for, not the marks it was typed with.
    """
    findings = FINDINGS.replace("Hours are short.", f'"{typed}"')
    findings = findings.replace(CANARY, '"' + withheld.replace("\n", "\\n") + '"')
    public = CONFIGURED.replace("PUBLIC", "public: {response: accepted}")
    snapshot = council.judge({"peerkit.yaml": public, "a.yaml": findings})

    with pytest.raises(RefusedError, match="withheld"):
        peerkit.render(snapshot, "note", "libraries/D1", audience="public", offers=offers)


def test_a_paper_about_what_is_withheld_is_not_made_for_the_public(council, offers):
    """
    Neither if the gate would let it pass.
    """
    files = {
        "peerkit.yaml": CONFIGURED.replace("PUBLIC", "public: {response: not stated}"),
        "a.yaml": FINDINGS,
    }

    with pytest.raises(RefusedError, match="withheld"):
        peerkit.render(
            council.judge(files), "note", "libraries/D2", audience="public", offers=offers
        )


GATES = [
    pytest.param("", "No rule says when note may be made for the public", id="no rule"),
    pytest.param("public: {}", "No rule says", id="an empty rule"),
    pytest.param(
        "public: {response: not accepted}",
        "“response” is “accepted” and must be not accepted",
        id="a rule that does not fit",
    ),
    pytest.param(
        "public: {response: accepted, illustrative: [yes, no]}",
        "“illustrative” is “not stated” and must be yes or no",
        id="not stated is not allowed",
    ),
]


@pytest.mark.parametrize(("rule", "message"), GATES)
def test_nothing_is_public_unless_a_rule_says_so(council, offers, rule, message):
    """
    What nobody stated is refused, with the place where it would be stated.
    """
    configured = CONFIGURED.replace("PUBLIC", rule).replace(", }", "}")
    snapshot = council.judge({"peerkit.yaml": configured, "a.yaml": FINDINGS})

    with pytest.raises(RefusedError, match=message) as caught:
        peerkit.render(snapshot, "note", "libraries/D1", audience="public", offers=offers)

    assert "papers, note, public" in caught.value.message + caught.value.mend


def test_problems_are_sorted_by_place(register):
    """
    A problem with an address gets its place; those without one come first.
    """
    kind = peerkit.gather().problem_kinds["dangling-link"]
    places = {"a": Place("b.yaml", 2, 1), "b": Place("a.yaml", 9, 1)}
    located = attrs.evolve(
        register,
        locate=lambda address: (places[address.id], "text") if address.id in places else None,
    ).located(
        Problem(kind=kind, message=name, address=Address("plan", name)) for name in ("a", "b", "c")
    )

    assert ["c", "b", "a"] == [problem.message for problem in located]
    assert ["", "text", "text"] == [problem.excerpt for problem in located]


@pytest.mark.parametrize(
    "field", ["do", "do/x", "more/²/1", "answers/7", "answers/0", "", "/", "x/y/z"]
)
def test_an_address_always_has_a_place(council, field):
    """
    Where a field is not written, the record itself is the place.
    """
    register = council.load(
        {"p.yaml": "plan: plan\ntitle: Plan\nactions:\n  A1: {do: x, answers: []}\n"}
    )

    place, excerpt = register.locate(Address("action", "plan/A1", field))
    assert ("p.yaml", 4) == (place.file, place.line)
    assert excerpt
    assert register.locate(Address("action", "plan/A2", field)) is None
    assert register.locate(Address("configuration", f"papers/{field}"))[0].file == "peerkit.yaml"


def test_evidence_is_held_by_its_review(offers):
    """
    What a review rests on is withheld with it.
    """
    review = Review(id="r", title="R", review_kind="k", withheld="legal")
    evidence = Evidence(id="r/E1", title="Interviews", review="r")
    register = peerkit.make_register([review, evidence], offers=offers)
    public = view(peerkit.judge(register, on=ON, offers=offers), Audience.PUBLIC)

    assert () == public.of_kind("evidence")


@pytest.mark.parametrize("on", [None, dt.date(2024, 3, 1)], ids=["no day", "a day asked for"])
def test_a_paper_without_a_day_is_the_same_tomorrow(council, offers, on):
    """
    What day it is today stands in no paper.
    """
    register = council.load(
        {"peerkit.yaml": CONFIGURED.replace(", PUBLIC", ""), "a.yaml": FINDINGS}
    )
    job = verbs.Job(paper="note", subject="libraries/D1")
    today, tomorrow = (
        [
            *verbs.render_job(
                register, job, ["json"], today=dt.date(2024, 1, day), on=on, offers=offers
            )
        ]
        for day in (1, 2)
    )

    assert today == tomorrow
    assert [on] == [one.on for one in today]
