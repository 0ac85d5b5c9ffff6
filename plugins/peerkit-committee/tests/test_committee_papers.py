import datetime as dt
import shutil
from pathlib import Path

import attrs
import pytest

import peerkit
from peerkit import testing
from peerkit.document import Bullets, Fields, Paragraph, Table, plain_text, walk_blocks
from peerkit_committee.papers import action_plan, committee_report, progress_report, review_report
from peerkit_committee.papers.parts import PARTS

EXAMPLE = Path(__file__).parents[3] / "examples" / "middlesbrough"
MEETING = dt.date(2022, 2, 14)
REPORT = "virtual-school-peer-review"


@pytest.fixture
def folder(tmp_path):
    """
    A copy of the example before anything happened, that a test may change.
    """
    folder = tmp_path / "register"
    return Path(shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("history")))


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} is there {text.count(old)} times"
    path.write_text(text.replace(old, new), encoding="utf-8")


def composed(folder, paper="committee-report", subject=REPORT):
    register = peerkit.load(folder)
    assert () == peerkit.check(register, on=MEETING)
    return peerkit.compose(peerkit.judge(register, on=MEETING), paper, subject)


def codes(folder):
    return [problem.code for problem in peerkit.check(peerkit.load(folder), on=MEETING)]


def front(document):
    (sheet,) = document.front
    assert isinstance(sheet, Fields)
    return {field.key: plain_text(field.value) for field in sheet.fields}


def section(document, key):
    return next(one for one in document.sections if one.key == key)


def numbers(document):
    return [block.number for block in walk_blocks(document) if getattr(block, "number", "")]


@pytest.mark.parametrize("module", [committee_report, action_plan, progress_report, review_report])
def test_declared_parts_are_those_that_are_composed(module):
    """
    What a paper says it can show is what it can show.
    """
    parts = PARTS[module.NAME]

    assert set(parts.fields) == module.FIELDS.keys()
    assert set(parts.sections) - {"impacts"} == module.PARTS.keys()


def test_action_plan_columns_are_those_that_are_composed():
    """
    Every column a plan may ask for can be filled.
    """
    for paper in ("action-plan", "progress-report"):
        assert set(PARTS[paper].columns["columns"]) == action_plan.COLUMNS.keys()


def test_impacts_are_sections_in_the_council_s_order():
    """
    The five kinds of impact stand under one heading.
    """
    impacts = section(composed(EXAMPLE), "impacts")

    assert ["Legal", "Financial", "Policy Framework", "Equality and Diversity", "Risk"] == [
        one.heading for one in impacts.sections
    ]


def test_paragraphs_are_numbered_through():
    """
    No number is given twice and none is left out.
    """
    found = numbers(composed(EXAMPLE))

    assert [str(number) for number in range(1, len(found) + 1)] == found


def test_front_sheet_says_what_the_record_says():
    """
    People come with their posts, the meeting with its day, pillars each with a line.
    """
    sheet = front(composed(EXAMPLE))

    assert (
        "Councillor Mieka Smiles, Deputy Mayor and Executive Member for Children's Services\n"
        "Rob Brown, Director of Education and Partnerships"
    ) == sheet["report_of"]
    assert "Executive, 14 February 2022" == sheet["submitted_to"]
    assert "Decision" == sheet["report_for"]
    assert "No" == sheet["key_decision"] == sheet["urgent"] == sheet["access"]
    assert {
        "strategic_plan_people",
        "strategic_plan_place",
        "strategic_plan_business",
    } <= sheet.keys()


def test_the_decision_is_one_text():
    """
    Front sheet and section print the same words.
    """
    document = composed(EXAMPLE)

    assert front(document)["decisions"] == plain_text(section(document, "decisions").blocks)


