"""
Record what happened: an occasion is judged by the rules, sealed and added to history.

The rules that hold here are those by which what was imported or written by hand is
judged when it is read.

- `drafts` are what is to be recorded, as if it had been read from a file.
- `opening` is the register and its history that they are recorded in.
- `proposing` has them judged and, where they are permitted, seals and writes them.
- `objections` tells what stands against them.
- `conflicts` tells of two who recorded at once.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from peerkit.hookspecs import Offers
from peerkit.store import Store
from peerkit.verbs.recording.conflicts import ConflictError
from peerkit.verbs.recording.drafts import Draft, DraftError
from peerkit.verbs.recording.objections import tampered
from peerkit.verbs.recording.opening import Opened, open_history
from peerkit.verbs.recording.proposing import Proposal, Recorded, Salt, new_salt, propose

__all__ = [
    "ConflictError",
    "Draft",
    "DraftError",
    "Opened",
    "Proposal",
    "Recorded",
    "Salt",
    "new_salt",
    "open_history",
    "propose",
    "record",
    "tampered",
]


def record(
    folder: str | Path,
    draft: Draft,
    *,
    today: dt.date,
    offers: Offers | None = None,
    store: Store | None = None,
    salt: Salt = new_salt,
) -> Recorded:
    """
    Record one occasion in the register in *folder*, all of it or nothing.

    *draft* says what an occasion file says: its keys and values as text, or the text of a
    whole file. The day may be left out and is then *today*; no later one is taken.
    *store* is what writes into the folder `history`, if not the usual one.

    Raises:
        ProblemsError: If the register or, as `DraftError`, the draft could not be taken in.
        RefusedError: If a rule forbids it; it says which. Nothing was recorded.
        ConflictError: If it was permitted when this began, and no longer is.
        WriteError: If it could not be written.
    """
    opened = open_history(folder, offers=offers, store=store)
    return propose(opened, draft, today=today).record(salt=salt)
