"""
What may be issued and how it is drawn: Paper, Format, Template, the gate.

A paper says *what* a document contains, a format *how* it is drawn. Both are
declarations that plugins offer. Kept out: where bytes go.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import attrs

if TYPE_CHECKING:
    from peerkit.config import Configuration
    from peerkit.document import Document, Shape
    from peerkit.model import Record
    from peerkit.views import View

__all__ = ["Format", "Paper", "Template", "Trust", "leaks", "losses"]

_SHORTEST_SECRET = 12


class Trust(enum.Enum):
    """
    Whose a template is: the organisation's *own*, or a *stranger*'s.

    A template in the register's own folder is its own; one from a pack, a plugin
    or the command line is a stranger's.
    """

    OWN = "own"
    STRANGER = "stranger"


@attrs.frozen(kw_only=True)
class Template:
    """
    A file that a format fills, such as a .docx.

    *paper* names the paper it draws, or is ``*`` for any; *read* gives its bytes
    when they are needed; *origin* tells users where it lies. *prepared*, where given,
    gives the form of it that a format has made ready, which may be out of date.
    """

    paper: str
    format: str
    origin: str
    read: Callable[[], bytes]
    prepared: Callable[[], str] | None = None
    trust: Trust = Trust.STRANGER


@attrs.frozen(kw_only=True)
class Format:
    """
    A way to draw any document.

    *draw* takes a numbered document and, for a format that fills templates, the
    template to fill; it returns the whole file. *texts* lists every string a
    reader could find in such a file, and is how what was drawn is verified.
    *takes_template* says whether *draw* wants one.

    Raises:
        PeerkitError: From *draw*, when this document cannot be drawn without loss.
    """

    name: str
    doc: str
    suffix: str
    media_type: str
    draw: Callable[[Document, Template | None], bytes]
    texts: Callable[[bytes], tuple[str, ...]]
    takes_template: bool = False


@attrs.frozen(kw_only=True)
class Paper:
    """
    A kind of paper that records can be issued as.

    *subject* is the record kind it is about. *configuration* is the attrs class
    of `papers.NAME` in the configuration. *compose* turns what an audience may see,
    one subject and that configuration into a tree; *shape* says beforehand, from the
    whole configuration and the paper's own, which names such a tree has; *day* is the
    paper's own day, where the subject has one.
    """

    name: str
    doc: str
    subject: str
    configuration: type
    compose: Callable[[View, Record, Any], Document]
    shape: Callable[[Configuration, Any], Shape]
    day: Callable[[View, Record], dt.date | None]


def _found(texts: Iterable[str]) -> str:
    return " ".join(" ".join(text.split()) for text in texts)


def losses(document: Document, texts: tuple[str, ...]) -> tuple[str, ...]:
    """
    Return every text of *document* that a reader of *texts* would not find.

    White space is folded: a line break may be drawn as a new line or a new cell.
    """
    from peerkit.document import texts_of_document  # noqa: PLC0415 - only papers need the tree

    whole = _found(texts)
    return tuple(
        text
        for text in texts_of_document(document)
        if (folded := " ".join(text.split())) and folded not in whole
    )


def leaks(secrets: Iterable[str], texts: tuple[str, ...]) -> tuple[str, ...]:
    """
    Return those of *secrets* that a reader of *texts* would find.

    Texts too short to tell apart from any other are passed over; capitals make no
    difference.
    """
    whole = _found(texts).casefold()
    folded = {" ".join(secret.casefold().split()) for secret in secrets}
    return tuple(sorted(one for one in folded if len(one) >= _SHORTEST_SECRET and one in whole))
