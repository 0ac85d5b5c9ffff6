import pytest

FIELDS = """
fields:
  action:
    cost: {type: text, doc: What it costs.}
    note: {type: Markdown, doc: What else there is to say.}
    agreed: {type: yes or no, doc: Whether it is agreed.}
    seen: {type: day, doc: When it was looked at.}
  plan:
    motto: {type: text, doc: What stands over it.}
  review:
    motto: {type: Markdown, doc: What stands over it.}
  committee_report:
    motto: {type: text, doc: What stands over it.}
"""
ACTION = "    answers: D1\n"


@pytest.fixture(autouse=True)
def fields(council):
    """
    Fields that the council adds.
    """
    council.add("settings", FIELDS)


@pytest.mark.parametrize(
    ("key", "value", "printed"),
    [
        ("cost", '"*£5*"', "*£5*"),
        ("note", '"*£5*"', "£5"),
        ("agreed", "no", "No"),
        ("seen", "May 2022", "May 2022"),
    ],
)
def test_a_column_shows_an_added_field(council, column, key, value, printed):
    """
    Each is printed as its type asks; where it is missing, that is said.
    """
    council.change(
        "settings",
        "papers:\n",
        f"papers:\n  action-plan:\n    columns:\n      extra: {{heading: Extra, show: more.{key}}}\n",
    )
    council.change("plan", ACTION, f"{ACTION}    more: {{{key}: {value}}}\n")

    assert [] == council.codes()
    assert [printed, *["Not stated"] * 3] == column(council.document("action-plan"), "extra")


@pytest.mark.parametrize(
    ("paper", "file"),
    [("committee-report", "report"), ("action-plan", "plan"), ("review-report", "review")],
)
def test_sections_and_front_sheets_show_an_added_field(council, said, line, paper, file):
    """
    An added field stands where the council wants it, numbered as any section.
    """
    council.add(file, "\nmore:\n  motto: All *together*\n")
    extra = "extra: {heading: Extra, show: more.motto}"
    name = "committee-report" if paper == "committee-report" else ""
    if name:
        council.change(
            "settings",
            "      fields:\n        report_of",
            f"      fields:\n        {extra.replace('heading', 'label')}\n        report_of",
        )
        council.change("settings", "      summary:\n", f"      summary:\n      {extra}\n")
    else:
        sheet = f"front_sheet: {{fields: {{{extra.replace('heading', 'label')}}}}}"
        council.change(
            "settings",
            "papers:\n",
            f"papers:\n  {paper}:\n    {sheet}\n    sections: {{{extra}}}\n",
        )
    document = council.document(paper)
    expected = "All together" if paper == "review-report" else "All *together*"

    assert [] == council.codes()
    assert expected == line(document, "extra") == said(document, "extra")


@pytest.mark.parametrize("file", ["plan", "review", "report"])
def test_an_added_field_that_nothing_shows_is_worth_advice(council, file):
    """
    The council may keep it for itself, but knows it.
    """
    council.add(file, "\nmore: {motto: All together}\n")
    (problem,) = council.problems()

    assert "not-shown" == problem.code
    assert "show: more.motto" in problem.advice


def test_an_added_field_of_an_action_that_no_column_shows_is_worth_advice(council):
    """
    Rows are watched too.
    """
    council.change("plan", ACTION, f"{ACTION}    more: {{cost: £5}}\n")

    assert [("not-shown", "£5")] == council.found()


@pytest.mark.parametrize(
    "column", ["{heading: Extra, show: more.price}", "{heading: Extra, show: more.motto}"]
)
def test_only_added_fields_of_the_record_can_be_shown(council, column):
    """
    A misspelt field, or another record's, is told where it is asked for.
    """
    council.change(
        "settings", "papers:\n", f"papers:\n  action-plan:\n    columns:\n      extra: {column}\n"
    )
    (problem,) = council.problems()

    assert "unknown-part" == problem.code
    assert "more.cost, more.note" in problem.message


def test_answers_to_findings_are_printed_in_the_review_report(council):
    """
    Under the finding stands what the host says to it, and why.
    """
    council.change(
        "review",
        "        text: Training",
        "        response: partly accepted\n        response_reason: There is *little* time.\n        text: Training",
    )
    council.change(
        "review", "        text: Targets", "        response: accepted\n        text: Targets"
    )
    made = council.render("review-report")

    assert "Response: Partly accepted. There is _little_ time." in made
    assert "Response: Accepted." in made
    assert 2 == made.count("Response:")


def test_a_column_of_the_plan_shows_answers_to_findings(council, column):
    """
    Each by the number of its finding.
    """
    council.change(
        "settings", "papers:\n", "papers:\n  action-plan:\n    columns: {response: Response}\n"
    )
    council.change(
        "review",
        "        text: The wider",
        "        response: accepted\n        response_reason: It is due.\n        text: The wider",
    )

    assert ["Not stated", "Not stated", "D3: Accepted\nIt is due.", "Not stated"] == column(
        council.document("action-plan"), "response"
    )


def test_the_place_of_a_meeting_is_printed(council, line):
    """
    Where it is known, it stands behind the day.
    """
    council.add("meeting", "place: Town Hall\n")

    assert "Executive, 14 February 2022, Town Hall" == line(council.document(), "submitted_to")


@pytest.mark.parametrize(
    ("member", "printed"),
    [
        (
            "count: Two, name: Jones and Khan, post: head teachers, authority: Northmere",
            "Two Jones and Khan, head teachers, Northmere",
        ),
        ("count: Two, authority: Northmere", "Two, Northmere"),
        ("authority: Northmere", "Northmere"),
        ("", "Not stated"),
    ],
)
def test_a_member_of_the_team_keeps_all_that_is_said(council, line, member, printed):
    """
    Nothing that is written of a member is left out, and nothing stands beside a gap.
    """
    sheet = "front_sheet: {fields: {team: {label: Review team, if_stated: no}}}"
    council.change("settings", "papers:\n", f"papers:\n  review-report: {{{sheet}}}\n")
    council.change("review", "cost: £2,500\n", f"cost: £2,500\nteam:\n  - {{{member}}}\n")

    assert printed == line(council.document("review-report"), "team")
