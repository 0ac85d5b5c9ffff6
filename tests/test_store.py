import errno
import os
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from peerkit.errors import ProblemsError, UnknownNameError, WriteError
from peerkit.files.limits import FILE_BYTES
from peerkit.files.system import REAL
from peerkit.store import FolderStore, MemoryStore, NewerError
from peerkit.testing import store_faults

NAME = "2022-05-09-progress-round.yaml"
LEFT = ".peerkit-ffffffff-1-00000000-0.tmp"  # of another computer


class Refusing:
    """
    The real system, but for what is given; pauses pass at once, and are counted.
    """

    def __init__(self, **operations):
        self.operations = operations
        self.paused = 0.0

    def __getattr__(self, name):
        return self.operations.get(name, getattr(REAL, name))

    def pause(self, seconds):
        """
        Pass the time at once.
        """
        self.paused += seconds


def refusal(error):
    def refuse(*_):
        raise error

    return refuse


@pytest.fixture(name="folder")
def _folder(tmp_path):
    return tmp_path / "history"


@pytest.fixture(name="store")
def _store(folder):
    store = FolderStore(folder)
    store.append("2022-02-14-agreed.yaml", b"agreed", seen=())
    return store


def held(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


# The suite, and stores that it must catch.


def reopened(store):
    return FolderStore(store.folder)


def test_our_stores_keep_what_they_ask_of_others(tmp_path):
    """
    Both stores pass the suite that authors of stores are given.
    """
    folders = (tmp_path / str(number) for number in range(100))

    assert [] == list(store_faults(MemoryStore))
    assert [] == list(store_faults(lambda: FolderStore(next(folders)), reopened))


class Broken:
    """
    A store in memory, of which *methods* do something else; *kept* outlives it.
    """

    def __init__(self, methods, kept=None):
        self.methods = methods
        self.kept = MemoryStore() if kept is None else kept

    def __getattr__(self, name):
        method = self.methods.get(name)
        return partial(method, self.kept) if method else getattr(self.kept, name)


def loses(kept, name, content, *, seen):
    return name if kept.names() else kept.append(name, content, seen=seen)


def overwrites(kept, name, content, *, seen):
    if name in kept.names():
        kept.replace(name, content, was=kept.read(name))
        return name
    return kept.append(name, content, seen=seen)


def tells_capitals_apart(kept, name, content, *, seen):
    given = kept.append(name, content, seen=seen)
    if name in kept.names():
        return given
    kept._held[name] = kept._held.pop(given)
    return name


def ignores_seen(kept, name, content, *, seen):
    del seen
    return kept.append(name, content, seen=kept.names())


def ignores_what_is_gone(kept, name, content, *, seen):
    return kept.append(name, content, seen={*seen} & {*kept.names()})


def says_no_names(kept, name, content, *, seen):
    if {*seen} != {*kept.names()}:
        raise NewerError(["something"])
    return kept.append(name, content, seen=seen)


def writes_then_looks(kept, name, content, *, seen):
    there = {*kept.names()}
    given = kept.append(name, content, seen=there)
    if there != {*seen}:
        raise NewerError(there - {*seen}, {*seen} - there)
    return given


def looks_then_writes(kept, name, content, *, seen):
    there = {*kept.names()}
    if there != {*seen}:
        raise NewerError(there - {*seen}, {*seen} - there)
    time.sleep(0.001)
    return kept.append(name, content, seen=kept.names())


def returns_before_it_is_kept():
    late = []

    def append(kept, name, content, *, seen):
        del seen
        for before in late:
            kept.append(*before, seen=kept.names())
        late[:] = [(name, content)]
        return name

    return append


def changes_line_ends(kept, name, content, *, seen):
    return kept.append(name, content.replace(b"\r\n", b"\n"), seen=seen)


def takes_any_name(kept, name, content, *, seen):
    if name in WRONG:
        return name
    return kept.append(name, content, seen=seen)


def turned_round(kept):
    return tuple(reversed(kept.names()))


def begins_with_something(kept):
    return ("sample.yaml", *kept.names())


def reads_what_is_not_there(kept, name):
    return kept.read(name) if name in kept.names() else b""


def replaces_what_others_changed(kept, name, content, *, was):
    del was
    kept.replace(name, content, was=kept.read(name))


def replaces_nothing(kept, name, content, *, was):
    del content
    kept.replace(name, was, was=was)


def replaces_what_is_not_there(kept, name, content, *, was):
    kept._held.setdefault(name, was)
    kept.replace(name, content, was=was)


WRONG = {"a.txt", "b/a.yaml"}


@pytest.mark.parametrize(
    ("method", "broken", "words"),
    [
        ("append", loses, "the names are"),
        ("append", overwrites, "is given twice"),
        ("append", tells_capitals_apart, "one file on some systems"),
        ("append", ignores_seen, "is let in"),
        ("append", ignores_what_is_gone, "c.yaml changed"),
        ("append", says_no_names, "is not told of"),
        ("append", writes_then_looks, "is refused, but the names are"),
        ("append", looks_then_writes, "have not seen all before them"),
        ("append", returns_before_it_is_kept(), "the names are"),
        ("append", changes_line_ends, "does not hold what was given"),
        ("append", takes_any_name, "is taken as a name"),
        ("names", turned_round, "the names are"),
        ("names", begins_with_something, "a new store has names"),
        ("read", reads_what_is_not_there, "reading what is not there"),
        ("replace", replaces_what_others_changed, "what somebody else has changed is replaced"),
        ("replace", replaces_nothing, "is still there"),
        ("replace", replaces_what_is_not_there, "raises no UnknownNameError"),
    ],
)
def test_a_store_that_breaks_a_promise_is_named(method, broken, words):
    """
    Whatever a careless store gets wrong, the suite says so.
    """
    methods = {method: broken}
    suite = store_faults(lambda: Broken(methods), lambda store: Broken(methods, store.kept))

    assert any(words in fault for fault in suite)


# What is there.


def test_only_occasions_are_named(store, folder):
    """
    What sync tools, editors and folders leave about is no occasion; a copy that a
    sync tool made of one is.
    """
    for name in (
        ".hidden.yaml",
        ".peerkit-notes.tmp",
        "a.yaml.tmp",
        "~a.yaml~",
        "desktop.ini",
        "a.yaml.part",
    ):
        (folder / name).write_bytes(b"x")
    (folder / "folder.yaml").mkdir()
    copy = "2022-05-09-progress-round (Anne's laptop).YAML"
    (folder / copy).write_bytes(b"copy")

    assert ("2022-02-14-agreed.yaml", copy) == store.names()
    assert b"copy" == store.read(copy)
    assert NAME == store.append(NAME, b"round", seen=store.names())


def test_a_history_that_is_not_there_is_empty(folder):
    """
    Looking at a missing folder makes none.
    """
    assert () == FolderStore(folder).names()
    with pytest.raises(UnknownNameError, match="There is no occasion"):
        FolderStore(folder).read(NAME)
    with pytest.raises(UnknownNameError):
        FolderStore(folder).replace(NAME, b"", was=b"")
    with pytest.raises(NewerError) as caught:
        FolderStore(folder).append(NAME, b"", seen=("gone.yaml",))

    assert ("gone.yaml",) == caught.value.gone
    assert not folder.exists()


@pytest.mark.parametrize("operation", ["names", "read", "is_file"])
def test_what_cannot_be_read_is_a_problem(store, operation):
    """
    A refusal of the system is told with the name, not as a traceback.
    """
    system = Refusing(**{operation: refusal(PermissionError(errno.EACCES, ""))})
    refused = FolderStore(store.folder, system)
    with pytest.raises(ProblemsError, match="cannot be read") as caught:
        refused.names() if operation == "names" else refused.read("2022-02-14-agreed.yaml")

    assert ["file-unreadable"] == [problem.code for problem in caught.value.problems]


@pytest.mark.parametrize("name", ["../2022.yaml", "folder.yaml", "a:b.yaml", "x.txt"])
def test_what_is_no_occasion_is_not_read(store, folder, name):
    """
    Neither a folder nor a file elsewhere is read as an occasion.
    """
    (folder / "folder.yaml").mkdir()
    (folder.parent / "2022.yaml").write_bytes(b"")
    with pytest.raises(UnknownNameError):
        store.read(name)


# What is written.


def test_a_newer_history_is_told_and_nothing_is_written(store, folder):
    """
    The writer learns which occasions to read before trying again.
    """
    before = held(folder)
    with pytest.raises(NewerError, match=r"new or changed: 2022-02-14-agreed\.yaml") as caught:
        store.append(NAME, b"round", seen=("lost.yaml",))

    assert (("2022-02-14-agreed.yaml",), ("lost.yaml",)) == (caught.value.names, caught.value.gone)
    assert before == held(folder)
    with pytest.raises(NewerError, match="new or changed"):
        store.replace("2022-02-14-agreed.yaml", b"sealed", was=b"something else")
    assert before == held(folder)


@pytest.mark.parametrize("suffix", [".yaml", ".YML"])
def test_a_taken_name_gets_a_number(store, folder, suffix):
    """
    No file is overwritten, neither one that differs in capitals nor a folder.
    """
    name = f"2022-02-14-Agreed{suffix}"
    for number in ("-3", "-4"):
        (folder / f"2022-02-14-Agreed{number}{suffix}").mkdir()
    given = [store.append(name, bytes([n]), seen=store.names()) for n in range(4)]
    stems = [one.removesuffix(suffix).removeprefix("2022-02-14-Agreed") for one in given]

    first = ["-2", "-5", "-6", "-7"] if suffix == ".yaml" else ["", "-2", "-5", "-6"]
    assert first == stems
    assert [bytes([n]) for n in range(4)] == [store.read(one) for one in given]
    assert b"agreed" == store.read("2022-02-14-agreed.yaml")


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_link_to_nowhere_takes_its_name(store, folder):
    """
    A link is not written through when an occasion is added, wherever it leads.
    """
    (folder / NAME).symlink_to(folder.parent / "nowhere")

    assert NAME.replace("round", "round-2") == store.append(NAME, b"", seen=store.names())
    assert not (folder.parent / "nowhere").exists()


@pytest.mark.parametrize("careful", [True, False])
def test_a_file_that_comes_at_the_last_moment_is_not_overwritten(
    store, folder, careful, monkeypatch
):
    """
    A sync tool that delivers a file of this very name does not lose it.
    """
    if not careful:
        monkeypatch.setattr("peerkit.files.system._CAREFUL_RENAMES", ())

    def exists(path):
        if path.name == NAME:
            path.write_bytes(b"theirs")
            return False
        return REAL.exists(path)

    late = FolderStore(folder, Refusing(exists=exists))
    with pytest.raises(WriteError, match="it is there already"):
        late.append(NAME, b"ours", seen=store.names())

    assert {"2022-02-14-agreed.yaml": b"agreed", NAME: b"theirs"} == held(folder)


def test_too_much_is_refused(store):
    """
    What no reader of a history would read is not written.
    """
    with pytest.raises(WriteError, match="more than 4,194,304 bytes"):
        store.append(NAME, b"x" * (FILE_BYTES + 1), seen=store.names())


@pytest.mark.parametrize(
    ("operation", "error", "words"),
    [
        ("create", OSError(errno.EROFS, ""), "read-only"),
        ("create", PermissionError(errno.EACCES, ""), "no permission"),
        ("names", PermissionError(errno.EACCES, ""), "no permission"),
        ("write", OSError(errno.ENOSPC, ""), "disk is full"),
        ("sync_file", OSError(errno.EIO, ""), "the system refused"),
        ("rename_new", PermissionError(errno.EACCES, ""), "open in another program"),
        ("replace", PermissionError(errno.EACCES, ""), "open in another program"),
    ],
)
def test_refusals_leave_everything_as_it_was(store, folder, operation, error, words):
    """
    A full disk, a read-only share and a file open in Word are told in one sentence.
    """
    refused = FolderStore(folder, Refusing(**{operation: refusal(error)}))
    step = (
        partial(refused.replace, "2022-02-14-agreed.yaml", b"sealed", was=b"agreed")
        if operation == "replace"
        else partial(refused.append, NAME, b"round", seen=store.names())
    )
    with pytest.raises(WriteError, match=words) as caught:
        step()

    assert "was not written" in caught.value.message
    assert caught.value.mend
    assert {"2022-02-14-agreed.yaml": b"agreed"} == held(folder)


def test_what_is_not_on_the_disk_for_good_is_taken_back(store, folder):
    """
    Without any way to sync a name, nothing is acknowledged and nothing stays.
    """
    error = OSError(errno.EIO, "")
    system = Refusing(sync_folder=refusal(error), sync_path=refusal(error))
    refused = FolderStore(folder, system)
    with pytest.raises(WriteError):
        refused.append(NAME, b"round", seen=store.names())
    with pytest.raises(WriteError):
        refused.replace("2022-02-14-agreed.yaml", b"sealed", was=b"agreed")

    assert {"2022-02-14-agreed.yaml": b"agreed"} == held(folder)


def test_folders_that_cannot_be_synced_are_written_to(store, folder):
    """
    Hostile case 51: on Windows and shares, the file is synced under its name instead.
    """
    synced = []
    system = Refusing(
        sync_folder=refusal(PermissionError(errno.EACCES, "")),
        sync_path=lambda path: synced.append(path.name),
    )
    FolderStore(folder, system).append(NAME, b"round", seen=store.names())
    FolderStore(folder, system).replace(NAME, b"sealed", was=b"round")

    assert [NAME, NAME] == synced
    assert b"sealed" == store.read(NAME)


def test_a_virus_scanner_is_waited_for(store, folder):
    """
    What is refused for a moment is tried again.
    """
    tries = iter(range(5))

    def rename_new(source, target):
        if next(tries) < 3:
            raise PermissionError(errno.EACCES, "")
        REAL.rename_new(source, target)

    system = Refusing(rename_new=rename_new)

    assert NAME == FolderStore(folder, system).append(NAME, b"", seen=store.names())
    assert 0 < system.paused < 1


def test_a_folder_that_is_not_connected_is_not_made(tmp_path):
    """
    Only the folder of the history itself is made.
    """
    with pytest.raises(WriteError, match="no longer there"):
        FolderStore(tmp_path / "drive" / "history").append(NAME, b"", seen=())
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ProblemsError, match="file cannot be read"):
        FolderStore(tmp_path / "file").names()
    with pytest.raises(WriteError, match="a file is where a folder is needed"):
        FolderStore(tmp_path / "file").append(NAME, b"", seen=())

    assert ["file"] == [path.name for path in tmp_path.iterdir()]


