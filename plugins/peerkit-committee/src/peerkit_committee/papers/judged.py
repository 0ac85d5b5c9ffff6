"""
What became of a record: its status and ratings with their key, and what was recorded of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator

import attrs

from peerkit import Action, Party, Record, parse_day
from peerkit.document import (
    Block,
    Bullets,
    Heading,
    Inline,
    Paragraph,
    Strong,
    Text,
    escape_markdown,
    text_inlines,
)
from peerkit_committee.papers.common import Blocks, Composer, cell, paragraph
from peerkit_committee.records import Body

__all__ = ["JUDGED", "as_of", "key_of", "of_state", "printed", "word_of"]

_ERASED = "erased"  # what a state holds in place of a text that was erased


# the day, the words, their key


def as_of(composer: Composer) -> Blocks:
    """
    Return the sentence that says as of which day statuses were judged.
    """
    return cell(composer.say(composer.wording.judged, day=printed(composer.view.on)))


def word_of(composer: Composer, record: Record, axis: str) -> Blocks:
    """
    Return the status of a record, or its rating on *axis*, as the blocks of a cell.
    """
    word = composer.view.judged.rating(record, axis) or composer.wording.not_rated
    return of_state(composer, record, word)


def key_of(composer: Composer, kind: str, axes: Iterable[str]) -> Blocks:
    """
    Return what the words on each of *axes* mean, under its title, in the table's order.
    """
    blocks: list[Block] = []
    for axis in axes:
        table = composer.view.snapshot.table(kind, axis)
        if table is None or not table.key:
            continue
        title = table.title[:1].upper() + table.title[1:]
        blocks.append(Heading(inlines=text_inlines(title)))
        items = tuple(_meaning(word, table.key.get(word, "")) for word in table.words)
        blocks.append(Bullets(items=items))
    return tuple(blocks)


def _meaning(word: str, meaning: str) -> Blocks:
    if not meaning:
        return (Paragraph(inlines=(Strong((Text(word),)),)),)
    inlines: tuple[Inline, ...] = (Strong((Text(f"{word}:"),)), *text_inlines(f" {meaning}"))
    return (Paragraph(inlines=inlines),)


# what was recorded


@attrs.frozen(kw_only=True)
class _Told:
    """
    A *text* as it was recorded on *day*; none if it was erased.
    """

    text: str
    day: dt.date
    is_made_up: bool


def _told(composer: Composer, record: Record, field: str, text: str) -> _Told | None:
    """
    Return when and by whom *text*, which the record's state holds, was recorded.
    """
    view = composer.view
    for event in reversed(view.snapshot.register.history.of((record.kind, record.id))):
        given = getattr(event.entry, field)
        is_erased = text == _ERASED and field in event.entry.erased
        if event.occasion.day <= view.on and (
            is_erased or text in ((given,) if isinstance(given, str) else given)
        ):
            return _Told(
                text="" if is_erased else text,
                day=event.occasion.day,
                is_made_up=event.occasion.illustrative is True,
            )
    return None


def _text(
    composer: Composer,
    record: Record,
    field: str,
    text: str,
    blocks: Callable[[str, _Told], Blocks] | None = None,
) -> Blocks:
    """
    Return Markdown that was recorded as blocks, marked if it is made up.
    """
    told = _told(composer, record, field, text) if text else None
    if told is None:
        return composer.prose(text, record.address)
    said = told.text or escape_markdown(composer.wording.erased)
    made = blocks(said, told) if blocks else composer.prose(said, record.address)
    return composer.mark(made, record.address) if told.is_made_up else made


def printed(day: dt.date) -> str:
    """
    Return a day as papers print it.
    """
    return str(parse_day(day.isoformat()))


def of_state(composer: Composer, record: Record, text: str) -> Blocks:
    """
    Return what follows from a record's state, marked if that is made up and the record is
    not: it bears its mark already.
    """
    state = composer.view.state(record)
    blocks = cell(text, record.address) if text else ()
    is_marked = blocks and state.illustrative and not record.illustrative
    return composer.mark(blocks, record.address) if is_marked else blocks


def _who(composer: Composer, party_id: str) -> str:
    """
    Return the name of a party or body.
    """
    found = composer.find(Party, party_id) or composer.find(Body, party_id)
    if found is not None:
        return found.name
    withheld = any(composer.is_withheld(kind, party_id) for kind in (Party, Body))
    return composer.wording.not_public if withheld else composer.wording.not_stated


# columns


def _status(composer: Composer, action: Action) -> Blocks:
    return word_of(composer, action, "status")


def _stage(composer: Composer, action: Action) -> Blocks:
    stage = composer.view.state(action).stage
    said = composer.wording.stages.get(stage, stage[:1].upper() + stage[1:])
    return of_state(composer, action, said)


def _since(composer: Composer, action: Action) -> Blocks:
    since = composer.view.state(action).since
    return of_state(composer, action, printed(since) if since else "")


def _reason(composer: Composer, action: Action) -> Blocks:
    moves = composer.view.state(action).moves
    return _text(composer, action, "reason", moves[-1].reason if moves else "")


def _due_now(composer: Composer, action: Action) -> Blocks:
    state, words = composer.view.state(action), composer.wording
    times = len(state.revisions)
    if not times:
        return of_state(composer, action, composer.day(state.due))
    said = composer.say(
        words.revised,
        due=composer.day(state.due),
        original=composer.day(state.original_due),
        times=words.once if times == 1 else composer.say(words.times, count=composer.count(times)),
    )
    return of_state(composer, action, said)


def _original_due(composer: Composer, action: Action) -> Blocks:
    return cell(composer.day(composer.view.state(action).original_due), action.at("due"))


def _revisions(composer: Composer, action: Action) -> Blocks:
    def blocks() -> Iterator[Block]:
        for one in composer.view.state(action).revisions:
            said = composer.say(
                composer.wording.revision,
                day=printed(one.day),
                old=composer.day(one.old),
                new=composer.day(one.new),
                by=_who(composer, one.by),
            )
            yield paragraph(said, action.at("due"))
            yield from _text(composer, action, "reason", one.reason)

    return tuple(blocks())


def _asked(composer: Composer, action: Action) -> Blocks:
    request = composer.view.state(action).open_request
    if request is None:
        return ()
    words, day = composer.wording, printed(request.day)
    if request.due is None:
        said = composer.say(words.asked_removal, day=day)
    else:
        said = composer.say(words.asked_due, day=day, due=composer.day(request.due))
    reason = _text(composer, action, "reason", request.reason)
    return (*cell(said, action.at("due")), *reason)


def _progress(composer: Composer, action: Action) -> Blocks:
    def behind_its_day(said: str, told: _Told) -> Blocks:
        label = Text(composer.say(composer.wording.noted, day=printed(told.day)))
        return composer.labelled(label, said, action.address)

    note = composer.view.state(action).note
    return _text(composer, action, "note", note, behind_its_day)


def _evidence(composer: Composer, action: Action) -> Blocks:
    def plain(_said: str, told: _Told) -> Blocks:
        return cell(told.text or composer.wording.erased, action.address)

    texts = composer.view.state(action).evidence
    return tuple(
        block for text in texts for block in _text(composer, action, "evidence", text, plain)
    )


def _impact(composer: Composer, action: Action) -> Blocks:
    return _text(composer, action, "impact", composer.view.state(action).impact)


def _verified_by(composer: Composer, action: Action) -> Blocks:
    accepted_by = composer.view.state(action).accepted_by
    return of_state(composer, action, _who(composer, accepted_by) if accepted_by else "")


def _updated(composer: Composer, action: Action) -> Blocks:
    updated = composer.view.state(action).updated
    return of_state(composer, action, printed(updated) if updated else "")


JUDGED: dict[str, Callable[[Composer, Action], Blocks]] = {
    "due_now": _due_now,
    "original_due": _original_due,
    "revisions": _revisions,
    "asked": _asked,
    "status": _status,
    "stage": _stage,
    "since": _since,
    "reason": _reason,
    "progress": _progress,
    "evidence": _evidence,
    "verified_by": _verified_by,
    "impact": _impact,
    "updated": _updated,
}
