"""
What is printed before the items of a list that counts.

One place for all formats, so that the third part of a decision is (c) in each. Letters go
on behind z as Word counts them: aa, bb, cc. Kept out: the numbers of paragraphs and
headings; see `numbering`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["LIST_STYLES", "faulty_label", "list_label"]

LIST_STYLES: dict[str, str] = {
    written: sign for sign in "1aAi" for written in (f"{sign}.", f"{sign})", f"({sign})")
}
"""
How an item's number may be printed, by how the first one looks, and the sign in it that counts.
"""

_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


def _letters(number: int) -> str:
    again, letter = divmod(number - 1, 26)
    return chr(ord("a") + letter) * (again + 1)


def _capitals(number: int) -> str:
    return _letters(number).upper()


def _roman(number: int) -> str:
    said = ""
    for worth, sign in _ROMAN:
        times, number = divmod(number, worth)
        said += sign * times
    return said


# How each sign counts, and how far: no letter is repeated more often than Word repeats it.
_COUNTING: dict[str, tuple[Callable[[int], str], int | None]] = {
    "1": (str, None),
    "a": (_letters, 26 * 30),
    "A": (_capitals, 26 * 30),
    "i": (_roman, 3999),
}


def faulty_label(style: str, number: int) -> str:
    """
    Return a sentence that says why item *number* has no label in *style*, empty if it has.
    """
    if style not in LIST_STYLES:
        known = ", ".join(LIST_STYLES)
        return f"a list is counted in the style “{style}”, which is none of: {known}"
    _, most = _COUNTING[LIST_STYLES[style]]
    if most is not None and not 0 < number <= most:
        return f"the style “{style}” counts from 1 to {most}, and not to {number}"
    return ""


def list_label(style: str, number: int) -> str:
    """
    Return what is printed before item *number* of a list in *style*, one of `LIST_STYLES`.

    >>> [list_label("(a)", number) for number in (1, 26, 27, 28)]
    ['(a)', '(z)', '(aa)', '(bb)']
    >>> list_label("i.", 4), list_label("A)", 2), list_label("1.", 12)
    ('iv.', 'B)', '12.')

    Raises:
        ValueError: If there is no such style, or it does not count so far.
    """
    if fault := faulty_label(style, number):
        raise ValueError(fault)
    sign = LIST_STYLES[style]
    count, _ = _COUNTING[sign]
    return style.replace(sign, count(number))