def test_the_cost_does_not_grow(folder):
    """
    An append touches as many files, and writes as much, after 200 others as after none.
    """
    calls = []

    class Counting:
        def __getattr__(self, name):
            def call(*arguments):
                calls.append((name, *(one for one in arguments if isinstance(one, bytes))))
                return getattr(REAL, name)(*arguments)

            return call

    store = FolderStore(folder, Counting())
    folder.mkdir()
    store.append(NAME, b"same", seen=())
    first = list(calls)
    for number in range(200):
        (folder / f"{number}.yaml").write_bytes(b"x")
    calls.clear()
    store.append("2022-06-01-b.yaml", b"same", seen=store.names())

    assert first == calls[1:]  # the first was our own question for the names


# Turns.


def age_of(seconds):
    return lambda path: seconds if path.name == LEFT else 0.0


def test_another_s_turn_is_waited_for_but_not_for_ever(store, folder):
    """
    A sentence after twenty seconds, with everything as it was.
    """
    (folder / LEFT).write_bytes(b"")
    system = Refusing(age=age_of(30))
    with pytest.raises(WriteError, match="somebody else is writing in its folder"):
        FolderStore(folder, system).append(NAME, b"", seen=store.names())

    assert 20 < system.paused < 21
    assert {"2022-02-14-agreed.yaml": b"agreed", LEFT: b""} == held(folder)


