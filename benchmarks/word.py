"""
How fast Word papers are drawn, beside docxtpl, rust-docxtpl and docxtemplater.

    python benchmarks/word.py [--with-rivals]

All draw the same papers from the same names. What docxtpl and peerkit have drawn is
compared part by part before anything is timed. The two rivals live in environments of
their own, below `.rivals`; with `--with-rivals` they are installed there, by pip and npm,
and without them their columns say so.
"""

from __future__ import annotations

import argparse
import importlib
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import attrs
from drawing import alone
from drawing.cases import CASES, SIZES, Case
from measure import table

import peerkit
from peerkit import verbs
from peerkit.document import Shape
from peerkit_docx import RenderJob, dumped, loaded, prepare, render_many
from peerkit_docx.checking import check_template

ROOT = Path(__file__).parents[1]
HERE = Path(__file__).parent / "drawing"
RIVALS = ROOT / ".rivals"
COUNCILS = 153
AIMS = {10: 12, 100: 12, 1_000: 6, 10_000: 6}
# The tests know when two Word files are the same; see `corpus.likeness` there.
sys.path.append(str(ROOT / "plugins" / "peerkit-docx" / "tests"))


@attrs.frozen(kw_only=True)
class Drawer:
    """
    A program that draws in a process of its own, or the *reason* why it does not.
    """

    name: str
    command: tuple[str, ...] = ()
    folder: Path = ROOT
    reason: str = ""


@attrs.frozen
class Spent:
    """
    The median time of a paper in ms, and the most memory above the start in MB.
    """

    ms: float
    mb: float


# -- the rivals ----------------------------------------------------------------------


def rust_docxtpl(*, install: bool) -> Drawer:
    """
    Return rust-docxtpl in its own environment.
    """
    folder = RIVALS / "rust-docxtpl"
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if install and not python.exists():
        venv.create(folder, with_pip=True)
        _install([str(python), "-m", "pip", "install", "-q", "rust-docxtpl"], ROOT)
    found = python.exists() and _runs([str(python), "-c", "import docxtpl"])
    if not found:
        return Drawer(name="rust-docxtpl", reason="not installed")
    return Drawer(name="rust-docxtpl", command=(str(python), str(HERE / "alone.py"), "docxtpl"))


def docxtemplater(*, install: bool) -> Drawer:
    """
    Return docxtemplater in a folder of its own.
    """
    folder = RIVALS / "docxtemplater"
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None:
        return Drawer(name="docxtemplater", reason="no Node.js")
    if install and npm is not None and not (folder / "node_modules").exists():
        folder.mkdir(parents=True, exist_ok=True)
        _install([npm, "install", "--silent", "--no-save", "docxtemplater", "pizzip"], folder)
    if not (folder / "node_modules" / "docxtemplater").exists():
        return Drawer(name="docxtemplater", reason="not installed")
    return Drawer(
        name="docxtemplater", command=(node, str(HERE / "docxtemplater.js")), folder=folder
    )


def _install(command: list[str], folder: Path) -> None:
    found = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)
    if found.returncode:
        print(f"{command[0]} could not install a rival: {found.stderr.strip()[-300:]}\n")


def _runs(command: list[str]) -> bool:
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


# -- drawing -------------------------------------------------------------------------


def spent_by(drawer: Drawer, template: bytes, names: object, runs: int) -> tuple[Spent, bytes]:
    """
    Return what a process of *drawer* spends on a paper, and what it draws.
    """
    with tempfile.TemporaryDirectory() as name:
        files = [Path(name) / one for one in ("template", "names.json", "out.docx")]
        files[0].write_bytes(template)
        files[1].write_text(json.dumps(names), "utf-8")
        command = [*drawer.command, *map(str, files[:2]), str(runs), str(files[2])]
        found = subprocess.run(
            command, cwd=drawer.folder, check=False, capture_output=True, text=True
        )
        if found.returncode:
            sys.exit(f"{drawer.name} failed: {found.stderr.strip()[-600:]}")
        said = json.loads(found.stdout)
        return Spent(statistics.median(said["ms"]), said["mb"]), files[2].read_bytes()


def runs_of(size: int) -> int:
    """
    Return how often a paper of that size is drawn.
    """
    return {10: 25, 100: 15, 1_000: 5}.get(size, 3)


