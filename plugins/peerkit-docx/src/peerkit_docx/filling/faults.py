"""
What is wrong with a tag, in plain words; Jinja's and Python's own never reach a user.

Kept out: where the tag stands; see `filling`.
"""

from __future__ import annotations

import ast
import difflib
import re
import unicodedata
from typing import TYPE_CHECKING

from jinja2 import StrictUndefined, TemplateSyntaxError
from jinja2.exceptions import SecurityError, UndefinedError
from jinja2.utils import missing

from peerkit_docx.problems import (
    TEMPLATE_BLOCK,
    TEMPLATE_CHARACTER,
    TEMPLATE_NAME,
    TEMPLATE_NOT_ALLOWED,
    TEMPLATE_PREFIX,
    TEMPLATE_SYNTAX,
    TEMPLATE_VALUE,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from jinja2 import nodes

    from peerkit.errors import ProblemKind

__all__ = [
    "COMPARED",
    "TYPED_OVER",
    "ExhaustedError",
    "Missing",
    "TagError",
    "at",
    "both_ends",
    "did_you_mean",
    "kind_of",
    "plain",
]

COMPARED = "A text, a number and a list cannot be compared with one another"

Said = tuple[str, str]


class TagError(SecurityError):
    """
    A tag asks for what it may not have, or cannot have; a sentence without its stop.
    """

    def __init__(
        self,
        message: str,
        mend: str = "",
        lineno: int | None = None,
        kind: ProblemKind = TEMPLATE_NOT_ALLOWED,
    ) -> None:
        super().__init__(message)
        self.said = message
        self.mend = mend
        self.lineno = lineno
        self.kind = kind


class ExhaustedError(SecurityError):
    """
    The template has used up what one paper may cost.
    """


class _UnknownError(UndefinedError):
    """
    A name was used that is not there; *owner* is what it was looked for in.
    """

    def __init__(self, message: str, owner: object, name: object) -> None:
        super().__init__(message)
        self.owner = owner
        self.name = name


class Missing(StrictUndefined):
    """
    What stands for a name that is not there: it may be asked for, and nothing else.
    """

    __slots__ = ()

    def __init__(
        self,
        hint: str | None = None,
        obj: object = missing,
        name: str | None = None,
        exc: object = None,
    ) -> None:
        del exc
        super().__init__(hint, obj, name, _raiser(hint, obj, name))  # type: ignore[arg-type]


def _raiser(hint: str | None, owner: object, name: object) -> Callable[[str], _UnknownError]:
    # Without a name there is only the hint, such as that of an `if` without `else`.
    return lambda _: _UnknownError(hint or "", owner, name)


def at(node: nodes.Node, message: str, mend: str = "") -> TagError:
    """
    Return the fault *message* of the tag that *node* stands in.
    """
    return TagError(message, mend, node.lineno)


def kind_of(value: object) -> str:
    """
    Return what a template's author would call *value*.
    """
    return _KINDS.get(type(value).__name__, "a part of the paper that is drawn whole")


_KINDS = {
    "dict": "a group of names", "list": "a list", "tuple": "a list", "bool": "yes or no",
    "str": "a text", "Markup": "a text", "int": "a number", "float": "a number with a point",
    "NoneType": "nothing", "LoopContext": "a loop", "Undefined": "nothing",
}  # fmt: skip


def did_you_mean(word: str, known: Iterable[str], *, before: str = "") -> str:
    """
    Return the question whether one of *known* was meant, or nothing.

    >>> did_you_mean("titel", ["title", "front"])
    'Did you mean “title”?'
    """
    found = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"Did you mean “{before}{found[0]}”?" if found else ""


def plain(error: Exception, known: Collection[str], tag: str) -> tuple[ProblemKind, str, str]:
    """
    Return the kind of *error*, what to say of it and what to do, without a stop after the first.

    *known* are the names that the whole template may use, *tag* is the one at fault.
    """
    if isinstance(error, TagError):
        return error.kind, error.said, error.mend
    if isinstance(error, _UnknownError):
        return TEMPLATE_NAME, *_unknown(error, known, tag)
    table = _SYNTAX if isinstance(error, TemplateSyntaxError) else _RUNNING
    words = error.message or "" if isinstance(error, TemplateSyntaxError) else str(error)
    for pattern, kind, say in table:
        if found := re.search(pattern, words, re.DOTALL):
            return kind, *say(found)
    return (
        TEMPLATE_SYNTAX,
        "The tag cannot be understood",
        "Look for a sign that is missing or too many.",
    )


# -- names that are not there ----------------------------------------------------


def _unknown(error: _UnknownError, known: Collection[str], tag: str) -> Said:
    owner, name = error.owner, error.name
    if name is None:
        return error.message or "A value is missing", "Ask for it first: {% if … %}."
    if owner is missing and name == "loop":
        return "“loop” is known inside {% for … %} only", "Put the tag into a loop."
    if owner is missing:
        mend = did_you_mean(str(name), known)
        return f"The name “{name}” is not known here", mend or _ALL_NAMES
    if isinstance(owner, dict):
        way = re.search(rf"([\w.\[\]]+\.){re.escape(str(name))}\b", tag)
        before = way[1] if way else ""
        mend = did_you_mean(str(name), map(str, owner), before=before)
        return f"The name “{before}{name}” is not known here", mend or _ALL_NAMES
    if isinstance(name, int):
        return f"{_begun(kind_of(owner))} has no item {name}", "The first item is 0."
    return f"{_begun(kind_of(owner))} has no part named “{name}”", _ALL_NAMES


_ALL_NAMES = "Look for it in the names that peerkit explain tells of this paper."


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]


