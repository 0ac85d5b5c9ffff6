import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerkit.rules import RatingTable, StatusTable, table_of
from peerkit.rules.asked import in_words
from peerkit.rules.circles import circles
from peerkit.rules.combinations import are_never
from peerkit.rules.numbers import cut
from peerkit.rules.problems import PROBLEM_KINDS
from peerkit.rules.proof import cells_faults, group_faults, table_faults

ANSWERS = {
    "stage": ("agreed", "under way", "done"),
    "due": ("none", "past", "later"),
    "evidence": ("given", "missing"),
    "per_cent": cut(["under 50"]),
}
NEVER = {
    ("stage", "done"): {"evidence": frozenset({"missing"})},
    ("due", "none"): {"stage": frozenset({"done", "under way"})},
}
STATUSES = ("Overdue", "On track", "Complete")


def cells(written):
    """
    Return what was *written* as it is loaded: every answer in a tuple.
    """
    return {
        fact: (each,) if isinstance(each, str) else tuple(each) for fact, each in written.items()
    }


def status(*rows, cases=(), statuses=STATUSES, **rest):
    return StatusTable(
        statuses=statuses, rows=tuple(map(cells, rows)), cases=tuple(map(cells, cases)), **rest
    )


def rating(*rows, cases=(), scale=("Red", "Green"), **rest):
    return RatingTable(
        scale=scale, rows=tuple(map(cells, rows)), cases=tuple(map(cells, cases)), **rest
    )


def faults_of(table, never=NEVER, answers=ANSWERS):
    return [*table_faults(table, "status", answers, never, {"per_cent"}, kind="action")]


def told(faults):
    return [(fault.kind.code, fault.path) for fault in faults]


COMPLETE = {"status": "Complete", "stage": "done"}
OVERDUE = {"status": "Overdue", "due": "past"}
ON_TRACK = {"status": "On track"}
ROWS = (COMPLETE, OVERDUE, ON_TRACK)


def test_a_sound_table_has_no_faults():
    """
    Every combination has its row, every row its combinations, every case comes out.
    """
    cases = (
        {"stage": "done", "due": "past", "is": "Complete"},
        {"stage": "agreed", "due": "past", "evidence": "missing", "is": "Overdue"},
    )

    assert [] == faults_of(status(*ROWS, cases=cases, key={"Overdue": "Late."}))


