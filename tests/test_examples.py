"""
The example of Middlesbrough is what a council would be glad of.
"""

import datetime as dt
import importlib.util
import json
import re
import shutil
from pathlib import Path

import pytest

import peerkit
from peerkit.document import (
    Bullets,
    Fields,
    Paragraph,
    Table,
    plain_text,
    texts_of_document,
    walk_blocks,
    walk_sections,
)
from peerkit.verbs import jobs, offers_here, render_job

EXAMPLE = Path(__file__).parent.parent / "examples" / "middlesbrough"
ON = dt.date(2022, 2, 14)
AUTUMN = dt.date(2022, 9, 26)
NOTICE = "Illustrative: not the council's document"
DECISION = (
    "That Executive receives and notes the outcomes of the Virtual School peer review and "
    "endorses the accompanying action plan."
)
FORMATS = ["md", "json"]
FORMATS += ["docx"] if importlib.util.find_spec("peerkit_docx") else []
PAPERS = [
    ("committee-report", "virtual-school-peer-review"),
    ("action-plan", "virtual-school-plan"),
    ("progress-report", "virtual-school-plan"),
    ("review-report", "virtual-school-2021"),
    ("review-report", "focused-visit-2021"),
    ("decision-notice", "virtual-school-peer-review"),
    ("minutes", "corporate-parenting-board/2021-summer"),
    ("minutes", "executive/2022-02-14"),
    ("minute-extract", "corporate-parenting-board/2021-summer/ofsted"),
    ("minute-extract", "executive/2022-02-14/101"),
    ("decision-record", "executive-101"),
    ("decision-record", "board-ofsted"),
]

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("peerkit_committee") is None, reason="peerkit-committee is absent"
)


@pytest.fixture(name="register", scope="module")
def _register():
    """
    The example, loaded.
    """
    return peerkit.load(EXAMPLE)


@pytest.fixture(name="snapshot", scope="module")
def _snapshot(register):
    """
    The example as it stood on the day of the meeting.
    """
    return peerkit.judge(register, on=ON)


@pytest.fixture(name="autumn", scope="module")
def _autumn(register):
    """
    The example as it stood when members were next told of it.
    """
    return peerkit.judge(register, on=AUTUMN)


@pytest.fixture(name="report", scope="module")
def _report(snapshot):
    """
    The report to the Executive as a tree.
    """
    return peerkit.compose(snapshot, *PAPERS[0])


def section(document, key):
    """
    Return the section of that key.
    """
    return next(one for _, one in walk_sections(document) if one.key == key)


def words(document):
    """
    Return every text of a document, each on a line of its own.
    """
    return "\n".join(texts_of_document(document))


def test_it_loads_and_nothing_is_wrong(register):
    """
    There is no problem, not even advice.
    """
    assert () == register.problems
    assert () == peerkit.check(register, on=ON)
    assert register.is_whole


def test_every_paper_that_can_be_made_is_known(register):
    """
    The list above misses none.
    """
    assert {*PAPERS} == {(job.paper, job.subject) for job in jobs(register)}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(("paper", "subject"), PAPERS)
def test_every_paper_is_made_in_every_format(snapshot, paper, subject, name):
    """
    Nothing is lost on the way, and the same again gives the same bytes.
    """
    content = peerkit.render(snapshot, paper, subject, format=name)
    texts = offers_here().formats[name].texts(content)
    document = peerkit.compose(snapshot, paper, subject)

    assert content == peerkit.render(snapshot, paper, subject, format=name)
    assert NOTICE in " ".join(texts)
    assert document.title in " ".join(texts)


@pytest.mark.parametrize(("paper", "subject"), PAPERS)
def test_every_paper_says_that_it_is_illustrative(snapshot, paper, subject):
    """
    The notice stands before anything else, and programs find it in a field of its own.
    """
    document = json.loads(peerkit.render(snapshot, paper, subject, format="json"))
    markdown = peerkit.render(snapshot, paper, subject, format="md").decode()

    assert [NOTICE] == document["notices"]
    assert markdown.startswith(f"**{NOTICE}**\n")
    assert (NOTICE,) == peerkit.compose(snapshot, paper, subject).notices


