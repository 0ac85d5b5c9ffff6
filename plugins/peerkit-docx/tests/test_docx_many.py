"""
Many papers: in any executor, each result or error as it comes.
"""

from __future__ import annotations

import itertools
import multiprocessing
import os
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor

import pytest

from peerkit.errors import PluginError, ProblemsError
from peerkit_docx import Rendered, RenderJob, draw_names, prepare, render_many
from peerkit_docx.basefile import build, line
from peerkit_docx.drawing import prepared_for
from peerkit_docx.drawing.many import _AHEAD as AHEAD

TITLE = line("{{ title }}", "Heading1")
PREPARED = prepare(build(TITLE, header="", footer=line("x", "Footer")), "it")


def job(number, **names):
    what = names or {"title": f"Paper {number}"}
    return RenderJob(id=str(number), prepared=PREPARED, what=what, origin="letter.docx")


def spawned():
    """
    Processes that begin with nothing of this one, as on Windows and macOS.
    """
    return ProcessPoolExecutor(2, multiprocessing.get_context("spawn"))


@pytest.mark.parametrize(
    "executor", [lambda: None, lambda: ThreadPoolExecutor(3), spawned], ids=["here", "threads", "processes"]
)  # fmt: skip
def test_each_is_drawn_or_says_why_not(executor, papers):
    """
    Wherever papers are drawn they are the same bytes, and errors come home whole.
    """
    document = papers.document()
    template = papers.changed()
    prepared = prepared_for(template)
    jobs = [
        *map(job, range(5)),
        job("missing", tilte="x"),
        job("odd", title={1, 2}),
        RenderJob(id="paper", prepared=prepared, what=document, origin="own.docx"),
    ]

    found = {one.id: one for one in render_many(jobs, executor())}

    assert {one.id for one in jobs} == set(found)
    for number in range(5):
        expected = draw_names(PREPARED, {"title": f"Paper {number}"})
        assert Rendered(id=str(number), content=expected) == found[str(number)]
    missing = found["missing"].error
    assert isinstance(missing, ProblemsError)
    assert "letter.docx, body, paragraph 1" in str(missing)
    assert ["template-name"] == [one.code for one in missing.problems]
    assert "may not be given" in str(found["odd"].error)
    assert found["missing"].content is found["odd"].content is None
    assert papers.draw(document, template) == found["paper"].content


def test_they_come_as_they_are_done_and_few_are_taken_ahead():
    """
    A thousand papers need no more memory than a few.
    """
    taken = itertools.count()
    jobs = (job(next(taken)) for _ in range(1000))

    with ThreadPoolExecutor(2) as executor:
        results = render_many(jobs, executor)
        next(results)
        seen = next(taken)
        results.close()

    assert seen <= AHEAD + 1


def test_without_an_executor_none_is_drawn_before_it_is_asked_for():
    taken = []
    results = render_many(taken.append(number) or job(number) for number in range(9))

    next(results)

    assert [0] == taken


class _Ending(RenderJob):
    """
    A job that ends the process it comes to.
    """

    def __setstate__(self, state):
        os._exit(3)


def test_a_process_that_ends_fails_its_jobs_only():
    """
    An executor that is broken tells so of every job, and nobody is left waiting.
    """
    ending = _Ending(id="ending", prepared=PREPARED, what={})
    jobs = [ending, *map(job, range(AHEAD * 2))]

    with spawned() as executor:
        found = list(render_many(jobs, executor))

    assert sorted(one.id for one in jobs) == sorted(one.id for one in found)
    assert all((one.error is None) != (one.content is None) for one in found)
    assert next(one for one in found if one.id == "ending").error is not None


def test_what_cannot_be_sent_fails_alone():
    jobs = [job(1), job("lambda", title=lambda: 1), job(2)]

    with spawned() as executor:
        found = {one.id: one for one in render_many(jobs, executor)}

    assert found["1"].content
    assert found["2"].content
    assert found["lambda"].error


class _Refusing(Executor):
    """
    An executor that takes every second job.
    """

    def __init__(self):
        self.count = 0

    def submit(self, call, /, *given, **named):
        self.count += 1
        if self.count % 2:
            raise RuntimeError("not now")
        done = Future()
        done.set_result(call(*given, **named))
        return done


def test_any_executor_will_do_and_its_refusals_are_told():
    found = list(render_many(map(job, range(6)), _Refusing()))

    assert 6 == len(found)
    assert ["not now"] * 3 == [str(one.error) for one in found if one.error]


def test_a_fault_of_ours_is_told_of_its_job(monkeypatch):
    """
    What nobody foresaw names the plugin, and the others go on.
    """
    from peerkit_docx.drawing import many  # noqa: PLC0415

    def drawn(_prepared, what, **_):
        return b"made" if what["title"] != "Paper 1" else 1 // 0

    monkeypatch.setattr(many, "draw_names", drawn)

    first, second, third = render_many(map(job, range(3)))

    assert (b"made", b"made") == (first.content, third.content)
    assert isinstance(second.error, PluginError)
    assert "peerkit-docx failed while drawing 1: ZeroDivisionError" in str(second.error)
    assert isinstance(second.error.__cause__, ZeroDivisionError)
