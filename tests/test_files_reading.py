import os
import sys
from pathlib import Path

import pytest

from peerkit.errors import RefusedError
from peerkit.files import reading
from peerkit.files.limits import LIMITS
from peerkit.files.reading import (
    PROBLEM_KINDS,
    inside,
    list_files,
    outside_reason,
    read_bytes,
    read_source,
    read_yaml,
)

links = pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own there")


@pytest.fixture(name="folder")
def _folder(tmp_path):
    folder = tmp_path / "register"
    (folder / "plans").mkdir(parents=True)
    (folder / "plans" / "a.yaml").write_text("title: A\n")
    (tmp_path / "secret.yaml").write_text("secret: yes\n")
    return folder


def codes(problems):
    return [problem.code for problem in problems]


def make(folder, *names, content="a: b\n"):
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)


@pytest.mark.parametrize(
    "name",
    [
        "../secret.yaml",
        "plans/../../secret.yaml",
        "plans/..",
        "/etc/passwd",
        "\\\\host\\share\\x",
        "//host/share/x",
        "C:\\x",
        "c:x",
        "plans\\a.yaml",
        "file:///etc/passwd",
        "http://example.org/x",
        "~/x",
        "CON",
        "plans/aux.yaml",
        "a.yaml:stream",
        "a\x00b",
        "",
        ".",
        "./",
    ],
)
def test_names_that_lead_outside_are_refused(folder, name):
    """
    No name reaches anything but a file of its own folder.
    """
    raw, problems = read_bytes(folder, name)

    assert raw is None
    assert ["file-outside"] == codes(problems)
    with pytest.raises(RefusedError, match="outside the folder"):
        inside(folder, name)


@pytest.mark.parametrize("name", ["plans/a.yaml", "./plans/a.yaml", "new/x..y.yaml", "contents"])
def test_names_inside_are_followed(folder, name):
    """
    A name inside may be of a file that is not there yet.
    """
    assert not outside_reason(folder, name)
    assert folder / name == inside(folder, name)


@links
def test_links_that_lead_outside_are_refused(folder):
    """
    A link is followed only as far as the folder goes.
    """
    (folder / "out.yaml").symlink_to(folder.parent / "secret.yaml")
    (folder / "out").symlink_to(folder.parent)
    (folder / "in.yaml").symlink_to(folder / "plans" / "a.yaml")
    (folder / "loop.yaml").symlink_to(folder / "loop.yaml")
    (folder / "again").symlink_to(folder)
    files, problems = list_files(folder, [".yaml"])

    assert ["in.yaml", "plans/a.yaml"] == [name for name in files if "loop" not in name]
    assert {"out", "out.yaml"} <= {problem.place.file for problem in problems}
    assert ["file-outside"] == codes(read_bytes(folder, "out.yaml")[1])
    assert ["file-outside"] == codes(read_bytes(folder, "out/secret.yaml")[1])
    assert b"title: A\n" == read_bytes(folder, "in.yaml")[0]
    assert read_bytes(folder, "loop.yaml")[1]


def test_files_are_listed_in_order(folder):
    """
    Names are sorted, written with /, and hidden or skipped ones are passed over.
    """
    make(folder, "b.YAML", "a.yml", "notes.txt", ".hidden/c.yaml", ".d.yaml", "out/e.yaml")
    make(folder, "plans/a (Anne's laptop).yaml")

    assert (["a.yml", "b.YAML", "plans/a (Anne's laptop).yaml", "plans/a.yaml"], []) == list_files(
        folder, {".yaml", ".yml"}, skip={"out"}
    )


@links
def test_names_that_fail_elsewhere_are_warned_of(folder):
    """
    What only this system can hold is said before a colleague cannot open it.
    """
    make(folder, "CON.yaml", "Plans/a.yaml", "end./b.yaml", "space.yaml /c.yaml", "q?.yaml")
    files, problems = list_files(folder, [".yaml"])

    assert 5 == len(files)
    assert {"CON.yaml", "plans/a.yaml", "end.", "space.yaml ", "q?.yaml"} == {
        problem.place.file for problem in problems
    }
    assert {"file-device-name", "file-name", "file-case"} == set(codes(problems))


@pytest.mark.parametrize(
    ("limit", "value", "expected"),
    [("FILES", 2, 2), ("FILE_BYTES", 3, 0), ("FOLDER_BYTES", 12, 2), ("FOLDER_DEPTH", 0, 3)],
)
def test_limits_hold(folder, monkeypatch, limit, value, expected):
    """
    Past a limit a folder is not read further, and that is said.
    """
    monkeypatch.setattr(reading, limit, value)
    (folder / "plans" / "a.yaml").unlink()
    make(folder, "1.yaml", "2.yaml", "3.yaml", "plans/deep/4.yaml")
    files, problems = list_files(folder, [".yaml"])

    assert expected == len(files)
    assert {"file-too-large"} == set(codes(problems))


def test_limits_are_documented():
    """
    Every limit says in a sentence what it bounds.
    """
    assert all(limit.meaning.endswith(".") and limit.value > 0 for limit in LIMITS.values())


def test_what_cannot_be_read_is_a_problem(folder, monkeypatch):
    """
    Files that vanish, are folders, are too large or are refused raise nothing.
    """
    assert ["file-missing"] == codes(read_source(folder, "gone.yaml")[1])
    assert ["file-missing"] == codes(read_source(folder, "plans/a.yaml/b.yaml")[1])
    assert ["file-not-a-file"] == codes(read_source(folder, "plans")[1])
    assert ["file-too-large"] == codes(read_bytes(folder, "plans/a.yaml", limit=3)[1])
    assert ["file-missing"] == codes(list_files(folder / "gone", [".yaml"])[1])
    assert ["file-missing"] == codes(read_yaml(folder, "gone.yaml").problems)

    def refuse(*_args, **_options):
        raise PermissionError(13, "denied")

    monkeypatch.setattr(Path, "open", refuse)

    assert ["file-unreadable"] == codes(read_source(folder, "plans/a.yaml")[1])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in folders there")
def test_pipes_are_not_waited_for(folder):
    """
    Something that is neither file nor folder is not opened.
    """
    os.mkfifo(folder / "pipe.yaml")

    assert ["file-not-a-file"] == codes(read_source(folder, "pipe.yaml")[1])


@pytest.mark.skipif(sys.platform != "linux", reason="names are Unicode there")
def test_names_that_are_no_text_are_problems(folder):
    """
    A name in an unknown encoding can be shown, and its file is left out.
    """
    os.close(os.open(os.fsencode(folder) + b"/caf\xe9.yaml", os.O_CREAT | os.O_WRONLY))
    files, (problem,) = list_files(folder, [".yaml"])

    assert ["plans/a.yaml"] == files
    assert problem.message.isascii()


def test_yaml_is_read_with_all_its_problems(folder):
    """
    One call gives the tree with what its text and its YAML had wrong.
    """
    make(folder, "b.yaml", content="a: b\x07\nc: d #3\n")
    tree = read_yaml(folder, "b.yaml")

    assert {"title": "A"} == read_yaml(folder, "plans/a.yaml").root
    assert ["text-control-character", "yaml-comment"] == codes(tree.problems)


def test_codes_begin_with_their_room():
    """
    Every kind of problem with a file has a code of its own.
    """
    codes_found = [kind.code for kind in PROBLEM_KINDS]

    assert sorted(set(codes_found)) == sorted(codes_found)
    assert all(code.startswith("file-") for code in codes_found)
