"""
For authors of plugins: sample documents and registers, and what an offer must keep.

Each ``…_faults`` function yields a sentence for every promise that is broken, so that
it works with any test runner::

    assert not list(format_faults(MY_FORMAT))
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import attrs

from peerkit import verbs
from peerkit.config import Configuration, FindingWords, Organisation, ReviewKind
from peerkit.document import (
    Bullets,
    Column,
    Document,
    Emphasis,
    Field,
    Fields,
    Heading,
    Link,
    Paragraph,
    Properties,
    Quote,
    Reference,
    Row,
    Section,
    Strong,
    Table,
    Text,
    numbered,
    shape_problems,
)
from peerkit.errors import PeerkitError
from peerkit.hookspecs import Offers
from peerkit.model import Action, Finding, Party, Plan, Prose, Review, Theme, parse_day
from peerkit.papers import Format, Template, losses
from peerkit.register import Register
from peerkit.views import Audience, view

__all__ = [
    "HOSTILE_TEXTS",
    "format_faults",
    "paper_faults",
    "sample_document",
    "sample_register",
]

HOSTILE_TEXTS: tuple[str, ...] = (
    "R&D < £5m > nothing",
    "{{ 7*7 }} {% raw %} {_{ x }_} {#",
    "]]></w:t></w:r></w:p><!-- -->",
    "&#60;b&#62; &amp;",
    "*not emphasis* _nor this_ [nor](a link) | a pipe",
    "1. not a list",
    "“curly” – dash, emoji 🎓, combining e\u0301, hebrew שלום",
    "two  spaces",
)
"""Texts that a careless format loses, executes or takes for markup."""


def _paragraph(text: str, *, is_numbered: bool = False, name: str = "") -> Paragraph:
    return Paragraph(inlines=(Text(text),), is_numbered=is_numbered, name=name)


def sample_document(text: str = "Text", *, numbering: str = "through") -> Document:
    """
    Return a numbered document with every kind of block and inline, *text* in each.
    """
    cell = (_paragraph(text),)
    inlines = (
        Text(text),
        Text(" and "),
        Strong((Text(text),)),
        Text(", "),
        Emphasis((Text(text),)),
        Text(", "),
        Link((Text(text),), "https://www.example.org/a?b=1&c=2"),
        Text(", see "),
        Reference("paragraph", "first"),
    )
    table = Table(
        key="actions",
        caption=f"Table {text}",
        columns=(Column(key="do", heading="Action", width=3), Column(key="due", heading="Due")),
        rows=(Row(cells=(cell, cell)), Row(cells=(cell, cell))),
    )
    nested = Bullets(items=((_paragraph(text),), (_paragraph(text), Bullets(items=(cell, cell)))))
    blocks = (
        _paragraph(text, is_numbered=True, name="first"),
        Paragraph(inlines=inlines, is_numbered=True),
        nested,
        Bullets(items=(cell, cell), ordered=True, start=3),
        Quote(blocks=cell),
        Heading(inlines=(Text(text),)),
        table,
        attrs.evolve(table, key="none", rows=(), empty=f"None {text}"),
    )
    inner = Section(
        key="inner", heading=f"Inner {text}", blocks=(_paragraph(text, is_numbered=True),)
    )
    sheet = Fields(
        key="front",
        caption="About",
        headings=("Item", "Detail"),
        fields=(Field(key="subject", label=f"Label {text}", value=cell),),
    )
    return numbered(
        Document(
            paper="sample",
            title=f"Title {text}",
            language="en-GB",
            properties=Properties(author="Northmere Borough Council", day=dt.date(2022, 2, 14)),
            front=(sheet,),
            sections=(Section(key="outer", heading=text, blocks=blocks, sections=(inner,)),),
            notices=(f"Notice {text}",),
            numbering=numbering,
        )
    )


def sample_register(offers: Offers | None = None) -> Register:
    """
    Return a small register made in Python, of an invented borough.
    """
    words = {
        "strengths": FindingWords(one="strength", many="strengths"),
        "development": FindingWords(one="area for development", many="areas for development"),
    }
    configuration = Configuration(
        organisation=Organisation(name="Northmere Borough Council", notices=("Illustrative",)),
        review_kinds={"peer review": ReviewKind(findings=words)},
    )
    records = (
        Party(id="head", name="Virtual School Head", is_a="post", illustrative=True),
        Review(
            id="r",
            title="Peer review",
            review_kind="peer review",
            visit=parse_day("20 to 21 January 2026"),
            illustrative=True,
        ),
        Theme(
            id="r/t", title="Plans", review="r", questions=(Prose("How good?"),), illustrative=True
        ),
        Finding(
            id="r/D1",
            text=Prose("Targets cannot be measured."),
            finding_kind="development",
            review="r",
            themes=("r/t",),
            illustrative=True,
        ),
        Plan(id="p", title="Action plan", answers=("r",), illustrative=True),
        Action(
            id="p/A1",
            do=Prose("Write better targets."),
            plan="p",
            answers=("r/D1",),
            owners=("head",),
            due=parse_day("July 2026"),
            illustrative=True,
        ),
    )
    return verbs.make_register(records, configuration, name="sample", offers=offers)


def format_faults(format_: Format, template: Template | None = None) -> Iterator[str]:
    """
    Yield a sentence for every promise that *format_* breaks.

    Each hostile text must arrive as it is, in every place of a document, or be refused
    by a PeerkitError; and the same document must give the same bytes.
    """
    for text in ("Text", *HOSTILE_TEXTS):
        document = sample_document(text)
        try:
            content: object = format_.draw(document, template)
        except PeerkitError:
            continue
        if not isinstance(content, bytes):
            yield f"{format_.name} draws {type(content).__name__}, not bytes"
            return
        for lost in losses(document, format_.texts(content)):
            yield f"{format_.name} loses {lost!r}"
        if content != format_.draw(document, template):
            yield f"{format_.name} draws other bytes the second time, with the text {text!r}"
    if not format_.suffix.startswith("."):
        yield f"{format_.name} has a suffix without a dot: {format_.suffix!r}"


def paper_faults(register: Register, on: dt.date, offers: Offers | None = None) -> Iterator[str]:
    """
    Yield a sentence for every paper of *register* that does not fit its own shape.
    """
    offers = offers or verbs.offers_here()
    snapshot = verbs.judge(register, on=on, offers=offers)
    for job in verbs.jobs(register, offers=offers):
        paper = offers.papers[job.paper]
        settings = register.configuration.papers[job.paper]
        shape = paper.shape(register.configuration, settings)
        record = register.get(paper.subject, job.subject)
        seen = view(snapshot, Audience.INTERNAL)
        document = numbered(paper.compose(seen, record, settings))
        for problem in shape_problems(shape, document):
            yield f"{job.paper} of {job.subject}: {problem}"
