import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerkit.lifecycle import Lifecycle, Move
from peerkit.lifecycle.drawing import COLUMNS, mermaid, table_rows
from peerkit.lifecycle.problems import PROBLEM_KINDS
from peerkit.lifecycle.proof import lifecycle_faults
from peerkit.rules.numbers import cut

STAGES = ("agreed", "under way", "done", "verified", "cancelled")
ANSWERS = {
    "stage": STAGES,
    "evidence": ("missing", "given"),
    "due": ("none", "past", "later"),
    "per_cent": cut(["100"]),
}
NEVER = {("stage", "agreed"): {"due": frozenset({"none"})}}


def move(sources, target, **rest):
    needs = {
        fact: (each,) if isinstance(each, str) else tuple(each)
        for fact, each in rest.pop("needs", {}).items()
    }
    sources = (sources,) if isinstance(sources, str) else tuple(sources)
    who = {key: (each,) if isinstance(each, str) else each for key, each in rest.items()}
    return Move(sources=sources, target=target, needs=needs, **who)


START = move("agreed", "under way")
FINISH = move("under way", "done")
VERIFY = move("done", "verified", needs={"evidence": "given"}, not_by="owner")
CANCEL = Move(sources=("agreed", "under way"), target="cancelled", reason="required")
MOVES = (START, FINISH, VERIFY, CANCEL)


def lifecycle(*moves, stages=STAGES, final=("verified", "cancelled"), **rest):
    return Lifecycle(stages=stages, final=final, moves=moves, **rest)


def faults_of(declared, **rest):
    return [
        *lifecycle_faults(
            declared, ANSWERS, NEVER, ("start", "due"), numbers={"per_cent"}, kind="action", **rest
        )
    ]


def told(faults):
    return [(fault.kind.code, fault.path) for fault in faults]


def test_a_sound_lifecycle_has_no_faults():
    """
    Every stage can be reached and left, every move made.
    """
    declared = lifecycle(
        *MOVES,
        move(
            "done", "cancelled", by=("approver", "vsh"), not_by="owner", needs={"per_cent": "100"}
        ),
        dated={"under way": "start"},
        verifying=("verified",),
        removed="cancelled",
    )

    assert [] == faults_of(declared, parties=("vsh",), party_fields=("owner", "approver"))


