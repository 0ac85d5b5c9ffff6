"""
Registers of Northmere, an invented borough, written as text; and the plugins they meet.
"""

import datetime as dt
import importlib.metadata
import itertools
import shutil
import textwrap
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace

import attrs
import pytest

import peerkit
from peerkit import fields as f
from peerkit.builtin import coverage
from peerkit.document import (
    Document,
    Paragraph,
    Properties,
    Section,
    Shape,
    Text,
    section_names,
)
from peerkit.plugins import NO_AUTOLOAD, gather

CONFIGURATION = """\
peerkit: 1
organisation:
  name: Northmere Borough Council
  notices: Illustrative
review_kinds:
  peer review:
    findings:
      strengths: {one: strength, many: strengths}
      development: {one: area for development, many: areas for development}
"""


@attrs.frozen(kw_only=True)
class Line:
    """
    One line of a note.
    """

    label: str = f.text("The words before it.", required=True)
    when: Mapping[str, tuple[str, ...]] = f.cells("Facts that must hold for it to be printed.")


@attrs.frozen(kw_only=True)
class NotePaper(peerkit.PaperBasics):
    """
    How a note on a finding is made.
    """

    heading: str = f.text("The heading.", required=True)
    when: Mapping[str, tuple[str, ...]] = f.cells("Facts that must hold for it to be made.")
    first: Line | None = f.group("Its first line.", Line)
    more: tuple[Line, ...] = f.groups("Further lines.", Line, short="label")
    lines: Mapping[str, Line] = f.named("Its lines, by key.", Line, short="label")
    order: tuple[str, ...] = f.keys("The keys in order.")
    width: int = f.number("How wide it is.", default=1)
    words: Mapping[str, str] = f.words("Words by key.")


@attrs.frozen(kw_only=True)
class Crest:
    """
    What the borough shows.
    """

    motto: str = f.text("The words under the arms.")
    colour: str = f.choice("Its colour.", "red", "blue")


def _note(view, finding, keys):
    said = [keys.heading, finding.text]
    said += [one.text for one in view.of_kind("finding")]
    blocks = tuple(Paragraph(inlines=(Text(text),)) for text in said)
    return Document(
        paper="note",
        title=f"Note on {finding.local_id}",
        language="en-GB",
        properties=Properties(author="Northmere Borough Council"),
        sections=(Section(key="body", heading="Note", blocks=blocks),),
    )


def _gossip(view, finding, _keys):
    # Reaches behind the view, as no paper should.
    every = view.snapshot.register.of_kind("finding")
    blocks = tuple(Paragraph(inlines=(Text(one.text),)) for one in every)
    return Document(
        paper="gossip",
        title=f"Gossip on {finding.local_id}",
        language="en-GB",
        properties=Properties(author="Northmere Borough Council"),
        sections=(Section(key="body", heading="Gossip", blocks=blocks),),
    )


def _paper(name, compose):
    return peerkit.Paper(
        name=name,
        doc="Says what was found.",
        subject="finding",
        configuration=NotePaper,
        compose=compose,
        shape=lambda *_: Shape(section_names("body", "the note", "Note")),
        day=lambda *_: None,
    )


NORTHMERE = SimpleNamespace(
    peerkit_papers=peerkit.hookimpl(lambda: (_paper("note", _note), _paper("gossip", _gossip))),
    peerkit_config_sections=peerkit.hookimpl(
        lambda: (peerkit.ConfigSection(name="crest", type=Crest, doc="The borough's arms."),)
    ),
)


@pytest.fixture(scope="session")
def offers():
    """
    What the core offers, and a small plugin of Northmere's.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(NO_AUTOLOAD, "1")
        return gather(extra=[("northmere", NORTHMERE)])


MARK = "‹"
LACKING = {kind.code for check in coverage.CHECKS for kind in check.finds}


@attrs.define
class Council:
    """
    A register in the making: its *folder* and what reads it.

    A ‹ in a text is not written; *marked* is where each stood, and so where a test
    expects a problem.
    """

    folder: object
    offers: object
    on: dt.date = dt.date(2024, 1, 1)
    marked: list = attrs.field(factory=list)
    is_complete: bool = False

    def write(self, files):
        """
        Write each text or bytes of *files* under its name.
        """
        for name, content in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            is_text = isinstance(content, str)
            path.write_bytes(self._unmarked(name, content).encode() if is_text else content)
        self.marked.sort()
        return self

    def _unmarked(self, name, text):
        text = textwrap.dedent(text)
        for number, line in enumerate(text.split("\n"), start=1):
            *before, _ = line.split(MARK)
            columns = itertools.accumulate(map(len, before))
            self.marked += [(name, number, column + 1) for column in columns]
        return text.replace(MARK, "")

    def load(self, files=None):
        """
        Return the register, with *files* in it.
        """
        self.write(files or {})
        return peerkit.load(self.folder, offers=self.offers)

    def problems(self, files=None):
        """
        Return everything that is wrong with the register, with *files* in it.

        What it lacks is passed over, unless the register *is_complete*.
        """
        problems = peerkit.check(self.load(files), on=self.on, offers=self.offers)
        return tuple(one for one in problems if self.is_complete or one.code not in LACKING)

    def codes(self, files=None):
        """
        Return the code of every problem, having seen that each stands at a mark.
        """
        problems = self.problems(files)
        places = [(one.place.file, one.place.line, one.place.column) for one in problems]
        assert self.marked == places, "\n".join(map(str, problems))
        return [problem.code for problem in problems]

    def judge(self, files=None):
        """
        Return the register, with *files* in it, as it stands.
        """
        return peerkit.judge(self.load(files), on=self.on, offers=self.offers)


@pytest.fixture
def council(tmp_path, offers):
    """
    Northmere's register: a configuration and no record yet.
    """
    folder = tmp_path / "northmere"
    return Council(folder, offers).write({"peerkit.yaml": CONFIGURATION})


NORTHMERE_FOLDER = Path(__file__).parent / "northmere"


@pytest.fixture
def only_northmere_is_installed(monkeypatch):
    """
    Let the one plugin of tests/northmere be all that is installed.
    """
    site = str(NORTHMERE_FOLDER / "site")
    points = [
        point
        for dist in importlib.metadata.distributions(path=[site])
        for point in dist.entry_points
    ]
    monkeypatch.syspath_prepend(site)
    monkeypatch.setattr(importlib.metadata, "entry_points", lambda **_: points)


@pytest.fixture
def northmere(tmp_path, monkeypatch):
    """
    A copy of Northmere's register, in the current folder.
    """
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copytree(NORTHMERE_FOLDER / "register", tmp_path / "northmere"))
