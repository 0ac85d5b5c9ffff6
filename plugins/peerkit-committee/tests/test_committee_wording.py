import attrs
import pytest

from peerkit_committee.wording import OPTIONAL, PLACES, Wording, filled, filled_markdown, places_in


@pytest.mark.parametrize("name", PLACES)
def test_every_sentence_must_have_its_places(council, name):
    """
    A sentence without a place it must have is a problem at its line.
    """
    council.add("settings", f"  {name}: Nothing here\n")
    expected = [("missing-place", "Nothing here")] * len(PLACES[name].must)

    assert expected == council.found()


@pytest.mark.parametrize("name", ["decision", "appendix", "yes", "withheld_appendix"])
def test_no_sentence_may_have_an_unknown_place(council, name):
    """
    A misspelt place is found before any paper is made.
    """
    places = "".join(f"{{{one}}}" for one in PLACES[name].known) if name in PLACES else ""
    council.add("settings", f'  {name}: "{places} {{bodyy}}"\n')

    assert ["unknown-place"] == council.codes()


def test_title_of_a_review_report_has_the_review_s(council):
    """
    A title that forgets the review's own would call all reports the same.
    """
    council.change("settings", "papers:\n", "papers:\n  review-report:\n    title: A report\n")

    assert [("missing-place", "A report")] == council.found()


def test_sentences_say_which_places_they_have():
    """
    What a sentence's description promises is what it can have.
    """
    told = {one.name: places_in(one.metadata["peerkit"].doc) for one in attrs.fields(Wording)}

    for name, places in told.items():
        assert set(places) == set(PLACES[name].known if name in PLACES else ()), name
    assert told.keys() >= OPTIONAL


@pytest.mark.parametrize(
    ("sentence", "value", "expected"),
    [
        ("That {a}.", "so", "That so."),
        ("That {a}.", "so.", "That so."),
        ("That {a}", "so.", "That so."),
        ("That {a}. Then", "so…", "That so…. Then"),
        ("{a}, {a}.", "x.", "x., x."),
    ],
)
def test_full_stops_do_not_meet(sentence, value, expected):
    """
    Where the sentence has a full stop, the text's own is left out.
    """
    assert expected == filled(sentence, {"a": value})
    assert expected == filled_markdown(sentence, {}, {"a": value})


@pytest.mark.parametrize("verb", ["note", "receive and note"])
def test_decision_ends_in_one_full_stop(council, said, verb):
    """
    Parts that were written as sentences make one sentence.
    """
    council.change(
        "report",
        "- receive and note: the outcomes of the Virtual School peer review",
        f"- {verb}: the outcomes.",
    )
    council.change("report", "endorse: the accompanying action plan", "endorse: the action plan.")

    assert said(council.document(), "decisions").endswith(
        " notes the outcomes and endorses the action plan."
    )
