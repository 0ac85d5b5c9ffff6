"""
New due days and removals: asked for, granted, refused; or set by whoever may set them.
"""

from __future__ import annotations

from typing import cast

import attrs

from peerkit.history import Asked, Revision
from peerkit.judging.arising import approver_of
from peerkit.judging.moves import remove
from peerkit.judging.steps import NotPermittedError, Step, a_kind, in_words
from peerkit.judging.waiting import meant
from peerkit.model import Action, Day

__all__ = ["answer_request", "ask_for", "revise"]

_NOBODY = {
    True: (
        "It does not say who is asked, and the plan names no approver.",
        "Add “of: …” here, or “approver: …” to the plan.",
    ),
    False: (
        "It does not say who is asked, and the resolution it arises from names no body.",
        "Add “of: …” here.",
    ),
}
"""What is said where nobody is asked: of an action in a plan, and of any other."""


def _must_have_due(step: Step, field: str) -> None:
    if not isinstance(step.record, Action):
        message = f"{a_kind(step.record).capitalize()} has no due day."
        raise NotPermittedError(field, message, "Record this of an action.")


def _must_have_reason(step: Step, field: str, said: str) -> None:
    if not step.entry.gives("reason"):
        raise NotPermittedError(field, f"{said} needs a reason.", "Add “reason: …”.")


def _must_be_open(step: Step, field: str, follows: str) -> None:
    stage = step.state.stage
    lifecycle = step.rules.lifecycle if step.rules is not None else None
    if lifecycle is not None and stage in lifecycle.final:
        message = f"It is in the final stage “{stage}”, so {follows}."
        raise NotPermittedError(field, message, "Leave it out.")


def _approver(step: Step) -> str:
    return approver_of(step.record, step.moment.register)


def _meant(step: Step, day: Day) -> Day:
    return meant(day, step.record, step.moment.register, step.occasion.day)


def revise(step: Step) -> None:
    """
    Set the new due day that the entry tells of.

    Raises:
        NotPermittedError: If only its approver may, or there is no reason.
    """
    _must_have_due(step, "due")
    _must_be_open(step, "due", "its due day stays as it is")
    approver = _approver(step)
    if approver and not step.is_by((approver,)):
        raise NotPermittedError(
            "due",
            f"A new due day is granted by {approver}, {step.but_is_not}.",
            "Write “asks_due” instead, and record what is answered.",
        )
    _must_have_reason(step, "due", "A new due day")
    _revised(step, cast("Day", step.entry.due), step.reason)


def _revised(step: Step, new: Day, reason: str) -> None:
    state = step.state
    new = _meant(step, new)
    revision = Revision(step.occasion.day, state.due, new, reason, step.occasion.by)
    state.revisions = (*state.revisions, revision)
    state.due = new


def ask_for(step: Step) -> None:
    """
    Note that a new due day, or removal, is asked for.

    Raises:
        NotPermittedError: If nobody is asked, no reason is given, or something else that was
            asked is not answered yet.
    """
    entry, state = step.entry, step.state
    field = "asks_due" if entry.asks_due is not None else "asks_removal"
    _must_have_due(step, field)
    if entry.asks_due is not None and entry.asks_removal:
        message = "It asks for a new day and for removal at once."
        raise NotPermittedError("asks_removal", message, "Ask for one.")
    _must_be_open(step, field, "nothing is asked for it")
    _must_have_reason(step, field, "What is asked")
    of = entry.of or _approver(step)
    if not of:
        raise NotPermittedError(field, *_NOBODY[bool(cast("Action", step.record).plan)])
    waiting = state.open_request
    if waiting is not None:
        raise NotPermittedError(
            field,
            f"What was asked on {in_words(waiting.day)} is not answered yet.",
            "Record “grants” or “refuses” first.",
        )
    due = _meant(step, entry.asks_due) if entry.asks_due is not None else None
    asked = Asked(step.occasion.day, of, step.occasion.by, step.reason, due)
    state.asked = (*state.asked, asked)


def answer_request(step: Step) -> None:
    """
    Note what is answered to a request, and what follows from it.

    Raises:
        NotPermittedError: If nothing of the kind was asked, or of somebody else.
    """
    entry, state = step.entry, step.state
    field: str = "grants" if entry.grants else "refuses"
    what = entry.grants or entry.refuses
    if entry.grants and entry.refuses:
        raise NotPermittedError("refuses", "It grants and refuses at once.", "Write one of them.")
    waiting = state.open_request
    if waiting is None or waiting.what != what:
        asked = "nothing is asked" if waiting is None else f"what is asked is {waiting.what}"
        message = f"It {field} “{what}”, and {asked}."
        raise NotPermittedError(field, message, "Record “asks_due” or “asks_removal” first.")
    if not step.is_by((waiting.of,)):
        raise NotPermittedError(
            field,
            f"It was asked of {waiting.of}, {step.but_is_not}.",
            "What is asked is answered by whoever was asked.",
        )
    asking, granting = (step.acting_as(one) for one in (waiting.by, step.occasion.by))
    if entry.grants and not asking.isdisjoint(granting):
        raise NotPermittedError(
            field,
            f"{step.occasion.by} asked for it and cannot grant it, too.",
            "It is granted by somebody else who acts for whoever was asked.",
        )
    state.asked = (
        *state.asked[:-1],
        attrs.evolve(
            waiting,
            answer="granted" if entry.grants else "refused",
            answered=step.occasion.day,
        ),
    )
    if entry.grants and waiting.due is not None:
        _revised(step, waiting.due, waiting.reason)
    elif entry.grants:
        remove(step, waiting.reason)
