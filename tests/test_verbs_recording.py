import collections
import datetime as dt
import errno
import hashlib
import itertools
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import attrs
import pytest

import peerkit
from peerkit import verbs
from peerkit.errors import ProblemsError, RefusedError, Severity, UnknownNameError, WriteError
from peerkit.files.system import REAL
from peerkit.history import heads
from peerkit.history.digests import heads_digest
from peerkit.store import FolderStore

ON = dt.date(2024, 3, 4)
HERE = Path(__file__).parent
WRITER = HERE / "recording_writer.py"


def files(folder):
    """
    Return all that lies in the folder history, by name.
    """
    found = folder / "history"
    return {path.name: path.read_bytes() for path in found.iterdir()} if found.is_dir() else {}


def add(folder, name, text):
    """
    Write a file into the folder history by hand.
    """
    path = folder / "history" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8", newline="\n")
    return path


def salts():
    numbers = itertools.count()
    return lambda: f"salt {next(numbers)}"


@attrs.frozen
class Place:
    """
    A register in *folder*, as the tests record in it.
    """

    folder: Path
    offers: object

    def record(self, record="A1", *, by="head", day=None, store=None, **entry):
        """
        Record one thing of one record.
        """
        return verbs.record(
            self.folder,
            draft(record, by=by, day=day, **entry),
            today=ON,
            offers=self.offers,
            store=store,
            salt=salts(),
        )

    def seal(self):
        """
        Seal what was written by hand.
        """
        return verbs.seal_history(self.folder, offers=self.offers, salt=salts())

    def verified(self, against=None):
        """
        Return the codes of what verifying finds.
        """
        found = verbs.verify_history(self.folder, against=against, offers=self.offers)
        return [problem.code for problem in found.problems]

    def stage(self, record="plan/A1"):
        """
        Return the stage of an action.
        """
        register = peerkit.load(self.folder, offers=self.offers)
        snapshot = peerkit.judge(register, on=ON, offers=self.offers)
        return snapshot.state(register.get("action", record)).stage

    def grave(self):
        """
        Return the codes of all errors and faults.
        """
        register = peerkit.load(self.folder, offers=self.offers)
        problems = peerkit.check(register, on=ON, offers=self.offers)
        return [one.code for one in problems if one.severity in (Severity.ERROR, Severity.FAULT)]


def draft(record="A1", *, by="head", day=None, **entry):
    own = {key: entry.pop(key) for key in ("occasion", "corrects", "settles") if key in entry}
    return {"day": day, "by": by, **own, "within": "plan", "records": {record: entry}}


@pytest.fixture(name="place")
def _place(tmp_path, offers):
    """
    Northmere's plan, of which nothing is recorded yet.
    """
    return Place(Path(shutil.copytree(HERE / "progress", tmp_path / "northmere")), offers)


# what is recorded


def test_an_occasion_is_written_as_an_officer_would(place):
    """
    The file says what happened as one would write it by hand, and its seals at the end.
    """
    expected = """\
day: 2024-03-04
by: head
occasion: first count
within: plan
records:
  A1:
    to: under way
    note: 'One: we began'
    evidence: a sheet
    ratings:
      confidence: High
    more:
      risk: low
sealed:
  A1:
"""
    done = place.record(
        to="under way",
        occasion="first count",
        note="One: we began",
        evidence=["a sheet"],
        ratings={"confidence": "High"},
        more={"risk": "low"},
    )

    assert "history/2024-03-04-first-count.yaml" == done.name
    assert (place.folder / done.name).read_text("utf-8").startswith(expected)
    assert "under way" == place.stage()
    assert [] == place.verified()


def test_what_is_returned_is_what_is_read(place):
    """
    The register that recording gives back is the one that is loaded next.
    """
    done = place.record(to="under way", note="Begun.")
    again = peerkit.load(place.folder, offers=place.offers)

    assert heads(done.register.history) == heads(again.history)
    assert [one.name for one in done.register.history.occasions] == [
        one.name for one in again.history.occasions
    ]
    assert () == done.before.history.occasions