# what is written, and each fault: its code, its path, and words of its message and mend
WRONG = [
    pytest.param(
        status(COMPLETE, {"due": "past"}, ON_TRACK),
        [("table-result", ("rows", 1), "Row 2 does not say what it gives. Add “status: …”.")],
        id="no result",
    ),
    pytest.param(
        status(COMPLETE, {"status": ["Overdue", "On track"], "due": "past"}, ON_TRACK),
        [("table-result", ("rows", 1, "status", 1), "more than one word: Overdue, On track.")],
        id="several results",
    ),
    pytest.param(
        status(COMPLETE, {"status": "Overdu", "due": "past"}, ON_TRACK),
        [("table-result", ("rows", 1, "status", 0), "“Overdu”, … Did you mean “Overdue”?")],
        id="a result misspelt",
    ),
    pytest.param(
        status(COMPLETE, {"status": "Red", "due": "past"}, ON_TRACK),
        [("table-result", ("rows", 1, "status", 0), "Its words are Overdue, On track, Complete.")],
        id="an unknown result",
    ),
    pytest.param(
        status(COMPLETE, {"rating": "Overdue", "due": "past"}, ON_TRACK),
        [("table-result", ("rows", 1, "rating"), "behind “rating”. Did you mean “status”?")],
        id="the result of another table",
    ),
    pytest.param(
        status(COMPLETE, {"staus": "Overdue", "due": "past"}, ON_TRACK),
        [("table-result", ("rows", 1, "staus"), "Did you mean “status”?")],
        id="its key misspelt",
    ),
    pytest.param(
        rating({"rating": "Red", "status": "Overdue"}, {"rating": "Green"}),
        [("unknown-fact", ("rows", 0, "status"), "“status” is not a fact of an action.")],
        id="a status where there is none",
    ),
    pytest.param(
        status(*ROWS, statuses=(*STATUSES, "Overdue", "COMPLETE")),
        [
            ("table-word", ("statuses", 3), "“Overdue” stands here twice."),
            ("table-word", ("statuses", 4), "differ only in capital letters."),
            ("table-unused-word", ("statuses", 4), "No row gives “COMPLETE”."),
        ],
        id="words twice",
    ),
    pytest.param(
        status(*ROWS, statuses=()),
        [
            ("table-word", ("statuses",), "“statuses” holds no word."),
            ("table-result", ("rows", 0, "status", 0), "“Complete”, which the table does not"),
            ("table-result", ("rows", 1, "status", 0), "“Overdue”"),
            ("table-result", ("rows", 2, "status", 0), "“On track”"),
        ],
        id="no words",
    ),
    pytest.param(
        status(*ROWS, key={"Overdue": "Late.", "Compleat": "Done."}),
        [("table-word", ("key", "Compleat"), "“Compleat”, … Did you mean “Complete”?")],
        id="a meaning for nothing",
    ),
    pytest.param(
        status(*ROWS, statuses=("Stalled", *STATUSES)),
        [("table-unused-word", ("statuses", 0), "No row gives “Stalled”.")],
        id="a word no row gives",
    ),
    pytest.param(
        status(COMPLETE, {"status": "Overdue", "deu": "past"}, ON_TRACK),
        [("unknown-fact", ("rows", 1, "deu"), "“deu” is not a fact … Did you mean “due”?")],
        id="an unknown fact",
    ),
    pytest.param(
        status(COMPLETE, {"status": "Overdue", "due": ["later", "passed"]}, ON_TRACK),
        [("unknown-answer", ("rows", 1, "due", 1), "never “passed”. Did you mean “past”?")],
        id="an unknown answer",
    ),
    pytest.param(
        status(COMPLETE, {"status": "Overdue", "due": ()}, ON_TRACK),
        [("rule-never-fits", ("rows", 1, "due"), "“due” stands without an answer")],
        id="an empty cell",
    ),
    pytest.param(
        status({**COMPLETE, "evidence": "missing"}, OVERDUE, ON_TRACK),
        [("rule-never-fits", ("rows", 0, "evidence"), "“stage: done” and “evidence: missing”")],
        id="a row that can never fit",
    ),
    pytest.param(
        status(COMPLETE, {"status": "Overdue", "per_cent": ["no figure", "half"]}, ON_TRACK),
        [("not-a-range", ("rows", 1, "per_cent", 1), "“half” is no range")],
        id="no range",
    ),
    pytest.param(
        status(COMPLETE, OVERDUE, {"status": "On track", "due": "later"}),
        [("table-hole", ("rows",), "No row of “status” fits stage: agreed, due: none.")],
        id="a hole",
    ),
    pytest.param(
        status(COMPLETE, {**OVERDUE, "evidence": "given"}, {"status": "On track", "due": "later"}),
        [("table-hole", ("rows",), "stage: agreed, due: none, evidence: given, nor 3 other")],
        id="several holes",
    ),
    pytest.param(
        status(),
        [("table-hole", (), "“status” has no rows, so that nothing is decided.")],
        id="no rows",
    ),
    pytest.param(
        status(COMPLETE, OVERDUE, ON_TRACK, {"status": "Overdue", "due": "later"}),
        [
            (
                "table-dead-row",
                ("rows", 3),
                "Row 4 (Overdue) never decides: row 1 (Complete) and row 3 (On track) take all",
            )
        ],
        id="a row behind the last",
    ),
    pytest.param(
        status(COMPLETE, OVERDUE, {"status": "Complete", "stage": "done", "due": "past"}, ON_TRACK),
        [("table-dead-row", ("rows", 2), "row 1 (Complete) takes all that fits it.")],
        id="a row within a row",
    ),
    pytest.param(
        status(
            COMPLETE,
            {"status": "Overdue", "stage": "agreed"},
            {"status": "On track", "stage": "under way"},
            OVERDUE,
        ),
        [
            (
                "table-dead-row",
                ("rows", 3),
                "row 1 (Complete), row 2 (Overdue) and row 3 (On track) take all",
            )
        ],
        id="a row within several",
    ),
]

