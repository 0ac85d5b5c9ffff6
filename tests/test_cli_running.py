import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import peerkit
from peerkit.cli import checking, main
from peerkit.cli.console import clean, prepare, sentence
from peerkit.cli.exits import MEANINGS, Exit
from peerkit.cli.running import COMMANDS

HERE = Path(__file__).parent / "northmere"
pytestmark = pytest.mark.usefixtures("only_northmere_is_installed")


SOURCE = Path(peerkit.__file__).parents[1]


def run(*arguments, cwd, python=(), **environment):
    """
    Run peerkit in a process of its own, with no more of an environment than is given.
    """
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "PATH") if name in os.environ}
    return subprocess.run(
        [sys.executable, *(python or [str(HERE / "alone.py")]), *arguments],
        cwd=cwd,
        env={"PYTHONPATH": str(SOURCE), **kept, **environment},
        capture_output=True,
        check=False,
        timeout=60,
    )


def test_version_is_told_at_no_cost(tmp_path):
    """
    `peerkit --version` looks for no plugin and imports nothing it does not need.
    """
    script = (
        "import sys; sys.argv = ['peerkit', '--version']\n"
        "from peerkit.cli import main\n"
        "code = main()\n"
        "heavy = {'attr', 'cattrs', 'yaml', 'pluggy', 'markdown_it', 'importlib.metadata'}\n"
        "sys.exit(f'imported {heavy & set(sys.modules)}' if heavy & set(sys.modules) else code)\n"
    )
    ran = run(cwd=tmp_path, python=["-c", script])

    assert (0, b"") == (ran.returncode, ran.stderr)
    assert f"peerkit {peerkit.__version__}" == ran.stdout.decode().strip()


def test_version_costs_little_more_than_python(tmp_path):
    """
    Telling the version costs at most eight times what Python alone does.
    """

    def cost(*python):
        begun = time.perf_counter()
        run(cwd=tmp_path, python=python)
        return time.perf_counter() - begun

    alone = min(cost("-c", "pass") for _ in range(5))
    ours = min(cost("-m", "peerkit", "--version") for _ in range(5))

    assert ours < 8 * alone


def test_module_runs_like_the_command(tmp_path):
    """
    `python -m peerkit` is peerkit, where scripts cannot be put on the path.
    """
    ran = run("--help", cwd=tmp_path, python=["-m", "peerkit"])

    assert 0 == ran.returncode
    assert ran.stdout.startswith(b"Usage: peerkit [OPTIONS]")


def test_help_tells_commands_codes_and_variables(capsys):
    """
    Everything a caller can rely on stands in the help.
    """
    main(["--help"])

    out = capsys.readouterr().out
    for word in (*COMMANDS, *MEANINGS.values(), "PEERKIT_NO_AUTOLOAD=1", "NO_COLOR"):
        assert word in out


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help(command, capsys):
    """
    Every command says what it does, and how a plugin is left out.
    """
    assert Exit.FINE == main([command, "--help"])

    out = capsys.readouterr().out
    assert f"Usage: peerkit {command}" in out
    assert "--no-plugin NAME" in out


def test_misspelt_command_is_suggested(capsys):
    """
    A command that is not there is answered with the one that was meant.
    """
    assert Exit.FAULT == main(["chek", "northmere"])

    assert "Did you mean peerkit check?" in capsys.readouterr().err


# peerkit alone


def test_outside_a_register_it_says_how_to_begin(tmp_path, monkeypatch, capsys):
    """
    A new user is told the first three commands.
    """
    monkeypatch.chdir(tmp_path)
    assert Exit.FINE == main([])

    assert "peerkit new my-review\n  peerkit check my-review" in capsys.readouterr().out


