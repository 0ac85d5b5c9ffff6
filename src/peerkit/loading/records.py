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
from cattrs import BaseValidationError

from peerkit.config import Configuration
from peerkit.errors import Address, Place, Problem, ProblemKind
from peerkit.files.tree import Mapping as LocatedMapping
from peerkit.files.tree import Tree, place_of
from peerkit.loading import problems as p
from peerkit.loading.brackets import cut_texts
from peerkit.loading.converter import closest, did_you_mean, short, structure
from peerkit.loading.declared import structure_more
from peerkit.loading.faults import Fault, faults
from peerkit.model import (
    ANY_NAME,
    FieldKind,
    FieldSpec,
    LinkPath,
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


@attrs.define(eq=False)
class _Raw:
    """
    One record as it stands in a file, before its types are known.

    *holder* and *step* lead to it in the tree; *step* is None for a record that fills
    a file. *values* are what will be structured.
    """

    kind: RecordKind
    id: str
    values: LocatedMapping
    tree: Tree
    holder: LocatedMapping
    step: str | None
    by_position: dict[str, str]

    def place(self, path: tuple[str | int, ...], *, on_key: bool = False) -> Place:
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
        place = self.place(path, on_key=on_key)
        return Problem(
            kind=kind,
            message=message,
            mend=mend,
            place=place,
            address=Address(self.kind.name, self.id),
            excerpt=self.tree.source.excerpt(place.line),
        )


@attrs.frozen
class _Position:
    """
    Where in a file a record stands: the records and mappings around it.
    """

    tree: Tree
    raws: tuple[_Raw, ...] = ()
    mappings: tuple[LocatedMapping, ...] = ()

    def nearest(self, kind: str) -> _Raw | None:
        return next((raw for raw in reversed(self.raws) if raw.kind.name == kind), None)


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
        self._raws: list[_Raw] = []
        self._known: dict[tuple[str, str], _Raw] = {}
        self._unread: list[str] = []

    def add(self, tree: Tree) -> None:
        """
        Take in the records of one file.
        """
        if tree.root is None or tree.faulty:
            self.miss(tree.source.text)
        if not tree.root:
            return
        self.problems.extend(cut_texts(tree))
        head = self._head(tree.root)
        if head:
            self._one(self._kinds[head], tree, tree.root[head])
            return
        if not tree.root.keys() & self._plurals.keys():
            # What the file is cannot be told, so neither can what its other keys mean.
            self._unknown_head(tree, next(iter(tree.root)))
            return
        for key, value in tree.root.items():
            kind = self._plurals.get(key)
            if kind is None:
                self._unknown_head(tree, key)
            elif value is not None:
                self._many(kind, tree.root, key, _Position(tree))

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
            message = f"“{short(key)}” is no kind of record."
            mend = did_you_mean(closest(key, [*self._plurals, *self._kinds])) or (
                f"A file begins with one of {', '.join(sorted(self._kinds))}; "
                f"or it holds several under {', '.join(sorted(self._plurals))}."
            )
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
        raw = self._new(kind, value, rest, _Position(tree), holder=root, step=None)
        if raw is not None:
            self._nested(raw, _Position(tree))

    def _many(
        self,
        kind: RecordKind,
        holder: LocatedMapping,
        key: str,
        position: _Position,
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
            self.miss(tree.source.text)
            return
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
            raw = self._new(kind, step, values, position, holder=container, step=step)
            if raw is None:
                continue
            if sets:
                self._by_position(raw, sets, key)
            self._nested(raw, position)

    def _is_text_with_colon(
        self, kind: RecordKind, value: LocatedMapping, position: _Position
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
        position: _Position,
        *,
        holder: LocatedMapping,
        step: str | None,
    ) -> _Raw | None:
        around = position.nearest(kind.scope) if kind.scope else None
        whole = f"{around.id}/{written}" if around else written
        raw = _Raw(kind, whole, values, position.tree, holder, step, {})
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
        for spec in field_specs(kind.record):
            if spec.by_position:
                inside = position.nearest(spec.kinds[0])
                if inside is not None:
                    self._by_position(raw, spec.key, inside.id)
                elif spec.kinds[0] == kind.scope:
                    self._by_position(raw, spec.key, whole.rpartition("/")[0])
        return raw

    def _id_is_good(self, raw: _Raw, written: str, *, nested: bool) -> bool:
        parts = written.split("/")
        depth = 1
        scope = "" if nested else raw.kind.scope
        while scope:
            depth += 1
            scope = self._kinds[scope].scope if scope in self._kinds else ""
        if len(parts) > depth or not all(parts):
            message = f"“{short(written)}” cannot be the id of {_a(raw.kind)}."
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
            # It is taken in all the same, so that links to it are no second problem.
            likely = "/".join(_NOT_IN_ID.sub("-", part).strip("-._") for part in parts)
            mend = f"Write “{likely}”. {p.BAD_ID.mend}" if likely == short(likely) else ""
            self.problems.append(
                raw.problem(p.BAD_ID, f"“{short(written)}” cannot be an id.", mend)
            )
        return True

    def _id_mend(self, raw: _Raw, *, nested: bool) -> str:
        if nested:
            return f"Inside its {raw.kind.scope.replace('_', ' ')} it needs no slash."
        return "" if raw.kind.scope else "Take the slash out: it belongs inside no other record."

    def _by_position(self, raw: _Raw, key: str, value: str) -> None:
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

    def _nested(self, raw: _Raw, position: _Position) -> None:
        inner = _Position(position.tree, (*position.raws, raw), (*position.mappings, raw.values))
        own = {spec.key for spec in field_specs(raw.kind.record)}
        for nest in raw.kind.nests:
            for key in self._nest_keys(nest, raw, inner, own):
                if key in raw.values:
                    value = raw.values[key]
                    if value is not None:
                        self._many(self._kinds[nest.kind], raw.values, key, inner, nest.sets)
                    del raw.values[key]

    def _nest_keys(self, nest: Nest, raw: _Raw, inner: _Position, own: set[str]) -> Iterable[str]:
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
        links = _Links(self._kinds, self._known, self._unread, self.problems)
        for opens in (True, False):  # the others may need what these open
            for raw in self._raws:
                for path in link_paths(raw.kind.record):
                    if path.spec.opens is opens:
                        links.resolve(raw, path)
        records: dict[str, dict[str, Record]] = {name: {} for name in self._kinds}
        for raw in self._raws:
            record = self._structured(raw)
            if record is not None:
                records[raw.kind.name][raw.id] = record
        return records

    def _structured(self, raw: _Raw) -> Record | None:
        before = len(self.problems)
        own = raw.values.keys() - raw.by_position.keys()
        if own == {_MORE} and not isinstance(raw.values[_MORE], LocatedMapping):
            message = (
                f"{_a(raw.kind).capitalize()} is a group of fields, each on a line below its id."
            )
            self.problems.append(raw.problem(p.WRONG_SHAPE, message, "Write its fields."))
            return None
        known = {_MORE, *(spec.key for spec in field_specs(raw.kind.record))}
        given: dict[str, Any] = {
            key: value for key, value in raw.values.items() if value is not None or key not in known
        }
        if "id" in given:
            message = f"The id of this {_said(raw.kind)} is {raw.id}; it is not written again."
            self.problems.append(raw.problem(p.TYPED_TWICE, message, path=("id",), on_key=True))
        given["id"] = raw.id
        if _MORE in given:
            given[_MORE] = self._more(raw, given[_MORE])
        try:
            record = structure(given, raw.kind.record)
        except BaseValidationError as error:
            nests = tuple(nest.key for nest in raw.kind.nests if nest.key)
            for fault in faults(error, also=(*nests, *self._words(raw))):
                self.problems.append(_located(raw, fault))
            return None
        for spec in _declared_specs(raw.kind.record):
            self._declared(raw, spec, getattr(record, spec.name))
        return record if len(self.problems) == before else None

    def _words(self, raw: _Raw) -> Iterator[str]:
        for nest in raw.kind.nests:
            if not nest.key:
                yield from nest.keys(self._configuration, (raw.values,)) or ()

    def _more(self, raw: _Raw, given: object) -> object:
        if "fields" in self._configuration.broken:
            return {}
        declared = self._configuration.fields.get(raw.kind.name, {})
        made, found = structure_more(given, declared, raw.kind.name)
        self.problems.extend(
            _located(raw, attrs.evolve(fault, path=(_MORE, *fault.path))) for fault in found
        )
        return made

    def _declared(self, raw: _Raw, spec: FieldSpec, value: str) -> None:
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


def _said(kind: RecordKind) -> str:
    return kind.name.replace("_", " ")


def _a(kind: RecordKind) -> str:
    said = _said(kind)
    return f"{'an' if said[0] in 'aeiou' else 'a'} {said}"


def _declared_specs(record: type) -> tuple[FieldSpec, ...]:
    return tuple(spec for spec in field_specs(record) if spec.declared_in)


def _located(raw: _Raw, fault: Fault) -> Problem:
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


class _Links:
    """
    Turns what links say into whole ids, in place, and tells what leads nowhere.
    """

    def __init__(
        self,
        kinds: Mapping[str, RecordKind],
        known: Mapping[tuple[str, str], _Raw],
        unread: list[str],
        problems: list[Problem],
    ) -> None:
        self._kinds = kinds
        self._known = known
        self._unread = unread
        self._problems = problems

    def resolve(self, raw: _Raw, path: LinkPath) -> None:
        """
        Resolve the links of one field, in however many groups it stands.
        """
        spec = path.spec
        if spec.key in raw.by_position and not path.around:
            return
        for holder, at in _holders(raw.values, path.around):
            value = holder.get(spec.key)
            if isinstance(value, str):
                holder[spec.key] = self._resolved(raw, spec, value, (*at, spec.key))
            elif isinstance(value, list) and spec.kind is FieldKind.LINKS:
                value[:] = [
                    self._resolved(raw, spec, one, (*at, spec.key, index))
                    if isinstance(one, str)
                    else one
                    for index, one in enumerate(value)
                ]

    def _resolved(
        self, raw: _Raw, spec: FieldSpec, written: str, path: tuple[str | int, ...]
    ) -> str:
        found = self._find(raw, spec.kinds, written)
        if len(found) == 1:
            return found[0].id
        if found:
            ids = " or ".join(one.id for one in found)
            self._problems.append(
                raw.problem(p.UNCLEAR_LINK, f"“{written}” could be {ids}.", path=path)
            )
        elif not any(not text or written.rpartition("/")[2] in text for text in self._unread):
            self._problems.append(self._lost(raw, spec, written, path))
        return written

    def _find(self, raw: _Raw, kinds: tuple[str, ...], written: str) -> list[_Raw]:
        for prefixes in (self._scopes(raw), [""], self._opened(raw)):
            found = {
                one.id: one
                for kind in kinds
                for prefix in prefixes
                if (one := self._known.get((kind, (prefix + written).casefold())))
            }
            if found:
                return [*found.values()]
        return []

    def _scopes(self, raw: _Raw) -> list[str]:
        parts = raw.id.split("/")
        return ["/".join(parts[:count]) + "/" for count in range(len(parts), 0, -1)]

    def _opened(self, raw: _Raw) -> list[str]:
        scope = self._known.get((raw.kind.scope, raw.id.rpartition("/")[0].casefold()))
        opened: list[Any] = []
        for one in filter(None, (raw, scope)):
            for path in link_paths(one.kind.record):
                if path.spec.opens:
                    value = one.values.get(path.spec.key)
                    opened += [value] if isinstance(value, str) else list(value or ())
        return [f"{one}/" for one in opened if isinstance(one, str)]

    def _lost(
        self, raw: _Raw, spec: FieldSpec, written: str, path: tuple[str | int, ...]
    ) -> Problem:
        wanted = " or ".join(kind.replace("_", " ") for kind in spec.kinds)
        others = [
            one
            for kind in self._kinds
            if kind not in spec.kinds
            for one in self._find(raw, (kind,), written)
        ]
        if others:
            return raw.problem(
                p.WRONG_LINK,
                f"“{written}” is {_a(others[0].kind)}; here a {wanted} is needed.",
                path=path,
            )
        ids = [one.id for one in self._known.values() if one.kind.name in spec.kinds]
        local = [one.rpartition("/")[2] for one in ids]
        guess = closest(written, ids) or closest(written, local)
        return raw.problem(
            p.DANGLING_LINK,
            f"There is no {wanted} “{short(written)}”.",
            did_you_mean(guess),
            path,
        )


def _holders(
    values: Any, around: tuple[str, ...], at: tuple[str | int, ...] = ()
) -> Iterator[tuple[dict[str, Any], tuple[str | int, ...]]]:
    """
    Yield every group that *around* leads to, with the path to it.
    """
    if isinstance(values, list):
        for index, one in enumerate(values):
            yield from _holders(one, around, (*at, index))
    elif isinstance(values, dict):
        if not around:
            yield values, at
        elif around[0] == ANY_NAME:
            for name, one in values.items():
                yield from _holders(one, around[1:], (*at, name))
        elif around[0] in values:
            yield from _holders(values[around[0]], around[1:], (*at, around[0]))
