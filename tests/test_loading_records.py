import time

import attrs
import pytest

from peerkit import fields as f
from peerkit.errors import Severity
from peerkit.files.tree import Mapping, Sequence
from peerkit.loading.converter import hook_for
from peerkit.loading.values import Unfit
from peerkit.model import Absence, FieldKind, FieldSpec, Pair, TeamMember, parse_day

REVIEW = """\
review: libraries
title: Libraries
kind: peer review
"""
PLAN = """\
plan: plan
title: Plan
answers: libraries
"""
PARTIES = """\
parties:
  head: {is: post, name: Head of Libraries, held_by: anne}
  anne: {is: person, name: Anne Other}
"""

# One form nested and short, one flat and written out; both say the same.
SAME = [
    pytest.param(
        {"a.yaml": REVIEW},
        {"a.yaml": "reviews:\n  libraries: {title: Libraries, kind: peer review}\n"},
        id="a file for one, a file for several",
    ),
    pytest.param(
        {"a.yaml": REVIEW},
        {"a.yaml": "title: Libraries\nreview: libraries\nkind: peer review\n"},
        id="the id not in the first line",
    ),
    pytest.param(
        {"a.yaml": REVIEW + "themes: {opening: Opening hours}\n"},
        {"a.yaml": REVIEW, "b.yaml": "themes: {libraries/opening: {title: Opening hours}}\n"},
        id="theme",
    ),
    pytest.param(
        {"a.yaml": REVIEW + "development: {D1: Hours are short.}\n"},
        {
            "a.yaml": REVIEW,
            "b.yaml": "findings:\n  libraries/D1: {kind: development, text: Hours are short.}\n",
        },
        id="finding of a review",
    ),
    pytest.param(
        {
            "a.yaml": REVIEW
            + "themes:\n  t: {title: T, strengths: {S1: {text: Good., ref: 1.10}}}\n"
        },
        {
            "a.yaml": REVIEW + "themes: {t: T}\n",
            "b.yaml": "finding: libraries/S1\nkind: strengths\ntext: Good.\nref: 1.10\nthemes: t\n",
        },
        id="finding of a theme",
    ),
    pytest.param(
        {"a.yaml": REVIEW + "evidence: {E1: Survey}\nstrengths: {S1: {text: x, evidence: E1}}\n"},
        {
            "a.yaml": REVIEW,
            "b.yaml": "evidence: {libraries/E1: {title: Survey}}\n",
            "c.yaml": "findings:\n  libraries/S1:\n    kind: strengths\n    text: x\n"
            "    evidence:\n      - libraries/E1\n",
        },
        id="evidence",
    ),
    pytest.param(
        {"p.yaml": "plan: p\ntitle: P\nactions: {A1: Open later}\n"},
        {"p.yaml": "plans: {p: {title: P}}\n", "q.yaml": "action: p/A1\ndo: Open later\n"},
        id="action",
    ),
    pytest.param(
        {"p.yaml": PARTIES},
        {
            "a.yaml": "party: head\nis: post\nname: Head of Libraries\nheld_by: anne\n",
            "b.yaml": "party: anne\nis: Person\nname: Anne Other\n",
        },
        id="party",
    ),
]


@pytest.mark.parametrize(("nested", "flat"), SAME)
def test_nested_and_flat_files_say_the_same(council, offers, tmp_path, nested, flat):
    """
    Where a record is written makes no difference to what it is.
    """
    other = attrs.evolve(council, folder=tmp_path / "other", offers=offers)
    other.write({"peerkit.yaml": (council.folder / "peerkit.yaml").read_text()})
    first, second = council.load(nested), other.load(flat)

    assert ((), ()) == (first.problems, second.problems)
    assert first.records == second.records
    assert any(first.records.values())


def test_records_keep_the_order_of_their_file(council):
    """
    Findings come as they are written, whatever their ids.
    """
    register = council.load(
        {"a.yaml": REVIEW + "strengths: {S9: a, S1: b}\ndevelopment: {D1: c, C3: d}\n"}
    )

    assert ["S9", "S1", "D1", "C3"] == [one.local_id for one in register.of_kind("finding")]


