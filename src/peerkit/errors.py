"""
What can be wrong, and where: problems are values, exceptions stop.

Knows nothing of files, records or rules; every other room speaks of faults in
these words.
"""

from __future__ import annotations

import difflib
import enum
from collections.abc import Iterable

import attrs

__all__ = [
    "Address",
    "Fault",
    "PeerkitError",
    "Place",
    "PluginError",
    "Problem",
    "ProblemKind",
    "ProblemsError",
    "RefusedError",
    "Severity",
    "UnknownNameError",
    "WriteError",
    "closest",
    "did_you_mean",
    "short",
    "with_article",
]


def closest(word: str, known: Iterable[str]) -> str:
    """
    Return the known word most like *word*, or nothing if none is much like it.

    >>> closest("sucess", ["start", "due", "success"])
    'success'
    """
    by_fold = {one.casefold(): one for one in known}
    match = difflib.get_close_matches(word.casefold(), by_fold, n=1, cutoff=0.6)
    return by_fold[match[0]] if match else ""


def did_you_mean(word: str) -> str:
    """
    Return the question that suggests *word*, or nothing for nothing.
    """
    return f"Did you mean “{word}”?" if word else ""


def with_article(name: str) -> str:
    """
    Return *name* behind its article, as it is said.

    >>> with_article("agenda_item"), with_article("plan")
    ('an agenda item', 'a plan')
    """
    said = name.replace("_", " ").strip()
    return f"{'an' if said[:1] in 'aeiou' else 'a'} {said}"


def short(text: str, most: int = 40) -> str:
    """
    Return *text*, cut to what a message has room for.
    """
    return text if len(text) <= most else text[: most - 1] + "…"


class Severity(enum.Enum):
    """
    How much a problem weighs, the heaviest first.

    A *fault* could not be taken in, so nothing can be made of it. An *error* was
    read but must not be published. A *warning* may be right; *advice* helps.
    """

    FAULT = "fault"
    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@attrs.frozen
class Address:
    """
    Where a value lives in the register: kind and id of its record, and the field.

    >>> str(Address("action", "virtual-school-plan/A1", "due"))
    'action virtual-school-plan/A1, due'
    """

    kind: str
    id: str
    field: str = ""

    def __str__(self) -> str:
        return f"{self.kind} {self.id}" + (f", {self.field}" if self.field else "")


@attrs.frozen(order=True)
class Place:
    """
    Where a value stands in a file: 1-based line and column, end column exclusive.

    >>> str(Place("plans/a.yaml", 3, 7, 12))
    'plans/a.yaml:3:7'
    """

    file: str
    line: int = 1
    column: int = 1
    end_column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@attrs.frozen(kw_only=True)
class ProblemKind:
    """
    A kind of problem peerkit can find, declared once and documented by its code.

    *meaning* says what is wrong in general, *mend* how to put it right.
    """

    code: str
    severity: Severity
    meaning: str
    mend: str


@attrs.frozen(kw_only=True)
class Problem:
    """
    One thing wrong in the user's files.

    *message* speaks of this very case; *mend*, where given, is more exact than
    the kind's own. *excerpt* is the line of the file that *place* points into. Where a
    file has no lines, as a Word file has none, *where* says in words where it is, and
    *excerpt* is what stands there.
    """

    kind: ProblemKind
    message: str
    mend: str = ""
    place: Place | None = None
    address: Address | None = None
    excerpt: str = ""
    where: str = ""

    @property
    def code(self) -> str:
        """
        The code by which `peerkit explain` knows this kind of problem.
        """
        return self.kind.code

    @property
    def severity(self) -> Severity:
        """
        How much it weighs.
        """
        return self.kind.severity

    @property
    def advice(self) -> str:
        """
        How to mend it.
        """
        return self.mend or self.kind.mend

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """
        Sorts problems by place, those without one first.
        """
        place = self.place or Place("", 0, 0)
        return (place.file, place.line, place.column, self.code, self.message)


@attrs.frozen(kw_only=True)
class Fault:
    """
    One thing wrong inside a value that does not know where it stands.

    *path* leads to it, *on_key* to its key; whoever holds the value makes it a `Problem`.
    """

    kind: ProblemKind
    message: str
    mend: str = ""
    path: tuple[str | int, ...] = ()
    on_key: bool = False


class PeerkitError(Exception):
    """
    The base of every exception peerkit raises on purpose.

    Its text is one plain sentence for the user; *mend* says what to do.
    """

    def __init__(self, message: str, *, mend: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.mend = mend

    def __reduce__(self) -> tuple[object, ...]:
        # Python would make it anew from the message alone, and fail to bring it home from
        # another process.
        return _again, (type(self), self.args, vars(self))


def _again(
    kind: type[PeerkitError], args: tuple[object, ...], held: dict[str, object]
) -> PeerkitError:
    error = kind.__new__(kind, *args)
    vars(error).update(held)
    return error


class ProblemsError(PeerkitError):
    """
    The register holds problems that forbid what was asked; *problems* lists them.
    """

    def __init__(self, message: str, problems: tuple[Problem, ...], *, mend: str = "") -> None:
        super().__init__(message, mend=mend)
        self.problems = problems


class UnknownNameError(PeerkitError):
    """
    A paper, format, record or folder was named that is not there.
    """


class RefusedError(PeerkitError):
    """
    A rule or gate forbids what was asked.
    """


class WriteError(PeerkitError):
    """
    Files could not be written; what was there before is still there.
    """


class PluginError(PeerkitError):
    """
    A plugin cannot be loaded or broke its promise; the text names it.
    """
