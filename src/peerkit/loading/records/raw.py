"""
A record as it stands in a file, before its types are known, and where in it.
"""

from __future__ import annotations

import attrs

from peerkit.errors import Address, Place, Problem, ProblemKind, with_article
from peerkit.files.tree import Mapping as LocatedMapping
from peerkit.files.tree import Tree, place_of
from peerkit.model import RecordKind

__all__ = ["Position", "Raw", "a_kind", "said"]


@attrs.define(eq=False, repr=False)
class Raw:
    """
    One record as it stands in a file, before its types are known.

    *holder* and *step* lead to it in the tree; *step* is None for a record that fills
    a file. *values* are what will be structured. *inside* is the kind of the record it
    belongs to, if that is known.
    """

    kind: RecordKind
    id: str
    values: LocatedMapping
    tree: Tree
    holder: LocatedMapping
    step: str | None
    by_position: dict[str, str]
    inside: str = ""

    @property
    def scope(self) -> str:
        """
        The id of the record it belongs to, or nothing.
        """
        return self.id.rpartition("/")[0]

    def place(self, path: tuple[str | int, ...], *, on_key: bool = False) -> Place:
        """
        Return the place of what stands at *path* in it, of its own key for no path.
        """
        whole = path if self.step is None else (self.step, *path)
        on_key = on_key or not path
        return place_of(self.holder, whole or (self.kind.name,), self.tree.source.file, key=on_key)

    def problem(
        self,
        kind: ProblemKind,
        message: str,
        mend: str = "",
        path: tuple[str | int, ...] = (),
        *,
        on_key: bool = False,
    ) -> Problem:
        """
        Return a problem of *kind* at *path* in it.
        """
        place = self.place(path, on_key=on_key)
        return Problem(
            kind=kind,
            message=message,
            mend=mend,
            place=place,
            address=Address(self.kind.name, self.id),
            excerpt=self.tree.source.excerpt(place.line),
        )


@attrs.frozen(eq=False, repr=False)
class Position:
    """
    Where in a file a record stands: the records and mappings around it.
    """

    tree: Tree
    raws: tuple[Raw, ...] = ()
    mappings: tuple[LocatedMapping, ...] = ()

    def nearest(self, *kinds: str) -> Raw | None:
        """
        Return the innermost record of one of *kinds* around it.
        """
        return next((raw for raw in reversed(self.raws) if raw.kind.name in kinds), None)


def said(kind: RecordKind) -> str:
    """
    Return the kind's name as it is said.
    """
    return kind.name.replace("_", " ")


def a_kind(kind: RecordKind) -> str:
    """
    Return the kind's name behind its article.
    """
    return with_article(kind.name)
