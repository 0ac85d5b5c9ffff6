from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import attrs
import pytest

from peerkit.errors import PeerkitError
from peerkit_docx import system
from peerkit_docx.system import (
    HERE,
    LINUX,
    MACOS,
    WINDOWS,
    libreoffice,
    run,
    run_module,
    temporary_folder,
)

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="needs a shell, to stand for a program")
LIMITS = pytest.mark.skipif(
    sys.platform in ("win32", "darwin"), reason="this system knows no limit of memory"
)
# Writes into a file until it is ended; the file tells whether it was.
ALIVE = """
import sys, time
while True:
    with open(sys.argv[1], "a") as file:
        file.write("x")
    time.sleep(0.02)
"""
# Starts another that does so, waits until it is at work, and does as it is told.
PARENT = """
import os, subprocess, sys, time
subprocess.Popen([sys.executable, "-c", sys.argv[1], sys.argv[2]])
while not os.path.exists(sys.argv[2]):
    time.sleep(0.01)
time.sleep(float(sys.argv[3]))
"""


def python(code, *arguments):
    return [sys.executable, "-c", code, *map(str, arguments)]


def is_still(path):
    """
    True if nobody writes into *path* any more.
    """
    before = path.stat().st_size
    time.sleep(0.2)
    return before == path.stat().st_size


@attrs.define
class Started:
    """
    Stands for Popen, and keeps what it has started and how.
    """

    processes: list = attrs.field(factory=list)
    named: list = attrs.field(factory=list)

    def __call__(self, command, *, creationflags=0, **named):
        """
        Start it as this system can.
        """
        self.named.append({"creationflags": creationflags, **named})
        if creationflags:
            # Only Windows has these; a session comes near to a group of its own.
            named["start_new_session"] = True
        self.processes.append(subprocess.Popen(command, **named))
        return self.processes[-1]


@pytest.fixture
def started():
    return Started()


@pytest.fixture
def windows(started, tmp_path, monkeypatch):
    """
    Windows, as far as it can be had elsewhere: its taskkill is a script.
    """
    taskkill = tmp_path / "System32" / "taskkill.exe"
    taskkill.parent.mkdir()
    taskkill.write_text('#!/bin/sh\necho "$@" > "$0.said"\nkill -9 "-$4"\n')
    taskkill.chmod(0o755)
    monkeypatch.setenv("SYSTEMROOT", str(tmp_path))
    return attrs.evolve(WINDOWS, popen=started)


# -- running -----------------------------------------------------------------------


def test_a_program_is_heard_to_its_end():
    """
    Its code, and both that it says.
    """
    ran = run(python("import sys; print('out'); sys.exit('err')"), seconds=30)

    assert (1, b"out", b"err") == (ran.code, ran.out.strip(), ran.err.strip())


def test_much_can_be_given_and_said():
    """
    More than a pipe holds, both ways at once.
    """
    given = bytes(range(256)) * 20_000

    ran = run(
        python("import sys; sys.stdout.buffer.write(sys.stdin.buffer.read())"),
        given=given,
        seconds=30,
    )

    assert given == ran.out


def test_a_program_need_not_listen():
    """
    What it does not read is no fault.
    """
    assert 3 == run(python("raise SystemExit(3)"), given=b"x" * 10**7, seconds=30).code


def test_a_program_that_is_not_there_is_told():
    """
    As the system tells it.
    """
    with pytest.raises(FileNotFoundError):
        run(["peerkit-has-no-such-program"], seconds=1)


@pytest.mark.parametrize(
    ("err", "out", "expected"),
    [
        (b"warning\nerror: no room\n", b"said", "error: no room"),
        (b"", b"one\nError: no\r\n", "Error: no"),
        (b"\xff", b"", "\ufffd"),
        (b"", b"", ""),
    ],
    ids=["errors first", "else what it said", "not UTF-8", "nothing"],
)
def test_last_words_tell_why(err, out, expected):
    """
    One line, for a message.
    """
    assert expected == system.Ran(code=1, out=out, err=err).last_words


@pytest.mark.parametrize("wait", [60, 0], ids=["time runs out", "it ends by itself"])
@POSIX
def test_nothing_outlives_a_program(tmp_path, started, wait):
    """
    Neither it nor what it has started, and no zombie is left.
    """
    path = tmp_path / "alive"
    began = time.monotonic()

    ran = run(
        python(PARENT, ALIVE, path, wait),
        seconds=2 if wait else 30,
        system=attrs.evolve(HERE, popen=started),
    )

    assert (None if wait else 0) == ran.code
    assert 8 > time.monotonic() - began
    assert is_still(path)
    assert all(one.returncode is not None for one in started.processes)


def test_who_says_too_much_is_not_kept(monkeypatch):
    """
    What nobody could hold is as good as endless.
    """
    monkeypatch.setattr(system, "_MOST", 1_000)

    ran = run(python("print('x' * 10**7)"), seconds=30)

    assert ran.code is None
    assert 1_000 <= len(ran.out) <= 2**16 + 1_000


