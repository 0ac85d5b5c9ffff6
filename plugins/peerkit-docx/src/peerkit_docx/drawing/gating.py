"""
The gate: a paper that not everyone could read is refused, and no other.

While a paper is drawn, what can be told cheaply is watched. Where that leaves a doubt,
either way, what was drawn is read whole, and the reading decides.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from peerkit.errors import PeerkitError, ProblemsError
from peerkit_docx.access.finished import finished_problems
from peerkit_docx.access.vouching import Voucher
from peerkit_docx.drawing.keeping import remembered
from peerkit_docx.markup.values import Blocks, Head, Picture
from peerkit_docx.problems import ACCESS_KINDS
from peerkit_docx.word.refusing import refuse

if TYPE_CHECKING:
    from collections.abc import Callable, Container

    from peerkit.errors import Problem, ProblemKind
    from peerkit_docx.drawing.drawn import Drawn
    from peerkit_docx.preparing.prepared import Prepared

__all__ = ["gated"]

_PROPERTIES = "docProps/"
# They look as the template has them look, and are looked at while they are drawn.
_PLAIN = frozenset({Blocks, Head, Picture})


def gated(
    prepared: Prepared,
    origin: str,
    draw: Callable[[bool], Drawn],
    spared: Container[ProblemKind] = (),
) -> Drawn:
    """
    Return what *draw* gives from *prepared*; it is told whether to watch what it draws.

    Problems of kinds that are *spared* are left to whoever wrote the words.

    Raises:
        PeerkitError: If anything cannot be drawn.
        ProblemsError: If it could be, and not everyone could read it.
    """
    voucher = remembered(("voucher", prepared.key), functools.partial(_voucher, prepared, origin))
    told: ProblemsError | None = None
    try:
        made = draw(True)  # noqa: FBT003 - its only one
    except ProblemsError as error:
        if any(one.kind not in ACCESS_KINDS for one in error.problems):
            raise
        made, told = _despite(error, draw), error
    else:
        has_values = bool(made.drew - _PLAIN)
        if voucher.vouches(made.said, made.pen.drawn, has_values=has_values):
            return made
    found = _problems(made, prepared, origin, voucher)
    if told is not None and {one.kind for one in found} & {one.kind for one in told.problems}:
        raise told  # it knows the tag, which the paper has lost
    refuse((one for one in found if one.kind not in spared), origin)
    return made


def _despite(error: ProblemsError, draw: Callable[[bool], Drawn]) -> Drawn:
    """
    Return what was refused with *error* while it was drawn, to be read whole.
    """
    try:
        return draw(False)  # noqa: FBT003 - its only one
    except PeerkitError:
        raise error from None


def _voucher(prepared: Prepared, origin: str) -> Voucher:
    return Voucher(
        sources={
            name: one.text
            for name, one in prepared.sources.items()
            if not name.startswith(_PROPERTIES)
        },
        main=prepared.main,
        ids=prepared.ids,
        styles=prepared.parts[prepared.styles],
        looks=prepared.looks,
        where=f"{origin}, {prepared.styles}",
    )


def _problems(
    made: Drawn, prepared: Prepared, origin: str, voucher: Voucher
) -> tuple[Problem, ...]:
    parts = {name: made.parts[name].unpacked() for name in voucher.sources if name in made.parts}
    return tuple(finished_problems(parts, prepared.main, voucher.palette, origin))
