import datetime as dt
import re
import sys
from importlib import util
from pathlib import Path

import pytest

import peerkit
from peerkit.document import Paragraph, walk_blocks
from peerkit_docx.drawing import draw
from peerkit_docx.word.texts import texts

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT.parents[1] / "examples" / "middlesbrough"
TEMPLATES = ROOT / "src" / "peerkit_committee" / "templates"
MEETING = dt.date(2022, 2, 14)
PAPERS = [
    ("committee-report", "virtual-school-peer-review"),
    ("action-plan", "virtual-school-plan"),
    ("progress-report", "virtual-school-plan"),
    ("review-report", "virtual-school-2021"),
    ("review-report", "focused-visit-2021"),
]
NOTICE = "Illustrative: not the council's document"


@pytest.fixture(scope="module")
def snapshot():
    return peerkit.judge(peerkit.load(EXAMPLE), on=MEETING)


@pytest.fixture(scope="module")
def builder():
    """
    The script that makes the templates.
    """
    path = ROOT / "tools" / "build_templates.py"
    spec = util.spec_from_file_location("build_templates", path)
    assert spec is not None
    assert spec.loader is not None
    module = util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_templates_are_what_the_script_makes(builder, tmp_path, monkeypatch):
    """
    The tracked templates can be made again, to the byte.
    """
    monkeypatch.setattr(builder, "TEMPLATES", tmp_path)
    builder.main()

    assert {path.name for path in TEMPLATES.iterdir()} == {path.name for path in tmp_path.iterdir()}
    for path in tmp_path.glob("*.docx"):
        assert texts(path.read_bytes()) == texts((TEMPLATES / path.name).read_bytes())


@pytest.mark.parametrize(("paper", "subject"), PAPERS)
def test_pages_say_what_the_tree_says(snapshot, pdf_pages, paper, subject):
    """
    A reader of the converted paper finds the tree's numbers, and the notice on every page.
    """
    document = peerkit.compose(snapshot, paper, subject)
    data = peerkit.render(snapshot, paper, subject, format="docx")
    pages = pdf_pages(data, f"{paper}-{subject}")
    given = [
        block.number
        for block in walk_blocks(document)
        if isinstance(block, Paragraph) and block.number
    ]
    printed = re.findall(r"^ {0,8}(\d+)\. ", "\n".join(pages), flags=re.MULTILINE)

    assert 1 < len(pages) < 6
    assert all(NOTICE in page for page in pages)
    assert given == printed
    assert all(f"Page {number} of {len(pages)}" in page for number, page in enumerate(pages, 1))


@pytest.mark.parametrize("paper", ["committee-report", "action-plan", "progress-report"])
def test_prepared_templates_draw_as_their_word_files_do(snapshot, paper):
    """
    What is prepared beforehand changes nothing in what is drawn.
    """
    subject = dict(PAPERS)[paper]
    document = peerkit.compose(snapshot, paper, subject)
    template = peerkit.gather().templates[paper, "docx"]

    assert draw(document, template) == draw(
        document,
        peerkit.Template(
            paper=paper, format="docx", origin=template.origin, read=template.read, prepared=None
        ),
    )
