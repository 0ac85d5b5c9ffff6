"""
`peerkit template` with Word templates, as those who make them use it.
"""

import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import docx
import pytest

from peerkit.cli import main
from peerkit.cli.exits import Exit
from peerkit_docx import base_template
from peerkit_docx.word.packages import read_package, write_package

EXAMPLE = Path(__file__).parents[3] / "examples" / "middlesbrough"
PAPER = "committee-report"


@pytest.fixture(name="register")
def _register(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    copied = Path(shutil.copytree(EXAMPLE, tmp_path / "register"))
    (copied / "templates").mkdir(exist_ok=True)
    return copied


@pytest.fixture(name="ran")
def _ran(register, capsys):  # noqa: ARG001 - it is the current folder that is meant
    def run(*arguments):
        code = main(["template", *arguments])
        said = capsys.readouterr()
        return code, said.out.replace("\\", "/"), said.err

    return run


def changed(source, *replacements):
    """
    Return the template *source* with words of its main part replaced.
    """
    package = read_package(Path(source).read_bytes(), str(source))
    main_part = package["word/document.xml"].decode()
    for old, new in replacements:
        assert old in main_part
        main_part = main_part.replace(old, new)
    package["word/document.xml"] = main_part.encode()
    return write_package(package)


def broken(source):
    return changed(source, ("{{p front }}", "{{ titel }}"))


@pytest.fixture(name="own")
def _own(ran, register):
    path = f"register/templates/{PAPER}.docx"
    assert Exit.FINE == ran("new", PAPER, path)[0]
    return register.parent / path


def test_what_is_begun_has_no_problem_and_draws(ran, own, register):
    """
    A copy of the base template checks clean, and papers are filled into it at once.
    """
    relative = own.relative_to(register.parent).as_posix()
    code, out, err = ran("check", relative)

    assert (Exit.FINE, "") == (code, err)
    assert f"{PAPER}.docx, a template for {PAPER}: no problem.\n" == out
    assert Exit.FINE == main(["render", "register", PAPER, "--as", "docx", "--out", "made"])


def test_begun_in_the_register_it_is_not_told_where_to_lie(ran):
    code, out, _ = ran("new", PAPER, "register/templates/committee-report.docx")
    again = ran("new", PAPER, "elsewhere.docx")[1]

    assert Exit.FINE == code
    assert "It is used when" not in out
    assert "It is used when it lies in your register as templates/committee-report.docx" in again
    assert out.endswith("peerkit template check register/templates/committee-report.docx\n")


def test_what_is_begun_says_which_paper_it_is_for(ran, own):
    """
    Renamed and sent about, a template still tells its paper; so it can be checked anywhere.
    """
    shutil.copy(own, "sent.docx")

    code, out, _ = ran("check", "sent.docx", "--register", "register", "--json")

    found = json.loads(out)
    assert (Exit.FINE, PAPER, True) == (code, found["paper"], found["names_checked"])


def test_without_a_register_names_are_not_looked_at_and_that_is_said(ran, own):
    shutil.copy(own, "sent.docx")

    code, out, _ = ran("check", "sent.docx")

    assert Exit.FINE == code
    assert "Its names were not looked at." in out
    assert "Name it with --register FOLDER." in out


def test_faults_are_told_with_their_place_and_the_way_on(ran, own, register):
    own.write_bytes(broken(own))
    relative = own.relative_to(register.parent).as_posix()

    code, out, _ = ran("check", relative)

    assert Exit.FAULT == code
    assert "fault: {{ titel }}: This paper has no name “titel”. [template-name]" in " ".join(
        out.split()
    )
    assert "body, paragraph 2" in out
    assert "Did you mean “title”?" in out
    assert "To learn more of a problem: peerkit explain template-name" in out
    assert f"peerkit template check {relative} --annotate marked.docx" in out


def test_a_paper_can_be_named(ran):
    """
    A template that is no one paper's is held against the one that is asked about.
    """
    Path("mine.docx").write_bytes(base_template().read())

    code, out, _ = ran("check", "mine.docx", "--register", "register", "--paper", PAPER)
    unknown = ran("check", "mine.docx", "--register", "register", "--paper", "comittee-report")

    assert (Exit.FINE, True) == (code, f"for {PAPER}: no problem" in out)
    assert (Exit.FAULT, True) == (unknown[0], "Did you mean “committee-report”?" in unknown[2])


def test_a_template_kept_for_another_paper_is_refused(ran, own):
    """
    Papers would be refused one by one later; the copy of a file is where it went wrong.
    """
    shutil.copy(own, own.parent / "action-plan.docx")

    code, _, err = ran("check", "register/templates/action-plan.docx")

    assert Exit.FAULT == code
    assert "says that it is for the paper “committee-report”, but it is kept for action-plan" in err
    assert "peerkit template new action-plan action-plan.docx" in err


def test_fields_are_listed_as_tags_with_examples(ran, own, register):
    code, out, _ = ran("check", own.relative_to(register.parent).as_posix(), "--fields")

    assert Exit.FINE == code
    assert "{{ title }}" in out
    assert "{{p front }}" in out
    assert ", such as " in out
    assert "(may be missing)" in out


def test_a_copy_with_comments_is_written(ran, own):
    own.write_bytes(broken(own))
    before = own.read_bytes()

    code, out, _ = ran("check", f"register/templates/{PAPER}.docx", "--annotate", "marked.docx")

    assert Exit.FAULT == code
    assert "A copy with the problems as comments was written into marked.docx" in out
    assert "--annotate" not in out.rpartition("was written")[2]
    assert before == own.read_bytes()
    comments = read_package(Path("marked.docx").read_bytes(), "it")["word/comments.xml"]
    assert "Did you mean “title”?" in comments.decode()


def test_a_preview_is_written(ran, own):  # noqa: ARG001 - it is there
    code, out, _ = ran("check", f"register/templates/{PAPER}.docx", "--preview", "seen.docx")

    seen = docx.Document(io.BytesIO(Path("seen.docx").read_bytes()))

    assert Exit.FINE == code
    assert "A preview, filled with examples, was written into seen.docx" in out
    words = "\n".join(one.text for one in seen.paragraphs)
    footer = seen.sections[0].footer.paragraphs[0].text
    assert footer.endswith("Page 1 of 1")
    assert "{{" not in words
    assert len(words) > 200


def test_no_preview_of_what_cannot_be_filled(ran, own):
    own.write_bytes(broken(own))

    code, _, err = ran("check", f"register/templates/{PAPER}.docx", "--preview", "seen.docx")

    assert Exit.FAULT == code
    assert "No preview was drawn" in err
    assert not Path("seen.docx").exists()


def test_the_answer_for_programs_has_all(ran, own):
    own.write_bytes(broken(own))
    name = f"register/templates/{PAPER}.docx"

    code, out, err = ran("check", name, "--json", "--fields", "--annotate", "marked.docx")

    found = json.loads(out)
    (problem,) = found["problems"]
    assert (Exit.FAULT, "", 2) == (code, err, found["exit"])
    assert "template-check/1" == found["peerkit"]
    assert {"fault": 1, "error": 0, "warning": 0, "advice": 0} == found["counts"]
    assert "template-name" == problem["code"]
    assert problem["where"].startswith("body, paragraph 2")
    assert {"annotated": "marked.docx"} == found["written"]
    assert "title" in [one["path"] for one in found["fields"]]
    begun = json.loads(ran("new", PAPER, "another.docx", "--json")[1])
    assert ("template-new/1", PAPER) == (begun["peerkit"], begun["paper"])


# -- refusals ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", "absent.docx"], "absent.docx is not there"),
        (["check", "there.odt"], "can check a template that ends in “.odt”"),
        (["check", "there"], "has an ending that says what it is"),
        (["check", "there.docx", "--annotate", "there.docx"], "there.docx is the template itself"),
        (["check", "there.docx", "--annotate", "a.docx", "--preview", "a.docx"], "one file"),
        (["check", "there.docx", "--preview", "other.docx"], "other.docx is there already"),
        (["check", "there.docx", "--register", "nowhere"], "There is no such folder."),
        (["new", "comittee-report", "a.docx"], "Did you mean “committee-report”?"),
        (["new", PAPER, "other.docx"], "other.docx is there already"),
        (["new", PAPER, "a.odt"], "ends in “.odt”"),
        (["new", PAPER, "other.docx/a.docx"], "a file is where a folder is needed"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_written(ran, arguments, said):
    there = base_template().read()
    for name in ("there.docx", "other.docx", "there.odt", "there"):
        Path(name).write_bytes(there)
    before = {path: path.read_bytes() for path in Path().glob("*") if path.is_file()}

    code, out, err = ran(*arguments)

    assert code in (Exit.FAULT, Exit.UNWRITTEN)
    assert said in " ".join((out + err).split())
    assert "Traceback" not in err
    assert before == {path: path.read_bytes() for path in Path().glob("*") if path.is_file()}


def test_what_is_there_is_replaced_when_asked(ran):
    Path("mine.docx").write_bytes(b"old")

    assert Exit.FINE == ran("new", PAPER, "mine.docx", "--overwrite")[0]
    assert b"old" != Path("mine.docx").read_bytes()


def test_no_word_document_is_said_in_words(ran):
    Path("notes.docx").write_bytes(b"These are my notes.")

    code, out, err = ran("check", "notes.docx", "--annotate", "marked.docx")

    assert Exit.FAULT == code
    assert "notes.docx is not a Word document" in " ".join((out + err).split())
    assert "Traceback" not in err


def test_it_runs_as_a_module(ran, own):  # noqa: ARG001 - it is there
    """
    `python -m peerkit template check` is what an officer without a path types.
    """
    ran_as_module = subprocess.run(
        [sys.executable, "-m", "peerkit", "template", "check", "register/templates/committee-report.docx"],
        capture_output=True, check=False, encoding="utf-8",
    )  # fmt: skip

    assert (0, "") == (ran_as_module.returncode, ran_as_module.stderr)
