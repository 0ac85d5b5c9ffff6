"""
Cases: worked examples beside a table, which the table has to meet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from peerkit.errors import Fault, short
from peerkit.rules.asked import Asked, Path, in_words
from peerkit.rules.cells import Cells, fits
from peerkit.rules.numbers import NO_FIGURE, NumberCellError, answer_around
from peerkit.rules.problems import TABLE_CASE
from peerkit.rules.tables import RatingTable, StatusTable

__all__ = ["CaseProof"]

_IS = "is"


@attrs.frozen(kw_only=True, eq=False, repr=False)
class CaseProof:
    """
    Tries the cases of the table *written*, whose rows name *facts*.

    *rows* are each row's name, what it gives, and its cells; empty if they cannot all be
    read, so that nothing can be tried.
    """

    written: StatusTable | RatingTable
    asked: Asked
    facts: tuple[str, ...]
    rows: tuple[tuple[str, str, Cells], ...]

    def faults(self, index: int) -> Iterator[Fault]:
        """
        Yield what is wrong with the case of that index.
        """
        path, name = ("cases", index), f"Case {index + 1}"
        given = self.asked.given(self.written.cases[index], _IS, (self.written.result,))
        faults = [*given.faults(path, name, TABLE_CASE, self.written.words)]
        answers: dict[str, str] = {}
        for fact, wanted in given.rest.items():
            found = self._answer(fact, wanted, (*path, fact))
            if isinstance(found, Fault):
                faults.append(found)
            else:
                answers[fact] = found
        missing = [fact for fact in self.facts if fact not in given.rest]
        if missing and answers.keys() == given.rest.keys():  # a misspelt fact is not missing too
            message = f"{name} does not say {', '.join(missing)}, which the rows ask."
            mend = " ".join(f"Add “{fact}: …”." for fact in missing)
            faults.append(Fault(kind=TABLE_CASE, message=message, mend=mend, path=path))
        faults.extend(self._never_faults(name, given.rest, answers, path))
        yield from faults
        if self.rows and not faults:
            yield from self._tried(name, answers, given.words[0], path)

    def _answer(self, fact: str, wanted: tuple[str, ...], path: Path) -> str | Fault:
        """
        Return the one answer that the case gives to *fact*, or what is wrong with it.
        """
        if fact not in self.asked.answers:
            return self.asked.unknown_fact(fact, path)
        answers = self.asked.answers[fact]
        if len(wanted) != 1:
            message = f"A case gives one answer to “{fact}”; here are {len(wanted) or 'none'}."
            mend = "Write a case for each." if wanted else f"Its answers are {', '.join(answers)}."
            return Fault(kind=TABLE_CASE, message=message, mend=mend, path=path)
        if fact in self.asked.numbers:
            try:
                return answer_around(wanted[0], answers)
            except NumberCellError as error:
                mend = f"Write one figure, such as 50, or “{NO_FIGURE}”."
                return Fault(kind=TABLE_CASE, message=str(error), mend=mend, path=(*path, 0))
        if wanted[0] not in answers:
            return self.asked.unknown_answer(fact, wanted[0], (*path, 0))
        return wanted[0]

    def _never_faults(
        self, name: str, given: Cells, answers: Mapping[str, str], path: Path
    ) -> Iterator[Fault]:
        pair = self.asked.ruled_out({fact: (answer,) for fact, answer in answers.items()})
        if pair:
            one, other = (in_words({fact: given[fact]}) for fact in pair)
            message = f"{name} can never happen: “{one}” and “{other}” never occur together."
            yield Fault(kind=TABLE_CASE, message=message, path=(*path, pair[1]))

    def _tried(
        self, name: str, answers: Mapping[str, str], expected: str, path: Path
    ) -> Iterator[Fault]:
        for row, result, cells in self.rows:
            if fits(cells, answers.__getitem__):
                if result not in ("", expected):
                    message = (
                        f"{name} is “{short(result)}”, not “{short(expected)}”: {row} decides."
                    )
                    yield Fault(kind=TABLE_CASE, message=message, path=(*path, _IS, 0))
                return
        message = f"{name} is not “{short(expected)}” but nothing: no row fits it."
        yield Fault(kind=TABLE_CASE, message=message, path=(*path, _IS, 0))
