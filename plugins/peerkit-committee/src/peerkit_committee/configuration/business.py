"""
What a council declares of its business: pillars, impacts, verbs, deadlines, minutes.
"""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from peerkit import fields as f

__all__ = [
    "FORMS",
    "LIST_STYLES",
    "ClearanceSettings",
    "Closures",
    "DeadlineRule",
    "Impact",
    "MinuteStyle",
    "StrategicPlan",
    "VerbForms",
]

FORMS = ("proposed", "base", "infinitive", "passive", "past", "gerund")
"""The forms of a verb that a paper can ask for."""

LIST_STYLES = ("bullets", "1.", "1)", "(1)", "a.", "a)", "(a)", "i.", "i)", "(i)", "A.", "A)")
"""How the items of a list are marked."""


# Settings are read and asked, never compared or shown: what attrs would write for that
# is a third of what importing this module costs.
@attrs.frozen(kw_only=True, eq=False, repr=False)
class StrategicPlan:
    """
    The plan that reports are to serve, by its pillars.
    """

    name: str = f.text("The plan's name.")
    pillars: Mapping[str, str] = f.words("The pillars, by key, in their order.")


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Impact:
    """
    One heading under which a report says what its decision would mean.
    """

    heading: str = f.text("The heading.", required=True)
    required: bool | None = f.flag("Whether every report must speak of it.")


@attrs.frozen(kw_only=True, eq=False, repr=False)
class VerbForms:
    """
    The forms of one verb of a decision. What it is done to stands behind each form, but
    before `passive`; where a form holds ``{what}``, it stands there.
    """

    proposed: str = f.text("After the body's name: “notes”.", required=True)
    base: str = f.text("As it is asked: “note”.")
    infinitive: str = f.text("As it is announced: “to note”.")
    passive: str = f.text("As it is resolved: “be noted”.")
    past: str = f.text("As it is told: “noted”.")
    gerund: str = f.text("As it is spoken of: “noting”.")
    object_ends: str = f.text(
        "The word at which what it is done to ends, such as “to” in “the report to the Council”; "
        "the rest stays behind the verb."
    )


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ClearanceSettings:
    """
    One clearance that reports need before they go to a meeting.
    """

    heading: str = f.text("What papers call it.", required=True)
    required: bool | None = f.flag("Whether every report needs it, or says why not.")


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Closures:
    """
    When the council's offices are closed, beside weekends and bank holidays.
    """

    closures: Mapping[str, str] = f.words(
        "What each day or span is, such as 28 to 30 December 2022: Christmas closure."
    )


@attrs.frozen(kw_only=True, eq=False, repr=False)
class DeadlineRule:
    """
    What must be done by when for records of one kind.
    """

    of: str = f.text("The kind of record.", required=True)
    what: str = f.text("What is to be done by then.", required=True)
    count: str = f.text("By when: “5 clear working days before”, “3 months after”.", required=True)
    counted_from: str = f.text(
        "The day it is counted from: a day the record holds or is told of, or the day on which it "
        "came to a stage.",
        required=True,
        key="from",
    )
    done: tuple[str, ...] = f.names("The days that show that it was done, the first known one.")
    when: Mapping[str, tuple[str, ...]] = f.cells("Facts of the record that must hold.")
    kinds: tuple[str, ...] = f.names("Of reviews, only those of these kinds.")
    bodies: tuple[str, ...] = f.names("Only before these bodies.")
    duty: bool | None = f.flag("No for the end of a period nobody need do anything about.")
    source: str = f.text("The law, guidance or paper it comes from.", required=True)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class MinuteStyle:
    """
    How a body's minutes tell an item and what was decided on it.
    """

    order: tuple[str, ...] = f.names("The parts of an item, in their order.", required=True)
    needs: tuple[str, ...] = f.names("Those that an item with a decision must fill.")
    heading: str = f.text("The words over a decision, such as ORDERED.", required=True)
    recommended: str = f.text("Those over a recommendation: {body} is whom it goes to.")
    lead: str = f.text("The words before the parts, such as “That:”.")
    form: str = f.choice(
        "Whether the parts are one sentence, a list, or lines without marks.",
        "sentence",
        "list",
        "lines",
        default="sentence",
    )
    list_style: str = f.choice("How a list is numbered.", *LIST_STYLES, default="1.")
    verb_form: str = f.choice("Which form a verb has.", *FORMS, default="passive")
    sentence: str = f.text("Several parts in one sentence: {parts}.")
    part: str = f.text("One of several parts: {part}; the part itself if left out.")
    before_last: str = f.text("The part before the last: {part}; as the others if left out.")
    last: str = f.text("The last part, or the only one: {part}; as the others if left out.")
    headings: Mapping[str, str] = f.words("The words over the other parts, by the part.")
    one_reason: str = f.text("The words over a single reason, where they differ from headings.")
    gap: str = f.text("Printed where a part is needed and empty.")
