import datetime as dt
import json
import shutil
from pathlib import Path

import pytest

import peerkit
from peerkit import Deadline, DeadlineSource, DeadlineState, Export, hookimpl
from peerkit.builtin import deadlines
from peerkit.cli import main
from peerkit.cli.exits import Exit

HERE = Path(__file__).parent / "northmere"
pytestmark = pytest.mark.usefixtures("only_northmere_is_installed")

ON = "2022-05-02"
S = DeadlineState


class Business:
    """
    A plugin of Northmere that knows what its committee has to publish; *found* gives what it
    finds, *drawn* what it draws.
    """

    def __init__(self):
        self.found = self.usual
        self.drawn = lambda calendar: "\n".join(
            f"{one.day} {calendar.title_of(one.record)}" for one in calendar.deadlines
        ).encode()

    def usual(self, snapshot):
        """
        Yield a deadline of every state, all of the one plan there is.
        """
        plan = snapshot.register.records.get("plan", {}).get("plan")
        if plan is None:
            return
        rules = "Local Government Act 1972, section 100B"
        told = [
            ("agenda", "Publish the agenda", S.MET, dt.date(2022, 2, 4), dt.date(2022, 2, 3)),
            (
                "notice",
                "Give notice of the decision",
                S.LATE,
                dt.date(2022, 1, 14),
                dt.date(2022, 1, 18),
            ),
            ("minutes", "Publish the minutes", S.MISSED, dt.date(2022, 3, 14), None),
        ]
        for rule, what, state, day, done in told:
            yield Deadline(
                record=plan, rule=rule, what=what, state=state, day=day, done=done, source=rules
            )
        yield Deadline(
            record=plan,
            rule="follow_up",
            what="Follow up the review.",
            state=S.AHEAD,
            day=dt.date(2022, 5, 7),
            time="10 am",
            working_day=dt.date(2022, 5, 6),
            counted="5 clear working days before the meeting (14 May 2022)",
            source="The constitution, part 4",
            assumed=("the day of the meeting", "its time"),
        )
        yield Deadline(
            record=plan,
            rule="call_in",
            what="The last day on which the decision may be called in",
            state=S.OVER,
            day=dt.date(2022, 2, 21),
            duty=False,
        )
        yield Deadline(
            record=plan,
            rule="scrutiny",
            what="Report to scrutiny",
            state=S.UNKNOWN,
            missing=("the day of the meeting", "whether it is urgent"),
        )

    @hookimpl
    def peerkit_deadlines(self):
        """
        Offer what it finds.
        """
        return [
            DeadlineSource(
                name="business",
                doc="What a committee has to publish.",
                find=self.found,
                used=lambda: "bank holidays of Northmere, 3rd edition",
            )
        ]

    @hookimpl
    def peerkit_exports(self):
        """
        Offer what it draws.
        """
        return [
            Export(
                name="lines",
                doc="One line a deadline.",
                suffix=".txt",
                media_type="text/plain",
                draw=self.drawn,
            )
        ]


@pytest.fixture(name="business")
def _business(monkeypatch):
    business = Business()

    def gather(without=()):
        extra = [] if "northmere-business" in without else [("northmere-business", business)]
        return peerkit.gather(extra=extra)

    monkeypatch.setattr("peerkit.cli.checking.gather", gather)
    return business


@pytest.fixture(name="judged", autouse=True)
def _judged(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)
    return Path(shutil.copytree(HERE / "judged", tmp_path / "judged"))


def calendar(capsys, *arguments, on=ON):
    code = main(["calendar", "judged", *(["--on", on] if on else []), *arguments])
    return code, capsys.readouterr().out


