"""
Compose one paper of one subject as a tree, if its gate lets it through.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from peerkit.errors import PluginError, Problem, ProblemsError, RefusedError, UnknownNameError
from peerkit.hookspecs import Offers
from peerkit.judging import Snapshot
from peerkit.model import Record
from peerkit.papers import Paper
from peerkit.plugins import blaming
from peerkit.register import Register
from peerkit.rules import first_misfit
from peerkit.verbs.registers import named, offers_here
from peerkit.views import Audience, View, view

if TYPE_CHECKING:  # the tree is imported when a paper is composed, not to load or check
    from peerkit.document import Document, ReferenceProblem

__all__ = ["compose"]


def _gate(seen: View, paper: Paper, subject: Record) -> None:
    """
    Refuse a public paper unless the configuration says when it may be made.
    """
    cells = getattr(seen.configuration.papers.get(paper.name), "public", {})
    if not cells:
        raise RefusedError(
            f"No rule says when {paper.name} may be made for the public.",
            mend=f"State it in peerkit.yaml under papers, {paper.name}, public.",
        )
    # Whether a paper may be public is decided by all there is, withheld or not.
    misfit = first_misfit(cells, lambda fact: seen.snapshot.ask(subject, fact))
    if misfit:
        fact, answer = misfit
        raise RefusedError(
            f"{paper.name} of {subject.id} may not be made for the public: “{fact}” is "
            f"“{answer}” and must be {' or '.join(cells[fact])} (papers, {paper.name}, public).",
            mend="Wait until it is so, or make the paper without --public.",
        )


def compose(
    snapshot: Snapshot,
    paper: str,
    subject: str,
    *,
    audience: str = "internal",
    offers: Offers | None = None,
) -> Document:
    """
    Return one *paper*, by its name, of one *subject*, by its id, as a numbered tree.

    *audience* is ``internal`` or ``public``.

    Raises:
        UnknownNameError: If there is no such paper or subject.
        RefusedError: If the gate forbids it for the public.
        ProblemsError: If a cross-reference in its text leads nowhere.
    """
    from peerkit.document import Document, ReferenceProblem, numbered  # noqa: PLC0415 - late

    offers = offers or offers_here()
    wanted: Paper = named(offers.papers, paper, "paper")
    seen = view(snapshot, Audience(audience))
    record = snapshot.register.get(wanted.subject, subject)
    configured = snapshot.configuration.papers.get(paper)
    if configured is None:
        raise UnknownNameError(
            f"The configuration does not say how {paper} is made.",
            mend=f"Extend a pack that has it, or add it in peerkit.yaml under papers, {paper}.",
        )
    if seen.audience is Audience.PUBLIC:
        _gate(seen, wanted, record)
        if not seen.shows(record):
            raise RefusedError(f"{subject} is withheld from the public.")
    origin = offers.origins["peerkit_papers", paper]
    with blaming(origin, f"composing {paper}"):
        document: object = wanted.compose(seen, record, configured)
    if not isinstance(document, Document):
        raise PluginError(
            f"The plugin {origin} composed {paper} as a {type(document).__name__}, not a Document.",
            mend=f"Update {origin}, or leave it out with --no-plugin {origin}.",
        )
    try:
        return numbered(document)
    except ReferenceProblem as problem:
        raise _reference_error(snapshot.register, problem) from problem


def _reference_error(register: Register, problem: ReferenceProblem) -> ProblemsError:
    from peerkit.builtin.references import BAD_REFERENCE  # noqa: PLC0415 - only where it is needed

    found = Problem(
        kind=BAD_REFERENCE, message=problem.message, mend=problem.mend, address=problem.address
    )
    return ProblemsError(problem.message, register.located([found]), mend=problem.mend)
