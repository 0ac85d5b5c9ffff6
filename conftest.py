"""
Runs the examples of the README, the docs and the docstrings.

In a page, Python examples share one namespace, and console examples one temporary
folder in which they run one after another. A page can also hold
`<!-- file: NAME -->` before a fenced block, which writes the block into that folder,
and `<!-- edit: NAME -->` before a fenced ``diff``, which changes a file there. Holds too
what tests of several distributions share.
Kept out: what the pages say; `tests/test_docs.py` looks at that.
"""

from __future__ import annotations

import difflib
import importlib.util
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from sybil import Document, Example, Region, Sybil
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser, SkipParser
from sybil.parsers.rest import DocTestParser
from sybil.sybil import SybilCollection

ROOT = Path(__file__).parent
# A slow machine is no fault of the code; and a run that decides about a change must not
# depend on luck.
settings.register_profile("peerkit", deadline=None, derandomize=os.environ.get("PEERKIT_CI") == "1")
settings.load_profile("peerkit")
_COMMANDS: Mapping[str, tuple[str, ...]] = {
    "peerkit": (sys.executable, "-m", "peerkit"),
    "python": (sys.executable,),
}
_MARKED = re.compile(r"<!-- (file|edit): (\S+) -->\n+```\w*\n(.*?)```", re.DOTALL)
_LAST_CODE = "echo $?"


def _console(example: Example) -> str:
    """
    Run every command of a console example; return how its answer differs, if it does.
    """
    folder: Path = example.namespace["_folder"]
    code = 0
    for command, wanted in _commands(str(example.parsed)):
        if command == _LAST_CODE:
            said, code = str(code), 0
        else:
            if code:
                return f"the command before {command!r} ended with {code}, and the page is silent"
            said, code = _run(command, folder)
        if not _agrees(wanted, said):
            lines = difflib.unified_diff(wanted.splitlines(), said.splitlines(), "page", "run")
            return f"$ {command}\n" + "\n".join(lines)
    return f"the last command ended with {code}" if code else ""


def _commands(text: str) -> Iterable[tuple[str, str]]:
    _, *parts = re.split(r"^\$ ", text, flags=re.MULTILINE)
    for part in parts:
        command, _, answer = part.partition("\n")
        yield command.strip(), answer.strip("\n")


def _run(command: str, folder: Path) -> tuple[str, int]:
    program, *arguments = shlex.split(command)
    environment = {
        **os.environ,
        "NO_COLOR": "1",
        "PYTHONUTF8": "1",
        "PYTHONPATH": str(folder / "site"),  # where a page may lay a plugin it has written
    }
    ran = subprocess.run(
        [*_COMMANDS[program], *arguments],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    return ran.stdout.replace("\\", "/").strip("\n"), ran.returncode


def _agrees(wanted: str, said: str) -> bool:
    """
    True if the page shows what was said; ``…`` stands for anything.
    """
    first, *rest = wanted.split("…")
    if not rest:
        return said == wanted
    place, last = len(first.strip("\n")), rest.pop().strip("\n")
    for part in rest:
        found = said.find(part.strip("\n"), place)
        if found < 0:
            return False
        place = found + len(part.strip("\n"))
    return (
        said.startswith(first.strip("\n"))
        and said.endswith(last)
        and len(said) >= place + len(last)
    )


def _marked(document: Document) -> Iterable[Region]:
    for found in _MARKED.finditer(document.text):
        act = {"file": _write, "edit": _edit}[found[1]]
        yield Region(found.start(), found.start() + 1, (found[2], found[3]), act)


def _write(example: Example) -> None:
    name, text = example.parsed
    path: Path = example.namespace["_folder"] / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="\n")


def _edit(example: Example) -> str:
    name, lines = example.parsed
    path: Path = example.namespace["_folder"] / name
    old = "".join(line[1:] for line in lines.splitlines(keepends=True) if line[0] in " -")
    new = "".join(line[1:] for line in lines.splitlines(keepends=True) if line[0] in " +")
    text = path.read_text("utf-8")
    if text.count(old) != 1:
        return f"{name} holds the lines to be changed {text.count(old)} times, not once"
    path.write_text(text.replace(old, new), "utf-8", newline="\n")
    return ""


def _begin(namespace: dict[str, Any]) -> None:
    folder = Path(tempfile.mkdtemp(prefix="peerkit-docs-"))
    shutil.copytree(ROOT / "examples", folder / "examples")
    namespace["_folder"] = folder
    namespace["_back"] = Path.cwd()
    os.chdir(folder)


def _end(namespace: dict[str, Any]) -> None:
    os.chdir(namespace["_back"])
    shutil.rmtree(namespace["_folder"], ignore_errors=True)


_PAGES = Sybil(
    parsers=[
        CodeBlockParser(language="console", evaluator=_console),
        PythonCodeBlockParser(),
        SkipParser(),
        _marked,
    ],
    patterns=["README.md", "docs/**/*.md", "docs/*.md", "plugins/*/README.md"],
    setup=_begin,
    teardown=_end,
)
_DOCSTRINGS = [
    Sybil(parsers=[DocTestParser()], pattern="*.py", path=str(source.relative_to(ROOT)))
    for source in (ROOT / "src", *sorted(ROOT.glob("plugins/*/src")))
]

pytest_collect_file = SybilCollection([_PAGES, *_DOCSTRINGS]).pytest()


def _libreoffice() -> object:
    """
    Return LibreOffice's program, found as peerkit-docx does, if that is installed.
    """
    if importlib.util.find_spec("peerkit_docx") is None:
        return shutil.which("soffice")
    return importlib.import_module("peerkit_docx.system").libreoffice()


@pytest.fixture(scope="session")
def pdf_pages(tmp_path_factory: pytest.TempPathFactory) -> Callable[[bytes, str], list[str]]:
    """
    Turn a .docx into the text of its pages, as LibreOffice sets them.
    """
    programs = {"LibreOffice": _libreoffice(), "pdftotext": shutil.which("pdftotext")}
    missing = [name for name, found in programs.items() if found is None]
    if missing:
        reason = f"needs {' and '.join(missing)}, to see what a reader of the paper sees"
        if os.environ.get("PEERKIT_CI") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("pdf")

    def pages(data: bytes, name: str) -> list[str]:
        source = folder / f"{name}.docx"
        source.write_bytes(data)
        subprocess.run(
            [
                str(programs["LibreOffice"]), "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}",
                "--convert-to", "pdf", "--outdir", str(folder), str(source),
            ],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        found = subprocess.run(
            ["pdftotext", "-layout", str(source.with_suffix(".pdf")), "-"],
            check=True, capture_output=True, text=True, timeout=60,
        )  # fmt: skip
        return found.stdout.removesuffix("\f").split("\f")

    return pages
