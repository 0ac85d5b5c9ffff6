from __future__ import annotations

import datetime as dt
import functools
import importlib.util
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import attrs
import pytest

import peerkit
from peerkit.document import Link, Properties, Text
from peerkit.errors import PeerkitError, RefusedError
from peerkit.testing import HOSTILE_TEXTS, format_faults, sample_document
from peerkit_docx import base_template, pdf, peerkit_formats
from peerkit_docx.pdf.styling import without_types_of_pdf
from peerkit_docx.system import Ran, libreoffice

EXAMPLE = Path(__file__).parents[3] / "examples" / "middlesbrough"
PAPERS = [
    ("committee-report", "virtual-school-peer-review"),
    ("action-plan", "virtual-school-plan"),
    ("progress-report", "virtual-school-plan"),
    ("review-report", "virtual-school-2021"),
    ("review-report", "focused-visit-2021"),
]
DRAW = """
import hashlib, importlib.util, sys
spec = importlib.util.spec_from_file_location("papers", sys.argv[1])
papers = importlib.util.module_from_spec(spec)
spec.loader.exec_module(papers)
from peerkit_docx.pdf import draw
sys.stdout.write(hashlib.sha256(draw(papers.rich(), None)).hexdigest())
"""


def needed(**there):
    """
    Skip a test for want of something, or fail it where everything is to be there.
    """
    missing = [name for name, found in there.items() if not found]
    if missing:
        reason = f"needs {' and '.join(missing)}, to make a PDF and look into it"
        if os.environ.get("PEERKIT_CI") == "1":
            pytest.fail(reason)
        pytest.skip(reason)


@pytest.fixture(scope="module")
def pikepdf():
    needed(pikepdf=importlib.util.find_spec("pikepdf"))
    return importlib.import_module("pikepdf")


@pytest.fixture(scope="module")
def draw():
    """
    Draw a paper as PDF.
    """
    needed(LibreOffice=libreoffice(), pikepdf=importlib.util.find_spec("pikepdf"))
    return lambda paper, template=None: pdf.draw(paper, template)


@pytest.fixture(scope="module")
def opened(draw, pikepdf):
    """
    Draw a paper as PDF, and open it; the same is drawn once.
    """
    return functools.cache(lambda paper: pikepdf.Pdf.open(io.BytesIO(draw(paper))))


@pytest.fixture
def failures(tmp_path):
    """
    What a checker of PDF/UA finds wrong in a file.
    """
    needed(**{"page-validation": importlib.util.find_spec("page")})
    page = importlib.import_module("page")

    def found(content):
        path = tmp_path / "paper.pdf"
        path.write_bytes(content)
        checked = page.validate_pdf(str(path), profile="ua1")
        return [str(one) for one in checked.failures]

    return found


# -- readable by everyone ----------------------------------------------------------


@pytest.mark.parametrize("scheme", ["through", "decimal"])
def test_a_rich_paper_is_accessible(papers, draw, failures, scheme):
    """
    By all rules of PDF/UA-1 that a program can check.
    """
    assert [] == failures(draw(papers.rich(scheme)))


def test_every_kind_of_block_is_accessible(draw, failures):
    """
    Whatever it says.
    """
    assert [] == failures(draw(sample_document(" ".join(HOSTILE_TEXTS))))


@pytest.mark.usefixtures("draw")
@pytest.mark.parametrize(("name", "subject"), PAPERS, ids=lambda value: value)
def test_every_paper_of_the_example_is_accessible(failures, name, subject):
    """
    Drawn with the templates that come with the papers.
    """
    needed(**{"peerkit-committee": importlib.util.find_spec("peerkit_committee")})
    snapshot = peerkit.judge(peerkit.load(EXAMPLE), on=dt.date(2022, 9, 13))

    assert [] == failures(peerkit.render(snapshot, name, subject, format="pdf"))