AS_READ = """\
judged on 2 May 2022

Missed
  Monday 14 March 2022 (49 days past): Publish the minutes.
    plan plan: Plan for libraries
    Source: Local Government Act 1972, section 100B.
  Saturday 30 April 2022 (2 days past): The action is due.
    action plan/A1: Count the visitors.

Late
  Friday 14 January 2022 (done on 18 January 2022, 4 days late): Give notice of the
      decision.
    plan plan: Plan for libraries
    Source: Local Government Act 1972, section 100B.

Ahead
  Saturday 7 May 2022, 10 am (in 5 days; working day: Friday 6 May 2022): Follow up the
      review.
    plan plan: Plan for libraries
    Counted: 5 clear working days before the meeting (14 May 2022). Source: The
      constitution, part 4.
    Assumed: the day of the meeting and its time.
  Sunday 31 July 2022 (in 90 days): The action is due.
    action plan/A2: Buy books.
    Counted: the last day of July 2022.

Not known
  The action is due.
    action plan/A3: Mend the roof.
    The register does not state the day of the next meeting.
  Report to scrutiny.
    plan plan: Plan for libraries
    The register does not state the day of the meeting and whether it is urgent.

1 was met and 1 is over. To see them: peerkit calendar judged --on 2022-05-02 --all
Days were counted by: bank holidays of Northmere, 3rd edition.
To see 4 advice: peerkit check judged
To have them as a file for calendar programs: peerkit calendar judged --on 2022-05-02 --as lines
To see what stands where: peerkit status judged --on 2022-05-02
"""

DONE_WITH = """\
Over
  Monday 21 February 2022 (70 days past): The last day on which the decision may be called
      in.
    plan plan: Plan for libraries

Met
  Friday 4 February 2022 (done on 3 February 2022): Publish the agenda.
    plan plan: Plan for libraries
    Source: Local Government Act 1972, section 100B.

Days were counted by"""


# for people


@pytest.mark.usefixtures("business")
def test_deadlines_read_well(capsys):
    """
    What was missed comes first, then what was late, what lies ahead and what is not known;
    with how each day was counted and by which rule.
    """
    assert (Exit.FINE, AS_READ) == calendar(capsys)


@pytest.mark.usefixtures("business")
def test_what_is_done_with_is_told_when_asked_for(capsys):
    """
    With --all also what was met and what is over, and nothing is left to be seen.
    """
    code, out = calendar(capsys, "--all")

    assert Exit.FINE == code
    assert DONE_WITH in out
    assert "To see them:" not in out
    assert "--all --as lines" in out


def test_what_is_done_with_is_told_where_nothing_else_is(capsys, business):
    """
    An answer is never empty while there is something to tell.
    """
    business.found = lambda snapshot: [
        one for one in business.usual(snapshot) if one.state in (S.MET, S.OVER)
    ]
    shutil.rmtree("judged/history")
    path = Path("judged/plans/plan.yaml")
    path.write_text(path.read_text("utf-8").partition("actions:")[0], "utf-8")
    _, out = calendar(capsys)

    assert DONE_WITH in out
    assert "To see them:" not in out


@pytest.mark.parametrize(
    ("on", "said"),
    [
        ("2022-05-06", "Saturday 7 May 2022, 10 am (in 1 day; working day: Friday 6 May 2022)"),
        ("2022-05-07", "Saturday 7 May 2022, 10 am (today; working day: Friday 6 May 2022)"),
        ("2022-05-01", "Saturday 30 April 2022 (1 day past)"),
        ("2022-04-30", "Saturday 30 April 2022 (today)"),
    ],
)
@pytest.mark.usefixtures("business")
def test_days_left_are_told(capsys, on, said):
    """
    One day is no days, and the last day is in time.
    """
    assert said in calendar(capsys, on=on)[1]


def test_what_is_planned_is_not_done_yet(capsys, business):
    """
    A day that lies ahead tells what is meant to happen.
    """
    business.found = lambda snapshot: [dated(snapshot, done=dt.date(2022, 5, 30))]

    assert (
        "Wednesday 1 June 2022 (in 30 days; to be done on 30 May 2022): W." in calendar(capsys)[1]
    )


def test_without_a_day_it_is_today(capsys, monkeypatch):
    """
    Only the command line knows what day it is; and what it says to run next names none.
    """
    monkeypatch.setattr("peerkit.cli.options.today", lambda: dt.date(2022, 5, 2))
    _, out = calendar(capsys, on=None)

    assert "judged on 2 May 2022\n" in out
    assert out.endswith("\nTo see what stands where: peerkit status judged\n")