VALUES = [
    ("title: No", "title", "No"),
    ("title: 1.10", "title", "1.10"),
    ("title: '012'", "title", "012"),
    ("cost: 1:30", "cost", "1:30"),
    ("cost: £2,500", "cost", "£2,500"),
    ("cost: none", "cost", Absence("none")),
    ("cost: None", "cost", Absence("none")),
    ("cost: {not applicable: it was free}", "cost", Absence("not applicable", "it was free")),
    ("cost:", "cost", ""),
    ("visit: 21 to 22 September 2021", "visit", parse_day("21 to 22 September 2021")),
    ("visit: ~", "visit", None),
    ("illustrative: Yes", "illustrative", True),
    ("illustrative: false", "illustrative", False),
    ("illustrative:", "illustrative", None),
    ("host: HEAD", "host", "head"),
    ("earlier: older", "earlier", ("older",)),
    ("earlier: [older, Older]", "earlier", ("older", "older")),
    ("team: [{name: A. Other, role: Lead}]", "team", (TeamMember(name="A. Other", role="lead"),)),
    (
        "team: [{name: , post: peers, count: Four}]",
        "team",
        (TeamMember(post="peers", count="Four"),),
    ),
    ("context: |\n  One.\n\n  Two.", "context", "One.\n\nTwo.\n"),
]


@pytest.mark.parametrize(("line", "name", "expected"), VALUES, ids=[row[0] for row in VALUES])
def test_a_value_is_read_as_its_field_means_it(council, line, name, expected):
    """
    Nothing is guessed from how a value looks; its field alone says what it is.
    """
    title = "" if line.startswith("title") else "title: Libraries\n"
    files = {
        "a.yaml": f"review: libraries\nkind: peer review\n{title}{line}\n",
        "b.yaml": "reviews: {older: {title: Older, kind: peer review}}\n",
        "parties.yaml": PARTIES,
    }
    register = council.load(files)

    assert () == register.problems
    assert expected == getattr(register.get("review", "libraries"), name)


# A ‹ stands where a problem is expected; it is not written.
IDS = [
    pytest.param(
        "‹review: lib raries\nkind: peer review\ntitle: x\n",
        ["bad-id"],
        "Write “lib-raries”.",
        id="a space",
    ),
    pytest.param(
        "‹review: .hidden\nkind: peer review\ntitle: x\n",
        ["bad-id"],
        "Write “hidden”.",
        id="a dot first",
    ),
    pytest.param(
        "‹review: a/b\nkind: peer review\ntitle: x\n",
        ["bad-id"],
        "it belongs inside no other record",
        id="a slash",
    ),
    pytest.param("‹review:\nkind: peer review\n", ["bad-id"], "", id="nothing"),
    pytest.param("‹review: [a]\nkind: peer review\n", ["bad-id"], "", id="a list"),
    pytest.param("‹review: ''\nkind: peer review\n", ["bad-id"], "", id="an empty text"),
    pytest.param(
        REVIEW + "strengths:\n  ‹libraries/S1: x\n", ["bad-id"], "it needs no slash", id="nested"
    ),
    pytest.param("findings:\n  ‹a/b/c: {text: x, kind: y}\n", ["bad-id"], "", id="too deep"),
    pytest.param(
        "actions:\n  ‹A1: Open later\n", ["no-scope"], "or as PLAN/A1", id="without its scope"
    ),
    pytest.param(
        "‹finding: D1\nkind: strengths\ntext: x\n", ["no-scope"], "REVIEW/D1", id="one alone"
    ),
]


@pytest.mark.parametrize(("text", "codes", "mend"), IDS)
def test_an_id_must_be_one_that_can_be_cited(council, text, codes, mend):
    """
    An id that cannot be cited is found where it is written, with one that could.
    """
    assert codes == council.codes({"a.yaml": text})
    assert mend in council.problems()[0].advice


@pytest.mark.parametrize(
    ("first", "second"),
    [("libraries", "libraries"), ("libraries", "Libraries"), ("straße", "STRASSE")],
)
def test_two_records_of_one_id_name_both_places(council, first, second):
    """
    Capital letters make no difference; the message says where the other one stands.
    """
    files = {
        "a.yaml": f"review: {first}\ntitle: A\nkind: peer review\n",
        "b.yaml": f"reviews:\n  ‹{second}: {{title: B, kind: peer review}}\n",
    }

    assert ["duplicate-id"] == council.codes(files)
    assert "a.yaml:1:1" in council.problems()[0].message


def test_an_id_is_unique_inside_its_review_alone(council):
    """
    Two reviews may both have a D1.
    """
    files = {
        "a.yaml": REVIEW + "development: {D1: a}\n",
        "b.yaml": REVIEW.replace("libraries", "museum") + "development: {D1: b}\n",
    }

    assert [] == council.codes(files)
    assert {"libraries/D1", "museum/D1"} == {*council.load().records["finding"]}


def test_what_its_place_says_is_not_typed(council):
    """
    A link that the place of a record gives already is written nowhere else.
    """
    text = REVIEW + (
        "‹id: other\nthemes:\n  t:\n    title: T\n    ‹review: libraries\n    strengths:\n"
        "      S1: {text: x, ‹kind: development, ‹themes: t}\n"
    )

    assert ["typed-twice"] * 4 == council.codes({"a.yaml": text})


