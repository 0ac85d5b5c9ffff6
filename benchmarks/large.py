"""
A large register, made in Python, with what happened to its records.
"""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import attrs

import peerkit
from peerkit.config import Configuration
from peerkit.history import Entry, History, Occasion, ordered
from peerkit.register import Register

__all__ = ["ON", "configuration", "large"]

PLANS = 100
ACTIONS = 100  # a plan
FINDINGS = 50  # a review; there is one for each plan
ON = dt.date(2024, 1, 15)

CONFIGURATION = """\
organisation: {name: Northmere Borough Council}
extends: [reviews, actions-by-evidence]
review_kinds:
  peer review:
    findings:
      development: {one: area for development, many: areas for development, needs_response: yes}
fields:
  action:
    per_cent: {type: whole number, doc: How much of it is done.}
rules:
  action:
    ratings:
      progress:
        title: Progress
        scale: [Red, Amber, Green]
        rows:
          - {rating: Green, stage: [done, verified]}
          - {rating: Red, per_cent: under 50, due: past}
          - {rating: Red, update: [none, stale]}
          - {rating: Amber, due: [past, soon]}
          - {rating: Amber, per_cent: under 25}
          - {rating: Green}
"""


def configuration() -> Configuration:
    """
    Return the rules of the packs that come with peerkit, and a rating.
    """
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "peerkit.yaml").write_text(CONFIGURATION, encoding="utf-8")
        register = peerkit.load(name)
    if register.problems:
        sys.exit(f"The configuration is wrong: {register.problems[0].message}")
    return register.configuration


def parties(heads: int) -> Iterator[peerkit.Party]:
    """
    Yield heads of service, an officer each who holds the post, a board, an inspector.
    """
    for number in range(heads):
        yield peerkit.Party(id=f"officer-{number}", name=f"Officer {number}", is_a="person")
        yield peerkit.Party(
            id=f"head-{number}",
            name=f"Head of service {number}",
            is_a="post",
            held_by=f"officer-{number}",
        )
    members = tuple(f"councillor-{number}" for number in range(12))
    for member in members:
        yield peerkit.Party(id=member, name=member.capitalize(), is_a="person")
    yield peerkit.Party(id="board", name="The board", is_a="group", members=members)
    yield peerkit.Party(id="inspector", name="The inspector", is_a="partner")


def answer(number: int) -> Iterator[peerkit.Record]:
    """
    Yield a review with its findings, and the plan that answers them.
    """
    review, plan = f"r{number}", f"p{number}"
    yield peerkit.Review(
        id=review,
        title=f"Review {number}",
        review_kind="peer review",
        visit=peerkit.parse_day("21 to 22 September 2021"),
        report_received=peerkit.parse_day("October 2021"),
    )
    for finding in range(FINDINGS):
        yield peerkit.Finding(
            id=f"{review}/D{finding}",
            text=peerkit.Prose(f"Finding {finding} of review {number}."),
            finding_kind="development",
            review=review,
            response=("accepted", "partly accepted", "not accepted", "")[finding % 4],
        )
    yield peerkit.Plan(
        id=plan,
        title=f"Plan {number}",
        answers=(review,),
        approver="board",
        approved=peerkit.parse_day("12 December 2021"),
    )
    dues = ("31 July 2023", "February 2024", "Q1 2024/25", "2024-12-24")
    for action in range(ACTIONS):
        yield peerkit.Action(
            id=f"{plan}/A{action}",
            do=peerkit.Prose(f"Do number {action} of plan {number}."),
            plan=plan,
            answers=(f"{review}/D{action % FINDINGS}", f"{review}/D{action // 3 % FINDINGS}"),
            owners=(f"head-{number}",),
            due=peerkit.parse_day(dues[action % len(dues)]),
        )


def told(action: int) -> tuple[Entry, ...]:
    """
    Return what is said of one action in each round, the last one the inspector's.
    """
    begun = Entry(
        to="under way", note=peerkit.Prose("Work has begun, and the first training day was held.")
    )
    asked, answered = Entry(note=peerkit.Prose("It goes on.")), Entry(more={"per_cent": action})
    if action % 4 == 0:
        asked = Entry(
            asks_due=peerkit.parse_day("March 2024"), reason=peerkit.Prose("The county is late.")
        )
        answered = Entry(grants="due") if action % 8 else Entry(refuses="due")
    done = Entry(
        to="done", evidence=("The register of training.",), impact=peerkit.Prose("More take part.")
    )
    seen = (
        Entry(to="verified") if action % 3 == 1 else Entry(note=peerkit.Prose("It was looked at."))
    )
    if action % 3 == 0:
        done = Entry(note=peerkit.Prose("It goes on."), more={"per_cent": action})
    return begun, asked, answered, done, seen


def rounds(number: int) -> Iterator[Occasion]:
    """
    Yield the rounds of one plan, each with an entry for every action.

    In some plans the last of them is not permitted, for the owner cannot verify.
    """
    officer = f"officer-{number}"
    by = (
        officer,
        f"head-{number}",
        "councillor-7",
        officer,
        "inspector" if number % 25 else officer,
    )
    entries = [*zip(*map(told, range(ACTIONS)), strict=True)]
    for index, those in enumerate(entries):
        day = dt.date(2023, 1, 2) + dt.timedelta(days=70 * index + number % 50)
        yield Occasion(
            name=f"{day}-round-{number}",
            day=day,
            by=by[index],
            title=f"progress round {index + 1}",
            entries={("action", f"p{number}/A{action}"): one for action, one in enumerate(those)},
        )


def large(times: int) -> Register:
    """
    Return *times* 10,000 actions that answer *times* 5,000 findings, and their history.
    """
    made: list[peerkit.Record] = [*parties(PLANS * times)]
    occasions: list[Occasion] = []
    for number in range(PLANS * times):
        made += answer(number)
        occasions += rounds(number)
    register = peerkit.make_register(made, configuration(), name="Northmere")
    return attrs.evolve(register, history=History(ordered(occasions)))