# what is declared, and each fault: its code, its path, and words of its message and mend
WRONG = [
    pytest.param(
        lifecycle(*MOVES, stages=()),
        [("lifecycle-stage", ("stages",), "A lifecycle needs stages; here is none.")],
        id="no stages",
    ),
    pytest.param(
        lifecycle(*MOVES, stages=(*STAGES, "done", "Agreed")),
        [
            ("lifecycle-stage", ("stages", 5), "“done” stands here twice."),
            ("lifecycle-stage", ("stages", 6), "“agreed” and “Agreed” differ only in capital"),
        ],
        id="stages twice",
    ),
    pytest.param(
        lifecycle(
            START, move("under wy", "done"), VERIFY, move(["agreed", "under way"], "canceled")
        ),
        [
            ("lifecycle-stage", ("moves", 1, "from", 0), "“under wy” … Did you mean “under way”?"),
            ("lifecycle-stage", ("moves", 3, "to"), "“canceled” … Did you mean “cancelled”?"),
        ],
        id="stages misspelt in moves",
    ),
    pytest.param(
        lifecycle(START, FINISH, VERIFY, CANCEL, move("done", "XXX")),
        [("lifecycle-stage", ("moves", 4, "to"), "They are agreed, under way, done, verified,")],
        id="an unknown stage in a move",
    ),
    pytest.param(
        lifecycle(
            *MOVES,
            final=("verifed", "cancelled"),
            verifying=("verified", "Verified"),
            removed="gone",
            dated={"under-way": "start"},
        ),
        [
            ("lifecycle-stage", ("final", 0), "Did you mean “verified”?"),
            ("lifecycle-stage", ("verifying", 1), "Did you mean “verified”?"),
            ("lifecycle-stage", ("removed",), "“gone” is not one of the stages."),
            ("lifecycle-stage", ("dated", "under-way"), "Did you mean “under way”?"),
        ],
        id="stages misspelt elsewhere",
    ),
    pytest.param(
        lifecycle(*MOVES, dated={"under way": "strat", "done": "title"}),
        [
            ("lifecycle-day", ("dated", "under way"), "Did you mean “start”?"),
            ("lifecycle-day", ("dated", "done"), "holds a day. Such fields are start, due."),
        ],
        id="no day fields",
    ),
    pytest.param(
        lifecycle(*MOVES, move("done", "done"), move([], "done")),
        [
            ("lifecycle-move", ("moves", 4, "from", 0), "Move 5 leads from “done” to itself."),
            ("lifecycle-move", ("moves", 5, "from"), "Move 6 leads out of no stage."),
        ],
        id="moves that lead nowhere",
    ),
    pytest.param(
        lifecycle(*MOVES, move(["done", "agreed"], "under way")),
        [
            (
                "lifecycle-two-moves",
                ("moves", 4, "from", 1),
                "Move 1 and move 5 both lead from “agreed” to “under way”.",
            )
        ],
        id="two moves for one pair",
    ),
    pytest.param(
        lifecycle(START, FINISH, VERIFY, move(["agreed", "agreed"], "cancelled")),
        [
            (
                "lifecycle-two-moves",
                ("moves", 3, "from", 1),
                "Move 4 twice leads from “agreed” to “cancelled”.",
            )
        ],
        id="one move with a pair twice",
    ),
    pytest.param(
        lifecycle(START, FINISH, CANCEL, move("verified", "done")),
        [
            ("lifecycle-no-way-out", ("stages", 2), "No move leads out of “done”, and it is not"),
            ("lifecycle-unreachable", ("stages", 3), "No moves lead from “agreed” to “verified”."),
            ("lifecycle-final", ("final", 0), "“verified” is final, but move 4 leads out of it."),
        ],
        id="a move the wrong way round",
    ),
    pytest.param(
        lifecycle(*MOVES, final=()),
        [
            ("lifecycle-no-way-out", ("stages", 3), "No move leads out of “verified”"),
            ("lifecycle-no-way-out", ("stages", 4), "No move leads out of “cancelled”"),
        ],
        id="no final stages",
    ),
    pytest.param(
        lifecycle(
            START,
            FINISH,
            move("done", "under way"),
            move("agreed", "cancelled"),
            VERIFY,
            stages=(*STAGES, "held"),
            final=("cancelled",),
        ),
        [
            ("lifecycle-no-way-out", ("stages", 3), "No move leads out of “verified”"),
            ("lifecycle-unreachable", ("stages", 5), "“held”"),
            ("lifecycle-no-way-out", ("stages", 5), "“held”"),
        ],
        id="what leads to a dead end is not told itself",
    ),
    pytest.param(
        lifecycle(
            START,
            FINISH,
            move("done", "under way"),
            move("agreed", "cancelled"),
            stages=("agreed", "under way", "done", "cancelled"),
            final=("cancelled",),
        ),
        [
            ("lifecycle-no-way-out", ("stages", 1), "final stage. Add moves that lead on to canc"),
            ("lifecycle-no-way-out", ("stages", 2), "No moves lead from “done” to a final stage."),
        ],
        id="a round without a way out",
    ),
    pytest.param(
        lifecycle(START, move("under way", "agreed"), stages=("agreed", "under way"), final=()),
        [],
        id="a round that is meant",
    ),
    pytest.param(
        lifecycle(START, FINISH, CANCEL, move("done", "verified", needs={"evidnce": "given"})),
        [("unknown-fact", ("moves", 3, "needs", "evidnce"), "Did you mean “evidence”?")],
        id="an unknown fact",
    ),
    pytest.param(
        lifecycle(START, FINISH, CANCEL, move("done", "verified", needs={"evidence": "givn"})),
        [("unknown-answer", ("moves", 3, "needs", "evidence", 0), "Did you mean “given”?")],
        id="an unknown answer",
    ),
    pytest.param(
        lifecycle(START, FINISH, CANCEL, move("done", "verified", needs={"evidence": ()})),
        [("rule-never-fits", ("moves", 3, "needs", "evidence"), "“evidence” stands without")],
        id="an empty cell",
    ),
    pytest.param(
        lifecycle(START, FINISH, CANCEL, move("done", "verified", needs={"per_cent": "all"})),
        [("not-a-range", ("moves", 3, "needs", "per_cent", 0), "“all” is no range")],
        id="no range",
    ),
    pytest.param(
        lifecycle(
            START, FINISH, VERIFY, move(["agreed", "under way"], "cancelled", needs={"due": "none"})
        ),
        [
            (
                "rule-never-fits",
                ("moves", 3, "needs", "due"),
                "Move 4 can never be made from “agreed”: “stage: agreed” and “due: none” never",
            )
        ],
        id="needs ruled out at one stage",
    ),
    pytest.param(
        lifecycle(START, FINISH, CANCEL, move("done", "verified", needs={"stage": "under way"})),
        [
            (
                "rule-never-fits",
                ("moves", 3, "needs", "stage"),
                "Move 4 can never be made from “done”, as it needs “stage: under way”.",
            )
        ],
        id="needs another stage",
    ),
    pytest.param(
        lifecycle(START, FINISH, CANCEL, move("done", "verified", by="owner", not_by="owner")),
        [("lifecycle-party", ("moves", 3, "not_by"), "Nobody may make move 4: “owner” may, and")],
        id="nobody may",
    ),
]


@pytest.mark.parametrize(("declared", "expected"), WRONG)
def test_what_is_wrong_with_a_lifecycle_is_found_where_it_stands(declared, expected):
    """
    Each fault is told once, in words, with the path to it.
    """
    faults = faults_of(declared)

    assert [(code, path) for code, path, _ in expected] == told(faults)
    for (_, _, words), fault in zip(expected, faults, strict=True):
        for part in words.split("… "):
            assert part.strip() in f"{fault.message} {fault.mend}"