def test_due_days_follow_what_was_recorded(capsys):
    """
    A new due day counts, what it was is told, and what is finished has none.
    """
    _, out = calendar(capsys, on="2022-09-30")

    assert "Counted: the last day of December 2022; was July 2022." in out
    assert "plan/A4" not in out


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (peerkit.parse_day("9 March 2022"), ""),
        (peerkit.parse_day("March 2022"), "the last day of March 2022"),
        (peerkit.parse_day("8 to 9 March 2022"), "the last day of 8 to 9 March 2022"),
        (peerkit.parse_day("next meeting"), ""),
        (
            peerkit.Day("next meeting (9 March 2022)", dt.date(2022, 3, 9), dt.date(2022, 3, 9)),
            "due next meeting (9 March 2022)",
        ),
    ],
)
def test_what_a_due_day_was_written_as_is_told(due, said):
    """
    A day that says no more than the day itself is not said twice.
    """
    assert said == deadlines._counted(peerkit.State(), due)


def test_a_due_day_that_no_status_is_owed_to_is_none(capsys, judged):
    """
    What awaits its evidence is not missed, as it is not overdue.
    """
    path = judged / "history/2022-05-09-cabinet.yaml"
    path.unlink()
    _, out = calendar(capsys, on="2022-06-01")

    assert "plan/A1" in out
    assert "plan/A4" not in out


def test_actions_need_no_rules(capsys, judged):
    """
    A due day is a deadline also where nothing has stages.
    """
    shutil.rmtree(judged / "history")
    path = judged / "peerkit.yaml"
    text = path.read_text(encoding="utf-8").partition("rules:")[0]
    path.write_text(text.replace("extends: [reviews, actions-by-evidence]\n", ""), "utf-8")
    code, out = calendar(capsys)

    assert Exit.FINE == code
    assert "action plan/A4: Stay open until eight." in out


def test_a_register_without_deadlines_says_so(capsys, judged):
    """
    Whoever sees nothing learns what would be seen.
    """
    shutil.rmtree(judged / "history")
    path = judged / "plans/plan.yaml"
    path.write_text(path.read_text("utf-8").partition("actions:")[0], "utf-8")
    code, out = calendar(capsys)

    assert Exit.FINE == code
    assert "There are no deadlines.\nAn action has one if it has a due day." in out
    assert "--as" not in out


def test_nothing_steers_the_console(capsys, business):
    """
    What a plugin says is cleaned as what a file says.
    """
    business.found = lambda snapshot: [
        Deadline(
            record=snapshot.register.get("plan", "plan"),
            rule="odd",
            what="Clear \x1b[2J the screen",
            state=S.AHEAD,
            day=dt.date(2022, 6, 1),
            time="\x1b[31m",
            source="a\nb\x07",
        )
    ]

    assert "\x1b" not in calendar(capsys)[1]
    assert "\x07" not in calendar(capsys)[1]


# how it ends


def test_faults_are_told_as_check_tells_them(capsys, judged):
    """
    What could not be taken in has no deadlines.
    """
    path = judged / "plans/plan.yaml"
    path.write_text(path.read_text("utf-8").replace("due: July", "due: Juli"), "utf-8")
    code, out = calendar(capsys)

    assert Exit.FAULT == code
    assert "“Juli 2022” is not a day" in out
    assert "Missed" not in out
    told = json.loads(calendar(capsys, "--json")[1])
    assert ([], {}, [], 2) == (told["deadlines"], told["counts"], told["used"], told["exit"])
    assert told["problems"]


def test_an_error_hides_no_deadline(capsys, judged, business):
    """
    What was not permitted is told, and no file is written.
    """
    path = judged / "history/2022-05-09-cabinet.yaml"
    path.write_text(path.read_text("utf-8").replace("by: cabinet", "by: head"), "utf-8")
    code = main(["calendar", "judged", "--on", "2022-06-30", "--as", "lines"])
    said = capsys.readouterr()

    assert business
    assert Exit.ERROR == code
    assert "action plan/A1: Count the visitors." in said.out
    assert "Not permitted, and so not counted" in said.out
    assert "peerkit: No file was written, because of 2 errors" in said.err
    assert not Path("papers").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--out", "x"], "add --as ics"),
        (["--as", "ics"], "python -m pip install peerkit-committee. There are: lines."),
        (["--as", "odd"], "There is no calendar file “odd” here."),
        (["--on", "July 2022"], "one day is needed here"),
    ],
)
@pytest.mark.usefixtures("business")
def test_what_cannot_be_is_refused(capsys, arguments, said):
    """
    Nothing is guessed, and what would help is told.
    """
    assert Exit.FAULT == main(["calendar", "judged", *arguments])
    assert said in capsys.readouterr().err


