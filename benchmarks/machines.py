"""
One record created and moved three times: here, and with libraries for state machines.
"""

from __future__ import annotations

import datetime as dt
import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

import attrs
from large import ON, configuration
from measure import table

import peerkit
from peerkit.facts import closed_rules
from peerkit.history import Entry, History, Occasion
from peerkit.judging import Replay
from peerkit.verbs import offers_here

__all__ = ["state_machines"]

TURNS = 9
TURN = 0.1  # seconds of each, in turn
MOVES = ("under way", "done", "verified")


def replayed(records: int) -> Callable[[], object]:
    """
    Return what replays *records* actions, each created and moved three times.
    """
    actions = [
        peerkit.Action(id=f"plan/A{number}", do=peerkit.Prose("Do."), plan="plan", owners=("head",))
        for number in range(records)
    ]
    people = (
        peerkit.Party(id="officer", name="Officer", is_a="person"),
        peerkit.Party(id="head", name="Head of service", is_a="post", held_by="officer"),
        peerkit.Party(id="inspector", name="Inspector", is_a="partner"),
    )
    plan = peerkit.Plan(id="plan", title="Plan")
    register = peerkit.make_register([*people, plan, *actions], configuration())
    says = (
        ("officer", Entry(to="under way", note=peerkit.Prose("Work has begun."))),
        ("officer", Entry(to="done", evidence=("The register of training.",))),
        ("inspector", Entry(to="verified")),
    )
    occasions = tuple(
        Occasion(
            name=f"round-{index}",
            day=dt.date(2023, 1, 2 + index),
            by=by,
            entries={("action", action.id): entry for action in actions},
        )
        for index, (by, entry) in enumerate(says)
    )
    register = attrs.evolve(register, history=History(occasions))
    rules = closed_rules(register.configuration, offers_here().facts)

    def replay() -> object:
        done = Replay(register, lambda _day: rules)
        done.run(ON)
        return done

    made = replay()
    assert isinstance(made, Replay)  # noqa: S101 - what is measured does what it says
    assert not made.refusals  # noqa: S101
    assert all(made.state(action).stage == "verified" for action in actions)  # noqa: S101
    return replay


def statemachines() -> Iterator[tuple[str, Callable[[], object]]]:
    """
    Yield what does the same with python-statemachine, if it is installed.
    """
    from statemachine import State, StateMachine  # noqa: PLC0415 - not needed otherwise

    class Action(StateMachine):
        agreed = State(initial=True)
        under_way = State()
        done = State()
        verified = State(final=True)
        begin = agreed.to(under_way)
        finish = under_way.to(done)
        verify = done.to(verified)

    class Again(StateMachine):  # one that has come to a final state cannot be set back
        agreed = State(initial=True)
        under_way = State()
        done = State()
        verified = State()
        begin = agreed.to(under_way)
        finish = under_way.to(done)
        verify = done.to(verified)
        reopen = verified.to(agreed)

    def each() -> object:
        action = Action()
        action.begin()
        action.finish()
        action.verify()
        return action

    shared = Again()

    def reused() -> object:
        shared.current_state_value = "agreed"
        shared.begin()
        shared.finish()
        shared.verify()
        return shared

    yield "python-statemachine: a machine for each record", each
    yield "python-statemachine: one machine, set back for each", reused


def transitions() -> Iterator[tuple[str, Callable[[], object]]]:
    """
    Yield what does the same with transitions, if it is installed.
    """
    from transitions import Machine  # noqa: PLC0415 - not needed otherwise

    stages = ["agreed", *MOVES]
    moves = [["begin", *stages[0:2]], ["finish", *stages[1:3]], ["verify", *stages[2:4]]]
    settings: Any = {"states": stages, "transitions": moves, "initial": "agreed"}

    class Action:
        pass

    def moved(action: Any) -> object:
        action.begin()
        action.finish()
        action.verify()
        return action

    def each() -> object:
        action = Action()
        Machine(model=action, **settings)
        return moved(action)

    shared = Machine(model=None, auto_transitions=False, **settings)

    def added() -> object:
        action = Action()
        shared.add_model(action)
        moved(action)
        shared.remove_model(action)
        return action

    model = Action()
    shared.add_model(model)

    def reused() -> object:
        shared.set_state("agreed", model)
        return moved(model)

    yield "transitions: a machine for each record", each
    yield "transitions: one machine, a model for each record", added
    yield "transitions: one machine and model, set back for each", reused


def state_machines() -> str:
    """
    Return what creating a record and moving it three times costs, here and elsewhere.
    """
    records = 500
    lifecycle = configuration().rules["action"].lifecycle
    assert lifecycle is not None  # noqa: S101 - the pack has one
    ours = {
        "peerkit, whether each move is permitted: Lifecycle.follow": (
            lambda: lifecycle.follow(MOVES),
            1,
        ),
        "peerkit, all of it: Replay with entries, evidence that is needed, who may verify": (
            replayed(records),
            records,
        ),
    }
    theirs: dict[str, tuple[Callable[[], object], int]] = {}
    skipped = []
    for offered in (statemachines, transitions):
        try:
            theirs.update({name: (run, 1) for name, run in offered()})
        except ImportError as error:
            skipped.append(f"{error.name} is not installed, so it is left out here.")
    found = _medians({**ours, **theirs})
    alone, whole = (found[name] for name in ours)
    rows = [
        [
            name,
            f"{seconds * 1e6:.2f} µs",
            f"{seconds / alone:.0f} ×" if name in theirs else "",
            f"{seconds / whole:.1f} ×" if name in theirs else "",
            "≥ 50 × the first" if name in theirs else "",
        ]
        for name, seconds in found.items()
    ]
    headings = ["a record created and moved three times", "CPU", "beside the first"]
    return "\n\n".join((table([*headings, "beside the second", "aim"], rows), *skipped))


def _medians(runs: dict[str, tuple[Callable[[], object], int]]) -> dict[str, float]:
    """
    Return the median CPU seconds for one record, all measured in turn.
    """
    found: dict[str, list[float]] = {name: [] for name in runs}
    for turn in range(TURNS + 1):
        for name, (run, records) in runs.items():
            times = 0
            began = time.process_time()
            while (spent := time.process_time() - began) < TURN:
                for _ in range(20 if records == 1 else 1):
                    run()
                    times += records
            if turn:  # the first one warms up
                found[name].append(spent / times)
    return {name: statistics.median(all_) for name, all_ in found.items()}
