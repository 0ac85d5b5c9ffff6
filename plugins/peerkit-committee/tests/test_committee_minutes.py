"""
Minutes: the text of what was resolved, gaps, urgency, approval, and what the public may see.
"""

import datetime as dt
import shutil
from pathlib import Path

import pytest

import peerkit

REGISTER = Path(__file__).parent / "councils" / "register"
SETTINGS, BODIES, RESOLUTIONS = "peerkit.yaml", "bodies.yaml", "resolutions.yaml"
MEETING, REPORT = "meetings/cabinet.yaml", "reports/libraries.yaml"
ITEM = "cabinet/2025-05-01/7"
AS_PROPOSED = "    as_proposed: yes\n"
TIME = "time: 6.30 pm\n"
DECIDES = "    power: decides\n  council"
CANARY = "Golden Heron"


@pytest.fixture
def northmere(tmp_path):
    return Path(shutil.copytree(REGISTER, tmp_path / "northmere"))


def change(folder, file, old, new):
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    path.write_text(text.replace(old, new), encoding="utf-8")


def add(folder, file, text):
    path = folder / file
    old = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(old + text, encoding="utf-8")


def judged(folder, on="2025-05-05"):
    return peerkit.judge(peerkit.load(folder), on=dt.date.fromisoformat(on))


def paper(folder, name, subject, audience="internal", on="2025-05-05"):
    return peerkit.render(judged(folder, on), name, subject, audience=audience).decode()


def codes(folder, on="2025-05-05"):
    return [one.code for one in peerkit.check(peerkit.load(folder), on=dt.date.fromisoformat(on))]


# what was resolved


def printed(folder):
    """
    Return the lines under “Resolved:” in the minute, and those under “Decision” in the record.
    """
    minute = paper(folder, "minute-extract", ITEM).split("#### Resolved:\n\n")[1]
    record = paper(folder, "decision-record", "libraries").split("## Decision\n\n")[1]
    said = [minute.split("\n\nThe report had proposed")[0], record.split("\n\n## ")[0]]
    return [one.rstrip("\n") for one in said]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("That the plan be endorsed", "That the plan be endorsed."),
        ("that the plan be endorsed.", "That the plan be endorsed."),
        ("The plan is endorsed", "The plan is endorsed."),
        ("Was the plan endorsed?", "Was the plan endorsed?"),
        ("That it be noted, and so on...", "That it be noted, and so on..."),
        ("{note: the plan}", "That the plan be noted."),
        ("{refer: the plan to the Council to decide}",
         "That the plan be referred to the Council to decide."),
        ("{refer: the plan}", "That the plan be referred."),
        ("{receive and note: the plan.}", "That the plan be received and noted."),
        ("[{note: a}, {endorse: b}]",
         "- (a) That a be noted; and\n- (b) That b be endorsed."),
        ("[{note: a}, {endorse: b}, 'That c be']",
         "- (a) That a be noted;\n- (b) That b be endorsed; and\n- (c) That c be."),
        ("[{note: a}, 'No more was said']", "- (a) That a be noted.\n- (b) No more was said."),
        ("{note: 'the *plan*, {part} | {{ b }} <i>'}",
         "That the _plan_, {part} | {{ b }} \\<i> be noted."),
        ("'That {parts} and {% if %} be \\\\0'", "That {parts} and {% if %} be \\\\0."),
    ],
    ids=[
        *("That", "that with a stop", "a sentence", "a question", "dots", "a verb", "object ends"),
        *("no end", "two verbs", "two parts", "three parts", "mixed parts", "markup", "places"),
    ],
)  # fmt: skip
def test_what_was_resolved_is_printed_as_it_was_written(northmere, text, expected):
    """
    Minute and record print the same text: verbs in their form, “That” once, one full stop, and
    nothing of it is taken for markup of ours.
    """
    change(northmere, RESOLUTIONS, AS_PROPOSED, f"    text: {text}\n")

    assert [] == codes(northmere)
    assert [expected, expected] == printed(northmere)


