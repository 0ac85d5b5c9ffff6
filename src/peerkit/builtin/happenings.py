"""
Checks of what happened: it was permitted, and rules name people who exist.
"""

from __future__ import annotations

from collections.abc import Iterator

from peerkit.checking import Check
from peerkit.config import CONFIGURATION
from peerkit.errors import Address, Problem, ProblemKind, Severity, closest, did_you_mean
from peerkit.history.occasions import OCCASION
from peerkit.history.problems import VERIFIED
from peerkit.judging import Refusal, Snapshot
from peerkit.lifecycle.problems import LIFECYCLE_PARTY
from peerkit.model import field_specs

__all__ = ["CHECKS", "refusal_address"]

NOT_PERMITTED = ProblemKind(
    code="not-permitted",
    severity=Severity.ERROR,
    meaning="Something is recorded, or follows from a day of a record, that the rules of its "
    "day do not permit. Nothing of that occasion counts.",
    mend="Correct what is recorded; if it is sealed already, record an occasion that corrects it.",
)
RATINGS_DISAGREE = ProblemKind(
    code="ratings-disagree",
    severity=Severity.WARNING,
    meaning="People rate a record otherwise than the rules do; papers print what the rules say.",
    mend="Correct the rating that was given, or the rule.",
)


def refusal_address(refusal: Refusal) -> Address:
    """
    Return where what was refused is written.
    """
    kind, record_id = refusal.subject
    if refusal.occasion is None:
        return Address(kind, record_id, refusal.field)
    path = f"records/{kind} {record_id}/{refusal.field}"
    return Address(OCCASION, refusal.occasion.name, path)


def _permitted(snapshot: Snapshot) -> Iterator[Problem]:
    for refusal in snapshot.refusals:
        about = "" if refusal.occasion is None else f"{refusal.subject[1]}: "
        yield Problem(
            kind=NOT_PERMITTED,
            message=f"{about}{refusal.message}",
            mend=refusal.mend,
            address=refusal_address(refusal),
        )


def _parties(snapshot: Snapshot) -> Iterator[Problem]:
    register = snapshot.register
    known = {
        record.id
        for kind in ("party", "body")
        for record in register.records.get(kind, {}).values()
    }
    for kind, rules in snapshot.rules.kinds.items():
        if rules.lifecycle is None or kind not in register.kinds:
            continue
        fields = {
            spec.key for spec in field_specs(register.kinds[kind].record) if "party" in spec.kinds
        }
        for index, move in enumerate(rules.lifecycle.moves):
            for key, names in (("by", move.by), ("not_by", move.not_by)):
                for name in names:
                    if name not in known and name not in fields:
                        path = f"rules/{kind}/lifecycle/moves/{index}/{key}"
                        yield Problem(
                            kind=LIFECYCLE_PARTY,
                            message=f"“{name}” is neither a party nor a field that names some.",
                            mend=did_you_mean(closest(name, (*known, *fields))),
                            address=Address(CONFIGURATION, path),
                        )


def _ratings(snapshot: Snapshot) -> Iterator[Problem]:
    for kind, rules in snapshot.rules.kinds.items():
        decided = [axis for axis, table in rules.ratings.items() if table.rows]
        for record in snapshot.register.of_kind(kind) if decided else ():
            given = snapshot.state(record).ratings
            for axis in decided:
                if axis in given and given[axis] != snapshot.word(record, axis):
                    yield Problem(
                        kind=RATINGS_DISAGREE,
                        message=f"{axis.capitalize()} was rated “{given[axis]}”; by the rules it "
                        f"is “{snapshot.word(record, axis)}”.",
                        address=record.address,
                    )


def _sealed(snapshot: Snapshot) -> Iterator[Problem]:
    if not snapshot.register.history.occasions:
        return
    from peerkit.history.verifying import verify  # noqa: PLC0415 - where anything happened

    register = snapshot.register
    yield from verify(register.history, record_digest=register.digest)


CHECKS: tuple[Check, ...] = (
    Check(
        name="unchanged-history",
        doc="What was sealed is as it was sealed, and nobody recorded beside another.",
        finds=VERIFIED,
        find=_sealed,
        needs_all=True,
    ),
    Check(
        name="permitted-events",
        doc="What is recorded was permitted by the rules of its day.",
        finds=(NOT_PERMITTED,),
        find=_permitted,
        needs_all=True,
        sections=("rules",),
    ),
    Check(
        name="parties-of-rules",
        doc="Rules name parties that exist.",
        finds=(LIFECYCLE_PARTY,),
        find=_parties,
        needs_all=True,
        sections=("rules",),
    ),
    Check(
        name="agreeing-ratings",
        doc="What people rate agrees with what the rules say.",
        finds=(RATINGS_DISAGREE,),
        find=_ratings,
        needs_all=True,
        sections=("rules",),
    ),
)
