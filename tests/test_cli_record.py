import datetime as dt
import errno
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner

import peerkit
from peerkit import verbs
from peerkit.cli import main
from peerkit.cli.console import prepare
from peerkit.cli.exits import Exit
from peerkit.files.system import REAL
from peerkit.plugins import gather
from peerkit.store import FolderStore
from peerkit.verbs.recording import opening

HERE = Path(__file__).parent
SOURCE = Path(peerkit.__file__).parents[1]
ON = dt.date(2024, 3, 4)

pytestmark = pytest.mark.usefixtures("only_northmere_is_installed")


@pytest.fixture(name="plan")
def _plan(tmp_path, monkeypatch):
    """
    Northmere's plan in the current folder, on a day in March 2024.
    """
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("peerkit.cli.options.today", lambda: ON)
    return Path(shutil.copytree(HERE / "progress", tmp_path / "northmere"))


@pytest.fixture(name="ran")
def _ran(plan, capsys):
    """
    Run `peerkit record northmere …` and return its exit code, stdout and stderr.
    """

    def run(*arguments, folder=plan.name):
        code = main(["record", folder, *arguments])
        said = capsys.readouterr()
        return code, said.out.replace("\\", "/"), said.err

    return run


def files(folder):
    """
    Return all that lies in the folder history, by name.
    """
    found = folder / "history"
    return (
        {path.name: path.read_text("utf-8") for path in found.iterdir()} if found.is_dir() else {}
    )


# one record


def test_what_was_recorded_and_changed_is_told(ran, plan):
    """
    The answer says how it stands now, where it is kept, and what may come next.
    """
    expected = """\
action plan/A2: Ask the visitors.
  Stage: agreed → done
  Status: Overdue → Awaiting evidence

Recorded in northmere/history/2024-03-04-plan-a2.yaml, as of 4 March 2024, by Head of
Libraries.
From “done” it may move to verified, under way or cancelled.
To see what stands where: peerkit status northmere
"""
    code, out, err = ran("A2", "--to", "done", "--by", "head")

    assert (Exit.FINE, expected.split(), "") == (code, out.split(), err)
    assert ["2024-03-04-plan-a2.yaml"] == [*files(plan)]


@pytest.mark.parametrize(
    "written", ["A1", "a1", "plan/A1", "PLAN/a1", "action A1", "action plan/A1"]
)
def test_a_record_is_named_as_shortly_as_is_clear(ran, written):
    """
    A whole id, the last part of it, or either behind the kind.
    """
    assert Exit.FINE == ran(written, "--note", "a", "--by", "head")[0]


def test_an_id_of_two_records_is_asked_back(ran, plan):
    """
    Where two plans have an A1, both are named.
    """
    second = (plan / "plans/plan.yaml").read_text("utf-8").replace("plan: plan", "plan: second")
    (plan / "plans/second.yaml").write_text(second, "utf-8")
    code, _, err = ran("A1", "--note", "a", "--by", "head")

    assert Exit.FAULT == code
    assert "“A1” could be “plan/A1” or “second/A1”." in err
    assert Exit.FINE == ran("A1", "--within", "second", "--note", "a", "--by", "head")[0]
    assert "within: second" in files(plan)["2024-03-04-second-a1.yaml"]


OPTIONS = [
    (("--to", "under way"), "    to: under way\n"),
    (("--note", "One: two"), "    note: 'One: two'\n"),
    (("--to", "cancelled", "--reason", "No money."), "    reason: No money.\n"),
    (("--evidence", "a", "--evidence", "b"), "    evidence:\n      - a\n      - b\n"),
    (("--impact", "Much."), "    impact: Much.\n"),
    (("--due", "May 2024", "--by", "board", "--reason", "r"), "    due: May 2024\n"),
    (("--asks-due", "May 2024", "--reason", "r"), "    asks_due: May 2024\n"),
    (
        ("--asks-removal", "--reason", "r", "--of", "deputy"),
        "    asks_removal: yes\n    of: deputy\n",
    ),
    (("--rate", "confidence=Low"), "    ratings:\n      confidence: Low\n"),
    (("--set", "risk=high"), "    more:\n      risk: high\n"),
    (("--note", "a", "--occasion", "round"), "occasion: round\n"),
    (("--note", "a", "--source", "minutes"), "source: minutes\n"),
    (("--note", "a", "--day", "1 February 2024"), "day: 2024-02-01\n"),
    (("--note", "a", "--within", "plan"), "within: plan\n"),
]


