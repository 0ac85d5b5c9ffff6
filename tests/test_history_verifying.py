import datetime as dt
import itertools
import random

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peerkit.errors import Address, RefusedError, Severity
from peerkit.history import Entry, Event, History, Occasion, Seal, effective, heads, ordered
from peerkit.history.chains import ties_of
from peerkit.history.digests import entry_digest
from peerkit.history.problems import PROBLEM_KINDS
from peerkit.history.sealing import erased, seal, sealed
from peerkit.history.verifying import verify

A1, A2, A3 = RECORDS = tuple(("action", f"plan/A{number}") for number in (1, 2, 3))
MAY = dt.date(2022, 5, 9)
JUNE = dt.date(2022, 6, 9)
JULY = dt.date(2022, 7, 9)


def told(name, *subjects, day=MAY, says=None, by="head", **told_of):
    entries = {one: says or Entry(note=f"{name} of {one[1]}.") for one in subjects}
    title = told_of.pop("title", name)
    return Occasion(name=name, day=day, by=by, title=title, entries=entries, **told_of)


def history(*occasions):
    return History(ordered(occasions))


def digest_of(subject):
    return f"words of {subject[1]}"


SALTS = itertools.count()


def salt():
    return f"salt {next(SALTS)}"


def whole(known, only=None):
    """
    Return *known* with a seal on everything, salts new each time.
    """
    return sealed(known, seal(known, record_digest=digest_of, salt=salt, only=only))


def appended(known, *occasions):
    return whole(history(*known.occasions, *occasions))


def codes(known, **kept):
    return [problem.code for problem in verify(known, **kept)]


def together(one, other):
    """
    Return what a folder holds that was synced from those of two officers.
    """
    found = {occasion.name: occasion for occasion in (*one.occasions, *other.occasions)}
    return history(*found.values())


def changed(known, name, change):
    return history(*(change(one) if one.name == name else one for one in known.occasions))


def _long():
    """
    A history of a dozen occasions, with a correction, a fork that was settled, and a gap.
    """
    known = history()
    for number in range(4):
        day = MAY + dt.timedelta(days=7 * number)
        known = appended(
            known,
            told(f"round-{number}", *RECORDS, day=day, source=f"minutes {number}"),
            told(f"visit-{number}", A1, day=day, illustrative=number == 2 or None),
        )
    known = appended(known, told("mended", A1, A2, day=JUNE, corrects=("round-1",)))
    here = appended(known, told("here", A1, A2, day=JUNE))
    there = appended(known, told("there", A1, A3, day=JUNE))
    known = appended(
        together(here, there), told("settled", A1, day=JUNE, settles=("here", "there"))
    )
    return appended(
        known,
        told("granted", A2, A3, day=JULY, says=Entry(grants="due", ratings={"progress": "Red"})),
        told("done", A1, day=JULY, says=Entry(to="done", evidence=("a list",), note="n")),
    )


LONG = _long()
KEPT = heads(LONG)


# what is as it was


def test_an_honest_history_is_fine():
    """
    Corrections, forks that were settled, and several occasions a day are no problem.
    """
    assert () == verify(LONG, record_digest=digest_of, against=KEPT)


def test_a_paper_s_heads_hold_however_much_is_recorded_later():
    """
    What an older paper was made with is still found beneath all that came since.
    """
    for end in range(len(LONG.occasions) + 1):
        kept = heads(history(*LONG.occasions[:end]))
        on = LONG.occasions[end - 1].day

        assert [] == codes(LONG, against=kept)
        assert [] == codes(LONG, against=heads(LONG, on=on))


def test_a_fork_that_came_in_later_leaves_an_older_paper_true():
    """
    What another officer had recorded offline, of an earlier name, comes in without harm.
    """
    base = whole(history(told("m", A1)))
    here = appended(base, told("z", A1, day=JUNE))
    there = appended(base, told("a", A1, day=JUNE))
    both = appended(together(here, there), told("b", A1, day=JUNE, settles=("a", "z")))

    assert [] == codes(both, against=heads(here))
    assert [] == codes(both, against=heads(there))
    assert [] == codes(both, against=heads(both, on=MAY))
    assert ["m", "a", "z", "b"] == [one.name for one in both.occasions]


