"""
Builds the base template and what is prepared of it; run after a change to `basefile`.

    python plugins/peerkit-docx/tools/build_base_template.py
"""

# ruff: noqa: INP001 - a script, not a package

from __future__ import annotations

from pathlib import Path

from peerkit_docx.basefile import build
from peerkit_docx.preparing import dumped, prepare

TEMPLATES = Path(__file__).parents[1] / "src" / "peerkit_docx" / "templates"


def main() -> None:
    """
    Write base.docx and base.prepared.json.
    """
    template = build()
    (TEMPLATES / "base.docx").write_bytes(template)
    prepared = dumped(prepare(template, "base.docx"))
    (TEMPLATES / "base.prepared.json").write_text(prepared, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
