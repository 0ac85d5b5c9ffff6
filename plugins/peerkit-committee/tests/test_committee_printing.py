import pytest


def test_a_passage_says_one_thing(council):
    """
    Text beside a reason for its absence would not be printed, so both are refused.
    """
    council.change("report", "  legal: No", "  legal:\n    not applicable: no law\n    text: No")

    assert ["text-beside-not-applicable"] == council.codes()


@pytest.mark.parametrize("beside", ["show: themes\n    of: virtual-school-2021", "text: x"])
def test_what_is_shown_is_not_lost_either(council, beside):
    """
    A list of themes beside the reason would be lost as a text would.
    """
    council.change(
        "report",
        "    not applicable: the review is of a service for children\n  business",
        f"    not applicable: none\n    {beside}\n  business",
    )

    assert ["text-beside-not-applicable"] == council.codes()


def test_own_text_cannot_take_the_key_of_a_part(council):
    """
    Text under a part's key would be passed over; the report's own field is meant.
    """
    council.add("report", "text:\n  purpose: More on the purpose.\n")
    (problem,) = council.problems()

    assert "unknown-heading" == problem.code
    assert "Write it as “purpose” of the report, not under “text”." == problem.advice


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("consultation: Schools were asked.\n", "Schools were asked."),
        ("summary: In short.\n", "In short."),
    ],
    ids=["consultation", "summary"],
)
def test_text_without_a_section_is_told(council, text, place):
    """
    The example's council has removed these sections.
    """
    council.add("report", text)

    assert [("written-but-not-printed", place)] == council.found()


@pytest.mark.parametrize(
    ("removed", "place"),
    [
        ("        wards: Ward(s) affected\n", "not applicable: the Virtual School works for"),
        ("        strategic_plan: Contribution to delivery of the 2021-24 Strategic Plan\n", ""),
    ],
    ids=["wards", "strategic_plan"],
)
def test_text_without_a_line_of_the_front_sheet_is_told(council, removed, place):
    """
    What only a front sheet shows is lost without its line.
    """
    key = removed.strip().partition(":")[0]
    council.change("settings", removed, f"        {key}:\n")
    (problem,) = council.problems()

    assert "written-but-not-printed" == problem.code
    assert f"“{key}” is filled" in problem.message
    assert place in problem.excerpt or not place


def test_stated_to_be_none_is_no_text(council):
    """
    “None” alone loses nothing where no section shows it.
    """
    council.change(
        "settings",
        "      background_papers: {heading: Background papers}\n",
        "      background_papers:\n",
    )

    assert [] == council.codes()


def test_urgent_reason_waits_with_its_line(council):
    """
    Where the line waits for a fact that does not hold, its text is told of.
    """
    council.change("bodies", "    regime: executive\n", "    regime: committee\n")
    council.add("report", "urgent_reason: The term begins in a week.\n")
    (problem,) = council.problems()

    assert "written-but-waiting" == problem.code
    assert "waits until “regime” is executive; it is committee" in problem.message


def test_text_waits_with_its_section(council):
    """
    Reasons without a decision are printed nowhere.
    """
    council.change(
        "settings",
        "      reasons: {heading: Why is this being recommended?, required: yes}\n",
        "      reasons: {heading: Why?, when: {urgent: yes}}\n",
    )

    assert ["written-but-waiting"] == council.codes()


def test_own_text_waits_with_its_section(council):
    """
    The council's own sections are watched as the others are.
    """
    council.change(
        "settings",
        "      contact: {heading: Contact}\n",
        "      contact: {heading: Contact}\n      climate: {heading: Climate, when: {urgent: yes}}\n",
    )
    council.add("report", "text:\n  climate: None.\n")

    assert ["written-but-waiting"] == council.codes()


@pytest.mark.parametrize(
    "field",
    ["baseline: Six in ten", "target: Nine in ten", "resources: Two days", "start: May 2022"],
    ids=lambda field: field.partition(":")[0],
)
def test_a_field_no_column_shows_is_worth_advice(council, field):
    """
    An action's field without a column is told of once, not for each action.
    """
    for action in ("D1", "D2"):
        council.change("plan", f"answers: {action}\n", f"answers: {action}\n    {field}\n")
    (problem,) = council.problems()

    assert "not-shown" == problem.code
    assert f"“{field.partition(':')[0]}” is filled 2 times" in problem.message


def test_partners_without_a_column_are_worth_advice(council):
    """
    Links count as fields do.
    """
    council.change("plan", "answers: D1\n", "answers: D1\n    partners: navsh\n")

    assert [("not-shown", "navsh")] == council.found()


def test_steps_without_a_column_are_worth_advice(council):
    """
    A report's own tables are watched as the plan's is.
    """
    council.change(
        "settings",
        "    sections:\n      summary:\n",
        "    implementation_columns: {owner: }\n    sections:\n      summary:\n",
    )
    council.change(
        "report", "on the council's website.\n", "on the council's website.\n    owner: brown\n"
    )

    assert ["not-shown"] == council.codes()


def test_review_s_text_without_a_section_is_worth_advice(council):
    """
    A review may keep more than its report prints, but knows it.
    """
    council.add("settings", "")
    council.change("settings", "papers:\n", "papers:\n  review-report:\n    sections: {source: }\n")

    assert [("not-shown", "|")] == council.found()


@pytest.mark.parametrize(
    ("paper", "section", "code"),
    [
        ("review-report", "overall: {heading: Overall, required: yes}", "missing-section"),
        ("action-plan", "introduction: {heading: Beginning, required: yes}", ""),
    ],
    ids=["review-report", "action-plan"],
)
def test_required_holds_for_every_paper(council, paper, section, code):
    """
    Not only a report can lack what the council requires.
    """
    council.change("settings", "papers:\n", f"papers:\n  {paper}:\n    sections: {{{section}}}\n")

    assert [code] * bool(code) == council.codes()


@pytest.mark.parametrize("empty", ["purpose: '  '", "purpose: {name: p}"], ids=["blank", "name"])
def test_an_empty_passage_fills_no_section(council, empty):
    """
    Required text is text.
    """
    path = council.folder / "reports" / "virtual-school-peer-review.yaml"
    text = path.read_text(encoding="utf-8")
    before, _, rest = text.partition("purpose: |")
    path.write_text(
        f"{before}{empty}\nmember_decision: {rest.partition('member_decision: ')[2]}",
        encoding="utf-8",
    )

    assert ["missing-section"] == council.codes()


@pytest.mark.parametrize(
    ("given", "missing"),
    [("    show: themes\n", "of"), ("    of: virtual-school-2021\n", "show")],
    ids=["no of", "no show"],
)
def test_showing_needs_what_and_of_which(council, given, missing):
    """
    Themes of no review are not printed as none.
    """
    council.change("report", "    show: themes\n    of: virtual-school-2021\n", given)
    (problem,) = [one for one in council.problems() if one.code == "nothing-to-show"]

    assert f"“{missing}” is missing" in problem.message


def test_a_check_waits_for_its_section(council):
    """
    While the papers' settings are broken, nothing is said of what they print.
    """
    council.change(
        "settings", "  committee-report:\n", "  committee-report:\n    numbering: roman\n"
    )
    council.add("report", "consultation: Schools were asked.\n")

    assert ["not-a-choice"] == council.codes()