@pytest.mark.parametrize(
    ("given", "line"), OPTIONS, ids=lambda value: value[0] if isinstance(value, tuple) else ""
)
def test_each_option_is_a_line_of_the_file(ran, plan, given, line):
    """
    What is said by an option is kept under the key that a person would write.
    """
    by = () if "--by" in given else ("--by", "head")
    code, _, err = ran("A1", *given, *by)

    assert (Exit.FINE, "") == (code, err)
    assert line in next(iter(files(plan).values()))


@pytest.mark.parametrize("answer", ["grants", "refuses"])
def test_what_is_asked_is_answered(ran, answer):
    """
    A new due day is in force once it is granted, and not before.
    """
    ran("A1", "--asks-due", "May 2025", "--reason", "r", "--by", "head")
    code, out, _ = ran("A1", f"--{answer}", "due", "--by", "board")

    assert Exit.FINE == code
    assert ("Due: July 2024 → May 2025" in out) is (answer == "grants")
    assert "Asked: new due day May 2025 → none" in out


def test_a_correction_names_its_occasion_by_its_file(ran, plan):
    """
    An occasion may be named as a shell completes its file.
    """
    ran("A1", "--to", "done", "--by", "head")
    code, out, _ = ran(
        "A1", "--note", "It was not.", "--by", "head",
        "--corrects", "northmere/history/2024-03-04-plan-a1.yaml",
    )  # fmt: skip

    assert Exit.FINE == code
    assert "Stage: done → agreed" in out
    assert "corrects:\n  - 2024-03-04-plan-a1\n" in files(plan)["2024-03-04-plan-a1-2.yaml"]


def test_what_follows_is_told(ran, plan):
    """
    Other records whose status depends on this one are named.
    """
    for name, old, new in (
        ("peerkit.yaml", "actions-by-evidence", "[actions-by-evidence, reviews]"),
        ("reviews/libraries.yaml", "themes:", "report_received: 2024-01-31\nthemes:"),
        ("plans/plan.yaml", "  A2: {answers: D1, ", "  A2: {"),
        ("plans/plan.yaml", "  A3: {answers: D1, ", "  A3: {"),
    ):
        path = plan / name
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    ran("A1", "--to", "done", "--evidence", "a", "--by", "head")
    _, out, err = ran("A1", "--to", "verified", "--by", "deputy")

    assert "" == err
    assert "review libraries, which follows from it:" in out


# nothing is written


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_a_dry_run_writes_nothing(ran, plan, form):
    """
    --dry-run tells what would be recorded, as it would stand in the file.
    """
    code, out, err = ran("A1", "--to", "under way", "--by", "head", "--dry-run", *form)

    assert (Exit.FINE, "") == (code, err)
    assert {} == files(plan)
    assert not (plan / "history").exists()
    if form:
        assert "to: under way" in json.loads(out)["text"]
    else:
        assert "      to: under way\n" in out
        assert "Stage: agreed → under way" in out
        assert "Nothing was recorded." in out


MISSING = [
    (
        (),
        "which record (RECORD), what happened to it (such as --to STAGE or --note TEXT), who says so (--by PARTY)",
    ),
    (("A1",), "what happened to it (such as --to STAGE or --note TEXT), who says so (--by PARTY)"),
    (("A1", "--to", "done"), "missing: who says so (--by PARTY)."),
    (("--to", "done", "--by", "head"), "missing: which record (RECORD)."),
]


@pytest.mark.parametrize(("given", "said"), MISSING)
def test_without_a_terminal_it_says_what_is_missing(ran, plan, given, said):
    """
    Nobody is asked who is not there: what is missing is told, and how to say it.
    """
    code, out, err = ran(*given)

    assert (Exit.FAULT, "") == (code, out)
    assert said in err
    assert {} == files(plan)


def test_it_never_waits_where_there_is_no_terminal(plan):
    """
    With stdin open and silent, as in a scheduled task, it ends at once.
    """
    silent, _ = os.pipe()
    done = subprocess.run(
        [sys.executable, str(HERE / "northmere" / "alone.py"), "record", plan.name, "A1"],
        stdin=silent,
        capture_output=True,
        timeout=30,
        check=False,
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
    )

    assert Exit.FAULT == done.returncode