def test_many_records_are_recorded_all_or_none(place):
    """
    A draft of many records is one file; one move that is refused refuses all.
    """
    text = "by: head\nwithin: plan\nrecords:\n  A1: {to: under way}\n  A2: {to: verified}\n"
    with pytest.raises(RefusedError, match="plan/A2: No move leads from “agreed” to “verified”"):
        verbs.record(place.folder, text, today=ON, offers=place.offers)
    assert {} == files(place.folder)

    verbs.record(place.folder, text.replace("verified", "done"), today=ON, offers=place.offers)
    assert 1 == len(files(place.folder))
    assert ("under way", "done") == (place.stage(), place.stage("plan/A2"))


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("e\u0301te\u0301", "\u00e9t\u00e9"),
        ("one\r\ntwo", "one\ntwo"),
        ("one\x0btwo", "one\ntwo"),
        ("  set in", "  set in"),
        ("null", "null"),
        ("Key: yes # no", "Key: yes # no"),
        ("* \u201cx\u201d \U0001f600", "* \u201cx\u201d \U0001f600"),
        ("x" * 5000 + " " + "y" * 300, "x" * 5000 + " " + "y" * 300),
    ],
)
def test_a_text_is_kept_as_a_file_would_give_it(place, written, kept):
    """
    What comes from a command line is normalised as what is read from files, and kept whole.
    """
    done = place.record(note=written)
    (entry,) = done.occasion.entries.values()
    again = peerkit.load(place.folder, offers=place.offers)
    (read,) = again.history.occasions[0].entries.values()

    assert kept == entry.note == read.note
    assert [] == place.verified()


def test_a_name_that_is_taken_is_numbered(place):
    """
    Two occasions of one title on one day are two files.
    """
    names = [place.record(note=str(number), occasion="Round").name for number in range(3)]

    assert [f"history/2024-03-04-round{end}.yaml" for end in ("", "-2", "-3")] == names


def test_a_draft_is_not_taken_for_a_file_of_that_name(place):
    """
    A hand-written history/draft.yaml does not stand in the way of a draft.
    """
    add(place.folder, "draft.yaml", "day: 2024-01-01\nby: head\nrecords:\n  plan/A3: {note: a}\n")

    assert place.record(note="b").name.endswith("plan-a1.yaml")


# what is not taken in

HEAD = "by: head\nwithin: plan\nrecords:\n  A1: "
FAULTS = [
    ("unknown record", draft("A9", note="a"), "history-unknown-record", "records/A9"),
    ("nobody", draft(by="nobody", note="a"), "dangling-link", "by"),
    ("no source", draft(by="", note="a"), "missing-field", "by"),
    ("no day", draft(asks_due="soon", reason="a"), "not-a-day", "records/A1/asks_due"),
    ("unknown key", draft(nota="a"), "unknown-key", "records/A1/nota"),
    ("not declared", draft(more={"risc": "low"}), "unknown-key", "records/A1/more/risc"),
    ("nothing said", draft(), "history-nothing-said", "records/A1"),
    ("control", draft(note="a\x07"), "text-control-character", "records/A1/note"),
    ("half a letter", draft(note="a\udce9"), "text-control-character", "records/A1/note"),
    ("no such occasion", draft(note="a", corrects=["x"]), "history-unknown-occasion", "corrects/0"),
    ("seal", draft(note="a") | {"sealed": {"A1": {"digest": "0"}}}, "unknown-key", "sealed"),
    ("erased", draft(erased=["evidence"], to="done"), "unknown-key", "records/A1/erased"),
]


@pytest.mark.parametrize(
    ("given", "code", "field"), [row[1:] for row in FAULTS], ids=[row[0] for row in FAULTS]
)
def test_a_fault_of_a_draft_names_its_field(place, given, code, field):
    """
    What is wrong with a draft that is no text has no place, but its field is told.
    """
    with pytest.raises(verbs.DraftError) as caught:
        verbs.record(place.folder, given, today=ON, offers=place.offers)
    found = {(one.code, one.address.field): one.place for one in caught.value.problems}

    assert (code, field) in found
    assert {None} == {*found.values()}
    assert {} == files(place.folder)


@pytest.mark.parametrize(
    ("text", "place_told"),
    [
        (HEAD + "{to: done, asks_due: soon, reason: a}\n", (4, 30)),
        (HEAD + "{note: a}\ncorrects: [x]\n", (5, 12)),
        (HEAD + "{note: a, erased: [evidence]}\n", (4, 17)),
        (HEAD + "{note: a}\nsealed: {A1: {digest: a}}\n", (5, 1)),
        ("by: head\nrecords: [\n", (2, 1)),
        ("", (1, 1)),
    ],
)
def test_a_fault_of_a_draft_file_names_its_line(place, text, place_told):
    """
    A draft that is a text is told by the name that its file has for the user.
    """
    opened = verbs.open_history(place.folder, offers=place.offers)
    with pytest.raises(verbs.DraftError) as caught:
        verbs.propose(opened, text, today=ON, file="mine/round.yaml")
    places = {(one.place.file, one.place.line, one.place.column) for one in caught.value.problems}

    assert {"mine/round.yaml"} == {one[0] for one in places}
    assert place_told[0] in {one[1] for one in places}


