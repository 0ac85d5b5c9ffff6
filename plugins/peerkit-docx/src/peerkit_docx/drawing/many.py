"""
Many papers one after another, or side by side in whatever executor the caller has.
"""

from __future__ import annotations

import itertools
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from typing import TYPE_CHECKING

import attrs

from peerkit.document import Document
from peerkit.errors import PeerkitError, PluginError
from peerkit_docx.drawing import draw_document
from peerkit_docx.drawing.plain import draw_names
from peerkit_docx.preparing.prepared import Prepared

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["RenderJob", "Rendered", "render_many"]

# So many are handed over at once; the others wait where they come from.
_AHEAD = 64


@attrs.frozen(kw_only=True)
class RenderJob:
    """
    One paper to be drawn: its *id*, the template *prepared*, and *what* is drawn with it.

    *what* is a document, or names as `draw_names` takes them. *origin* is what messages call
    the template. *accessible* is as in `draw_names`; a document always has to be.
    """

    id: str
    prepared: Prepared
    what: Document | Mapping[str, object]
    origin: str = "the template"
    accessible: bool = True


@attrs.frozen(kw_only=True)
class Rendered:
    """
    What became of a job: the *content* of a Word file, or the *error* that kept it away.
    """

    id: str
    content: bytes | None = None
    error: Exception | None = None


def render_many(jobs: Iterable[RenderJob], executor: Executor | None = None) -> Iterator[Rendered]:
    """
    Yield what becomes of each of *jobs*, each as soon as it is done.

    Without an *executor* they are drawn here, in order. With one, which may be of threads,
    processes or machines, they come in any order; few are handed over at a time, so *jobs*
    may be longer than memory. No failure stops the rest, not even the executor's own. Who
    stops listening takes back what has not begun; the executor itself is left running.

    >>> from peerkit_docx import RenderJob, prepare, render_many
    >>> from peerkit_docx.basefile import build, line
    >>> letter = build(line("{{ title }}", "Heading1"), header="", footer=line("Northmere", "Footer"))
    >>> prepared = prepare(letter, "letter.docx")
    >>> jobs = [RenderJob(id=one, prepared=prepared, what={"title": one}) for one in ("North", "")]
    >>> for one in render_many(jobs):
    ...     print(one.id or "(none)", "failed" if one.error else "drawn")
    North drawn
    (none) failed
    """
    if executor is None:
        yield from map(_rendered, jobs)
        return
    coming = iter(jobs)
    waiting: dict[Future[Rendered], str] = {}
    try:
        while True:
            job = None
            for job in itertools.islice(coming, _AHEAD - len(waiting)):
                try:
                    waiting[executor.submit(_rendered, job)] = job.id
                except RuntimeError as error:  # it is broken, or was shut down
                    yield Rendered(id=job.id, error=error)
            if job is None and not waiting:
                return
            for done in wait(waiting, return_when=FIRST_COMPLETED).done:
                yield _outcome(done, waiting.pop(done))
    finally:
        for one in waiting:
            one.cancel()


def _rendered(job: RenderJob) -> Rendered:
    try:
        return Rendered(id=job.id, content=_drawn(job))
    except PeerkitError as error:
        return Rendered(id=job.id, error=error)
    except Exception as error:  # noqa: BLE001 - a fault of ours is one job's, too
        said = " ".join(f"{type(error).__name__}: {error}".split())
        fault = PluginError(f"peerkit-docx failed while drawing {job.id}: {said}")
        fault.__cause__ = error
        return Rendered(id=job.id, error=fault)


def _drawn(job: RenderJob) -> bytes:
    if isinstance(job.what, Document):
        return draw_document(job.prepared, job.what, origin=job.origin)
    return draw_names(job.prepared, job.what, origin=job.origin, accessible=job.accessible)


def _outcome(done: Future[Rendered], id_: str) -> Rendered:
    # What did not come back from the executor was not drawn there: its process ended, or
    # the job could not be sent.
    try:
        return done.result()
    except Exception as error:  # noqa: BLE001 - it is the caller's, told with its job
        return Rendered(id=id_, error=error)
