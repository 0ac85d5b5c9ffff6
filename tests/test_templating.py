"""
Help with templates, by whatever format a plugin offers.
"""

from pathlib import Path
from types import SimpleNamespace

import pytest

import peerkit
from peerkit import Format, TemplateTools, Trust, verbs
from peerkit.cli import main
from peerkit.cli.exits import Exit
from peerkit.document import Name
from peerkit.errors import PluginError, Problem, ProblemKind, Severity, UnknownNameError
from peerkit.plugins import gather

PROBLEM = ProblemKind(
    code="form-odd", severity=Severity.ERROR, meaning="A form is odd.", mend="Make it even."
)


def _check(content, file, shape, trust):
    """
    Take every word of a template for a name.
    """
    known = {one.path for one in shape.names}
    for word in content.decode().split():
        if word == "crash":
            raise ZeroDivisionError
        if word not in known:
            said = f"{word} is unknown to {trust.value}."
            yield Problem(kind=PROBLEM, message=said, where=file)


@peerkit.hookimpl
def _formats():
    tools = TemplateTools(
        check=_check,
        annotated=lambda content, _file, problems: content + str(len(problems)).encode(),
        preview=lambda content, _file, _shape: content.upper(),
        labelled=lambda content, paper: content + paper.encode(),
        paper_of=lambda content, _file: "letter" if b"letter" in content else "",
        names=lambda: (Name(path="extra", meaning="more", example="more"),),
    )
    return [
        Format(
            name="mould", doc="Moulds.", suffix=".mould", media_type="text/plain",
            draw=lambda *_: b"", texts=None, fills="mould", tools=tools,
        )
    ]  # fmt: skip


PLUGIN = SimpleNamespace(
    peerkit_formats=_formats, peerkit_problem_kinds=peerkit.hookimpl(lambda: [PROBLEM])
)


@pytest.fixture(name="shop")
def _shop(monkeypatch):
    monkeypatch.setenv("PEERKIT_NO_AUTOLOAD", "1")
    return verbs.workshop("a.mould", gather(extra=[("moulder", PLUGIN)]))


def test_names_of_any_paper_are_known_where_it_is_for_any(shop):
    found = shop.check(b"title extra nonsense", "a.mould")

    assert ("", "") == (found.paper, found.reason)
    assert ["nonsense is unknown to stranger."] == [one.message for one in found.problems]
    own = shop.check(b"nonsense", "a.mould", trust=Trust.OWN)
    assert ["nonsense is unknown to own."] == [one.message for one in own.problems]


def test_a_template_that_crashes_its_plugin_names_the_plugin(shop):
    with pytest.raises(PluginError, match="moulder"):
        shop.check(b"crash", "a.mould")


def test_an_unknown_paper_is_refused(shop):
    with pytest.raises(UnknownNameError, match="leter"):
        shop.check(b"", "a.mould", paper="leter")
    with pytest.raises(UnknownNameError, match="letter"):
        shop.begin("letter")


@pytest.mark.usefixtures("only_northmere_is_installed")
def test_without_a_plugin_that_helps_it_is_said_what_to_install(northmere, capsys):  # noqa: ARG001 - it is the current folder
    """
    Northmere's form is filled, but nothing can check it.
    """
    Path("a.form").write_text("x", encoding="utf-8")

    code = main(["template", "check", "a.form"])

    said = capsys.readouterr().err
    assert Exit.FAULT == code
    assert "No installed plugin can check a template that ends in “.form”." in said
    assert "python -m pip install peerkit-docx" in said


@pytest.mark.usefixtures("only_northmere_is_installed")
def test_alone_the_command_says_what_it_can_do(northmere, capsys):  # noqa: ARG001 - it is the current folder
    assert Exit.FINE == main(["template"])
    said = capsys.readouterr().out
    assert "check" in said
    assert "new" in said