USAGE = [
    (("--rate", "confidence"), "“confidence” has no = between"),
    (("--rate", "=Low"), "has no = between"),
    (("--rate", "confidence=Low", "--rate", "confidence=High"), "--rate is given twice"),
    (("--note", " "), "it is empty"),
    (("--day", "soon"), "is not a day"),
    (("--day", "March 2024"), "one day is needed here"),
    (("--grants", "all"), "'all' is not one of 'due', 'removal'"),
    (("--file", "a.yaml"), "--file tells of a whole occasion, so leave out"),
]


@pytest.mark.parametrize(("given", "said"), USAGE)
def test_a_wrong_option_is_told(ran, plan, given, said):
    """
    What is no use is told before anything is read.
    """
    code, _, err = ran("A1", "--note", "a", "--by", "head", *given)

    assert Exit.FAULT == code
    assert said in err
    assert {} == files(plan)


FAULTY = [
    (("--by", "haed"), "--by: error: There is no party “haed”. [dangling-link]"),
    (("--asks-due", "soon"), "--asks-due: fault: “soon” is not a day"),
    (("--due", "soon"), "--due: fault: “soon” is not a day"),
    (("--of", "nobody"), "--of: error: There is no party “nobody”."),
    (("--set", "risk=hgih"), "--set: fault: "),
    (("--set", "rsik=high"), "--set: fault: “rsik” is not declared"),
    (("--corrects", "nothing"), "--corrects: error: There is no occasion “nothing”."),
    (("--settles", "nothing"), "--settles: error: There is no occasion “nothing”."),
    (("--within", "nowhere"), "--within: fault: There is no record “nowhere”."),
    (("--note", "a\x1bb"), "--note: fault: The character U+001B ESC stands here."),
    (("--evidence", "a\x07"), "--evidence: fault: The character U+0007 BEL stands here."),
]


@pytest.mark.parametrize(
    ("given", "said"), FAULTY, ids=lambda value: value[0] if isinstance(value, tuple) else ""
)
def test_a_fault_is_told_by_its_option(ran, plan, given, said):
    """
    Where no file is at fault, the option is named as it was typed.
    """
    code, out, err = ran("A1", "--note", "a", "--by", "head", *given)

    assert Exit.FAULT == code
    assert said in out
    assert "peerkit: Nothing was recorded, because of 1 " in err
    assert {} == files(plan)


def test_a_record_that_is_not_there_is_told(ran):
    """
    A misspelt id is answered with the one that was meant.
    """
    code, _, err = ran("plan/A11", "--note", "a", "--by", "head")

    assert Exit.FAULT == code
    assert "There is no record “plan/A11”." in err
    assert "Did you mean “plan/A1”?" in err


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--to", "verified"), "No move leads from “agreed” to “verified”."),
        (("--to", "cancelled"), "needs a reason.\n  Add “reason: …”."),
        (("--note", "a", "--day", "2024-03-05"), "2024-03-05 is still to come"),
    ],
)
def test_what_a_rule_forbids_ends_with_3(ran, plan, given, said):
    """
    The reason and what would mend it are told, and nothing is written.
    """
    code, out, err = ran("A1", "--by", "head", *given)

    assert (Exit.REFUSED, "") == (code, out)
    assert said in err
    assert {} == files(plan)


def test_a_register_with_faults_is_told_as_check_tells_it(ran, plan):
    """
    Nothing is recorded in a register that cannot be read whole.
    """
    (plan / "parties.yaml").write_text("parties:\n  head: {iz: post}\n")
    code, out, err = ran("A1", "--note", "a", "--by", "head")

    assert Exit.FAULT == code
    assert "northmere/parties.yaml:2:10: fault:" in out
    assert "Nothing was recorded, because of" in err
    assert "peerkit check northmere" in err


def test_a_folder_that_is_no_register_is_told(ran):
    """
    A misspelt folder is told in one sentence.
    """
    code, out, err = ran("A1", "--note", "a", "--by", "head", folder="nowhere")

    assert Exit.FAULT == code
    assert "There is no such folder." in out
    assert "peerkit check nowhere" not in err


# a whole occasion from a file

DRAFT = """\
by: head
occasion: progress round
within: plan
records:
  A1: {to: under way, note: Begun.}
  A2:
    to: done
"""


def test_a_draft_file_is_recorded_whole(ran, plan):
    """
    --file tells of many records at once; the day is today unless it says so.
    """
    Path("round.yaml").write_text(DRAFT, "utf-8")
    code, out, _ = ran("--file", "round.yaml")

    assert Exit.FINE == code
    assert "action plan/A1" in out
    assert "action plan/A2" in out
    assert files(plan)["2024-03-04-progress-round.yaml"].startswith("day: 2024-03-04\nby: head\n")
    assert DRAFT == Path("round.yaml").read_text("utf-8")


