"""
How many actions came and went, and the usual groups, in progress reports of Northmere.
"""

import datetime as dt
import itertools

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import peerkit
from peerkit.document import Table, plain_text, walk_blocks, walk_sections
from peerkit.history import Entry, History, Occasion

FILES = {
    "peerkit.yaml": """\
peerkit: 1
requires: peerkit-committee
extends: [navsh-peer-review, actions-in-four-words]
organisation: {name: Northmere Borough Council}
papers:
  progress-report:
    public: {approved: ["no", "yes"]}
    columns: {ref: Ref}
""",
    "parties.yaml": """\
parties:
  head: {is: post, name: Head of Virtual School}
  director: {is: post, name: Director of Education}
bodies:
  board:
    name: Corporate Parenting Board
    regime: none
    meetings:
      2023-02-01: {agenda: {1: {title: The plan}}}
      2023-04-05: {agenda: {2: {title: Progress}}}
      2023-06-07:
""",
    "review.yaml": """\
review: northmere-2022
title: Peer review of the Virtual School
kind: NAVSH peer review
report_received: 2022-11-01
themes:
  peps:
    title: Personal education plans
    questions: How good are they?
    development: {D1: Targets are not measurable., D2: Some are late.}
  voice:
    title: Voice of children
    questions: Are they heard?
    development: {D3: Few are asked.}
""",
    "plan.yaml": """\
plan: school
title: School plan
answers: northmere-2022
day: 2022-12-01
actions:
  A1: {answers: D1, do: Train the teachers., owner: head, due: 2023-03-01}
""",
    "resolutions.yaml": """\
resolutions:
  first: {item: board/2023-02-01/1, text: That a list be kept.}
  second: {item: board/2023-04-05/2, text: That all be asked.}
""",
    "report.yaml": """\
committee_report: progress
title: Progress of the plan
to: [board/2023-02-01, board/2023-04-05, board/2023-06-07]
about: school
from: head
""",
}
FINDINGS = ("northmere-2022/D1", "northmere-2022/D2", "northmere-2022/D3")
THEMES = ("Personal education plans", "Voice of children", "No theme")
FINAL = ("complete", "cancelled")
REPORTED = (dt.date(2023, 2, 1), dt.date(2023, 4, 5), dt.date(2023, 6, 7))
DAYS = st.dates(dt.date(2022, 12, 2), dt.date(2023, 8, 1))
AFTER = "**Actions open, new and closed, theme by theme**"
HAPPENINGS = (
    {"to": "in progress"},
    {"to": "complete"},
    {"to": "cancelled", "reason": "It is done elsewhere."},
    {"asks_due": peerkit.parse_day("September 2023"), "reason": "Ill.", "of": "director"},
    {"due": peerkit.parse_day("2023-05-01"), "reason": "Put off."},
    {"asks_removal": True, "reason": "No longer needed.", "of": "director"},
    {"grants": "due"},
    {"grants": "removal"},
    {"refuses": "removal", "reason": "No."},
)


@pytest.fixture(name="northmere", scope="module")
def _northmere(tmp_path_factory):
    """
    A register whose plan is reported on at three meetings, before anything happened.
    """
    return written(tmp_path_factory.mktemp("northmere"), FILES)


@pytest.fixture(name="making", scope="module")
def _making(northmere):
    """
    What makes registers of it; a failing case names this in a line, and not the whole register.
    """
    return lambda actions, happenings: made(northmere, actions, happenings)


def written(folder, files):
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    register = peerkit.load(folder)
    assert register.is_whole, register.problems
    return register


