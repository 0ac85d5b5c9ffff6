"""
The one writer of files: all of them are written, or none is.

- `jobs` writes files whole beside their targets, then puts all of them in place.
- `turns` lets one writer at a time into a folder whose files build on one another.
- `staging` names the files in between, and removes those that killed runs have left.
- `refusals` says in plain words what the system has against it.
"""

from __future__ import annotations

from peerkit.files.writing.jobs import new_files, write_files
from peerkit.files.writing.turns import Turn, in_turn

__all__ = ["Turn", "in_turn", "new_files", "write_files"]
