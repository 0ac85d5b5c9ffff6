"""
What judging costs: a large register, one record beside state machines, one append.

    python benchmarks/judging.py

The libraries beside which moves are timed are needed for nothing else, and one that is
not installed is left out: pip install python-statemachine transitions
"""

from __future__ import annotations

import cProfile
import json
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from large import ON, large
from machines import state_machines
from measure import cpu_and_memory, median_cpu, table

import peerkit
from peerkit.files.system import REAL
from peerkit.judging import due_soon, overdue
from peerkit.register import Register
from peerkit.store import FolderStore

BARE = "python -c pass"
RUNS = 3
TURNS = 5


def judged(register: Register) -> tuple[float, dict[str, int]]:
    """
    Return the CPU seconds that judging *register* takes, and what was found.
    """
    began = time.process_time()
    snapshot = peerkit.judge(register, on=ON)
    actions, findings = register.of_kind("action"), register.of_kind("finding")
    statuses = Counter(map(snapshot.status, actions))
    statuses += Counter(map(snapshot.status, findings))
    ratings = Counter(snapshot.rating(action, "progress") for action in actions)
    late, soon = overdue(snapshot), due_soon(snapshot)
    seconds = time.process_time() - began
    found = {
        "actions": len(actions),
        "findings": len(findings),
        "entries": sum(len(one.entries) for one in register.history.occasions),
        "entries not permitted": len(snapshot.refusals),
        "overdue": len(late),
        "due soon": len(soon),
        **statuses,
        **ratings,
    }
    return seconds, found


def judge_once(told_in: Path) -> None:
    """
    Judge a large register, and write what that took as a line of a file.
    """
    with told_in.open("a", encoding="utf-8") as file:
        file.write(json.dumps(judged(large(1))) + "\n")


def judge_twice_as_much(told_in: Path) -> None:
    """
    Judge a large register and one twice as large, and write how much more that took.

    In one process and in turn, for whatever else runs on a machine is in the way of both.
    """
    registers = [large(times) for times in (1, 2)]
    spent = [[judged(register)[0] for register in registers] for _ in range(TURNS + 1)]
    calls = []
    for register in registers:
        with cProfile.Profile() as profile:
            judged(register)
        calls.append(sum(entry.callcount for entry in profile.getstats()))
    growth = {
        "CPU": statistics.median(two / one for one, two in spent[1:]),  # the first warms up
        "calls": calls[1] / calls[0],
    }
    told_in.write_text(json.dumps(growth), encoding="utf-8")


_ALONE = {one.__name__: one for one in (judge_once, judge_twice_as_much)}
"""What is measured as a process of its own."""


def large_register() -> str:
    """
    Return what judging a large register costs, and how that grows.
    """
    with tempfile.TemporaryDirectory() as name:
        once, twice = Path(name) / "once", Path(name) / "twice"
        measured = median_cpu(
            {
                BARE: [sys.executable, "-c", "pass"],
                "judging": [sys.executable, __file__, judge_once.__name__, str(once)],
            },
            RUNS,
        )
        cpu_and_memory([sys.executable, __file__, judge_twice_as_much.__name__, str(twice)])
        runs = [json.loads(line) for line in once.read_text(encoding="utf-8").splitlines()]
        growth = json.loads(twice.read_text(encoding="utf-8"))
    seconds = statistics.median(spent for spent, _ in runs[1:])  # the first run warms up
    found = runs[0][1]
    rows = [
        ["CPU", f"{seconds * 1000:.0f} ms", ""],
        [f"beside {BARE}", f"{seconds / measured[BARE][0]:.0f} ×", "≤ 150 ×"],
        ["peak memory, register and all", f"{measured['judging'][1]:.0f} MB", "≤ 300 MB"],
        ["CPU for twice the register", f"{growth['CPU']:.2f} ×", "≤ 2.2 ×"],
        ["calls of functions for twice the register", f"{growth['calls']:.2f} ×", "≤ 2.2 ×"],
    ]
    said = ", ".join(f"{count:,} {name}" for name, count in found.items())
    return f"Judged: {said}.\n\n{table(['judging a large register', 'found', 'aim'], rows)}"


# one append


class Counted:
    """
    A system that counts the files which are touched, and the bytes that are written.
    """

    def __init__(self) -> None:
        self.touched: set[Path] = set()
        self.calls = 0
        self.written = 0

    def __getattr__(self, name: str) -> Callable[..., Any]:
        step = getattr(REAL, name)

        def counted(*given: Any) -> Any:
            self.calls += 1
            self.touched.update(one for one in given if isinstance(one, Path))
            if name == "write":
                self.written += len(given[1])
            return step(*given)

        return counted


def appends() -> str:
    """
    Return what appending one occasion costs, with more and more of them there.
    """
    content = b"day: 2023-01-02\nby: head\nrecords:\n" + b"  A1: {note: It goes on.}\n" * 40
    rows = []
    for there in (10, 100, 1000, 5000):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name) / "history"
            folder.mkdir()
            for number in range(there):
                (folder / f"2022-01-02-round-{number}.yaml").write_bytes(content)
            seconds = []
            counts = set()
            for number in range(5):
                seen = FolderStore(folder).names()
                system = Counted()
                store = FolderStore(folder, system=system)
                began = time.process_time()
                store.append(f"2023-01-02-round-{number}.yaml", content, seen=seen)
                seconds.append(time.process_time() - began)
                files = {path for path in system.touched if path.parent == folder}
                counts.add((len(files), system.calls, system.written))
        ((files_touched, calls, written),) = counts
        rows.append(
            [
                f"{there:,}",
                str(files_touched),
                str(calls),
                f"{written:,}",
                f"{statistics.median(seconds) * 1000:.1f} ms",
            ]
        )
    headings = ["occasions there", "files touched", "calls of the system", "bytes written", "CPU"]
    return table(headings, rows)


def main() -> None:
    """
    Print what each costs, and what is aimed at.
    """
    for measured in (large_register, state_machines, appends):
        print(measured(), end="\n\n", flush=True)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        _ALONE[sys.argv[1]](Path(sys.argv[2]))
    else:
        main()
