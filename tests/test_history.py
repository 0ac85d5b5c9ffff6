import datetime as dt
import itertools
import os
import random
import subprocess
import sys
import time

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerkit.errors import RefusedError
from peerkit.history import Entry, Event, History, Occasion, Seal, effective, heads, ordered
from peerkit.history.chains import cut
from peerkit.history.digests import entry_digest, heads_digest, record_digest
from peerkit.history.sealing import erased, seal, sealed
from peerkit.history.verifying import verify
from peerkit.model import (
    Absence,
    Action,
    Finding,
    Pair,
    Review,
    TeamMember,
    parse_day,
)

A1, A2, A3 = (("action", f"plan/A{number}") for number in (1, 2, 3))
MAY = dt.date(2022, 5, 9)


def told(name, *subjects, day=MAY, says=None, **told_of):
    entry = says or Entry(note=f"{name}.")
    return Occasion(
        name=name, day=day, by="head", entries=dict.fromkeys(subjects, entry), **told_of
    )


def history(*occasions):
    return History(ordered(occasions))


def salts():
    numbers = itertools.count()
    return lambda: f"salt {next(numbers)}"


def whole(known, record_digest=lambda subject: f"words of {subject[1]}", only=None):
    """
    Return *known* with a seal on everything.
    """
    return sealed(known, seal(known, record_digest=record_digest, salt=salts(), only=only))


def names(known):
    return [one.name for one in known.occasions]


def counted(known, upto=None):
    return [(one.name, [who[1] for who in subjects]) for one, subjects in effective(known, upto)]


# digests

ENTRY = Entry(
    to="done",
    note="It was done.",
    reason="It was due.",
    evidence=("a list", "a plan"),
    impact="Much.",
    due=parse_day("July 2022"),
    asks_due=parse_day("August 2022"),
    asks_removal=True,
    of="board",
    grants="due",
    refuses="removal",
    ratings={"progress": "Green"},
    more={"risk": "high"},
)
SEAL = Seal(
    after=("first",),
    record="words",
    texts=dict.fromkeys(("note", "reason", "evidence", "impact", "source"), "salt"),
    digest="",
)
OCCASION = Occasion(
    name="a",
    day=MAY,
    by="head",
    title="round",
    source="minutes",
    illustrative=True,
    entries={A1: ENTRY},
)


def digest(occasion=OCCASION, subject=A1, entry=ENTRY, one=SEAL, ties=((), ())):
    return entry_digest(Event(occasion, subject, entry), one, ties)


IN_ENTRY = {
    "to": "agreed",
    "note": "It was not done.",
    "reason": "",
    "evidence": ("a list and a plan",),
    "impact": "much.",
    "due": parse_day("June 2022"),
    "asks_due": None,
    "asks_removal": False,
    "of": "committee",
    "grants": "removal",
    "refuses": "due",
    "ratings": {"progress": "Red"},
    "more": {"risk": "low"},
}
IN_OCCASION = {
    "day": dt.date(2022, 5, 10),
    "by": "deputy",
    "title": "Round",
    "source": "minutes, page 2",
    "illustrative": None,
}
IN_SEAL = {
    "after": (),
    "record": "other words",
    "texts": {**SEAL.texts, "note": "pepper"},
    "erased": {"source": "digest"},
}


@pytest.mark.parametrize(
    "changed",
    [
        *(
            pytest.param({"entry": attrs.evolve(ENTRY, **{name: value})}, id=name)
            for name, value in IN_ENTRY.items()
        ),
        *(
            pytest.param({"occasion": attrs.evolve(OCCASION, **{name: value})}, id=name)
            for name, value in IN_OCCASION.items()
        ),
        *(
            pytest.param({"one": attrs.evolve(SEAL, **{name: value})}, id=name)
            for name, value in IN_SEAL.items()
        ),
        pytest.param({"subject": A2}, id="record"),
        pytest.param({"subject": ("finding", A1[1])}, id="kind of record"),
        pytest.param({"ties": (("x",), ())}, id="what it corrects"),
        pytest.param({"ties": ((), ("x",))}, id="what it settles"),
    ],
)
def test_a_digest_covers_all_that_was_said(changed):
    """
    Nothing of an entry or its occasion can change without changing the digest.
    """
    assert digest() != digest(**changed)


