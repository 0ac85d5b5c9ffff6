"""
What a large register costs to load and check, beside PyYAML's fastest loader alone.

    python benchmarks/loading.py

Both read the same files: about 4,000 records, 1 MB. PyYAML only parses; peerkit keeps
the place of every value, gives it its type, resolves every link and runs every check.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from measure import median_cpu, table

REVIEWS = 21
THEMES = 5
FINDINGS = 18  # a theme
ACTIONS = 100  # a plan

WORDS = [
    "the",
    "service",
    "works",
    "with",
    "schools",
    "and",
    "carers",
    "so",
    "that",
    "each",
    "child",
    "gets",
    "a",
    "fair",
    "chance",
    "at",
    "school",
]

_IMPORT_ONLY = (
    "import peerkit.verbs, peerkit.loading.structuring, yaml; peerkit.verbs.offers_here()"
)
_PEERKIT = """
import datetime, sys, peerkit
register = peerkit.load(sys.argv[1])
problems = peerkit.check(register, on=datetime.date(2022, 1, 1))
assert not problems, problems[:3]
assert sum(1 for _ in register) >= 4000
"""
_PYYAML = """
import pathlib, sys, yaml
for file in sorted(pathlib.Path(sys.argv[1]).rglob("*.yaml")):
    yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
"""


def sentence(seed: int, length: int) -> str:
    """
    Return a sentence of *length* words, another one for each *seed*.
    """
    return (
        " ".join(
            WORDS[(seed * 7 + i * (seed % 5 + 1)) % len(WORDS)] for i in range(length)
        ).capitalize()
        + "."
    )


def review(number: int) -> str:
    """
    Return the file of one review with its themes and findings.
    """
    lines = [
        f"review: r{number}",
        f"title: Review number {number}",
        "kind: peer review",
        "visit: 21 to 22 September 2021",
        "report_received: October 2021",
        "themes:",
    ]
    for theme in range(THEMES):
        lines += [
            f"  t{theme}:",
            f"    title: Theme {theme}",
            f"    questions: {sentence(theme, 12)}",
        ]
        for kind, first in (("strengths", "S"), ("development", "D")):
            lines.append(f"    {kind}:")
            for finding in range(FINDINGS // 2):
                seed = number * 1000 + theme * 100 + finding
                lines.append(f"      {first}{theme}-{finding}:")
                lines.append(f"        text: {sentence(seed, 28)}")
                lines.append(f"        response: {'accepted' if seed % 3 else 'partly accepted'}")
    return "\n".join(lines) + "\n"


def plan(number: int) -> str:
    """
    Return the file of the plan that answers one review.
    """
    lines = [f"plan: p{number}", f"title: Plan {number}", f"answers: r{number}", "actions:"]
    for action in range(ACTIONS):
        theme, finding = action % THEMES, action % (FINDINGS // 2)
        lines += [
            f"  A{action}:",
            f"    answers: [D{theme}-{finding}, S{theme}-{finding}]",
            f"    do: {sentence(number * 100 + action, 18)}",
            "    owner: head",
            f"    due: {['July 2022', '2022-09-30', 'Q1 2022/23'][action % 3]}",
            f"    success: {sentence(action, 14)}",
        ]
    return "\n".join(lines) + "\n"


CONFIGURATION = """\
organisation: {name: Northmere Borough Council}
review_kinds:
  peer review:
    findings:
      strengths: {one: strength, many: strengths}
      development: {one: area for development, many: areas for development}
"""


def write(folder: Path) -> int:
    """
    Write the register into *folder*; return its size in bytes.
    """
    files = {
        "peerkit.yaml": CONFIGURATION,
        "parties.yaml": "parties:\n  head: {is: post, name: Head of service}\n",
        **{f"reviews/r{number}.yaml": review(number) for number in range(REVIEWS)},
        **{f"plans/p{number}.yaml": plan(number) for number in range(REVIEWS)},
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return sum(len(text.encode()) for text in files.values())


def main() -> None:
    """
    Print the CPU and memory of both, start-up taken off, and their ratio.
    """
    with tempfile.TemporaryDirectory() as name:
        size = write(Path(name))
        found = median_cpu(
            {
                "start": [sys.executable, "-c", _IMPORT_ONLY],
                "yaml start": [sys.executable, "-c", "import pathlib, yaml"],
                "peerkit": [sys.executable, "-c", _PEERKIT, name],
                "PyYAML": [sys.executable, "-c", _PYYAML, name],
            }
        )
    ours = found["peerkit"][0] - found["start"][0]
    theirs = found["PyYAML"][0] - found["yaml start"][0]
    records = REVIEWS * (1 + THEMES * (1 + FINDINGS) + 1 + ACTIONS)
    rows = [
        [
            "PyYAML CSafeLoader, parsing alone",
            f"{theirs * 1000:.0f} ms",
            "1 ×",
            f"{found['PyYAML'][1]:.0f} MB",
            "",
        ],
        [
            "peerkit, loading and checking",
            f"{ours * 1000:.0f} ms",
            f"{ours / theirs:.2f} ×",
            f"{found['peerkit'][1]:.0f} MB",
            "≤ 1.5 ×, ≤ 150 MB",
        ],
    ]
    print(f"{records:,} records in {size / 1e6:.2f} MB of YAML\n")
    print(table(["what", "CPU after start-up", "ratio", "peak memory", "aim"], rows))


if __name__ == "__main__":
    main()