@pytest.fixture
def tags(pikepdf):
    """
    List every tag of an open PDF.
    """

    def below(one):
        inside = one.get("/K", pikepdf.Array())
        several = inside if isinstance(inside, pikepdf.Array) else [inside]
        found = [one for one in several if isinstance(one, pikepdf.Dictionary) and "/S" in one]
        return [*found, *(tag for one in found for tag in below(one))]

    return lambda made: below(made.Root.StructTreeRoot)


def test_rows_of_a_front_sheet_have_headings(papers, opened, tags):
    """
    As its columns have.
    """
    made = opened(papers.document(front=(papers.front_sheet(to="a", by="b"),)))

    # What a table says of a heading comes behind what the page says of it.
    assert ["/Column", "/Column", "/Row", "/Row"] == sorted(
        str(one.A[-1].Scope) for one in tags(made) if str(one.S) == "/TH"
    )


def test_a_quote_passes_for_no_type_of_pdf(papers, opened, tags):
    """
    LibreOffice would say what “Quote” is like, which only PDF may.
    """
    made = opened(papers.rich())

    assert "/Quote" not in made.Root.StructTreeRoot.RoleMap
    used = {str(one.S) for one in tags(made)}
    assert "/Quote" not in used
    assert {"/H1", "/H2", "/H3", "/L", "/Table", "/Figure", "/Link"} <= used


def test_a_link_from_right_to_left_is_a_link(papers, opened, tags):
    """
    With its text inside; LibreOffice makes none of it.
    """
    hebrew = Link((Text("שלום"),), "https://northmere.example/he")
    made = opened(papers.document(papers.said("Before ", hebrew, " after.")))

    (link,) = [one for one in tags(made) if str(one.S) == "/Link"]
    piece, reference = link.K
    assert "https://northmere.example/he" == str(reference.Obj.A.URI)
    (paragraph,) = [one for one in tags(made) if link in list(one.K)]
    before, _, *after = paragraph.K
    assert [before + 1, before + 2] == [piece, *(int(one.K[0]) for one in after[:1])]


def test_only_styles_that_pdf_would_mistake_are_renamed(papers):
    """
    And only on the way to LibreOffice; nothing else is touched.
    """
    template = papers.changed(
        styles=lambda text: text.replace('w:val="Emphasis"', 'w:val="Span"').replace(
            'w:val="header"', 'w:val="Table"'
        )
    )
    given = papers.parts(template.read())
    renamed = {"Quote": "Quote style", "Span": "Span style", "Table": "Table style"}

    got = papers.parts(without_types_of_pdf(template.read()))

    names = {name: re.findall(r'<w:name w:val="([^"]+)"', one) for name, one in given.items()}
    assert set(renamed) <= set(names["word/styles.xml"])
    assert [renamed.get(one, one) for one in names["word/styles.xml"]] == re.findall(
        r'<w:name w:val="([^"]+)"', got["word/styles.xml"]
    )
    assert {**given, "word/styles.xml": ""} == {**got, "word/styles.xml": ""}


def test_links_are_reached_in_the_order_of_the_text(papers, opened):
    """
    On every page.
    """
    assert {"/S"} == {str(page.Tabs) for page in opened(papers.rich()).pages}


def test_a_pdf_that_is_not_tagged_is_refused(papers, pikepdf):
    """
    As an old LibreOffice would make it.
    """
    from peerkit_docx.pdf.mending import mended  # noqa: PLC0415 - needs pikepdf

    plain = io.BytesIO()
    with pikepdf.Pdf.new() as made:
        made.add_blank_page()
        made.save(plain)

    with pytest.raises(PeerkitError, match="not marked as PDF/UA") as caught:
        mended(plain.getvalue(), papers.document())
    assert "7.4" in caught.value.mend


# -- what it says of itself --------------------------------------------------------


