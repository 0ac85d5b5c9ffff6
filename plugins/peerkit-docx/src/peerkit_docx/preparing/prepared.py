"""
A template made ready, and the text in which it is kept beside its Word file.

The text holds Jinja sources and the parts that never change, and no code. What is read
back is trusted no more than a Word file is: it is looked at by the same guards.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from functools import cached_property
from typing import TYPE_CHECKING, Any

import attrs

from peerkit.errors import PeerkitError, Problem, ProblemsError
from peerkit_docx.filling.ready import with_empty_tags
from peerkit_docx.filling.sources import Source
from peerkit_docx.markup.looks import Looks
from peerkit_docx.markup.styles import ListStyle, StyleSheet
from peerkit_docx.problems import PROBLEM_KINDS
from peerkit_docx.word.fields import field_problems
from peerkit_docx.word.foreign import foreign_problems
from peerkit_docx.word.opc import CONTENT_TYPES
from peerkit_docx.word.packages import read_package, write_package
from peerkit_docx.word.refusing import refuse
from peerkit_docx.word.spots import part_in_words
from peerkit_docx.word.xmlreading import is_markup

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["EDITION", "Page", "Prepared", "dumped", "loaded", "loaded_for"]

EDITION = 2
_MOST = 2**31  # Word's own limit of ids

_KINDS = {one.code: one for one in PROBLEM_KINDS}
_TOLD = ("message", "mend", "where", "excerpt")


@attrs.frozen(kw_only=True)
class Page:
    """
    One kind of page (default, first, even), and the parts of its header and footer.
    """

    kind: str
    parts: tuple[str, ...]


@attrs.frozen(kw_only=True, slots=False)
class Prepared:
    """
    A template ready to be drawn.

    *digest* is the SHA-256 of the Word file it was made from. *sources* are the parts that
    are filled, *parts* all others; *order* is the order of all in the package. *next_id*
    and *next_num* are free ids of pictures and bookmarks, and of lists. *problems* are
    those that do not keep it from being drawn, though they may keep what was drawn from
    being read by everyone.
    """

    digest: str
    paper: str
    main: str
    styles: str
    numbering: str
    sources: Mapping[str, Source]
    parts: Mapping[str, bytes]
    order: tuple[str, ...]
    ids: Mapping[str, Mapping[str, str]]
    lists: Mapping[str, tuple[int, int]]
    looks: Looks
    pages: tuple[Page, ...]
    width: int
    next_id: int
    next_num: int
    problems: tuple[Problem, ...] = ()

    def sheet(self, origin: str) -> StyleSheet:
        """
        Return the template's styles; *origin* is what messages call it.
        """
        lists = {name: ListStyle(*found) for name, found in self.lists.items()}
        return StyleSheet(origin=origin, ids=self.ids, lists=lists)

    @cached_property
    def key(self) -> str:
        """
        The SHA-256 of all it holds.
        """
        return hashlib.sha256(dumped(self).encode("utf-8", "surrogatepass")).hexdigest()


# -- as text -----------------------------------------------------------------------


def dumped(prepared: Prepared) -> str:
    """
    Return *prepared* as text to be kept beside its template.
    """
    plain = {
        "edition": EDITION,
        **{
            one.name: getattr(prepared, one.name)
            for one in attrs.fields(Prepared)
            if one.name not in ("sources", "parts", "looks", "pages", "problems")
        },
        "sources": {name: attrs.asdict(one) for name, one in prepared.sources.items()},
        "parts": {name: _said(content) for name, content in prepared.parts.items()},
        "looks": attrs.asdict(prepared.looks),
        "pages": [attrs.asdict(one) for one in prepared.pages],
        "problems": [
            {"code": one.code, **{key: getattr(one, key) for key in _TOLD}}
            for one in prepared.problems
        ],
    }
    return json.dumps(plain, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def _said(content: bytes) -> dict[str, str]:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(content).decode("ascii")}
    return {"text": text}


def loaded(text: str, origin: str) -> Prepared:
    """
    Return what *text* holds; *origin* is what messages call it.

    Raises:
        PeerkitError: If it is not what `dumped` gives, or of another edition.
        ProblemsError: If it holds what a template may not.

    What keeps papers from being read by everyone was found when it was prepared, and is not
    looked for again: keep the text as safe as the Word file.
    """
    found = _read(text, origin)
    try:
        problems = tuple(_foreign(found, origin))
    except ProblemsError as error:
        problems = error.problems
    refuse(problems, origin)
    return found


def _foreign(found: Prepared, origin: str) -> Iterator[Problem]:
    """
    Yield what a template may not hold, as it is looked for in a Word file.
    """
    # With empty tags a source is like the part it was made from.
    bare = {name: with_empty_tags(one).encode() for name, one in found.sources.items()}
    # Packing and unpacking looks at the names of parts, and how large they are.
    package = read_package(write_package({**found.parts, **bare}), origin)
    yield from foreign_problems(package, origin)
    for name, content in package.items():
        if is_markup(content):
            where = f"{origin}, {name}"
            yield from field_problems(content, part_in_words(name), where, is_template=True)


def _read(text: str, origin: str) -> Prepared:
    try:
        found = _structured(json.loads(text))
        _refuse_unsound(found)
    except (
        ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError, binascii.Error,
    ):  # fmt: skip
        raise PeerkitError(
            f"{origin} is not a template that this version of peerkit-docx has prepared.",
            mend="Prepare it anew from its Word file.",
        ) from None
    return found


def _refuse_unsound(found: Prepared) -> None:
    """
    Refuse what could not have been prepared.

    Raises:
        ValueError: If something that belongs together does not fit.
    """
    names = [*found.sources, *found.parts]
    shown = {name for page in found.pages for name in page.parts}
    sizes = (found.width, found.next_id, found.next_num)
    if not (
        found.main in found.sources
        and {found.styles, CONTENT_TYPES} <= found.parts.keys()
        and (found.numbering in found.parts or not found.numbering)
        and sorted(found.order) == sorted(names)
        and shown <= set(names)
        and {"paragraph", "character", "table"} <= found.ids.keys()
        and all(0 <= size < _MOST for size in sizes)
        and all(len(one.tags) == len(one.spots) for one in found.sources.values())
    ):
        raise ValueError(found.paper)


def loaded_for(text: str, template: bytes) -> Prepared | None:
    """
    Return what *text* holds if it was made from *template* by this edition, else None.

    It came with a plugin, and is trusted as that is.
    """
    head = f'"digest": "{hashlib.sha256(template).hexdigest()}"'
    if head not in text or f'"edition": {EDITION},' not in text:
        return None
    return _read(text, "what was prepared")


def _structured(plain: dict[str, Any]) -> Prepared:
    if plain["edition"] != EDITION:
        raise ValueError(plain["edition"])
    return Prepared(
        digest=_text(plain["digest"]),
        paper=_text(plain["paper"]),
        main=_text(plain["main"]),
        styles=_text(plain["styles"]),
        numbering=_text(plain["numbering"]),
        sources={
            _text(name): Source(
                part=_text(one["part"]),
                text=_text(one["text"]),
                tags=tuple(map(_text, one["tags"])),
                spots=tuple(map(_text, one["spots"])),
            )
            for name, one in plain["sources"].items()
        },
        parts={_text(name): _bytes(one) for name, one in plain["parts"].items()},
        order=tuple(map(_text, plain["order"])),
        ids={kind: _texts(names) for kind, names in plain["ids"].items()},
        lists={
            _text(name): (int(num), int(abstract))
            for name, (num, abstract) in plain["lists"].items()
        },
        looks=Looks(
            headings={
                _text(style): int(level) for style, level in plain["looks"]["headings"].items()
            },
            inks=_texts(plain["looks"]["inks"]),
            ink=_text(plain["looks"]["ink"]),
        ),
        pages=tuple(
            Page(kind=_text(one["kind"]), parts=tuple(map(_text, one["parts"])))
            for one in plain["pages"]
        ),
        width=int(plain["width"]),
        next_id=int(plain["next_id"]),
        next_num=int(plain["next_num"]),
        problems=tuple(
            Problem(
                kind=_KINDS[one["code"]],
                message=_text(one["message"]),
                mend=_text(one["mend"]),
                where=_text(one["where"]),
                excerpt=_text(one["excerpt"]),
            )
            for one in plain["problems"]
        ),
    )


def _text(value: object) -> str:
    if type(value) is not str:
        raise TypeError(value)
    return value


def _texts(value: Mapping[str, object]) -> dict[str, str]:
    return {_text(key): _text(one) for key, one in value.items()}


def _bytes(said: Mapping[str, object]) -> bytes:
    if "text" in said:
        return _text(said["text"]).encode("utf-8")
    return base64.b64decode(_text(said["base64"]), validate=True)
