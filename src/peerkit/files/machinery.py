"""
YAML's own machinery, which is refused, and prose that only looks like it.

A sentence may begin with *, & or !. Its writer is told to put quotes round it, and
hears of anchors, aliases and tags only where they were meant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from peerkit.errors import ProblemKind, Severity
from peerkit.files.syntax import FIRST_CHARACTER, TAG, first_character

if TYPE_CHECKING:
    from collections.abc import Callable

    from peerkit.files.comments import Event
    from peerkit.files.tree import Source

__all__ = ["PROBLEM_KINDS", "refusals"]

ALIAS: Final = ProblemKind(
    code="yaml-alias",
    severity=Severity.FAULT,
    meaning="The file points to another part of itself with *, which hides what it says.",
    mend="Write the value out again in this place.",
)
ANCHOR: Final = ProblemKind(
    code="yaml-anchor",
    severity=Severity.FAULT,
    meaning="The file names a part of itself with & to repeat it elsewhere; this is not allowed.",
    mend="Take the & and its name away, and write the value out wherever it is needed.",
)

PROBLEM_KINDS: Final = (ALIAS, ANCHOR)

_STANDARD_TAGS: Final = "tag:yaml.org,2002:"


def refusals(event: Event, source: Source) -> list[tuple[ProblemKind, str]]:
    """
    Return the kind and message of every problem with the signs before *event*.
    """
    return [
        (FIRST_CHARACTER, first_character(sign.character))
        if sign.is_prose(event, source)
        else (sign.kind, sign.message(event))
        for sign in _SIGNS
        if sign.is_on(event)
    ]


@attrs.frozen(kw_only=True)
class _Sign:
    """
    A character that the parser takes for an order, and how to tell it from prose.
    """

    kind: ProblemKind
    character: str
    is_on: Callable[[Event], bool]
    is_prose: Callable[[Event, Source], bool]
    message: Callable[[Event], str]


def _is_alias(event: Event) -> bool:
    return not hasattr(event, "implicit")  # what an alias lacks of all that can be named


def _is_sentence(event: Event) -> bool:
    return bool(getattr(event, "value", "")) and not event.style


def _anchor_message(event: Event) -> str:
    line = event.start_mark.line + 1
    return f"Line {line} names an anchor, &{event.anchor}; anchors are not allowed."


def _tag_message(event: Event) -> str:
    return f"{event.tag.replace(_STANDARD_TAGS, '!!')}: tags are not allowed."


_SIGNS: Final = (
    _Sign(
        kind=ALIAS,
        character="*",
        is_on=_is_alias,
        is_prose=lambda event, source: f"&{event.anchor}" not in source.text,
        message=lambda event: (
            f"*{event.anchor} points to another part of the file; this is not allowed."
        ),
    ),
    _Sign(
        kind=ANCHOR,
        character="&",
        is_on=lambda event: not _is_alias(event) and event.anchor is not None,
        is_prose=lambda event, source: (
            _is_sentence(event) and f"*{event.anchor}" not in source.text
        ),
        message=_anchor_message,
    ),
    _Sign(
        kind=TAG,
        character="!",
        is_on=lambda event: getattr(event, "tag", None) is not None,
        is_prose=lambda event, _: _is_sentence(event) and event.tag.startswith("!"),
        message=_tag_message,
    ),
)
