"""
What is wrong with council business is told once, where it stands, and on the right day.
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
AS_PROPOSED, PUBLISHED = "    as_proposed: yes\n", "    published: 2025-05-02\n"
FROM_ITEM = f"    item: {ITEM}\n"


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


def found(folder, on="2025-05-05"):
    return peerkit.check(peerkit.load(folder), on=dt.date.fromisoformat(on))


def told(folder, on="2025-05-05"):
    """
    Return each problem as its code and the field it stands at.
    """
    return [(one.code, one.address.field) for one in found(folder, on)]


# who decided, what and when


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (AS_PROPOSED, f"{AS_PROPOSED}    decided_by: leader\n    body: cabinet\n",
         [("decision-without-maker", "")]),
        (FROM_ITEM, "    report: libraries\n    body: cabinet\n", [("decision-without-maker", "")]),
        (FROM_ITEM, "    report: libraries\n    day: 2025-05-01\n", [("decision-without-maker", "")]),
        (FROM_ITEM, "    report: libraries\n    body: cabinet\n    day: 2025-05-01\n", []),
        (FROM_ITEM, "    report: libraries\n    decided_by: leader\n    day: 2025-05-01\n", []),
        (FROM_ITEM, "    body: cabinet\n    day: 2025-05-01\n",
         [("decision-without-text", "as_proposed")]),
        (PUBLISHED, "    published: 2025-05-01\n", []),
        (PUBLISHED, "    published: May 2025\n", []),
        (PUBLISHED, "    published: April 2025\n", [("published-before-decided", "published")]),
        (PUBLISHED, f"{PUBLISHED}    day: May 2025\n", []),
        (PUBLISHED, f"{PUBLISHED}    day: 2025-05-01\n", []),
    ],
    ids=[
        *("told twice", "no day", "nobody", "a body", "a member", "no report", "the same day"),
        *("some day in May", "some day in April", "decided some day in May", "told again"),
    ],
)  # fmt: skip
def test_a_decision_says_who_made_it_and_when(northmere, old, new, expected):
    """
    Once, and published no earlier than made; days that are not exact accuse nobody.
    """
    change(northmere, RESOLUTIONS, old, new)

    decisions = {"decision-without-maker", "decision-without-text", "published-before-decided"}
    assert expected == [one for one in told(northmere) if one[0] in decisions]


RECOMMENDED = """\
  first:
    body: council
    day: {day}
    recommends_to: {body}
    text: That the plan be endorsed
