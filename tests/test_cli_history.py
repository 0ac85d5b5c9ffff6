import datetime as dt
import hashlib
import io
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

import peerkit
from peerkit import verbs
from peerkit.cli import main
from peerkit.cli.console import prepare
from peerkit.cli.exits import Exit
from peerkit.cli.history import COMMANDS
from peerkit.errors import WriteError
from peerkit.history import heads
from peerkit.history.digests import heads_digest
from peerkit.plugins import gather
from peerkit.store import FolderStore

HERE = Path(__file__).parent
ON = dt.date(2024, 3, 4)

pytestmark = pytest.mark.usefixtures("only_northmere_is_installed")

ROUND = """\
# Written by hand.
day: 2024-02-01
by: head
occasion: progress round
source: Minutes of the board.
within: plan
records:
  A1:
    to: under way
    note: Begun in all branches.
  A2: {to: done, evidence: ['A list.']}
"""
LATER = """\
day: 2024-02-20
by: head
occasion: second round
within: plan
records:
  A1:
    asks_due: May 2025
    reason: Staff left.
"""


@pytest.fixture(name="plan")
def _plan(tmp_path, monkeypatch):
    """
    Northmere's plan in the current folder, with two occasions written by hand.
    """
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("peerkit.cli.options.today", lambda: ON)
    folder = Path(shutil.copytree(HERE / "progress", tmp_path / "northmere"))
    add(folder, "2024-02-01-round.yaml", ROUND)
    add(folder, "2024-02-20-round.yaml", LATER)
    return folder


@pytest.fixture(name="sealed")
def _sealed(plan):
    """
    The same, sealed.
    """
    verbs.seal_history(plan, offers=gather())
    return plan


@pytest.fixture(name="ran")
def _ran(plan, capsys):
    """
    Run `peerkit history COMMAND northmere …` and return its exit code, stdout and stderr.
    """

    def run(command, *arguments, folder=plan.name):
        code = main(["history", command, folder, *arguments])
        said = capsys.readouterr()
        return code, said.out.replace("\\", "/"), said.err

    return run


def add(folder, name, text):
    """
    Write a file into the folder history by hand.
    """
    path = folder / "history" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8", newline="\n")
    return path


def files(folder):
    """
    Return all that lies in the folder history, by name.
    """
    return {path.name: path.read_text("utf-8") for path in (folder / "history").iterdir()}


def changed(folder, name, old, new):
    """
    Change one file by hand.
    """
    path = folder / "history" / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8", newline="\n")


def record(folder, record, **entry):
    own = {key: entry.pop(key) for key in ("corrects", "settles", "by") if key in entry}
    draft = {"by": "head", **own, "records": {record: entry}}
    return verbs.record(folder, draft, today=ON, offers=gather())


# the group


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help(command, capsys):
    """
    Every command says what it does, and how a plugin is left out.
    """
    assert Exit.FINE == main(["history", command, "--help"])

    out = capsys.readouterr().out
    assert f"Usage: peerkit history {command}" in out
    for option in ("--no-plugin NAME", "--json"):
        assert option in out


def test_alone_it_says_what_there_is(capsys):
    """
    Without a command, all of them are listed.
    """
    assert Exit.FINE == main(["history"])
    out = capsys.readouterr().out
    assert all(f"  {command} " in out for command in COMMANDS)


def test_a_misspelt_command_is_suggested(capsys):
    """
    A command that is not there is answered with the one that was meant.
    """
    assert Exit.FAULT == main(["history", "verfy", "northmere"])
    assert "Did you mean peerkit history verify?" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["log", "verify", "seal", "erase"])