@pytest.mark.parametrize(
    "text", ["''", "'.'", "That", "'that.'", "{note: ''}", "['That a be', '']"]
)
def test_an_empty_text_is_no_decision(northmere, text):
    """
    A part that says nothing of what was resolved is told, not printed as a full stop.
    """
    change(northmere, RESOLUTIONS, AS_PROPOSED, f"    text: {text}\n")

    assert "decision-without-text" in codes(northmere)


def test_a_resolution_of_a_withheld_report_is_not_for_the_public(northmere):
    """
    What was resolved as proposed in a report that is withheld is not printed for the public.
    """
    add(northmere, REPORT, "withheld: exempt\n")
    add(northmere, SETTINGS, GATES)

    internal, public = (
        paper(northmere, "decision-record", "libraries", audience)
        for audience in ("internal", "public")
    )
    assert "That the outcomes of the peer review be noted" in internal
    assert "## Decision\n\nNot for publication\n" in public
    assert "peer review" not in public.casefold().replace("peer review of libraries", "")


# gaps and urgency


@pytest.mark.parametrize(
    ("needs", "missing"),
    [
        ("narrative, options, reasons, interests, report", []),
        ("vote, dispensations", ["dispensations", "vote"]),
        ("left_room, commitments", ["commitments", "left_room"]),
    ],
)
def test_what_a_style_needs_and_nobody_wrote_is_a_gap(northmere, needs, missing):
    """
    Each part that the style needs is told when it is empty, and printed as not recorded.
    """
    order = [*needs.split(", "), "decision"]
    add(northmere, SETTINGS, f"minute_styles: {{ours: {{order: [{', '.join(order)}], "
        f"needs: [{needs}], heading: Agreed, gap: Not recorded}}}}\n")  # fmt: skip
    found = peerkit.check(peerkit.load(northmere), on=dt.date(2025, 5, 5))
    said = sorted(one.message for one in found if one.code == "gap-in-record")

    assert [f"The minute of “Peer Review of Libraries” has no {part}." for part in missing] == said
    assert len(missing) == paper(northmere, "minute-extract", ITEM).count("Not recorded\n")


@pytest.mark.parametrize("regime", ["executive", "committee", "combined authority", "none"])
@pytest.mark.parametrize("reason", ["", "    urgent_reason: The *roof* fell in.\n"])
def test_an_urgent_item_has_its_reason(northmere, regime, reason):
    """
    Under every law a minute states the special circumstances; without a law nothing is asked.
    """
    change(northmere, BODIES, "regime: executive", f"regime: {regime}")
    change(northmere, MEETING, "on_agenda: published\n", f"on_agenda: urgent\n{reason}")
    asked = regime != "none" and not reason

    assert asked == ("urgent-item-without-reason" in codes(northmere))
    said = "The _roof_ fell in." if reason else "Not stated."
    assert f"The chair took it as urgent: {said}" in paper(northmere, "minute-extract", ITEM)


# approval

LATER = DECIDES.replace(
    "\n", "\n    meetings: {2025-06-05: , 2025-04-03: , unknown: {source: x}}\n"
)
APPROVED = f"minutes_published: 2025-05-12\napproved_at: cabinet/2025-06-05\n{TIME}"


@pytest.mark.parametrize(
    ("on", "standing"),
    [
        ("2025-05-11", "Not recorded as published or approved"),
        ("2025-05-12", "Draft"),
        ("2025-06-05", "Approved"),
    ],
)
def test_minutes_say_how_far_they_are(northmere, on, standing):
    """
    They are a draft until the day of the meeting that approved them.
    """
    change(northmere, BODIES, DECIDES, LATER)
    change(northmere, MEETING, TIME, APPROVED)
    (line,) = [
        one
        for one in paper(northmere, "minutes", "cabinet/2025-05-01", on=on).splitlines()
        if one.startswith("| Minutes |")
    ]

    assert standing in line


