import datetime as dt
import shutil
from pathlib import Path

import attrs
import pytest

import peerkit
from peerkit.document import Fields, Table, plain_text, walk_blocks, walk_sections

EXAMPLE = Path(__file__).parents[3] / "examples" / "middlesbrough"
MEETING = dt.date(2022, 2, 14)
ROUND = "occasion: progress round\n"
SUBJECTS = {
    "committee-report": "virtual-school-peer-review",
    "action-plan": "virtual-school-plan",
    "progress-report": "virtual-school-plan",
    "review-report": "virtual-school-2021",
}
FILES = {
    "report": "reports/virtual-school-peer-review.yaml",
    "plan": "plans/virtual-school-plan.yaml",
    "review": "reviews/virtual-school-2021.yaml",
    "settings": "peerkit.yaml",
    "parties": "parties.yaml",
    "bodies": "bodies.yaml",
    "meeting": "meetings/executive-2022-02-14.yaml",
    "resolutions": "resolutions.yaml",
}


@attrs.frozen
class Council:
    """
    A copy of the example before anything happened, to be changed, checked and made papers of.
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

    def happens(self, day, text, **entries):
        """
        Write an occasion: *text* says what it says of itself, each entry what of an action.
        """
        folder = self.folder / "history"
        folder.mkdir(exist_ok=True)
        records = "".join(f"  {name}: {{{entry}}}\n" for name, entry in entries.items())
        (folder / f"{day}.yaml").write_text(
            f"day: {day}\nby: virtual-school-head\nwithin: virtual-school-plan\n{text}"
            f"records:\n{records}",
            encoding="utf-8",
        )

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

    def snapshot(self, on=MEETING):
        """
        Return the register judged on the day of the meeting, or another.
        """
        register = peerkit.load(self.folder)
        assert register.is_whole, register.problems
        return peerkit.judge(register, on=on)

    def document(self, paper="committee-report", audience="internal", subject="", on=MEETING):
        """
        Return one paper as a tree.
        """
        return peerkit.compose(
            self.snapshot(on), paper, subject or SUBJECTS[paper], audience=audience
        )

    def render(self, paper, audience="internal", format="md", on=MEETING):  # noqa: A002 - as peerkit.render
        """
        Return one paper as text, verified.
        """
        made = peerkit.render(
            self.snapshot(on), paper, SUBJECTS[paper], audience=audience, format=format
        )
        return made.decode()


def _marked(problem):
    place = problem.place
    assert place is not None, problem
    end = place.end_column or len(problem.excerpt) + 1
    return problem.excerpt[place.column - 1 : end - 1]


@pytest.fixture
def council(tmp_path):
    folder = tmp_path / "register"
    return Council(Path(shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("history"))))


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


@pytest.fixture
def tables():
    """
    What tables there are, by the key of the section each is in: headings and first column.
    """

    def tables(document):
        return {
            one.key: (
                [column.heading for column in block.columns],
                [plain_text(row.cells[0]) for row in block.rows],
            )
            for _, one in walk_sections(document)
            for block in one.blocks
            if isinstance(block, Table)
        }

    return tables


@pytest.fixture
def history(council):
    """
    What happened to the actions: one was put off twice, one is verified, nothing to one.
    """
    council.happens(
        "2022-05-01",
        ROUND,
        A1="to: under way, note: 'The *first* course was held.'",
        A2="asks_due: May 2023, reason: 'The teachers are ill.'",
        A3="to: under way, asks_due: October 2022, reason: 'New staff.'",
    )
    path = council.folder / "history" / "2022-05-02.yaml"
    path.write_text(
        "day: 2022-05-02\nby: director-education\nwithin: virtual-school-plan\n"
        "records:\n  A2: {grants: due}\n  A3: {grants: due}\n"
    )
    council.happens(
        "2022-06-01",
        ROUND,
        A1='to: done, evidence: ["A *list*", "A photograph"]',
        A2="note: 'Half of them have come.'",
        A3="asks_due: December 2022, reason: 'Newer staff.'",
    )
    path = council.folder / "history" / "2022-06-02.yaml"
    path.write_text(
        "day: 2022-06-02\nby: director-education\nwithin: virtual-school-plan\n"
        "records:\n  A1: {to: verified, impact: 'Fewer are *late*.'}\n  A3: {grants: due}\n"
    )
    council.happens("2022-07-01", ROUND, A2="asks_removal: yes, reason: 'It is done elsewhere.'")
