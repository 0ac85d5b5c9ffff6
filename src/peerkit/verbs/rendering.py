"""
Render papers: compose, draw, verify what a reader would find, and list what was made.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import attrs

from peerkit.errors import PeerkitError, PluginError, Problem, RefusedError, UnknownNameError
from peerkit.files.names import safe_name, unique_names
from peerkit.history import Heads, heads
from peerkit.history.chains import cut
from peerkit.history.digests import heads_digest
from peerkit.hookspecs import Offers
from peerkit.judging import Snapshot
from peerkit.papers import Format, Paper, Template, leaks, losses
from peerkit.plugins import blaming
from peerkit.register import Register
from peerkit.verbs.composing import compose
from peerkit.verbs.registers import judge, must_be_sound, named, offers_here
from peerkit.verbs.templates import template_for
from peerkit.views import Audience, View, secrets, view

if TYPE_CHECKING:
    from peerkit.document import Document

__all__ = [
    "Job",
    "Rendered",
    "file_names",
    "jobs",
    "manifest",
    "render",
    "render_job",
]


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

    *on* is the day it was asked for or is its own; None for a paper without a day.
    *heads* are those of history up to which it was judged. *digest* is that of what it
    holds, where its bytes may differ from one computer to another. *advice* is what there
    is to know of the template.
    """

    job: Job
    format: str
    name: str
    content: bytes = attrs.field(repr=False)
    on: dt.date | None
    audience: str
    title: str
    template: str = ""
    heads: Heads = attrs.field(factory=dict, repr=False)
    digest: str = ""
    advice: tuple[Problem, ...] = ()


def jobs(
    register: Register, paper: str = "", subject: str = "", *, offers: Offers | None = None
) -> tuple[Job, ...]:
    """
    Return what is to be made: one paper of one subject, or all that are configured.

    Raises:
        UnknownNameError: If there is no such paper or subject.
    """
    offers = offers or offers_here()
    if paper:
        named(offers.papers, paper, "paper")
    found = [*_all_jobs(register, offers, paper)]
    if not subject:
        return tuple(job for job in found if _is_wanted(job, register, offers))
    wanted = [job for job in found if subject.casefold() == job.subject.casefold()]
    if not wanted:
        kind = offers.papers[paper].subject.replace("_", " ")
        if not found:
            raise UnknownNameError(
                f"There is no {kind} in {register.name}, so no {paper} can be made."
            )
        named({job.subject: job for job in found}, subject, kind)
    return tuple(wanted)


def _all_jobs(register: Register, offers: Offers, paper: str = "") -> Iterator[Job]:
    """
    Yield every configured paper, or the one that is named, of every subject there is.
    """
    configured = [name for name in offers.papers if name in register.configuration.widest.papers]
    for name in [paper] if paper else configured:
        for record in register.of_kind(offers.papers[name].subject):
            yield Job(paper=name, subject=record.id)


def _is_wanted(job: Job, register: Register, offers: Offers) -> bool:
    paper: Paper = offers.papers[job.paper]
    if paper.wanted is None:
        return True
    with blaming(offers.origins["peerkit_papers", job.paper], f"looking for {job.paper}"):
        return paper.wanted(register, register.get(paper.subject, job.subject))


def _own_day(snapshot: Snapshot, job: Job, audience: str, offers: Offers) -> dt.date | None:
    paper: Paper = offers.papers[job.paper]
    seen = view(snapshot, Audience(audience))
    with blaming(offers.origins["peerkit_papers", job.paper], f"dating {job.paper}"):
        return paper.day(seen, snapshot.register.get(paper.subject, job.subject))


def render_job(
    register: Register,
    job: Job,
    formats: Iterable[str],
    *,
    today: dt.date,
    on: dt.date | None = None,
    audience: str = "internal",
    template: Template | None = None,
    upto: Heads | None = None,
    offers: Offers | None = None,
) -> Iterator[Rendered]:
    """
    Yield one paper in each of *formats*, verified, each drawn from the same tree.

    It is judged *on* that day, or its own, or for want of one *today*; but a day that
    only the clock gave is not said of it, so that it is the same tomorrow. With *upto*,
    only what was known of history when those were its heads is taken into account.

    Raises:
        PeerkitError: As `compose`; or if what was drawn lost or leaked a text.
    """
    offers = offers or offers_here()
    snapshot = judge(register, on=on or today, upto=upto, offers=offers)
    day = on or _own_day(snapshot, job, audience, offers)
    if day is not None and day != snapshot.on:
        snapshot = judge(register, on=day, upto=upto, offers=offers)
    document = compose(snapshot, job.paper, job.subject, audience=audience, offers=offers)
    known = _known(view(snapshot, Audience(audience)))
    properties = attrs.evolve(
        document.properties,
        day=document.properties.day if day is not None else None,
        history=f"history sha256:{heads_digest(known)}" if known else "",
    )
    document = attrs.evolve(document, properties=properties)
    for name in formats:
        format_: Format = named(offers.formats, name, "format")
        if format_.texts is None and Audience(audience) is Audience.PUBLIC:
            raise _unreadable(format_)
        chosen = template if template and format_.takes_template else None
        chosen = chosen or template_for(snapshot.configuration, job.paper, format_, offers)
        content = _drawn(document, format_, chosen, offers)
        origin = offers.origins["peerkit_formats", name]
        _verify(snapshot, document, format_, content, audience=audience, origin=origin)
        yield Rendered(
            job=job,
            format=name,
            name=_file_name(job, audience, format_.suffix),
            content=content,
            on=day,
            audience=audience,
            title=document.title,
            template=chosen.origin if chosen else "",
            heads=known,
            digest=format_.digest(content) if format_.digest else "",
            advice=_advice(format_, chosen, origin),
        )