@pytest.mark.parametrize("form", [(), ("--json",)])
def test_a_register_that_cannot_be_read_is_told(ran, plan, command, form):
    """
    Each command lists the faults with their places, and leaves history alone.
    """
    (plan / "parties.yaml").write_text("parties:\n  head: {iz: post}\n")
    before = files(plan)
    more = ("2024-02-01-round", "A1", "note", "--yes") if command == "erase" else ()
    code, out, err = ran(command, *more, *form)

    assert Exit.FAULT == code
    assert err.startswith("peerkit: ") or form
    if form:
        told = json.loads(out)
        assert ("history-" + command + "/1", 2) == (told["peerkit"], told["exit"])
        assert "unknown-key" in [one["code"] for one in told["problems"]]
    else:
        assert "northmere/parties.yaml:2:10: fault:" in out
    assert before == files(plan)


# log


def test_what_happened_is_told_in_order(ran, sealed):
    """
    Each occasion with its day, its source and what it says of each record.
    """
    expected = """\
1 February 2024: progress round, by Head of Libraries
  northmere/history/2024-02-01-round.yaml
  source: Minutes of the board.
  plan/A1: agreed → under way
    note: Begun in all branches.
  plan/A2: agreed → done
    evidence: A list.

20 February 2024: second round, by Head of Libraries
  northmere/history/2024-02-20-round.yaml
  plan/A1
    asks for a new due day: May 2025
    reason: Staff left.

To prove that nothing of it was changed: peerkit history verify northmere
"""
    assert (Exit.FINE, expected, "") == ran("log")
    assert sealed


@pytest.mark.parametrize("written", ["A2", "plan/A2", "action A2"])
def test_one_record_has_a_log_of_its_own(ran, sealed, written):
    """
    Only what happened to the record is told.
    """
    _, out, _ = ran("log", written)

    assert out.startswith("action plan/A2: Ask the visitors.\n\n1 February 2024: progress round")
    assert "agreed → done" in out
    assert "Begun in all branches" not in out
    assert sealed


def test_days_of_the_record_itself_are_in_its_log(ran, sealed):
    """
    A move that a day of the record brought about stands where it happened.
    """
    for name, old, new in (
        ("peerkit.yaml", "actions-by-evidence", "[actions-by-evidence, reviews]"),
        (
            "reviews/libraries.yaml",
            "themes:",
            "visit: 2024-01-10\nreport_received: 2024-02-25\nthemes:",
        ),
    ):
        path = sealed / name
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    record(sealed, "review libraries", note="Read.")
    _, out, _ = ran("log", "libraries")

    parts = ["10 January 2024", "as its own day tells", "25 February 2024", "4 March 2024", "Read."]
    assert sorted(parts, key=out.index) == parts


def test_nothing_yet_is_told(ran, plan):
    """
    Where nothing happened, that is said.
    """
    assert "Nothing is recorded of plan/A3 yet." in ran("log", "A3")[1]
    shutil.rmtree(plan / "history")
    assert "Nothing is recorded yet." in ran("log")[1]


def test_what_does_not_count_says_why(ran, sealed):
    """
    What was corrected, was not permitted, or is not sealed is told to be so.
    """
    record(sealed, "plan/A2", note="It was not.", corrects=["2024-02-01-round"])
    add(
        sealed,
        "2024-02-28-hand.yaml",
        "day: 2024-02-28\nby: head\nrecords:\n  plan/A3: {to: verified}\n  plan/A1: {note: a}\n",
    )
    _, out, _ = ran("log")
    told = " ".join(out.split())

    assert "It does not count: 2024-03-04-plan-a2 corrects it." in told
    assert (
        "It does not count, as it was not permitted: No move leads from “agreed” to “verified”."
        in told
    )
    assert "It does not count, as plan/A3 was not permitted." in told
    assert 2 == out.count("Not sealed yet.")


def test_the_log_of_two_officers_shows_both(ran, sealed):
    """
    Hostile case 39: what each of them recorded stands in the log.
    """
    record(sealed, "plan/A1", note="Mine.", by="head")
    record(sealed, "plan/A3", note="Hers.", by="deputy")
    _, out, _ = ran("log")

    assert "note: Mine." in out
    assert "note: Hers." in out


