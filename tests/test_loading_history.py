import datetime as dt
import itertools
import json
import subprocess
import sys
import unicodedata

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerkit.config import Configuration, DeclaredField
from peerkit.errors import Address, Severity
from peerkit.files.yaml import parse
from peerkit.history import Entry, History, heads
from peerkit.history.sealing import seal
from peerkit.history.verifying import verify
from peerkit.history.writing import with_seals
from peerkit.loading.history import FOLDER, HistoryReader
from peerkit.model import CORE_KINDS, RecordKind, parse_day

KINDS = {
    **{kind.name: kind for kind in CORE_KINDS},
    "body": RecordKind(name="body", plural="bodies", record=CORE_KINDS[0].record, doc="A body."),
}
RECORDS = {
    "review": ["Libraries", "Libraries/deep"],
    "theme": ["Libraries/D1", "Libraries/T1"],
    "finding": ["Libraries/D1", "Libraries/S1", "Libraries/deep/X1"],
    "plan": ["plan", "both"],
    "action": ["plan/A1", "plan/A2", "plan/A10"],
    "party": ["head", "both"],
    "body": ["board"],
}
FIELDS = {"action": {"risk": DeclaredField(type="one of", doc="d", choices=("low", "high"))}}
A1, A2 = ("action", "plan/A1"), ("action", "plan/A2")
MAY = dt.date(2022, 5, 9)
ROUND = """\
day: 2022-05-09
by: head
occasion: progress round, May 2022
within: plan            # ids below are of this plan
records:
  A1: {to: under way, note: First training day held.}
  A2: {asks_due: December 2022, reason: Waiting for the county council.}
  finding Libraries/D1: {to: responded}
"""
HEAD = "day: 2022-05-09\nby: head\n"


def reader(may_be_unread=lambda _: False, configuration=None):
    return HistoryReader(
        KINDS, configuration or Configuration(fields=FIELDS), RECORDS, may_be_unread
    )


def read(**texts):
    found = reader()
    for name, text in texts.items():
        found.add(parse(text, f"history/{name}.yaml"))
    return found, found.finish()


def occasion(text):
    found, known = read(a=text)
    assert [] == found.problems
    return known.occasions[0]


def marked(text):
    """
    Return *text* without its ‹, and where they stood.
    """
    places = []
    for number, line in enumerate(text.split("\n"), start=1):
        *before, _ = line.split("‹")
        places += [(number, column + 1) for column in itertools.accumulate(map(len, before))]
    return text.replace("‹", ""), places


# what is read


def test_an_occasion_is_read_as_it_is_written():
    """
    A file says the day, who says so, and what happened to each record.
    """
    found, known = read(**{"2022-05-09-progress-round": ROUND})
    (told,) = known.occasions

    assert [] == found.problems
    assert found.is_whole
    assert ("2022-05-09-progress-round", MAY, "head", "progress round, May 2022") == (
        told.name,
        told.day,
        told.by,
        told.title,
    )
    assert [A1, A2, ("finding", "Libraries/D1")] == [*told.entries]
    assert "First training day held." == told.entries[A1].note
    assert parse_day("December 2022") == told.entries[A2].asks_due


IDS = [
    ("plan/A1", "", A1),
    ("PLAN/a1", "", A1),
    ("A1", "within: plan\n", A1),
    ("a1", "within: Plan\n", A1),
    ("plan/A1", "within: Libraries\n", A1),
    ("action plan/A1", "", A1),
    ("Action A1", "within: plan plan\n", A1),
    ("X1", "within: Libraries/deep\n", ("finding", "Libraries/deep/X1")),
    ("S1", "within: Libraries/deep\n", ("finding", "Libraries/S1")),
    ("deep/X1", "within: Libraries\n", ("finding", "Libraries/deep/X1")),
    ("finding D1", "within: Libraries\n", ("finding", "Libraries/D1")),
    ("theme D1", "within: Libraries\n", ("theme", "Libraries/D1")),
    ("plan", "", ("plan", "plan")),
    ("plan both", "within: both\n", ("plan", "both")),
]


@pytest.mark.parametrize(("written", "within", "expected"), IDS)
def test_an_id_is_as_short_as_is_clear(written, within, expected):
    """
    The kind stands in front where the id alone could be that of several records.
    """
    told = occasion(f"{HEAD}{within}records:\n  {written}: {{to: done}}\n")

    assert [expected] == [*told.entries]