def test_parties_are_looked_up_where_they_are_known():
    """
    Who may make a move is a party, or a field of the record that names one.
    """
    declared = lifecycle(
        START,
        FINISH,
        CANCEL,
        move("done", "verified", by=("approvr", "vsh"), not_by=("owner", "x")),
    )

    assert [] == faults_of(declared)
    faults = faults_of(declared, party_fields=("owner", "approver"), parties=("vsh",))
    assert [
        ("lifecycle-party", ("moves", 3, "by", 0)),
        ("lifecycle-party", ("moves", 3, "not_by", 1)),
    ] == told(faults)
    assert ["Did you mean “approver”?", ""] == [fault.mend for fault in faults]


def test_everything_is_found_in_one_run():
    """
    Two moves for one pair, a stage out of reach, a dead end, an unknown party: one run.
    """
    declared = lifecycle(
        START,
        move("agreed", "under way", by="nobody"),
        CANCEL,
        VERIFY,
        final=("cancelled",),
    )

    assert {
        ("lifecycle-two-moves", ("moves", 1, "from", 0)),
        ("lifecycle-party", ("moves", 1, "by", 0)),
        ("lifecycle-unreachable", ("stages", 2)),
        ("lifecycle-unreachable", ("stages", 3)),
        ("lifecycle-no-way-out", ("stages", 3)),
    } == {*told(faults_of(declared, parties=(), party_fields=("owner",)))}


# brute force

NAMES = ("a", "b", "c", "d")


@st.composite
def lifecycles(draw):
    stages = NAMES[: draw(st.integers(1, 4))]
    every = [pair for pair in itertools.product(stages, stages) if pair[0] != pair[1]]
    pairs = draw(st.lists(st.sampled_from(every), unique=True)) if every else []
    final = draw(st.lists(st.sampled_from(stages), unique=True))
    return lifecycle(*(move(*pair) for pair in pairs), stages=stages, final=tuple(final))


def walks(declared, start):
    """
    Return every stage that some walk from *start* comes to.
    """
    seen = {start}
    for _ in declared.stages:
        seen |= {there for here in seen for there in declared.next(here)}
    return seen


@given(lifecycles())
def test_ways_are_what_walking_finds(declared):
    """
    A stage is told if and only if no walk leads there, or none leads from there to an end.
    """
    faults = told(lifecycle_faults(declared, {}))
    final, stages = {*declared.final}, declared.stages
    stuck = {stage for stage in stages if not declared.next(stage)} - final

    def stages_of(code):
        return {stages[path[1]] for one, path in faults if one == code}

    assert {*stages} - walks(declared, stages[0]) == stages_of("lifecycle-unreachable")
    caught = {one for one in stages if not walks(declared, one) & (final | stuck)}
    assert stuck | (caught if final else set()) == stages_of("lifecycle-no-way-out")
    assert {one for one in final if declared.next(one)} == {
        declared.final[path[1]] for one, path in faults if one == "lifecycle-final"
    }


@given(lifecycles())
def test_a_sound_lifecycle_always_comes_to_an_end(declared):
    """
    Where nothing is wrong, every record can go on until it is at a final stage.
    """
    if not told(lifecycle_faults(declared, {})) and declared.final:
        for stage in walks(declared, declared.first):
            assert walks(declared, stage) & {*declared.final}


# drawn


def test_a_lifecycle_is_drawn():
    """
    Stages keep their names, whatever signs are in them; conditions stand at the moves.
    """
    declared = lifecycle(
        move("under way", 'done: "yes"; #1', needs={"evidence": "given", "due": ["past", "none"]}),
        move(["under way", 'done: "yes"; #1'], "end", by=("owner", "chair"), not_by="vsh"),
        stages=("under way", 'done: "yes"; #1', "end"),
        final=("end",),
    )

    assert """\
stateDiagram-v2
    state "under way" as s1
    state "done#58; #34;yes#34;#59; #35;1" as s2
    state "end" as s3
    [*] --> s1
    s1 --> s2 : evidence is given and due is past or none
    s1 --> s3 : by owner or chair but not by vsh
    s2 --> s3 : by owner or chair but not by vsh
    s3 --> [*]""" == mermaid(declared)


def test_a_lifecycle_is_told_as_a_table():
    """
    Each move is a row of words.
    """
    assert ("from", "to", "needs", "by", "reason") == COLUMNS
    assert (
        ("agreed", "under way", "", "", ""),
        ("under way", "done", "", "", ""),
        ("done", "verified", "evidence is given", "not by owner", ""),
        ("agreed or under way", "cancelled", "", "", "required"),
    ) == table_rows(lifecycle(*MOVES))


def test_codes_are_declared_once():
    """
    Every kind of problem of this room is offered, under a code of its own.
    """
    assert len(PROBLEM_KINDS) == len({kind.code for kind in PROBLEM_KINDS})
    assert all(kind.meaning.endswith(".") and kind.mend.endswith(".") for kind in PROBLEM_KINDS)