def test_another_s_turn_ends(store, folder):
    """
    Whoever waits writes as soon as it can.
    """
    (folder / LEFT).write_bytes(b"")
    system = Refusing()
    system.pause = lambda _: (folder / LEFT).unlink()

    assert NAME == FolderStore(folder, system).append(NAME, b"", seen=store.names())


def test_a_flag_that_a_killed_computer_left_goes_after_a_minute(store, folder):
    """
    Whatever the clocks say: the server dates both flags.
    """
    (folder / LEFT).write_bytes(b"")
    skewed = Refusing(age=lambda path: -5000.0 if path.name != LEFT else -4930.0)

    assert NAME == FolderStore(folder, skewed).append(NAME, b"", seen=store.names())
    assert {"2022-02-14-agreed.yaml", NAME} == set(held(folder))


def test_who_was_too_slow_writes_nothing(store, folder):
    """
    A laptop that was closed in the middle of an append has lost its turn.
    """

    def sync_file(descriptor):
        REAL.sync_file(descriptor)
        first, *_ = sorted(folder.glob(".peerkit-*"), key=lambda path: path.stat().st_mtime_ns)
        first.unlink()

    slow = FolderStore(folder, Refusing(sync_file=sync_file))
    with pytest.raises(WriteError, match="somebody else is writing"):
        slow.append(NAME, b"", seen=store.names())

    assert {"2022-02-14-agreed.yaml": b"agreed"} == held(folder)


