"""
What council business costs: deadlines of many matters, and all papers of the example.

    python benchmarks/council.py
"""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
from pathlib import Path

from measure import median_cpu, table

EXAMPLE = str(Path(__file__).parents[1] / "examples" / "middlesbrough")
BARE = "python -c pass"
MATTERS = 200
ON = "2024-06-03"
SETTINGS = """peerkit: 1
requires: peerkit-committee
extends: [english-committee, lga-corporate-peer-challenge]
organisation: {name: Northmere Borough Council}
working_days: {closures: {27 to 31 December 2024: Christmas closure}}
call_in: {count: 5 working days after, source: Constitution}
"""
REPORT = """  report-{index}:
    title: Report {index}
    to: cabinet/{day}
    from: director
    decision: {{note: "the report"}}
    key_decision: yes
    access: public
    wards: All
    purpose: To tell.
    background: Something happened.
    reasons: It is so.
    options: [{{option: None., why_not: There is none.}}]
    impacts: {{legal: None., financial: None., equality: None., risk: None.}}
    implementation: Publish it.
    background_papers: none
    contact: director
"""


def register(folder: Path) -> None:
    """
    Write a register with as many open matters, spread over ten years: meetings, reports and
    notices to come, decisions whose publication nobody recorded, and reviews with clocks.
    """
    days = [dt.date(2024, 6, 6) + dt.timedelta(days=77 * index) for index in range(MATTERS // 4)]
    past = [dt.date(2024, 5, 2) - dt.timedelta(days=70 * index) for index in range(MATTERS // 4)]
    (folder / "peerkit.yaml").write_text(SETTINGS)
    (folder / "parties.yaml").write_text("parties:\n  director: {is: post, name: Director}\n")
    meetings = "".join(f"      {day}:\n" for day in sorted({*days, *past}))
    (folder / "bodies.yaml").write_text(
        f"bodies:\n  cabinet:\n    name: Cabinet\n    regime: executive\n    meetings:\n{meetings}"
    )
    reports = "".join(REPORT.format(index=index, day=day) for index, day in enumerate(days))
    (folder / "reports.yaml").write_text(f"committee_reports:\n{reports}")
    decided = "".join(
        f"  decision-{index}: {{body: cabinet, day: {day}, text: That it be noted}}\n"
        for index, day in enumerate(past)
    )
    (folder / "resolutions.yaml").write_text(f"resolutions:\n{decided}")
    reviews = "".join(
        f"  review-{index}: {{title: Review {index}, kind: LGA corporate peer challenge, "
        f"visit: {day}}}\n"
        for index, day in enumerate(past)
    )
    (folder / "reviews.yaml").write_text(f"reviews:\n{reviews}")


def main() -> None:
    """
    Print the CPU of each, and how many times that of a bare interpreter it is.
    """
    with tempfile.TemporaryDirectory() as out:
        folder = Path(out) / "northmere"
        folder.mkdir()
        register(folder)
        peerkit = [sys.executable, "-m", "peerkit"]
        formats = ["--as", "docx", "--as", "md", "--as", "json"]
        found = median_cpu(
            {
                BARE: [sys.executable, "-c", "pass"],
                "check": [*peerkit, "check", str(folder), "--on", ON],
                "calendar": [*peerkit, "calendar", str(folder), "--on", ON, "--json"],
                "papers": [*peerkit, "render", EXAMPLE, *formats, "--out", f"{out}/papers"],
            },
            runs=5,
        )
    bare = found[BARE][0]
    more = (found["calendar"][0] - found["check"][0]) / bare
    rows = [
        [
            f"check of {MATTERS} open matters over ten years",
            f"{found['check'][0] / bare:.1f} ×",
            "",
        ],
        ["their deadlines, more than that check", f"{more:.1f} ×", "≤ 20 ×"],
        [
            "all papers of the example as Word, Markdown and JSON",
            f"{found['papers'][0] / bare:.1f} ×",
            "≤ 120 ×",
        ],
    ]
    print(table(["", f"beside {BARE}", "aim"], rows))


if __name__ == "__main__":
    main()
