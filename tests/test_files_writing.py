import errno
import os
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from peerkit.errors import WriteError
from peerkit.files.system import REAL, RealSystem
from peerkit.files.writing import new_files, staging, write_files

OLD = {"a.md": b"old a", "b.md": b"old b"}
NEW = {"a.md": b"new a", "b.md": b"new b", "made/deep/c.md": b"new c"}


class FakeSystem:
    """
    The real system, which refuses an operation by its number or its name.
    """

    def __init__(self, *, refuse_at=0, refuse_name="", error=None):
        self.refuse_at = refuse_at
        self.refuse_name = refuse_name
        self.error = error or OSError(errno.ENOSPC, "full")
        self.calls = []

    def __getattr__(self, name):
        real = getattr(REAL, name)

        def call(*arguments):
            self.calls.append(name)
            if len(self.calls) == self.refuse_at or name == self.refuse_name:
                raise self.error
            return real(*arguments)

        return call

    def pause(self, seconds):
        """
        Pass the time at once.
        """


@pytest.fixture(name="folder")
def _folder(tmp_path):
    for name, content in OLD.items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


def content_of(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def without_leftovers(content):
    return {name: held for name, held in content.items() if ".peerkit-" not in name}


def test_files_and_their_folders_are_written(folder):
    """
    All files are there afterwards, and nothing else.
    """
    paths = write_files(folder, NEW)

    assert NEW == content_of(folder)
    assert tuple(folder / name for name in NEW) == paths


def test_any_single_failure_leaves_all_new_or_all_old(folder):
    """
    Whichever operation is refused, no mixture remains and the caller knows which.
    """
    counting = FakeSystem()
    write_files(folder, NEW, system=counting)
    operations = len(counting.calls)

    assert 30 < operations
    for number in range(1, operations + 1):
        for path in sorted(folder.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        for name, content in OLD.items():
            (folder / name).write_bytes(content)
        error = written_with(folder, FakeSystem(refuse_at=number))
        left = content_of(folder)

        assert (OLD == left) if error else (NEW == without_leftovers(left)), number
        assert error is None or ("disk is full" in error.message and error.mend)


def written_with(folder, system):
    try:
        write_files(folder, NEW, system=system)
    except WriteError as error:
        return error
    return None


@pytest.mark.parametrize("operation", ["sync_folder", "copy_mode", "remove", "age"])
def test_what_shares_refuse_is_done_without(folder, operation):
    """
    A share or synced folder that lacks an operation is still written to.
    """
    write_files(folder, NEW, system=FakeSystem(refuse_name=operation))

    assert NEW == without_leftovers(content_of(folder))


@pytest.mark.parametrize(
    ("operation", "error", "words"),
    [
        ("write", OSError(errno.ENOSPC, ""), "disk is full"),
        ("create", OSError(errno.EROFS, ""), "read-only"),
        ("create", PermissionError(errno.EACCES, ""), "no permission"),
        ("create", OSError(errno.ENAMETOOLONG, ""), "too long"),
        ("replace", PermissionError(errno.EACCES, ""), "open in another program"),
        ("sync_file", OSError(errno.EIO, ""), "the system refused"),
        ("make_folder", PermissionError(errno.EPERM, ""), "no permission"),
    ],
)
def test_refusals_are_told_plainly(folder, operation, error, words):
    """
    The officer reads which file was not written, why, and what to do.
    """
    with pytest.raises(WriteError, match=words) as caught:
        write_files(folder, NEW, system=FakeSystem(refuse_name=operation, error=error))

    assert ".md was not written" in caught.value.message
    assert caught.value.mend.endswith(".")
    assert OLD == content_of(folder)


def test_windows_says_in_its_own_way_that_a_file_is_open(folder):
    """
    The number of a sharing violation means that another program has the file.
    """
    error = PermissionError(errno.EACCES, "")
    error.winerror = 32
    with pytest.raises(WriteError, match="open in another program") as caught:
        write_files(folder, NEW, system=FakeSystem(refuse_name="read", error=error))

    assert "Word" in caught.value.mend


def test_an_interruption_leaves_everything_as_it_was(folder):
    """
    Ctrl-C in the middle undoes what was done, and is passed on.
    """
    system = FakeSystem(refuse_name="replace", error=KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        write_files(folder, NEW, system=system)

    assert OLD == content_of(folder)


@pytest.mark.parametrize("name", ["../x.md", "/x.md", "CON", "a:b", "C:/x"])
def test_nothing_is_written_outside(folder, name):
    """
    A name that leads out of the folder is refused, with all the others.
    """
    with pytest.raises(WriteError):
        write_files(folder, {"a.md": b"new", name: b"x"})

    assert OLD == content_of(folder)


def test_folders_are_not_overwritten(folder):
    """
    A folder of the same name is named as what is in the way.
    """
    (folder / "c.md").mkdir()
    with pytest.raises(WriteError, match="there is a folder of that name"):
        write_files(folder, {"c.md": b"x"})
    with pytest.raises(WriteError, match="a file is where a folder is needed"):
        write_files(folder, {"a.md/x/c.md": b"x"})

    assert OLD == content_of(folder)


def test_new_files_refuse_what_is_there(folder):
    """
    A file that is there stays, and none of the others is written.
    """
    with pytest.raises(WriteError, match=r"b\.md was not written: it is there already"):
        new_files(folder, {"c.md": b"new c", "b.md": b"new b"})

    assert OLD == content_of(folder)
    new_files(folder, {"c.md": b"new c"})
    assert {**OLD, "c.md": b"new c"} == content_of(folder)


def test_new_files_refuse_what_comes_in_the_meantime(folder, monkeypatch):
    """
    Of two runs that make one file at once, the second is refused and harms nothing.
    """
    system = FakeSystem()
    monkeypatch.setattr(system, "exists", lambda _: False, raising=False)
    with pytest.raises(WriteError, match="it is there already"):
        new_files(folder, {"c.md": b"new c", "b.md": b"new b"}, system=system)

    assert OLD == content_of(folder)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        (".peerkit-{computer}-{dead}-{old}-0.tmp", False),
        (".peerkit-{computer}-{self}-{old}-0.tmp", False),
        (".peerkit-{computer}-{self}-{session}-0.tmp", True),
        (".peerkit-{computer}-{parent}-{old}-0.tmp", True),
        (".peerkit-ffffffff-{dead}-{old}-0.tmp", True),
        (".peerkit-notes.tmp", True),
    ],
)
def test_only_what_killed_runs_left_is_removed(folder, name, kept):
    """
    The next write tidies up, but not behind a run that is still going on.
    """
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    leftover = folder / name.format(
        computer=staging.this_computer(),
        dead=gone.pid,
        self=os.getpid(),
        parent=os.getppid(),
        old="00000000",
        session=REAL.session,
    )
    leftover.write_bytes(b"left")
    write_files(folder, {"a.md": b"new a"})

    assert kept is leftover.exists()


def test_leftovers_of_other_computers_go_after_a_day(folder):
    """
    On a share, nobody can ask whether another computer's run goes on; age decides.
    """
    leftover = folder / ".peerkit-ffffffff-1-00000000-0.tmp"
    leftover.write_bytes(b"left")
    os.utime(leftover, (0, 0))
    write_files(folder, {"a.md": b"new a"})

    assert not leftover.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="permissions differ there")