def test_who_lost_the_flag_while_waiting_puts_up_another(store, folder):
    """
    A laptop that was closed while waiting goes to the end of the line.
    """
    (folder / LEFT).write_bytes(b"")
    system = Refusing(age=age_of(1))

    def pause(_):
        for flag in folder.glob(".peerkit-*"):
            flag.unlink()

    system.pause = pause

    assert NAME == FolderStore(folder, system).append(NAME, b"", seen=store.names())


# Processes.

APPEND = """
import sys
from pathlib import Path
from peerkit.store import FolderStore, NewerError
store = FolderStore(Path(sys.argv[1]))
writer, times = sys.argv[2], int(sys.argv[3])
for number in range(times):
    content = (f"{writer} {number} " * 200).encode()
    while True:
        try:
            given = store.append("2022-05-09-round.yaml", content, seen=store.names())
        except NewerError:
            continue
        print(given, number, flush=True)
        break
"""

KILL = """
import os, random, signal, sys, time
from pathlib import Path
from peerkit.store import FolderStore
folder, chance = Path(sys.argv[1]), random.Random(1)
def append(writer, acknowledge):
    store, number = FolderStore(folder), 0
    while True:
        content = (f"{writer} {number} " * 200).encode()
        given = store.append("2022-05-09-round.yaml", content, seen=store.names())
        os.write(acknowledge, f"{given} {writer} {number}\\n".encode())
        number += 1
for writer in range(50):
    read, write = os.pipe()
    child = os.fork()
    if not child:
        append(writer, write)
    os.close(write)
    heard = os.read(read, 1) if writer % 2 else b""
    time.sleep(chance.uniform(0.001, 0.05))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    sys.stdout.write((heard + os.fdopen(read, "rb").read()).decode())
"""


