"""
What users do: load, check, judge, render, begin a register.

Wires what plugins offer to the rooms. Knows no clock; writes nothing but through
the one writer.
"""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

from peerkit import checking, judging
from peerkit.config import Configuration, Pack, TemplateFolder
from peerkit.document import Document, ReferenceProblem, numbered
from peerkit.errors import (
    PeerkitError,
    PluginError,
    Problem,
    ProblemsError,
    RefusedError,
    Severity,
    UnknownNameError,
)
from peerkit.files.names import safe_name, unique_names
from peerkit.files.reading import list_files, read_bytes
from peerkit.hookspecs import Offers
from peerkit.judging import Snapshot
from peerkit.loading import load_register, register_of
from peerkit.loading.converter import closest, did_you_mean
from peerkit.model import Record
from peerkit.papers import Format, Paper, Template, Trust, leaks, losses
from peerkit.plugins import gather
from peerkit.register import Register
from peerkit.rules import first_misfit
from peerkit.views import Audience, View, texts_of, view

__all__ = [
    "Job",
    "Rendered",
    "check",
    "compose",
    "file_names",
    "jobs",
    "judge",
    "load",
    "make_register",
    "manifest",
    "offers_here",
    "render",
    "render_job",
    "starter",
    "starters",
]

_TEMPLATE_BYTES = 20_000_000
_NONE = "There are none; install a plugin that offers one, such as peerkit-committee."


@functools.cache
def offers_here() -> Offers:
    """
    Return what all installed plugins offer, gathered once in a process.

    Raises:
        PluginError: If a plugin cannot be loaded.
    """
    return gather()


def load(folder: str | Path, *, offers: Offers | None = None) -> Register:
    """
    Return the register kept in *folder*.

    What is wrong with it is in `register.problems`, all of it; a register with
    problems may be partial.

    Raises:
        PluginError: If a plugin cannot be loaded.
    """
    return load_register(Path(folder), offers or offers_here())


def make_register(
    records: Iterable[Record],
    configuration: Configuration | None = None,
    *,
    name: str = "register",
    offers: Offers | None = None,
) -> Register:
    """
    Return a register of *records* made in Python, with no file behind it.

    Links hold whole ids.
    """
    return register_of(records, configuration or Configuration(), offers or offers_here(), name)


def check(register: Register, *, on: dt.date, offers: Offers | None = None) -> tuple[Problem, ...]:
    """
    Return every problem of *register*, those of loading included, sorted by place.
    """
    offers = offers or offers_here()
    snapshot = judging.judge(register, on, offers.facts)
    return checking.run_checks(snapshot, offers.checks.values())


def judge(register: Register, *, on: dt.date, offers: Offers | None = None) -> Snapshot:
    """
    Return *register* as it stands on a day.

    Raises:
        ProblemsError: If some of the register could not be taken in.
    """
    if not register.is_whole:
        raise ProblemsError(
            f"{register.name} could not be taken in whole, so it cannot be judged.",
            register.problems,
            mend="Mend its problems first; peerkit check lists them.",
        )
    return judging.judge(register, on, (offers or offers_here()).facts)


