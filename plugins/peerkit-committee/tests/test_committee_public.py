import pytest

import peerkit
from peerkit.document import Fields, Paragraph, Table, plain_text, walk_blocks, walk_sections

HIDDEN = "Not for publication"
ANY = "{illustrative: [yes, no, not stated]}"


@pytest.fixture(autouse=True)
def public(council):
    """
    Rules that let every paper be made for the public.
    """
    council.change("settings", "  committee-report:\n", f"  committee-report:\n    public: {ANY}\n")
    council.change(
        "settings",
        "papers:\n",
        f"papers:\n  action-plan: {{public: {ANY}}}\n  review-report: {{public: {ANY}}}\n",
    )


WITHHELD = {
    "review": ("review", "host: virtual-school\n", "host: virtual-school\nwithheld: why\n"),
    "plan": ("plan", "lead: virtual-school-head\n", "lead: virtual-school-head\nwithheld: why\n"),
    "report": ("report", "key_decision: no\n", "key_decision: no\nwithheld: why\n"),
    "meeting": ("meeting", "agenda_published:", "withheld: why\nagenda_published:"),
    "body": ("bodies", "    regime: executive\n", "    regime: executive\n    withheld: why\n"),
    "owner": (
        "parties",
        "virtual-school-head: {is: post,",
        "virtual-school-head: {is: post, withheld: why,",
    ),
    "author": ("parties", "    held_by: smiles\n", "    held_by: smiles\n    withheld: why\n"),
    "contact": ("parties", "dunn: {is: person,", "dunn: {is: person, withheld: why,"),
    "host": (
        "parties",
        "virtual-school: {is: group,",
        "virtual-school: {is: group, withheld: why,",
    ),
    "reviewer": ("parties", "navsh: {is: partner,", "navsh: {is: partner, withheld: why,"),
    "finding": (
        "review",
        "        text: Training",
        "        withheld: why\n        text: Training",
    ),
    "theme": ("review", "    title: Work with", "    withheld: why\n    title: Work with"),
}


@pytest.mark.parametrize("name", WITHHELD)
def test_public_papers_are_whole_whatever_is_withheld(council, name):
    """
    No cell, line or section of a paper that is not withheld itself is empty.
    """
    council.change(*WITHHELD[name])
    papers = {"committee-report": "report", "action-plan": "plan", "review-report": "review"}

    for paper in [paper for paper, subject in papers.items() if subject != name]:
        document = council.document(paper, "public")
        blocks = [*walk_blocks(document)]
        tables = [one for one in blocks if isinstance(one, Table)]
        (sheet,) = [one for one in blocks if isinstance(one, Fields)]
        cells = [plain_text(cell) for one in tables for row in one.rows for cell in row.cells]

        assert all(text.strip() for text in cells)
        assert all(plain_text(one.value).strip() for one in sheet.fields)
        assert all(one.blocks or one.sections for _, one in walk_sections(document))


@pytest.mark.parametrize(
    ("name", "paper", "key"),
    [
        ("meeting", "committee-report", "submitted_to"),
        ("body", "committee-report", "submitted_to"),
        ("owner", "action-plan", "lead"),
        ("report", "action-plan", "report"),
        ("host", "review-report", "host"),
        ("reviewer", "review-report", "reviewing_body"),
    ],
)
def test_a_front_sheet_says_what_is_not_public(council, line, name, paper, key):
    """
    A line whose link leads to something withheld is not empty, nor said to be unstated.
    """
    council.change(*WITHHELD[name])

    assert HIDDEN == line(council.document(paper, "public"), key)
    assert HIDDEN != line(council.document(paper), key)


def test_what_may_be_seen_stands_beside_what_may_not(council, line, column):
    """
    One withheld author of two, one withheld review of two, one owner of two.
    """
    for name in ("author", "review", "owner"):
        council.change(*WITHHELD[name])
    report, plan = council.document(audience="public"), council.document("action-plan", "public")

    assert f"Rob Brown, Director of Education and Partnerships\n{HIDDEN}" == line(
        report, "report_of"
    )
    assert f"Ofsted focused visit to Children's Services\n{HIDDEN}" == line(plan, "reviews")
    assert [HIDDEN, HIDDEN, f"Director of Children's Services\n{HIDDEN}", HIDDEN] == column(
        plan, "owner"
    )
    assert HIDDEN == column(plan, "answers")[0]
    assert column(plan, "answers")[2].startswith("R1 (")


def test_a_withheld_contact_and_body_leave_no_gap(council, said):
    """
    The sentence of the decision stays one.
    """
    council.change(*WITHHELD["contact"])
    council.change(*WITHHELD["body"])
    document = council.document(audience="public")

    assert HIDDEN == said(document, "contact")
    assert said(document, "decisions").startswith(f"That {HIDDEN} receives")


