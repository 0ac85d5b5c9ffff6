import datetime as dt

import peerkit
from peerkit_committee.records import CommitteeReport


def test_a_body_is_printed_as_typed_everywhere(council, said, line):
    """
    Stars in a name are stars on the front sheet and in the decision.
    """
    council.change("bodies", "name: Executive\n", "name: Cab *inet* 1. _x_\n")
    document = council.document()

    assert "Cab *inet* 1. _x_, 14 February 2022" == line(document, "submitted_to")
    assert said(document, "decisions").startswith("That Cab *inet* 1. _x_ receives")
    assert line(document, "decisions") == said(document, "decisions")
    assert "Cab *inet* 1. _x_" == document.properties.subject


def test_a_contact_is_printed_as_typed(council, said):
    """
    Name, address and number are no Markdown.
    """
    council.change(
        "parties",
        "dunn: {is: person, name: Trevor Dunn, email: trevor.dunn@middlesbrough.example}",
        'dunn: {is: person, name: "T *Dunn*", email: "_t_@m.example", telephone: "1. *0*"}',
    )

    assert "T *Dunn*\n_t_@m.example\n1. *0*" == said(council.document(), "contact")


def test_what_is_no_address_is_no_link(council, said):
    """
    An address that cannot be linked to is printed all the same.
    """
    council.change("parties", "trevor.dunn@middlesbrough.example", "'ask [at] the desk'")

    assert said(council.document(), "contact").endswith("ask [at] the desk")


def test_a_reviewer_s_short_name_is_printed_as_typed(council, said):
    """
    The sentence before the themes is no Markdown but for its number.
    """
    council.change("parties", "short: NAVSH", 'short: "*NAVSH* [1](#x)"')

    assert "*NAVSH* [1](#x) looked at four core themes:" in said(council.document(), "background")


def test_titles_of_appendices_are_printed_as_typed(council, said):
    """
    One title everywhere, whatever signs it has.
    """
    council.change("plan", "title: Virtual School Action Plan", 'title: "*Plan* [a](b)"')

    assert "Appendix 1: *Plan* [a](b)" in said(council.document(), "appendices")
    assert "*Plan* [a](b)" == council.document("action-plan").title


def test_a_verb_is_plain_and_its_text_is_markdown(council, said):
    """
    Of a decision only what is decided is Markdown.
    """
    council.change("report", "- endorse: the accompanying", '- "*en*dorse": the *whole*')

    assert said(council.document(), "decisions").endswith("and *en*dorse the whole action plan.")


def test_wording_is_printed_as_typed(council, said):
    """
    The council's sentences are no Markdown either.
    """
    council.add("settings", '  decision: "**That** {body} {parts}."\n')

    assert said(council.document(), "decisions").startswith("**That** Executive")


def test_a_review_s_title_is_printed_as_typed_beside_a_finding(council, column):
    """
    A label is plain, the finding is Markdown.
    """
    path = council.folder / "reviews" / "focused-visit-2021.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("title: Ofsted focused", "title: '*Ofsted* focused'\n#", 1).replace(
            "R1: Managers", "R1: '*Managers*'\n  #", 1
        ),
        encoding="utf-8",
    )

    assert (
        "R1 (*Ofsted* focused): Managers" in column(council.document("action-plan"), "answers")[2]
    )


def test_a_report_to_no_meeting_can_be_composed(council):
    """
    A report made in Python without a meeting has neither day nor body.
    """
    register = peerkit.load(council.folder)
    records = [one for one in register if one.kind != "committee_report"]
    report = CommitteeReport(id="r", title="R", meetings=(), authors=("brown",))
    made = peerkit.make_register([*records, report], register.configuration)
    snapshot = peerkit.judge(made, on=dt.date(2022, 2, 14))

    assert "Not stated" == peerkit.compose(snapshot, "committee-report", "r").properties.subject
