"""
What happened to records, as people recorded it: pure, and provably unchanged.

- `occasions` holds the types; `states` where a record stands after some of them.
- `digests` makes one number of what was recorded; `chains` knows which entry follows
  which, and so the order of all.
- `sealing` seals entries, and takes texts out of sealed ones; `verifying` proves seals.
- `writing` makes the text of files, with the `scalars` in it.
- `problems` lists what can be wrong.

What few need is imported from these modules, so that loading a register costs less.
"""

from __future__ import annotations

from peerkit.history.chains import effective, heads, ordered
from peerkit.history.occasions import Entry, Event, Heads, History, Occasion, Seal, Subject
from peerkit.history.states import Asked, Moved, Revision, State

__all__ = [
    "Asked",
    "Entry",
    "Event",
    "Heads",
    "History",
    "Moved",
    "Occasion",
    "Revision",
    "Seal",
    "State",
    "Subject",
    "effective",
    "heads",
    "ordered",
]
