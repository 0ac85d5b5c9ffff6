"""
What cattrs could not structure, as faults with the path to each.
"""

from __future__ import annotations

from collections.abc import Iterator

from cattrs.errors import ClassValidationError, ForbiddenExtraKeysError

from peerkit.errors import Fault, closest, did_you_mean, with_article
from peerkit.loading import problems as p
from peerkit.loading.lists import GroupFaults
from peerkit.loading.values import Unfit
from peerkit.model import field_specs

__all__ = ["faults"]


def faults(
    error: Exception, path: tuple[str | int, ...] = (), also: tuple[str, ...] = ()
) -> Iterator[Fault]:
    """
    Yield every fault inside *error*, which structuring raised at *path*.

    *also* are further keys that could have been meant on the outermost level.
    """
    match error:
        case Unfit():
            yield Fault(
                kind=error.kind,
                message=error.message,
                mend=error.mend,
                path=(*path, *error.step),
                on_key=error.on_key,
            )
        case GroupFaults():
            for step, inner in error.faults:
                yield from faults(inner, (*path, step))
        case ClassValidationError():
            yield from _of_class(error, path, also)
        case _:
            raise error


def _of_class(
    error: ClassValidationError, path: tuple[str | int, ...], also: tuple[str, ...]
) -> Iterator[Fault]:
    specs = {spec.name: spec for spec in field_specs(error.cl)}
    known = (*(spec.key for spec in specs.values()), *also)
    noted, others = error.group_exceptions()
    meant = set()
    for other in others:
        if not isinstance(other, ForbiddenExtraKeysError):
            raise other
        for extra in sorted(other.extra_fields):
            guess = closest(extra, known)
            meant.add(guess)
            yield Fault(
                kind=p.UNKNOWN_KEY,
                message=f"“{extra}” is not a field of {_said(error.cl)}.",
                mend=did_you_mean(guess) or f"Its fields are {', '.join(known)}.",
                path=(*path, extra),
                on_key=True,
            )
    for inner, note in noted:
        spec = specs[note.name]
        if not isinstance(inner, KeyError):
            yield from faults(inner, (*path, spec.key))
        elif spec.key not in meant:  # a misspelt key is one fault, not two
            yield Fault(
                kind=p.MISSING_FIELD,
                message=f"“{spec.key}” is missing; {_said(error.cl)} needs it.",
                mend=f"Add “{spec.key}: …”. {spec.doc}",
                path=path,
            )


def _said(cls: type) -> str:
    name = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in cls.__name__)
    return with_article(name)
