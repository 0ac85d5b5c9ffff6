"""
Ids of records: good ones, those there are twice, and those in what could not be read.

Kept out: where in a file a record may stand, and what a short id means in a link.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from peerkit.errors import Address, Place, Problem, short
from peerkit.files.tree import Mapping as LocatedMapping
from peerkit.loading import problems as p
from peerkit.loading.records.raw import Position, Raw, a_kind
from peerkit.model import RecordKind

__all__ = ["Ids"]

_ID = re.compile(r"[^\W_][\w.\-]*")
_NOT_IN_ID = re.compile(r"[^\w.\-]+")


class Ids:
    """
    The records of one register, as they stand in files, by their ids.

    *raws* are all of them in the order in which they were taken in, *known* finds one
    by its kind and its id in small letters. What is wrong goes to *problems*.
    """

    def __init__(self, kinds: Mapping[str, RecordKind], problems: list[Problem]) -> None:
        self.raws: list[Raw] = []
        self.known: dict[tuple[str, str], Raw] = {}
        self._kinds = kinds
        self._problems = problems
        self._unread: list[str] = []

    def take_in(
        self,
        kind: RecordKind,
        written: str,
        values: LocatedMapping,
        position: Position,
        *,
        holder: LocatedMapping,
        step: str | None,
    ) -> Raw | None:
        """
        Return the record that *written* is the id of, unless nothing can be known by it.
        """
        around = position.nearest(*kind.scopes) if kind.scope else None
        whole = f"{around.id}/{written}" if around else written
        inside = around.kind.name if around else ""
        raw = Raw(kind, whole, values, position.tree, holder, step, {}, inside)
        if not self._is_good(raw, written, nested=around is not None):
            self.miss(raw.tree.source.text)
            return None
        other = self.known.setdefault((kind.name, whole.casefold()), raw)
        if other is not raw:
            self._problems.append(
                raw.problem(
                    p.DUPLICATE_ID,
                    f"There are two {kind.plural} “{whole}”: the other is at {other.place(())}.",
                )
            )
            self.miss(raw.tree.source.text)
            return None
        self.raws.append(raw)
        return raw

    def _is_good(self, raw: Raw, written: str, *, nested: bool) -> bool:
        if _ID.fullmatch(written) and (nested or not raw.kind.scope):
            return True
        parts = written.split("/")
        depths = (1,) if nested else self._depths(raw.kind)
        if len(parts) > max(depths) or not all(parts):
            message = f"“{short(written)}” cannot be the id of {a_kind(raw.kind)}."
            self._problems.append(raw.problem(p.BAD_ID, message, _mend(raw, nested=nested)))
            return False
        if len(parts) not in depths:
            scopes = self.scopes(raw.kind)
            wanted = " or ".join(scopes).replace("_", " ")
            wholes = " or ".join(f"{one.upper()}/{written}" for one in scopes)
            message = f"“{written}” does not say to which {wanted} it belongs."
            mend = f"Write it inside its {wanted}, or as {wholes}."
            self._problems.append(raw.problem(p.NO_SCOPE, message, mend))
            return False
        if not all(_ID.fullmatch(part) for part in parts):
            # It is taken in all the same, so that links to it are no second problem;
            # nor are links by the id that was meant.
            self.miss(raw.tree.source.text)
            likely = "/".join(_NOT_IN_ID.sub("-", part).strip("-._") for part in parts)
            is_shown = likely and likely == short(likely)
            mend = f"Write “{likely}”. {p.BAD_ID.mend}" if is_shown else ""
            self._problems.append(
                raw.problem(p.BAD_ID, f"“{short(written)}” cannot be an id.", mend)
            )
        return True

    def scopes(self, kind: RecordKind) -> tuple[str, ...]:
        """
        Return the kinds inside which an id of *kind* is unique, of those that there are.
        """
        return tuple(one for one in kind.scopes if one in self._kinds or one == kind.scope)

    def _depths(self, kind: RecordKind, around: tuple[str, ...] = ()) -> tuple[int, ...]:
        """
        Return of how many parts a whole id of *kind* can be.
        """
        if not kind.scope:
            return (1,)
        known = (self._kinds[one] for one in kind.scopes if one in self._kinds)
        inner = (*around, kind.name)
        found = {1 + n for one in known if one.name not in inner for n in self._depths(one, inner)}
        return (*found,) or (2,)

    def miss(self, text: str = "") -> None:
        """
        Note that records went unread, in *text* or, without it, nobody knows which.
        """
        self._unread.append(text)

    def may_be_unread(self, written: str) -> bool:
        """
        True if *written* can be the id of a record that could not be read.
        """
        return any(not text or written.rpartition("/")[2] in text for text in self._unread)

    def by_kind(self) -> Mapping[str, Iterable[str]]:
        """
        Return the ids of all records by kind, those of broken ones included.
        """
        found: dict[str, list[str]] = {}
        for raw in self.raws:
            found.setdefault(raw.kind.name, []).append(raw.id)
        return found

    def locate(self, address: Address) -> tuple[Place, str] | None:
        """
        Return the place and the line of text for the address of a record.
        """
        raw = self.known.get((address.kind, address.id.casefold()))
        if raw is None:
            return None
        path = tuple(
            int(step) if step.isdecimal() else step for step in address.field.split("/") if step
        )
        while path and path[0] in raw.by_position:
            path = ()
        place = raw.place(path)
        return place, raw.tree.source.excerpt(place.line)


def _mend(raw: Raw, *, nested: bool) -> str:
    if nested:
        return f"Inside its {raw.inside.replace('_', ' ')} it needs no slash."
    return "" if raw.kind.scope else "Take the slash out: it belongs inside no other record."