def test_a_file_may_be_renamed():
    """
    The name of a file is no part of what was said in it.
    """
    known = changed(LONG, "done", lambda one: attrs.evolve(one, name="over"))

    assert [] == codes(known, against=KEPT)


# what is not

_LIE = Entry(note="Nothing of the kind.")
_FIELDS = {
    "to": "verified",
    "note": "Nothing of the kind.",
    "reason": "Because.",
    "evidence": ("made up",),
    "impact": "Much.",
    "of": "board",
    "grants": "removal",
    "refuses": "due",
    "asks_removal": True,
    "ratings": {"progress": "Green"},
    "more": {"risk": "low"},
    "erased": ("note",),
}
_TOLD = {
    "by": "nobody",
    "title": "another round",
    "source": "made up",
    "illustrative": False,
    "corrects": ("round-0",),
    "settles": ("round-0",),
    "day": MAY - dt.timedelta(days=300),
}
_SEAL = {
    "after": ("f" * 64,),
    "record": "other words",
    "texts": {"note": "another salt"},
    "erased": {"note": "f" * 64},
    "digest": "f" * 64,
}


def _any_entry(chance, known):
    occasion = chance.choice(known.occasions)
    return occasion, chance.choice([*occasion.entries])


def _with(occasion, subject, entry=None, one=None):
    entries, seals = dict(occasion.entries), dict(occasion.seals)
    if entry is not None:
        entries[subject] = entry
    if one is not None:
        seals[subject] = one
    return attrs.evolve(occasion, entries=entries, seals=seals)


def _without(occasion, subject, *, entry=True, one=True):
    keep = lambda held, drop: {k: v for k, v in held.items() if not (drop and k == subject)}  # noqa: E731
    return attrs.evolve(
        occasion, entries=keep(occasion.entries, entry), seals=keep(occasion.seals, one)
    )


def edit_entry(chance, known):
    occasion, subject = _any_entry(chance, known)
    name = chance.choice([*_FIELDS])
    entry = attrs.evolve(occasion.entries[subject], **{name: _FIELDS[name]})
    return changed(known, occasion.name, lambda one: _with(one, subject, entry))


def edit_occasion(chance, known):
    occasion = chance.choice(known.occasions)
    name = chance.choice([*_TOLD])
    return changed(known, occasion.name, lambda one: attrs.evolve(one, **{name: _TOLD[name]}))


def edit_seal(chance, known):
    occasion, subject = _any_entry(chance, known)
    name = chance.choice([*_SEAL])
    one = attrs.evolve(occasion.seals[subject], **{name: _SEAL[name]})
    return changed(known, occasion.name, lambda each: _with(each, subject, one=one))


def forged(known, occasion, subject, entry, one):
    """
    Return *known* with an entry put into an occasion, its digest as true as can be.
    """
    made = _with(occasion, subject, entry)
    digest = entry_digest(
        Event(made, subject, entry), one, ties_of(known, Event(made, subject, entry))
    )
    made = _with(made, subject, one=attrs.evolve(one, digest=digest))
    return history(*(each for each in known.occasions if each.name != made.name), made)


def edit_and_seal_anew(chance, known):
    occasion, subject = _any_entry(chance, known)
    return forged(known, occasion, subject, _LIE, occasion.seals[subject])


def delete_entry(chance, known):
    occasion, subject = _any_entry(chance, known)
    return changed(known, occasion.name, lambda one: _without(one, subject))


def delete_said(chance, known):
    occasion, subject = _any_entry(chance, known)
    return changed(known, occasion.name, lambda one: _without(one, subject, one=False))


def delete_seal(chance, known):
    occasion, subject = _any_entry(chance, known)
    return changed(known, occasion.name, lambda one: _without(one, subject, entry=False))


