"""
Trees of files into records: flattened, ids known, links resolved, types given.

A record that is broken stays known by its id, so that links to it are no second
problem.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import attrs

from peerkit.config import Configuration
from peerkit.errors import Address, Fault, Place, Problem
from peerkit.files.tree import Mapping as LocatedMapping
from peerkit.files.tree import Tree, place_of
from peerkit.files.yaml import NOT_KEYS
from peerkit.loading import problems as p
from peerkit.loading.brackets import cut_texts
from peerkit.loading.converter import UnstructuredError, closest, did_you_mean, short, structure
from peerkit.loading.declared import structure_more
from peerkit.loading.links import Links
from peerkit.loading.raw import Position, Raw, a_kind, said
from peerkit.model import (
    FieldSpec,
    Nest,
    Record,
    RecordKind,
    field_specs,
    link_paths,
)

__all__ = ["RecordReader"]

_ID = re.compile(r"[^\W_][\w.\-]*")
_NOT_IN_ID = re.compile(r"[^\w.\-]+")
_MORE = "more"
_WITHHELD = "withheld"
_NO_REASON = frozenset(("", "yes", "no", "true", "false", "none", "not applicable"))


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
        self._raws: list[Raw] = []
        self._known: dict[tuple[str, str], Raw] = {}
        self._unread: list[str] = []
        self._fields = {
            spec.key for kind in kinds.values() for spec in field_specs(kind.record)
        } - self._plurals.keys()
        self._declared_specs = {
            kind.name: [spec for spec in field_specs(kind.record) if spec.declared_in]
            for kind in kinds.values()
        }

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
            self._one(self._kinds[head], tree, tree.root[head])
            return
        first = next(iter(tree.root))
        if first not in self._plurals and (
            first in self._kinds
            or first in self._fields
            or not tree.root.keys() & self._plurals.keys()
        ):
            # What the file is cannot be told, so neither can what its other keys mean.
            self._unknown_head(tree, first)
            self.miss()
            return
        for key, value in tree.root.items():
            kind = self._plurals.get(key)
            if kind is None:
                self._unknown_head(tree, key)
            elif value is not None:
                self._many(kind, tree.root, key, Position(tree))

    def miss(self, text: str = "") -> None:
        """
        Note that records went unread, in *text* or, without it, nobody knows which.
        """
        self._unread.append(text)

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

    def _unknown_head(self, tree: Tree, key: str) -> None:
        assert tree.root is not None  # noqa: S101 - add() has looked
        self.miss(tree.source.text)
        if "requires" in self._configuration.broken:
            return  # it may be a kind of the plugin that is missing
        kind = self._kinds.get(key)
        if kind is None:
            holds_several = isinstance(tree.root[key], LocatedMapping)
            known = [*self._plurals, *(() if holds_several else self._kinds)]
            message = f"“{short(key)}” is no kind of record."
            mend = did_you_mean(closest(key, known)) or (
                f"A file begins with one of {', '.join(sorted(self._kinds))}, and the id; "
                f"or it holds several under {', '.join(sorted(self._plurals))}."
            )
            if key in self._fields:
                message = f"“{short(key)}” is a field, but the line that says of what is missing."
                likely = self._likely(tree.root)
                mend = f"Begin the file with “{likely}: ” and its id."
        elif isinstance(tree.root[key], LocatedMapping):
            message = f"Behind “{key}” its id is needed; several records stand under their plural."
            mend = did_you_mean(kind.plural)
        else:
            message = f"“{key}” begins a file of its own, but this file holds several records."
            mend = f"Move it to another file, or write it under “{kind.plural}”."
        place = place_of(tree.root, (key,), tree.source.file, key=True)
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

    def _one(self, kind: RecordKind, tree: Tree, value: object) -> None:
        root = tree.root
        assert root is not None  # noqa: S101 - add() has looked
        rest = LocatedMapping((k, v) for k, v in root.items() if k != kind.name)
        rest.marks = root.marks
        if not isinstance(value, str):
            place = place_of(root, (kind.name,), tree.source.file, key=True)
            self.problems.append(
                Problem(
                    kind=p.BAD_ID,
                    message=f"Behind “{kind.name}” its id is needed.",
                    place=place,
                    excerpt=tree.source.excerpt(place.line),
                )
            )
            self.miss(tree.source.text)
            return
        position = Position(tree)
        given = self._by_place(kind, position)
        raw = self._new(kind, value, rest, position, given=given, holder=root, step=None)
        if raw is not None:
            self._nested(raw, position)

    def _many(
        self,
        kind: RecordKind,
        holder: LocatedMapping,
        key: str,
        position: Position,
        sets: str = "",
    ) -> None:
        container = holder[key]
        tree = position.tree
        if not isinstance(container, LocatedMapping):
            place = place_of(holder, (key,), tree.source.file)
            self.problems.append(
                Problem(
                    kind=p.WRONG_SHAPE,
                    message=f"Under “{key}”, {kind.plural} are needed, each behind its id.",
                    mend=f"Write an id, a colon, and the {kind.name} behind or below it.",
                    place=place,
                    excerpt=tree.source.excerpt(place.line),
                )
            )
            self.miss()
            return
        given = self._by_place(kind, position)
        for step, value in container.items():
            if value is None:
                values = LocatedMapping()
            elif isinstance(value, LocatedMapping) and not (
                kind.short and self._is_text_with_colon(kind, value, position)
            ):
                values = LocatedMapping(value)
                values.marks = value.marks
            else:
                values = LocatedMapping({kind.short or _MORE: value})
            raw = self._new(kind, step, values, position, given=given, holder=container, step=step)
            if raw is None:
                continue
            if sets:
                self._by_position(raw, sets, key)
            self._nested(raw, position)

    def _is_text_with_colon(
        self, kind: RecordKind, value: LocatedMapping, position: Position
    ) -> bool:
        """
        True if *value* is a text that a colon made look like the one field of a record.
        """
        if value.flow or len(value) != 1:
            return False
        ((key, inner),) = value.items()
        known = [spec.key for spec in field_specs(kind.record)]
        for nest in kind.nests:
            words = nest.keys(self._configuration, (*position.mappings, value))
            known += [nest.key] if nest.key else words or ()
        return isinstance(inner, str) and not closest(key, (*known, "id", _MORE))

    def _new(
        self,
        kind: RecordKind,
        written: str,
        values: LocatedMapping,
        position: Position,
        *,
        given: Mapping[str, str],
        holder: LocatedMapping,
        step: str | None,
    ) -> Raw | None:
        around = position.nearest(kind.scope) if kind.scope else None
        whole = f"{around.id}/{written}" if around else written
        raw = Raw(kind, whole, values, position.tree, holder, step, {})
        if not self._id_is_good(raw, written, nested=around is not None):
            self.miss(raw.tree.source.text)
            return None
        other = self._known.setdefault((kind.name, whole.casefold()), raw)
        if other is not raw:
            self.problems.append(
                raw.problem(
                    p.DUPLICATE_ID,
                    f"There are two {kind.plural} “{whole}”: the other is at {other.place(())}.",
                )
            )
            self.miss(raw.tree.source.text)
            return None
        self._raws.append(raw)
        for key, value in given.items():
            self._by_position(raw, key, value or raw.scope)
        return raw

    def _by_place(self, kind: RecordKind, position: Position) -> dict[str, str]:
        """
        Return the links that *position* gives all records of a kind that stand there.

        One without a value is given by each record's own id.
        """
        around = {
            spec.key: (position.nearest(spec.kinds[0]), spec.kinds[0])
            for spec in field_specs(kind.record)
            if spec.by_position
        }
        return {
            key: raw.id if raw else ""
            for key, (raw, wanted) in around.items()
            if raw or wanted == kind.scope
        }

    def _id_is_good(self, raw: Raw, written: str, *, nested: bool) -> bool:
        if _ID.fullmatch(written) and (nested or not raw.kind.scope):
            return True
        parts = written.split("/")
        depth = 1
        scope = "" if nested else raw.kind.scope
        while scope:
            depth += 1
            scope = self._kinds[scope].scope if scope in self._kinds else ""
        if len(parts) > depth or not all(parts):
            message = f"“{short(written)}” cannot be the id of {a_kind(raw.kind)}."
            self.problems.append(raw.problem(p.BAD_ID, message, self._id_mend(raw, nested=nested)))
            return False
        if len(parts) < depth:
            self.problems.append(
                raw.problem(
                    p.NO_SCOPE,
                    f"“{written}” does not say to which {raw.kind.scope} it belongs.",
                    f"Write it inside its {raw.kind.scope}, or as {raw.kind.scope.upper()}/{written}.",
                )
            )
            return False
        if not all(_ID.fullmatch(part) for part in parts):
            # It is taken in all the same, so that links to it are no second problem;
            # nor are links by the id that was meant.
            self.miss(raw.tree.source.text)
            likely = "/".join(_NOT_IN_ID.sub("-", part).strip("-._") for part in parts)
            is_shown = likely and likely == short(likely)
            mend = f"Write “{likely}”. {p.BAD_ID.mend}" if is_shown else ""
            self.problems.append(
                raw.problem(p.BAD_ID, f"“{short(written)}” cannot be an id.", mend)
            )
        return True

    def _id_mend(self, raw: Raw, *, nested: bool) -> str:
        if nested:
            return f"Inside its {raw.kind.scope.replace('_', ' ')} it needs no slash."
        return "" if raw.kind.scope else "Take the slash out: it belongs inside no other record."

    def _by_position(self, raw: Raw, key: str, value: str) -> None:
        if raw.values.get(key) is not None:
            self.problems.append(
                raw.problem(
                    p.TYPED_TWICE,
                    f"“{key}” is {value}: where this {raw.kind.name} stands says so already.",
                    path=(key,),
                    on_key=True,
                )
            )
        raw.values[key] = value
        raw.by_position[key] = value

    def _nested(self, raw: Raw, position: Position) -> None:
        if not raw.kind.nests:
            return
        inner = Position(position.tree, (*position.raws, raw), (*position.mappings, raw.values))
        own = {_MORE, *(spec.key for spec in field_specs(raw.kind.record))}
        for nest in raw.kind.nests:
            for key in self._nest_keys(nest, raw, inner, own):
                if key in raw.values:
                    value = raw.values[key]
                    if value is not None:
                        self._many(self._kinds[nest.kind], raw.values, key, inner, nest.sets)
                    del raw.values[key]

    def _nest_keys(self, nest: Nest, raw: Raw, inner: Position, own: set[str]) -> Iterable[str]:
        if nest.key:
            return (nest.key,)
        keys = nest.keys(self._configuration, inner.mappings)
        if keys is not None:
            return keys
        # The word that would tell the keys is itself a problem: pass over what they hold.
        stands_alone = raw.kind.scope and all(one.kind.name != raw.kind.scope for one in inner.raws)
        for key in [
            k
            for k, v in raw.values.items()
            if k not in own and (v is None or isinstance(v, LocatedMapping))
        ]:
            value = raw.values.pop(key)
            if value is not None and stands_alone:
                plural = self._kinds[nest.kind].plural
                message = f"“{short(key)}” can stand only in a {raw.kind.name} inside its {raw.kind.scope}."
                mend = f"Write what it holds in a file of its own, under “{plural}”."
                self.problems.append(raw.problem(p.UNKNOWN_KEY, message, mend, (key,), on_key=True))
            if value is not None:
                self.miss(raw.tree.source.text)
        return ()

    def finish(self) -> dict[str, dict[str, Record]]:
        """
        Resolve links and give every record its type; return those that are sound.
        """
        links = Links(self._kinds, self._known, self.may_be_unread, self.problems)
        for opens in (True, False):  # the others may need what these open
            wanted = {
                kind.name: [path for path in link_paths(kind.record) if path.spec.opens is opens]
                for kind in self._kinds.values()
            }
            for raw in self._raws:
                for path in wanted[raw.kind.name]:
                    links.resolve(raw, path)
            links.forget()
        records: dict[str, dict[str, Record]] = {name: {} for name in self._kinds}
        for raw in self._raws:
            record = self._structured(raw)
            if record is not None:
                records[raw.kind.name][raw.id] = record
        return records

    def _structured(self, raw: Raw) -> Record | None:
        before = len(self.problems)
        is_no_group = _MORE in raw.values and not isinstance(raw.values[_MORE], LocatedMapping)
        if is_no_group and raw.values.keys() - raw.by_position.keys() == {_MORE}:
            message = f"{a_kind(raw.kind).capitalize()} is a group of fields, each on a line below its id."
            self.problems.append(raw.problem(p.WRONG_SHAPE, message, "Write its fields."))
            return None
        given: dict[str, Any] = raw.values
        if None in raw.values.values():
            known = {_MORE, *(spec.key for spec in field_specs(raw.kind.record))}
            given = {k: v for k, v in raw.values.items() if v is not None or k not in known}
        if _WITHHELD in raw.values and str(raw.values[_WITHHELD] or "").casefold() in _NO_REASON:
            message = f"“withheld” must say why this {said(raw.kind)} is not shown to the public."
            mend = "Write the reason behind it; take the line out if the record may be shown."
            self.problems.append(raw.problem(p.NO_REASON, message, mend, (_WITHHELD,)))
        if "id" in given:
            message = f"The id of this {said(raw.kind)} is {raw.id}; it is not written again."
            self.problems.append(raw.problem(p.TYPED_TWICE, message, path=("id",), on_key=True))
        given = {**given, "id": raw.id}
        if _MORE in given:
            given[_MORE] = self._more(raw, given[_MORE])
        try:
            record = structure(given, raw.kind.record)
        except UnstructuredError as error:
            from peerkit.loading.faults import faults  # noqa: PLC0415 - only where there are some

            nests = tuple(nest.key for nest in raw.kind.nests if nest.key)
            for fault in faults(error.error, also=(*nests, *self._words(raw))):
                self.problems.append(_located(raw, fault))
            return None
        for spec in self._declared_specs[raw.kind.name]:
            self._declared(raw, spec, getattr(record, spec.name))
        return record if len(self.problems) == before else None

    def _words(self, raw: Raw) -> Iterator[str]:
        for nest in raw.kind.nests:
            if not nest.key:
                yield from nest.keys(self._configuration, (raw.values,)) or ()

    def _more(self, raw: Raw, given: object) -> object:
        if "fields" in self._configuration.broken:
            return {}
        declared = self._configuration.fields.get(raw.kind.name, {})
        made, found = structure_more(given, declared, raw.kind.name)
        self.problems.extend(
            _located(raw, attrs.evolve(fault, path=(_MORE, *fault.path))) for fault in found
        )
        return made

    def _declared(self, raw: Raw, spec: FieldSpec, value: str) -> None:
        if spec.declared_in in self._configuration.broken:
            return
        known: Mapping[str, Any] = getattr(self._configuration, spec.declared_in)
        if value and value not in known:
            self.problems.append(
                raw.problem(
                    p.UNKNOWN_WORD,
                    f"“{value}” is not one of the {spec.declared_in} of the configuration.",
                    did_you_mean(closest(value, known))
                    or f"Declared are {', '.join(known) or 'none'}; extend a pack, or declare it.",
                    (spec.key,),
                )
            )

    def ids(self) -> Mapping[str, Iterable[str]]:
        """
        Return the ids of all records by kind, those of broken ones included.
        """
        found: dict[str, list[str]] = {}
        for raw in self._raws:
            found.setdefault(raw.kind.name, []).append(raw.id)
        return found

    def may_be_unread(self, written: str) -> bool:
        """
        True if *written* can be the id of a record that could not be read.
        """
        return any(not text or written.rpartition("/")[2] in text for text in self._unread)

    def locator(self) -> Callable[[Address], tuple[Place, str] | None]:
        """
        Return what gives the place and the line of text for an address.
        """
        known = self._known

        def locate(address: Address) -> tuple[Place, str] | None:
            raw = known.get((address.kind, address.id.casefold()))
            if raw is None:
                return None
            path = tuple(
                int(step) if step.isdecimal() else step for step in address.field.split("/") if step
            )
            while path and path[0] in raw.by_position:
                path = ()
            place = raw.place(path)
            return place, raw.tree.source.excerpt(place.line)

        return locate


def _located(raw: Raw, fault: Fault) -> Problem:
    path = fault.path
    if raw.kind.short and path and path[0] == raw.kind.short and raw.step is not None:
        holder = raw.holder[raw.step]
        path = path if isinstance(holder, LocatedMapping) else ()
        if not path:
            place = place_of(raw.holder, (raw.step,), raw.tree.source.file)
            return Problem(
                kind=fault.kind,
                message=fault.message,
                mend=fault.mend,
                place=place,
                address=Address(raw.kind.name, raw.id),
                excerpt=raw.tree.source.excerpt(place.line),
            )
    return raw.problem(fault.kind, fault.message, fault.mend, path, on_key=fault.on_key)
