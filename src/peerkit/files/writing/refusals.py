"""
What the system said when it refused to write, and what that means to the person.
"""

from __future__ import annotations

import errno
from typing import Final

from peerkit.errors import WriteError

__all__ = ["busy", "explained"]

_CLOSE_IT: Final = "Close it in Word or any other program that shows it, then try again."
_OTHER_FOLDER: Final = "Choose another folder, or ask who looks after this one to let you write."

_REFUSALS: Final = {
    "ENOSPC": ("the disk is full", "Make room on the disk, then try again."),
    "EDQUOT": ("your share of the disk is used up", "Make room on it, then try again."),
    "EROFS": ("the folder is read-only", _OTHER_FOLDER),
    "EACCES": ("you have no permission to write there", _OTHER_FOLDER),
    "EPERM": ("you have no permission to write there", _OTHER_FOLDER),
    "ENAMETOOLONG": ("its path is too long", "Use a shorter name, or a folder nearer the top."),
    "EISDIR": ("there is a folder of that name", "Rename the folder, or choose another name."),
    "ENOTDIR": ("a file is where a folder is needed", "Rename that file, or choose another."),
    "EEXIST": ("it is there already", "Choose another name, or move what is there away."),
    "ENOENT": ("its folder is no longer there", "Check the folder, then try again."),
    "EBUSY": ("another program is using it", _CLOSE_IT),
    "ETXTBSY": ("another program is using it", _CLOSE_IT),
}
_UNKNOWN: Final = ("the system refused", "Check the disk and the folder, then try again.")
_IN_USE: Final = ("it is open in another program", _CLOSE_IT)
_DENIED: Final = frozenset((errno.EACCES, errno.EPERM))
_WINDOWS_SHARING: Final = frozenset((32, 33))
_WINDOWS_TOO_LONG: Final = 206


def explained(name: str, error: OSError, *, placing: bool = False) -> WriteError:
    """
    Return what the system said about *name* as one sentence for the user.

    While *placing* what could be written beside it, only another program can be in
    the way of a file.
    """
    reason, mend = _REFUSALS.get(errno.errorcode.get(error.errno or 0, ""), _UNKNOWN)
    code = getattr(error, "winerror", None)
    if code in _WINDOWS_SHARING or (placing and error.errno in _DENIED):
        reason, mend = _IN_USE
    elif code == _WINDOWS_TOO_LONG:
        reason, mend = _REFUSALS["ENAMETOOLONG"]
    return WriteError(f"{name} was not written: {reason}.", mend=mend)


def busy(name: str) -> WriteError:
    """
    Return that somebody else's turn to write does not end, or has ended ours.
    """
    return WriteError(
        f"{name} was not written: somebody else is writing in its folder.",
        mend="Try again in a minute.",
    )