def delete_occasion(chance, known):
    gone = chance.choice(known.occasions)
    return history(*(one for one in known.occasions if one is not gone))


def insert(chance, known):
    subject = chance.choice(RECORDS)
    events = known.of(subject)
    before = events[chance.randrange(len(events) - 1)]
    one = Seal(after=(before.seal.digest,), record=digest_of(subject), digest="")
    return forged(known, told("new", day=before.occasion.day), subject, _LIE, one)


def insert_without_seal(chance, known):
    subject = chance.choice(RECORDS)
    return history(*known.occasions, told("forged", subject, day=MAY))


def swap_entries(chance, known):
    subject = chance.choice(RECORDS)
    one, other = chance.sample(known.of(subject), 2)
    with_seals = chance.random() < 0.5
    for event, by in ((one, other), (other, one)):
        known = changed(
            known,
            event.occasion.name,
            lambda each, by=by: _with(each, subject, by.entry, by.seal if with_seals else None),
        )
    return known


def swap_days(chance, known):
    while True:
        one, other = chance.sample(known.occasions, 2)
        if one.day != other.day:
            break
    known = changed(known, one.name, lambda each: attrs.evolve(each, day=other.day))
    return changed(known, other.name, lambda each: attrs.evolve(each, day=one.day))


def swap_names(chance, known):
    other = chance.choice([one for one in known.occasions if one.name != "round-1"])
    turned = {"round-1": other.name, other.name: "round-1"}
    return history(
        *(attrs.evolve(one, name=turned.get(one.name, one.name)) for one in known.occasions)
    )


def truncate(chance, known):
    return history(*known.occasions[: -chance.randrange(1, len(known.occasions))])


def truncate_one(chance, known):
    subject = chance.choice(RECORDS)
    events = known.of(subject)
    gone = {event.occasion.name for event in events[-chance.randrange(1, len(events)) :]}
    return history(
        *(_without(one, subject) if one.name in gone else one for one in known.occasions)
    )


def rewrite(chance, known):
    bare = history(*(attrs.evolve(one, seals={}) for one in known.occasions))
    occasion, subject = _any_entry(chance, bare)
    bare = changed(bare, occasion.name, lambda one: _with(one, subject, _LIE))
    return whole(bare)


def rewrite_with_the_same_words(_chance, known):
    return whole(history(*(attrs.evolve(one, seals={}) for one in known.occasions)))


TAMPERINGS = (
    edit_entry,
    edit_occasion,
    edit_seal,
    edit_and_seal_anew,
    delete_entry,
    delete_said,
    delete_seal,
    delete_occasion,
    insert,
    insert_without_seal,
    swap_entries,
    swap_days,
    swap_names,
    truncate,
    truncate_one,
    rewrite,
    rewrite_with_the_same_words,
)


def is_found(known):
    problems = verify(known, record_digest=digest_of, against=KEPT)
    return any(one.severity is Severity.ERROR for one in problems)


@pytest.mark.parametrize("tamper", TAMPERINGS, ids=lambda one: one.__name__)
def test_tampering_is_found(tamper):
    """
    Of 300 and more changes drawn by lot, none goes unseen by who kept the heads.
    """
    missed = [number for number in range(20) if not is_found(tamper(random.Random(number), LONG))]  # noqa: S311

    assert [] == missed


@settings(max_examples=300)
@given(st.sampled_from(TAMPERINGS), st.randoms(use_true_random=False))
def test_no_tampering_can_be_found_that_is_not(tamper, chance):
    """
    Nor does any that is searched for.
    """
    assert is_found(tamper(chance, LONG))


THREE = whole(history(told("a", A1), told("b", A1, day=JUNE), told("c", A1, day=JULY)))
TWO = history(*THREE.occasions[:2])

