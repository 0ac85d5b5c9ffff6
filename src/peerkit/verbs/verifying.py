"""
Verify history: by itself, and against the heads that a paper was made with.

A paper carries one digest over the heads; the manifest beside it lists them. Only both
together prove something: whoever changes the one would have to change the other.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import attrs

from peerkit.errors import Place, Problem, ProblemsError, UnknownNameError
from peerkit.files.limits import TEMPLATE_BYTES
from peerkit.files.reading import list_files, read_bytes
from peerkit.files.text import decode
from peerkit.history import Heads, History, heads
from peerkit.history import problems as h
from peerkit.hookspecs import Offers
from peerkit.papers import Format
from peerkit.register import Register
from peerkit.verbs.registers import load, offers_here

__all__ = ["Kept", "Verified", "heads_of", "verify_history"]

_FORM: Final = "manifest/1"
_SUFFIX: Final = ".json"
_HEAD: Final = re.compile(r"[0-9a-f]{64}( [0-9a-f]{64})*")
_PRINTED: Final = re.compile(r"history sha256:([0-9a-f]{64})")


@attrs.frozen(kw_only=True)
class Kept:
    """
    The *heads* of history that a *paper* was made with; *digest* is that over all of them.

    *is_edited* is true if the paper, otherwise than in what it tells of history, is no
    longer as peerkit made it.
    """

    paper: str
    heads: Heads
    digest: str
    is_edited: bool = False


@attrs.frozen(kw_only=True)
class Verified:
    """
    What was found: every problem, how much was looked at, and the heads as they are.
    """

    register: Register
    problems: tuple[Problem, ...]
    occasions: int
    entries: int
    sealed: int
    heads: Heads
    against: tuple[Kept, ...] = ()


def verify_history(
    folder: str | Path, *, against: str | Path | None = None, offers: Offers | None = None
) -> Verified:
    """
    Return everything that is wrong with the history of the register in *folder*.

    With *against*, a paper or the manifest beside some, also whether all is still there
    that was recorded when they were made. Problems of the register are all there is to
    tell while it could not be taken in whole.

    Raises:
        UnknownNameError: If there is nothing to verify it against.
    """
    from peerkit.history.verifying import verify  # noqa: PLC0415 - hashing loads OpenSSL

    offers = offers or offers_here()
    register = load(folder, offers=offers)
    history = register.history
    problems: list[Problem] = [*register.problems]
    kept: tuple[Kept, ...] = ()
    if register.is_whole:
        problems += verify(history, record_digest=register.digest)
    if against is not None:
        try:
            kept = heads_of(against, offers=offers)
        except ProblemsError as error:
            problems += error.problems
    known = set(problems)
    for one in kept if register.is_whole else ():
        # What several papers tell of the same record is told once.
        found = [each for each in verify(history, against=one.heads) if each not in known]
        more = [each for each in found if each.kind in (h.CUT, h.REWRITTEN)]
        problems += (attrs.evolve(each, message=f"{one.paper}: {each.message}") for each in more)
        known.update(more)
    return Verified(
        register=register,
        problems=register.located(problems),
        occasions=len(history.occasions),
        entries=sum(len(one.entries) for one in history.occasions),
        sealed=_sealed(history),
        heads=heads(history),
        against=kept,
    )


def _sealed(history: History) -> int:
    return sum(len(one.entries.keys() & one.seals.keys()) for one in history.occasions)


def heads_of(path: str | Path, *, offers: Offers | None = None) -> tuple[Kept, ...]:
    """
    Return the heads of history that a paper was made with, or every paper of a manifest.

    Raises:
        UnknownNameError: If there is no such file, or no manifest lists the paper.
        ProblemsError: If the manifest cannot be taken in, or one of the two was changed.
    """
    path = Path(path)
    offers = offers or offers_here()
    raw, problems = read_bytes(path.parent, path.name, TEMPLATE_BYTES)
    if raw is None:
        raise UnknownNameError(problems[0].message, mend=problems[0].advice)
    if path.suffix.lower() == _SUFFIX:
        found = _Manifest(path, raw)
        if found.is_one:
            return found.papers()
    for other in _manifests(path.parent):
        entry = other.entry(path.name)
        if entry is not None:
            return (_kept(path, raw, other, entry, offers),)
    raise UnknownNameError(
        f"No manifest beside {path.name} lists it, so nothing is known of the history it was "
        "made with.",
        mend="Name a paper that lies where peerkit made it, or the manifest.json beside it.",
    )


def _manifests(folder: Path) -> Iterator[_Manifest]:
    files, _ = list_files(folder, (_SUFFIX,))
    # The one that every run writes comes first.
    for name in sorted(files, key=lambda one: (not one.startswith("manifest"), one)):
        if "/" in name:
            continue
        raw, _ = read_bytes(folder, name, TEMPLATE_BYTES)
        if raw is not None:
            found = _Manifest(folder / name, raw)
            if found.is_one:
                yield found


def _kept(path: Path, raw: bytes, manifest: _Manifest, entry: Any, offers: Offers) -> Kept:
    import hashlib  # noqa: PLC0415 - loads OpenSSL

    kept = manifest.kept(entry)
    format_: Format | None = offers.formats.get(str(entry.get("format")))
    if format_ is None or format_.texts is None:
        raise UnknownNameError(
            f"{path.name} is of the format {entry.get('format')}, which no installed plugin reads.",
            mend=f"Name the manifest instead: {manifest.path.name}.",
        )
    printed = _PRINTED.search(" ".join(format_.texts(raw)))
    digest = printed[1] if printed else ""
    if digest != (kept.digest if kept.heads else ""):
        raise _changed(
            f"{manifest.path.name} lists another history for {path.name} than the paper tells of.",
            path.as_posix(),
        )
    # People edit papers before they publish them; what a paper tells of history stays.
    is_edited = entry.get("sha256") != hashlib.sha256(raw).hexdigest()
    return attrs.evolve(kept, is_edited=is_edited)


def _changed(message: str, file: str) -> ProblemsError:
    problem = Problem(kind=h.PAPER_CHANGED, message=message, place=Place(file))
    return ProblemsError(message, (problem,), mend=problem.advice)


class _Manifest:
    """
    A list of papers as it was read; *is_one* tells whether it is any.
    """

    def __init__(self, path: Path, raw: bytes) -> None:
        self.path = path
        text, problems = decode(raw, path.as_posix())
        self._text = text or ""
        self._faults = tuple(problems)
        self._whole: Any = None
        if text is not None:
            self._whole = self._parsed(text)

    def _parsed(self, text: str) -> Any:
        try:
            return json.loads(text, object_pairs_hook=_no_twins, parse_constant=_no_constant)
        except json.JSONDecodeError as error:
            self._faults = (
                self._fault(f"This is no JSON: {error.msg}.", error.lineno, error.colno),
            )
        except (ValueError, RecursionError) as error:
            self._faults = (self._fault(f"This is no list of papers: {error}."),)
        return None

    def _fault(self, message: str, line: int = 1, column: int = 1) -> Problem:
        from peerkit.files.tree import Source  # noqa: PLC0415 - for what is wrong only

        source = Source(self.path.as_posix(), self._text)
        return source.problem(h.MANIFEST, message, line, column)

    @property
    def is_one(self) -> bool:
        """
        True if it is a manifest, perhaps a faulty one.
        """
        if isinstance(self._whole, dict):
            return self._whole.get("peerkit") == _FORM
        return self.path.name.startswith("manifest")

    def _entries(self) -> list[Any]:
        """
        Return the papers it lists.

        Raises:
            ProblemsError: If it cannot be taken in.
        """
        if self._whole is None:
            raise self._unfit(*self._faults)
        papers = self._whole.get("papers") if isinstance(self._whole, dict) else None
        if not isinstance(papers, list):
            raise self._unfit(self._fault("It lists no papers."))
        for number, one in enumerate(papers, start=1):
            if not isinstance(one, dict) or not isinstance(one.get("file"), str):
                raise self._unfit(
                    self._fault(f"Paper {number} has no “file”.", *self._line(number))
                )
        return papers

    def _unfit(self, *problems: Problem) -> ProblemsError:
        found = problems or (self._fault("It cannot be read."),)
        return ProblemsError(f"{self.path.name} cannot be taken in.", found, mend=found[0].advice)

    def _line(self, number: int, name: str = "") -> tuple[int, int]:
        """
        Return the line and column where a paper is listed, as near as can be told.
        """
        at = self._text.find(json.dumps(name, ensure_ascii=False)) if name else -1
        if at < 0:
            found = [*re.finditer(r'"file"', self._text)]
            at = found[number - 1].start() if 0 < number <= len(found) else 0
        before = self._text[:at]
        return before.count("\n") + 1, at - (before.rfind("\n") + 1) + 1

    def entry(self, name: str) -> Any:
        """
        Return what it says of the paper in the file *name*, or None.
        """
        return next((one for one in self._entries() if one["file"] == name), None)

    def papers(self) -> tuple[Kept, ...]:
        """
        Return the heads of every paper it lists, those of equal heads once.
        """
        found: dict[str, Kept] = {}
        for one in self._entries():
            kept = self.kept(one)
            if kept.heads:
                found.setdefault(kept.digest, kept)
        return tuple(found.values())

    def kept(self, entry: Any) -> Kept:
        """
        Return the heads that it lists for one paper.

        Raises:
            ProblemsError: If they are not heads, or do not have the digest that is stated.
        """
        from peerkit.history.digests import heads_digest  # noqa: PLC0415 - loads OpenSSL

        name = entry["file"]
        given = entry.get("history")
        if given is None or given == {}:
            return Kept(paper=name, heads={}, digest="")
        listed = given.get("heads") if isinstance(given, dict) else None
        if not isinstance(listed, list) or not all(map(_is_head, listed)):
            message = f"The history of {name} is no list of heads."
            raise self._unfit(self._fault(message, *self._line(0, name)))
        found = {(kind, one): (count, digest) for kind, one, count, digest in listed}
        digest = heads_digest(found)
        if len(found) != len(listed) or digest != given.get("digest"):
            line, column = self._line(0, name)
            message = f"The heads listed for {name} do not have the digest that is stated."
            place = Place(self.path.as_posix(), line, column)
            problem = Problem(kind=h.PAPER_CHANGED, message=message, place=place)
            raise ProblemsError(message, (problem,), mend=problem.advice)
        return Kept(paper=name, heads=found, digest=digest)


def _is_head(one: object) -> bool:
    match one:
        case [str(), str(), int() as count, str(digest)]:
            return not isinstance(count, bool) and count > 0 and _HEAD.fullmatch(digest) is not None
        case _:
            return False


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands in it twice")
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no number")
