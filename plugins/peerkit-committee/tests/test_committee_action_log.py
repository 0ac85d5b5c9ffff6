"""
The action log of a body's meeting, in the invented borough of Northmere.
"""

import datetime as dt

import attrs
import pytest

import peerkit
from peerkit.document import (
    Fields,
    Table,
    plain_text,
    shape_problems,
    texts_of_document,
    walk_blocks,
    walk_sections,
)
from peerkit.errors import PeerkitError

CONFIGURATION = """\
peerkit: 1
requires: peerkit-committee
extends: [navsh-peer-review, {pack}]
organisation: {{name: Northmere Borough Council}}
"""
BODIES = """\
parties:
  head: {is: post, name: Head of Virtual School, held_by: okoro}
  okoro: {is: person, name: Ms Okoro}
  director: {is: post, name: Director of Education}
bodies:
  scrutiny:
    name: Scrutiny Committee
    regime: committee
    meetings:
      2023-04-05: {agenda: {7: {title: Exclusions}}}
  board:
    name: Corporate Parenting Board
    regime: none
    meetings:
      2023-03-01:
        agenda:
          timetables:
            number: "5"
            title: Part-time timetables
            commitments:
              - {what: Send members *the* figures., owner: head, due: April 2023}
      2023-05-10: {place: Town Hall, chair: okoro}
      2023-07-12:
        agenda:
          9:
            title: Attendance
            commitments:
              - Ask the schools.
      2023-09-20:
"""
RESOLUTIONS = """\
resolutions:
  timetables:
    item: board/2023-03-01/timetables
    body: board
    text: That the head report back.
    actions:
      A1: {do: Report *on* timetables., owner: head, due: 2023-05-10}
      A2: {do: Meet the governors., owner: director, due: April 2023}
  attendance:
    item: board/2023-07-12/9
    text: That the head write to schools.
    actions: {A1: {do: Write to schools., owner: head, due: next meeting}}
  exclusions:
    item: scrutiny/2023-04-05/7
    text: That the director answer.
    actions: {A1: {do: Answer the committee., owner: director, due: May 2023}}
plans:
  school:
    title: School plan
    actions:
      A1: {do: Keep a list., arises_from: timetables, owner: head, due: June 2023}
      A2: {do: Train all staff., owner: head, due: June 2023}
"""
MEETINGS = ("2023-03-01", "2023-05-10", "2023-07-12", "2023-09-20")


@attrs.frozen
class Northmere:
    """
    A register with a board that resolves, to be changed and made papers of.
    """

    folder: object

    def write(self, name, text):
        """
        Write a file.
        """
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def change(self, name, old, new):
        """
        Put *new* in the place of *old*, which stands in the file once.
        """
        text = (self.folder / name).read_text(encoding="utf-8")
        assert text.count(old) == 1, old
        self.write(name, text.replace(old, new))

    def happens(self, day, by="head", **records):
        """
        Write an occasion: each entry is what it says of an action.
        """
        said = "".join(f"  {name.replace('__', '/')}: {{{e}}}\n" for name, e in records.items())
        self.write(f"history/{day}-{by}.yaml", f"day: {day}\nby: {by}\nrecords:\n{said}")

    def load(self):
        """
        Return the register.
        """
        register = peerkit.load(self.folder)
        assert register.is_whole, register.problems
        return register

    def log(self, meeting, audience="internal", on=""):
        """
        Return the log of a meeting of the board, as of its day or another.
        """
        snapshot = peerkit.judge(self.load(), on=dt.date.fromisoformat(on or meeting))
        assert () == snapshot.refusals
        return peerkit.compose(snapshot, "action-log", f"board/{meeting}", audience=audience)

    def stand(self, meeting, **more):
        """
        Return what the log of a meeting holds: by what is to be done, the group.
        """
        return {
            plain_text(row.cells[1]): one.key
            for _, one in walk_sections(self.log(meeting, **more))
            for block in one.blocks
            if isinstance(block, Table) and block.key.startswith("actions")
            for row in block.rows
        }


@pytest.fixture(name="northmere")
def _northmere(tmp_path):
    made = Northmere(tmp_path)
    made.write("peerkit.yaml", CONFIGURATION.format(pack="actions-in-four-words"))
    made.write("bodies.yaml", BODIES)
    made.write("resolutions.yaml", RESOLUTIONS)
    return made


@pytest.fixture(name="row")
def _row():
    """
    What a log says of one action, by the column.
    """

    def row(document, what):
        (found,) = [
            {one.key: plain_text(cell) for one, cell in zip(block.columns, row.cells, strict=True)}
            for block in walk_blocks(document)
            if isinstance(block, Table) and block.key.startswith("actions")
            for row in block.rows
            if plain_text(row.cells[1]) == what
        ]
        return found

    return row


