"""
What stands behind the names of a paper: texts, whole blocks, lists and groups of names.

Made from the paper's shape, so that a template can be looked over without any data.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from peerkit.document import Name

__all__ = ["ANY", "ANY_KEY", "TEXT", "WHOLE", "Group", "Kind", "Listed", "kinds_of"]

ANY_KEY = "*"


@attrs.frozen
class Plain:
    """
    What has no names inside: a text, blocks drawn whole, or what cannot be told.
    """

    called: str


@attrs.define(eq=False)
class Listed:
    """
    A list, and what each of its items is.
    """

    item: Kind
    called: str = "a list"


@attrs.define(eq=False)
class Group:
    """
    A group of names; one that *may_be_missing* is not in every paper.
    """

    names: dict[str, Kind] = attrs.field(factory=dict)
    may_be_missing: bool = False
    called: str = "a group of names"

    def get(self, name: str) -> Kind | None:
        """
        Return what stands behind *name*; a key that only a record gives stands for any.
        """
        return self.names.get(name) or self.names.get(ANY_KEY)


TEXT = Plain("a text")
WHOLE = Plain("a part of the paper that is drawn whole")
ANY = Plain("something")

Kind = Plain | Listed | Group


def kinds_of(names: Iterable[Name]) -> Group:
    """
    Return the group of all *names* that a template may use.
    """
    root = Group()
    known = list(names)
    for name in known:
        leaf: Kind = WHOLE if name.whole else TEXT
        _put(root, name.path.split("."), leaf)
    for name in known:
        if name.like:
            _put(root, name.path.split("."), _reached(root, name.like))
    _mark(root, [(one.path.split("."), one.optional) for one in known])
    keyed, listed = root.names.get("section"), root.names.get("sections")
    if isinstance(keyed, Group) and isinstance(listed, Listed) and isinstance(listed.item, Group):
        _complete(keyed, listed.item)
    return root


def _complete(keyed: Group, item: Group) -> None:
    """
    Let sections that are reached by their keys have all that one of the list has.
    """
    for key, section in keyed.names.items():
        if not isinstance(section, Group):
            continue
        inner = section.names.get("section")
        if isinstance(inner, Group):
            _complete(inner, item)
        elif key == ANY_KEY:
            section.names["section"] = keyed
        for name, kind in item.names.items():
            section.names.setdefault(name, kind)


def _put(group: Group, steps: list[str], leaf: Kind) -> None:
    head, *rest = steps
    key = head.removesuffix("[]")
    if not rest:
        group.names[key] = Listed(leaf) if head.endswith("[]") else leaf
        return
    inner = _inner(group, key, is_list=head.endswith("[]"))
    _put(inner, rest, leaf)


def _inner(group: Group, key: str, *, is_list: bool) -> Group:
    found = group.names.get(key)
    if is_list:
        if not isinstance(found, Listed):
            found = group.names[key] = Listed(Group())
        return found.item if isinstance(found.item, Group) else Group()
    if not isinstance(found, Group):
        found = group.names[key] = Group()
    return found


def _reached(root: Group, path: str) -> Kind:
    kind: Kind = root
    for step in path.split("."):
        if isinstance(kind, Group):
            kind = kind.names.get(step, ANY)
    return kind


def _mark(root: Group, paths: list[tuple[list[str], bool]]) -> None:
    """
    Mark the groups of which every name may be missing, the outermost of them.
    """
    for group, path in list(_groups(root, [])):
        below = [optional for steps, optional in paths if steps[: len(path)] == path]
        group.may_be_missing = bool(below) and all(below)


def _groups(group: Group, path: list[str]) -> Iterator[tuple[Group, list[str]]]:
    for key, kind in group.names.items():
        if isinstance(kind, Group):
            yield kind, [*path, key]
            yield from _groups(kind, [*path, key])
