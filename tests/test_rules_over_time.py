"""
Rules that change, reviews that are put off, and who may know what a status rests on.
"""

import datetime as dt

import pytest

import peerkit
from peerkit.views import Audience, view

HEAD = """\
peerkit: 1
organisation: {name: Northmere Borough Council, notices: Illustrative}
"""
KINDS = """\
review_kinds:
  peer review:
    findings:
      development: {one: area, many: areas, needs_response: yes}
"""
PEOPLE = """\
parties:
  mara: {is: person, name: Mara}
  joe: {is: person, name: Joe}
  head: {is: post, name: Head, held_by: mara}
  solo: {is: group, name: Solo, members: [joe]}
"""
REVIEW = "review: r\ntitle: Review\nkind: peer review\n"
PLAN = "plan: p\ntitle: Plan\n{more}actions:\n  A1: {{do: Begin., owner: joe, due: 2030-01-01}}\n"


def entry(day, subject, told, by="head"):
    """
    Return the file of an occasion with one entry.
    """
    return f"day: {day}\nby: {by}\nrecords:\n  {subject}: {{{told}}}\n"


def judged(council, on, kind):
    """
    Return the register judged on a day, and its first record of a kind.
    """
    council.on = dt.date.fromisoformat(on)
    snapshot = council.judge()
    return snapshot, snapshot.register.of_kind(kind)[0]


def test_a_review_that_was_put_off_goes_on_by_its_days(council):
    """
    That it was commissioned before it was postponed does not keep it from being visited.
    """
    files = {
        "peerkit.yaml": HEAD + KINDS + "extends: [reviews, actions-in-four-words]\n",
        "x.yaml": PEOPLE,
        "r.yaml": REVIEW + "commissioned: 2021-01-01\nvisit: 2022-05-05\n",
        "history/a.yaml": entry("2021-02-01", "r", "to: postponed, reason: Floods."),
    }
    council.write(files)

    assert "Postponed" == judged(council, "2022-05-04", "review")[0].status(
        judged(council, "2022-05-04", "review")[1]
    )
    snapshot, review = judged(council, "2022-05-06", "review")
    assert ("visited", ()) == (snapshot.state(review).stage, snapshot.refusals)


def test_a_review_that_was_put_off_can_be_commissioned_again(council):
    """
    Its day stands in the record; that it is on again is news all the same.
    """
    files = {
        "peerkit.yaml": HEAD + KINDS + "extends: [reviews]\n",
        "x.yaml": PEOPLE,
        "r.yaml": REVIEW + "commissioned: 2021-01-01\n",
        "history/a.yaml": entry("2021-02-01", "r", "to: postponed, reason: Floods."),
        "history/b.yaml": entry("2021-06-01", "r", "to: commissioned"),
    }
    council.write(files)
    snapshot, review = judged(council, "2021-06-01", "review")

    assert ("commissioned", ()) == (snapshot.state(review).stage, snapshot.refusals)


def test_what_is_to_be_answered_is_asked_of_the_day(council):
    """
    That findings need no response from 2030 on changes nothing before.
    """
    later = (
        "from:\n  2030-01-01:\n    review_kinds:\n      peer review:\n        findings:\n"
        "          development: {needs_response: no}\n"
    )
    files = {
        "peerkit.yaml": HEAD + KINDS + "extends: [reviews]\n" + later,
        "r.yaml": REVIEW + "report_received: 2021-10-01\ndevelopment: {D1: Do it.}\n",
    }
    council.write(files)
    told = []
    for day in ("2029-12-31", "2030-01-01"):
        snapshot, finding = judged(council, day, "finding")
        told.append(snapshot.status(finding))

    assert ["Awaiting response", "Noted"] == told


LIFE = """\
rules:
  action:
    lifecycle:
      stages: [agreed, done]
      final: [done]
      moves: [{from: agreed, to: done}]
    status:
      statuses: [Open, Done]
      rows: [{status: Done, stage: done}, {status: Open, stage: agreed}]
"""
EARLIER = """\
    rules:
      action:
        lifecycle:
          stages: [proposed, agreed, done]
          moves: [{from: proposed, to: agreed}, {from: agreed, to: done}]
        status: {rows: [{status: Done, stage: done}, {status: Open}]}
"""


def _indented(text):
    return "".join(f"    {line}\n" for line in text.splitlines())


@pytest.mark.parametrize("touched", [True, False], ids=["noted before", "untouched"])
@pytest.mark.parametrize(
    ("configuration", "expected"),
    [
        pytest.param("from:\n  2025-01-01:\n" + _indented(LIFE), "agreed", id="rules that begin"),
        pytest.param(LIFE + "from:\n  2025-01-01:\n" + EARLIER, "agreed", id="another first stage"),
    ],
)
def test_every_record_begins_at_the_stage_that_was_first(council, configuration, expected, touched):
    """
    Whether anything was said of it before the rules came or changed makes no difference.
    """
    council.write(
        {"peerkit.yaml": HEAD + configuration, "x.yaml": PEOPLE, "p.yaml": PLAN.format(more="")}
    )
    if touched:
        council.write({"history/a.yaml": entry("2024-05-01", "p/A1", "note: Not yet.")})
    council.write({"history/b.yaml": entry("2025-02-01", "p/A1", "to: done")})
    told = []
    for day in ("2025-01-31", "2025-02-01"):
        snapshot, action = judged(council, day, "action")
        told.append((snapshot.state(action).stage, snapshot.status(action)))

    assert [(expected, "Open"), ("done", "Done")] == told


