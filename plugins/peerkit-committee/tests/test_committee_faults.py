"""
What is wrong with decisions, minutes and what was published elsewhere is told where it stands.
"""

import datetime as dt
import shutil
from pathlib import Path

import pytest

import peerkit

REGISTER = Path(__file__).parent / "councils" / "register"
ON = dt.date(2025, 5, 5)
REPORT, MEETING = "reports/libraries.yaml", "meetings/cabinet.yaml"
RESOLUTIONS, BODIES, SETTINGS = "resolutions.yaml", "bodies.yaml", "peerkit.yaml"
AS_PROPOSED, REASONS = "    as_proposed: yes\n", "    reasons: The plan answered"


@pytest.fixture
def northmere(tmp_path):
    return Path(shutil.copytree(REGISTER, tmp_path / "northmere"))


def change(folder, file, old, new):
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    path.write_text(text.replace(old, new), encoding="utf-8")


def found(folder):
    return [(one.code, one.place.file) for one in peerkit.check(peerkit.load(folder), on=ON)]


def test_the_register_is_sound(northmere):
    """
    Before anything is changed there is no problem.
    """
    assert [] == found(northmere)


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        (RESOLUTIONS, AS_PROPOSED, "", "decision-without-text"),
        (RESOLUTIONS, AS_PROPOSED, f"{AS_PROPOSED}    text: That it be.\n", "decision-without-text"),
        (MEETING, "    report: libraries\n", "", "decision-without-text"),
        (RESOLUTIONS, "    item: cabinet/2025-05-01/7\n", "    report: libraries\n",
         "decision-without-maker"),
        (RESOLUTIONS, AS_PROPOSED, f"{AS_PROPOSED}    body: council\n", "decision-without-maker"),
        (RESOLUTIONS, AS_PROPOSED, f"{AS_PROPOSED}    day: 2025-04-30\n", "decided-before-meeting"),
        (RESOLUTIONS, "2025-05-02", "2025-04-30", "published-before-decided"),
        (RESOLUTIONS, AS_PROPOSED, "    text: {praise: the plan}\n", "missing-verb-form"),
        (SETTINGS, "call_in:", "decision_verbs: {note: {passive: }}\ncall_in:",
         "missing-verb-form"),
        (BODIES, "    regime: executive\n", "    regime: committee\n    call_in: 5 days after\n",
         "call-in-not-open"),
        (BODIES, "    regime: executive\n", "    regime: executive\n    call_in: soon\n",
         "bad-deadline"),
        (BODIES, "    regime: executive\n", "    regime: executive\n    minute_style: baroque\n",
         "bad-minute-style"),
        (SETTINGS, "call_in:", "minute_styles: {x: {order: [prose], heading: X}}\ncall_in:",
         "bad-minute-style"),
        (SETTINGS, "call_in:", "working_days: {closures: {Christmas: shut}}\ncall_in:",
         "bad-closure"),
        (MEETING, "    reasons: The plan answered what the peers had found.\n", "",
         "gap-in-record"),
        (MEETING, "on_agenda: published", "on_agenda: urgent", "urgent-item-without-reason"),
        (MEETING, "time: 6.30 pm\n", "time: 6.30 pm\napproved_at: cabinet/2025-05-01\n",
         "bad-approval"),
        (REPORT, "access: public", "access: exempt", "exempt-without-reason"),
        (REPORT, "access: public", "access: public\nexempt_paragraphs: ['3']",
         "exempt-without-reason"),
        (REPORT, "access: public",
         "access: exempt\nexempt_paragraphs: ['9']\npublic_interest: Bids are out.",
         "exempt-without-reason"),
    ],
)  # fmt: skip
def test_a_fault_is_told_where_it_stands(northmere, file, old, new, code):
    """
    Each has a code and the file it is in.
    """
    change(northmere, file, old, new)

    assert code in {one for one, _ in found(northmere)}
    homes = {REPORT, MEETING, RESOLUTIONS, BODIES, SETTINGS}
    assert {place for one, place in found(northmere) if one == code} <= homes


def test_an_exempt_report_names_its_paragraphs(northmere):
    """
    With paragraphs and the public interest it is sound, and prints both.
    """
    change(
        northmere,
        REPORT,
        "access: public",
        "access: part exempt\nexempt_paragraphs: ['3', 6a]\npublic_interest: Bids are still out.",
    )
    snapshot = peerkit.judge(peerkit.load(northmere), on=ON)
    said = peerkit.render(snapshot, "committee-report", "libraries").decode()

    assert [] == found(northmere)
    assert "by paragraphs 3 and 6a of Schedule 12A" in said
    assert "Bids are still out." in said


