import datetime as dt

import pytest

from peerkit.document import Bullets, Heading, Table, plain_text, walk_blocks, walk_sections
from peerkit.verbs.sealing import seal_history

SEPTEMBER = dt.date(2022, 9, 30)
BY = "Director of Education and Partnerships"
THEN = f"2 June 2022: December 2022 in place of October 2022, set by {BY}.\nNewer staff."

pytestmark = pytest.mark.usefixtures("history")


def columns(council, text, paper="action-plan"):
    """
    Give a paper about the plan columns besides its own.
    """
    council.change("settings", "papers:\n", f"papers:\n  {paper}:\n    columns:\n      {text}\n")


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("status", ["Verified", "Not started", "In progress", "Overdue"]),
        ("stage", ["Verified", "Agreed", "Under way", "Agreed"]),
        ("since", ["2 June 2022", "Not stated", "1 May 2022", "Not stated"]),
        ("rating.progress", ["Green", "Amber", "Green", "Red"]),
        (
            "due_now",
            [
                "July 2022",
                "May 2023 (July 2022 at first, revised once)",
                "December 2022 (Q2 2022/23 at first, revised two times)",
                "30 April 2022",
            ],
        ),
        ("original_due", ["July 2022", "July 2022", "Q2 2022/23", "30 April 2022"]),
        ("due", ["July 2022", "July 2022", "Q2 2022/23", "30 April 2022"]),
        (
            "revisions",
            [
                "Not stated",
                f"2 May 2022: May 2023 in place of July 2022, set by {BY}.\nThe teachers are ill.",
                f"2 May 2022: October 2022 in place of Q2 2022/23, set by {BY}.\nNew staff.\n{THEN}",
                "Not stated",
            ],
        ),
        (
            "asked",
            [
                "Not stated",
                "Removal, asked for on 1 July 2022\nIt is done elsewhere.",
                "Not stated",
                "Not stated",
            ],
        ),
        (
            "progress",
            [
                "1 May 2022: The first course was held.",
                "1 June 2022: Half of them have come.",
                "Not stated",
                "Not stated",
            ],
        ),
        ("evidence", ["A *list*\nA photograph", "Not stated", "Not stated", "Not stated"]),
        ("impact", ["Fewer are late.", "Not stated", "Not stated", "Not stated"]),
        (
            "verified_by",
            ["Director of Education and Partnerships", "Not stated", "Not stated", "Not stated"],
        ),
        ("updated", ["2 June 2022", "1 July 2022", "2 June 2022", "Not stated"]),
    ],
)
def test_a_column_shows_what_became_of_actions(council, column, part, expected):
    """
    Each is said in the council's words, and where there is nothing, that is said.
    """
    columns(council, f"extra: {{heading: Extra, show: {part}}}")
    on = dt.date(2022, 7, 15)

    assert expected == column(council.document("action-plan", on=on), "extra")


def test_what_is_asked_is_not_in_force(council, column):
    """
    A new day counts when it is granted, and what came later is not told before.
    """
    columns(council, "asked: Asked for")
    document = council.document("action-plan", on=dt.date(2022, 5, 1))

    assert "October 2022, asked for on 1 May 2022\nNew staff." == column(document, "asked")[2]
    assert "Q2 2022/23" == column(document, "due")[2]


def test_the_day_the_words_and_their_key_are_printed(council):
    """
    The whole key stands behind the table, in the order of the rules, each word with its meaning.
    """
    document = council.document("action-plan", on=SEPTEMBER)
    (actions, key) = (one for one in document.sections if one.key in ("actions", "key"))

    assert "Statuses as of 30 September 2022." == plain_text(actions.blocks[0])
    assert ["Status", "Progress"] == [c.heading for c in actions.blocks[1].columns][-2:]
    assert ["Status", "Progress"] == [
        plain_text(one) for one in key.blocks if isinstance(one, Heading)
    ]
    assert [7, 3] == [len(one.items) for one in key.blocks if isinstance(one, Bullets)]
    assert plain_text(key.blocks).startswith(
        "Status\nOverdue: Its due day has passed, and it is not done.\nAwaiting evidence:"
    )


