import hashlib
import json
import shutil
from pathlib import Path

import pytest

from peerkit.cli import main
from peerkit.cli.exits import Exit
from peerkit.files.system import RealSystem

pytestmark = pytest.mark.usefixtures("only_northmere_is_installed")


@pytest.fixture(name="ran")
def _ran(northmere, capsys):
    """
    Run `peerkit render northmere …` and return its exit code, stdout and stderr.
    """

    def run(*arguments, folder=northmere.name):
        code = main(["render", folder, *arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def listed(folder, name="manifest.json"):
    return [one["file"] for one in json.loads((folder / name).read_text())["papers"]]


LETTERS = ["letter-libraries-2023.md", "letter-museum-2023.md"]


def test_all_papers_are_made_and_told(ran):
    """
    Without a paper's name all of them are written, and the last lines say what to do next.
    """
    expected = """\
papers/letter-libraries-2023.md  Letter on Review of libraries
papers/letter-museum-2023.md  Letter on Review of the museum

2 files written into papers; manifest.json there lists them.
Next: open papers/letter-libraries-2023.md
"""
    code, out, err = ran()

    assert (Exit.FINE, expected, "") == (code, out.replace("\\", "/"), err)
    assert [*LETTERS, "manifest.json"] == names(Path("papers"))


def test_a_second_run_keeps_earlier_papers_listed(ran):
    """
    One manifest lists all that lies in the folder, whatever run made it.
    """
    ran("letter", "museum-2023")
    ran("letter", "LIBRARIES-2023", "--as", "json")

    assert ["letter-libraries-2023.json", "letter-museum-2023.md"] == listed(Path("papers"))


def test_a_paper_that_is_gone_is_no_longer_listed(ran):
    """
    The manifest names no file that is not there.
    """
    ran()
    Path("papers", LETTERS[0]).unlink()
    ran("letter", "museum-2023")

    assert LETTERS[1:] == listed(Path("papers"))


def test_papers_of_an_earlier_version_keep_it(ran):
    """
    An entry tells which version made it, where that is not the one that wrote the list.
    """
    ran("letter", "museum-2023")
    manifest = Path("papers/manifest.json")
    manifest.write_text(manifest.read_text().replace('"version": "', '"version": "0.0.'))
    ran("letter", "libraries-2023")

    new, old = json.loads(manifest.read_text())["papers"]
    assert "version" not in new
    assert old["version"].startswith("0.0.")


@pytest.mark.parametrize(
    "there",
    [
        '{"name": "a web app"}',
        "not JSON",
        '{"peerkit": "manifest/1", "register": "other", "papers": []}',
    ],
    ids=["another program's", "unreadable", "another register's"],
)
def test_manifest_of_somebody_else_is_left_alone(ran, there):
    """
    A manifest.json that is not this register's is neither lost nor mixed up.
    """
    Path("papers").mkdir()
    Path("papers/manifest.json").write_text(there)
    _, out, _ = ran("--out", "papers")
    ran("letter", "museum-2023", "--out", "papers")

    assert there == Path("papers/manifest.json").read_text()
    assert "manifest-northmere.json there lists them" in out
    assert LETTERS == listed(Path("papers"), "manifest-northmere.json")


def test_papers_of_two_registers_are_kept_apart(ran, northmere):
    """
    Where `papers` holds those of another register, a folder of their own is taken.
    """
    ran()
    shutil.copytree(northmere, northmere.parent / "southmere")
    code, out, _ = ran(folder="southmere")

    assert Exit.FINE == code
    assert "2 files written into southmere-papers" in out
    assert LETTERS == listed(Path("southmere-papers"))


def test_same_input_gives_the_same_bytes(ran):
    """
    Making all papers again changes nothing, the manifest included.
    """

    def digests():
        return {path.name: hashlib.sha256(path.read_bytes()) for path in Path("papers").iterdir()}

    ran()
    first = {name: digest.hexdigest() for name, digest in digests().items()}
    assert Exit.FINE == ran()[0]

    assert first == {name: digest.hexdigest() for name, digest in digests().items()}


def test_what_someone_changed_is_not_overwritten(ran):
    """
    A paper edited by hand stops the run, until the user says that it may go.
    """
    ran()
    edited = Path("papers", LETTERS[0])
    edited.write_text("with a remark")

    code, out, err = ran()
    assert (Exit.UNWRITTEN, "") == (code, out)
    assert "was changed after peerkit made it, so nothing was written." in err
    assert "with a remark" == edited.read_text()

    assert Exit.FINE == ran("--overwrite")[0]
    assert "with a remark" != edited.read_text()


def test_what_peerkit_did_not_make_is_not_overwritten(ran):
    """
    A file of the user's that happens to have a paper's name stays.
    """
    Path("papers").mkdir()
    Path("papers", LETTERS[1]).write_text("mine")
    code, _, err = ran()

    assert Exit.UNWRITTEN == code
    assert "is there already, and peerkit did not make it" in err
    assert [LETTERS[1]] == names(Path("papers"))


def test_public_papers_have_names_of_their_own(ran):
    """
    A public paper and the internal one never take one another's place.
    """
    ran("letter", "libraries-2023")
    code, _, _ = ran("letter", "libraries-2023", "--public")

    assert Exit.FINE == code
    assert ["letter-libraries-2023-public.md", LETTERS[0]] == listed(Path("papers"))


def test_refused_papers_do_not_hold_up_others(ran):
    """
    What may be public is made, what may not is told, and the exit code tells of it.
    """
    code, out, err = ran("--public")

    assert Exit.REFUSED == code
    assert "letter-libraries-2023-public.md" in out
    assert "museum-2023 may not be made for the public" in err
    assert ["letter-libraries-2023-public.md"] == listed(Path("papers"))


def test_nothing_is_written_if_all_is_refused(ran):
    """
    A refusal leaves no folder behind.
    """
    code, out, _ = ran("letter", "museum-2023", "--public")

    assert (Exit.REFUSED, "") == (code, out)
    assert not Path("papers").exists()


def test_nothing_is_made_while_an_error_stands(ran, northmere):
    """
    The problems are listed, and no file is written.
    """
    plan = northmere / "plans/libraries-plan.yaml"
    plan.write_text(plan.read_text().replace("answers: D1", "answers: D9"))
    code, out, err = ran()

    assert Exit.ERROR == code
    assert "There is no finding “D9”. [dangling-link]" in out
    assert "Nothing was made, because of 1 error." in err
    assert not Path("papers").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["leter"], "Did you mean “letter”?"),
        (["letter", "library-2023"], "Did you mean “libraries-2023”?"),
        (["--as", "docx"], "python -m pip install peerkit-docx"),
        (["--as", "odt"], "Formats here are form, json, md."),
        (["--template", "x.form"], "--template is for a format that fills templates"),
        (["--as", "form", "--template", "x.form"], "x.form is not there."),
        (["--template", "."], "--template is for a format"),
        (["--on", "July 2022"], "one day is needed here"),
        (["--no-plugin", "northmore"], "Did you mean “northmere”?"),
        (["letter", "museum-2023", "more"], "unexpected extra argument"),
    ],
    ids=" ".join,
)
def test_what_is_not_there_is_told(ran, arguments, said):
    """
    A misspelt name is answered with what was meant, or with all there is.
    """
    code, out, err = ran(*arguments)

    assert (Exit.FAULT, "") == (code, out)
    assert said in err
    assert not Path("papers").exists()