def test_a_paper_is_judged_on_its_own_day(register):
    """
    The report's day is its meeting's, whatever day it is made on.
    """
    (made,) = render_job(register, jobs(register)[0], ["md"], today=dt.date(2030, 1, 1))

    assert ON == made.on


def test_appendices_bear_the_titles_of_their_papers(snapshot, report):
    """
    What the report calls an appendix is what stands over it.
    """
    appendices = next(
        one for one in section(report, "appendices").blocks if isinstance(one, Bullets)
    )
    titles = [
        peerkit.compose(snapshot, paper, subject).title for paper, subject in (PAPERS[1], PAPERS[3])
    ]

    assert [f"Appendix {number}: {title}" for number, title in enumerate(titles, start=1)] == [
        plain_text(item) for item in appendices.items
    ]


def test_the_decision_is_the_same_everywhere(report):
    """
    Front sheet and section print one sentence, word for word.
    """
    (sheet,) = [one for one in report.front if isinstance(one, Fields)]
    on_sheet = {field.key: plain_text(field.value) for field in sheet.fields}

    assert DECISION == on_sheet["decisions"]
    assert DECISION == plain_text(section(report, "decisions").blocks)
    assert "Decision" == on_sheet["report_for"]
    assert ("No", "No") == (on_sheet["key_decision"], on_sheet["urgent"])


def test_the_report_stands_under_the_council_s_own_headings(report):
    """
    Headings and their order are those of the council's template of 2022.
    """
    assert [
        "What is the purpose of this report?",
        "Why does this report require a Member decision?",
        "Report background",
        "What decision(s) are being asked for?",
        "Why is this being recommended?",
        "Other potential decisions and why these have not been recommended",
        "Impact(s) of recommended decision(s)",
        "Actions to be taken to implement the decision(s)",
        "Appendices",
        "Background papers",
        "Contact",
    ] == [one.heading for one in report.sections]


def test_each_question_is_asked_by_itself(snapshot, report):
    """
    The two questions of the third theme are two, in the report and in its appendix.
    """
    background = section(report, "background")
    (themes,) = [one for one in background.blocks if isinstance(one, Bullets)]
    review = peerkit.compose(snapshot, *PAPERS[3])
    asked = [
        plain_text(item)
        for one in walk_blocks(review)
        if isinstance(one, Bullets)
        for item in one.items
        if plain_text(item).endswith("?")
    ]

    assert [1, 1, 2, 1] == [plain_text(item).count("?") for item in themes.items]
    assert [1] * 5 == [question.count("?") for question in asked]
    assert all(question in plain_text(themes) for question in asked)


def test_paragraphs_are_numbered_through_and_cited_by_number(report):
    """
    No number is left out or given twice, and the reference leads to the themes.
    """
    numbers = [
        int(one.number) for one in walk_blocks(report) if isinstance(one, Paragraph) and one.number
    ]
    themes = next(
        one for one in walk_blocks(report) if isinstance(one, Paragraph) and one.name == "themes"
    )

    assert [*range(1, len(numbers) + 1)] == numbers
    assert f"paragraph {themes.number}" in plain_text(section(report, "reasons").blocks)


SLIPS = {
    "an instruction of the template": r"Remove for|Delete as|Insert ",
    "an abbreviation nobody knows": r"\bVSH?\b",
    "a number twice": r"\b(Appendix \d+|[A-Z]\d+|\d+)[.:]? \1\b",
    "a word twice": r"\b([A-Za-z]{2,}) \1\b",
    "a placeholder": r"[{}]|\bTBC\b|\bNone,|\bundefined\b",
    "a sign of Python": r"\b(None|True|False)\b.*\(|<peerkit|\bdatetime\b",
    "two full stops": r"\.\.|\?\.|:\.",
    "two spaces": r"\S  +\S",
    "a space before a stop": r" [.,;:?]",
    "an id": r"virtual-school-2021|focused-visit-2021|/[A-Z]\d",
    "a plural of one": r"\b1 [a-z]+s\b",
}


