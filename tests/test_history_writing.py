import datetime as dt
import itertools

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from peerkit.config import Configuration, DeclaredField
from peerkit.errors import RefusedError
from peerkit.files import yaml
from peerkit.files.text import clean, decode
from peerkit.files.tree import Mapping
from peerkit.files.yaml import parse
from peerkit.history import Entry, History, Occasion, Seal, heads, ordered
from peerkit.history.scalars import key, scalar
from peerkit.history.sealing import seal, sealed
from peerkit.history.verifying import verify
from peerkit.history.writing import occasion_name, occasion_text, sealed_block, with_seals
from peerkit.loading.history import HistoryReader
from peerkit.model import CORE_KINDS, parse_day

KINDS = {kind.name: kind for kind in CORE_KINDS}
RECORDS = {
    "plan": ["plan"],
    "action": ["plan/A1", "plan/A2"],
    "review": ["review"],
    "finding": ["review/D1"],
    "party": ["head", "board"],
}
FIELDS = {
    "action": {
        "risk": DeclaredField(type="text", doc="d"),
        "story": DeclaredField(type="Markdown", doc="d"),
        "seen": DeclaredField(type="day", doc="d"),
        "open": DeclaredField(type="yes or no", doc="d"),
        "cost": DeclaredField(type="whole number", doc="d"),
    }
}
A1, A2, D1 = ("action", "plan/A1"), ("action", "plan/A2"), ("finding", "review/D1")
MAY = dt.date(2022, 5, 9)


def reader():
    return HistoryReader(KINDS, Configuration(fields=FIELDS), RECORDS)


def read(text, name="round"):
    found = reader()
    raw = text if isinstance(text, bytes) else text.encode()
    found.add(parse(decode(raw, "a")[0], f"history/{name}.yaml", is_fit=True))
    assert [] == found.problems, text
    (occasion,) = found.finish().occasions
    return occasion


def plain(value):
    """
    Return everything *value* holds, to be compared.
    """
    if attrs.has(type(value)):
        return {one.name: plain(getattr(value, one.name)) for one in attrs.fields(type(value))}
    return {k: plain(v) for k, v in value.items()} if isinstance(value, dict) else value


SALTS = itertools.count()


def salt():
    return f"{next(SALTS):032x}"


# text

TEXTS = [
    ("Plain words", "Plain words"),
    ("2022-05-09", "2022-05-09"),
    ("It is 10:30; all came (31 of 40).", "It is 10:30; all came (31 of 40)."),
    ("Größe: klein", "'Größe: klein'"),
    ("Größe", "Größe"),
    ("ends in a colon:", "'ends in a colon:'"),
    ("Answer #3", "'Answer #3'"),
    ("- a dash", "'- a dash'"),
    ("* a star", "'* a star'"),
    ("> a quotation", "'> a quotation'"),
    ("'quoted' by us", "\"'quoted' by us\""),
    ('"quoted" by us', "'\"quoted\" by us'"),
    ("both ' and \"", "'both '' and \"'"),
    ("blank behind ", "'blank behind '"),
    (" blank before", "' blank before'"),
    ("two  blanks", "'two  blanks'"),
    ("null", "'null'"),
    ("~", "'~'"),
    ("", "''"),
    ("[in brackets]", "'[in brackets]'"),
    ("{in braces}", "'{in braces}'"),
    ("%", "'%'"),
    ("&c.", "'&c.'"),
    ("!important", "'!important'"),
    ("@home", "'@home'"),
    ("one\ntwo", "|-\n  one\n  two"),
    ("one\ntwo\n", "|\n  one\n  two"),
    ("one\n\ntwo\n\n", "|+\n  one\n\n  two\n"),
    ("  set in\nnot\n", "|2\n    set in\n  not"),
    ("\n\n", '"\\n\\n"'),
    ("\none", '"\\none"'),
    ("word " * 20 + "end", ">-\n  " + "word " * 18 + "word\n  word end"),
]