# -- what Jinja's parser says ----------------------------------------------------

# Dashes and the like that Word puts in place of what was typed.
TYPED_OVER = {
    "\N{EN DASH}": ("An en dash", "a hyphen"),
    "\N{EM DASH}": ("An em dash", "a hyphen"),
    "\N{MINUS SIGN}": ("A minus sign", "a hyphen"),
    "\N{NON-BREAKING HYPHEN}": ("A non-breaking hyphen", "a hyphen"),
    "\N{HORIZONTAL ELLIPSIS}": ("An ellipsis", "what it stands for"),
    "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}": ("A foreign quotation mark", "a straight one"),
    "\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}": (
        "A foreign quotation mark",
        "a straight one",
    ),
}
_END = "the end of the tag"
_TOKENS = {
    "end of print statement": _END,
    "end of statement block": _END,
    "end of template": "the end of the template",
    "begin of print statement": "another tag",
    "begin of statement block": "another tag",
    "name": "a name",
    "integer": "a number",
    "float": "a number",
    "string": "a text",
}


def _token(name: str) -> str:
    return _TOKENS.get(name, f"“{name}”")


def _character(found: re.Match[str]) -> Said:
    character = str(ast.literal_eval(found[1]))
    if character in "'\"":
        return "A quotation mark inside the tag has no partner", "Put one behind the text, too."
    name, instead = TYPED_OVER.get(character, ("", ""))
    if name:
        return f"{name} ({character}) stands inside the tag", f"Type {instead} there."
    called = unicodedata.name(character, "").lower() or f"U+{ord(character):04X}"
    return f"The sign “{character}” ({called}) cannot stand inside a tag", "Take it out."


def _unknown_tag(found: re.Match[str]) -> Said:
    name, still_open = found[1], found[2]
    if still_open:
        return (
            f"It is still open where {{% {name} %}} stands",
            f"Put {{% end{still_open} %}} before that, or take one of the two out.",
        )
    if name in ("endfor", "endif", "else", "elif"):
        opener = "for" if name == "endfor" else "if"
        return (
            "It closes nothing",
            f"Put {{% {opener} … %}} before it, or take it out.",
        )
    if name in ("tr", "tc"):
        holder = {"tr": "row", "tc": "cell"}[name]
        return f"A {name} tag stands outside a table", f"Put it into the {holder} it repeats."
    return (
        f"There is no tag “{name}” in a template",
        did_you_mean(_OTHERWISE.get(name, name), _STATEMENTS)
        or f"Allowed are {', '.join(_STATEMENTS)}.",
    )