CASES = [
    pytest.param(
        {"stage": "done", "due": "past"},
        [("table-case", ("cases", 0), "Case 1 does not say what it gives. Add “is: …”.")],
        id="without is",
    ),
    pytest.param(
        {"stage": "done", "due": "past", "status": "Complete"},
        [("table-case", ("cases", 0, "status"), "Did you mean “is”?")],
        id="written as a row",
    ),
    pytest.param(
        {"stage": "done", "due": "past", "is": "Compleat"},
        [("table-case", ("cases", 0, "is", 0), "Did you mean “Complete”?")],
        id="an unknown result",
    ),
    pytest.param(
        {"stage": "done", "due": "past", "is": ["Complete", "Overdue"]},
        [("table-case", ("cases", 0, "is", 1), "more than one word")],
        id="two results",
    ),
    pytest.param(
        {"stage": "done", "deu": "past", "is": "Complete"},
        [("unknown-fact", ("cases", 0, "deu"), "Did you mean “due”?")],
        id="an unknown fact",
    ),
    pytest.param(
        {"stage": "done", "due": "passed", "is": "Complete"},
        [("unknown-answer", ("cases", 0, "due", 0), "Did you mean “past”?")],
        id="an unknown answer",
    ),
    pytest.param(
        {"stage": "done", "is": "Complete"},
        [("table-case", ("cases", 0), "Case 1 does not say due, … Add “due: …”.")],
        id="a fact is missing",
    ),
    pytest.param(
        {"stage": "done", "due": ["past", "later"], "is": "Complete"},
        [("table-case", ("cases", 0, "due"), "one answer to “due”; here are 2. Write a case")],
        id="two answers",
    ),
    pytest.param(
        {"stage": "done", "due": (), "is": "Complete"},
        [("table-case", ("cases", 0, "due"), "here are none. Its answers are none, past, later.")],
        id="no answer",
    ),
    pytest.param(
        {"stage": "done", "due": "none", "is": "Complete"},
        [("table-case", ("cases", 0, "due"), "can never happen: “stage: done” and “due: none”")],
        id="impossible",
    ),
    pytest.param(
        {"stage": "done", "due": "past", "evidence": "missing", "is": "Complete"},
        [("table-case", ("cases", 0, "evidence"), "can never happen")],
        id="impossible for a fact the rows do not ask",
    ),
    pytest.param(
        {"stage": "done", "due": "past", "is": "Overdue"},
        [
            (
                "table-case",
                ("cases", 0, "is", 0),
                "Case 1 is “Complete”, not “Overdue”: row 1 (Complete) decides.",
            )
        ],
        id="it comes out otherwise",
    ),
]


def assert_told(expected, faults):
    """
    See that *faults* are those expected; … in what is told stands for anything.
    """
    assert [(code, path) for code, path, _ in expected] == told(faults)
    for (_, _, words), fault in zip(expected, faults, strict=True):
        said = f"{fault.message} {fault.mend}"
        for part in words.split("…")[:1] + words.split("… ")[1:]:
            assert part.strip() in said


@pytest.mark.parametrize(("table", "expected"), WRONG)
def test_what_is_wrong_with_a_table_is_found_where_it_stands(table, expected):
    """
    Each fault is told once, in words, with the path to it.
    """
    assert_told(expected, faults_of(table))


@pytest.mark.parametrize(("case", "expected"), CASES)
def test_what_is_wrong_with_a_case_is_found_where_it_stands(case, expected):
    """
    A case is complete, can happen, and comes out as it says.
    """
    assert_told(expected, faults_of(status(*ROWS, cases=[case])))


def test_everything_is_found_in_one_run():
    """
    A fault in one row hides none in another, nor in the cases.
    """
    table = status(
        {"stage": "doen"},
        {"status": "x", "dew": "past"},
        cases=[{"is": "Complete"}, {}],
        key={"y": ""},
    )

    assert [
        ("table-word", ("key", "y")),
        ("table-result", ("rows", 0)),
        ("unknown-answer", ("rows", 0, "stage", 0)),
        ("table-result", ("rows", 1, "status", 0)),
        ("unknown-fact", ("rows", 1, "dew")),
        ("table-case", ("cases", 0)),
        ("table-case", ("cases", 1)),
        ("table-case", ("cases", 1)),
    ] == told(faults_of(table))