def test_the_log_is_told_in_json(ran, sealed):
    """
    A program is given every entry with its move, its words and its seal.
    """
    told = json.loads(ran("log", "A1", "--json")[1])
    first, second = told["occasions"]

    assert ("history-log/1", {"kind": "action", "id": "plan/A1"}) == (
        told["peerkit"],
        told["record"],
    )
    assert [] == told["dated"]
    assert {
        "name": "2024-02-01-round",
        "file": "history/2024-02-01-round.yaml",
        "day": "2024-02-01",
        "by": "head",
        "title": "progress round",
        "source": "Minutes of the board.",
        "illustrative": False,
        "corrects": [],
        "settles": [],
    } == {key: value for key, value in first.items() if key != "entries"}
    (entry,) = first["entries"]
    assert ("agreed", "under way") == (entry["from"], entry["to"])
    assert {"to": "under way", "note": "Begun in all branches."} == entry["says"]
    (later,) = second["entries"]
    assert [entry["digest"]] == later["after"]
    assert {"asks_due": "May 2025", "reason": "Staff left."} == later["says"]
    assert sealed


# seal


def test_sealing_lists_the_files(ran, plan):
    """
    What was written by hand is sealed once; nothing before the seals is touched.
    """
    expected = """\
northmere/history/2024-02-01-round.yaml
northmere/history/2024-02-20-round.yaml

2 files sealed. A change to what they say will show from now on.
To prove it: peerkit history verify northmere
"""
    assert (Exit.FINE, expected, "") == ran("seal")
    assert files(plan)["2024-02-01-round.yaml"].startswith(ROUND + "sealed:\n")
    assert "Nothing was to be sealed" in ran("seal")[1]


def test_sealing_is_told_in_json(ran):
    """
    A program is given the files.
    """
    told = json.loads(ran("seal", "--json")[1])

    assert ["history/2024-02-01-round.yaml", "history/2024-02-20-round.yaml"] == told["files"]


def test_what_was_not_permitted_is_not_sealed(ran, plan):
    """
    Hostile case 38: what claims to be born verified is refused, with its file.
    """
    add(
        plan,
        "2024-02-02-import.yaml",
        "day: 2024-02-02\nby: head\nrecords:\n  plan/A3: {to: verified}\n",
    )
    before = files(plan)
    code, _, err = ran("seal")

    assert Exit.REFUSED == code
    assert "history/2024-02-02-import.yaml, plan/A3: No move leads from “agreed”" in err
    assert before == files(plan)


def test_a_disk_that_refuses_ends_with_4(ran, plan, monkeypatch):
    """
    Hostile case 40: what could not be written is told, and what was there is still there.
    """

    def refuse(*_, **__):
        raise WriteError("There is no room on the disk.")

    monkeypatch.setattr(FolderStore, "replace", refuse)
    before = files(plan)
    code, _, err = ran("seal")

    assert Exit.UNWRITTEN == code
    assert "no room on the disk" in err
    assert before == files(plan)


# verify


def test_an_honest_history_is_in_order(ran, sealed):
    """
    How much there is, its digest, and that all is well.
    """
    code, out, err = ran("verify")
    digest = heads_digest(heads(peerkit.load(sealed, offers=gather()).history))
    expected = f"""\
northmere: 3 entries in 2 occasions, 3 of them sealed; 2 records have heads.
All heads together: history sha256:{digest}
History is in order.
"""
    assert (Exit.FINE, expected, "") == (code, out, err)


def test_what_is_not_sealed_is_advice(ran):
    """
    Unsealed entries are no error; how to seal them is told.
    """
    code, out, _ = ran("verify")

    assert Exit.FINE == code
    assert "[history-unsealed]" in out
    assert "0 of them sealed" in out
    assert "History is in order, but for 2 advice." in out
    assert out.endswith("peerkit history seal northmere\n")