def python(code, *arguments):
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)], stdout=subprocess.PIPE, text=True
    )


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are killed with a signal")
def test_fifty_killed_writers_lose_nothing(folder):
    """
    What a writer acknowledged before it was killed is there, whole; nothing is half.
    """
    killing = python(KILL, folder)
    acknowledged = [line.split() for line in killing.communicate()[0].splitlines()]
    store = FolderStore(folder)
    whole = {
        (f"{writer} {number} " * 200).encode(): (writer, number)
        for writer in range(50)
        for number in range(1000)
    }

    assert 0 == killing.returncode
    assert 25 <= len(acknowledged)
    assert len({name for name, _, _ in acknowledged}) == len(acknowledged)
    for name, writer, number in acknowledged:
        assert (int(writer), int(number)) == whole[store.read(name)]
    assert all(store.read(name) in whole for name in store.names())

    store.append(NAME, b"", seen=store.names())

    assert [] == list(folder.glob(".*"))


def test_eight_writers_at_once_keep_everything(folder):
    """
    200 occasions of eight processes are all kept, each once.
    """
    writers = [python(APPEND, folder, writer, 25) for writer in range(8)]
    given = [line.split()[0] for one in writers for line in one.communicate()[0].splitlines()]
    store = FolderStore(Path(folder))
    expected = {
        (f"{writer} {number} " * 200).encode() for writer in range(8) for number in range(25)
    }

    assert [0] * 8 == [one.returncode for one in writers]
    assert 200 == len(set(given))
    assert sorted(given) == list(store.names())
    assert expected == {store.read(name) for name in given}
    assert [] == list(folder.glob(".*"))