def test_people_alone_may_rate():
    """
    A rating without rows is sound; but then there is nothing to try cases on.
    """
    assert [] == faults_of(rating())
    assert [("table-case", ("cases",))] == told(faults_of(rating(cases=[{"is": "Red"}])))


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        ("80", []),
        ("80%", []),
        ("50 or more", []),
        ("60 to 70", []),
        ("49", ["Case 1 is “Red”, not “Green”: row 1 (Red) decides."]),
        ("no figure", ["Case 1 is “Red”, not “Green”: row 1 (Red) decides."]),
        ("26 to 75", ["“26 to 75” leaves open which it is of: under 50, 50 or more, no figure."]),
        ("most", ["“most” is no range of whole numbers, such as "]),
    ],
)
def test_a_case_gives_a_figure(figure, expected):
    """
    For a number, a case says a figure, or words that lie in one answer.
    """
    table = rating(
        {"rating": "Red", "per_cent": ["under 50", "no figure"]},
        {"rating": "Green"},
        cases=[{"per_cent": figure, "is": "Green"}],
    )

    faults = faults_of(table)
    assert len(expected) == len(faults)
    assert all(one in fault.message for one, fault in zip(expected, faults, strict=True))


def test_cells_over_numbers_are_written_out():
    """
    The table that is asked knows the answers, not the ranges that were written.
    """
    written = rating(
        {"rating": "Red", "per_cent": ["under 50", "26 to 75"], "due": "past"},
        {"rating": "Green"},
        title="Progress",
        key={"Red": "Late."},
    )
    answers = cut(["under 50", "26 to 75"])
    table = table_of(written, "progress", {"per_cent": answers})

    assert answers[:3] == table.rows[0].cells["per_cent"]
    assert ("past",) == table.rows[0].cells["due"]
    assert [("progress", "Progress"), ("Red", "Green")] == [(table.axis, table.title), table.words]
    assert "Status" == table_of(status(*ROWS), "status").title
    assert "Red" == table.decide({"per_cent": "50 to 75", "due": "past"}.__getitem__).result


# all combinations


def wide(facts, answers=10):
    return {f"fact {n}": tuple(f"answer {m}" for m in range(answers)) for n in range(facts)}


def wide_table(answers):
    first = [{"rating": "Red", fact: each[0]} for fact, each in answers.items()]
    return rating(*first, {"rating": "Green"})


def test_a_hundred_thousand_combinations_are_proven():
    """
    As many are tried as anybody could need; more are refused, with what makes them many.
    """
    answers = wide(5)
    begun = time.perf_counter()

    assert [] == faults_of(wide_table(answers), {}, answers)
    assert time.perf_counter() - begun < 10

    wider = {**answers, "more": ("yes", "no")}
    (fault,) = faults_of(wide_table(wider), {}, wider)
    assert ("table-too-large", ("rows",)) == (fault.kind.code, fault.path)
    assert "200,000 combinations, more than 100,000: fact 0 (10), " in fault.message
    assert "more (2)." in fault.message


def test_what_cannot_occur_is_not_counted():
    """
    Of two hundred thousand combinations, those that can occur may be few enough.
    """
    answers = {**wide(5), "more": ("yes", "no")}
    rows = wide_table(wide(5)).rows
    table = rating({"rating": "Green", "more": "no", "fact 1": "answer 1"}, *rows)
    never = {("more", "yes"): {"fact 0": frozenset(answers["fact 0"])}}
    half = {("more", "yes"): {"fact 0": frozenset(answers["fact 0"][:5])}}

    assert [] == faults_of(table, never, answers)
    assert "150,000" in faults_of(table, half, answers)[0].message


def test_far_too_many_are_refused_at_once():
    """
    Forty facts of ten answers do not stop the program.
    """
    answers = wide(40)

    (fault,) = faults_of(wide_table(answers), {}, answers)
    assert "table-too-large" == fault.kind.code


def test_cases_are_tried_in_a_table_too_large():
    """
    That not all can be proven does not keep the examples from being tried.
    """
    answers = wide(6)
    table = wide_table(answers)
    case = dict.fromkeys(answers, "answer 5") | {"is": "Red"}
    table = rating(*table.rows, cases=[case])

    assert ["table-too-large", "table-case"] == [
        one.kind.code for one in faults_of(table, {}, answers)
    ]


# brute force

FACTS = {"a": ("a1", "a2", "a3"), "b": ("b1", "b2"), "c": ("c1", "c2", "c3")}
PAIRS = [(fact, answer) for fact, answers in FACTS.items() for answer in answers]