def test_inside_a_register_it_says_how_things_stand(northmere, monkeypatch, capsys):
    """
    Records, problems, papers and the next command, from any folder of the register.
    """
    monkeypatch.chdir(northmere / "plans")
    assert Exit.FINE == main([])

    expected = """\
northmere: 1 plan, 2 reviews, 1 theme, 2 findings, 1 action, 1 party.
Problems: none.
Papers: letter (2).

Next: peerkit render ..
"""
    assert sorted(expected.split()) == sorted(capsys.readouterr().out.split())


def test_a_faulty_register_is_to_be_checked_first(northmere, monkeypatch, capsys):
    """
    While something is wrong, the next step is to see what.
    """
    monkeypatch.chdir(northmere)
    (northmere / "reviews/museum-2023.yaml").write_text("review: museum-2023\n")

    assert Exit.FAULT == main([])
    assert "Next: peerkit check ." in capsys.readouterr().out


# peerkit new


@pytest.fixture(name="empty")
def _empty(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_new_register_checks_clean_and_makes_papers(empty, capsys):
    """
    What `new` writes is a whole register, and the last line is the next command.
    """
    assert Exit.FINE == main(["new", "mine"])
    out = capsys.readouterr().out.replace("\\", "/")

    assert "mine/peerkit.yaml\n" in out
    assert "2 files written into mine, from the pack Northmere." in out
    assert out.endswith("then: peerkit check mine\n")
    assert Exit.FINE == main(["check", "mine"])
    assert Exit.FINE == main(["render", "mine"])
    assert (empty / "papers/letter-first-review.md").exists()


def test_new_register_is_told_in_json(empty, capsys):
    """
    A program learns which files there are now.
    """
    code = main(["new", "mine", "--json"])
    told = json.loads(capsys.readouterr().out)

    assert 0 == code
    assert "new/1" == told["peerkit"]
    assert all((empty / "mine" / name).is_file() for name in told["files"])


@pytest.mark.parametrize(
    ("there", "folder", "said"),
    [
        ("mine/notes.txt", "mine", "is not empty, so nothing was written. It holds notes.txt."),
        ("mine", "mine", "is a file"),
        ("mine/peerkit.yaml", "mine", "is a register already"),
        ("peerkit.yaml", "mine", "lies inside a register"),
    ],
)
def test_nothing_is_overwritten(empty, capsys, there, folder, said):
    """
    A folder that holds something is left as it is.
    """
    (empty / there).parent.mkdir(exist_ok=True)
    (empty / there).write_text("mine\n")

    assert Exit.UNWRITTEN == main(["new", folder])
    assert said in capsys.readouterr().err
    assert "mine\n" == (empty / there).read_text()


def test_hidden_files_are_no_hindrance(empty):
    """
    A folder that git or a sync tool has only just begun counts as empty.
    """
    (empty / "mine/.git").mkdir(parents=True)

    assert Exit.FINE == main(["new", "mine"])


@pytest.mark.parametrize("name", ["CON", "con.review", "mine."])
@pytest.mark.usefixtures("empty")
def test_folder_that_windows_cannot_open_is_refused(name, capsys):
    """
    Hostile case 52: a register can be opened on any system.
    """
    assert Exit.REFUSED == main(["new", name])
    assert "cannot be used on Windows" in capsys.readouterr().err


@pytest.mark.usefixtures("empty")
def test_unknown_pack_is_told(capsys):
    """
    A misspelt pack is answered with the one that was meant.
    """
    assert Exit.FAULT == main(["new", "mine", "--from", "Northmore"])
    assert "Did you mean “Northmere”?" in capsys.readouterr().err


@pytest.mark.usefixtures("empty")
def test_without_a_pack_the_plugin_to_install_is_told(capsys):
    """
    The core alone begins no register, and says what would.
    """
    assert Exit.FAULT == main(["new", "mine", "--no-plugin", "northmere"])
    assert "install a plugin that offers one" in capsys.readouterr().err


@pytest.mark.parametrize("read_only", [0o444, 0o644])
def test_starter_of_a_read_only_package_can_be_edited(empty, monkeypatch, read_only):
    """
    Hostile case 52: files copied from an installed package are the user's own.
    """
    site = Path(shutil.copytree(HERE / "site/northmere_pack", empty / "pack"))
    for path in site.rglob("*.yaml"):
        path.chmod(read_only)
    offers = peerkit.gather()
    pack = next(iter(offers.packs.values()))
    monkeypatch.setattr(
        "peerkit.cli.new.gather",
        lambda _without: peerkit.hookspecs.Offers(
            packs={"Northmere": peerkit.Pack(name=pack.name, doc="", folder=site, starter=True)}
        ),
    )
    main(["new", "mine"])

    assert os.access(empty / "mine/peerkit.yaml", os.W_OK)
    assert 0o200 & (empty / "mine/peerkit.yaml").stat().st_mode


# what stops a command


@pytest.mark.usefixtures("empty")
def test_error_is_json_where_json_was_asked_for(capsys):
    """
    Also a refusal is valid JSON on stdout, and words on stderr.
    """
    code = main(["explain", "nothing-of-the-kind", "--json"])
    said = capsys.readouterr()

    told = json.loads(said.out)
    assert Exit.FAULT == code == told["exit"]
    assert ("error/1", "There is nothing named “nothing-of-the-kind”.") == (
        told["peerkit"],
        told["message"],
    )
    assert said.err.startswith("peerkit: There is nothing named")


def test_stopping_takes_one_line(northmere, monkeypatch, capsys):
    """
    Ctrl+C ends a command with 130 and without a traceback.
    """

    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(checking, "gather", stop)

    assert Exit.STOPPED == main(["check", northmere.name])
    assert "peerkit: Stopped." == capsys.readouterr().err.strip()


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_being_ended_is_being_stopped(northmere, monkeypatch, capsys, name):
    """
    What a command has started is ended with it, as Ctrl+C does.
    """
    if not hasattr(signal, name):
        pytest.skip(f"{name} is unknown on this system")
    ended = []

    def wait(*_):
        try:
            signal.raise_signal(getattr(signal, name))
        finally:
            ended.append("what it had started")

    monkeypatch.setattr(checking, "gather", wait)
    before = signal.signal(getattr(signal, name), signal.SIG_DFL)
    try:
        code = main(["check", northmere.name])
    finally:
        signal.signal(getattr(signal, name), before)

    assert Exit.STOPPED == code
    assert ["what it had started"] == ended
    assert "peerkit: Stopped." == capsys.readouterr().err.strip()


def test_a_signal_that_is_let_be_is_let_be(northmere, monkeypatch):
    """
    A command that was started to outlive its terminal does.
    """
    if not hasattr(signal, "SIGHUP"):
        pytest.skip("SIGHUP is unknown on this system")
    heard = []

    def listen(*_):
        heard.append(signal.getsignal(signal.SIGHUP))
        raise KeyboardInterrupt

    monkeypatch.setattr(checking, "gather", listen)
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        main(["check", northmere.name])
    finally:
        signal.signal(signal.SIGHUP, before)

    assert [signal.SIG_IGN] == heard


def test_our_own_fault_is_not_the_users(northmere, monkeypatch, capsys):
    """
    A bug shows where it is, says whose it is, and is no problem of the register.
    """

    def fail(*_):
        raise ZeroDivisionError

    monkeypatch.setattr(checking, "gather", fail)

    assert Exit.FAULT == main(["check", northmere.name])
    err = capsys.readouterr().err
    assert "ZeroDivisionError" in err
    assert "not of your files" in err


@pytest.mark.usefixtures("empty")
def test_path_too_long_is_told(capsys):
    """
    Hostile case 52: what the system refuses is told in one line.
    """
    assert Exit.FAULT == main(["check", "long/" + "a" * 5000])
    assert 1 == capsys.readouterr().err.count("\n")


# hostile surroundings


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"},
        {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"PYTHONHASHSEED": "1"},
        {"PYTHONHASHSEED": "2"},
        {"TZ": "Pacific/Kiritimati"},
        {"PYTHONIOENCODING": "cp1252"},
        {"PYTHONIOENCODING": "ascii"},
        {"HOME": "/nowhere"},
    ],
    ids=lambda one: ",".join(f"{key}={value}" for key, value in one.items()) or "bare",
)
def test_same_bytes_come_out_anywhere(northmere, environment):
    """
    Hostile case 48: language, time zone, hash seed and console change no paper.
    """
    review = northmere / "reviews/museum-2023.yaml"
    review.write_text(review.read_text().replace("museum\n", "MÜZE – İI “ı”\n"), encoding="utf-8")
    cwd = northmere.parent
    first = run("render", "northmere", "--as", "json", "--as", "md", "--on", "2023-05-01", cwd=cwd)
    made = {path.name: path.read_bytes() for path in (cwd / "papers").iterdir()}
    again = run(
        *("render", "northmere", "--as", "json", "--as", "md", "--on", "2023-05-01"),
        *("--out", "again"),
        cwd=cwd,
        **environment,
    )

    assert (0, 0) == (first.returncode, again.returncode)
    assert b"" == again.stderr
    assert made == {path.name: path.read_bytes() for path in (cwd / "again").iterdir()}