@pytest.mark.parametrize(("text", "expected"), TEXTS)
def test_text_is_written_as_a_person_would(text, expected):
    """
    No quotes where none are needed, and lines of their own where there are several.
    """
    assert expected == scalar(text)


LOADERS = {
    name: getattr(yaml.yaml, name)
    for name in ("CSafeLoader", "SafeLoader")
    if hasattr(yaml.yaml, name)
}
NASTY = (
    st.text(st.sampled_from("ab \n\t:#-'\"|>*&!%@`[]{},?~=<\\é·\xa0\u200b😀")),
    st.text(st.characters(codec="utf-8")),
    st.lists(st.sampled_from(["word", "a", "-", "#", "x:", "longer-than-most", ""])).map(" ".join),
    st.sampled_from([text for text, _ in TEXTS]),
)
CLEAN = st.one_of(NASTY).map(lambda text: clean(text)[0])


@pytest.mark.parametrize("loader", LOADERS)
@given(text=CLEAN, name=CLEAN.filter(lambda text: text not in {"", "b", "c"}))
@example(text="word " * 30, name="a")
@example(text=" \nx", name="? a")
@example(text="a\n \n", name="- a")
@example(text="\ufeffa", name="\ufeff")
def test_every_text_is_read_as_it_was_written(loader, text, name):
    """
    Whatever a text holds, as a value, in a list or as a key, nothing of it is lost.
    """
    name = name[:400]
    written = (
        f"a:\n  b: {scalar(text, '  ')}\n  c:\n    - {scalar(text, '    ')}\n  {key(name)}: d\n"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml, "LOADER", LOADERS[loader])
        tree = parse(written, "a.yaml")

    assert () == tree.problems
    assert {"a": {"b": text, "c": [text], name: "d"}} == tree.root


@pytest.mark.parametrize("text", ["a\x07b", "a\u2028b", "e\u0301"])
def test_what_no_file_can_keep_is_refused(text):
    """
    A text that would be read back as another is not written at all.
    """
    with pytest.raises(RefusedError, match="what a file cannot keep"):
        scalar(text)


# occasions

ROUND = Occasion(
    name="round",
    day=MAY,
    by="head",
    title="progress round, May 2022",
    entries={
        A1: Entry(to="under way", note="First training day held; 31 teachers came."),
        A2: Entry(
            asks_due=parse_day("December 2022"),
            reason="Waiting for the county council:\n- it has no money,\n- and no time.\n",
            evidence=("a letter", "minutes, #3"),
        ),
    },
)
WRITTEN = """\
day: 2022-05-09
by: head
occasion: progress round, May 2022
within: plan
records:
  A1:
    to: under way
    note: First training day held; 31 teachers came.
  A2:
    reason: |
      Waiting for the county council:
      - it has no money,
      - and no time.
    evidence:
      - a letter
      - 'minutes, #3'
    asks_due: December 2022
"""


def test_a_file_reads_as_if_an_officer_had_written_it():
    """
    Ids are short where the plan they belong to is said, and texts stand on lines.
    """
    within, names = reader().names(ROUND.entries)

    assert WRITTEN == occasion_text(ROUND, within=within, names=names)
    assert plain(ROUND) == plain(read(WRITTEN))


def test_ids_of_several_records_are_whole():
    """
    Where no one record holds all, each is called by an id that is clear anywhere.
    """
    within, names = reader().names([A1, D1])

    assert ("", {A1: "plan/A1", D1: "review/D1"}) == (within, names)


def test_a_file_without_names_is_clear_anywhere():
    """
    Who writes without knowing the register names kinds as well.
    """
    assert "  action plan/A1:\n" in occasion_text(ROUND)
    assert plain(ROUND) == plain(read(occasion_text(ROUND)))