@st.composite
def tables(draw):
    """
    A small table, each row with a word of its own; and what never occurs together.
    """
    rows = draw(
        st.lists(
            st.fixed_dictionaries(
                {},
                optional={
                    fact: st.sets(st.sampled_from(answers), min_size=1).map(sorted).map(tuple)
                    for fact, answers in FACTS.items()
                },
            ),
            min_size=1,
            max_size=6,
        )
    )
    never = {}
    for one, other in draw(
        st.lists(st.tuples(st.sampled_from(PAIRS), st.sampled_from(PAIRS)), max_size=4)
    ):
        if one[0] != other[0]:
            never.setdefault(one, {}).setdefault(other[0], set()).add(other[1])
    words = tuple(f"word {number}" for number in range(len(rows)))
    results = [{"rating": word, **row} for word, row in zip(words, rows, strict=True)]
    return rating(*results, scale=words), {
        one: {fact: frozenset(each) for fact, each in others.items()}
        for one, others in never.items()
    }


def possible(table, never):
    """
    Return every combination of answers to the facts the rows name that can occur.
    """
    named = [*dict.fromkeys(fact for row in table.rows for fact in row if fact != "rating")]
    every = (
        dict(zip(named, each, strict=True))
        for each in itertools.product(*(FACTS[fact] for fact in named))
    )
    return [
        one
        for one in every
        if not any(are_never(never, *pair) for pair in itertools.combinations(one.items(), 2))
    ]


def deciding(table, combination):
    for index, row in enumerate(table.rows):
        if all(answer in row.get(fact, FACTS[fact]) for fact, answer in combination.items()):
            return index
    return None


@given(tables())
def test_holes_and_dead_rows_are_what_trying_all_finds(drawn):
    """
    A hole really falls through and can occur; a dead row decides nothing; no other does.
    """
    table, never = drawn
    decided = [(one, deciding(table, one)) for one in possible(table, never)]
    holes = [in_words(one) for one, index in decided if index is None]
    living = {index for _, index in decided}
    faults = faults_of(table, never, FACTS)

    found = [fault.message for fault in faults if fault.kind.code == "table-hole"]
    assert bool(holes) == bool(found)
    for message in found:
        more = f", nor {len(holes) - 1} other combination{'s'[: len(holes) > 2]}"
        assert f"No row of “status” fits {holes[0]}{more if holes[1:] else ''}." == message
    dead = {
        fault.path[1]
        for fault in faults
        if fault.kind.code in ("table-dead-row", "rule-never-fits")
    }
    assert set(range(len(table.rows))) - living == dead
    assert len(faults) == len(found) + len(dead)


@st.composite
def sound_tables(draw):
    """
    A table in which nothing is wrong: without the rows that are dead, holes filled.
    """
    table, never = draw(tables())
    living = sorted({deciding(table, one) for one in possible(table, never)} - {None})
    rows = [table.rows[index] for index in living]
    scale = tuple(row["rating"][0] for row in rows)
    filled = rating(*rows, scale=scale)
    if not rows or None in {deciding(filled, one) for one in possible(filled, never)}:
        filled = rating(*rows, {"rating": "else"}, scale=(*scale, "else"))
    return filled, never


@given(sound_tables())
def test_a_table_without_faults_decides_everything(drawn):
    """
    Whatever can occur, asking a proven table never raises.
    """
    table, never = drawn
    assert [] == faults_of(table, never, FACTS)
    asked = table_of(table, "progress")

    for one in possible(table, never):
        assert asked.decide(one.__getitem__) is asked.rows[deciding(table, one)]


@given(sound_tables(), st.data())
def test_no_living_row_can_be_spared(drawn, data):
    """
    Without a row that decides, something falls through or comes out otherwise.
    """
    table, never = drawn
    gone = data.draw(st.integers(min_value=0, max_value=len(table.rows) - 1))
    left = table.rows[:gone] + table.rows[gone + 1 :]
    combinations = possible(table, never)
    before = [table.rows[deciding(table, one)]["rating"] for one in combinations]
    cases = tuple(
        {fact: (answer,) for fact, answer in one.items()} | {"is": word}
        for one, word in zip(combinations, before, strict=True)
    )
    table = rating(*left, scale=table.scale, cases=cases)

    codes = {fault.kind.code for fault in faults_of(table, never, FACTS)}
    assert codes & {"table-hole", "table-case"}