def test_links_are_whole_ids():
    """
    Whoever says so, and whoever is asked, are known by the ids of their records.
    """
    told = occasion(
        "day: 9 May 2022\nby: Head\nrecords: {plan/A1: {asks_due: July 2022, of: BOARD}}\n"
    )

    assert ("head", "board") == (told.by, told.entries[A1].of)


def test_fields_of_the_council_s_own_are_read():
    """
    What the configuration declares for a kind can be told of its records.
    """
    told = occasion(f"{HEAD}records: {{plan/A1: {{more: {{risk: High}}}}}}\n")

    assert {"risk": "high"} == told.entries[A1].more


def test_every_field_can_be_written():
    """
    No field of an entry is for programs only.
    """
    told = occasion(
        f"{HEAD}source: minutes\nillustrative: yes\ncorrects: [b]\nsettles: [c]\n"
        "records:\n  plan/A1:\n    to: done\n    note: n\n    reason: r\n    evidence: e\n"
        "    impact: i\n    due: 2022-07-01\n    asks_due: July 2022\n    asks_removal: no\n"
        "    of: board\n    grants: due\n    refuses: removal\n    ratings: {progress: Red}\n"
        "    erased: [impact]\n    more: {risk: low}\n"
    )
    entry = told.entries[A1]
    blank = Entry()

    assert [] == [
        one.name
        for one in attrs.fields(Entry)
        if getattr(entry, one.name) == getattr(blank, one.name)
    ]
    assert (("b",), ("c",), True) == (told.corrects, told.settles, told.illustrative)


# what is not

BAD = [
    pytest.param("‹", ["history-no-occasion"], "nothing that could be read", id="an empty file"),
    pytest.param("‹# later\n", ["history-no-occasion"], "nothing", id="only a comment"),
    pytest.param(
        "‹day: 2022-05-09\nby: head\n",
        ["history-no-occasion"],
        "which records",
        id="without records",
    ),
    pytest.param(
        HEAD + "‹records:\n", ["history-no-occasion"], "each behind its id", id="records of nothing"
    ),
    pytest.param(
        HEAD + "‹records: [plan/A1]\n", ["history-no-occasion"], "each behind", id="a list"
    ),
    pytest.param(
        "‹review: libraries\n‹title: Libraries\n",
        ["unknown-key", "unknown-key", "missing-field", "missing-field", "history-no-occasion"],
        "not a field of an occasion file",
        id="another file",
    ),
    pytest.param(
        "‹by: head\nrecords: {plan/A1: {to: done}}\n", ["missing-field"], "“day”", id="no day"
    ),
    pytest.param(
        "day: ‹May 2022\nby: head\nrecords: {plan/A1: {to: done}}\n",
        ["not-a-day"],
        "not one single day",
        id="a month",
    ),
    pytest.param(
        "day: ‹09/05/2022\nby: head\nrecords: {plan/A1: {to: done}}\n",
        ["not-a-day"],
        "two ways",
        id="a day",
    ),
    pytest.param(
        HEAD + "‹ocasion: x\nrecords: {plan/A1: {to: done}}\n",
        ["unknown-key"],
        "Did you mean “occasion”?",
        id="a misspelt key",
    ),
    pytest.param(
        HEAD + "‹entries: x\n‹name: y\nrecords: {plan/A1: {to: done}}\n",
        ["unknown-key", "unknown-key"],
        "“entries”",
        id="words of the program",
    ),
    pytest.param(
        HEAD + "records:\n  plan/A1: {‹too: done}\n",
        ["unknown-key"],
        "Did you mean “to”?",
        id="a misspelt field",
    ),
    pytest.param(
        HEAD + "records:\n  plan/A1: ‹under way\n",
        ["wrong-shape"],
        "“note: under way”",
        id="a bare text",
    ),
    pytest.param(
        HEAD + "records:\n  ‹plan/A1:\n  ‹plan/A2: {note: ~}\n  ‹plan/A10: {}\n",
        ["history-nothing-said"] * 3,
        "Nothing is said of plan/A2",
        id="nothing said",
    ),
    pytest.param(
        HEAD + "within: plan\nrecords:\n  ‹A11: {to: done}\n",
        ["history-unknown-record"],
        "Did you mean",
        id="an unknown id",
    ),
    pytest.param(
        HEAD + "within: ‹plans\nrecords:\n  A1: {to: done}\n  A9: {to: done}\n",
        ["history-unknown-record"],
        "Did you mean “plan”?",
        id="within nothing, told once",
    ),
    pytest.param(
        HEAD + "records:\n  ‹council plan/A1: {to: done}\n",
        ["history-unknown-record"],
        "“council plan/A1”",
        id="an unknown kind",
    ),
    pytest.param(
        HEAD + "within: Libraries\nrecords:\n  ‹D1: {to: done}\n",
        ["history-unclear-record"],
        "“theme Libraries/D1” or “finding Libraries/D1”",
        id="one of two kinds",
    ),
    pytest.param(
        HEAD + "within: plan\nrecords:\n  A1: {to: done}\n  ‹plan/a1: {to: done}\n",
        ["history-same-record"],
        "“plan/a1” and “A1” are the same",
        id="one record twice",
    ),
    pytest.param(
        "day: 2022-05-09\nby: ‹nobody\nrecords: {plan/A1: {of: ‹plan, note: x}}\n",
        ["dangling-link", "wrong-link"],
        "There is no party or body “nobody”",
        id="links to nothing",
    ),
    pytest.param(
        HEAD + "records: {plan/A1: {more: {risk: ‹medium, ‹colour: red}}}\n",
        ["not-a-choice", "unknown-key"],
        "is not declared",
        id="fields of no council",
    ),
    pytest.param(
        HEAD + "records: {plan/A1: {to: Done, ‹and dusted, note: x}}\n",
        ["prose-in-brackets"],
        "and dusted",
        id="cut at a comma",
    ),
    pytest.param(
        HEAD + "corrects: ‹b\nrecords: {plan/A1: {due: ‹soon, grants: ‹all}}\n",
        ["wrong-shape", "not-a-day", "not-a-choice"],
        "A list is needed",
        id="every fault at once",
    ),
    pytest.param(
        HEAD + "records: {plan/A1: {to: done}}\nsealed: ‹yes\n",
        ["wrong-shape"],
        "Seals are needed",
        id="no seals",
    ),
    pytest.param(
        HEAD + "records: {plan/A1: {to: done}}\n"
        "sealed:\n  ‹plan/A1: x\n  plan/A2: {‹seal: x, digest: d}\n  plan/A10: ‹{record: r}\n",
        ["wrong-shape", "unknown-key", "missing-field"],
        "“digest” is missing",
        id="broken seals",
    ),
]