def timed(calls: Mapping[str, Callable[[], object]], runs: int) -> dict[str, float]:
    """
    Return the median milliseconds of each call, made in turn after one that warms up.
    """
    found: dict[str, list[float]] = {name: [] for name in calls}
    for run in range(runs + 1):
        for name, call in calls.items():
            began = time.perf_counter()
            call()
            if run:
                found[name].append((time.perf_counter() - began) * 1000)
    return {name: statistics.median(each) for name, each in found.items()}


# -- what is measured ----------------------------------------------------------------


def equality() -> str:
    """
    Return for how many papers the two engines were compared; stop where they differ.
    """
    likeness = importlib.import_module("corpus.likeness")
    compared = 0
    for case in CASES.values():
        for size in (1, 30):
            names = case.names(size)
            forms = [likeness.common_form(draw()) for draw in _both(case, names).values()]
            compared += len(forms[0])
            if forms[0] != forms[1]:
                sys.exit(likeness.told(*forms))
    return f"{compared} parts of 4 papers are drawn alike by docxtpl and peerkit (C14N, repaired)."


def _both(case: Case, names: dict[str, object]) -> dict[str, Callable[[], bytes]]:
    template = case.template()
    saved = dumped(prepare(template, "the template")).encode()
    return {
        "docxtpl": alone.drawer("docxtpl", template, names),
        "peerkit": alone.drawer("peerkit", saved, names),
    }


def against_docxtpl() -> str:
    """
    Return how long docxtpl and peerkit take for the same papers, in one process and in turn.
    """
    rows = []
    for what, size in (("report", 4), *(("plan", size) for size in SIZES)):
        case = CASES[what]
        found = timed(_both(case, case.names(size)), runs_of(size))
        aim = AIMS.get(size, 12)
        rows.append(
            [
                "committee report" if what == "report" else f"action plan, {size:,} rows",
                *(f"{found[name]:.2f} ms" for name in ("docxtpl", "peerkit")),
                f"{found['docxtpl'] / found['peerkit']:.1f} ×",
                f"≥ {aim} ×",
            ]
        )
    return table(["paper", "docxtpl", "peerkit", "ratio", "aim"], rows)


def against_rivals(rivals: tuple[Drawer, ...]) -> str:
    """
    Return how long each takes in a process of its own, and how much memory two of them.
    """
    here = str(HERE / "alone.py")
    ours = Drawer(name="peerkit", command=(sys.executable, here, "peerkit"))
    docxtpl = Drawer(name="docxtpl", command=(sys.executable, here, "docxtpl"))
    case, rows, memory = CASES["plan"], [], {}
    for size in SIZES:
        names = case.names(size)
        saved = dumped(prepare(case.template(), "the template")).encode()
        mine, _ = spent_by(ours, saved, names, runs_of(size))
        row = [f"{size:,} rows", f"{mine.ms:.2f} ms"]
        for rival in rivals:
            if rival.reason:
                row.append(rival.reason)
                continue
            template = case.theirs() if rival.name == "docxtemplater" else case.template()
            found, made = spent_by(rival, template, names, runs_of(size))
            if not made.startswith(b"PK"):
                sys.exit(f"{rival.name} drew nothing.")
            row.append(f"{found.ms:.2f} ms ({found.ms / mine.ms:.1f} ×)")
        rows.append(row)
        if size == SIZES[-1]:
            theirs, _ = spent_by(docxtpl, case.template(), names, 1)
            alone_once, _ = spent_by(ours, saved, names, 1)
            memory = {"docxtpl": theirs.mb, "peerkit": alone_once.mb}
    said = table(["action plan", "peerkit", *(f"{one.name} (aim ≥ 3 ×)" for one in rivals)], rows)
    share = memory["peerkit"] / memory["docxtpl"] if memory["docxtpl"] else 0
    return (
        f"{said}\n\nMemory above start, {SIZES[-1]:,} rows: peerkit {memory['peerkit']:.0f} MB, docxtpl "
        f"{memory['docxtpl']:.0f} MB: {share:.2f} of it (aim ≤ 0.33)."
    )