FIRST = [
    pytest.param(
        changed(THREE, "b", lambda one: _with(one, A1, _LIE)), ["edited"], "b", id="edited"
    ),
    pytest.param(
        changed(
            changed(THREE, "b", lambda one: _with(one, A1, _LIE)),
            "c",
            lambda one: _with(one, A1, _LIE),
        ),
        ["edited"],
        "b",
        id="the first of two that were edited",
    ),
    pytest.param(history(*THREE.occasions[::2]), ["removed"], "c", id="removed"),
    pytest.param(
        changed(THREE, "a", lambda one: _without(one, A1, one=False)),
        ["removed"],
        "a",
        id="its seal is still there",
    ),
    pytest.param(TWO, ["cut"], "b", id="cut off"),
    pytest.param(
        appended(TWO, told("d", A1, day=JULY)), ["rewritten"], "d", id="the last replaced"
    ),
    pytest.param(
        rewrite_with_the_same_words(None, THREE), ["rewritten"], "c", id="wholly rewritten"
    ),
    pytest.param(
        history(*THREE.occasions, whole(history(told("d", A1))).occasions[0]),
        ["fork", "fork"],
        "a",
        id="put in",
    ),
]


@pytest.mark.parametrize(("known", "expected", "where"), FIRST)
def test_the_first_that_is_wrong_is_named(known, expected, where):
    """
    What rests on it is wrong as well, but only where it begins is of use.
    """
    problems = verify(known, against=heads(THREE))

    assert [f"history-{one}" for one in expected] == [one.code for one in problems]
    assert Address("occasion", where, problems[0].address.field) == problems[0].address
    assert "plan/A1" in problems[0].address.field


def test_a_record_of_which_nothing_is_left_is_named():
    """
    Where no occasion is left to point at, the problem is one of the record.
    """
    (problem,) = verify(history(), against={A1: (2, "gone")})

    assert Address("action", "plan/A1") == problem.address
    assert "Action plan/A1 had 2 sealed entries" in problem.message
    assert "here are none." in problem.message


def test_one_record_s_trouble_is_not_another_s():
    """
    An entry that was changed does not make those of other records suspect.
    """
    known = whole(history(told("a", A1, A2), told("b", A1, A2, day=JUNE)))
    known = changed(known, "a", lambda one: _with(one, A2, _LIE))

    assert ["records/action plan/A2"] == [one.address.field for one in verify(known)]


def test_without_heads_that_were_kept_the_end_proves_nothing():
    """
    Hence papers carry heads: a chain alone cannot tell that its end is gone.
    """
    assert [] == codes(TWO)
    assert [] == codes(rewrite_with_the_same_words(None, THREE))


# two at a time


def _fork(*here, there=(A1,)):
    base = whole(history(told("base", *RECORDS)))
    one = appended(base, told("here", *here, day=JUNE, says=Entry(to="done")))
    other = appended(base, told("here (Anne's laptop)", *there, day=JUNE, says=Entry(to="on hold")))
    return together(one, other)


def test_two_that_follow_the_same_entry_are_both_shown():
    """
    What two officers did at once is told at both files, with what each says.
    """
    problems = verify(_fork(A1))

    assert ["history-fork"] * 2 == [one.code for one in problems]
    assert ["here", "here (Anne's laptop)"] == [one.address.id for one in problems]
    assert [
        "“here” and “here (Anne's laptop)” follow the same entry of action plan/A1; this one says "
        f"“to: {stage}”."
        for stage in ("done", "on hold")
    ] == [one.message for one in problems]


def test_forks_of_many_records_are_told_once():
    """
    A file that a sync tool kept twice is one conflict, not one for every record.
    """
    problems = verify(_fork(*RECORDS, there=RECORDS))

    assert 2 == len(problems)
    assert "action plan/A1, action plan/A2 and action plan/A3" in problems[0].message


def test_two_that_touch_different_records_are_no_conflict():
    """
    Both are kept, in the order of their days and names.
    """
    known = _fork(A1, there=(A2,))

    assert [] == codes(known)
    assert ["base", "here", "here (Anne's laptop)"] == [one.name for one in known.occasions]