def test_every_field_of_an_entry_is_tried():
    """
    A field that is added later must be covered too.
    """
    assert {one.name for one in attrs.fields(Entry)} - {"erased"} == IN_ENTRY.keys()


@pytest.mark.parametrize(
    "other",
    [
        {"occasion": attrs.evolve(OCCASION, name="b")},
        {"entry": attrs.evolve(ENTRY, due=parse_day("Jul 2022"))},
        {"entry": attrs.evolve(ENTRY, more={"risk": "high"})},
    ],
    ids=["the name of the file", "a day in other letters", "another object"],
)
def test_a_digest_covers_nothing_else(other):
    """
    How a file is called and laid out makes no difference.
    """
    assert digest() == digest(**other)


def test_a_digest_is_that_of_today_forever():
    """
    What was sealed years ago must still be true: another digest needs another form.
    """
    expected = "6b63477eed9d85de8fba3acdeb280eb1aaa65d9573d00b62b8c9ec5fdf82bd64"

    assert expected == digest()


REVIEW = Review(id="r", title="R", review_kind="peer review", cost=Absence("none"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (REVIEW, attrs.evolve(REVIEW, id="s")),
        (REVIEW, attrs.evolve(REVIEW, cost=Absence("not applicable", "why"))),
        (REVIEW, attrs.evolve(REVIEW, visit=parse_day("May 2021"))),
        (REVIEW, attrs.evolve(REVIEW, team=(TeamMember(name="A"),))),
        (REVIEW, attrs.evolve(REVIEW, illustrative=False)),
        (REVIEW, attrs.evolve(REVIEW, more={"budget": 0})),
        (Finding(id="r", text="R", finding_kind="x", review="q"), Action(id="r", do="R", plan="q")),
    ],
)
def test_words_of_records_have_digests_of_their_own(one, other):
    """
    Records that differ in anything have different digests.
    """
    assert record_digest(one) != record_digest(other)


def test_a_field_that_says_nothing_does_not_count():
    """
    A later peerkit, which knows more fields, finds the digest of today.
    """

    @attrs.frozen(kw_only=True)
    class Later(Action):
        colour: str = attrs.field(default="", metadata=attrs.fields(Action).do.metadata)
        weight: int = attrs.field(default=1, metadata=attrs.fields(Action).do.metadata)

    given = {"id": "p/A1", "do": "Train them.", "plan": "p"}

    assert record_digest(Action(**given)) == record_digest(Later(**given))


def test_the_same_digests_everywhere():
    """
    Neither the language of the computer nor its seed for hashes makes a difference.
    """
    code = (
        "import datetime as dt\n"
        "from peerkit.history import *\n"
        "from peerkit.history.digests import *\n"
        "e = Entry(note='Größe', ratings={'b': '1', 'a': '2'})\n"
        "o = Occasion(name='a', day=dt.date(2022, 5, 9), by='head', entries={('action', 'İ'): e})\n"
        "print(entry_digest(Event(o, ('action', 'İ'), e), Seal(digest='')))\n"
    )
    environments = [
        {"PYTHONHASHSEED": "1", "LC_ALL": "tr_TR.UTF-8", "TZ": "Pacific/Kiritimati"},
        {"PYTHONHASHSEED": "2", "LC_ALL": "C", "PYTHONUTF8": "1"},
    ]
    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, **environment},
            capture_output=True,
            check=True,
        ).stdout
        for environment in environments
    }

    assert 1 == len(said)


# order

ORDERS = [
    pytest.param([("b", 1), ("a", 2)], ["b", "a"], id="day before name"),
    pytest.param([("b", 1), ("a", 1)], ["a", "b"], id="then name"),
    pytest.param([("a", 3), ("c", 1), ("b", 2)], ["c", "b", "a"], id="three days"),
]


