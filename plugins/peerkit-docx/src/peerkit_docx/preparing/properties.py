"""
The properties of a template that hold tags, as sources written by ourselves.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from peerkit_docx.filling.sources import TAG, Source
from peerkit_docx.preparing.delimiting import has_opener
from peerkit_docx.word.properties import APP, CORE, CUSTOM, rewritten

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["property_sources"]

_WORDS = {CORE: "properties", APP: "properties", CUSTOM: "custom properties"}


def property_sources(package: Mapping[str, bytes]) -> dict[str, Source]:
    """
    Return a source for each part of properties of *package* that has a tag.
    """
    found: dict[str, Source] = {}
    for name, words in _WORDS.items():
        content = package.get(name, b"")
        if has_opener(content.decode("utf-8", "replace")):
            tags: list[str] = []

            def said(text: str, tags: list[str] = tags) -> str:
                def led(one: re.Match[str]) -> str:
                    tags.append(one[0])
                    return f"{one[1]}{one[2]}\n{' '.join(one[3].split())}{one[4]}"

                return TAG.sub(led, text)

            text = rewritten(content, name, said)
            found[name] = Source(
                part=words, text=text, tags=tuple(tags), spots=(words,) * len(tags)
            )
    return found
