"""
How a refusal is worded: whole sentences, with the name of the file or of the record.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from peerkit.errors import PeerkitError

if TYPE_CHECKING:
    from peerkit.errors import Address

__all__ = ["begun", "refusal"]

# The name of a file stays as it is typed.
_WORD = re.compile(r"[a-z]+(?![\w./\\-])")


def begun(words: str) -> str:
    """
    Return *words* as a sentence begins.

    >>> begun("the base template"), begun("own.docx")
    ('The base template', 'own.docx')
    """
    return words[:1].upper() + words[1:] if _WORD.match(words) else words


def refusal(message: str, address: Address | None, mend: str) -> PeerkitError:
    """
    Return the refusal that says *message*, a sentence without its stop, of *address*.
    """
    return PeerkitError(message + (f" ({address})." if address else "."), mend=mend)