def test_permissions_and_links_are_kept(folder):
    """
    A file that is replaced keeps who may read it; a link inside stays a link.
    """
    (folder / "a.md").chmod(0o640)
    (folder / "link.md").symlink_to(folder / "b.md")
    write_files(folder, {"a.md": b"new a", "link.md": b"new b"})

    assert 0o640 == (folder / "a.md").stat().st_mode & 0o777
    assert (folder / "link.md").is_symlink()
    assert b"new b" == (folder / "b.md").read_bytes()


def test_a_killed_run_leaves_the_old_version(folder):
    """
    A process that ends at once, without undoing anything, harms no file.
    """
    code = f"""
import os
from pathlib import Path
from peerkit.files.system import RealSystem
from peerkit.files.writing import write_files
class Killed(RealSystem):
    def replace(self, source, target):
        os._exit(9)
write_files(Path({str(folder)!r}), {{"a.md": b"new a"}}, system=Killed())
"""
    assert 9 == subprocess.run([sys.executable, "-c", code], check=False).returncode
    assert OLD == without_leftovers(content_of(folder))
    assert OLD != content_of(folder)

    write_files(folder, {"b.md": b"new b"})

    assert {"a.md": b"old a", "b.md": b"new b"} == content_of(folder)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows opens files itself")
