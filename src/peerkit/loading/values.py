"""
Single values: what one written text becomes, be it prose, a day or a word of a list.

Kept out: lists and groups of them, and which field is read how.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from peerkit.errors import ProblemKind, closest, did_you_mean, short
from peerkit.files.tree import Mapping as LocatedMapping
from peerkit.files.tree import Sequence as LocatedSequence
from peerkit.loading import problems as p
from peerkit.model import Day, DayError, Prose, parse_day

__all__ = [
    "LONGEST",
    "MOST_BRACKETS",
    "Hook",
    "Unfit",
    "as_choice",
    "as_day",
    "as_flag",
    "as_link",
    "as_number",
    "as_plain",
    "as_prose",
    "as_text",
    "shape",
]

LONGEST = 100_000
MOST_BRACKETS = 500
_YES_OR_NO = {"yes": True, "no": False, "true": True, "false": False}

Hook = Callable[[Any, Any], Any]


class Unfit(ValueError):  # noqa: N818 - it becomes a problem, it is no error of ours
    """
    A value that its field cannot hold: what is wrong, and how to mend it.

    *step* leads further down to the part that is wrong; *on_key* says that it is a
    key.
    """

    def __init__(
        self,
        kind: ProblemKind,
        message: str,
        mend: str = "",
        *,
        step: tuple[str | int, ...] = (),
        on_key: bool = False,
    ) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.mend = mend
        self.step = step
        self.on_key = on_key


def _sentence(words: str) -> str:
    """
    Return *words* with a capital and a full stop.
    """
    return f"{words[:1].upper()}{words[1:]}{'' if words.endswith('?') else '.'}" if words else ""


def shape(value: object) -> str:
    """
    Return in words what stands where something else is needed.
    """
    match value:
        case None:
            return "nothing is written here"
        case str():
            return "here is a text"
        case Mapping():
            return "here is a group of fields"
        case list() | tuple():
            return "here is a list"
        case _:
            return f"here is a {type(value).__name__}"


def as_text(value: object, _type: Any = None) -> str:
    """
    Take a text of any length, and tell what made something else of it.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, LocatedMapping) and len(value) == 1 and not value.flow:
        key, inner = next(iter(value.items()))
        if inner is None or isinstance(inner, str):
            raise Unfit(
                p.TEXT_BECAME_GROUP,
                f"A text is expected, but the colon behind “{short(key)}” makes it a field.",
            )
    if isinstance(value, LocatedMapping | LocatedSequence) and value.flow:
        raise Unfit(
            p.PROSE_IN_BRACKETS,
            f"A text is expected; {shape(value)}, in brackets.",
            "If it is one text, put quotes round the whole of it.",
        )
    raise Unfit(p.WRONG_SHAPE, f"A text is needed; {shape(value)}.", "Write one text.")


def as_prose(value: object, _type: Any = None) -> Prose:
    """
    Take a text that Markdown may stand in, if reading that takes no age.
    """
    text = as_text(value)
    if len(text) > LONGEST:
        raise Unfit(
            p.TEXT_TOO_LONG, f"This text has {len(text):,} characters; {LONGEST:,} are the most."
        )
    if text.count("[") > MOST_BRACKETS and any(
        part.count("[") > MOST_BRACKETS for part in text.split("\n\n")
    ):
        raise Unfit(
            p.TEXT_TOO_LONG, f"One paragraph of this text has more than {MOST_BRACKETS} “[”."
        )
    return Prose(text)


def as_plain(value: object, _type: Any = None) -> str:
    """
    Take a text that is not too long.
    """
    text = as_text(value)
    if len(text) > LONGEST:
        raise Unfit(
            p.TEXT_TOO_LONG, f"This text has {len(text):,} characters; {LONGEST:,} are the most."
        )
    return text


def as_day(value: object, _type: Any = None) -> Day | None:
    """
    Take a day, however inexact.
    """
    try:
        return parse_day(as_text(value))
    except DayError as error:
        raise Unfit(p.NOT_A_DAY, f"{error}.", _sentence(error.mend)) from None


def as_number(value: object, _type: Any = None) -> int:
    """
    Take a whole number.
    """
    text = as_text(value)
    if not (text.isascii() and text.isdigit() and len(text) <= 9):  # noqa: PLR2004 - a billion
        raise Unfit(p.NOT_A_NUMBER, f"“{short(text)}” is not a whole number.")
    return int(text)


def as_flag(value: object, _type: Any = None) -> bool:
    """
    Take yes or no.
    """
    text = as_text(value)
    try:
        return _YES_OR_NO[text.casefold()]
    except KeyError:
        raise Unfit(p.NOT_YES_OR_NO, f"“{short(text)}” is neither yes nor no.") from None


def as_choice(choices: tuple[str, ...]) -> Hook:
    """
    Return what takes one of *choices*, in whatever case it is written.
    """
    known = {word.casefold(): word for word in choices}

    def hook(value: object, _type: Any) -> str:
        text = as_text(value)
        try:
            return known[text.casefold()]
        except KeyError:
            words = ", ".join(choices)
            raise Unfit(
                p.NOT_A_CHOICE,
                f"“{short(text)}” is not one of: {words}.",
                did_you_mean(closest(text, choices)),
            ) from None

    return hook


def as_link(value: object, _type: Any = None) -> str:
    """
    Take the id of one record.
    """
    if isinstance(value, str):
        return value
    raise Unfit(p.WRONG_SHAPE, f"The id of one record is needed; {shape(value)}.", "Write one id.")