REFUSED = [
    ("no move", {"to": "verified"}, "No move leads from “agreed” to “verified”"),
    ("no stage", {"to": "vrified"}, "“vrified” is no stage"),
    ("no reason", {"to": "cancelled"}, "needs a reason"),
    ("not asked", {"grants": "due"}, "nothing is asked"),
    ("not the approver", {"due": "May 2024", "reason": "x"}, "is granted by board"),
    ("no rating", {"ratings": {"mood": "Good"}}, "“mood” is no rating"),
    ("to come", {"note": "a", "day": "2024-03-05"}, "is still to come"),
]


@pytest.mark.parametrize(
    ("entry", "said"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
def test_what_a_rule_forbids_is_refused(place, entry, said):
    """
    A refusal says which rule, how to mend it, and nothing is written.
    """
    with pytest.raises(RefusedError, match=said) as caught:
        place.record(**entry)

    assert caught.value.mend
    assert {} == files(place.folder)


def test_evidence_is_accepted_by_somebody_else(place):
    """
    The owner, also the person who holds the owner's post, cannot verify; another can.
    """
    place.record(to="done", evidence=["a list"])
    for by in ("head", "ames"):
        with pytest.raises(RefusedError, match="recorded by owner, which"):
            place.record(to="verified", by=by)
    place.record(to="verified", by="deputy")

    assert "verified" == place.stage()


def test_nothing_goes_on_from_what_is_not_sealed(place):
    """
    What was written by hand could change unseen, so it is sealed first.
    """
    add(place.folder, "a.yaml", "day: 2024-01-01\nby: head\nrecords:\n  plan/A1: {note: a}\n")
    with pytest.raises(RefusedError, match="plan/A1 in a is not sealed yet") as caught:
        place.record(note="b")
    assert "peerkit history seal" in caught.value.mend
    place.record("A2", note="b")

    assert ("history/a.yaml",) == place.seal()
    place.record(note="b")
    assert [] == place.verified()


def test_nothing_goes_on_from_what_was_changed(place):
    """
    While an entry is not what was sealed, nothing is recorded of that record; of others it is.
    """
    done = place.record(note="First.")
    path = place.folder / done.name
    path.write_text(path.read_text("utf-8").replace("First.", "Last."), "utf-8")
    with pytest.raises(RefusedError, match="was changed after it was sealed"):
        place.record(note="Second.")

    place.record("A2", note="Second.")
    assert ["history-edited"] == place.verified()


def test_a_faulty_register_is_left_alone(place):
    """
    Nothing is recorded in, sealed in or erased from a register that is not read whole.
    """
    (place.folder / "plans/plan.yaml").write_text("plan: plan\nactions:\n  A1: {doo: x}\n")
    with pytest.raises(ProblemsError) as caught:
        place.record(note="a")
    assert not isinstance(caught.value, verbs.DraftError)
    with pytest.raises(ProblemsError):
        place.seal()

    assert {} == files(place.folder)


# hostile case 38: nothing is born done

BORN = "day: 2024-01-01\nby: head\nwithin: plan\nrecords:\n  A1: {to: verified}\n"


def test_a_record_that_claims_to_be_born_verified_is_refused(place):
    """
    Hostile case 38: by hand, by import or by replay, a stage is reached by its moves only.
    """
    add(place.folder, "2024-01-01-import.yaml", BORN)

    assert "agreed" == place.stage()
    assert ["not-permitted"] == place.grave()
    with pytest.raises(RefusedError, match="What is not permitted is not sealed") as caught:
        place.seal()
    assert "history/2024-01-01-import.yaml, plan/A1: No move leads" in caught.value.message
    assert BORN.encode() == files(place.folder)["2024-01-01-import.yaml"]


def test_a_stage_in_a_record_file_is_no_stage(place):
    """
    Hostile case 38: a record cannot say of itself where it stands.
    """
    plan = place.folder / "plans/plan.yaml"
    plan.write_text(
        plan.read_text("utf-8").replace(
            "{answers: D1, do: Count", "{stage: verified, answers: D1, do: Count"
        )
    )

    assert ["unknown-key"] == place.grave()


def test_what_follows_must_hold_too(place):
    """
    What is recorded of an earlier day may not take away what later moves rest on.
    """
    place.record("A1", to="done", day="2024-02-01")
    with pytest.raises(RefusedError, match="is of 2024-01-01, but the last entry"):
        place.record("A1", to="under way", day="2024-01-01")


# hostile case 39: two officers


@attrs.define
class Interrupted:
    """
    A store in which somebody else records just before we do, once.
    """

    store: FolderStore
    meanwhile: object

    def __getattr__(self, name):
        return getattr(self.store, name)

    def append(self, name, content, *, seen):
        """
        Let somebody else be first.
        """
        meanwhile, self.meanwhile = self.meanwhile, None
        if meanwhile is not None:
            meanwhile()
        return self.store.append(name, content, seen=seen)


def interrupted(place, **theirs):
    store = FolderStore(place.folder / "history")
    return Interrupted(store, lambda: place.record(**theirs))


BOTH_KEPT = [
    ("another record", {"record": "A2", "to": "done"}, {"to": "done"}),
    ("only a note", {"note": "Somebody called."}, {"to": "under way"}),
    ("moved on, permitted after all", {"to": "under way"}, {"to": "done"}),
]


@pytest.mark.parametrize(
    ("theirs", "mine"), [row[1:] for row in BOTH_KEPT], ids=[row[0] for row in BOTH_KEPT]
)
def test_two_officers_are_both_kept_where_both_may(place, theirs, mine):
    """
    Hostile case 39: what is permitted after what came first is recorded after it.
    """
    done = place.record(store=interrupted(place, **theirs), **mine)

    assert 2 == len(files(place.folder))
    assert 2 == len(done.register.history.occasions)
    assert [] == place.grave()
    assert [] == place.verified()


def test_a_conflict_shows_both(place):
    """
    Hostile case 39: what is not permitted any more is refused in one sentence that shows both.
    """
    theirs = {"to": "done", "by": "deputy", "occasion": "their round"}
    with pytest.raises(verbs.ConflictError) as caught:
        place.record(to="done", store=interrupted(place, **theirs))
    error = caught.value

    assert (
        "Meanwhile deputy recorded “plan/A1 to done” (2024-03-04-their-round); so your "
        "“plan/A1 to done” is not permitted any more. plan/A1: It is in the stage “done” already."
    ) == error.message
    assert ["2024-03-04-their-round"] == [one.name for one in error.theirs]
    assert ["done"] == [one.to for one in error.mine.entries.values()]
    assert 1 == len(files(place.folder))


def test_a_conflict_tells_only_of_what_it_is_about(place):
    """
    What others recorded of other records is no part of a conflict.
    """

    def meanwhile():
        place.record("A2", to="done")
        place.record("A1", to="done")

    store = Interrupted(FolderStore(place.folder / "history"), meanwhile)
    with pytest.raises(verbs.ConflictError) as caught:
        place.record(to="done", store=store)

    assert ["2024-03-04-plan-a1"] == [one.name for one in caught.value.theirs]


def test_a_proposal_knows_what_came_since(place):
    """
    Between showing what will be recorded and recording it, somebody else may come first.
    """
    opened = verbs.open_history(place.folder, offers=place.offers)
    proposal = verbs.propose(opened, draft(to="done"), today=ON)
    assert {} == files(place.folder)
    place.record(to="under way")
    done = proposal.record()
    assert ["agreed", "under way"] == [
        one.source
        for one in peerkit.judge(done.register, on=ON, offers=place.offers)
        .state(done.register.get("action", "plan/A1"))
        .moves
    ]

    with pytest.raises(verbs.ConflictError):
        proposal.record()


def test_a_file_taken_away_meanwhile_is_seen(place):
    """
    What was judged on a file that is gone is judged again without it.
    """
    gone = place.folder / place.record(to="under way").name
    store = Interrupted(FolderStore(place.folder / "history"), gone.unlink)
    place.record("A2", to="done", store=store)

    assert 1 == len(files(place.folder))
    assert [] == place.verified()


@pytest.mark.skipif(sys.platform == "win32", reason="one system is enough to see it")
def test_eight_officers_record_two_hundred_times(place, monkeypatch):
    """
    Hostile case 39: everything is kept, or refused in one plain sentence; and all is in order.
    """
    monkeypatch.setenv("PEERKIT_NO_AUTOLOAD", "1")
    officers, times = 8, 25
    command = [sys.executable, str(WRITER), str(place.folder)]
    running = [
        subprocess.Popen(
            [*command, str(number), str(times)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(officers)
    ]
    for one in running:
        assert "ready\n" == one.stdout.readline()
    for one in running:
        one.stdin.write("go\n")
        one.stdin.flush()
    told = [
        json.loads(line) for one in running for line in one.communicate(timeout=240)[0].splitlines()
    ]
    counts = collections.Counter(row[0] for row in told)

    assert officers * times == counts["kept"] + counts["refused"]
    refused = [row for row in told if row[0] == "refused"]
    assert {row[1] for row in refused} <= {"RefusedError", "ConflictError"}
    assert all("is in the stage" in row[2] or "No move leads" in row[2] for row in refused)
    kept = {row[1].removeprefix("history/"): row[2] for row in told if row[0] == "kept"}
    assert kept.keys() == files(place.folder).keys()
    assert all(note.encode() in files(place.folder)[name] for name, note in kept.items())
    assert [] == place.verified()
    assert [] == place.grave()


# hostile cases 40 and 51: shares, full disks, synced folders


@attrs.frozen
class Refusing:
    """
    The real system, but for *operations*.
    """

    operations: dict

    def __getattr__(self, name):
        return self.operations.get(name, getattr(REAL, name))

    def pause(self, _seconds):
        """
        Pass the time at once.
        """


def refusal(number):
    def refuse(*_):
        raise OSError(number, os.strerror(number))

    return refuse


@pytest.mark.parametrize("operation", ["create", "write", "rename_new", "sync_file"])
@pytest.mark.parametrize(
    "number", [errno.ENOSPC, errno.EROFS, errno.EACCES], ids=errno.errorcode.get
)
def test_what_cannot_be_written_leaves_all_as_it_was(place, operation, number):
    """
    Hostile case 40: a full disk or a read-only share is told, and nothing is half written.
    """
    place.record("A2", note="Before.")
    before = files(place.folder)
    store = FolderStore(place.folder / "history", Refusing({operation: refusal(number)}))
    with pytest.raises(WriteError):
        place.record(note="After.", store=store)

    assert before == files(place.folder)
    place.record(note="After.")
    assert 2 == len(files(place.folder))


def test_folders_that_refuse_to_sync_still_keep_what_is_recorded(place):
    """
    Hostile case 51: where a folder cannot be synced, other means are found.
    """
    store = FolderStore(place.folder / "history", Refusing({"sync_folder": refusal(errno.EINVAL)}))
    place.record(note="Kept.", store=store)

    assert [] == place.verified()


# sealing by hand


BY_HAND = """\
# Written on the train.
day: 2024-02-01
by: head
within: plan
records:
  A1: {to: under way, note: 'Begun, at last.'}   # really
  A2:
    note: Nothing yet.
"""


@pytest.mark.parametrize(
    "raw",
    [
        BY_HAND.encode(),
        BY_HAND.replace("\n", "\r\n").encode(),
        b"\xef\xbb\xbf" + BY_HAND.rstrip("\n").encode(),
        BY_HAND.encode("utf-16"),
    ],
    ids=["plain", "CRLF", "BOM, no last line break", "UTF-16"],
)
def test_sealing_touches_nothing_that_is_written(place, raw):
    """
    Seals stand behind what the officer wrote; a second time there is nothing to do.
    """
    path = place.folder / "history/2024-02-01-train.yaml"
    path.parent.mkdir()
    path.write_bytes(raw)

    assert ("history/2024-02-01-train.yaml",) == place.seal()
    assert path.read_bytes().startswith(raw)
    assert [] == place.verified()
    assert () == place.seal()


def test_what_cannot_be_sealed_seals_nothing(place):
    """
    Where one file cannot be added to, no other is either, and the file is named.
    """
    add(place.folder, "a.yaml", BY_HAND)
    whole = "{day: 2024-02-02, by: head, records: {plan/A3: {note: 'In brackets.'}}}\n"
    add(place.folder, "b.yaml", whole)
    before = files(place.folder)
    with pytest.raises(RefusedError, match=r"history/b\.yaml: Seals cannot be added"):
        place.seal()

    assert before == files(place.folder)


def test_a_file_in_a_folder_of_its_own_is_to_be_moved_up(place):
    """
    A file below history is where no store looks, so nothing is sealed until it is moved.
    """
    (place.folder / "history/2024").mkdir(parents=True)
    add(place.folder, "2024/a.yaml", BY_HAND)
    with pytest.raises(ProblemsError):
        place.seal()

    assert ["history-in-a-folder"] == place.grave()


def test_sealing_goes_on_where_others_seal_too(place):
    """
    Of two who seal at once, the second sees what the first has sealed.
    """
    add(place.folder, "a.yaml", BY_HAND)
    add(
        place.folder,
        "b.yaml",
        BY_HAND.replace("2024-02-01", "2024-02-02").replace("to: under way, ", ""),
    )

    others = [place.seal]

    class Second(FolderStore):
        __slots__ = ()

        def replace(self, name, content, *, was):
            while others:
                others.pop()()
            super().replace(name, content, was=was)

    verbs.seal_history(place.folder, offers=place.offers, store=Second(place.folder / "history"))

    assert [] == place.verified()


def test_what_was_sealed_before_the_disk_was_full_is_told(place):
    """
    Files are sealed one after the other; the message says which were.
    """
    add(place.folder, "a.yaml", BY_HAND)
    add(place.folder, "b.yaml", "day: 2024-02-03\nby: head\nrecords:\n  plan/A3: {note: a}\n")

    class Full(FolderStore):
        __slots__ = ()

        def replace(self, name, content, *, was):
            if name == "b.yaml":
                raise WriteError("There is no room on the disk.")
            super().replace(name, content, was=was)

    with pytest.raises(WriteError, match=r"on the disk\. Before that, history/a\.yaml was"):
        verbs.seal_history(place.folder, offers=place.offers, store=Full(place.folder / "history"))
    assert ["history-unsealed"] == place.verified()


# erasing

ILLNESS = "Ms Quill was ill for weeks"
WITH_ILLNESS = f"""\
day: 2024-02-01   # a Thursday
by: head
source: Said by Ms Quill.
within: plan
records:
  A1:
    to: under way
    # about the delay
    note: '{ILLNESS}.'   # poor woman
    evidence: ['a list']
  A2: {{note: '{ILLNESS}, too.', impact: None yet.}}
  A3:
    reason: |
      {ILLNESS}
      and long.

    note: Nothing.
"""
ERASED = [
    ("one line", "A1", ("note",), {"note", "poor woman"}),
    ("in brackets", "A2", ("note",), {", too."}),
    ("a block", "A3", ("reason",), {"and long"}),
    ("two", "A1", ("evidence", "note"), {"a list", "poor woman"}),
    ("source", "A1", ("source",), {"Said by"}),
]


@pytest.mark.parametrize(
    ("record", "fields", "gone"), [row[1:] for row in ERASED], ids=[row[0] for row in ERASED]
)
@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.encode(),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.encode("utf-16"),
    ],
    ids=["plain", "CRLF", "UTF-16"],
)
def test_a_text_is_erased_and_every_seal_holds(place, record, fields, gone, encode):
    """
    What is erased is gone from the file; all other lines stay, and so does the chain.
    """
    path = place.folder / "history/2024-02-01-a.yaml"
    path.parent.mkdir()
    path.write_bytes(encode(WITH_ILLNESS))
    place.seal()
    place.record(note="Later.")
    codec = "utf-16" if encode("a") == "a".encode("utf-16") else "utf-8"
    before = path.read_bytes().decode(codec)
    kept = heads(peerkit.load(place.folder, offers=place.offers).history)
    done = verbs.erase(
        place.folder, "2024-02-01-a", ("action", f"plan/{record}"), *fields, offers=place.offers
    )
    after = path.read_bytes().decode(codec)

    assert not done.is_rewritten
    assert not any(word in after for word in gone - {"note"})
    lines = after.splitlines()
    missing = [line for line in before.splitlines() if line not in lines]
    texts = 3 if "source" in fields else len(fields)
    assert len(missing) <= 3 * texts + 2
    assert [] == place.verified()
    assert kept == heads(peerkit.load(place.folder, offers=place.offers).history)
    assert after.count("\r\n") in (0, after.count("\n"))
    place.record("A3", note="Goes on.")
    assert [] == place.verified()


def test_words_that_still_stand_elsewhere_are_told(place):
    """
    Whoever erases is told if the same words stand in the file a second time.
    """
    text = WITH_ILLNESS.replace("Nothing.", f"{ILLNESS}.")
    add(place.folder, "a.yaml", text)
    place.seal()

    assert verbs.erase(
        place.folder, "a", ("action", "plan/A1"), "note", offers=place.offers
    ).remains


def test_a_file_in_brackets_is_written_anew(place):
    """
    Where no lines can be cut out, the whole file is laid out again; the text goes all the same.
    """
    one = f"{{note: '{ILLNESS}.', to: done}}"
    text = f"# ill\nday: 2024-02-01\nby: head\nrecords: {{plan/A1: {one}}}\n"
    path = add(place.folder, "a.yaml", text)
    place.seal()
    done = verbs.erase(place.folder, "a", ("action", "plan/A1"), "note", offers=place.offers)

    assert done.is_rewritten
    assert [] == place.verified()
    assert "ill" not in path.read_text("utf-8")
    assert "done" == place.stage()


def test_erased_evidence_still_counts(place):
    """
    That there was evidence is not forgotten with what it was.
    """
    place.record(to="done", evidence=[ILLNESS])
    verbs.erase(
        place.folder, "2024-03-04-plan-a1", ("action", "plan/A1"), "evidence", offers=place.offers
    )
    place.record(to="verified", by="deputy")

    assert "verified" == place.stage()


@pytest.mark.parametrize(
    ("given", "error", "said"),
    [
        (("b", "plan/A1", "note"), UnknownNameError, "There is no occasion “b”"),
        (("a", "plan/A1", "impact"), RefusedError, "has no “impact”"),
        (("a", "plan/A1", "to"), RefusedError, "has no “to”"),
        (("a", "plan/D1", "note"), RefusedError, "no sealed entry"),
    ],
)
def test_what_cannot_be_erased_is_told(place, given, error, said):
    """
    Only a free text of a sealed entry can be erased, and only one that is there.
    """
    add(place.folder, "a.yaml", WITH_ILLNESS)
    place.seal()
    before = files(place.folder)
    occasion, record, field = given
    with pytest.raises(error, match=said):
        verbs.erase(place.folder, occasion, ("action", record), field, offers=place.offers)

    assert before == files(place.folder)


def test_a_seal_that_does_not_hold_hides_nothing(place):
    """
    In a file that was changed nothing is erased: the change would be sealed with it.
    """
    path = add(place.folder, "a.yaml", WITH_ILLNESS)
    place.seal()
    path.write_text(path.read_text("utf-8").replace("Nothing.", "Something."), "utf-8")
    with pytest.raises(RefusedError, match="Its seal does not hold"):
        verbs.erase(place.folder, "a", ("action", "plan/A1"), "note", offers=place.offers)


# verifying against papers


def manifest(folder, *papers):
    """
    Write papers in Markdown, each with the heads it was made with, and their manifest.
    """
    folder.mkdir(exist_ok=True)
    entries = []
    for name, kept in papers:
        digest = heads_digest(kept)
        content = f"# A paper\n\nText.\n\n<!-- history sha256:{digest} -->\n".encode()
        (folder / name).write_bytes(content)
        entries.append(
            {
                "file": name,
                "format": "md",
                "sha256": hashlib.sha256(content).hexdigest(),
                "history": {
                    "heads": sorted([*who, *head] for who, head in kept.items()),
                    "digest": digest,
                },
            }
        )
    whole = {"peerkit": "manifest/1", "register": "northmere", "papers": entries}
    (folder / "manifest.json").write_text(json.dumps(whole, indent=2), "utf-8")
    return folder


@pytest.fixture(name="papers")
def _papers(place, tmp_path):
    """
    Two papers, of which the second was made when more was recorded.
    """
    place.record(to="under way", note="Begun.")
    first = heads(peerkit.load(place.folder, offers=place.offers).history)
    place.record(to="done", note="Done.")
    place.record("A2", note="Begun, too.")
    second = heads(peerkit.load(place.folder, offers=place.offers).history)
    return manifest(tmp_path / "papers", ("first.md", first), ("second.md", second))


def test_papers_hold_against_what_came_later(place, papers):
    """
    What is recorded after a paper was made does not make it untrue.
    """
    place.record("A3", note="Later.")

    for name in ("first.md", "second.md", "manifest.json"):
        assert [] == place.verified(papers / name)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("first.md", []), ("second.md", ["history-cut"] * 2), ("manifest.json", ["history-cut"] * 2)],
)
def test_what_was_cut_off_is_seen_by_papers_that_knew_it(place, papers, name, expected):
    """
    Hostile case 41: the last entries can go without a trace, but not from a paper.
    """
    for path in (place.folder / "history").iterdir():
        if b"Done." in path.read_bytes() or b"too." in path.read_bytes():
            path.unlink()

    assert [] == place.verified()
    assert expected == place.verified(papers / name)