@pytest.mark.parametrize("encode", [str.encode, lambda text: text.encode("utf-16")])
def test_a_draft_comes_from_stdin(ran, plan, monkeypatch, encode):
    """
    With --file - the occasion is read from stdin, in any encoding that a file may have.
    """
    stdin = io.TextIOWrapper(io.BytesIO(encode(DRAFT)))
    monkeypatch.setattr("sys.stdin", stdin)

    assert Exit.FINE == ran("--file", "-")[0]
    assert 1 == len(files(plan))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (DRAFT.replace("under way", "under way, asks_due: soon"), "round.yaml:5:"),
        (DRAFT.replace("A2", "A9"), "round.yaml:6:3: fault: There is no record “A9”."),
        (DRAFT + "corrects: [x]\n", "round.yaml:8:12: error: There is no occasion “x”."),
        (
            DRAFT + "sealed: {A1: {digest: a}}\n",
            "round.yaml:8:1: fault: “sealed” is written by peerkit",
        ),
        ("", "round.yaml:1:1: fault:"),
    ],
)
def test_a_fault_of_a_draft_file_is_told_by_its_line(ran, plan, text, said):
    """
    The file and line are those of the user's own file.
    """
    Path("round.yaml").write_text(text, "utf-8")
    code, out, _ = ran("--file", "round.yaml")

    assert Exit.FAULT == code
    assert said in out
    assert {} == files(plan)


@pytest.mark.parametrize(
    ("raw", "code", "said"),
    [
        (None, Exit.FAULT, "round.yaml is not there."),
        (b"PK\x03\x04", Exit.FAULT, "This file is a Word or Excel document"),
        (b"by: h\xe9ad", Exit.FAULT, "is not UTF-8"),
    ],
)
def test_a_draft_that_is_no_text_is_told(ran, raw, code, said):
    """
    A file that cannot be read says why.
    """
    if raw is not None:
        Path("round.yaml").write_bytes(raw)
    told, out, err = ran("--file", "round.yaml")

    assert code == told
    assert said in out + err


# for programs


def test_it_is_told_in_json(ran):
    """
    A program learns where it is kept and what it changed.
    """
    code, out, err = ran("A2", "--to", "done", "--by", "head", "--rate", "confidence=Low", "--json")
    told = json.loads(out)

    assert (Exit.FINE, "") == (code, err)
    assert {
        "peerkit": "record/1",
        "folder": "northmere",
        "on": "2024-03-04",
        "dry_run": False,
        "file": "history/2024-03-04-plan-a2.yaml",
        "occasion": {
            "name": "2024-03-04-plan-a2",
            "day": "2024-03-04",
            "by": "head",
            "title": "",
            "records": [{"kind": "action", "id": "plan/A2"}],
        },
        "text": None,
        "changes": [
            {
                "kind": "action",
                "id": "plan/A2",
                "told": True,
                "stage": {"before": "agreed", "after": "done"},
                "status": {"before": "Overdue", "after": "Awaiting evidence"},
                "due": {"before": "31 January 2024", "after": "31 January 2024"},
                "asked": None,
                "ratings": {"confidence": {"before": "", "after": "Low"}},
            }
        ],
        "refused": None,
        "theirs": [],
        "problems": [],
        "exit": 0,
    } == told


@pytest.mark.parametrize(
    ("given", "code", "key"),
    [
        (("A1", "--to", "verified", "--by", "head"), Exit.REFUSED, "refused"),
        (("A1", "--to", "done", "--by", "haed"), Exit.FAULT, "problems"),
    ],
)
def test_a_refusal_is_json_too(ran, given, code, key):
    """
    Whatever stops it, stdout is valid JSON and stderr says it in words.
    """
    done, out, err = ran(*given, "--json")
    told = json.loads(out)

    assert code == done == told["exit"]
    assert told[key]
    assert err.startswith("peerkit: ")


# hostile case 39: two officers


def meanwhile(plan, monkeypatch, *arguments):
    """
    Let somebody else record just before we do.
    """
    real = FolderStore.append

    def append(store, name, content, *, seen):
        monkeypatch.setattr(FolderStore, "append", real)
        draft = {"by": "deputy", "records": {"plan/A1": dict(arguments)}}
        verbs.record(plan, draft, today=ON, offers=gather())
        return real(store, name, content, seen=seen)

    monkeypatch.setattr(FolderStore, "append", append)


