"""
What two officers recorded of the same record, where only the first may stand.
"""

from __future__ import annotations

from typing import Final

from peerkit.errors import RefusedError
from peerkit.history import Occasion

__all__ = ["ConflictError"]

_MOST_TOLD: Final = 3


class ConflictError(RefusedError):
    """
    Somebody else recorded meanwhile, and with that this is no longer permitted.

    *theirs* is what they recorded, *mine* what was to be recorded.
    """

    def __init__(self, reason: RefusedError, theirs: tuple[Occasion, ...], mine: Occasion) -> None:
        said = "; ".join(f"{one.by or 'somebody'} {_gist(one, mine)}" for one in theirs)
        super().__init__(
            f"Meanwhile {said}; so your “{_says(mine, mine)}” is not permitted any more. "
            f"{reason.message}",
            mend="Look at what was recorded, then record what still holds.",
        )
        self.theirs = theirs
        self.mine = mine


def _gist(theirs: Occasion, mine: Occasion) -> str:
    return f"recorded “{_says(theirs, mine)}” ({theirs.name})"


def _says(one: Occasion, mine: Occasion) -> str:
    shared = [subject for subject in one.entries if subject in mine.entries]
    said = [
        f"{subject[1]} to {one.entries[subject].to}" if one.entries[subject].to else subject[1]
        for subject in shared or one.entries
    ]
    if len(said) > _MOST_TOLD + 1:
        said[_MOST_TOLD:] = [f"{len(said) - _MOST_TOLD} more"]
    return ", ".join(said)
