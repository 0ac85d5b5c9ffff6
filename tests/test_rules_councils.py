"""
The tables that councils have, each proven, and each of their parts shown to matter.
"""

import pytest

from peerkit.rules import RatingTable, StatusTable, table_of
from peerkit.rules.numbers import NO_FIGURE, answer_for, cut
from peerkit.rules.proof import table_faults

ANSWERS = {
    "stage": ("agreed", "under way", "done", "embedded", "cancelled"),
    "due": ("none", "past", "soon", "later"),
    "start": ("none", "past", "later"),
    "owner": ("named", "unassigned"),
    "issues": ("none", "identified", "significant"),
    "difference": ("not assessed", "none", "some", "lasting"),
}
NEVER = {("stage", "embedded"): {"owner": frozenset({"unassigned"})}}


def cells(**written):
    return {fact: tuple(part.strip() for part in each.split("/")) for fact, each in written.items()}


def case(result, **given):
    return cells(**given) | {"is": (result,)}


# Kensington and Chelsea: green no issues or risks, amber identified, red significant.
LOOKING_FORWARD = RatingTable(
    scale=("Red", "Amber", "Green"),
    title="Risk to delivery",
    key={
        "Red": "There are significant issues or risks.",
        "Amber": "Issues or risks are identified.",
        "Green": "No issues or risks.",
    },
    rows=(
        cells(rating="Red", issues="significant"),
        cells(rating="Amber", issues="identified"),
        cells(rating="Green", issues="none"),
    ),
    cases=(
        case("Red", issues="significant"),
        case("Amber", issues="identified"),
        case("Green", issues="none"),
    ),
)

# Bands of per cent; late and far from done is red whatever the band.
PER_CENT = RatingTable(
    scale=("Red", "Amber", "Green", "Not known"),
    title="Progress",
    rows=(
        cells(rating="Red", due="past", per_cent="under 75 / no figure"),
        cells(rating="Not known", per_cent="no figure"),
        cells(rating="Red", per_cent="under 26%"),
        cells(rating="Amber", per_cent="26% to 74%"),
        cells(rating="Green"),
    ),
    cases=(
        case("Red", due="past", per_cent="74"),
        case("Red", due="past", per_cent="no figure"),
        case("Not known", due="later", per_cent="no figure"),
        case("Red", due="soon", per_cent="25"),
        case("Amber", due="none", per_cent="26"),
        case("Amber", due="later", per_cent="74"),
        case("Green", due="past", per_cent="75"),
        case("Green", due="later", per_cent="100"),
    ),
)

# Maidstone's keys.
MAIDSTONE = StatusTable(
    statuses=("Overdue", "Unassigned", "Not started", "In progress", "Completed", "Cancelled"),
    rows=(
        cells(status="Cancelled", stage="cancelled"),
        cells(status="Completed", stage="done / embedded"),
        cells(status="Overdue", due="past"),
        cells(status="Unassigned", owner="unassigned"),
        cells(status="Not started", stage="agreed"),
        cells(status="In progress"),
    ),
    cases=(
        case("Cancelled", stage="cancelled", due="past", owner="unassigned"),
        case("Completed", stage="done", due="past", owner="unassigned"),
        case("Completed", stage="embedded", due="past", owner="named"),
        case("Overdue", stage="agreed", due="past", owner="unassigned"),
        case("Unassigned", stage="agreed", due="later", owner="unassigned"),
        case("Not started", stage="agreed", due="none", owner="named"),
        case("In progress", stage="under way", due="soon", owner="named"),
        case("Overdue", stage="under way", due="past", owner="named"),
    ),
)

# Blue for what is complete and embedded.
BLUE_IS_EMBEDDED = RatingTable(
    scale=("Red", "Amber", "Green", "Blue"),
    key={"Blue": "Complete, and embedded with evidence."},
    rows=(
        cells(rating="Blue", stage="embedded"),
        cells(rating="Green", stage="done / cancelled"),
        cells(rating="Red", due="past"),
        cells(rating="Amber", due="soon", stage="agreed"),
        cells(rating="Green"),
    ),
    cases=(
        case("Blue", stage="embedded", due="past"),
        case("Green", stage="done", due="past"),
        case("Green", stage="cancelled", due="past"),
        case("Red", stage="under way", due="past"),
        case("Amber", stage="agreed", due="soon"),
        case("Green", stage="under way", due="soon"),
        case("Green", stage="agreed", due="later"),
    ),
)

# Blue for what is not due to begin.
BLUE_IS_NOT_DUE = RatingTable(
    scale=("Red", "Amber", "Green", "Blue"),
    key={"Blue": "Not due to begin."},
    rows=(
        cells(rating="Green", stage="done / embedded / cancelled"),
        cells(rating="Red", due="past"),
        cells(rating="Blue", start="later"),
        cells(rating="Amber", start="past", stage="agreed"),
        cells(rating="Green"),
    ),
    cases=(
        case("Green", stage="done", due="past", start="past"),
        case("Green", stage="embedded", due="past", start="past"),
        case("Green", stage="cancelled", due="past", start="later"),
        case("Red", stage="agreed", due="past", start="later"),
        case("Blue", stage="agreed", due="later", start="later"),
        case("Amber", stage="agreed", due="later", start="past"),
        case("Green", stage="agreed", due="later", start="none"),
        case("Green", stage="under way", due="later", start="past"),
    ),
)

