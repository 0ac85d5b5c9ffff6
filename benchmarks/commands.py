"""
What commands cost beside a bare interpreter: CPU of whole cold processes.

    python benchmarks/commands.py
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from measure import median_cpu, table

EXAMPLE = str(Path(__file__).parents[1] / "examples" / "middlesbrough")
BARE = "python -c pass"
LIMITS = {
    "peerkit --version": 8,
    "peerkit check": 25,
    "one paper as docx": 45,
    "one paper as md": 45,
}


def main() -> None:
    """
    Print each command's CPU, its ratio to the bare interpreter, and the ratio aimed at.
    """
    with tempfile.TemporaryDirectory() as out:
        peerkit = [sys.executable, "-m", "peerkit"]
        render = [*peerkit, "render", EXAMPLE, "committee-report", "--out", out, "--as"]
        found = median_cpu(
            {
                BARE: [sys.executable, "-c", "pass"],
                "peerkit --version": [*peerkit, "--version"],
                "peerkit check": [*peerkit, "check", EXAMPLE],
                "one paper as docx": [*render, "docx"],
                "one paper as md": [*render, "md"],
            }
        )
    bare = found[BARE][0]
    rows = [
        [
            name,
            f"{cpu * 1000:.0f} ms",
            f"{cpu / bare:.1f} ×",
            f"≤ {LIMITS[name]} ×" if name in LIMITS else "",
        ]
        for name, (cpu, _) in found.items()
    ]
    print(table(["command", "CPU", f"beside {BARE}", "aim"], rows))


if __name__ == "__main__":
    main()