SAID = CLEAN
DAYS = st.sampled_from(
    ["2022-07-31", "July 2022", "Q1 2022/23", "next meeting", "21 to 22 September 2021", "2022/23"]
).map(parse_day)
TEXT_OF = {
    "to": SAID,
    "note": SAID,
    "reason": SAID,
    "evidence": st.lists(SAID, max_size=3).map(tuple),
    "impact": SAID,
    "due": st.none() | DAYS,
    "asks_due": st.none() | DAYS,
    "asks_removal": st.none() | st.booleans(),
    "of": st.sampled_from(["", "head", "board"]),
    "grants": st.sampled_from(["", "due", "removal"]),
    "refuses": st.sampled_from(["", "due", "removal"]),
    "ratings": st.dictionaries(SAID.filter(bool).map(lambda text: text[:400]), SAID, max_size=2),
    "more": st.fixed_dictionaries(
        {},
        optional={
            "risk": SAID,
            "story": SAID,
            "seen": DAYS,
            "open": st.booleans(),
            "cost": st.integers(0, 10**6),
        },
    ),
}
ENTRIES = st.builds(Entry, **TEXT_OF).filter(
    lambda entry: any(getattr(entry, name) not in ("", (), None, {}) for name in TEXT_OF)
)
OCCASIONS = st.builds(
    Occasion,
    name=st.just("round"),
    day=st.dates(dt.date(1000, 1, 1)),
    by=st.sampled_from(["head", "board"]),
    title=SAID,
    source=SAID,
    illustrative=st.none() | st.booleans(),
    corrects=st.lists(SAID, max_size=2).map(tuple),
    entries=st.dictionaries(st.sampled_from([A1, A2]), ENTRIES, min_size=1),
)


@given(OCCASIONS)
def test_an_occasion_is_read_as_it_was_written(occasion):
    """
    Whatever people say, in whatever signs: the file says the same, and so does its seal.
    """
    bare = attrs.evolve(occasion, corrects=())
    known = History((bare,))
    known = sealed(known, seal(known, record_digest=str, salt=salt))
    within, names = reader().names(occasion.entries)
    again = read(occasion_text(known.occasions[0], within=within, names=names))

    assert plain(known.occasions[0]) == plain(again)
    assert () == verify(History((again,)), against=heads(known))
    assert plain(occasion) == plain(read(occasion_text(occasion)))


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("progress round, May 2022", "2022-05-09-progress-round-may-2022"),
        ("../../etc/passwd", "2022-05-09-etc-passwd"),
        ("CON", "2022-05-09-con"),
        ("Ünder way: “now”", "2022-05-09-under-way-now"),
        ("", "2022-05-09"),
    ],
)
def test_files_are_named_by_day_and_title(title, expected):
    """
    The name tells what is in it, and is one on every system.
    """
    assert expected == occasion_name(MAY, title)


# seals at the end of a file

HAND = """\
# Written by hand, as it is.
day: 2022-05-09     # a Monday
by: head

occasion: 'progress  round'
within: plan
records:
    A1: {to: under way, note: "First day held"}
    "A2":
        note: |+
            Waiting.

"""
FORMS = [
    pytest.param(HAND.encode(), id="as most editors save it"),
    pytest.param(HAND.replace("\n", "\r\n").encode(), id="Windows line breaks"),
    pytest.param(b"\xef\xbb\xbf" + HAND.encode(), id="a byte order mark"),
    pytest.param(HAND.rstrip("\n").encode(), id="no last line break"),
    pytest.param((HAND + "# the end").encode(), id="a comment at the end"),
    pytest.param((HAND + "\n\n   \n").encode(), id="blank lines at the end"),
    pytest.param(HAND.encode("utf-16"), id="UTF-16 with its mark"),
    pytest.param(b"\xfe\xff" + HAND.encode("utf-16-be"), id="UTF-16 the other way round"),
    pytest.param(("---\n" + HAND).encode(), id="a document start"),
    pytest.param(("  " + HAND.replace("\n", "\n  ").rstrip(" ")).encode(), id="everything set in"),
]


