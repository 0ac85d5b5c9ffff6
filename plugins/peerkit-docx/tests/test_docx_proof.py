"""
The cheap proof that nothing was lost says yes only where reading the paper does, too.
"""

from __future__ import annotations

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from peerkit.document import Document, Paragraph, Properties, Section, Text
from peerkit.errors import PeerkitError
from peerkit_docx import drawing
from peerkit_docx.basefile import build, line
from peerkit_docx.drawing.losing import refuse_loss
from peerkit_docx.word.packages import read_package, write_package

WORDS = st.sampled_from(["Why now", "The plan", "R&D <b>", "a  b", "Plan", "x", "14 February"])
TITLE = line("{{ title }}", "Heading1")
HIDDEN = "<w:rPr><w:vanish/></w:rPr>"


def run(text, properties=""):
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def field(code, shown=""):
    """
    A field of *code*, of which *shown* are the runs that are seen.
    """
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{code}</w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{shown}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


# Where a section's heading can be printed: seen, and unseen.
SEEN = {
    "in a line": line("", "BodyText", runs=run("{{ s.heading }}")),
    "in a sentence": line("", "BodyText", runs=run("See {{ s.heading }}, below")),
    "as a heading": line("{{p s.head }}", "BodyText"),
    "in a link": line(
        "", "BodyText", runs=f'<w:hyperlink w:anchor="x">{run("{{ s.heading }}")}</w:hyperlink>'
    ),
}
UNSEEN = {
    "in hidden text": line("", "BodyText", runs=run("x") + run("{{ s.heading }}", HIDDEN)),
    "in a field's code": line("", "BodyText", runs=run("x") + field('TC "{{ s.heading }}"')),
    "nowhere": "",
}
BODIES = {"drawn": line("{{p s.body }}", "BodyText"), "left out": ""}


def template(heading, body, *, is_told=False):
    """
    A template that prints each section's *heading* and *body* so; *is_told* in properties, too.
    """
    loop = line("{%p for s in sections %}", "BodyText"), line("{%p endfor %}", "BodyText")
    data = build(TITLE + loop[0] + heading + body + loop[1])
    if not is_told:
        return data
    package = dict(read_package(data, "it"))
    told = (
        '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="99" name="told"><vt:lpwstr>'
        "{% for s in sections %}{{ s.heading }}{% endfor %}</vt:lpwstr></property></Properties>"
    )
    custom = package["docProps/custom.xml"].replace(b"</Properties>", told.encode())
    package["docProps/custom.xml"] = custom
    return write_package(package)


@st.composite
def documents(draw):
    sections = tuple(
        Section(
            key=f"s{at}",
            heading=draw(WORDS),
            blocks=tuple(
                Paragraph(inlines=(Text(one),)) for one in draw(st.lists(WORDS, min_size=1, max_size=2))
            ),
        )
        for at in range(draw(st.integers(1, 3)))
    )  # fmt: skip
    return Document(
        paper="letter", title=draw(WORDS), language="en-GB", sections=sections,
        properties=Properties(author="Northmere"),
    )  # fmt: skip


def lost(document, papers, content, monkeypatch, *, believes):
    """
    Return why *document* is refused, empty if it is not, by one who *believes* the cheap proof.
    """
    with monkeypatch.context() as patched:
        if not believes:
            patched.setattr(drawing, "is_proven", lambda *_: False)
        try:
            papers.draw(document, papers.template(content))
        except PeerkitError as error:
            return error.message
        return ""


@settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    document=documents(),
    content=st.builds(
        template,
        st.sampled_from([*SEEN.values(), *UNSEEN.values()]),
        st.sampled_from([*BODIES.values()]),
        is_told=st.booleans(),
    ),
)
def test_what_is_proven_is_there(papers, monkeypatch, document, content):
    """
    Whether a paper is drawn is the same with the cheap proof and without.
    """
    expected = lost(document, papers, content, monkeypatch, believes=False)

    assert expected == lost(document, papers, content, monkeypatch, believes=True)


PAPER = Document(
    paper="letter", title="T", language="en-GB", properties=Properties(author="Northmere"),
    sections=(Section(key="why", heading="Why now", blocks=(Paragraph(inlines=(Text("Since."),)),)),),
)  # fmt: skip


@pytest.mark.parametrize("is_told", [False, True], ids=["", "and told in properties"])
@pytest.mark.parametrize("heading", UNSEEN.values(), ids=UNSEEN)
def test_what_nobody_sees_is_lost(papers, heading, is_told):
    """
    Hidden text, a field's code and properties are no place for the words of a paper.
    """
    content = template(heading, BODIES["drawn"], is_told=is_told)

    with pytest.raises(PeerkitError, match="leaves out a text of the paper: “Why now”"):
        papers.draw(PAPER, papers.template(content))


@pytest.mark.parametrize("heading", SEEN.values(), ids=SEEN)
def test_what_is_seen_is_there(papers, heading):
    """
    In whatever place of the body.
    """
    data = papers.draw(PAPER, papers.template(template(heading, BODIES["drawn"])))

    refuse_loss(PAPER, papers.package(data), "own.docx")
    more = attrs.evolve(PAPER, title="A title nobody has printed")
    with pytest.raises(PeerkitError, match="leaves out"):
        refuse_loss(more, papers.package(data), "own.docx")
