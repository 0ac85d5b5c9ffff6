"""
Which record is meant by what a file of history calls it, and what to call it in a new one.

Kept out: links between records in the register itself, which are resolved beside them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any, Final

from peerkit.errors import closest, did_you_mean, short
from peerkit.history import Subject
from peerkit.history import problems as h
from peerkit.loading import problems as p
from peerkit.loading.history.places import HistoryFile, Steps
from peerkit.model import RecordKind, field_specs

__all__ = ["Subjects"]

_MOST_GUESSES: Final = 50
_ANYWHERE: Final = ("",)


class Subjects:
    """
    The records of one register, *records*, by what they can be called.

    *is_left_out* says that something could not be taken in, because its record could
    not be read.
    """

    def __init__(
        self,
        kinds: Mapping[str, RecordKind],
        records: Mapping[str, Iterable[str]],
        may_be_unread: Callable[[str], bool],
    ) -> None:
        self.is_left_out = False
        self._kinds = kinds
        self._records = records
        self._may_be_unread = may_be_unread
        self._guesses = 0

    @cached_property
    def _index(self) -> dict[str, list[Subject]]:
        index: dict[str, list[Subject]] = {}
        for kind, ids in self._records.items():
            for one in ids:
                index.setdefault(one.casefold(), []).append((kind, one))
        return index

    def within(self, file: HistoryFile, written: object) -> tuple[str, ...] | None:
        """
        Return what may stand before a short id in *file*, or nothing if that is unknown.
        """
        if not isinstance(written, str):
            return _ANYWHERE
        known = {one[1] for one in self._find(written, _ANYWHERE)}
        if known:
            return _prefixes(known.pop())
        if not self._may_be_unread(written):
            message = f"There is no record “{short(written)}”."
            mend = self._guess(written, _ANYWHERE)
            file.found(h.UNKNOWN_RECORD, message, mend, ("within",))
        self.is_left_out = True
        return None

    def subject(
        self, file: HistoryFile, written: str, within: tuple[str, ...] | None, path: Steps
    ) -> Subject | None:
        """
        Return the record that *written* means, if it is one that is known.
        """
        found = self._find(written, within or _ANYWHERE)
        if len(found) == 1:
            return found[0]
        if found:
            names = " or ".join(f"“{' '.join(one)}”" for one in found)
            message = f"“{written}” could be {names}."
            file.found(h.UNCLEAR_RECORD, message, f"Write {names}.", path, on_key=True)
        elif within is not None and not self._may_be_unread(written.rpartition(" ")[2]):
            message = f"There is no record “{short(written)}”."
            mend = self._guess(written, within)
            file.found(h.UNKNOWN_RECORD, message, mend, path, on_key=True)
        else:
            self.is_left_out = True
        return None

    def linked(self, file: HistoryFile, holder: Any, field: str, path: Steps) -> str:
        """
        Return the whole id of what a link leads to, or what is written if it leads nowhere.
        """
        written: str = getattr(holder, field)
        spec = next(one for one in field_specs(type(holder)) if one.name == field)
        found = self._find(written, _ANYWHERE, spec.kinds) if written else []
        if found or not written:
            return found[0][1] if found else written
        wanted = " or ".join(kind for kind in spec.kinds if kind in self._kinds)
        path = (*path, spec.key)
        others = self._find(written, _ANYWHERE)
        if others:
            message = f"“{written}” is of the kind {others[0][0]}; here a {wanted} is needed."
            file.found(p.WRONG_LINK, message, "", path)
        elif not self._may_be_unread(written):
            message = f"There is no {wanted} “{short(written)}”."
            mend = self._guess(written, _ANYWHERE, spec.kinds)
            file.found(p.DANGLING_LINK, message, mend, path)
        return written

    def names(self, subjects: Iterable[Subject]) -> tuple[str, dict[Subject, str]]:
        """
        Return what *subjects* can be called in a new file, as short as is clear.

        The first is the record within which the names hold, or nothing.
        """
        wanted = [*subjects]
        scopes = {one[1].rpartition("/")[0] for one in wanted}
        within = scopes.pop() if len(scopes) == 1 else ""
        within = within if within.casefold() in self._index else ""
        prefixes = _prefixes(within)
        made: dict[Subject, str] = {}
        for subject in wanted:
            name = subject[1].rpartition("/")[2] if within else subject[1]
            is_clear = self._find(name, prefixes) == [subject]
            made[subject] = name if is_clear else f"{subject[0]} {name}"
        return within, made

    def _find(
        self, written: str, prefixes: tuple[str, ...], kinds: tuple[str, ...] = ()
    ) -> list[Subject]:
        """
        Return the records that *written* can mean, behind the first prefix that fits.
        """
        before, _, local = written.rpartition(" ")
        if before:
            said = before.strip().replace(" ", "_").casefold()
            kinds = tuple(one for one in kinds or self._kinds if one.casefold() == said)
            if not kinds:
                return []
        folded = local.casefold()
        for prefix in prefixes:
            found = self._index.get(prefix + folded, ())
            if kinds:
                found = [one for one in found if one[0] in kinds]
            if found:
                return [*found]
        return []

    def _guess(self, written: str, prefixes: tuple[str, ...], kinds: tuple[str, ...] = ()) -> str:
        # Comparing thousands of ids with thousands of ids would take minutes, and help nobody.
        self._guesses += 1
        if self._guesses > _MOST_GUESSES:
            return ""
        ids = [
            one
            for kind, known in self._records.items()
            if not kinds or kind in kinds
            for one in known
        ]
        local = [one.rpartition("/")[2] for one in ids if one.casefold().startswith(prefixes)]
        return did_you_mean(closest(written, local) or closest(written, ids))


def _prefixes(within: str) -> tuple[str, ...]:
    """
    Return what may stand before an id written within a record, the longest first.
    """
    parts = within.casefold().split("/") if within else []
    return (*("/".join(parts[:count]) + "/" for count in range(len(parts), 0, -1)), "")
