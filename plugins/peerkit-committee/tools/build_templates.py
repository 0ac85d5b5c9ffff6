"""
Builds this plugin's Word templates and what is prepared of them.

They stand on the page and styles of peerkit-docx's base template; run this after a
change to those, or to what is said here::

    python plugins/peerkit-committee/tools/build_templates.py
"""

# ruff: noqa: INP001 - a script, not a package

from __future__ import annotations

from pathlib import Path

from peerkit_docx.basefile import build
from peerkit_docx.preparing import dumped, prepare

TEMPLATES = Path(__file__).parents[1] / "src" / "peerkit_committee" / "templates"

# Tables of actions are wide, so their pages lie on their side.
LANDSCAPE = {
    "committee-report": False,
    "decision-notice": False,
    "decision-record": False,
    "minutes": False,
    "minute-extract": False,
    "action-plan": True,
    "progress-report": True,
    "action-log": True,
}


def main() -> None:
    """
    Write a template for each paper, and its prepared form beside it.
    """
    for paper, landscape in LANDSCAPE.items():
        template = build(paper=paper, landscape=landscape)
        (TEMPLATES / f"{paper}.docx").write_bytes(template)
        prepared = dumped(prepare(template, f"{paper}.docx"))
        (TEMPLATES / f"{paper}.prepared.json").write_text(prepared, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
