import datetime as dt
import shutil
from pathlib import Path

import attrs
import pytest

import peerkit
from peerkit.document import Fields, Table, plain_text, walk_blocks, walk_sections

EXAMPLE = Path(__file__).parents[3] / "examples" / "middlesbrough"
MEETING = dt.date(2022, 2, 14)
SUBJECTS = {
    "committee-report": "virtual-school-peer-review",
    "action-plan": "virtual-school-plan",
    "review-report": "virtual-school-2021",
}
FILES = {
    "report": "reports/virtual-school-peer-review.yaml",
    "plan": "plans/virtual-school-plan.yaml",
    "review": "reviews/virtual-school-2021.yaml",
    "settings": "peerkit.yaml",
    "parties": "parties.yaml",
    "bodies": "bodies.yaml",
}


@attrs.frozen
class Council:
    """
    A copy of the example, to be changed, checked and made papers of.
    """

    folder: Path

    def change(self, file, old, new):
        """
        Put *new* in the place of *old*, which stands in the file once.
        """
        path = self.folder / FILES[file]
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} is there {text.count(old)} times"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def add(self, file, text):
        """
        Write *text* at the end of a file.
        """
        path = self.folder / FILES[file]
        path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")

    def problems(self):
        """
        Return what checking finds.
        """
        return peerkit.check(peerkit.load(self.folder), on=MEETING)

    def found(self):
        """
        Return each problem as its code and the text that its place points at.
        """
        return [(one.code, _marked(one)) for one in self.problems()]

    def codes(self):
        """
        Return the code of each problem.
        """
        return [one.code for one in self.problems()]

    def snapshot(self):
        """
        Return the register judged on the day of the meeting.
        """
        return peerkit.judge(peerkit.load(self.folder), on=MEETING)

    def document(self, paper="committee-report", audience="internal", subject=""):
        """
        Return one paper as a tree.
        """
        return peerkit.compose(
            self.snapshot(), paper, subject or SUBJECTS[paper], audience=audience
        )

    def render(self, paper, audience="internal", format="md"):  # noqa: A002 - as peerkit.render
        """
        Return one paper as text, verified.
        """
        made = peerkit.render(
            self.snapshot(), paper, SUBJECTS[paper], audience=audience, format=format
        )
        return made.decode()


def _marked(problem):
    place = problem.place
    assert place is not None, problem
    end = place.end_column or len(problem.excerpt) + 1
    return problem.excerpt[place.column - 1 : end - 1]


@pytest.fixture
def council(tmp_path):
    return Council(Path(shutil.copytree(EXAMPLE, tmp_path / "register")))


@pytest.fixture
def said():
    """
    What a section of a document says, by its key.
    """

    def said(document, key):
        (one,) = [one for _, one in walk_sections(document) if one.key == key]
        return plain_text(one.blocks)

    return said


@pytest.fixture
def line():
    """
    What a line of a document's front sheet says, by its key.
    """

    def line(document, key):
        (sheet,) = [one for one in document.front if isinstance(one, Fields)]
        (one,) = [one for one in sheet.fields if one.key == key]
        return plain_text(one.value)

    return line


@pytest.fixture
def column():
    """
    What a column of a document's only table says, row by row.
    """

    def column(document, key):
        (table,) = [one for one in walk_blocks(document) if isinstance(one, Table)]
        (index,) = [i for i, one in enumerate(table.columns) if one.key == key]
        return [plain_text(row.cells[index]) for row in table.rows]

    return column
