"""
How the benchmarks measure: whole processes, by the operating system's own account.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from collections.abc import Sequence

__all__ = ["cpu_and_memory", "median_cpu", "table"]


def cpu_and_memory(command: Sequence[str]) -> tuple[float, float]:
    """
    Return the CPU seconds and the peak memory in MB of one run of *command*.
    """
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr is not None  # noqa: S101 - asked for above
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)} failed: {said.decode(errors='replace')}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def median_cpu(commands: dict[str, Sequence[str]], runs: int = 7) -> dict[str, tuple[float, float]]:
    """
    Return the median CPU seconds and peak memory of each command, run in turn.

    One after another and not each in a row, so that a machine that grows slower
    does so for all.
    """
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for run in range(runs + 1):
        for name, command in commands.items():
            measured = cpu_and_memory(command)
            if run:  # the first run warms up
                found[name].append(measured)
    return {
        name: (statistics.median(cpu for cpu, _ in all_), max(memory for _, memory in all_))
        for name, all_ in found.items()
    }


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """
    Return a table in Markdown.
    """
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