def test_two_first_entries_are_a_conflict_too():
    """
    A record's first entry can be made twice as well.
    """
    known = together(whole(history(told("a", A1))), whole(history(told("b", A1))))

    assert ["history-fork"] * 2 == codes(known)


def test_a_fork_cannot_be_built_on():
    """
    Nobody records past a conflict that was not looked at.
    """
    known = history(*_fork(A1).occasions, told("later", A1, day=JULY))

    with pytest.raises(RefusedError, match="stand side by side, for action plan/A1") as caught:
        whole(known)
    assert "settles:" in caught.value.mend


@pytest.mark.parametrize("is_sealed", [False, True], ids=["by hand", "sealed"])
def test_an_occasion_that_names_both_settles_it(is_sealed):
    """
    Nothing is deleted: both stand, and what settles them comes after both.
    """
    names = ("here", "here (Anne's laptop)")
    known = history(*_fork(A1).occasions, told("settled", A1, day=JULY, settles=names))
    known = whole(known) if is_sealed else known
    last = known.of(A1)[-1]

    assert ([] if is_sealed else ["history-unsealed"]) == codes(known)
    assert ["base", *names, "settled"] == [one.name for one, _ in effective(known)]
    assert not is_sealed or {known.of(A1)[1].seal.digest, known.of(A1)[2].seal.digest} == {
        *last.seal.after
    }


def test_a_fork_can_be_settled_after_more_was_recorded_on_each_side():
    """
    It is enough to name one occasion of each branch.
    """
    base = whole(history(told("base", A1)))
    here = appended(base, told("here", A1, day=JUNE), told("here too", A1, day=JULY))
    there = appended(base, told("there", A1, day=JUNE))
    known = together(here, there)
    settled = told("settled", A1, day=JULY, settles=("here", "there"))

    assert ["here", "there"] == [one.address.id for one in verify(known)]
    assert [] == codes(appended(known, settled))


def test_naming_one_branch_settles_nothing():
    """
    An occasion that passes over one of the two leaves the conflict.
    """
    known = history(*_fork(A1).occasions, told("settled", A1, day=JULY, settles=("here", "base")))

    assert ["history-fork"] * 2 + ["history-unsealed"] == codes(known)


def test_a_copy_is_a_copy():
    """
    The same entry in two files is one too many, and not two that differ.
    """
    copy = attrs.evolve(THREE.occasions[1], name="b (1)")

    assert ["history-twice"] == codes(history(*THREE.occasions, copy))


@pytest.mark.parametrize("is_sealed", [False, True], ids=["neither sealed", "one sealed"])
def test_a_copy_that_is_not_sealed_is_found_by_what_it_is_about(is_sealed):
    """
    Before it is sealed, the day, the person and the title tell that two files are one.
    """
    first = history(told("a", A1, title="round"))
    first = whole(first) if is_sealed else first
    known = history(*first.occasions, told("a (1)", A1, says=_LIE, title="round"))

    assert "history-twice" in codes(known)


# what occasions say of one another

NAMED = [
    pytest.param({"corrects": ("z",)}, "unknown-occasion", "corrects/0", id="corrects nothing"),
    pytest.param({"settles": ("a", "z")}, "unknown-occasion", "settles/1", id="settles nothing"),
    pytest.param({"corrects": ("b",)}, "no-effect", "corrects/0", id="itself"),
    pytest.param({"corrects": ("c",)}, "no-effect", "corrects/0", id="a later one"),
    pytest.param({"corrects": ("a", "x")}, "no-effect", "corrects/1", id="of another record"),
    pytest.param({"settles": ("x", "a")}, "no-effect", "settles/0", id="settles another record"),
]


@pytest.mark.parametrize(("names", "code", "field"), NAMED)
def test_what_is_named_must_be_there(names, code, field):
    """
    A correction that corrects nothing would be believed to have been made.
    """
    known = history(
        told("a", A1), told("b", A1, day=JUNE, **names), told("c", A1, day=JULY), told("x", A2)
    )
    found = [one for one in verify(known) if one.severity is Severity.ERROR]

    assert [(f"history-{code}", Address("occasion", "b", field))] == [
        (one.code, one.address) for one in found
    ]


