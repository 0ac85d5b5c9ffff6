"""
Passages of a report: text, a list of themes, or why a section does not apply.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import cast

import attrs

from peerkit import Party, Review, Theme
from peerkit.document import Block, Bullets, Inline, Paragraph, Strong, Text, inlines_from_markdown
from peerkit.errors import Address
from peerkit_committee.papers.common import Blocks, Composer, paragraph
from peerkit_committee.records import Passage

__all__ = ["passage", "passages", "themes_of"]


def passages(
    composer: Composer, several: Iterable[Passage], address: Address, *, numbered: bool
) -> Blocks:
    """
    Return the passages of one section as blocks.
    """
    blocks: list[Block] = []
    for index, one in enumerate(several):
        at = attrs.evolve(address, field=f"{address.field}/{index}")
        blocks += passage(composer, one, at, numbered=numbered)
    return tuple(blocks)


def passage(
    composer: Composer, one: Passage, address: Address, *, numbered: bool
) -> Iterator[Block]:
    """
    Yield the blocks of one passage: its text, then what it shows.
    """
    text: str = one.text
    shown = themes_of(composer, one.of) if one.show else ()
    if one.not_applicable:
        reason = {"reason": one.not_applicable}
        text = composer.sentence(composer.wording.not_applicable, reason)
    elif shown and not text:
        text = _lead(composer, one.of, len(shown))
    elif one.show and not text:
        yield paragraph(_without(composer, one), address, is_numbered=numbered, name=one.name)
    yield from composer.prose(text, address, numbered=numbered, name=one.name)
    if shown:
        yield Bullets(items=tuple(map(_item, shown)), address=address)


def themes_of(composer: Composer, review_id: str) -> tuple[Theme, ...]:
    """
    Return the themes of a review, in the order of the files.
    """
    themes = cast("tuple[Theme, ...]", composer.view.of_kind(Theme.kind))
    return tuple(theme for theme in themes if theme.review == review_id)


def _without(composer: Composer, one: Passage) -> str:
    """
    Return the words for no theme: a number, with none to be seen, would say too much.
    """
    register = composer.view.snapshot.register
    hidden = register.linking(Theme.kind, "review", one.of) or (
        composer.is_withheld(Review, one.of)
    )
    return composer.wording.not_public if hidden else composer.wording.none


def _lead(composer: Composer, review_id: str, count: int) -> str:
    """
    Return the sentence before a list of themes, as Markdown.
    """
    review = composer.find(Review, review_id)
    reviewer = review.reviewing_body if review else ""
    body = composer.find(Party, reviewer)
    kind = composer.view.configuration.review_kinds.get(review.review_kind if review else "")
    name = composer.wording.not_public if composer.is_withheld(Party, reviewer) else ""
    return composer.sentence(
        composer.wording.themes_lead,
        body=(body.short or body.name) if body else name,
        count=composer.count(count),
        themes=(kind.theme_word if count == 1 else kind.themes_word) if kind else "",
    )


def _item(theme: Theme) -> Blocks:
    """
    Return a theme as an item of a list: its title, then its questions.
    """
    inlines: list[Inline] = [Strong((Text(f"{theme.title}:"),))]
    for question in theme.questions:
        inlines += [Text(" "), *inlines_from_markdown(question)]
    return (Paragraph(inlines=tuple(inlines), address=theme.address),)