ACTION = PLAN + "actions:\n  A1:\n    do: Open later\n    "
LINKS = [
    pytest.param("answers: D1", [], "", id="short, opened by the plan"),
    pytest.param("answers: [d1, libraries/D1]", [], "", id="short and whole"),
    pytest.param("owner: [head, ANNE]", [], "", id="capitals"),
    pytest.param("answers: ‹D11", ["dangling-link"], "Did you mean “D1”?", id="dangling, short"),
    pytest.param(
        "answers: [D1, ‹librarys/D1]",
        ["dangling-link"],
        "Did you mean “libraries/D1”?",
        id="dangling, whole",
    ),
    pytest.param("owner: ‹nobody", ["dangling-link"], "", id="nothing like it"),
    pytest.param("owner: ‹libraries", ["wrong-link"], "", id="a review for a party"),
    pytest.param("answers: ‹t", ["wrong-link"], "", id="a theme for a finding"),
    pytest.param("answers: ‹S1", ["unclear-link"], "", id="in both reviews"),
    pytest.param("answers: museum/S1", [], "", id="in both, written whole"),
    pytest.param("owner: ‹''", ["dangling-link"], "", id="an empty text"),
]


@pytest.mark.parametrize(("line", "codes", "mend"), LINKS)
def test_links_lead_somewhere(council, line, codes, mend):
    """
    A short id is enough where it is clear; where it is not, the place is told.
    """
    files = {
        "a.yaml": REVIEW + "themes: {t: T}\nstrengths: {S1: x}\ndevelopment: {D1: y}\n",
        "b.yaml": REVIEW.replace("libraries", "museum") + "strengths: {S1: x}\n",
        "p.yaml": ACTION.replace("answers: libraries", "answers: [libraries, museum]") + line,
        "parties.yaml": PARTIES,
    }

    assert codes == council.codes(files)
    assert all(one.severity is Severity.ERROR for one in council.problems())
    assert all(mend in one.mend for one in council.problems())


def test_thousands_of_links_that_lead_nowhere_take_no_time(council):
    """
    Only the first are compared with every id there is; all are told.
    """
    findings = "".join(f"  S{number}: x\n" for number in range(1_500))
    actions = "".join(f"  A{number}: {{do: x, answers: S{number}x}}\n" for number in range(1_500))
    files = {
        "a.yaml": f"{REVIEW}strengths:\n{findings}",
        "p.yaml": f"{PLAN}actions:\n{actions}",
    }
    council.write(files)
    started = time.perf_counter()
    problems = council.problems()

    assert 1_500 == len(problems)
    assert "Did you mean" in problems[0].mend
    assert 5 > time.perf_counter() - started


def test_links_hold_whole_ids(council):
    """
    However a link is written, it holds the id as the record has it.
    """
    register = council.load(
        {
            "a.yaml": REVIEW + "development: {D1: y}\n",
            "p.yaml": ACTION + "answers: d1\n    owner: Head",
            "parties.yaml": PARTIES,
        }
    )
    action = register.get("action", "plan/A1")

    assert (("libraries/D1",), ("head",)) == (action.answers, action.owners)


def test_the_nearest_record_is_meant_first(council):
    """
    An id inside the same review comes before one opened or elsewhere.
    """
    register = council.load(
        {
            "a.yaml": REVIEW + "evidence: {E1: Here}\nstrengths: {S1: {text: x, evidence: E1}}\n",
            "b.yaml": REVIEW.replace("libraries", "museum") + "evidence: {E1: There}\n",
        }
    )

    assert ("libraries/E1",) == register.get("finding", "libraries/S1").evidence