def test_an_empty_history_is_in_order(ran, plan):
    """
    Where nothing is recorded there is nothing to prove.
    """
    shutil.rmtree(plan / "history")

    assert (Exit.FINE, "northmere: Nothing is recorded yet.\nHistory is in order.\n", "") == ran(
        "verify"
    )


def removed(folder):
    (folder / "history/2024-02-01-round.yaml").unlink()


def swapped(folder):
    first, second = (folder / "history" / f"2024-02-{day}-round.yaml" for day in ("01", "20"))
    text = first.read_text("utf-8")
    first.write_text(second.read_text("utf-8").replace("2024-02-20", "2024-02-01"), "utf-8")
    second.write_text(text.replace("2024-02-01", "2024-02-20"), "utf-8")


def inserted(folder):
    text = files(folder)["2024-02-20-round.yaml"].replace("Staff left.", "Money ran out.")
    add(folder, "2024-02-21-more.yaml", text.replace("2024-02-20", "2024-02-21"))


TAMPERED = [
    (
        "a letter",
        lambda folder: changed(folder, "2024-02-01-round.yaml", "in all", "in alI"),
        "northmere/history/2024-02-01-round.yaml:8:3: error: The entry of action plan/A1 was changed",
        "history-edited",
    ),
    (
        "the day",
        lambda folder: changed(folder, "2024-02-20-round.yaml", "2024-02-20", "2024-02-21"),
        "northmere/history/2024-02-20-round.yaml:6:3: error:",
        "history-edited",
    ),
    (
        "a seal",
        lambda folder: changed(folder, "2024-02-20-round.yaml", "    digest: ", "    digest: 0"),
        "northmere/history/2024-02-20-round.yaml:6:3: error:",
        "history-edited",
    ),
    (
        "an entry is gone",
        lambda folder: changed(
            folder, "2024-02-01-round.yaml", "  A2: {to: done, evidence: ['A list.']}\n", ""
        ),
        "error: The entry of action plan/A2 is gone; its seal is still here.",
        "history-removed",
    ),
    (
        "a file is gone",
        removed,
        "northmere/history/2024-02-20-round.yaml:6:3: error: What this entry of",
        "history-removed",
    ),
    (
        "two are swapped",
        swapped,
        "northmere/history/2024-02-20-round.yaml:8:3: error:",
        "history-edited",
    ),
    (
        "one is put in",
        inserted,
        "northmere/history/2024-02-21-more.yaml:6:3: error:",
        "history-edited",
    ),
]


@pytest.mark.parametrize(
    ("tamper", "said", "code"), [row[1:] for row in TAMPERED], ids=[row[0] for row in TAMPERED]
)
def test_the_first_bad_entry_is_named_with_its_place(ran, sealed, tamper, said, code):
    """
    Hostile case 41: file, line and column of what was changed, taken out or put in.
    """
    tamper(sealed)
    done, out, _ = ran("verify")

    assert Exit.ERROR == done
    assert said in out
    assert f"[{code}]" in out
    assert "History is not in order" in out


def test_every_byte_of_a_sealed_entry_counts(ran, sealed):
    """
    Hostile case 41: whichever letter of an old entry is flipped, it is seen or changes nothing.
    """
    path = sealed / "history/2024-02-20-round.yaml"
    raw = path.read_bytes()
    was = peerkit.load(sealed, offers=gather()).history.occasions[1]
    for index in range(0, raw.index(b"sealed:"), 3):
        path.write_bytes(raw[:index] + bytes([raw[index] ^ 1]) + raw[index + 1 :])
        code, _, _ = ran("verify")
        if code is Exit.FINE:
            again = peerkit.load(sealed, offers=gather()).history.occasions[1]
            assert (
                was.entries[("action", "plan/A1")].reason
                == again.entries[("action", "plan/A1")].reason
            )
            assert (was.day, was.by) == (again.day, again.by)