@POSIX
def test_windows_ends_a_tree_by_its_own_program(tmp_path, started, windows):
    """
    taskkill, by its whole name, with all children, by force.
    """
    path = tmp_path / "alive"

    ran = run(python(PARENT, ALIVE, path, 60), seconds=2, system=windows)

    assert ran.code is None
    assert is_still(path)
    said = (tmp_path / "System32" / "taskkill.exe.said").read_text()
    assert f"/T /F /PID {started.processes[0].pid}" == said.strip()
    assert [0x0800_0200, 0x0800_0200] == [one["creationflags"] for one in started.named]
    assert all(one.returncode is not None for one in started.processes)


@POSIX
def test_windows_ends_a_program_without_taskkill_too(started, windows, monkeypatch):
    """
    Then only that one.
    """
    monkeypatch.setenv("SYSTEMROOT", "/nowhere")

    assert run(python("while True: pass"), seconds=0.5, system=windows).code is None
    assert started.processes[0].returncode is not None


@POSIX
def test_windows_lets_alone_what_has_ended(started, windows):
    """
    Its number may be another's by then.
    """
    assert 0 == run(python("pass"), seconds=30, system=windows).code
    assert 1 == len(started.processes)


def test_this_system_is_known():
    """
    One that nobody has heard of is taken for the like of Linux.
    """
    assert {"win32": WINDOWS, "darwin": MACOS}.get(sys.platform, LINUX) is HERE


# -- Python ------------------------------------------------------------------------


def test_a_module_finds_what_is_found_here(tmp_path, monkeypatch):
    """
    Also in a folder with a space, and never in the current one.
    """
    site = tmp_path / "a site"
    site.mkdir()
    (site / "peerkit_one.py").write_text("import json, peerkit_two; print(peerkit_two.SAID)")
    (site / "peerkit_two.py").write_text("SAID = 'found'")
    (tmp_path / "json.py").write_text("raise SystemExit('the current folder came first')")
    monkeypatch.syspath_prepend(str(site))
    monkeypatch.chdir(tmp_path)

    ran = run_module("peerkit_one", seconds=30, given=b"")

    assert (0, b"found") == (ran.code, ran.out.strip()), ran.err


@LIMITS
def test_memory_has_a_limit():
    """
    What goes beyond it is a MemoryError.
    """
    code = "from peerkit_docx.system import limit_memory; limit_memory(2**29); bytearray(2**30)"

    ran = run(python(code), seconds=30)

    assert (1, "MemoryError") == (ran.code, ran.last_words)


@LIMITS
def test_a_stricter_limit_stays():
    """
    What the system has set already is not lifted, and that is no fault.
    """
    code = (
        "import resource; from peerkit_docx.system import limit_memory;"
        "resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30)); limit_memory(2**40);"
        "print(resource.getrlimit(resource.RLIMIT_AS) == (2**30, 2**30))"
    )

    assert b"True" == run(python(code), seconds=30).out.strip()


def test_a_system_without_limits_is_no_fault(monkeypatch):
    """
    Windows has none.
    """
    monkeypatch.setitem(sys.modules, "resource", None)

    system.limit_memory(1)


def test_a_process_ends_itself_when_its_time_is_over():
    """
    Though whoever should have ended it has forgotten it.
    """
    code = "import time; from peerkit_docx.system import end_with_parent; end_with_parent(0.2); time.sleep(60)"
    began = time.monotonic()

    ran = run(python(code), seconds=30)

    assert 70 == ran.code
    assert 20 > time.monotonic() - began


@LIMITS
def test_one_long_step_ends_too():
    """
    Python's own turn at long numbers lets nothing else have one.
    """
    code = "from peerkit_docx.system import end_with_parent; end_with_parent(1); 9 ** 9 ** 9"

    assert run(python(code), seconds=30).code in (-signal.SIGXCPU, -signal.SIGKILL)


# Starts a process that ends with this one, and is then killed.
KILLED = r"""
import os, signal, subprocess, sys
code = (
    "import sys, time, pathlib; from peerkit_docx.system import end_with_parent;"
    "end_with_parent(60); pathlib.Path(sys.argv[1]).touch(); print(flush=True)\n"
    "while True: pathlib.Path(sys.argv[1]).open('a').write('x'); time.sleep(0.05)"
)
child = subprocess.Popen([sys.executable, "-c", code, sys.argv[1]], stdout=subprocess.PIPE)
child.stdout.readline()
os.kill(os.getpid(), signal.SIGKILL)
"""


