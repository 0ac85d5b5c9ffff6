"""
What a third party might offer: a paper, a format that fills templates, a pack, a section.
"""

from pathlib import Path

import attrs

import peerkit
from peerkit import fields as f
from peerkit.document import (
    Document,
    Paragraph,
    Properties,
    Section,
    Shape,
    Text,
    section_names,
    texts_of_document,
)


@attrs.frozen(kw_only=True)
class Part:
    """
    One part of a letter.
    """

    heading: str = f.text("The words over it.")
    order: int = f.number("Where it stands.", default=1)


@attrs.frozen(kw_only=True)
class LetterKeys(peerkit.PaperBasics):
    """
    How letters are made.
    """

    greeting: str = f.text("The first words of the letter.")
    close: Part | None = f.group("How it ends.", Part)
    parts: tuple[Part, ...] = f.groups("Further parts.", Part)


@attrs.frozen(kw_only=True)
class Seal:
    """
    What stands under the arms.
    """

    motto: str = f.text("The words under the arms.")


def compose(view, review, keys):
    actions = view.linking("plan", "answers", review.id)
    blocks = (
        Paragraph(inlines=(Text(f"{keys.greeting} {review.title}"),)),
        *(Paragraph(inlines=(Text(plan.title),)) for plan in actions),
        *(Paragraph(inlines=(Text(finding.text),)) for finding in view.of_kind("finding")),
    )
    return Document(
        paper="letter",
        title=f"Letter on {review.title}",
        language="en-GB",
        properties=Properties(author="Northmere Borough Council"),
        sections=(Section(key="body", heading="Our letter", blocks=blocks),),
    )


def draw(document, template):
    head = template.read() if template else b"plain\n"
    return head + "\n".join(texts_of_document(document)).encode()


@peerkit.hookimpl
def peerkit_papers():
    return [
        peerkit.Paper(
            name="letter",
            doc="A letter to the host of a review.",
            subject="review",
            configuration=LetterKeys,
            compose=compose,
            shape=lambda *_: Shape(section_names("body", "the letter", "Our letter")),
            day=lambda _view, review: review.visit.last if review.visit else None,
        )
    ]


@peerkit.hookimpl
def peerkit_formats():
    return [
        peerkit.Format(
            name="form",
            doc="A form that is filled in.",
            suffix=".form",
            media_type="text/plain",
            draw=draw,
            texts=lambda data: (data.decode(),),
            takes_template=True,
        )
    ]


@peerkit.hookimpl
def peerkit_config_sections():
    return [peerkit.ConfigSection(name="seal", type=Seal, doc="The borough's seal.")]


@peerkit.hookimpl
def peerkit_packs():
    folder = Path(__file__).parent / "northmere_pack"
    return [peerkit.Pack(name="Northmere", doc="A borough's own.", folder=folder, starter=True)]
