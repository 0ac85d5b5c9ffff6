"""
What is known of one name.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

__all__ = ["Entry"]


@attrs.frozen(kw_only=True)
class Entry:
    """
    What is known of one name: its *category*, and the rest as plain data.

    *details* is what programs are given; *doc* is the first thing people read, and *words*,
    if any, are the lines that follow for them in place of the details.
    """

    category: str
    name: str
    doc: str
    details: Mapping[str, Any] = attrs.field(factory=dict)
    words: tuple[str, ...] = ()