@POSIX
def test_a_process_ends_with_the_one_that_started_it(tmp_path):
    """
    A killed program cannot end what it has started.
    """
    path = tmp_path / "alive"
    ran = subprocess.run([sys.executable, "-c", KILLED, str(path)], check=False, timeout=30)
    assert -signal.SIGKILL == ran.returncode

    deadline = time.monotonic() + 20
    while not (path.exists() and is_still(path)):
        assert time.monotonic() < deadline


def test_an_answer_stands_alone():
    """
    Whatever else is printed, by Python or past it, goes to standard error.
    """
    code = (
        "import os; from peerkit_docx.system import answer_alone; answer = answer_alone();"
        "print('noise', flush=True); os.write(1, b'more');"
        "answer.write(b'answer\\n\\x00'); answer.close()"
    )

    ran = run(python(code), seconds=30)

    assert b"answer\n\x00" == ran.out
    assert b"noise" in ran.err
    assert b"more" in ran.err


# -- finding and keeping -----------------------------------------------------------


@pytest.fixture
def computer(tmp_path, monkeypatch):
    """
    Make a computer with *variables*, each a name in a temporary folder, and nothing else.
    """

    def make(**variables):
        for name in ("PEERKIT_SOFFICE", "ProgramFiles", "ProgramW6432", "ProgramFiles(x86)"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("HOME", str(tmp_path / "home"))
        monkeypatch.setenv("PATH", "")
        for name, value in variables.items():
            monkeypatch.setenv(name, ":".join(str(tmp_path / one) for one in value.split(":")))

    return make


def program(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


APPLICATION = "home/Applications/LibreOffice.app/Contents/MacOS/soffice"
OLD_PROGRAM = "pf/LibreOffice/program/soffice.exe"


@pytest.mark.parametrize(
    ("here", "variables", "expected"),
    [
        (LINUX, {"PATH": "bin"}, "bin/soffice"),
        (LINUX, {"PATH": "other"}, "other/libreoffice"),
        (LINUX, {"PATH": "bin", "PEERKIT_SOFFICE": "mine/office"}, "mine/office"),
        (LINUX, {"PATH": "empty"}, None),
        (LINUX, {}, None),
        (MACOS, {}, APPLICATION),
        (WINDOWS, {"PATH": "bin"}, None),
        (WINDOWS, {"ProgramFiles": "pf"}, OLD_PROGRAM),
        (WINDOWS, {"ProgramFiles(x86)": "pf"}, OLD_PROGRAM),
    ],
    ids=[
        "on the path", "by its other name", "where a variable says", "not on the path", "nowhere",
        "among applications", "not by the name of others", "among programs", "among older programs",
    ],
)  # fmt: skip
@POSIX
def test_libreoffice_is_found(computer, tmp_path, here, variables, expected):
    """
    Where it usually is, on each system.
    """
    for name in ("bin/soffice", "other/libreoffice", "mine/office", APPLICATION, OLD_PROGRAM):
        program(tmp_path / name)
    computer(**variables)
    # This computer may have one where all have it.
    here = attrs.evolve(here, places=tuple(one for one in here.places if one.startswith("{")))

    assert (tmp_path / expected if expected else None) == libreoffice(here)


@POSIX
def test_the_current_folder_is_not_looked_into(computer, tmp_path, monkeypatch):
    """
    A program could lie in a register that came from anywhere.
    """
    computer()
    program(tmp_path / "soffice")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", ".:")

    assert libreoffice(LINUX) is None


@POSIX
def test_what_cannot_be_run_is_passed_over(computer, tmp_path):
    """
    A folder, or a file that is no program.
    """
    (tmp_path / "one" / "soffice").mkdir(parents=True)
    program(tmp_path / "two" / "soffice").chmod(0o644)
    good = program(tmp_path / "three" / "soffice")
    computer(PATH="one:two:three")

    assert good == libreoffice(LINUX)


@pytest.mark.parametrize("value", ["/no/such/office", "soffice"])
def test_a_variable_that_leads_nowhere_is_told(monkeypatch, value):
    """
    Another one is not taken in its place.
    """
    monkeypatch.setenv("PEERKIT_SOFFICE", value)

    with pytest.raises(PeerkitError, match=f"PEERKIT_SOFFICE names {value}"):
        libreoffice(LINUX)


def test_a_folder_is_gone_when_its_work_is_done():
    """
    With all that lies in it, whatever happened.
    """
    seen = []

    def work():
        with temporary_folder() as folder:
            seen.append(folder.write("a.txt", b"kept"))
            (folder.path / "inner").mkdir()
            seen.append((folder.read("a.txt"), folder.read("b.txt")))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        work()
    assert (b"kept", None) == seen[1]
    assert not seen[0].parent.exists()


def test_the_address_of_a_file_can_be_read_by_programs():
    """
    With three strokes, and spaces in their code.
    """
    folder = system.Folder(Path.cwd() / "an office")

    assert folder.address("profile").startswith("file:///")
    assert folder.address("profile").endswith("/an%20office/profile")