def made(register, actions, happenings):
    """
    Return *register* with other actions in its plan, and what happened to them.
    """
    records = {
        f"school/A{number}": peerkit.Action(
            id=f"school/A{number}", ref=f"A{number}", plan="school", do="x", owners=("head",), **one
        )
        for number, one in enumerate(actions, 1)
    }
    occasions = [
        Occasion(
            name=f"{day.isoformat()}-{index}",
            day=day,
            by="director" if {"grants", "refuses"} & told.keys() else "head",
            entries={("action", f"school/A{place}"): Entry(**_of_its_own(told, place))},
        )
        for index, (day, number, told) in enumerate(sorted(happenings, key=lambda one: one[0]))
        for place in [1 + number % len(actions)]
    ]
    return attrs.evolve(
        register,
        records={**register.records, "action": records},
        history=History(tuple(occasions)),
    )


def _of_its_own(told, place):
    """
    Return what is told of an action, with a reason that no other gives: what was said of one
    that is withheld may stand nowhere.
    """
    return told | ({"reason": f"{told['reason']} See {place}."} if "reason" in told else {})


def rendered(register, on, audience, format_="md"):
    snapshot = peerkit.judge(register, on=on)
    return peerkit.render(snapshot, "progress-report", "school", audience=audience, format=format_)


def counted(markdown):
    """
    Return the printed table: the heads of its columns, and each line by its name.
    """
    _, _, rest = markdown.decode().partition(AFTER)
    lines = [*itertools.takewhile(lambda line: line.startswith("|"), rest.split("\n")[2:])]
    head, _, *rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines]
    return head[1:], {row[0]: [int(one) for one in row[1:]] for row in rows}


HEADS = ["Open before", "New (+)", "Closed (−)", "Open now (=)"]


# what is always true


ACTIONS = st.lists(
    st.fixed_dictionaries(
        {
            "answers": st.sets(st.sampled_from(FINDINGS)).map(lambda one: tuple(sorted(one))),
            "arises_from": st.sampled_from(("", "first", "second")),
            "due": st.none() | DAYS.map(lambda day: peerkit.parse_day(day.isoformat())),
            "withheld": st.sampled_from(("", "", "", "It names a child.")),
        }
    ),
    min_size=1,
    max_size=7,
)
HISTORIES = st.lists(st.tuples(DAYS, st.integers(0, 6), st.sampled_from(HAPPENINGS)), max_size=12)


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    actions=ACTIONS,
    happenings=HISTORIES,
    on=DAYS,
    audience=st.sampled_from(("internal", "public")),
)
def test_what_came_and_went_balances(making, actions, happenings, on, audience):
    """
    Whatever happened, each line of the printed table adds up, and so does the total; it
    counts what is open and may be seen; each action is in one group; and the same pair of
    days gives the same bytes.
    """
    register = making(actions, happenings)
    seen = {one.id: one for one in register.of_kind("action") if not one.withheld}
    seen = seen if audience == "public" else dict(register.records["action"])
    before = max((day for day in REPORTED if day < on), default=None)
    markdown = rendered(register, on, audience)

    assert markdown == rendered(making(actions, happenings), on, audience)
    assert rendered(register, on, audience, "docx") == rendered(
        making(actions, happenings), on, audience, "docx"
    )
    grouped(register, seen, on, audience)
    if before is None or not seen:
        assert AFTER not in markdown.decode()
        assert ("No earlier report on this plan is recorded" in markdown.decode()) is bool(seen)
        return
    heads, lines = counted(markdown)

    assert HEADS == heads
    assert {*lines} <= {*THEMES, "Total"}
    assert all(
        opening + new - closed == closing for opening, new, closed, closing in lines.values()
    )
    for column, day in ((0, before), (3, on)):
        snapshot = peerkit.judge(register, on=day)
        there = [one for one in seen.values() if begun(one, register) <= day]
        still = [one for one in there if snapshot.state(one).stage not in FINAL]
        assert len(still) == lines["Total"][column]
        for theme in lines.keys() & {*THEMES}:
            assert sum(theme in themes(one) for one in still) == lines[theme][column]
    shared = any(len(themes(one)) > 1 for one in seen.values())
    assert "An action that belongs to several themes" not in markdown.decode() or shared