def test_plain_console_gets_plain_letters(northmere):
    """
    A console that knows no curly quotes gets straight ones, never a traceback.
    """
    (northmere / "peerkit.yaml").write_text("titel: “x” → 図\n", encoding="utf-8")
    ran = run("check", "northmere", cwd=northmere.parent, PYTHONIOENCODING="ascii")

    assert 2 == ran.returncode
    assert b'"titel" is no section' in ran.stdout
    assert b'| titel: "x" -> ?' in ran.stdout


def test_json_is_valid_on_any_console(northmere):
    """
    JSON survives a console that cannot show every letter.
    """
    (northmere / "peerkit.yaml").write_text("titel: “x” → 図\n", encoding="utf-8")
    ran = run("check", "northmere", "--json", cwd=northmere.parent, PYTHONIOENCODING="cp1252")

    assert "titel: “x” → 図" == json.loads(ran.stdout.decode("ascii"))["problems"][0]["excerpt"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is full")
@pytest.mark.parametrize("options", [[], ["--json"]], ids=["text", "json"])
def test_full_device_is_told(northmere, options):
    """
    Where nothing can be said, the exit code says so.
    """
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "peerkit", "check", str(northmere), *options],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert Exit.UNWRITTEN == done.returncode
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("there", ["nothing", "file", "folder", "peerkit.yaml is a folder"])
def test_what_is_no_register_is_told(tmp_path, capsys, there):
    """
    Whatever stands in its place, one sentence says that it is none.
    """
    folder = tmp_path / "mine"
    if there == "file":
        folder.write_text("x", encoding="utf-8")
    elif there != "nothing":
        (folder / ("peerkit.yaml" if "yaml" in there else "")).mkdir(parents=True)
    code = main(["check", str(folder)])

    assert Exit.FAULT == code
    assert "no-register" in capsys.readouterr().out


