"""
Actions that are kept in the resolution they arise from, and belong to no plan.
"""

import datetime as dt
import importlib.metadata
import json
from types import SimpleNamespace
from typing import ClassVar

import attrs
import pytest

import peerkit
from peerkit import Action, Audience, Nest, Plan, Record, RecordKind, ToldDay, fields
from peerkit.cli import main
from peerkit.cli.exits import Exit
from peerkit.errors import RefusedError
from peerkit.history import Entry, History, Occasion
from peerkit.judging.comparing import first_days
from peerkit.model import Day, parse_day
from peerkit.plugins import NO_AUTOLOAD, gather
from peerkit.views import secrets, view

ON = dt.date(2024, 3, 4)
CANARY = "Move the child to another school."


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Board(Record):
    """
    A body, as far as it is needed here.
    """

    kind: ClassVar[str] = "body"

    name: str = fields.text("What it is called.", required=True)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Resolution(Record):
    """
    A resolution, as far as it is needed here.
    """

    kind: ClassVar[str] = "resolution"

    text: tuple[str, ...] = fields.proses("What was resolved.", required=True)
    body: str = fields.link("Who resolved.", "body")
    day: Day | None = fields.day("When.")
    first: str = fields.link("Its first action.", "action")
    shown_to: tuple[str, ...] = fields.links("What may be cited.", "review", opens=True)


def _minuted(record, _register):
    return parse_day("8 January 2024") if record.id == "minuted" else None


KINDS = (
    RecordKind(name="body", plural="bodies", record=Board, doc="A body.", short="name"),
    RecordKind(
        name="resolution",
        plural="resolutions",
        record=Resolution,
        doc="A resolution.",
        short="text",
        nests=(Nest(kind="action", key="actions"),),
    ),
)
MINUTED = ToldDay(kind="resolution", name="minuted", doc="By the minutes.", of=_minuted)
PLUGIN = SimpleNamespace(
    peerkit_record_kinds=peerkit.hookimpl(lambda: KINDS),
    peerkit_days=peerkit.hookimpl(lambda: (MINUTED,)),
)


@pytest.fixture(name="offers", scope="module")
def _offers():
    """
    What the core offers, and bodies that resolve.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(NO_AUTOLOAD, "1")
        return gather(extra=[("council", PLUGIN)])


CONFIGURATION = """\
peerkit: 1
organisation: {name: Northmere Borough Council}
extends: actions-in-four-words
review_kinds:
  peer review:
    findings:
      strengths: {one: strength, many: strengths}
"""
PARTIES = """\
parties:
  head: {is: post, name: Head of Libraries}
  clerk: {is: person, name: The Clerk}
bodies: {board: The Board, cabinet: The Cabinet}
"""
VISIT = """\
resolutions:
  visit:
    text:
      - That the outcomes be noted.
      - That a presentation be given.
    body: board
    day: 2024-02-05
    actions:
      A1: {do: Give a presentation to the Board., owner: head, due: 2024-02-20}
      A2: Write to the school.
"""
PLAN = """\
plan: plan
title: Plan for libraries
approver: cabinet
actions:
  A1: {do: Open later., owner: head, due: 2024-06-30}
