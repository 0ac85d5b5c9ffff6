"""
What an organisation's rules say: lifecycles, and the tables of statuses and ratings.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from peerkit.cli.explaining.entry import Entry
from peerkit.config import Configuration
from peerkit.lifecycle import Lifecycle
from peerkit.lifecycle.drawing import COLUMNS, mermaid, table_rows
from peerkit.rules import Cells, RatingTable, StatusTable

__all__ = ["as_written", "kind_details", "ruled"]


def ruled(configuration: Configuration) -> Iterator[Entry]:
    """
    Yield an entry for every lifecycle and every table of *configuration*.
    """
    for kind, rules in configuration.rules.items():
        said = kind.replace("_", " ")
        if rules.lifecycle is not None:
            yield Entry(
                category="lifecycle",
                name=f"{kind}.lifecycle",
                doc=f"The stages of records of the kind {said}, and the moves between them.",
                details={
                    **_lifecycle(rules.lifecycle),
                    "mermaid": mermaid(rules.lifecycle),
                },
            )
        for axis, table in rules.tables:
            yield Entry(
                category="table",
                name=f"{kind}.{axis}",
                doc=f"{_doc(table, axis)} of records of the kind {said}.",
                details=_table(table),
            )


def _doc(table: StatusTable | RatingTable, axis: str) -> str:
    if isinstance(table, StatusTable):
        return "What decides the status"
    by = "decides" if table.rows else "people may give as"
    return f"What {by} the rating {table.title or axis}"


def kind_details(kind: str, configuration: Configuration) -> dict[str, Any]:
    """
    Return what the rules for records of *kind* add to what is told of it.
    """
    rules = configuration.rules.get(kind)
    if rules is None:
        return {}
    return {
        "tables": [f"{kind}.{axis}" for axis, _ in rules.tables],
        "lifecycle": f"{kind}.lifecycle" if rules.lifecycle else None,
        "moves": _moves(rules.lifecycle) if rules.lifecycle else [],
    }


def _lifecycle(lifecycle: Lifecycle) -> dict[str, Any]:
    return {
        "stages": list(lifecycle.stages),
        "final": list(lifecycle.final),
        "dated": dict(lifecycle.dated),
        "verifying": list(lifecycle.verifying),
        "removed": lifecycle.removed or None,
        "moves": _moves(lifecycle),
    }


def _moves(lifecycle: Lifecycle) -> list[dict[str, str]]:
    return [dict(zip(COLUMNS, row, strict=True)) for row in table_rows(lifecycle)]


def _table(table: StatusTable | RatingTable) -> dict[str, Any]:
    return {
        "words": list(table.words),
        "key": {word: table.key.get(word, "") for word in table.words},
        "rows": [
            {
                "gives": row[table.result][0],
                "when": {
                    fact: list(wanted) for fact, wanted in row.items() if fact != table.result
                },
            }
            for row in table.rows
        ],
    }


def as_written(cells: Cells) -> str:
    """
    Return a row of a table as its owner writes it.

    >>> as_written({"status": ("Complete",), "stage": ("done", "verified")})
    '{status: Complete, stage: [done, verified]}'
    """
    said = []
    for fact, wanted in cells.items():
        words = wanted[0] if len(wanted) == 1 else f"[{', '.join(wanted)}]"
        said.append(f"{fact}: {words}")
    return f"{{{', '.join(said)}}}"