@pytest.mark.parametrize(("given_", "expected"), ORDERS)
def test_occasions_stand_by_day_and_name(given_, expected):
    """
    What is not sealed takes effect by its day, and on one day by the name of its file.
    """
    occasions = [told(name, A1, day=dt.date(2022, 5, day)) for name, day in given_]

    assert expected == names(history(*occasions))


def test_a_chain_comes_before_names():
    """
    What was recorded second on a day takes effect second, whatever the files are called.
    """
    first = whole(history(told("z", A1, A2)))
    both = whole(history(*first.occasions, told("m", A2, A3), told("n", A3)))
    known = history(*both.occasions, told("a", A1), told("b", ("action", "plan/A9")))

    assert ["b", "n", "z", "a", "m"] == names(known)


def test_what_is_not_sealed_follows_what_is():
    """
    A file written by hand never slips in between two sealed ones of its day.
    """
    known = whole(history(told("b", A1), told("c", A1)))

    assert ["b", "c", "a"] == names(history(told("a", A1), *known.occasions))


def test_contradicting_chains_do_not_hang():
    """
    Chains that go in circles, which only tampering makes, are ordered all the same.
    """

    def forged(name, **seals):
        subjects = {"x": A1, "y": A2}
        return told(name, *subjects.values()).__class__(
            name=name,
            day=MAY,
            by="head",
            entries=dict.fromkeys(subjects.values(), Entry(to="done")),
            seals={subjects[k]: Seal(digest=name, after=(v,)) for k, v in seals.items()},
        )

    known = history(forged("a", x="b", y="c"), forged("b", x="a", y="b"), forged("c", x="b", y="a"))

    assert ["a", "b", "c"] == names(known)
    assert verify(known)
    assert heads(known)