def test_a_conflict_is_one_sentence_that_shows_both(ran, plan, monkeypatch):
    """
    Hostile case 39: what is not permitted any more says what came between.
    """
    meanwhile(plan, monkeypatch, ("to", "done"))
    code, _, err = ran("A1", "--to", "under way", "--by", "head")

    assert Exit.REFUSED == code
    assert (
        "peerkit: Meanwhile deputy recorded “plan/A1 to done” (2024-03-04-plan-a1); so your "
        "“plan/A1 to under way” is not permitted any more. plan/A1: A move from “done” to "
        "“under way” needs a reason."
    ) in err
    assert 1 == len(files(plan))


def test_a_conflict_is_json_with_theirs(ran, plan, monkeypatch):
    """
    A program is given what the others recorded.
    """
    meanwhile(plan, monkeypatch, ("to", "done"))
    _, out, _ = ran("A1", "--to", "under way", "--by", "head", "--json")

    assert ["2024-03-04-plan-a1"] == [one["name"] for one in json.loads(out)["theirs"]]


def test_what_is_permitted_after_all_is_recorded(ran, plan, monkeypatch):
    """
    Hostile case 39: a move that others made possible meanwhile is made after theirs.
    """
    meanwhile(plan, monkeypatch, ("to", "under way"))
    code, out, _ = ran("A1", "--to", "done", "--by", "head")

    assert Exit.FINE == code
    assert "Stage: under way → done" in out
    assert 2 == len(files(plan))


# hostile case 40


@attrs.frozen
class Refusing:
    """
    The real system, where nothing can be created for *number*.
    """

    number: int

    def __getattr__(self, name):
        return getattr(REAL, name)

    def create(self, _path):
        """
        Refuse.
        """
        raise OSError(self.number, os.strerror(self.number))


@pytest.mark.parametrize(
    "number", [errno.ENOSPC, errno.EROFS, errno.EACCES], ids=errno.errorcode.get
)
def test_a_disk_that_refuses_ends_with_4(ran, plan, monkeypatch, number):
    """
    Hostile case 40: it is told in a sentence, and all is as it was.
    """
    ran("A2", "--note", "Before.", "--by", "head")
    before = files(plan)
    monkeypatch.setattr(
        opening, "FolderStore", lambda folder: FolderStore(folder, Refusing(number))
    )
    code, out, err = ran("A1", "--note", "a", "--by", "head")

    assert (Exit.UNWRITTEN, "") == (code, out)
    assert err.startswith("peerkit: ")
    assert "Traceback" not in err
    assert before == files(plan)


# on a terminal


@pytest.fixture(name="asked")
def _asked(plan, monkeypatch):
    """
    Run `peerkit record northmere …` as somebody at a terminal who answers.
    """
    monkeypatch.setattr("peerkit.cli.record.is_terminal", lambda: True)

    def run(*arguments, answers=()):
        with CliRunner().isolation(input="".join(f"{one}\n" for one in answers)) as streams:
            code = main(["record", plan.name, *arguments])
            out = streams[0].getvalue().decode()
        return code, out.replace("\r\n", "\n")

    return run


def test_everything_can_be_asked_for(asked, plan):
    """
    Which record, what happened, who says so: each with what may be answered; then it is shown.
    """
    code, out = asked(answers=["1", "done", "All were asked.", "Head of Libraries", "y"])

    assert Exit.FINE == code
    assert "Which record?" in out
    assert "plan/A2  Ask the visitors. (agreed)" in out
    assert out.index("plan/A2") < out.index("plan/A1"), "what is overdue comes first"
    assert "It stands at “agreed”." in out
    assert "cancelled            (needs a reason)" in out
    assert " 1  head " in out
    assert "This will be recorded in northmere" in out
    assert "Status: Overdue → Awaiting evidence" in out
    assert "Record this? [Y/n]: y" in out
    assert "note: All were asked." in files(plan)["2024-03-04-plan-a2.yaml"]
    assert 1 == out.count("Stage: agreed → done"), "what was shown is not told again"


def test_only_what_is_missing_is_asked_for(asked, plan):
    """
    What was said on the command line is not asked again.
    """
    code, out = asked("A1", "--to", "under way", answers=["head", "y"])

    assert Exit.FINE == code
    assert "Who says so?" in out
    assert "What happened?" not in out
    assert 1 == len(files(plan))


