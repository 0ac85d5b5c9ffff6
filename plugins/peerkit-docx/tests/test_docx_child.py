from __future__ import annotations

import functools
import json
import pickle
import subprocess
import sys
import tempfile
import time

import attrs
import pytest

from peerkit.document.numbering import ReferenceProblem
from peerkit.errors import (
    Address,
    PeerkitError,
    Place,
    PluginError,
    Problem,
    ProblemsError,
    RefusedError,
    UnknownNameError,
    WriteError,
)
from peerkit.papers import Trust
from peerkit_docx import base_template
from peerkit_docx.basefile import build, line
from peerkit_docx.drawing import child, draw, draw_here
from peerkit_docx.problems import TEMPLATE_NAME, WORD_FIELD
from peerkit_docx.system import HERE, Ran, run_module

# Each takes the place of the child, or of what it does.
IMPOSTORS = {
    "is endless": "while True: pass",
    "hoards": (
        "drawing.draw_here = lambda *_: [bytearray(10**7) for _ in iter(int, 1)]; child.main()"
    ),
    "is killed": "import os; os.kill(os.getpid(), 9)",
    "aborts": "import os; os.abort()",
    "leaves": "raise SystemExit(7)",
    "has a bug": "drawing.draw_here = lambda *_: 1 / 0; child.main()",
    "is noisy": (
        "import os; real = drawing.draw_here\n"
        "drawing.draw_here = lambda *given: print('noise') or os.write(1, b'more') and real(*given)\n"
        "child.main(); print('yet more')"
    ),
    "lies": "import os; os.write(1, b'{}')",
}
GREEDY = [
    "{% for a in range(99999) %}{% for b in range(99999) %}x{% endfor %}{% endfor %}",
    "{% for a in range(9999) %}{% for b in range(9999) %}{{ title }}{% endfor %}{% endfor %}",
    "{{ 'a'*10**9 }}",
    "{{ 'a' * 1000000000 }}",
    "{{ title|indent(10**9) }}",
    "{{ title|indent(1000000000) }}",
    "{{ 9**(9**9) }}",
]


def strange(template):
    return attrs.evolve(template, trust=Trust.STRANGER)


@pytest.fixture
def impostor(tmp_path, monkeypatch):
    """
    Put another program in the place of the child.
    """

    def put(name):
        code = "from peerkit_docx import drawing\nfrom peerkit_docx.drawing import child\n"
        (tmp_path / "peerkit_impostor.py").write_text(code + IMPOSTORS[name])
        monkeypatch.syspath_prepend(str(tmp_path))
        monkeypatch.setattr(child, "_MODULE", "peerkit_impostor")

    return put


@pytest.fixture
def template():
    return strange(base_template())


# -- who is drawn where ------------------------------------------------------------


@pytest.mark.parametrize("trust", [Trust.OWN, Trust.INSTALLED])
def test_a_trusted_template_is_drawn_here(papers, monkeypatch, trust):
    """
    No process is started for it.
    """
    monkeypatch.setattr(child, "run_module", None)

    assert draw(papers.document(), attrs.evolve(base_template(), trust=trust)).startswith(b"PK")


def test_the_base_template_is_trusted():
    """
    It came with the program.
    """
    assert Trust.INSTALLED is base_template().trust


@pytest.mark.parametrize("scheme", ["through", "decimal"])
def test_a_good_template_is_drawn_to_the_same_bytes(papers, template, scheme):
    """
    Whoever draws.
    """
    paper = papers.rich(scheme)

    assert draw_here(paper, template) == draw(paper, template)


def test_what_was_prepared_is_handed_on(papers, template, monkeypatch):
    """
    So that it need not be prepared again.
    """
    asked = []
    monkeypatch.setattr(child, "run_module", lambda *_, given, **__: asked.append(given) or DEAD)

    with pytest.raises(PeerkitError):
        draw(papers.document(), attrs.evolve(template, prepared=lambda: "prepared"))

    (given,) = asked
    _, content, origin, paper, prepared = pickle.loads(given)  # noqa: S301 - made just above
    assert (template.read(), template.origin, "*", "prepared") == (content, origin, paper, prepared)


DEAD = Ran(code=1, out=b"", err=b"")