@pytest.mark.parametrize(("text", "expected", "said"), BAD)
def test_what_is_wrong_is_told_where_it_stands(text, expected, said):
    """
    Every fault of a file is found at once, in plain words, at its line and column.
    """
    text, places = marked(text)
    found, known = read(a=text)
    problems = sorted(found.problems, key=lambda one: one.order)
    messages = " ".join(f"{one.message} {one.advice}" for one in problems)

    assert sorted(expected) == sorted(one.code for one in problems), messages
    assert places == sorted({(one.place.line, one.place.column) for one in problems}), messages
    assert said in messages
    assert all(one.message.endswith(".") and one.advice for one in problems)
    assert () == known.occasions or found.is_whole


def test_an_occasion_is_taken_in_whole_or_not_at_all():
    """
    Where one entry cannot be read, the others of its occasion do not count either.
    """
    bad = f"{HEAD}records:\n  plan/A1: {{to: done}}\n  plan/A2: {{too: done}}\n"
    found, known = read(good=ROUND, bad=bad)

    assert ["good"] == [one.name for one in known.occasions]
    assert not found.is_whole


def test_a_link_that_leads_nowhere_keeps_nothing_out():
    """
    It forbids publishing; what happened is known all the same.
    """
    found, known = read(a="day: 2022-05-09\nby: nobody\nrecords: {plan/A1: {to: done}}\n")

    assert [Severity.ERROR] == [one.severity for one in found.problems]
    assert "nobody" == known.occasions[0].by


def test_an_occasion_of_a_record_that_could_not_be_read_is_no_second_problem():
    """
    A typing error in a plan is told once, and not again for all that happened to it.
    """
    found = reader(may_be_unread=lambda written: written.endswith("A7"))
    found.add(parse(f"{HEAD}records: {{plan/A7: {{to: done}}}}\n", "history/a.yaml"))

    assert () == found.finish().occasions
    assert [] == found.problems
    assert not found.is_whole


WORDS = st.sampled_from(
    [
        "day",
        "by",
        "within",
        "records",
        "sealed",
        "plan",
        "A1",
        "plan/A1",
        "finding D1",
        "more",
        "to",
        "note",
        "evidence",
        "after",
        "digest",
        "texts",
        "corrects",
        "2022-05-09",
        "",
        "yes",
        "é",
    ]
)
VALUES = st.recursive(
    st.none() | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(WORDS, VALUES, max_size=6))