"""


@pytest.fixture(name="council")
def _council(council):
    """
    Northmere's register, in which bodies resolve.
    """
    council.on = ON
    return council.write({"peerkit.yaml": CONFIGURATION, "parties.yaml": PARTIES})


# where it may be written


def test_an_action_in_a_resolution_belongs_to_no_plan(council):
    """
    Its id begins with the resolution's, and it arises from there; a text alone is what to do.
    """
    register = council.load({"a.yaml": VISIT})

    assert () == register.problems
    assert [("visit/A1", "", "visit"), ("visit/A2", "", "visit")] == [
        (one.id, one.plan, one.arises_from) for one in register.of_kind("action")
    ]
    assert "Write to the school." == register.get("action", "visit/A2").do


RESOLVED = VISIT.partition("    actions:")[0]
ALONE = [
    "actions:\n  visit/A1:\n    do: x\n    owner: head\n",
    "action: visit/A1\ndo: x\nowner: head\n",
]


@pytest.mark.parametrize("alone", ALONE, ids=["with others", "a file of its own"])
def test_nested_and_alone_it_is_the_same(council, alone):
    """
    Where an action is written makes no difference to what it is, whichever file comes first.
    """
    nested = council.load({"b.yaml": f"{RESOLVED}    actions: {{A1: {{do: x, owner: head}}}}\n"})
    for name in ("a.yaml", "c.yaml"):
        flat = council.load({"b.yaml": RESOLVED, name: alone})
        (council.folder / name).unlink()

        assert ((), ()) == (nested.problems, flat.problems)
        assert nested.records == flat.records
        assert ["visit"] == [one.arises_from for one in flat.of_kind("action")]


def test_an_action_of_a_plan_may_arise_from_a_resolution_and_one_of_a_resolution_be_in_a_plan(
    council,
):
    """
    It is kept in the one of which its id speaks, and linked to the other.
    """
    plan = PLAN + "  A9: {do: y, arises_from: visit}\n"
    text = VISIT + "      A9: {do: z, plan: plan}\n"
    register = council.load({"a.yaml": text, "p.yaml": plan})
    actions = [register.get("action", one) for one in ("plan/A9", "visit/A9")]

    assert () == register.problems
    assert [("plan", "visit"), ("plan", "visit")] == [
        (one.plan, one.arises_from) for one in actions
    ]
    assert ["plan", "resolution"] == [register.holder(one).kind for one in actions]


REFUSED = [
    pytest.param(
        "actions:\n  ‹A1: x\n", ["no-scope"], "or as PLAN/A1 or RESOLUTION/A1", id="alone"
    ),
    pytest.param("‹action: A1\ndo: x\n", ["no-scope"], "inside its plan or resolution", id="file"),
    pytest.param(
        "actions:\n  ‹visitt/A1: x\n", ["dangling-link"], "Did you mean “visit”?", id="misspelt"
    ),
    pytest.param("actions:\n  ‹libraries/A1: x\n", ["dangling-link"], "", id="in a review"),
    pytest.param("actions:\n  ‹board/visit/A3: x\n", ["bad-id"], "", id="too deep"),
    pytest.param("actions:\n  ‹visit/: x\n", ["bad-id"], "", id="nothing behind the slash"),
    pytest.param("actions:\n  ‹VISIT/a1: x\n", ["duplicate-id"], "", id="there already"),
    pytest.param(
        "actions:\n  visit/A3: {do: x, ‹arises_from: visit}\n",
        ["typed-twice"],
        "",
        id="typed twice",
    ),
    pytest.param(
        "plan: visit\ntitle: P\nactions:\n  ‹A1: x\n", ["duplicate-id"], "another id", id="in both"
    ),
    pytest.param(
        "plans: {visit: {title: P}}\nactions:\n  ‹visit/A3: x\n",
        ["unclear-link"],
        "Write the action inside the one it belongs to.",
        id="in one of two",
    ),
    pytest.param(
        "resolutions:\n  r:\n    text: x\n    actions:\n      ‹r/A1: x\n",
        ["bad-id"],
        "Inside its resolution it needs no slash.",
        id="with a slash",
    ),
    pytest.param(
        "resolutions:\n  r:\n    text: x\n    actions:\n      A1: {do: x, ‹arises_from: visit}\n",
        ["typed-twice"],
        "Take the line out.",
        id="of another resolution",
    ),
]


@pytest.mark.parametrize(("text", "codes", "mend"), REFUSED)
def test_an_action_that_is_kept_nowhere_or_in_two_is_told_where_it_stands(
    council, text, codes, mend
):
    """
    What it may belong to is named, with how to say so.
    """
    review = "reviews: {libraries: {title: L, kind: peer review}}\n"

    assert codes == council.codes({"0.yaml": VISIT, "1.yaml": review, "2.yaml": text})
    assert mend in council.problems()[0].advice


def test_what_an_unread_file_may_hold_is_not_missed(council):
    """
    An action of a plan that could not be read is no second problem.
    """
    text = "‹plan: [oops]\ntitle: P  # lost\n"

    assert ["bad-id"] == council.codes({"a.yaml": text, "b.yaml": "actions: {lost/A1: x}\n"})


def test_thousands_that_are_kept_nowhere_take_no_time(council):
    """
    Only the first are compared with every id there is; all are told.
    """
    plans = "".join(f"  plan{number}: {{title: x}}\n" for number in range(1_500))
    lost = "".join(f"  plan{number}x/A: x\n" for number in range(1_500))
    problems = council.problems({"a.yaml": f"plans:\n{plans}", "b.yaml": f"actions:\n{lost}"})

    assert 1_500 == len(problems)
    assert "Did you mean" in problems[0].mend
    assert "" == problems[-1].mend


# what a short id means


def test_a_short_id_is_enough_inside_the_resolution(council):
    """
    The resolution names its action as shortly as a plan would, beside a plan with the same id.
    """
    register = council.load(
        {"a.yaml": VISIT.replace("    actions:", "    first: a2\n    actions:"), "p.yaml": PLAN}
    )

    assert () == register.problems
    assert "visit/A2" == register.get("resolution", "visit").first


def test_what_the_resolution_opens_its_actions_may_cite(council):
    """
    A plan and a resolution of one id are not mixed up: each opens its own to its actions.
    """
    first = "review: one\ntitle: L\nkind: peer review\nstrengths: {S1: x}\n"
    register = council.load(
        {
            "1.yaml": first,
            "2.yaml": first.replace("one", "two"),
            "a.yaml": "resolutions:\n  same:\n    text: x\n    shown_to: one\n"
            "    actions: {A1: {do: x, answers: S1}}\n",
            "p.yaml": "plan: same\ntitle: P\nanswers: two\nactions: {A2: {do: x, answers: S1}}\n",
        }
    )

    assert () == register.problems
    assert [("one/S1",), ("two/S1",)] == [one.answers for one in register.of_kind("action")]


@pytest.mark.parametrize(
    ("within", "name"),
    [("", "visit/A1"), ("within: visit\n", "A1"), ("within: VISIT\n", "action a1")],
    ids=["whole", "short", "capitals"],
)
def test_history_names_it_whole_or_short(council, within, name):
    """
    An occasion tells of it as of an action in a plan.
    """
    told = f"day: 2024-02-20\nby: head\n{within}records: {{{name}: {{to: in progress}}}}\n"
    register = council.load({"a.yaml": VISIT, "p.yaml": PLAN, "history/a.yaml": told})
    snapshot = peerkit.judge(register, on=ON, offers=council.offers)

    assert () == register.problems
    assert "in progress" == snapshot.state(register.get("action", "visit/A1")).stage
    assert "not started" == snapshot.state(register.get("action", "plan/A1")).stage


# what it is kept in


def test_what_holds_it_is_told_by_its_links(council):
    """
    Where a plan and a resolution share an id, an action is held by the one it is written in.
    """
    register = council.load(
        {
            "a.yaml": "resolutions: {same: {text: x, actions: {A1: x}}}\n",
            "p.yaml": "plan: same\ntitle: P\nactions: {A2: x}\n",
        }
    )

    assert [("A1", "resolution"), ("A2", "plan")] == [
        (one.local_id, register.holder(one).kind) for one in register.of_kind("action")
    ]
    assert None is register.holder(register.get("plan", "same"))


@pytest.mark.parametrize(
    "files",
    [
        {"a.yaml": f"{RESOLVED}    withheld: exempt\n    actions: {{A1: {CANARY}}}\n"},
        {
            "a.yaml": f"{RESOLVED}    withheld: exempt\n",
            "b.yaml": f"actions: {{VISIT/A1: {CANARY}}}\n",
        },
        {
            "a.yaml": f"{RESOLVED}    withheld: exempt\n",
            "p.yaml": f"{PLAN}  A2: {{do: {CANARY}, arises_from: visit}}\n",
        },
        {
            "a.yaml": f"{RESOLVED}    actions: {{A2: {{do: {CANARY}, plan: plan}}}}\n",
            "p.yaml": "plan: plan\ntitle: P\nwithheld: exempt\n",
        },
        {
            "r.yaml": "review: libraries\ntitle: L\nkind: peer review\nwithheld: exempt\n",
            "f.yaml": f"findings: {{LIBRARIES/S1: {{kind: strengths, text: {CANARY}}}}}\n",
        },
    ],
    ids=["inside", "alone, in capitals", "in a plan", "its plan", "of a review, in capitals"],
)
def test_what_is_withheld_takes_what_it_holds_with_it(council, files):
    """
    Nothing of a withheld resolution is shown, wherever its actions are written.
    """
    public = view(council.judge(files), Audience.PUBLIC)
    holding = [one for one in public.snapshot.register if CANARY in repr(one)]

    assert 1 == len(holding)
    assert not public.shows(holding[0])
    assert CANARY in secrets(public)


def test_a_withheld_plan_of_the_same_id_hides_no_action_of_a_resolution(council):
    """
    What merely shares an id holds nothing.
    """
    snapshot = council.judge(
        {
            "a.yaml": "resolutions: {same: {text: x, actions: {A1: x}}}\n",
            "p.yaml": "plan: same\ntitle: P\nwithheld: exempt\nactions: {A2: y}\n",
        }
    )

    assert ["same/A1"] == [one.id for one in view(snapshot, Audience.PUBLIC).of_kind("action")]


@pytest.mark.parametrize(
    ("resolution", "occasion", "expected"),
    [
        ({"id": "visit", "day": parse_day("5 February 2024")}, None, "2024-02-05"),
        ({"id": "minuted"}, None, "2024-01-08"),
        ({"id": "minuted", "day": parse_day("5 February 2024")}, None, "2024-02-05"),
        ({"id": "visit", "day": parse_day("next meeting")}, None, None),
        ({"id": "visit"}, None, None),
        ({"id": "visit"}, "A1", "2024-02-20"),
        ({"id": "visit"}, "A9", "2024-02-20"),
    ],
    ids=["its day", "told", "its own first", "waiting", "none", "an entry", "an entry of another"],
)
def test_an_action_is_there_since_its_resolution(offers, resolution, occasion, expected):
    """
    The day of the resolution counts, or what others tell of it, or what was recorded.
    """
    made = Resolution(text=("x",), **resolution)
    action = Action(id=f"{made.id}/A1", do="x", arises_from=made.id, due=parse_day("1 May 2023"))
    register = peerkit.make_register([made, action], offers=offers)
    if occasion:
        told = {("action", f"{made.id}/{occasion}"): Entry(note="x")}
        happened = Occasion(name="o", day=dt.date(2024, 2, 20), by="head", entries=told)
        register = attrs.evolve(register, history=History((happened,)))
    first = first_days(register)(action)

    assert expected == (first.isoformat() if first else None)


# who grants it new days


def recorded(council, **said):
    return peerkit.record(council.folder, said, today=ON, offers=council.offers)


GRANTING = [
    ("board", "visit/A1", ""),
    ("head", "visit/A1", "A new due day is granted by board, which head is not."),
    ("cabinet", "visit/A1", "A new due day is granted by board, which cabinet is not."),
    ("head", "free/A1", ""),
    ("cabinet", "plan/A1", ""),
    ("board", "plan/A1", "A new due day is granted by cabinet, which board is not."),
    ("cabinet", "plan/A2", ""),
]
FREE = "resolutions: {free: {text: x, actions: {A1: x}}}\n"


@pytest.mark.parametrize(("by", "action", "refused"), GRANTING)
def test_the_body_that_resolved_grants_new_days(council, by, action, refused):
    """
    A plan's approver does it for what is in the plan; without a body anyone may.
    """
    plan = PLAN + "  A2: {do: x, arises_from: visit}\n"
    council.write({"a.yaml": VISIT, "b.yaml": FREE, "p.yaml": plan})
    entry = {"due": "June 2024", "reason": "It takes longer."}
    if refused:
        with pytest.raises(RefusedError, match=refused):
            recorded(council, by=by, records={action: entry})
    else:
        recorded(council, by=by, records={action: entry})
        snapshot = council.judge()
        state = snapshot.state(snapshot.register.get("action", action))
        assert "June 2024" == state.due.words


def test_the_body_that_resolved_is_asked(council):
    """
    Nobody need say who is asked where the resolution names a body.
    """
    council.write({"a.yaml": VISIT, "b.yaml": FREE})
    asking = {"asks_due": "June 2024", "reason": "It takes longer."}
    recorded(council, by="head", records={"visit/A1": asking})
    recorded(council, by="board", records={"visit/A1": {"grants": "due"}})
    state = council.judge().state(council.load().get("action", "visit/A1"))

    assert ("board", "granted") == (state.asked[0].of, state.asked[0].answer)
    assert "June 2024" == state.due.words
    with pytest.raises(RefusedError, match="the resolution it arises from names no body") as caught:
        recorded(council, by="head", records={"free/A1": asking})
    assert "Add “of: …” here." == caught.value.mend


# what commands and rows say of it


@pytest.fixture(name="installed")
def _installed(council, monkeypatch):
    """
    Run peerkit in the folder around the register, its plugin installed.
    """
    point = SimpleNamespace(name="council", dist=None, load=lambda: PLUGIN)
    monkeypatch.setattr(importlib.metadata, "entry_points", lambda **_: [point])
    monkeypatch.setattr("peerkit.cli.options.today", lambda: ON)
    monkeypatch.chdir(council.folder.parent)
    monkeypatch.delenv("COLUMNS", raising=False)
    return council


STATUS = """\
northmere on 4 March 2024