def test_a_history_written_anew_is_seen_by_a_paper(place, papers):
    """
    Hostile case 41: fresh seals do not agree with the head that a paper was made with.
    """
    for path in (place.folder / "history").iterdir():
        text = path.read_text("utf-8").partition("sealed:")[0]
        path.write_text(text.replace("Begun.", "Long begun."), "utf-8")
    place.seal()

    assert [] == place.verified()
    assert {"history-rewritten"} == {*place.verified(papers / "first.md")}


CHANGED = [
    ("the paper", "first.md", b"sha256:", b"sha256:0", "history-paper-changed"),
    ("a head in the list", "manifest.json", b"      1,", b"      2,", "history-paper-changed"),
    ("no list any more", "manifest.json", b'"papers": [', b'"papers": {', "history-manifest"),
    ("no JSON any more", "manifest.json", b'"peerkit"', b"peerkit", "history-manifest"),
    ("a key twice", "manifest.json", b'"register"', b'"papers": 1, "register"', "history-manifest"),
    ("no heads any more", "manifest.json", b'"heads": [', b'"heads": [1,', "history-manifest"),
]


@pytest.mark.parametrize(
    ("change", "code"), [(row[1:4], row[4]) for row in CHANGED], ids=[row[0] for row in CHANGED]
)
def test_a_paper_or_list_that_was_changed_proves_nothing(place, papers, change, code):
    """
    What a paper was made with is believed only if paper and list agree; else the place is told.
    """
    name, old, new = change
    path = papers / name
    path.write_bytes(path.read_bytes().replace(old, new))
    found = verbs.verify_history(
        place.folder, against=papers / "first.md", offers=place.offers
    ).problems

    assert [code] == [one.code for one in found]
    assert found[0].place.file.endswith((name, "first.md"))
    assert found[0].place.line >= 1