def test_nothing_a_file_can_hold_makes_it_raise(values):
    """
    Whatever stands where, it is an occasion or a problem with its place.
    """
    values = {"day": "2022-05-09", **values}
    found, known = read(a=json.dumps(values, ensure_ascii=False))

    assert found.problems or known.occasions
    assert all(problem.place for problem in found.problems)
    assert isinstance(verify(known), tuple)


# the folder


@pytest.fixture(name="folder")
def _folder(tmp_path):
    """
    A register with an empty folder `history`.
    """
    (tmp_path / FOLDER).mkdir()
    return tmp_path


def test_a_register_without_history_has_none(tmp_path):
    """
    Nobody needs to make the folder before anything has happened.
    """
    assert () == reader().read(tmp_path).occasions


def test_files_of_other_programs_are_no_occasions(folder):
    """
    Locks, what editors leave, and what is on its way are passed over.
    """
    names = [".lock", ".a.yaml.swp", ".peerkit-0-1-a-2.tmp", "a.yaml~", "a.yaml.bak", "notes.txt"]
    for name in names:
        (folder / FOLDER / name).write_bytes(b"\x00: [")
    (folder / FOLDER / "a.yaml").write_text(ROUND)
    (folder / FOLDER / "b.YML").write_text(ROUND)
    found = reader()

    assert ["a", "b"] == [one.name for one in found.read(folder).occasions]
    assert [] == found.problems


def test_one_occasion_has_one_file(folder):
    """
    Two files of one name could not be told apart by what corrects one of them.
    """
    (folder / FOLDER / "a.yaml").write_text(ROUND)
    (folder / FOLDER / "a.yml").write_text(ROUND)
    found = reader()
    known = found.read(folder)

    assert ["history-same-record"] == [one.code for one in found.problems]
    assert "history/a.yml:1:1" == str(found.problems[0].place)
    assert 1 == len(known.occasions)


def test_problems_name_the_file_from_the_register(folder):
    """
    What is wrong with a file itself is told with the name it has in the register.
    """
    (folder / FOLDER / "a.yaml").write_bytes(b"by: \xe9\n")
    (folder / FOLDER / "CON.yaml").write_text(ROUND)
    found = reader()
    found.read(folder)

    assert {"history/CON.yaml", "history/a.yaml"} == {one.place.file for one in found.problems}


def test_the_name_of_a_file_is_composed(folder):
    """
    A Mac takes letters apart in file names; what names the occasion finds it all the same.
    """
    name = unicodedata.normalize("NFD", "Größe")
    (folder / FOLDER / f"{name}.yaml").write_text(ROUND)

    assert ["Größe"] == [one.name for one in reader().read(folder).occasions]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_history_is_not_read_from_elsewhere(tmp_path):
    """
    A link that leads out of the register is not followed.
    """
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a.yaml").write_text(ROUND)
    (tmp_path / "register").mkdir()
    (tmp_path / "register" / FOLDER).symlink_to(tmp_path / "elsewhere")
    found = reader()

    assert () == found.read(tmp_path / "register").occasions
    assert ["file-outside"] == [one.code for one in found.problems]


def test_a_copy_a_sync_tool_left_is_shown(folder):
    """
    It is read like any other file, and what differs in it is a conflict that names both.
    """
    base, name = ROUND.encode(), "2022-05-09-progress-round"
    copy = base.replace(b"First training day", b"No training day")
    for path, raw in ((name, base), (f"{name} (Anne's laptop)", copy)):
        found, known = read(**{path: raw.decode()})
        made = seal(known, record_digest=str, salt=lambda: "salt")
        sealed = with_seals(raw, made[path], found.names_in(path))
        (folder / FOLDER / f"{path}.yaml").write_bytes(sealed)
    found = reader()
    problems = verify(found.read(folder))
    places = [found.locate(one.address) for one in problems if one.code == "history-fork"]

    assert ["history-fork", "history-fork", "history-twice"] == [one.code for one in problems]
    assert [
        f"history/{name}.yaml:6:3",
        f"history/{name} (Anne's laptop).yaml:6:3",
    ] == [str(place) for place, _ in places]
    assert "No training day" in places[1][1]