def _named(found: Mapping[str, Any], name: str, what: str) -> Any:
    try:
        return found[name]
    except KeyError:
        known = f"There are: {', '.join(sorted(found))}."
        mend = f"{did_you_mean(closest(name, found))} {known}".strip() if found else _NONE
        raise UnknownNameError(f"There is no {what} “{name}”.", mend=mend) from None


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
    misfit = first_misfit(cells, lambda fact: seen.ask(subject, fact))
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
    Return one paper as a numbered tree.

    Raises:
        UnknownNameError: If there is no such paper or subject.
        RefusedError: If the gate forbids it for the public.
        ProblemsError: If a cross-reference in its text leads nowhere.
    """
    offers = offers or offers_here()
    wanted: Paper = _named(offers.papers, paper, "paper")
    seen = view(snapshot, Audience(audience))
    record = snapshot.register.get(wanted.subject, subject)
    configured = snapshot.register.configuration.papers.get(paper)
    if configured is None:
        raise UnknownNameError(
            f"The configuration does not say how {paper} is made.",
            mend=f"Extend a pack that has it, or add it in peerkit.yaml under papers, {paper}.",
        )
    if seen.audience is Audience.PUBLIC:
        _gate(seen, wanted, record)
        if not seen.shows(record):
            raise RefusedError(f"{subject} is withheld from the public: {record.withheld}")
    document: object = wanted.compose(seen, record, configured)
    if not isinstance(document, Document):
        origin = offers.origins["peerkit_papers", paper]
        raise PluginError(
            f"The plugin {origin} composed {paper} as a {type(document).__name__}, not a Document.",
            mend=f"Update {origin}, or leave it out with --no-plugin {origin}.",
        )
    try:
        return numbered(document)
    except ReferenceProblem as problem:
        raise _reference_error(snapshot.register, problem) from problem


def _reference_error(register: Register, problem: ReferenceProblem) -> ProblemsError:
    from peerkit.builtin.checks import BAD_REFERENCE  # noqa: PLC0415 - only where it is needed

    found = Problem(
        kind=BAD_REFERENCE, message=problem.message, mend=problem.mend, address=problem.address
    )
    return ProblemsError(problem.message, register.located([found]), mend=problem.mend)


@attrs.frozen(kw_only=True)
class Job:
    """
    One paper of one subject, to be made.
    """

    paper: str
    subject: str


@attrs.frozen(kw_only=True)
class Rendered:
    """
    One paper as a file: its *name*, its *content*, and what it was made from.
    """

    job: Job
    format: str
    name: str
    content: bytes = attrs.field(repr=False)
    on: dt.date
    audience: str
    title: str
    template: str = ""


def jobs(
    register: Register, paper: str = "", subject: str = "", *, offers: Offers | None = None
) -> tuple[Job, ...]:
    """
    Return what is to be made: one paper of one subject, or all that are configured.

    Raises:
        UnknownNameError: If there is no such paper or subject.
    """
    offers = offers or offers_here()
    configured = [name for name in offers.papers if name in register.configuration.papers]
    if paper:
        _named(offers.papers, paper, "paper")
    found = [
        Job(paper=name, subject=record.id)
        for name in ([paper] if paper else configured)
        for record in register.of_kind(offers.papers[name].subject)
    ]
    if not subject:
        return tuple(found)
    wanted = [job for job in found if subject.casefold() == job.subject.casefold()]
    if not wanted:
        kind = offers.papers[paper].subject.replace("_", " ")
        if not found:
            raise UnknownNameError(
                f"There is no {kind} in {register.name}, so no {paper} can be made."
            )
        _named({job.subject: job for job in found}, subject, kind)
    return tuple(wanted)


def _template(
    configuration: Configuration, paper: str, format_: Format, offers: Offers
) -> Template | None:
    """
    Return the template to fill: the one configured, else one lying in a folder, else a plugin's.
    """
    if not format_.takes_template:
        return None
    if paper in configuration.templates:
        home, relative = configuration.templates[paper]
        return _file_template(home, relative, paper, format_)
    for home in configuration.folders:
        relative = f"templates/{paper}{format_.suffix}"
        if (home.path / relative).is_file():
            return _file_template(home, relative, paper, format_)
    return offers.templates.get((paper, format_.name)) or offers.templates.get(("*", format_.name))


def _file_template(home: TemplateFolder, relative: str, paper: str, format_: Format) -> Template:
    def read() -> bytes:
        raw, problems = read_bytes(home.path, relative, _TEMPLATE_BYTES)
        if raw is None:
            raise PeerkitError(problems[0].message, mend=problems[0].advice)
        return raw

    return Template(
        paper=paper,
        format=format_.name,
        origin=f"{relative} of {home.label}",
        read=read,
        trust=Trust.OWN if home.is_own else Trust.STRANGER,
    )


def _own_day(snapshot: Snapshot, job: Job, offers: Offers, fallback: dt.date) -> dt.date:
    paper: Paper = offers.papers[job.paper]
    seen = view(snapshot, Audience.INTERNAL)
    return paper.day(seen, snapshot.register.get(paper.subject, job.subject)) or fallback


def render_job(
    register: Register,
    job: Job,
    formats: Iterable[str],
    *,
    today: dt.date,
    on: dt.date | None = None,
    audience: str = "internal",
    template: Template | None = None,
    offers: Offers | None = None,
) -> Iterator[Rendered]:
    """
    Yield one paper in each of *formats*, verified, each drawn from the same tree.

    It is judged *on* that day, or its own, or for want of one *today*.

    Raises:
        PeerkitError: As `compose`; or if what was drawn lost or leaked a text.
    """
    offers = offers or offers_here()
    snapshot = judge(register, on=on or today, offers=offers)
    if on is None:
        snapshot = judge(register, on=_own_day(snapshot, job, offers, today), offers=offers)
    document = compose(snapshot, job.paper, job.subject, audience=audience, offers=offers)
    for name in formats:
        format_: Format = _named(offers.formats, name, "format")
        chosen = template if template and format_.takes_template else None
        chosen = chosen or _template(register.configuration, job.paper, format_, offers)
        content = _drawn(document, format_, chosen, offers)
        _verify(snapshot, document, format_, content, audience)
        yield Rendered(
            job=job,
            format=name,
            name=_file_name(job, audience, format_.suffix),
            content=content,
            on=snapshot.on,
            audience=audience,
            title=document.title,
            template=chosen.origin if chosen else "",
        )


def _drawn(document: Document, format_: Format, template: Template | None, offers: Offers) -> bytes:
    content: object = format_.draw(document, template)
    if not isinstance(content, bytes):
        origin = offers.origins["peerkit_formats", format_.name]
        raise PluginError(
            f"The plugin {origin} drew {format_.name} as {type(content).__name__}, not bytes.",
            mend=f"Update {origin}, or leave it out with --no-plugin {origin}.",
        )
    return content


def _verify(
    snapshot: Snapshot, document: Document, format_: Format, content: bytes, audience: str
) -> None:
    texts = format_.texts(content)
    lost = losses(document, texts)
    if lost:
        raise PeerkitError(
            f"The {format_.name} file of {document.paper} would lose “{lost[0][:80]}” "
            f"({len(lost)} texts in all), so it was not written.",
            mend="If a template leaves a section out, put it in or leave the section out by "
            "configuration; otherwise this is a fault of the format.",
        )
    if Audience(audience) is Audience.PUBLIC:
        seen = view(snapshot, Audience.PUBLIC)
        shown = {
            text for record in snapshot.register if seen.shows(record) for text in texts_of(record)
        }
        secrets = {text for record in seen.withheld() for text in texts_of(record)} - shown
        if leaks(secrets, texts):
            raise RefusedError(
                f"The public {format_.name} file of {document.paper} would show a text that is "
                "withheld, so it was not written.",
                mend="Look for the text in records that are not withheld.",
            )


def render(
    snapshot: Snapshot,
    paper: str,
    subject: str,
    *,
    format: str = "md",  # noqa: A002 - the word users know
    audience: str = "internal",
    template: Template | None = None,
    offers: Offers | None = None,
) -> bytes:
    """
    Return one paper as a file, judged on the snapshot's day.

    Raises:
        UnknownNameError: If there is no such paper, subject or format.
        RefusedError: If a rule or gate forbids it.
        ProblemsError: If the register has errors.
        PeerkitError: If it cannot be drawn without loss.
    """
    (made,) = render_job(
        snapshot.register,
        Job(paper=paper, subject=subject),
        (format,),
        today=snapshot.on,
        on=snapshot.on,
        audience=audience,
        template=template,
        offers=offers,
    )
    return made.content


def file_names(
    register: Register,
    format: str,  # noqa: A002 - as in render
    *,
    offers: Offers | None = None,
) -> Mapping[tuple[Job, str], str]:
    """
    Return the name of the file of every paper in one format, by job and audience.

    They differ even where capitals make no difference, and do not depend on what
    else is made in the same run.
    """
    offers = offers or offers_here()
    suffix = _named(offers.formats, format, "format").suffix
    keys = [(job, one.value) for one in Audience for job in jobs(register, offers=offers)]
    names = [_file_name(job, audience, suffix) for job, audience in keys]
    return dict(zip(keys, unique_names(names), strict=True))


def _file_name(job: Job, audience: str, suffix: str) -> str:
    # A public paper never takes the place of the internal one, nor it that of a public one.
    public = ["public"] if Audience(audience) is Audience.PUBLIC else []
    return safe_name(job.paper, *job.subject.split("/"), *public, suffix=suffix)


def manifest(register: Register, made: Iterable[Rendered], version: str) -> bytes:
    """
    Return the list of what one run made, as JSON, without a clock in it.
    """
    papers = [
        {
            "file": one.name,
            "paper": one.job.paper,
            "subject": one.job.subject,
            "title": one.title,
            "format": one.format,
            "audience": one.audience,
            "on": one.on.isoformat(),
            "template": one.template,
            "sha256": hashlib.sha256(one.content).hexdigest(),
        }
        for one in made
    ]
    whole = {
        "peerkit": "manifest/1",
        "version": version,
        "register": register.name,
        "papers": papers,
    }
    return (json.dumps(whole, indent=2, ensure_ascii=False) + "\n").encode()


def must_be_sound(problems: Iterable[Problem]) -> None:
    """
    Do nothing if papers may be made of a register with these problems.

    Raises:
        ProblemsError: If there is a fault or an error among them.
    """
    grave = tuple(
        problem for problem in problems if problem.severity in (Severity.FAULT, Severity.ERROR)
    )
    if grave:
        raise ProblemsError(
            f"{len(grave)} problem{'s' if len(grave) > 1 else ''} must be mended first; nothing was made.",
            grave,
        )


def starters(offers: Offers | None = None) -> tuple[Pack, ...]:
    """
    Return the packs a new register can begin with, by name.
    """
    packs = (offers or offers_here()).packs
    return tuple(pack for _, pack in sorted(packs.items()) if pack.starter)


def starter(pack: str = "", *, offers: Offers | None = None) -> tuple[Pack, dict[str, bytes]]:
    """
    Return the pack a new register begins with, and the register's first files.

    Raises:
        UnknownNameError: If no installed pack of that name has a starter.
    """
    found = {one.name: one for one in starters(offers)}
    if not found:
        raise UnknownNameError("No installed plugin offers a pack to begin with.", mend=_NONE)
    chosen: Pack = _named(found, pack or next(iter(found)), "pack to begin with named")
    folder = chosen.folder / "starter"
    names, problems = list_files(folder, ("",))
    files: dict[str, bytes] = {}
    for name in names:
        raw, more = read_bytes(folder, name, _TEMPLATE_BYTES)
        problems += more
        if raw is not None:
            files[name] = raw
    if problems:
        raise PeerkitError(f"The pack {chosen.name} cannot be read: {problems[0].message}")
    return chosen, files
