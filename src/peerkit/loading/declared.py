"""
Fields that an organisation adds to a kind of record, under `more`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from peerkit.config import DeclaredField
from peerkit.errors import Fault, closest, did_you_mean, with_article
from peerkit.loading import problems as p
from peerkit.loading.converter import hook_for
from peerkit.loading.values import Unfit
from peerkit.model import FieldKind, FieldSpec

__all__ = ["MORE", "structure_more"]

MORE = "more"
_KINDS = {kind.value: kind for kind in FieldKind}


def structure_more(
    given: object, declared: Mapping[str, DeclaredField], kind: str
) -> tuple[dict[str, Any], list[Fault]]:
    """
    Return the added fields of one record in their declared types, and what is wrong.
    """
    made: dict[str, Any] = {}
    found: list[Fault] = []
    said = with_article(kind)
    if not isinstance(given, Mapping):
        return made, [Fault(kind=p.WRONG_SHAPE, message="A group of fields is needed here.")]
    for key, value in given.items():
        field = declared.get(key)
        if field is None:
            found.append(
                Fault(
                    kind=p.UNKNOWN_KEY,
                    message=f"“{key}” is not declared as a field of {said}.",
                    mend=did_you_mean(closest(key, declared))
                    or f"Declare it in peerkit.yaml under fields, {kind}.",
                    path=(key,),
                    on_key=True,
                )
            )
        elif value is not None:
            spec = FieldSpec(kind=_KINDS[field.type], doc=field.doc, choices=field.choices)
            try:
                made[key] = hook_for(spec)(value, None)
            except Unfit as unfit:
                found.append(
                    Fault(
                        kind=unfit.kind,
                        message=unfit.message,
                        mend=unfit.mend,
                        path=(key, *unfit.step),
                    )
                )
    return made, found
