"""
A stranger's template, drawn in a process of its own that can be ended.

Both ends of one talk: `draw_apart` asks and `main`, in the child, answers. What is asked
is pickled. What is answered is a line of JSON and then bytes, so that a child that a
template has taken over can make nothing run here. Kept out: how a process is run and
ended; see `system`.
"""

from __future__ import annotations

import json
import pickle
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

import attrs

from peerkit import Template, Trust
from peerkit.errors import (
    Address,
    PeerkitError,
    Place,
    PluginError,
    Problem,
    ProblemsError,
    RefusedError,
    UnknownNameError,
    WriteError,
)
from peerkit_docx.problems import PROBLEM_KINDS
from peerkit_docx.system import answer_alone, end_with_parent, limit_memory, run_module
from peerkit_docx.word.refusing import begun

if TYPE_CHECKING:
    from peerkit.document import Document
    from peerkit_docx.system import Ran

__all__ = ["MEMORY", "SECONDS", "draw_apart", "main"]

SECONDS: Final = 10.0
MEMORY: Final = 1_500_000_000  # bytes of addresses: what is mapped counts, not what is used
_GRACE: Final = 2.0  # seconds more, after which the child ends itself

_MODULE: Final = "peerkit_docx.drawing.child"
_BUG: Final = b"Traceback (most recent call last)"
_KINDS: Final = {one.code: one for one in PROBLEM_KINDS}
_TOLD: Final = ("message", "mend", "where", "excerpt")
_PLACED: Final[Mapping[str, tuple[Callable[..., object], list[type]]]] = {
    "place": (Place, [str, int, int, int]),
    "address": (Address, [str, str, str]),
}
_ERRORS: Final = {
    one.__name__: one
    for one in (PeerkitError, UnknownNameError, RefusedError, WriteError, PluginError)
}


# -- asking ------------------------------------------------------------------------


def draw_apart(document: Document, template: Template) -> bytes:
    """
    Return *document* drawn with *template*, by a child that has an end.

    Raises:
        PeerkitError: As `draw_here`; or if the child used too much time or memory, or
            came to another end.
        RuntimeError: If the child met a fault of peerkit itself.
    """
    prepared = template.prepared() if template.prepared else None
    asked = (document, template.read(), template.origin, template.paper, prepared)
    ran = run_module(_MODULE, seconds=SECONDS, given=pickle.dumps(asked))
    answer = _heard(ran, template.origin)
    if isinstance(answer, PeerkitError):
        raise answer
    return answer


def _heard(ran: Ran, origin: str) -> bytes | PeerkitError:
    """
    Return the file that the child has answered with, or why there is none.
    """
    if ran.code is None:
        return _too_much(origin)
    if ran.code == 1 and _BUG in ran.err:
        told = ran.err.decode("utf-8", "replace")
        raise RuntimeError(f"in the process that draws {origin}:\n{told}")
    if ran.code != 0:
        return PeerkitError(
            f"{begun(origin)}: The process that drew with this template broke off (code "
            f"{ran.code}).",
            mend="Try again. If it happens again, use another template.",
        )
    head, _, content = ran.out.partition(b"\n")
    try:
        said = json.loads(head)
        return _OUTCOMES[_text(said["outcome"])](said, content, origin)
    except (ValueError, TypeError, KeyError, RecursionError):
        return PeerkitError(
            f"{begun(origin)}: The process that drew with this template gave an answer that "
            "makes no sense.",
            mend="Use another template: this one may be made to do harm.",
        )


def _too_much(origin: str) -> PeerkitError:
    return PeerkitError(
        f"{begun(origin)}: This template used too much time or memory, and was stopped.",
        mend=f"It may take {SECONDS:.0f} seconds and {MEMORY / 1e9:.1f} GB. Take out loops inside "
        "loops, and texts that are made longer, or use another template.",
    )


# -- answering ---------------------------------------------------------------------


def main() -> None:
    """
    Answer what is asked on standard input.
    """
    answer = answer_alone()
    limit_memory(MEMORY)
    end_with_parent(SECONDS + _GRACE)
    try:
        head, content = _answered(sys.stdin.buffer.read())
    except MemoryError:
        head, content = {"outcome": "too much"}, b""
    with answer:
        answer.write(json.dumps(head).encode() + b"\n")
        answer.write(content)


def _answered(given: bytes) -> tuple[dict[str, Any], bytes]:
    from peerkit_docx.drawing import draw_here  # noqa: PLC0415 - the parent has it already

    # From the process that started this one.
    document, content, origin, paper, prepared = pickle.loads(given)  # noqa: S301
    template = Template(
        paper=paper,
        format="docx",
        origin=origin,
        read=lambda: content,
        prepared=(lambda: str(prepared)) if prepared else None,
        trust=Trust.STRANGER,
    )
    try:
        drawn = draw_here(document, template)
    except PeerkitError as error:
        return _said(error), b""
    return {"outcome": "drawn", "bytes": len(drawn)}, drawn


# -- what is answered, as JSON -----------------------------------------------------


def _said(error: PeerkitError) -> dict[str, Any]:
    known = (one.__name__ for one in type(error).__mro__ if one.__name__ in _ERRORS)
    problems = getattr(error, "problems", None)
    return {
        "outcome": "refused",
        "error": next(known),
        "message": error.message,
        "mend": error.mend,
        "problems": problems and [_problem_said(one) for one in problems],
    }


def _problem_said(problem: Problem) -> dict[str, Any]:
    placed = {key: getattr(problem, key) for key in _PLACED}
    return {
        "code": problem.code,
        **{key: getattr(problem, key) for key in _TOLD},
        **{key: attrs.astuple(one) for key, one in placed.items() if one is not None},
    }


def _drawn(said: Mapping[str, Any], content: bytes, _origin: str) -> bytes:
    if said["bytes"] != len(content):
        raise ValueError(said["bytes"])
    return content


def _refused(said: Mapping[str, Any], _content: bytes, _origin: str) -> PeerkitError:
    message, mend = _text(said["message"]), _text(said["mend"])
    if said["problems"]:
        problems = tuple(_problem_read(one) for one in said["problems"])
        return ProblemsError(message, problems, mend=mend)
    return _ERRORS[_text(said["error"])](message, mend=mend)


_OUTCOMES: Final[Mapping[str, Callable[..., bytes | PeerkitError]]] = {
    "drawn": _drawn,
    "refused": _refused,
    "too much": lambda _said, _content, origin: _too_much(origin),
}


def _problem_read(said: Mapping[str, Any]) -> Problem:
    told: dict[str, Any] = {key: _text(said[key]) for key in _TOLD}
    placed = {key: _place_read(key, said[key]) for key in _PLACED if key in said}
    return Problem(kind=_KINDS[_text(said["code"])], **told, **placed)


def _place_read(key: str, said: list[Any]) -> Any:
    make, kinds = _PLACED[key]
    if [type(one) for one in said] != kinds:
        raise TypeError(said)
    return make(*said)


def _text(value: object) -> str:
    if type(value) is not str:
        raise TypeError(value)
    return value


if __name__ == "__main__":
    main()
