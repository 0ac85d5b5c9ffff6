"""
The text of a decision, in whichever form a paper needs it: one text for all papers.

From the verbs of a proposal follow “notes X”, “to note X” and “That X be noted”; what was
resolved in words of its own is printed as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import attrs

from peerkit import Configuration, Pair
from peerkit.document import Block, Bullets, escape_markdown
from peerkit.errors import Address
from peerkit_committee.configuration import MinuteStyle, VerbForms, minute_style_of, verbs_of
from peerkit_committee.matters import body_of, found, report_of
from peerkit_committee.papers.common import Blocks, Composer
from peerkit_committee.records import Body, CommitteeReport, Resolution
from peerkit_committee.verbs import in_form, without_stop

__all__ = [
    "Part",
    "decision_list",
    "proposed_parts",
    "resolved_parts",
    "style_of",
    "styled",
]

_THAT = re.compile(r"that\s+", re.IGNORECASE)


@attrs.frozen
class Part:
    """
    One part of a decision as Markdown, without its full stop.

    *follows_that* if it can stand behind “That”, which it does not hold itself then.
    """

    text: str
    follows_that: bool


def proposed_parts(
    report: CommitteeReport, form: str, configuration: Configuration
) -> tuple[Part, ...]:
    """
    Return what a report proposes, its verbs in a *form*.
    """
    verbs = verbs_of(configuration)
    return tuple(_of_pair(pair, form, verbs) for pair in report.decision)


def resolved_parts(composer: Composer, resolution: Resolution, form: str) -> tuple[Part, ...]:
    """
    Return what was resolved: the report's proposal if it was resolved as proposed and the
    audience may see it, or else the resolution's own text.
    """
    configuration, register = composer.view.configuration, composer.view.snapshot.register
    if resolution.as_proposed:
        report = report_of(resolution, register)
        if report is None or not composer.view.shows(report):
            return ()
        return proposed_parts(report, form, configuration)
    verbs = verbs_of(configuration)
    return tuple(_of_pair(pair, form, verbs) for pair in resolution.parts)


def _of_pair(pair: Pair, form: str, verbs: Mapping[str, VerbForms]) -> Part:
    if pair.word:
        return Part(in_form(pair, form, verbs, escape_markdown), follows_that=True)
    text = without_stop(pair.text)
    that = _THAT.match(text)
    return Part(text[that.end() :] if that else text, follows_that=that is not None)


def style_of(composer: Composer, resolution: Resolution | None, body_id: str = "") -> MinuteStyle:
    """
    Return the minute style of the body that decided.
    """
    register = composer.view.snapshot.register
    body = body_of(resolution, register) if resolution is not None else None
    body = body or found(Body, body_id, register)
    return minute_style_of(composer.view.configuration, body)


def styled(
    composer: Composer, parts: tuple[Part, ...], style: MinuteStyle, at: Address, *, numbered: bool
) -> Iterator[Block]:
    """
    Yield the parts of a decision as a minute style prints them.
    """
    if not all(part.follows_that for part in parts):
        yield from _as_written(composer, parts, style, at, numbered=numbered)
        return
    if style.form == "sentence":
        said = {"parts": composer.join(part.text for part in parts)}
        text = composer.sentence(style.sentence or "{parts}.", said)
        yield from composer.prose(text, at, numbered=numbered)
        return
    if style.lead:
        yield from composer.prose(escape_markdown(style.lead), at, numbered=numbered)
    last = len(parts) - 1
    texts = tuple(
        composer.sentence(_wrapping(style, index, last), {"part": part.text})
        for index, part in enumerate(parts)
    )
    yield from _listed(composer, texts, style, at, numbered=numbered)


def _wrapping(style: MinuteStyle, index: int, last: int) -> str:
    own = style.part or "{part}"
    if index == last:
        return style.last or own
    return (style.before_last or own) if index == last - 1 else own


def _as_written(
    composer: Composer, parts: tuple[Part, ...], style: MinuteStyle, at: Address, *, numbered: bool
) -> Iterator[Block]:
    """
    Yield parts that are sentences of their own: nothing is put before or behind them.
    """
    texts = tuple(_stopped(f"{'That ' if part.follows_that else ''}{part.text}") for part in parts)
    yield from _listed(composer, texts, style, at, numbered=numbered)


def _stopped(text: str) -> str:
    return text if text.endswith((".", "…", "?", "!")) else f"{text}."


def _listed(
    composer: Composer, texts: tuple[str, ...], style: MinuteStyle, at: Address, *, numbered: bool
) -> Iterator[Block]:
    if style.form == "list" and len(texts) > 1:
        items = tuple(composer.prose(text, at) for text in texts)
        yield decision_list(items, style.list_style, at)
        return
    for text in texts:
        yield from composer.prose(text, at, numbered=numbered)


def decision_list(items: tuple[Blocks, ...], list_style: str, at: Address) -> Bullets:
    """
    Return the parts of a decision as a list in a style of the configuration.
    """
    if list_style == "bullets":
        return Bullets(items=items, address=at)
    return Bullets(items=items, ordered=True, style=list_style, address=at)