# plugins that break


def dated(snapshot, **given):
    whole = {"record": snapshot.register.get("plan", "plan"), "rule": "r", "what": "W"}
    return Deadline(**{**whole, "state": S.AHEAD, "day": dt.date(2022, 6, 1), **given})


def broken(_snapshot):
    raise ValueError("no luck")


def late_broken(snapshot):
    yield dated(snapshot)
    raise SystemExit("gone")


BROKEN = {
    "raises": (broken, "failed while working out business: ValueError: no luck"),
    "raises in the midst": (late_broken, "failed while working out business: SystemExit: gone"),
    "nothing": (lambda _: None, "failed while working out business: TypeError"),
    "texts": (lambda _: ["x"], "gives str in place of a deadline among the deadlines of business"),
    "no record": (lambda s: [dated(s, record=None)], "gives NoneType as “record” of one"),
    "moment": (
        lambda s: [dated(s, day=dt.datetime(2022, 6, 1, tzinfo=dt.UTC))],
        "gives datetime as “day” of one",
    ),
    "text as day": (lambda s: [dated(s, done="2022")], "gives str as “done” of one"),
    "text as state": (lambda s: [dated(s, state="met")], "gives str as “state” of one"),
    "text as several": (lambda s: [dated(s, missing="it")], "gives str as “missing” of one"),
    "no source": (lambda s: [dated(s, source=None)], "gives NoneType as “source” of one"),
    "not there": (
        lambda s: [dated(s, record=peerkit.Plan(id="other", title="Other"))],
        "gives one for a record that is not in the register",
    ),
}


@pytest.mark.parametrize(("find", "said"), BROKEN.values(), ids=BROKEN)
def test_a_source_that_breaks_is_named(capsys, business, find, said):
    """
    The command stops with 2 and names the plugin; without it, it goes on.
    """
    business.found = find
    code = main(["calendar", "judged", "--on", ON])
    err = capsys.readouterr().err

    assert Exit.FAULT == code
    assert err.startswith("peerkit: The plugin northmere-business ")
    assert said in err
    assert "--no-plugin northmere-business" in err
    assert Exit.FINE == main(["calendar", "judged", "--no-plugin", "northmere-business"])


@pytest.mark.parametrize(
    ("drawn", "said"),
    [
        (broken, "failed while drawing lines: ValueError: no luck"),
        (lambda _: "text", "drew lines as str, not bytes"),
    ],
)
def test_an_export_that_breaks_is_named(capsys, business, drawn, said):
    """
    The command stops with 2, names the plugin and writes nothing.
    """
    business.drawn = drawn

    assert Exit.FAULT == main(["calendar", "judged", "--as", "lines"])
    assert f"peerkit: The plugin northmere-business {said}" in capsys.readouterr().err
    assert not Path("papers").exists()


def test_a_plugin_that_prints_leaves_json_valid(capsys, business):
    """
    What it prints while it works goes to stderr.
    """

    def find(snapshot):
        print("working")  # noqa: T201 - as plugins do
        return business.usual(snapshot)

    business.found = find

    assert "calendar/1" == json.loads(calendar(capsys, "--json")[1])["peerkit"]


@pytest.mark.parametrize("hook", ["peerkit_deadlines", "peerkit_exports"])
def test_two_of_one_name_are_named(hook):
    """
    The error names both plugins.
    """
    extra = [(name, Business()) for name in ("first", "second")]
    for _, plugin in extra:
        for other in {"peerkit_deadlines", "peerkit_exports"} - {hook}:
            setattr(plugin, other, None)

    with pytest.raises(peerkit.errors.PluginError, match=f"first and second offer .* {hook}"):
        peerkit.gather(extra=extra)


def test_what_is_no_source_is_named():
    """
    A hook that returns something else is an error of that plugin.
    """
    plugin = Business()
    plugin.peerkit_deadlines = hookimpl(lambda: ["x"], specname="peerkit_deadlines")

    with pytest.raises(peerkit.errors.PluginError, match="several DeadlineSource are expected"):
        peerkit.gather(extra=[("odd", plugin)])


# for programs


