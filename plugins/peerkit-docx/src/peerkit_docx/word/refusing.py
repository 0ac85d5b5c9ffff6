"""
How a refusal is worded: whole sentences, with the name of the file or of the record.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from peerkit.errors import PeerkitError, Problem, ProblemsError, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from peerkit.errors import Address, ProblemKind

__all__ = ["begun", "refusal", "refuse"]

# The name of a file stays as it is typed.
_WORD = re.compile(r"[a-z]+(?![\w./\\-])")
_REFUSED = (Severity.FAULT, Severity.ERROR)


def begun(words: str) -> str:
    """
    Return *words* as a sentence begins.

    >>> begun("the base template"), begun("own.docx")
    ('The base template', 'own.docx')
    """
    return words[:1].upper() + words[1:] if _WORD.match(words) else words


def refusal(
    message: str,
    address: Address | None,
    mend: str,
    kind: ProblemKind | None = None,
    where: str = "",
) -> PeerkitError:
    """
    Return the refusal that says *message*, a sentence without its stop, of *address*.

    With a *kind*, it holds the problem, which is found *where* in the file.
    """
    said = message + (f" ({address})." if address else ".")
    if kind is None:
        return PeerkitError(said, mend=mend)
    problem = Problem(kind=kind, message=f"{message}.", mend=mend, where=where, address=address)
    return ProblemsError(said, (problem,), mend=mend)


def refuse(problems: Iterable[Problem], origin: str) -> None:
    """
    Refuse the file *origin* if one of *problems* is grave.

    One that has an address is of a record, and not of the file.

    Raises:
        ProblemsError: If so. It says the first of them, and holds all.
    """
    found = tuple(problems)
    grave = [one for one in found if one.severity in _REFUSED]
    if not grave:
        return
    first = grave[0]
    if first.address is not None:
        said = first.message.removesuffix(".")
        raise ProblemsError(f"{said} ({first.address}).", found, mend=first.advice)
    where = f"{begun(origin)}, {first.where}" if first.where else begun(origin)
    mend = first.advice
    if len(grave) > 1:
        mend += f" There is more to mend, {len(grave)} in all; peerkit template check lists them."
    raise ProblemsError(f"{where}: {first.message}", found, mend=mend)
