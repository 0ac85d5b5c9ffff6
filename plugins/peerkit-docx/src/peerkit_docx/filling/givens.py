"""
What filters are given, looked at before anything is done with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2.runtime import Undefined

from peerkit_docx.filling.faults import COMPARED, TagError, kind_of
from peerkit_docx.problems import TEMPLATE_VALUE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = [
    "MAX_JOINED",
    "MAX_NUMBER",
    "MAX_WIDE",
    "SAID",
    "bounded",
    "defined",
    "group_of",
    "items_of",
    "judged",
    "number_of",
    "several_of",
    "text_of",
    "whole_of",
]

MAX_JOINED = 100_000
MAX_WIDE = 1_000
MAX_NUMBER = 10**15

SAID = (int, float, bool)
"""What is printed as it is, besides texts."""


def defined(value: object) -> object:
    """
    Return *value*, which must be there; an empty text for an ``if`` without an ``else``.

    Raises:
        UndefinedError: If it is not.
    """
    # For the `else` that is not written, Jinja gives its own class and not ours.
    return str(value) if isinstance(value, Undefined) else value


def text_of(value: object, what: str) -> str:
    """
    Return *value*, which must be a text; *what* is the filter that was given it.
    """
    value = defined(value)
    if isinstance(value, str):
        return str(value)
    raise TagError(f"The filter “{what}” is for texts, and this is {kind_of(value)}")


def number_of(value: object, what: str) -> float:
    """
    Return *value*, which must be a number.
    """
    defined(value)
    if type(value) in (int, float):
        return value  # type: ignore[return-value]
    raise TagError(f"The filter “{what}” is for numbers, and this is {kind_of(value)}")


def several_of(value: object, what: str) -> Sequence[Any]:
    """
    Return *value*, which must be a list or a text.
    """
    value = defined(value)
    if isinstance(value, str):
        return str(value)
    if isinstance(value, list | tuple):
        return value
    raise TagError(f"The filter “{what}” is for texts and lists, and this is {kind_of(value)}")


def items_of(value: object, what: str) -> list[Any]:
    """
    Return what *value* holds, be it a list, a text or a group.
    """
    defined(value)
    if isinstance(value, dict):
        return list(value)
    return list(several_of(value, what))


def whole_of(value: object, what: str, most: int = MAX_WIDE) -> int:
    """
    Return *value*, which must be a whole number from 0 to *most*.
    """
    defined(value)
    if type(value) is not int or not 0 <= value <= most:
        raise TagError(f"The filter “{what}” takes a whole number from 0 to {most:,}")
    return value


def bounded(text: str, what: str) -> str:
    """
    Return *text*, which must not be too long.
    """
    if len(text) > MAX_JOINED:
        raise TagError(f"The filter “{what}” would give more than {MAX_JOINED:,} characters")
    return text


def group_of(value: object, what: str) -> dict[str, Any]:
    """
    Return *value*, which must be a group of names.
    """
    defined(value)
    if not isinstance(value, dict):
        raise TagError(f"The filter “{what}” is for a group of names, and this is {kind_of(value)}")
    return value


def judged(does: Callable[..., object], *sides: object) -> bool:
    """
    Return what comparing *sides* with one another comes to.

    Raises:
        TagError: If they cannot be compared.
    """
    try:
        return bool(does(*sides))
    except (TypeError, RecursionError):
        raise TagError(COMPARED, kind=TEMPLATE_VALUE) from None