@pytest.mark.parametrize(
    ("corrections", "expected"),
    [
        ("", 1),
        ("corrections: ['For ten read *twelve*.', 'Add Cllr Moss.']\n", 3),
    ],
    ids=["as a correct record", "as corrected"],
)
def test_the_later_minutes_tell_what_was_corrected(northmere, corrections, expected):
    """
    The meeting that approves has a section of the earlier minutes, with each correction.
    """
    change(northmere, BODIES, DECIDES, LATER)
    change(northmere, MEETING, TIME, f"{corrections}{APPROVED}")
    said = paper(northmere, "minutes", "cabinet/2025-06-05", on="2025-06-06")
    section = said.split("## Minutes of earlier meetings\n\n")[1].split("\n\n## ")[0]

    paragraphs = section.rstrip().split("\n\n")
    assert expected == len(paragraphs)
    assert "1 May 2025" in paragraphs[0]
    wanted = ["For ten read _twelve_.", "Add Cllr Moss."] if corrections else []
    assert wanted == paragraphs[1:]


@pytest.mark.parametrize(
    ("approved_at", "expected"),
    [
        ("cabinet/2025-06-05", []),
        ("cabinet/2025-04-03", ["not-permitted", "bad-approval"]),
        ("cabinet/2025-05-01", ["bad-approval"]),
        ("council/2025-06-10", ["bad-approval"]),
        ("cabinet/2025-06-06", ["dangling-link"]),
        ("cabinet/unknown", []),
    ],
    ids=["later", "earlier", "itself", "another body", "not there", "of no day"],
)
def test_minutes_are_approved_by_a_later_meeting_of_the_body(northmere, approved_at, expected):
    """
    No other meeting can approve them; of one without a day nobody can say that it was earlier.
    """
    change(northmere, BODIES, DECIDES, LATER)
    add(northmere, BODIES, "    meetings: {2025-06-10: }\n")
    change(northmere, MEETING, TIME, f"approved_at: {approved_at}\n{TIME}")

    assert expected == codes(northmere)


# what the public may see

GATES = """\
papers:
  minutes: {public: {minutes: [none, draft, approved]}}
  decision-record: {public: {gives: [decision, recommendation]}}
  committee-report: {public: {access: [public, not stated]}}
  decision-notice: {public: {has report: ["yes", "no"]}}
  action-log: {public: {minutes: [none, draft, approved]}}
"""
PARTY = f"  heron: {{is: person, name: {CANARY}, withheld: personal, email: heron@example.org}}\n"
EARLIER = DECIDES.replace("\n", f"\n    meetings:\n      2025-03-06: {{withheld: exempt, "
    f"approved_at: cabinet/2025-05-01, corrections: ['{CANARY} was there.']}}\n")  # fmt: skip
WITHHELD = {
    "an item with its minute": [
        (MEETING, "agenda:\n", (f"agenda:\n  8:\n    title: {CANARY}\n    withheld: exempt\n"
         f"    narrative: The {CANARY} sang.\n    commitments: [{{what: Ask the {CANARY}.}}]\n")),
    ],
    "a resolution and its action": [
        (RESOLUTIONS, "resolutions:\n", (f"resolutions:\n  heron:\n    item: {ITEM}\n"
         f"    withheld: exempt\n    text: That the {CANARY} be fed\n    vote: {CANARY} against\n"
         f"    not_callable: The {CANARY} cannot wait.\n    published: 2025-05-02\n"
         f"    actions: {{A1: {{do: Feed the {CANARY}., owner: director, due: 2025-05-09}}}}\n")),
    ],
    "a resolution referred to": [
        (RESOLUTIONS, AS_PROPOSED, f"{AS_PROPOSED}    refers_to: heron\n"),
        (RESOLUTIONS, "resolutions:\n", ("resolutions:\n  heron:\n    body: council\n"
         f"    day: 2025-04-01\n    withheld: exempt\n    text: That the {CANARY} be fed\n")),
    ],
    "a recommendation decided on": [
        (RESOLUTIONS, AS_PROPOSED, f"{AS_PROPOSED}    decides_on: heron\n"),
        (RESOLUTIONS, "resolutions:\n", ("resolutions:\n  heron:\n    body: council\n"
         "    recommends_to: cabinet\n    day: 2025-04-01\n    withheld: exempt\n"
         f"    text: That the {CANARY} be fed\n")),
    ],
    "an earlier meeting with corrections": [(BODIES, DECIDES, EARLIER)],
    "whoever came, left and promised": [
        ("parties.yaml", "parties:\n", f"parties:\n{PARTY}"),
        (MEETING, "chair: leader\nattending: [director, solicitor]\n",
         "chair: heron\nattending: [heron, solicitor]\npresent: [heron]\napologies: [heron]\n"),
        (MEETING, "    on_agenda: published\n", ("    on_agenda: published\n    left_room: [heron]\n"
         "    commitments: [{what: Write to the readers., owner: heron}]\n")),
        (RESOLUTIONS, AS_PROPOSED, (f"{AS_PROPOSED}    lead_officer: heron\n"
         "    actions: {A1: {do: Count the books., owner: heron}}\n")),
    ],
    "whoever wrote, cleared and answers": [
        ("parties.yaml", "parties:\n", f"parties:\n{PARTY}"),
        (REPORT, "from: director", "from: heron"),
        (REPORT, "contact: head-of-libraries", ("contact: heron\n"
         "clearances: {legal: {by: heron, day: 2025-04-01}}")),
        (REPORT, "implementation: Publish the plan.",
         "implementation: [{do: Publish it., owner: heron}]"),
        (SETTINGS, "call_in:", "clearances: {legal: {heading: Legal advice}}\ncall_in:"),
        (SETTINGS, "  committee-report: {",
         "  committee-report: {sections: {clearances: Clearances}, "),
    ],
    "a report and its proposal": [
        (REPORT, "  - note: the outcomes", f"  - note: the {CANARY} and the outcomes"),
        (REPORT, "title: Peer Review of Libraries", f"title: {CANARY}"),
        (REPORT, "wards: All", f"wards: {CANARY}\nkey_reason: {CANARY} sings.\nwithheld: exempt"),
    ],
}  # fmt: skip
NOTICE = "notice: libraries\nis: key decision\nreport: libraries\npublished: 2025-04-01\n"


