"""
The papers that are drawn: a committee report, and an action plan of any length.

Each as a docxtpl template, and as one for docxtemplater that draws the same without the
colours of cells, which it has no free tag for.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

import attrs

from peerkit_docx.basefile import build, line

__all__ = ["CASES", "SIZES", "Case", "as_json"]

SIZES = (10, 100, 1_000, 10_000)
_COLUMNS = ("ref", "theme", "finding", "do", "owner", "start", "due", "success", "progress")
_FRONT = {"Report of": "author", "Submitted to": "subject", "Date": "day"}
_SECTIONS = 15
_STATUSES = (("On track", "C6E0B4"), ("Overdue", "F4B084"), ("Complete", "BDD7EE"))
_HEADER = line("{{ author }}", "Header")
_FOOTER = line("{{ title }}", "Footer")

Names = dict[str, Any]


@attrs.frozen(kw_only=True)
class Case:
    """
    One paper: its template for docxtpl and for docxtemplater, and the names for a size.
    """

    template: Callable[[], bytes]
    theirs: Callable[[], bytes]
    names: Callable[[int], Names]


def _cell(text: str) -> str:
    width = '<w:tcPr><w:tcW w:w="500" w:type="pct"/></w:tcPr>'
    return f"<w:tc>{width}{line(text, 'TableText')}</w:tc>"


def _row(*cells: str, header: bool = False) -> str:
    marked = "<w:tblHeader/>" if header else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{marked}</w:trPr>{''.join(map(_cell, cells))}</w:tr>"


def _table(rows: Iterable[str], columns: int) -> str:
    looks = '<w:tblPr><w:tblStyle w:val="PeerkitTable"/><w:tblW w:w="5000" w:type="pct"/></w:tblPr>'
    grid = '<w:gridCol w:w="900"/>' * columns
    return f"<w:tbl>{looks}<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def _front() -> str:
    rows = [_row(label, f"{{{{ {name} }}}}") for label, name in _FRONT.items()]
    return _table([_row("Item", "Detail", header=True), *rows], 2)


def _built(*body: str) -> bytes:
    return build("".join(body), header=_HEADER, footer=_FOOTER, paper="*")


def _report() -> bytes:
    said = "Static words of the review that every report says. " * 6
    sections = (
        line(f"{number}. Heading", "Heading2") + line(f"{said}{{{{ title }}}}.", "BodyText")
        for number in range(1, _SECTIONS + 1)
    )
    return _built(
        line("{{ title }}", "Heading1"),
        _front(),
        *sections,
        line("Themes", "Heading2"),
        line("{%p for theme in themes %}", "BodyText"),
        line("{{ theme.title }}", "Heading3"),
        line("{{ theme.text }}", "BodyText"),
        line("{%p for finding in theme.findings %}", "BodyText"),
        line("{{ finding.ref }}: {{ finding.text }}", "ListBullet"),
        line("{%p endfor %}", "BodyText"),
        line("{%p endfor %}", "BodyText"),
    )


def _plan() -> bytes:
    heads = [name.capitalize() for name in (*_COLUMNS, "status")]
    cells = [f"{{{{ action.{name} }}}}" for name in _COLUMNS]
    rows = (
        _row(*heads, header=True),
        _row("{%tr for action in actions %}", *[""] * len(_COLUMNS)),
        _row(*cells, "{% cellbg action.colour %}{{ action.status }}"),
        _row("{%tr endfor %}", *[""] * len(_COLUMNS)),
    )
    return _built(
        line("{{ title }}", "Heading1"),
        _front(),
        line("The plan", "Heading2"),
        _table(rows, len(heads)),
        line("End of the plan.", "BodyText"),
    )


def _without_colours(content: bytes) -> bytes:
    """
    Return a docxtpl template as docxtemplater writes it.
    """
    from peerkit_docx.word.packages import read_package, write_package  # noqa: PLC0415

    package = read_package(content, "the template")
    for name in ("word/document.xml", "word/header1.xml", "word/footer1.xml"):
        text = package[name].decode()
        for before, after in _THEIRS:
            text = text.replace(before, after)
        package[name] = text.encode()
    return write_package(package)


_THEIRS = (
    (_row("{%tr for action in actions %}", *[""] * len(_COLUMNS)), ""),
    (_row("{%tr endfor %}", *[""] * len(_COLUMNS)), ""),
    ("{{ action.ref }}", "{#actions}{ref}"),
    ("{% cellbg action.colour %}{{ action.status }}", "{status}{/actions}"),
    ("{%p for theme in themes %}", "{#themes}"),
    ("{%p for finding in theme.findings %}", "{#findings}"),
    (line("{%p endfor %}", "BodyText") * 2, line("{/findings}", "BodyText") + line("{/themes}", "BodyText")),
    ("{{ theme.", "{"), ("{{ finding.", "{"), ("{{ action.", "{"),
    ("{{ ", "{"), (" }}", "}"),
)  # fmt: skip


def _common() -> Names:
    return {
        "title": "Virtual School Peer Review",
        "author": "Northmere Borough Council",
        "subject": "Executive",
        "day": "14 February 2022",
    }


def _report_names(size: int) -> Names:
    findings = [
        {"ref": f"D{number}", "text": "What the peers saw & heard. " * 8} for number in range(4)
    ]
    themes = [
        {"title": f"Theme {number}", "text": "How well does it work? " * 3, "findings": findings}
        for number in range(size)
    ]
    return {**_common(), "themes": themes}


def _plan_names(size: int) -> Names:
    return {**_common(), "actions": [_action(number) for number in range(size)]}


def _action(number: int) -> Names:
    status, colour = _STATUSES[number % len(_STATUSES)]
    return {
        "ref": f"A{number}",
        "theme": "Personal education plans",
        "finding": f"Targets in plans are not always measurable, round {number}",
        "do": f"Train designated teachers & heads to write measurable targets, round {number}",
        "owner": "Virtual School Head",
        "start": "2022-01-10",
        "due": "July 2022",
        "success": "Nine in ten sampled plans have measurable targets.",
        "progress": "First training day held; 31 teachers came.",
        "status": status,
        "colour": colour,
    }


CASES = {
    "report": Case(template=_report, theirs=lambda: _without_colours(_report()), names=_report_names),
    "plan": Case(template=_plan, theirs=lambda: _without_colours(_plan()), names=_plan_names),
}  # fmt: skip


def as_json(case: str, size: int) -> str:
    """
    Return the names of a paper, for those who draw it in an environment of their own.
    """
    return json.dumps(CASES[case].names(size))