# cells and groups


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param({}, [], id="no cells"),
        pytest.param({"stage": "done", "due": ["past", "none"]}, [], id="sound"),
        pytest.param({"per_cent": "50 or more"}, [], id="a number"),
        pytest.param(
            {"due": ["past", "soonish"], "x": "y"},
            [("unknown-answer", ("when", "due", 1)), ("unknown-fact", ("when", "x"))],
            id="unknown",
        ),
        pytest.param({"due": ()}, [("rule-never-fits", ("when", "due"))], id="empty"),
        pytest.param(
            {"due": "none", "stage": ["done", "under way"]},
            [("rule-never-fits", ("when", "stage"))],
            id="ruled out",
        ),
        pytest.param(
            {"per_cent": "lots"}, [("not-a-range", ("when", "per_cent", 0))], id="no range"
        ),
    ],
)
def test_cells_anywhere_are_looked_at(written, expected):
    """
    A gate or a condition of a section is held to the same rules as a row.
    """
    faults = cells_faults(
        cells(written), ANSWERS, NEVER, ("when",), numbers={"per_cent"}, kind="action"
    )

    assert expected == told(faults)


def test_three_that_fit_in_pairs_may_still_never_fit():
    """
    What is ruled out by all facts together is found too.
    """
    answers = {"a": ("1", "2"), "b": ("1", "2"), "c": ("1", "2")}
    never = {
        ("a", "1"): {"b": frozenset("1")},
        ("a", "2"): {"c": frozenset("1")},
        ("b", "2"): {"c": frozenset("1")},
    }
    (fault,) = cells_faults({"a": ("1", "2"), "b": ("1", "2"), "c": ("1",)}, answers, never, ("x",))

    assert ("rule-never-fits", ("x",)) == (fault.kind.code, fault.path)
    assert "“a: 1 or 2, b: 1 or 2, c: 1” never occur together." == fault.message


def test_groups_are_rows():
    """
    Every record has its group, and every group can have records.
    """
    groups = [
        ("overdue", cells({"due": "past"})),
        ("late", cells({"due": "past", "stage": "agreed"})),
        ("open", cells({"stage": ["agreed", "under way"]})),
    ]
    faults = [*group_faults(groups, ANSWERS, NEVER, ("groups",), below=("when",), kind="action")]

    assert [("table-dead-row", ("groups", "late")), ("table-hole", ("groups",))] == told(faults)
    assert "“late” never decides: “overdue” takes all that fits it." == faults[0].message
    assert "No group fits due: later, stage: done." == faults[1].message
    groups[1] = ("late", cells({"deu": "past"}))
    faults = [*group_faults(groups, ANSWERS, NEVER, ("groups",), below=("when",))]
    assert [("unknown-fact", ("groups", "late", "when", "deu"))] == told(faults)


# circles


@given(
    st.dictionaries(st.integers(0, 5), st.lists(st.integers(0, 5), max_size=3), max_size=6),
)
def test_every_node_on_a_circle_is_told_in_one(graph):
    """
    Each circle is one indeed and is told once; nodes on none are not named.
    """
    found = [*circles(graph)]

    def reaches(start):
        seen, left = set(), [start]
        while left:
            fresh = {*graph.get(left.pop(), ())} - seen
            seen |= fresh
            left += fresh
        return seen

    assert {node for node in graph if node in reaches(node)} == {n for one in found for n in one}
    assert len(found) == len(
        {frozenset(zip(one, (*one[1:], one[0]), strict=True)) for one in found}
    )
    for one in found:
        assert len(one) == len({*one})
        assert all(
            after in graph[node] for node, after in zip(one, (*one[1:], one[0]), strict=True)
        )
        assert one[0] == min(one, key=[*graph].index)
    assert found == [*circles(graph)]


def test_codes_are_declared_once():
    """
    Every kind of problem of this room is offered, under a code of its own.
    """
    assert len(PROBLEM_KINDS) == len({kind.code for kind in PROBLEM_KINDS})
    assert all(kind.meaning.endswith(".") and kind.mend.endswith(".") for kind in PROBLEM_KINDS)
