"""
How much peerkit reads at most: one table, so that the docs can list it.
"""

from __future__ import annotations

from typing import Final

import attrs

__all__ = [
    "FILES",
    "FILE_BYTES",
    "FOLDER_BYTES",
    "FOLDER_DEPTH",
    "LIMITS",
    "PROBLEMS",
    "TEMPLATE_BYTES",
    "YAML_DEPTH",
    "YAML_EVENTS",
    "Limit",
]


@attrs.frozen
class Limit:
    """
    One bound: its value, and what it bounds in a sentence.
    """

    value: int
    meaning: str


LIMITS: Final = {
    "files": Limit(5_000, "Files in one folder, those in folders inside it included."),
    "file-bytes": Limit(4 * 1024 * 1024, "Bytes in one text file."),
    "folder-bytes": Limit(64 * 1024 * 1024, "Bytes in all text files of one folder together."),
    "folder-depth": Limit(8, "Folders inside one another."),
    "template-bytes": Limit(20 * 1024 * 1024, "Bytes in one template, or in one file of a pack."),
    "yaml-depth": Limit(32, "Lists and groups inside one another in one file."),
    "yaml-events": Limit(200_000, "Values, keys, list starts and list ends in one file."),
    "problems": Limit(50, "Problems of one kind listed for one file before reading it stops."),
}

FILES: Final = LIMITS["files"].value
FILE_BYTES: Final = LIMITS["file-bytes"].value
FOLDER_BYTES: Final = LIMITS["folder-bytes"].value
FOLDER_DEPTH: Final = LIMITS["folder-depth"].value
YAML_DEPTH: Final = LIMITS["yaml-depth"].value
YAML_EVENTS: Final = LIMITS["yaml-events"].value
TEMPLATE_BYTES: Final = LIMITS["template-bytes"].value
PROBLEMS: Final = LIMITS["problems"].value