def test_days_that_came_before_the_rules_count_from_their_first_day(council):
    """
    A visit of 2024 is known to rules that begin in 2025.
    """
    life = (
        "from:\n  2025-01-01:\n    rules:\n      review:\n        lifecycle:\n"
        "          stages: [planned, visited]\n          final: [visited]\n"
        "          dated: {visited: visit}\n          moves: [{from: planned, to: visited}]\n"
    )
    council.write({"peerkit.yaml": HEAD + KINDS + life, "r.yaml": REVIEW + "visit: 2024-10-01\n"})
    snapshot, review = judged(council, "2025-03-01", "review")
    state = snapshot.state(review)

    assert ("visited", dt.date(2025, 1, 1)) == (state.stage, state.since)


def test_a_stage_stays_even_if_there_were_no_rules_in_between(council):
    """
    A record may be in it still.
    """
    between = "from:\n  2023-01-01:\n    rules: {action: {lifecycle: , status: }}\n"
    after = "  2024-01-01:\n" + _indented(
        LIFE.replace("[agreed, done]", "‹[agreed, ended]").replace("done", "ended")
    )
    problems = council.problems({"peerkit.yaml": HEAD + LIFE + between + after})

    assert ["lifecycle-stage-gone"] == [one.code for one in problems]


def test_a_rating_in_a_word_that_is_gone_is_none(council):
    """
    Under the new scale it is not rated, in facts and in print alike.
    """
    scale = "rules: {action: {ratings: {impact: {scale: [None, Great]}}}}\n"
    later = "from: {2024-01-01: {rules: {action: {ratings: {impact: {scale: [Low, High]}}}}}}\n"
    files = {
        "peerkit.yaml": HEAD + scale + later,
        "x.yaml": PEOPLE,
        "p.yaml": PLAN.format(more=""),
        "history/a.yaml": entry("2022-05-01", "p/A1", "ratings: {impact: Great}"),
    }
    council.write(files)
    told = []
    for day in ("2023-12-31", "2024-01-01"):
        snapshot, action = judged(council, day, "action")
        told.append((snapshot.rating(action, "impact"), snapshot.ask(action, "impact rating")))

    assert [("Great", "Great"), ("", "not rated")] == told


def test_what_a_pack_says_from_a_day_gives_way_to_the_register(council):
    """
    The register's own words come last, whatever the day.
    """
    pack = (
        "rules: {action: {soon: 28}}\nfrom: {2023-01-01: {rules: {action: {soon: 14, stale: 9}}}}\n"
    )
    files = {
        "packs/ours/pack.yaml": pack,
        "peerkit.yaml": HEAD + "extends: ./packs/ours\nrules: {action: {soon: 7}}\n",
    }
    rules = council.load(files).configuration.on(dt.date(2024, 1, 1)).rules["action"]

    assert (7, 9) == (rules.soon, rules.stale)


def test_notices_are_needed_on_every_day(council):
    """
    Made-up records would be printed without a word from the day the notice is gone.
    """
    later = "from: {2023-01-01: {organisation: {notices: }}}\n"
    files = {"peerkit.yaml": HEAD + KINDS + later, "r.yaml": REVIEW + "illustrative: yes\n"}

    assert ["illustrative-unsaid"] == [one.code for one in council.problems(files)]


@pytest.mark.parametrize(
    "told",
    [
        ["asks_due: 2031-01-01, reason: Late., of: solo", "grants: due"],
        ["to: done", "to: verified, evidence: A list"],
    ],
    ids=["granting", "verifying"],
)
def test_a_group_of_one_is_that_one(council, told):
    """
    Nobody grants or verifies their own by calling themselves a group.
    """
    first, second = told
    files = {
        "peerkit.yaml": HEAD + "extends: actions-by-evidence\n",
        "x.yaml": PEOPLE,
        "p.yaml": PLAN.format(more=""),
        "history/a.yaml": entry("2024-01-01", "p/A1", first, by="joe"),
        "history/b.yaml": entry("2024-01-02", "p/A1", second, by="solo"),
    }
    council.on = dt.date(2024, 2, 1)
    problems = council.problems(files)

    assert ["not-permitted"] == [one.code for one in problems if one.code != "history-unsealed"]


def test_a_status_tells_the_public_nothing_of_what_is_withheld(council):
    """
    A finding that only a withheld action answers looks unanswered to the public.
    """
    action = (
        "plan: p\ntitle: Plan\nanswers: r\nactions:\n  A1: {do: x, answers: D1, owner: joe%s}\n"
    )
    files = {
        "peerkit.yaml": HEAD + KINDS + "extends: [reviews, actions-in-four-words]\n",
        "x.yaml": PEOPLE,
        "r.yaml": REVIEW + "report_received: 2021-10-01\ndevelopment: {D1: Do it.}\n",
        "p.yaml": action % ", withheld: Advice is awaited.",
    }
    snapshot, finding = judged(council.write(files), "2022-01-01", "finding")
    public = view(snapshot, Audience.PUBLIC)

    assert ("In hand", "some") == (snapshot.status(finding), snapshot.ask(finding, "actions"))
    assert ("Awaiting response", "none") == (
        public.judged.status(finding),
        public.ask(finding, "actions"),
    )
    assert "confirmed" == public.judged.state(finding).stage


def test_an_empty_key_in_a_row_is_told(council):
    """
    It is neither a fact nor what the row gives.
    """
    rules = LIFE.replace("{status: Done, stage: done}", '{"": Done, stage: done}')
    register = council.load({"peerkit.yaml": HEAD + rules})

    assert not register.is_whole
    assert peerkit.check(register, on=council.on, offers=council.offers)
