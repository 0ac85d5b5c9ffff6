"""
A plugin by somebody else, written from the docs alone: installed with pip, then used.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PLUGIN = ROOT / "tests" / "third_party" / "peerkit-plain"
CODE = PLUGIN / "src" / "peerkit_plain" / "__init__.py"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """
    A folder that pip has installed the plugin into, away from this environment.
    """
    source = shutil.copytree(PLUGIN, tmp_path_factory.mktemp("source") / "peerkit-plain")
    folder = tmp_path_factory.mktemp("site")
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"),
            *("--no-deps", "--no-build-isolation", "--target", str(folder), str(source)),
        ],
        check=True,
        capture_output=True,
    )
    return folder


@pytest.fixture
def run(site, tmp_path):
    """
    Run peerkit where the plugin is installed.
    """

    def command(*arguments):
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(site)},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    return command


def test_a_format_takes_fewer_than_fifty_lines():
    """
    The door is narrow enough that a format is an afternoon's work.
    """
    assert 50 > len(CODE.read_text(encoding="utf-8").splitlines())


def test_the_plugin_is_found_by_its_entry_point(run):
    """
    Installing it is all there is to do.
    """
    done = run("-m", "peerkit", "plugins")

    assert 0 == done.returncode
    assert "peerkit-plain" in done.stdout
    assert "txt" in done.stdout


def test_every_paper_of_the_example_is_drawn(run, tmp_path):
    """
    The new format draws papers that know nothing of it.
    """
    example = str(ROOT / "examples" / "middlesbrough")
    done = run("-m", "peerkit", "render", example, "--as", "txt", "--out", "out")
    made = sorted((tmp_path / "out").glob("*.txt"))
    report = next(path for path in made if path.name.startswith("committee-report"))
    text = report.read_text(encoding="utf-8")

    assert 0 == done.returncode, done.stderr
    assert 12 == len(made)
    assert text.startswith("Illustrative: not the council's document\n")
    assert "\n8. That Executive receives and notes" in text


def test_it_keeps_what_formats_must_keep(run):
    """
    The suite for plugin authors finds nothing wrong with it.
    """
    code = (
        "import peerkit_plain\n"
        "from peerkit.testing import format_faults\n"
        "(txt,) = peerkit_plain.peerkit_formats()\n"
        "print(list(format_faults(txt)))"
    )

    assert "[]\n" == run("-c", code).stdout