def begun(action, register):
    """
    Return since when an action is there: since its resolution, or its plan, or since
    anything is told of it.
    """
    days = {"": dt.date(2022, 12, 1), "first": REPORTED[0], "second": REPORTED[1]}
    told = [one.occasion.day for one in register.history.of(("action", action.id))]
    return min([days[action.arises_from], *told])


def themes(action):
    found = {THEMES[finding.endswith("D3")] for finding in action.answers}
    return found or {THEMES[2]}


def grouped(register, seen, on, audience):
    """
    Hold that each action that may be seen is in one group, and no other is in any.
    """
    snapshot = peerkit.judge(register, on=on)
    document = peerkit.compose(snapshot, "progress-report", "school", audience=audience)
    refs = [
        plain_text(row.cells[0])
        for block in walk_blocks(document)
        if isinstance(block, Table) and block.key.startswith("actions")
        for row in block.rows
    ]
    hidden = [one.ref for one in seen.values() if snapshot.ask(one, "finished") == "before"]

    assert sorted(one.ref for one in seen.values()) == sorted([*refs, *hidden])


# the table


def moved(*told):
    """
    Return what happened to actions, from a day, a number from nought, and an entry each.
    """
    return [(dt.date.fromisoformat(day), number, entry) for day, number, entry in told]


ONE = {"answers": ("northmere-2022/D1",)}
BOTH = {"answers": ("northmere-2022/D1", "northmere-2022/D3")}
NEW = {"answers": ("northmere-2022/D3",), "arises_from": "second"}
DONE, DROPPED = HAPPENINGS[1], HAPPENINGS[2]


def test_the_table_tells_of_each_theme_what_came_and_went(northmere):
    """
    From the end of the day of the last report to the end of the paper's own.
    """
    actions = [ONE, ONE, {"answers": ("northmere-2022/D3",)}, NEW, NEW]
    happened = moved(("2023-02-01", 0, DONE), ("2023-04-05", 1, DONE), ("2023-04-06", 3, DROPPED))
    register = made(northmere, actions, happened)
    markdown = rendered(register, dt.date(2023, 4, 5), "internal")
    heads, lines = counted(markdown)

    assert HEADS == heads
    assert [
        ("Personal education plans", [1, 0, 1, 0]),
        ("Voice of children", [1, 2, 0, 3]),
        ("Total", [2, 2, 1, 3]),
    ] == [*lines.items()]
    assert (
        "From the end of 1 February 2023 to the end of 5 April 2023: 2 open before, and 2 new, "
        "less 1 closed, leave 3 open."
    ) in markdown.decode()
    assert "An action that belongs to several" not in markdown.decode()
    assert [("Voice of children", [3, 0, 1, 2]), ("Total", [3, 0, 1, 2])] == [
        *counted(rendered(register, dt.date(2023, 4, 6), "internal"))[1].items()
    ][1:]


def test_an_action_of_several_themes_counts_once_in_the_total(northmere):
    """
    And the paper says why the lines do not add up downwards.
    """
    markdown = rendered(made(northmere, [BOTH, ONE], []), dt.date(2023, 3, 1), "internal")

    assert {
        "Personal education plans": [2, 0, 0, 2],
        "Voice of children": [1, 0, 0, 1],
        "Total": [2, 0, 0, 2],
    } == counted(markdown)[1]
    assert (
        "An action that belongs to several themes is counted in each of them, and once in the "
        "total."
    ) in markdown.decode()


def test_the_first_report_has_nothing_to_compare_with(northmere):
    """
    It says so; a plan without actions says nothing of it.
    """
    first = rendered(made(northmere, [ONE], []), dt.date(2023, 2, 1), "internal").decode()
    empty = attrs.evolve(northmere, records={**northmere.records, "action": {}})
    none = rendered(empty, dt.date(2023, 3, 1), "internal").decode()

    assert "No earlier report on this plan is recorded, so there is" in first
    assert AFTER not in first
    assert "Actions since the last report" not in none


