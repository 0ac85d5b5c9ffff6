"""
One file of history as it was read: where in it something stands, and what is wrong there.

Kept out: what the file tells, and which record is meant by what is written in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import attrs

from peerkit.errors import Address, Fault, Place, Problem, ProblemKind
from peerkit.files.tree import Tree, place_of
from peerkit.history import Subject
from peerkit.history.occasions import OCCASION

__all__ = ["RECORDS", "SEALED", "HistoryFile", "Steps"]

RECORDS: Final = "records"
SEALED: Final = "sealed"

Steps = tuple[str | int, ...]


@attrs.frozen(eq=False, repr=False)
class HistoryFile:
    """
    The file of the occasion *name*; what is wrong in it goes to *problems*.

    *records* and *seals* are what each record is called in it.
    """

    name: str
    tree: Tree
    problems: list[Problem]
    records: dict[Subject, str] = attrs.Factory(dict)
    seals: dict[Subject, str] = attrs.Factory(dict)

    def locate(self, field: str) -> tuple[Place, str] | None:
        """
        Return the place and the line of *field*, if the file could be read.
        """
        if self.tree.root is None:
            return None
        path = self._path(field)
        place = self._place(path, on_key=len(path) <= 2)  # noqa: PLR2004 - a record's key
        return place, self.tree.source.excerpt(place.line)

    def found(
        self,
        kind: ProblemKind,
        message: str,
        mend: str = "",
        path: Steps = (),
        *,
        on_key: bool = False,
    ) -> None:
        """
        Note a problem of *kind* with what stands at *path*.
        """
        place = self._place(path, on_key=on_key)
        self.problems.append(
            Problem(
                kind=kind,
                message=message,
                mend=mend,
                place=place,
                address=Address(OCCASION, self.name, "/".join(map(str, path))),
                excerpt=self.tree.source.excerpt(place.line),
            )
        )

    def fault(self, fault: Fault) -> None:
        """
        Note *fault* as a problem.
        """
        self.found(fault.kind, fault.message, fault.mend, fault.path, on_key=fault.on_key)

    def _place(self, path: Steps, *, on_key: bool) -> Place:
        root = self.tree.root
        if root is None:
            return Place(self.tree.source.file)
        return place_of(root, path, self.tree.source.file, key=on_key)

    def _path(self, field: str) -> Steps:
        """
        Return the steps to *field*, where records may have ids with slashes.
        """
        group, _, rest = field.partition("/")
        known = {RECORDS: self.records, SEALED: self.seals}.get(group)
        for subject, written in (known or {}).items():
            for label in (written, " ".join(subject)):
                if rest == label or rest.startswith(f"{label}/"):
                    return (group, written, *_steps(rest[len(label) + 1 :]))
        return (*((group,) if group else ()), *_steps(rest))


def _steps(rest: str) -> Iterator[str | int]:
    for step in rest.split("/") if rest else ():
        yield int(step) if step.isdecimal() else step