def test_decision_as_a_list(folder):
    """
    A council that numbers the parts of a decision says so in its configuration.
    """
    change(
        folder / "peerkit.yaml",
        "papers:\n  committee-report:\n",
        "papers:\n  committee-report:\n    decision_style: list\n",
    )
    lead, parts = section(composed(folder), "decisions").blocks

    assert "That Executive:" == plain_text(lead)
    assert isinstance(parts, Bullets)
    assert parts.ordered
    assert 2 == len(parts.items)


def test_when_takes_out_what_does_not_apply(folder):
    """
    A body that is no executive has no key decision and no urgency line.
    """
    change(folder / "bodies.yaml", "    regime: executive\n", "    regime: committee\n")
    sheet = front(composed(folder))

    assert not {"key_decision", "urgent"} & sheet.keys()


def test_when_takes_out_a_section(folder):
    """
    A section can wait for a fact.
    """
    change(
        folder / "peerkit.yaml",
        "      appendices: {heading: Appendices}\n",
        "      appendices: {heading: Appendices, when: {urgent: yes}}\n",
    )

    register = peerkit.load(folder)
    document = peerkit.compose(peerkit.judge(register, on=MEETING), "committee-report", REPORT)

    assert "appendices" not in [one.key for one in document.sections]
    assert ["written-but-waiting"] == codes(folder)


def test_cross_reference_is_computed():
    """
    The reasons cite the paragraph of the themes by the number it has.
    """
    document = composed(EXAMPLE)
    lead = next(
        block
        for block in section(document, "background").blocks
        if isinstance(block, Paragraph) and block.name == "themes"
    )

    assert f"paragraph {lead.number}," in plain_text(section(document, "reasons").blocks)


def test_themes_are_counted_and_listed_from_the_review():
    """
    The sentence before the themes says how many there are.
    """
    blocks = section(composed(EXAMPLE), "background").blocks
    lead, themes = next(
        (block, blocks[index + 1])
        for index, block in enumerate(blocks)
        if isinstance(block, Paragraph) and block.name == "themes"
    )

    assert "NAVSH looked at four core themes:" == plain_text(lead)
    assert isinstance(themes, Bullets)
    assert 4 == len(themes.items)


def test_implementation_without_owner_or_day_says_so():
    """
    What the record does not give is said not to be given.
    """
    table = section(composed(EXAMPLE), "implementation").blocks[-1]
    assert isinstance(table, Table)

    assert ["Not stated", "Not stated"] == [plain_text(cell) for cell in table.rows[0].cells[1:]]


def test_appendices_bear_their_papers_own_titles():
    """
    A plan cannot have one name in the report and another on its own first page.
    """
    plan = composed(EXAMPLE, "action-plan", "virtual-school-plan")
    review = composed(EXAMPLE, "review-report", "virtual-school-2021")
    listed = plain_text(section(composed(EXAMPLE), "appendices").blocks)

    assert f"Appendix 1: {plan.title}" in listed
    assert f"Appendix 2: {review.title}" in listed


def test_appended_papers_take_the_day_of_the_meeting():
    """
    An undated plan is made as of the day of the report it goes with.
    """
    plan = composed(EXAMPLE, "action-plan", "virtual-school-plan")

    assert MEETING == plan.properties.day


def test_background_papers_as_a_table(folder):
    """
    Documents relied on are listed with body, title and date.
    """
    change(
        folder / "reports" / f"{REPORT}.yaml",
        "background_papers: none\n",
        "background_papers:\n  - {body: Executive, title: Item 82, day: 2021-12-07}\n",
    )
    (table,) = section(composed(folder), "background_papers").blocks
    assert isinstance(table, Table)

    assert [["Executive", "Item 82", "7 December 2021"]] == [
        [plain_text(cell) for cell in row.cells] for row in table.rows
    ]


def test_no_background_papers_prints_no_empty_table():
    """
    Where none is stated, none is printed.
    """
    (said,) = section(composed(EXAMPLE), "background_papers").blocks

    assert "None" == plain_text(said)