def manifest(folder, register):
    """
    Write a paper with the heads of *register*, and its manifest.
    """
    folder.mkdir(exist_ok=True)
    kept = heads(register.history)
    digest = heads_digest(kept)
    raw = f"# A paper\n\n<!-- history sha256:{digest} -->\n".encode()
    (folder / "paper.md").write_bytes(raw)
    listed = sorted([*who, *head] for who, head in kept.items())
    entry = {
        "file": "paper.md",
        "format": "md",
        "sha256": hashlib.sha256(raw).hexdigest(),
        "history": {"heads": listed, "digest": digest},
    }
    whole = {"peerkit": "manifest/1", "register": register.name, "papers": [entry]}
    (folder / "manifest.json").write_text(json.dumps(whole, indent=2), "utf-8")
    return digest


def test_a_paper_proves_what_came_after_it(ran, sealed):
    """
    Hostile case 41: against a paper, entries cut off and chains written anew are named.
    """
    digest = manifest(Path("papers"), peerkit.load(sealed, offers=gather()))
    for against in ("papers/paper.md", "papers/manifest.json"):
        code, out, _ = ran("verify", "--against", against)
        assert Exit.FINE == code
        assert "Compared with paper.md, which was made with 2 heads." in out
    told = json.loads(ran("verify", "--against", "papers/paper.md", "--json")[1])
    assert [{"paper": "paper.md", "heads": 2, "digest": digest, "edited": False}] == told["against"]

    (sealed / "history/2024-02-20-round.yaml").unlink()
    assert Exit.FINE == ran("verify")[0]
    code, out, _ = ran("verify", "--against", "papers/paper.md")
    assert Exit.ERROR == code
    assert (
        "paper.md: Action plan/A1 had 2 sealed entries when the paper was made; here are 1." in out
    )
    assert "northmere/history/2024-02-01-round.yaml:8:3: error:" in out
    assert "[history-cut]" in out

    for name, text in files(sealed).items():
        fresh = text.partition("sealed:")[0].replace("all branches", "no branch")
        add(sealed, name, fresh)
    verbs.seal_history(sealed, offers=gather())
    assert Exit.FINE == ran("verify")[0]
    assert Exit.ERROR == ran("verify", "--against", "papers/paper.md")[0]


def test_a_register_of_papers_made_by_peerkit_holds(ran, sealed, capsys):
    """
    What `peerkit render` writes is what `--against` reads.
    """
    rules = sealed / "peerkit.yaml"
    text = rules.read_text("utf-8").replace(
        "extends: ", "papers: {letter: {}}\nextends: [Northmere, "
    )
    rules.write_text(text.replace("evidence\n", "evidence]\n", 1), "utf-8")
    assert Exit.FINE == main(["render", "northmere"])
    capsys.readouterr()

    for path in Path("papers").iterdir():
        code, out, err = ran("verify", "--against", path.as_posix())
        assert Exit.FINE == code, out + err


def test_a_changed_paper_is_told(ran, sealed):
    """
    A paper without what it told of history proves nothing, and that is an error.
    """
    manifest(Path("papers"), peerkit.load(sealed, offers=gather()))
    Path("papers/paper.md").write_text("# Another\n")
    code, out, _ = ran("verify", "--against", "papers/paper.md")

    assert Exit.ERROR == code
    said = "manifest.json lists another history for paper.md than the paper tells of."
    assert f"papers/paper.md:1:1: error: {said}" in out


def test_a_paper_may_be_edited(ran, sealed):
    """
    Words of it can be mended in Word before it is published: what it tells of history stays.
    """
    manifest(Path("papers"), peerkit.load(sealed, offers=gather()))
    path = Path("papers/paper.md")
    path.write_text(path.read_text("utf-8").replace("A paper", "The paper"), "utf-8")
    code, out, _ = ran("verify", "--against", "papers/paper.md")

    assert Exit.FINE == code
    assert "It was edited since, but not in what it tells of history." in " ".join(out.split())