"""


@pytest.mark.parametrize(
    ("earlier", "expected"),
    [
        (RECOMMENDED.format(day="2025-04-01", body="cabinet"), []),
        (RECOMMENDED.format(day="2025-05-01", body="cabinet"), []),
        (RECOMMENDED.format(day="May 2025", body="cabinet"), []),
        (RECOMMENDED.format(day="2025-05-02", body="cabinet"), ["later"]),
        (RECOMMENDED.format(day="2025-04-01", body="council"), ["recommends to Council"]),
        (RECOMMENDED.format(day="2025-04-01", body="").replace("    recommends_to: \n", ""),
         ["recommends nothing"]),
    ],
    ids=["before", "the same day", "not exact", "later", "to another body", "no recommendation"],
)  # fmt: skip
def test_who_decides_on_a_recommendation_had_it_before(northmere, earlier, expected):
    """
    It was made to that body, and not after its decision.
    """
    add(northmere, RESOLUTIONS, f"    decides_on: first\n{earlier}")
    said = [one.message for one in found(northmere) if one.code == "recommendation-not-followed"]

    assert len(expected) == len(said)
    assert all(want in one for want, one in zip(expected, said, strict=True))


@pytest.mark.parametrize(
    ("regime", "is_key", "sort", "expected"),
    [
        ("executive", "yes", "key decision", []),
        ("combined authority", "yes", "special urgency", []),
        ("committee", "no", "other decision", []),
        ("none", "no", "other decision", []),
        ("committee", "yes", "other decision", ["key_decision"]),
        ("none", "yes", "other decision", ["key_decision"]),
        ("committee", "no", "key decision", ["is"]),
        ("none", "no", "general exception", ["is"]),
        ("committee", "yes", "special urgency", ["is", "key_decision"]),
    ],
)
def test_only_executives_and_combined_authorities_make_key_decisions(
    northmere, regime, is_key, sort, expected
):
    """
    Of other bodies neither report nor notice can ask for one.
    """
    change(northmere, BODIES, "regime: executive", f"regime: {regime}")
    change(northmere, REPORT, "key_decision: no", f"key_decision: {is_key}")
    add(northmere, "notice.yaml", f"notice: n\nis: {sort}\nreport: libraries\n"
        "published: 2025-04-01\nexception_reason: Fire.\nagreed_by: The chair of scrutiny\n")  # fmt: skip

    assert expected == sorted(
        field for code, field in told(northmere) if code == "no-key-decisions"
    )


def test_a_notice_of_one_who_decides_alone_says_that_it_is_key(northmere):
    """
    One member decides for an executive, so its notice has the line for key decisions.
    """
    add(northmere, "notice.yaml", "notice: depot\nis: key decision\ntitle: Depot\n"
        "decided_by: leader\ndue: 2025-06-10\npublished: 2025-05-01\n")  # fmt: skip
    snapshot = peerkit.judge(peerkit.load(northmere), on=dt.date(2025, 5, 5))

    assert "| Key decision | Yes |" in peerkit.render(snapshot, "decision-notice", "depot").decode()


@pytest.mark.parametrize(
    ("verb", "text", "expected"),
    [
        ("note: {passive: be noted}", "{note: the plan}", []),
        ("note: {passive: }", "{note: the plan}", ["missing-verb-form"]),
        ("praise: {proposed: praises}", "{praise: the plan}", ["missing-verb-form"]),
        ("praise: {proposed: praises, passive: be praised}", "{praise: the plan}", []),
        ("note: {passive: '{what} noted'}", "{note: the plan}", []),
        ("note: {passive: be noted}", "{praise: the plan}", ["missing-verb-form"]),
        ("note: {passive: }", "That the plan be noted", []),
    ],
    ids=[
        *("configured", "without the form", "own, without it", "own", "with a place", "unknown"),
        "words of its own",
    ],
)
def test_a_verb_has_the_form_that_minutes_print(northmere, verb, text, expected):
    """
    A form that is missing is told at the resolution; words of its own need none.
    """
    add(northmere, SETTINGS, f"decision_verbs: {{{verb}}}\n")
    change(northmere, RESOLUTIONS, AS_PROPOSED, f"    text: {text}\n")

    own = [one.code for one in found(northmere) if one.address.kind == "resolution"]
    assert expected == own


# who may see a report


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("access: public", []),
        ("access: confidential", []),
        ("access: exempt", ["access", "access"]),
        ("access: exempt\npublic_interest: X.", ["access"]),
        ("access: exempt\nexempt_paragraphs: ['3']", ["access"]),
        ("access: part exempt\nexempt_paragraphs: ['3', (6A), '6b']\npublic_interest: X.", []),
        ("access: exempt\nexempt_paragraphs: ['0']\npublic_interest: X.", ["exempt_paragraphs/0"]),
        ("access: exempt\nexempt_paragraphs: ['1', '8']\npublic_interest: X.",
         ["exempt_paragraphs/1"]),
        ("access: public\nexempt_paragraphs: ['3']", ["exempt_paragraphs"]),
    ],
    ids=[
        *("public", "confidential", "neither", "no paragraph", "no interest", "both"),
        *("paragraph 0", "a bar is no ground", "public with a ground"),
    ],
)  # fmt: skip
def test_an_exempt_report_says_by_what_and_why(northmere, given, expected):
    """
    It names paragraphs 1 to 7 and weighs the public interest; only exempt ones do.
    """
    change(northmere, REPORT, "access: public", given)

    assert expected == [f for code, f in told(northmere) if code == "exempt-without-reason"]


# what was published elsewhere

PROPOSED = (
    "That the outcomes of the peer review be noted, the action plan be endorsed and the plan's "
    "costs be referred to the Council"
)
NOTICE = "notice: libraries\nis: other decision\nreport: libraries\npublished: 2025-04-01\n"
OWN = (RESOLUTIONS, AS_PROPOSED, "    text: [{note: the plan}, {endorse: the costs}]\n")


@pytest.mark.parametrize(
    "case",
    [
        ("minute-extract", ITEM, f"decision: {PROPOSED}.", (), []),
        ("minute-extract", ITEM, f"decision: {PROPOSED.upper()}", (), []),
        ("decision-record", "libraries", f"decision: {PROPOSED}", (), []),
        ("decision-record", "libraries", "decision: That it be noted", (), ["differs-from-published"]),
        ("decision-record", "libraries",
         "decision: That the plan be noted and the costs be endorsed", (OWN,), []),
        ("decision-record", "libraries",
         "decision: That the plan be noted and the costs be refused", (OWN,),
         ["differs-from-published"]),
        ("decision-record", "libraries", "day: 1 May 2025", (), []),
        ("decision-record", "libraries", "day: 2 May 2025", (), ["differs-from-published"]),
        ("decision-record", "libraries", "decision_maker: Council", (), ["differs-from-published"]),
        ("decision-record", "libraries", "colour: red", (), ["bad-transcript"]),
        ("decision-record", "libraries", "decison: red", (), ["bad-transcript"]),
        ("decision-notice", "libraries", "title: peer review of libraries.", (), []),
        ("decision-notice", ITEM, "title: Peer Review of Libraries", (), ["bad-transcript"]),
        ("decision-record", ITEM, "day: 1 May 2025", (), ["bad-transcript"]),
        ("minutes", ITEM, "title: Peer Review of Libraries", (), ["bad-transcript"]),
        ("committee-report", "libraries", "title: X", (), ["bad-transcript"]),
        ("decision-notices", "libraries", "title: X", (), ["bad-transcript"]),
    ],
    ids=lambda case: f"{case[0]} {case[2]}",
)  # fmt: skip
def test_a_transcript_is_held_against_the_register(northmere, case):
    """
    A published decision is compared with what the minute prints, also where it was resolved as
    proposed; a paper, a part or a record that cannot be compared is told.
    """
    paper, of, says, changes, expected = case
    add(northmere, "notice.yaml", NOTICE)
    for one in changes:
        change(northmere, *one)
    key, _, said = says.partition(": ")
    add(northmere, "transcript.yaml", f"transcript: old\npaper: {paper}\nof: {of}\n"
        f'says: {{{key}: "{said}"}}\nsource: The website.\n')  # fmt: skip

    codes = [one.code for one in found(northmere) if one.address.kind == "transcript"]
    assert expected == codes


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ("day", ["decision_maker"]),
        ("decision_maker", ["day"]),
        ("wards", ["day", "decision_maker"]),
    ],
)
def test_only_what_was_accepted_is_told_no_more(northmere, accepted, expected):
    """
    Accepting one difference says nothing of another.
    """
    add(northmere, "transcript.yaml", "transcript: old\npaper: decision-record\nof: libraries\n"
        "says: {day: 2 May 2025, decision_maker: Council}\nsource: The website.\n"
        f"accepted: {{{accepted}: a slip}}\n")  # fmt: skip

    differing = [f for code, f in told(northmere) if code == "differs-from-published"]
    assert [f"says/{part}" for part in expected] == sorted(differing)


# how papers are configured


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ("papers: {decision-record: {front_sheet: {fields: {colour: X}}}}", "unknown-part"),
        ("papers: {decision-record: {sections: {colour: X}}}", "unknown-part"),
        ("papers: {decision-record: {sections: {reasons: {heading: R, show: hue}}}}", "unknown-part"),
        ("papers: {decision-record: {boxes: {caption: C, headings: [A, B], fields: {hue: X}}}}",
         "unknown-part"),
        ("papers: {decision-record: {boxes: {fields: {decision: X}}}}", "missing-field"),
        ("papers: {decision-record: {front_sheet: {caption: }}}", "missing-field"),
        ("papers: {decision-record: {sections: {vote: {heading: V, when: {regime: royal}}}}}",
         "unknown-answer"),
        ("papers: {decision-record: {sections: {vote: {heading: V, when: {hue: royal}}}}}",
         "unknown-fact"),
        ("papers: {decision-record: {order: [colour]}}", "order-without-effect"),
        ("papers: {minutes: {item: '{hue} {title}'}}", "unknown-place"),
        ("papers: {minutes: {item: '{number}'}}", "missing-place"),
        ("papers: {minutes: {title: ''}}", "missing-field"),
        ("minute_styles: {ours: {order: [decision, hue], heading: X}}", "bad-minute-style"),
        ("minute_styles: {ours: {order: [decision], needs: [hue], heading: X}}", "bad-minute-style"),
        ("minute_styles: {ours: {order: [narrative], heading: X}}", "bad-minute-style"),
        ("minute_styles: {ours: {order: [], heading: X}}", "missing-field"),
        ("minute_styles: {ours: {order: [decision], heading: X, form: list, part: 'That;'}}",
         "missing-place"),
        ("minute_styles: {ours: {order: [decision], heading: X, sentence: '{hue}'}}",
         "unknown-place"),
        ("working_days: {closures: {Whitsun: shut}}", "bad-closure"),
        ("working_days: {closures: {2020 to 2025: shut}}", "bad-closure"),
    ],
)  # fmt: skip
def test_papers_that_are_configured_wrongly_are_told_at_their_line(northmere, settings, expected):
    """
    Front sheets, sections, boxes, titles and styles of minutes name what there is.
    """
    add(northmere, SETTINGS, f"{settings}\n")
    (problem, *_) = [one for one in found(northmere) if one.code == expected]

    assert (SETTINGS, 9) == (problem.place.file, problem.place.line)
