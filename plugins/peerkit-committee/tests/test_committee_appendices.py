import pytest

PLAN = "  - {paper: action-plan, of: virtual-school-plan}\n"
REVIEW = "  - {paper: review-report, of: virtual-school-2021}\n"


@pytest.mark.parametrize(
    ("appendix", "told"),
    [
        ("{paper: action-plan}", "“of” is missing"),
        ("{}", "names neither a paper nor a title"),
        ("{of: virtual-school-plan}", "names neither a paper nor a title"),
        ("{paper: action-plans, of: virtual-school-plan}", "no paper “action-plans”"),
        ("{paper: action-plan, of: virtual-school-2021}", "is about a plan"),
        ("{paper: committee-report, of: virtual-school-plan}", "is about a committee report"),
        (
            "{paper: action-plan, of: virtual-school-plan, title: Another}",
            "“title” stands beside “paper”",
        ),
        ("{paper: review-report, of: virtual-school-2021}", "the same as appendix 2"),
        ("{title: The letter}\n  - {title: the  Letter}", "the same as appendix 3"),
    ],
)
def test_each_appendix_is_one_document(council, appendix, told):
    """
    An appendix that names no paper, two or one that is not there is refused.
    """
    council.change("report", REVIEW, f"{REVIEW}  - {appendix}\n")
    (problem,) = council.problems()

    assert "bad-appendix" == problem.code
    assert told in problem.message
    assert problem.place.line > 1


@pytest.mark.parametrize(
    "appendix", ["{title: The letter}", "{title: The letter, of: virtual-school-2021}"]
)
def test_a_document_from_elsewhere_has_its_title(council, said, appendix):
    """
    It may say what it is of.
    """
    council.change("report", REVIEW, f"{REVIEW}  - {appendix}\n")

    assert [] == council.codes()
    assert said(council.document(), "appendices").endswith("Appendix 3: The letter")


def test_a_withheld_appendix_keeps_its_number(council, said):
    """
    The public is told that there is one, and not what it is.
    """
    council.change(
        "settings", "  committee-report:\n", "  committee-report:\n    public: {urgent: no}\n"
    )
    council.change(
        "plan",
        "title: Virtual School Action Plan\n",
        "title: Virtual School Action Plan\nwithheld: until it is agreed\n",
    )
    listed = said(council.document(audience="public"), "appendices")

    assert "Appendix 1: Not for publication" in listed
    assert "Appendix 2: Virtual School Peer Review: report" in listed