def test_it_says_what_the_paper_says(papers, opened):
    """
    Title, author, language, day and what was known; and nothing from a clock.
    """
    properties = Properties(
        author="Northmere", day=dt.date(2022, 2, 14), subject="Executive", history="sha256:ab"
    )
    made = opened(papers.document(title="R&D <5%", language="cy", properties=properties))

    said = {key: str(value) for key, value in made.docinfo.items()}
    day = "D:20220214000000Z"
    assert {
        "/Title": "R&D <5%", "/Author": "Northmere", "/Subject": "Executive",
        "/CreationDate": day, "/ModDate": day,
    }.items() <= said.items()  # fmt: skip
    assert "cy" == str(made.Root.Lang)
    told = made.open_metadata()
    assert ("R&D <5%", "sha256:ab", "1") == (
        told["dc:title"],
        told["dc:identifier"],
        told["pdfuaid:part"],
    )
    assert told["xmp:CreateDate"] == told["xmp:ModifyDate"] == "2022-02-14T00:00:00Z"
    assert "/DocChecksum" not in made.trailer


def test_a_paper_without_a_day_has_no_dates(papers, draw, failures):
    """
    And is accessible nevertheless.
    """
    content = draw(papers.document(properties=Properties(author="Northmere")))

    assert b"Date" not in content
    assert [] == failures(content)


# -- the same again ----------------------------------------------------------------


@pytest.mark.usefixtures("draw")
def test_it_keeps_what_is_asked_of_every_format():
    """
    The same paper gives the same bytes, a second later.
    """
    _, format_ = peerkit_formats()

    assert [] == list(format_faults(format_, base_template(), document=sample_document()))