IMPACT = """\
    ratings:
      impact:
        scale: [Low, High]
        key: {Low: Little came of it.}
"""


@pytest.mark.parametrize(
    ("ratings", "shown", "expected"),
    [
        ("", "", ["Status", "Impact", "Progress"]),
        ("ratings: [progress]\n", "", ["Status", "Progress"]),
        ("ratings: [impact]\n", "", ["Status", "Impact"]),
        ("", "status: ", ["Impact", "Progress"]),
        ("", "ratings: ", ["Status"]),
        ("", "ratings: , rating.impact: {}", ["Status", "Impact"]),
        ("ratings: [progress]\n", "ratings: , rating.impact: {}", ["Status"]),
        ("", "ratings: , status: ", []),
        ("", "ratings: , status: , extra: {show: rating.impact}", ["Impact"]),
    ],
)
def test_a_paper_has_the_key_of_what_it_shows(council, ratings, shown, expected):
    """
    A plan names the ratings that its actions are given, and a council its columns; what is
    judged has the title of its table for a heading.
    """
    council.change("settings", "    ratings:\n", IMPACT)
    council.change("plan", "lead: virtual", f"{ratings}lead: virtual")
    council.change("settings", "papers:\n", f"papers:\n  action-plan: {{columns: {{{shown}}}}}\n")
    document = council.document("action-plan", on=SEPTEMBER)
    (table,) = [one for one in walk_blocks(document) if isinstance(one, Table)]
    keys = [
        plain_text(block)
        for _, one in walk_sections(document)
        if one.key == "key"
        for block in one.blocks
        if isinstance(block, Heading)
    ]

    assert expected == [c.heading for c in table.columns if c.heading in ("Status", *keys)]
    assert expected == keys


def test_nobody_has_rated_yet(council, column):
    """
    Where people alone rate, a gap is told; and a word without a meaning stands alone.
    """
    council.change("settings", "    ratings:\n", IMPACT)
    council.happens("2022-08-01", "", A2="ratings: {impact: High}")
    document = council.document("action-plan", on=SEPTEMBER)
    (key,) = [one for one in document.sections if one.key == "key"]

    assert ["Not rated", "High", "Not rated", "Not rated"] == column(document, "rating_impact")
    assert "Impact\nLow: Little came of it.\nHigh\nProgress" in plain_text(key.blocks)


def test_without_rules_nothing_is_said_of_statuses(council):
    """
    A register that judges nothing has neither the columns, nor a key, nor the day.
    """
    path = council.folder / "peerkit.yaml"
    before, _, rest = path.read_text(encoding="utf-8").partition("# How far an action is")
    before = before.replace(", actions-by-evidence", "")
    _, _, rest = rest.partition("papers:\n")
    rest, _, words = rest.partition("  # An action belongs to")
    path.write_text(
        f"{before}papers:\n{rest}wording:{words.partition('wording:')[2]}", encoding="utf-8"
    )
    for one in (council.folder / "history").iterdir():
        one.unlink()
    for paper in ("action-plan", "progress-report"):
        document = council.document(paper)
        (table,) = [one for one in walk_blocks(document) if isinstance(one, Table)]

        assert "key" not in [one.key for one in document.sections]
        assert "Statuses as of" not in plain_text(document.sections[-1].blocks)
        assert not {"status", "ratings"} & {one.key for one in table.columns}
    assert [] == council.codes()


# what is asked of the settings


@pytest.mark.parametrize(
    ("text", "code", "told"),
    [
        ("extra: {show: ref}", "missing-heading", "The column “extra” has no heading."),
        ("rating.speed: Speed", "unknown-part", "rating.progress"),
        ("ref: {heading: Ref, width: 0}", "column-width", "0"),
    ],
)
def test_columns_are_checked(council, text, code, told):
    """
    Only what is judged has a heading of its own, and only on an axis that there is.
    """
    columns(council, text)
    (problem,) = [one for one in council.problems() if one.code != "history-unsealed"]

    assert code == problem.code
    assert told in problem.message