def test_a_broken_manifest_is_told_with_its_place(ran, sealed):
    """
    A list that is no JSON is a fault of that file, with line and column.
    """
    manifest(Path("papers"), peerkit.load(sealed, offers=gather()))
    path = Path("papers/manifest.json")
    path.write_text(path.read_text("utf-8").replace('"register":', '"register"'), "utf-8")
    code, out, _ = ran("verify", "--against", "papers/manifest.json")

    assert Exit.FAULT == code
    assert "papers/manifest.json:3:" in out
    assert "[history-manifest]" in out


@pytest.mark.parametrize("name", ["nothing.md", "northmere/peerkit.yaml"])
def test_what_is_no_paper_is_told(ran, sealed, name):
    """
    A file that no manifest lists cannot be compared with.
    """
    assert Exit.FAULT == ran("verify", "--against", name)[0]
    assert sealed


def test_verifying_is_told_in_json(ran, sealed):
    """
    A program is given the counts, the heads and every problem with its place.
    """
    changed(sealed, "2024-02-20-round.yaml", "Staff", "Stuff")
    code, out, _ = ran("verify", "--json")
    told = json.loads(out)

    assert Exit.ERROR == code == told["exit"]
    assert ("history-verify/1", 2, 3, 3) == (
        told["peerkit"], told["occasions"], told["entries"], told["sealed"],
    )  # fmt: skip
    assert [("action", "plan/A1", 2), ("action", "plan/A2", 1)] == [
        tuple(one[:3]) for one in told["heads"]
    ]
    (problem,) = told["problems"]
    assert ("history-edited", "history/2024-02-20-round.yaml", 6, 3) == (
        problem["code"], problem["file"], problem["line"], problem["column"],
    )  # fmt: skip


# hostile case 42


def test_copies_of_a_sync_tool_are_shown_and_settled(ran, sealed, capsys):
    """
    Hostile case 42: both files are named; an occasion that names both settles it, no file goes.
    """
    laptop = Path(shutil.copytree(sealed, "laptop"))
    record(sealed, "plan/A1", to="done", note="Mine.")
    record(laptop, "plan/A1", to="done", note="Anne's.")
    copy = "2024-03-04-plan-a1 (Anne's laptop)"
    shutil.copy(laptop / "history/2024-03-04-plan-a1.yaml", sealed / "history" / f"{copy}.yaml")
    code, out, _ = ran("verify")
    assert Exit.ERROR == code
    assert "northmere/history/2024-03-04-plan-a1 (Anne's laptop).yaml:" in out
    assert "northmere/history/2024-03-04-plan-a1.yaml:" in out
    assert Exit.ERROR == main(["check", "northmere"])
    assert "2024-03-04-plan-a1 (Anne's laptop)" in capsys.readouterr().out
    before = files(sealed)
    assert Exit.REFUSED == main(["record", "northmere", "A1", "--note", "On.", "--by", "head"])
    settle = ["--settles", "2024-03-04-plan-a1", "--settles", f"{copy}.yaml", "--corrects", copy]
    assert Exit.FINE == main(
        ["record", "northmere", "A1", "--note", "On.", "--by", "head", *settle]
    )
    capsys.readouterr()

    assert Exit.FINE == ran("verify")[0]
    assert Exit.FINE == main(["check", "northmere"])
    assert before.items() <= files(sealed).items()


# erase


def test_a_text_is_erased_for_good(ran, sealed):
    """
    The text is gone, that there was one is told, and every seal holds.
    """
    code, out, err = ran("erase", "2024-02-01-round", "A1", "note", "--yes")

    assert (Exit.FINE, "") == (code, err)
    assert "northmere/history/2024-02-01-round.yaml: note of plan/A1 erased." in out
    assert "Begun in all branches" not in files(sealed)["2024-02-01-round.yaml"]
    assert (
        "    to: under way\n    erased:\n      - note\n" in files(sealed)["2024-02-01-round.yaml"]
    )
    assert Exit.FINE == ran("verify")[0]
    assert "note: erased" in ran("log")[1]


