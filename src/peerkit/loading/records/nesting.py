"""
Records inside a file and inside one another: each with its fields, and what its place says.

Kept out: of which kind the records of a file are, and whether an id is a good one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from peerkit.config import Configuration
from peerkit.errors import Problem, closest, did_you_mean, short
from peerkit.files.tree import Mapping as LocatedMapping
from peerkit.files.tree import Tree, place_of
from peerkit.loading import problems as p
from peerkit.loading.declared import MORE
from peerkit.loading.records.ids import Ids
from peerkit.loading.records.raw import Position, Raw, a_kind, said
from peerkit.model import Nest, RecordKind, field_specs

__all__ = ["Nesting"]


class Nesting:
    """
    Finds the records that stand in a file, at whatever depth, for *ids* to take in.
    """

    def __init__(
        self,
        kinds: Mapping[str, RecordKind],
        configuration: Configuration,
        ids: Ids,
        problems: list[Problem],
    ) -> None:
        self._kinds = kinds
        self._configuration = configuration
        self._ids = ids
        self._problems = problems
        self._alone: list[Raw] = []

    def one(self, kind: RecordKind, tree: Tree, root: LocatedMapping) -> None:
        """
        Take in the one record of a file, and those inside it.
        """
        written = root[kind.name]
        rest = LocatedMapping((k, v) for k, v in root.items() if k != kind.name)
        rest.marks = root.marks
        if not isinstance(written, str):
            place = place_of(root, (kind.name,), tree.source.file, key=True)
            self._problems.append(
                Problem(
                    kind=p.BAD_ID,
                    message=f"Behind “{kind.name}” its id is needed.",
                    place=place,
                    excerpt=tree.source.excerpt(place.line),
                )
            )
            self._ids.miss(tree.source.text)
            return
        position = Position(tree)
        given = self._by_place(kind, position)
        raw = self._ids.take_in(kind, written, rest, position, holder=root, step=None)
        if raw is not None:
            self._by_positions(raw, given)
            self._nested(raw, position)

    def many(
        self,
        kind: RecordKind,
        holder: LocatedMapping,
        key: str,
        position: Position,
        sets: str = "",
    ) -> None:
        """
        Take in the records that stand under *key*, each behind its id, and those inside.

        *sets* is the field that *key* gives a value to.
        """
        container = holder[key]
        tree = position.tree
        if not isinstance(container, LocatedMapping):
            place = place_of(holder, (key,), tree.source.file)
            self._problems.append(
                Problem(
                    kind=p.WRONG_SHAPE,
                    message=f"Under “{key}”, {kind.plural} are needed, each behind its id.",
                    mend=f"Write an id, a colon, and the {kind.name} behind or below it.",
                    place=place,
                    excerpt=tree.source.excerpt(place.line),
                )
            )
            self._ids.miss()
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
                values = LocatedMapping({kind.short or MORE: value})
            raw = self._ids.take_in(kind, step, values, position, holder=container, step=step)
            if raw is None:
                continue
            self._by_positions(raw, given)
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
        return isinstance(inner, str) and not closest(key, (*known, "id", MORE))

    def _by_place(self, kind: RecordKind, position: Position) -> dict[str, str]:
        """
        Return the links that *position* gives all records of a kind that stand there.

        That to what a record is kept in is not among them where that stands elsewhere.
        """
        around = {
            spec.key: position.nearest(spec.kinds[0])
            for spec in field_specs(kind.record)
            if spec.by_position
        }
        return {key: raw.id for key, raw in around.items() if raw}

    def _by_positions(self, raw: Raw, given: Mapping[str, str]) -> None:
        if raw.kind.scope and not raw.inside:
            self._alone.append(raw)
        for key, value in given.items():
            self._by_position(raw, key, value)

    def settle(self, guess: Callable[[tuple[str, ...], str], str]) -> None:
        """
        Give records that stand alone the link to what they are kept in: call it when all
        files were read. *guess* says what was meant by an id that is none.
        """
        for raw in self._alone:
            holder = self._holder(raw, guess)
            raw.inside = holder.kind.name if holder else raw.kind.scope
            for spec in field_specs(raw.kind.record):
                if spec.by_position and spec.kinds[0] == raw.inside:
                    self._by_position(raw, spec.key, holder.id if holder else raw.scope)

    def _holder(self, raw: Raw, guess: Callable[[tuple[str, ...], str], str]) -> Raw | None:
        """
        Return what a record that stands alone is kept in, as its id says.
        """
        scopes, scope = self._ids.scopes(raw.kind), raw.scope
        found = [one for kind in scopes if (one := self._ids.known.get((kind, scope.casefold())))]
        if len(found) > 1:
            both = " and ".join(a_kind(one.kind) for one in found)
            message = f"“{scope}” is {both}: it is not clear to which this belongs."
            mend = f"Write the {said(raw.kind)} inside the one it belongs to."
            self._problems.append(raw.problem(p.UNCLEAR_LINK, message, mend))
        elif not found and not self._ids.may_be_unread(scope):
            wanted = " or ".join(scopes).replace("_", " ")
            message = f"There is no {wanted} “{short(scope)}” to which it could belong."
            mend = did_you_mean(guess(scopes, scope))
            self._problems.append(raw.problem(p.DANGLING_LINK, message, mend))
        return found[0] if len(found) == 1 else None

    def _by_position(self, raw: Raw, key: str, value: str) -> None:
        if raw.values.get(key) is not None:
            self._problems.append(
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
        own = {MORE, *(spec.key for spec in field_specs(raw.kind.record))}
        for nest in raw.kind.nests:
            for key in self._nest_keys(nest, raw, inner, own):
                if key in raw.values:
                    value = raw.values[key]
                    if value is not None:
                        self.many(self._kinds[nest.kind], raw.values, key, inner, nest.sets)
                    del raw.values[key]

    def _nest_keys(self, nest: Nest, raw: Raw, inner: Position, own: set[str]) -> Iterable[str]:
        if nest.key:
            return (nest.key,)
        keys = nest.keys(self._configuration, inner.mappings)
        if keys is not None:
            return keys
        # The word that would tell the keys is itself a problem: pass over what they hold.
        stands_alone = raw.kind.scope and not raw.inside
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
                self._problems.append(
                    raw.problem(p.UNKNOWN_KEY, message, mend, (key,), on_key=True)
                )
            if value is not None:
                self._ids.miss(raw.tree.source.text)
        return ()
