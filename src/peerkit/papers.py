"""
What may be issued and how it is drawn: Paper, Format, Template, Export, the gate.

A paper says *what* a document contains, a format *how* it is drawn; an export draws what
is no document. All are declarations that plugins offer. Kept out: where bytes go.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import attrs

if TYPE_CHECKING:
    from peerkit.config import Configuration
    from peerkit.deadlines import Calendar
    from peerkit.document import Document, Name, Shape
    from peerkit.errors import Problem
    from peerkit.model import Record
    from peerkit.register import Register
    from peerkit.views import View

__all__ = ["Export", "Format", "Paper", "Template", "TemplateTools", "Trust", "leaks", "losses"]

_SHORTEST_SECRET = 12


class Trust(enum.Enum):
    """
    Whose a template is: the organisation's *own*, one that was *installed*, or a *stranger*'s.

    A template in the register's own folder is its own. One that a plugin offers was
    installed with it, and is trusted as the plugin is. One from a pack or the command
    line is a stranger's.
    """

    OWN = "own"
    INSTALLED = "installed"
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
class TemplateTools:
    """
    What a format can do for those who make templates for it.

    *check* yields every problem of a template (its bytes, what messages call it, the shape
    of its paper or None, and whose it is). *annotated* returns a copy with problems as
    notes in the margin. *preview* returns it filled with what its names are like.
    *paper_of* returns the paper that it says it is for, *labelled* a copy that says so.
    *names* are those that templates of this format may use besides a paper's shape.

    Raises:
        PeerkitError: From any of them, if it is no template at all.
    """

    check: Callable[[bytes, str, Shape | None, Trust], Iterable[Problem]]
    annotated: Callable[[bytes, str, Iterable[Problem]], bytes]
    preview: Callable[[bytes, str, Shape | None], bytes]
    paper_of: Callable[[bytes, str], str]
    labelled: Callable[[bytes, str], bytes]
    names: Callable[[], tuple[Name, ...]]


@attrs.frozen(kw_only=True)
class Format:
    """
    A way to draw any document.

    *draw* takes a numbered document and, for a format that fills templates, the
    template to fill; it returns the whole file. *texts* lists every string a
    reader could find in such a file, and is how what was drawn is verified; it is None
    where a file cannot be read back, and then no public paper is made. A format whose
    *draw* proves by itself that nothing is lost *is_proven*, and only its public papers
    are read back.

    *takes_template* says whether *draw* wants a template, *fills* names the format whose
    templates it fills if that is another, and *tools* help to make them. *digest* gives
    the same for files with the same content, where bytes may differ between computers.
    *advice* tells what those who fill a template should know of it, such as what of it is
    left out.

    Raises:
        PeerkitError: From *draw*, when this document cannot be drawn without loss.
    """

    name: str
    doc: str
    suffix: str
    media_type: str
    draw: Callable[[Document, Template | None], bytes]
    texts: Callable[[bytes], tuple[str, ...]] | None
    takes_template: bool = False
    is_proven: bool = False
    fills: str = ""
    tools: TemplateTools | None = None
    digest: Callable[[bytes], str] | None = None
    advice: Callable[[Template], Iterable[Problem]] | None = None


@attrs.frozen(kw_only=True)
class Paper:
    """
    A kind of paper that records can be issued as.

    *subject* is the record kind it is about. *configuration* is the attrs class
    of `papers.NAME` in the configuration. *compose* turns what an audience may see,
    one subject and that configuration into a tree; *shape* says beforehand, from the
    whole configuration and the paper's own, which names such a tree has; *day* is the
    paper's own day, where the subject has one. *wanted* tells whether a subject is worth
    such a paper, where all papers are made; one that is asked for by its subject is always
    made.
    """

    name: str
    doc: str
    subject: str
    configuration: type
    compose: Callable[[View, Record, Any], Document]
    shape: Callable[[Configuration, Any], Shape]
    day: Callable[[View, Record], dt.date | None]
    wanted: Callable[[Register, Record], bool] | None = None


@attrs.frozen(kw_only=True)
class Export:
    """
    A file that is no paper, for other programs: such as a calendar that phones can read.

    *of* says what it is drawn from: ``calendar``. *draw* takes that, and returns the whole
    file, the same bytes for the same calendar.

    Raises:
        PeerkitError: From *draw*, when this cannot be drawn without loss.
    """

    name: str
    doc: str
    suffix: str
    media_type: str
    draw: Callable[[Calendar], bytes]
    of: str = "calendar"


def _found(texts: Iterable[str]) -> str:
    return " ".join(" ".join(text.split()) for text in texts)


def losses(document: Document, texts: tuple[str, ...]) -> tuple[str, ...]:
    """
    Return every text of *document* that a reader of *texts* would not find.

    White space is folded: a line break may be drawn as a new line or a new cell.
    """
    from peerkit.document import texts_of_document  # noqa: PLC0415 - only papers need the tree

    whole = _found(texts)
    alone = {" ".join(text.split()) for text in texts}
    return tuple(
        text
        for text in texts_of_document(document)
        if (folded := " ".join(text.split())) and folded not in alone and folded not in whole
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
