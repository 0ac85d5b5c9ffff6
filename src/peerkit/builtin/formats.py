"""
The formats of the core, declared; how they draw is imported when they do.
"""

from __future__ import annotations

from peerkit.hookspecs import late
from peerkit.papers import Format

__all__ = ["FORMATS", "JSON", "MARKDOWN"]

MARKDOWN = Format(
    name="md",
    doc="Markdown, to be read anywhere.",
    suffix=".md",
    media_type="text/markdown",
    draw=late("peerkit.builtin.markdown", "draw"),
    texts=late("peerkit.builtin.markdown", "texts"),
)

JSON = Format(
    name="json",
    doc="The whole document as data, for other programs.",
    suffix=".json",
    media_type="application/json",
    draw=late("peerkit.builtin.json", "draw"),
    texts=late("peerkit.builtin.json", "texts"),
)

FORMATS: tuple[Format, ...] = (MARKDOWN, JSON)
