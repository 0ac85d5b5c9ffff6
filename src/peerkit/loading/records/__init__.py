"""
Trees of files into records: what the head of a file says, and the steps from there.

A record that is broken stays known by its id, so that links to it are no second
problem.

- `nesting` finds the records of a file, at whatever depth; each is a `raw` one.
- `ids` takes them in, if their ids are good ones.
- `links` makes the ids in links whole, once all files were read.
- `typed` gives them the types of their kinds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from peerkit.config import Configuration
from peerkit.errors import Address, Place, Problem, closest, did_you_mean, short
from peerkit.files.tree import Mapping as LocatedMapping
from peerkit.files.tree import Tree, place_of
from peerkit.files.yaml import NOT_KEYS
from peerkit.loading import problems as p
from peerkit.loading.brackets import cut_texts
from peerkit.loading.records.ids import Ids
from peerkit.loading.records.links import Links
from peerkit.loading.records.nesting import Nesting
from peerkit.loading.records.raw import Position
from peerkit.loading.records.typed import Types
from peerkit.model import Record, RecordKind, field_specs, link_paths

__all__ = ["RecordReader"]


class RecordReader:
    """
    Reads the records of one register, given its kinds and configuration.

    Feed it every tree with `add`; then `finish` gives the records, and
    `problems` all that was wrong.
    """

    def __init__(self, kinds: Mapping[str, RecordKind], configuration: Configuration) -> None:
        self.problems: list[Problem] = []
        self._kinds = kinds
        self._plurals = {kind.plural: kind for kind in kinds.values()}
        self._configuration = configuration
        self._fields = {
            spec.key for kind in kinds.values() for spec in field_specs(kind.record)
        } - self._plurals.keys()
        self._ids = Ids(kinds, self.problems)
        self._nesting = Nesting(kinds, configuration, self._ids, self.problems)
        self._types = Types(kinds, configuration, self.problems)

    def add(self, tree: Tree) -> None:
        """
        Take in the records of one file.
        """
        if tree.root is None or tree.faulty:
            # Where the text is no record at all, the ids it should have are not in it.
            is_other = any(problem.kind is NOT_KEYS for problem in tree.problems)
            self.miss("" if is_other else tree.source.text)
        if not tree.root:
            return
        self.problems.extend(cut_texts(tree))
        head = self._head(tree.root)
        if head:
            self._nesting.one(self._kinds[head], tree, tree.root)
            return
        first = next(iter(tree.root))
        if first not in self._plurals and (
            first in self._kinds
            or first in self._fields
            or not tree.root.keys() & self._plurals.keys()
        ):
            # What the file is cannot be told, so neither can what its other keys mean.
            self._unknown_head(tree, tree.root, first)
            self.miss()
            return
        for key, value in tree.root.items():
            kind = self._plurals.get(key)
            if kind is None:
                self._unknown_head(tree, tree.root, key)
            elif value is not None:
                self._nesting.many(kind, tree.root, key, Position(tree))

    def miss(self, text: str = "") -> None:
        """
        Note that records went unread, in *text* or, without it, nobody knows which.
        """
        self._ids.miss(text)

    def _head(self, root: LocatedMapping) -> str:
        """
        Return the key that says of which kind a file's one record is, if it holds one.

        It is the first key; in any other place it can still be told, unless the first
        key looks like a misspelt one.
        """
        first = next(iter(root))
        if first in self._plurals and isinstance(root[first], LocatedMapping | None):
            return ""
        if first not in self._kinds and closest(first, (*self._kinds, *self._plurals)):
            return ""
        singles = (
            key
            for key, value in root.items()
            if key in self._kinds and not isinstance(value, LocatedMapping)
        )
        return next(singles, "")

    def _unknown_head(self, tree: Tree, root: LocatedMapping, key: str) -> None:
        self.miss(tree.source.text)
        if "requires" in self._configuration.broken:
            return  # it may be a kind of the plugin that is missing
        kind = self._kinds.get(key)
        if kind is None:
            holds_several = isinstance(root[key], LocatedMapping)
            known = [*self._plurals, *(() if holds_several else self._kinds)]
            message = f"“{short(key)}” is no kind of record."
            mend = did_you_mean(closest(key, known)) or (
                f"A file begins with one of {', '.join(sorted(self._kinds))}, and the id; "
                f"or it holds several under {', '.join(sorted(self._plurals))}."
            )
            if key in self._fields:
                message = f"“{short(key)}” is a field, but the line that says of what is missing."
                likely = self._likely(root)
                mend = f"Begin the file with “{likely}: ” and its id."
        elif isinstance(root[key], LocatedMapping):
            message = f"Behind “{key}” its id is needed; several records stand under their plural."
            mend = did_you_mean(kind.plural)
        else:
            message = f"“{key}” begins a file of its own, but this file holds several records."
            mend = f"Move it to another file, or write it under “{kind.plural}”."
        place = place_of(root, (key,), tree.source.file, key=True)
        self.problems.append(
            Problem(
                kind=p.UNKNOWN_KEY,
                message=message,
                mend=mend,
                place=place,
                excerpt=tree.source.excerpt(place.line),
            )
        )

    def _likely(self, root: LocatedMapping) -> str:
        """
        Return the kind of record that has most of the keys of *root*.
        """

        def shared(kind: RecordKind) -> int:
            own = {spec.key for spec in field_specs(kind.record)}
            return len(root.keys() & {*own, *(nest.key for nest in kind.nests)})

        return max(self._kinds.values(), key=shared).name

    def finish(self) -> dict[str, dict[str, Record]]:
        """
        Resolve links and give every record its type; return those that are sound.
        """
        raws = self._ids.raws
        links = Links(self._kinds, self._ids.known, self.may_be_unread, self.problems)
        self._nesting.settle(links.guess)
        for opens in (True, False):  # the others may need what these open
            wanted = {
                kind.name: [path for path in link_paths(kind.record) if path.spec.opens is opens]
                for kind in self._kinds.values()
            }
            for raw in raws:
                for path in wanted[raw.kind.name]:
                    links.resolve(raw, path)
            links.forget()
        records: dict[str, dict[str, Record]] = {name: {} for name in self._kinds}
        for raw in raws:
            record = self._types.typed(raw)
            if record is not None:
                records[raw.kind.name][raw.id] = record
        return records

    def ids(self) -> Mapping[str, Iterable[str]]:
        """
        Return the ids of all records by kind, those of broken ones included.
        """
        return self._ids.by_kind()

    def may_be_unread(self, written: str) -> bool:
        """
        True if *written* can be the id of a record that could not be read.
        """
        return self._ids.may_be_unread(written)

    def locator(self) -> Callable[[Address], tuple[Place, str] | None]:
        """
        Return what gives the place and the line of text for an address.
        """
        return self._ids.locate