def test_a_gap_is_printed_and_not_filled(northmere):
    """
    What nobody wrote stands as a gap in minute and record; nothing is made up.
    """
    change(northmere, MEETING, "    reasons: The plan answered what the peers had found.\n", "")
    snapshot = peerkit.judge(peerkit.load(northmere), on=ON)
    minute = peerkit.render(snapshot, "minute-extract", "cabinet/2025-05-01/7").decode()
    record = peerkit.render(snapshot, "decision-record", "libraries").decode()

    assert "#### Reasons\n\nNot recorded\n" in minute
    assert "## Reasons\n\nNot stated\n" in record


# what was published elsewhere

NOTICE = """\
notice: libraries
is: other decision
report: libraries
published: 2025-04-01
lead_director: director
"""
TRANSCRIPT = """\
transcript: notice-of-april
paper: decision-notice
of: libraries
says: {%s}
source: Northmere, notice of 1 April 2025.
"""


@pytest.mark.parametrize(
    ("says", "codes"),
    [
        ("title: Peer Review of Libraries, due: 1 May 2025, decision_maker: cabinet", []),
        ("lead_director: Director of Communities, wards: all, key_decision: No", []),
        ("title: Review of Libraries", ["differs-from-published"]),
        ("due: 2 May 2025, restriction: Exempt", ["differs-from-published"] * 2),
        ("colour: red", ["bad-transcript"]),
    ],
)
def test_what_was_published_is_compared(northmere, says, codes):
    """
    Capitals and a full stop make no difference; other words do.
    """
    (northmere / "notice.yaml").write_text(NOTICE, encoding="utf-8")
    (northmere / "transcript.yaml").write_text(TRANSCRIPT % says, encoding="utf-8")

    assert codes == [one for one, _ in found(northmere)]


def test_what_is_resolved_under_a_withheld_item_is_withheld(northmere):
    """
    Of an item that is not for the public, the public gets no record of its decision either.
    """
    change(northmere, MEETING, "    on_agenda: published\n", "    withheld: exempt\n")
    snapshot = peerkit.judge(peerkit.load(northmere), on=ON)
    view = peerkit.View(snapshot=snapshot, audience=peerkit.Audience.PUBLIC)

    assert not view.shows(snapshot.register.get("resolution", "libraries"))
    assert not any(one.record.kind == "resolution" for one in peerkit.deadlines_of(view.judged))


def test_a_resolution_may_stand_in_its_item(northmere):
    """
    Where it is written says under which item it was made.
    """
    (northmere / RESOLUTIONS).unlink()
    path = northmere / MEETING
    path.write_text(
        path.read_text(encoding="utf-8")
        + "    resolutions:\n      libraries:\n        as_proposed: yes\n"
        "        published: 2025-05-02\n",
        encoding="utf-8",
    )
    register = peerkit.load(northmere)

    assert () == peerkit.check(register, on=ON)
    assert "cabinet/2025-05-01/7" == register.get("resolution", "libraries").item


def test_a_difference_that_is_known_is_told_no_more(northmere):
    """
    Where both are as they are, the register says why.
    """
    (northmere / "notice.yaml").write_text(NOTICE, encoding="utf-8")
    text = TRANSCRIPT % "title: Review of Libraries"
    (northmere / "transcript.yaml").write_text(
        f"{text}accepted: {{title: the notice was printed first}}\n", encoding="utf-8"
    )

    assert [] == found(northmere)


# what is withheld

CANARY = "The golden heron sings at noon"


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (RESOLUTIONS, AS_PROPOSED, f"    text: {CANARY}.\n    withheld: exempt\n"),
        (MEETING, "    narrative: The Director of Communities presented the report.\n",
         f"    narrative: {CANARY}.\n    withheld: exempt\n"),
        (REPORT, "purpose: To tell the Cabinet what the peers found.",
         f"purpose: {CANARY}.\nwithheld: exempt"),
    ],
    ids=["resolution", "item", "report"],
)  # fmt: skip
def test_the_public_sees_nothing_of_what_is_withheld(northmere, file, old, new):
    """
    In no paper and no deadline stands a word of it.
    """
    change(northmere, file, old, new)
    settings = northmere / SETTINGS
    gates = "".join(
        f"  {paper}: {{public: {{regime: executive}}}}\n"
        for paper in ("minutes", "decision-record")
    )
    settings.write_text(f"{settings.read_text(encoding='utf-8')}papers:\n{gates}", "utf-8")
    register = peerkit.load(northmere)
    snapshot = peerkit.judge(register, on=ON)
    view = peerkit.View(snapshot=snapshot, audience=peerkit.Audience.PUBLIC)
    made = [peerkit.render(snapshot, "minutes", "cabinet/2025-05-01", audience="public")]
    if file == REPORT:
        made.append(peerkit.render(snapshot, "decision-record", "libraries", audience="public"))
    said = [repr(one) for one in peerkit.deadlines_of(view.judged)]

    assert not any(CANARY.encode() in one for one in made)
    assert not any(CANARY in one for one in said)
