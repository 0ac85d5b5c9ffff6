"""
A lifecycle as a diagram, and as a table in words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from peerkit.lifecycle.stages import Lifecycle, Move

__all__ = ["COLUMNS", "mermaid", "table_rows"]

COLUMNS = ("from", "to", "needs", "by", "reason")
"""What the columns of `table_rows` hold."""

_NOT_PLAIN = re.compile(r"[^\w .,()/–—-]")


def mermaid(lifecycle: Lifecycle) -> str:
    """
    Return the text of a Mermaid state diagram.

    >>> move = Move(sources=("agreed",), target="done", reason="required")
    >>> print(mermaid(Lifecycle(stages=("agreed", "done"), final=("done",), moves=(move,))))
    stateDiagram-v2
        state "agreed" as s1
        state "done" as s2
        [*] --> s1
        s1 --> s2 : with a reason
        s2 --> [*]
    """
    return "\n".join(["stateDiagram-v2", *(f"    {line}" for line in _lines(lifecycle))])


def _lines(lifecycle: Lifecycle) -> Iterator[str]:
    names = {stage: f"s{number}" for number, stage in enumerate(lifecycle.stages, start=1)}
    for stage, name in names.items():
        yield f'state "{_encoded(stage)}" as {name}'
    for stage in lifecycle.stages[:1]:
        yield f"[*] --> {names[stage]}"
    for move in lifecycle.moves:
        label = "".join(f" : {_encoded(said)}" for said in [_condition(move)] if said)
        for source in move.sources:
            yield f"{names[source]} --> {names[move.target]}{label}"
    for stage in lifecycle.final:
        yield f"{names[stage]} --> [*]"


def _encoded(text: str) -> str:
    """
    Return *text* with every sign that could mean something to Mermaid as its number.
    """
    return _NOT_PLAIN.sub(lambda found: f"#{ord(found[0])};", " ".join(text.split()))


def _condition(move: Move) -> str:
    reason = "with a reason" if move.reason else ""
    return ", ".join(filter(None, (_needs(move), _who(move), reason)))


def _needs(move: Move) -> str:
    return " and ".join(f"{fact} is {_or(answers)}" for fact, answers in move.needs.items())


def _who(move: Move) -> str:
    by = f"by {_or(move.by)}" if move.by else ""
    return " but ".join(filter(None, (by, f"not by {_or(move.not_by)}" if move.not_by else "")))


def _or(words: tuple[str, ...]) -> str:
    return " or ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def table_rows(lifecycle: Lifecycle) -> tuple[tuple[str, ...], ...]:
    """
    Return a row for each move: what `COLUMNS` name, in words.

    >>> move = Move(sources=("agreed", "under way"), target="done", not_by=("owner",))
    >>> table_rows(Lifecycle(stages=("agreed", "under way", "done"), moves=(move,)))
    (('agreed or under way', 'done', '', 'not by owner', ''),)
    """
    return tuple(
        (_or(move.sources), move.target, _needs(move), _who(move), move.reason)
        for move in lifecycle.moves
    )
