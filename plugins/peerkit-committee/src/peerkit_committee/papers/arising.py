"""
Which item of which meeting something arises from, in words.
"""

from __future__ import annotations

from peerkit_committee.papers.common import Composer
from peerkit_committee.papers.items import made_by
from peerkit_committee.records import AgendaItem, Body, Meeting, Resolution

__all__ = ["of_item", "said_of"]


def said_of(composer: Composer, resolution: Resolution) -> str:
    """
    Return the item under which a resolution was made, or else who made it and when.
    """
    if not resolution.item:
        return made_by(composer, resolution)
    item = composer.find(AgendaItem, resolution.item)
    return of_item(composer, item) if item is not None else composer.wording.not_public


def of_item(composer: Composer, item: AgendaItem) -> str:
    """
    Return the day of an item's meeting, and the item with its number.
    """
    words = composer.wording
    meeting = composer.find(Meeting, item.meeting)
    body = composer.find(Body, meeting.body) if meeting is not None else None
    return composer.say(
        words.arises_from,
        day=composer.day(meeting.held if meeting is not None else None),
        number=item.printed,
        title=item.title,
        body=body.name if body is not None else words.not_public,
    )