# -- what is refused ---------------------------------------------------------------


def refusal(paper, template, by):
    with pytest.raises(PeerkitError) as caught:
        by(paper, template)
    return caught.value


@pytest.mark.parametrize("tag", [*GREEDY, "{{ nobody }}", "{{ title + }}"])
def test_a_refusal_is_the_same_from_either(papers, tag):
    """
    With its class, its words, its mend and every problem in its place; and soon.
    """
    body = line("{{ title }}", "Heading1") + line(tag, "BodyText") + line("{{ none }}", "BodyText")
    template = strange(papers.template(build(body)))
    here = refusal(papers.document(), template, draw_here)
    began = time.monotonic()

    apart = refusal(papers.document(), template, draw)

    assert 10 > time.monotonic() - began
    assert type(here) is type(apart) is ProblemsError
    assert (here.message, here.mend, here.problems) == (apart.message, apart.mend, apart.problems)
    assert "body, paragraph 2" in apart.message


def test_a_refusal_of_the_paper_is_the_same_from_either(papers, template):
    """
    It is of no template.
    """
    paper = papers.document(papers.table(("A1", " ")))

    here, apart = (refusal(paper, template, by) for by in (draw_here, draw))

    assert (type(here), str(here), here.mend) == (type(apart), str(apart), apart.mend)


PROBLEMS = (
    Problem(
        kind=TEMPLATE_NAME,
        message="“{{ x }}” \ud800 is not known.",
        mend="Mend it.",
        place=Place("plans/a.yaml", 3, 7, 12),
        address=Address("action", "p/A1", "due"),
        excerpt="{{ x }}",
        where="body, paragraph 1",
    ),
    Problem(kind=WORD_FIELD, message="A field."),
)


@pytest.mark.parametrize(
    "error",
    [
        ProblemsError("It has problems.", PROBLEMS, mend="Mend them."),
        *(
            kind("Plain \ud800 words.", mend="Mend it.")
            for kind in (PeerkitError, RefusedError, UnknownNameError, WriteError, PluginError)
        ),
    ],
    ids=lambda one: type(one).__name__,
)
def test_an_error_crosses_over_whole(error):
    """
    Whatever it is of.
    """
    arrived = child._heard(reply(child._said(error)), "own.docx")

    assert (type(error), error.message, error.mend) == (
        type(arrived),
        arrived.message,
        arrived.mend,
    )
    assert getattr(error, "problems", ()) == getattr(arrived, "problems", ())


def test_an_error_of_another_class_arrives_as_its_nearest():
    """
    Its words are what counts.
    """
    error = ReferenceProblem("“#bg” is the name of nothing.", None)

    assert PeerkitError is type(child._heard(reply(child._said(error)), "own.docx"))


# -- children that come to another end ---------------------------------------------


def test_the_limits_are_those_that_are_told():
    """
    Ten seconds, preparing included, and a gigabyte and a half.
    """
    assert (10, 1_500_000_000) == (child.SECONDS, child.MEMORY)


def test_an_endless_template_is_stopped(papers, template, impostor, monkeypatch):
    """
    When its time has run out, and we live on.
    """
    impostor("is endless")
    monkeypatch.setattr(child, "SECONDS", 1)
    began = time.monotonic()

    error = refusal(papers.document(), template, draw)

    assert 5 > time.monotonic() - began
    assert str(error) == (
        "The base template of peerkit-docx: This template used too much time or memory, and was "
        "stopped."
    )
    assert "Take out loops" in error.mend


@pytest.mark.skipif(
    sys.platform in ("win32", "darwin"), reason="this system knows no limit of memory"
)
def test_a_template_that_hoards_is_stopped(papers, template, impostor, monkeypatch):
    """
    Before the computer feels it, however much time there is.
    """
    impostor("hoards")
    monkeypatch.setattr(child, "SECONDS", 100)

    assert "too much time or memory" in str(refusal(papers.document(), template, draw))


@pytest.mark.parametrize("end", ["is killed", "aborts", "leaves"])
@pytest.mark.skipif(sys.platform == "win32", reason="there, nobody is killed by a signal")
def test_another_end_is_told(papers, template, impostor, end):
    """
    With its code, and what can be done.
    """
    impostor(end)

    error = refusal(papers.document(), template, draw)

    assert str(error).startswith("The base template of peerkit-docx: The process")
    assert "broke off (code " in str(error)
    assert error.mend