REPORT, GOVERNORS, LIST = "Report on timetables.", "Meet the governors.", "Keep a list."
WRITE = "Write to schools."


# which actions


def test_a_log_holds_what_earlier_meetings_of_its_body_asked(northmere):
    """
    Kept in the resolution or in a plan; what another body asked, or nobody, is not in it.
    """
    assert [set(), {REPORT, GOVERNORS, LIST}, {REPORT, GOVERNORS, LIST}] == [
        northmere.stand(meeting).keys() for meeting in MEETINGS[:3]
    ]
    assert {REPORT, GOVERNORS, LIST, WRITE} == northmere.stand("2023-09-20").keys()


@pytest.mark.parametrize(
    ("done", "expected"),
    [
        ("2023-05-09", [False, False]),
        ("2023-05-10", [True, False]),
        ("2023-05-11", [True, False]),
        ("2023-07-12", [True, True]),
    ],
)
def test_an_action_leaves_the_log_once_it_is_done(northmere, row, done, expected):
    """
    What is done at a meeting still stands in that meeting's log, with its status, and in
    none after.
    """
    northmere.happens(done, timetables__A1="to: complete")

    assert expected == [REPORT in northmere.stand(meeting) for meeting in MEETINGS[1:3]]
    assert REPORT not in northmere.stand("2023-09-20")
    if done == "2023-05-10":
        said = row(northmere.log("2023-05-10"), REPORT)
        assert "Complete" == said["status"]
        assert "1 March 2023, item 5: Part-time timetables" == said["arises_from"]
        assert "done" == northmere.stand("2023-05-10")[REPORT]


def test_a_log_is_as_of_its_own_meeting(northmere):
    """
    Printed beforehand, it tells what is known by then.
    """
    northmere.happens("2023-05-02", timetables__A1="to: complete")
    (job,) = [
        one
        for one in peerkit.verbs.jobs(northmere.load(), "action-log")
        if one.subject == "board/2023-05-10"
    ]
    (made,) = peerkit.verbs.render_job(northmere.load(), job, ["md"], today=dt.date(2030, 1, 1))

    assert dt.date(2023, 5, 10) == made.on
    assert b"# Action log of the Corporate Parenting Board, 10 May 2023\n" in made.content
    assert REPORT in northmere.stand("2023-05-10", on="2023-05-01")
    assert REPORT not in northmere.stand("2023-05-10", on="2023-05-02")
    assert {} == northmere.stand("2023-09-20", on="2023-02-28")


def test_all_logs_are_made_that_could_hold_anything(northmere):
    """
    The first meeting asked for everything, so no log goes to it.
    """
    jobs = peerkit.verbs.jobs(northmere.load())

    assert [f"board/{one}" for one in MEETINGS[1:]] == [
        one.subject for one in jobs if one.paper == "action-log"
    ]


def test_what_is_carried_forward_says_until_when_and_why(northmere, row):
    """
    A due day that the board put off is printed with the old one and the reason.
    """
    northmere.happens(
        "2023-05-10",
        by="board",
        timetables__A2="due: 2023-09-20, reason: 'The governors meet *then*.'",
    )
    document = northmere.log("2023-07-12")
    said = row(document, GOVERNORS)

    assert "carried" == northmere.stand("2023-07-12")[GOVERNORS]
    assert "due" == northmere.stand("2023-09-20")[GOVERNORS]
    assert "20 September 2023 (April 2023 at first, revised once)" == said["due"]
    assert (
        "10 May 2023: 20 September 2023 in place of April 2023, set by Corporate Parenting Board."
        "\nThe governors meet then."
    ) == said["revisions"]


def test_what_is_dropped_says_why(northmere, row):
    """
    In the log of the meeting that dropped it.
    """
    northmere.happens("2023-05-10", timetables__A2="to: cancelled, reason: 'They *met*.'")
    said = row(northmere.log("2023-05-10"), GOVERNORS)

    assert ("Cancelled", "They met.") == (said["status"], said["reason"])
    assert GOVERNORS not in northmere.stand("2023-07-12")


