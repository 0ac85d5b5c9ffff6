"""
What can be asked of records of one kind, and whether cells ask just that.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations as pairs_of

import attrs

from peerkit.errors import Fault, ProblemKind, closest, did_you_mean, short, with_article
from peerkit.rules.cells import Cells
from peerkit.rules.combinations import Combinations, Never, TooManyError, are_never
from peerkit.rules.numbers import NumberCellError, answers_in
from peerkit.rules.problems import NEVER_FITS, NOT_A_RANGE, UNKNOWN_ANSWER, UNKNOWN_FACT
from peerkit.rules.tables import expanded

__all__ = ["Asked", "Given", "Path", "in_words", "repeated"]

Path = tuple[str | int, ...]
_PAIR = 2


def in_words(cells: Mapping[str, str | tuple[str, ...]]) -> str:
    """
    Return *cells*, or the answers of one combination, as they would be written.

    >>> in_words({"stage": ("agreed", "under way"), "due": "past"})
    'stage: agreed or under way, due: past'
    """
    return ", ".join(
        f"{fact}: {each if isinstance(each, str) else short(' or '.join(each), 80)}"
        for fact, each in cells.items()
    )


def repeated(words: Sequence[str], path: Path, kind: ProblemKind) -> Iterator[Fault]:
    """
    Yield a fault for each of *words* that stands there before, be it in other capitals.
    """
    first: dict[str, str] = {}
    for index, word in enumerate(words):
        before = first.get(word.casefold())
        if before is not None:
            message = (
                f"“{short(word)}” stands here twice."
                if before == word
                else f"“{short(before)}” and “{short(word)}” differ only in capital letters."
            )
            yield Fault(kind=kind, message=message, path=(*path, index))
        first.setdefault(word.casefold(), word)


@attrs.frozen(eq=False, repr=False)
class Given:
    """
    What a row or a case gives: the *words* behind *key*, and the *rest* of its cells.

    *found* is the key that stands there in its place, if it is misspelt.
    """

    key: str
    found: str
    words: tuple[str, ...]
    rest: Cells

    def faults(
        self, path: Path, name: str, kind: ProblemKind, words: Sequence[str]
    ) -> Iterator[Fault]:
        """
        Yield what keeps it from giving just one of *words*.
        """
        if self.found and self.found != self.key:
            yield Fault(
                kind=kind,
                message=f"{name} does not say what it gives behind “{self.key}”, but behind "
                f"“{short(self.found)}”.",
                mend=did_you_mean(self.key),
                path=(*path, self.found),
                on_key=True,
            )
        elif not self.words:
            message, mend = f"{name} does not say what it gives.", f"Add “{self.key}: …”."
            yield Fault(kind=kind, message=message, mend=mend, path=path)
        elif len(self.words) > 1:
            message = f"{name} gives more than one word: {short(', '.join(self.words), 80)}."
            yield Fault(kind=kind, message=message, path=(*path, self.key, 1))
        elif self.words[0] not in words:
            yield Fault(
                kind=kind,
                message=f"{name} gives “{short(self.words[0])}”, which the table does not have.",
                mend=did_you_mean(closest(self.words[0], words))
                or (f"Its words are {', '.join(words)}." if words else ""),
                path=(*path, self.key, 0),
            )


@attrs.frozen(eq=False, repr=False)
class Asked:
    """
    The facts of one *kind* of record, with their *answers*.

    *numbers* names those of them that are numbers, cut into answers; *never* tells which
    answers cannot occur together.
    """

    answers: Mapping[str, tuple[str, ...]]
    never: Never
    numbers: Collection[str]
    kind: str

    def given(self, cells: Cells, key: str, also: Collection[str]) -> Given:
        """
        Take apart what a row gives behind *key* and what it asks.

        A key that is no fact but like *key*, or one of *also*, was meant for it.
        """
        found = key if key in cells else ""
        if not found:
            known = (*self.answers, key)
            strange = [fact for fact in cells if fact not in self.answers]
            found = next((one for one in strange if one in also or closest(one, known) == key), "")
        rest = {fact: wanted for fact, wanted in cells.items() if not found or fact != found}
        return Given(key, found, cells[found] if found else (), rest)

    def unknown_fact(self, fact: str, path: Path) -> Fault:
        """
        Return the fault that *fact*, whose key is at *path*, is none.
        """
        return Fault(
            kind=UNKNOWN_FACT,
            message=f"“{short(fact)}” is not a fact of {with_article(self.kind)}.",
            mend=did_you_mean(closest(fact, self.answers))
            or (f"Its facts are {', '.join(sorted(self.answers))}." if self.answers else ""),
            path=path,
            on_key=True,
        )

    def faults(self, cells: Cells, path: Path) -> Iterator[Fault]:
        """
        Yield what is wrong with *cells*, which stand at *path*.
        """
        faults: list[Fault] = []
        for fact, wanted in cells.items():
            if fact not in self.answers:
                faults.append(self.unknown_fact(fact, (*path, fact)))
            elif not wanted:
                message = f"“{fact}” stands without an answer, so nothing ever fits."
                faults.append(Fault(kind=NEVER_FITS, message=message, path=(*path, fact)))
            else:
                for index, answer in enumerate(wanted):
                    faults.extend(self._answer_faults(fact, answer, (*path, fact, index)))
        yield from faults or self.never_faults(self.elementary(cells), path)

    def _answer_faults(self, fact: str, answer: str, path: Path) -> Iterator[Fault]:
        answers = self.answers[fact]
        if fact in self.numbers:
            try:
                answers_in(answer, answers)
            except NumberCellError as error:
                yield Fault(kind=NOT_A_RANGE, message=str(error), path=path)
        elif answer not in answers:
            yield self.unknown_answer(fact, answer, path)

    def unknown_answer(self, fact: str, answer: str, path: Path) -> Fault:
        """
        Return the fault that *answer*, at *path*, is none that *fact* ever gives.
        """
        answers = self.answers[fact]
        return Fault(
            kind=UNKNOWN_ANSWER,
            message=f"“{fact}” is never “{short(answer)}”.",
            mend=did_you_mean(closest(answer, answers)) or f"Its answers are {', '.join(answers)}.",
            path=path,
        )

    def elementary(self, cells: Cells) -> Cells:
        """
        Return *cells* with those over numbers written out in their answers.
        """
        return expanded(cells, {fact: self.answers[fact] for fact in cells if fact in self.numbers})

    def ruled_out(self, cells: Cells) -> tuple[str, str] | None:
        """
        Return the first two facts of *cells* whose answers can never occur together.
        """
        for one, other in pairs_of(cells, 2):
            if all(
                are_never(self.never, (one, this), (other, that))
                for this in cells[one]
                for that in cells[other]
            ):
                return one, other
        return None

    def never_faults(self, cells: Cells, path: Path) -> Iterator[Fault]:
        """
        Yield the fault that *cells*, written out in answers, can never hold together.
        """
        if not self.never:
            return
        pair = self.ruled_out(cells)
        if pair:
            one, other = ({fact: cells[fact]} for fact in pair)
            message = f"“{in_words(one)}” and “{in_words(other)}” never occur together."
            yield Fault(kind=NEVER_FITS, message=message, path=(*path, pair[1]))
            return
        if len(cells) <= _PAIR:
            return
        try:
            can_be = Combinations(cells, self.never).possible
        except TooManyError:
            return
        if not can_be:
            message = f"“{in_words(cells)}” never occur together."
            yield Fault(kind=NEVER_FITS, message=message, path=path)

    def combinations(self, rows: Iterable[Cells]) -> Combinations:
        """
        Return all combinations of answers to the facts that *rows* name.

        Raises:
            TooManyError: If they are too many.
        """
        named = dict.fromkeys(fact for cells in rows for fact in cells)
        return Combinations({fact: self.answers[fact] for fact in named}, self.never)