def test_heads_exchanged_with_their_digest_do_not_fit_the_paper(place, papers):
    """
    Who rewrites the list, digests and all, cannot rewrite what the paper says.
    """
    first, second = json.loads((papers / "manifest.json").read_text("utf-8"))["papers"]
    text = (papers / "manifest.json").read_text("utf-8")
    whole = json.loads(text)
    whole["papers"][0] = {**first, "history": second["history"]}
    (papers / "manifest.json").write_text(json.dumps(whole), "utf-8")

    assert ["history-paper-changed"] == place.verified(papers / "first.md")


@pytest.mark.parametrize(
    ("name", "said"),
    [("third.md", "third.md is not there"), ("other.md", "No manifest beside other.md lists it")],
)
def test_a_paper_nobody_knows_is_told(place, papers, name, said):
    """
    A file that is no paper of a manifest cannot be compared with.
    """
    (papers / "other.md").write_text("Other.")
    with pytest.raises(UnknownNameError, match=said):
        place.verified(papers / name)


def test_a_paper_made_before_anything_was_recorded_proves_nothing_and_does_no_harm(place, tmp_path):
    """
    Without history there are no heads, and nothing to compare.
    """
    folder = manifest(tmp_path / "papers", ("first.md", {}))
    (folder / "first.md").write_text("# A paper\n", "utf-8")
    raw = (folder / "first.md").read_bytes()
    entry = {"file": "first.md", "format": "md", "sha256": hashlib.sha256(raw).hexdigest()}
    whole = {"peerkit": "manifest/1", "register": "northmere", "papers": [entry]}
    (folder / "manifest.json").write_text(json.dumps(whole), "utf-8")

    assert [] == place.verified(folder / "first.md")
    assert [] == place.verified(folder / "manifest.json")