def test_action_plan_says_what_each_action_answers():
    """
    A finding of another review than the plan's first is told with its review.
    """
    plan = composed(EXAMPLE, "action-plan", "virtual-school-plan")
    _, table = section(plan, "actions").blocks
    assert isinstance(table, Table)
    answered = plain_text(table.rows[2].cells[1])

    assert "D3: The wider duty" in answered
    assert "R1 (Ofsted focused visit to Children's Services): Managers" in answered


def test_plan_without_actions_says_so(folder):
    """
    No table without rows is printed.
    """
    plan = folder / "plans" / "virtual-school-plan.yaml"
    text = plan.read_text(encoding="utf-8")
    plan.write_text(text.partition("\nactions:")[0] + "\n", encoding="utf-8")
    snapshot = peerkit.judge(peerkit.load(folder), on=MEETING)
    made = peerkit.compose(snapshot, "action-plan", "virtual-school-plan")
    (table,) = section(made, "actions").blocks
    assert isinstance(table, Table)

    assert "key" not in [one.key for one in made.sections]

    assert "No action has been agreed yet." == plain_text(table)[-30:]


def test_review_report_has_a_section_for_each_theme():
    """
    Themes come in the order of the file, each with its questions and findings.
    """
    themes = section(composed(EXAMPLE, "review-report", "virtual-school-2021"), "themes")

    assert ["partners", "peps", "social-work", "attendance"] == [one.key for one in themes.sections]
    assert all("Strength" in plain_text(one.blocks) for one in themes.sections)


def test_third_theme_asks_two_questions():
    """
    Two questions are two, each with its question mark.
    """
    themes = section(composed(EXAMPLE, "review-report", "virtual-school-2021"), "themes")
    questions = themes.sections[2].blocks[1]
    assert isinstance(questions, Bullets)

    assert 2 == len(questions.items)
    assert all(plain_text(question).endswith("?") for question in questions.items)


def test_review_without_themes_lists_findings_by_kind():
    """
    An Ofsted visit has findings of its own kinds and no themes.
    """
    findings = section(composed(EXAMPLE, "review-report", "focused-visit-2021"), "findings")
    said = plain_text(findings.blocks)

    assert [
        said.index(word) for word in ("Main findings", "Areas for improvement", "Recommendations")
    ] == sorted(
        said.index(word) for word in ("Main findings", "Areas for improvement", "Recommendations")
    )


def test_made_up_records_are_marked_where_they_are_printed():
    """
    Each illustrative finding and action says so itself, beside the page's notice.
    """
    review = composed(EXAMPLE, "review-report", "virtual-school-2021")
    printed = "\n".join(plain_text(block) for block in walk_blocks(review))

    assert 8 <= printed.count("(illustrative)")


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        (
            f"reports/{REPORT}.yaml",
            "key_decision: no",
            "key_decision: no\nreport_for: information",
            "report-for-disagrees",
        ),
        (f"reports/{REPORT}.yaml", "urgent: no", "urgent: yes", "urgent-without-reason"),
        (f"reports/{REPORT}.yaml", "  - endorse: the", "  - applaud: the", "unknown-verb"),
        (f"reports/{REPORT}.yaml", "  legal: No legal", "  climate: No legal", "unknown-heading"),
        (f"reports/{REPORT}.yaml", "contact: dunn\n", "", "missing-section"),
        (
            "bodies.yaml",
            "    power: advises\n",
            "    meetings: {december: }\n",
            "meeting-without-day",
        ),
        (
            "resolutions.yaml",
            "    published: 2022-02-16\n",
            "    day: 2022-02-13\n",
            "decided-before-meeting",
        ),
        ("peerkit.yaml", "report_of: Report of", "report_off: Report of", "unknown-part"),
        ("peerkit.yaml", "wording:\n", "wording:\n  joining:\n", "missing-wording"),
    ],
    ids=lambda value: (
        value if isinstance(value, str) and " " not in value and "/" not in value else ""
    ),
)
def test_council_s_checks(folder, file, old, new, code):
    """
    Each rule of council business is broken once and found.
    """
    change(folder / file, old, new)

    assert code in codes(folder)