BROKEN = {
    "a missing field": REVIEW.replace("title: Libraries\n", ""),
    "an unknown kind of review": REVIEW.replace("peer review", "pear review"),
    "no kind of review": REVIEW.replace("kind: peer review\n", ""),
    "a list for a kind of review": REVIEW.replace("peer review", "[peer, review]"),
    "a bad id": REVIEW.replace("libraries", "libraries!"),
    "a head misspelt": REVIEW.replace("review: libraries", "reviw: libraries"),
    "a head missing": REVIEW.replace("review: libraries\n", ""),
    "a file that cannot be parsed": "cost: a: b\n" + REVIEW,
    "a control character": REVIEW + "cost: a\x07b\n",
    "a list of themes": REVIEW + "themes:\n  - title: T\n",
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_links_to_what_is_broken_are_no_second_problem(council, text):
    """
    One thing wrong is one problem, however many records lead to the broken one.
    """
    files = {
        "a.yaml": text + "development:\n  D1: Hours are short.\n",
        "p.yaml": ACTION + "answers: [D1, libraries/D1]",
    }

    assert 1 == len(council.problems(files)), council.problems()


def test_links_into_a_file_that_is_no_text_are_no_second_problem(council):
    """
    While a file cannot be read at all, nobody knows what is in it.
    """
    files = {"a.yaml": (REVIEW + "cost: £3\n").encode("cp1252"), "p.yaml": ACTION + "answers: D1"}

    assert ["text-encoding"] == [problem.code for problem in council.problems(files)]


def test_links_into_a_file_that_is_too_large_are_no_second_problem(council):
    """
    The same holds for a file that is not even opened.
    """
    files = {"a.yaml": b"#" * (4 * 2**20 + 1), "p.yaml": ACTION + "answers: D1"}

    assert ["file-too-large"] == [problem.code for problem in council.problems(files)]


@pytest.mark.parametrize(
    ("text", "code", "mend"),
    [
        ("title: R\nkind: peer review\nthemes: {t: {title: T}}\n", "unknown-key", "“review: ”"),
        ("review: {}\ntitle: R\nkind: peer review\nthemes: {t: {title: T}}\n", "unknown-key", ""),
        ("partys: {vsh: {is: post, name: Head}}\n", "unknown-key", "“parties”"),
        ("parties: x\n", "wrong-shape", ""),
        ("Notes of the day\n", "yaml-not-keys", ""),
    ],
    ids=["no first line", "group for an id", "misspelt plural", "text for parties", "no keys"],
)
def test_a_file_that_is_no_record_is_one_problem(council, text, code, mend):
    """
    Neither its own keys nor the links to what it should hold are told beside it.
    """
    council.write(
        {
            "a.yaml": text,
            "b.yaml": "plan: p\ntitle: P\nanswers: r\nactions: {A1: {do: x, owner: vsh}}\n",
        }
    )
    (problem,) = council.problems()

    assert code == problem.code
    assert mend in problem.advice


@pytest.mark.parametrize("written", ["", '""', "no", "yes", "none"])
def test_withheld_says_why(council, written):
    """
    A line that is left empty does not publish the record it was meant to keep.
    """
    council.write(
        {"a.yaml": f"parties:\n  vsh:\n    is: post\n    name: Head\n    withheld: {written}\n"}
    )
    (problem,) = council.problems()

    assert "no-reason" == problem.code
    assert 5 == problem.place.line


def test_a_list_that_must_not_be_empty_is_missed(council):
    """
    An empty list is no value for a link that must be there.
    """
    council.write(
        {"a.yaml": "reviews:\n  r: {title: R, kind: peer review}\nthemes:\n  r/t: {title: ''}\n"}
    )

    assert ["missing-field"] == [one.code for one in council.problems()]


def test_the_children_of_a_duplicate_are_no_second_problem(council):
    """
    What lies inside the second of two is known well enough not to be missed.
    """
    files = {
        "a.yaml": REVIEW,
        "b.yaml": "‹" + REVIEW + "development: {D1: x}\n",
        "p.yaml": ACTION + "answers: D1",
    }

    assert ["duplicate-id"] == council.codes(files)


KEYS = [
    pytest.param(REVIEW + "‹scpoe: x\n", "Did you mean “scope”?", id="of a review"),
    pytest.param(REVIEW + "‹scpoe:\n", "Did you mean “scope”?", id="with nothing behind it"),
    pytest.param(REVIEW + "‹strenghts: {S1: x}\n", "Did you mean “strengths”?", id="findings"),
    pytest.param(REVIEW + "‹theme: {t: T}\n", "Did you mean “themes”?", id="a container"),
    pytest.param(
        REVIEW + "strengths: {S1: {text: x, ‹evidance: E1}}\n",
        "Did you mean “evidence”?",
        id="of a finding",
    ),
    pytest.param(
        REVIEW + "team:\n  - {name: A, ‹rolle: lead}\n", "Did you mean “role”?", id="of a group"
    ),
    pytest.param(REVIEW + "‹favourite_colour: x\n", "Its fields are", id="nothing like it"),
    pytest.param(PLAN + "‹action: {A1: x}\n", "Did you mean “actions”?", id="of a plan"),
    pytest.param("‹reviw: libraries\ntitle: x\n", "Did you mean “review”?", id="a head"),
    pytest.param("‹reviwes: {libraries: {}}\n", "Did you mean “reviews”?", id="a plural"),
    pytest.param("‹review: {libraries: {}}\n", "Did you mean “reviews”?", id="one for several"),
    pytest.param(PARTIES + "‹plan: p\n", "Move it to another file", id="one among several"),
    pytest.param("‹zebra: x\n", "A file begins with one of", id="no head at all"),
    pytest.param(
        "themes:\n  libraries/t:\n    title: T\n    ‹strengths: {S1: x}\n",
        "in a file of its own, under “findings”",
        id="findings in a theme that stands alone",
    ),
]


@pytest.mark.parametrize(("text", "mend"), KEYS)
def test_a_key_that_nobody_knows_is_told(council, text, mend):
    """
    What stands behind a misspelt key is never lost without a word.
    """
    files = {"a.yaml": text}
    if "review: libraries" not in text:
        files["z.yaml"] = REVIEW

    assert ["unknown-key"] == council.codes(files)
    assert mend in council.problems()[0].advice


MISSING = [
    ("‹review: libraries\nkind: peer review\n", "“title” is missing; a review needs it."),
    ("review: libraries\nkind: peer review\ntitle: ‹''\n", "“title” is empty"),
    ("review: libraries\nkind: peer review\ntitle: ‹|\n\n", "“title” is empty"),
    ("‹review: libraries\nkind: peer review\ntitle:\n", "“title” is missing"),
    ("parties:\n  ‹head: {name: Head}\n", "“is” is missing; a party needs it."),
    (REVIEW + "themes:\n  ‹t:\n", "“title” is missing; a theme needs it."),
    (REVIEW + "strengths:\n  ‹S1: {ref: 3}\n", "“text” is missing; a finding needs it."),
    ("findings:\n  ‹libraries/D1: {text: x}\n", "“kind” is missing; a finding needs it."),
]


@pytest.mark.parametrize(("text", "message"), MISSING, ids=[row[1] for row in MISSING])
def test_a_field_that_must_be_there_is_missed(council, text, message):
    """
    A required field is missed at the record that lacks it; one left empty is no better.
    """
    files = {"a.yaml": text}
    if "review: libraries" not in text:
        files["z.yaml"] = REVIEW

    assert ["missing-field"] == council.codes(files)
    assert message in council.problems()[0].message
    assert council.problems()[0].mend


SHAPES = [
    pytest.param(REVIEW.replace("Libraries", "‹[a, b]"), "prose-in-brackets", id="[] for text"),
    pytest.param(
        REVIEW.replace("Libraries", "‹[Employment, training and skills]"),
        "prose-in-brackets",
        id="a title in brackets",
    ),
    pytest.param(REVIEW.replace("Libraries", "‹{a: b}"), "prose-in-brackets", id="{} for text"),
    pytest.param(
        REVIEW.replace(" Libraries", "\n  ‹- a"),
        "wrong-shape",
        id="list for text",
    ),
    pytest.param(
        REVIEW + "context:\n  ‹Note: all is well\n", "text-became-group", id="a colon in a text"
    ),
    pytest.param(
        REVIEW + "strengths:\n  S1:\n    ‹Note: all is well\n",
        "text-became-group",
        id="a colon in a short finding",
    ),
    pytest.param(
        REVIEW + "themes:\n  t:\n    title: T\n    questions:\n      - ‹How good: and why?\n",
        "text-became-group",
        id="a colon in a list",
    ),
    pytest.param(
        REVIEW + "themes:\n  t:\n    title: T\n    questions: [One, ‹two and three]\n",
        "prose-in-brackets",
        id="a list of texts in brackets",
    ),
    pytest.param(REVIEW + "team: ‹Anne Other\n", "wrong-shape", id="text for a list of groups"),
    pytest.param(REVIEW + "team: ‹{}\n", "wrong-shape", id="{} for a list of groups"),
    pytest.param(REVIEW + "team: [‹Anne]\n", "wrong-shape", id="text for a group"),
    pytest.param(REVIEW + "host: ‹[a, b]\n", "wrong-shape", id="list for a link"),
    pytest.param(REVIEW + "earlier: ‹{}\n", "wrong-shape", id="{} for links"),
    pytest.param(REVIEW + "earlier: [‹{a: b}]\n", "wrong-shape", id="{} among links"),
    pytest.param(REVIEW + "visit: ‹[2022-01-01]\n", "prose-in-brackets", id="list for a day"),
    pytest.param(REVIEW + "illustrative: ‹maybe\n", "not-yes-or-no", id="maybe for a flag"),
    pytest.param(REVIEW + "illustrative: ‹'1'\n", "not-yes-or-no", id="1 for a flag"),
    pytest.param(REVIEW + "visit: ‹2022-02-30\n", "not-a-day", id="no such day"),
    pytest.param(REVIEW + "visit: ‹03/02/2022\n", "not-a-day", id="a day in two ways"),
    pytest.param(REVIEW + "visit: ‹Q4 9999/00\n", "not-a-day", id="a day past the last"),
    pytest.param(REVIEW + "team: [{role: ‹leed}]\n", "not-a-choice", id="a word that is no choice"),
    pytest.param(REVIEW + "cost: ‹not applicable\n", "no-reason", id="no reason"),
    pytest.param(REVIEW + "cost: ‹{not applicable: }\n", "no-reason", id="a reason left out"),
    pytest.param(REVIEW + "cost: ‹{not applicable: ' '}\n", "no-reason", id="a blank reason"),
    pytest.param(REVIEW + "themes: ‹[a]\n", "wrong-shape", id="a list of records"),
    pytest.param(REVIEW + "themes: ‹none\n", "wrong-shape", id="text for records"),
    pytest.param("plans:\n  ‹p: Our plan\n", "wrong-shape", id="text for a whole record"),
    pytest.param("plans:\n  ‹p: [a]\n", "wrong-shape", id="list for a whole record"),
    pytest.param("plans: ‹p\n", "wrong-shape", id="text for several records"),
    pytest.param(REVIEW + "more: ‹x\n", "wrong-shape", id="text for more"),
    pytest.param(REVIEW.replace("peer review", "‹pear review"), "unknown-word", id="a kind"),
    pytest.param(
        REVIEW + "strengths:\n  S1: {text: Books, ‹and tapes, ref: a}\n",
        "prose-in-brackets",
        id="a comma in a group",
    ),
]


@pytest.mark.parametrize(("text", "code"), SHAPES)
def test_a_value_that_does_not_fit_is_refused_where_it_stands(council, text, code):
    """
    Nothing is turned into something else so that it fits; each is one problem.
    """
    files = {"a.yaml": text}
    if "review: libraries" not in text:
        files["z.yaml"] = REVIEW

    assert [code] == council.codes(files)
    problem = council.problems()[0]
    assert problem.severity is Severity.FAULT
    assert problem.excerpt
    assert problem.advice


@attrs.frozen(kw_only=True)
class _Inner:
    text: str = f.prose("Text.")
    other: str = f.text("More.")


GROUPS = FieldSpec(kind=FieldKind.GROUPS, doc="", inner=_Inner, short="text")
# A value, the kind of its field, and the code of the refusal or what it becomes.
TRAPS = [
    ("VSH", FieldKind.TEXTS, ("VSH",)),
    ("VSH", FieldKind.KEYS, "wrong-shape"),
    ("VSH", FieldKind.LINKS, ("VSH",)),
    ({}, FieldKind.TEXTS, "wrong-shape"),
    ({"a": "1"}, FieldKind.TEXTS, "wrong-shape"),
    ({}, FieldKind.KEYS, "wrong-shape"),
    ({}, FieldKind.LINKS, "wrong-shape"),
    (None, FieldKind.TEXT, "wrong-shape"),
    (None, FieldKind.PROSE, "wrong-shape"),
    ([None], FieldKind.TEXTS, "wrong-shape"),
    (["a"], FieldKind.TEXT, "wrong-shape"),
    (["a"], FieldKind.PROSE, "wrong-shape"),
    (["a"], FieldKind.LINK, "wrong-shape"),
    ([["a"]], FieldKind.TEXTS, "wrong-shape"),
    ("false", FieldKind.FLAG, False),
    ("no", FieldKind.FLAG, False),
    ("NO", FieldKind.FLAG, False),
    ("Yes", FieldKind.FLAG, True),
    ("maybe", FieldKind.FLAG, "not-yes-or-no"),
    ("off", FieldKind.FLAG, "not-yes-or-no"),
    ("0", FieldKind.FLAG, "not-yes-or-no"),
    (["no"], FieldKind.FLAG, "wrong-shape"),
    ("12", FieldKind.NUMBER, 12),
    ("3.9", FieldKind.NUMBER, "not-a-number"),
    ("-1", FieldKind.NUMBER, "not-a-number"),
    ("nan", FieldKind.NUMBER, "not-a-number"),
    ("1e3", FieldKind.NUMBER, "not-a-number"),
    ("²", FieldKind.NUMBER, "not-a-number"),
    ("١٢", FieldKind.NUMBER, "not-a-number"),
    ("9" * 5_000, FieldKind.NUMBER, "not-a-number"),
    ("next week", FieldKind.DAY, "not-a-day"),
    (["2022"], FieldKind.DAY, "wrong-shape"),
    ("x", FieldKind.WORDS, "wrong-shape"),
    (["x"], FieldKind.WORDS, "wrong-shape"),
    ({"a": ["x"]}, FieldKind.WORDS, "wrong-shape"),
    ({"a": "x"}, FieldKind.WORDS, {"a": "x"}),
    ("x", FieldKind.CELLS, "wrong-shape"),
    ({"a": {"b": "c"}}, FieldKind.CELLS, "wrong-shape"),
    ({"a": "x", "b": ["y", "z"]}, FieldKind.CELLS, {"a": ("x",), "b": ("y", "z")}),
    ("the plan", FieldKind.PAIRS, (Pair("", "the plan"),)),
    ({"note": "the plan"}, FieldKind.PAIRS, (Pair("note", "the plan"),)),
    ([{"note": "a"}, "b"], FieldKind.PAIRS, (Pair("note", "a"), Pair("", "b"))),
]


@pytest.mark.parametrize(
    ("value", "kind", "expected"), TRAPS, ids=[f"{row[1].name}-{str(row[0])[:20]}" for row in TRAPS]
)
def test_nothing_is_turned_into_something_else(value, kind, expected):
    """
    A field takes what it is for and nothing that merely could be made to fit.
    """
    read = hook_for(FieldSpec(kind=kind, doc=""))

    if isinstance(expected, str):
        with pytest.raises(Unfit) as caught:
            read(value, None)
        assert expected == caught.value.kind.code
        assert 200 > len(caught.value.message)
    else:
        assert expected == read(value, None)


def test_a_group_may_be_written_as_its_text():
    """
    A text is a group of one field; several need no list while there is one.
    """
    read = hook_for(GROUPS)

    assert (_Inner(text="a"),) == read("a", None)
    assert (_Inner(text="a"), _Inner(text="b", other="c")) == read(
        ["a", {"text": "b", "other": "c"}], None
    )
    assert (_Inner(other="c"),) == read({"text": None, "other": "c"}, None)


def _flow(*items):
    sequence = Sequence(items, flow=True)
    sequence.marks = [(1, 1, 1, 1, 1, 1, 1, "") for _ in items]
    return sequence


@pytest.mark.parametrize(
    "spec",
    [GROUPS, FieldSpec(kind=FieldKind.PAIRS, doc=""), FieldSpec(kind=FieldKind.PROSES, doc="")],
)
def test_texts_in_brackets_need_quotes(spec):
    """
    `[Employment, training and skills]` is one text that was cut, not two.
    """
    with pytest.raises(Unfit) as caught:
        hook_for(spec)(_flow("Employment", "training and skills"), None)

    assert "prose-in-brackets" == caught.value.kind.code
    assert (1,) == caught.value.step


def test_a_list_of_pairs_needs_its_dashes():
    """
    Pairs written as a group say how to make a list of them.
    """
    with pytest.raises(Unfit) as caught:
        hook_for(FieldSpec(kind=FieldKind.PAIRS, doc=""))(
            Mapping({"note": "a", "endorse": "b"}), None
        )

    assert "behind a dash" in caught.value.mend


LIMITS = [
    ("x" * 100_000, "text", []),
    ("x" * 100_001, "text", ["text-too-long"]),
    ("x\n" * 50_001, "text", ["text-too-long"]),
    ("[" * 500, "text", []),
    ("[" * 501, "text", ["text-too-long"]),
    ("[" * 500 + "\n\n" + "[" * 500, "text", []),
    ("x" * 100_001, "ref", ["text-too-long"]),
]


@pytest.mark.parametrize(
    ("text", "key", "codes"),
    LIMITS,
    ids=[
        "as long as can be",
        "too long",
        "too many lines",
        "500 brackets",
        "501 brackets",
        "brackets in two paragraphs",
        "too long for one line",
    ],
)
def test_a_text_has_a_limit(council, text, key, codes):
    """
    What is too long is refused while it is read, not when a paper is made of it.
    """
    block = "".join(f"        {line}\n" if line else "\n" for line in text.split("\n"))
    other = "" if key == "text" else "      text: x\n"
    files = {"a.yaml": REVIEW + f"strengths:\n    S1:\n{other}      {key}: |-\n{block}"}
    problems = council.problems(files)

    assert codes == [problem.code for problem in problems]
    if not codes:
        assert text == getattr(council.load().get("finding", "libraries/S1"), key)


FIELDS = """\
fields:
  review:
    sponsor: {type: text, doc: Who paid.}
    story: {type: Markdown, doc: What happened.}
    opened: {type: day, doc: When it began.}
    mood: {type: one of, doc: How it went., choices: [calm, stormy]}
    closed: {type: yes or no, doc: Whether it is over.}
"""
MORE = [
    pytest.param("sponsor: Anne", {"sponsor": "Anne"}, [], id="text"),
    pytest.param("opened: July 2022", {"opened": parse_day("July 2022")}, [], id="day"),
    pytest.param("mood: Calm", {"mood": "calm"}, [], id="choice"),
    pytest.param("closed: no", {"closed": False}, [], id="flag"),
    pytest.param("story: ", {}, [], id="nothing"),
    pytest.param("opened: ‹soon", None, ["not-a-day"], id="no day"),
    pytest.param("mood: ‹cross", None, ["not-a-choice"], id="no choice"),
    pytest.param("closed: ‹maybe", None, ["not-yes-or-no"], id="neither"),
    pytest.param("sponsor: ‹[a]", None, ["prose-in-brackets"], id="a list"),
    pytest.param("‹sponser: Anne", None, ["unknown-key"], id="a key misspelt"),
    pytest.param(
        "opened: ‹soon, mood: ‹cross, ‹x: y",
        None,
        ["not-a-day", "not-a-choice", "unknown-key"],
        id="three",
    ),
]


@pytest.mark.parametrize(("written", "expected", "codes"), MORE)
def test_an_organisation_adds_fields(council, written, expected, codes):
    """
    Fields of its own are declared with a type, and read as strictly as any.
    """
    configured = (council.folder / "peerkit.yaml").read_text() + FIELDS
    files = {"peerkit.yaml": configured, "a.yaml": f"{REVIEW}more: {{{written}}}\n"}

    assert codes == council.codes(files)
    if expected is not None:
        assert expected == council.load().get("review", "libraries").more


ORDERS = [
    ("visit: 21 to 22 September 2021\n", "report_received: 21 September 2021\n", True),
    ("visit: 21 to 22 September 2021\n", "report_received: 22 September 2021\n", False),
    ("visit: 21 to 22 September 2021\n", "report_received: September 2021\n", False),
    ("visit: 21 to 22 September 2021\n", "report_received: August 2021\n", True),
    ("visit: 21 to 22 September 2021\n", "published: 2021-09-01\n", True),
    ("commissioned: October 2021\n", "visit: 21 September 2021\n", True),
    ("commissioned: September 2021\n", "visit: 21 September 2021\n", False),
    ("visit: next meeting\n", "published: 2021-09-01\n", False),
]


@pytest.mark.parametrize(
    ("first", "second", "is_wrong"),
    ORDERS,
    ids=[f"{row[0].strip()}, {row[1].strip()}" for row in ORDERS],
)
def test_days_that_cannot_both_be_right_are_told(council, first, second, is_wrong):
    """
    A report cannot arrive before the visit ended; inexact days are given the benefit.
    """
    key, _, day = second.partition(" ")
    marked = f"{key} ‹{day}" if is_wrong else second

    assert ["impossible-day"] * is_wrong == council.codes({"a.yaml": REVIEW + first + marked})


CHECKED = [
    pytest.param(
        {"a.yaml": REVIEW, "b.yaml": "findings: {libraries/X1: {kind: ‹praise, text: x}}\n"},
        ["unknown-finding-kind"],
        id="a finding of no kind",
    ),
    pytest.param(
        {
            "a.yaml": PARTIES.replace("held_by: anne", "held_by: ‹ball"),
            "b.yaml": "parties:\n  ball: {is: group, name: Ball}\n",
        },
        ["post-held-by-no-person"],
        id="a post held by a group",
    ),
    pytest.param(
        {
            "a.yaml": PLAN.replace("answers: libraries\n", "")
            + "actions:\n  A1: {do: x, start: July 2022, due: ‹May 2022}\n"
        },
        ["impossible-day"],
        id="an action that ends before it begins",
    ),
    pytest.param(
        {
            "peerkit.yaml": "organisation: {name: Northmere}\nreview_kinds: {peer review: {}}\n",
            "a.yaml": REVIEW + "illustrative: ‹yes\n",
        },
        ["illustrative-unsaid"],
        id="made up and not said",
    ),
    pytest.param(
        {
            "peerkit.yaml": "organisation: ‹Northmere\nreview_kinds: {peer review: {}}\n",
            "a.yaml": REVIEW + "illustrative: yes\n",
        },
        ["wrong-shape"],
        id="what would say so is broken",
    ),
]


@pytest.mark.parametrize(("files", "codes"), CHECKED)
def test_records_that_do_not_fit_together_are_told(council, files, codes):
    """
    The core's checks tell the field that is wrong.
    """
    assert codes == council.codes(files)


def test_all_that_is_wrong_is_told_in_one_run(council):
    """
    One mistake hides no other, in the same record or in the next file.
    """
    files = {
        "a.yaml": "review: libraries\nkind: ‹pear review\ntitle: ‹[a]\nvisit: ‹soon\n‹colour: red\n",
        "b.yaml": "review: museum\ntitle: ‹*b\nkind: peer review\n",
        "c.yaml": "parties:\n  ‹p: {is: ‹dog}\n",
        "d.yaml": PLAN + "lead: ‹nobody\n",
    }
    problems = council.problems(files)
    places = {(one.place.file, one.place.line, one.place.column) for one in problems}

    assert {*council.marked} - {("a.yaml", 2, 7)} <= places
    assert [one.order for one in problems] == sorted(one.order for one in problems)
