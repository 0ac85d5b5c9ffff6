"""
For authors of plugins: sample documents and registers, and what an offer must keep.

Each ``…_faults`` function yields a sentence for every promise that is broken, so that
it works with any test runner::

    assert not list(format_faults(MY_FORMAT))
"""

from __future__ import annotations

import base64
import datetime as dt
import itertools
from collections.abc import Iterator

from peerkit import verbs
from peerkit.config import Configuration, FindingWords, Organisation, ReviewKind
from peerkit.document import (
    Break,
    Bullets,
    Column,
    Document,
    Emphasis,
    Field,
    Fields,
    Figure,
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
    walk_sections,
)
from peerkit.errors import PeerkitError
from peerkit.hookspecs import Offers
from peerkit.model import Action, Finding, Party, Plan, Prose, Review, Theme, parse_day
from peerkit.papers import Format, Template, losses
from peerkit.register import Register
from peerkit.testing.stores import store_faults
from peerkit.views import Audience, view

__all__ = [
    "HOSTILE_TEXTS",
    "format_faults",
    "paper_faults",
    "sample_document",
    "sample_register",
    "store_faults",
]

HOSTILE_TEXTS: tuple[str, ...] = (
    "R&D < £5m > nothing",
    "{{ 7*7 }} {% raw %} {_{ x }_} {#",
    "]]></w:t></w:r></w:p><!-- -->",
    "&#60;b&#62; &amp;",
    "*not emphasis* _nor this_ [nor](a link) | a pipe",
    "1. not a list",
    "“curly” – dash, emoji 🎓, combining e\u0301, hebrew שלום",
)
"""Texts that a careless format loses, executes or takes for markup."""

# The smallest picture there is: one white point.
_PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTj2FAAAAABJRU5ErkJggg=="
)


def sample_document(text: str = "Text", *, numbering: str = "through") -> Document:
    """
    Return a numbered document with every kind of block and inline.

    *text* stands in each, behind a word of its own, so that one that is lost is
    missed though the same text stands elsewhere.
    """
    count = itertools.count(1)

    def said(what: str) -> Text:
        return Text(f"{what}{next(count)} {text}")

    def paragraph(what: str, *, is_numbered: bool = False, name: str = "") -> Paragraph:
        return Paragraph(inlines=(said(what),), is_numbered=is_numbered, name=name)

    def cell(what: str) -> tuple[Paragraph, ...]:
        return (paragraph(what),)

    def columns() -> tuple[Column, ...]:
        return (
            Column(key="do", heading=said("column").text, width=3),
            Column(key="due", heading=said("column").text),
        )

    sheet = Fields(
        key="front",
        caption=said("caption").text,
        headings=(said("heading").text, said("heading").text),
        fields=(
            Field(key="subject", label=said("label").text, value=cell("value")),
            Field(key="from", label=said("label").text, value=(*cell("value"), *cell("value"))),
        ),
    )
    inlines = (
        said("plain"),
        Break(),
        Strong((said("strong"),)),
        Text(", "),
        Emphasis((said("emphasis"),)),
        Text(", "),
        Link((said("link"),), "https://www.example.org/a?b=1&c=2"),
        Text(", see "),
        Reference("paragraph", "first"),
    )
    blocks = (
        paragraph("numbered", is_numbered=True, name="first"),
        Paragraph(inlines=inlines, is_numbered=True),
        Bullets(
            items=(cell("item"), (*cell("item"), Bullets(items=(cell("inner"), cell("inner")))))
        ),
        Bullets(items=(cell("counted"), cell("counted")), ordered=True, start=3),
        Bullets(
            items=(
                (*cell("lettered"), Bullets(items=(cell("part"),), ordered=True, style="i.")),
                cell("lettered"),
            ),
            ordered=True,
            style="(a)",
        ),
        Quote(blocks=cell("quote")),
        Heading(inlines=(said("heading"),)),
        Table(
            key="actions",
            caption=said("caption").text,
            columns=columns(),
            rows=(Row(cells=(cell("cell"), cell("cell"))), Row(cells=(cell("cell"), cell("cell")))),
        ),
        Table(
            key="none",
            caption=said("caption").text,
            columns=columns(),
            rows=(),
            empty=said("empty").text,
        ),
        Figure(
            key="picture",
            alternative=said("alternative").text,
            content=_PIXEL,
            media_type="image/png",
            caption=said("caption").text,
        ),
    )
    inner = Section(
        key="inner", heading=said("inner").text, blocks=(paragraph("deep", is_numbered=True),)
    )
    outer = Section(key="outer", heading=said("outer").text, blocks=blocks, sections=(inner,))
    return numbered(
        Document(
            paper="sample",
            title=said("title").text,
            language="en-GB",
            properties=Properties(author="Northmere Borough Council", day=dt.date(2022, 2, 14)),
            front=(sheet,),
            sections=(outer,),
            notices=(said("notice").text,),
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


def format_faults(
    format_: Format, template: Template | None = None, *, document: Document | None = None
) -> Iterator[str]:
    """
    Yield a sentence for every promise that *format_* breaks.

    Each hostile text must arrive as it is, in every place of a document, or be refused
    by a PeerkitError; texts must come in the order of the document; and the same
    document must give the same bytes. White space counts for nothing. Numbers of
    paragraphs are not looked for, since a format may leave counting to its reader.

    With *document*, that one is drawn instead of samples.
    """
    documents = (
        [document] if document else [sample_document(one) for one in ("Text", *HOSTILE_TEXTS)]
    )
    for one in documents:
        try:
            content: object = format_.draw(one, template)
        except PeerkitError:
            continue
        if not isinstance(content, bytes):
            yield f"{format_.name} draws {type(content).__name__}, not bytes"
            return
        if format_.texts is not None:
            yield from _text_faults(format_.name, one, format_.texts(content))
        if content != format_.draw(one, template):
            yield f"{format_.name} draws other bytes the second time, with the title {one.title!r}"
    if not format_.suffix.startswith("."):
        yield f"{format_.name} has a suffix without a dot: {format_.suffix!r}"


def _text_faults(name: str, document: Document, texts: tuple[str, ...]) -> Iterator[str]:
    lost = losses(document, texts)
    for text in lost:
        yield f"{name} loses {text!r}"
    if not lost and (late := _out_of_order(document, texts)):
        yield f"{name} has {late!r} before what stands above it"


def _out_of_order(document: Document, texts: tuple[str, ...]) -> str:
    """
    Return the first paragraph that comes before the one above it, or nothing.
    """
    whole = " ".join(" ".join(text.split()) for text in texts)
    at = 0
    for _, section in walk_sections(document):
        for block in section.blocks:
            if isinstance(block, Paragraph) and isinstance(block.inlines[0], Text):
                said = " ".join(block.inlines[0].text.split())
                found = whole.find(said, at)
                if found < 0:
                    return said
                at = found
    return ""


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