# A second axis beside progress: what difference it made, with a key of its own.
IMPACT = RatingTable(
    scale=("None seen", "Some", "Lasting", "Too early"),
    title="Impact",
    key={"Lasting": "Pupils still benefit a year later.", "Too early": "It is not done yet."},
    rows=(
        cells(rating="Too early", status="Overdue / Unassigned / Not started / In progress"),
        cells(rating="Lasting", difference="lasting"),
        cells(rating="Some", difference="some"),
        cells(rating="None seen"),
    ),
    cases=(
        *(
            case("Too early", status=status, difference="lasting")
            for status in ("Overdue", "Unassigned", "Not started", "In progress")
        ),
        case("Lasting", status="Completed", difference="lasting"),
        case("Some", status="Completed", difference="some"),
        case("None seen", status="Cancelled", difference="none"),
        case("None seen", status="Completed", difference="not assessed"),
    ),
)

TABLES = {
    "looking forward": LOOKING_FORWARD,
    "from per cent": PER_CENT,
    "Maidstone": MAIDSTONE,
    "blue is embedded": BLUE_IS_EMBEDDED,
    "blue is not due": BLUE_IS_NOT_DUE,
    "impact": IMPACT,
}


def evolved(table, rows):
    kept = {"title": table.title, "key": table.key, "cases": table.cases, "rows": tuple(rows)}
    return type(table)(**{table.words_key: table.words}, **kept)


def faults_of(table):
    written = [cell for row in PER_CENT.rows for cell in row.get("per_cent", ())]
    answers = {**ANSWERS, "per_cent": cut(written), "status": MAIDSTONE.statuses}
    return [*table_faults(table, "it", answers, NEVER, {"per_cent"})]


@pytest.mark.parametrize("name", TABLES)
def test_the_tables_of_councils_are_sound(name):
    """
    What councils use can be written, is total, and comes out as its cases say.
    """
    assert [] == faults_of(TABLES[name])


MATTERS = {"table-hole", "table-dead-row", "table-case", "rule-never-fits"}


@pytest.mark.parametrize(
    ("name", "index"),
    [(name, index) for name, table in TABLES.items() for index in range(len(table.rows))],
)
def test_no_row_can_go(name, index):
    """
    Without any one row there is a hole, or a case that comes out otherwise.
    """
    rows = TABLES[name].rows
    codes = {
        one.kind.code for one in faults_of(evolved(TABLES[name], rows[:index] + rows[index + 1 :]))
    }

    assert {"table-hole", "table-case"} & codes


PARTS = [
    (name, index, fact, answers)
    for name, table in TABLES.items()
    for index, row in enumerate(table.rows)
    for fact, answers in row.items()
    if fact != table.result
]


@pytest.mark.parametrize(
    ("name", "index", "fact", "answer"),
    [(*at, answer) for *at, answers in PARTS for answer in answers],
)
def test_no_answer_can_go(name, index, fact, answer):
    """
    Without any one answer, a row cannot fit, or a case comes out otherwise.
    """
    rows = [dict(row) for row in TABLES[name].rows]
    rows[index][fact] = tuple(one for one in rows[index][fact] if one != answer)
    faults = faults_of(evolved(TABLES[name], rows))

    assert MATTERS & {fault.kind.code for fault in faults}


@pytest.mark.parametrize(("name", "index", "fact"), [tuple(at) for *at, _ in PARTS])
def test_no_cell_can_go(name, index, fact):
    """
    Without any one cell, a later row is dead, or a case comes out otherwise.
    """
    rows = [dict(row) for row in TABLES[name].rows]
    del rows[index][fact]

    if name == "looking forward" and index == len(rows) - 1:
        assert [] == faults_of(evolved(TABLES[name], rows))  # the last row may take what is left
    else:
        assert MATTERS & {one.kind.code for one in faults_of(evolved(TABLES[name], rows))}


@pytest.mark.parametrize(
    ("per_cent", "due", "expected"),
    [
        (None, "past", "Red"),
        (None, "later", "Not known"),
        (0, "later", "Red"),
        (25, "later", "Red"),
        (26, "later", "Amber"),
        (74, "past", "Red"),
        (75, "past", "Green"),
        (100, "past", "Green"),
    ],
)
def test_a_figure_is_rated(per_cent, due, expected):
    """
    A proven table, asked with the answer of a figure, gives the colour of its band.
    """
    answers = cut(cell for row in PER_CENT.rows for cell in row.get("per_cent", ()))
    table = table_of(PER_CENT, "progress", {"per_cent": answers})
    given = {"per_cent": answer_for(per_cent, answers), "due": due}

    assert expected == table.decide(given.__getitem__).result
    assert NO_FIGURE in answers


def test_two_axes_have_two_keys():
    """
    Progress and impact are told apart by title and key, also where words are the same.
    """
    progress = table_of(BLUE_IS_EMBEDDED, "progress")
    impact = table_of(IMPACT, "impact")

    assert ("progress", "Impact") == (progress.title, impact.title)
    assert {"Blue"} == {*progress.key}
    assert {"Lasting", "Too early"} == {*impact.key}
    assert impact.facts == ("status", "difference")