@pytest.mark.parametrize(
    "occasion",
    ["2024-02-01-round", "2024-02-01-round.yaml", "northmere/history/2024-02-01-round.yaml"],
)
def test_erasing_is_told_in_json(ran, sealed, occasion):
    """
    A program is given what was erased, and whether the words remain somewhere.
    """
    told = json.loads(ran("erase", occasion, "action A1", "note", "source", "--yes", "--json")[1])

    assert {
        "peerkit": "history-erase/1",
        "folder": "northmere",
        "file": "history/2024-02-01-round.yaml",
        "record": {"kind": "action", "id": "plan/A1"},
        "fields": ["note", "source"],
        "rewritten": False,
        "remains": False,
        "exit": 0,
    } == told
    assert "Minutes" not in files(sealed)["2024-02-01-round.yaml"]


def test_without_a_terminal_it_wants_to_be_sure(ran, sealed):
    """
    Nothing is erased by a command that does not say that it is meant.
    """
    before = files(sealed)
    for form in ((), ("--json",)):
        code, _, err = ran("erase", "2024-02-01-round", "A1", "note", *form)
        assert Exit.FAULT == code
        assert "add --yes" in err
    assert before == files(sealed)


@pytest.mark.parametrize(("answer", "is_gone"), [("y", True), ("", False), ("n", False)])
def test_on_a_terminal_it_asks(sealed, monkeypatch, answer, is_gone):
    """
    Somebody at a terminal is asked, and saying nothing means no.
    """
    monkeypatch.setattr("peerkit.cli.history.erase.is_terminal", lambda: True)
    with CliRunner().isolation(input=f"{answer}\n") as streams:
        code = main(["history", "erase", "northmere", "2024-02-01-round", "A1", "note"])
        out = streams[0].getvalue().decode()

    assert Exit.FINE == code
    assert "This takes note of plan/A1 out of 2024-02-01-round, for good." in out
    assert ("Begun" not in files(sealed)["2024-02-01-round.yaml"]) is is_gone


@pytest.mark.parametrize(
    ("given", "code", "said"),
    [
        (("2024-02-01-rond", "A1", "note"), Exit.FAULT, "Did you mean “2024-02-01-round”?"),
        (("2024-02-01-round", "A9", "note"), Exit.FAULT, "There is no record “A9”."),
        (("2024-02-01-round", "A3", "note"), Exit.REFUSED, "no sealed entry"),
        (("2024-02-01-round", "A1", "to"), Exit.REFUSED, "Texts that can be erased are note,"),
    ],
)
def test_what_cannot_be_erased_is_told(ran, sealed, given, code, said):
    """
    A misspelt name is answered with what was meant; a rule with what may be erased.
    """
    before = files(sealed)
    done, _, err = ran("erase", *given, "--yes")

    assert code == done
    assert said in err
    assert before == files(sealed)


def test_words_that_stand_elsewhere_are_told(ran, plan):
    """
    Whoever erases is told to look where the same words still stand.
    """
    changed(plan, "2024-02-01-round.yaml", "# Written by hand.", "# Begun in all branches.")
    verbs.seal_history(plan, offers=gather())

    assert "still stand elsewhere" in ran("erase", "2024-02-01-round", "A1", "note", "--yes")[2]


def test_a_plain_console_is_enough(sealed, monkeypatch):
    """
    Hostile case 48: a cp1252 console shows the log in plainer letters.
    """
    record(sealed, "plan/A3", note="“été” ☃ \u202e")
    out = io.TextIOWrapper(io.BytesIO(), encoding="cp1252")
    monkeypatch.setattr("sys.stdout", out)
    prepare()
    code = main(["history", "log", "northmere"])
    out.flush()

    assert Exit.FINE == code
    assert "été".encode("cp1252") in out.buffer.getvalue()
    assert b"agreed -> done" in out.buffer.getvalue()
