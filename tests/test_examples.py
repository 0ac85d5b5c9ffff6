"""
The example of Middlesbrough is what a council would be glad of.
"""

import datetime as dt
import importlib.util
import json
import re
import shutil
from pathlib import Path

import pytest

import peerkit
from peerkit.document import Bullets, Document, Fields, Paragraph, Table, texts_of_document
from peerkit.verbs import jobs, offers_here, render_job

EXAMPLE = Path(__file__).parent.parent / "examples" / "middlesbrough"
ON = dt.date(2022, 2, 14)
NOTICE = "Illustrative: not the council's document"
DECISION = (
    "That Executive receives and notes the outcomes of the Virtual School peer review and "
    "endorses the accompanying action plan."
)
FORMATS = ["md", "json"]
FORMATS += ["docx"] if importlib.util.find_spec("peerkit_docx") else []
PAPERS = [
    ("committee-report", "virtual-school-peer-review"),
    ("action-plan", "virtual-school-plan"),
    ("review-report", "virtual-school-2021"),
    ("review-report", "focused-visit-2021"),
]

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("peerkit_committee") is None, reason="peerkit-committee is absent"
)


@pytest.fixture(name="register", scope="module")
def _register():
    """
    The example, loaded.
    """
    return peerkit.load(EXAMPLE)


@pytest.fixture(name="snapshot", scope="module")
def _snapshot(register):
    """
    The example as it stood on the day of the meeting.
    """
    return peerkit.judge(register, on=ON)


@pytest.fixture(name="report", scope="module")
def _report(snapshot):
    """
    The report to the Executive as a tree.
    """
    return peerkit.compose(snapshot, *PAPERS[0])


def said(block):
    """
    Return the words of a block, a list of blocks or a section.
    """
    if isinstance(block, tuple | list):
        return " ".join(filter(None, map(said, block)))
    document = Document(
        paper="x",
        title="",
        language="en-GB",
        properties=peerkit_properties(),
        front=(block,),
    )
    return " ".join(text for text in texts_of_document(document) if text)


def sections(document):
    """
    Yield every section of a document, the outer ones first.
    """
    todo = [*document.sections]
    while todo:
        one = todo.pop(0)
        yield one
        todo = [*one.sections, *todo]


def section(document, key):
    """
    Return the section of that key.
    """
    return next(one for one in sections(document) if one.key == key)


def test_it_loads_and_nothing_is_wrong(register):
    """
    There is no problem, not even advice.
    """
    assert () == register.problems
    assert () == peerkit.check(register, on=ON)
    assert register.is_whole


def test_every_paper_that_can_be_made_is_known(register):
    """
    The list above misses none.
    """
    assert {*PAPERS} == {(job.paper, job.subject) for job in jobs(register)}