def test_the_reason_is_that_of_the_last_move(northmere, row):
    """
    Why a new day is asked for stands with what is asked.
    """
    northmere.change(
        "peerkit.yaml",
        "organisation:",
        "papers:\n  action-log: {columns: {reason: {if_stated: no}, made_on: Made}}\norganisation:",
    )
    northmere.happens("2023-04-03", timetables__A1="asks_due: June 2023, reason: Ill., of: board")
    said = row(northmere.log("2023-05-10"), REPORT)

    assert ("Not stated", "1 March 2023") == (said["reason"], said["made_on"])
    assert said["asked"].endswith("\nIll.")


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("2023-05-09", "overdue"),
        ("2023-05-12", "overdue_asked"),
        ("2023-05-22", "carried"),
    ],
)
def test_an_extension_counts_once_the_committee_grants_it(northmere, row, asked, expected):
    """
    Between the day it is asked for and that on which the board grants it, the action is
    overdue with a request; then its new day counts.
    """
    northmere.happens(
        "2023-05-12", timetables__A2="asks_due: 2023-09-20, reason: They are ill., of: board"
    )
    northmere.happens("2023-05-22", by="board", timetables__A2="grants: due")
    said = row(northmere.log("2023-07-12", on=asked), GOVERNORS)

    assert expected == northmere.stand("2023-07-12", on=asked)[GOVERNORS]
    assert ("Not started" if expected == "carried" else "Overdue") == said["status"]
    if expected == "overdue_asked":
        assert "April 2023" == said["due"]
        assert "20 September 2023, asked for on 12 May 2023\nThey are ill." == said["asked"]
    if expected == "carried":
        assert said["due"].startswith("20 September 2023 (April 2023 at first")
        assert said["revisions"].endswith("\nThey are ill.")


def test_what_is_due_at_the_next_meeting_is_due_at_that(northmere, row):
    """
    The next one of the body that resolved on it, once it is called.
    """
    said = row(northmere.log("2023-09-20"), WRITE)

    assert "due" == northmere.stand("2023-09-20")[WRITE]
    assert "next meeting (20 September 2023)" == said["due"]


# where it ends


@pytest.mark.parametrize(
    ("closed", "moves", "expected"),
    [
        ("", ["done"], True),
        ("", ["done", "verified"], False),
        ("", ["cancelled"], False),
        ("closed: done", ["under way"], True),
        ("closed: done", ["done"], False),
        ("closed: done", ["done", "verified"], False),
        ("closed: done", ["done", "under way"], True),
        ("closed: [done, verified]", ["cancelled"], False),
    ],
)
def test_a_council_may_close_its_log_at_other_stages(northmere, closed, moves, expected):
    """
    Final stages always do; what is taken up again comes back.
    """
    northmere.write("peerkit.yaml", CONFIGURATION.format(pack="actions-by-evidence"))
    if closed:
        northmere.change(
            "peerkit.yaml", "organisation:", f"papers:\n  action-log: {{{closed}}}\norganisation:"
        )
    for number, move in enumerate(moves):
        by = "director" if move == "verified" else "head"
        northmere.happens(
            f"2023-03-{10 + number}", by, timetables__A1=f"to: {move}, reason: So., evidence: It."
        )

    assert expected is (REPORT in northmere.stand("2023-05-10"))


def test_what_is_done_and_not_yet_verified_is_not_overdue(northmere):
    """
    The groups follow the table of statuses, not the due day alone.
    """
    northmere.write("peerkit.yaml", CONFIGURATION.format(pack="actions-by-evidence"))
    northmere.happens("2023-05-10", timetables__A2="to: done")

    assert {REPORT: "overdue", GOVERNORS: "before", LIST: "overdue"} == northmere.stand(
        "2023-07-12"
    )


def test_stages_that_close_a_log_are_those_of_actions(northmere):
    """
    A misspelt one is told where it stands.
    """
    northmere.change(
        "peerkit.yaml",
        "organisation:",
        "papers:\n  action-log: {closed: [finished]}\norganisation:",
    )
    found = peerkit.check(northmere.load(), on=dt.date(2023, 9, 20))
    (problem,) = [one for one in found if one.code == "unknown-stage"]

    assert "“finished” is no stage of an action" in problem.message
    assert "finished" in problem.excerpt


def test_a_table_of_statuses_cannot_ask_whether_its_action_is_overdue(northmere):
    """
    That follows from the status, so they would ask one another in a circle.
    """
    northmere.change(
        "peerkit.yaml",
        "organisation:",
        "rules:\n  action:\n    status:\n      statuses: [Overdue, Open]\n      cases:\n"
        "      key:\n      rows:\n        - {status: Overdue, overdue: 'yes'}\n"
        "        - {status: Open}\norganisation:",
    )

    assert "table-circle" in [one.code for one in peerkit.load(northmere.folder).problems]


# what else it says


def test_the_front_sheet_of_a_log(northmere):
    """
    It says to which meeting it goes, and who takes the chair.
    """
    (sheet,) = [one for one in northmere.log("2023-05-10").front if isinstance(one, Fields)]

    assert {
        "meeting": "Corporate Parenting Board, 10 May 2023, Town Hall",
        "chair": "Ms Okoro, Head of Virtual School",
    } == {one.key: plain_text(one.value) for one in sheet.fields}


