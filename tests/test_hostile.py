"""
What peerkit does when it is handed something bad; each test bears its case's number.
"""

import importlib.util
import io
import json
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import attrs
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import peerkit
from peerkit.cli import main
from peerkit.errors import Severity
from peerkit.files.reading import read_yaml
from peerkit.model import DayError, parse_day
from peerkit.verbs import offers_here

EXAMPLE = Path(__file__).parent.parent / "examples" / "middlesbrough"
REVIEW = "review: libraries\ntitle: Libraries\nkind: peer review\n"

# A ‹ stands where a problem is expected; it is not written.
CASES = [
    pytest.param("b: [" * 1 + "[" * 30 + "‹" + "[" * 100_000, "yaml-depth", id="01 brackets"),
    pytest.param(
        "a: ‹&a [x, x]\nb: ‹&b [‹*a, ‹*a]\n", "yaml-anchor yaml-alias", id="02 billion laughs"
    ),
    pytest.param(
        REVIEW + "cost: ‹!!python/object/apply:os.system ['touch pwned']\n",
        "yaml-tag prose-in-brackets",
        id="03 a tag that runs something",
    ),
    pytest.param(REVIEW + "cost: a\n‹cost: b\n", "yaml-duplicate-key", id="05 a key twice"),
    pytest.param("title: Review‹: a report\n", "yaml-colon", id="06 a second colon"),
    pytest.param(REVIEW + "team: ‹VSH\n", "wrong-shape", id="07 text for a list"),
    pytest.param(REVIEW + "visit: ‹2022-02-30\n", "not-a-day", id="08 no such day"),
    pytest.param(REVIEW + "visit: ‹03/02/2022\n", "not-a-day", id="08 a day in two ways"),
    pytest.param(REVIEW + "title2: a\x00b\n", "text-control-character unknown-key", id="28 NUL"),
    pytest.param(REVIEW + "cost: a‹\x1bb\n", "text-control-character", id="28 ESC"),
    pytest.param(REVIEW + "cost: a‹\x07b\n", "text-control-character", id="28 BEL"),
    pytest.param(REVIEW + "cost: a‹\x0cb\n", "text-control-character", id="28 FF"),
    pytest.param(REVIEW + "cost: a‹\uffffb\n", "text-control-character", id="28 U+FFFF"),
    pytest.param(
        REVIEW + 'cost: ‹"a\\ud800b"\n', "yaml-control-character", id="28 a lone surrogate"
    ),
    pytest.param(REVIEW + "context: ‹" + "x" * 100_001, "text-too-long", id="29 too long"),
    pytest.param(REVIEW + "context: a" + "‹" + "[" * 501, "text-too-long", id="29 brackets"),
    pytest.param("a:\n‹\tb: c\n", "yaml-tab", id="49 a tab"),
    pytest.param(
        REVIEW + "context: Answer recommendation ‹#3 by July\n", "yaml-comment", id="50 a comment"
    ),
    pytest.param(
        REVIEW + "cost: ‹[Employment, training and skills]\n", "prose-in-brackets", id="50 brackets"
    ),
    pytest.param(
        REVIEW + "themes:\n  t:\n    title: T\n    questions:\n      - ‹How good is it:\n",
        "text-became-group",
        id="50 a bullet that ends in a colon",
    ),
]


@pytest.mark.parametrize(("text", "codes"), CASES)
def test_bad_text_is_refused_where_it_stands(council, text, codes):
    """
    Each is a located problem in plain words, quickly, and nothing is raised.
    """
    council.write({"a.yaml": text})
    started = time.perf_counter()
    problems = council.problems()
    taken = time.perf_counter() - started
    places = {(one.place.file, one.place.line, one.place.column) for one in problems}

    assert {*council.marked} <= places
    assert {*codes.split()} >= {one.code for one in problems}
    assert all(one.message.endswith((".", "?")) and one.advice for one in problems)
    assert 2 > taken
    assert not Path("pwned").exists()