def test_a_name_that_is_nearly_right_is_suggested():
    """
    Whoever wrote the name of the file with its ending is told the name alone.
    """
    known = history(told("round", A1), told("b", A1, day=JUNE, corrects=("round.yaml",)))

    assert "Did you mean “round”?" == verify(known)[0].mend


def test_days_never_go_backwards():
    """
    An entry by hand of an earlier day than the last sealed one is told before it is sealed.
    """
    known = history(*whole(history(told("b", A1, day=JUNE))).occasions, told("a", A1))
    problems = [one for one in verify(known) if one.severity is Severity.ERROR]

    assert [("history-backwards", "a")] == [(one.code, one.address.id) for one in problems]
    assert "is of 2022-05-09, but it follows “b”, which is of 2022-06-09" in problems[0].message


def test_an_entry_put_into_an_old_occasion_can_go_in_a_circle():
    """
    Of two occasions of one day each would have to come before the other.
    """
    first = whole(history(told("a", A1), told("b", A1, A2)))
    late = changed(first, "a", lambda one: _with(one, A2, Entry(to="done")))
    made = seal(late, record_digest=digest_of, salt=lambda: "s")
    known = history(*sealed(late, made).occasions)

    assert ["history-circle"] == codes(known)


# advice


def test_what_is_not_sealed_is_advice():
    """
    A file written by hand is taken as it is, and its writer told to have it sealed.
    """
    known = whole(history(told("a", A1)))
    half = changed(known, "a", lambda one: _with(one, A2, Entry(to="done")))
    found = [*verify(half), *verify(history(told("a", A1, A2)))]

    assert [Severity.ADVICE] * 2 == [one.severity for one in found]
    assert ["The entry of action plan/A2 is not", "No entry of this occasion is"] == [
        one.message.partition(" sealed")[0] for one in found
    ]


def test_words_that_were_mended_since_are_advice():
    """
    Correcting a spelling in a record is no tampering, but whoever looks is told.
    """
    (problem,) = verify(THREE, record_digest=lambda _: "other words")

    assert ("history-mended", Severity.ADVICE) == (problem.code, problem.severity)
    assert Address(*A1) == problem.address
    assert "“c”, of 2022-07-09" in problem.message


@pytest.mark.parametrize(
    "change",
    [
        lambda one: _with(one, A1, attrs.evolve(one.entries[A1], erased=())),
        lambda one: _with(one, A1, attrs.evolve(one.entries[A1], note="Back again.")),
        lambda one: _with(one, A1, attrs.evolve(one.entries[A1], erased=("note", "reason"))),
        lambda one: _with(one, A1, one=attrs.evolve(one.seals[A1], erased={"note": "f" * 64})),
    ],
    ids=["tombstone gone", "words put in", "another tombstone", "another digest"],
)
def test_a_tombstone_is_as_fixed_as_a_text(change):
    """
    What was erased cannot be replaced, and nothing else passed off as erased.
    """
    known = changed(THREE, "b", lambda one: erased(one, A1, "note"))

    assert [] == codes(known)
    assert ["history-edited"] == codes(changed(known, "b", change))


def test_nothing_is_erased_that_was_never_sealed():
    """
    A tombstone without a seal is no tombstone.
    """
    known = history(told("a", A1, says=Entry(to="done", erased=("reason",))))

    assert ["history-edited", "history-unsealed"] == codes(known)


@pytest.mark.parametrize("kind", PROBLEM_KINDS, ids=lambda kind: kind.code)
def test_every_kind_of_problem_says_how_to_mend_it(kind):
    """
    Nobody is left with a complaint alone.
    """
    assert kind.code.startswith("history-")
    assert all(text.endswith(".") and text[0].isupper() for text in (kind.meaning, kind.mend))