@pytest.mark.parametrize(
    "text",
    [
        "action-plan: {sections: {key: }}",
        "progress-report: {sections: {key: }}",
        "review-report: {statuses: yes, sections: {key: }}",
    ],
)
def test_what_words_mean_is_printed_with_them(council, text):
    """
    A council that takes the key away is told.
    """
    council.change(
        "settings",
        "  # An action belongs to the first group that fits it.\n  progress-report:\n",
        "  progress-report:\n    sections: {key: }\n"
        if text.startswith("progress")
        else f"  {text}\n  progress-report:\n",
    )

    assert ["missing-key"] == [one for one in council.codes() if one != "history-unsealed"]


def test_a_column_may_be_left_out_where_no_row_says_anything(council):
    """
    With `if_stated` it is there only where it is needed.
    """
    columns(council, "impact: {heading: Impact, if_stated: yes}")
    before = council.document("action-plan")
    after = council.document("action-plan", on=SEPTEMBER)

    assert [False, True] == [
        any(one.heading == "Impact" for one in table.columns)
        for document in (before, after)
        for table in walk_blocks(document)
        if isinstance(table, Table)
    ]


def test_an_added_field_is_printed_as_last_recorded(council, column):
    """
    What the plan began with is what the record says; what came of it is in history.
    """
    council.add(
        "settings", "\nfields:\n  action:\n    done: {type: whole number, doc: Per cent.}\n"
    )
    columns(council, "extra: {heading: Done, show: more.done}")
    council.change("plan", "answers: D1\n", "answers: D1\n    more: {done: 10}\n")
    council.change("plan", "answers: D2\n", "answers: D2\n    more: {done: 20}\n")
    council.happens("2022-08-01", "", A2="more: {done: 80}")

    assert ["10", "80"] == column(council.document("action-plan", on=SEPTEMBER), "extra")[:2]


# made up, erased


def test_what_is_made_up_is_marked(council, column):
    """
    A note bears the mark of its occasion; what follows from it too, unless its action does.
    """
    council.change("plan", "have taken part.\n    illustrative: yes\n", "have taken part.\n")
    columns(council, "progress: Note\n      evidence: Evidence")
    council.happens(
        "2022-08-01", "illustrative: yes\n", A1="evidence: 'A letter'", A2="note: 'So.'"
    )
    document = council.document("action-plan", on=SEPTEMBER)

    assert ["Verified (illustrative)", "Not started"] == column(document, "status")[:2]
    assert [
        "1 May 2022: The first course was held.",
        "1 August 2022: So. (illustrative)",
    ] == column(document, "progress")[:2]
    assert "A *list*\nA photograph\nA letter (illustrative)" == column(document, "evidence")[0]


def test_an_erased_note_says_so(council, column):
    """
    That there was one is told, and not what it said.
    """
    columns(council, "progress: Note")
    seal_history(council.folder)
    path = council.folder / "history" / "2022-06-01.yaml"
    text = path.read_text(encoding="utf-8")
    assert "{note: 'Half of them have come.'}" in text
    path.write_text(text.replace("{note: 'Half of them have come.'}", "{erased: [note]}"))
    document = council.document("action-plan", on=SEPTEMBER)

    assert "1 June 2022: Erased" == column(document, "progress")[1]


# findings


def test_findings_are_printed_with_their_status(council):
    """
    If the council wants it, with the day and the key.
    """
    council.change("settings", "papers:\n", "papers:\n  review-report: {statuses: yes}\n")
    made = council.render("review-report", on=SEPTEMBER)

    assert 1 == made.count("Status: Addressed. (illustrative)") + made.count("Status: Addressed.")
    assert "Status: In hand." in made
    assert "Status: Noted." in made
    assert "Statuses as of 30 September 2022." in made
    assert "- **Awaiting response:** The host" in made


def test_findings_are_printed_without_their_status(council):
    """
    As long as nobody asks for it.
    """
    made = council.render("review-report", on=SEPTEMBER)

    assert "Status" not in made
    assert "What the words mean" not in made