@pytest.mark.parametrize("name", WITHHELD)
def test_no_public_paper_holds_what_is_withheld(northmere, name):
    """
    Whatever is withheld stands in the papers of officers, and in no paper for the public.
    """
    add(northmere, SETTINGS, GATES)
    add(northmere, "notice.yaml", NOTICE)
    for one in WITHHELD[name]:
        change(northmere, *one)
    snapshot = judged(northmere)
    view = peerkit.View(snapshot=snapshot, audience=peerkit.Audience.PUBLIC)
    made = {"internal": [], "public": []}
    for job in peerkit.verbs.jobs(snapshot.register):
        record = snapshot.register.get(kind_of(job.paper), job.subject)
        for audience, papers in made.items():
            if audience == "internal" or (view.shows(record) and job.paper != "minute-extract"):
                papers.append(
                    peerkit.render(snapshot, job.paper, job.subject, audience=audience).decode()
                )

    assert [True, False] == [CANARY in "\n".join(papers) for papers in made.values()]
    assert len(made["public"]) >= 3


def kind_of(paper):
    return {
        "committee-report": "committee_report",
        "decision-notice": "notice",
        "decision-record": "resolution",
        "minute-extract": "agenda_item",
        "minutes": "meeting",
        "action-log": "meeting",
    }[paper]


def test_a_clearance_by_somebody_withheld_says_so(northmere):
    """
    The public reads that the name is not for publication, not that nobody stated it.
    """
    add(northmere, SETTINGS, GATES)
    for one in WITHHELD["whoever wrote, cleared and answers"]:
        change(northmere, *one)

    said = paper(northmere, "committee-report", "libraries", "public")
    assert "| Legal advice | Not for publication, 1 April 2025 |" in said


def test_reasons_keep_their_markdown(northmere):
    """
    Why a clearance is not required, or a decision not open to call-in, may hold Markdown.
    """
    add(northmere, SETTINGS, "clearances: {legal: {heading: Legal advice}}\n"
        "papers: {committee-report: {sections: {clearances: Clearances}}}\n")  # fmt: skip
    add(northmere, REPORT, "clearances: {legal: {not required: It is *minor*.}}\n")
    change(
        northmere, RESOLUTIONS, AS_PROPOSED, f"{AS_PROPOSED}    not_callable: It *cannot* wait\n"
    )

    said = paper(northmere, "committee-report", "libraries")
    assert "| Legal advice | Not required: It is _minor_. |" in said
    said = paper(northmere, "decision-record", "libraries")
    assert "| Open to call-in | No: It _cannot_ wait |" in said