def test_promises_of_earlier_meetings_stand_apart(northmere):
    """
    What no resolution carries is not followed, so it stands in every later log.
    """

    def promised(meeting, **more):
        return [
            [plain_text(cell) for cell in row.cells]
            for block in walk_blocks(northmere.log(meeting, **more))
            if isinstance(block, Table) and block.key == "commitments"
            for row in block.rows
        ]

    first = [
        "1 March 2023, item 5: Part-time timetables",
        "Send members the figures.",
        "Head of Virtual School",
        "April 2023",
    ]
    then = ["12 July 2023, item 9: Attendance", "Ask the schools.", "Not stated", "Not stated"]

    assert [[], [first], [first]] == [promised(one) for one in MEETINGS[:3]]
    assert [first, then] == promised("2023-09-20")
    assert [first] == promised("2023-09-20", on="2023-07-11")


def test_a_log_without_actions_says_so(northmere):
    """
    In the place of its table.
    """
    (actions,) = [one for one in northmere.log("2023-03-01").sections if one.key == "actions"]

    assert "No action from an earlier meeting is open." == actions.blocks[-1].empty


def test_the_public_log_holds_what_the_public_may_see(northmere):
    """
    Neither an action that is withheld, nor that nothing is left.
    """
    northmere.change(
        "peerkit.yaml",
        "organisation:",
        "papers: {action-log: {public: {regime: none}}}\norganisation:",
    )
    for text in ("do: Report", "do: Meet"):
        northmere.change("resolutions.yaml", text, f"withheld: It names a child., {text}")
    left = northmere.stand("2023-05-10", audience="public")
    northmere.change("resolutions.yaml", "do: Keep", "withheld: So., do: Keep")
    (actions,) = [
        one for one in northmere.log("2023-05-10", "public").sections if one.key == "actions"
    ]

    assert [LIST] == [*left]
    assert "Not for publication" == actions.blocks[-1].empty
    assert {REPORT, GOVERNORS, LIST} == northmere.stand("2023-05-10").keys()


def test_a_meeting_that_is_withheld_tells_the_public_nothing(northmere):
    """
    Neither its day nor what arose from it.
    """
    northmere.change(
        "peerkit.yaml",
        "organisation:",
        "papers: {action-log: {public: {regime: none}, columns: {made_on: Made}}}\norganisation:",
    )
    northmere.change(
        "bodies.yaml", "      2023-03-01:\n", "      2023-03-01:\n        withheld: So.\n"
    )
    said = {
        audience: " ".join(texts_of_document(northmere.log("2023-05-10", audience)))
        for audience in ("internal", "public")
    }

    assert "1 March" in said["internal"]
    assert "1 March" not in said["public"]
    assert LIST not in said["public"]


def test_templates_know_the_names_of_a_log(northmere):
    """
    All that it holds has a name that its shape tells.
    """
    snapshot = peerkit.judge(northmere.load(), on=dt.date(2023, 5, 10))
    settings = snapshot.configuration.papers["action-log"]
    shape = peerkit.gather().papers["action-log"].shape(snapshot.configuration, settings)

    assert [] == [*shape_problems(shape, northmere.log("2023-05-10"))]
    assert "tables.actions_overdue.rows[].arises_from.text" in shape
    assert "tables.commitments.rows[].what.text" in shape


def test_checks_find_nothing_to_say_of_a_log(northmere):
    """
    A meeting owes its log nothing, even where its sections are required.
    """
    northmere.change(
        "peerkit.yaml",
        "organisation:",
        "papers:\n  action-log: {sections: {commitments: {heading: Promised, required: yes}}}\n"
        "organisation:",
    )
    found = [one.code for one in peerkit.check(northmere.load(), on=dt.date(2023, 9, 20))]

    assert {"missing-section", "not-shown", "written-but-waiting", "missing-key"}.isdisjoint(found)


@pytest.mark.parametrize("format_", ["md", "docx"])
def test_a_log_is_drawn_alike_each_time(northmere, format_):
    """
    The same day, the same bytes.
    """

    def made():
        snapshot = peerkit.judge(northmere.load(), on=dt.date(2023, 5, 10))
        return peerkit.render(snapshot, "action-log", "board/2023-05-10", format=format_)

    assert made() == made()


def test_an_action_that_no_group_takes_is_refused(northmere):
    """
    The loader has proven that there is none; a register made otherwise is told.
    """
    snapshot = peerkit.judge(northmere.load(), on=dt.date(2023, 5, 10))
    settings = snapshot.configuration.papers["action-log"]
    groups = {"late": settings.usual_groups["overdue"]}
    paper = peerkit.gather().papers["action-log"]
    record = snapshot.register.get("meeting", "board/2023-05-10")
    seen = peerkit.View(snapshot=snapshot, audience=peerkit.Audience.INTERNAL)

    with pytest.raises(PeerkitError, match="belongs to none of the groups of action-log"):
        paper.compose(seen, record, attrs.evolve(settings, groups=groups))