@pytest.mark.parametrize("slip", SLIPS.values(), ids=SLIPS)
@pytest.mark.parametrize(("paper", "subject"), PAPERS)
def test_no_paper_has_a_slip(snapshot, autumn, paper, subject, slip):
    """
    What an officer would be ashamed of is in none of them, then or later.
    """
    for one in (snapshot, autumn):
        found = re.search(slip, words(peerkit.compose(one, paper, subject)))

        assert found is None, found


@pytest.mark.parametrize("on", ["snapshot", "autumn"])
@pytest.mark.parametrize(("paper", "subject"), PAPERS)
def test_no_cell_is_empty(request, on, paper, subject):
    """
    Every cell of every table and every line of a front sheet says something.
    """
    document = peerkit.compose(request.getfixturevalue(on), paper, subject)
    tables = [one for one in walk_blocks(document) if isinstance(one, Table)]
    sheets = [one for one in walk_blocks(document) if isinstance(one, Fields)]

    assert sheets
    assert all(plain_text(cell).strip() for one in tables for row in one.rows for cell in row.cells)
    assert all(plain_text(one.value).strip() for sheet in sheets for one in sheet.fields)
    assert all(one.blocks or one.sections for _, one in walk_sections(document))


def test_rows_of_a_report_hold_its_decision(snapshot):
    """
    A text behind a word is two texts in a row.
    """
    (row,) = snapshot.rows("committee_reports")

    assert {"word": "endorse", "text": "the accompanying action plan"} == row["decision"][1]
    assert "none" == row["background_papers"]


def test_what_is_made_up_says_so(register):
    """
    Every finding and action of the review whose appendix is not public is marked.
    """
    made_up = [
        *register.linking("finding", "review", "virtual-school-2021"),
        *register.linking("action", "plan", "virtual-school-plan"),
    ]

    assert 12 == len(made_up)
    assert all(record.illustrative for record in made_up)


def test_members_are_told_what_became_of_the_plan(register, autumn):
    """
    Each action stands in one group, with its status, its rating and its last note; the
    report is of the day on which anything was last recorded.
    """
    document = peerkit.compose(autumn, "progress-report", "virtual-school-plan")
    told = {
        group.heading: [[plain_text(cell) for cell in row.cells] for row in block.rows]
        for group in section(document, "actions").sections
        for block in group.blocks
        if isinstance(block, Table)
    }
    (job,) = (one for one in jobs(register) if one.paper == "progress-report")
    (made,) = render_job(register, job, ["md"], today=dt.date(2030, 1, 1))

    assert {
        "Finished since the last report": [("A4", "Verified", "Green")],
        "Overdue": [("A2", "Overdue", "Red")],
        "Done and not yet verified": [("A1", "Complete", "Green")],
        "On track": [("A3", "In progress", "Green")],
    } == {heading: [(row[0], row[4], row[5]) for row in rows] for heading, rows in told.items()}
    assert "December 2022 (Q2 2022/23 at first, revised once)" == told["On track"][0][3]
    assert told["Overdue"][0][6].endswith("put off to the autumn. (illustrative)")
    assert AUTUMN == made.on
    assert b"Statuses as of 26 September 2022." in made.content


def test_everything_recorded_is_sealed(register):
    """
    Nobody can change what happened without its showing.
    """
    history = register.history

    assert 4 == len(history.occasions)
    assert all(event.seal for one in history.subjects for event in history.of(one))


def test_it_is_read_where_nothing_can_be_written(tmp_path):
    """
    An example inside an installed package is not written to.
    """
    folder = Path(shutil.copytree(EXAMPLE, tmp_path / "example"))
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    register = peerkit.load(folder)

    assert register.is_whole
    assert peerkit.render(peerkit.judge(register, on=ON), *PAPERS[0])
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o755)