def _advice(format_: Format, template: Template | None, origin: str) -> tuple[Problem, ...]:
    if format_.advice is None or template is None:
        return ()
    with blaming(origin, "looking at a template"):
        return tuple(format_.advice(template))


def _known(seen: View) -> Heads:
    """
    Return the heads of history up to which what is *seen* was judged, of records that are
    shown: not even the ids of others may leave.
    """
    snapshot = seen.snapshot
    register, history = snapshot.register, snapshot.register.history
    if not history.occasions:
        return {}
    found = heads(history if snapshot.upto is None else cut(history, snapshot.upto), snapshot.on)
    return {
        (kind, one): head
        for (kind, one), head in found.items()
        if (record := register.records[kind].get(one)) is not None and seen.shows(record)
    }


def _drawn(document: Document, format_: Format, template: Template | None, offers: Offers) -> bytes:
    origin = offers.origins["peerkit_formats", format_.name]
    with blaming(origin, f"drawing {format_.name}"):
        content: object = format_.draw(document, template)
    if not isinstance(content, bytes):
        raise PluginError(
            f"The plugin {origin} drew {format_.name} as {type(content).__name__}, not bytes.",
            mend=f"Update {origin}, or leave it out with --no-plugin {origin}.",
        )
    return content


def _unreadable(format_: Format) -> RefusedError:
    return RefusedError(
        f"No {format_.name} file is made for the public: what it shows cannot be read back, so "
        "nobody could prove that nothing withheld is in it.",
        mend="Make it in another format, or without --public.",
    )


def _verify(
    snapshot: Snapshot,
    document: Document,
    format_: Format,
    content: bytes,
    *,
    audience: str,
    origin: str,
) -> None:
    is_public = Audience(audience) is Audience.PUBLIC
    if format_.texts is None or (format_.is_proven and not is_public):
        return
    with blaming(origin, f"reading {format_.name}"):
        texts = format_.texts(content)
    lost = losses(document, texts)
    if lost:
        raise PeerkitError(
            f"The {format_.name} file of {document.paper} would lose “{lost[0][:80]}” "
            f"({len(lost)} texts in all), so it was not written.",
            mend="If a template leaves a section out, put it in or leave the section out by "
            "configuration; otherwise this is a fault of the format.",
        )
    if is_public:
        seen = view(snapshot, Audience.PUBLIC)
        if leaks(secrets(seen), texts):
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
    Return one *paper*, by its name, of one *subject*, by its id, as the bytes of a file.

    It is judged on the snapshot's day, for *audience*: ``internal`` or ``public``. Of
    *format*, such as ``docx``, the *template* is filled, if it fills one: that which the
    register, its packs or a plugin give, where none is handed over.

    Raises:
        UnknownNameError: If there is no such paper, subject or format.
        RefusedError: If a rule or gate forbids it.
        ProblemsError: If loading the register met errors.
        PeerkitError: If it cannot be drawn without loss.
    """
    must_be_sound(snapshot.register.problems)
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
    suffix = named(offers.formats, format, "format").suffix
    keys = [(job, one.value) for one in Audience for job in _all_jobs(register, offers)]
    names = [_file_name(job, audience, suffix) for job, audience in keys]
    return dict(zip(keys, unique_names(names), strict=True))


def _file_name(job: Job, audience: str, suffix: str) -> str:
    # A public paper never takes the place of the internal one, nor it that of a public one.
    public = ["public"] if Audience(audience) is Audience.PUBLIC else []
    return safe_name(job.paper, *job.subject.split("/"), *public, suffix=suffix)


def _pinned(found: Heads) -> Mapping[str, Any]:
    """
    Return the heads of history as a manifest lists them.
    """
    listed = sorted([*subject, *head] for subject, head in found.items())
    return {"digest": heads_digest(found), "heads": listed}


def manifest(register: Register, made: Iterable[Rendered], version: str) -> bytes:
    """
    Return the list of what one run made, as JSON, without a clock in it.
    """
    import hashlib  # noqa: PLC0415 - loads OpenSSL, which checking does not need

    papers = [
        {
            "file": one.name,
            "paper": one.job.paper,
            "subject": one.job.subject,
            "title": one.title,
            "format": one.format,
            "audience": one.audience,
            "on": one.on.isoformat() if one.on else "",
            "template": one.template,
            "sha256": hashlib.sha256(one.content).hexdigest(),
            **({"content_sha256": one.digest} if one.digest else {}),
            **({"history": _pinned(one.heads)} if one.heads else {}),
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