def test_nothing_is_asked_where_nothing_is_missing(asked, plan):
    """
    A whole command is carried out at once.
    """
    code, out = asked("A1", "--to", "under way", "--by", "head")

    assert Exit.FINE == code
    assert "?" not in out
    assert 1 == len(files(plan))


WAYS = [
    (["cancelled", "No money.", ""], "to: cancelled\n    reason: No money.\n"),
    (
        ["ask for a new day", "May 2025", "Staff left.", ""],
        "reason: Staff left.\n    asks_due: May 2025\n",
    ),
    (["ask for its removal", "Not needed.", ""], "reason: Not needed.\n    asks_removal: yes\n"),
    (["only a note", "Nothing yet."], "    note: Nothing yet.\n"),
]


@pytest.mark.parametrize(
    ("answers", "kept"), WAYS, ids=lambda value: value[0] if isinstance(value, list) else ""
)
def test_each_way_asks_for_what_it_needs(asked, plan, answers, kept):
    """
    A reason, a day or a note is asked for where the rules want one.
    """
    code, _ = asked("A1", "--by", "head", answers=[*answers, "y"])

    assert Exit.FINE == code
    assert kept in files(plan)["2024-03-04-plan-a1.yaml"]


def test_evidence_is_asked_for_where_the_move_needs_it(asked, plan):
    """
    What has to be shown for a move is asked for with it, and who may not record it is told.
    """
    asked("A1", "--to", "done", "--by", "head")
    code, out = asked("A1", answers=["verified", "A list.", "", "deputy", "y"])

    assert Exit.FINE == code
    assert "(needs evidence: given; not by owner)" in out
    assert "evidence: A list." in files(plan)["2024-03-04-plan-a1-2.yaml"]


@pytest.mark.parametrize("answer", ["grant it", "refuse it"])
def test_what_waits_for_an_answer_is_shown(asked, answer):
    """
    What was asked can be granted or refused.
    """
    asked("A1", "--asks-due", "May 2025", "--reason", "Staff left.", "--by", "head")
    code, out = asked("A1", "--by", "board", answers=[answer, "", "y"])

    assert Exit.FINE == code
    assert "new due day May 2025 asked on 4 March 2024" in " ".join(out.split())


def test_a_wrong_answer_is_asked_again(asked):
    """
    Nothing is guessed: what is not known is said, and asked again.
    """
    answers = ["A9", "99", "A1", "dnoe", "done", "", "haed", "head", "y"]
    code, out = asked(answers=answers)

    assert Exit.FINE == code
    assert "There is no record “A9”." in out
    assert "“dnoe” is none of these. Did you mean “done”?" in out
    assert "There is no party or body “haed”. Did you mean “head”?" in out


def test_who_says_no_records_nothing(asked, plan):
    """
    What is shown is recorded only if that is confirmed.
    """
    code, out = asked("A1", "--by", "head", answers=["done", "", "n"])

    assert Exit.FINE == code
    assert out.endswith("Nothing was recorded.\n")
    assert {} == files(plan)


def test_who_goes_records_nothing(asked, plan):
    """
    Where the answers end, as with Ctrl+C or Ctrl+D, it stops.
    """
    assert Exit.STOPPED == asked("A1", answers=["done"])[0]
    assert {} == files(plan)


def test_a_refused_answer_ends_with_3(asked, plan):
    """
    The rules hold for answers as they do for options.
    """
    asked("A1", "--to", "done", "--evidence", "a", "--by", "head")

    assert Exit.REFUSED == asked("A1", "--to", "verified", answers=["head"])[0]
    assert 1 == len(files(plan))


def test_a_program_is_never_asked(asked):
    """
    With --json there is nobody to answer, terminal or not.
    """
    code, out = asked("A1", "--json")

    assert Exit.FAULT == code
    assert "Something is missing" in json.loads(out)["message"]


def test_a_plain_console_is_enough(plan, monkeypatch):
    """
    Hostile case 48: a cp1252 console shows arrows and quotes in plainer letters.
    """
    out = io.TextIOWrapper(io.BytesIO(), encoding="cp1252")
    monkeypatch.setattr("sys.stdout", out)
    prepare()
    code = main(["record", plan.name, "A1", "--to", "done", "--by", "head", "--note", "“été” ☃"])
    out.flush()

    assert Exit.FINE == code
    assert b"Stage: agreed -> done" in out.buffer.getvalue()
    assert "“été” ☃" in files(plan)["2024-03-04-plan-a1.yaml"]