@pytest.mark.usefixtures("business")
def test_json_is_as_documented(capsys):
    """
    Programs are told of every deadline, in a shape that stays.
    """
    code, out = calendar(capsys, "--json")
    told = json.loads(out)

    assert Exit.FINE == code
    assert {
        "peerkit": "calendar/1",
        "register": "judged",
        "folder": "judged",
        "on": ON,
        "audience": "internal",
        "counts": {"met": 1, "late": 1, "missed": 2, "ahead": 2, "over": 1, "not known": 2},
        "used": ["bank holidays of Northmere, 3rd edition"],
        "refused": [],
        "written": None,
        "exit": 0,
    } == {key: told[key] for key in told if key not in ("deadlines", "problems")}
    days = [(one["day"], one["kind"], one["id"], one["rule"]) for one in told["deadlines"]]
    assert sorted(days, key=lambda one: (one[0] is None, *map(str, one))) == days
    assert 9 == len(days)
    assert {
        "kind": "plan",
        "id": "plan",
        "title": "Plan for libraries",
        "rule": "follow_up",
        "what": "Follow up the review.",
        "state": "ahead",
        "day": "2022-05-07",
        "time": "10 am",
        "working_day": "2022-05-06",
        "days_left": 5,
        "done": None,
        "counted": "5 clear working days before the meeting (14 May 2022)",
        "source": "The constitution, part 4",
        "missing": [],
        "assumed": ["the day of the meeting", "its time"],
        "duty": True,
    } == told["deadlines"][5]
    assert {
        "kind": "action",
        "id": "plan/A3",
        "title": "Mend the roof.",
        "rule": "due",
        "what": "The action is due",
        "state": "not known",
        "day": None,
        "time": "",
        "working_day": None,
        "days_left": None,
        "done": None,
        "counted": "",
        "source": "",
        "missing": ["the day of the next meeting"],
        "assumed": [],
        "duty": True,
    } == told["deadlines"][7]


# as a file


DRAWN = "papers/calendar.txt"


@pytest.mark.usefixtures("business")
def test_a_file_is_written_where_papers_go(capsys):
    """
    It is told what was written, what is not in it, and what to do with it.
    """
    code, out = calendar(capsys, "--as", "lines")

    assert Exit.FINE == code
    assert (
        """\
papers/calendar.txt  Deadlines of Northmere Borough Council on 2 May 2022

5 deadlines written into papers/calendar.txt.
2 deadlines without a day left out. To see what is not known: peerkit calendar judged --on 2022-05-02
1 was met and 1 is over. To see them: peerkit calendar judged --on 2022-05-02 --all
Days were counted by: bank holidays of Northmere, 3rd edition.
To see 4 advice: peerkit check judged
Next: open papers/calendar.txt with a calendar program.
"""
        == out
    )
    assert "2022-04-30 Count the visitors." in Path(DRAWN).read_text("utf-8")
    assert "2022-02-21" not in Path(DRAWN).read_text("utf-8")


@pytest.mark.usefixtures("business")
def test_a_file_holds_all_that_is_asked_for(capsys):
    """
    What is done with is in it with --all.
    """
    told = json.loads(calendar(capsys, "--as", "lines", "--all", "--json")[1])

    assert {
        "file": DRAWN,
        "format": "lines",
        "deadlines": 7,
        "without_day": 2,
    } == told["written"]
    assert "2022-02-21" in Path(DRAWN).read_text("utf-8")


@pytest.mark.parametrize(
    ("out", "file"),
    [
        ("mine.txt", "mine.txt"),
        ("there/mine.TXT", "there/mine.TXT"),
        ("there", "there/calendar.txt"),
        ("judged-papers", "judged-papers/calendar.txt"),
        ("folder.txt", "folder.txt/calendar.txt"),
    ],
)
@pytest.mark.usefixtures("business")
def test_a_file_goes_where_it_is_to_go(capsys, out, file):
    """
    --out names the file, or the folder for it.
    """
    Path("folder.txt").mkdir()

    assert Exit.FINE == calendar(capsys, "--as", "lines", "--out", out)[0]
    assert Path(file).is_file()