def test_withheld_themes_are_not_counted(council, said):
    """
    Without a theme to be seen there is no sentence about a number, and what cites the
    paragraph still finds one.
    """
    council.change(*WITHHELD["review"])
    document = council.document(audience="public")
    (named,) = [
        one for one in walk_blocks(document) if isinstance(one, Paragraph) and one.name == "themes"
    ]

    assert f"\n{HIDDEN}\n" in said(document, "background")
    assert f"paragraph {named.number}," in said(document, "reasons")


def test_the_name_of_a_paper_is_no_secret(council):
    """
    A withheld report that has the paper as its appendix does not forbid to name it.
    """
    council.change(*WITHHELD["report"])

    assert '"review-report"' in council.render("review-report", audience="public", format="json")


def test_a_paper_that_leads_to_what_is_withheld_can_be_rendered(council):
    """
    Nothing withheld is found in it, so it is not refused.
    """
    council.change(*WITHHELD["plan"])
    council.change(*WITHHELD["contact"])

    assert HIDDEN in council.render("committee-report", audience="public")


CANARIES = {
    "note": "note: 'The canary in the note sings.'",
    "reason": "reason: 'The canary in the reason sings.'",
    "evidence": "evidence: 'The canary in the evidence sings.'",
    "impact": "impact: 'The canary in the impact sings.'",
    "more": "more: {remark: 'The canary in the remark sings.'}",
}


@pytest.fixture
def withheld(council):
    """
    An action that is withheld, after all sorts of things were recorded of it.
    """
    council.add("settings", "\nfields:\n  action:\n    remark: {type: text, doc: What else.}\n")
    council.change("plan", "    answers: D4\n", "    withheld: why\n    answers: D4\n")
    shown = ("progress", "evidence", "impact", "revisions", "asked", "stage", "updated")
    columns = ", ".join(f"{one}: {{heading: {one.title()}}}" for one in shown)
    extra = "remark: {heading: Remark, show: more.remark}"
    council.change(
        "settings", "  action-plan: {", f"  action-plan: {{columns: {{{columns}, {extra}}}, "
    )
    council.change("settings", "  progress-report:\n", f"  progress-report:\n    public: {ANY}\n")
    return ", ".join(CANARIES.values())


@pytest.mark.parametrize("format", ["md", "json"])
@pytest.mark.parametrize("paper", ["action-plan", "progress-report", "review-report"])
def test_what_was_recorded_of_a_withheld_action_is_not_told(council, withheld, paper, format):  # noqa: A002
    """
    Neither notes, reasons, evidence nor impact, in no format.
    """
    council.happens("2022-02-01", "", A4=withheld)

    assert "canary" not in council.render(paper, "public", format)
    assert ("canary" in council.render(paper, format=format)) is (paper != "review-report")


@pytest.mark.parametrize("field", CANARIES)
@pytest.mark.parametrize("day", ["2022-02-01", "2022-12-01"])
def test_a_paper_that_repeats_it_is_refused(council, withheld, field, day):
    """
    Wherever else it was written, and on whatever day it was recorded.
    """
    council.happens(day, "", A4=withheld)
    text = CANARIES[field].partition("'")[2].partition("'")[0]
    council.change("plan", "This plan answers", f"{text} This plan answers")

    with pytest.raises(peerkit.errors.RefusedError, match="would show a text that is withheld"):
        council.render("action-plan", "public")
    assert text in council.render("action-plan")


def test_evidence_that_is_shown_of_another_action_is_no_secret(council, withheld):
    """
    One list can show that two things were done, one of which is withheld.
    """
    council.happens("2022-02-01", "", A1="evidence: 'The list of all schools'", A4=withheld)
    council.happens("2022-02-02", "", A4="evidence: 'The list of all schools'")

    assert "The list of all schools" in council.render("action-plan", "public")


def test_who_put_a_day_off_may_be_withheld(council, column):
    """
    Then that there was somebody is told, and not who.
    """
    council.change(
        "settings", "  action-plan: {", "  action-plan: {columns: {revisions: {heading: Revised}}, "
    )
    council.change(
        "parties", "  director-education:\n", "  director-education:\n    withheld: why\n"
    )
    council.change("plan", "approver: director-education ", "")
    council.happens("2022-02-01", "", A2="due: May 2023, reason: 'All are ill.'")
    path = council.folder / "history" / "2022-02-01.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("by: virtual-school-head", "by: director-education"))

    told = f"1 February 2022: May 2023 in place of July 2022, set by {HIDDEN}.\nAll are ill."
    assert told == column(council.document("action-plan", "public"), "revisions")[1]
    assert HIDDEN not in column(council.document("action-plan"), "revisions")[1]