def test_a_bug_is_nobody_elses_fault(papers, template, impostor):
    """
    It is told as it is told when it happens here, with where it happened.
    """
    impostor("has a bug")

    with pytest.raises(RuntimeError, match=r"(?s)base template.*draw_here.*ZeroDivisionError"):
        draw(papers.document(), template)


def test_noise_does_no_harm(papers, template, impostor):
    """
    A library that prints is not taken for the answer.
    """
    impostor("is noisy")

    assert draw_here(papers.document(), template) == draw(papers.document(), template)


def test_no_process_and_no_file_is_left(papers, template, impostor, monkeypatch, tmp_path):
    """
    However it ended.
    """
    made = []

    def popen(*given, **named):
        made.append(subprocess.Popen(*given, **named))
        return made[-1]

    seen = functools.partial(run_module, system=attrs.evolve(HERE, popen=popen))
    monkeypatch.setattr(child, "run_module", seen)
    monkeypatch.setattr(child, "SECONDS", 2)
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))

    draw(papers.document(), template)
    impostor("is endless")
    refusal(papers.document(), template, draw)

    assert [0, True] == [made[0].returncode, made[1].returncode not in (None, 0)]
    assert [] == list((tmp_path / "temporary").iterdir())


# -- children that mean harm -------------------------------------------------------


class Trap:
    """
    Fails the test when it is read from a pickle.
    """

    def __reduce__(self):
        return (pytest.fail, ("what a child said was run",))


def reply(head, content=b""):
    said = head if isinstance(head, bytes) else json.dumps(head).encode()
    return Ran(code=0, out=said + b"\n" + content, err=b"")


REFUSED = {
    "outcome": "refused",
    "error": "PeerkitError",
    "message": "m",
    "mend": "",
    "problems": None,
}
PROBLEM = {"code": "template-name", "message": "m", "mend": "", "where": "", "excerpt": ""}
HOSTILE = {
    "nothing": b"",
    "no JSON": b"<html>",
    "no text": b"\xff\xfe",
    "a pickle": pickle.dumps(Trap()),
    "a list": b"[]",
    "a word": b'"drawn"',
    "a number": b"1",
    "a huge number": b"9" * 10_000,
    "lists without end": b"[" * 100_000,
    "no outcome": {},
    "an unknown outcome": {"outcome": "__class__"},
    "an outcome that is no word": {"outcome": ["drawn"]},
    "a wrong length": {"outcome": "drawn", "bytes": 5},
    "no length": {"outcome": "drawn"},
    "an unknown error": {**REFUSED, "error": "SystemExit"},
    "no error": {**REFUSED, "error": None},
    "a message that is no text": {**REFUSED, "message": {"a": 1}},
    "problems that are none": {**REFUSED, "problems": "many"},
    "problems that are a number": {**REFUSED, "problems": 7},
    "an unknown problem": {**REFUSED, "problems": [{**PROBLEM, "code": "no-such"}]},
    "half a problem": {**REFUSED, "problems": [{"code": "template-name"}]},
    "a place that is none": {**REFUSED, "problems": [{**PROBLEM, "place": [1, 2, 3, 4]}]},
    "a place that is short": {**REFUSED, "problems": [{**PROBLEM, "place": ["a"]}]},
    "an address of numbers": {**REFUSED, "problems": [{**PROBLEM, "address": [1, 2, 3]}]},
}


@pytest.mark.parametrize("said", HOSTILE.values(), ids=HOSTILE)
def test_an_answer_that_is_none_is_told(said):
    """
    Nothing of it is run, and nothing of it is believed.
    """
    found = child._heard(reply(said, b"PK"), "own.docx")

    assert type(found) is PeerkitError
    assert found.message == (
        "own.docx: The process that drew with this template gave an answer that makes no sense."
    )


def test_a_child_that_lies_is_not_believed(papers, template, impostor):
    """
    From beginning to end.
    """
    impostor("lies")

    assert "makes no sense" in str(refusal(papers.document(), template, draw))
