import datetime as dt

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerkit import fields as f
from peerkit.model import (
    ANY_NAME,
    CORE_KINDS,
    Day,
    DayError,
    Evidence,
    FieldKind,
    Finding,
    Plan,
    Record,
    Review,
    TeamMember,
    Theme,
    field_specs,
    link_paths,
    parse_day,
)
from peerkit.plugins import gather

DAYS = [
    ("2022-07-31", "31 July 2022", "2022-07-31", "2022-07-31"),
    ("31 July 2022", "31 July 2022", "2022-07-31", "2022-07-31"),
    ("31st July 2022", "31 July 2022", "2022-07-31", "2022-07-31"),
    ("  3rd   Sept\n2022 ", "3 September 2022", "2022-09-03", "2022-09-03"),
    ("29 feb 2024", "29 February 2024", "2024-02-29", "2024-02-29"),
    ("July 2022", "July 2022", "2022-07-01", "2022-07-31"),
    ("FEBRUARY 2023", "February 2023", "2023-02-01", "2023-02-28"),
    ("2022", "2022", "2022-01-01", "2022-12-31"),
    ("2022/23", "2022/23", "2022-04-01", "2023-03-31"),
    ("2022/2023", "2022/23", "2022-04-01", "2023-03-31"),
    ("1999/00", "1999/00", "1999-04-01", "2000-03-31"),
    ("Q1 2022/23", "Q1 2022/23", "2022-04-01", "2022-06-30"),
    ("q3 2022/23", "Q3 2022/23", "2022-10-01", "2022-12-31"),
    ("Q4 2022/23", "Q4 2022/23", "2023-01-01", "2023-03-31"),
    ("21 to 22 September 2021", "21 to 22 September 2021", "2021-09-21", "2021-09-22"),
    ("21–22 September 2021", "21 to 22 September 2021", "2021-09-21", "2021-09-22"),
    ("2021-09-21 to 2021-09-22", "21 to 22 September 2021", "2021-09-21", "2021-09-22"),
    ("30 August until 2 Sept 2021", "30 August to 2 September 2021", "2021-08-30", "2021-09-02"),
    (
        "30 December 2021 to 2 January 2022",
        "30 December 2021 to 2 January 2022",
        "2021-12-30",
        "2022-01-02",
    ),
    ("July to September 2021", "July to September 2021", "2021-07-01", "2021-09-30"),
    ("2021 to 2023", "2021 to 2023", "2021-01-01", "2023-12-31"),
]


@pytest.mark.parametrize(
    ("written", "words", "first", "last"), DAYS, ids=[" ".join(row[0].split()) for row in DAYS]
)
def test_a_day_is_as_exact_as_it_is_written(written, words, first, last):
    """
    A day keeps its words, put in one form, and the first and last day it can be.
    """
    expected = Day(words, dt.date.fromisoformat(first), dt.date.fromisoformat(last))

    assert expected == parse_day(written)
    assert words == str(parse_day(written))
    assert (first == last) == parse_day(written).is_exact


def test_the_next_meeting_has_no_day_yet():
    """
    A meeting that is not called is unfixed: neither exact nor over.
    """
    day = parse_day("Next  meeting")

    assert Day("next meeting") == day
    assert (False, False) == (day.is_exact, day.is_fixed)


FORMS = "write a day like 2022-07-31"
REFUSED = [
    ("2022-02-30", "February 2022 has 28 days", "the day that is meant"),
    ("30 February 2024", "February 2024 has 29 days", "the day that is meant"),
    ("0 July 2022", "July 2022 has 31 days", "the day that is meant"),
    ("31 to 2 September 2021", "September 2021 has 30 days", "the day that is meant"),
    ("2022-13-01", "there is no month 13", FORMS),
    ("0021-09-21", "the year cannot be 21", FORMS),
    ("0000", "the year cannot be 0", FORMS),
    ("03/02/2022", "can be read in two ways", "write 2022-02-03 if the day comes first"),
    ("3.2.22", "can be read in two ways", "write 2022-02-03 if the day comes first"),
    ("03-02-2022", "can be read in two ways", "write 2022-02-03 if the day comes first"),
    ("31/02/2022", "February 2022 has 28 days", "the day that is meant"),
    ("Jult 2022", "“Jult” is not a month", FORMS),
    ("September", "does not say the year", "add the year"),
    ("21 September", "does not say the year", "add the year"),
    ("21 to 22 September", "does not say the year", "add the year"),
    ("21 2021", "does not say the month", "add the month"),
    ("21 to September 2021", "is exact at one end only", "write both ends as exactly"),
    ("22 to 21 September 2021", "ends before it begins", "write the earlier day first"),
    ("2021/23", "is not a financial year", "write 2021/22"),
    ("2021/1922", "is not a financial year", "write 2021/22"),
    ("9999/00", "the year cannot be 9999", FORMS),
    ("Q4 9999/00", "the year cannot be 9999", FORMS),
    ("0000/01", "the year cannot be 0", FORMS),
    ("Q1 0000/01", "the year cannot be 0", FORMS),
    ("Q2 2021/23", "is not a financial year", "write 2021/22"),
    ("Q5 2021/22", "is not a day", FORMS),
    ("soon", "“soon” is not a month", FORMS),
    ("by July 2022", "is not a day", FORMS),
    ("1 to 2 to 3 July 2021", "is not a day", FORMS),
    ("", "is not a day", FORMS),
]


@pytest.mark.parametrize(
    ("written", "message", "mend"), REFUSED, ids=[row[0] or "nothing" for row in REFUSED]
)
def test_what_is_no_day_is_refused_with_its_mend(written, message, mend):
    """
    Nothing is guessed: a day that does not exist or is unclear says what to write.
    """
    with pytest.raises(DayError) as caught:
        parse_day(written)

    assert message in str(caught.value)
    assert mend in caught.value.mend