# places


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("", "1:1"),
        ("day", "1:1"),
        ("records", "5:1"),
        ("records/A1", "6:3"),
        ("records/action plan/A1", "6:3"),
        ("records/A1/to", "6:12"),
        ("records/action plan/A1/note", "6:29"),
        ("records/finding Libraries/D1/to", "8:30"),
        ("records/A9/to", "6:3"),
        ("source", "1:1"),
    ],
)
def test_an_address_becomes_a_place(field, expected):
    """
    What is found wrong later is told at the line and column of the file.
    """
    found, _ = read(a=ROUND)
    place, excerpt = found.locate(Address("occasion", "a", field))

    assert f"history/a.yaml:{expected}" == str(place)
    assert ROUND.split("\n")[place.line - 1] == excerpt


def test_other_addresses_are_nowhere():
    """
    Neither records nor occasions that are not there have a place in history.
    """
    found, _ = read(a=ROUND)

    assert found.locate(Address("occasion", "b")) is None
    assert found.locate(Address("action", "a")) is None


def test_seals_have_places_too():
    """
    A seal whose entry was taken out is shown where it stands.
    """
    found, known = read(
        a=f"{HEAD}records:\n  plan/A1: {{to: done}}\nsealed:\n  plan/A2: {{digest: d}}\n"
    )
    (removed, *_) = verify(known)

    assert "history/a.yaml:6:3" == str(found.locate(removed.address)[0])


def test_files_know_what_they_call_records():
    """
    Seals are put beside entries under the very names their officer wrote.
    """
    found, _ = read(a=ROUND)

    assert {A1: "A1", A2: "A2", ("finding", "Libraries/D1"): "finding Libraries/D1"} == dict(
        found.names_in("a")
    )
    assert "history/a.yaml" == found.file_of("a")


@pytest.mark.parametrize(
    ("subjects", "expected"),
    [
        ([A1, A2], ("plan", ["A1", "A2"])),
        ([A1, ("party", "head")], ("", ["plan/A1", "head"])),
        (
            [("finding", "Libraries/S1"), ("finding", "Libraries/D1")],
            ("Libraries", ["S1", "finding D1"]),
        ),
        ([("plan", "both"), ("party", "both")], ("", ["plan both", "party both"])),
        ([], ("", [])),
    ],
)
def test_new_files_call_records_by_the_shortest_clear_name(subjects, expected):
    """
    What is written for an officer is what the officer would have written.
    """
    within, names = reader().names(subjects)

    assert expected == (within, [*names.values()])


# tampering with files


def test_no_letter_of_a_sealed_file_can_be_changed_unseen():
    """
    One letter or digit flipped anywhere but in a comment is found, wherever it stands.
    """
    text = ROUND.replace("            # ids below are of this plan", "")
    found, known = read(a=text)
    kept = seal(known, record_digest=str, salt=lambda: "5" * 32)
    text = with_seals(text.encode(), kept["a"], found.names_in("a")).decode()
    found, known = read(a=text)
    against = heads(known)
    turned = {"z": "a", "Z": "A", "9": "0"}
    missed = []
    for index, sign in enumerate(text):
        if not sign.isalnum():
            continue
        other = turned.get(sign, chr(ord(sign) + 1))
        found, known = read(a=text[:index] + other + text[index + 1 :])
        if not (found.problems or verify(known, against=against)):
            missed.append((index, text[index - 10 : index + 10]))

    assert [] == missed
    assert 500 < len(text)


def test_what_is_not_history_costs_nothing():
    """
    Reading history loads neither OpenSSL nor what only seals need.
    """
    code = (
        "import sys\n"
        "from peerkit.config import Configuration\n"
        "from peerkit.files.yaml import parse\n"
        "from peerkit.loading.history import HistoryReader\n"
        "from peerkit.model import CORE_KINDS\n"
        "kinds = {kind.name: kind for kind in CORE_KINDS}\n"
        "reader = HistoryReader(kinds, Configuration(), {'action': ['plan/A1'], 'party': ['head']})\n"
        "text = 'day: 2022-05-09\\nby: head\\nrecords: {plan/A1: {to: done}}\\n'\n"
        "reader.add(parse(text, 'history/a.yaml'))\n"
        "assert reader.finish().occasions\n"
        "late = ('hashlib', 'json', 'cattrs', 'peerkit.history.verifying', 'peerkit.history.writing')\n"
        "print([name for name in late if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert "[]" == done.stdout.strip()


def test_an_empty_history_is_fine():
    """
    There is nothing to say against what has not happened.
    """
    assert () == verify(History())