@pytest.mark.usefixtures("draw")
def test_neither_place_nor_company_makes_a_difference():
    """
    Two at once, in other zones, languages and folders.
    """
    here = str(Path(__file__).with_name("conftest.py"))
    settings = [
        {"TZ": "Pacific/Auckland", "LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8"},
        {"TZ": "America/New_York", "LANG": "C", "LC_ALL": "C", "SOURCE_DATE_EPOCH": "1"},
    ]
    running = [
        subprocess.Popen(
            [sys.executable, "-c", DRAW, here],
            stdout=subprocess.PIPE,
            env={**os.environ, **one, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        for one in settings
    ]

    digests = {one.communicate(timeout=120)[0] for one in running}
    assert [0, 0] == [one.returncode for one in running]
    assert 1 == len(digests)


# -- through the door --------------------------------------------------------------


def test_it_is_offered_as_a_format_that_fills_word_templates():
    """
    And proves by itself that nothing is lost, since it cannot be read back.
    """
    _, format_ = peerkit_formats()

    assert ("pdf", ".pdf", "application/pdf") == (
        format_.name,
        format_.suffix,
        format_.media_type,
    )
    assert (True, True, "docx", None) == (
        format_.takes_template,
        format_.is_proven,
        format_.fills,
        format_.texts,
    )


@pytest.mark.usefixtures("draw")
def test_the_command_makes_it(tmp_path):
    """
    One paper of the example, with its own template.
    """
    needed(**{"peerkit-committee": importlib.util.find_spec("peerkit_committee")})
    subprocess.run(
        [
            sys.executable, "-m", "peerkit", "render", str(EXAMPLE), "committee-report",
            "--as", "pdf", "--out", str(tmp_path / "papers"),
        ],
        check=True, capture_output=True, cwd=tmp_path,
    )  # fmt: skip

    (made,) = (tmp_path / "papers").glob("*.pdf")
    assert made.read_bytes().startswith(b"%PDF-1.")


def test_none_is_made_for_the_public(tmp_path):
    """
    Even where a rule lets the paper out: nobody could prove that nothing withheld is in it.
    """
    needed(**{"peerkit-committee": importlib.util.find_spec("peerkit_committee")})
    folder = Path(shutil.copytree(EXAMPLE, tmp_path / "register"))
    settings = folder / "peerkit.yaml"
    rule = "  committee-report:\n    public: {illustrative: [yes, no, not stated]}\n"
    said = settings.read_text("utf-8").replace("  committee-report:\n", rule, 1)
    settings.write_text(said, "utf-8", newline="\n")
    snapshot = peerkit.judge(peerkit.load(folder), on=dt.date(2022, 9, 13))

    assert peerkit.render(snapshot, *PAPERS[0], format="docx", audience="public")
    with pytest.raises(RefusedError, match="No pdf file is made for the public") as caught:
        peerkit.render(snapshot, *PAPERS[0], format="pdf", audience="public")
    assert "another format" in caught.value.mend


# -- what goes wrong ---------------------------------------------------------------


def refusal(paper, template=None):
    with pytest.raises(PeerkitError) as caught:
        pdf.draw(paper, template)
    return caught.value


def test_without_libreoffice_it_is_told_how_to_get_it(papers, monkeypatch):
    """
    And that Word can do it.
    """
    monkeypatch.setattr(pdf, "libreoffice", lambda: None)

    error = refusal(papers.document())

    assert "A PDF is set by LibreOffice, which was not found on this computer." == str(error)
    for words in ("Install LibreOffice", "PEERKIT_SOFFICE", "--as docx", "File, Save As, PDF"):
        assert words in error.mend


def test_without_pikepdf_it_is_told_how_to_get_it(papers, monkeypatch):
    """
    By the line that installs it.
    """
    monkeypatch.setattr(pdf, "libreoffice", lambda: Path("soffice"))
    monkeypatch.setitem(sys.modules, "pikepdf", None)
    monkeypatch.delitem(sys.modules, "peerkit_docx.pdf.mending", raising=False)

    error = refusal(papers.document())

    assert "A PDF is finished with pikepdf, which is not installed here." == str(error)
    assert 'python -m pip install "peerkit-docx[pdf]"' in error.mend


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    """
    Where temporary folders are made.
    """
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    ("ran", "why"),
    [
        (Ran(code=None, out=b"", err=b""), "took too long."),
        (
            Ran(code=1, out=b"", err=b"w\nError: no filter\n"),
            "failed (code 1): Error: no filter.",
        ),
        # As it does with a file that it does not understand.
        (Ran(code=0, out=b"Error: not loaded\n", err=b""), "failed (code 0): Error: not loaded."),
    ],
    ids=["it takes too long", "it fails", "it makes nothing"],
)
def test_what_libreoffice_does_not_do_is_told(papers, monkeypatch, temporary, ran, why):
    """
    With its own words; and nothing is left.
    """
    monkeypatch.setattr(pdf, "libreoffice", lambda: Path("/apps/soffice"))
    monkeypatch.setattr(pdf, "_mended", lambda: None)
    monkeypatch.setattr(pdf, "run", lambda *_, **__: ran)

    error = refusal(papers.document())

    assert str(error) == f"LibreOffice was to set the paper as PDF, but {why}"
    assert "/apps/soffice" in error.mend
    assert [] == list(temporary.iterdir())


def test_a_fault_of_the_template_is_told_as_for_word(papers, draw):
    """
    LibreOffice is not troubled with it.
    """
    template = papers.with_body("{{ title }}", "{{ nobody }}")

    with pytest.raises(PeerkitError, match=r"^own\.docx, body, paragraph 2") as caught:
        draw(papers.document(), template)
    assert [] != list(caught.value.problems)


def test_a_strangers_template_is_drawn_as_for_word(papers, draw):
    """
    By a process of its own, to the same bytes.
    """
    stranger = attrs.evolve(base_template(), trust=peerkit.Trust.STRANGER)

    assert draw(papers.document()) == draw(papers.document(), stranger)


def test_nothing_is_left(papers, draw, temporary):
    """
    Neither the Word file nor the profile.
    """
    draw(papers.document())

    assert [] == list(temporary.iterdir())
