import datetime as dt

import pytest

import peerkit
from peerkit.document import plain_text, shape_problems

GROUPS = """\
  action-plan:
    groups:
      hidden: {{when: {{status: Verified}}, shown: no}}
      late: {{heading: Late, when: {{due: past}}, empty: Nothing is late.}}
      asked: {{heading: Asked for, when: {{asking: [new date, removal]}}{empty}}}
      rest: {last}
"""

pytestmark = pytest.mark.usefixtures("history")


def groups(council, last="{heading: The rest}", empty=""):
    """
    Let the action plan be printed in groups.
    """
    text = GROUPS.format(last=last, empty=empty)
    council.change("settings", "papers:\n", f"papers:\n{text}")


def test_each_action_is_printed_in_the_first_group_that_fits(council, tables):
    """
    Groups stand in their order; one is not shown, one is empty and says so.
    """
    groups(council)
    document = council.document("action-plan", on=dt.date(2022, 7, 15))
    (actions,) = [one for one in document.sections if one.key == "actions"]

    assert ["late", "asked", "rest"] == [one.key for one in actions.sections]
    assert {"late": ["A4"], "asked": ["A2"], "rest": ["A3"]} == {
        key: found for key, (_, found) in tables(document).items()
    }
    assert "What will be done, by whom and by when: Late" == (actions.sections[0].blocks[0].caption)
    assert ["Statuses as of 15 July 2022."] == [plain_text(one) for one in actions.blocks]


@pytest.mark.parametrize(
    ("empty", "said"), [("", ["late", "rest"]), (", empty: None.", ["late", "asked", "rest"])]
)
def test_an_empty_group_says_so_or_is_left_out(council, tables, empty, said):
    """
    As the council has it.
    """
    groups(council, empty=empty)
    document = council.document("action-plan", on=dt.date(2022, 4, 1))
    (actions,) = [one for one in document.sections if one.key == "actions"]

    assert said == [one.key for one in actions.sections][-len(said) :]
    assert "Nothing is late." == plain_text(actions.sections[0].blocks)
    assert ["A1", "A2", "A3", "A4"] == tables(document)["rest"][1]


def test_templates_know_the_names_of_groups_and_ratings(council):
    """
    Each group is a section and a table, and a rating's column has a name without a dot.
    """
    groups(council)
    document = council.document("action-plan", on=dt.date(2022, 7, 15))
    snapshot = council.snapshot()
    settings = snapshot.configuration.papers["action-plan"]
    shape = peerkit.gather().papers["action-plan"].shape(snapshot.configuration, settings)

    assert [] == [*shape_problems(shape, document)]
    assert "section.actions.section.late.body" in shape
    assert "tables.actions_late.rows[].rating_progress.text" in shape
    assert "tables.actions.rows[].status.text" in shape
    assert "section.actions.section.hidden.body" not in shape


@pytest.mark.parametrize(
    ("last", "code", "told"),
    [
        ("{heading: The rest, when: {status: Overdue}}", "table-hole", "No group fits"),
        ("{heading: The rest, when: {colour: red}}", "unknown-fact", "colour"),
        ("{heading: The rest}\n      more: Never", "table-dead-row", "“more” never decides"),
        ("{}", "missing-heading", "The group “rest” has no heading."),
    ],
)
def test_groups_are_proven(council, last, code, told):
    """
    Every action belongs to one, and every group can have some.
    """
    groups(council, last)
    (problem,) = [one for one in council.problems() if one.code != "history-unsealed"]

    assert code == problem.code
    assert told in problem.message
    assert "peerkit.yaml" == problem.place.file


def test_groups_of_a_plan_without_actions(council):
    """
    There is one table, which says that there is none.
    """
    groups(council)
    plan = council.folder / "plans" / "virtual-school-plan.yaml"
    text = plan.read_text(encoding="utf-8")
    plan.write_text(text.partition("\nactions:")[0] + "\n", encoding="utf-8")
    for one in (council.folder / "history").iterdir():
        one.unlink()
    (actions,) = [o for o in council.document("action-plan").sections if o.key == "actions"]

    assert () == actions.sections
    assert plain_text(actions.blocks).endswith("No action has been agreed yet.")


def test_nothing_is_said_to_be_missing_that_is_only_withheld(council):
    """
    The one late action is withheld, so the public paper does not say that nothing is late.
    """
    groups(council)
    council.change(
        "settings", "  action-plan:\n", "  action-plan:\n    public: {approved: [no, yes]}\n"
    )
    day = dt.date(2022, 7, 15)
    seen = [
        one.key for one in council.document("action-plan", "public", on=day).sections[-2].sections
    ]
    council.change("plan", "  A4:\n", "  A4:\n    withheld: It names a school.\n")
    public = council.document("action-plan", "public", on=day)
    left = [one.key for one in public.sections[-2].sections]

    assert ["late", "asked", "rest"] == seen
    assert ["asked", "rest"] == left
    assert "Nothing is late." not in plain_text(public.sections[-2].blocks)


def test_a_plan_that_is_withheld_action_by_action_is_not_said_to_be_empty(council):
    """
    In the place of its actions stands what the council says of what is not public.
    """
    council.change(
        "settings", "papers:\n", "papers:\n  action-plan: {public: {approved: [no, yes]}}\n"
    )
    for name in ("A1", "A2", "A3", "A4"):
        council.change("plan", f"  {name}:\n", f"  {name}:\n    withheld: Not yet.\n")
    document = council.document("action-plan", "public")
    (actions,) = [one for one in document.sections if one.key == "actions"]

    assert "Not for publication" == actions.blocks[-1].empty