def councils() -> str:
    """
    Return how long it takes to draw a paper for each council from saved templates.
    """
    report, plan = CASES["report"], CASES["plan"]
    papers = [
        (case, {**case.names(size), "author": f"Council {number} & Borough"})
        for number in range(COUNCILS)
        for case, size in ((report, 4), (plan, 20))
    ]
    saved = {id(case): dumped(prepare(case.template(), "it")) for case in (report, plan)}
    contents = {id(case): case.template() for case in (report, plan)}

    def by_peerkit() -> None:
        ready = {key: loaded(text, "it") for key, text in saved.items()}
        jobs = (
            RenderJob(id=str(number), prepared=ready[id(case)], what=names)
            for number, (case, names) in enumerate(papers)
        )
        for one in render_many(jobs):
            if one.error:
                raise one.error

    def by_docxtpl() -> None:
        for case, names in papers:
            alone.drawer("docxtpl", contents[id(case)], names)()

    found = timed({"docxtpl": by_docxtpl, "peerkit": by_peerkit}, 1)
    own = [(one, loaded_anew(one)) for one in _own_templates()]
    first = timed(
        {
            "docxtpl": lambda: [
                alone.drawer("docxtpl", content, report.names(4))() for content, _ in own
            ],
            "peerkit": lambda: [
                alone.drawer("peerkit", anew(), report.names(4))() for _, anew in own
            ],
        },
        1,
    )
    rows = [
        [
            name,
            f"{spent['docxtpl']:.0f} ms",
            f"{spent['peerkit']:.0f} ms",
            f"{spent['docxtpl'] / spent['peerkit']:.1f} ×",
            aim,
        ]
        for name, spent, aim in (
            (f"{COUNCILS} councils, report and plan, from two templates", found, "≥ 8 ×"),
            (f"{len(own)} reports, each from a template of its own, never seen", first, ""),
        )
    ]
    return table(["papers", "docxtpl", "peerkit", "ratio", "aim"], rows)


def _own_templates() -> Iterator[bytes]:
    from peerkit_docx.word.packages import read_package, write_package  # noqa: PLC0415

    package = read_package(CASES["report"].template(), "it")
    main = package["word/document.xml"]
    for number in range(30):
        package["word/document.xml"] = main.replace(b"Static", b"Template %d:" % number)
        yield write_package(package)


def loaded_anew(content: bytes) -> Callable[[], bytes]:
    """
    Return what gives a saved template that nobody has drawn with in this process.
    """
    turn = iter(range(10**9))
    text = dumped(prepare(content, "it"))
    return lambda: text.replace("Template ", f"Turn {next(turn)}, template ", 1).encode()


def checking() -> str:
    """
    Return how long checking a template takes beside docxtpl's drawing it once.
    """
    offers = verbs.offers_here()
    shop = verbs.workshop("committee-report.docx", offers)
    configuration = peerkit.load(ROOT / "examples" / "middlesbrough", offers=offers).configuration
    shipped, _ = shop.begin("committee-report")
    shape = shop.check(shipped, "it", configuration=configuration.widest).shape
    assert shape is not None  # noqa: S101 - it has a configuration
    report = CASES["report"]
    rows = []
    for name, template, names, known in (
        ("the committee report of the example", shipped, as_examples(shape), shape),
        ("the report above", report.template(), report.names(4), None),
    ):
        found = timed(
            {
                "docxtpl": alone.drawer("docxtpl", template, names),
                "check": partial(check_template, template, "it", known),
            },
            25,
        )
        share = found["check"] / found["docxtpl"]
        rows.append(
            [
                name,
                f"{found['docxtpl']:.1f} ms",
                f"{found['check']:.1f} ms",
                f"{share:.1f} ×",
                "≤ 2 ×",
            ]
        )
    return table(["template of", "docxtpl draws it once", "check", "share", "aim"], rows)


def as_examples(shape: Shape) -> dict[str, Any]:
    """
    Return the names of *shape* as docxtpl would be given them, each with its example.
    """
    given: dict[str, Any] = {}
    for name in shape.names:
        *heads, last = name.path.split(".")
        at = given
        for head in heads:
            at = at.setdefault(head.removesuffix("[]"), [{}] if head.endswith("[]") else {})
            at = at[0] if isinstance(at, list) else at
        at.setdefault(
            last.removesuffix("[]"), [name.example] if last.endswith("[]") else name.example
        )
    return given


def main() -> None:
    """
    Print what each costs, and what is aimed at.
    """
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    parser.add_argument("--with-rivals", action="store_true", help="install the rivals first")
    install = parser.parse_args().with_rivals
    rivals = (rust_docxtpl(install=install), docxtemplater(install=install))
    for measured in (
        equality,
        against_docxtpl,
        lambda: against_rivals(rivals),
        councils,
        checking,
    ):
        print(measured(), end="\n\n", flush=True)


if __name__ == "__main__":
    main()