def test_papers_are_opened_by_the_users_program(folder, monkeypatch):
    """
    The path is handed over whole, to no shell.
    """
    seen = []
    monkeypatch.setattr("shutil.which", lambda name: f"/bin/{name}")
    monkeypatch.setattr("subprocess.run", lambda command, **_: seen.append(command))
    RealSystem().open_path(folder / "a b.md")

    assert [str(folder / "a b.md")] == [command[1] for command in seen]

    monkeypatch.setattr("shutil.which", lambda _: None)
    with pytest.raises(FileNotFoundError):
        RealSystem().open_path(Path("x"))


def test_the_door_stays_light():
    """
    Naming and writing files loads no YAML parser.
    """
    code = "import sys, peerkit.files.names, peerkit.files.writing; print('yaml' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert "False\n" == run.stdout


@pytest.mark.parametrize("careful", [True, False], ids=["at once", "asked first"])
def test_a_new_name_overwrites_nothing(folder, careful, monkeypatch):
    """
    Whatever has the name is left alone, also where the system cannot rename carefully.
    """
    if not careful:
        monkeypatch.setattr("peerkit.files.system._CAREFUL_RENAMES", (("renameat9", (), ()),))
    (folder / "folder.md").mkdir()
    for name in ("b.md", "folder.md"):
        with pytest.raises(FileExistsError):
            REAL.rename_new(folder / "a.md", folder / name)
    with pytest.raises(FileNotFoundError):
        REAL.rename_new(folder / "none.md", folder / "c.md")
    assert OLD == content_of(folder)

    REAL.rename_new(folder / "a.md", folder / "c.md")

    assert {"c.md": b"old a", "b.md": b"old b"} == content_of(folder)


@pytest.mark.skipif(sys.platform != "linux", reason="the file system is made up")
def test_a_file_system_without_careful_names_is_asked_first(folder, monkeypatch):
    """
    NFS knows the call and refuses it; what it refuses for another reason is told.
    """
    monkeypatch.setattr("peerkit.files.system._CAREFUL_RENAMES", (("renameat2", (-100,), (99,)),))
    REAL.rename_new(folder / "a.md", folder / "c.md")
    with pytest.raises(FileExistsError):
        REAL.rename_new(folder / "c.md", folder / "b.md")

    assert {"c.md": b"old a", "b.md": b"old b"} == content_of(folder)


@pytest.mark.parametrize("is_able", [True, False])
def test_a_mac_s_disk_is_asked_to_write_down_what_it_has(folder, is_able, monkeypatch):
    """
    There, fsync alone leaves it in the memory of the disk.
    """
    fcntl = pytest.importorskip("fcntl")
    calls = []

    def full(_, what):
        calls.append(what)
        if not is_able:
            raise OSError(errno.ENOTSUP, "")

    monkeypatch.setattr("peerkit.files.system.sys", SimpleNamespace(platform="darwin"))
    monkeypatch.setattr(fcntl, "F_FULLFSYNC", "full", raising=False)
    monkeypatch.setattr(fcntl, "fcntl", full)
    monkeypatch.setattr(os, "fsync", lambda _: calls.append("plain"))
    REAL.sync_path(folder / "a.md")

    assert (["full"] if is_able else ["full", "plain"]) == calls


def test_a_pause_passes():
    """
    Waiting costs time, nothing else.
    """
    began = time.monotonic()
    REAL.pause(0.01)

    assert 0.005 < time.monotonic() - began


def test_only_files_are_named(folder):
    """
    Folders are not among the names, nor links that lead nowhere or round in a circle.
    """
    (folder / "folder").mkdir()
    for link, target in {"circle": "circle", "nowhere": "none", "link": "a.md"}.items():
        try:
            (folder / link).symlink_to(folder / target)
        except OSError:  # Windows asks for a right
            pytest.skip("needs links")

    assert ["a.md", "b.md", "link"] == sorted(REAL.names(folder))
    assert [] == REAL.names(folder / "none")


def test_a_folder_that_cannot_be_synced_has_its_files_synced(folder):
    """
    On Windows and shares, a file that is synced again keeps its name.
    """
    system = FakeSystem(refuse_name="sync_folder", error=PermissionError(errno.EACCES, ""))
    write_files(folder, {"a.md": b"new a", "c.md": b"new c"}, system=system)

    assert 2 == system.calls.count("sync_path")
