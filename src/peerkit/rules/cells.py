"""
Cells over facts: the one vocabulary in which rules are written.

A cell names a fact and the answers that fit; several cells fit together if each
does. Kept out: how a fact gets its answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

__all__ = ["first_misfit", "fits"]

Cells = Mapping[str, tuple[str, ...]]


def first_misfit(cells: Cells, ask: Callable[[str], str]) -> tuple[str, str] | None:
    """
    Return the first fact whose answer does not fit, with that answer, or None.

    >>> first_misfit({"urgent": ("yes",)}, {"urgent": "no"}.__getitem__)
    ('urgent', 'no')
    """
    for fact, wanted in cells.items():
        answer = ask(fact)
        if answer not in wanted:
            return fact, answer
    return None


def fits(cells: Cells, ask: Callable[[str], str]) -> bool:
    """
    True if the answer that *ask* gives to every fact is one that its cell in *cells*
    names; no cells always fit.

    >>> fits({"urgent": ("yes", "not stated")}, {"urgent": "yes"}.__getitem__)
    True
    """
    return first_misfit(cells, ask) is None
