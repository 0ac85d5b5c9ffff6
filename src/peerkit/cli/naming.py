"""
Records and occasions by what a user calls them: whole, or as short as is clear.
"""

from __future__ import annotations

from pathlib import PurePath

from peerkit.errors import UnknownNameError, closest, did_you_mean
from peerkit.history import History, Subject
from peerkit.loading.history import FOLDER
from peerkit.register import Register

__all__ = ["occasion_named", "subject_named"]

_MOST_NAMED = 4
_SUFFIXES = (".yaml", ".yml")


def subject_named(written: str, register: Register) -> Subject:
    """
    Return the kind and whole id of the record that is called *written*.

    It may be a whole id, the last part of one where only one record has it, or either
    behind the kind: ``A1``, ``libraries-plan/A1``, ``action A1``.

    Raises:
        UnknownNameError: If there is none, or more than one.
    """
    before, _, local = written.strip().rpartition(" ")
    kind = before.strip().replace(" ", "_").casefold()
    folded = local.casefold()
    every = [
        (record.kind, record.id) for record in register if kind in ("", record.kind.casefold())
    ]
    found = [one for one in every if one[1].casefold() == folded]
    found = found or [one for one in every if one[1].rpartition("/")[2].casefold() == folded]
    if len(found) == 1:
        return found[0]
    if found:
        names = _names(found)
        raise UnknownNameError(f"“{written}” could be {names}.", mend=f"Write {names}.")
    ids = [one[1] for one in every]
    known = ids if "/" in local else [one.rpartition("/")[2] for one in ids]
    raise UnknownNameError(
        f"There is no record “{written}”.", mend=did_you_mean(closest(local, known))
    )


def _names(subjects: list[Subject]) -> str:
    # With its kind only where that tells them apart.
    is_clear = len({one[1] for one in subjects}) == len(subjects)
    names = [one[1] if is_clear else " ".join(one) for one in subjects]
    more = len(names) - _MOST_NAMED
    shown = [f"“{one}”" for one in names[:_MOST_NAMED]]
    return " or ".join(shown) + (f" or {more} more" if more > 0 else "")


def occasion_named(written: str, history: History) -> str:
    """
    Return the name of the occasion that is called *written*, perhaps by its file.

    Raises:
        UnknownNameError: If there is none.
    """
    name = plain_name(written)
    if name in history.by_name:
        return name
    guess = did_you_mean(closest(name, history.by_name))
    where = f"Its name is that of its file in the folder {FOLDER}, without .yaml."
    raise UnknownNameError(f"There is no occasion “{written}”.", mend=guess or where)


def plain_name(written: str) -> str:
    """
    Return what an occasion is called whose file is called *written*.

    >>> plain_name("history/2022-05-09-progress-round.yaml")
    '2022-05-09-progress-round'
    """
    path = PurePath(written.strip().replace("\\", "/"))
    parts = path.parts
    if FOLDER in parts:
        parts = parts[parts.index(FOLDER) + 1 :]
    name = "/".join(parts)
    return next((name.removesuffix(one) for one in _SUFFIXES if name.endswith(one)), name)
