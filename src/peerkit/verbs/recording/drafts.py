"""
Drafts of occasions, as if they had been read from a file.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, Final

import attrs

from peerkit.errors import Address, Problem, ProblemsError
from peerkit.files.text import CONTROL, clean
from peerkit.files.tree import Mapping as LocatedMapping
from peerkit.files.tree import Sequence as LocatedSequence
from peerkit.files.tree import Source, Tree, Value, place_of
from peerkit.history.occasions import OCCASION
from peerkit.loading import problems as p

__all__ = ["Draft", "DraftError", "moved", "own_keys", "tree_of"]

Draft = Mapping[str, Any] | str
"""
What an occasion file says: its keys and values as text, or the text of a whole file.
"""

_OWN_KEYS: Final = ("sealed", "erased")


class DraftError(ProblemsError):
    """
    What was to be recorded could not be taken in; *problems* says why.

    Of a draft that is no text they have no place, but the address of each tells the
    field: `records/A1/asks_due`.
    """


def tree_of(draft: Draft, stem: str, today: dt.date) -> tuple[Tree, tuple[Problem, ...]]:
    """
    Return *draft* as if the file *stem* had held it, and what no file could have held.
    """
    if isinstance(draft, str):
        from peerkit.files.yaml import parse  # noqa: PLC0415 - as a file would be read

        tree = parse(draft, stem)
        if tree.root is not None and "day" not in tree.root:
            tree.root["day"] = today.isoformat()
        return tree, ()
    found: list[Problem] = []
    given = {**draft} if draft.get("day") is not None else {**draft, "day": today.isoformat()}
    root = _located(given, stem, (), found)
    return Tree(root, Source(stem, "")), tuple(found)


def _located(
    values: Mapping[str, Any], stem: str, path: tuple[str, ...], found: list[Problem]
) -> LocatedMapping:
    """
    Return *values* as if they had been read from a file, having noted what none can hold.
    """

    def one(value: Any, path: tuple[str, ...]) -> Value:
        match value:
            case Mapping():
                return _located(value, stem, path, found)
            case list() | tuple():
                return LocatedSequence(one(each, path) for each in value)
            case None:
                return None
            case bool():
                return "yes" if value else "no"
            case _:
                text, refused = clean(str(value))
                for name in refused:
                    message = f"The character {name} stands here."
                    address = Address(OCCASION, stem, "/".join(path))
                    found.append(Problem(kind=CONTROL, message=message, address=address))
                return text

    return LocatedMapping(
        (str(one(str(key), path)), one(value, (*path, str(key)))) for key, value in values.items()
    )


def own_keys(tree: Tree, shown: str) -> Iterator[Problem]:
    """
    Yield a problem for all that only peerkit itself writes.
    """
    root = tree.root or LocatedMapping()
    records = root.get("records")
    entries = records.items() if isinstance(records, LocatedMapping) else ()
    paths: list[tuple[str, ...]] = [(key,) for key in _OWN_KEYS if key in root]
    paths += (
        ("records", name, "erased")
        for name, entry in entries
        if isinstance(entry, LocatedMapping) and "erased" in entry
    )
    stem = tree.source.file
    for path in paths:
        place = place_of(root, path, stem, key=True)
        problem = Problem(
            kind=p.UNKNOWN_KEY,
            message=f"“{path[-1]}” is written by peerkit alone.",
            mend="Take it out.",
            place=place,
            address=Address(OCCASION, stem, "/".join(path)),
            excerpt=tree.source.excerpt(place.line),
        )
        yield moved(problem, shown)


def moved(problem: Problem, shown: str) -> Problem:
    """
    Return *problem* with its place in the file *shown*, or nowhere.
    """
    if not shown or problem.place is None:
        return attrs.evolve(problem, place=None, excerpt="")
    return attrs.evolve(problem, place=attrs.evolve(problem.place, file=shown))