@pytest.mark.skipif(os.name == "nt", reason="pipes close otherwise there")
def test_closed_pipe_is_no_traceback(northmere):
    """
    `peerkit explain | head` ends quietly.
    """
    with subprocess.Popen(
        [sys.executable, str(HERE / "alone.py"), "explain"],
        cwd=northmere.parent,
        env={"PYTHONPATH": str(SOURCE)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        running.stdout.close()
        said = running.stderr.read()

    assert (Exit.UNWRITTEN, b"") == (running.returncode, said)


@pytest.mark.skipif(os.name == "nt", reason="a current folder cannot be removed there")
def test_folder_that_has_gone_is_told(tmp_path):
    """
    Where the current folder was deleted, one line says so.
    """
    script = "import os, runpy, sys; os.rmdir(os.getcwd()); runpy.run_module('peerkit', run_name='__main__')"
    gone = tmp_path / "gone"
    gone.mkdir()
    ran = run(cwd=gone, python=["-c", script])

    assert 2 == ran.returncode
    assert b"Traceback" not in ran.stderr
    assert b"peerkit: The system does not allow it" in ran.stderr


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_read_only_folder_is_told(northmere):
    """
    Where nothing may be written, a sentence says so, and checking still works.
    """
    northmere.parent.chmod(0o555)
    try:
        ran = run("render", "northmere", cwd=northmere.parent)
        checked = run("check", "northmere", cwd=northmere.parent)
    finally:
        northmere.parent.chmod(0o755)

    assert (4, 0) == (ran.returncode, checked.returncode)
    assert b"permission" in ran.stderr


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="only Linux has /proc")
def test_folder_that_takes_no_file_is_told(northmere):
    """
    Where not even root may write, a sentence says so, and checking still works.
    """
    ran = run("render", str(northmere), cwd="/proc")
    checked = run("check", str(northmere), cwd="/proc")

    assert (4, 0) == (ran.returncode, checked.returncode)
    assert b"was not written" in ran.stderr
    assert b"Traceback" not in ran.stderr


def test_colours_are_only_for_terminals(northmere, monkeypatch, capsys):
    """
    No escape reaches a file, and none a terminal whose user asked for none.
    """
    (northmere / "peerkit.yaml").write_text("titel: x\n")
    main(["check", "northmere"])
    assert "\x1b" not in capsys.readouterr().out

    class Terminal(io.StringIO):
        def isatty(self):
            return True

    monkeypatch.setattr(sys, "stdout", terminal := Terminal())
    main(["check", "northmere"])
    assert "\x1b[31m" in terminal.getvalue()

    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr(sys, "stdout", terminal := Terminal())
    main(["check", "northmere"])
    assert "\x1b" not in terminal.getvalue()


def test_nothing_a_file_holds_steers_the_console():
    """
    Escapes and signs that turn the direction of writing are shown, not sent.
    """
    assert r"a\x1b[2Jb\u202ec" == clean("a\x1b[2Jb\u202ec")


def test_any_text_can_be_printed():
    """
    Lone surrogates, as in file names that are not UTF-8, are no reason to fail.
    """
    prepare()

    assert b'?"..."' == "\udcff“…”".encode("ascii", "peerkit.plain")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("papers is not empty", "papers is not empty."),
        ("Is it so?", "Is it so?"),
        ("peerkit explain KIND lists them", "peerkit explain KIND lists them."),
        ("plans/a.yaml is not there", "plans/a.yaml is not there."),
        ("Install it: python -m pip install x", "Install it: python -m pip install x"),
        ("", ""),
    ],
)
def test_messages_are_sentences(text, expected):
    """
    What is said ends with a stop, unless it is to be copied; names stay as they are typed.
    """
    assert expected == sentence(text)


@pytest.mark.parametrize(
    "arguments",
    [
        ["new", ""],
        ["check", " "],
        ["render", "northmere", "--out", ""],
        ["render", "northmere", "--template", ""],
    ],
    ids=lambda arguments: arguments[0] + arguments[-2],
)
@pytest.mark.usefixtures("northmere")
def test_nothing_is_no_name(capsys, arguments):
    """
    An empty name is not taken for the current folder.
    """
    assert Exit.FAULT == main(arguments)
    assert "it is empty" in capsys.readouterr().err


def test_a_name_with_blanks_can_be_copied(northmere, capsys):
    """
    The command that comes next can be pasted as it stands.
    """
    northmere.rename(northmere.with_name("our reviews"))
    main(["check", "our reviews"])

    assert 'peerkit render "our reviews"' in capsys.readouterr().out
