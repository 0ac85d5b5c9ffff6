"""
What every store of a history must keep, whatever it keeps the history in.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from functools import partial

from peerkit.errors import PeerkitError, UnknownNameError
from peerkit.store import NewerError, Store

__all__ = ["store_faults"]

# No store may take these: they lead elsewhere, or no reader of a history looks at them.
_WRONG_NAMES = ("../a.yaml", "b/a.yaml", "/a.yaml", ".a.yaml", "a.txt", "CON.yaml", "a?.yaml", "")
_WRITERS, _EACH = 4, 5


def store_faults(
    make: Callable[[], Store], again: Callable[[Store], Store] = lambda store: store
) -> Iterator[str]:
    """
    Yield a sentence for every promise that a store breaks.

    *make* returns an empty store each time. *again* opens anew what a store keeps, as
    another program would; without it, what is only remembered counts as kept.
    """
    yield from _keeping_faults(make(), again)
    yield from _newer_faults(make(), again)
    yield from _naming_faults(make())
    yield from _replacing_faults(make(), again)
    yield from _crowd_faults(make(), again)


def _keeping_faults(store: Store, again: Callable[[Store], Store]) -> Iterator[str]:
    kept: dict[str, bytes] = {}
    if store.names():
        yield "a new store has names"
    wanted = ("2022-05-09-b.yaml", "2022-05-10-a.yml", "2022-05-08-c.yaml", "2022-05-09-B.yaml")
    for name in (*wanted, *wanted):
        content = f"{len(kept)}: é\r\n\n\0 {name}".encode()
        given = store.append(name, content, seen=tuple(kept))
        if given.casefold() in {one.casefold() for one in kept}:
            yield f"{given} is given twice, and is one file on some systems"
        kept[given] = content
        names = again(store).names()
        if names != tuple(sorted(kept)):
            yield f"the names are {', '.join(names)}, not {', '.join(sorted(kept))}"
        for one in {*names} & {*kept}:
            if again(store).read(one) != kept[one]:
                yield f"{one} does not hold what was given, after an append of {name}"
    if not _refuses(UnknownNameError, lambda: store.read("2022-05-09-none.yaml")):
        yield "reading what is not there raises no UnknownNameError"


def _newer_faults(store: Store, again: Callable[[Store], Store]) -> Iterator[str]:
    first = store.append("a.yaml", b"a", seen=())
    second = store.append("b.yaml", b"b", seen=(first,))
    for seen, newer, gone in (
        ((), (first, second), ()),
        ((first,), (second,), ()),
        ((first, second, "c.yaml"), (), ("c.yaml",)),
    ):
        told = f"an append that has seen {', '.join(seen) or 'nothing'}"
        try:
            store.append("d.yaml", b"d", seen=seen)
        except NewerError as error:
            if (error.names, error.gone) != (newer, gone):
                yield f"{told} is not told of {', '.join(newer + gone)}"
        else:
            yield f"{told} is let in, though {', '.join(newer + gone)} changed"
        if again(store).names() != (first, second):
            yield f"{told} is refused, but the names are {', '.join(again(store).names())}"
            return


def _naming_faults(store: Store) -> Iterator[str]:
    for name in _WRONG_NAMES:
        if not _refuses(PeerkitError, partial(store.append, name, b"", seen=())):
            yield f"{name!r} is taken as a name"
            return
    if store.names():
        yield "a name is refused, but is there"


def _replacing_faults(store: Store, again: Callable[[Store], Store]) -> Iterator[str]:
    name = store.append("a.yaml", b"a", seen=())
    store.replace(name, b"aa", was=b"a")
    if again(store).read(name) != b"aa":
        yield "what is to be replaced is still there"
    if not _refuses(NewerError, lambda: store.replace(name, b"aaa", was=b"a")):
        yield "what somebody else has changed is replaced"
    if again(store).read(name) != b"aa":
        yield "a replacement is refused, but made"
    if not _refuses(UnknownNameError, lambda: store.replace("b.yaml", b"b", was=b"")):
        yield "replacing what is not there raises no UnknownNameError"
    if again(store).names() != (name,):
        yield "a replacement adds a name"


def _crowd_faults(store: Store, again: Callable[[Store], Store]) -> Iterator[str]:
    """
    Yield what goes wrong when several add at once, each trying again when refused.
    """
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - only here

    def add(writer: int) -> Iterator[tuple[str, bytes, int]]:
        for number in range(_EACH):
            content = f"{writer}/{number}".encode()
            for _ in range(1000):
                seen = store.names()
                with contextlib.suppress(NewerError):
                    yield store.append("a.yaml", content, seen=seen), content, len(seen)
                    break

    with ThreadPoolExecutor(_WRITERS) as pool:
        lists = pool.map(lambda writer: list(add(writer)), range(_WRITERS))
        added = [one for several in lists for one in several]
    if sorted(length for _, _, length in added) != list(range(_WRITERS * _EACH)):
        yield "of several who add at once, some are let in that have not seen all before them"
    kept = again(store)
    if kept.names() != tuple(sorted(name for name, _, _ in added)):
        yield "of several who add at once, some get a name that is not there"
    elif any(kept.read(name) != content for name, content, _ in added):
        yield "of several who add at once, some overwrite another"


def _refuses(error: type[PeerkitError], call: Callable[[], object]) -> bool:
    try:
        call()
    except error:
        return True
    except (PeerkitError, LookupError, OSError):
        return False
    return False