@pytest.mark.parametrize("raw", FORMS)
def test_sealing_leaves_every_byte_as_it_was(raw):
    """
    What an officer wrote stays as it is, to the last blank; seals come behind it.
    """
    before = read(raw)
    known = History((before,))
    made = seal(known, record_digest=str, salt=salt)
    after = with_seals(raw, made["round"], {A1: "A1", A2: "A2"})
    again = read(after)

    assert after.startswith(raw)
    assert plain(attrs.evolve(before, seals=dict(made["round"]))) == plain(again)
    assert () == verify(History((again,)))


def test_seals_have_the_line_breaks_of_the_file():
    """
    No editor complains of a file with two kinds of line breaks.
    """
    raw = HAND.replace("\n", "\r\n").encode()
    after = with_seals(raw, {A1: Seal(digest="d")}, {A1: "A1"})

    assert after.count(b"\n") == after.count(b"\r\n")
    assert after.endswith(b"sealed:\r\n  A1:\r\n    digest: d\r\n")


def test_later_seals_join_earlier_ones():
    """
    An entry that was added to a sealed occasion is sealed beside the others.
    """
    first = with_seals(HAND.encode(), {A1: Seal(digest="d")}, {A1: "A1"})
    both = with_seals(first, {A2: Seal(digest="e", after=("a", "b"))}, {A2: "A2"})

    assert both.startswith(first)
    assert {"d", "e"} == {one.digest for one in read(both).seals.values()}


REFUSED = [
    pytest.param("{day: 2022-05-09, records: {plan/A1: {to: done}}}\n", id="all in braces"),
    pytest.param(HAND + "...\n", id="a document end"),
    pytest.param("sealed: {A2: {digest: d}}\n" + HAND, id="seals in front"),
    pytest.param(HAND + "sealed: {A2: {digest: d}}\n", id="seals in braces"),
    pytest.param(HAND + "sealed:\n  A1: {digest: d}\n", id="sealed already"),
    pytest.param("day: [", id="broken"),
    pytest.param("", id="empty"),
]


@pytest.mark.parametrize("text", REFUSED)
def test_a_file_that_cannot_be_added_to_is_left_alone(text):
    """
    Nothing is written that would read as something else.
    """
    with pytest.raises(RefusedError):
        with_seals(text.encode(), {A1: Seal(digest="d")}, {A1: "A1"})


def test_nothing_is_sealed_by_no_seals():
    """
    An occasion without seals has no group for them.
    """
    assert "" == sealed_block({})


@given(
    st.text(st.sampled_from("ab: \n#|+-'\"\t>")),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["", "\n", "\n\n", "# end", "  "]),
)
def test_no_end_of_a_file_is_disturbed(text, newline, end):
    """
    Whatever stands last: either every byte stays and reads the same, or nothing is done.
    """
    written = HAND.replace("First day held", "x") + f"        reason: {text}{end}"
    raw = written.replace("\n", newline).encode()
    tree = parse(decode(raw, "a")[0], "a", is_fit=True)
    if tree.root is None or tree.faulty:
        return
    try:
        after = with_seals(raw, {A1: Seal(digest="d")}, {A1: "A1"})
    except RefusedError:
        return
    again = parse(decode(after, "a")[0], "a", is_fit=True)

    assert after.startswith(raw)
    assert isinstance(again.root, Mapping)
    assert {"A1": {"digest": "d"}} == again.root.pop("sealed")
    assert tree.root == again.root


def test_two_officers_files_are_in_order():
    """
    What was written by two programs stands in one history.
    """
    texts = {"b": occasion_text(ROUND), "a": HAND}
    known = ordered(itertools.starmap(lambda name, text: read(text, name), texts.items()))

    assert ["a", "b"] == [one.name for one in known]
