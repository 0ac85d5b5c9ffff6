"""
cattrs: many records fast, and every fault of one at once.

cattrs by itself turns a text into a list of letters, a list into text and "no" into
true, so every field is read by a hook of our own.
"""

from __future__ import annotations

import functools
from typing import Final

import attrs
import cattrs
from cattrs.gen import make_dict_structure_fn, override

from peerkit.loading.converter import hook_for
from peerkit.loading.values import Hook
from peerkit.model import field_specs

__all__ = ["FAULTS", "structurer"]

FAULTS: Final = (cattrs.ForbiddenExtraKeysError, cattrs.BaseValidationError)


@functools.cache
def _converter() -> cattrs.Converter:
    return cattrs.Converter(detailed_validation=True, forbid_extra_keys=True)


@functools.cache
def structurer(cls: type, *, tells_all: bool) -> Hook:
    """
    Return what makes a *cls*.

    One that *tells all* gathers every fault; the other stops at the first, and takes
    half the time to build and to run.
    """
    specs = {spec.name: spec for spec in field_specs(cls)}
    overrides = {
        attribute.name: override(rename=spec.key, struct_hook=hook_for(spec))
        if (spec := specs.get(attribute.name))
        else override(struct_hook=lambda value, _type: value)
        for attribute in attrs.fields(cls)
    }
    made: Hook = make_dict_structure_fn(
        cls,
        _converter(),
        _cattrs_forbid_extra_keys=True,
        _cattrs_detailed_validation=tells_all,
        **overrides,  # type: ignore[arg-type]
    )
    return made
