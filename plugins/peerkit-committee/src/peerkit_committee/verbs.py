"""
The verb of a decision in whichever form a sentence needs it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from peerkit import Pair
from peerkit_committee.configuration import VerbForms

__all__ = ["in_form", "without_stop"]

_WHAT = "{what}"


def without_stop(part: str) -> str:
    """
    Return *part* without its full stop, if it has just one.

    >>> without_stop("The end."), without_stop("And so on...")
    ('The end', 'And so on...')
    """
    part = part.strip()
    return part[:-1] if part.endswith(".") and not part.endswith("..") else part


def in_form(
    pair: Pair, form: str, verbs: Mapping[str, VerbForms], escape: Callable[[str], str] = str
) -> str:
    """
    Return one part of a decision with its verb in a *form*, what is not its own text escaped.

    >>> verbs = {"refer": VerbForms(proposed="refers", passive="be referred", object_ends="to")}
    >>> in_form(Pair("refer", "the plan to the Council"), "passive", verbs)
    'the plan be referred to the Council'
    """
    text = without_stop(pair.text)
    forms = verbs.get(pair.word)
    said = getattr(forms, form) if forms is not None else ""
    if forms is None or not said:
        return f"{escape(pair.word)} {text}".strip()
    if _WHAT in said:
        before, _, behind = said.partition(_WHAT)
        return f"{escape(before)}{text}{escape(behind)}"
    said = escape(said)
    if form != "passive":
        return f"{said} {text}".strip()
    end = f" {forms.object_ends} " if forms.object_ends else ""
    what, found, rest = text.partition(end) if end else (text, "", "")
    return f"{what} {said}{found}{rest}".strip()