def test_what_is_withheld_is_not_counted_for_the_public(northmere):
    """
    Neither an action nor the finding that would tell its theme.
    """
    actions = [ONE, {**ONE, "withheld": "It names a child."}]
    register = made(northmere, actions, [])
    finding = register.get("finding", "northmere-2022/D1")
    hidden = {**register.records["finding"], finding.id: attrs.evolve(finding, withheld="So.")}
    secret = attrs.evolve(register, records={**register.records, "finding": hidden})
    on = dt.date(2023, 3, 1)

    assert [2, 0, 0, 2] == counted(rendered(register, on, "internal"))[1]["Total"]
    assert {"Personal education plans": [1, 0, 0, 1], "Total": [1, 0, 0, 1]} == counted(
        rendered(register, on, "public")
    )[1]
    assert {"No theme": [1, 0, 0, 1], "Total": [1, 0, 0, 1]} == counted(
        rendered(secret, on, "public")
    )[1]


def test_other_plans_are_not_counted(northmere):
    """
    Each plan is reported on for itself.
    """
    register = made(northmere, [ONE], [])
    plan = attrs.evolve(register.get("plan", "school"), id="other")
    action = attrs.evolve(register.get("action", "school/A1"), id="other/A1", plan="other")
    records = {
        **register.records,
        "plan": {**register.records["plan"], "other": plan},
        "action": {**register.records["action"], "other/A1": action},
    }
    more = attrs.evolve(register, records=records)

    assert [1, 0, 0, 1] == counted(rendered(more, dt.date(2023, 3, 1), "internal"))[1]["Total"]


REOPENING = """\
from:
  2023-03-01:
    rules:
      action:
        lifecycle:
          final: [cancelled]
          moves:
            - {from: not started, to: in progress}
            - {from: [not started, in progress], to: complete}
            - {from: complete, to: in progress, reason: required}
            - {from: [not started, in progress, complete], to: cancelled, reason: required}
"""


def test_what_was_reopened_has_a_column_where_there_is_any(tmp_path):
    """
    It is left out where all are nought, and counts in the sum where not.
    """
    files = {**FILES, "peerkit.yaml": FILES["peerkit.yaml"] + REOPENING}
    register = made(written(tmp_path, files), [ONE, ONE, NEW], moved(("2023-01-09", 0, DONE)))
    markdown = rendered(register, dt.date(2023, 4, 6), "internal")
    again = rendered(register, dt.date(2023, 3, 2), "internal")

    assert HEADS == counted(markdown)[0]
    assert (
        ["Open before", "New (+)", "Reopened (+)", "Closed (−)", "Open now (=)"],
        [1, 0, 1, 0, 2],
    ) == (counted(again)[0], counted(again)[1]["Total"])
    assert "1 open before, 0 new and 1 reopened, less 0 closed, leave 2 open." in again.decode()


def test_themes_of_other_reviews_are_told_apart(northmere):
    """
    By the title of their review, where that is not the first that the plan answers.
    """
    register = made(northmere, [ONE], [])
    plan = attrs.evolve(register.get("plan", "school"), answers=())
    records = {**register.records, "plan": {plan.id: plan}}
    _, lines = counted(
        rendered(attrs.evolve(register, records=records), dt.date(2023, 3, 1), "internal")
    )

    assert ["Personal education plans (Peer review of the Virtual School)", "Total"] == [*lines]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("movement_columns: {closing: }", ["missing-column"]),
        ("movement_columns: {extra: Extra}", ["unknown-part"]),
        ("sections: {movement: {heading: Moved, required: yes}}", []),
    ],
)
def test_the_table_is_checked_as_others_are(tmp_path, text, codes):
    """
    It needs the column that it is for, and a plan owes it nothing.
    """
    settings_ = FILES["peerkit.yaml"].replace("columns: {ref: Ref}", text)
    register = written(tmp_path, {**FILES, "peerkit.yaml": settings_})
    found = peerkit.check(register, on=dt.date(2023, 3, 1))

    assert codes == [
        one.code for one in found if one.place.file == "peerkit.yaml" or "movement" in one.message
    ]


