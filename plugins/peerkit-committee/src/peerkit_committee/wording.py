"""
The words and sentences that papers print, and what may be put into each sentence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import attrs

from peerkit import fields as f
from peerkit.errors import PeerkitError

__all__ = [
    "OPTIONAL",
    "PLACES",
    "STYLE_PLACES",
    "Places",
    "Wording",
    "filled",
    "filled_markdown",
    "places_in",
]

_PLACE = re.compile(r"\{(\w+)\}")
_HELD = re.compile("\0([0-9]+)\0")


# Settings are read and asked, never compared or shown: what attrs would write for that
# is a third of what importing this module costs.
@attrs.frozen(kw_only=True, eq=False, repr=False)
class Wording:
    """
    Words and sentences papers print; ``{name}`` stands for what is put in.
    """

    yes: str = f.text("Yes.")
    no: str = f.text("No.")
    none: str = f.text("Printed where something is stated to be none.")
    not_stated: str = f.text("Printed where the record says nothing.")
    not_public: str = f.text("Printed for the public in place of what is withheld.")
    not_applicable: str = f.text("Before the reason why something does not apply: {reason}.")
    page: str = f.text("The word before the page's number.")
    page_of: str = f.text("The word between the page's number and the number of pages.")
    name_and_post: str = f.text("A person with their posts: {name}, {post}.")
    meeting: str = f.text("A meeting: {body}, {day}.")
    meeting_at: str = f.text("A meeting whose place is known: {body}, {day}, {place}.")
    joining: str = f.text("Between the last two things of a list in a sentence.")
    decision: str = f.text("A decision in one sentence: {body}, {parts}.")
    decision_lead: str = f.text("Before the parts of a decision in a list: {body}.")
    themes_lead: str = f.text("Before a list of themes: {body}, {count}, {themes}.")
    numbers: tuple[str, ...] = f.texts("The numbers from one up, in words.")
    options_lead: str = f.text("Before several options, if anything.")
    implementation_lead: str = f.text("Before the table of actions that implement a decision.")
    appendices_lead: str = f.text("Before the list of appendices.")
    appendix: str = f.text("An appendix: {number}, {title}.")
    withheld_appendix: str = f.text("The title of an appendix that is withheld from the public.")
    illustrative: str = f.text("Behind a record that is made up.")
    no_findings: str = f.text("Before the reason why a theme has no findings: {reason}.")
    response: str = f.text("The host's answer to a finding: {response}.")
    response_because: str = f.text("The same where its reason is given: {response}, {reason}.")
    member_of_team: str = f.text("One line of a review team: {what}, {authority}.")
    count_of_team: str = f.text("Several members of a review team alike: {count}, {what}.")
    judged: str = f.text("The day on which statuses were judged: {day}.")
    not_rated: str = f.text("Printed where nobody has rated yet.")
    finding_status: str = f.text("Where a finding stands: {status}.")
    group_caption: str = f.text("What the table of one group is called: {caption}, {group}.")
    revised: str = f.text("A due day that was put off: {due}, {original}, {times}.")
    once: str = f.text("Once, as in how often a day was put off.")
    times: str = f.text("More often than once: {count}.")
    revision: str = f.text("One putting off: {day}, {old}, {new}, {by}.")
    asked_due: str = f.text("A new due day that is asked for: {day}, {due}.")
    asked_removal: str = f.text("A removal that is asked for: {day}.")
    noted: str = f.text("Before a note on progress: {day}.")
    erased: str = f.text("Printed in place of a text that was erased.")
    report_considered: str = f.text("Which report an item took: {title}.")
    taken_urgent: str = f.text("Why an item that was not on the agenda was taken: {reason}.")
    left_room: str = f.text("Who left the room for an item: {names}.")
    arises_from: str = f.text("The item an action arises from: {day}, {body}, {number}, {title}.")
    movement: str = f.text(
        "How many actions came and went: {since}, {until}, {opening}, {new}, {closed}, {closing}."
    )
    movement_reopened: str = f.text(
        "The same where some were reopened: {since}, {until}, {opening}, {new}, {reopened}, "
        "{closed}, {closing}."
    )
    movement_shared: str = f.text("That an action of several themes counts in each of them.")
    movement_first: str = f.text("That no earlier report on a plan is known to compare with.")
    no_theme: str = f.text("In place of a theme, for actions that belong to none.")
    total: str = f.text("Before the total of a table.")
    resolved_otherwise: str = f.text("That another wording was proposed: {proposed}.")
    refers_back: str = f.text("An earlier resolution that is taken up again: {made}, {text}.")
    decides_recommendation: str = f.text("A recommendation that is decided on: {made}, {text}.")
    minutes_none: str = f.text("That it is not recorded how far minutes are.")
    minutes_draft: str = f.text("That minutes are not approved yet.")
    minutes_approved: str = f.text("That a later meeting approved them: {day}.")
    correct_record: str = f.text("That earlier minutes were approved: {day}.")
    corrected: str = f.text("That earlier minutes were approved as corrected: {day}.")
    notice_decision: str = f.text("A decision to come: {parts}.")
    callable_until: str = f.text("Until when a decision may be called in: {day}.")
    not_callable: str = f.text("Why a decision cannot be called in: {reason}.")
    call_in_not_known: str = f.text("What is missing to tell until when it may be: {missing}.")
    day_at: str = f.text("A day with a time: {day}, {time}.")
    assumed: str = f.text("What nobody knows for sure: {said}.")
    clearance_given: str = f.text("A clearance that was given: {by}, {day}.")
    clearance_not_required: str = f.text("One that is not required: {reason}.")
    clearance_open: str = f.text("One that is not given yet.")
    exempt: str = f.text("The paragraphs by which a report is exempt: {paragraphs}.")
    restrictions: Mapping[str, str] = f.words(
        "What notices say of who may see a report, by the report's own word."
    )
    notices: Mapping[str, str] = f.words("The words for sorts of notices, by key.")
    stages: Mapping[str, str] = f.words("The words for stages, where they are not the stages.")
    report_for: Mapping[str, str] = f.words("The words for what a report is for, by key.")
    access: Mapping[str, str] = f.words("The words for who may see a report, by key.")
    responses: Mapping[str, str] = f.words("The words for answers to findings, by key.")


@attrs.frozen
class Places:
    """
    What one sentence must have put in, lest it be lost, and what it may have besides.
    """

    must: tuple[str, ...] = ()
    may: tuple[str, ...] = ()

    @property
    def known(self) -> tuple[str, ...]:
        """
        All there are.
        """
        return (*self.must, *self.may)


OPTIONAL = frozenset(
    ("options_lead", "implementation_lead", "illustrative", "stages", "notices", "restrictions")
)
"""The words that a council may leave out."""

_COUNTED = ("since", "until", "opening", "new", "closed", "closing")

PLACES: Mapping[str, Places] = {
    "not_applicable": Places(("reason",)),
    "name_and_post": Places(("name", "post")),
    "meeting": Places(("body", "day")),
    "meeting_at": Places(("body", "day", "place")),
    "decision": Places(("parts",), ("body",)),
    "decision_lead": Places((), ("body",)),
    "themes_lead": Places((), ("body", "count", "themes")),
    "appendix": Places(("title",), ("number",)),
    "no_findings": Places(("reason",)),
    "response": Places(("response",)),
    "response_because": Places(("response", "reason")),
    "judged": Places(("day",)),
    "finding_status": Places(("status",)),
    "group_caption": Places(("group",), ("caption",)),
    "revised": Places(("due",), ("original", "times")),
    "times": Places(("count",)),
    "revision": Places(("new",), ("day", "old", "by")),
    "asked_due": Places(("due",), ("day",)),
    "asked_removal": Places((), ("day",)),
    "noted": Places((), ("day",)),
    "report_considered": Places(("title",)),
    "taken_urgent": Places(("reason",)),
    "left_room": Places(("names",)),
    "arises_from": Places(("day", "number", "title"), ("body",)),
    "movement": Places(_COUNTED),
    "movement_reopened": Places((*_COUNTED, "reopened")),
    "resolved_otherwise": Places(("proposed",)),
    "refers_back": Places(("text",), ("made",)),
    "decides_recommendation": Places(("text",), ("made",)),
    "minutes_approved": Places((), ("day",)),
    "correct_record": Places(("day",)),
    "corrected": Places(("day",)),
    "notice_decision": Places(("parts",)),
    "callable_until": Places(("day",)),
    "not_callable": Places(("reason",)),
    "call_in_not_known": Places((), ("missing",)),
    "day_at": Places(("day", "time")),
    "assumed": Places(("said",)),
    "clearance_given": Places(("by", "day")),
    "clearance_not_required": Places(("reason",)),
    "exempt": Places(("paragraphs",)),
    "member_of_team": Places(("what", "authority")),
    "count_of_team": Places(("count", "what")),
}
"""The places of each sentence of `Wording`; a word that is not here has none."""

STYLE_PLACES: Mapping[str, Places] = {
    "sentence": Places(("parts",)),
    "part": Places(("part",)),
    "before_last": Places(("part",)),
    "last": Places(("part",)),
    "recommended": Places((), ("body",)),
}
"""The places of each sentence of a minute style."""


def places_in(sentence: str) -> tuple[str, ...]:
    """
    Return the names of the places in *sentence*.

    >>> places_in("That {body} {parts}.")
    ('body', 'parts')
    """
    return tuple(_PLACE.findall(sentence))


def filled(sentence: str, values: Mapping[str, str]) -> str:
    """
    Return *sentence* with *values* put in. Where two full stops would meet, one is left.

    >>> filled("{what}.", {"what": "The end."})
    'The end.'

    Raises:
        PeerkitError: If it asks for something that is not there.
    """

    def put(found: re.Match[str]) -> str:
        if found[1] not in values:
            raise PeerkitError(
                f"The wording “{sentence}” asks for {{{found[1]}}}.",
                mend=f"It can have {', '.join(f'{{{name}}}' for name in values)}.",
            )
        return _at_seam(values[found[1]], sentence[found.end() :])

    return _PLACE.sub(put, sentence)


def filled_markdown(
    sentence: str, plain: Mapping[str, str], markdown: Mapping[str, str] | None = None
) -> str:
    r"""
    Return *sentence* as Markdown: all of it plain text, but for what is *markdown*.

    >>> filled_markdown("{a}: {b}.", {"a": "1. *a*"}, {"b": "*b*"})
    '1\\. \\*a\\*: *b*.'
    """
    from peerkit.document import escape_markdown  # noqa: PLC0415 - checks need no tree

    held = markdown or {}
    stand_ins = {name: f"\0{index}\0" for index, name in enumerate(held)}
    texts = tuple(held.values())
    text = escape_markdown(filled(sentence, {**plain, **stand_ins}))
    return _HELD.sub(lambda one: _at_seam(texts[int(one[1])], text[one.end() :]), text)


def _at_seam(value: str, following: str) -> str:
    return value[:-1] if value.endswith(".") and following.startswith(".") else value
