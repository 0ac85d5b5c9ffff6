"""
What is kept in memory of a template between one paper and the next.
"""

from __future__ import annotations

import functools
import itertools
import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, TypeVar, cast

import attrs

from peerkit_docx.filling.ready import ready
from peerkit_docx.filling.sandbox import Budget
from peerkit_docx.word.packages import packed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from peerkit_docx.filling.ready import Ready
    from peerkit_docx.preparing.prepared import Prepared
    from peerkit_docx.word.packages import Packed

__all__ = ["Kept", "kept", "remembered"]

_MOST = 128  # some four things of each template
_Made = TypeVar("_Made")


@attrs.frozen(kw_only=True)
class Kept:
    """
    A template whose *parts* are made ready, and whose constant ones are packed already.

    It *has_code* if what is printed may be a field's code, and not be seen. *prefix* begins no name of a bookmark in it.
    """

    parts: Mapping[str, Ready]
    constant: Mapping[str, Packed]
    has_code: bool
    prefix: str


def kept(prepared: Prepared, *, is_gated: bool) -> Kept:
    """
    Return *prepared* made ready, from memory if it was before.

    Raises:
        ProblemsError: If the template has a fault.
    """
    return remembered(
        ("kept", prepared.key, is_gated), functools.partial(_make, prepared, is_gated=is_gated)
    )


def _make(prepared: Prepared, *, is_gated: bool) -> Kept:
    budget = Budget()
    parts = {
        name: ready(
            source, prepared.looks, budget, is_main=name == prepared.main, is_gated=is_gated
        )
        for name, source in prepared.sources.items()
    }
    texts = [source.text for source in prepared.sources.values()]
    return Kept(
        parts=parts,
        constant={name: packed(name, content) for name, content in prepared.parts.items()},
        has_code=any(part.has_code for part in parts.values()),
        prefix=next(one for one in _prefixes() if not any(f"{one}_" in text for text in texts)),
    )


def _prefixes() -> Iterator[str]:
    yield "peerkit"
    yield from (f"peerkit{at}" for at in itertools.count(2))


_memory: OrderedDict[object, object] = OrderedDict()
_turn = threading.Lock()


def remembered(key: object, make: Callable[[], _Made]) -> _Made:
    """
    Return what was made for *key*, or make it and remember it; few things are remembered.
    """
    with _turn:
        if key in _memory:
            _memory.move_to_end(key)
            return cast("_Made", _memory[key])
    made = make()
    with _turn:
        _memory[key] = made
        while len(_memory) > _MOST:
            _memory.popitem(last=False)
    return made