def test_each_council_problem_is_located(folder):
    """
    A problem of the configuration points into the configuration.
    """
    change(folder / "peerkit.yaml", "report_of: Report of", "report_off: Report of")
    register = peerkit.load(folder)
    (problem,) = peerkit.check(register, on=MEETING)

    assert problem.place is not None
    assert "peerkit.yaml" == problem.place.file
    assert "report_off" in problem.excerpt


@pytest.mark.parametrize("number", ["10.1", "10_1", "10-1"])
def test_templates_know_an_item_by_whatever_number(folder, number):
    """
    A dot in the number of an item is no step in the name of its section.
    """
    change(folder / "meetings" / "executive-2022-02-14.yaml", "  101:\n", f'  "{number}":\n')
    path = folder / "resolutions.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("2022-02-14/101", f"2022-02-14/{number}"), encoding="utf-8")
    register = peerkit.load(folder)
    minutes = peerkit.compose(
        peerkit.judge(register, on=MEETING), "minutes", "executive/2022-02-14"
    )
    (item,) = section(minutes, "items").sections

    assert () == peerkit.check(register, on=MEETING)
    assert f"{number} Virtual School Peer Review" == item.heading
    assert [] == list(testing.paper_faults(register, MEETING))


def test_public_paper_needs_a_rule(folder):
    """
    Without a rule for publication nothing is made for the public.
    """
    snapshot = peerkit.judge(peerkit.load(folder), on=MEETING)

    with pytest.raises(peerkit.errors.RefusedError, match="No rule says when"):
        peerkit.compose(snapshot, "committee-report", REPORT, audience="public")


def test_public_gate_names_what_stands_against_it(folder):
    """
    A rule that does not hold is named with its answer.
    """
    change(
        folder / "peerkit.yaml",
        "papers:\n  committee-report:\n",
        "papers:\n  committee-report:\n    public: {urgent: yes}\n",
    )
    snapshot = peerkit.judge(peerkit.load(folder), on=MEETING)

    with pytest.raises(peerkit.errors.RefusedError, match="“urgent” is “no” and must be yes"):
        peerkit.compose(snapshot, "committee-report", REPORT, audience="public")


def test_wording_that_asks_for_too_much_is_told(folder):
    """
    A sentence of the configuration can put in only what there is.
    """
    register = peerkit.load(folder)
    wording = attrs.evolve(register.configuration.sections["wording"], appendix="{nobody}")
    configuration = attrs.evolve(
        register.configuration, sections={**register.configuration.sections, "wording": wording}
    )
    snapshot = peerkit.judge(attrs.evolve(register, configuration=configuration), on=MEETING)

    with pytest.raises(peerkit.errors.PeerkitError, match=r"asks for \{nobody\}"):
        peerkit.compose(snapshot, "committee-report", REPORT)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("(#themes)", "(#nowhere)", "reasons"),
        (
            "  - |\n    If the Executive",
            "  - name: themes\n    text: |\n      If the Executive",
            "name",
        ),
    ],
    ids=["nowhere", "two of one name"],
)
def test_references_are_checked_where_they_stand(folder, old, new, line):
    """
    A reference that leads nowhere is told by check, with its line.
    """
    report = folder / "reports" / f"{REPORT}.yaml"
    text = report.read_text(encoding="utf-8")
    assert old in text
    text = text.replace(old, new)
    if line == "name":
        text = text.replace("\n    keeping with", "\n      keeping with")
    report.write_text(text, encoding="utf-8")
    (problem,) = peerkit.check(peerkit.load(folder), on=MEETING)

    assert "bad-reference" == problem.code
    assert line in problem.excerpt