# As other languages have it.
_OTHERWISE = dict.fromkeys(("elseif", "elsif"), "elif")
_STATEMENTS = ("if", "elif", "else", "endif", "for", "endfor", "set", "with", "endwith")


def _never_closed(found: re.Match[str]) -> Said:
    return "It is never closed", f"Put {{% end{found[1]} %}} behind what it is for."


def _expected(found: re.Match[str]) -> Said:
    wanted, got = _token(found[1]), _token(found[2])
    if wanted == _END:
        return f"The tag should end before {got}", "Take the rest out."
    return f"{_begun(got)} stands where {wanted} is needed", ""


def _nothing_there(found: re.Match[str]) -> Said:
    got = _token(found[1])
    if got == _END:
        return "Something is missing at the end of the tag", "Say what is to stand there."
    return f"{_begun(got)} stands where a name is needed", ""


def _says(said: str, mend: str = "") -> Callable[[re.Match[str]], Said]:
    return lambda _: (said, mend)


_Row = tuple[str, "ProblemKind", "Callable[[re.Match[str]], Said]"]
_SYNTAX: tuple[_Row, ...] = (
    (r"^unexpected char (.+) at \d+$", TEMPLATE_CHARACTER, _character),
    (r"^Encountered unknown tag '(\w+)'\..*needs to be closed is '(\w+)'", TEMPLATE_BLOCK, _unknown_tag),
    (r"^Encountered unknown tag '(endfor|endif|else|elif)'()", TEMPLATE_BLOCK, _unknown_tag),
    (r"^Encountered unknown tag '(t[rc])'()", TEMPLATE_PREFIX, _unknown_tag),
    (r"^Encountered unknown tag '(\w+)'()", TEMPLATE_NOT_ALLOWED, _unknown_tag),
    (r"needs to be closed is '(\w+)'", TEMPLATE_BLOCK, _never_closed),
    (r"^expected token '(.+)', got '(.+)'$", TEMPLATE_SYNTAX, _expected),
    (r"^unexpected '(?P<got>.+)', expected '(?P<wanted>.+)'$", TEMPLATE_SYNTAX,
     lambda found: (f"“{found['got']}” stands where “{found['wanted']}” is needed", "")),
    (r"^(?:Expected an expression, got|unexpected) '(.+)'$", TEMPLATE_SYNTAX, _nothing_there),
    (r"^Missing end of raw", TEMPLATE_NOT_ALLOWED, _says("{% raw %} is not allowed in a template")),
    (r"^tag name expected", TEMPLATE_SYNTAX,
     _says("The tag does not say what it does", f"Allowed are {', '.join(_STATEMENTS)}.")),
    (r"^expected name or number", TEMPLATE_SYNTAX,
     _says("No name stands behind a point", "Take the point out.")),
    (r"assign to", TEMPLATE_SYNTAX, _says("Only a plain name can be given a value", "Choose another name.")),
    (r"chain multiple tests", TEMPLATE_SYNTAX,
     _says("A tag can ask only one question with “is”", "Join two questions with “and”.")),
)  # fmt: skip

# -- what Python says while a template runs; its words differ between versions -----

_RUNNING: tuple[_Row, ...] = (
    (r"unpack", TEMPLATE_VALUE,
     _says("The loop gives another number of names than its items have parts", "Give it one name.")),
    (r"not supported between|as left operand|is not iterable|not a container", TEMPLATE_VALUE,
     _says(COMPARED)),
    (r"", TEMPLATE_VALUE, _says("What the tag asks for cannot be worked out", "Say it in a simpler way.")),
)  # fmt: skip


def both_ends(before: tuple[str, ...], after: tuple[str, ...]) -> str:
    """
    Return what to do about a block that lies in the elements *before*, and ends in those *after*.
    """
    deeper = before if len(before) > len(after) else after
    what = {"w:tbl": "table", "w:tr": "row", "w:tc": "cell", "w:p": "paragraph"}
    common = sum(1 for one, other in zip(before, after, strict=False) if one == other)
    named = next((what[one] for one in deeper[common:] if one in what), "")
    if named:
        return (
            f"One of them stands in a {named}, and the other outside of it. Let both stand alike."
        )
    return "Let both stand alike: in the same text, or each in a paragraph of its own with p."
