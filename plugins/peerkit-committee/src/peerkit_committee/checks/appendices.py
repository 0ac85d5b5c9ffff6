"""
Checks of appendices: each is one paper of the register, or one document from elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from peerkit import Check, Configuration, Snapshot
from peerkit.errors import Problem, ProblemKind, Severity
from peerkit_committee.checks.filling import listed
from peerkit_committee.checks.own_day import own_reports
from peerkit_committee.papers.parts import PARTS
from peerkit_committee.records import Appendix

__all__ = ["CHECKS"]

BAD_APPENDIX = ProblemKind(
    code="bad-appendix",
    severity=Severity.ERROR,
    meaning="An appendix is not one paper of the register (paper and of), nor one document from "
    "elsewhere (title); or it is listed twice.",
    mend="Write {paper: action-plan, of: the id of a plan}, or {title: the document's title}.",
)


def _fault(snapshot: Snapshot, configuration: Configuration, appendix: Appendix) -> str:
    """
    Return what is wrong with one appendix by that configuration, or nothing.
    """
    paper, configured = appendix.paper, configuration.papers
    records = snapshot.register.records
    parts = PARTS.get(paper)
    subject = parts.subject if parts else ""
    others = (kind for kind in ("plan", "review") if kind != subject)
    faults = (
        (not paper and not appendix.title, "it names neither a paper nor a title."),
        (not paper, ""),
        (appendix.title, f"“title” stands beside “paper”, and the {paper} has a title of its own."),
        (
            paper not in configured,
            f"there is no paper “{paper}”; papers here: {listed(configured)}.",
        ),
        (not appendix.of, f"“of” is missing: what the {paper} is about."),
        (
            subject
            and appendix.of not in records[subject]
            and any(appendix.of in records[kind] for kind in others),
            f"“{paper}” is about a {subject.replace('_', ' ')}, and {appendix.of} is none.",
        ),
    )
    return next((said for is_so, said in faults if is_so), "")


def _appendices(snapshot: Snapshot) -> Iterator[Problem]:
    for report, configuration in own_reports(snapshot):
        listed_before: dict[tuple[str, str, str], int] = {}
        for index, appendix in enumerate(report.appendices):
            title = " ".join(appendix.title.casefold().split())
            same = (appendix.paper, "" if title else appendix.of, title)
            fault = _fault(snapshot, configuration, appendix)
            if not fault and same in listed_before:
                fault = f"it is the same as appendix {listed_before[same]}."
            listed_before.setdefault(same, index + 1)
            if fault:
                yield Problem(
                    kind=BAD_APPENDIX,
                    message=f"Appendix {index + 1}: {fault}",
                    address=report.at(f"appendices/{index}"),
                )


CHECKS: tuple[Check, ...] = (
    Check(
        name="appendices",
        doc="Every appendix is one paper of the register or one document from elsewhere.",
        finds=(BAD_APPENDIX,),
        sections=("papers",),
        find=_appendices,
    ),
)
