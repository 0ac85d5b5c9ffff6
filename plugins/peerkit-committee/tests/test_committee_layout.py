import pytest


def settings(council, paper, text):
    """
    Add settings to a paper of the council.
    """
    if paper == "committee-report":
        council.change("settings", "  committee-report:\n", f"  committee-report:\n    {text}\n")
    else:
        council.change("settings", "papers:\n", f"papers:\n  {paper}:\n    {text}\n")


@pytest.mark.parametrize(
    ("paper", "text", "place"),
    [
        ("committee-report", "order: [purpose, reason]", "reason"),
        ("committee-report", "order: [purpose, reasons, purpose]", "purpose"),
        ("action-plan", "column_order: [ref, ref]", "ref"),
        ("action-plan", "column_order: [refs]", "refs"),
        ("action-plan", "front_sheet: {order: [leads]}", "leads"),
    ],
)
def test_an_order_names_what_is_there_once(council, paper, text, place):
    """
    What an order cannot do is told where it stands.
    """
    settings(council, paper, text)

    assert [("order-without-effect", place)] == council.found()


def test_a_key_named_twice_is_printed_once(council):
    """
    An order does not print a section twice.
    """
    settings(council, "committee-report", "order: [reasons, purpose, reasons]")

    assert ["reasons", "purpose"] == [one.key for one in council.document().sections[:2]]


@pytest.mark.parametrize("width", ["0", "101"])
def test_a_column_has_a_width(council, width):
    """
    Widths are shares of a line.
    """
    settings(council, "action-plan", f"columns: {{due: {{heading: Due, width: {width}}}}}")

    assert [("column-width", width)] == council.found()


@pytest.mark.parametrize(
    ("paper", "text"),
    [
        ("action-plan", "columns: {do: }"),
        ("committee-report", "implementation_columns: {do: }"),
        ("committee-report", "background_columns: {title: }"),
        (
            "committee-report",
            "background_columns: {body: , title: , day: }",
        ),
    ],
)
def test_a_table_says_what_its_rows_are(council, paper, text):
    """
    A table without the column that matters loses what it is for.
    """
    settings(council, paper, text)

    assert ["missing-column"] == council.codes()


@pytest.mark.parametrize("headings", ["[Item]", "[Item, Detail, More]"])
def test_a_front_sheet_has_two_headings(council, headings):
    """
    It has two columns.
    """
    settings(council, "action-plan", f"front_sheet: {{headings: {headings}}}")

    assert ["two-headings"] == council.codes()


@pytest.mark.parametrize("section", ["nope: Nothing", "climate: {heading: Climate, show: nope}"])
def test_a_section_that_no_report_fills_is_worth_advice(council, section):
    """
    It may be misspelt.
    """
    council.change("settings", "      summary:\n", f"      summary:\n      {section}\n")
    (problem,) = council.problems()

    assert "section-never-printed" == problem.code
    assert section.partition(":")[0] in problem.excerpt


def test_a_front_sheet_without_lines_is_not_printed(council):
    """
    There is no table without rows.
    """
    settings(council, "action-plan", "front_sheet: {fields: {reviews: , lead: , report: }}")

    assert () == council.document("action-plan").front


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("settings", "decision_verbs", ""), "there are none"),
        (("settings", "impacts", ""), "there are none"),
    ],
    ids=["verbs", "impacts"],
)
def test_no_message_ends_in_an_empty_list(council, change, told):
    """
    Where nothing is known, the message says so.
    """
    name = change[1]
    path = council.folder / "peerkit.yaml"
    text = path.read_text(encoding="utf-8")
    known = {
        "decision_verbs": [
            *("receive", "note", "endorse", "approve", "agree", "refer", "request"),
            *("delegate", "recommend", "receive and note", "adopt", "defer", "authorise"),
        ],
        "impacts": ["legal", "financial", "equality", "risk"],
    }[name]
    if name == "impacts":
        before, _, rest = text.partition("impacts:\n")
        text = before + rest.partition("\n\n")[2]
    none = "".join(f"  {one}:\n" for one in known)
    path.write_text(f"{text}\n{name}:\n{none}", encoding="utf-8")

    problems = council.problems()
    assert problems
    assert all(told in one.message for one in problems if one.code != "missing-section")