def test_a_long_text_in_place_of_a_day_is_not_repeated_whole():
    """
    A message stays short, however long the text is.
    """
    with pytest.raises(DayError) as caught:
        parse_day("the end of the year " * 5_000)

    assert 100 > len(str(caught.value))


_PIECES = [
    *("1", "2", "21st", "30", "31", "0", "99", "2021", "2022", "0001", "9999", "2022-07-31"),
    *("July", "Sept", "february", "june", "to", "until", "–", "-", "/", ".", " "),
    *("Q1", "Q4", "2022/23", "9999/00", "next meeting", "²", "٣"),
]
_LIKE_DAYS = st.lists(st.sampled_from(_PIECES), max_size=7)


def _day_if_any(text):
    try:
        return parse_day(text)
    except DayError:
        return None


@given(st.text(max_size=20) | _LIKE_DAYS.map(" ".join) | _LIKE_DAYS.map("".join))
def test_any_text_is_a_day_or_is_refused(text):
    """
    Whatever is written, it is read or refused; and what is printed reads the same again.
    """
    day = _day_if_any(text)

    if day is not None:
        assert day == parse_day(day.words)
        assert (day.first is None) == (day.last is None)
        assert not day.is_fixed or day.first <= day.last


@given(st.dates(min_value=dt.date(1000, 1, 1)))
def test_every_date_is_a_day(date):
    """
    An exact day is read from its ISO form and from its printed words.
    """
    day = parse_day(date.isoformat())

    assert (date, date) == (day.first, day.last)
    assert day == parse_day(day.words)


@attrs.frozen(kw_only=True)
class _Inner:
    chair: str = f.link("Who leads it.", "party", key="led_by")
    note: str = f.text("A note.")


@attrs.frozen(kw_only=True)
class _Panel(Record):
    name: str = f.text("Its name.", required=True)
    one: _Inner | None = f.group("One.", _Inner)
    many: tuple[_Inner, ...] = f.groups("Many.", _Inner)
    named: dict[str, _Inner] = f.named("Named.", _Inner, key="by_name")
    members: tuple[str, ...] = f.links("Who belongs to it.", "party", "plan")


def test_fields_are_declared_once():
    """
    A spec carries the name in Python and the key in files, in the order of the class.
    """
    specs = {spec.name: spec for spec in field_specs(_Panel)}

    assert ["illustrative", "withheld", "name", "one", "many", "named", "members"] == [*specs]
    assert "by_name" == specs["named"].key
    assert FieldKind.TEXT is specs["name"].kind
    assert specs["name"].required
    assert ("party", "plan") == specs["members"].kinds


def test_links_are_found_inside_groups():
    """
    A link path leads through groups, lists and names to every link.
    """
    paths = {(path.around, path.spec.key) for path in link_paths(_Panel)}

    assert {
        ((), "members"),
        (("one",), "led_by"),
        (("many",), "led_by"),
        (("by_name", ANY_NAME), "led_by"),
    } == paths


@pytest.mark.parametrize("kind", gather().record_kinds.values(), ids=lambda kind: kind.name)
def test_a_kind_and_its_records_agree(kind):
    """
    A record knows its kind by the name under which the kind is offered.
    """
    assert kind.name == kind.record.kind
    assert kind.plural
    assert kind.doc.endswith(".")
    keys = [spec.key for spec in field_specs(kind.record)]
    assert len({*keys, "id", "more"}) == len(keys) + 2
    assert not kind.short or kind.short in keys


@pytest.mark.parametrize("kind", gather().record_kinds.values(), ids=lambda kind: kind.name)
def test_links_lead_to_kinds_that_are_there(kind):
    """
    No field links to a kind that nobody offers; every field says what it is for.
    """
    kinds = gather().record_kinds

    for path in link_paths(kind.record):
        assert {*path.spec.kinds} <= {*kinds}
    for spec in field_specs(kind.record):
        assert spec.doc.endswith(".")
    assert not kind.scope or kind.scope in kinds
    for nest in kind.nests:
        assert nest.kind in kinds
        assert nest.key or nest.sets


def test_core_kinds_have_no_name_in_common():
    """
    The name of one kind is never the plural of another.
    """
    words = [word for kind in CORE_KINDS for word in {kind.name, kind.plural}]

    assert len(words) == len({*words})


def test_a_record_knows_its_scope():
    """
    The whole id tells the short one and the record around it.
    """
    finding = Finding(id="libraries/D1", text="x", finding_kind="development", review="libraries")

    assert ("D1", "libraries") == (finding.local_id, finding.scope)
    assert "finding libraries/D1, text" == str(finding.at("text"))
    assert "" == Plan(id="p", title="P").scope


def test_records_are_frozen():
    """
    What was read cannot be changed.
    """
    review = Review(id="r", title="R", review_kind="k", team=(TeamMember(name="A"),))

    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        review.title = "S"


def test_records_are_equal_if_all_their_fields_are():
    """
    Without code of their own for it, records and the groups in them compare as plain values.
    """
    one = Theme(id="r/t", title="Reading", review="r", more={"mood": "calm"})

    assert one == attrs.evolve(one)
    assert hash(one) == hash(attrs.evolve(one))
    assert one != attrs.evolve(one, title="Writing")
    assert one != attrs.evolve(one, more={})
    assert one != Evidence(id="r/t", title="Reading", review="r")
    assert "Theme(id='r/t', more={'mood': 'calm'}, title='Reading', review='r')" == repr(one)
