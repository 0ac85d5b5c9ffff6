"""
Links: what a short id means where it stands, and what leads nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from peerkit.errors import Problem, closest, did_you_mean, short
from peerkit.loading import problems as p
from peerkit.loading.records.raw import Raw, a_kind
from peerkit.model import (
    ANY_NAME,
    FieldKind,
    FieldSpec,
    LinkPath,
    RecordKind,
    link_paths,
)

__all__ = ["Links"]

_Home = tuple[str, str]

_MOST_GUESSES = 50


class Links:
    """
    Turns what links say into whole ids, in place, and tells what leads nowhere.
    """

    def __init__(
        self,
        kinds: Mapping[str, RecordKind],
        known: Mapping[tuple[str, str], Raw],
        may_be_unread: Callable[[str], bool],
        problems: list[Problem],
    ) -> None:
        self._kinds = kinds
        self._known = known
        self._may_be_unread = may_be_unread
        self._problems = problems
        self._guesses = 0
        self._homes: dict[_Home, tuple[tuple[str, ...], ...]] = {}
        self._answers: dict[tuple[_Home, tuple[str, ...], str], list[Raw]] = {}
        self._holding = {scope for kind in kinds.values() for scope in kind.scopes} | {
            kind.name
            for kind in kinds.values()
            if any(path.spec.opens for path in link_paths(kind.record))
        }

    def resolve(self, raw: Raw, path: LinkPath) -> None:
        """
        Resolve the links of one field, in however many groups it stands.
        """
        spec = path.spec
        if not path.around:
            if spec.key in raw.values and spec.key not in raw.by_position:
                self._resolve_in(raw, spec, raw.values, ())
        elif path.around[0] in raw.values:
            for holder, at in _holders(raw.values, path.around):
                self._resolve_in(raw, spec, holder, at)

    def _resolve_in(
        self, raw: Raw, spec: FieldSpec, holder: dict[str, Any], at: tuple[str | int, ...]
    ) -> None:
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
        self, raw: Raw, spec: FieldSpec, written: str, path: tuple[str | int, ...]
    ) -> str:
        found = self._find(raw, spec.kinds, written)
        if len(found) == 1:
            return found[0].id
        if found:
            ids = " or ".join(one.id for one in found)
            self._problems.append(
                raw.problem(p.UNCLEAR_LINK, f"“{written}” could be {ids}.", path=path)
            )
        elif not self._may_be_unread(written):
            self._problems.append(self._lost(raw, spec, written, path))
        return written

    def _find(self, raw: Raw, kinds: tuple[str, ...], written: str) -> list[Raw]:
        """
        Return the records that *written* can mean: those in scope before those anywhere,
        and those before what the record or its scope opens.
        """
        home = self._home(raw)
        asked = (home, kinds, written)
        if asked not in self._answers:
            self._answers[asked] = self._look(raw, home, kinds, written.casefold())
        return self._answers[asked]

    def _look(self, raw: Raw, home: _Home, kinds: tuple[str, ...], folded: str) -> list[Raw]:
        for prefixes in self._prefixes(raw, home):
            found: dict[str, Raw] = {}
            for kind in kinds:
                for prefix in prefixes:
                    one = self._known.get((kind, prefix + folded))
                    if one is not None:
                        found[one.id] = one
            if found:
                return [*found.values()]
        return []

    def _home(self, raw: Raw) -> _Home:
        """
        Return from where *raw* looks for others.

        Records that neither hold others nor open anything look from their scope.
        """
        own = raw.kind.name in self._holding
        return (raw.kind.name, raw.id) if own else (raw.inside, raw.scope)

    def _prefixes(self, raw: Raw, home: _Home) -> tuple[tuple[str, ...], ...]:
        """
        Return what may stand before a short id, in the order it is tried.
        """
        if home not in self._homes:
            parts = home[1].casefold().split("/") if home[1] else []
            scopes = tuple("/".join(parts[:n]) + "/" for n in range(len(parts), 0, -1))
            self._homes[home] = (scopes, ("",), tuple(self._opened(raw)))
        return self._homes[home]

    def _opened(self, raw: Raw) -> Iterator[str]:
        scope = self._known.get((raw.inside, raw.scope.casefold()))
        for one in filter(None, (raw, scope)):
            for path in link_paths(one.kind.record):
                value = one.values.get(path.spec.key) if path.spec.opens else None
                for opened in [value] if isinstance(value, str) else value or ():
                    if isinstance(opened, str):
                        yield f"{opened}/".casefold()

    def forget(self) -> None:
        """
        Look anew at what is opened: call it when links that open have been resolved.
        """
        self._homes.clear()
        self._answers.clear()

    def _lost(
        self, raw: Raw, spec: FieldSpec, written: str, path: tuple[str | int, ...]
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
                f"“{written}” is {a_kind(others[0].kind)}; here a {wanted} is needed.",
                path=path,
            )
        return raw.problem(
            p.DANGLING_LINK,
            f"There is no {wanted} “{short(written)}”.",
            did_you_mean(self.guess(spec.kinds, written)),
            path,
        )

    def guess(self, kinds: tuple[str, ...], written: str) -> str:
        """
        Return the id of a record of *kinds* that *written* is close to, or nothing.
        """
        # Comparing thousands of links with thousands of ids would take minutes, and help nobody.
        self._guesses += 1
        if self._guesses > _MOST_GUESSES:
            return ""
        ids = [one.id for one in self._known.values() if one.kind.name in kinds]
        local = [one.rpartition("/")[2] for one in ids]
        return closest(written, ids) or closest(written, local)


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