@given(st.permutations(range(8)), st.data())
def test_the_order_depends_on_no_listing(places, data):
    """
    The same occasions in any order of files take effect in the same order.
    """
    known = history()
    for number in range(8):
        subjects = data.draw(st.sets(st.sampled_from([A1, A2, A3]), min_size=1))
        name = data.draw(st.sampled_from("abc")) + str(number)
        day = dt.date(2022, 5, 1 + number // 3)
        known = history(*known.occasions, told(name, *sorted(subjects), day=day))
        if data.draw(st.booleans()):
            known = whole(known)
    shuffled = [known.occasions[place] for place in places]

    assert names(known) == names(history(*shuffled))


def test_fifty_thousand_entries_take_no_time():
    """
    Order and heads of 5,000 occasions are known in well under a second.
    """
    random_ = random.Random(1)  # noqa: S311 - a table, no secret
    tips = {}
    occasions = []
    for number in range(5_000):
        subjects = [("action", f"plan/A{random_.randrange(2_500)}") for _ in range(10)]
        seals = {
            one: Seal(digest=f"{number} {one[1]}", after=tuple(filter(None, [tips.get(one)])))
            for one in subjects
        }
        tips |= {one: each.digest for one, each in seals.items()}
        day = MAY + dt.timedelta(days=number // 50)
        name = f"{random_.random()}"
        entries = dict.fromkeys(subjects, Entry(to="done"))
        occasions.append(Occasion(name=name, day=day, by="head", entries=entries, seals=seals))
    random_.shuffle(occasions)
    started = time.perf_counter()
    known = history(*occasions)
    found = heads(known)
    taken = time.perf_counter() - started

    assert {one: digest for one, (_, digest) in found.items()} == tips
    assert 2 > taken


# heads

JUNE = dt.date(2022, 6, 9)


def test_heads_count_what_is_sealed_by_the_day():
    """
    A paper is pinned to sealed entries of its day or before, and to no others.
    """
    known = whole(history(told("a", A1, A2), told("b", A1, day=JUNE)))
    known = history(*known.occasions, told("c", A1, A3, day=JUNE))

    assert {A1: 2, A2: 1} == {who: count for who, (count, _) in heads(known).items()}
    assert {A1: 1, A2: 1} == {who: count for who, (count, _) in heads(known, on=MAY).items()}
    assert known.of(A1)[1].seal.digest == heads(known)[A1][1]


def test_one_digest_stands_for_all_heads():
    """
    What a paper carries depends on every head, and on no order.
    """
    known = whole(history(told("a", A1, A2), told("b", A1, day=JUNE)))
    found = heads(known)
    turned = dict(reversed(found.items()))

    assert heads_digest(found) == heads_digest(turned)
    assert heads_digest(found) != heads_digest(heads(known, on=MAY))
    assert heads_digest({}) != heads_digest(found)


# what counts


def test_a_correction_replaces_entries_for_the_same_records():
    """
    A corrected entry counts for no day; what corrects it counts from its own day.
    """
    known = history(told("a", A1, A2), told("b", A1, day=JUNE, corrects=("a",)))

    assert [("a", ["plan/A2"]), ("b", ["plan/A1"])] == counted(known)


def test_a_correction_of_a_correction_brings_nothing_back():
    """
    What was wrong stays wrong, although what replaced it was wrong as well.
    """
    known = history(
        told("a", A1),
        told("b", A1, day=JUNE, corrects=("a",)),
        told("c", A1, day=dt.date(2022, 7, 1), corrects=("b",)),
    )

    assert [("c", ["plan/A1"])] == counted(known)


def test_nothing_corrects_what_comes_later():
    """
    An occasion that names a later one, or itself, leaves it as it is.
    """
    known = history(told("a", A1, corrects=("b", "a", "z")), told("b", A1, day=JUNE))

    assert [("a", ["plan/A1"]), ("b", ["plan/A1"])] == counted(known)


def test_judged_up_to_earlier_heads_a_later_correction_is_not_known():
    """
    A paper can be made again as it was, although its history has been mended since.
    """
    before = whole(history(told("a", A1, A2)))
    upto = heads(before)
    known = whole(
        history(*before.occasions, told("b", A1, A3, day=JUNE, corrects=("a",)), told("c", A2))
    )

    assert [("a", ["plan/A1", "plan/A2"])] == counted(known, upto)
    assert [("a", ["plan/A2"]), ("c", ["plan/A2"]), ("b", ["plan/A1", "plan/A3"])] == counted(known)
    assert heads(cut(known, upto)) == upto


def test_what_is_not_sealed_is_not_known_to_any_head():
    """
    What could still be changed without a trace is in no paper that is made again.
    """
    known = whole(history(told("a", A1)))
    later = history(*known.occasions, told("b", A1, A2))

    assert [("a", ["plan/A1"])] == counted(later, heads(later))


def test_heads_that_are_gone_are_refused():
    """
    Nothing is judged up to an entry that is not there.
    """
    known = whole(history(told("a", A1)))

    with pytest.raises(RefusedError, match=r"no longer holds the entry of action plan/A1"):
        cut(known, {A1: (2, "gone")})


# sealing


def test_each_entry_follows_the_one_before():
    """
    A chain begins with nothing, and each further entry names the digest of the last.
    """
    events = whole(history(told("a", A1), told("b", A1), told("c", A1))).of(A1)
    after = [event.seal.after for event in events]
    digests = [event.seal.digest for event in events]

    assert [(), (digests[0],), (digests[1],)] == after


def test_what_is_sealed_stays_as_it_is():
    """
    Sealing again adds seals to what is new and touches no other.
    """
    known = whole(history(told("a", A1)))
    later = history(*known.occasions, told("b", A1))
    made = seal(later, record_digest=str, salt=salts())

    assert ["b"] == [*made]


def test_each_text_has_a_salt_of_its_own():
    """
    Equal texts cannot be recognised by their digests.
    """
    says = Entry(note="Same.", reason="Same.", evidence=("Same.",))
    known = whole(history(told("a", A1, A2, says=says, source="Same.")))
    seals = known.occasions[0].seals

    assert ["note", "reason", "evidence", "source"] == [*seals[A1].texts]
    assert 8 == len({salt for one in seals.values() for salt in one.texts.values()})


REFUSED = [
    pytest.param(
        [told("b", A1, day=JUNE)], told("a", A1), "is of 2022-05-09, but the last", id="earlier day"
    ),
    pytest.param(
        [told("a", A1)],
        told("b", A1, corrects=("c",)),
        "is not there, or not sealed: c",
        id="corrects nothing",
    ),
    pytest.param(
        [told("a", A1)],
        told("b", A1, settles=("c",)),
        "is not there, or not sealed: c",
        id="settles nothing",
    ),
]


@pytest.mark.parametrize(("there", "new", "said"), REFUSED)
def test_what_cannot_follow_is_not_sealed(there, new, said):
    """
    A seal is never put on an entry that could not be verified afterwards.
    """
    known = history(*whole(history(*there)).occasions, new)

    with pytest.raises(RefusedError, match=said) as caught:
        seal(known, record_digest=str, salt=salts())
    assert caught.value.mend


def test_only_what_is_named_is_sealed():
    """
    Another officer's draft stays a draft.
    """
    known = history(told("a", A1), told("b", A2))

    assert ["b"] == [*seal(known, record_digest=str, salt=salts(), only=["b"])]


# erasing


@pytest.mark.parametrize("field", ["note", "reason", "evidence", "impact", "source"])
def test_a_text_can_be_erased_and_the_chain_stays_true(field):
    """
    What the law says must go goes without a trace, and nothing else can hide behind it.
    """
    says = Entry(to="done", note="n", reason="r", evidence=("e", "f"), impact="i")
    known = whole(history(told("a", A1, A2, says=says, source="s"), told("b", A1, A2)))
    kept = heads(known)
    first, *rest = known.occasions
    gone = erased(first, A1, field)
    holder = gone if field == "source" else gone.entries[A1]

    assert not getattr(holder, field)
    assert (field,) == holder.erased
    assert field not in gone.seals[A1].texts
    assert field in gone.seals[A1].erased
    assert () == verify(history(gone, *rest), against=kept)


def test_a_text_that_was_erased_counts_as_given():
    """
    A move that needed a reason or evidence stays permitted without the words of it.
    """
    known = whole(history(told("a", A1, says=Entry(to="done", reason="r", evidence=("e",)))))
    entry = erased(known.occasions[0], A1, "reason", "evidence").entries[A1]

    assert [True, True, False, True] == [
        entry.gives(one) for one in ("reason", "evidence", "note", "to")
    ]


@pytest.mark.parametrize(
    ("field", "subject", "said"),
    [
        ("impact", A1, "has no “impact”"),
        ("to", A1, "has no “to”"),
        ("note", A2, "has no sealed entry"),
        ("source", A1, "has no “source”"),
    ],
)
def test_only_texts_that_are_there_can_be_erased(field, subject, said):
    """
    Nothing but free text can be taken out of what is sealed.
    """
    known = whole(history(told("a", A1)))

    with pytest.raises(RefusedError, match=said):
        erased(known.occasions[0], subject, field)


def test_what_is_not_sealed_is_erased_by_hand():
    """
    There is no tombstone for what never had a seal.
    """
    with pytest.raises(RefusedError, match="has no sealed entry"):
        erased(told("a", A1), A1, "note")


def test_pairs_and_days_have_digests():
    """
    Every kind of value a record can hold can be digested.
    """
    record = attrs.evolve(REVIEW, more={"p": Pair("note", "it"), "d": parse_day("May 2021")})

    assert 64 == len(record_digest(record))


def test_nothing_is_loaded_before_it_is_needed():
    """
    A register without history pays for no digests.
    """
    code = (
        "import sys, peerkit.history\n"
        "print([m for m in ('hashlib', 'json', 'yaml', 'cattrs') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert "[]" == done.stdout.strip()
