"""
Checks that hold what was published elsewhere against what the register makes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import cast

from peerkit import Absence, Check, Configuration, Party, Record, Register, Snapshot
from peerkit.errors import Problem, ProblemKind, Severity, closest, did_you_mean
from peerkit_committee.checks.filling import listed
from peerkit_committee.checks.own_day import in_force
from peerkit_committee.configuration import minute_style_of, verbs_of, wording_of
from peerkit_committee.matters import (
    body_of,
    decided_on,
    due_of_notice,
    found,
    report_of,
    resolutions_of,
)
from peerkit_committee.records import (
    AgendaItem,
    CommitteeReport,
    Notice,
    Resolution,
    Transcript,
)
from peerkit_committee.verbs import in_form

__all__ = ["CHECKS"]

_Says = Callable[[Record, Register, Configuration], tuple[str, ...]]
"""What the register says for one part of a paper, in each way it can be said."""

DIFFERS = ProblemKind(
    code="differs-from-published",
    severity=Severity.ADVICE,
    meaning="A paper that was published elsewhere says something else than the paper that is made "
    "from the register.",
    mend="Correct whichever is wrong; where both are as they are, say why under “accepted”.",
)
BAD_TRANSCRIPT = ProblemKind(
    code="bad-transcript",
    severity=Severity.ERROR,
    meaning="A transcript is of a paper or a part that cannot be compared, or that is not about "
    "such a record.",
    mend="Write one of the papers and parts named here.",
)


def _report(record: Record, register: Register) -> CommitteeReport | None:
    if isinstance(record, Notice | AgendaItem):
        return found(CommitteeReport, record.report, register)
    return report_of(record, register) if isinstance(record, Resolution) else None


def _title(record: Record, register: Register, _: Configuration) -> tuple[str, ...]:
    report = _report(record, register)
    own = getattr(record, "title", "")
    return (own or (report.title if report else ""),)


def _maker(record: Record, register: Register, _: Configuration) -> tuple[str, ...]:
    body = body_of(record, register)
    return (body.name,) if body is not None else _names(getattr(record, "decided_by", ""), register)


def _names(party_id: str, register: Register) -> tuple[str, ...]:
    party = found(Party, party_id, register)
    if party is None:
        return ()
    holder = found(Party, party.held_by, register)
    posts = cast("tuple[Party, ...]", register.linking("party", "held_by", party.id))
    return (party.name, *((holder.name,) if holder else ()), *(post.name for post in posts))


def _party(field: str) -> _Says:
    return lambda record, register, _: _names(getattr(record, field), register)


def _day(record: Record, register: Register, _: Configuration) -> tuple[str, ...]:
    day = (
        due_of_notice(record, register)
        if isinstance(record, Notice)
        else decided_on(cast("Resolution", record), register)
    )
    return (str(day),) if day is not None else ()


def _published(record: Record, _register: Register, _: Configuration) -> tuple[str, ...]:
    published = cast("Notice", record).published
    return (str(published),) if published is not None else ()


def _flag(value: bool | None, configuration: Configuration) -> tuple[str, ...]:  # noqa: FBT001 - it is the value itself
    words = wording_of(configuration)
    return {True: (words.yes,), False: (words.no,), None: ()}[value]


def _own_flag(field: str) -> _Says:
    return lambda record, _, configuration: _flag(getattr(record, field), configuration)


def _key(record: Record, register: Register, configuration: Configuration) -> tuple[str, ...]:
    report = _report(record, register)
    return _flag(report.key_decision if report else None, configuration)


def _restriction(
    record: Record, register: Register, configuration: Configuration
) -> tuple[str, ...]:
    report = _report(record, register)
    access = report.access if report else ""
    said = wording_of(configuration).restrictions.get(access, access)
    return tuple(filter(None, (cast("Notice", record).restriction or said,)))


def _wards(record: Record, register: Register, _: Configuration) -> tuple[str, ...]:
    report = _report(record, register)
    value = getattr(record, "wards", "") or (report.wards if report else "")
    return (value.words if isinstance(value, Absence) else value,) if value else ()


def _decision(record: Record, register: Register, configuration: Configuration) -> tuple[str, ...]:
    several = (
        resolutions_of(record, register)
        if isinstance(record, AgendaItem)
        else (cast("Resolution", record),)
    )
    return tuple(said for one in several for said in _in_one(one, register, configuration))


def _in_one(
    resolution: Resolution, register: Register, configuration: Configuration
) -> Iterator[str]:
    """
    Yield what was resolved in one sentence, as its minute has it and as it was written.
    """
    report = report_of(resolution, register) if resolution.as_proposed else None
    pairs = report.decision if report is not None else resolution.parts
    if not pairs:
        return
    body = body_of(resolution, register)
    style = minute_style_of(configuration, body)
    verbs = verbs_of(configuration)
    formed = (in_form(pair, style.verb_form, verbs) for pair in pairs)
    minuted = [_bare(one) for one in formed]
    *before, last = minuted
    joined = f"{', '.join(before)} {wording_of(configuration).joining} {last}" if before else last
    yield f"That {joined}"
    yield " and ".join([str(pairs[0]).strip(" ."), *(_bare(str(pair)) for pair in pairs[1:])])


def _bare(part: str) -> str:
    part = part.strip(" .")
    return part[5:] if part.casefold().startswith("that ") else part


_OF: Mapping[str, tuple[type[Record], Mapping[str, _Says]]] = {
    "decision-notice": (
        Notice,
        {
            "title": _title,
            "decision_maker": _maker,
            "due": _day,
            "published": _published,
            "key_decision": _key,
            "restriction": _restriction,
            "lead_member": _party("lead_member"),
            "lead_director": _party("lead_director"),
            "wards": _wards,
            "in_framework": _own_flag("in_framework"),
            "against_framework": _own_flag("against_framework"),
        },
    ),
    "minute-extract": (AgendaItem, {"title": _title, "decision": _decision}),
    "decision-record": (
        Resolution,
        {"decision_maker": _maker, "day": _day, "decision": _decision, "wards": _wards},
    ),
}


def _same(one: str, other: str) -> bool:
    return one.casefold().strip(" .").split() == other.casefold().strip(" .").split()


def _differences(snapshot: Snapshot) -> Iterator[Problem]:
    register = snapshot.register
    for record in register.of_kind(Transcript.kind):
        transcript = cast("Transcript", record)
        if transcript.paper not in _OF:
            yield Problem(
                kind=BAD_TRANSCRIPT,
                message=f"“{transcript.paper}” cannot be compared: {listed(_OF)}.",
                mend=did_you_mean(closest(transcript.paper, _OF)),
                address=transcript.at("paper"),
            )
            continue
        kind, parts = _OF[transcript.paper]
        about = found(kind, transcript.of, register)
        if about is None:
            said = kind.kind.replace("_", " ")
            yield Problem(
                kind=BAD_TRANSCRIPT,
                message=f"“{transcript.paper}” is about a {said}, and {transcript.of} is none.",
                address=transcript.at("of"),
            )
            continue
        configuration = in_force(snapshot, transcript.paper, about)
        for part, printed in transcript.says.items():
            at = transcript.at(f"says/{part}")
            if part not in parts:
                yield Problem(
                    kind=BAD_TRANSCRIPT,
                    message=f"“{part}” cannot be compared; these can: {listed(parts)}.",
                    mend=did_you_mean(closest(part, parts)),
                    address=at,
                )
                continue
            known = parts[part](about, register, configuration)
            if part in transcript.accepted or any(_same(printed, one) for one in known):
                continue
            ours = f"“{known[0]}”" if known else "nothing of it"
            yield Problem(
                kind=DIFFERS,
                message=f"Published was “{printed}” ({part}); the register says {ours}.",
                address=at,
            )


CHECKS: tuple[Check, ...] = (
    Check(
        name="transcripts",
        doc="What was published elsewhere agrees with what the register makes.",
        finds=(DIFFERS, BAD_TRANSCRIPT),
        sections=("wording",),
        find=_differences,
        needs_all=True,
    ),
)
