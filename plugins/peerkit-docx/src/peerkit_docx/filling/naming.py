"""
What a template may be given: plain data and our own markup values, and nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from peerkit.errors import PeerkitError
from peerkit_docx.markup.values import Value

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["refuse_names"]

_PLAIN = frozenset({str, int, float, bool, type(None)})
_DEEPEST = 50
_LARGEST = 10**100  # Python writes none of many more digits, and floats end at some


def refuse_names(names: Mapping[str, object]) -> None:
    """
    Refuse *names* that hold anything but texts, numbers, lists, dicts and our own values.

    Raises:
        PeerkitError: If they do; it says where.
    """
    if type(names) is not dict:
        raise PeerkitError(
            "The names of a template are a dict.", mend="Give dict(…) of what you have."
        )
    _refuse_dict(names, "", 0)


def _refuse_dict(found: dict[object, object], path: str, depth: int) -> None:
    for key, value in found.items():
        if type(key) is not str:
            raise _refusal(f"{path}[{key!r}]", "a name that is not a text", "Name it by a text.")
        if type(value) is not str:
            _refuse(value, f"{path}.{key}" if path else key, depth)


def _refuse(value: object, path: str, depth: int) -> None:
    if type(value) is int and abs(value) >= _LARGEST:
        raise _refusal(path, "a number of more than 100 digits", "Give it as a text.")
    if type(value) in _PLAIN or isinstance(value, Value):
        return
    if depth > _DEEPEST:
        raise _refusal(path, f"data more than {_DEEPEST} deep", "Give data that is less deep.")
    if type(value) is dict:
        _refuse_dict(value, path, depth + 1)
    elif type(value) is list or type(value) is tuple:
        for at, one in enumerate(value):
            if type(one) is not str:
                _refuse(one, f"{path}[{at}]", depth + 1)
    else:
        raise _refusal(
            path,
            f"a {type(value).__name__}, which a template may not be given",
            "Give texts, numbers, lists and dicts, or a value of peerkit_docx such as RichText.",
        )


def _refusal(path: str, what: str, mend: str) -> PeerkitError:
    return PeerkitError(f"{path} holds {what}.", mend=mend)