def test_register_without_papers_says_so(ran, northmere):
    """
    Where no paper is configured, the next step is told.
    """
    (northmere / "peerkit.yaml").write_text("organisation: {name: Northmere}\n")
    for name in ("reviews", "plans"):
        shutil.rmtree(northmere / name)
    code, _, err = ran()

    assert Exit.FAULT == code
    assert "peerkit.yaml of northmere configures no paper." in err
    assert "Papers are letter." in err


@pytest.mark.parametrize("inside", [".", "reviews"])
def test_papers_never_land_among_the_records(ran, northmere, monkeypatch, inside):
    """
    From inside a register, papers go beside it.
    """
    monkeypatch.chdir(northmere / inside)
    code, out, _ = ran(folder=str(northmere))

    assert Exit.FINE == code
    assert "northmere-papers" in out
    assert [*LETTERS, "manifest.json"] == names(northmere.parent / "northmere-papers")


@pytest.mark.parametrize(
    ("out", "expected"),
    [
        ("northmere", Exit.REFUSED),
        ("northmere/made", Exit.REFUSED),
        ("northmere/reviews", Exit.REFUSED),
        ("northmere/templates/../made", Exit.REFUSED),
        ("elsewhere/../northmere/made", Exit.REFUSED),
        ("northmere/issued/2023", Exit.FINE),
        ("northmere/.made", Exit.FINE),
        ("northmere-2", Exit.FINE),
    ],
)
def test_papers_are_not_written_among_what_is_loaded(ran, out, expected):
    """
    A folder inside the register is taken only if loading passes it over.
    """
    code, _, err = ran("--out", out)

    assert expected == code
    assert (expected is Exit.REFUSED) == ("part of the register itself" in err)
    assert (expected is Exit.FINE) == Path(out, "manifest.json").exists()
    assert Exit.FINE == main(["check", "northmere"])