# the usual groups


def due(day):
    return {**ONE, "due": peerkit.parse_day(day)}


USUAL = [
    "Completed since the last report",
    "Overdue, with a new day or removal requested",
    "Removal requested",
    "New day requested",
    "Overdue",
    "Not begun",
    "On track",
]


def test_the_usual_groups_need_no_names_of_stages(northmere):
    """
    Each is printed, with what is in it, or that there is nothing.
    """
    actions = [due(day) for day in ("2023-01-31", "2023-03-31", *["2023-12-01"] * 6)]
    ask, removal = HAPPENINGS[3], HAPPENINGS[5]
    happened = moved(
        ("2023-01-10", 2, DONE),
        ("2023-03-01", 3, DONE),
        ("2023-03-02", 0, ask),
        ("2023-03-03", 4, removal),
        ("2023-03-04", 5, ask),
        ("2023-03-05", 6, HAPPENINGS[0]),
    )
    register = made(northmere, actions, happened)
    document = peerkit.compose(
        peerkit.judge(register, on=dt.date(2023, 4, 5)), "progress-report", "school"
    )
    (section,) = [one for one in document.sections if one.key == "actions"]
    none = peerkit.compose(
        peerkit.judge(made(northmere, [due("2023-12-01")], []), on=dt.date(2023, 4, 5)),
        "progress-report",
        "school",
    )
    (empty,) = [one for one in none.sections if one.key == "actions"]

    assert (
        USUAL
        == [one.heading for one in section.sections]
        == [one.heading for one in empty.sections]
    )
    assert [["A4"], ["A1"], ["A5"], ["A6"], ["A2"], ["A8"], ["A7"]] == [
        [plain_text(row.cells[0]) for row in one.blocks[0].rows] for one in section.sections
    ]
    assert "No other action is overdue." == plain_text(empty.sections[4].blocks)


BY = "Director of Education"
REVISED = f"20 May 2023: September 2023 in place of 1 May 2023, set by {BY}.\nIll. See 1."


@pytest.mark.parametrize(
    ("on", "group", "expected"),
    [
        ("2023-05-09", "overdue", ["1 May 2023", "Overdue"]),
        (
            "2023-05-10",
            "overdue_asked",
            ["1 May 2023", "Overdue", "September 2023, asked for on 10 May 2023\nIll. See 1."],
        ),
        (
            "2023-05-20",
            "not_begun",
            [
                "September 2023 (1 May 2023 at first, revised once)",
                "Not started",
                REVISED,
            ],
        ),
    ],
)
def test_an_extension_is_printed_as_asked_and_then_as_granted(northmere, on, group, expected):
    """
    Old and new day with the reason, and overdue until it is granted.
    """
    happened = moved(("2023-05-10", 0, HAPPENINGS[3]), ("2023-05-20", 0, HAPPENINGS[6]))
    register = made(northmere, [due("2023-05-01")], happened)
    document = peerkit.compose(
        peerkit.judge(register, on=dt.date.fromisoformat(on)), "progress-report", "school"
    )
    ((key, table),) = [
        (one.key, block)
        for _, one in walk_sections(document)
        for block in one.blocks
        if isinstance(block, Table) and block.key.startswith("actions")
    ]

    assert group == key
    assert expected == [plain_text(cell) for cell in table.rows[0].cells][3:]


def test_groups_of_the_council_replace_the_usual_ones(tmp_path):
    """
    All of them, whatever their keys.
    """
    own = "groups: {late: {heading: Late, when: {overdue: 'yes'}}, overdue: The rest}"
    text = FILES["peerkit.yaml"].replace("columns: {ref: Ref}", own)
    register = written(tmp_path, {**FILES, "peerkit.yaml": text})
    document = peerkit.compose(
        peerkit.judge(register, on=dt.date(2023, 3, 2)), "progress-report", "school"
    )
    (section,) = [one for one in document.sections if one.key == "actions"]

    assert ["Late"] == [one.heading for one in section.sections]
