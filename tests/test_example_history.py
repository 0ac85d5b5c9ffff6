"""
The example over time: what followed from the resolution, and papers that stay as they were.
"""

import datetime as dt
import json
import shutil
from pathlib import Path

import pytest

import peerkit
from peerkit import verbs
from peerkit.cli import main
from peerkit.verbs.recording import record
from peerkit.verbs.rendering import manifest, render_job

EXAMPLE = Path(__file__).parents[1] / "examples" / "middlesbrough"
BEFORE, MEETING, AFTER = (dt.date(2022, 2, day) for day in (13, 14, 15))
PAPERS = [
    ("action-plan", "virtual-school-plan"),
    ("committee-report", "virtual-school-peer-review"),
    ("review-report", "virtual-school-2021"),
]


@pytest.fixture(name="folder")
def _folder(tmp_path):
    """
    A copy of the example that may be added to.
    """
    return Path(shutil.copytree(EXAMPLE, tmp_path / "middlesbrough"))


def standing(register, on):
    """
    Return the stage and status of every record that has any.
    """
    snapshot = peerkit.judge(register, on=on)
    return {
        f"{one.kind} {one.id}": (snapshot.state(one).stage, snapshot.status(one))
        for one in register
        if one.kind in snapshot.rules.kinds
    }


def test_only_what_follows_from_the_resolution_changes_with_it():
    """
    On 14 February 2022 the Executive decided; nothing else happened in those days.
    """
    register = peerkit.load(EXAMPLE)
    before, after = standing(register, BEFORE), standing(register, AFTER)
    changed = {one: (before[one], after[one]) for one in before if before[one] != after[one]}

    expected = {
        "review virtual-school-2021": (("reported", "Reported"), ("reported", "Actions open")),
        "plan virtual-school-plan": (("draft", "Draft"), ("agreed", "In progress")),
        "committee_report virtual-school-peer-review": (
            ("published", "Published"),
            ("considered", "Decided"),
        ),
        "meeting executive/2022-02-14": (("called", "To come"), ("held", "Held")),
    }
    assert expected == changed


def rendered(folder, paper, subject, upto=None):
    """
    Return one paper of 14 February 2022 as the bytes of each format.
    """
    job = verbs.Job(paper=paper, subject=subject)
    register = peerkit.load(folder)
    made = render_job(register, job, ("docx", "md", "json"), today=AFTER, on=MEETING, upto=upto)
    return {one.format: one for one in made}


@pytest.mark.parametrize(("paper", "subject"), PAPERS)
def test_a_paper_made_again_after_later_events_is_the_same(folder, paper, subject):
    """
    What happened after its day makes no difference to a single byte of it.
    """
    before = rendered(folder, paper, subject)
    draft = {
        "by": "virtual-school-head",
        "occasion": "a later round",
        "within": "virtual-school-plan",
        "records": {"A1": {"note": "All schools were written to."}},
    }
    record(folder, draft, today=dt.date(2022, 12, 5))
    after = rendered(folder, paper, subject)

    assert {one.content for one in before.values()} == {one.content for one in after.values()}


def test_a_paper_can_be_made_again_as_its_manifest_says(folder):
    """
    Even if something that had happened by then was recorded only afterwards.
    """
    told = {"by": "virtual-school-head", "within": "virtual-school-plan"}
    early = {"occasion": "first", "records": {"A2": {"note": "Dates were set."}}}
    shutil.rmtree(folder / "history")
    record(folder, {**told, **early}, today=dt.date(2022, 2, 1))
    first = rendered(folder, "action-plan", "virtual-school-plan")
    late = {"day": "2022-02-10", "occasion": "second", "records": {"A1": {"to": "under way"}}}
    record(folder, {**told, **late}, today=dt.date(2022, 3, 1))
    again = rendered(folder, "action-plan", "virtual-school-plan")
    listed = json.loads(manifest(peerkit.load(folder), [first["md"]], "0"))["papers"][0]["history"]
    upto = {(kind, one): (count, digest) for kind, one, count, digest in listed["heads"]}
    as_then = rendered(folder, "action-plan", "virtual-school-plan", upto)

    assert first["md"].heads == upto
    assert first["md"].content != again["md"].content
    assert first["md"].content == as_then["md"].content
    assert first["docx"].content == as_then["docx"].content


def test_every_paper_carries_the_digest_over_what_was_known(folder):
    """
    It stands where a reader of the file can find it, and only if anything had happened.
    """
    assert not rendered(folder, "action-plan", "virtual-school-plan")["md"].heads
    later = render_job(
        peerkit.load(folder),
        verbs.Job(paper="action-plan", subject="virtual-school-plan"),
        ("docx", "md", "json"),
        today=AFTER,
        on=dt.date(2023, 1, 1),
    )
    formats = verbs.offers_here().formats
    for made in later:
        digest = json.loads(manifest(peerkit.load(folder), [made], "0"))["papers"][0]["history"]
        said = f"history sha256:{digest['digest']}"
        assert any(said in text for text in formats[made.format].texts(made.content)), made.format


def test_peerkit_alone_says_what_is_due(folder, monkeypatch, capsys):
    """
    Inside a register that judges actions, what is late is the next thing to look at.
    """
    monkeypatch.chdir(folder)
    monkeypatch.setattr("peerkit.cli.welcome.today", lambda: dt.date(2022, 10, 1))
    main([])
    said = capsys.readouterr().out

    assert "Actions: 1 overdue, 0 due soon.\n" in said
    assert "Next: peerkit status ." in said