@pytest.mark.parametrize(
    "out", ["judged", "judged/plans", "judged/mine.txt", "./judged/plans/x.txt"]
)
@pytest.mark.usefixtures("business")
def test_no_file_lies_in_the_register(out):
    """
    Files of the register are people's own.
    """
    before = sorted(Path("judged").rglob("*"))

    assert Exit.REFUSED == main(["calendar", "judged", "--as", "lines", "--out", out])
    assert before == sorted(Path("judged").rglob("*"))


@pytest.mark.usefixtures("business")
def test_inside_a_register_it_lies_beside_it(capsys, judged, monkeypatch):
    """
    As papers do.
    """
    monkeypatch.chdir(judged)
    assert Exit.FINE == main(["calendar", ".", "--on", ON, "--as", "lines"])

    assert (judged.parent / "judged-papers/calendar.txt").is_file()
    assert "judged-papers/calendar.txt" in capsys.readouterr().out


@pytest.mark.usefixtures("business")
def test_another_file_is_replaced_only_when_asked(capsys):
    """
    The same calendar again is no change; any other needs --overwrite.
    """
    first = calendar(capsys, "--as", "lines")
    assert first == calendar(capsys, "--as", "lines")
    before = Path(DRAWN).read_bytes()
    code = main(["calendar", "judged", "--on", "2022-05-01", "--as", "lines", "--all"])

    assert Exit.UNWRITTEN == code
    assert "papers/calendar.txt is there already" in capsys.readouterr().err
    assert before == Path(DRAWN).read_bytes()
    assert Exit.FINE == calendar(capsys, "--as", "lines", "--all", "--overwrite")[0]
    assert before != Path(DRAWN).read_bytes()


# for the public


@pytest.fixture(name="withheld")
def _withheld(judged):
    path = judged / "plans/plan.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("do: Count", "withheld: Staff are named.\n    do: Count"), "utf-8")


@pytest.mark.usefixtures("business", "withheld")
def test_the_public_sees_nothing_withheld(capsys):
    """
    Not in words, not in JSON, not in a file; and its file is another.
    """
    assert "plan/A1" in calendar(capsys)[1]
    _, said = calendar(capsys, "--public")
    _, told = calendar(capsys, "--public", "--json", "--as", "lines")

    assert "judged on 2 May 2022, as the public may see it\n" in said
    assert "--on 2022-05-02 --public --all" in said
    for one in (said, told, Path("papers/calendar-public.txt").read_text("utf-8")):
        assert "Mend the roof" in one
        assert "A1" not in one
        assert "visitors" not in one
        assert "Staff" not in one
    assert ("public", []) == (json.loads(told)["audience"], json.loads(told)["problems"])


@pytest.mark.usefixtures("withheld")
def test_a_source_is_asked_of_what_the_public_may_see(capsys, business):
    """
    A source cannot tell what it is not shown.
    """
    seen = []
    business.found = lambda snapshot: seen.extend(snapshot.register.of_kind("action")) or ()
    calendar(capsys, "--public")

    assert ["plan/A2", "plan/A3", "plan/A4"] == [one.id for one in seen]


@pytest.mark.usefixtures("withheld")
@pytest.mark.parametrize("arguments", [(), ("--json",), ("--as", "lines")])
def test_a_source_that_tells_too_much_is_stopped(capsys, business, arguments):
    """
    Wherever a withheld text stands, there is no public calendar with it.
    """
    business.found = lambda snapshot: [dated(snapshot, counted="as: Count the visitors. Always")]
    code = main(["calendar", "judged", "--public", *arguments])
    said = capsys.readouterr()

    assert Exit.REFUSED == code
    assert "visitors" not in said.out + said.err
    assert not Path("papers").exists()


# as a library


def test_deadlines_are_there_for_programs(judged):
    """
    The same, sorted, without the command line.
    """
    offers = peerkit.gather(extra=[("northmere-business", Business())])
    snapshot = peerkit.judge(
        peerkit.load(judged, offers=offers), on=dt.date(2022, 5, 2), offers=offers
    )
    found = peerkit.deadlines_of(snapshot, offers=offers)

    assert [
        ("notice", -108),
        ("agenda", -87),
        ("call_in", -70),
        ("minutes", -49),
        ("due", -2),
        ("follow_up", 5),
        ("due", 90),
        ("due", None),
        ("scrutiny", None),
    ] == [(one.rule, one.left(snapshot.on)) for one in found]
