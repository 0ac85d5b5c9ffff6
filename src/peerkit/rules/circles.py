"""
Circles in what asks what.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import TypeVar

__all__ = ["circles"]

Node = TypeVar("Node", bound=Hashable)


def circles(graph: Mapping[Node, Iterable[Node]]) -> Iterator[tuple[Node, ...]]:
    """
    Yield for every node on a circle a shortest one through it, each circle once.

    A circle begins with its node that *graph* names first. Not all circles are told, as
    there may be very many; but when none is left to tell, there is none.

    >>> [*circles({"status": ["progress"], "progress": ["status", "progress"]})]
    [('status', 'progress'), ('progress',)]
    """
    order = {node: number for number, node in enumerate(graph)}
    seen = set[tuple[Node, ...]]()
    for node in graph:
        circle = _shortest(node, graph)
        if circle:
            start = circle.index(min(circle, key=order.__getitem__))
            turned = circle[start:] + circle[:start]
            if turned not in seen:
                seen.add(turned)
                yield turned


def _shortest(start: Node, graph: Mapping[Node, Iterable[Node]]) -> tuple[Node, ...]:
    before: dict[Node, Node] = {}
    layer = [start]
    while layer:
        found: list[Node] = []
        for node in layer:
            for after in graph.get(node, ()):
                if after == start:
                    way = [node]
                    while way[-1] != start:
                        way.append(before[way[-1]])
                    return tuple(reversed(way))
                if after not in before:
                    before[after] = node
                    found.append(after)
        layer = found
    return ()