def test_template_is_filled_and_named_without_its_path(ran, tmp_path):
    """
    A template from the command line fills formats that take one; no path is told on.
    """
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "own.form").write_text("HEAD\n")
    ran("letter", "museum-2023", "--as", "form", "--as", "md", "--template", "deep/own.form")

    assert Path("papers/letter-museum-2023.form").read_text().startswith("HEAD\n")
    entries = json.loads(Path("papers/manifest.json").read_text())["papers"]
    assert ["own.form", ""] == [one["template"] for one in entries]


def test_open_shows_the_paper_or_the_folder(ran, monkeypatch):
    """
    One paper is opened itself; of several, their folder; what cannot be opened is told.
    """
    opened = []
    monkeypatch.setattr(RealSystem, "open_path", lambda _self, path: opened.append(path.name))
    ran("--open")
    ran("letter", "museum-2023", "--open")

    def refuse(_self, _path):
        raise FileNotFoundError

    monkeypatch.setattr(RealSystem, "open_path", refuse)
    code, _, err = ran("letter", "museum-2023", "--open")

    assert ["papers", "letter-museum-2023.md"] == opened
    assert Exit.FINE == code
    assert "could not be opened from here; open it yourself" in err


def test_json_tells_what_was_made(ran):
    """
    Programs are told of every file and every refusal, and of nothing else on stdout.
    """
    code, out, err = ran("--public", "--json")
    told = json.loads(out)

    assert Exit.REFUSED == code == told["exit"]
    assert [
        "peerkit",
        "register",
        "out",
        "manifest",
        "made",
        "refused",
        "problems",
        "advice",
        "exit",
    ] == list(told)
    assert ("render/1", "papers", "manifest.json") == (
        told["peerkit"],
        told["out"],
        told["manifest"],
    )
    assert ["letter-libraries-2023-public.md"] == [one["file"] for one in told["made"]]
    assert ["museum-2023"] == [one["subject"] for one in told["refused"]]
    assert "museum-2023" in err


def test_json_lists_problems_when_nothing_is_made(ran, northmere):
    """
    A register that is not sound gives the problems instead of papers.
    """
    (northmere / "reviews/museum-2023.yaml").write_text("review: museum-2023\n")
    code, out, _ = ran("--json")
    told = json.loads(out)

    assert Exit.FAULT == code == told["exit"]
    assert (None, []) == (told["out"], told["made"])
    assert "missing-field" in [one["code"] for one in told["problems"]]


def test_titles_that_collapse_to_one_name_keep_apart(ran, northmere):
    """
    Hostile case 32: two subjects never share a file, in whichever run they are made.
    """
    review = "review: {}\nkind: library review\ntitle: Review {}\n"
    (northmere / "reviews/a.yaml").write_text(review.format("a-b", 1))
    (northmere / "reviews/b.yaml").write_text(review.format("a.b", 2))
    (northmere / "reviews/c.yaml").write_text(review.format("CON", 3))
    (northmere / "reviews/d.yaml").write_text(review.format("x" * 300, 4))
    assert Exit.FINE == ran("letter", "a.b")[0]
    ran()

    made = {
        one["subject"]: one["file"]
        for one in json.loads(Path("papers/manifest.json").read_text())["papers"]
    }
    assert "letter-a-b-2.md" == made["a.b"]
    assert "Review 2" in Path("papers", made["a.b"]).read_text()
    assert "letter-con.md" == made["CON"]
    assert 100 >= max(map(len, made.values()))
    assert len(made) == len({name.casefold() for name in made.values()})


def test_folder_that_cannot_be_written_is_told(ran):
    """
    Where a file is in the way, nothing is written, and the exit code is 4.
    """
    Path("papers").write_text("a file")
    code, _, err = ran()

    assert Exit.UNWRITTEN == code
    assert "a file is where a folder is needed" in err