# hostile case 42: forks


def forked(place, tmp_path):
    """
    Let two officers record of the same entry on two computers, and bring the files together.
    """
    place.record(to="under way", occasion="round")
    other = Place(tmp_path / "laptop", place.offers)
    shutil.copytree(place.folder, other.folder)
    mine = place.record(to="done", note="Mine.", occasion="last round")
    theirs = other.record(to="done", note="Anne's.", occasion="last round")
    name = theirs.name.replace(".yaml", " (Anne's laptop).yaml")
    (place.folder / name).write_bytes((other.folder / theirs.name).read_bytes())
    return Path(mine.name).stem, Path(name).stem


def test_a_fork_is_shown_and_settled_by_a_later_occasion(place, tmp_path):
    """
    Hostile case 42: both are shown; an occasion that names both settles it; no file goes.
    """
    names = forked(place, tmp_path)
    assert ["history-fork", "history-fork"] == [
        one for one in place.grave() if one.startswith("history")
    ]
    with pytest.raises(RefusedError, match="stand side by side") as caught:
        place.record(note="On.")
    assert "--settles" in caught.value.mend
    with pytest.raises(RefusedError, match="stand side by side"):
        place.record(note="On.", settles=names[:1])
    before = files(place.folder)
    place.record(note="On.", settles=names, corrects=names[1:])

    assert [] == place.grave()
    assert [] == place.verified()
    assert before.items() <= files(place.folder).items()
    assert "done" == place.stage()