Actions of visit: That the outcomes be noted; That a presentation be given.
Id  Status       What                       Owner              Due               Stage
--  -----------  -------------------------  -----------------  ----------------  -----------
A1  Overdue      Give a presentation to     Head of Libraries  20 February 2024  not started
                 the Board.
A2  Not started  Write to the school.                                            not started

Actions of plan: Plan for libraries
Id  Status       What         Owner              Due           Stage
--  -----------  -----------  -----------------  ------------  -----------
A1  Not started  Open later.  Head of Libraries  30 June 2024  not started
"""


def test_status_groups_actions_by_what_they_are_kept_in(installed, capsys):
    """
    A resolution heads its actions as a plan does, by all its parts.
    """
    installed.write({"a.yaml": VISIT, "p.yaml": PLAN})

    assert Exit.FINE == main(["status", "northmere", "--kind", "action"])
    assert capsys.readouterr().out.startswith(STATUS)


def test_status_keeps_a_plan_and_a_resolution_of_one_id_apart(installed, capsys):
    """
    Each has a heading of its own.
    """
    installed.write(
        {
            "a.yaml": "resolutions: {same: {text: Resolved., actions: {A1: x}}}\n",
            "p.yaml": "plan: same\ntitle: Planned\nactions: {A2: x}\n",
        }
    )
    main(["status", "northmere"])
    out = capsys.readouterr().out

    assert "Actions of same: Resolved.\n" in out
    assert "Actions of same: Planned\n" in out


@pytest.mark.parametrize("name", ["visit/A1", "action visit/A1", "VISIT/a1"])
def test_it_is_recorded_by_its_whole_id(installed, capsys, name):
    """
    `peerkit record FOLDER visit/A1 --to …` works, and writes a file that is read again.
    """
    installed.write({"a.yaml": VISIT, "p.yaml": PLAN})
    code = main(["record", "northmere", name, "--to", "in progress", "--by", "head"])
    (written,) = (installed.folder / "history").iterdir()

    assert Exit.FINE == code, capsys.readouterr()
    assert "within: visit\n" in written.read_text("utf-8")
    assert "\n  A1:" in written.read_text("utf-8")
    assert Exit.FINE == main(["history", "verify", "northmere"])


def test_it_is_explained(installed, monkeypatch, capsys):
    """
    A whole id is explained, in words and as JSON.
    """
    installed.write({"a.yaml": VISIT})
    monkeypatch.chdir(installed.folder)
    code = main(["explain", "visit/A1"])
    words = capsys.readouterr().out
    main(["explain", "visit/A1", "--json"])
    (told,) = json.loads(capsys.readouterr().out)["found"]

    assert Exit.FINE == code
    assert "due 20 February 2024, 13 days past" in words
    assert "a.yaml:9" == told["written_in"]
    assert "resolution" == told["fact_answers"]["answers"]


def test_where_it_may_stand_is_explained(installed, capsys):
    """
    What a kind may be kept in is told, as far as a plugin offers it.
    """
    main(["explain", "action"])
    said = capsys.readouterr().out

    assert "  inside: plan\n  also inside: resolution\n" in said
    assert "  nested in: plan, resolution\n" in said
    assert installed


def test_without_resolutions_nothing_is_said_of_them(council, monkeypatch, capsys):
    """
    Where no plugin offers resolutions, an action belongs to a plan.
    """
    monkeypatch.setattr(importlib.metadata, "entry_points", lambda **_: [])
    monkeypatch.chdir(council.folder.parent)
    main(["explain", "action"])
    assert "also inside" not in capsys.readouterr().out
    council.offers = gather()
    council.write({"parties.yaml": "actions: {A1: x}\n"})

    assert "Write it inside its plan, or as PLAN/A1." == council.problems()[0].mend


def test_rows_say_where_it_arises_from(council):
    """
    A spreadsheet gets one row for it, like any other; the plan is empty.
    """
    rows = council.judge({"a.yaml": VISIT, "p.yaml": PLAN}).rows("actions")

    assert [("visit/A1", "", "visit"), ("visit/A2", "", "visit"), ("plan/A1", "plan", "")] == [
        (row["id"], row["plan"], row["arises_from"]) for row in rows
    ]


def test_a_bare_welcome_counts_it(installed, monkeypatch, capsys):
    """
    What is overdue is, wherever it is kept.
    """
    installed.write({"a.yaml": VISIT, "p.yaml": PLAN})
    monkeypatch.chdir(installed.folder)
    monkeypatch.setattr("peerkit.cli.welcome.today", lambda: ON)
    main([])

    assert "Actions: 1 overdue, 0 due soon." in capsys.readouterr().out


def test_made_in_python_it_needs_no_plan(offers):
    """
    A program makes one with whole ids.
    """
    made = Resolution(id="r", text=("x",))
    action = Action(id="r/A1", do="x", arises_from="r")
    register = peerkit.make_register([made, Plan(id="p", title="P"), action], offers=offers)

    assert made is register.holder(action)
    assert (action,) == register.linking("action", "arises_from", "r")
