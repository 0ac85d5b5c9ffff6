"""
Rules as data: cells over facts, rows of cells, tables of rows, and the proof of them.

Kept out: how a fact gets its answer, and what a table is used for. The proof is in
`peerkit.rules.proof`, apart, because a register without rules does not need it.
"""

from __future__ import annotations

from peerkit.rules.cells import Cells, first_misfit, fits
from peerkit.rules.tables import RatingTable, Row, StatusTable, Table, expanded, table_of

__all__ = [
    "Cells",
    "RatingTable",
    "Row",
    "StatusTable",
    "Table",
    "expanded",
    "first_misfit",
    "fits",
    "table_of",
]
